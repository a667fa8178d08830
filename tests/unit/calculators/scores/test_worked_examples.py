"""Every worked example of the dossier of calculators, as literal tables."""

from __future__ import annotations

import pytest

from nmosd_cds.calculators.scores import SCORES

BY_NAME = {score.name: score for score in SCORES}

EXAMPLES: tuple[tuple[str, dict[str, object], dict[str, object]], ...] = (
    (
        "hct_ci-v1",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 92,
            "fev1_percent": 95,
        },
        {"score": 0, "group": "low"},
    ),
    (
        "hct_ci-v2",
        {
            "ef_percent": 48,
            "bmi": 36.2,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 92,
            "fev1_percent": 95,
        },
        {"score": 2, "group": "intermediate"},
    ),
    (
        "hct_ci-v3",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 1.3,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 74,
            "fev1_percent": 95,
        },
        {"score": 3, "group": "high"},
    ),
    (
        "hct_ci-v4",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 3.0,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 60,
            "fev1_percent": 95,
        },
        {"score": 6, "group": "high"},
    ),
    (
        "hct_ci-v5",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 2.4,
            "dlco_percent": 92,
            "fev1_percent": 95,
            "diabetes_drug_treated": True,
            "psychiatric_treated": True,
        },
        {"score": 4, "group": "high"},
    ),
    (
        "hct_ci-v6",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 82,
            "fev1_percent": 81,
            "rheumatologic_listed": True,
        },
        {"score": 2, "group": "intermediate"},
    ),
    (
        "hct_ci-v7",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 92,
            "fev1_percent": 95,
            "prior_solid_tumour": True,
        },
        {"score": 3, "group": "high"},
    ),
    (
        "hct_ci-v8",
        {
            "ef_percent": 62,
            "bmi": 24,
            "bilirubin_xuln": 0.6,
            "ast_alt_xuln": 0.8,
            "creatinine_mg_dl": 0.8,
            "dlco_percent": 92,
            "fev1_percent": 95,
            "nonmelanoma_skin_cancer_only": True,
        },
        {"score": 0, "group": "low"},
    ),
    (
        "car_hematotox-v1",
        {
            "platelets_e9_l": 240,
            "anc_per_ul": 3500,
            "hb_g_dl": 13.0,
            "crp_mg_dl": 0.4,
            "ferritin_ng_ml": 90,
        },
        {"score": 0, "risk": "low"},
    ),
    (
        "car_hematotox-v2",
        {
            "platelets_e9_l": 150,
            "anc_per_ul": 2000,
            "hb_g_dl": 11.5,
            "crp_mg_dl": 1.0,
            "ferritin_ng_ml": 300,
        },
        {"score": 1, "risk": "low"},
    ),
    (
        "car_hematotox-v3",
        {
            "platelets_e9_l": 150,
            "anc_per_ul": 900,
            "hb_g_dl": 11.0,
            "crp_mg_dl": 1.0,
            "ferritin_ng_ml": 400,
        },
        {"score": 2, "risk": "high"},
    ),
    (
        "car_hematotox-v4",
        {
            "platelets_e9_l": 60,
            "anc_per_ul": 1500,
            "hb_g_dl": 10.0,
            "crp_mg_dl": 2.0,
            "ferritin_ng_ml": 500,
        },
        {"score": 2, "risk": "high"},
    ),
    (
        "car_hematotox-v5",
        {
            "platelets_e9_l": 200,
            "anc_per_ul": 2500,
            "hb_g_dl": 12.0,
            "crp_mg_dl": 4.5,
            "ferritin_ng_ml": 2500,
        },
        {"score": 3, "risk": "high"},
    ),
    (
        "car_hematotox-v6",
        {
            "platelets_e9_l": 40,
            "anc_per_ul": 500,
            "hb_g_dl": 7.5,
            "crp_mg_dl": 12.0,
            "ferritin_ng_ml": 5000,
        },
        {"score": 7, "risk": "high"},
    ),
    (
        "car_hematotox-v7",
        {
            "platelets_e9_l": 300,
            "anc_per_ul": 4000,
            "hb_g_dl": 8.4,
            "crp_mg_dl": 0.2,
            "ferritin_ng_ml": 700,
        },
        {"score": 2, "risk": "high"},
    ),
    ("astct_crs-v1", {"temp_c": 38.4, "hypotension": "none", "hypoxia": "none"}, {"grade": 1}),
    (
        "astct_crs-v2",
        {"temp_c": 39.0, "hypotension": "no_vasopressor", "hypoxia": "none"},
        {"grade": 2},
    ),
    ("astct_crs-v3", {"temp_c": 38.2, "hypotension": "none", "hypoxia": "low_flow"}, {"grade": 2}),
    (
        "astct_crs-v4",
        {"temp_c": 38.7, "hypotension": "one_vasopressor", "hypoxia": "low_flow"},
        {"grade": 3},
    ),
    (
        "astct_crs-v5",
        {"temp_c": 39.5, "hypotension": "multiple_vasopressors", "hypoxia": "none"},
        {"grade": 4},
    ),
    (
        "astct_crs-v6",
        {
            "temp_c": 37.2,
            "crs_fever_earlier": True,
            "antipyretic_or_anticytokine": True,
            "hypotension": "none",
            "hypoxia": "high_flow_or_mask",
        },
        {"grade": 3},
    ),
    ("astct_crs-v7", {"temp_c": 37.0, "hypotension": "none", "hypoxia": "none"}, {"grade": 0}),
    (
        "ice_score-v1",
        {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1},
        {"score": 10},
    ),
    (
        "ice_score-v2",
        {"orientation": 4, "naming": 3, "commands": 1, "writing": 0, "attention": 1},
        {"score": 9},
    ),
    (
        "ice_score-v3",
        {"orientation": 3, "naming": 3, "commands": 1, "writing": 0, "attention": 0},
        {"score": 7},
    ),
    (
        "ice_score-v4",
        {"orientation": 2, "naming": 2, "commands": 1, "writing": 0, "attention": 0},
        {"score": 5},
    ),
    (
        "ice_score-v5",
        {"orientation": 1, "naming": 1, "commands": 0, "writing": 0, "attention": 0},
        {"score": 2},
    ),
    (
        "ice_score-v6",
        {"orientation": 0, "naming": 0, "commands": 0, "writing": 0, "attention": 0},
        {"score": 0},
    ),
    ("astct_icans-v1", {"ice": 10}, {"grade": 0}),
    ("astct_icans-v2", {"ice": 8}, {"grade": 1}),
    ("astct_icans-v3", {"ice": 3, "seizure": "resolves"}, {"grade": 3}),
    ("astct_icans-v4", {"ice": 5, "consciousness": "awakens_to_voice"}, {"grade": 2}),
    (
        "astct_icans-v5",
        {"ice": 0, "consciousness": "normal", "note": "awake with global aphasia"},
        {"grade": 3},
    ),
    ("astct_icans-v6", {"ice": None, "consciousness": "unarousable"}, {"grade": 4}),
    ("astct_icans-v7", {"ice": 10, "icp": "focal_oedema"}, {"grade": 3}),
    (
        "ipnd_2015-v1",
        {"aqp4": "positive", "core": [{"type": "optic_neuritis"}], "alternatives_excluded": True},
        {"met": True, "branch": "aqp4_positive"},
    ),
    (
        "ipnd_2015-v2",
        {"aqp4": "positive", "core": [], "alternatives_excluded": True},
        {"met": False, "branch": "aqp4_positive"},
    ),
    (
        "ipnd_2015-v3",
        {
            "aqp4": "negative",
            "core": [
                {"type": "optic_neuritis", "mri_met": True},
                {"type": "myelitis", "mri_met": True},
            ],
            "alternatives_excluded": True,
        },
        {"met": True, "branch": "aqp4_negative"},
    ),
    (
        "ipnd_2015-v4",
        {
            "aqp4": "negative",
            "core": [{"type": "myelitis", "mri_met": True}],
            "alternatives_excluded": True,
        },
        {"met": False, "branch": "aqp4_negative"},
    ),
    (
        "ipnd_2015-v5",
        {
            "aqp4": "negative",
            "core": [{"type": "brainstem", "mri_met": True}, {"type": "cerebral", "mri_met": True}],
            "alternatives_excluded": True,
        },
        {"met": False, "branch": "aqp4_negative"},
    ),
    (
        "ipnd_2015-v6",
        {
            "aqp4": "unknown",
            "core": [
                {"type": "area_postrema", "mri_met": True},
                {"type": "optic_neuritis", "mri_met": True},
            ],
            "alternatives_excluded": True,
        },
        {"met": True, "branch": "aqp4_unknown"},
    ),
    (
        "ipnd_2015-v7",
        {
            "aqp4": "positive",
            "core": [{"type": "myelitis", "mri_met": False}],
            "alternatives_excluded": True,
        },
        {"met": True, "branch": "aqp4_positive"},
    ),
    (
        "ipnd_2015-v8",
        {
            "aqp4": "negative",
            "core": [
                {"type": "optic_neuritis", "mri_met": True},
                {"type": "myelitis", "mri_met": False},
            ],
            "alternatives_excluded": True,
        },
        {"met": False, "branch": "aqp4_negative"},
    ),
    (
        "mogad_2023-v1",
        {
            "core_event": ["optic_neuritis"],
            "mog": "clear_positive",
            "aqp4": "negative",
            "supporting": [],
            "alternatives_excluded": True,
        },
        {"met": True},
    ),
    (
        "mogad_2023-v2",
        {
            "core_event": ["optic_neuritis"],
            "mog": "low_positive",
            "aqp4": "negative",
            "supporting": ["optic_disc_oedema"],
            "alternatives_excluded": True,
        },
        {"met": True},
    ),
    (
        "mogad_2023-v3",
        {
            "core_event": ["optic_neuritis"],
            "mog": "low_positive",
            "aqp4": "negative",
            "supporting": [],
            "alternatives_excluded": True,
        },
        {"met": False},
    ),
    (
        "mogad_2023-v4",
        {
            "core_event": ["myelitis"],
            "mog": "low_positive",
            "aqp4": "positive",
            "supporting": ["longitudinally_extensive_myelitis"],
            "alternatives_excluded": True,
        },
        {"met": False},
    ),
    (
        "mogad_2023-v5",
        {
            "core_event": ["adem"],
            "mog": "serum_negative_csf_positive",
            "aqp4": "negative",
            "supporting": ["deep_grey_matter"],
            "alternatives_excluded": True,
        },
        {"met": True},
    ),
    (
        "mogad_2023-v6",
        {
            "core_event": ["myelitis"],
            "mog": "negative",
            "aqp4": "negative",
            "supporting": [],
            "alternatives_excluded": True,
        },
        {"met": False},
    ),
    (
        "mogad_2023-v7",
        {
            "core_event": ["optic_neuritis"],
            "mog": "clear_positive",
            "aqp4": "negative",
            "supporting": [],
            "alternatives_excluded": False,
        },
        {"met": False},
    ),
    ("edss-v1", {}, {"edss": 0.0}),
    ("edss-v2", {"pyramidal": 1}, {"edss": 1.0}),
    ("edss-v3", {"pyramidal": 1, "sensory": 1}, {"edss": 1.5}),
    ("edss-v4", {"pyramidal": 1, "sensory": 2}, {"edss": 2.0}),
    ("edss-v5", {"pyramidal": 2, "sensory": 2}, {"edss": 2.5}),
    ("edss-v6", {"pyramidal": 3, "sensory": 1}, {"edss": 3.0}),
    ("edss-v7", {"pyramidal": 2, "sensory": 2, "cerebellar": 2}, {"edss": 3.0}),
    ("edss-v8", {"pyramidal": 3, "sensory": 2}, {"edss": 3.5}),
    ("edss-v9", {"pyramidal": 3, "sensory": 3}, {"edss": 3.5}),
    ("edss-v10", {"visual": 6}, {"edss": 4.0}),
    ("edss-v11", {"pyramidal": 3, "sensory": 3, "bowel_bladder": 2}, {"edss": 4.0}),
    ("edss-v12", {"pyramidal": 3, "sensory": 3, "ambulation": 2}, {"edss": 4.5}),
    ("edss-v13", {"pyramidal": 3, "ambulation": 3}, {"edss": 5.0}),
    ("edss-v14", {"pyramidal": 4, "ambulation": 6}, {"edss": 6.0}),
    ("edss-v15", {"pyramidal": 4, "ambulation": 9}, {"edss": 6.5}),
    ("edss-v16", {"pyramidal": 4, "ambulation": 10}, {"edss": 7.0}),
    ("edss-v17", {"visual": 3}, {"edss": 2.0}),
    ("edss-v18", {"cerebral": 1}, {"edss": 0.0}),
    (
        "visual_fs-v1",
        {"worse_eye_decimal": 1.0, "better_eye_decimal": 1.0},
        {"visual_fs": 0, "converted": 0},
    ),
    (
        "visual_fs-v2",
        {"worse_eye_decimal": 0.8, "better_eye_decimal": 1.0},
        {"visual_fs": 1, "converted": 1},
    ),
    (
        "visual_fs-v3",
        {"worse_eye_decimal": 0.5, "better_eye_decimal": 1.0},
        {"visual_fs": 2, "converted": 2},
    ),
    (
        "visual_fs-v4",
        {"worse_eye_decimal": 0.3, "better_eye_decimal": 0.9},
        {"visual_fs": 3, "converted": 2},
    ),
    (
        "visual_fs-v5",
        {"worse_eye_decimal": 0.15, "better_eye_decimal": 0.8},
        {"visual_fs": 4, "converted": 3},
    ),
    (
        "visual_fs-v6",
        {"worse_eye_decimal": 0.05, "better_eye_decimal": 1.0},
        {"visual_fs": 5, "converted": 3},
    ),
    (
        "visual_fs-v7",
        {"worse_eye_decimal": 0.05, "better_eye_decimal": 0.2},
        {"visual_fs": 6, "converted": 4},
    ),
    (
        "arr-v1",
        {
            "start": "2023-01-01",
            "end": "2025-01-01",
            "onsets": ["2023-02-10", "2023-09-01", "2024-03-15", "2024-11-20"],
        },
        {"relapses": 4, "person_years": 2.001, "arr": 2.0},
    ),
    (
        "arr-v2",
        {"start": "2024-01-01", "end": "2025-01-01", "onsets": ["2024-03-01", "2024-03-21"]},
        {"relapses": 1, "person_years": 1.002, "arr": 1.0},
    ),
    (
        "arr-v3",
        {"start": "2024-01-01", "end": "2025-01-01", "onsets": ["2024-03-01", "2024-03-31"]},
        {"relapses": 1, "person_years": 1.002, "arr": 1.0},
    ),
    (
        "arr-v4",
        {"start": "2024-01-01", "end": "2025-01-01", "onsets": ["2024-03-01", "2024-04-01"]},
        {"relapses": 2, "person_years": 1.002, "arr": 2.0},
    ),
    (
        "arr-v5",
        {"relapses": 0, "person_years": 84.0},
        {"relapses": 0, "person_years": 84.0, "arr": 0.0, "ci95": [0.0, 0.04]},
    ),
    (
        "arr-v6",
        {"relapses": 20, "person_years": 46.9},
        {"relapses": 20, "person_years": 46.9, "arr": 0.43, "ci95": [0.26, 0.66]},
    ),
    (
        "arr-v7",
        {
            "patients": [
                {"relapses": 3, "person_years": 1.0},
                {"relapses": 0, "person_years": 3.0},
                {"relapses": 1, "person_years": 4.0},
            ]
        },
        {"relapses": 4, "person_years": 8.0, "arr": 0.5},
    ),
    (
        "edss_worsening-v1",
        {"baseline": 0, "followup": 1.5, "confirmed_weeks": 26},
        {"worsening": False, "sustained": False},
    ),
    (
        "edss_worsening-v2",
        {"baseline": 0, "followup": 2.0, "confirmed_weeks": 26},
        {"worsening": True, "sustained": True},
    ),
    (
        "edss_worsening-v3",
        {"baseline": 3.0, "followup": 4.0, "confirmed_weeks": 24},
        {"worsening": True, "sustained": True},
    ),
    (
        "edss_worsening-v4",
        {"baseline": 3.0, "followup": 4.0, "confirmed_weeks": 12},
        {"worsening": True, "sustained": False},
    ),
    (
        "edss_worsening-v5",
        {"baseline": 5.0, "followup": 5.5, "confirmed_weeks": 30},
        {"worsening": False, "sustained": False},
    ),
    (
        "edss_worsening-v6",
        {"baseline": 6.0, "followup": 6.5, "confirmed_weeks": 30},
        {"worsening": True, "sustained": True},
    ),
    ("relapse_activity-v1", {"months_before_reference": [2, 9]}, {"highly_active": True}),
    ("relapse_activity-v2", {"months_before_reference": [3, 14, 20]}, {"highly_active": True}),
    ("relapse_activity-v3", {"months_before_reference": [3, 14]}, {"highly_active": False}),
    ("relapse_activity-v4", {"months_before_reference": [13, 16, 22]}, {"highly_active": False}),
    ("relapse_activity-v5", {"months_before_reference": []}, {"highly_active": False}),
    ("relapse_activity-v6", {"months_before_reference": [1]}, {"highly_active": False}),
    (
        "cockcroft_gault-v1",
        {"age": 40, "sex": "F", "weight_kg": 60, "creatinine_mg_dl": 0.8},
        {"crcl_ml_min": 88.5},
    ),
    (
        "cockcroft_gault-v2",
        {"age": 50, "sex": "M", "weight_kg": 72, "creatinine_mg_dl": 1.0},
        {"crcl_ml_min": 90.0},
    ),
    (
        "cockcroft_gault-v3",
        {"age": 30, "sex": "F", "weight_kg": 55, "creatinine_mg_dl": 0.7},
        {"crcl_ml_min": 102.0},
    ),
    (
        "cockcroft_gault-v4",
        {"age": 68, "sex": "M", "weight_kg": 80, "creatinine_mg_dl": 2.0},
        {"crcl_ml_min": 40.0},
    ),
    (
        "cockcroft_gault-v5",
        {"age": 60, "sex": "F", "weight_kg": 50, "creatinine_mg_dl": 1.5},
        {"crcl_ml_min": 31.5},
    ),
    (
        "cockcroft_gault-v6",
        {"age": 20, "sex": "M", "weight_kg": 70, "creatinine_mg_dl": 1.0},
        {"crcl_ml_min": 116.7},
    ),
    (
        "approved_options_gate-v1",
        {
            "aqp4": "positive",
            "drugs": [
                {"drug": "azathioprine", "outcome": "failed_adequate"},
                {"drug": "mycophenolate", "outcome": "failed_adequate"},
            ],
        },
        {"status": "not_exhausted", "open_classes": ["c5", "b_cell", "il6r"]},
    ),
    (
        "approved_options_gate-v2",
        {"aqp4": "positive", "drugs": [{"drug": "rituximab", "outcome": "failed_adequate"}]},
        {"status": "not_exhausted", "open_classes": ["c5", "il6r"]},
    ),
    (
        "approved_options_gate-v3",
        {
            "aqp4": "positive",
            "drugs": [
                {"drug": "rituximab", "outcome": "failed_adequate"},
                {"drug": "eculizumab", "outcome": "failed_adequate"},
                {"drug": "satralizumab", "outcome": "intolerant"},
            ],
        },
        {"status": "exhausted", "open_classes": []},
    ),
    (
        "approved_options_gate-v4",
        {
            "aqp4": "positive",
            "drugs": [
                {"drug": "inebilizumab", "outcome": "failed_adequate"},
                {"drug": "satralizumab", "outcome": "failed_adequate"},
                {"drug": "ravulizumab", "outcome": "not_accessible"},
            ],
        },
        {"status": "access_limited", "open_classes": ["c5"]},
    ),
    (
        "approved_options_gate-v5",
        {
            "aqp4": "positive",
            "drugs": [
                {"drug": "rituximab", "outcome": "tried_not_adequate"},
                {"drug": "satralizumab", "outcome": "failed_adequate"},
                {"drug": "eculizumab", "outcome": "failed_adequate"},
            ],
        },
        {"status": "not_exhausted", "open_classes": ["b_cell"]},
    ),
    (
        "approved_options_gate-v6",
        {"aqp4": "negative", "drugs": [{"drug": "rituximab", "outcome": "failed_adequate"}]},
        {"status": "not_applicable_seronegative_or_unknown"},
    ),
)


@pytest.mark.parametrize(("name", "given", "expected"), EXAMPLES, ids=[one[0] for one in EXAMPLES])
def test_a_worked_example_gives_its_result(
    name: str, given: dict[str, object], expected: dict[str, object]
) -> None:
    result = BY_NAME[name.partition("-")[0]].compute(given).result
    assert {key: result.get(key) for key in expected} == expected


def test_every_score_has_worked_examples() -> None:
    assert {name.partition("-")[0] for name, _given, _expected in EXAMPLES} == set(BY_NAME)
