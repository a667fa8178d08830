"""Whether a drug failed: what a relapse on it proves, condition by condition."""

from __future__ import annotations

from dataclasses import dataclass

from nmosd_cds.calculators.answered import chosen, is_yes
from nmosd_cds.calculators.attack_history import AttackEvent, attack_history
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, truth_of


@dataclass(frozen=True)
class Failure:
    """How far one course is a failure of its drug.

    Attributes:
        course: The course.
        conditions: Doses on time and adequate, exposure proven or attested.
        attacks: Each listed attack, and whether it is a relapse that counts against the drug.
        unlisted_attack: Whether an attack that is not listed may count: UNKNOWN or FALSE.
        proven: Whether exposure at the attack is proven; TRUE where the drug asks for no proof.
    """

    course: Course
    conditions: Truth
    attacks: tuple[tuple[AttackEvent, Truth], ...]
    unlisted_attack: Truth
    proven: Truth

    @property
    def truth(self) -> Truth:
        """Whether the drug failed in this course."""
        counted = any_of((*(truth for _, truth in self.attacks), self.unlisted_attack))
        return all_of((self.conditions, counted))

    @property
    def closing_attack(self) -> AttackEvent | None:
        """The first listed attack that certainly makes it a failure."""
        certain = [event for event, truth in self.attacks if truth is TRUE]
        if self.conditions is not TRUE or not certain:
            return None
        return min(certain, key=lambda event: event.onset.first)


def failures(known: Known) -> tuple[Failure, ...]:
    """How far each listed course is a failure, in the order of the list.

    An objectively confirmed relapse without infection, after the adequate-trial date and before
    the end, on adequate doses on time. Exposure must be proven, or a named clinician attests the
    failure where the proof is not known. A proof answered no outweighs an attestation.

    Source:
        nmosd-cds-project.
    """
    return known.once(_failures)


def _failures(known: Known) -> tuple[Failure, ...]:
    return tuple(_failure(course, known) for course in treatment_history(known).courses)


def _failure(course: Course, known: Known) -> Failure:
    proven = _proven(course)
    attested = proven is UNKNOWN and bool(chosen(course.row.attested_by))
    return Failure(
        course=course,
        conditions=all_of(
            (
                _can_fail(course),
                is_yes(course.row.adherent),
                is_yes(course.row.dose_adequate),
                TRUE if attested else proven,
            )
        ),
        attacks=tuple(
            (event, _counts(event, course, known)) for event in attack_history(known).events
        ),
        unlisted_attack=_unlisted(course, known),
        proven=proven,
    )


def _can_fail(course: Course) -> Truth:
    if course.drug is None:
        return UNKNOWN
    return truth_of(course.adequate_from is not None)


def _proven(course: Course) -> Truth:
    if course.drug is None:
        return UNKNOWN
    if course.definition is None or course.definition.exposure_proof is None:
        return TRUE
    return is_yes(getattr(course.row, course.definition.exposure_proof))


def _counts(event: AttackEvent, course: Course, known: Known) -> Truth:
    return all_of(
        (_on_adequate_drug(event, course, known), event.confirmed, event.infection_excluded)
    )


def _on_adequate_drug(event: AttackEvent, course: Course, known: Known) -> Truth:
    if course.drug is None:
        return UNKNOWN
    adequate = course.adequate_from
    if adequate is None:
        return FALSE
    if event.onset.surely_within(adequate.last, course.end.first):
        return TRUE
    return truth_of(False) if not _may_be_on(event, course) else UNKNOWN


def _may_be_on(event: AttackEvent, course: Course) -> bool:
    adequate = course.adequate_from
    if adequate is None or chosen_number(course) == 0:
        return False
    return event.onset.may_be_within(adequate.first, course.end.last)


def chosen_number(course: Course) -> int | None:
    """The number of attacks on the drug as it was entered; None if it was not."""
    answer = course.row.attacks_on_it
    return None if answer is None else answer.value


def _unlisted(course: Course, known: Known) -> Truth:
    if course.drug is None:
        return UNKNOWN
    adequate = course.adequate_from
    if adequate is None or chosen_number(course) == 0 or adequate.first > course.end.last:
        return FALSE
    history = attack_history(known)
    return truth_of(False) if history.unlisted_until < adequate.first else UNKNOWN
