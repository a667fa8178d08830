"""Keys that answer the field the cursor is in: its choices, states, offers and rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from nmosd_cds.gui.form.beside import KEYS
from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.form.page_head import PageHead
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.patient.typed_words import NOT_DONE, UNAVAILABLE, UNKNOWN


class Offering(Protocol):
    """What has readings to choose from."""

    @property
    def offers(self) -> int: ...
    def take(self, at: int) -> None: ...


def answer_first() -> None:
    """The first of two answers: positive, yes, detectable."""
    _answer(0)


def answer_second() -> None:
    """The second of two answers: negative, no, undetectable."""
    _answer(1)


def _answer(at: int) -> None:
    editor = _around(Editor)
    if not isinstance(editor, Editor):
        return
    answers = [option.id for option in editor.spec.choices]
    if editor.spec.kind == "yes_no":
        answers = ["yes", "no"]
    # Only where there are two: in a longer list, a number would have to be looked up.
    if len(answers) == 2 and editor.spec.kind in ("yes_no", "choice", "serology"):
        editor.choose(answers[at])


def say_not_done() -> None:
    """The test was not done."""
    _say(NOT_DONE)


def say_unavailable() -> None:
    """It was done, and its result cannot be had."""
    _say(UNAVAILABLE)


def say_unknown() -> None:
    """Whether it was done is not known."""
    _say(UNKNOWN)


def _say(state: str) -> None:
    editor = _around(Editor)
    if isinstance(editor, Editor):
        editor.choose(state)


def take_only() -> None:
    """Take the one reading that is offered; of several none is the right one."""
    offering = _offering()
    if offering is not None and offering.offers == 1:
        offering.take(0)


def take_offer(at: int) -> None:
    """Take one of the readings that are offered, counted from 0."""
    offering = _offering()
    if offering is not None and at < offering.offers:
        offering.take(at)


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
    "answer-first": answer_first,
    "answer-second": answer_second,
    "not-done": say_not_done,
    "unavailable": say_unavailable,
    "not-known": say_unknown,
    "take-only": take_only,
    "new-row": add_row,
    "source": ask_source,
}


def add_offer_keys(window: QWidget) -> None:
    """Let `Alt+1` and so on take the readings that are offered; four lines no menu needs."""
    for at, keys in enumerate(KEYS):
        action = QAction(window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False, at=at: take_offer(at))
        window.addAction(action)
