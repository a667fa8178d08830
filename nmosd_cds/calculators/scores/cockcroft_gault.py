"""Creatinine clearance from age, weight and creatinine."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked
from nmosd_cds.i18n import N_, _

UMOL_L_PER_MG_DL = 88.4
INPUTS = (
    asked.number("age", N_("Age"), "years", (18, 120)),
    asked.choice("sex", N_("Sex"), ("F", "M")),
    asked.number("weight_kg", N_("Weight"), "kg", (20, 400), field="weight"),
    asked.number("creatinine_mg_dl", N_("Creatinine in mg/dL"), "mg/dL", (0.05, 40)),
    asked.number(
        "creatinine_umol_l", N_("Creatinine in micromol/L"), "umol/L", (4, 3600), field="creatinine"
    ),
)
NEEDS = tuple(one.name for one in INPUTS)


def cockcroft_gault(raw: object) -> Worked:
    """Clearance in mL/min, one decimal (Cockcroft and Gault, Nephron 1976;16:31).

    Args:
        raw: `age` 18 to 120 years, `sex` F or M, weight, and creatinine in one of two units.

    Raises:
        CdsError: An input is wrong, or creatinine is given twice.

    Source:
        cockcroft-gault-1976.
    """
    given = Given(raw, NEEDS)
    age = given.number("age", 18, 120)
    sex = given.choice("sex", ("F", "M"))
    weight = given.number("weight_kg", 20, 400)
    creatinine = given.number("creatinine_mg_dl", 0.05, 40)
    in_umol = given.number("creatinine_umol_l", 4, 3600)
    if creatinine is not None and in_umol is not None:
        given.wrong("creatinine_umol_l", _("is given in the other unit too"), _("Keep one."))
    given.stop_if_wrong()
    steps: list[str] = []
    if in_umol is not None:
        creatinine = in_umol / UMOL_L_PER_MG_DL
        steps.append(
            _("{umol:g} µmol/L / 88.4 = {mg:.3f} mg/dL.").format(umol=in_umol, mg=creatinine)
        )
    advice = (
        _(
            "Little muscle, as after paraplegia, lowers creatinine and overstates the clearance: "
            "measure cystatin C or the filtration rate."
        ),
    )
    if age is None or sex is None or weight is None or creatinine is None:
        missing = given.missing(NEEDS[:3]) + (("creatinine_mg_dl",) if creatinine is None else ())
        return Worked({"crcl_ml_min": INDETERMINATE}, tuple(steps), missing, advice)
    factor = 0.85 if sex == "F" else 1.0
    clearance = max(0.0, (140 - age) * weight / (72 * creatinine) * factor)
    steps.append(
        _(
            "(140 - {age:g}) x {weight:g} / (72 x {creatinine:.3g}) x {factor:g} = {result:.1f}."
        ).format(age=age, weight=weight, creatinine=creatinine, factor=factor, result=clearance)
    )
    return Worked({"crcl_ml_min": round(clearance, 1)}, tuple(steps), (), advice)


COCKCROFT_GAULT = Score(
    "cockcroft_gault",
    N_("Creatinine clearance (Cockcroft-Gault)"),
    INPUTS,
    cockcroft_gault,
    fills=("crcl_ml_min", "creatinine_clearance"),
)
