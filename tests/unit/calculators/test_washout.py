"""Dates of a plan, each expectation counted by hand on a calendar."""

from datetime import date

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.span import Span
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.calculators.washout import (
    LastDose,
    earliest_after,
    is_reached,
    is_recent_enough,
    last_dose,
)
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.dates import read_date

ON = date(2026, 11, 22)
TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def _day(text: str) -> Span:
    read = read_date(text)
    return Span(read.first, read.last)


@pytest.mark.parametrize(
    ("dose", "days", "months", "first", "last"),
    [
        # A week over the end of a February without a 29th.
        ("2026-02-25", 7, None, "2026-03-04", "2026-03-04"),
        # A week over the end of a February with one.
        ("2024-02-25", 7, None, "2024-03-03", "2024-03-03"),
        # Two and three weeks, and six.
        ("2026-11-01", 14, None, "2026-11-15", "2026-11-15"),
        ("2026-12-20", 21, None, "2027-01-10", "2027-01-10"),
        ("2026-10-01", 42, None, "2026-11-12", "2026-11-12"),
        # Six months after the last day of a long month ends on the last day of February.
        ("2026-08-31", None, 6, "2027-02-28", "2027-02-28"),
        ("2026-10-15", None, 1, "2026-11-15", "2026-11-15"),
        # Of a month the dose may be its first or its last day.
        ("2026-03", 14, None, "2026-03-15", "2026-04-14"),
        ("2026", None, 6, "2026-07-01", "2027-06-30"),
        # No interval at all.
        ("2026-11-01", 0, None, "2026-11-01", "2026-11-01"),
    ],
)
def test_an_interval_is_over_on_the_day_counted_by_hand(
    dose: str, days: int | None, months: int | None, first: str, last: str
) -> None:
    found = earliest_after(_day(dose), days=days, months=months)
    assert found == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "reached"),
    [
        ("2026-11-22", "2026-11-22", TRUE),
        ("2026-11-23", "2026-11-23", FALSE),
        ("2026-11-01", "2026-11-30", UNKNOWN),
        ("2026-11-01", "2026-11-22", TRUE),
        ("2026-11-23", "2026-12-22", FALSE),
    ],
)
def test_a_day_that_may_still_lie_ahead_is_not_reached(
    first: str, last: str, reached: Truth
) -> None:
    assert is_reached(Span(date.fromisoformat(first), date.fromisoformat(last)), ON) is reached


@pytest.mark.parametrize(
    ("result", "days", "months", "recent"),
    [
        ("2026-11-22", 14, None, TRUE),
        ("2026-11-08", 14, None, TRUE),  # 14 days ago
        ("2026-11-07", 14, None, FALSE),  # 15 days ago
        ("2026-08-22", None, 3, TRUE),  # three months to the day
        ("2026-08-21", None, 3, FALSE),
        ("2026-08", None, 3, UNKNOWN),
        ("2026-09", None, 3, TRUE),
        ("2026-07", None, 3, FALSE),
        ("2026", None, 3, UNKNOWN),
        (None, None, 3, UNKNOWN),
        (None, 14, None, UNKNOWN),
    ],
)
def test_a_result_without_a_sure_date_is_neither_recent_nor_old(
    result: str | None, days: int | None, months: int | None, recent: Truth
) -> None:
    when = None if result is None else read_date(result)
    assert is_recent_enough(when, ON, days=days, months=months) is recent


def _course(**row: object) -> Course:
    known = what_is_known(treatments={"rows": [{"drug": "rituximab", **row}]}, on=ON)
    (course,) = treatment_history(known).courses
    return course


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"start": "2024", "last_dose": "2026-08-01", "ongoing": True},
            LastDose(_day("2026-08-01"), "last-dose"),
        ),
        # The dose counts, not the later day on which the end was written down.
        (
            {"start": "2024", "last_dose": "2026-08-01", "stop": "2026-10"},
            LastDose(_day("2026-08-01"), "last-dose"),
        ),
        ({"start": "2024", "stop": "2026-10"}, LastDose(_day("2026-10"), "stop")),
        # Still taken, no dose entered: nothing to count from. The day of assessment is no dose.
        ({"start": "2024", "ongoing": True}, None),
        ({"start": "2024", "ongoing": False}, None),
        ({"start": "2024"}, None),
        # This month cannot have been later than today.
        (
            {"start": "2024", "stop": "2026-11", "ongoing": False},
            LastDose(Span(date(2026, 11, 1), ON), "stop"),
        ),
    ],
)
def test_the_last_dose_is_what_was_entered_and_never_a_guess(
    row: dict[str, object], expected: LastDose | None
) -> None:
    assert last_dose(_course(**row), ON) == expected
