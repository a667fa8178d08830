"""Days that a partial date can be, and counting in whole months and years. No medicine."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from nmosd_cds.patient.answer import When


@dataclass(frozen=True)
class Span:
    """The days on which something can have happened, both ends possible."""

    first: date
    last: date

    def surely_within(self, start: date, end: date) -> bool:
        """Whether every possible day lies in [start, end]."""
        return start <= self.first and self.last <= end

    def may_be_within(self, start: date, end: date) -> bool:
        """Whether some possible day lies in [start, end]."""
        return start <= end and start <= self.last and self.first <= end


def span_of(when: When | None, on: date) -> Span | None:
    """The days up to the assessment on which something can have happened.

    Args:
        when: A date, which may be partial; None is not known.
        on: Day of assessment.

    Returns:
        The possible days; all days up to `on` if the date is not known; None if it is certainly
        later than `on` (a Problem elsewhere).
    """
    if when is None or when.value is None:
        return Span(date.min, on)
    if when.value.first > on:
        return None
    return Span(when.value.first, min(when.value.last, on))


def days_after(day: date, days: int) -> date:
    """The day that many days later; never beyond the last day a date can hold."""
    return day + timedelta(days=min(days, (date.max - day).days))


def days_before(day: date, days: int) -> date:
    """The day that many days earlier; never before the first day a date can hold."""
    return day - timedelta(days=min(days, (day - date.min).days))


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last day of a shorter month.

    Args:
        day: Start.
        months: May be negative.
    """
    index = day.year * 12 + day.month - 1 + months
    if index < 12:
        return date.min
    if index >= 120_000:
        return date.max
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier, or the last day of a shorter month."""
    return months_after(day, -months)


def whole_months(start: date, end: date) -> int:
    """Completed months from one day to another; 0 if the end is not later."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_after(start, months) <= end else months - 1


def whole_years(start: date, end: date) -> int:
    """Completed years from one day to another; 0 if the end is not later."""
    return whole_months(start, end) // 12
