"""Relapses per person-year with their exact Poisson interval; relapses close together merged."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.i18n import N_, _

MERGED_DAYS = 30
DAYS_PER_YEAR = 365.25
UNSTABLE_BELOW_YEARS = 0.5
MOST_RELAPSES = 10_000
MOST_YEARS = 1_000_000
SHAPES = (("start", "end", "onsets"), ("relapses", "person_years"), ("patients",))
_COUNTS = (
    asked.Asked("relapses", N_("Relapses"), "whole", limits=(0, MOST_RELAPSES)),
    asked.number("person_years", N_("Observed"), "patient-years", (0, MOST_YEARS)),
)
INPUTS = (
    asked.Asked("start", N_("First day of the window"), "day"),
    asked.Asked("end", N_("Last day of the window"), "day"),
    asked.Asked("onsets", N_("Onsets of relapses"), "days"),
    *_COUNTS,
    asked.Asked("patients", N_("Several patients"), "rows", row=_COUNTS),
)
NEEDS = tuple(one.name for one in INPUTS)


def arr(raw: object) -> Worked:
    """Annualised relapse rate from dates, from counts, or from several patients.

    An onset within 30 days of the onset of the last counted relapse belongs to it. Several
    patients are pooled: all relapses over all years, never the mean of rates.

    Args:
        raw: One of three shapes: `start`, `end`, `onsets`; `relapses`, `person_years`; or
            `patients`, a list of the second.

    Raises:
        CdsError: An input is wrong, or two shapes are mixed.

    Source:
        yamamura-2019-sakurasky, nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    dated = (given.day("start"), given.day("end"), given.days("onsets"))
    counted = _counts(given)
    patients = given.rows("patients", SHAPES[1])
    each = None if patients is None else [_counts(one) for one in patients]
    for one in patients or ():
        one.require(*SHAPES[1])
    used = [shape for shape in SHAPES if given.missing(shape) != shape]
    if len(used) > 1:
        given.wrong(used[1][0], _("does not go with {name}").format(name=used[0][0]))
    if patients == ():
        given.wrong("patients", _("is empty"))
    if dated[0] is not None and dated[1] is not None and dated[0] >= dated[1]:
        given.wrong("end", _("is not after the start"))
    given.stop_if_wrong()
    missing = given.missing(used[0] if used else SHAPES[0])
    if missing:
        return Worked({"arr": INDETERMINATE}, (), missing)
    if each is not None:
        return _rated(sum(k or 0 for k, _t in each), math.fsum(t or 0 for _k, t in each), (), ())
    start, end, onsets = dated
    if start is not None and end is not None and onsets is not None:
        return _from_dates(start, end, onsets)
    return _rated(counted[0] or 0, counted[1] or 0, (), ())


def _counts(given: Given) -> tuple[int | None, float | None]:
    years = given.number("person_years", 0, MOST_YEARS)
    if years == 0:
        given.wrong("person_years", _("is out of range"), _("It is more than 0."))
    return given.whole("relapses", 0, MOST_RELAPSES), years


def _from_dates(start: date, end: date, onsets: tuple[date, ...]) -> Worked:
    relapses = merged(onsets)
    inside = [day for day in relapses if start <= day <= end]
    years = (end - start).days / DAYS_PER_YEAR
    steps = (
        _("{onsets} onsets are {relapses} relapses, {inside} of them in the window.").format(
            onsets=len(onsets), relapses=len(relapses), inside=len(inside)
        ),
        _("{days} days / 365.25 = {years:.3f} years.").format(days=(end - start).days, years=years),
    )
    warnings: tuple[str, ...] = ()
    if start in inside:
        warnings = (
            _(
                "The window starts at a relapse, which is counted: that inflates the rate "
                "(regression to the mean)."
            ),
        )
    return _rated(len(inside), years, steps, warnings)


def merged(onsets: tuple[date, ...]) -> list[date]:
    """The first onset of each relapse, earliest first.

    Args:
        onsets: Days in any order.

    Source:
        yamamura-2019-sakurasky.
    """
    kept: list[date] = []
    for day in sorted(onsets):
        if not kept or (day - kept[-1]).days > MERGED_DAYS:
            kept.append(day)
    return kept


def _rated(k: int, years: float, steps: tuple[str, ...], warnings: tuple[str, ...]) -> Worked:
    low, high = (mean / years for mean in poisson_interval(k))
    is_unstable = years < UNSTABLE_BELOW_YEARS
    if is_unstable:
        warnings = (*warnings, _("Less than half a year was seen: the rate is unstable."))
    return Worked(
        {
            "relapses": k,
            "person_years": round(years, 3),
            "arr": round(k / years, 2),
            "ci95": [round(low, 2), round(high, 2)],
            "is_unstable": is_unstable,
        },
        (
            *steps,
            _("{k} / {years:.3f} = {rate:.2f} a year.").format(k=k, years=years, rate=k / years),
            _("Exact Poisson interval, 95 %: {low:.2f} to {high:.2f}.").format(low=low, high=high),
        ),
        (),
        warnings,
    )


def poisson_interval(k: int) -> tuple[float, float]:
    """Exact 95 % limits of the mean of a Poisson count.

    Args:
        k: The count, 0 or more.

    Source:
        nmosd-cds-project.
    """
    low = 0.0 if k == 0 else _mean_where(lambda mean: _at_most(k - 1, mean), 0.975, k)
    return low, _mean_where(lambda mean: _at_most(k, mean), 0.025, k)


def _mean_where(probability: Callable[[float], float], wanted: float, k: int) -> float:
    """The mean at which a probability that falls with it has fallen to the one wanted."""
    low, high = 0.0, k + 10 * math.sqrt(k + 1.0) + 10
    for _round in range(60):
        middle = (low + high) / 2
        if probability(middle) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(k: int, mean: float) -> float:
    logarithm = math.log(mean)
    return math.fsum(
        math.exp(count * logarithm - mean - math.lgamma(count + 1)) for count in range(k + 1)
    )


ARR = Score("arr", N_("Annualised relapse rate"), INPUTS, arr)
