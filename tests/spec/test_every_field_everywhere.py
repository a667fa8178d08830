"""Every field through every surface below the window: JSON, text, schema, fact.

A new field is tested from the moment it exists; a new kind fails here until it has its samples.
"""

from decimal import Decimal
from typing import Any

import pytest
from builders import schema_accepts
from pydantic import BaseModel

from nmosd_cds.logic.fact import Choices, Interval
from nmosd_cds.patient import codec, known
from nmosd_cds.patient.answer import Rows
from nmosd_cds.patient.field import KINDS, FieldSpec, field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.schema import case_schema
from nmosd_cds.patient.sections import SECTIONS

GROUPS: tuple[type[BaseModel], ...] = (Patient, Setting, DrugAccess)
ROWS = tuple(spec.row for model in GROUPS for spec in field_specs(model).values() if spec.row)
FIELDS = [
    pytest.param(model, spec, id=f"{model.__name__}.{spec.name}")
    for model in (*GROUPS, *ROWS)
    for spec in field_specs(model).values()
]
ONE_VALUE = [param for param in FIELDS if param.values[1].kind != "rows"]
LISTS = [param for param in FIELDS if param.values[1].kind == "rows"]
DATED = {"date": "2026-10-03", "source": "letter of October"}
SCHEMA = case_schema()


def sample(spec: FieldSpec) -> Any:
    """A legal value of a field, in the short form where it has one."""
    match spec.kind:
        case "yes_no":
            return True
        case "choice" | "serology":
            return spec.choices[0].id
        case "several":
            return [spec.choices[0].id] if spec.choices else ["NCT04561557"]
        case "whole":
            return int(spec.maximum or 0)
        case "score":
            return spec.legal[1]
        case "quantity":
            assert spec.maximum is not None
            return {"value": spec.maximum, "unit": spec.unit}
        case "date":
            return "2024-03"
        case "text":
            return "Some words"
    raise AssertionError(f"give the kind {spec.kind} a sample")


def full(spec: FieldSpec) -> dict[str, Any]:
    raw = sample(spec)
    return {**(raw if isinstance(raw, dict) else {"value": raw}), **DATED}


def read(spec: FieldSpec, raw: Any) -> Any:
    answer, problems = codec.from_json(spec, raw, spec.name)
    assert problems == []
    return answer


def schema_of(model: type[BaseModel], spec: FieldSpec) -> Any:
    groups = SCHEMA["properties"]
    if model is Patient:
        return groups["patient"]["properties"][spec.name]
    if model is Setting:
        return groups["setting"]["properties"][spec.name]
    if model is DrugAccess:
        return groups["setting"]["properties"]["access"]["properties"][spec.name]
    holder = next(one for one in field_specs(Patient).values() if one.row is model)
    rows = groups["patient"]["properties"][holder.name]["anyOf"][0]
    return rows["properties"]["rows"]["items"]["properties"][spec.name]


@pytest.mark.parametrize(("model", "spec"), FIELDS)
def test_a_field_has_a_label_a_section_and_a_kind(model: type[BaseModel], spec: FieldSpec) -> None:
    assert spec.label.strip() == spec.label != ""
    assert spec.section in SECTIONS
    assert spec.kind in KINDS.values()
    assert codec.from_json(spec, None, spec.name) == (None, [])


@pytest.mark.parametrize(("model", "spec"), FIELDS)
def test_a_number_has_limits_and_a_choice_has_choices(
    model: type[BaseModel], spec: FieldSpec
) -> None:
    if spec.kind in ("whole", "quantity"):
        assert spec.minimum is not None and spec.maximum is not None
        assert spec.minimum < spec.maximum
    if spec.kind == "quantity":
        assert spec.units
    if spec.kind in ("choice", "serology"):
        assert len(spec.choices) > 1
    if spec.kind == "score":
        assert spec.legal
    if spec.plausible:
        assert spec.minimum <= spec.plausible[0] < spec.plausible[1] <= spec.maximum
    ids = [option.id for option in (*spec.choices, *spec.assays)]
    assert len(ids) == len(set(ids))
    reserved = {"unknown", "not-done", "unavailable"}
    assert not (reserved | ({"complete"} if spec.kind == "several" else set())) & set(ids)


@pytest.mark.parametrize(("model", "spec"), ONE_VALUE)
def test_a_field_through_json(model: type[BaseModel], spec: FieldSpec) -> None:
    assert codec.to_json(spec, read(spec, sample(spec))) == sample(spec)
    assert codec.to_json(spec, read(spec, full(spec))) == full(spec)
    assert codec.to_json(spec, read(spec, {"state": "not-done"})) == {"state": "not-done"}


