"""Forest plot: one figure a line, as published; a table beside it says the same in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from nmosd_cds.advice.model import FigureLine
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.plots.forest_lines import ForestLine
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _, language

ROW, HEAD = 24, 34
NAME = 252
# Room for n of n and for the time followed; what is longer goes on in the next line.
_COUNT, _FOLLOWED = 92, 118
# Where there is less room than this, the names stand above the bars.
_NARROW = 680
_MONTHS_FULL = 120.0
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
SMALL = style.SMALL


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
        # By width and look: a plot is asked for its height several times before it is drawn.
        self._measured: dict[tuple[float, float, str], list[int]] = {}

    def show_lines(self, lines: list[ForestLine]) -> None:
        """Draw other lines; the same ones stay as they are, with the one that is chosen."""
        if lines == self.lines:
            return
        self._measured = {}
        self.lines = lines
        self.renew()

    def mark(self, study: str, figure: str = "") -> None:
        """Mark the line of a figure, or the first of its study."""
        found = [
            at
            for at, line in enumerate(self.lines)
            if line.figure is not None and study and line.figure.study == study
        ]
        same = [at for at in found if self.at_figure(at) == figure]
        if self.at not in same:
            self.choose(next(iter(same or found), -1))

    def at_figure(self, at: int) -> str:
        """Id of the figure a line draws; empty for any other line."""
        figure = self.lines[at].figure
        return figure.figure if figure is not None else ""

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
                what = line.heading
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
        key = (room, style.look.zoom, language())
        if not self.lines:
            self._tops = [style.px(HEAD)]
            return self._tops[-1] + style.px(8)
        if key not in self._measured:
            talls = (self._tall(line) for line in self.lines)
            self._measured[key] = list(accumulate(talls, initial=style.px(HEAD)))
        self._tops = self._measured[key]
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
        if line.figure is None:
            return self._heading_tall(line)
        name = style.px(ROW)
        if not line.is_sum:
            room = self._name_wide - style.px(4)
            name = style.px(ROW - 2) + style.tall_of(line.note, room, style.SMALL) + style.px(4)
        beside = self._beside_tall(line, line.figure)
        return name + beside if self._is_narrow else max(name, beside)

    def _beside_tall(self, line: ForestLine, figure: FigureLine) -> int:
        """Height of what stands in the columns; words too long for one go on below."""
        talls = [style.tall_of(figure.shown, self._count_wide, bold=line.is_sum)]
        if not line.is_sum:
            talls.append(style.tall_of(self._followed(figure), self._followed_room(figure), SMALL))
            remark, _x, room, _is_left = self._remark(line, figure)
            talls.append(style.tall_of(remark, room, SMALL) if remark else 0)
        return max(style.px(ROW), max(talls) + style.px(6))

    def _heading_tall(self, line: ForestLine) -> int:
        is_name = bool(line.status)
        size = style.BODY + 1 if is_name else style.BODY
        words = style.tall_of(
            line.heading, self.room - style.px(34 if is_name else 8), size, bold=True
        )
        return words + style.px(20 if is_name else 12)

    @property
    def _count_wide(self) -> float:
        return style.px(_COUNT)

    def _columns(self) -> tuple[float, float, float, float, float]:
        """Left edges of n of n, axis, its end, months, flag."""
        wide = self.room
        flag = wide - style.px(24)
        months = flag - style.px(_FOLLOWED)
        count = style.px(0 if self._is_narrow else NAME + 8)
        axis = count + self._count_wide + style.px(18)
        return count, axis, months - style.px(16), months, flag

    def draw(self, painter: QPainter) -> None:
        self._draw_axis(painter)
        seen = painter.clipBoundingRect() if painter.hasClipping() else None
        for at, line in enumerate(self.lines):
            box = self.box_of(at)
            if seen is not None and not seen.intersects(box):
                continue
            if line.status:
                self._draw_option(painter, box, line)
            elif line.figure is None:
                self._draw_heading(painter, box, line.heading)
            else:
                if at == self.at:
                    painter.fillRect(box, style.colour("wash"))
                self._draw_line(painter, box, line, line.figure)

    def _draw_axis(self, painter: QPainter) -> None:
        count, axis, end, months, flag = self._columns()
        head = QRectF(0, 0, self.room, style.px(HEAD - 6))
        painter.setFont(style.font(SMALL))
        painter.setPen(style.colour("text2"))
        right = _MIDDLE | Qt.AlignmentFlag.AlignRight
        if not self._is_narrow:
            painter.drawText(head, _MIDDLE, _("Study"))
        painter.drawText(QRectF(count, 0, self._count_wide, head.height()), right, _("n of n"))
        painter.drawText(QRectF(months, 0, style.px(80), head.height()), _MIDDLE, _("followed"))
        painter.drawText(head, right, _("flag"))
        for share in (0, 25, 50, 75, 100):
            x = axis + (end - axis) * share / 100
            if share % 50 == 0:
                painter.setPen(style.colour("text2"))
                box = QRectF(x - style.px(20), 0, style.px(40), head.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(share))
            painter.setPen(QPen(style.colour("line"), 1))
            painter.drawLine(
                QPointF(x, style.px(HEAD - 4)), QPointF(x, self._tops[-1] + style.px(8))
            )
        painter.setPen(QPen(style.colour("edge"), 1))
        painter.drawLine(QPointF(0, style.px(HEAD - 4)), QPointF(self.room, style.px(HEAD - 4)))

    def _draw_option(self, painter: QPainter, box: QRectF, line: ForestLine) -> None:
        band = box.adjusted(0, style.px(6), 0, -style.px(2))
        painter.fillRect(band, style.colour("sunk"))
        painter.fillRect(QRectF(0, band.y(), self.room, 1), style.colour("edge"))
        side = style.px(14)
        top = band.center().y() - side / 2
        shapes.draw(painter, line.status, QRectF(style.px(4), top, side, side))
        painter.setFont(style.font(style.BODY + 1, bold=True))
        painter.setPen(style.colour("text"))
        room = band.adjusted(style.px(26), 0, -style.px(8), 0)
        painter.drawText(room, _MIDDLE | Qt.TextFlag.TextWordWrap, line.heading)

    def _draw_heading(self, painter: QPainter, box: QRectF, words: str) -> None:
        painter.fillRect(box.adjusted(0, 4, 0, 0), style.colour("surface"))
        painter.setFont(style.font(bold=True))
        painter.setPen(style.colour("text"))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(style.px(4), 0, -style.px(4), -4), flags, words)
        painter.setPen(QPen(style.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _draw_line(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        self._draw_name(painter, box, line, figure)
        if self._is_narrow:
            box.setTop(box.bottom() - self._beside_tall(line, figure))
        count, _axis, _end, months, flag = self._columns()
        painter.setFont(style.font(bold=line.is_sum))
        painter.setPen(style.colour("text"))
        room = QRectF(count, box.y(), self._count_wide, box.height())
        right = _MIDDLE | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap
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

    def _draw_name(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        name = _("Sum of the above") if line.is_sum else figure.study
        indent = style.px(12 if line.is_sum else 4)
        painter.setFont(style.font(bold=line.is_sum))
        painter.setPen(style.colour("text"))
        tall = style.px(ROW)
        painter.drawText(QRectF(indent, box.y(), self._name_wide, tall), _MIDDLE, name)
        if line.is_sum:
            return
        painter.setFont(style.font(SMALL))
        painter.setPen(style.colour("text2"))
        room = self._name_wide - style.px(4)
        note = QRectF(indent, box.y() + tall - style.px(3), room, box.height() - tall + style.px(3))
        painter.drawText(note, Qt.TextFlag.TextWordWrap, line.note)

    def _place(self, share: float) -> float:
        _count, axis, end, _months, _flag = self._columns()
        return axis + (end - axis) * share

    def _side(self, figure: FigureLine) -> float:
        """How wide the square of an estimate is: its area grows with n."""
        return min(max(3.2 * math.sqrt(figure.n or 4), 7), 18) * style.look.zoom

    def _draw_estimate(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        assert figure.share is not None
        y, x = box.center().y(), self._place(figure.share)
        has_interval = figure.low is not None and figure.high is not None
        low, high = self._place(figure.low or 0), self._place(figure.high or 0)
        if line.is_sum and has_interval:
            self._draw_diamond(painter, low, x, high, y)
            return
        if has_interval:
            painter.setPen(QPen(style.colour("text"), 1.6))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for edge in (low, high):
                painter.drawLine(QPointF(edge, y - 4), QPointF(edge, y + 4))
        side = self._side(figure)
        is_recalled = figure.flag == "memory"
        pen = QPen(style.colour("text2" if is_recalled else "accent"), 1.6)
        if is_recalled:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(style.colour("accent" if has_interval and not is_recalled else "surface"))
        painter.drawRect(QRectF(x - side / 2, y - side / 2, side, side))
        self._draw_remark(painter, box, line, figure)

    def _draw_diamond(self, painter: QPainter, low: float, x: float, high: float, y: float) -> None:
        half = style.px(7)
        painter.setPen(QPen(style.colour("accent"), 1.6))
        painter.setBrush(style.colour("wash"))
        points = [QPointF(low, y), QPointF(x, y - half), QPointF(high, y), QPointF(x, y + half)]
        painter.drawPolygon(QPolygonF(points))

    def _remark(self, line: ForestLine, figure: FigureLine) -> tuple[str, float, float, bool]:
        """What stands beside a square; its left edge and room, on the side that has more."""
        assert figure.share is not None
        _count, axis, end, _months, _flag = self._columns()
        words = _("not in arithmetic") if figure.flag == "memory" else ""
        if not words and not line.is_sum and (figure.low is None or figure.high is None):
            words = _("no interval printed")
        gap = self._side(figure) / 2 + style.px(6)
        ends = [
            self._place(share)
            for share in (figure.low, figure.share, figure.high)
            if share is not None
        ]
        before, after = min(ends) - gap - axis, end + style.px(10) - max(ends) - gap
        if before > after:
            return words, axis, before, True
        return words, max(ends) + gap, after, False

    def _draw_remark(
        self, painter: QPainter, box: QRectF, line: ForestLine, figure: FigureLine
    ) -> None:
        words, left, room, is_left = self._remark(line, figure)
        if words:
            painter.setFont(style.font(SMALL))
            painter.setPen(style.colour("text2"))
            side = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
            flags = _MIDDLE | side | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(left, box.y(), room, box.height()), flags, words)

    def _followed(self, figure: FigureLine) -> str:
        return figure.follow_up or _("not known")

    def _followed_bar(self, figure: FigureLine) -> float:
        """Length of the bar beside the words, and the gap after it."""
        if figure.follow_up_months is None:
            return 0.0
        return max(style.px(36) * min(figure.follow_up_months / _MONTHS_FULL, 1), 2) + style.px(6)

    def _followed_room(self, figure: FigureLine) -> float:
        return style.px(_FOLLOWED) - self._followed_bar(figure) - style.px(4)

    def _draw_follow_up(self, painter: QPainter, box: QRectF, figure: FigureLine, x: float) -> None:
        painter.setFont(style.font(SMALL))
        painter.setPen(style.colour("text2"))
        long = self._followed_bar(figure)
        if long:
            bar = QRectF(x, box.center().y() - 2, long - style.px(6), 4)
            painter.fillRect(bar, style.colour("text2"))
        room = QRectF(x + long, box.y(), self._followed_room(figure), box.height())
        painter.drawText(room, _MIDDLE | Qt.TextFlag.TextWordWrap, self._followed(figure))
