"""Engineered cells: key figures by hand from the dossier, overlaps, misprints, the reading list."""

from decimal import Decimal
from pathlib import Path

import pytest

from nmosd_cds import paths
from nmosd_cds.evidence.read import ReadEntry
from nmosd_cds.evidence.study import Arm, Figure, Guideline, Study, Trial
from nmosd_cds.knowledge.load import parse_knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.printed import loose_ends, misprints_of
from nmosd_cds.strict_yaml import parse, read_yaml_text

EVIDENCE = Path(__file__).parents[2] / "resources" / "evidence"

# Every entry of the dossier on engineered cells, and of the second reading that concerns them.
READ = """
qin-2023 qin-2024-sciimmunol nct04561557-expansion iaso-ind-nmosd-2022 nct05828212 nct03605238
nct06561009-baffr nct07275736-cnct19 rd06-05-ucart nmosd-dual-cd19-bcma-gap zubizarreta-2019
tolervit-ms mogad-cd19-2024 pms-bcma-cell-2025 ms-kyv101-2024 nct06451159-kyv101-pms kysa-8-sps
kysa-6-mg mg-001-descartes08 chahin-2025 imnm-bcma-pnas dagla-kyv101 muller-2024-nejm
sle-sr-2025-145 sle-pooled-47 ad-sr-80 licats-2025 sheba-poc-2025 cd19-relapse-bcma-rescue-2025
allo-tyu19-cell-2024 allo-sle-wang-2025 yts109-2025 hn2301-invivo qn139b-carnk konitsioti-2024
greco-2024-ebmt graham-2025-ebmt-nonicans fda-2024-2025-class-actions faers-spm-2024
ciraes-bcma-2026 cilta-real-world bcma-infection-2022 astct-2019 car-hematotox icaht-2023
prophylaxis-tables monitoring-window-475 ebmt-fertility-2025 ucart-cd19-bcma-ad-protocol
rjmty19-protocol nci-cart-safety-criteria santomasso-2023-neuro-workup banerjee-driving-2024
cn-cart-nad-consensus-2025 cart-autoimmune-sr-131-2025 sle-overlap-controlled-2026
nxi-cart-review-2026 wen-2026-review
""".split()
# study, arm, figure, count, of, flag.
COUNTS = [
    ("qin-2023", "all", "relapse_free", 11, 12, "seen"),
    ("qin-2023", "all", "infection", 7, 12, "seen"),
    ("qin-2023", "all", "anaemia_grade_3", 6, 12, "memory"),
    ("mogad-cd19-2024", "all", "relapse_free", 1, 1, "memory"),
    ("pms-bcma-cell-2025", "all", "cytopenia_grade_3", 5, 5, "seen"),
    ("pms-bcma-cell-2025", "all", "icans_any", 0, 5, "seen"),
    ("pms-bcma-cell-2025", "all", "serious_infection", 0, 5, "seen"),
    ("pms-bcma-cell-2025", "all", "improved_disability", 5, 5, "seen"),
    ("kysa-8-sps", "all", "severe_crs_or_icans", 0, 26, "seen"),
    ("mg-001-descartes08", "all", "dose_limiting_toxicity", 0, 14, "seen"),
    ("mg-001-descartes08", "all", "crs_any", 0, 14, "seen"),
    ("mg-001-descartes08", "all", "icans_any", 0, 14, "seen"),
    ("chahin-2025", "all", "improved", 7, 7, "seen"),
    ("chahin-2025", "all", "significant_toxicity", 0, 7, "seen"),
    ("imnm-bcma-pnas", "all", "improved", 1, 1, "seen"),
    ("dagla-kyv101", "all", "improved", 1, 1, "seen"),
    ("muller-2024-nejm", "all", "off_drugs", 15, 15, "seen"),
    ("muller-2024-nejm", "all", "doris", 8, 8, "seen"),
    ("muller-2024-nejm", "all", "crs_grade_1", 10, 15, "seen"),
    ("muller-2024-nejm", "all", "crs_grade_2", 1, 15, "seen"),
    ("muller-2024-nejm", "all", "icans_grade_1", 1, 15, "seen"),
    ("muller-2024-nejm", "all", "pneumonia", 1, 15, "seen"),
    ("sle-sr-2025-145", "all", "crs_any", 81, 145, "seen"),
    ("sle-sr-2025-145", "all", "crs_grade_3", 1, 81, "seen"),
    ("sle-sr-2025-145", "all", "icans_any", 4, 145, "seen"),
    ("sle-sr-2025-145", "all", "serious_infection", 11, 145, "seen"),
    ("sle-sr-2025-145", "all", "doris", 45, 64, "seen"),
    ("sle-sr-2025-145", "all", "lldas", 50, 56, "seen"),
    ("sle-pooled-47", "all", "icans_any", 1, 47, "seen"),
    ("ad-sr-80", "all", "off_drugs", 80, 80, "seen"),
    ("ad-sr-80", "all", "neurotoxicity", 4, 80, "seen"),
    ("ad-sr-80", "all", "treatment_related_death", 0, 80, "seen"),
    ("sle-overlap-controlled-2026", "all", "response", 45, 45, "seen"),
    ("licats-2025", "all", "licats", 30, 39, "seen"),
    ("sheba-poc-2025", "higher-dose", "crs_grade_4", 1, 1, "memory"),
    ("cd19-relapse-bcma-rescue-2025", "cd19", "first_relapse", 1, 1, "seen"),
    ("cd19-relapse-bcma-rescue-2025", "cd19", "no_expansion", 1, 1, "seen"),
    ("cd19-relapse-bcma-rescue-2025", "bcma", "off_drugs", 1, 1, "seen"),
    ("allo-tyu19-cell-2024", "all", "remission", 3, 3, "seen"),
    ("allo-tyu19-cell-2024", "all", "crs_any", 0, 3, "seen"),
    ("allo-sle-wang-2025", "all", "response", 3, 3, "seen"),
    ("allo-sle-wang-2025", "all", "withdrew", 1, 3, "seen"),
    ("yts109-2025", "all", "response", 5, 5, "seen"),
    ("yts109-2025", "all", "flare", 1, 5, "seen"),
    ("yts109-2025", "all", "gvhd_acute", 0, 5, "seen"),
    ("hn2301-invivo", "all", "severe_crs_or_icans", 0, 5, "seen"),
    ("qn139b-carnk", "all", "improved", 1, 1, "seen"),
    ("faers-spm-2024", "all", "second_cancer", 536, 12394, "seen"),
    ("faers-spm-2024", "all", "t_cell_cancer", 19, 12394, "seen"),
    ("ciraes-bcma-2026", "all", "ciraes", 27, 198, "seen"),
    ("bcma-infection-2022", "all", "infection", 29, 55, "seen"),
    ("monitoring-window-475", "all", "crs_after_2_weeks", 0, 475, "seen"),
    ("banerjee-driving-2024", "all", "icans_after_day_28", 0, 553, "seen"),
    ("banerjee-driving-2024", "all", "crs_grade_2_weeks_5_to_8", 1, 553, "seen"),
    ("car-hematotox", "population-based", "high", 171, 245, "seen"),
]
# study, arm, figure, value, of, unit.
VALUES = [
    ("kysa-8-sps", "all", "walk_time", "-46", 26, "%"),
    ("kysa-6-mg", "all", "mg_adl", "-8.0", None, "points"),
    ("kysa-6-mg", "all", "qmg", "-7.7", None, "points"),
    ("muller-2024-nejm", "all", "follow_up", "15", None, "months"),
    ("sle-pooled-47", "all", "lldas", "81", 47, "%"),
    ("sle-pooled-47", "all", "crs_any", "87", 47, "%"),
    ("cart-autoimmune-sr-131-2025", "all", "complete_response", "58", 131, "%"),
    ("cart-autoimmune-sr-131-2025", "all", "crs_grade_1_2", "51.9", 131, "%"),
    ("cart-autoimmune-sr-131-2025", "all", "icans_any", "4.6", 131, "%"),
    ("licats-2025", "all", "licats_events", "54", None, "events"),
    ("ciraes-bcma-2026", "all", "non_relapse_mortality_ratio", "5.2", None, None),
    ("ciraes-bcma-2026", "all", "lymphocyte_peak", "4.3", None, None),
    ("ciraes-bcma-2026", "all", "cilta_cel", "4.5", None, None),
    ("ciraes-bcma-2026", "all", "cd4_cd8", "2.6", None, None),
    ("cilta-real-world", "all", "crs_any", "75", 236, "%"),
    ("cilta-real-world", "all", "crs_grade_3", "5", 236, "%"),
    ("cilta-real-world", "all", "icans_any", "14", 236, "%"),
    ("cilta-real-world", "all", "icans_grade_3", "4", 236, "%"),
    ("cilta-real-world", "all", "delayed_neurotoxicity", "10", 236, "%"),
    ("cilta-real-world", "all", "non_relapse_mortality", "10", 236, "%"),
    ("cilta-real-world", "all", "second_cancer", "5.5", 236, "%"),
    ("bcma-infection-2022", "all", "neutropenia_grade_3", "98", 55, "%"),
    ("bcma-infection-2022", "all", "low_igg", "76", 55, "%"),
    ("bcma-infection-2022", "all", "low_igg_before", "35", 55, "%"),
    ("monitoring-window-475", "all", "non_relapse_mortality_d28", "1.1", None, "%"),
    ("monitoring-window-475", "all", "non_relapse_mortality_3m", "1.2", None, "%"),
    ("car-hematotox", "lymphoma", "auc", "0.89", None, None),
    ("car-hematotox", "population-based", "auc_external", "0.73", None, None),
    ("car-hematotox", "myeloma", "severe_infection_high", "40", None, "%"),
    ("car-hematotox", "myeloma", "severe_infection_low", "5", None, "%"),
]
TREATED = {
    "qin-2023": 12,
    "pms-bcma-cell-2025": 5,
    "ms-kyv101-2024": 2,
    "kysa-8-sps": 26,
    "kysa-6-mg": None,
    "mg-001-descartes08": 14,
    "chahin-2025": 7,
    "muller-2024-nejm": 15,
    "sle-pooled-47": 47,
    "ad-sr-80": 80,
    "sheba-poc-2025": 12,
    "hn2301-invivo": 5,
    "faers-spm-2024": None,
    "cilta-real-world": 236,
    "sle-overlap-controlled-2026": 114,
    "cart-autoimmune-sr-131-2025": 131,
}
SAME_PATIENTS = [
    ("qin-2023", "iaso-ind-nmosd-2022"),
    ("qin-2023", "qin-2024-sciimmunol"),
    ("qin-2023", "konitsioti-2024"),
    ("qin-2023", "cart-autoimmune-sr-131-2025"),
    ("ms-kyv101-2024", "konitsioti-2024"),
    ("mg-001-descartes08", "chahin-2025"),
    ("muller-2024-nejm", "licats-2025"),
    ("muller-2024-nejm", "sle-sr-2025-145"),
    ("muller-2024-nejm", "sle-pooled-47"),
    ("muller-2024-nejm", "ad-sr-80"),
    ("muller-2024-nejm", "sle-overlap-controlled-2026"),
    ("sle-sr-2025-145", "sle-pooled-47"),
    ("sle-sr-2025-145", "ad-sr-80"),
    ("sle-sr-2025-145", "sle-overlap-controlled-2026"),
    ("sle-sr-2025-145", "cart-autoimmune-sr-131-2025"),
    ("ad-sr-80", "sle-pooled-47"),
    ("ad-sr-80", "cart-autoimmune-sr-131-2025"),
]
# study, figure, what the text prints in it, what the check says.
MISPRINTS = [
    ("ad-sr-80", "{id: crs, kind: count, label: CRS, count: 79, of: 47}", "counts 79 of 47."),
    (
        "sle-sr-2025-145",
        "{id: crs, kind: count, label: CRS, count: 1, of: 81, printed_percent: 2}",
        "prints 2 % for 1 of 81, which is 1.2 %.",
    ),
    (
        "monitoring-window-475",
        "{id: icans, kind: count, label: ICANS, count: 1, of: 475, printed_percent: 0.7}",
        "prints 0.7 % for 1 of 475, which is 0.2 %.",
    ),
    (
        "monitoring-window-475",
        "{id: icans, kind: percentage, label: ICANS, value: 0.7, of: 475}",
        "no count of 475 is 0.7 %.",
    ),
    (
        "cart-autoimmune-sr-131-2025",
        "{id: better, kind: percentage, label: Better, value: 35.8, of: 131}",
        "no count of 131 is 35.8 %.",
    ),
    (
        "licats-2025",
        "{id: events, kind: count, label: Events of grade 3, count: 3, of: 54}",
        "`events` is of 54 in an arm of 39.",
    ),
]


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return parse_knowledge(paths.knowledge_root())


