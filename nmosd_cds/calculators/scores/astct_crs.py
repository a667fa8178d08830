"""The consensus grade of the cytokine release syndrome."""

from __future__ import annotations

from itertools import product

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

HYPOTENSION = {"none": 0, "no_vasopressor": 2, "one_vasopressor": 3, "multiple_vasopressors": 4}
HYPOXIA = {"none": 0, "low_flow": 2, "high_flow_or_mask": 3, "positive_pressure": 4}
FEVER_C = 38.0
DEATH = 5
INPUTS = (
    asked.number("temp_c", N_("Temperature"), "°C", (30, 45)),
    asked.yes_no("crs_fever_earlier", N_("Fever of the syndrome earlier")),
    asked.yes_no(
        "antipyretic_or_anticytokine", N_("Antipyretic, steroid or anti-cytokine drug since")
    ),
    asked.choice("hypotension", N_("Hypotension"), HYPOTENSION),
    asked.choice("hypoxia", N_("Hypoxia"), HYPOXIA),
    asked.yes_no("death_from_crs", N_("Death from the syndrome")),
)
NEEDS = tuple(one.name for one in INPUTS)


def astct_crs(raw: object) -> Worked:
    """The worse of the columns of hypotension and hypoxia, at least 1 with fever; 0 to 5.

    As in Lee, Biol Blood Marrow Transplant 2019;25:625. Once a fever of the syndrome has been
    treated, fever is no longer needed. What is missing may be anything: the grade is then
    `indeterminate` unless every possibility gives the same.

    Args:
        raw: Temperature in degrees Celsius; whether a fever of the syndrome came earlier and
            was treated; the two columns; `death_from_crs` only if it is so.

    Raises:
        CdsError: An input is wrong.

    Source:
        nmosd-cds-project.
    """
    given = Given(raw, NEEDS)
    temperature = given.number("temp_c", 30, 45)
    earlier = given.yes_no("crs_fever_earlier")
    treated = given.yes_no("antipyretic_or_anticytokine")
    hypotension = given.choice("hypotension", HYPOTENSION)
    hypoxia = given.choice("hypoxia", HYPOXIA)
    death = given.yes_no("death_from_crs")
    given.stop_if_wrong()
    fevers = (False, True) if temperature is None else (temperature >= FEVER_C,)
    treatments = _possible(earlier, treated)
    pressures = tuple(HYPOTENSION.values()) if hypotension is None else (HYPOTENSION[hypotension],)
    oxygens = tuple(HYPOXIA.values()) if hypoxia is None else (HYPOXIA[hypoxia],)
    grades = [_grade(*one) for one in product(fevers, treatments, pressures, oxygens)]
    if death:
        grades = [DEATH]
    grade = settled(grades)
    result: dict[str, object] = {"grade": grade}
    if grade == INDETERMINATE:
        result |= {"grade_at_least": min(grades), "grade_at_most": max(grades)}
    asked = (*NEEDS[:1], *NEEDS[3:5]) if fevers == (True,) else NEEDS[:5]
    return Worked(
        result,
        (
            _("Fever of 38.0 °C or more: {fever}.").format(fever=_said(fevers)),
            _("Fever earlier, treated since: {treated}.").format(treated=_said(treatments)),
            _("Column of hypotension: {grade}.").format(grade=in_step(settled(pressures))),
            _("Column of hypoxia: {grade}.").format(grade=in_step(settled(oxygens))),
            _("The worse column, at least 1 with fever: {grade}.").format(grade=in_step(grade)),
        ),
        () if death else given.missing(asked),
        (
            _("Satralizumab, tocilizumab and steroids hide fever: its absence reassures nobody."),
            _("A fever, hypotension or hypoxia with another cause does not count."),
        ),
    )


def _possible(*answers: bool | None) -> tuple[bool, ...]:
    if False in answers:
        return (False,)
    return (False, True) if None in answers else (True,)


def _grade(is_fever: bool, is_treated: bool, hypotension: int, hypoxia: int) -> int:
    if not is_fever and not is_treated:
        return 0
    return max(int(is_fever), hypotension, hypoxia)


def _said(possible: tuple[bool, ...]) -> str:
    if len(possible) > 1:
        return _("not known")
    return _("yes") if possible[0] else _("no")


ASTCT_CRS = Score("astct_crs", N_("Cytokine release syndrome, ASTCT grade"), INPUTS, astct_crs)