@pytest.mark.parametrize(("model", "spec"), ONE_VALUE)
def test_a_field_through_text(model: type[BaseModel], spec: FieldSpec) -> None:
    answer = read(spec, sample(spec))
    assert codec.from_text(spec, codec.to_text(spec, answer), spec.name) == (answer, [])


@pytest.mark.parametrize(("model", "spec"), ONE_VALUE)
def test_every_choice_is_typed_by_its_id_and_by_its_label(
    model: type[BaseModel], spec: FieldSpec
) -> None:
    for option in spec.choices:
        by_id, problems = codec.from_text(spec, option.id, spec.name)
        by_label, more = codec.from_text(spec, option.label, spec.name)
        assert problems == more == [] and by_id is not None
        assert by_id == by_label
        assert by_id.raw in (option.id, (option.id,))


@pytest.mark.parametrize(("model", "spec"), ONE_VALUE)
def test_a_field_through_the_schema(model: type[BaseModel], spec: FieldSpec) -> None:
    schema = schema_of(model, spec)
    for raw in (
        sample(spec),
        full(spec),
        {"state": "unavailable", "date": "2026"},
        "unknown",
        None,
    ):
        assert schema_accepts(schema, raw, SCHEMA), raw
    for raw in ({"state": "not-done", "value": sample(spec)}, {"valeu": 1}, {"date": "2026"}, {}):
        assert not schema_accepts(schema, raw, SCHEMA), raw
    if len(spec.units) > 1:
        assert not schema_accepts(schema, 1, SCHEMA)
    if spec.kind == "whole":
        assert not schema_accepts(schema, 10_000, SCHEMA)


@pytest.mark.parametrize(("model", "spec"), LISTS)
def test_a_list_through_json_and_the_schema(model: type[BaseModel], spec: FieldSpec) -> None:
    assert spec.row is not None
    row = {name: full(one) for name, one in field_specs(spec.row).items()}
    raw = {"complete_since": "2020-01", "rows": [row, {}]}
    rows = read(spec, raw)
    assert isinstance(rows, Rows) and len(rows.rows) == 2
    assert codec.to_json(spec, rows) == raw
    assert schema_accepts(schema_of(model, spec), raw, SCHEMA)
    assert not schema_accepts(schema_of(model, spec), {"rows": [{"x": 1}]}, SCHEMA)
    whole = model(**{spec.name: rows})
    assert codec.fields_to_json(whole) == {spec.name: raw}


@pytest.mark.parametrize(("model", "spec"), FIELDS)
def test_a_field_as_a_fact(model: type[BaseModel], spec: FieldSpec) -> None:
    asked = known.spec_of(spec)
    without = spec.is_identifier or spec.kind in ("date", "text", "several", "rows")
    assert (asked is None) is without
    if asked is None:
        assert known.fact_of(spec, None) is None
        return
    unanswered, answered = known.fact_of(spec, None), known.fact_of(spec, read(spec, sample(spec)))
    assert unanswered is not None and answered is not None
    assert unanswered.possible.is_unknown and unanswered.missing == (spec.name,)
    assert answered.possible.is_settled and answered.missing == ()
    if isinstance(answered.possible, Choices):
        assert asked.kind in ("yes-no", "choice") and answered.possible.domain == asked.choices
    else:
        assert asked.kind == "number"
        number = sample(spec)["value"] if isinstance(sample(spec), dict) else sample(spec)
        assert answered.possible == Interval.point(Decimal(number))


def test_the_schema_takes_every_field_of_a_case_at_once() -> None:
    case: dict[str, Any] = {"schema_version": 1, "patient": {}, "setting": {"access": {}}}
    for model, group in (
        (Patient, case["patient"]),
        (Setting, case["setting"]),
        (DrugAccess, case["setting"]["access"]),
    ):
        for name, spec in field_specs(model).items():
            group[name] = {"rows": []} if spec.kind == "rows" else sample(spec)
    assert schema_accepts(SCHEMA, case, SCHEMA)
    assert not schema_accepts(SCHEMA, case | {"schema_version": 2}, SCHEMA)
    assert not schema_accepts(SCHEMA, case | {"pateint": {}}, SCHEMA)
    del case["patient"]
    assert not schema_accepts(SCHEMA, case, SCHEMA)
