"""The lymphoma score for long cytopenia after CAR-T cells, from what is known of the blood."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.shown import id_words
from nmosd_cds.i18n import N_
from nmosd_cds.i18n.joining import noted
from nmosd_cds.logic.fact import Choices, Interval
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import fact_of
from nmosd_cds.patient.model import Patient

RISKS = ("low", "high")
HIGH_FROM = 2


def _below(limit: str) -> Interval:
    return Interval(high=Decimal(limit), high_open=True)


def _from(limit: str) -> Interval:
    return Interval(low=Decimal(limit))


# Points and the numbers that give them, in the unit rules use; the score itself reads CRP in
# mg/dL, neutrophils per microlitre and haemoglobin in g/dL.
POINTS: dict[str, tuple[tuple[int, Interval], ...]] = {
    "platelets": (
        (0, Interval(low=Decimal(175), low_open=True)),
        (1, Interval(Decimal(75), Decimal(175))),
        (2, _below("75")),
    ),
    "neutrophils": ((0, _from("1.2")), (1, _below("1.2"))),
    "haemoglobin": ((0, _from("90")), (1, _below("90"))),
    "crp": ((0, _below("30")), (1, _from("30"))),
    "ferritin": (
        (0, _below("650")),
        (1, Interval(Decimal(650), Decimal(2000))),
        (2, Interval(low=Decimal(2000), low_open=True)),
    ),
}


def car_hematotox_risk(known: Known) -> Derived:
    """`high` from 2 points on, `low` below; both while what is missing can change it.

    Source:
        car-hematotox, greco-2024-ebmt (not validated in autoimmune disease).
    """
    specs = field_specs(Patient)
    possible: list[tuple[int, ...]] = []
    missing = []
    for name, regions in POINTS.items():
        fact = fact_of(specs[name], getattr(known.patient, name))
        numbers = fact.possible if fact is not None else Interval()
        assert isinstance(numbers, Interval)
        points = tuple(score for score, region in regions if numbers.meets(region))
        possible.append(points)
        if len(points) > 1:
            missing.append(name)
    totals = [sum(each) for each in product(*possible)]
    risks = frozenset(RISKS[total >= HIGH_FROM] for total in totals)
    shown = str(totals[0]) if len(set(totals)) == 1 else f"{min(totals)}–{max(totals)}"
    shown = noted(" / ".join(id_words(risk) for risk in RISKS if risk in risks), shown)
    return Derived(Choices(risks, RISKS), tuple(missing), shown if len(risks) == 1 else "")


CAR_HEMATOTOX_RISK = DerivedFact(
    name="car_hematotox_risk",
    kind="choice",
    label=N_("CAR-HEMATOTOX risk"),
    choices=RISKS,
    needs=tuple(POINTS),
    compute=car_hematotox_risk,
    source="car-hematotox",
)
