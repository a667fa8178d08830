"""Whether the person is pregnant."""

from __future__ import annotations

from nmosd_cds.calculators.answered import chosen, is_yes
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import days_before
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices
from nmosd_cds.logic.truth import Truth

PREGNANT, NOT_PREGNANT = STATES = ("pregnant", "not-pregnant")
NEEDS = ("pregnant", "can_become_pregnant", "sex")


def pregnancy(known: Known) -> Derived:
    """Pregnant, not pregnant, or both still possible.

    A negative test counts for 14 days and only if it is dated.

    Source:
        nmosd-cds-project.
    """
    patient = known.patient
    if is_yes(patient.pregnant) is Truth.TRUE:
        return _settled(PREGNANT)
    if chosen(patient.sex) == "male" or is_yes(patient.can_become_pregnant) is Truth.FALSE:
        return _settled(NOT_PREGNANT)
    if is_yes(patient.pregnant) is Truth.FALSE and is_fresh(known):
        return _settled(NOT_PREGNANT)
    blank = [name for name in NEEDS[1:] if getattr(patient, name) is None]
    return Derived(Choices(frozenset(STATES), STATES), ("pregnant", *blank))


def is_fresh(known: Known) -> bool:
    """Whether the recorded test is dated and within its time.

    Source:
        nmosd-cds-project.
    """
    test = known.patient.pregnant
    oldest = days_before(known.on, known.definitions.days("pregnancy_test"))
    return test is not None and test.date is not None and oldest <= test.date.first <= known.on


def _settled(state: str) -> Derived:
    return Derived(Choices(frozenset({state}), STATES))


PREGNANCY = DerivedFact(
    name="pregnancy",
    kind="choice",
    label=N_("Pregnancy"),
    choices=STATES,
    needs=NEEDS,
    compute=pregnancy,
    source="nmosd-cds-project",
)
