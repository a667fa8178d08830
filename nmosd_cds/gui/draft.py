"""What stands in the editors: text, state and date of every field, readable or not; no Qt.

A draft may hold what cannot be read. `read_draft` makes a case of the rest, with a sentence for
each thing left out, so one bad answer never stops the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import N_, _, format_partial, language
from nmosd_cds.patient.answer import Answer, Rows
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.codec import dated, from_text, to_text
from nmosd_cds.patient.dates import PartialDate, read_date
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.known import ACCESS
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import clean_text

KNOWN = "known"
NOT_KNOWN = "not-known"
STATES = {
    KNOWN: N_("Known"),
    NOT_KNOWN: N_("Not known"),
    "not-done": N_("Not done"),
    "unavailable": N_("Unavailable"),
}
_PLACE = re.compile(r"(?:patient|setting)\.(access\.)?(\w+)(?:\.rows\[(\d+)\])?(?:\.(\w+))?")


@dataclass(frozen=True)
class Entry:
    """What stands in the editors of one field.

    Attributes:
        state: `known`, `not-known`, `not-done` or `unavailable`.
        text: The value as it was typed.
        date: Day of the result as it was typed.
        source: Where it stands in the notes.
        reads_as: What `text` was read as when it was typed, for the codec; empty where the codec
            reads the text itself. It is fixed then, so "today" stays the day it was typed.
        date_reads_as: The same for the day.
    """

    state: str = NOT_KNOWN
    text: str = ""
    date: str = ""
    source: str | None = None
    reads_as: str = ""
    date_reads_as: str = ""


RowEntry = Mapping[str, Entry]


@dataclass(frozen=True)
class RowsEntry:
    """What stands in the editors of a list.

    Attributes:
        complete_since: As it was typed; empty: rows may be missing.
        rows: Every row, with the fields that were touched.
        since_reads_as: What `complete_since` was read as; empty where it is read itself.
    """

    complete_since: str = ""
    rows: tuple[RowEntry, ...] = ()
    since_reads_as: str = ""


AnyEntry = Entry | RowsEntry
Entries = Mapping[str, AnyEntry]


@dataclass(frozen=True)
class Reading:
    """What a draft says.

    Attributes:
        case: Everything that could be read.
        problems: By place: `igg`, `attacks[0].onset`, `attacks.complete_since`; `` for the whole.
        rows: For each list, which rows of the draft became rows of the case.
    """

    case: Case
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@cache
def all_specs() -> Mapping[str, FieldSpec]:
    """Every field of the form by name, in the order of the model; drug access as `access_...`."""
    found = dict(field_specs(Patient)) | dict(field_specs(Setting))
    for spec in field_specs(DrugAccess).values():
        name = f"{ACCESS}{spec.name}"
        found[name] = replace(spec, name=name, group=N_("Access to drugs"))
    return found


def row_specs(spec: FieldSpec) -> Mapping[str, FieldSpec]:
    """The fields of one row of a list."""
    assert spec.row is not None
    return field_specs(spec.row)


def empty_entry(spec: FieldSpec) -> AnyEntry:
    """What stands in the editors of a field before anything is known."""
    return RowsEntry() if spec.kind == "rows" else Entry()


def entries_of(case: Case) -> dict[str, AnyEntry]:
    """A draft that says exactly what a case says."""
    entries: dict[str, AnyEntry] = {}
    for name, spec in all_specs().items():
        answer = _answer_in(case, name)
        entries[name] = empty_entry(spec) if answer is None else _entry_of(spec, answer)
    return entries


def _answer_in(case: Case, name: str) -> Answer | Rows[Any] | None:
    for holder in (case.patient, case.setting):
        if name in type(holder).model_fields:
            return getattr(holder, name)  # type: ignore[no-any-return]  # declared with clinical()
    return getattr(case.setting.access, name.removeprefix(ACCESS))  # type: ignore[no-any-return]


def _entry_of(spec: FieldSpec, answer: Answer | Rows[Any]) -> AnyEntry:
    if isinstance(answer, Rows):
        since = answer.complete_since
        rows = tuple(_row_entry(row_specs(spec), row) for row in answer.rows)
        return RowsEntry(format_partial(str(since)) if since else "", rows)
    return _plain_entry(spec, answer)


def _row_entry(specs: Mapping[str, FieldSpec], row: BaseModel) -> dict[str, Entry]:
    answers = {name: getattr(row, name) for name in specs}
    return {
        name: _plain_entry(specs[name], answer)
        for name, answer in answers.items()
        if answer is not None
    }


def _plain_entry(spec: FieldSpec, answer: Answer) -> Entry:
    known = answer.state == KNOWN
    text = to_text(spec, answer) if known else ""
    if known and spec.kind == "date":
        text = format_partial(text)
    when = format_partial(str(answer.date)) if answer.date else ""
    return Entry(answer.state, text, when, answer.source)


@dataclass(frozen=True)
class _ReadRow:
    """What one row of an entry was read as; None where it is blank or cannot be read."""

    entry: RowEntry
    row: BaseModel | None
    problems: Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True)
class _Read:
    """What one entry was read as, in a language."""

    entry: AnyEntry
    language: str
    answer: Any
    numbers: tuple[int, ...] | None
    problems: Mapping[str, tuple[Problem, ...]]
    rows: tuple[_ReadRow, ...] = ()


# By field name: a keystroke changes one entry, or one row of it; the others are not read again.
Memory = dict[str, _Read]


def read_draft(entries: Entries, rest: Case, memory: Memory | None = None) -> Reading:
    """The case a draft makes, and what of it cannot be read.

    Args:
        entries: By field name.
        rest: Gives id, date and preferences, which have no field.
        memory: What was read before; entries that are the same object are not read again.
    """
    memory = {} if memory is None else memory
    problems: dict[str, tuple[Problem, ...]] = {}
    answers: dict[str, Any] = {}
    numbers: dict[str, tuple[int, ...]] = {}
    for name, spec in all_specs().items():
        entry = entries.get(name)
        if entry is None:
            continue
        read = _remembered(spec, entry, memory)
        answers[name] = read.answer
        problems.update(read.problems)
        if read.numbers is not None:
            numbers[name] = read.numbers
    patient = Patient(**{name: answers.get(name) for name in field_specs(Patient)})
    access = DrugAccess(**{name: answers.get(ACCESS + name) for name in field_specs(DrugAccess)})
    setting = Setting(**{name: answers.get(name) for name in field_specs(Setting)}, access=access)
    return Reading(replace(rest, patient=patient, setting=setting), problems, numbers)


def _remembered(spec: FieldSpec, entry: AnyEntry, memory: Memory) -> _Read:
    """What an entry is read as; what is in the memory is taken from there, and the rest kept."""
    before = memory.get(spec.name)
    if before is not None and before.language != language():
        before = None
    if before is None or before.entry is not entry:
        before = memory[spec.name] = _read(spec, entry, before.rows if before is not None else ())
    return before


def _read(spec: FieldSpec, entry: AnyEntry, before: tuple[_ReadRow, ...]) -> _Read:
    if isinstance(entry, RowsEntry):
        return _read_rows(spec, entry, before)
    problems: dict[str, tuple[Problem, ...]] = {}
    return _Read(entry, language(), read_entry(spec, entry, spec.name, problems), None, problems)


def read_entry(
    spec: FieldSpec, entry: Entry, place: str, problems: dict[str, tuple[Problem, ...]]
) -> Answer | None:
    """The answer an entry makes; None if it is not known or cannot be read."""
    if entry.state == NOT_KNOWN or (entry.state == KNOWN and not entry.text.strip()):
        return None
    text = (entry.reads_as or entry.text) if entry.state == KNOWN else entry.state
    answer, found = from_text(spec, text, "")
    when, wrong = _read_when(entry.date_reads_as or entry.date)
    source, hidden = _read_source(entry.source)
    if found or wrong or hidden:
        problems[place] = (*found, *wrong, *hidden)
        return None
    return dated(answer, when, source) if answer is not None else None


def _read_source(text: str | None) -> tuple[str | None, list[Problem]]:
    if not text or not text.strip():
        return None, []
    source, found = clean_text(text, "")
    return source, [Problem("", _("the source {what}").format(what=one.what)) for one in found]


# What the codec reads for a state, and the state.
_STATE_TEXTS = {"not done": "not-done", "unavailable": "unavailable", "unknown": NOT_KNOWN}


def state_of(entry: Entry) -> str:
    """The state an entry has once a word such as "not done" in it is read."""
    if entry.state != KNOWN:
        return entry.state
    return _STATE_TEXTS.get((entry.reads_as or entry.text).strip().casefold(), KNOWN)


def with_text(entry: Entry, text: str) -> Entry:
    """An entry whose value is a text the codec reads; a word for a state becomes that state."""
    state = _STATE_TEXTS.get(text, KNOWN)
    kept = replace(entry, state=state, text="" if state != KNOWN else text, reads_as="")
    return replace(kept, date="", date_reads_as="") if state == NOT_KNOWN else kept


def same_answer(spec: FieldSpec, one: AnyEntry, other: AnyEntry, memory: Memory) -> bool:
    """Whether two entries of a field say the same to the case, and can both be read.

    Args:
        memory: As for `read_draft`; `other` is remembered, for it is what stands there now.
    """
    was, now = (_remembered(spec, entry, memory) for entry in (one, other))
    if was.problems or now.problems or len(was.rows) != len(now.rows):
        return False
    return bool((was.answer, was.numbers) == (now.answer, now.numbers))


def _read_when(text: str) -> tuple[PartialDate | None, list[Problem]]:
    if not text.strip():
        return None, []
    try:
        return read_date(text), []
    except ValueError as error:
        what, _semicolon, hint = str(error).partition("; ")
        return None, [Problem("", what, hint[:1].upper() + hint[1:])]


def _read_rows(spec: FieldSpec, entry: RowsEntry, before: tuple[_ReadRow, ...]) -> _Read:
    # Problems name the number of their row, so what was read is kept for the same number only.
    read = tuple(
        before[number]
        if number < len(before) and before[number].entry is row
        else _read_row(spec, row, number)
        for number, row in enumerate(entry.rows)
    )
    problems = {place: found for row in read for place, found in row.problems.items()}
    left_out = bool(problems)
    since, wrong = _read_when(entry.since_reads_as or entry.complete_since)
    if wrong:
        problems[f"{spec.name}.complete_since"] = tuple(wrong)
    # A list with an unreadable row is not complete: its absence must not be read as a fact.
    since = None if left_out else since
    rows = tuple(one.row for one in read if one.row is not None)
    made: Rows[Any] | None = None
    numbers: tuple[int, ...] = ()
    if since is not None or rows:
        made = Rows[spec.row](complete_since=since, rows=rows)  # type: ignore[name-defined]  # known at run time
        numbers = tuple(number for number, one in enumerate(read) if one.row is not None)
    return _Read(entry, language(), made, numbers, problems, read)


def _read_row(spec: FieldSpec, row: RowEntry, number: int) -> _ReadRow:
    assert spec.row is not None
    specs = row_specs(spec)
    wrong: dict[str, tuple[Problem, ...]] = {}
    answers = {
        name: read_entry(specs[name], one, f"{spec.name}[{number}].{name}", wrong)
        for name, one in row.items()
    }
    is_blank = all(answer is None for answer in answers.values())
    return _ReadRow(row, None if wrong or is_blank else spec.row(**answers), wrong)


def place_of(where: str, reading: Reading) -> str:
    """The place in the draft that a problem of its case names; `` if it names none.

    Rows that could not be read are not in the case, so the numbers of the two differ.
    """
    found = _PLACE.match(where) or _PLACE.match(f"patient.{where}")
    if found is None:
        return ""
    name = f"{ACCESS}{found[2]}" if found[1] else found[2]
    if name not in all_specs():
        return ""
    if found[3] is not None:
        number = reading.rows[name][int(found[3])]
        return f"{name}[{number}].{found[4]}" if found[4] else f"{name}[{number}]"
    return f"{name}.complete_since" if found[4] == "complete_since" else name


def without(entries: Entries, places: set[str]) -> dict[str, AnyEntry]:
    """The draft without what stands at some places: not known, and its list not complete."""
    kept = dict(entries)
    for name in {place_name(place) for place in places}:
        entry = kept.get(name)
        if not isinstance(entry, RowsEntry):
            kept[name] = Entry()
            continue
        numbers = {int(n) for p in places for n in re.findall(rf"^{name}\[(\d+)\]", p)}
        blank: RowEntry = {}
        rows = tuple(blank if n in numbers else row for n, row in enumerate(entry.rows))
        kept[name] = RowsEntry("", rows)
    return kept


def place_name(place: str) -> str:
    """The name of the field a place lies in."""
    return re.split(r"[\[.]", place)[0]


def age_on(born: PartialDate, on: date) -> tuple[int, int]:
    """The least and the greatest age in years a birth date leaves possible."""
    return _years(born.last, on), _years(born.first, on)


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
