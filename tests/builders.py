"""The thing under test in one line; facts are written as in a case file."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nmosd_cds.patient.case import Case, read_case_data
from nmosd_cds.patient.model import Patient


def a_case(
    *,
    as_of: str | None = None,
    setting: Mapping[str, Any] | None = None,
    preferences: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Case:
    """A fictional case; `edss=6.5` is one dated score, any other fact a field of the patient."""
    data: dict[str, Any] = {"schema_version": 1, "fictional": True, "patient": _fields(facts)}
    if as_of is not None:
        data["as_of"] = as_of
    if setting is not None:
        data["setting"] = setting
    if preferences is not None:
        data["preferences"] = preferences
    case, problems = read_case_data(data)
    assert case is not None, "\n".join(problem.sentence for problem in problems)
    return case


def a_patient(**facts: Any) -> Patient:
    """A fictional patient; see `a_case`."""
    return a_case(**facts).patient


def _fields(facts: dict[str, Any]) -> dict[str, Any]:
    if "edss" not in facts:
        return facts
    row = {"date": "2026-11-02", "value": facts.pop("edss")}
    return facts | {"edss_series": {"rows": [row]}}


def schema_accepts(schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]) -> bool:
    """Whether a JSON schema takes a value; the few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return schema_accepts(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root)
    if "anyOf" in schema and not any(schema_accepts(o, value, root) for o in schema["anyOf"]):
        return False
    if "const" in schema:
        return value == schema["const"] and not isinstance(value, bool)
    if "enum" in schema:
        return not isinstance(value, bool) and value in schema["enum"]
    match schema.get("type"):
        case "boolean":
            return isinstance(value, bool)
        case "string":
            return (
                isinstance(value, str)
                and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
                and re.search(schema.get("pattern", ""), value) is not None
            )
        case "integer" | "number":
            return (
                isinstance(value, int | float | Decimal)
                and not isinstance(value, bool)
                and (schema["type"] == "number" or value == int(value))
                and schema.get("minimum", value) <= value <= schema.get("maximum", value)
            )
        case "array":
            return (
                isinstance(value, list)
                and len(value) >= schema.get("minItems", 0)
                and all(schema_accepts(schema["items"], one, root) for one in value)
            )
        case "object":
            return isinstance(value, Mapping) and _object_accepts(schema, value, root)
    return True


def _object_accepts(
    schema: Mapping[str, Any], value: Mapping[str, Any], root: Mapping[str, Any]
) -> bool:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    if not set(schema.get("required", ())) <= set(value):
        return False
    for key, one in value.items():
        if key in properties:
            if not schema_accepts(properties[key], one, root):
                return False
        elif more is False or (isinstance(more, Mapping) and not schema_accepts(more, one, root)):
            return False
    return True
