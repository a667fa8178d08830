"""Any case survives the file, and any answer survives being typed."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from nmosd_cds.exchange.patient_file import parse_case
from nmosd_cds.patient import codec
from nmosd_cds.patient.answer import Answer
from nmosd_cds.patient.case import (
    Case,
    canonical_bytes,
    case_text,
    case_to_json,
    read_case_data,
)
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import clean_text

# A legal number in each unit that is not the first of its field.
OTHER_UNITS = {
    "mg/dL": "17.10",
    "g/dL": "12.5",
    "/uL": "4500",
    "decimal": "0.63",
    "ug/L": "100",
}
dates = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat())
partial = st.builds(lambda day, end: day[:end], dates, st.sampled_from([4, 7, 10]))
words = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: clean_text(text, "x", is_identifier=True)[0] is not None)


def options(spec: FieldSpec) -> list[str]:
    return [option.id for option in spec.choices] or ["NCT04561557", "jRCT (2020)", "EU 1/2"]


@st.composite
def values(draw: st.DrawFn, spec: FieldSpec) -> dict[str, Any]:
    """The value of a field with its unit, comparator and so on."""
    if spec.kind == "yes_no":
        return {"value": draw(st.booleans())}
    if spec.kind == "choice":
        return {"value": draw(st.sampled_from(options(spec)))}
    if spec.kind == "serology":
        raw = {"value": draw(st.sampled_from(options(spec)))}
        if draw(st.booleans()):
            raw["assay"] = draw(st.sampled_from([option.id for option in spec.assays]))
        if draw(st.booleans()):
            comparator = draw(st.sampled_from(["", "<", "<=", ">", ">="]))
            raw["titre"] = f"{comparator}1:{draw(st.integers(1, 99999))}"
        return raw
    if spec.kind == "several":
        chosen = draw(st.lists(st.sampled_from(options(spec)), unique=True, min_size=1))
        return {"value": chosen, "complete": draw(st.booleans())}
    if spec.kind == "whole":
        assert spec.minimum is not None and spec.maximum is not None
        return {"value": draw(st.integers(int(spec.minimum), int(spec.maximum)))}
    if spec.kind == "score":
        return {"value": draw(st.sampled_from(spec.legal))}
    if spec.kind == "quantity":
        return draw(quantities(spec))
    if spec.kind == "date":
        return {"value": draw(partial)}
    return {"value": draw(words)}


@st.composite
def quantities(draw: st.DrawFn, spec: FieldSpec) -> dict[str, Any]:
    unit = draw(st.sampled_from(spec.units))
    number = Decimal(OTHER_UNITS.get(unit, "0"))
    if unit == spec.unit:
        number = draw(st.decimals(spec.minimum, spec.maximum, places=2))
    raw = {"value": number, "unit": unit}
    inside = number not in (spec.minimum, spec.maximum)
    if inside and draw(st.booleans()):
        raw["comparator"] = draw(st.sampled_from(["<", "<=", ">", ">="]))
    return raw


@st.composite
def answers(draw: st.DrawFn, spec: FieldSpec) -> dict[str, Any]:
    raw = draw(values(spec) | st.sampled_from([{"state": "not-done"}, {"state": "unavailable"}]))
    if draw(st.booleans()):
        raw = raw | {"date": draw(partial)}
    return raw | ({"source": draw(words)} if draw(st.booleans()) else {})


@st.composite
def groups(draw: st.DrawFn, model: type[BaseModel]) -> dict[str, Any]:
    specs = field_specs(model)
    names = draw(st.lists(st.sampled_from(sorted(specs)), unique=True, max_size=5))
    group = {}
    for name in names:
        row = specs[name].row
        if row is None:
            group[name] = draw(answers(specs[name]))
        else:
            rows = draw(st.lists(groups(row), max_size=2))
            group[name] = {"rows": rows, "complete_since": draw(partial)}
    return group


@st.composite
def case_data(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "id": draw(words),
        "fictional": draw(st.booleans()),
        "as_of": "2026-11-22",
        "patient": draw(groups(Patient)),
        "setting": {**draw(groups(Setting)), "access": draw(groups(DrugAccess))},
    }


def read(data: dict[str, Any]) -> Case:
    case, problems = read_case_data(data)
    assert case is not None, problems
    return case


@given(case_data())
def test_a_case_survives_its_file(data: dict[str, Any]) -> None:
    case = read(data)
    assert read(case_to_json(case)) == case
    text = case_text(case)
    assert parse_case(text.encode(), "case.json") == case
    assert json.loads(text, parse_float=Decimal) == case_to_json(case)


@given(case_data(), st.randoms())
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(
    data: dict[str, Any], random: Any
) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            random.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(one) for one in value] if isinstance(value, list) else value

    assert canonical_bytes(read(shuffled(data))) == canonical_bytes(read(data))


ALL_SPECS = [
    spec
    for model in (
        Patient,
        Setting,
        DrugAccess,
        *(one.row for one in field_specs(Patient).values() if one.row),
    )
    for spec in field_specs(model).values()
    if spec.kind != "rows"
]


@given(st.data())
def test_an_answer_survives_being_typed(data: st.DataObject) -> None:
    spec = data.draw(st.sampled_from(ALL_SPECS))
    answer, problems = codec.from_json(spec, data.draw(values(spec)), "x")
    if answer is None:  # a text such as "unknown"
        assert problems == []
        return
    assert isinstance(answer, Answer)
    assert codec.from_text(spec, codec.to_text(spec, answer), "x") == (answer, [])


@given(st.sampled_from(ALL_SPECS), st.text(max_size=60))
def test_any_text_is_an_answer_or_a_problem(spec: FieldSpec, text: str) -> None:
    answer, problems = codec.from_text(spec, text, "x")
    assert answer is None or not problems
    for problem in problems:
        problem.sentence.encode()
    if answer is not None and spec.kind == "text" and answer.state == "known":
        assert unicodedata.is_normalized("NFC", answer.raw)


scalars = st.none() | st.booleans() | st.integers() | st.decimals() | st.floats() | st.text()
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "unit", "rows", "titre", "state", "complete", "date"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
ALL_KINDS = ALL_SPECS + [spec for spec in field_specs(Patient).values() if spec.kind == "rows"]


@given(st.sampled_from(ALL_KINDS), anything)
def test_any_json_is_an_answer_or_a_problem(spec: FieldSpec, raw: Any) -> None:
    answer, problems = codec.from_json(spec, raw, "x")
    assert answer is None or not problems
    for problem in problems:
        problem.sentence.encode()
    if answer is not None:
        again, more = codec.from_json(spec, codec.to_json(spec, answer), "x")
        assert (again, more) == (answer, [])
