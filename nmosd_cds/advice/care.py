"""Approved treatment first: the state of each class, and every definition side by side."""

from __future__ import annotations

from collections.abc import Iterator

from nmosd_cds.advice.model import ClassState, DefinitionLine, StandardCare
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.standard_care import ClassDetail, DrugDetail, standard_care_details
from nmosd_cds.i18n import _, format_partial
from nmosd_cds.knowledge.frame import PseudoFailureItem
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Choices, Facts
from nmosd_cds.patient.answer import Answer
from nmosd_cds.patient.model import Attack, Patient, Treatment

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
        unchecked=tuple(_unchecked(known.patient, details, file.pseudo_failure)),
        missing=fact.missing,
    )


def _class_state(detail: ClassDetail, labels: dict[str, str]) -> ClassState:
    return ClassState(
        id=detail.id,
        label=labels.get(detail.id, detail.id),
        state=detail.state,
        drug=detail.drug,
        date=str(detail.date) if detail.date else None,
        detail="; ".join(_drug_words(drug) for drug in detail.drugs if _is_worth_saying(drug)),
    )


def _is_worth_saying(drug: DrugDetail) -> bool:
    return bool(drug.courses) or drug.access not in (None, "available")


def _drug_words(drug: DrugDetail) -> str:
    parts = [drug.state.replace("-", " ")]
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
        parts.append(_("access: {state}").format(state=str(drug.access).replace("-", " ")))
    return f"{drug.drug} {', '.join(parts)}"


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
    patient: Patient, details: tuple[ClassDetail, ...], items: tuple[PseudoFailureItem, ...]
) -> Iterator[str]:
    """Items of the pseudo-failure list that nothing entered answers, for classes that failed."""
    failed = {each.id: each.drug for each in details if each.state == "failed"}
    for item in items:
        concerned = [failed[each] for each in failed if not item.classes or each in item.classes]
        drugs = [drug for drug in concerned if drug and not _is_answered(patient, item, drug)]
        if drugs:
            yield f"{item.label} ({', '.join(drugs)})"


def _is_answered(patient: Patient, item: PseudoFailureItem, drug: str) -> bool:
    treatments = [
        row
        for row in (patient.treatments.rows if patient.treatments else ())
        if row.drug is not None and row.drug.value == drug
    ]
    attacks = patient.attacks.rows if patient.attacks else ()
    return bool(item.fields) and all(
        _holds(patient, treatments, attacks, name) for name in item.fields
    )


def _holds(
    patient: Patient,
    treatments: list[Treatment],
    attacks: tuple[Attack, ...],
    name: str,
) -> bool:
    if name in Treatment.model_fields:
        return any(_is_known(getattr(row, name)) for row in treatments)
    if name in Attack.model_fields:
        return bool(attacks) and all(_is_known(getattr(row, name)) for row in attacks)
    return _is_known(getattr(patient, name, None))


def _is_known(answer: object) -> bool:
    return isinstance(answer, Answer) and answer.state == "known"
