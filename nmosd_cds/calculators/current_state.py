"""Disability and vision that still hold: measured after the last attack, and not provisional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from nmosd_cds.calculators.answered import is_one_of, truth_choices
from nmosd_cds.calculators.attack_history import attack_history
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import days_before, span_of
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import fact_of
from nmosd_cds.patient.model import Acuity, EdssScore

Row = TypeVar("Row", EdssScore, Acuity)


def edss_current(known: Known) -> Derived:
    """The EDSS that holds today; any number if none does.

    A newer row replaces an older one, as a new value of any field does. Rows that may each be the
    newest leave all their values possible.

    Source:
        kurtzke-1983, nmosd-cds-project (when a score is current).
    """
    rows = known.patient.edss_series
    return _current(known, rows.rows if rows else (), _edss, "edss_series")


def better_eye_acuity(known: Known) -> Derived:
    """The acuity in logMAR of the eye that sees better; any number if none is current.

    Source:
        nmosd-cds-project.
    """
    rows = known.patient.acuity_series
    return _current(known, rows.rows if rows else (), _better_eye, "acuity_series")


def plegic(known: Known) -> Derived:
    """Whether the person is para- or quadriplegic, by an answer that is dated and current.

    Source:
        nmosd-cds-project.
    """
    answer = known.patient.plegia
    truth = is_one_of(answer, "paraplegia", "quadriplegia")
    dated = None if answer is None or answer.date is None else answer.date
    if dated is None or not is_current(known, dated.first):
        truth = Truth.UNKNOWN
    return Derived(truth_choices(truth), ("plegia", "attacks"))


def is_current(known: Known, measured: date) -> bool:
    """Whether a measurement of a day still holds.

    No attack can have begun later than the provisional time before it: neither a listed one nor,
    for want of a complete list, one that is not listed.

    Source:
        nmosd-cds-project.
    """
    provisional = days_before(measured, known.definitions.days("provisional"))
    return attack_history(known).none_since(provisional)


def _current(
    known: Known, rows: Sequence[Row], read: Callable[[Row], Interval], field: str
) -> Derived:
    dated = [(span, row) for row in rows if (span := span_of(row.date, known.on)) is not None]
    newest = [
        (span, row) for span, row in dated if all(span.last >= other.first for other, _ in dated)
    ]
    missing = (field, "attacks")
    if not newest or not all(is_current(known, span.first) for span, _ in newest):
        return Derived(Interval(), missing)
    return Derived(_hull([read(row) for _, row in newest]), missing)


def _edss(row: EdssScore) -> Interval:
    if row.value is None or row.value.value is None:
        return Interval()
    return Interval.point(row.value.value)


def _better_eye(row: Acuity) -> Interval:
    right, left = _eye(row, "right"), _eye(row, "left")
    lows = [eye.low for eye in (right, left) if eye.low is not None]
    highs = [eye.high for eye in (right, left) if eye.high is not None]
    return Interval(
        min(lows) if len(lows) == len((right, left)) else None, min(highs) if highs else None
    )


def _eye(row: Acuity, side: str) -> Interval:
    fact = fact_of(field_specs(Acuity)[side], getattr(row, side))
    assert fact is not None and isinstance(fact.possible, Interval)
    return fact.possible


def _hull(intervals: Sequence[Interval]) -> Interval:
    lows = [interval.low for interval in intervals]
    highs = [interval.high for interval in intervals]
    known_lows = [low for low in lows if low is not None]
    known_highs = [high for high in highs if high is not None]
    low: Decimal | None = min(known_lows) if len(known_lows) == len(lows) else None
    return Interval(low, max(known_highs) if len(known_highs) == len(highs) else None)


EDSS_CURRENT = DerivedFact(
    name="edss_current",
    kind="number",
    label=N_("EDSS, current"),
    needs=("edss_series", "attacks"),
    compute=edss_current,
    source="kurtzke-1983",
)
BETTER_EYE_ACUITY = DerivedFact(
    name="better_eye_acuity",
    kind="number",
    label=N_("Acuity of the better eye, current"),
    unit="logMAR",
    needs=("acuity_series", "attacks"),
    compute=better_eye_acuity,
    source="nmosd-cds-project",
)
PLEGIC = DerivedFact(
    name="plegic",
    kind="yes-no",
    label=N_("Paraplegia or quadriplegia, current"),
    needs=("plegia", "attacks"),
    compute=plegic,
    source="nmosd-cds-project",
)
