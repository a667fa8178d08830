"""The calendar of a plan: one line each, in days from day 0; a table beside it says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from nmosd_cds.advice.model import OptionAdvice, PlanLine
from nmosd_cds.advice.plan_model import PlanDays
from nmosd_cds.gui import style
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led
from nmosd_cds.report.plan_words import days_words
from nmosd_cds.report.wording import flag_word

HEAD, ROW, NAME = 26, 24, 250
_PART = 11
# Days and where they stand: the first weeks get the most room, years the least.
_AXIS = (
    (-14, 0.0),
    (0, 0.06),
    (14, 0.20),
    (30, 0.30),
    (100, 0.43),
    (182, 0.53),
    (365, 0.65),
    (730, 0.76),
    (1826, 0.88),
    (3653, 0.95),
)
_LIFE = 1.0


@dataclass(frozen=True)
class CalendarLine:
    """One line of the calendar; sources that differ are parts under each other.

    Attributes:
        parts: Days with how they are known.
        study: The first source, the way to its sheet.
    """

    name: str
    section: str
    parts: tuple[tuple[PlanDays, str], ...]
    flag: str
    study: str
    whole: PlanDays

    @property
    def spoken(self) -> str:
        """The line in words, for a screen reader."""
        flag = f", {flag_word(self.flag)}" if self.flag != "seen" else ""
        return led(self.name, f"{days_words(self.whole)}{flag}")


def calendar_lines(option: OptionAdvice) -> list[CalendarLine]:
    """Every line with days, the earliest first."""
    lines = [_line(one) for one in option.plan if one.days is not None]
    return sorted(lines, key=lambda one: (one.whole.first, _end(one.whole), one.name))


def _line(line: PlanLine) -> CalendarLine:
    assert line.days is not None  # asked by the caller
    ranges = tuple((one.days, one.flag) for one in line.ranges if one.days is not None)
    parts = ranges or ((line.days, line.flag),)
    return CalendarLine(
        line.label or line.text, line.section, parts, line.flag, line.cites[0], line.days
    )


def _end(days: PlanDays) -> float:
    return float("inf") if days.last is None else days.last


def place_of(day: int | None) -> float:
    """Where a day stands, 0 to 1; None is the end of life."""
    if day is None:
        return _LIFE
    before, at = _AXIS[0]
    for after, next_at in _AXIS:
        if day <= after:
            share = 0.0 if after == before else (day - before) / (after - before)
            return at + (next_at - at) * max(share, 0.0)
        before, at = after, next_at
    return at


class Calendar(Plot):
    """The bars; up and down choose a line, which is read out, Enter opens its source."""

    study_followed = Signal(str)

    def __init__(self) -> None:
        said = _(
            "Days from day 0, the day of the cells. Tinted bars were read, white ones are ours, "
            "dashed ones recalled."
        )
        super().__init__(_("Calendar of the plan"), said)
        self.lines: Sequence[CalendarLine] = ()
        self._heads: Sequence[str] = ()
        self._rows: Rows = ()

    def show_lines(
        self, lines: Sequence[CalendarLine], heads: Sequence[str] = (), rows: Rows = ()
    ) -> None:
        """Draw other lines, unless they are the same.

        Args:
            lines: From top to bottom.
            heads: Of the table that says the same.
            rows: Of that table.
        """
        if (lines, heads, rows) != (self.lines, self._heads, self._rows):
            self.lines, self._heads, self._rows = lines, heads, rows
            self.renew()

    def texts(self) -> Sequence[str]:
        return [line.spoken for line in self.lines]

    def heads(self) -> Sequence[str]:
        return self._heads

    def rows(self) -> Rows:
        return self._rows

    def tall_at(self, room: float) -> int:
        self.room = room
        return style.px(HEAD) + sum(self._tall(line) for line in self.lines) + 4

    def box_of(self, at: int) -> QRectF:
        return [box for _line, box in self._boxes()][at]

    def sizeHint(self) -> QSize:
        return QSize(style.px(700), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._follow()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.can_choose(self.at) and self.box_of(self.at).contains(event.position()):
            self._follow()

    def _follow(self) -> None:
        if 0 <= self.at < len(self.lines):
            self.study_followed.emit(self.lines[self.at].study)

    def _tall(self, line: CalendarLine) -> int:
        words = style.px(8) + style.tall_of(line.name, style.px(NAME - 16), style.SMALL)
        return max(style.px(ROW), words, style.px(10 + _PART * len(line.parts)))

    def _boxes(self) -> Iterator[tuple[CalendarLine, QRectF]]:
        top = float(style.px(HEAD))
        for line in self.lines:
            tall = self._tall(line)
            yield line, QRectF(0, top, self.room, tall)
            top += tall

    def _x(self, day: int | None) -> float:
        left = style.px(NAME)
        return left + (self.room - left - style.px(14)) * place_of(day)

    def draw(self, painter: QPainter) -> None:
        boxes = list(self._boxes())
        self._draw_axis(painter, boxes[-1][1].bottom() if boxes else style.px(HEAD))
        for line, box in boxes:
            painter.setPen(QPen(style.colour("line"), 1))
            painter.drawLine(box.topLeft(), box.topRight())
            self._draw_name(painter, box, line)
            self._draw_parts(painter, box, line)

    def _draw_axis(self, painter: QPainter, floor: float) -> None:
        marks = (
            (0, _("day 0")),
            (14, _("day 14")),
            (30, _("day 30")),
            (100, _("day 100")),
            (182, _("6 months")),
            (365, _("1 year")),
            (730, _("2 years")),
            (1826, _("5 years")),
            (None, _("life")),
        )
        painter.setFont(style.font(style.SMALL))
        free_from = 0.0
        for day, words in marks:
            x = self._x(day)
            is_zero = day == 0
            painter.setPen(
                QPen(style.colour("accent" if is_zero else "line"), 1.6 if is_zero else 1)
            )
            painter.drawLine(QPointF(x, style.px(HEAD - 4)), QPointF(x, floor))
            wide = style.width_of(words, style.SMALL)
            left = min(x - wide / 2, self.room - wide)
            if left < free_from:
                continue  # there is no room for its word
            free_from = left + wide + style.px(6)
            painter.setPen(style.colour("text2"))
            room = QRectF(left, 0, wide + 2, style.px(HEAD - 6))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_name(self, painter: QPainter, box: QRectF, line: CalendarLine) -> None:
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text"))
        room = QRectF(style.px(4), box.y(), style.px(NAME - 16), box.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, line.name)

    def _draw_parts(self, painter: QPainter, box: QRectF, line: CalendarLine) -> None:
        step = style.px(_PART)
        y = box.center().y() - step * (len(line.parts) - 1) / 2
        for part, flag in line.parts:
            self._draw_part(painter, y, part, flag)
            y += step

    def _draw_part(self, painter: QPainter, y: float, part: PlanDays, flag: str) -> None:
        start, end = self._x(part.first), self._x(part.last)
        end = max(end, start + style.px(4))
        colour = style.colour("text2" if flag == "memory" else "accent")
        pen = QPen(colour, 1.4)
        if flag == "memory":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        half = style.px(3)
        painter.setBrush(style.colour("surface" if flag != "seen" else "wash"))
        painter.drawRect(QRectF(start, y - half, end - start, 2 * half))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for day in part.at:
            painter.drawEllipse(QPointF(self._x(day), y), half, half)
        if part.last is None:
            tip = QPointF(end + style.px(6), y)
            up, down = QPointF(end, y - 2 * half), QPointF(end, y + 2 * half)
            painter.drawPolygon(QPolygonF([tip, up, down]))
