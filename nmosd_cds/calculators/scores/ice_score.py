"""The encephalopathy score of immune effector cells, against the patient's own baseline."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

MOST = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}
INPUTS = (
    asked.whole("orientation", N_("Orientation: year, month, city, hospital"), MOST["orientation"]),
    asked.whole("naming", N_("Names three objects"), MOST["naming"]),
    asked.whole("commands", N_("Follows a simple command"), MOST["commands"]),
    asked.whole("writing", N_("Writes a standard sentence"), MOST["writing"]),
    asked.whole("attention", N_("Counts back from 100 by ten"), MOST["attention"]),
    asked.whole("baseline_ice", N_("Own score before the infusion"), 10),
)
NEEDS = tuple(one.name for one in INPUTS)


def ice_score(raw: object) -> Worked:
    """Sum of five tasks, 0 to 10 (Lee, Biol Blood Marrow Transplant 2019;25:625).

    Args:
        raw: Points of each task, and `baseline_ice`, the score before the infusion.

    Raises:
        CdsError: An input is wrong.

    Source:
        nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    points = {name: given.whole(name, 0, most) for name, most in MOST.items()}
    baseline = given.whole("baseline_ice", 0, 10)
    given.stop_if_wrong()
    at_least = sum(scored or 0 for scored in points.values())
    missing = given.missing(MOST)
    result: dict[str, object] = {"score": INDETERMINATE if missing else at_least}
    if missing:
        at_most = at_least + sum(MOST[name] for name in missing)
        result |= {"score_at_least": at_least, "score_at_most": at_most}
    elif baseline is not None:
        result["below_baseline"] = baseline - at_least
    return Worked(
        result,
        tuple(
            _("{name}: {points} of {most}.").format(
                name=in_step(name, INPUTS), points=scored, most=MOST[name]
            )
            for name, scored in points.items()
            if scored is not None
        ),
        given.missing(NEEDS),
        (
            _(
                "Blindness, a weak hand or aphasia from NMOSD lowers the score without ICANS: "
                "compare with a score taken before the infusion."
            ),
            _("Children under 12 years need another score (CAPD)."),
        ),
    )


ICE_SCORE = Score("ice_score", N_("Encephalopathy score (ICE)"), INPUTS, ice_score)
