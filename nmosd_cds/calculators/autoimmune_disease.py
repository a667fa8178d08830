"""Coexisting autoimmune disease, from a list of what stands now."""

from __future__ import annotations

from collections.abc import Callable

from nmosd_cds.calculators.answered import complete_from, is_one_of, truth_choices
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.i18n import N_
from nmosd_cds.logic.truth import Truth, all_of, any_of
from nmosd_cds.patient.model import CoexistingDisease

NEEDS = ("autoimmune_diseases",)
LUPUS = "systemic-lupus"


def coexisting_autoimmune(known: Known) -> Derived:
    """Whether any autoimmune disease is listed, active or not.

    Source:
        nmosd-cds-project.
    """
    return _any(known, lambda _: Truth.TRUE)


def active_autoimmune_disease(known: Known) -> Derived:
    """Whether any listed autoimmune disease is active.

    Source:
        nmosd-cds-project.
    """
    return _any(known, _is_active)


def lupus(known: Known) -> Derived:
    """Whether systemic lupus is listed, active or not.

    Source:
        nmosd-cds-project.
    """
    return _any(known, _is_lupus)


def active_lupus(known: Known) -> Derived:
    """Whether systemic lupus is listed as active.

    Source:
        nmosd-cds-project.
    """
    return _any(known, lambda row: all_of((_is_lupus(row), _is_active(row))))


def _is_lupus(row: CoexistingDisease) -> Truth:
    return is_one_of(row.disease, LUPUS)


def _is_active(row: CoexistingDisease) -> Truth:
    return is_one_of(row.activity, "active")


def _any(known: Known, is_such: Callable[[CoexistingDisease], Truth]) -> Derived:
    listed = known.patient.autoimmune_diseases
    truths = [is_such(row) for row in (listed.rows if listed else ())]
    if complete_from(listed, known.on) is None:
        truths.append(Truth.UNKNOWN)
    return Derived(truth_choices(any_of(truths)), NEEDS)


def _fact(name: str, label: str, compute: Callable[[Known], Derived]) -> DerivedFact:
    return DerivedFact(
        name=name,
        kind="yes-no",
        label=label,
        needs=NEEDS,
        compute=compute,
        source="nmosd-cds-project",
    )


AUTOIMMUNE = (
    _fact("coexisting_autoimmune", N_("Coexisting autoimmune disease"), coexisting_autoimmune),
    _fact("active_autoimmune_disease", N_("Active autoimmune disease"), active_autoimmune_disease),
    _fact("lupus", N_("Systemic lupus"), lupus),
    _fact("active_lupus", N_("Active systemic lupus"), active_lupus),
)
