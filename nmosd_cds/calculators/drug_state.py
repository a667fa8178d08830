"""What became of each antibody drug: everything it may still be, and whether it can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from nmosd_cds.calculators.answered import chosen, complete_from, is_yes
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.failure import Failure, failures
from nmosd_cds.calculators.treatment_history import treatment_history
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN
from nmosd_cds.patient.answer import YesNo
from nmosd_cds.patient.choices import TEMPORARY_REASONS
from nmosd_cds.patient.model import DrugDecision

FAILED = "failed"
INTOLERANT = "intolerant"
CONTRAINDICATED = "contraindicated"
NOT_ACCESSIBLE = "not-accessible"
INADEQUATE = "inadequate"
DEFERRED = "deferred"
DECLINED = "declined"
UNTRIED = "untried"
STATES = (
    UNTRIED,
    INADEQUATE,
    FAILED,
    INTOLERANT,
    CONTRAINDICATED,
    DEFERRED,
    DECLINED,
    NOT_ACCESSIBLE,
)
# Of two things known of one drug the earlier in this list counts.
MOST_ADVANCED_FIRST = (
    FAILED,
    INTOLERANT,
    CONTRAINDICATED,
    NOT_ACCESSIBLE,
    INADEQUATE,
    DEFERRED,
    DECLINED,
    UNTRIED,
)
OPEN = frozenset({INADEQUATE, DEFERRED, DECLINED, UNTRIED})
OBTAINABLE = frozenset({"available", "named-patient-possible"})
NAMES = ("eculizumab", "ravulizumab", "inebilizumab", "rituximab", "satralizumab", "tocilizumab")
LISTS = ("treatments", "attacks", "disease_onset", "drug_decisions")


class Standing(NamedTuple):
    """One thing a drug can be.

    Attributes:
        state: One of `STATES`.
        holds_for_class: Whether its reason holds for every drug of the class.
    """

    state: str
    holds_for_class: bool = False


Standings = frozenset[Standing]


def drug_standings(known: Known, drug: str) -> Standings:
    """Everything a drug may be, over all that is not known.

    A drug that is not listed is untried only if the drug list is complete since the first symptom
    and the list of decisions is complete. A drug that cannot be had is not accessible unless it is
    closed by itself.

    Source:
        nmosd-cds-project.
    """
    return _with_access(known.once_of(_whatever_access, drug), access_to(known, drug))


def drug_state(known: Known, drug: str) -> Derived:
    """The state of one drug.

    Source:
        nmosd-cds-project.
    """
    states = frozenset(standing.state for standing in drug_standings(known, drug))
    return Derived(Choices(states, STATES), missing_of(known, (drug,)))


def access_to(known: Known, drug: str) -> str | None:
    """The access to a drug; None if it is not known.

    Source:
        nmosd-cds-project.
    """
    return chosen(getattr(known.setting.access, drug, None))


def missing_of(known: Known, drugs: Sequence[str]) -> tuple[str, ...]:
    """The fields that could settle the states of some drugs, the most useful first.

    Source:
        nmosd-cds-project.
    """
    history = treatment_history(known)
    standings = [drug_standings(known, drug) for drug in drugs]
    if all(len(found) == 1 for found in standings):
        return ()
    asked = ["treatments"] if not history.covers_disease or _is_unclear(known, drugs) else []
    onset = known.patient.disease_onset
    if not history.covers_disease and (onset is None or onset.value is None):
        asked.append("disease_onset")
    if any(_failure_rests_on_attacks(failure, drugs) for failure in failures(known)):
        asked.append("attacks")
    if not _lists_decisions(known) or _decisions_are_unclear(known, drugs):
        asked.append("drug_decisions")
    for drug, found in zip(drugs, standings, strict=True):
        may_be_open = any(standing.state in OPEN for standing in found)
        if may_be_open and access_to(known, drug) is None:
            asked.append(f"access_{drug}")
    return tuple(asked)


def _whatever_access(known: Known, drug: str) -> Standings:
    found = frozenset({Standing(UNTRIED)})
    for standings in _sources(known, drug):
        found = _joined(found, standings)
    return found


def _sources(known: Known, drug: str) -> Iterable[Standings]:
    history = treatment_history(known)
    if not history.covers_disease or history.has_unnamed:
        yield EVERYTHING
    for failure in failures(known):
        if failure.course.drug == drug:
            yield _of_course(failure)
    for decision in _decisions(known):
        about = chosen(decision.drug)
        if about == drug:
            yield _of_decision(decision)
        elif about is None:
            yield _of_decision(decision) | {Standing(UNTRIED)}
    if not _lists_decisions(known):
        yield ANY_DECISION


def _decisions(known: Known) -> tuple[DrugDecision, ...]:
    listed = known.patient.drug_decisions
    return listed.rows if listed else ()


def _lists_decisions(known: Known) -> bool:
    return complete_from(known.patient.drug_decisions, known.on) is not None


def _either(state: str, holds: YesNo | None) -> Standings:
    truth = is_yes(holds)
    return frozenset(
        Standing(state, value)
        for value, ruled_out in ((True, FALSE), (False, TRUE))
        if truth is not ruled_out
    )


def _closed(holds: YesNo | None) -> Standings:
    return _either(INTOLERANT, holds) | _either(CONTRAINDICATED, holds)


_PUT_OFF = frozenset({Standing(DEFERRED), Standing(DECLINED)})
ANY_DECISION = _either(CONTRAINDICATED, None) | _PUT_OFF | {Standing(UNTRIED)}
EVERYTHING = _closed(None) | _PUT_OFF | {Standing(FAILED), Standing(INADEQUATE), Standing(UNTRIED)}


def _of_course(failure: Failure) -> Standings:
    if failure.truth is TRUE:
        return frozenset({Standing(FAILED)})
    otherwise = _by_reason(failure)
    return otherwise if failure.truth is FALSE else otherwise | {Standing(FAILED)}


def _by_reason(failure: Failure) -> Standings:
    row = failure.course.row
    reason = chosen(row.reason)
    if reason is None:
        return _closed(row.holds_for_class) | _PUT_OFF | {Standing(INADEQUATE)}
    if reason == "intolerance":
        return _either(INTOLERANT, row.holds_for_class)
    if reason == "contraindication":
        return _either(CONTRAINDICATED, row.holds_for_class)
    if reason in ("pregnancy", "infection", "low-igg"):
        return frozenset({Standing(DEFERRED)})
    if reason == "choice":
        return frozenset({Standing(DECLINED)})
    # A relapse that is not a failure, a drug no longer to be had, or another reason.
    return frozenset({Standing(INADEQUATE)})


def _of_decision(row: DrugDecision) -> Standings:
    decision, reason = chosen(row.decision), chosen(row.reason)
    if decision in (DEFERRED, DECLINED):
        return frozenset({Standing(decision)})
    contraindicated = _either(CONTRAINDICATED, row.holds_for_class)
    if reason in TEMPORARY_REASONS:
        contraindicated = frozenset({Standing(DEFERRED)})
    elif reason is None:
        contraindicated |= {Standing(DEFERRED)}
    return contraindicated if decision is not None else contraindicated | _PUT_OFF


# Of the few states there are, cases share most joins.
@lru_cache(maxsize=1024)
def _joined(first: Standings, second: Standings) -> Standings:
    return frozenset(_more_advanced(one, other) for one in first for other in second)


def _more_advanced(one: Standing, other: Standing) -> Standing:
    if one.state == other.state:
        return Standing(one.state, one.holds_for_class or other.holds_for_class)
    return min(one, other, key=lambda standing: MOST_ADVANCED_FIRST.index(standing.state))


@lru_cache(maxsize=1024)
def _with_access(standings: Standings, access: str | None) -> Standings:
    shut = frozenset(
        Standing(NOT_ACCESSIBLE) if standing.state in OPEN else standing for standing in standings
    )
    if access is None:
        return standings | shut
    return standings if access in OBTAINABLE else shut


def _is_unclear(known: Known, drugs: Sequence[str]) -> bool:
    if treatment_history(known).has_unnamed:
        return True
    return any(
        failure.course.drug in drugs and len(_of_course(failure)) > 1 for failure in failures(known)
    )


def _decisions_are_unclear(known: Known, drugs: Sequence[str]) -> bool:
    return any(
        chosen(row.drug) is None or (chosen(row.drug) in drugs and len(_of_decision(row)) > 1)
        for row in _decisions(known)
    )


def _failure_rests_on_attacks(failure: Failure, drugs: Sequence[str]) -> bool:
    return (
        failure.course.drug in drugs
        and failure.conditions is not FALSE
        and failure.truth is UNKNOWN
        and failure.closing_attack is None
    )


def _fact(drug: str) -> DerivedFact:
    compute: Callable[[Known], Derived] = partial(drug_state, drug=drug)
    return DerivedFact(
        name=f"{drug}_state",
        kind="choice",
        label=N_("State of the drug"),
        choices=STATES,
        needs=(*LISTS, f"access_{drug}"),
        compute=compute,
        source="nmosd-cds-project",
    )


DRUG_STATES = tuple(_fact(drug) for drug in NAMES)