def _study(parsed: Parsed, name: str) -> Study:
    found = parsed.sources[name].value
    assert isinstance(found, Study)
    return found


def _arm(parsed: Parsed, study: str, arm: str) -> Arm:
    return next(one for one in _study(parsed, study).arms if one.id == arm)


def _figure(parsed: Parsed, study: str, arm: str, figure: str) -> Figure:
    return next(one for one in _arm(parsed, study, arm).figures if one.id == figure)


def _trial(parsed: Parsed, name: str) -> Trial:
    found = parsed.sources[name].value
    assert isinstance(found, Trial)
    return found


def _guideline(parsed: Parsed, name: str) -> Guideline:
    found = parsed.sources[name].value
    assert isinstance(found, Guideline)
    return found


def _with(name: str, figure: str) -> Placed[Study]:
    """The file with one more figure at the head of its first arm."""
    text = (EVIDENCE / "studies" / f"{name}.yaml").read_text(encoding="utf-8")
    seen = f"{figure[:-1]}, flag: seen, source_url: x}}"
    edited = text.replace("    figures:\n", f"    figures:\n      - {seen}\n", 1)
    assert edited != text
    document = read_yaml_text(edited.encode(), name)
    study, problems = parse(document, Study)
    assert study is not None, problems
    return Placed(study, document)


