"""Worsening and sustained worsening of disability as in the SAkura trials."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.i18n import N_, _

CONFIRMED_AFTER_WEEKS = 24
INPUTS = (
    asked.number("baseline", N_("EDSS at baseline"), "points", (0, 10)),
    asked.number("followup", N_("EDSS at follow-up"), "points", (0, 10)),
    asked.number("confirmed_weeks", N_("Confirmed after"), "weeks", (0, 5000)),
)
NEEDS = tuple(one.name for one in INPUTS)


def edss_worsening(raw: object) -> Worked:
    """Whether the EDSS rose enough for its baseline, and whether that was confirmed.

    Args:
        raw: EDSS steps at `baseline` and `followup`, and the weeks after the first worsening at
            which it was confirmed.

    Raises:
        CdsError: An input is wrong, or not a step of the scale.

    Source:
        kleiter-2022-worsening.
    """
    given = Given(raw, NEEDS)
    baseline, followup = (_step(given, name) for name in NEEDS[:2])
    weeks = given.number("confirmed_weeks", 0, 5000)
    given.stop_if_wrong()
    missing = given.missing(NEEDS)
    if baseline is None or followup is None:
        return Worked({"worsening": INDETERMINATE, "sustained": INDETERMINATE}, (), missing)
    needed = 2.0 if baseline == 0 else 1.0 if baseline <= 5 else 0.5
    is_worse = followup - baseline >= needed
    sustained: bool | str = is_worse
    if is_worse:
        sustained = INDETERMINATE if weeks is None else weeks >= CONFIRMED_AFTER_WEEKS
    steps = [
        _("Rise {rise:.1f}; from a baseline of {baseline:.1f} it takes {needed:.1f}.").format(
            rise=followup - baseline, baseline=baseline, needed=needed
        )
    ]
    if weeks is not None:
        steps.append(
            _("Confirmed after {weeks:g} weeks; it takes {needed}.").format(
                weeks=weeks, needed=CONFIRMED_AFTER_WEEKS
            )
        )
    return Worked({"worsening": is_worse, "sustained": sustained}, tuple(steps), missing)


def _step(given: Given, name: str) -> float | None:
    step = given.number(name, 0, 10)
    if step is not None and (step == 0.5 or step * 2 != int(step * 2)):
        given.wrong(name, _("is not a step of the EDSS"), "0, 1, 1.5, 2 ... 10")
    return step


EDSS_WORSENING = Score(
    "edss_worsening", N_("EDSS worsening, once and sustained"), INPUTS, edss_worsening
)
