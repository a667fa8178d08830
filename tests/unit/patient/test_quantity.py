"""The table of units: conversions by hand."""

from decimal import Decimal

import pytest

from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.model import Patient
from nmosd_cds.patient.quantity import converter, reverses, spelt

D = Decimal


@pytest.mark.parametrize(
    ("value", "unit", "to", "substance", "converted"),
    [
        ("600", "mg/dL", "g/L", None, "6"),
        ("0.5", "mg/dL", "mg/L", None, "5"),
        ("12.5", "g/dL", "g/L", None, "125"),
        ("4500", "/uL", "10^9/L", None, "4.5"),
        ("7", "ug/L", "ng/mL", None, "7"),
        ("1", "mg/dL", "umol/L", "creatinine", "88.4"),
        ("1", "mg/dL", "umol/L", "bilirubin", "17.1"),
        ("0.1", "decimal", "logMAR", None, "1"),
        ("1", "decimal", "logMAR", None, "0"),
        ("61", "kg", "kg", None, "61"),
    ],
)
def test_a_value_in_the_first_unit(
    value: str, unit: str, to: str, substance: str | None, converted: str
) -> None:
    assert converter(unit, to, substance)(D(value)) == D(converted)


@pytest.mark.parametrize(("unit", "to"), [("kg", "cm"), ("mg/dL", "umol/L")])
def test_a_pair_that_is_not_in_the_table_is_refused(unit: str, to: str) -> None:
    with pytest.raises(ValueError, match="cannot be turned into"):
        converter(unit, to)


def test_only_acuity_turns_the_order_round() -> None:
    assert reverses("decimal", "logMAR")
    assert not reverses("mg/dL", "g/L")


def test_micro_is_spelt_out() -> None:
    assert spelt("umol/L") == "micromol/L"
    assert spelt("g/L") == "g/L"


@pytest.mark.parametrize(
    "spec", [s for s in field_specs(Patient).values() if s.units], ids=lambda s: s.name
)
def test_every_allowed_unit_turns_into_the_first(spec: FieldSpec) -> None:
    assert spec.unit is not None
    for unit in spec.units:
        assert converter(unit, spec.unit, spec.substance)(D(1)).is_finite()
