"""What the failures add up to: how strong they are, and how many drugs they concern."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nmosd_cds.calculators.answered import truth_choices
from nmosd_cds.calculators.attack_history import AttackEvent, attack_history
from nmosd_cds.calculators.class_state import CLASSES
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.failure import Failure, chosen_number, failures
from nmosd_cds.calculators.span import months_after, months_before
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.i18n import N_
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, truth_of

NEEDS = ("treatments", "attacks", "disease_onset")


def weak_failures(known: Known) -> Derived:
    """Whether there is a closing failure, and all of their attacks are mild or all are old.

    Source:
        nmosd-cds-project.
    """
    closing = [failure for failure in failures(known) if _may_close(failure)]
    unlisted = unlisted_course(known)
    exists = any_of((*(failure.truth for failure in closing), unlisted))
    mild = all_of((*(t for f in closing for t in _all_mild(f)), ~unlisted))
    old = all_of((*(t for f in closing for t in _all_old(f, known)), ~unlisted))
    return Derived(truth_choices(all_of((exists, any_of((mild, old))))), NEEDS)


def failure_unproven(known: Known) -> Derived:
    """Whether a closing failure rests on attestation alone.

    FALSE where every failure is proven; never TRUE, since the proof may still be found and a
    settled fact does not turn. An attested failure leaves it unknown, and is asked about.

    Source:
        nmosd-cds-project.
    """
    closing = [failure for failure in failures(known) if _may_close(failure)]
    unproven = (all_of((failure.truth, ~failure.proven)) for failure in closing)
    return Derived(truth_choices(any_of((*unproven, unlisted_course(known)))), NEEDS)


def one_biologic_failed(known: Known) -> Derived:
    """Whether any antibody drug failed.

    Source:
        cn-cart-nad-consensus-2025.
    """
    truths = (
        failure.truth
        for failure in failures(known)
        if failure.course.drug is None or _is_antibody(failure.course)
    )
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def one_immunosuppressant_over_1_year(known: Known) -> Derived:
    """Whether an immunosuppressant was taken for over a year, with an attack on it.

    Every drug of a mechanism class that has an adequate-trial time counts, so no steroid and no
    drug for multiple sclerosis.

    Source:
        qin-2023.
    """
    truths = (_over_a_year(course, known) for course in treatment_history(known).courses)
    return Derived(truth_choices(any_of((*truths, unlisted_course(known)))), NEEDS)


def unlisted_course(known: Known) -> Truth:
    """UNKNOWN while a drug may be missing from the list, else FALSE.

    Source:
        nmosd-cds-project.
    """
    return truth_of(False) if treatment_history(known).covers_disease else UNKNOWN


def _may_close(failure: Failure) -> bool:
    if failure.truth is FALSE:
        return False
    definition = failure.course.definition
    return failure.course.drug is None or (
        definition is not None and definition.mechanism_class in CLASSES
    )


def _is_antibody(course: Course) -> bool:
    return course.definition is not None and course.definition.is_antibody


def _all_mild(failure: Failure) -> Iterator[Truth]:
    for event, counts in failure.attacks:
        yield any_of((~failure.conditions, ~counts, event.mild))
    yield any_of((~failure.conditions, ~failure.unlisted_attack))


def _all_old(failure: Failure, known: Known) -> Iterator[Truth]:
    for event, counts in failure.attacks:
        yield any_of((~failure.conditions, ~counts, _is_old(event, known)))
    unlisted_are_old = truth_of(True)
    if attack_history(known).unlisted_until >= _oldest_recent(known):
        unlisted_are_old = UNKNOWN
    yield any_of((~failure.conditions, ~failure.unlisted_attack, unlisted_are_old))


def _is_old(event: AttackEvent, known: Known) -> Truth:
    limit = _oldest_recent(known)
    if event.onset.last < limit:
        return TRUE
    return FALSE if event.onset.first >= limit else UNKNOWN


def _oldest_recent(known: Known) -> date:
    years = int(known.definitions.numbers["weak_failure_years"])
    return months_before(known.on, 12 * years)


def _over_a_year(course: Course, known: Known) -> Truth:
    if course.drug is None:
        return UNKNOWN
    if course.adequate_from is None or course.definition is None:
        return FALSE
    if course.definition.mechanism_class not in (*CLASSES, "classical"):
        return FALSE
    months = known.definitions.months("immunosuppressant")
    long_enough = UNKNOWN
    if course.end.first > months_after(course.start.last, months):
        long_enough = TRUE
    elif course.end.last <= months_after(course.start.first, months):
        long_enough = FALSE
    return all_of((long_enough, attack_on(course, known)))


def attack_on(course: Course, known: Known) -> Truth:
    """Whether any attack came while the drug was taken.

    Source:
        nmosd-cds-project.
    """
    history = attack_history(known)
    entered = chosen_number(course)
    inside = (
        event.onset.surely_within(course.start.last, course.end.first) for event in history.events
    )
    if entered is not None and entered > 0 or any(inside):
        return TRUE
    possible = any(
        event.onset.may_be_within(course.start.first, course.end.last) for event in history.events
    )
    may_be = possible or history.unlisted_until >= course.start.first
    return FALSE if entered == 0 or not may_be else UNKNOWN


WEAK_FAILURES = DerivedFact(
    name="weak_failures",
    kind="yes-no",
    label=N_("Weak failures: all mild, or all old"),
    needs=NEEDS,
    compute=weak_failures,
    source="nmosd-cds-project",
)
FAILURE_UNPROVEN = DerivedFact(
    name="failure_unproven",
    kind="yes-no",
    label=N_("A failure whose exposure is not proven"),
    needs=NEEDS,
    compute=failure_unproven,
    source="nmosd-cds-project",
)
ONE_BIOLOGIC_FAILED = DerivedFact(
    name="one_biologic_failed",
    kind="yes-no",
    label=N_("At least one biologic failed"),
    needs=NEEDS,
    compute=one_biologic_failed,
    source="cn-cart-nad-consensus-2025",
)
ONE_IMMUNOSUPPRESSANT_OVER_1_YEAR = DerivedFact(
    name="one_immunosuppressant_over_1_year",
    kind="yes-no",
    label=N_("An attack on an immunosuppressant taken for over a year"),
    needs=NEEDS,
    compute=one_immunosuppressant_over_1_year,
    source="qin-2023",
)
