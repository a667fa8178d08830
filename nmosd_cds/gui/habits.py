"""The habits people bring to any program: search, dropping files, printing, a list of shortcuts.

Each is a module of its own, imported when it is first used; here they meet the window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow


class Habits(QObject):
    """What the window can do beside its work on a case."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> dict[str, Callable[[], object]]:
        """What each command of this module does, by its id."""
        return {"shortcuts": self.show_shortcuts}

    def show_shortcuts(self) -> None:
        """Show the list of shortcuts beside the work."""
        from nmosd_cds.gui.shortcut_list import ShortcutList

        shown = [one for one in self._window.findChildren(ShortcutList) if one.isVisible()]
        panel = shown[0] if shown else ShortcutList(self._window)
        panel.show()
        panel.raise_()
        panel.activateWindow()
        panel.search.setFocus()
