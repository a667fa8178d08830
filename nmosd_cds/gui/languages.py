"""The language of the window: chosen under View, followed at once by every word, also Qt's own.

That of the paper is chosen apart, because a board may read another than whoever works here.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from nmosd_cds.gui import style, typefaces
from nmosd_cds.i18n import ENGLISH, language, languages, name_of, use_language

# What Qt calls the languages whose buttons and dialogs it brings.
_OF_QT = {"zh": "zh_CN"}


class _Spoken(QObject):
    """What is chosen; a holder, so that a change reaches whoever asks later.

    Attributes:
        changed: Words are to be asked for anew; the panes follow with `style.look.changed`.
        paper: Language of reports; empty: the window's.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.paper = ""
        self._of_qt: QTranslator | None = None

    def tell_qt(self) -> None:
        """Let Qt's own buttons and dialogs speak the language in use."""
        if self._of_qt is not None:
            QCoreApplication.removeTranslator(self._of_qt)
            self._of_qt = None
        if language() == ENGLISH:
            return
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{_OF_QT.get(language(), language())}", folder):
            QCoreApplication.installTranslator(translator)
            self._of_qt = translator  # Qt keeps no hold of it


spoken = _Spoken()


def paper_language() -> str:
    """The language of reports."""
    return spoken.paper or language()


def choose(code: str) -> str:
    """Let the window speak another language from now on.

    Returns:
        The language now in use: English if there is no such translation.
    """
    used = use_language(code)
    if used != ENGLISH:
        typefaces.load_chinese()
    spoken.tell_qt()
    spoken.changed.emit()
    style.look.changed.emit()
    return used


class LanguageMenu(QObject):
    """Every language under its own name, the one in use with a tick."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        group = QActionGroup(self)
        self.actions: dict[str, QAction] = {}
        for code in languages():
            action = menu.addAction(name_of(code))
            action.setCheckable(True)
            action.setChecked(code == language())
            action.triggered.connect(lambda _on=False, code=code: self.on_chosen(code))
            group.addAction(action)
            self.actions[code] = action

    def on_chosen(self, code: str) -> None:
        if code != language():
            # Once the click is over: the menu it was made in goes.
            QTimer.singleShot(0, partial(choose, code))
