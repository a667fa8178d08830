"""The risk of long cytopenia from the blood, by points counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nmosd_cds.calculators.derived import Definitions, Known
from nmosd_cds.calculators.haematotoxicity import CAR_HEMATOTOX_RISK, POINTS
from nmosd_cds.calculators.scores.car_hematotox import car_hematotox
from nmosd_cds.logic.fact import Choices, Interval
from nmosd_cds.patient.case import read_patient, typed_patient
from nmosd_cds.patient.model import Setting

FINE: dict[str, Any] = {
    "platelets": {"value": "200", "unit": "10^9/L"},
    "neutrophils": {"value": "3", "unit": "10^9/L"},
    "haemoglobin": {"value": "120", "unit": "g/L"},
    "crp": {"value": "5", "unit": "mg/L"},
    "ferritin": {"value": "100", "unit": "ng/mL"},
}


def risk(**changes: Any) -> tuple[set[str], tuple[str, ...]]:
    told = {name: value for name, value in (FINE | changes).items() if value is not None}
    patient, problems = read_patient(typed_patient(told))
    assert not problems
    known = Known(patient, Setting(), Definitions(), date(2026, 11, 22))
    found = CAR_HEMATOTOX_RISK.compute(known)
    assert isinstance(found.possible, Choices)
    return set(found.possible.possible), found.missing


def test_no_point_is_low_and_two_are_high() -> None:
    assert risk() == ({"low"}, ())
    assert risk(platelets={"value": "60", "unit": "10^9/L"}) == ({"high"}, ())
    one = {"haemoglobin": {"value": "8.9", "unit": "g/dL"}}
    assert risk(**one) == ({"low"}, ())
    assert risk(**one, crp={"value": "3", "unit": "mg/dL"}) == ({"high"}, ())


def test_crp_in_the_wrong_unit_is_ten_times_too_small_and_makes_no_point() -> None:
    one = {"haemoglobin": {"value": "89", "unit": "g/L"}}
    assert risk(**one, crp={"value": "3", "unit": "mg/L"}) == ({"low"}, ())


def test_what_is_missing_is_not_normal() -> None:
    """Without ferritin nought to two points are open: 0 + 2 can still be high."""
    assert risk(ferritin=None) == ({"low", "high"}, ("ferritin",))
    blank = dict.fromkeys(FINE)
    assert risk(**blank) == ({"low", "high"}, tuple(POINTS))


def test_a_result_above_a_limit_settles_what_it_settles() -> None:
    assert risk(ferritin={"value": "2000", "comparator": ">", "unit": "ng/mL"})[0] == {"high"}
    # Between 650 and 2000 or above it: one point or two, so low or high.
    assert risk(ferritin={"value": "700", "comparator": ">", "unit": "ng/mL"}) == (
        {"low", "high"},
        ("ferritin",),
    )


@pytest.mark.parametrize("name", list(POINTS))
def test_the_regions_of_a_value_cover_every_number_once(name: str) -> None:
    regions = [region for _points, region in POINTS[name]]
    ends = {end for region in regions for end in (region.low, region.high) if end is not None}
    for end in ends:
        for number in (end - 1, end, end + 1):
            point = Interval.point(number)
            assert sum(point.narrows(region) for region in regions) == 1


@pytest.mark.parametrize("platelets", [40, 74, 75, 175, 176])
@pytest.mark.parametrize("crp", [0, 29, 30, 80])
@pytest.mark.parametrize("ferritin", [10, 650, 2000, 2001])
def test_the_fact_and_the_calculator_say_the_same(platelets: int, crp: int, ferritin: int) -> None:
    found, _missing = risk(
        platelets={"value": str(platelets), "unit": "10^9/L"},
        crp={"value": str(crp), "unit": "mg/L"},
        ferritin={"value": str(ferritin), "unit": "ng/mL"},
    )
    worked = car_hematotox(
        {
            "platelets_e9_l": platelets,
            "anc_per_ul": 3000,
            "hb_g_dl": 12.0,
            "crp_mg_dl": crp / 10,
            "ferritin_ng_ml": ferritin,
        }
    )
    assert found == {worked.result["risk"]}
