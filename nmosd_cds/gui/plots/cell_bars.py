"""The small bar in a cell of the effects table: middle and range on the criterion's fixed range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nmosd_cds.advice.model import EffectLine
from nmosd_cds.gui import style

if TYPE_CHECKING:
    from nmosd_cds.knowledge.ranking import Criterion

_OPEN = ("absent", "not-reported")


@dataclass(frozen=True)
class Bar:
    """What is drawn in a cell; places are fractions of the criterion's fixed range.

    Attributes:
        kind: `counted`, `derived` (dashed), `open` (dotted), `exact` (a tick) or `dots`.
        dots: Filled dots of a judgement.
        of: All dots of a judgement.
    """

    kind: Literal["counted", "derived", "open", "exact", "dots"]
    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0
    dots: int = 0
    of: int = 0


LEGEND = {
    "counted": Bar("counted", 0.15, 0.5, 0.85),
    "derived": Bar("derived", 0.15, 0.5, 0.85),
    "open": Bar("open"),
    "exact": Bar("exact"),
}


def bar_of(line: EffectLine, criterion: Criterion, *, is_counted: bool) -> Bar:
    """What is drawn for one effect."""
    bottom, top = sorted((float(criterion.best), float(criterion.worst)))

    def place(value: float | None) -> float:
        return min(max(((value or 0.0) - bottom) / (top - bottom), 0.0), 1.0)

    if line.kind in _OPEN or line.estimate is None:
        return Bar("open")
    if line.kind == "judgement":
        return Bar("dots", dots=round(line.estimate), of=round(top))
    if line.kind == "not-applicable":
        return Bar("exact", middle=place(line.estimate))
    kind: Literal["counted", "derived"] = "counted" if is_counted else "derived"
    return Bar(kind, place(line.low), place(line.estimate), place(line.high))


def draw_bar(painter: QPainter, box: QRectF, bar: Bar) -> None:
    """Draw one bar into a box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y, edge = box.center().y(), box.height() / 3
    left, wide = box.left() + edge, box.width() - 2 * edge
    if bar.kind == "dots":
        _draw_dots(painter, box, bar)
        return
    pen = QPen(style.colour("text2" if bar.kind == "open" else "line"), 1)
    if bar.kind == "open":
        pen = QPen(style.colour("text2"), 1.2, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
    if bar.kind == "open":
        return
    for part in range(5):
        x = left + wide * part / 4
        painter.drawLine(QPointF(x, y - 2), QPointF(x, y + 2))
    low, x, high = (left + wide * at for at in (bar.low, bar.middle, bar.high))
    if bar.kind == "exact":
        painter.setPen(QPen(style.colour("accent"), 3 * style.look.zoom))
        painter.drawLine(QPointF(x, y - edge), QPointF(x, y + edge))
        return
    line = QPen(style.colour("text"), 1.6)
    if bar.kind == "derived":
        line.setDashPattern([3, 2])
    painter.setPen(line)
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    painter.setPen(QPen(style.colour("text"), 1.6))
    for end in (low, high):
        painter.drawLine(QPointF(end, y - edge * 0.8), QPointF(end, y + edge * 0.8))
    painter.setPen(QPen(style.colour("accent"), 1.6))
    painter.setBrush(style.colour("accent" if bar.kind == "counted" else "surface"))
    painter.drawRect(QRectF(x - edge * 0.8, y - edge * 0.8, edge * 1.6, edge * 1.6))


def _draw_dots(painter: QPainter, box: QRectF, bar: Bar) -> None:
    side = box.height() * 0.55
    painter.setPen(QPen(style.colour("text2"), 1.2))
    for at in range(bar.of):
        x = box.left() + 1 + at * side * 2
        dot = QRectF(x, box.center().y() - side / 2, side, side)
        painter.setBrush(style.colour("text2" if at < bar.dots else "surface"))
        painter.drawEllipse(dot)
