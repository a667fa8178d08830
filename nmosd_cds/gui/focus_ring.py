"""A frame around a part that scrolls, while it has the focus: Qt draws none that could be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nmosd_cds.gui.controls import draw_focus


class FocusRing(QWidget):
    """Lies over its parent, lets everything through, and is there only with the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        parent = self.parentWidget()
        if watched is parent and parent is not None:
            kind = event.type()
            if kind in (QEvent.Type.FocusIn, QEvent.Type.Resize):
                self.setGeometry(parent.rect())
            if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.setVisible(kind == QEvent.Type.FocusIn)
                self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_focus(QPainter(self), self.rect())
