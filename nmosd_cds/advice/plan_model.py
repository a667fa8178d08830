"""The plan of an option as frozen values: checklist, washout dates, calendar. No arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nmosd_cds.logic.truth import Truth

AnswerState = Literal["known", "partly", "not-known", "not-done", "unavailable"]
LineState = Literal["", "done", "partly", "not-known"]
AllergyState = Literal["", "clear", "conflict", "unknown"]


@dataclass(frozen=True)
class PlanAnswer:
    """What is known of one field that a line needs.

    Attributes:
        field: The way back to the form.
        state: `partly` for a list that may be incomplete, or a row with a gap.
        value: In words, with unit; empty where nothing is known.
        date: Of the result, in words; empty where it was not entered.
        is_current: Whether it is no older than the line allows; None where the line sets no limit.
    """

    field: str
    label: str
    state: AnswerState
    value: str = ""
    date: str = ""
    is_current: Truth | None = None


@dataclass(frozen=True)
class PlanDays:
    """When something is due, in days from day 0.

    Attributes:
        last: None: for life.
        at: Single days within; empty: the whole time.
        every: How often, in words; may be empty.
    """

    first: int
    last: int | None
    at: tuple[int, ...] = ()
    every: str = ""


@dataclass(frozen=True)
class PlanRange:
    """What one source says, where several speak."""

    says: str
    cites: tuple[str, ...]
    flag: str
    days: PlanDays | None = None


@dataclass(frozen=True)
class PlanFigure:
    """A published count behind a line: `14 of 17`."""

    study: str
    figure: str
    label: str
    shown: str
    interval: str
    flag: str


@dataclass(frozen=True)
class PlanLine:
    """One line of the plan to discuss.

    Attributes:
        when: Part of the way: `before`, `bridge`, `prophylaxis`, `monitoring` or `after`.
        text: In our words.
        flag: `seen`, `memory` or `project`.
        conflict: An allergy it runs against, as a sentence; empty if none is known.
        section: Part of the plan: `work-up`, `washout`, `baseline`, `monitoring`, `prophylaxis`,
            `vaccination` or `surveillance`.
        label: Short name; may be empty.
        basis: `published` or `project`.
        state: Whether its fields are known; empty where no field answers it.
        answers: One for each field it needs.
        is_current: Whether every result is recent enough; None where no limit was read.
        limit: The limit in words, `3 months`; empty if there is none.
        applies: TRUE or UNKNOWN; a line that is not for this person is left out.
        days: When it is due.
        ranges: What each source says.
        checks: What was found in this person, as sentences.
        asks: Fields whose answer would settle something here.
        allergy: Whether the substances it names were compared with the allergies.
        names: Those substances.
        is_warning: Whether it is the danger of stopping.
        is_live: Whether it is about live vaccines.
    """

    when: str
    text: str
    cites: tuple[str, ...]
    flag: str
    conflict: str = ""
    section: str = ""
    label: str = ""
    basis: str = "published"
    state: LineState = ""
    answers: tuple[PlanAnswer, ...] = ()
    is_current: Truth | None = None
    limit: str = ""
    applies: Truth = Truth.TRUE
    days: PlanDays | None = None
    ranges: tuple[PlanRange, ...] = ()
    checks: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    allergy: AllergyState = ""
    names: tuple[str, ...] = ()
    figures: tuple[PlanFigure, ...] = ()
    is_warning: bool = False
    is_live: bool = False

    @property
    def is_ticked(self) -> bool:
        """Whether everything it needs is known and recent enough; an unknown never ticks."""
        return self.state == "done" and self.is_current in (None, Truth.TRUE)

    @property
    def sources_differ(self) -> bool:
        """Whether more than one source speaks, each with its own words."""
        return len(self.ranges) > 1


@dataclass(frozen=True)
class WashoutDate:
    """One published interval after the last dose of one drug.

    Attributes:
        says: Whose interval it is, how long, before what.
        first: First day on which it can be over; None where nothing can be counted.
        last: Day from which it is certainly over; differs from `first` for a coarse date.
        is_over: Whether that day has come; UNKNOWN where nothing can be counted.
    """

    says: str
    first: date | None
    last: date | None
    is_over: Truth
    cites: tuple[str, ...]
    flag: str


@dataclass(frozen=True)
class WashoutLine:
    """One drug of the person, with what is published before a step.

    Attributes:
        drug: Drug id; empty where the row names none.
        label: As people read it.
        taken: Whether it is taken now.
        exposure: Last dose or end of the course, as a sentence.
        counted_from: `last-dose`, `stop`, or empty where nothing can be counted.
        dates: Published intervals; empty: none is published, and `text` says so.
        asks: Fields whose answer would give a date.
    """

    drug: str
    label: str
    taken: Truth
    exposure: str
    counted_from: str
    dates: tuple[WashoutDate, ...]
    text: str
    cites: tuple[str, ...]
    flag: str
    asks: tuple[str, ...] = ()

    @property
    def intervals_differ(self) -> bool:
        """Whether two sources ask for different times."""
        return len(self.dates) > 1


@dataclass(frozen=True)
class Washout:
    """Every present or recent drug before one step, never without the danger of stopping.

    Attributes:
        before: The step.
        danger: What stopping did to others.
        bridge: What is written down before anything is stopped.
        note: What may be missing from the list; empty if nothing is.
    """

    before: str
    lines: tuple[WashoutLine, ...]
    danger: str
    danger_cites: tuple[str, ...]
    bridge: str
    note: str = ""
