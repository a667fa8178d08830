"""A tab that is filled when somebody looks at it, so that an answer costs one tab and not all."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class LookedAt(QWidget):
    """What is due is made at once on the tab that is seen, on any other when it is turned to."""

    _is_due = False

    def put_off(self) -> None:
        """There is something new to show."""
        self._is_due = True
        if self.isVisible():
            self.catch_up()

    def call_off(self) -> None:
        """There is nothing to show any more."""
        self._is_due = False

    def fill(self) -> None:
        """Put on the screen what is new."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def catch_up(self) -> None:
        """Fill it now if it is due, such as to copy what nobody looks at."""
        if self._is_due:
            self._is_due = False
            self.fill()
