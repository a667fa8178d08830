"""Both sides of every limit, what is missing, and what is ambiguous."""

from __future__ import annotations

import pytest

from nmosd_cds.calculators.scores import SCORES, Worked
from nmosd_cds.calculators.scores.arr import poisson_interval
from nmosd_cds.calculators.scores.hct_ci import HISTORY

BY_NAME = {score.name: score for score in SCORES}
TESTED: dict[str, object] = {
    "ef_percent": 62, "bmi": 24, "bilirubin_xuln": 0.6, "ast_alt_xuln": 0.8,
    "creatinine_mg_dl": 0.8, "dlco_percent": 92, "fev1_percent": 95,
}  # fmt: skip
LABS: dict[str, object] = {
    "platelets_e9_l": 240, "anc_per_ul": 3500, "hb_g_dl": 13, "crp_mg_dl": 0.4,
    "ferritin_ng_ml": 90,
}  # fmt: skip
QUIET: dict[str, object] = {"hypotension": "none", "hypoxia": "none"}


def worked(name: str, /, **given: object) -> Worked:
    return BY_NAME[name].compute(given)


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"ef_percent": 50}, 1), ({"ef_percent": 50.1}, 0),
        ({"bmi": 35}, 0), ({"bmi": 35.1}, 1),
        ({"bilirubin_xuln": 1}, 0), ({"bilirubin_xuln": 1.5}, 1), ({"bilirubin_xuln": 1.51}, 3),
        ({"ast_alt_xuln": 2.5}, 1), ({"ast_alt_xuln": 2.6}, 3),
        ({"creatinine_mg_dl": 2}, 0), ({"creatinine_mg_dl": 2.01}, 2),
        ({"dlco_percent": 65}, 3), ({"dlco_percent": 65.5}, 2), ({"fev1_percent": 80}, 2),
        ({"fev1_percent": 80.1}, 0), ({"dlco_percent": 60, "fev1_percent": 70}, 3),
        ({"dyspnoea": "none"}, 0), ({"dyspnoea": "slight_activity"}, 2),
        ({"dyspnoea": "at_rest"}, 3),
        ({"dialysis": True, "renal_transplant": True}, 2), ({"cirrhosis": True}, 3),
        ({"chronic_hepatitis": True, "cirrhosis": True}, 3),
        ({"arrhythmia": True, "cardiac": True, "ef_percent": 40}, 2),
        ({"ibd": True, "cerebrovascular": True, "infection": True}, 3),
        ({"heart_valve": True, "peptic_ulcer": True, "oxygen": True}, 8),
    ],
)  # fmt: skip
def test_an_item_of_the_comorbidity_index(given: dict[str, object], score: int) -> None:
    assert worked("hct_ci", **{**TESTED, **given}).result["score"] == score


def test_a_missing_organ_test_is_not_normal() -> None:
    answer = worked("hct_ci", **{**TESTED, "dlco_percent": None})
    assert (
        answer.result["group"] == "indeterminate" and answer.result["score_with_worst_tests"] == 3
    )
    assert "dlco_percent" in answer.missing


def test_with_everything_answered_the_comorbidity_index_is_no_lower_bound() -> None:
    no = dict.fromkeys(HISTORY, False)
    answer = worked("hct_ci", **TESTED, **no, dyspnoea="none")
    assert answer.missing == () and answer.result["is_lower_bound"] is False


def test_a_missing_test_cannot_lower_a_high_group() -> None:
    assert worked("hct_ci", prior_solid_tumour=True).result["group"] == "high"


def test_exactly_65_percent_names_both_sources() -> None:
    said = worked("hct_ci", **{**TESTED, "fev1_percent": 65}).warnings
    assert any("below 65 %" in warning for warning in said)
    said = worked("hct_ci", **{**TESTED, "fev1_percent": 65.1}).warnings
    assert not any("below 65 %" in warning for warning in said)


def test_a_listed_rheumatic_disease_asks_about_sjogren() -> None:
    said = worked("hct_ci", **TESTED, rheumatologic_listed=True).warnings
    assert any("Sj" in warning for warning in said)


def test_a_skin_cancer_alone_answers_the_question_of_a_tumour() -> None:
    assert "prior_solid_tumour" not in worked("hct_ci", nonmelanoma_skin_cancer_only=True).missing


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"platelets_e9_l": 175.1}, 0), ({"platelets_e9_l": 175}, 1), ({"platelets_e9_l": 75}, 1),
        ({"platelets_e9_l": 74}, 2), ({"ferritin_ng_ml": 649}, 0), ({"ferritin_ng_ml": 650}, 1),
        ({"ferritin_ng_ml": 2000}, 1), ({"ferritin_ng_ml": 2001}, 2), ({"anc_per_ul": 1199}, 1),
        ({"hb_g_dl": 8.9}, 1), ({"crp_mg_dl": 3.1}, 1), ({"crp_mg_dl": 2.9}, 0),
    ],
)  # fmt: skip
def test_a_laboratory_value_of_car_hematotox(given: dict[str, object], score: int) -> None:
    assert worked("car_hematotox", **{**LABS, **given}).result["score"] == score