@pytest.mark.parametrize(("study", "arm", "figure", "count", "of", "flag"), COUNTS)
def test_counts_are_those_of_the_dossier(
    parsed: Parsed, study: str, arm: str, figure: str, count: int, of: int, flag: str
) -> None:
    found = _figure(parsed, study, arm, figure)
    assert (found.count, found.of, found.flag) == (count, of, flag)


@pytest.mark.parametrize(("study", "arm", "figure", "value", "of", "unit"), VALUES)
def test_values_are_those_of_the_dossier(
    parsed: Parsed, study: str, arm: str, figure: str, value: str, of: int | None, unit: str | None
) -> None:
    found = _figure(parsed, study, arm, figure)
    assert (found.value, found.of, found.unit) == (Decimal(value), of, unit)


@pytest.mark.parametrize(("study", "n"), TREATED.items())
def test_the_number_treated_is_that_of_the_dossier(
    parsed: Parsed, study: str, n: int | None
) -> None:
    assert _study(parsed, study).arms[0].n == n


@pytest.mark.parametrize(("one", "other"), SAME_PATIENTS)
def test_shared_patients_are_named_on_both_sides(parsed: Parsed, one: str, other: str) -> None:
    assert other in _study(parsed, one).patients_overlap_with
    assert one in _study(parsed, other).patients_overlap_with


