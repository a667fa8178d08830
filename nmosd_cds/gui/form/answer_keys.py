"""Keys that answer the field the cursor is in: its choices, states, offers and rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.form.page_head import PageHead
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.patient.typed_words import NOT_DONE, UNAVAILABLE, UNKNOWN


class Offering(Protocol):
    """What has readings to choose from."""

    @property
    def offers(self) -> int: ...
    def take(self, at: int) -> None: ...


def press_number(number: int) -> None:
    """Take the reading of that number where readings are offered, else give that answer.

    1 and 2 are the answers of a question with two (positive and negative, yes and no), 3 is not
    done, 4 is unavailable, 5 is not known.
    """
    offering = _offering()
    if offering is not None and number <= offering.offers:
        offering.take(number - 1)
        return
    editor = _around(Editor)
    if isinstance(editor, Editor):
        answer = _answers(editor).get(number)
        if answer:
            editor.choose(answer)


def _answers(editor: Editor) -> dict[int, str]:
    answers = [option.id for option in editor.spec.choices]
    if editor.spec.kind == "yes_no":
        answers = ["yes", "no"]
    found = {3: NOT_DONE, 4: UNAVAILABLE, 5: UNKNOWN}
    # Only where there are two: in a longer list, a number would have to be looked up.
    if len(answers) == 2 and editor.spec.kind in ("yes_no", "choice", "serology"):
        found |= {1: answers[0], 2: answers[1]}
    return found


def take_only() -> None:
    """Take the one reading that is offered; of several none is the right one."""
    offering = _offering()
    if offering is not None and offering.offers == 1:
        offering.take(0)


def add_row() -> None:
    """Add a row to the list the cursor is in."""
    rows = _around(RowsEditor)
    if isinstance(rows, RowsEditor):
        rows.on_add_clicked()


def ask_source() -> None:
    """Ask for the source of the answer the cursor is in."""
    editor = _around(Editor)
    if isinstance(editor, Editor):
        editor.ask_source()


def _offering() -> Offering | None:
    for kind in (Editor, RowsEditor, PageHead):
        found = _around(kind)
        if isinstance(found, Editor | RowsEditor | PageHead) and found.offers:
            return found
    return None


def _around(kind: type[QWidget]) -> QWidget | None:
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget


RUN: dict[str, Callable[[], None]] = {
    **{f"answer-{number}": partial(press_number, number) for number in range(1, 6)},
    "take-only": take_only,
    "new-row": add_row,
    "source": ask_source,
}
