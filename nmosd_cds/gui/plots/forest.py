"""Forest plot: one figure a line, as published; a table beside it says the same in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from nmosd_cds.advice.model import Advice, FigureLine, OptionAdvice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _

ROW, HEAD, NOTE = 24, 34, 16
NAME = 252
# Where there is less room than this, the names stand above the bars.
_NARROW = 600
_MONTHS_FULL = 120.0


@dataclass(frozen=True)
class ForestLine:
    """One line: a heading, a figure, or a sum under its parts."""

    heading: str = ""
    figure: FigureLine | None = None
    option: str = ""
    note: str = ""
    is_sum: bool = False

    @property
    def spoken(self) -> str:
        """The line in words, for a screen reader and the table."""
        if self.figure is None:
            return self.heading
        line = self.figure
        interval = line.interval or _("no interval printed")
        flag = shapes.flag_word(line.flag, line.confirmed)
        parts = (line.study or line.label, self.option, line.shown, interval, line.follow_up, flag)
        return ", ".join(part for part in parts if part)


def forest_lines(advice: Advice, option_id: str = "") -> list[ForestLine]:
    """Every figure that is a share of patients, under the argument it stands for."""
    lines: list[ForestLine] = []
    for option in advice.options:
        if option.status == "no-evidence" or (option_id and option.id != option_id):
            continue
        for title, figures, total in _groups(option):
            shown = [one for one in figures if one.share is not None]
            if not shown:
                continue
            lines.append(ForestLine(heading=f"{option.short}: {title}"))
            lines += [
                ForestLine(figure=one, option=option.short, note=_note(one, shown)) for one in shown
            ]
            if total is not None and total.share is not None and len(shown) > 1:
                lines.append(ForestLine(figure=total, option=option.short, is_sum=True))
    return lines


def _note(figure: FigureLine, others: Sequence[FigureLine]) -> str:
    """What was counted; and in whom, where two lines of a study would read the same."""
    same = [one for one in others if (one.study, one.label) == (figure.study, figure.label)]
    return f"{figure.label}: {figure.regimen}" if len(same) > 1 and figure.regimen else figure.label


_Group = tuple[str, Sequence[FigureLine], FigureLine | None]


def _groups(option: OptionAdvice) -> Iterator[_Group]:
    for argument in option.arguments:
        yield argument.text.rstrip("."), argument.figures, argument.total
    yield _("deaths, all causes"), option.deaths_all_causes, option.deaths_all_total
    yield _("deaths, treatment-related"), option.deaths_related, option.deaths_related_total


class Forest(Plot):
    """The plot; up and down choose a line, Enter opens its study."""

    study_followed = Signal(str)

    def __init__(self) -> None:
        said = _(
            "Mostly uncontrolled single arms with different follow-up: not a head-to-head "
            "comparison. Never compared with an approved drug."
        )
        super().__init__(_("Forest plot"), said)
        self.lines: list[ForestLine] = []
        self._tops = [0]

    def show_lines(self, lines: list[ForestLine]) -> None:
        """Draw other lines."""
        self.lines = lines
        self.renew()

    def mark(self, study: str) -> None:
        """Mark the first line of a study."""
        for at, line in enumerate(self.lines):
            if line.figure is not None and line.figure.study == study:
                self.choose(at)
                break

    def texts(self) -> Sequence[str]:
        return [line.spoken for line in self.lines]

    def heads(self) -> Sequence[str]:
        return (
            _("Option"),
            _("What"),
            _("Study"),
            _("n of n"),
            _("95 % interval"),
            _("Followed"),
            _("Flag"),
        )

    def rows(self) -> Rows:
        what = ""
        rows = []
        for line in self.lines:
            if line.figure is None:
                what = line.heading.partition(": ")[2]
                continue
            one = line.figure
            interval = one.interval or _("no interval printed")
            flag = shapes.flag_word(one.flag, one.confirmed) if not line.is_sum else _("sum")
            rows.append((line.option, what, one.study, one.shown, interval, one.follow_up, flag))
        return rows

    def can_choose(self, at: int) -> bool:
        return 0 <= at < len(self.lines) and self.lines[at].figure is not None

    def tall_at(self, room: float) -> int:
        self.room = room
        talls = (self._tall(line) for line in self.lines)
        self._tops = list(accumulate(talls, initial=style.px(HEAD)))
        return self._tops[-1] + style.px(8)

    def box_of(self, at: int) -> QRectF:
        top = self._tops[at]
        return QRectF(0, top, self.room, self._tops[at + 1] - top)

    def sizeHint(self) -> QSize:
        return QSize(style.px(700), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.can_choose(self.at):
            if self.box_of(self.at).contains(event.position()):
                self._follow()

    def _follow(self) -> None:
        figure = self.lines[self.at].figure if 0 <= self.at < len(self.lines) else None
        if figure is not None and figure.study:
            self.study_followed.emit(f"{figure.study}/{figure.figure}")

    @property
    def _is_narrow(self) -> bool:
        return self.room < style.px(_NARROW)

    @property
    def _name_wide(self) -> float:
        return self.room - style.px(4) if self._is_narrow else style.px(NAME)

    def _tall(self, line: ForestLine) -> int:
        if line.figure is not None:
            lines = 2 if self._is_narrow else 1
            note = 0 if line.is_sum else self._note_lines(line) * style.px(NOTE)
            return lines * style.px(ROW) + note
        return style.px(12) + self._heading_lines(line) * style.px(18)

    def _note_lines(self, line: ForestLine) -> int:
        words = style.width_of(line.note, style.SMALL)
        return math.ceil(words * 1.12 / max(self._name_wide, 1))

    def _heading_lines(self, line: ForestLine) -> int:
        room = max(self.room - 8, 1)
        return max(1, math.ceil(style.width_of(line.heading, bold=True) / room))

    def _columns(self) -> tuple[float, float, float, float, float]:
        """Left edges of n of n, axis, its end, months, flag."""
        wide = self.room
        flag = wide - style.px(24)
        months = flag - style.px(106)
        count = style.px(0 if self._is_narrow else NAME + 8)
        axis = count + style.px(96)
        return count, axis, months - style.px(34), months, flag

    def draw(self, painter: QPainter) -> None:
        self._draw_axis(painter)
        for at, line in enumerate(self.lines):
            box = self.box_of(at)
            if line.figure is None:
                self._draw_heading(painter, box, line.heading)
                continue
            if at == self.at:
                painter.fillRect(box, style.colour("wash"))
            self._draw_line(painter, box, line, line.figure)

    def _draw_axis(self, painter: QPainter) -> None:
        count, axis, end, months, flag = self._columns()
        head = QRectF(0, 0, self.room, style.px(HEAD - 6))
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self._is_narrow:
            painter.drawText(head, middle, _("Study"))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(count, 0, axis - count - 14, head.height()), right, _("n of n"))
        painter.drawText(QRectF(months, 0, 100, head.height()), middle, _("followed"))
        above_flag = QRectF(flag - style.px(20), 0, style.px(44), head.height())
        painter.drawText(above_flag, right, _("flag"))
        for share in (0, 25, 50, 75, 100):
            x = axis + (end - axis) * share / 100
            if share % 50 == 0:
                painter.setPen(style.colour("text2"))
                box = QRectF(x - 20, 0, 40, head.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(share))
            painter.setPen(QPen(style.colour("line"), 1))
            painter.drawLine(
                QPointF(x, style.px(HEAD - 4)), QPointF(x, self._tops[-1] + style.px(8))
            )
        painter.setPen(QPen(style.colour("edge"), 1))
        painter.drawLine(QPointF(0, style.px(HEAD - 4)), QPointF(self.room, style.px(HEAD - 4)))

    def _draw_heading(self, painter: QPainter, box: QRectF, words: str) -> None:
        painter.fillRect(box.adjusted(0, 4, 0, 0), style.colour("surface"))
        painter.setFont(style.font(bold=True))
        painter.setPen(style.colour("text"))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(0, 0, -4, -4), flags, words)
        painter.setPen(QPen(style.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _draw_line(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        count, axis, end, months, flag = self._columns()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(style.font(bold=line.is_sum))
        painter.setPen(style.colour("text"))
        name = _("Sum of the above") if line.is_sum else figure.study
        indent = style.px(12) if line.is_sum else style.px(4)
        top = style.px(ROW)
        painter.drawText(QRectF(indent, box.y(), self._name_wide, top), middle, name)
        if not line.is_sum:
            painter.setFont(style.font(style.SMALL))
            painter.setPen(style.colour("text2"))
            note = QRectF(indent, box.y() + top - 3, self._name_wide, box.height() - top + 3)
            painter.drawText(note, Qt.TextFlag.TextWordWrap, line.note)
            painter.setFont(style.font())
            painter.setPen(style.colour("text"))
        if self._is_narrow:
            box = QRectF(box.x(), box.bottom() - top, box.width(), top)
        right = middle | Qt.AlignmentFlag.AlignRight
        room = QRectF(count - style.px(40), box.y(), axis - count + style.px(26), box.height())
        painter.drawText(room, right, figure.shown)
        self._draw_estimate(painter, box, line, figure)
        if line.is_sum:
            return
        self._draw_follow_up(painter, box, figure, months)
        sign = shapes.flag_shape(figure.flag, figure.confirmed)
        side = style.px(12)
        wide = side * (1.5 if sign == "second" else 1)
        at = QRectF(flag + (style.px(20) - wide) / 2, box.center().y() - side / 2, wide, side)
        shapes.draw(painter, sign, at)

    def _draw_estimate(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        _count, axis, end, _months, _flag = self._columns()
        assert figure.share is not None
        y = box.center().y()
        x = axis + (end - axis) * figure.share
        has_interval = figure.low is not None and figure.high is not None
        low = axis + (end - axis) * (figure.low or 0)
        high = axis + (end - axis) * (figure.high or 0)
        if line.is_sum and has_interval:
            self._draw_diamond(painter, low, x, high, y)
            return
        if has_interval:
            painter.setPen(QPen(style.colour("text"), 1.6))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for edge in (low, high):
                painter.drawLine(QPointF(edge, y - 4), QPointF(edge, y + 4))
        side = min(max(3.2 * math.sqrt(figure.n or 4), 7), 18) * style.look.zoom
        square = QRectF(x - side / 2, y - side / 2, side, side)
        is_recalled = figure.flag == "memory"
        pen = QPen(style.colour("text2" if is_recalled else "accent"), 1.6)
        if is_recalled:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(style.colour("accent" if has_interval and not is_recalled else "surface"))
        painter.drawRect(square)
        remark = _("not in arithmetic") if is_recalled else ""
        remark = remark or ("" if has_interval else _("no interval printed"))
        if remark:
            self._draw_remark(painter, square, remark, left=figure.share > 0.5)

    def _draw_diamond(self, painter: QPainter, low: float, x: float, high: float, y: float) -> None:
        half = style.px(7)
        painter.setPen(QPen(style.colour("accent"), 1.6))
        painter.setBrush(style.colour("wash"))
        points = [QPointF(low, y), QPointF(x, y - half), QPointF(high, y), QPointF(x, y + half)]
        painter.drawPolygon(QPolygonF(points))

    def _draw_remark(self, painter: QPainter, square: QRectF, words: str, *, left: bool) -> None:
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        wide = style.width_of(words, style.SMALL)
        x = square.left() - wide - 8 if left else square.right() + 8
        box = QRectF(x, square.center().y() - 10, wide + 4, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_follow_up(self, painter: QPainter, box: QRectF, figure: FigureLine, x: float) -> None:
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        words = figure.follow_up or _("not known")
        long = 0.0
        if figure.follow_up_months is not None:
            long = style.px(40) * min(figure.follow_up_months / _MONTHS_FULL, 1)
            bar = QRectF(x, box.center().y() - 2, max(long, 2), 4)
            painter.fillRect(bar, style.colour("text2"))
            long += 6
        painter.drawText(QRectF(x + long, box.y(), style.px(110), box.height()), middle, words)
