"""View, Theme: light, dark, high contrast, or whatever the system asks for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from nmosd_cds.gui import style
from nmosd_cds.i18n import N_, _

LABELS = {
    style.LIGHT_THEME: N_("&Light"),
    style.DARK_THEME: N_("&Dark"),
    style.HIGH_CONTRAST: N_("&High contrast"),
    style.SYSTEM: N_("&As the system"),
}


class ThemeMenu(QObject):
    """The themes, one of them with a tick; `dark` is the command that switches the short way."""

    def __init__(self, menu: QMenu, dark: QAction) -> None:
        super().__init__(menu)
        self._dark = dark
        self._group = QActionGroup(self)
        self.actions: dict[str, QAction] = {}
        for theme, words in LABELS.items():
            action = menu.addAction(_(words))
            action.setCheckable(True)
            action.triggered.connect(partial(self.on_chosen, theme))
            self._group.addAction(action)
            self.actions[theme] = action
        style.look.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Tick what is in use."""
        self.actions[style.look.theme].setChecked(True)
        self._dark.setChecked(style.look.is_dark)

    def on_chosen(self, theme: str, _is_on: bool = False) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        style.choose(application, theme=theme)
