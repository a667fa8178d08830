"""The entry rule for highly active disease of two trials."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.i18n import N_, _

INPUTS = (
    asked.Asked(
        "months_before_reference",
        N_("Months from each relapse to today"),
        "numbers",
        unit="months",
        limits=(0, 1200),
    ),
)
NEEDS = tuple(one.name for one in INPUTS)


def relapse_activity(raw: object) -> Worked:
    """Two relapses in the last 12 months, or three in the last 24 with one in the last 12.

    Args:
        raw: Months from each relapse to the day of reference; both limits count inside. An empty
            list is no relapse, an absent one is not known.

    Raises:
        CdsError: An input is wrong.

    Source:
        pittock-2019-prevent, nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    months = given.numbers("months_before_reference", 0, 1200)
    given.stop_if_wrong()
    if months is None:
        return Worked({"highly_active": INDETERMINATE}, (), NEEDS)
    last_12 = sum(month <= 12 for month in months)
    last_24 = sum(month <= 24 for month in months)
    return Worked(
        {"highly_active": last_12 >= 2 or (last_24 >= 3 and last_12 >= 1)},
        (
            _("Last 12 months: {count}.").format(count=last_12),
            _("Last 24 months: {count}.").format(count=last_24),
        ),
    )


RELAPSE_ACTIVITY = Score(
    "relapse_activity", N_("Highly active disease, entry rule of trials"), INPUTS, relapse_activity
)
