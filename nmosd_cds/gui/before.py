"""The answer that stood before the last edit, for as long as no other edit is made."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack

from nmosd_cds.advice.model import Advice
from nmosd_cds.i18n import language


class Before:
    """Keeps two answers of one case; the keys of one visit to a field are one edit.

    Attributes:
        advice: The answer before the last edit, undone or done again; None where there was none.
    """

    def __init__(self, stack: QUndoStack) -> None:
        self.advice: Advice | None = None
        self._stack = stack
        self._at = -1
        self._said_in = ""
        self._now: Advice | None = None

    def forget(self) -> None:
        """Another case is open."""
        self.advice = self._now = None

    def keep(self, advice: Advice) -> None:
        """There is another answer to the case."""
        if self._said_in != language():
            # Words of two languages cannot be held against each other.
            self.advice = self._now = None
        if self._now is not None and self._stack.index() != self._at:
            self.advice = self._now
        self._at, self._now, self._said_in = self._stack.index(), advice, language()
