"""One line for a date, read as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from nmosd_cds.gui.controls import Field
from nmosd_cds.patient.typed import Typed, day_typed


class DayField(Field):
    """A date as people type it; `edited` carries the text and what it was read as."""

    edited = Signal(str, str)

    def __init__(self, on: Callable[[], date]) -> None:
        super().__init__()
        self.typed = Typed("")
        self.was = ""
        self._on = on
        self.goes_on = True
        self.textEdited.connect(self.on_text_edited)
        self.editingFinished.connect(self.accept)

    def put(self, text: str, reads_as: str) -> None:
        """Show a date that came from elsewhere; what is being typed is left alone."""
        if text != self.typed.text:
            self.was = ""
            self.typed = day_typed(text, self._on()) if reads_as else Typed(text, is_read=True)
        if text != self.text():
            self.setText(text)

    def on_text_edited(self, text: str) -> None:
        self.was = ""
        self.typed = day_typed(text, self._on())
        self.edited.emit(text, self.typed.reads_as)

    def accept(self) -> None:
        """Put the one reading in the place of what was typed."""
        if self.typed.accepted and self.typed.text == self.text():
            self.take(self.typed.accepted)

    def take(self, text: str) -> None:
        """Put a reading in the place of what was typed."""
        self.was = self.typed.text
        self.typed = Typed(text, is_read=True)
        self.setText(text)
        self.edited.emit(text, "")

    @property
    def is_open_question(self) -> bool:
        """Whether something stands here that is not read."""
        return bool(self.typed.text.strip()) and not self.typed.is_read