@pytest.mark.parametrize(("name", "figure", "said"), MISPRINTS)
def test_a_misprint_put_into_its_file_is_refused(
    parsed: Parsed, name: str, figure: str, said: str
) -> None:
    placed = _with(name, figure)
    sources = {**parsed.sources, name: placed}
    others = Parsed(**{**vars(parsed), "sources": sources})
    problems = [*misprints_of(placed), *loose_ends(others)]
    assert [problem.what for problem in problems] == [said]


@pytest.mark.parametrize(
    ("study", "figure", "words"),
    [
        ("ad-sr-80", "crs_any", "79 people"),
        ("sle-sr-2025-145", "crs_grade_3", "1 of 81 (1.2 %)"),
        ("sle-sr-2025-145", "n", "114 different patients"),
        ("monitoring-window-475", "icans_after_2_weeks", "no count of 475"),
        ("cart-autoimmune-sr-131-2025", "improved", "no count of 131"),
        ("kysa-8-sps", "walk_time", "P=0.0003"),
        ("allo-sle-wang-2025", "response", "one had left"),
        ("yts109-2025", "response", "a flare in one"),
        ("sle-pooled-47", "crs_any", "56 % (81 of 145)"),
        ("iaso-ind-nmosd-2022", "dose", "9 had 1.0"),
        ("car-hematotox", "auc", "0.73"),
        ("car-hematotox", "platelets", "50 g/L"),
    ],
)
def test_what_does_not_fit_is_named_and_both_sides_stand(
    parsed: Parsed, study: str, figure: str, words: str
) -> None:
    said = [one.says for one in _study(parsed, study).conflicts if one.figure == figure]
    assert any(words in one for one in said), said


