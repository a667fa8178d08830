"""The cell, drug and trial files: they read, hold together, and say what the dossiers say."""

from decimal import Decimal
from pathlib import Path

import pytest

from nmosd_cds.evidence.study import Arm, Drug, Figure, Share, Study, Trial
from nmosd_cds.strict_yaml import Model, parse, read_yaml

EVIDENCE = Path(__file__).resolve().parents[2] / "resources" / "evidence"

STUDIES = (
    "adem-it-msc-2013",
    "barmada-2023-it",
    "champion-final-2025",
    "ciraes-bcma-2026",
    "cohen-2022-nurown",
    "cree-2019-nmomentum",
    "fu-2016",
    "iaso-ind-nmosd-2022",
    "islam-2023-ms",
    "it-allo-bmmsc-37-2019",
    "jung-2013",
    "licats-2025",
    "lu-2012",
    "lu-2020",
    "mesa-bedoya-2024-it",
    "pittock-2019-prevent",
    "pittock-2023-champion",
    "qin-2023",
    "qin-2024-sciimmunol",
    "rct152-2023",
    "ringelstein-2021",
    "sle-sr-2025-145",
    "tahara-2020-rin1",
    "thompson-2020",
    "traboulsee-2020-sakurastar",
    "uccelli-2021-mesems",
    "wang-2021",
    "wu-2017",
    "yamamura-2019-sakurasky",
    "zhang-2020-tango",
    "zubizarreta-2019",
)
PREVENTIVE_WEEKS = {
    "eculizumab": 4,
    "ravulizumab": 4,
    "inebilizumab": 12,
    "satralizumab": 12,
    "rituximab": 12,
    "tocilizumab": 12,
    "azathioprine": 26,
    "mycophenolate": 12,
}
EXPOSURE_ONLY = ("methotrexate", "ciclosporin", "tacrolimus", "mitoxantrone", "cyclophosphamide")
MS_DRUGS = (
    "interferon-beta",
    "natalizumab",
    "fingolimod",
    "glatiramer",
    "dimethyl-fumarate",
    "alemtuzumab",
    "cladribine",
)
DRUGS = (*PREVENTIVE_WEEKS, "prednisolone", *EXPOSURE_ONLY, *MS_DRUGS)
TRIALS = (
    "nct04561557",
    "nct05828212",
    "nct06561009",
    "nct07275736",
    "nct03605238",
    "nct02249676",
    "nct01364246",
    "yao-2022-protocol",
)


def _read(folder: str, stem: str, model: type[Model]) -> Model:
    item, problems = parse(read_yaml(EVIDENCE / folder / f"{stem}.yaml", stem), model)
    assert item is not None, "\n".join(problem.sentence for problem in problems)
    return item


def _study(stem: str) -> Study:
    return _read("studies", stem, Study)


def _drug(stem: str) -> Drug:
    return _read("drugs", stem, Drug)


def _trial(stem: str) -> Trial:
    return _read("trials", stem, Trial)


def _arm(study: str, arm: str) -> Arm:
    return next(item for item in _study(study).arms if item.id == arm)


def _figure(study: str, arm: str, figure: str) -> Figure:
    return next(item for item in _arm(study, arm).figures if item.id == figure)


def _counted(study: str, arm: str, figure: str) -> tuple[int | None, int | None]:
    found = _figure(study, arm, figure)
    return found.count, found.of


def _decimals(words: str) -> list[Decimal]:
    return [Decimal(word) for word in words.split()]


def _known_ids() -> set[str]:
    return {path.stem for path in EVIDENCE.glob("*/*.yaml")}


@pytest.mark.parametrize("stem", STUDIES)
def test_a_study_reads_and_is_named_like_its_file(stem: str) -> None:
    assert _study(stem).id == stem


@pytest.mark.parametrize("stem", DRUGS)
def test_a_drug_reads_and_is_named_like_its_file(stem: str) -> None:
    assert _drug(stem).id == stem


@pytest.mark.parametrize("stem", TRIALS)
def test_a_trial_reads_and_is_named_like_its_file(stem: str) -> None:
    assert _trial(stem).id == stem


@pytest.mark.parametrize("stem", STUDIES)
def test_no_count_is_larger_than_its_denominator(stem: str) -> None:
    study = _study(stem)
    populations = [study.population, *(arm.population for arm in study.arms)]
    pairs = [
        (share.count, share.of)
        for population in populations
        for share in (getattr(population, name) for name in type(population).model_fields)
        if isinstance(share, Share)
    ]
    pairs += [
        (figure.count, figure.of)
        for arm in study.arms
        for figure in arm.figures
        if figure.kind == "count"
    ]
    assert all(count is not None and of is not None and 0 <= count <= of for count, of in pairs)