def test_car_hematotox_says_that_it_is_not_validated_here_and_which_unit_it_reads() -> None:
    said = " ".join(worked("car_hematotox").warnings)
    assert "not validated in autoimmune disease" in said and "mg/dL" in said


def test_a_value_on_a_limit_of_car_hematotox_is_said() -> None:
    said = worked("car_hematotox", **{**LABS, "crp_mg_dl": 3.0}).warnings
    assert any(warning.startswith("crp_mg_dl stands exactly") for warning in said)


def test_neutrophils_in_the_other_unit_are_asked_about() -> None:
    said = worked("car_hematotox", **{**LABS, "anc_per_ul": 3.5}).warnings
    assert any("10^9/L?" in warning for warning in said)


def test_a_missing_laboratory_value_leaves_the_score_open() -> None:
    answer = worked("car_hematotox", **{**LABS, "ferritin_ng_ml": None})
    assert answer.result == {
        "score": "indeterminate", "risk": "indeterminate",
        "score_at_least": 0, "score_at_most": 2,
    }  # fmt: skip
    assert answer.missing == ("ferritin_ng_ml",)


def test_a_high_risk_stays_high_whatever_is_missing() -> None:
    assert worked("car_hematotox", platelets_e9_l=60).result["risk"] == "high"


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ({"temp_c": 38.0, **QUIET}, 1), ({"temp_c": 37.9, **QUIET}, 0),
        ({"temp_c": 38, "hypotension": "none"}, "indeterminate"),
        ({"temp_c": 38, "hypotension": "multiple_vasopressors"}, 4),
        ({"temp_c": 37, "hypoxia": "low_flow", "hypotension": "none"}, "indeterminate"),
        ({"temp_c": 37, "hypoxia": "low_flow", "crs_fever_earlier": False}, 0),
        (QUIET, "indeterminate"), ({"death_from_crs": True}, 5),
    ],
)  # fmt: skip
def test_a_grade_of_cytokine_release(given: dict[str, object], grade: object) -> None:
    assert worked("astct_crs", **given).result["grade"] == grade


def test_an_open_grade_has_its_limits() -> None:
    result = worked("astct_crs", temp_c=38, hypotension="no_vasopressor").result
    assert (result["grade_at_least"], result["grade_at_most"]) == (2, 4)


def test_the_ice_score_is_read_against_the_baseline() -> None:
    full = {"orientation": 4, "naming": 3, "commands": 1, "writing": 0, "attention": 1}
    assert worked("ice_score", **full, baseline_ice=9).result == {"score": 9, "below_baseline": 0}
    assert worked("ice_score", naming=3).result == {
        "score": "indeterminate", "score_at_least": 3, "score_at_most": 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ({"ice": 9}, 1), ({"ice": 7}, 1), ({"ice": 6}, 2), ({"ice": 3}, 2), ({"ice": 2}, 3),
        ({"ice": 10, "motor": "new_deep_weakness"}, 4),
        ({"ice": 10, "consciousness": "awakens_spontaneously"}, 1),
        ({"consciousness": "normal"}, "indeterminate"), ({"seizure": "resolves"}, "indeterminate"),
        ({"seizure": "resolves", "consciousness": "normal"}, 3),
        ({"seizure": "prolonged_or_repetitive"}, 4), ({}, "indeterminate"),
    ],
)  # fmt: skip
def test_a_grade_of_neurotoxicity(given: dict[str, object], grade: object) -> None:
    assert worked("astct_icans", **given).result["grade"] == grade


def test_a_score_no_lower_than_the_baseline_is_said() -> None:
    assert any("own 8" in one for one in worked("astct_icans", ice=8, baseline_ice=8).warnings)
    assert not any("own 8" in one for one in worked("astct_icans", ice=7, baseline_ice=8).warnings)


SYSTEMS = ("pyramidal", "cerebellar", "brainstem", "sensory", "visual", "bowel_bladder", "cerebral")
GRADE_BEFORE = {
    "visual": {1: 1, 2: 2, 3: 4, 4: 6},
    "bowel_bladder": {1: 1, 2: 2, 3: 3, 4: 5, 5: 6},
}


