"""One codec per kind of answer: case file and typed text to an answer, and back.

Text is first turned into the shape of a case file (`wording`), so one reader judges both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel

from nmosd_cds.errors import Problem, nearest
from nmosd_cds.patient import wording
from nmosd_cds.patient.answer import Answer, Quantity, Rows, Serology, Several, Titre
from nmosd_cds.patient.dates import EXAMPLES, PartialDate, read_date
from nmosd_cds.patient.field import FieldSpec, Option, field_specs
from nmosd_cds.patient.quantity import COMPARATORS, converter
from nmosd_cds.patient.wording import shown

STATES = ("known", "not-done", "unavailable")
MAXIMUM_TEXT = 2000
# 15 digits pass through a double unchanged, so the canonical form of a case loses nothing.
MAXIMUM_DIGITS = 15
YEARS = (1900, 2100)

_COMMON = ("value", "state", "date", "source")
_MORE = {
    "quantity": ("unit", "comparator"),
    "whole": ("unit",),
    "titre": ("comparator",),
    "serology": ("assay", "titre"),
    "several": ("complete",),
}
_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_TITRE = re.compile(r"(<=|>=|<|>)?\s*(1:[1-9]\d{0,7})", re.ASCII)
_FREE_ID = re.compile(r"(?=.{1,80}$)[A-Za-z0-9][A-Za-z0-9./()_-]*( [A-Za-z0-9./()_-]+)*", re.ASCII)
_FIELD = re.compile(r"\w{1,60}", re.ASCII)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NUMBER_TEXT = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


@dataclass
class _Reading:
    """Where a reading stands, and what was wrong in it."""

    where: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, what: str, hint: str = "") -> None:
        self.problems.append(Problem(self.where, what, hint))


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
    reading = _Reading(where)
    if spec.kind == "rows":
        rows = _rows(spec, raw, reading)
        return (None if reading.problems else rows), reading.problems
    answer = _answer(spec, raw, reading)
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
    reading = _Reading(where)
    if len(text) > 2 * MAXIMUM_TEXT:
        reading.refuse("is too long", f"At most {MAXIMUM_TEXT} characters.")
        return None, reading.problems
    try:
        raw = wording.raw_of(spec, text)
    except wording.NotReadError as error:
        reading.refuse(error.what, error.hint)
        return None, reading.problems
    answer = _answer(spec, raw, reading)
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
        return {}, [Problem(where, "is not a group of fields", "Write {...}.")]
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


def unknown_keys(raw: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> list[Problem]:
    """A problem for every key that means nothing, with the nearest that does."""
    found = []
    for key in raw:
        if key in allowed:
            continue
        near = nearest(key, allowed) if len(key) <= 60 else None
        hint = f"Did you mean `{near}`?" if near else ""
        place = ".".join(filter(None, (where, key))) if _FIELD.fullmatch(key) else where
        found.append(Problem(place, f"{shown(key)} is not a field here", hint))
    return found


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


def number_text(number: Decimal) -> str:
    """A number in digits, with the precision it was reported with."""
    return format(number, "f")


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


def _answer(spec: FieldSpec, raw: Any, reading: _Reading) -> Answer | None:
    shape = raw if isinstance(raw, Mapping) else {"value": raw}
    allowed = (*_COMMON, *_MORE.get(spec.kind, ()))
    reading.problems += unknown_keys(shape, allowed, reading.where)
    state = shape.get("state", "known")
    if state not in STATES:
        reading.refuse(f"{shown(state)} is not a state", f"Use {wording.listed(STATES)}.")
        return None
    when = _optional_date(shape, "date", reading)
    source = _text(shape["source"], reading) if shape.get("source") is not None else None
    if state != "known":
        return _without_value(spec, shape, state, when, source, reading)
    if "value" not in shape:
        reading.refuse("has no value", 'Give one, or a state such as {"state": "not-done"}.')
        return None
    if _is_unknown(shape["value"]):
        return None
    return _KINDS[spec.kind](spec, shape, {"date": when, "source": source}, reading)


def _without_value(
    spec: FieldSpec,
    shape: Mapping[str, Any],
    state: str,
    when: PartialDate | None,
    source: str | None,
    reading: _Reading,
) -> Answer | None:
    given = [name for name in ("value", *_MORE.get(spec.kind, ())) if shape.get(name) is not None]
    if given:
        reading.refuse(f"is {state} and yet has a {given[0]}", "Keep one of the two.")
        return None
    answer = spec.answer_type(state=state, date=when, source=source)
    assert isinstance(answer, Answer)
    return answer


def _is_unknown(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and raw.strip().casefold() == "unknown")


def _made(
    spec: FieldSpec, value: Any, common: Mapping[str, Any], reading: _Reading, **more: Any
) -> Answer | None:
    if value is None or reading.problems:
        return None
    answer = spec.answer_type(value=value, **common, **more)
    assert isinstance(answer, Answer)
    return answer


_Shape = Mapping[str, Any]
_Kind = Callable[[FieldSpec, _Shape, Mapping[str, Any], _Reading], Answer | None]


def _yes_no(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    value = shape["value"]
    if not isinstance(value, bool):
        reading.refuse(f"{shown(value)} is neither true nor false", "Write true or false.")
    return _made(spec, value, common, reading)


def _choice(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    return _made(spec, _one_of(spec.choices, shape["value"], reading), common, reading)


def _serology(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    value = _one_of(spec.choices, shape["value"], reading)
    assay, titre, comparator = None, None, None
    if not _is_unknown(shape.get("assay")):
        assay = _one_of(spec.assays, shape["assay"], reading)
    if not _is_unknown(shape.get("titre")):
        titre, comparator = _titre_parts(shape["titre"], reading)
    return _made(
        spec, value, common, reading, assay=assay, titre=titre, titre_comparator=comparator
    )


def _several(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    values, complete = shape["value"], shape.get("complete", False)
    if not isinstance(complete, bool):
        reading.refuse(f"complete: {shown(complete)} is neither true nor false")
    if not isinstance(values, list | tuple):
        reading.refuse(f"{shown(values)} is not a list", "Write [...], also for one.")
        return None
    chosen = [_one_of(spec.choices, value, reading) for value in values]
    for twice in sorted({str(one) for one in chosen if one and chosen.count(one) > 1}):
        reading.refuse(f"{shown(twice)} stands twice in the list")
    if not chosen and complete is False:
        return None  # An empty list that may miss anything says nothing.
    return _made(spec, tuple(chosen), common, reading, complete=complete)


def _one_of(options: tuple[Option, ...], raw: Any, reading: _Reading) -> str | None:
    if not options:
        return _free_id(raw, reading)
    ids = tuple(option.id for option in options)
    if isinstance(raw, str) and raw in ids:
        return raw
    hint = wording.choices_hint(options)
    near = nearest(raw, ids) if isinstance(raw, str) and len(raw) <= 60 else None
    reading.refuse(
        f"{shown(raw)} is not a choice", f"Did you mean `{near}`? {hint}" if near else hint
    )
    return None


def _free_id(raw: Any, reading: _Reading) -> str | None:
    reserved = (wording.COMPLETE, *wording.STATE_WORDS, *wording.NOT_KNOWN)
    if not isinstance(raw, str) or not _FREE_ID.fullmatch(raw) or raw.casefold() in reserved:
        reading.refuse(
            f"{shown(raw)} is not a name or number", "Use letters, digits and - . / ( )."
        )
        return None
    return raw


def _whole(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    number = _number(shape["value"], reading)
    _unit(spec, shape, reading)
    if number is None:
        return None
    if number != number.to_integral_value():
        reading.refuse(f"{shown(number_text(number))} is not a whole number")
        return None
    _check_range(spec, number, number, None, spec.unit, reading)
    return _made(spec, int(number), common, reading)


def _score(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    number = _number(shape["value"], reading)
    if number is not None and number not in spec.legal:
        steps = [number_text(step) for step in spec.legal]
        allowed = [*steps[:3], "...", steps[-1]] if len(steps) > 5 else steps
        reading.refuse(
            f"{shown(number_text(number))} is not a step",
            f"Allowed: {', '.join(allowed).replace(', ..., ', ' ... ')}.",
        )
    return _made(spec, number, common, reading)


def _quantity(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    number = _number(shape["value"], reading)
    unit = _unit(spec, shape, reading)
    comparator = _comparator(shape, reading)
    if number is None or reading.problems:
        return None
    if unit is not None:
        first = in_first_unit(spec, number, unit)
        _check_range(spec, number, first, comparator, unit, reading)
    return _made(spec, number, common, reading, unit=unit, comparator=comparator)


def in_first_unit(spec: FieldSpec, number: Decimal, unit: str) -> Decimal | None:
    """A number in the unit that rules use; None if it has no value there (decimal acuity 0)."""
    assert spec.unit is not None
    try:
        first = converter(unit, spec.unit, spec.substance)(number)
    except InvalidOperation:
        return None
    return first + 0 if first.is_finite() else None


def _unit(spec: FieldSpec, shape: _Shape, reading: _Reading) -> str | None:
    unit = shape.get("unit")
    if unit is None:
        if len(spec.units) > 1:
            reading.refuse("needs its unit", f"Use {wording.listed(spec.units)}.")
        return spec.unit
    if not isinstance(unit, str) or unit not in spec.units:
        use = f"Use {wording.listed(spec.units)}." if spec.units else "It has no unit."
        near = wording.unit_named(spec, unit) if isinstance(unit, str) and len(unit) <= 60 else None
        reading.refuse(
            f"{shown(unit)} is not a unit of {spec.label}",
            f"Did you mean `{near}`? {use}" if near else use,
        )
        return None
    return unit


def _comparator(shape: _Shape, reading: _Reading) -> str | None:
    comparator = shape.get("comparator")
    if comparator is not None and comparator not in COMPARATORS:
        reading.refuse(
            f"{shown(comparator)} is not a comparator", f"Use {wording.listed(COMPARATORS)}."
        )
        return None
    return comparator


def _check_range(
    spec: FieldSpec,
    number: Decimal,
    first: Decimal | None,
    comparator: str | None,
    unit: str | None,
    reading: _Reading,
) -> None:
    written = f"{comparator or ''}{number_text(number)}{f' {unit}' if unit else ''}"
    if first is None:
        reading.refuse(f"{shown(written)} has no meaning", "Check the number and its unit.")
        return
    low, high = spec.minimum, spec.maximum
    # "<0" of a number that cannot be negative, and ">max", leave nothing possible.
    too_low = low is not None and first < low
    too_high = high is not None and first > high
    rises = comparator if unit != "decimal" else {"<": ">", ">": "<"}.get(comparator or "")
    too_low = too_low or (rises == "<" and first == low)
    too_high = too_high or (rises == ">" and first == high)
    if too_low or too_high:
        limits = f"{low} to {high}" + (f" {spec.unit}" if spec.unit else "")
        reading.refuse(f"{shown(written)} is outside {limits}", "Check the number and its unit.")


def _titre(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    titre, within = _titre_parts(shape["value"], reading)
    comparator = _comparator(shape, reading)
    if within and comparator and within != comparator:
        reading.refuse("has two comparators that differ", "Keep one of the two.")
    return _made(spec, titre, common, reading, comparator=within or comparator)


def _titre_parts(raw: Any, reading: _Reading) -> tuple[str | None, str | None]:
    found = _TITRE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        reading.refuse(f"{shown(raw)} is not a titre", "Write, for example, 1:320 or >1:1280.")
        return None, None
    return found[2], found[1]


def _when(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    return _made(spec, _date(shape["value"], reading), common, reading)


def _optional_date(shape: _Shape, key: str, reading: _Reading) -> PartialDate | None:
    return None if _is_unknown(shape.get(key)) else _date(shape[key], reading)


def _date(raw: Any, reading: _Reading) -> PartialDate | None:
    if not isinstance(raw, str) or not _ISO_DATE.fullmatch(raw.strip()):
        reading.refuse(f"{shown(raw)} is not a date", f"Write {EXAMPLES}.")
        return None
    try:
        found = read_date(raw)
    except ValueError:
        reading.refuse(f"{shown(raw)} is not a day that exists", f"Write {EXAMPLES}.")
        return None
    if not YEARS[0] <= found.year <= YEARS[1]:
        reading.refuse(f"{shown(raw)} is not a year of a life", f"{YEARS[0]} to {YEARS[1]}.")
        return None
    return found


def _free_text(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: _Reading
) -> Answer | None:
    raw = shape["value"]
    word = raw.strip().casefold() if isinstance(raw, str) else None
    if word in wording.NOT_KNOWN:
        return None
    if word in wording.STATE_WORDS:
        return _without_value(
            spec, {}, wording.STATE_WORDS[word], common["date"], common["source"], reading
        )
    text = _text(raw, reading, is_identifier=spec.is_identifier)
    return _made(spec, text, common, reading)


def _text(raw: Any, reading: _Reading, *, is_identifier: bool = False) -> str | None:
    if not isinstance(raw, str):
        reading.refuse(f"{shown(raw)} is not text", 'Write "...".')
        return None
    if len(raw) > 2 * MAXIMUM_TEXT:
        reading.refuse("is too long", f"At most {MAXIMUM_TEXT} characters.")
        return None
    text = unicodedata.normalize("NFC", raw).strip()
    if not text:
        reading.refuse("is empty", "Leave it out if it is not known.")
        return None
    if len(text) > MAXIMUM_TEXT:
        reading.refuse("is too long", f"At most {MAXIMUM_TEXT} characters.")
        return None
    refused = _refused_sign(text, is_identifier)
    if refused is not None:
        reading.refuse(f"holds the sign {refused}, which cannot be seen", "Write on one line.")
        return None
    return text


def _refused_sign(text: str, is_identifier: bool) -> str | None:
    for sign in text:
        hidden = sign in _BIDI or unicodedata.category(sign) in _CONTROLS
        if hidden or (is_identifier and sign in _ZERO_WIDTH):
            return f"U+{ord(sign):04X}"
    return None


def clean_text(
    raw: Any, where: str, *, is_identifier: bool = False
) -> tuple[str | None, list[Problem]]:
    """Text of one line without hidden signs, NFC; and every problem found."""
    reading = _Reading(where)
    return _text(raw, reading, is_identifier=is_identifier), reading.problems


def clean_date(raw: Any, where: str) -> tuple[PartialDate | None, list[Problem]]:
    """A partial date in ISO form; and every problem found."""
    reading = _Reading(where)
    return _date(raw, reading), reading.problems


def clean_number(raw: Any, where: str) -> tuple[Decimal | None, list[Problem]]:
    """A finite number; and every problem found."""
    reading = _Reading(where)
    return _number(raw, reading), reading.problems


def _number(raw: Any, reading: _Reading) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | float):
        hint = "Write it without quotes." if isinstance(raw, str) else ""
        reading.refuse(f"{shown(raw)} is not a number", hint)
        return None
    number = Decimal(repr(raw)) if isinstance(raw, float) else _decimal(raw)
    if not number.is_finite():
        reading.refuse("is not a finite number")
        return None
    _sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > MAXIMUM_DIGITS or not -MAXIMUM_DIGITS <= exponent <= MAXIMUM_DIGITS:
        reading.refuse("has more digits than any measurement", f"At most {MAXIMUM_DIGITS}.")
        return None
    return number + 0  # -0 is 0


def _decimal(raw: int | Decimal) -> Decimal:
    if isinstance(raw, int) and abs(raw) >= 10**MAXIMUM_DIGITS:
        return Decimal(10) ** (MAXIMUM_DIGITS + 1)
    return Decimal(raw)


def _rows(spec: FieldSpec, raw: Any, reading: _Reading) -> Rows[Any] | None:
    if _is_unknown(raw):
        return None
    assert spec.row is not None
    if not isinstance(raw, Mapping) or not isinstance(raw.get("rows", []), list):
        reading.refuse("is not a list of rows", 'Write {"rows": [...]}.')
        return None
    reading.problems += unknown_keys(raw, ("complete_since", "rows"), reading.where)
    inside = _Reading(f"{reading.where}.complete_since")
    since = _optional_date(raw, "complete_since", inside)
    reading.problems += inside.problems
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


_KINDS: dict[str, _Kind] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "serology": _serology,
    "several": _several,
    "whole": _whole,
    "score": _score,
    "quantity": _quantity,
    "titre": _titre,
    "date": _when,
    "text": _free_text,
}
