"""Wrong inputs: each is one problem, and all are said at once."""

from decimal import Decimal

import pytest

from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.errors import CdsError

BY_NAME = {score.name: score for score in SCORES}
WRONG: tuple[tuple[str, dict[str, object], str], ...] = (
    ("hct_ci", {"bmi": 7.9}, "out of range"),
    ("hct_ci", {"bmi": True}, "is not a number"),
    ("hct_ci", {"bmi": float("nan")}, "out of range"),
    ("hct_ci", {"bmi": 10**400}, "out of range"),
    ("hct_ci", {"ibd": 1}, "is not true or false"),
    ("hct_ci", {"dyspnoea": "at_rst"}, "Did you mean at_rest"),
    ("hct_ci", {"prior_solid_tumour": True, "nonmelanoma_skin_cancer_only": True}, "contradicts"),
    ("hct_ci", {"zzzz": 1}, "is not an input here"),
    ("car_hematotox", {"hb_g_dl": 130}, "out of range"),
    ("car_hematotox", {"crp_mg_dl": 61}, "out of range"),
    ("astct_crs", {"temp_c": 101}, "out of range"),
    ("ice_score", {"orientation": 5}, "out of range"),
    ("ice_score", {"naming": 2.5}, "is not a whole number"),
    ("astct_icans", {"ice": 11}, "out of range"),
    ("astct_icans", {"note": 1}, "is not text"),
    ("edss", {"visual": 7}, "out of range"),
    ("edss", {"brainstem": 6}, "out of range"),
    ("edss", {"ambulation": 17}, "out of range"),
    ("visual_fs", {"worse_eye_decimal": 0.5, "better_eye_decimal": 0.4}, "is more than"),
    ("arr", {"start": "2024-02-30"}, "is not a day"),
    ("arr", {"start": "2024-02"}, "is not a day"),
    ("arr", {"onsets": ["2024-02-01", 3]}, "is not a day"),
    ("arr", {"start": "2024-02-01", "end": "2024-02-01"}, "is not after"),
    ("arr", {"relapses": 1, "person_years": 0}, "more than 0"),
    ("arr", {"relapses": 1, "start": "2024-02-01"}, "does not go with start"),
    ("arr", {"patients": []}, "is empty"),
    ("arr", {"patients": [{"relapses": 1}]}, r"patients\[1\].person_years: is missing"),
    ("arr", {"patients": {}}, "is not a list"),
    ("edss_worsening", {"baseline": 0.5}, "is not a step"),
    ("edss_worsening", {"followup": 3.2}, "is not a step"),
    ("relapse_activity", {"months_before_reference": [-1]}, "out of range"),
    ("relapse_activity", {"months_before_reference": 1}, "is not a list"),
    ("cockcroft_gault", {"age": 17}, "out of range"),
    ("cockcroft_gault", {"sex": "f"}, "F, M"),
    ("cockcroft_gault", {"creatinine_mg_dl": 1, "creatinine_umol_l": 88}, "other unit"),
    ("ipnd_2015", {"core": [{"mri_met": True}]}, "is missing"),
    ("ipnd_2015", {"core": ["myelitis"]}, "is not an object"),
    ("mogad_2023", {"core_event": ["optic_neuritus"]}, "Did you mean optic_neuritis"),
    ("approved_options_gate", {"drugs": [{"drug": "rituximap"}]}, "Did you mean rituximab"),
)


@pytest.mark.parametrize(("name", "given", "sentence"), WRONG)
def test_a_wrong_input_is_said(name: str, given: dict[str, object], sentence: str) -> None:
    with pytest.raises(CdsError, match=sentence):
        BY_NAME[name].compute(given)


def test_every_wrong_input_is_said_at_once() -> None:
    with pytest.raises(CdsError) as caught:
        BY_NAME["hct_ci"].compute({"bmi": 1, "ibd": 3, "nothing": 1})
    assert [problem.where for problem in caught.value.problems] == ["bmi", "ibd", "nothing"]


def test_a_decimal_is_a_number() -> None:
    given = {"worse_eye_decimal": Decimal("0.3"), "better_eye_decimal": Decimal("0.9")}
    assert BY_NAME["visual_fs"].compute(given).result["visual_fs"] == 3


def test_a_name_with_hidden_signs_or_endless_length_is_told_on_one_short_line() -> None:
    for name in ("\x1b[31mred\nage", "\u202eega", "k" * 1_000_000, "9" * 5000):
        with pytest.raises(CdsError) as caught:
            BY_NAME["arr"].compute({name: 1})
        said = str(caught.value)
        assert said.isprintable()
        assert len(said) < 250


@pytest.mark.parametrize(
    "raw",
    [{f"k{number}": 1 for number in range(50_000)}, {"onsets": ["x"] * 50_000}],
    ids=["names", "days"],
)
def test_of_many_problems_the_first_are_told_and_the_rest_counted(raw: object) -> None:
    with pytest.raises(CdsError) as caught:
        BY_NAME["arr"].compute(raw)
    assert len(caught.value.problems) == 101
    assert "more problems" in str(caught.value)
