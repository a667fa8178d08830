"""The schema as a file of its own."""

import json

from builders import schema_accepts

from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.schema import _field, case_schema

PREFERENCES = {
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


def test_a_titre_has_its_shape() -> None:
    schema = _field(FieldSpec(name="titre", kind="titre", label="Titre"))
    for raw in ("1:320", ">1:1280", {"value": "1:320", "comparator": ">"}):
        assert schema_accepts(schema, raw, case_schema())
    assert not schema_accepts(schema, "320", case_schema())