def test_the_unit_of_a_bilirubin_that_cannot_be_is_named(parsed: Parsed) -> None:
    conflicts = {one.figure: one.says for one in _guideline(parsed, "greco-2024-ebmt").conflicts}
    assert "mmol/L" in conflicts["bilirubin"]
    assert "table 10" in conflicts["washout"]


def test_the_share_of_the_two_week_window_has_no_denominator(parsed: Parsed) -> None:
    icans = _figure(parsed, "monitoring-window-475", "all", "icans_after_2_weeks")
    assert (icans.value, icans.of) == (Decimal("0.7"), None)


def test_the_impossible_count_of_release_syndromes_is_not_entered(parsed: Parsed) -> None:
    assert "crs_any" not in {one.id for one in _arm(parsed, "ad-sr-80", "all").figures}


def test_limits_of_the_haematotoxicity_score_are_recalled_and_its_markers_confirmed(
    parsed: Parsed,
) -> None:
    figures = {one.id: one for one in _arm(parsed, "car-hematotox", "lymphoma").figures}
    cutoffs = [one for name, one in figures.items() if name.startswith("cutoff_")]
    assert len(cutoffs) == 5
    assert {one.flag for one in cutoffs} == {"memory"}
    assert figures["markers"].confirmed_by_second == "different-document"
    assert figures["high"].confirmed_by_second == "different-document"
    assert any("autoimmune" in limit for limit in _study(parsed, "car-hematotox").limits)


def test_the_double_target_group_is_part_of_its_review(parsed: Parsed) -> None:
    arms = {one.id: one for one in _study(parsed, "ad-sr-80").arms}
    assert (arms["cd19"].n, arms["cd19-bcma"].n) == (44, 36)
    assert arms["cd19-bcma"].option == "car-t-cd19-bcma"
    assert {arms["cd19"].part_of, arms["cd19-bcma"].part_of} == {"all"}


def test_reports_of_cancer_are_reports_and_not_people(parsed: Parsed) -> None:
    for name in ("second_cancer", "t_cell_cancer"):
        assert _figure(parsed, "faers-spm-2024", "all", name).unit == "reports"


def test_only_one_report_tells_of_people_with_nmosd(parsed: Parsed) -> None:
    direct = {
        one.value.id
        for one in parsed.sources.values()
        if isinstance(one.value, Study)
        and one.value.directness == "nmosd"
        and one.value.design not in ("review", "press")
        and any(arm.option.startswith(("car-", "mrna-car", "caar")) for arm in one.value.arms)
    }
    assert direct == {"qin-2023", "qin-2024-sciimmunol"}


def test_a_review_counts_fifteen_people_with_disease_of_the_nervous_system(
    parsed: Parsed,
) -> None:
    review = _study(parsed, "konitsioti-2024")
    assert review.n == 15
    assert {arm.id: arm.n for arm in review.arms} == {
        "nmosd": 12,
        "multiple-sclerosis": 2,
        "stiff-person-syndrome": 1,
    }


def test_reviews_name_no_further_nmosd_outcome(parsed: Parsed) -> None:
    for name in ("nxi-cart-review-2026", "wen-2026-review"):
        assert {f.kind for arm in _study(parsed, name).arms for f in arm.figures} == {"text"}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "rd06-05-ucart",
            ("clearance of at least 40", "fraction of at least 50 %", "least 60 g/L", "least 20 ×"),
        ),
        ("ucart-cd19-bcma-ad-protocol", ("clearance of at least 30", "ECOG 0 to 2")),
        (
            "rjmty19-protocol",
            ("clearance of at least 60", "fraction of at least 45 %", "least 80 g/L", "least 30 ×"),
        ),
        ("nct02903537", ("rituximab", "EDSS 0.0 to 6.5")),
        ("nct06451159", ("EDSS 3.0 to 7.0",)),
    ],
)
def test_protocols_of_other_diseases_keep_their_limits(
    parsed: Parsed, name: str, lines: tuple[str, ...]
) -> None:
    trial = _trial(parsed, name)
    criteria = " ".join(one.text for one in trial.criteria)
    assert all(line in criteria for line in lines)
    assert trial.disease != "nmosd"
    assert trial.list_complete == "false"


