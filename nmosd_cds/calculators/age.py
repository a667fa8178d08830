"""Age on the day of assessment, from the date of birth or from an age that was stated."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import months_before, span_of, whole_years
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Interval
from nmosd_cds.patient.dates import day_of


def age_years(known: Known) -> Derived:
    """Completed years of age.

    A stated age without a date is the age on the day of assessment. Where both are given, the age
    is what both allow; if they contradict each other the date of birth counts.

    Source:
        nmosd-cds-project.
    """
    born, stated = _from_birth(known), _from_stated(known)
    both = _overlap(born, stated) if born and stated else None
    possible = both or born or stated or Interval(Decimal(0), None)
    return Derived(possible, ("birth_date", "stated_age"))


def _from_birth(known: Known) -> Interval | None:
    birth = known.patient.birth_date
    if birth is None or birth.value is None:
        return None
    span = span_of(birth, known.on)
    if span is None:
        return None
    return Interval(
        Decimal(whole_years(span.last, known.on)), Decimal(whole_years(span.first, known.on))
    )


def _from_stated(known: Known) -> Interval | None:
    stated = known.patient.stated_age
    if stated is None or stated.value is None:
        return None
    asked = stated.date or day_of(known.on)
    first, last = min(asked.first, known.on), min(asked.last, known.on)
    oldest = months_before(first, 12 * (stated.value + 1)) + timedelta(days=1)
    youngest = months_before(last, 12 * stated.value)
    return Interval(
        Decimal(whole_years(youngest, known.on)), Decimal(whole_years(oldest, known.on))
    )


def _overlap(first: Interval, second: Interval) -> Interval | None:
    if not first.meets(second):
        return None
    assert first.low is not None and second.low is not None
    assert first.high is not None and second.high is not None
    return Interval(max(first.low, second.low), min(first.high, second.high))


AGE_YEARS = DerivedFact(
    name="age_years",
    kind="number",
    label=N_("Age"),
    unit="years",
    needs=("birth_date", "stated_age"),
    compute=age_years,
    source="nmosd-cds-project",
)
