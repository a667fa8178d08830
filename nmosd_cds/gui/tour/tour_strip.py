"""The strip of the guided tour: what to do next, which key does it, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import Button, label, paint_ground, rule
from nmosd_cds.i18n import _

# From this zoom on the buttons stand below the words.
_LARGE = 1.5


def strip_is_low() -> bool:
    """Whether words are so large that the strip has to say less."""
    return style.look.zoom >= _LARGE


class TourStrip(QWidget):
    """Stands between the banner and the work; the work goes on beside it."""

    left = Signal()
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(_("Guided tour"))
        paint_ground(self, "wash")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(style.px(16), style.px(8), style.px(16), style.px(8))
        line.setSpacing(style.px(12))
        line.addWidget(shapes.Shape("arrow", 16), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(style.px(2))
        self.title = label("", bold=True, wraps=True)
        self.words = label("", wraps=True)
        self.keys = label("", bold=True, token="accent", wraps=True)
        for part in (self.title, self.words, self.keys):
            words.addWidget(part)
        line.addLayout(words, 1)
        self.back = Button(_("Back"))
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.next = Button(_("Next"))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.leave = Button(_("Leave the tour (Esc)"))
        self.leave.clicked.connect(self.left)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(style.px(6))
        for button in (self.back, self.next, self.leave):
            self._beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if strip_is_low():
            self._beside.addStretch(1)
            words.addLayout(self._beside)
        else:
            line.addLayout(self._beside)
        outer.addLayout(line)
        outer.addWidget(rule("edge"))

    def show_step(self, title: str, words: str, keys: str, *, is_first: bool, last: str) -> None:
        """Show a step; `last` is what the button says on the last one, empty on the others."""
        self.title.setText(title)
        self.words.setText(words)
        self.keys.setText(keys)
        self.back.setVisible(not is_first)
        self.next.setText(last or _("Next"))
        self.next.setAccessibleName(self.next.text())
        self.next.updateGeometry()
        self.setAccessibleDescription("\n".join((title, words, keys)))
        self._fit()
        QAccessible.updateAccessibility(QAccessibleEvent(self.title, QAccessible.Event.Alert))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As tall as its words are at this width; a layout alone would cut large ones."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        tall = layout.totalHeightForWidth(self.width())
        if tall > 0 and self.height() != tall:
            self.setFixedHeight(tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
