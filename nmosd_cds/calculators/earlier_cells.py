"""Cell therapy before: of any kind, and CAR-T cells."""

from __future__ import annotations

from nmosd_cds.calculators.answered import truth_choices
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.i18n import N_
from nmosd_cds.logic.truth import Truth

NEEDS = ("prior_cell_therapy",)
NONE = "none"
CAR_T = "car-t"


def earlier_car_t(known: Known) -> Derived:
    """Whether CAR-T cells were given before; a list that may lack them leaves it open.

    Source:
        nmosd-cds-project.
    """
    kinds, is_whole = _listed(known)
    if CAR_T in kinds:
        return _said(Truth.TRUE)
    return _said(Truth.FALSE if is_whole else Truth.UNKNOWN)


def earlier_cell_therapy(known: Known) -> Derived:
    """Whether any cell therapy was given before; unknown without an answer.

    Source:
        nmosd-cds-project.
    """
    kinds, is_whole = _listed(known)
    if kinds - {NONE}:
        return _said(Truth.TRUE)
    return _said(Truth.FALSE if is_whole else Truth.UNKNOWN)


def _listed(known: Known) -> tuple[frozenset[str], bool]:
    """The kinds listed, and whether nothing else was given; `none` alone says so as well."""
    answer = known.patient.prior_cell_therapy
    if answer is None or answer.value is None:
        return frozenset(), False
    kinds = frozenset(answer.value)
    return kinds, answer.complete or kinds == {NONE}


def _said(truth: Truth) -> Derived:
    return Derived(truth_choices(truth), NEEDS)


EARLIER_CELLS = (
    DerivedFact(
        name="earlier_car_t",
        kind="yes-no",
        label=N_("CAR-T cells before"),
        needs=NEEDS,
        compute=earlier_car_t,
        source="nmosd-cds-project",
    ),
    DerivedFact(
        name="earlier_cell_therapy",
        kind="yes-no",
        label=N_("Any cell therapy before"),
        needs=NEEDS,
        compute=earlier_cell_therapy,
        source="nmosd-cds-project",
    ),
)