@pytest.mark.parametrize("stem", STUDIES)
def test_a_figure_has_a_label_and_is_named_once_in_its_arm(stem: str) -> None:
    for arm in _study(stem).arms:
        names = [figure.id for figure in arm.figures]
        assert len(names) == len(set(names)), f"{stem}, {arm.id}"
        assert all(figure.label.strip() for figure in arm.figures), f"{stem}, {arm.id}"


@pytest.mark.parametrize("stem", STUDIES)
def test_a_seen_figure_names_its_page_and_a_derived_one_its_formula(stem: str) -> None:
    for arm in _study(stem).arms:
        for figure in arm.figures:
            if figure.flag == "seen":
                assert figure.source_url, f"{stem}, {figure.id}"
            if figure.flag == "derived":
                assert figure.formula and figure.assumption, f"{stem}, {figure.id}"


@pytest.mark.parametrize("stem", STUDIES)
def test_a_recalled_figure_is_confirmed_by_nobody(stem: str) -> None:
    recalled = [f for arm in _study(stem).arms for f in arm.figures if f.flag == "memory"]
    assert all(f.confirmed_by_second == "none" and f.source_url is None for f in recalled)


@pytest.mark.parametrize("stem", STUDIES)
def test_an_overlapping_study_exists_and_names_this_one_back(stem: str) -> None:
    for other in _study(stem).patients_overlap_with:
        assert stem in _study(other).patients_overlap_with, other


@pytest.mark.parametrize("stem", STUDIES)
def test_a_study_says_why_to_be_careful(stem: str) -> None:
    assert _study(stem).limits


@pytest.mark.parametrize("stem", DRUGS)
def test_what_a_drug_cites_exists(stem: str) -> None:
    drug = _drug(stem)
    assert drug.washout is not None
    cited = {*drug.studies, *drug.adequate_trial.cites, *drug.washout.cites}
    assert cited <= _known_ids(), cited - _known_ids()


def test_one_of_twelve_relapsed_after_bcma_car_t_at_a_median_of_five_and_a_half_months() -> None:
    relapse = _figure("qin-2023", "all", "first_relapse")
    assert (relapse.count, relapse.of, relapse.flag) == (1, 12, "seen")
    assert relapse.at is not None
    assert (relapse.at.value, relapse.at.unit) == (Decimal("5.5"), "months")
    person_time = _figure("qin-2023", "all", "person_years")
    assert (person_time.value, person_time.flag) == (Decimal("5.5"), "derived")
    assert _counted("qin-2023", "all", "crs_grade_3") == (0, 12)


def test_the_edss_of_the_car_t_patients_was_not_reported() -> None:
    assert _arm("qin-2023", "all").population.edss is None
    assert not [f for f in _arm("qin-2023", "all").figures if f.outcome == "edss_change"]


def test_severe_cytopenias_after_car_t_are_recalled_and_not_read() -> None:
    names = ("leukopenia", "neutropenia", "anaemia", "thrombocytopenia")
    flags = {_figure("qin-2023", "all", f"{name}_grade_3").flag for name in names}
    assert flags == {"memory"}


def test_the_freedom_from_neurotoxicity_after_car_t_has_one_secondary_source() -> None:
    figure = _figure("qin-2023", "all", "icans_any")
    assert (figure.count, figure.of) == (0, 12)
    assert figure.confirmed_by_second == "one-secondary-source"


def test_marrow_cells_figures_count_all_relapses_and_show_the_conflict() -> None:
    rates = [_figure("fu-2016", "all", f"arr_{when}").value for when in ("before", "12m", "24m")]
    assert rates == _decimals("1.1 0.3 0.1")
    for when in ("12m", "24m"):
        note = _figure("fu-2016", "all", f"arr_{when}").note
        assert note is not None and "all relapses" in note
    assert _counted("fu-2016", "all", "relapse_free") == (13, 15)
    assert "relapse_free" in {conflict.figure for conflict in _study("fu-2016").conflicts}
    assert _counted("fu-2016", "all", "improved_disability") == (6, 15)
    assert _counted("fu-2016", "all", "serious_adverse_event") == (0, 15)
    levels = [_figure("fu-2016", "all", f"edss_{when}") for when in ("before", "12m", "24m")]
    assert [level.value for level in levels] == _decimals("4.9 4.3 4.0")
    assert all(level.low is None and level.high is None for level in levels)


