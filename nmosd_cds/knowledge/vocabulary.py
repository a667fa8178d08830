"""What rules may ask, for those who write them: `vocabulary.md` and the schemas for editors."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from nmosd_cds.evidence.read import ReadEntry
from nmosd_cds.evidence.study import Drug, Guideline, Study, Trial
from nmosd_cds.knowledge.case import RuleCase, TrialCase
from nmosd_cds.knowledge.files import DERIVED
from nmosd_cds.knowledge.frame import DefinitionsFile, ScopeRule, Stamp, StandardCareFile
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.ranking import Ranking
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.knowledge.therapy import Therapy
from nmosd_cds.logic.condition import BOUNDS, Condition, comparisons_of
from nmosd_cds.logic.fact import FactSpec

SHAPES: dict[str, Any] = {
    "knowledge": Stamp,
    "ranking": Ranking,
    "definitions": DefinitionsFile,
    "standard-care": StandardCareFile,
    "scope-rules": list[ScopeRule],
    "rules": list[Rule],
    "cases": list[RuleCase],
    "trial-cases": list[TrialCase],
    "therapy": Therapy,
    "plan": list[PlanItem],
    "study": Study,
    "guideline": Guideline,
    "drug": Drug,
    "trial": Trial,
    "read": list[ReadEntry],
}


def vocabulary_text(knowledge: Knowledge) -> str:
    """Every fact with its kind, unit or choices, label, and the rules and trials that ask it."""
    used = _rules_by_fact(knowledge)
    lines = [
        "# Facts that rules may ask for",
        "",
        "Written by `pytest --accept`. A fact marked `per option` is asked by its plain name and",
        "answered for the option whose rule asks.",
        "",
        "| fact | label | values | needs | asked by |",
        "|---|---|---|---|---|",
    ]
    for name, spec in sorted(knowledge.fact_specs.items()):
        needs = ", ".join(field for field in spec.needs if field != name)
        rules = ", ".join(used.get(name, ()))
        lines.append(f"| `{name}` | {spec.label} | {_values(spec)} | {needs} | {rules} |")
    return "\n".join(lines) + "\n"


def _values(spec: FactSpec) -> str:
    each = " (per option)" if spec.per_option else ""
    if spec.kind == "yes-no":
        return f"true, false{each}"
    if spec.kind == "number":
        return f"number, {spec.unit or 'no unit'}{each}"
    return ", ".join(spec.choices) + each


def _rules_by_fact(knowledge: Knowledge) -> dict[str, list[str]]:
    conditions = {one.rule.id: one.condition for one in knowledge.scope}
    for option in knowledge.options.values():
        conditions.update({one.rule.id: one.condition for one in option.rules})
    used: dict[str, list[str]] = {}
    for rule, condition in sorted(conditions.items()):
        for name in _names(condition):
            used.setdefault(name, []).append(rule)
    for trial in knowledge.trials.values():
        asked = {
            name
            for criterion in trial.criteria
            for reading in criterion.readings
            if reading.condition is not None
            for name in _names(reading.condition)
        }
        for name in asked:
            used.setdefault(name, []).append(trial.trial.id)
    return used


def _names(condition: Condition) -> set[str]:
    return {one.fact.partition("@")[0] for one in comparisons_of(condition)}


def schemas(knowledge: Knowledge) -> dict[str, str]:
    """JSON schemas for editors, by path from the root; conditions know facts and choices."""
    found = {"condition": condition_schema(knowledge)}
    for name, shape in SHAPES.items():
        found[name] = TypeAdapter(shape).json_schema(by_alias=True)
        _point_at_condition(found[name])
    return {
        f"{DERIVED}/{name}.schema.json": json.dumps(
            schema, indent=1, ensure_ascii=False, sort_keys=True
        )
        + "\n"
        for name, schema in found.items()
    }


def condition_schema(knowledge: Knowledge) -> dict[str, Any]:
    """The JSON schema of a condition over the facts there are."""
    itself = {"$ref": "#"}
    connectives: dict[str, Any] = {
        "any": {"type": "array", "items": itself, "minItems": 1},
        "all": {"type": "array", "items": itself, "minItems": 1},
        "not": itself,
        "is": {"enum": sorted(knowledge.conditions)},
    }
    facts = {name: _fact_schema(spec) for name, spec in sorted(knowledge.fact_specs.items())}
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "properties": connectives | facts,
    }


def _fact_schema(spec: FactSpec) -> dict[str, Any]:
    if spec.kind == "number":
        bounds: dict[str, Any] = {name: {"type": "number"} for name in BOUNDS}
        if spec.unit is not None:
            bounds["unit"] = {"const": spec.unit}
        required = ["unit"] if spec.unit is not None else []
        return {
            "type": "object",
            "title": spec.label,
            "properties": bounds,
            "required": required,
            "additionalProperties": False,
        }
    # An editor reads an unquoted `true` as a boolean.
    choices: list[Any] = [True, False] if spec.kind == "yes-no" else list(spec.choices)
    one = {"enum": choices}
    return {"title": spec.label, "anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _point_at_condition(schema: Any) -> None:
    """Point every `when` and `applies` without a type at the condition."""
    parts = schema if isinstance(schema, list) else []
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        for name in {"when", "applies"} & set(properties):
            if not {"type", "enum", "$ref"} & set(properties[name]):
                properties[name] = {"$ref": "condition.schema.json"}
        parts = list(schema.values())
    for part in parts:
        _point_at_condition(part)
