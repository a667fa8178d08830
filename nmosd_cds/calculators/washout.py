"""Dates of a plan: the last dose of a drug, the first day after an interval, the age of a result.

Every date may be partial, so every answer is a span of days or one of three truths.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nmosd_cds.calculators.span import (
    Span,
    days_after,
    days_before,
    months_after,
    months_before,
    span_of,
)
from nmosd_cds.calculators.treatment_history import Course
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import When
from nmosd_cds.patient.dates import PartialDate


@dataclass(frozen=True)
class LastDose:
    """What an interval counts from.

    Attributes:
        days: Days on which the last dose known can have been.
        counted_from: `last-dose`, or `stop` where only the end of the course was entered.
    """

    days: Span
    counted_from: Literal["last-dose", "stop"]


def last_dose(course: Course, on: date) -> LastDose | None:
    """The last dose of a course, as entered.

    Args:
        course: The drug.
        on: Day of assessment.

    Returns:
        None if neither a last dose nor the end of the course is known: nothing can be counted. A
        drug still taken counts from the last dose entered, as if none followed.

    Source:
        nmosd-cds-project.
    """
    row = course.row
    if row.last_dose is not None and row.last_dose.value is not None:
        return LastDose(_days(row.last_dose, on), "last-dose")
    if course.ongoing is Truth.FALSE and row.stop is not None and row.stop.value is not None:
        return LastDose(_days(row.stop, on), "stop")
    return None


def _days(when: When, on: date) -> Span:
    assert when.value is not None  # looked at by the caller
    # A date that lies ahead is planned, and stands as it was entered.
    return span_of(when, on) or Span(when.value.first, when.value.last)


def earliest_after(dose: Span, *, days: int | None, months: int | None) -> Span:
    """The first day on which an interval is over.

    Args:
        dose: Days on which the last dose can have been.
        days: Length in days; None if it is in months.
        months: Length in calendar months; None if it is in days.

    Returns:
        A span as wide as what is known of the dose: before its first day the interval is
        certainly not over, from its last day on it certainly is.

    Source:
        nmosd-cds-project.
    """

    def after(day: date) -> date:
        if months is not None:
            return months_after(day, months)
        assert days is not None  # a length without either is refused when it is read
        return days_after(day, days)

    return Span(after(dose.first), after(dose.last))


def is_reached(day: Span, on: date) -> Truth:
    """Whether a day has come; UNKNOWN while it may still lie ahead.

    Source:
        nmosd-cds-project.
    """
    if on >= day.last:
        return Truth.TRUE
    return Truth.FALSE if on < day.first else Truth.UNKNOWN


def is_recent_enough(
    result: PartialDate | None, on: date, *, days: int | None, months: int | None
) -> Truth:
    """Whether a result is no older than a limit; UNKNOWN without a date.

    Args:
        result: Date of the result; may be partial.
        on: Day of assessment.
        days: The limit in days; None if it is in months.
        months: The limit in calendar months; None if it is in days.

    Source:
        nmosd-cds-project.
    """
    if result is None:
        return Truth.UNKNOWN
    if months is not None:
        oldest = months_before(on, months)
    else:
        assert days is not None  # as above
        oldest = days_before(on, days)
    if result.first >= oldest:
        return Truth.TRUE
    return Truth.FALSE if result.last < oldest else Truth.UNKNOWN