def test_the_two_cord_cell_reports_are_never_added() -> None:
    assert _study("lu-2012").patients_overlap_with == ("lu-2020",)
    assert _counted("lu-2012", "all", "improved_disability") == (4, 5)
    assert _counted("lu-2020", "nmo", "edss_stable_or_improved") == (3, 5)


def test_the_lupus_review_shows_its_misprint_and_its_possible_double_count() -> None:
    assert _counted("sle-sr-2025-145", "all", "crs_grade_3") == (1, 81)
    figures = {conflict.figure for conflict in _study("sle-sr-2025-145").conflicts}
    assert figures == {"crs_grade_3", "n"}
    assert _counted("sle-sr-2025-145", "all", "treatment_related_death") == (1, 145)


def test_the_product_as_risk_of_late_neurotoxicity_is_marked_not_significant() -> None:
    note = _figure("ciraes-bcma-2026", "all", "cilta_cel").note
    assert note is not None and "0.058" in note and "not significant" in note


def test_prevent_counts() -> None:
    assert _counted("pittock-2019-prevent", "eculizumab", "first_relapse") == (3, 96)
    assert _counted("pittock-2019-prevent", "placebo", "first_relapse") == (20, 47)
    ratio = _figure("pittock-2019-prevent", "eculizumab", "hazard_ratio")
    assert [ratio.value, ratio.low, ratio.high] == _decimals("0.06 0.02 0.20")


def test_champion_carries_the_placebo_person_time_of_prevent() -> None:
    champion = "pittock-2023-champion"
    assert _figure(champion, "ravulizumab", "relapse_events").value == 0
    assert _figure(champion, "ravulizumab", "person_years").value == Decimal("84.0")
    assert _figure(champion, "prevent-placebo", "relapse_events").value == 20
    placebo_time = _figure(champion, "prevent-placebo", "person_years")
    assert (placebo_time.value, placebo_time.flag) == (Decimal("46.9"), "seen")


def test_tango_shows_everybody_randomised_first_and_no_hazard_ratio() -> None:
    assert _counted("zhang-2020-tango", "tocilizumab", "first_relapse") == (8, 59)
    assert _counted("zhang-2020-tango", "azathioprine", "first_relapse") == (28, 59)
    for arm in _study("zhang-2020-tango").arms:
        assert arm.figures[0].id == "first_relapse"
        assert "per-protocol" in next(
            f.label for f in arm.figures if f.id == "relapse_free_per_protocol"
        )
        assert not [f for f in arm.figures if f.kind == "ratio"]


def test_the_tango_azathioprine_person_time_is_derived_from_its_own_counts() -> None:
    relapse = _figure("zhang-2020-tango", "azathioprine", "first_relapse")
    assert relapse.count is not None and relapse.of is not None
    time = _figure("zhang-2020-tango", "azathioprine", "person_years_60w")
    weeks = (relapse.of - relapse.count) * 60 + relapse.count * 30
    assert time.flag == "derived"
    assert time.value == round(Decimal(weeks) / Decimal("52.18"), 1)


@pytest.mark.parametrize(
    ("study", "value", "low", "high"),
    [
        ("yamamura-2019-sakurasky", "0.66", "0.20", "2.24"),
        ("traboulsee-2020-sakurastar", "1.19", "0.30", "4.78"),
    ],
)
def test_satralizumab_showed_no_benefit_without_the_antibody(
    study: str, value: str, low: str, high: str
) -> None:
    ratio = _figure(study, "satralizumab", "hazard_ratio_aqp4_negative")
    assert [ratio.value, ratio.low, ratio.high] == _decimals(f"{value} {low} {high}")
    assert "AQP4-negative" in ratio.label


def test_rin_1_is_none_against_seven_and_no_arm_size_is_computed_back() -> None:
    assert _figure("tahara-2020-rin1", "rituximab", "relapse_events").value == 0
    assert _figure("tahara-2020-rin1", "placebo", "relapse_events").value == 7
    assert [arm.n for arm in _study("tahara-2020-rin1").arms] == [None, None]


def test_inebilizumab_rates_state_their_population() -> None:
    everybody = _figure("cree-2019-nmomentum", "open-label", "arr")
    positive = _figure("cree-2019-nmomentum", "open-label", "arr_aqp4_positive")
    assert (everybody.value, positive.value) == (Decimal("0.092"), Decimal("0.052"))
    assert "everybody" in everybody.label and "AQP4-positive" in positive.label


