"""Dates at the edges: after the assessment, before the calendar, outside their course."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from definitions_builder import ON, a_definitions, what_is_known

from nmosd_cds.calculators.age import age_years
from nmosd_cds.calculators.attack_history import attack_history
from nmosd_cds.calculators.class_state import class_state
from nmosd_cds.calculators.derived import Definitions, Known
from nmosd_cds.calculators.failed_drugs import (
    one_biologic_failed,
    one_immunosuppressant_over_1_year,
)
from nmosd_cds.calculators.present_drugs import months_since_last_biologic
from nmosd_cds.calculators.span import (
    Span,
    days_after,
    days_before,
    months_after,
    months_before,
    span_of,
    whole_months,
    whole_years,
)
from nmosd_cds.calculators.treatment_history import treatment_history
from nmosd_cds.logic.fact import Interval
from nmosd_cds.patient.answer import When
from nmosd_cds.patient.dates import read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03", Span(date(2026, 3, 1), date(2026, 3, 31))),
        ("2026", Span(date(2026, 1, 1), ON)),
        ("2026-11-22", Span(ON, ON)),
        ("2026-11-23", None),
        (None, Span(date.min, ON)),
    ],
)
def test_a_partial_date_is_a_span_up_to_the_assessment(
    text: str | None, expected: Span | None
) -> None:
    assert span_of(When(value=read_date(text)) if text else None, ON) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), -12, date(2025, 11, 22)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(1, 6, 1), -12, date.min),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected
    assert months_before(day, -months) == expected


def test_days_stay_within_the_calendar() -> None:
    assert days_before(date(1, 1, 5), 30) == date.min
    assert days_after(date(9999, 12, 30), 30) == date.max


def test_whole_months_and_years_are_completed_ones() -> None:
    assert whole_months(date(2026, 5, 22), ON) == 6
    assert whole_months(date(2026, 5, 23), ON) == 5
    assert whole_months(ON, date(2020, 1, 1)) == 0
    assert whole_years(date(1961, 11, 23), ON) == 64


def test_what_lies_after_the_assessment_is_not_read() -> None:
    known = what_is_known(
        on=date(2020, 1, 1),
        birth_date="2021",
        attacks={"complete_since": "2019", "rows": [{"onset": "2020-06"}]},
        treatments={"complete_since": "2021", "rows": [{"drug": "rituximab", "start": "2020-06"}]},
    )
    assert attack_history(known).events == ()
    assert treatment_history(known).courses == ()
    assert treatment_history(known).complete_from is None
    assert age_years(known).possible == Interval(Decimal(0), None)


def drugs(**row: Any) -> Known:
    return what_is_known(
        disease_onset="2019-06",
        attacks={"complete_since": "2000", "rows": [{"onset": "2022-06-01"}]},
        treatments={"complete_since": "2019-05", "rows": [row]},
    )


def test_a_last_dose_after_the_end_of_its_course_still_counts() -> None:
    known = drugs(drug="rituximab", start="2020", stop="2021-01-01", last_dose="2026-05-22")
    assert months_since_last_biologic(known).possible == Interval.point(6)


def test_a_stop_still_to_come_is_a_drug_still_taken() -> None:
    row = {"drug": "rituximab", "start": "2020", "stop": "2026-11-23"}
    known = what_is_known(on=date(2026, 11, 21), treatments={"rows": [row]})
    assert months_since_last_biologic(known).possible == Interval.point(0)


def test_a_row_that_names_no_drug_may_be_any() -> None:
    known = drugs(start="2020", stop="2024", adherent=True)
    assert one_biologic_failed(known).possible.is_settled is False
    assert one_immunosuppressant_over_1_year(known).possible.is_settled is False


def test_a_class_without_members_stays_unknown() -> None:
    known = what_is_known()
    empty = Known(known.patient, known.setting, Definitions(a_definitions().numbers), ON)
    possible = class_state(empty, "c5").possible
    assert not possible.is_settled
