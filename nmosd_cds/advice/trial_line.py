"""What a trial's list answers for one person, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CriterionAnswer = Literal["met", "not-met", "unknown", "ambiguous"]
TrialAnswer = Literal[
    "another-disease",
    "a-criterion-fails",
    "open",
    "no-listed-criterion-fails",
    "meets-every-listed-criterion",
]


@dataclass(frozen=True)
class ReadingLine:
    """One way to read an ambiguous line, and what it answers."""

    text: str
    answer: CriterionAnswer


@dataclass(frozen=True)
class CriterionLine:
    """One line of a trial's list for this person.

    Attributes:
        id: Short name within the trial.
        answer: An exclusion that does not hold is `met`, one that holds `not-met`.
        read: The facts that were read, by label.
        missing: Fields whose answer could settle it; empty where none could.
        left_to_check: What no field says, so that somebody has to look; empty if nothing is left.
        ambiguous: Why the line can be read in more than one way; empty if it cannot.
        readings: Each way to read it, with its own answer.
        flag: How the line is known.
    """

    id: str
    text: str
    kind: Literal["inclusion", "exclusion"]
    answer: CriterionAnswer
    read: Mapping[str, str]
    missing: tuple[str, ...]
    left_to_check: str
    ambiguous: str
    readings: tuple[ReadingLine, ...]
    flag: str


@dataclass(frozen=True)
class TrialLine:
    """One trial for this person.

    Attributes:
        id: Citation key, the way to its sheet.
        registry: Registry number as printed, or what stands in its place.
        name: Short name.
        option: Option it studies.
        option_name: The same for people.
        recruitment: `recruiting`, `not-yet-recruiting`, `completed`, `terminated`, `withdrawn` or
            `unknown`.
        standing: The same in words, with its date: `Recruiting (Jun-2026)`.
        status: What the texts seen say of its course.
        read_on: When somebody here read them.
        takes_nobody: Whether it is over.
        is_named: Whether a place in it is recorded for this person.
        is_open_here: Whether the hospital lists it as open.
        list_complete: Whether the whole list was read.
        answer: What the list says as a whole; never a promise.
        words: The same in a sentence.
        lines: Its list; empty for another disease.
        questions: Fields that would settle lines that are not known, and their labels.
        note: A remark of the file.
        flag: How it is known.
    """

    id: str
    registry: str
    name: str
    title: str
    option: str
    option_name: str
    disease: str
    recruitment: str
    standing: str
    status: str
    read_on: str
    takes_nobody: bool
    is_named: bool
    is_open_here: bool
    list_complete: bool
    answer: TrialAnswer
    words: str
    lines: tuple[CriterionLine, ...]
    questions: tuple[tuple[str, str], ...]
    note: str
    flag: str
