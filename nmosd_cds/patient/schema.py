"""The JSON Schema (2020-12) of the case file, built from the field specs; for editors and others.

The reader does not use it: a schema cannot say "needs its unit" in a sentence.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from nmosd_cds.patient.case import SCHEMA_VERSION
from nmosd_cds.patient.field import FieldSpec, Option, field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import MAXIMUM_TEXT
from nmosd_cds.patient.preferences import MAXIMUM_WEIGHT, RANGE_KEYS, SET_KINDS
from nmosd_cds.patient.quantity import COMPARATORS

_DATE = {"$ref": "#/$defs/date"}
_TEXT = {"$ref": "#/$defs/text"}
_TITRE = {"type": "string", "pattern": r"^(<=|>=|<|>)?\s*1:[1-9][0-9]{0,7}$"}
_KINDS = (
    "`ordinal`: an order, most important first; a list inside it is a level of criteria none of "
    "which is put above the other; criteria left out keep the weight they have without "
    "preferences. `swing`: points of 100 beside the most important criterion, or a range of them; "
    "criteria left out may be worth anything up to the most important. `exact`: parts of the whole "
    "weight; criteria left out weigh nothing."
)
_DEFINITIONS: dict[str, Any] = {
    "date": {
        "type": "string",
        "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        "description": "A year, a month or a day.",
    },
    "text": {"type": "string", "minLength": 1, "maxLength": MAXIMUM_TEXT},
    "not-known": {"enum": ["unknown", None]},
    "no-value": {
        "type": "object",
        "properties": {
            "state": {"enum": ["not-done", "unavailable"]},
            "date": _DATE,
            "source": _TEXT,
        },
        "required": ["state"],
        "additionalProperties": False,
    },
}


def case_schema() -> dict[str, Any]:
    """The schema of a case file; it takes the short form of an answer and the full one."""
    setting = _fields(Setting)
    setting["properties"]["access"] = _fields(DrugAccess)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "NMOSD-CDS case",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "id": _TEXT,
            "fictional": {"type": "boolean"},
            "as_of": {"type": "string", "format": "date"},
            "patient": _fields(Patient),
            "setting": setting,
            "preferences": _preferences(),
        },
        "required": ["schema_version", "patient"],
        "additionalProperties": False,
        "$defs": _DEFINITIONS,
    }


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(spec) for name, spec in field_specs(model).items()},
        "additionalProperties": False,
    }


def _field(spec: FieldSpec) -> dict[str, Any]:
    described = {"title": spec.label} | ({"description": spec.help} if spec.help else {})
    if spec.kind == "rows":
        return described | {"anyOf": [_rows(spec), {"$ref": "#/$defs/not-known"}]}
    short = [] if len(spec.units) > 1 else [_value(spec)]
    absent = [{"$ref": "#/$defs/no-value"}, {"$ref": "#/$defs/not-known"}]
    return described | {"anyOf": [*short, _full(spec), *absent]}


def _rows(spec: FieldSpec) -> dict[str, Any]:
    assert spec.row is not None
    return {
        "type": "object",
        "properties": {
            "complete_since": _DATE,
            "rows": {"type": "array", "items": _fields(spec.row)},
        },
        "additionalProperties": False,
    }


def _full(spec: FieldSpec) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "value": _value(spec),
            "state": {"const": "known"},
            "date": _DATE,
            "source": _TEXT,
            **_more(spec),
        },
        "required": ["value", "unit"] if len(spec.units) > 1 else ["value"],
        "additionalProperties": False,
    }


def _more(spec: FieldSpec) -> dict[str, Any]:
    comparator = {"enum": list(COMPARATORS)}
    match spec.kind:
        case "quantity":
            return {"unit": {"enum": list(spec.units)}, "comparator": comparator}
        case "whole":
            return {"unit": {"enum": list(spec.units)}} if spec.units else {}
        case "titre":
            return {"comparator": comparator}
        case "serology":
            return {"assay": _choice(spec.assays), "titre": _TITRE}
        case "several":
            return {"complete": {"type": "boolean"}}
    return {}


def _value(spec: FieldSpec) -> dict[str, Any]:
    match spec.kind:
        case "yes_no":
            return {"type": "boolean"}
        case "choice" | "serology":
            return _choice(spec.choices)
        case "several":
            return {"type": "array", "items": _choice(spec.choices), "uniqueItems": True}
        case "whole":
            return {"type": "integer", **_limits(spec)}
        case "score":
            return {"enum": [_plain(step) for step in spec.legal]}
        case "quantity":
            return {"type": "number", **(_limits(spec) if len(spec.units) == 1 else {})}
        case "titre":
            return _TITRE
        case "date":
            return _DATE
    return _TEXT


def _choice(options: tuple[Option, ...]) -> dict[str, Any]:
    return {"enum": [option.id for option in options]} if options else _TEXT


def _limits(spec: FieldSpec) -> dict[str, Any]:
    limits = {"minimum": spec.minimum, "maximum": spec.maximum}
    return {name: _plain(limit) for name, limit in limits.items() if limit is not None}


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _preferences() -> dict[str, Any]:
    number = {"type": "number", "minimum": 0, "maximum": MAXIMUM_WEIGHT}
    span = {
        "type": "object",
        "description": "A range of points; only for `swing`.",
        "properties": dict.fromkeys(RANGE_KEYS, number),
        "required": list(RANGE_KEYS),
        "additionalProperties": False,
    }
    points = {"anyOf": [number, span]}
    level = {"type": "array", "items": _TEXT, "uniqueItems": True, "minItems": 1}
    one = {
        "type": "object",
        "properties": {
            "owner": _TEXT,
            "on": {"type": "string", "format": "date"},
            "kind": {"enum": list(SET_KINDS), "description": _KINDS},
            "harms_seen": {"type": "boolean"},
            "order": {
                "type": "array",
                "items": {"anyOf": [_TEXT, level]},
                "uniqueItems": True,
                "minItems": 1,
            },
            "weights": {"type": "object", "additionalProperties": points, "minProperties": 1},
        },
        "required": ["owner", "on", "kind", "harms_seen"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"active": _TEXT, "sets": {"type": "array", "items": one}},
        "additionalProperties": False,
    }