def test_grading_has_a_second_source_and_no_rule_for_a_person_disabled_before(
    parsed: Parsed,
) -> None:
    grading = _guideline(parsed, "astct-2019")
    assert grading.confirmed_by_second == "different-document"
    assert any("plegia" in text for text in grading.not_seen)


def test_numbers_of_the_agencies_are_recalled(parsed: Parsed) -> None:
    actions = _guideline(parsed, "fda-2024-2025-class-actions")
    assert any("22" in text and "38" in text for text in actions.recalled)
    assert not any("27,000" in text for text in actions.says)


def test_every_entry_of_the_dossier_is_in_the_reading_list(parsed: Parsed) -> None:
    listed = {one.value.id for one in parsed.reading}
    assert sorted(set(READ) - listed) == []


def test_a_search_that_found_nothing_is_left_out_with_its_reason(parsed: Parsed) -> None:
    (gap,) = [one.value for one in parsed.reading if one.value.id == "nmosd-dual-cd19-bcma-gap"]
    assert isinstance(gap, ReadEntry)
    assert gap.file is None
    assert gap.left_out is not None and "no NMOSD outcome" in gap.left_out


ENGINEERED = (
    "car-t-cd19",
    "car-t-cd19-bcma",
    "car-t-cd19-cd20",
    "car-t-baffr",
    "car-t-allogeneic",
    "car-t-in-vivo",
    "mrna-car-t",
    "car-nk",
    "caar-t",
    "treg",
)


@pytest.mark.parametrize("option", ENGINEERED)
def test_an_option_without_evidence_says_so_and_gains_no_effect(
    parsed: Parsed, option: str
) -> None:
    therapy = parsed.therapies[option].value
    assert therapy.no_evidence is not None
    assert therapy.no_evidence.startswith("No human NMOSD outcome")
    assert (therapy.outcomes_in, therapy.effects, therapy.rank_in_tier_2) == ((), {}, False)
    assert {link.directness for link in therapy.evidence} <= {"indirect"}


@pytest.mark.parametrize(
    ("option", "studies"),
    [
        ("car-t-allogeneic", {"allo-tyu19-cell-2024", "allo-sle-wang-2025", "yts109-2025"}),
        ("car-t-in-vivo", {"hn2301-invivo"}),
        ("mrna-car-t", {"mg-001-descartes08", "chahin-2025"}),
        ("car-nk", {"qn139b-carnk"}),
        ("car-t-cd19-bcma", {"ad-sr-80"}),
        ("caar-t", set()),
        ("treg", set()),
    ],
)
def test_what_is_known_in_other_diseases_stands_behind_the_option(
    parsed: Parsed, option: str, studies: set[str]
) -> None:
    therapy = parsed.therapies[option].value
    assert {link.study for link in therapy.evidence} == studies
    for study in studies:
        assert option in {arm.option for arm in _study(parsed, study).arms}


def test_every_study_of_an_engineered_cell_is_linked_from_its_option(parsed: Parsed) -> None:
    linked = {
        (name, link.study)
        for name, placed in parsed.therapies.items()
        for link in placed.value.evidence
    }
    # Scores, reviews without a count of their own, and the company's copy of qin-2023.
    apart = {
        "car-hematotox",
        "konitsioti-2024",
        "nxi-cart-review-2026",
        "wen-2026-review",
        "iaso-ind-nmosd-2022",
        "banerjee-driving-2024",
    }
    missing = {
        (arm.option, one.value.id)
        for one in parsed.sources.values()
        if isinstance(one.value, Study) and one.value.id not in apart
        for arm in one.value.arms
        if arm.option in (*ENGINEERED, "car-t-bcma") and (arm.option, one.value.id) not in linked
    }
    assert missing == set()


def test_the_effects_of_bcma_cells_rest_on_the_nmosd_report_alone(parsed: Parsed) -> None:
    effects = parsed.therapies["car-t-bcma"].value.effects
    used = {name.split("/")[0] for one in effects.values() for name in one.from_}
    times = {one.person_time for one in effects.values() if one.person_time}
    assert used == {"qin-2023"}
    assert times == {"qin-2023/person_years"}
