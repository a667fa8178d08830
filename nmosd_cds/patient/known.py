"""What an answer lets a rule know: the set of values still possible. Rows are left to calculators.

Not answered, not done and unavailable are the whole domain; `<0.1` is [0, 0.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pydantic import BaseModel

from nmosd_cds.i18n import N_, _, format_partial
from nmosd_cds.i18n.joining import clauses
from nmosd_cds.logic.fact import YES_NO, Choices, Fact, FactSpec, Interval, Possible
from nmosd_cds.patient.answer import Answer, Quantity, Rows, Titre
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.kinds import in_first_unit
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import number_text
from nmosd_cds.patient.quantity import reverses, spelt

ACCESS = "access_"

_KINDS = {
    "yes_no": "yes-no",
    "choice": "choice",
    "serology": "choice",
    "whole": "number",
    "score": "number",
    "quantity": "number",
    "titre": "number",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_STATES = {"not-done": N_("not done"), "unavailable": N_("unavailable")}


def spec_of(spec: FieldSpec) -> FactSpec | None:
    """What rules may ask of a field; None for identifiers, dates, texts and lists."""
    kind = _KINDS.get(spec.kind)
    if kind is None or spec.is_identifier:
        return None
    choices = tuple(option.id for option in spec.choices)
    return FactSpec(
        name=spec.name,
        kind=kind,
        label=spec.label,
        unit=spec.unit,
        choices=YES_NO if kind == "yes-no" else choices,
        needs=(spec.name,),
    )


def fact_of(spec: FieldSpec, answer: Answer | Rows[BaseModel] | None) -> Fact | None:
    """The fact an answer gives.

    Args:
        spec: The field.
        answer: Its answer; None is not known.

    Returns:
        The values still possible, numbers in the field's first unit; None if the field gives no
        fact (see `spec_of`).
    """
    asked = spec_of(spec)
    return None if asked is None or isinstance(answer, Rows) else _fact(spec, asked, answer)


def _fact(spec: FieldSpec, asked: FactSpec, answer: Answer | None) -> Fact:
    possible = asked.whole_domain
    if answer is not None and answer.state == "known":
        possible = _possible(spec, asked, answer)
    missing = () if possible.is_settled else asked.needs
    return Fact(possible, missing, shown_answer(spec, answer), asked.needs)


def shown_answer(spec: FieldSpec, answer: Answer | None) -> str:
    """An answer of one value in words, with unit and date, for a reader: `41 mL/min, 03-Oct-2026`.

    Lists of choices are joined by semicolons; an answer that is not there is `not known`.
    """
    if answer is None:
        return _("not known")
    said = shown_undated(spec, answer)
    return said if answer.date is None else clauses([said, format_partial(str(answer.date))])


def shown_undated(spec: FieldSpec, answer: Answer) -> str:
    """The same without its date: `41 mL/min`."""
    return _(_STATES[answer.state]) if answer.state != "known" else _value_shown(spec, answer)


def patient_facts(patient: Patient, setting: Setting) -> dict[str, Fact]:
    """Every fact that one answer gives, by name; drug access as `access_<drug>`."""
    facts = {}
    for model, specs in ((patient, _asked(Patient)), (setting, _asked(Setting))):
        for spec, asked in specs:
            facts[spec.name] = _fact(spec, asked, getattr(model, spec.name))
    for spec, asked in _asked(DrugAccess):
        answer = getattr(setting.access, spec.name.removeprefix(ACCESS))
        facts[spec.name] = _fact(spec, asked, answer)
    return facts


@cache
def _asked(model: type[BaseModel]) -> tuple[tuple[FieldSpec, FactSpec], ...]:
    """The fields of a model that give a fact, with what rules may ask of it."""
    specs = list(field_specs(model).values())
    if model is DrugAccess:
        specs = [replace(spec, name=f"{ACCESS}{spec.name}") for spec in specs]
    return tuple((spec, asked) for spec in specs if (asked := spec_of(spec)) is not None)


def patient_fact_specs() -> dict[str, FactSpec]:
    """What rules may ask of every fact of `patient_facts`, by name."""
    return {spec.name: spec for spec in _fact_specs()}


def _fact_specs() -> Iterator[FactSpec]:
    for model in (Patient, Setting, DrugAccess):
        for _spec, asked in _asked(model):
            yield asked


def limit_interval(
    number: Decimal, comparator: str | None, low: Decimal | None, high: Decimal | None
) -> Interval:
    """The numbers that a reported limit leaves possible.

    Args:
        number: The number reported.
        comparator: `<`, `<=`, `>`, `>=`; None for the number itself.
        low: Smallest number there is; None if there is none.
        high: Largest number there is; None if there is none.
    """
    if comparator is None:
        return Interval.point(number)
    if comparator in ("<", "<="):
        return Interval(low, number, high_open=comparator == "<")
    return Interval(number, high, low_open=comparator == ">")


def titre_interval(titre: str, comparator: str | None) -> Interval:
    """The denominators that a titre such as `1:320` leaves possible; the smallest is 1."""
    return limit_interval(Decimal(titre.removeprefix("1:")), comparator, Decimal(1), None)


def _possible(spec: FieldSpec, asked: FactSpec, answer: Answer) -> Possible:
    if asked.kind == "yes-no":
        return Choices(frozenset({YES_NO[0] if answer.raw else YES_NO[1]}), YES_NO)
    if asked.kind == "choice":
        return Choices(frozenset({answer.raw}), asked.choices)
    if isinstance(answer, Titre):
        assert answer.value is not None
        return titre_interval(answer.value, answer.comparator)
    if isinstance(answer, Quantity) and answer.unit is not None:
        return _quantity_interval(spec, answer, answer.unit)
    return Interval.point(answer.raw)


def _quantity_interval(spec: FieldSpec, answer: Quantity, unit: str) -> Interval:
    assert answer.value is not None and spec.unit is not None
    number = in_first_unit(spec, answer.value, unit)
    assert number is not None  # the codec refuses a number without a meaning
    comparator: str | None = answer.comparator
    if comparator is not None and reverses(unit, spec.unit):
        comparator = _MIRRORED[comparator]
    return limit_interval(number, comparator, spec.minimum, spec.maximum)


def _value_shown(spec: FieldSpec, answer: Answer) -> str:
    value = answer.raw
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return "; ".join(_(spec.label_of(one)) for one in value) or _("none")
    if spec.kind in ("choice", "serology"):
        return _(spec.label_of(value))
    if spec.kind == "date":
        return format_partial(str(value))
    number = number_text(value) if isinstance(value, Decimal) else str(value)
    comparator = getattr(answer, "comparator", None) or ""
    unit = answer.unit if isinstance(answer, Quantity) else spec.unit
    return f"{comparator}{number}{f' {spelt(unit)}' if unit else ''}"
