"""The search panel: a line under the banner, and what it finds below it. It waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, Field, draw_frame, label, paint_ground
from nmosd_cds.gui.search.found_list import FoundList
from nmosd_cds.gui.search.index import Findable, search
from nmosd_cds.i18n import _, ngettext

_WIDE = 760
# At most this part of the window is covered.
_PART = 0.7
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SearchPanel(QWidget):
    """Arrow keys choose, Enter goes there, Escape returns to where one was.

    It lies over the panes, below the banner: nothing is laid out anew when it comes or goes.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, things: Callable[[], Sequence[Findable]]) -> None:
        super().__init__(parent)
        self._things = things
        self._before: QWidget | None = None
        paint_ground(self, "surface")
        self.setAccessibleName(_("Search everything"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(12), style.px(10), style.px(12), style.px(8))
        layout.setSpacing(style.px(6))
        line = QHBoxLayout()
        line.setSpacing(style.px(8))
        self.field = Field()
        self.field.setAccessibleName(_("Search everything"))
        self.field.setPlaceholderText(
            _("Field, option, rule, study, drug, trial, calculator, command")
        )
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.show_found)
        line.addWidget(self.field, 1)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.leave)
        line.addWidget(self.close_button)
        layout.addLayout(line)
        self.list = FoundList()
        self.list.chosen.connect(self.go)
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout.addWidget(self.list, 1)
        self.said = label("", token="text2", wraps=True)
        layout.addWidget(self.said)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it with the cursor in it; what was typed last is chosen, to be typed over."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_found()

    def leave(self) -> None:
        """Close it and return to where one was."""
        self.hide()
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:  # how PySide says that Qt has deleted it
            return

    def go(self, thing: Findable) -> None:
        """Close it and go to what was found."""
        self._before = None
        self.hide()
        self.chosen.emit(thing)

    def show_found(self) -> None:
        """Show what holds every word that was typed."""
        groups = search(self._things(), self.field.text())
        self.list.show_groups(groups)
        n = sum(len(one.finds) + one.more for one in groups)
        if not self.field.text().strip():
            words = _("Type any part of a name, in English or in the language of the window.")
        elif not n:
            words = _("Nothing has all of these words. Try fewer, or a part of one.")
        else:
            words = ngettext("{n} found", "{n} found", n).format(n=n)
            words = _("{found}. Up and Down choose, Enter goes there.").format(found=words)
        self.said.setText(words)
        self._say_chosen()
        self.place()

    def _say_chosen(self) -> None:
        """A screen reader stays in the line; it hears which find is chosen."""
        self.field.setAccessibleDescription(self.list.spoken())

    def place(self) -> None:
        """In the middle below the banner, as tall as what was found."""
        panes = self.parentWidget()
        assert panes is not None
        wide = min(style.px(_WIDE), panes.width() - style.px(24))
        top = self._top(panes)
        self.list.set_room(wide - style.px(24))
        room = round((panes.height() - top) * _PART)
        around = style.px(10 + 8 + 2 * 6) + self.field.height() + self.said.sizeHint().height()
        tall = min(around + self.list.tall(), max(room, around + style.px(60)))
        self.setGeometry((panes.width() - wide) // 2, top, wide, tall)

    def _top(self, panes: QWidget) -> int:
        banner = getattr(panes, "banner", None)
        return banner.geometry().bottom() + 2 if isinstance(banner, QWidget) else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self.place()
        if event.type() == QEvent.Type.KeyPress and watched is self.field:
            assert isinstance(event, QKeyEvent)
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.open_chosen()
        elif key in _MOVES:
            self.list.step(key)
            self._say_chosen()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        draw_frame(QPainter(self), self.rect(), edge="edge", width=1)
