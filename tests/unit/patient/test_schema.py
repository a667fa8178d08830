"""The schema as a file of its own."""

import json
from typing import Any

import pytest
from builders import schema_accepts

from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.schema import _field, case_schema

PREFERENCES: dict[str, Any] = {
    "active": "patient",
    "sets": [
        {
            "owner": "patient",
            "on": "2026-11-15",
            "kind": "swing",
            "harms_seen": True,
            "weights": {"burden": 100},
        }
    ],
}


def test_the_schema_is_plain_json() -> None:
    schema = case_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_takes_preferences() -> None:
    schema = case_schema()
    case = {"schema_version": 1, "patient": {}, "preferences": PREFERENCES}
    assert schema_accepts(schema, case, schema)
    assert not schema_accepts(schema, case | {"preferences": {"sets": [{}]}}, schema)


@pytest.mark.parametrize(
    ("change", "is_legal"),
    [
        ({"weights": {"a": {"low": 40, "high": 70}}}, True),
        ({"weights": {"a": {"low": 40}}}, False),
        ({"weights": {"a": {"low": 40, "high": 101}}}, False),
        ({"weights": {"a": 101}}, False),
        ({"kind": "exact", "weights": {"a": 3, "b": 1}}, True),
        ({"kind": "ordinal", "order": ["a", ["b", "c"]]}, True),
        ({"kind": "ordinal", "order": ["a", []]}, False),
        ({"kind": "ordinal", "order": ["a", [["b"]]]}, False),
        ({"kind": "other"}, False),
    ],
)
def test_the_schema_takes_levels_ranges_and_exact_parts(change: dict, is_legal: bool) -> None:
    schema = case_schema()
    sets = [PREFERENCES["sets"][0] | change]
    case = {"schema_version": 1, "patient": {}, "preferences": {"sets": sets}}
    assert schema_accepts(schema, case, schema) is is_legal


def test_a_titre_has_its_shape() -> None:
    schema = _field(FieldSpec(name="titre", kind="titre", label="Titre"))
    for raw in ("1:320", ">1:1280", {"value": "1:320", "comparator": ">"}):
        assert schema_accepts(schema, raw, case_schema())
    assert not schema_accepts(schema, "320", case_schema())
