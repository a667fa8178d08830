"""What a hand on the timeline does to the draft: add, remove, move. No Qt.

A date never gets more precise than it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from nmosd_cds.gui.draft import KNOWN, Entry, RowEntry, RowsEntry
from nmosd_cds.gui.timeline.events import ATTACKS, DRUGS, SCORES, SIGHT, DrugMark, Mark
from nmosd_cds.i18n import format_date, format_partial
from nmosd_cds.patient.dates import PartialDate

Part = Literal["whole", "start", "stop"]
# The date that places a row.
DATE = {ATTACKS: "onset", SCORES: "date", SIGHT: "date", DRUGS: "start"}


@dataclass(frozen=True)
class Move:
    """What moving a row by days means.

    Attributes:
        dates: New day of each date that moves.
        ask: A date that is not known to the day, so that it has to be asked for; empty if none.
    """

    dates: dict[str, date]
    ask: str = ""

    @property
    def words(self) -> str:
        """The new days, for whoever drags."""
        return " - ".join(format_date(day) for day in self.dates.values())


def moved_by(mark: Mark, part: Part, days: int, on: date) -> Move:
    """A row, or one end of a drug, earlier or later; never after the day of assessment.

    Args:
        mark: The row.
        part: `whole`, or one end of a drug.
        days: Negative: earlier.
        on: Day of assessment.
    """
    dates = _dates_of(mark, part)
    if not dates:
        return Move({}, "stop" if part == "stop" else DATE.get(mark.field, ""))
    coarse = next((name for name, when in dates.items() if not when.is_day), "")
    if coarse:
        return Move({}, coarse)
    latest = max(when.first for when in dates.values())
    days = min(days, max((on - latest).days, 0)) if days > 0 else days
    step = timedelta(days=days)
    return Move({name: when.first + step for name, when in dates.items()})


def _dates_of(mark: Mark, part: Part) -> dict[str, PartialDate]:
    if not isinstance(mark, DrugMark):
        return {DATE[mark.field]: mark.when} if mark.when and mark.field in DATE else {}
    ends = {"start": mark.when, "stop": mark.stop}
    wanted = ("start", "stop") if part == "whole" else (part,)
    return {name: when for name in wanted if (when := ends[name]) is not None}


def with_dates(entry: RowsEntry, row: int, dates: dict[str, date]) -> RowsEntry:
    """The list with other days in one row."""
    new: dict[str, Entry] = dict(entry.rows[row])
    for name, day in dates.items():
        new[name] = replace(new.get(name, Entry()), state=KNOWN, text=format_date(day), reads_as="")
    return _with_row(entry, row, new)


def _with_row(entry: RowsEntry, row: int, new: RowEntry) -> RowsEntry:
    rows = tuple(new if at == row else one for at, one in enumerate(entry.rows))
    return replace(entry, rows=rows)


def with_new_row(entry: RowsEntry, field: str, when: PartialDate | None) -> RowsEntry:
    """The list with one more row, which has a date if a place was pointed at."""
    new: RowEntry = {}
    if when is not None:
        new = {DATE[field]: Entry(KNOWN, format_partial(str(when)))}
    return replace(entry, rows=(*entry.rows, new))


def without_row(entry: RowsEntry, row: int) -> RowsEntry:
    """The list without one row."""
    return replace(entry, rows=tuple(one for at, one in enumerate(entry.rows) if at != row))
