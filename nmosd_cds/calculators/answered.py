"""Short ways to read one answer; a blank stays unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from nmosd_cds.logic.fact import Choices, yes_no
from nmosd_cds.logic.truth import TRUE, UNKNOWN, Truth, truth_of
from nmosd_cds.patient.answer import Choice, Rows, Text, YesNo

_YES, _NO, _EITHER = yes_no([True]), yes_no([False]), yes_no([True, False])


def is_yes(answer: YesNo | None) -> Truth:
    """Whether yes was answered; UNKNOWN without an answer."""
    return UNKNOWN if answer is None or answer.value is None else truth_of(answer.value)


def chosen(answer: Choice | Text | None) -> str | None:
    """The choice or text; None without an answer."""
    return None if answer is None else answer.value


def is_one_of(answer: Choice | Text | None, *wanted: str) -> Truth:
    """Whether the answer is one of some choices; UNKNOWN without an answer."""
    value = chosen(answer)
    return UNKNOWN if value is None else truth_of(value in wanted)


def truth_choices(truth: Truth) -> Choices:
    """A truth as the set of yes and no still possible."""
    if truth is UNKNOWN:
        return _EITHER
    return _YES if truth is TRUE else _NO


def complete_from(rows: Rows[Any] | None, on: date) -> date | None:
    """The day from which nothing is missing in a list, at the latest it can be.

    Returns:
        None if rows may be missing. For a list of what stands (diseases, places, decisions) any
        day means that everything standing now is listed.
    """
    if rows is None or rows.complete_since is None or rows.complete_since.first > on:
        return None
    return min(rows.complete_since.last, on)
