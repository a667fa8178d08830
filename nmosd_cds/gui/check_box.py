"""A box to tick in the look of the house."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import draw_focus, draw_frame

_BOX = 16


class Check(QCheckBox):
    """A box to tick, drawn in the look of the house; its words are beside it."""

    def __init__(self, text: str, *, size: int = style.BODY) -> None:
        super().__init__(text)
        self.setFont(style.font(size))

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(wide + style.px(_BOX + 16), style.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = style.px(_BOX)
        box = QRect(style.px(4), (self.height() - side) // 2, side, side)
        painter.fillRect(box, style.colour("wash" if self.underMouse() else "surface"))
        draw_frame(painter, box, edge="edge" if self.isEnabled() else "line")
        if self.isChecked():
            inner = box.toRectF().adjusted(3, 3, -3, -3)
            shapes.draw(painter, "known", inner)
        painter.setPen(style.colour("text" if self.isEnabled() else "edge"))
        room = self.rect().adjusted(side + style.px(10), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            draw_focus(painter, self.rect())
