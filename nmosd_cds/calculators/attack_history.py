"""The attack list as spans of days. Rows are adjudicated attacks and are never merged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nmosd_cds.calculators.answered import complete_from, is_one_of, is_yes
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.span import Span, span_of
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.model import Attack


@dataclass(frozen=True)
class AttackEvent:
    """One listed attack.

    Attributes:
        onset: Days on which it can have begun.
        date: The onset as it was entered; None if it was not.
        row: The row as entered.
    """

    onset: Span
    date: PartialDate | None
    confirmed: Truth
    infection_excluded: Truth
    mild: Truth
    row: Attack


@dataclass(frozen=True)
class AttackHistory:
    """What is known of a person's attacks.

    Attributes:
        events: Listed attacks, in the order of the list.
        complete_from: No attack is missing from this day on; None: any may be missing.
        on: Day of assessment.
    """

    events: tuple[AttackEvent, ...]
    complete_from: date | None
    on: date

    def covers(self, start: date) -> bool:
        """Whether no attack is missing from a day to the day of assessment."""
        return self.complete_from is not None and self.complete_from <= start

    @property
    def unlisted_until(self) -> date:
        """The last day on which an attack that is not listed can have begun."""
        if self.complete_from is None:
            return self.on
        return self.complete_from - timedelta(days=1)

    def count_since(self, start: date) -> Interval:
        """Attacks from a day to the day of assessment, that day included.

        Returns:
            From the rows certainly inside to the rows possibly inside; no upper end if the list
            does not cover the window.
        """
        inside = sum(event.onset.surely_within(start, self.on) for event in self.events)
        possibly = sum(event.onset.may_be_within(start, self.on) for event in self.events)
        return Interval(Decimal(inside), Decimal(possibly) if self.covers(start) else None)

    def none_since(self, start: date) -> bool:
        """Whether certainly no attack began on or after a day."""
        return self.covers(start) and all(event.onset.last < start for event in self.events)

    def some_since(self, start: date) -> bool:
        """Whether a listed attack certainly began on or after a day."""
        return any(event.onset.first >= start for event in self.events)


def attack_history(known: Known) -> AttackHistory:
    """The attacks of a case.

    Source:
        nmosd-cds-project.
    """
    return known.once(_history)


def _history(known: Known) -> AttackHistory:
    rows = known.patient.attacks
    events = []
    for row in rows.rows if rows else ():
        onset = span_of(row.onset, known.on)
        if onset is not None:
            events.append(
                AttackEvent(
                    onset=onset,
                    date=row.onset.value if row.onset else None,
                    confirmed=is_yes(row.confirmed),
                    infection_excluded=is_yes(row.infection_excluded),
                    mild=is_one_of(row.severity, "mild"),
                    row=row,
                )
            )
    return AttackHistory(tuple(events), complete_from(rows, known.on), known.on)