def test_mesems_result_beyond_not_met_is_recalled() -> None:
    study = _study("uccelli-2021-mesems")
    numbers = [f for arm in study.arms for f in arm.figures if f.kind != "text"]
    assert study.directness == "indirect"
    assert {figure.flag for figure in numbers} == {"memory"}


def test_intravascular_cells_raise_fever_and_nothing_else_is_shown() -> None:
    fever = _figure("thompson-2020", "all", "fever")
    assert [fever.value, fever.low, fever.high] == _decimals("2.48 1.27 4.86")
    clots = _figure("thompson-2020", "all", "thromboembolism")
    assert clots.low is not None and clots.high is not None and clots.low < 1 < clots.high


def test_the_impossible_fatigue_ratio_is_named_and_not_entered() -> None:
    study = _study("rct152-2023")
    assert "fatigue" not in {figure.id for arm in study.arms for figure in arm.figures}
    assert "fatigue" in {conflict.figure for conflict in study.conflicts}


def test_weeks_of_an_adequate_trial_are_those_of_the_project() -> None:
    weeks = [_drug(stem).adequate_trial.minimum_weeks for stem in PREVENTIVE_WEEKS]
    assert weeks == [4, 4, 12, 12, 12, 12, 26, 12]
    assert {_drug(stem).adequate_trial.basis for stem in DRUGS} == {"project"}


def test_each_drug_stands_in_its_class() -> None:
    classes = {stem: _drug(stem).mechanism_class for stem in DRUGS}
    assert [classes[stem] for stem in PREVENTIVE_WEEKS] == [
        "c5", "c5", "b-cell", "il6r", "b-cell", "il6r", "classical", "classical",
    ]  # fmt: skip
    assert {classes[stem] for stem in (*EXPOSURE_ONLY, "prednisolone")} == {"classical"}
    assert {classes[stem] for stem in MS_DRUGS} == {"none"}


def test_no_time_on_a_steroid_or_a_multiple_sclerosis_drug_counts_as_failure() -> None:
    for stem in ("prednisolone", *MS_DRUGS):
        assert _drug(stem).adequate_trial.minimum_weeks is None, stem


def test_il6_receptor_drugs_and_steroid_hide_fever_and_crp() -> None:
    masking = {stem for stem in DRUGS if _drug(stem).masks_fever_and_crp == "true"}
    assert masking == {"satralizumab", "tocilizumab", "prednisolone"}


def test_drugs_that_harm_an_unborn_child_are_named_and_no_drug_is_called_safe() -> None:
    said = {stem: _drug(stem).teratogenic for stem in DRUGS}
    harmful = {stem for stem, value in said.items() if value == "true"}
    assert harmful == {
        "mycophenolate",
        "methotrexate",
        "cyclophosphamide",
        "mitoxantrone",
        "fingolimod",
        "cladribine",
    }
    assert {said[stem] for stem in DRUGS if stem not in harmful} == {"unknown"}


def test_days_before_collection_follow_the_table_and_c5_has_none() -> None:
    expected = {
        "eculizumab": None,
        "ravulizumab": None,
        "inebilizumab": 7,
        "rituximab": 7,
        "satralizumab": 30,
        "tocilizumab": 30,
        "azathioprine": 14,
        "mycophenolate": 14,
        "prednisolone": 7,
        "methotrexate": 21,
        "cyclophosphamide": 21,
        "ciclosporin": 14,
        "tacrolimus": 14,
        "mitoxantrone": None,
        "natalizumab": 42,
        "fingolimod": 42,
        "dimethyl-fumarate": 42,
        "alemtuzumab": 42,
        "cladribine": 180,
        "interferon-beta": None,
        "glatiramer": None,
    }
    washouts = {stem: _drug(stem).washout for stem in DRUGS}
    assert {stem: w.days for stem, w in washouts.items() if w is not None} == expected


def test_no_trial_list_is_called_complete() -> None:
    assert {_trial(stem).list_complete for stem in TRIALS} == {"false"}


def test_the_withdrawn_trial_brings_no_patient_and_the_silent_one_nine() -> None:
    assert _trial("nct03605238").enrolled_n == 0
    assert _trial("nct05828212").enrolled_n == 9
    assert _trial("nct05828212").note is not None


def test_the_protocol_without_a_visible_number_has_none() -> None:
    assert _trial("yao-2022-protocol").registry is None
    assert _trial("yao-2022-protocol").planned_n == 430
