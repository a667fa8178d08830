"""What the drugs tried so far amount to, in the words of published definitions."""

from __future__ import annotations

from nmosd_cds.calculators.answered import is_one_of, truth_choices
from nmosd_cds.calculators.class_state import CLASSES
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.failed_drugs import NEEDS, attack_on, unlisted_course
from nmosd_cds.calculators.failure import failures
from nmosd_cds.calculators.span import months_after
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.i18n import N_
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, any_of, truth_of

# Drugs that two trials name: relapse despite one of them lets a person in.
USUAL_DRUGS = ("azathioprine", "mycophenolate", "rituximab")


def one_drug_failed(known: Known) -> Derived:
    """Whether any preventive drug failed, classical ones included.

    Source:
        nmosd-cds-project.
    """
    truths = (failure.truth for failure in failures(known))
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def one_drug_not_tolerated(known: Known) -> Derived:
    """Whether intolerance is recorded as the reason to stop or change any drug.

    Source:
        nmosd-cds-project.
    """
    courses = treatment_history(known).courses
    truths = (is_one_of(course.row.reason, "intolerance") for course in courses)
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def attack_on_usual_drug(known: Known) -> Derived:
    """Whether an attack came on azathioprine, mycophenolate or rituximab.

    Source:
        nct05828212, siriraj-pilot.
    """
    truths = []
    for course in treatment_history(known).courses:
        if course.drug is None:
            truths.append(UNKNOWN)
        elif course.drug in USUAL_DRUGS:
            truths.append(attack_on(course, known))
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def one_year_of_treatment(known: Known) -> Derived:
    """Whether one preventive drug was taken for a year.

    Source:
        nct02249676.
    """
    truths = (_a_year(course, known) for course in treatment_history(known).courses)
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def _a_year(course: Course, known: Known) -> Truth:
    if course.drug is None:
        return UNKNOWN
    if course.adequate_from is None or course.definition is None:
        return FALSE
    if course.definition.mechanism_class not in (*CLASSES, "classical"):
        return FALSE
    months = known.definitions.months("immunosuppressant")
    if course.end.first >= months_after(course.start.last, months):
        return TRUE
    may_be = course.end.last >= months_after(course.start.first, months)
    return UNKNOWN if may_be else truth_of(False)


TRIED_DRUGS = (
    DerivedFact(
        name="one_drug_failed",
        kind="yes-no",
        label=N_("At least one preventive drug failed"),
        needs=NEEDS,
        compute=one_drug_failed,
        source="nmosd-cds-project",
    ),
    DerivedFact(
        name="one_drug_not_tolerated",
        kind="yes-no",
        label=N_("At least one preventive drug was not tolerated"),
        needs=NEEDS,
        compute=one_drug_not_tolerated,
        source="nmosd-cds-project",
    ),
    DerivedFact(
        name="attack_on_usual_drug",
        kind="yes-no",
        label=N_("An attack on azathioprine, mycophenolate or rituximab"),
        needs=NEEDS,
        compute=attack_on_usual_drug,
        source="nct05828212",
    ),
    DerivedFact(
        name="one_year_of_treatment",
        kind="yes-no",
        label=N_("One preventive drug taken for a year"),
        needs=NEEDS,
        compute=one_year_of_treatment,
        source="nct02249676",
    ),
)
