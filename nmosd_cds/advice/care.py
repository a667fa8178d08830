"""Approved treatment first: the state of each class, and every definition side by side."""

from __future__ import annotations

from collections.abc import Iterator

from nmosd_cds.advice.model import ClassState, DefinitionLine, StandardCare
from nmosd_cds.calculators.attack_history import AttackEvent, attack_history
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.shown import drug_words, id_words
from nmosd_cds.calculators.standard_care import ClassDetail, DrugDetail, standard_care_details
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.i18n import _, format_partial
from nmosd_cds.i18n.joining import beside, clauses, listed, noted, parted
from nmosd_cds.knowledge.frame import PseudoFailureItem
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Choices, Facts
from nmosd_cds.patient.answer import Answer
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Attack, Treatment

_HIDDEN = "not-applicable"


def standard_care_of(
    known: Known, facts: Facts, knowledge: Knowledge, *, hidden: bool, unsettled: bool
) -> StandardCare:
    """State of approved treatment.

    Args:
        hidden: Whether the scope says that it does not apply to this person.
        unsettled: Whether it says that the definition was not made for this person.
    """
    fact = facts["standard_care"]
    assert isinstance(fact.possible, Choices)  # declared as a choice
    state = next(iter(fact.possible.possible)) if fact.possible.is_settled else "unknown"
    if hidden:
        state = _HIDDEN
    elif unsettled and state != _HIDDEN:
        state = "unknown"
    file = knowledge.standard_care
    labels = {each.id: each.label for each in file.classes}
    details = () if hidden else standard_care_details(known)
    return StandardCare(
        state=state,
        definition=file.definition,
        sentence=file.sentences.get(state, ""),
        classes=tuple(_class_state(each, labels) for each in details),
        definitions=() if hidden else tuple(_definitions(facts, knowledge)),
        unchecked=tuple(_unchecked(known, details, file.pseudo_failure)),
        points_away=tuple(_points_away(known, details, file.pseudo_failure)),
        missing=fact.missing,
    )


def _class_state(detail: ClassDetail, labels: dict[str, str]) -> ClassState:
    return ClassState(
        id=detail.id,
        label=labels.get(detail.id, detail.id),
        state=detail.state,
        drug=detail.drug,
        date=str(detail.date) if detail.date else None,
        drugs=tuple(drug.drug for drug in detail.drugs),
        detail=parted(_drug_words(drug) for drug in detail.drugs if _is_worth_saying(drug)),
    )


def _is_worth_saying(drug: DrugDetail) -> bool:
    return bool(drug.courses) or drug.access not in (None, "available")


def _drug_words(drug: DrugDetail) -> str:
    parts = [id_words(drug.state)]
    if drug.date is not None:
        parts.append(format_partial(str(drug.date)))
    if drug.unproven:
        by = next((course.by for course in drug.courses if course.by), None)
        parts.append(
            _("exposure not proven, attested by {name}").format(name=by)
            if by
            else _("exposure not proven")
        )
    if drug.access not in (None, "available"):
        parts.append(_("access: {state}").format(state=id_words(str(drug.access))))
    return beside(drug_words(drug.drug), clauses(parts))


def _definitions(facts: Facts, knowledge: Knowledge) -> Iterator[DefinitionLine]:
    for each in knowledge.published_definitions:
        verdict = each.verdict(facts)
        definition = each.definition
        yield DefinitionLine(
            id=definition.id,
            label=definition.label,
            asks_for=definition.asks_for,
            ambiguous=definition.ambiguous or "",
            flag=definition.flag,
            met=verdict.truth,
            basis=definition.basis,
            cites=definition.cites,
            missing=verdict.missing,
        )


def _unchecked(
    known: Known, details: tuple[ClassDetail, ...], items: tuple[PseudoFailureItem, ...]
) -> Iterator[str]:
    """Questions of the pseudo-failure list that nothing entered answers, of drugs that failed."""
    for item in items:
        drugs = [d for d in _failed(details, item) if not _is_answered(known, item, d)]
        if drugs:
            yield noted(item.question, listed(drug_words(one) for one in drugs))


def _points_away(
    known: Known, details: tuple[ClassDetail, ...], items: tuple[PseudoFailureItem, ...]
) -> Iterator[str]:
    """Questions whose answer speaks for another explanation, though the drug counts as failed."""
    for item in items:
        drugs = [
            drug
            for drug in _failed(details, item)
            if any(
                _says(one, value)
                for name, value in item.points_away.items()
                for one in _answers(known, drug, name)
            )
        ]
        if drugs:
            yield _("{question} No ({drugs})").format(
                question=item.question, drugs=listed(drug_words(one) for one in drugs)
            )


def _failed(details: tuple[ClassDetail, ...], item: PseudoFailureItem) -> list[str]:
    """The drugs whose failure closed a class that an item concerns."""
    return [
        each.drug
        for each in details
        if each.state == "failed" and each.drug and (not item.classes or each.id in item.classes)
    ]


def _is_answered(known: Known, item: PseudoFailureItem, drug: str) -> bool:
    return bool(item.fields) and all(_holds(known, drug, name) for name in item.fields)


def _holds(known: Known, drug: str, name: str) -> bool:
    answers = list(_answers(known, drug, name))
    if name in field_specs(Attack):
        return bool(answers) and all(_is_known(one) for one in answers)
    return any(_is_known(one) for one in answers)


def _answers(known: Known, drug: str, name: str) -> Iterator[object]:
    """The answers to a field in the courses of a drug, in the attacks on it, or of the person."""
    if name in field_specs(Treatment):
        yield from [getattr(course.row, name) for course in known.once_of(_courses, drug)]
    elif name in field_specs(Attack):
        yield from [getattr(event.row, name) for event in known.once_of(_attacks_on, drug)]
    else:
        yield getattr(known.patient, name, None)


def _courses(known: Known, drug: str) -> list[Course]:
    return [one for one in treatment_history(known).courses if one.drug == drug]


def _attacks_on(known: Known, drug: str) -> list[AttackEvent]:
    courses = known.once_of(_courses, drug)
    return [
        event
        for event in attack_history(known).events
        if any(event.onset.may_be_within(one.start.first, one.end.last) for one in courses)
    ]


def _says(answer: object, value: str) -> bool:
    if not _is_known(answer):
        return False
    said = getattr(answer, "value", None)
    words = {True: "true", False: "false"}.get(said, said) if isinstance(said, bool) else said
    return words == value


def _is_known(answer: object) -> bool:
    return isinstance(answer, Answer) and answer.state == "known"
