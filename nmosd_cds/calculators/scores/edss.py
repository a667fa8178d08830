"""The step of disability from functional systems and ambulation; says where it is ambiguous."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.calculators.scores.visual_fs import CONVERTED
from nmosd_cds.i18n import N_, _

HIGHEST_GRADE = {
    "visual": 6,
    "brainstem": 5,
    "pyramidal": 6,
    "cerebellar": 5,
    "sensory": 6,
    "bowel_bladder": 6,
    "cerebral": 5,
}
BOWEL_BLADDER = {0: 0, 1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 5}
OF_AMBULATION = {
    3: 5.0,
    4: 5.5,
    5: 6.0,
    6: 6.0,
    7: 6.0,
    8: 6.5,
    9: 6.5,
    10: 7.0,
    11: 7.5,
    12: 8.0,
    13: 8.5,
    14: 9.0,
    15: 9.5,
    16: 10.0,
}
# Least step by reading of the scale, for ambulation 0 to 2.
FLOORS = {"neurostatus": (0.0, 2.0, 4.5), "kurtzke": (0.0, 4.0, 4.5)}
INPUTS = (
    asked.whole("visual", N_("Visual, before conversion"), HIGHEST_GRADE["visual"]),
    asked.whole("brainstem", N_("Brainstem"), HIGHEST_GRADE["brainstem"]),
    asked.whole("pyramidal", N_("Pyramidal"), HIGHEST_GRADE["pyramidal"]),
    asked.whole("cerebellar", N_("Cerebellar"), HIGHEST_GRADE["cerebellar"]),
    asked.whole("sensory", N_("Sensory"), HIGHEST_GRADE["sensory"]),
    asked.whole(
        "bowel_bladder",
        N_("Bowel and bladder, before conversion"),
        HIGHEST_GRADE["bowel_bladder"],
        field="bowel_bladder",
    ),
    asked.whole("cerebral", N_("Cerebral"), HIGHEST_GRADE["cerebral"]),
    asked.whole("ambulation", N_("Ambulation, 0 to 16"), 16),
    asked.choice("reading", N_("Reading of the scale"), FLOORS),
)
NEEDS = tuple(one.name for one in INPUTS)


def edss(raw: object) -> Worked:
    """EDSS step, 0 to 10, from seven functional systems and 16 levels of ambulation.

    A system that is not given counts nothing and is listed as missing, which makes the step a
    lower bound. Where two public codes disagree the step is `indeterminate` with its
    `candidates`, unless the floor of ambulation makes them the same.

    Args:
        raw: Grade of each system before conversion, `ambulation` 0 to 16, and `reading`,
            neurostatus (default) or kurtzke, which differ in the floor of ambulation 1.

    Raises:
        CdsError: An input is wrong.

    Source:
        kurtzke-1983, nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    grades = {name: given.whole(name, 0, most) for name, most in HIGHEST_GRADE.items()}
    ambulation = given.whole("ambulation", 0, 16)
    reading = given.choice("reading", FLOORS) or "neurostatus"
    given.stop_if_wrong()
    converted = {
        name: _converted(name, grade) for name, grade in grades.items() if grade is not None
    }
    systems = tuple(converted.values())
    missing = given.missing(NEEDS[:-1])
    steps = [
        _("{name} {grade}, converted {converted}.").format(
            name=in_step(name, INPUTS), grade=grades[name], converted=grade
        )
        for name, grade in converted.items()
    ]
    if ambulation in OF_AMBULATION:
        candidates: tuple[float, ...] = (OF_AMBULATION[ambulation],)
        steps.append(
            _("Ambulation {level} fixes the step: {step:.1f}.").format(
                level=in_step(ambulation), step=candidates[0]
            )
        )
    else:
        floor = FLOORS[reading][ambulation or 0]
        candidates = tuple(max(floor, one) for one in _of_systems(systems))
        steps.append(
            _(
                "Systems give {steps}; ambulation {level} a floor of {floor:.1f} ({reading})."
            ).format(
                steps=_joined(_of_systems(systems)),
                level=_("not known") if ambulation is None else in_step(ambulation),
                floor=floor,
                reading=in_step(reading),
            )
        )
    step = settled(candidates)
    is_lower_bound = bool(missing) and ambulation not in OF_AMBULATION
    result: dict[str, object] = {"edss": step, "is_lower_bound": is_lower_bound}
    if step == INDETERMINATE:
        result["candidates"] = list(candidates)
    return Worked(result, tuple(steps), missing, _warnings(result, systems, candidates))


def _converted(name: str, grade: int) -> int:
    if name == "visual":
        return CONVERTED[grade]
    if name == "bowel_bladder":
        return BOWEL_BLADDER[grade]
    return 0 if name == "cerebral" and grade == 1 else grade


def _of_systems(systems: tuple[int, ...]) -> tuple[float, ...]:
    """The steps that converted systems allow; two where sources disagree."""
    if max(systems, default=0) >= 6:
        # One rule fixes 5.0, another forbids a step below any system.
        return (5.0, 6.0)
    fours, threes, twos, ones = (systems.count(grade) for grade in (4, 3, 2, 1))
    if 5 in systems or fours >= 2:
        return (5.0,)
    if fours:
        return _with_one_four(threes, twos)
    if threes:
        return (_with_threes(threes, twos),)
    if twos:
        return (2.0, 2.5, 3.0, 3.0, 3.5, 4.0, 4.0)[twos - 1 : twos]
    return (0.0,) if ones == 0 else (1.0,) if ones == 1 else (1.5,)


def _with_one_four(threes: int, twos: int) -> tuple[float, ...]:
    if threes >= 3:
        return (4.5, 5.0)
    if threes:
        return (4.5,)
    return (4.0, 4.5) if twos else (4.0,)


def _with_threes(threes: int, twos: int) -> float:
    if threes >= 6:
        return 5.0
    if threes >= 3:
        return 4.5 if threes == 5 else 4.0
    if threes == 2:
        return 4.0 if twos else 3.5
    if twos == 0:
        return 3.0
    return 4.0 if twos >= 3 else 3.5


def _joined(steps: tuple[float, ...]) -> str:
    return _(" or ").join(f"{step:.1f}" for step in steps)


def _warnings(
    result: dict[str, object], systems: tuple[int, ...], candidates: tuple[float, ...]
) -> tuple[str, ...]:
    said = [
        _("The EDSS hides vision: read visual function and acuity beside it."),
        _("The step is the trained examiner's; this is an aid."),
    ]
    if result["edss"] == INDETERMINATE:
        said.append(
            _("Sources disagree here: {steps}. The licensed table decides.").format(
                steps=_joined(candidates)
            )
        )
    if max(candidates) < max(systems, default=0):
        said.append(_("The step is below a functional system: look at the grades again."))
    if result["is_lower_bound"]:
        said.append(_("What is missing is not normal: the step is a lower bound."))
    return tuple(said)


EDSS = Score(
    "edss",
    N_("EDSS step from functional systems and ambulation"),
    INPUTS,
    edss,
    fills=("edss", "edss_series"),
)
