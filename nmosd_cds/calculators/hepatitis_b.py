"""Hepatitis B tests as one state."""

from __future__ import annotations

from itertools import product

from nmosd_cds.calculators.answered import chosen
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices
from nmosd_cds.patient.answer import Choice

CLEAR, LATENT, CARRIER, ACTIVE = STATES = ("clear", "latent", "carrier", "active")
POSITIVE_NEGATIVE = ("positive", "negative")
NEEDS = ("hbsag", "anti_hbc", "hbv_dna", "immunoglobulin_last")


def hepatitis_b(known: Known) -> Derived:
    """The states still possible.

    Anti-HBc alone, within 6 months of immunoglobulin, may be passive: clear or latent. DNA that is
    detectable with both serum tests negative contradicts them and is read as active.

    Source:
        easl-hbv, aga-2025-hbv, nmosd-cds-project (immunoglobulin within 6 months).
    """
    patient = known.patient
    possible: set[str] = set()
    for hbsag, anti_hbc, dna, immunoglobulin in product(
        _open(patient.hbsag, POSITIVE_NEGATIVE),
        _open(patient.anti_hbc, POSITIVE_NEGATIVE),
        _open(patient.hbv_dna, ("detectable", "undetectable")),
        _open(patient.immunoglobulin_last, ("within-6-months", "none-in-6-months")),
    ):
        contradicts = (hbsag, anti_hbc, dna) == ("negative", "negative", "detectable")
        if not contradicts or chosen(patient.hbv_dna) == dna:
            possible |= _states(hbsag, anti_hbc, dna, immunoglobulin)
    return Derived(Choices(frozenset(possible), STATES), _missing(known))


def _open(answer: Choice | None, choices: tuple[str, ...]) -> tuple[str, ...]:
    value = chosen(answer)
    return choices if value is None else (value,)


def _states(hbsag: str, anti_hbc: str, dna: str, immunoglobulin: str) -> set[str]:
    if dna == "detectable":
        return {ACTIVE}
    if hbsag == "positive":
        return {CARRIER}
    if anti_hbc == "negative":
        return {CLEAR}
    return {CLEAR, LATENT} if immunoglobulin == "within-6-months" else {LATENT}


def _missing(known: Known) -> tuple[str, ...]:
    """DNA first where a serum test is positive: it settles most."""
    patient = known.patient
    blank = [name for name in NEEDS if chosen(getattr(patient, name)) is None]
    if "positive" in (chosen(patient.hbsag), chosen(patient.anti_hbc)):
        blank.sort(key=lambda name: name != "hbv_dna")
    passive_is_possible = (
        chosen(patient.anti_hbc) == "positive"
        and chosen(patient.hbsag) != "positive"
        and chosen(patient.hbv_dna) != "detectable"
    )
    if not passive_is_possible:
        blank = [name for name in blank if name != "immunoglobulin_last"]
    return tuple(blank)


HEPATITIS_B = DerivedFact(
    name="hepatitis_b",
    kind="choice",
    label=N_("Hepatitis B"),
    choices=STATES,
    needs=NEEDS,
    compute=hepatitis_b,
    source="nmosd-cds-project",
)
