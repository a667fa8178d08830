"""What a case answers of a score: exact values in the score's units, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from nmosd_cds.calculators.scores import SCORES, Score
from nmosd_cds.calculators.scores.taken import taken
from nmosd_cds.errors import CdsError
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import read_patient, typed_patient
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient

ON = date(2026, 11, 22)
BY_NAME = {score.name: score for score in SCORES}


def of(score: str, told: dict[str, Any]) -> dict[str, object]:
    patient, problems = read_patient(typed_patient(told))
    assert not problems, problems
    return taken(BY_NAME[score], patient, on=ON)


def test_laboratory_values_are_turned_into_the_units_of_the_score() -> None:
    """4 x 10^9/L are 4000 per microlitre, 120 g/L are 12 g/dL, 30 mg/L are 3 mg/dL."""
    found = of(
        "car_hematotox",
        {
            "platelets": {"value": "210", "unit": "10^9/L"},
            "neutrophils": {"value": "4", "unit": "10^9/L"},
            "haemoglobin": {"value": "120", "unit": "g/L"},
            "crp": {"value": "30", "unit": "mg/L"},
            "ferritin": {"value": "55", "unit": "ug/L"},
        },
    )
    assert found == {
        "platelets_e9_l": 210.0,
        "anc_per_ul": 4000.0,
        "hb_g_dl": 12.0,
        "crp_mg_dl": 3.0,
        "ferritin_ng_ml": 55.0,
    }


def test_a_limit_is_no_value() -> None:
    assert of("car_hematotox", {"crp": {"value": "0.5", "comparator": "<", "unit": "mg/L"}}) == {}
    assert of("car_hematotox", {"crp": {"state": "not-done"}}) == {}


def test_creatinine_age_sex_and_weight_make_a_clearance() -> None:
    """(140 - 40) x 60 / (72 x 1) x 0.85 = 70.8; 88.4 micromol/L is 1 mg/dL."""
    found = of(
        "cockcroft_gault",
        {
            "birth_date": "1986-11-22",
            "sex": "female",
            "weight": {"value": "60", "unit": "kg"},
            "creatinine": {"value": "1", "unit": "mg/dL"},
        },
    )
    assert found == {"age": 40, "sex": "F", "weight_kg": 60.0, "creatinine_umol_l": 88.4}
    assert BY_NAME["cockcroft_gault"].compute(found).result == {"crcl_ml_min": 70.8}


@pytest.mark.parametrize(("born", "age"), [("1986-11", None), ("1986", None), ("1986-11-23", 39)])
def test_an_age_is_taken_only_where_the_birth_date_leaves_one(born: str, age: int | None) -> None:
    assert of("cockcroft_gault", {"birth_date": born}).get("age") == age


def test_the_body_mass_index_needs_weight_and_height() -> None:
    """80 kg at 160 cm: 80 / 1.6^2 = 31.25, printed 31.2."""
    weight = {"weight": {"value": "80", "unit": "kg"}}
    assert "bmi" not in of("hct_ci", weight)
    assert of("hct_ci", weight | {"height": {"value": "160", "unit": "cm"}})["bmi"] == 31.2


def test_acuity_is_that_of_the_newest_row_in_decimals() -> None:
    rows = [
        {"date": "2026-01-01", "right": {"value": "0", "unit": "logMAR"}},
        {
            "date": "2026-10-01",
            "right": {"value": "1", "unit": "logMAR"},
            "left": {"value": "0.5", "unit": "decimal"},
        },
    ]
    found = of("visual_fs", {"acuity_series": {"rows": rows}})
    assert found == {"worse_eye_decimal": 0.1, "better_eye_decimal": 0.5}
    assert of("visual_fs", {"acuity_series": {"rows": rows[:1]}}) == {}


def test_relapses_are_taken_only_from_a_complete_list_of_whole_days() -> None:
    rows = [{"onset": "2026-05-22"}, {"onset": "2025-11-22"}]
    whole = {"attacks": {"complete_since": "2024-11-01", "rows": rows}}
    assert of("arr", whole) == {
        "start": "2024-11-01",
        "end": "2026-11-22",
        "onsets": ["2025-11-22", "2026-05-22"],
    }
    # 365 days / 30.4375 = 12.0 and 184 / 30.4375 = 6.0 months.
    assert of("relapse_activity", whole) == {"months_before_reference": [12.0, 6.0]}
    assert of("arr", {"attacks": {"rows": rows}}) == {}
    vague = {"complete_since": "2024-11-01", "rows": [{"onset": "2026-05"}]}
    assert of("arr", {"attacks": vague}) == {}
    short = {"complete_since": "2025-11-01", "rows": rows}
    assert "months_before_reference" not in of("relapse_activity", {"attacks": short})


def test_serology_and_yes_or_no_are_taken_as_words() -> None:
    told = {"aqp4_igg": {"value": "positive"}, "alternatives_excluded": True}
    assert of("ipnd_2015", told) == {"aqp4": "positive", "alternatives_excluded": True}


def test_every_field_that_answers_an_input_exists_and_every_filled_field_too() -> None:
    fields = set(field_specs(Patient))
    assert {one.field for score in SCORES for one in score.inputs if one.field} <= fields
    assert {score.fills[1] for score in SCORES if score.fills} <= fields


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
def test_what_is_taken_is_a_legal_input_unless_the_person_is_too_young(score: Score) -> None:
    for path in sorted(examples_folder().glob("*.json")):
        found = taken(score, read_case(path).patient, on=ON)
        try:
            score.compute(json.loads(json.dumps(found)))
        except CdsError as error:
            assert [problem.where for problem in error.problems] == ["age"]
            assert int(str(found["age"])) < 18
