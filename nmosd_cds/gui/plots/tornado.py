"""What moves the share of one option: a bar an uncertainty, its ends in words, largest first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nmosd_cds.advice.model import Tornado, TornadoLine
from nmosd_cds.gui import style
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led
from nmosd_cds.report.firmness import MOST_SWINGS, not_a_chance, swing_words
from nmosd_cds.report.wording import capital, of_100

_HEAD, _PAD, _BAR, _SIGN = 26, 5, 16, 9
# Of the whole width: what varies, and the axis; the rest is words.
_WHAT, _AXIS = 0.27, 0.34
_LOW, _HIGH, _SCENARIO = range(3)


class Swings(Plot):
    """The tornado; up and down choose a line. More than twelve lines stand in the table alone."""

    def __init__(self) -> None:
        super().__init__(_("What moves the order"), not_a_chance())
        self.tornado: Tornado | None = None
        self._tops = [0]

    def show_tornado(self, tornado: Tornado | None, title: str) -> None:
        """Draw another tornado, unless it is the same; None: nothing."""
        name = title or _("What moves the order")
        if (tornado, name) == (self.tornado, self.name):
            return
        self.tornado, self.name = tornado, name
        self.setAccessibleName(self.name)
        self.renew()

    @property
    def lines(self) -> tuple[TornadoLine, ...]:
        """The lines drawn."""
        return self.tornado.lines[:MOST_SWINGS] if self.tornado is not None else ()

    def texts(self) -> Sequence[str]:
        return [led(capital(line.label), swing_words(line)) for line in self.lines]

    def heads(self) -> Sequence[str]:
        return (
            _("What varies"),
            _("Share at the low end"),
            _("Low end"),
            _("Share at the high end"),
            _("High end"),
        )

    def rows(self) -> Rows:
        lines = self.tornado.lines if self.tornado is not None else ()
        rows = []
        for line in lines:
            one_end = line.kind == "scenario"
            high = "" if one_end else of_100(line.high)
            means = "" if one_end else line.high_means
            rows.append((capital(line.label), of_100(line.low), line.low_means, high, means))
        return rows

    def tall_at(self, room: float) -> int:
        self.room = room
        talls = (self._tall(line) for line in self.lines)
        self._tops = list(accumulate(talls, initial=style.px(_HEAD)))
        return self._tops[-1] if self.lines else 0

    def box_of(self, at: int) -> QRectF:
        top = self._tops[at]
        return QRectF(0, top, self.room, self._tops[at + 1] - top)

    def _tall(self, line: TornadoLine) -> int:
        what = style.tall_of(capital(line.label), self._wide_what(), style.SMALL)
        ends = sum(
            style.tall_of(_said(share, means), self._wide_words(), style.SMALL)
            for _end, share, means in _ends(line)
        )
        return max(what, ends, style.px(_BAR)) + 2 * style.px(_PAD)

    def _wide_what(self) -> float:
        return self.room * _WHAT - style.px(12)

    def _wide_words(self) -> float:
        return self.room - self._words_left() - style.px(_SIGN + 12)

    def _words_left(self) -> float:
        return self.room * (_WHAT + _AXIS) + style.px(18)

    def _x(self, share: float) -> float:
        left, wide = self.room * _WHAT, self.room * _AXIS
        return left + wide * min(max(share, 0.0), 1.0)

    def draw(self, painter: QPainter) -> None:
        if self.tornado is None or not self.lines:
            return
        self._draw_head(painter)
        for at, line in enumerate(self.lines):
            self._draw_line(painter, self.box_of(at), line, self.tornado.share)

    def _draw_head(self, painter: QPainter) -> None:
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        middle, tall = Qt.AlignmentFlag.AlignVCenter, style.px(_HEAD - 4)
        painter.drawText(QRectF(0, 0, self.room, tall), middle, _("What varies, largest first"))
        for percent in (0, 50, 100):
            box = QRectF(self._x(percent / 100) - style.px(20), 0, style.px(40), tall)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(percent))
        x = self._words_left()
        for end, words in enumerate((_("low end"), _("high end"), _("scenario"))):
            _draw_sign(painter, x, tall / 2, end)
            painter.setPen(style.colour("text2"))
            x += style.px(_SIGN + 5)
            painter.drawText(QRectF(x, 0, self.room - x, tall), middle, words)
            x += style.width_of(words, style.SMALL) + style.px(18)
        painter.setPen(QPen(style.colour("edge"), 1))
        painter.drawLine(QPointF(0, tall), QPointF(self.room, tall))

    def _draw_line(self, painter: QPainter, box: QRectF, line: TornadoLine, base: float) -> None:
        pad = style.px(_PAD)
        painter.setPen(QPen(style.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        for quarter in range(5):
            x = self._x(quarter / 4)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text"))
        what = QRectF(style.px(4), box.top() + pad, self._wide_what(), box.height())
        painter.drawText(what, Qt.TextFlag.TextWordWrap, capital(line.label))
        y = box.center().y() - style.px(_BAR) / 2
        for end, share, _means in _ends(line):
            left, right = sorted((self._x(base), self._x(share)))
            painter.setPen(QPen(style.colour("edge"), 1))
            painter.setBrush(_fill(end))
            painter.drawRect(QRectF(left, y, max(right - left, 1.0), style.px(_BAR)))
        painter.setPen(QPen(style.colour("text"), 1.6))
        x = self._x(base)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        self._draw_ends(painter, box.top() + pad, line)

    def _draw_ends(self, painter: QPainter, top: float, line: TornadoLine) -> None:
        wide, left = self._wide_words(), self._words_left()
        for end, share, means in _ends(line):
            tall = style.tall_of(_said(share, means), wide, style.SMALL)
            first = style.px(_BAR) / 2
            _draw_sign(painter, left, top + first, end)
            painter.setFont(style.font(style.SMALL))
            painter.setPen(style.colour("text"))
            box = QRectF(left + style.px(_SIGN + 5), top, wide, tall)
            painter.drawText(box, Qt.TextFlag.TextWordWrap, _said(share, means))
            top += tall


def _ends(line: TornadoLine) -> list[tuple[int, float, str]]:
    """Which end, its share, what it means; a scenario has one of its own."""
    if line.kind == "scenario":
        return [(_SCENARIO, line.low, line.low_means)]
    return [(_LOW, line.low, line.low_means), (_HIGH, line.high, line.high_means)]


def _fill(end: int) -> QColor:
    """Empty, full, and one between: apart in grey too."""
    fills = {_LOW: style.colour("surface"), _HIGH: style.place_colour(0)}
    return fills.get(end, style.place_colour(1))


def _said(share: float, means: str) -> str:
    return led(str(round(100 * share)), means) if means else f"{round(100 * share)}"


def _draw_sign(painter: QPainter, x: float, y: float, end: int) -> None:
    side = style.px(_SIGN)
    painter.setPen(QPen(style.colour("edge"), 1))
    painter.setBrush(_fill(end))
    painter.drawRect(QRectF(x, y - side / 2, side, side))
