"""The shapes that stand beside a word: statuses, states of an answer, flags of a figure.

Drawn, not loaded, so that they follow theme and zoom; each survives a greyscale print.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QIcon, QImage, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.colours import Tokens
from nmosd_cds.i18n import _

_HALF_TURN = 180 * 16
_Draw = Callable[[QPainter, QRectF], None]


def _pen(painter: QPainter, token: str, width: float, style_: Qt.PenStyle | None = None) -> None:
    pen = QPen(style.colour(token), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if style_ is not None:
        pen.setStyle(style_)
    painter.setPen(pen)


def _line(painter: QPainter, box: QRectF, *points: tuple[float, float]) -> None:
    placed = [_at(box, *point) for point in points]
    painter.drawPolyline(QPolygonF(placed))


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)


def _possible(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("possible"))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _unconfirmed(painter: QPainter, box: QRectF) -> None:
    whole = QPolygonF([_at(box, 0.5, 0), _at(box, 1, 0.5), _at(box, 0.5, 1), _at(box, 0, 0.5)])
    half = QPolygonF([_at(box, 0.5, 0), _at(box, 0.5, 1), _at(box, 0, 0.5)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("cannot_tell"))
    painter.drawPolygon(half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _pen(painter, "attention", max(1.4, box.width() / 11))
    painter.drawPolygon(whole)
    _line(painter, box, (0.5, 0), (0.5, 1))


def _excluded(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("excluded"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 1.5, 1.5)
    painter.setBrush(style.colour("surface"))
    painter.drawRect(QRectF(_at(box, 0.25, 0.42), _at(box, 0.75, 0.58)))


def _no_evidence(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(style.colour("no_evidence"), max(1.5, box.width() / 9))
    pen.setDashPattern([1.6, 1.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _stale(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "attention", max(1.3, box.width() / 10))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([_at(box, 0.5, 0.06), _at(box, 1, 0.94), _at(box, 0, 0.94)]))
    _line(painter, box, (0.5, 0.4), (0.5, 0.64))
    painter.drawPoint(_at(box, 0.5, 0.79))


def _known(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text", max(1.6, box.width() / 7))
    _line(painter, box, (0.08, 0.55), (0.38, 0.85), (0.94, 0.16))


def _not_known(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text2", max(1.3, box.width() / 9))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _not_done(painter: QPainter, box: QRectF) -> None:
    _not_known(painter, box)
    reach = math.sqrt(0.125) * 0.9
    _line(painter, box, (0.5 - reach, 0.5 + reach), (0.5 + reach, 0.5 - reach))


def _unavailable(painter: QPainter, box: QRectF) -> None:
    _not_known(painter, box)
    _line(painter, box, (0.24, 0.5), (0.76, 0.5))


def _disc(painter: QPainter, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("text2"))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _half_disc(painter: QPainter, box: QRectF) -> None:
    inner = box.adjusted(1, 1, -1, -1)
    _pen(painter, "text2", 1.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("text2"))
    painter.drawPie(inner, _HALF_TURN // 2, _HALF_TURN)


def _two_discs(painter: QPainter, box: QRectF) -> None:
    side = box.height() * 0.72
    top = box.y() + (box.height() - side) / 2
    _disc(painter, QRectF(box.x() - 1, top, side, side))
    _disc(painter, QRectF(box.right() - side + 1, top, side, side))


def _dashed_ring(painter: QPainter, box: QRectF) -> None:
    pen = QPen(style.colour("text2"), 1.2)
    pen.setDashPattern([2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _derived(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text2", 1.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))


def _plus(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text2", max(1.5, box.width() / 6))
    _line(painter, box, (0.5, 0.18), (0.5, 0.82))
    _line(painter, box, (0.18, 0.5), (0.82, 0.5))


def _minus(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text2", max(1.5, box.width() / 6))
    _line(painter, box, (0.15, 0.5), (0.85, 0.5))


def _down(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text", max(1.3, box.width() / 7))
    _line(painter, box, (0.2, 0.36), (0.5, 0.66), (0.8, 0.36))


def _right(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text", max(1.3, box.width() / 7))
    _line(painter, box, (0.36, 0.2), (0.66, 0.5), (0.36, 0.8))


def _left(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text", max(1.3, box.width() / 7))
    _line(painter, box, (0.64, 0.2), (0.34, 0.5), (0.64, 0.8))


def _arrow(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "accent", max(1.5, box.width() / 7))
    _line(painter, box, (0.08, 0.5), (0.9, 0.5))
    _line(painter, box, (0.6, 0.22), (0.92, 0.5), (0.6, 0.78))


def _cross(painter: QPainter, box: QRectF) -> None:
    _pen(painter, "text2", max(1.4, box.width() / 8))
    _line(painter, box, (0.2, 0.2), (0.8, 0.8))
    _line(painter, box, (0.2, 0.8), (0.8, 0.2))


_SHAPES: dict[str, _Draw] = {
    "possible": _possible,
    "unconfirmed": _unconfirmed,
    "excluded": _excluded,
    "no-evidence": _no_evidence,
    "stale": _stale,
    "known": _known,
    "not-known": _not_known,
    "not-done": _not_done,
    "unavailable": _unavailable,
    "seen": _disc,
    "second": _two_discs,
    "secondary": _half_disc,
    "memory": _dashed_ring,
    "derived": _derived,
    "project": _derived,
    "plus": _plus,
    "minus": _minus,
    "down": _down,
    "right": _right,
    "left": _left,
    "arrow": _arrow,
    "cross": _cross,
}
OUTCOME_SHAPES = {
    "decided": "possible",
    "conditional": "unconfirmed",
    "not-rankable": "no-evidence",
    "out-of-scope": "excluded",
}


def draw(painter: QPainter, name: str, box: QRectF) -> None:
    """Draw a shape into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _SHAPES[name](painter, box)
    painter.restore()


