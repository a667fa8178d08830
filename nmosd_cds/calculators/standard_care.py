"""Whether approved treatment is exhausted, by our own definition, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from nmosd_cds.calculators.answered import chosen
from nmosd_cds.calculators.class_state import (
    CLASSES,
    CLINICALLY_CLOSED,
    class_states,
    members,
)
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.drug_state import (
    FAILED,
    LISTS,
    NAMES,
    NOT_ACCESSIBLE,
    drug_standings,
    missing_of,
)
from nmosd_cds.calculators.failure import Failure, failures
from nmosd_cds.calculators.serostatus import NEEDS as SEROLOGY
from nmosd_cds.calculators.serostatus import POSITIVE, serostatus
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices, yes_no
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import When
from nmosd_cds.patient.dates import PartialDate

NOT_EXHAUSTED, ACCESS_LIMITED, EXHAUSTED, NOT_APPLICABLE = STATES = (
    "not-exhausted",
    "access-limited",
    "exhausted",
    "not-applicable",
)
UNKNOWN = "unknown"


@dataclass(frozen=True)
class CourseDetail:
    """One course of a drug, or one decision about it.

    Attributes:
        start: As entered; None if not, and for a decision.
        stop: End of the course, or date of the decision.
        reason: Why it ended or was decided; None if not known.
        failure_on: Onset of the relapse that makes it a failure.
        unproven: Failed, exposure attested but not proven.
        by: Who attested or decided.
    """

    start: PartialDate | None
    stop: PartialDate | None
    reason: str | None
    failure_on: PartialDate | None = None
    unproven: bool = False
    by: str | None = None


@dataclass(frozen=True)
class DrugDetail:
    """What is known of one drug.

    Attributes:
        state: The state, or `unknown` if more than one is possible.
        possible: All that are possible.
        access: Access as answered; None is not known.
        date: Day of what settles the state: the relapse, the end or the decision.
    """

    drug: str
    state: str
    possible: tuple[str, ...]
    access: str | None
    date: PartialDate | None
    unproven: bool
    courses: tuple[CourseDetail, ...]


@dataclass(frozen=True)
class ClassDetail:
    """What is known of one mechanism class.

    Attributes:
        state: The state, or `unknown` if more than one is possible.
        drug: The drug that gives the class its state; None if none is certain.
        date: Day of what settles it.
        unproven: Closed by failure, and no failure in the class is proven.
        drugs: Every member, by name.
    """

    id: str
    state: str
    possible: tuple[str, ...]
    drug: str | None
    date: PartialDate | None
    unproven: bool
    drugs: tuple[DrugDetail, ...]


def standard_care(known: Known) -> Derived:
    """Whether the three classes are closed.

    `exhausted`: all closed clinically. `access-limited`: none open, at least one only because no
    drug can be had. `not-applicable`: AQP4-IgG certainly not present. An open class needs one
    member that can be had: access that is not known leaves access-limited possible too.

    Source:
        nmosd-cds-project.
    """
    serum = serostatus(known)
    assert isinstance(serum.possible, Choices)
    possible: set[str] = set()
    if serum.possible.possible != {POSITIVE}:
        possible.add(NOT_APPLICABLE)
    if POSITIVE in serum.possible.possible:
        closures = [{_closure(state) for state in class_states(known, c)} for c in CLASSES]
        possible |= {_state(drawn) for drawn in product(*closures)}
    missing = serum.missing
    if POSITIVE in serum.possible.possible:
        missing = tuple(dict.fromkeys((*missing, *_missing(known))))
    return Derived(Choices(frozenset(possible), STATES), missing)


def standard_care_details(known: Known) -> tuple[ClassDetail, ...]:
    """Each class with the drugs, dates and reasons its state rests on.

    Source:
        nmosd-cds-project.
    """
    return tuple(_class_detail(known, mechanism_class) for mechanism_class in CLASSES)


def _closure(state: str) -> str:
    if state in CLINICALLY_CLOSED:
        return EXHAUSTED
    return ACCESS_LIMITED if state == NOT_ACCESSIBLE else NOT_EXHAUSTED


def _state(closures: tuple[str, ...]) -> str:
    return next(s for s in (NOT_EXHAUSTED, ACCESS_LIMITED, EXHAUSTED) if s in closures)


def _missing(known: Known) -> tuple[str, ...]:
    unsettled = [c for c in CLASSES if len(class_states(known, c)) > 1]
    drugs = [drug for c in unsettled for drug in members(known, c)]
    return missing_of(known, drugs) if drugs else ()


def _class_detail(known: Known, mechanism_class: str) -> ClassDetail:
    states = class_states(known, mechanism_class)
    state = _only(states)
    drugs = tuple(_drug_detail(known, drug) for drug in members(known, mechanism_class))
    # Of several drugs in that state the first by date; a proven failure before an attested one.
    giving = sorted(
        (drug for drug in drugs if drug.state == state),
        key=lambda drug: (drug.unproven, drug.date is None, str(drug.date or "")),
    )
    first = giving[0] if giving and state != UNKNOWN else None
    return ClassDetail(
        id=mechanism_class,
        state=state,
        possible=tuple(sorted(states)),
        drug=first.drug if first else None,
        date=first.date if first else None,
        unproven=first.unproven if first else False,
        drugs=drugs,
    )


def _drug_detail(known: Known, drug: str) -> DrugDetail:
    states = frozenset(standing.state for standing in drug_standings(known, drug))
    state = _only(states)
    failed = [f for f in failures(known) if f.course.drug == drug and f.truth is Truth.TRUE]
    courses = tuple(_course_detail(f) for f in failures(known) if f.course.drug == drug)
    decisions = tuple(_decision_details(known, drug))
    dates = [detail.stop for detail in (*decisions, *courses) if detail.stop is not None]
    if state == FAILED:
        dates = [detail.failure_on for detail in courses if detail.failure_on is not None]
    return DrugDetail(
        drug=drug,
        state=state,
        possible=tuple(sorted(states)),
        access=chosen(getattr(known.setting.access, drug, None)),
        date=dates[0] if dates else None,
        unproven=bool(failed) and all(f.proven is not Truth.TRUE for f in failed),
        courses=(*courses, *decisions),
    )


def _course_detail(failure: Failure) -> CourseDetail:
    row = failure.course.row
    attack = failure.closing_attack
    return CourseDetail(
        start=_date(row.start),
        stop=_date(row.stop),
        reason=chosen(row.reason),
        failure_on=attack.date if attack else None,
        unproven=failure.truth is Truth.TRUE and failure.proven is not Truth.TRUE,
        by=chosen(row.attested_by),
    )


def _decision_details(known: Known, drug: str) -> list[CourseDetail]:
    listed = known.patient.drug_decisions
    return [
        CourseDetail(
            start=None,
            stop=_date(row.date),
            reason=chosen(row.reason),
            by=chosen(row.decided_by),
        )
        for row in (listed.rows if listed else ())
        if chosen(row.drug) == drug
    ]


def _date(when: When | None) -> PartialDate | None:
    return None if when is None else when.value


def _only(states: frozenset[str]) -> str:
    return next(iter(states)) if len(states) == 1 else UNKNOWN


def rescue_use(known: Known) -> Derived:
    """Whether a transplant outside a trial would be a rescue.

    TRUE when all three classes failed, or approved treatment does not apply; FALSE while a class is
    open. Left open when access alone closes a class: a supply would change it, and no answer
    settles it. Where an intolerance or contraindication closes a class, a board has to say that it
    weighed the reason against the transplant, which is at least as strong a treatment.

    Source:
        nmosd-cds-project.
    """
    care = standard_care(known)
    assert isinstance(care.possible, Choices)
    possible = {value for state in care.possible.possible for value in _RESCUE[state]}
    missing = list(care.missing)
    states = [class_states(known, c) for c in CLASSES]
    if EXHAUSTED in care.possible.possible and any(found & _WEIGHED for found in states):
        weighed = known.patient.closing_reasons_weighed
        if weighed is None or weighed.value is not True:
            # "No" leaves it as open as no answer: the board has not decided against it either.
            possible.add(False)
            missing.append("closing_reasons_weighed")
    if ACCESS_LIMITED in care.possible.possible:
        closed = [c for c, found in zip(CLASSES, states, strict=True) if NOT_ACCESSIBLE in found]
        missing += [f"access_{drug}" for c in closed for drug in members(known, c)]
    return Derived(yes_no(possible), tuple(dict.fromkeys(missing)))


# Closed by something other than a failure of the drug.
_WEIGHED = frozenset(CLINICALLY_CLOSED) - {FAILED}
_RESCUE = {
    EXHAUSTED: (True,),
    NOT_APPLICABLE: (True,),
    NOT_EXHAUSTED: (False,),
    ACCESS_LIMITED: (True, False),
}
RESCUE_USE = DerivedFact(
    name="rescue_use",
    kind="yes-no",
    label=N_("Approved treatment exhausted, so that a transplant would be a rescue"),
    needs=(
        *LISTS,
        *SEROLOGY,
        *(f"access_{drug}" for drug in NAMES),
        "closing_reasons_weighed",
    ),
    compute=rescue_use,
    source="nmosd-cds-project",
)
STANDARD_CARE = DerivedFact(
    name="standard_care",
    kind="choice",
    label=N_("Approved treatment"),
    choices=STATES,
    needs=(*LISTS, *SEROLOGY, *(f"access_{drug}" for drug in NAMES)),
    compute=standard_care,
    source="nmosd-cds-project",
)
