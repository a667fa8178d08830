"""One codec per kind of answer: case file and typed text to an answer, and back.

Text is first turned into the shape of a case file (`wording`), so one reader judges both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _
from nmosd_cds.patient import wording
from nmosd_cds.patient.answer import Answer, Quantity, Rows, Serology, Several, Titre
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.kinds import read_answer
from nmosd_cds.patient.plain import (
    MAXIMUM_TEXT,
    Reading,
    is_unknown,
    read_optional_date,
    unknown_keys,
)
from nmosd_cds.patient.plain import number_text as number_text

MAXIMUM_ROWS = 1000

_NUMBER_TEXT = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def from_json(
    spec: FieldSpec, raw: Any, where: str
) -> tuple[Answer | Rows[Any] | None, list[Problem]]:
    """Read an answer from the plain data of a case file.

    Args:
        spec: The field.
        raw: JSON data, numbers as int or Decimal.
        where: Path of the field, for messages.

    Returns:
        The answer, None when it is not known or cannot be read; and every problem found.
    """
    reading = Reading(where)
    if spec.kind == "rows":
        rows = _rows(spec, raw, reading)
        return (None if reading.problems else rows), reading.problems
    answer = read_answer(spec, raw, reading)
    return (None if reading.problems else answer), reading.problems


def from_text(spec: FieldSpec, text: str, where: str) -> tuple[Answer | None, list[Problem]]:
    """Read an answer as people type it, in the form or in a table.

    Args:
        spec: The field, of any kind but rows.
        text: What was typed; empty and `unknown` mean not known.
        where: Path of the field, for messages.

    Returns:
        The answer, None when it is not known or cannot be read; and every problem found.

    Raises:
        ValueError: the field is a list of rows.
    """
    if spec.kind == "rows":
        raise ValueError(f"`{spec.name}` is a list of rows; it has no text.")
    reading = Reading(where)
    if len(text) > 2 * MAXIMUM_TEXT:
        reading.refuse(_("is too long"), _("At most {most} characters.").format(most=MAXIMUM_TEXT))
        return None, reading.problems
    try:
        raw = wording.raw_of(spec, text)
    except wording.NotReadError as error:
        reading.refuse(error.what, error.hint)
        return None, reading.problems
    answer = read_answer(spec, raw, reading)
    return (None if reading.problems else answer), reading.problems


def to_json(spec: FieldSpec, answer: Answer | Rows[Any]) -> Any:
    """The plain data of an answer, in the short form where nothing is lost by it."""
    if isinstance(answer, Rows):
        assert spec.row is not None
        raw: dict[str, Any] = {}
        if answer.complete_since is not None:
            raw["complete_since"] = str(answer.complete_since)
        raw["rows"] = [fields_to_json(row) for row in answer.rows]
        return raw
    raw = {} if answer.raw is None else {"value": _value_to_json(answer.raw)}
    raw |= _more_to_json(answer)
    if answer.state != "known":
        raw["state"] = answer.state
    if answer.date is not None:
        raw["date"] = str(answer.date)
    if answer.source is not None:
        raw["source"] = answer.source
    return raw["value"] if set(raw) == {"value"} else raw


def fields_to_json(model: BaseModel) -> dict[str, Any]:
    """The plain data of every answered field of a patient, a setting or a row."""
    specs = field_specs(type(model))
    answers = {name: getattr(model, name) for name in specs}
    return {
        name: to_json(specs[name], answer) for name, answer in answers.items() if answer is not None
    }


def fields_from_json(
    model: type[BaseModel], raw: Any, where: str, also: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[Problem]]:
    """Read the fields of a patient, a setting or a row.

    Args:
        model: A model declared with `clinical` fields.
        raw: JSON data.
        where: Path of the model, for messages.
        also: Keys that someone else reads.

    Returns:
        Answers by name, only those known; and every problem found.
    """
    if not isinstance(raw, Mapping):
        return {}, [Problem(where, _("is not a group of fields"), _("Write {...}."))]
    specs = field_specs(model)
    answers: dict[str, Any] = {}
    problems = unknown_keys(raw, (*specs, *also), where)
    for name, spec in specs.items():
        if name in raw:
            answer, found = from_json(spec, raw[name], f"{where}.{name}" if where else name)
            problems += found
            if answer is not None:
                answers[name] = answer
    return answers, problems


def to_text(spec: FieldSpec, answer: Answer) -> str:
    """What a person would type for an answer; `from_text` reads it back, without date and source.

    Raises:
        ValueError: the answer is a list of rows.
    """
    if isinstance(answer, Rows):
        raise ValueError(f"`{spec.name}` is a list of rows; it has no text.")
    if answer.state != "known":
        return answer.state.replace("-", " ")
    value = answer.raw
    match answer:
        case Several():
            return "; ".join((*value, wording.COMPLETE) if answer.complete else value)
        case Serology():
            titre = f"{answer.titre_comparator or ''}{answer.titre}" if answer.titre else ""
            return ", ".join(part for part in (value, titre, answer.assay) if part)
        case Quantity():
            return f"{answer.comparator or ''}{number_text(value)} {answer.unit or ''}".strip()
        case Titre():
            return f"{answer.comparator or ''}{value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number_text(value) if isinstance(value, Decimal) else str(value)


def dated(answer: Answer, date: PartialDate | None, source: str | None = None) -> Answer:
    """The same answer with another date and source, validated anew."""
    same = {name: getattr(answer, name) for name in type(answer).model_fields}
    return type(answer)(**(same | {"date": date, "source": source}))


def typed(spec: FieldSpec, raw: Any) -> Any:
    """Data in which every scalar is text (strict YAML), with numbers and yes/no made real.

    What does not look like the kind of the field is left as it is, for `from_json` to refuse.
    """
    if spec.kind == "rows":
        if not isinstance(raw, Mapping) or not isinstance(raw.get("rows"), list) or not spec.row:
            return raw
        specs = field_specs(spec.row)
        return {**raw, "rows": [typed_fields(specs, row) for row in raw["rows"]]}
    if isinstance(raw, Mapping):
        real = dict(raw)
        if "value" in raw:
            real["value"] = _typed_scalar(spec, raw["value"])
        if spec.kind == "several" and "complete" in raw:
            real["complete"] = _truth(raw["complete"])
        return real
    return _typed_scalar(spec, raw)


def typed_fields(specs: Mapping[str, FieldSpec], raw: Any) -> Any:
    """`typed` for every field of a group."""
    if not isinstance(raw, Mapping):
        return raw
    return {
        name: typed(specs[name], value) if name in specs else value for name, value in raw.items()
    }


def _typed_scalar(spec: FieldSpec, raw: Any) -> Any:
    if spec.kind == "yes_no":
        return _truth(raw)
    if spec.kind in ("whole", "score", "quantity") and isinstance(raw, str):
        return Decimal(raw) if _NUMBER_TEXT.fullmatch(raw) else raw
    return raw


def _truth(raw: Any) -> Any:
    return {"true": True, "false": False}.get(raw, raw) if isinstance(raw, str) else raw


def _rows(spec: FieldSpec, raw: Any, reading: Reading) -> Rows[Any] | None:
    if is_unknown(raw):
        return None
    assert spec.row is not None
    if not isinstance(raw, Mapping) or not isinstance(raw.get("rows", []), list):
        reading.refuse(_("is not a list of rows"), _('Write {"rows": [...]}.'))
        return None
    reading.problems += unknown_keys(raw, ("complete_since", "rows"), reading.where)
    inside = Reading(f"{reading.where}.complete_since")
    since = read_optional_date(raw, "complete_since", inside)
    reading.problems += inside.problems
    if len(raw.get("rows", [])) > MAXIMUM_ROWS:
        reading.refuse(_("has more than {maximum_rows} rows").format(maximum_rows=MAXIMUM_ROWS))
        return None
    rows = []
    for number, row in enumerate(raw.get("rows", [])):
        answers, problems = fields_from_json(spec.row, row, f"{reading.where}.rows[{number}]")
        reading.problems += problems
        rows.append(spec.row(**answers))
    if not rows and since is None:
        return None  # An empty list that may miss anything says nothing.
    return Rows[spec.row](complete_since=since, rows=tuple(rows))  # type: ignore[name-defined]  # known at run time


def _value_to_json(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _more_to_json(answer: Answer) -> dict[str, Any]:
    more: dict[str, Any] = {}
    match answer:
        case Quantity():
            more = {"comparator": answer.comparator, "unit": answer.unit}
        case Titre():
            more = {"comparator": answer.comparator}
        case Serology():
            titre = f"{answer.titre_comparator or ''}{answer.titre}" if answer.titre else None
            more = {"assay": answer.assay, "titre": titre}
        case Several():
            more = {"complete": answer.complete or None}
    return {name: value for name, value in more.items() if value is not None}
