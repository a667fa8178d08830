"""A timeline without a window: text of 7 pixels a sign, and marks in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from builders import a_case

from nmosd_cds.evidence.study import Drug
from nmosd_cds.gui.draft import entries_of, read_draft
from nmosd_cds.gui.timeline.events import (
    ATTACKS,
    DRUGS,
    AttackMark,
    Drawn,
    DrugMark,
    History,
    history_of,
)
from nmosd_cds.gui.timeline.layout import Layout, lay_out, scale_of
from nmosd_cds.gui.timeline.paper import Rect, Scale, whole_range
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import PartialDate, read_date

ON = date(2026, 11, 22)


class Sevens:
    """Every sign is 7 pixels wide, every line 16 tall."""

    def __init__(self, zoom: float = 1.0) -> None:
        self.zoom, self.line = zoom, 16.0 * zoom

    def wide(self, text: str, *, bold: bool = False) -> float:
        return 7.0 * self.zoom * len(text)


@cache
def _knowledge() -> Any:
    return load_knowledge()


def drawn(*, read: bool = True, **facts: Any) -> Drawn:
    """A draft of some facts; `read` False: before the knowledge is there."""
    case = a_case(**facts)
    entries = entries_of(case)
    reading = read_draft(entries, case)
    knowledge = _knowledge()
    return Drawn(
        entry=lambda name: entries[name],
        rows=lambda name: reading.rows.get(name, ()),
        problems=reading.problems,
        patient=reading.case.patient,
        on=ON,
        definitions=knowledge.definitions if read else None,
        drugs={k: one for k, one in knowledge.sources.items() if isinstance(one, Drug)}
        if read
        else {},
    )


def history(*, read: bool = True, **facts: Any) -> History:
    """The history some facts tell."""
    return history_of(drawn(read=read, **facts))


def attack(row: int, when: str | None, **more: Any) -> AttackMark:
    """An attack on a day."""
    return AttackMark(field=ATTACKS, row=row, when=_date(when), answers={}, **more)


def drug(row: int, start: str | None, stop: str | None = None, **more: Any) -> DrugMark:
    """A drug from a day to another; without an end it is taken now."""
    ongoing = Truth.FALSE if stop else Truth.TRUE
    settings = {"ongoing": ongoing, "group": ("classical", ""), **more}
    return DrugMark(
        field=DRUGS, row=row, when=_date(start), stop=_date(stop), answers={}, **settings
    )


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else read_date(text)


def on_a_scale(first: str, last: str, left: float = 100, right: float = 1100) -> Scale:
    """Days on a thousand pixels."""
    return Scale(date.fromisoformat(first), date.fromisoformat(last), left, right)


def laid_out(told: History, room: float = 1334, zoom: float = 1.0, caption: str = "") -> Layout:
    """Everything of a history, as the tab shows it at a width."""
    dates = [one for mark in told.marks for one in (mark.when, getattr(mark, "stop", None)) if one]
    days = [day for one in dates for day in (one.first, one.last)]
    shown = whole_range([min(day, told.on) for day in days], told.on)
    measure = Sevens(zoom)
    return lay_out(told, scale_of(told, shown, measure, room), measure, caption=caption)


def with_numbers(marks: Iterable[Any]) -> tuple[Any, ...]:
    """Rows numbered as they stand."""
    return tuple(replace(mark, row=at) for at, mark in enumerate(marks))


def pairs(boxes: Sequence[Rect]) -> Iterator[tuple[Rect, Rect]]:
    """Every two of some boxes."""
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            yield one, other
