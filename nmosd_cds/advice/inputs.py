"""What was entered, as lines with units and dates, and which rules read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pydantic import BaseModel

from nmosd_cds.advice.model import InputLine
from nmosd_cds.i18n import _, format_partial
from nmosd_cds.i18n.joining import beside, clauses, led, parted
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.answer import Answer, Rows
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.known import ACCESS, shown_answer, shown_undated
from nmosd_cds.patient.model import DrugAccess, Patient, Setting


def inputs_of(patient: Patient, setting: Setting, knowledge: Knowledge) -> tuple[InputLine, ...]:
    """Every answer but identifiers, in the order of the fields; rows one line each."""
    read_by = rules_by_field(knowledge)
    lines: list[InputLine] = []
    for model, prefix in ((patient, ""), (setting, ""), (setting.access, ACCESS)):
        for name, spec in field_specs(type(model)).items():
            answer = getattr(model, name)
            if answer is not None and not spec.is_identifier:
                lines.extend(_lines(spec, f"{prefix}{name}", answer, read_by))
    return tuple(lines)


def _lines(
    spec: FieldSpec,
    name: str,
    answer: Answer | Rows[BaseModel],
    read_by: Mapping[str, tuple[str, ...]],
) -> Iterator[InputLine]:
    rules = read_by.get(name, ())
    label = (
        _("Access to {drug}").format(drug=_(spec.label))
        if name.startswith(ACCESS)
        else _(spec.label)
    )
    if isinstance(answer, Answer):
        date = format_partial(str(answer.date)) if answer.date else ""
        yield InputLine(name, spec.section, label, shown_undated(spec, answer), date, rules)
        return
    since = answer.complete_since
    complete = (
        _("complete since {date}").format(date=format_partial(str(since)))
        if since
        else _("may be incomplete")
    )
    count = len(answer.rows)
    entries = _("1 entry") if count == 1 else _("{n} entries").format(n=count)
    yield InputLine(name, spec.section, label, clauses([entries, complete]), "", rules)
    for number, row in enumerate(answer.rows, start=1):
        yield InputLine(name, spec.section, beside(label, str(number)), row_words(row), "", ())


def row_words(row: BaseModel) -> str:
    """One row as `label: value` pairs; what was not entered is left out."""
    return parted(led(label, value) for label, value in row_pairs(row))


def row_pairs(row: BaseModel) -> tuple[tuple[str, str], ...]:
    """Label and value of everything that was entered of a row, in the order of its fields."""
    return tuple(
        [
            (_(spec.label), shown_answer(spec, answer))
            for name, spec in field_specs(type(row)).items()
            if isinstance(answer := getattr(row, name), Answer)
        ]
    )


def rules_by_field(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Rule ids by the field they read, directly or through a derived fact."""
    return _rules_by_field(_Key(knowledge.sha256, knowledge))


@dataclass(frozen=True)
class _Key:
    """Hashes by the content of the knowledge."""

    sha256: str
    knowledge: Knowledge = field(compare=False)


@lru_cache(maxsize=2)
def _rules_by_field(key: _Key) -> Mapping[str, tuple[str, ...]]:
    knowledge = key.knowledge
    read_by: dict[str, dict[str, None]] = {}
    for option in knowledge.options.values():
        for compiled in option.rules:
            for fact in compiled.reads:
                for name in knowledge.fact_spec(fact).needs:
                    read_by.setdefault(name, {})[compiled.rule.id] = None
    return {name: tuple(rules) for name, rules in read_by.items()}


def fields_of_model() -> tuple[str, ...]:
    """Every field of a case, in order; drug access as `access_<drug>`."""
    access = (f"{ACCESS}{name}" for name in field_specs(DrugAccess))
    return (*field_specs(Patient), *field_specs(Setting), *access)
