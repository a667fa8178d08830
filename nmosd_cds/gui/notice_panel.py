"""What went wrong, above the panes: all sentences at once, no box in the way, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.announcing import announce
from nmosd_cds.gui.controls import Button, label, paint_ground, rule
from nmosd_cds.gui.messages import Failure
from nmosd_cds.i18n import _, ngettext

_MOST = 8


class NoticePanel(QWidget):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        paint_ground(self, "wash")
        self._failure: Failure | None = None
        self._offer: Callable[[], None] | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(style.px(16), style.px(8), style.px(16), style.px(8))
        line.setSpacing(style.px(10))
        line.addWidget(shapes.Shape("stale", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(style.px(2))
        self.title = label("", bold=True, wraps=True)
        self.sentences = label("", wraps=True)
        self.sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self.title)
        words.addWidget(self.sentences)
        line.addLayout(words, 1)
        self.offer = Button("")
        self.offer.clicked.connect(self.on_offer_clicked)
        self.copy = Button(_("Copy details"))
        self.copy.clicked.connect(self.on_copy_clicked)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.hide)
        for button in (self.offer, self.copy, self.close_button):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(line)
        outer.addWidget(rule("edge"))
        self.hide()

    def say(
        self, failure: Failure, offer: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Show a failure, with one thing that can be done about it."""
        self._failure, self._offer = failure, then
        self.title.setText(failure.title)
        shown = list(failure.sentences[:_MOST])
        more = len(failure.sentences) - len(shown)
        if more:
            words = ngettext(
                "and {n} more; copy the details", "and {n} more; copy the details", more
            )
            shown.append(words.format(n=more))
        self.sentences.setText("\n".join(shown))
        self.offer.setText(offer)
        self.offer.setAccessibleName(offer or _("Nothing to do"))
        self.offer.setVisible(bool(offer))
        self.offer.updateGeometry()
        self.show()
        announce(self.title, failure.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    @property
    def details(self) -> str:
        """What `Copy details` copies: for a report, without any value of a patient."""
        if self._failure is None:
            return ""
        return self._failure.details or "\n".join(self._failure.sentences)

    def on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.details)

    def on_offer_clicked(self) -> None:
        self.hide()
        if self._offer is not None:
            self._offer()
