"""Rank acceptability: one bar an option, one part a rank; a table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, listed
from nmosd_cds.report.firmness import not_a_chance, place_word, scored_options
from nmosd_cds.report.wording import capital, of_100

ROW, NAME = 36, 186
_BAR, _GAP = 20, 8
# A part smaller than this may be too narrow for its figure, which then needs room below it.
_NARROW, _BELOW = 0.08, 12


@dataclass(frozen=True)
class RankLine:
    """One option and its shares, from the first rank on."""

    name: str
    status: str
    shares: tuple[float, ...]

    @property
    def spoken(self) -> str:
        """`AHSCT: first 40 of 100, second 60 of 100`."""
        said = (f"{place_word(at)} {of_100(share)}" for at, share in enumerate(self.shares))
        return led(self.name, listed(said))


def rank_lines(advice: Advice) -> list[RankLine]:
    """The options that were ranked by score, best rank first; empty where fewer than two were."""
    scored = scored_options(advice)
    return [RankLine(one.short, one.status, one.rank_acceptability or ()) for one in scored]


class Ranks(Plot):
    """The bars; up and down choose an option, which is then read out."""

    def __init__(self) -> None:
        super().__init__(_("Rank acceptability"), not_a_chance())
        self.lines: Sequence[RankLine] = ()

    def show_lines(self, lines: Sequence[RankLine]) -> None:
        """Draw other lines; the same ones stay as they are, with the one that is chosen."""
        if lines != self.lines:
            self.lines = lines
            self.renew()

    def texts(self) -> Sequence[str]:
        return [line.spoken for line in self.lines]

    def heads(self) -> Sequence[str]:
        places = max((len(line.shares) for line in self.lines), default=0)
        return (_("Option"), *(capital(place_word(at)) for at in range(places)))

    def rows(self) -> Rows:
        return [(line.name, *(of_100(share) for share in line.shares)) for line in self.lines]

    def tall_at(self, room: float) -> int:
        return self._tall * len(self.lines)

    def box_of(self, at: int) -> QRectF:
        return QRectF(0, at * self._tall, self.room, self._tall)

    @property
    def _tall(self) -> int:
        is_narrow = any(0 < share < _NARROW for line in self.lines for share in line.shares)
        return style.px(ROW + _BELOW if is_narrow else ROW)

    def draw(self, painter: QPainter) -> None:
        for at, line in enumerate(self.lines):
            self._draw_line(painter, self.box_of(at), line)

    def _draw_line(self, painter: QPainter, row: QRectF, line: RankLine) -> None:
        top, bar, gap = row.top() + style.px(6), style.px(_BAR), style.px(_GAP)
        side = style.px(14)
        sign = QRectF(gap, top + (bar - side) / 2, side, side)
        shapes.draw(painter, line.status, sign)
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text"))
        left = gap + side + style.px(6)
        name = QRectF(left, row.top(), style.px(NAME) - left - gap, row.height())
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(name.adjusted(0, style.px(7), 0, 0), flags, line.name)
        x = float(style.px(NAME))
        wide = row.width() - x - gap
        for at, share in enumerate(line.shares):
            part = QRectF(x, top, wide * share, bar)
            self._draw_part(painter, part, at, share)
            x += part.width()

    def _draw_part(self, painter: QPainter, part: QRectF, at: int, share: float) -> None:
        if part.width() <= 0:
            return
        painter.setPen(QPen(style.colour("edge"), 1))
        painter.setBrush(style.place_colour(at))
        painter.drawRect(part)
        figure = f"{round(100 * share)}"
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(style.font(style.SMALL))
        room = style.width_of(figure, style.SMALL) + 4
        if room <= part.width():
            painter.setPen(style.colour("on_accent" if at == 0 else "text"))
            painter.drawText(part, middle, figure)
            return
        # Too narrow for its figure, which then stands below it.
        painter.setPen(style.colour("text2"))
        below = QRectF(part.center().x() - room / 2, part.bottom(), room, style.px(16))
        below.moveRight(min(below.right(), self.room))
        painter.drawText(below, middle, figure)


class RankKey(QWidget):
    """A square in the colour of one place; its word stands beside it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at
        self.setFixedSize(style.px(13), style.px(13))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(style.colour("edge"), 1))
        painter.setBrush(style.place_colour(self._at))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
