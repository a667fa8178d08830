"""The lymphoma score for long cytopenia after CAR-T cells. Not validated in autoimmune disease."""

from __future__ import annotations

from nmosd_cds.calculators.scores import asked
from nmosd_cds.calculators.scores.given import Given
from nmosd_cds.calculators.scores.score import INDETERMINATE, Score, Worked, settled
from nmosd_cds.calculators.scores.told import in_step
from nmosd_cds.i18n import N_, _

LABS: dict[str, tuple[float, float]] = {
    "platelets_e9_l": (0, 3000),
    "anc_per_ul": (0, 200_000),
    "hb_g_dl": (1, 25),
    "crp_mg_dl": (0, 60),
    "ferritin_ng_ml": (0, 200_000),
}
MOST = {"platelets_e9_l": 2, "anc_per_ul": 1, "hb_g_dl": 1, "crp_mg_dl": 1, "ferritin_ng_ml": 2}
# On these values the published sign of the comparison was not seen.
LIMITS = {"anc_per_ul": 1200, "hb_g_dl": 9.0, "crp_mg_dl": 3.0}
HIGH_FROM = 2
INPUTS = (
    asked.number(
        "platelets_e9_l", N_("Platelets"), "10^9/L", LABS["platelets_e9_l"], field="platelets"
    ),
    asked.number("anc_per_ul", N_("Neutrophils"), "/uL", LABS["anc_per_ul"], field="neutrophils"),
    asked.number("hb_g_dl", N_("Haemoglobin"), "g/dL", LABS["hb_g_dl"], field="haemoglobin"),
    asked.number("crp_mg_dl", N_("CRP"), "mg/dL", LABS["crp_mg_dl"], field="crp"),
    asked.number(
        "ferritin_ng_ml", N_("Ferritin"), "ng/mL", LABS["ferritin_ng_ml"], field="ferritin"
    ),
)
LEAST_PLAUSIBLE_ANC_PER_UL = 20


def car_hematotox(raw: object) -> Worked:
    """Points for five laboratory values before lymphodepletion, 0 to 7; 2 or more is high.

    As in Rejeski, Blood 2021;138:2499; the cut-offs come from a secondary source. A value that
    is missing leaves the score `indeterminate` between `score_at_least` and `score_at_most`.

    Args:
        raw: Platelets in 10^9/L, neutrophils per microlitre, haemoglobin in g/dL, C-reactive
            protein in mg/dL (not mg/L), ferritin in ng/mL.

    Raises:
        CdsError: An input is wrong.

    Source:
        greco-2024-ebmt (not validated in autoimmune disease).
    """
    given = Given(raw, tuple(LABS))
    labs = {name: given.number(name, *limits) for name, limits in LABS.items()}
    given.stop_if_wrong()
    points = {name: _points(name, value) for name, value in labs.items() if value is not None}
    missing = given.missing(LABS)
    at_least = sum(points.values())
    at_most = at_least + sum(MOST[name] for name in missing)
    result: dict[str, object] = {
        "score": INDETERMINATE if missing else at_least,
        "risk": settled("high" if one >= HIGH_FROM else "low" for one in (at_least, at_most)),
    }
    if missing:
        result |= {"score_at_least": at_least, "score_at_most": at_most}
    return Worked(
        result,
        tuple(
            _("{name} {value:g}: {points}.").format(
                name=in_step(name, INPUTS), value=labs[name], points=scored
            )
            for name, scored in points.items()
        ),
        missing,
        _warnings(labs),
    )


def _points(name: str, value: float) -> int:
    if name == "platelets_e9_l":
        return 0 if value > 175 else 1 if value >= 75 else 2
    if name == "ferritin_ng_ml":
        return 0 if value < 650 else 1 if value <= 2000 else 2
    if name == "crp_mg_dl":
        return int(value >= LIMITS[name])
    return int(value < LIMITS[name])


def _warnings(labs: dict[str, float | None]) -> tuple[str, ...]:
    said = [
        _(
            "A lymphoma score, not validated in autoimmune disease: never a reason by itself to "
            "exclude anybody."
        ),
        _("C-reactive protein is read in mg/dL: a result in mg/L is divided by ten first."),
    ]
    said += [
        _("{name} stands exactly on its limit: the side it falls on is this program's.").format(
            name=in_step(name, INPUTS)
        )
        for name, limit in LIMITS.items()
        if labs[name] == limit
    ]
    neutrophils = labs["anc_per_ul"]
    if neutrophils is not None and neutrophils < LEAST_PLAUSIBLE_ANC_PER_UL:
        said.append(_("Neutrophils are read per microlitre: is this a value in 10^9/L?"))
    return tuple(said)


CAR_HEMATOTOX = Score(
    "car_hematotox",
    N_("CAR-HEMATOTOX, not validated in autoimmune disease"),
    INPUTS,
    car_hematotox,
)