@pytest.mark.parametrize(
    ("converted", "step"),
    [
        ((5,), 5.0), ((4, 4), 5.0), ((4, 1, 1), 4.0), ((4, 3), 4.5), ((4, 3, 3, 2), 4.5),
        ((3,) * 7, 5.0), ((3,) * 6, 5.0), ((3,) * 5, 4.5), ((3,) * 4, 4.0), ((3,) * 3, 4.0),
        ((3, 3, 2), 4.0), ((3, 3, 1), 3.5), ((3, 2, 2, 2), 4.0), ((3, 2, 2), 3.5), ((3, 2), 3.5),
        ((3, 1), 3.0), ((2,) * 7, 4.0), ((2,) * 6, 4.0), ((2,) * 5, 3.5), ((2,) * 4, 3.0),
        ((2,) * 3, 3.0), ((2, 2), 2.5), ((2, 1), 2.0), ((1, 1, 1), 1.5), ((1,), 1.0), ((), 0.0),
        ((4, 2), "indeterminate"), ((4, 3, 3, 3), "indeterminate"), ((6,), "indeterminate"),
    ],
)  # fmt: skip
def test_a_step_from_systems(converted: tuple[int, ...], step: object) -> None:
    given = {
        name: GRADE_BEFORE.get(name, {}).get(grade, grade)
        for name, grade in zip(SYSTEMS, converted, strict=False)
    }
    assert worked("edss", **given).result["edss"] == step


def test_an_ambiguous_step_names_its_candidates_unless_ambulation_settles_it() -> None:
    answer = worked("edss", pyramidal=4, sensory=2, ambulation=0)
    assert answer.result["candidates"] == [4.0, 4.5]
    assert any("Sources disagree" in warning for warning in answer.warnings)
    assert worked("edss", pyramidal=4, sensory=2, ambulation=2).result["edss"] == 4.5


@pytest.mark.parametrize(
    ("level", "reading", "step"),
    [(1, "neurostatus", 2.0), (1, "kurtzke", 4.0), (2, None, 4.5), (0, None, 0.0), (5, None, 6.0)],
)
def test_ambulation_sets_a_floor_by_the_reading(
    level: int, reading: str | None, step: float
) -> None:
    assert worked("edss", ambulation=level, reading=reading).result["edss"] == step


def test_a_step_below_a_system_is_said() -> None:
    said = worked("edss", pyramidal=6, ambulation=3).warnings
    assert any("below a functional system" in warning for warning in said)


def test_ambulation_that_fixes_the_step_needs_no_system() -> None:
    assert worked("edss", ambulation=6).result == {"edss": 6.0, "is_lower_bound": False}


@pytest.mark.parametrize(
    ("acuity", "grade"),
    [
        (1.0, 0), (0.99, 1), (0.68, 1), (0.67, 2), (0.34, 2), (0.336, 2), (0.333, 3), (0.33, 3),
        (0.21, 3), (0.2, 4), (0.1, 4), (0.099, 5), (0, 5),
    ],
)  # fmt: skip
def test_a_visual_grade(acuity: float, grade: int) -> None:
    answer = worked("visual_fs", worse_eye_decimal=acuity, better_eye_decimal=1.2)
    assert answer.result["visual_fs"] == grade


def test_the_better_eye_raises_at_one_third() -> None:
    for better, grade in ((0.33, 4), (0.34, 3)):
        answer = worked("visual_fs", worse_eye_decimal=0.3, better_eye_decimal=better)
        assert answer.result["visual_fs"] == grade


def test_an_unknown_better_eye_matters_only_from_grade_three() -> None:
    assert worked("visual_fs", worse_eye_decimal=0.5).result["visual_fs"] == 2
    assert worked("visual_fs", worse_eye_decimal=0.15).result == {
        "visual_fs": "indeterminate", "converted": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("k", "low", "high"),
    # Printed tables of exact limits (Garwood 1936).
    [
        (0, 0, 3.689), (1, 0.0253, 5.572), (4, 1.090, 10.242), (10, 4.795, 18.390),
        (20, 12.217, 30.888),
    ],
)  # fmt: skip
def test_the_exact_interval(k: int, low: float, high: float) -> None:
    assert poisson_interval(k) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=1e-3))


def test_a_short_window_is_unstable_and_one_that_starts_at_a_relapse_says_so() -> None:
    answer = worked("arr", start="2024-01-01", end="2024-03-01", onsets=["2024-01-01"])
    assert answer.result["is_unstable"] is True and len(answer.warnings) == 2


