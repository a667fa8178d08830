"""The consensus grade of neurotoxicity of immune effector cells, in adults."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

CONSCIOUSNESS = {
    "normal": 0,
    "awakens_spontaneously": 1,
    "awakens_to_voice": 2,
    "awakens_to_tactile": 3,
    "unarousable": 4,
}
SEIZURE = {"none": 0, "resolves": 3, "prolonged_or_repetitive": 4}
ICP = {"none": 0, "focal_oedema": 3, "diffuse_oedema_or_raised_icp_signs": 4}
MOTOR = {"none": 0, "new_deep_weakness": 4}
COLUMNS = {"consciousness": CONSCIOUSNESS, "seizure": SEIZURE, "motor": MOTOR, "icp": ICP}
WORST_AWAKE = 3  # an ICE of 0 in a patient who can be woken
INPUTS = (
    asked.whole("ice", N_("ICE score"), 10),
    asked.whole("baseline_ice", N_("Own ICE score before the infusion"), 10),
    asked.choice("consciousness", N_("Consciousness"), CONSCIOUSNESS),
    asked.choice("seizure", N_("Seizure"), SEIZURE),
    asked.choice("motor", N_("Motor finding"), MOTOR),
    asked.choice("icp", N_("Raised pressure, brain oedema"), ICP),
    asked.Asked("note", N_("Note"), "text"),
)
NEEDS = tuple(one.name for one in INPUTS)


def astct_icans(raw: object) -> Worked:
    """The worst column, 0 to 4 (Lee, Biol Blood Marrow Transplant 2019;25:625).

    A column that is not given counts nothing and is listed as missing, which makes the grade a
    lower bound. Without the ICE score the grade is `indeterminate` unless another column already
    decides it.

    Args:
        raw: `ice` 0 to 10, null if it cannot be tested; the columns; `note` is not read.

    Raises:
        CdsError: An input is wrong.

    Source:
        nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    ice = given.whole("ice", 0, 10)
    baseline = given.whole("baseline_ice", 0, 10)
    answers = {name: given.choice(name, grades) for name, grades in COLUMNS.items()}
    given.text("note")
    given.stop_if_wrong()
    columns = {name: COLUMNS[name][said] for name, said in answers.items() if said is not None}
    if ice is not None:
        columns = {"ice": _of_ice(ice), **columns}
    at_least = max(columns.values(), default=0)
    is_awake = "consciousness" in columns
    is_decided = ice is not None or at_least >= (WORST_AWAKE if is_awake else 4)
    missing = given.missing(NEEDS[:-1])
    lower = bool(set(missing) - {"baseline_ice"}) and at_least < 4
    result: dict[str, object] = {
        "grade": at_least if is_decided else INDETERMINATE,
        "is_lower_bound": lower,
    }
    if not is_decided:
        result["grade_at_least"] = at_least
    return Worked(
        result,
        (
            *(
                _("Column {name}: {grade}.").format(
                    name=in_step(name, INPUTS), grade=in_step(grade)
                )
                for name, grade in columns.items()
            ),
            _("The worst column: {grade}.").format(grade=in_step(result["grade"])),
        ),
        missing,
        _warnings(ice, baseline, lower),
    )


def _of_ice(ice: int) -> int:
    if ice == 10:
        return 0
    return 1 if ice >= 7 else 2 if ice >= 3 else WORST_AWAKE


def _warnings(ice: int | None, baseline: int | None, is_lower_bound: bool) -> tuple[str, ...]:
    said = [
        _(
            "Only new weakness, papilloedema or abducens palsy counts. A new paraparesis may be "
            "a relapse of NMOSD: image the cord."
        ),
        _("Haemorrhage lies outside the grade; tremor and myoclonus do not count."),
    ]
    if is_lower_bound:
        said.append(_("What is missing is not normal: the grade is a lower bound."))
    if ice is not None and baseline is not None and baseline < 10 and ice >= baseline:
        said.append(
            _(
                "The ICE score is not below the patient's own {baseline}: what NMOSD took before "
                "the infusion is not ICANS, and a clinician has to judge that column."
            ).format(baseline=baseline)
        )
    return tuple(said)


ASTCT_ICANS = Score("astct_icans", N_("Neurotoxicity (ICANS), ASTCT grade"), INPUTS, astct_icans)