def flag_shape(flag: str, confirmed: str = "none") -> str:
    """The shape of how a figure is known."""
    if flag == "seen" and confirmed == "different-document":
        return "second"
    if flag == "seen" and confirmed == "one-secondary-source":
        return "secondary"
    return flag if flag in _SHAPES else "seen"


def flag_word(flag: str, confirmed: str = "none") -> str:
    """The same in words, for a tooltip and a screen reader."""
    words = {
        "second": _("confirmed by another document"),
        "seen": _("read, one original"),
        "secondary": _("one secondary source"),
        "memory": _("recalled, not read; not in arithmetic"),
        "derived": _("derived from figures that were read"),
        "project": _("our judgement"),
    }
    return words[flag_shape(flag, confirmed)]


def image(name: str, side: int, *, wide: float = 1.0, scale: float = 2.0) -> QImage:
    """A shape as an image with a transparent ground, for text and icons."""
    size = QSize(math.ceil(side * wide * scale), math.ceil(side * scale))
    drawn = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.scale(scale, scale)
    draw(painter, name, QRectF(1, 1, side * wide - 2, side - 2))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def icon(name: str, side: int = 14) -> QIcon:
    """A shape as an icon."""
    return QIcon(QPixmap.fromImage(_icon_image(name, style.px(side), style.tokens())))


@lru_cache(maxsize=64)
def _icon_image(name: str, side: int, colours: Tokens) -> QImage:
    """Drawn once in the colours in use: every field of the form has the same five icons."""
    return image(name, side)


class Shape(QWidget):
    """One shape as a widget; its word stands beside it, so it takes no focus."""

    def __init__(self, name: str, side: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._side = side
        self.setFixedSize(style.px(side), style.px(side))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_shape(self, name: str) -> None:
        """Draw another shape."""
        self._name = name
        self.update()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()).adjusted(1, 1, -1, -1))


def brush(token: str) -> QBrush:
    """A brush of a token's colour."""
    return QBrush(style.colour(token))
