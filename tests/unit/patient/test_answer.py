"""An answer has a value exactly when it is known."""

import pytest
from pydantic import BaseModel, ValidationError

from nmosd_cds.patient.answer import Choice, Quantity, Score, Whole, YesNo
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient


@pytest.mark.parametrize("bad", [{}, {"value": True, "state": "not-done"}, {"state": "known"}])
def test_a_value_is_there_exactly_when_known(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="exactly when"):
        YesNo(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("model", "value"), [(YesNo, 1), (YesNo, "yes"), (Whole, True), (Whole, "1"), (Choice, 5)]
)
def test_nothing_is_turned_into_another_type(model: type[BaseModel], value: object) -> None:
    with pytest.raises(ValidationError):
        model(value=value)


@pytest.mark.parametrize("model", [Score, Quantity])
def test_a_number_is_finite(model: type[BaseModel]) -> None:
    from decimal import Decimal

    with pytest.raises(ValidationError):
        model(value=Decimal("NaN"))


def test_an_answer_cannot_be_changed() -> None:
    answer = YesNo(value=True)
    with pytest.raises(ValidationError, match="frozen"):
        answer.value = False  # type: ignore[misc]


def test_a_patient_takes_no_field_that_is_not_declared() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Patient(pregnnat=YesNo(value=True))  # type: ignore[call-arg]


def test_a_field_describes_itself_in_a_json_schema() -> None:
    schema = {}
    field_specs(Patient)["igg"](schema)
    field_specs(Patient)["aqp4_igg"](schema | {})
    described = {"title": "IgG", "description": "400 mg/dL are 4 g/L."}
    assert schema == described | {"x-units": ["g/L", "mg/dL"]}
    field_specs(Patient)["plegia"](schema)
    assert schema["x-choices"] == ["none", "paraplegia", "quadriplegia"]
    assert schema["description"] == "Cannot manage a walker for a few feet."


def test_a_free_id_is_its_own_label() -> None:
    spec = field_specs(Patient)["aqp4_igg"]
    assert spec.label_of("positive") == "Positive"
    assert spec.label_of("elisa") == "ELISA"
    assert spec.label_of("other-word") == "other-word"
