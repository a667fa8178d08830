"""The list of shortcuts: a window beside the work, searched by typing, copied as a table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.commands import key_rows
from nmosd_cds.gui.controls import Button, Field, label, paint_ground
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.knowledge.catalogue import plain

SIZE = QSize(640, 620)
# Room for the frame of the window.
_EDGE = 60


class ShortcutList(QDialog):
    """Every key with what it does; typing narrows the list, Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Shortcuts"))
        paint_ground(self, "surface")
        style.look.changed.connect(self.close)  # it is made in the old look
        self._rows = tuple(key_rows())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(12), style.px(8), style.px(10))
        layout.setSpacing(style.px(8))
        self.search = Field()
        self.search.setAccessibleName(_("Search the shortcuts"))
        self.search.setPlaceholderText(_("What it does, a key, or a place"))
        self.search.textChanged.connect(self.show_matching)
        layout.addWidget(self.search)
        self.table = WordTable(_("Shortcuts"))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, style.px(4), 0)
        inner.addWidget(self.table)
        inner.addStretch(1)
        layout.addWidget(Page(content, _("Shortcuts")), 1)
        layout.addLayout(self._foot())
        self.show_matching()
        self._place(parent)

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.count = label("", token="text2")
        line.addWidget(self.count, 1)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.close)
        line.addWidget(self.close_button)
        return line

    def _place(self, window: QWidget) -> None:
        room = window.size()
        wide = min(style.px(SIZE.width()), room.width() - _EDGE)
        self.resize(wide, min(style.px(SIZE.height()), room.height() - _EDGE))

    def show_matching(self) -> None:
        """Show the rows that hold every word that was typed."""
        parts = plain(self.search.text()).split()
        rows = [row for row in self._rows if all(part in plain(" ".join(row)) for part in parts)]
        self.table.fill((_("Where"), _("Keys"), _("What it does")), rows)
        words = ngettext("{n} shortcut", "{n} shortcuts", len(rows)).format(n=len(rows))
        self.count.setText(words if rows else _("No shortcut has these words."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
