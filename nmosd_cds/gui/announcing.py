"""Changes that a screen reader has to say although the focus is elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


class _Announcer(QObject):
    """Says what was announced to whoever listens, beside the screen reader."""

    said = Signal(str)


announcer = _Announcer()


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say words that have just appeared in a widget."""
    if not words:
        return
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
    read_out(widget, words)
    announcer.said.emit(words)


def read_out(widget: QWidget, words: str) -> None:
    """Have a screen reader say a part of what has the focus, of which it knows nothing itself."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
