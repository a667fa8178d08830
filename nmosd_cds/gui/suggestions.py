"""The list under a drop-down one types in; it never keeps a command from its shortcut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QCompleter, QMenuBar

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class Suggestions(QCompleter):
    """Choices that begin with what was typed.

    An open list takes every key, so that shortcuts would wait until it is closed.
    """

    def __init__(self, drop: QComboBox) -> None:
        super().__init__(drop.model(), drop)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._drop = drop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not _is_command(event):
            return super().eventFilter(watched, event)
        popup = self.popup()
        # The list is looked at first: it takes longer to find the command than to build a field.
        if popup is None or not popup.isVisible() or (action := self._command(event)) is None:
            return super().eventFilter(watched, event)
        # Closed first: the cursor goes nowhere else as long as a list is open.
        popup.hide()
        if event.type() == QEvent.Type.KeyPress:
            action.trigger()
            return True
        return False

    def _command(self, event: QKeyEvent) -> QAction | None:
        keys = QKeySequence(event.keyCombination())
        direct = Qt.FindChildOption.FindDirectChildrenOnly  # the whole window takes milliseconds
        bars = self._drop.window().findChildren(QMenuBar, options=direct)
        actions = (one for bar in bars for one in bar.findChildren(QAction))
        return next((one for one in actions if keys in one.shortcuts() and one.isEnabled()), None)


def _is_command(event: QKeyEvent) -> bool:
    key = Qt.Key(event.key())
    control_or_alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    is_function = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F12
    return is_function or (bool(event.modifiers() & control_or_alt) and key not in _ARROWS)
