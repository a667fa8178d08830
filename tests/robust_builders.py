"""A hand-made statement of how firm an order is, with every part of it filled; invented numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nmosd_cds.advice.model import (
    Advice,
    CentralLine,
    EffectLine,
    PreferenceLine,
    ScenarioLine,
    Tornado,
    TornadoLine,
    TradeOff,
    WeightRange,
)

CELLS, STAY = "ahsct", "no-cellular-therapy"
WEIGHTS = {
    "relapse_24m": 0.30,
    "disability_change": 0.18,
    "treatment_related_death": 0.07,
    "severe_early_harm": 0.08,
    "late_harm": 0.07,
    "fertility_harm": 0.05,
    "burden": 0.10,
    "drug_free_remission": 0.15,
}
OTHER = {
    "relapse_24m": 0.17,
    "disability_change": 0.15,
    "treatment_related_death": 0.12,
    "severe_early_harm": 0.10,
    "late_harm": 0.11,
    "fertility_harm": 0.12,
    "burden": 0.18,
    "drug_free_remission": 0.05,
}
LABELS = {
    "relapse_24m": "First relapse within 24 months",
    "disability_change": "Change of EDSS at 12 months",
    "treatment_related_death": "Death from the treatment within 12 months",
    "severe_early_harm": "Life-threatening or severe harm outside the blood by day 100",
    "late_harm": "New autoimmune disease, cancer or late serious infection within 5 years",
    "fertility_harm": "Harm to fertility",
    "burden": "Burden of the treatment",
    "drug_free_remission": "Free of relapse and of preventive drugs at last visit",
}
TOO_CLOSE = "AHSCT and continuing eculizumab are too close to call: 44 and 56 of 100 weightings."
CHANGED = "With flat weights continuing eculizumab leads alone, 79 of 100."
DIVIDES = (
    "AHSCT is ahead only if avoiding one relapse weighs at least as much as 3 severe early harms."
)
READ_OF_PATIENT = "AHSCT ahead; without preferences both are defensible"


def swing(number: int, low: float, high: float) -> TornadoLine:
    """A swing of a weight; the text says which."""
    return TornadoLine(
        f"weight/number-{number}",
        "weight",
        f"How much matter number {number} counts",
        low,
        high,
        "it counts least",
        "it counts most",
    )


def tornado(count: int = 3) -> Tornado:
    """A tornado around 44 of 100: a weight, an outcome, a scenario, then further weights."""
    lines = (
        TornadoLine(
            "weight/relapse_24m",
            "weight",
            "How much a first relapse within 24 months counts",
            0.12,
            0.79,
            "it counts least: under 4 of 100",
            "it counts most: over 61 of 100",
        ),
        TornadoLine(
            "outcome/ahsct/relapse_24m",
            "outcome",
            "AHSCT: first relapse within 24 months",
            0.31,
            0.58,
            "the worst tenth, from 37 of 100",
            "the best tenth, up to 14 of 100",
        ),
        TornadoLine(
            "scenario/all", "scenario", "All regimens", 0.35, 0.35, "judged by all regimens"
        ),
    )
    more = tuple(swing(at, 0.44 - 0.08 / at, 0.44 + 0.08 / at) for at in range(4, count + 1))
    return Tornado(CELLS, 0.44, (*lines, *more)[:count])


def effect(criterion: str, kind: str = "absent") -> EffectLine:
    """A cell without a number, which names its criterion."""
    return EffectLine(
        criterion, LABELS[criterion], None, None, None, "", (), None, "Not reported.", kind
    )


def _ranges(weights: dict[str, float]) -> tuple[WeightRange, ...]:
    return tuple(
        WeightRange(name, mean, mean / 10, min(1.0, 2 * mean)) for name, mean in weights.items()
    )


def with_all(advice: Advice, *, swings: int = 3) -> Advice:
    """The advice with every part of its robustness filled and both options scored."""
    shares = {CELLS: (0.44, 0.56), STAY: (0.56, 0.44)}
    options = tuple(
        replace(
            one,
            rank_acceptability=shares[one.id],
            first_rank_share=shares[one.id][0],
            effects=one.effects or tuple(effect(name) for name in LABELS),
        )
        if one.id in shares
        else one
        for one in advice.options
    )
    usual = ScenarioLine(
        "usual", "Usual assumptions", "none", {CELLS: 0.44, STAY: 0.56}, (CELLS, STAY),
        "both defensible",
    )  # fmt: skip
    flat = ScenarioLine(
        "flat", "flat weights", "none", {CELLS: 0.21, STAY: 0.79}, (STAY,), "one ahead"
    )
    tiers = ScenarioLine("tiers", "Looser tiers", "none", {}, (), "no option changes its tier")
    robustness = replace(
        advice.robustness,
        scenarios=(usual, flat, tiers),
        threshold="AHSCT is ahead only if the hazard without cells is above 0.2 a year.",
        seed=20261122,
        draws=10000,
        monte_carlo_error=0.005,
        pairwise={CELLS: {CELLS: 0.5, STAY: 0.44}, STAY: {CELLS: 0.56, STAY: 0.5}},
        central=(
            CentralLine(CELLS, 0.44, WEIGHTS, 0.62),
            CentralLine(STAY, 0.56, OTHER, 0.71),
            CentralLine("car-t-bcma", 0.0, None, None),
        ),
        tornado=tornado(swings),
        trade_offs=(TradeOff(CELLS, "relapse_24m", "severe_early_harm", 3.0, DIVIDES),),
        preferences=(
            PreferenceLine(
                "", None, "none", None, False, {CELLS: 0.44, STAY: 0.56}, (CELLS, STAY),
                _ranges(OTHER), "both are defensible",
            ),
            PreferenceLine(
                "patient", date(2026, 11, 15), "ordinal", True, True, {CELLS: 0.81, STAY: 0.19},
                (CELLS,), _ranges(WEIGHTS), READ_OF_PATIENT,
            ),
            PreferenceLine(
                "board", date(2026, 11, 20), "swing", False, False, {CELLS: 0.3, STAY: 0.7},
                (CELLS, STAY), _ranges(OTHER), "both are defensible, as without preferences",
            ),
        ),
        changes_with=(CHANGED,),
        too_close=TOO_CLOSE,
    )  # fmt: skip
    return replace(advice, options=options, robustness=robustness)