def test_only_relapses_that_begin_in_the_window_count() -> None:
    onsets = ["2023-12-20", "2024-01-05", "2024-06-01", "2025-03-01"]
    answer = worked("arr", start="2024-01-01", end="2025-01-01", onsets=onsets)
    assert answer.result["relapses"] == 1


def test_a_half_given_shape_of_relapses_is_missing() -> None:
    assert worked("arr", relapses=2).missing == ("person_years",)


def test_worsening_without_a_confirmation_is_not_known_to_last() -> None:
    answer = worked("edss_worsening", baseline=5, followup=6)
    assert answer.result == {"worsening": True, "sustained": "indeterminate"}


@pytest.mark.parametrize(
    ("months", "is_active"),
    [([12, 12], True), ([12, 12.1], False), ([12, 24, 24], True), ([12, 24, 24.1], False)],
)
def test_highly_active_disease(months: list[float], is_active: bool) -> None:
    answer = worked("relapse_activity", months_before_reference=months)
    assert answer.result["highly_active"] is is_active


def test_creatinine_in_the_other_unit() -> None:
    answer = worked("cockcroft_gault", age=50, sex="M", weight_kg=72, creatinine_umol_l=88.4)
    assert answer.result["crcl_ml_min"] == 90.0 and answer.missing == ()


@pytest.mark.parametrize(
    ("aqp4", "core", "met"),
    [
        ("positive", [("brainstem", None)], True), ("positive", [("cerebral", False)], False),
        ("positive", [("cerebral", None)], "indeterminate"),
        ("positive", None, "indeterminate"), ("negative", None, "indeterminate"),
        ("negative", [("myelitis", True), ("myelitis", True)], False),
        ("negative", [("myelitis", True), ("myelitis", None), ("cerebral", True)], True),
        ("negative", [("myelitis", True), ("cerebral", None)], "indeterminate"),
        (None, [("myelitis", True)], "indeterminate"), (None, [], False),
        (None, [("myelitis", True), ("area_postrema", True)], True),
    ],
)  # fmt: skip
def test_the_criteria_of_2015(
    aqp4: str | None, core: list[tuple[str, bool | None]] | None, met: object
) -> None:
    rows = None if core is None else [{"type": kind, "mri_met": mri} for kind, mri in core]
    assert (
        worked("ipnd_2015", aqp4=aqp4, core=rows, alternatives_excluded=True).result["met"] == met
    )


def test_alternatives_not_known_to_be_excluded_leave_the_criteria_open() -> None:
    rows = [{"type": "myelitis"}]
    assert worked("ipnd_2015", aqp4="positive", core=rows).result["met"] == "indeterminate"


def mogad(**given: object) -> Worked:
    known = {
        "core_event": ["optic_neuritis"], "mog": "low_positive", "aqp4": "negative",
        "supporting": ["conus_lesion"], "alternatives_excluded": True,
    }  # fmt: skip
    return worked("mogad_2023", **{**known, **given})


def test_two_positive_antibodies_are_tested_again() -> None:
    answer = mogad(mog="clear_positive", aqp4="positive")
    assert answer.result == {"met": "indeterminate", "is_dual_positive": True}
    assert any("test both again" in warning for warning in answer.warnings)


def test_a_serostatus_of_aqp4_that_is_unknown_is_not_negative() -> None:
    assert mogad(aqp4="unknown").result["met"] is False
    assert mogad(aqp4=None).result["met"] == "indeterminate"


def test_a_feature_of_another_event_is_said() -> None:
    assert any("another event" in warning for warning in mogad().warnings)
    assert mogad(core_event=["myelitis"]).warnings == ()


def gate(*drugs: tuple[str, str]) -> Worked:
    rows = [{"drug": drug, "outcome": outcome} for drug, outcome in drugs]
    return worked("approved_options_gate", aqp4="positive", drugs=rows)


def test_a_drug_of_the_same_class_that_is_untried_is_named() -> None:
    said = gate(("rituximab", "failed_adequate")).warnings
    assert any("inebilizumab of the same class is untried" in warning for warning in said)
    both = gate(("rituximab", "failed_adequate"), ("inebilizumab", "intolerant")).warnings
    assert not any("same class" in warning for warning in both)


def test_a_class_out_of_reach_and_one_untried_is_not_exhausted() -> None:
    answer = gate(("eculizumab", "not_accessible"), ("rituximab", "contraindicated"))
    assert answer.result["status"] == "not_exhausted"
    assert answer.result["open_classes"] == ["c5", "il6r"]


def test_no_list_of_drugs_says_nothing() -> None:
    answer = worked("approved_options_gate", aqp4="positive")
    assert answer.result == {"status": "indeterminate"} and answer.missing == ("drugs",)
