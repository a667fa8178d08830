"""The stromal-cell files against figures written by hand, their overlaps and their misprints."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from nmosd_cds.evidence.intervals import binomial_interval
from nmosd_cds.evidence.study import Figure, Guideline, Study, Trial
from nmosd_cds.knowledge.load import check_knowledge, load_knowledge
from nmosd_cds.strict_yaml import Model, parse, read_yaml

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "resources" / "evidence"

# study, arm, figure, count, of, flag
COUNTS = """
fu-2016 all relapse_free 13 15 seen
fu-2016 all improved_disability 6 15 seen
fu-2016 all serious_adverse_event 0 15 seen
lu-2012 all improved_disability 4 5 seen
lu-2020 nmo edss_stable_or_improved 3 5 seen
zubizarreta-2019 all serious_adverse_event 0 12 seen
zubizarreta-2019 nmosd stable 4 4 seen
connick-2012 all serious_adverse_event 0 10 memory
uccelli-2021-mesems cells-first any_adverse_event 35 69 memory
uccelli-2021-mesems cells-first serious_adverse_event 0 69 memory
uccelli-2021-mesems cells-first infections 18 93 memory
uccelli-2021-mesems placebo-first any_adverse_event 42 75 memory
uccelli-2021-mesems placebo-first serious_adverse_event 7 75 memory
uccelli-2021-mesems placebo-first infections 36 120 memory
connick-2012 all rash 1 10 memory
connick-2012 all infection 2 10 memory
llufriu-2014 cells serious_adverse_event 0 9 seen
karussis-2010 all fever 21 34 memory
karussis-2010 all headache 15 34 memory
yamout-2010 all edss_improved 5 7 seen
yamout-2010 all edss_worse 1 7 seen
yamout-2010 all new_lesions 5 7 seen
yamout-2010 all enhancing_lesions 3 7 seen
yamout-2010 all serious_adverse_event 0 10 seen
yamout-2010 all encephalopathy 1 10 memory
mscnp-2024 cells not_completed 3 27 seen
mscnp-2024 placebo not_completed 0 27 seen
fernandez-2018-admsc collections abnormal_karyotype 4 34 seen
fernandez-2018-admsc cells serious_adverse_event 1 19 seen
lublin-2014-pda001 cells mri_worsening 0 12 seen
riordan-2018 all inactive_mri 15 18 seen
riordan-2018 all serious_adverse_event 0 20 seen
hou-2013 case significant_adverse_event 0 1 seen
cohen-2022-nurown all arachnoiditis 2 18 seen
it-allo-bmmsc-37-2019 all csf_cells 30 37 seen
it-allo-bmmsc-37-2019 all csf_protein 26 37 seen
konen-2022-review complications death 7 132 seen
mscs-intravitreal-naion-2023 all vision_better 4 5 seen
mscs-intravitreal-naion-2023 all retinal_membrane 1 5 seen
mscs-intravitreal-naion-2023 all cataract 1 5 seen
"""
# study, arm, figure, value, low, high, of, flag; a dash where none was printed
VALUES = """
llufriu-2014 cells enhancing_lesions 3.1 1.1 8.8 - seen
llufriu-2014 placebo enhancing_lesions 12.3 4.4 34.5 - seen
mscnp-2024 cells responders 33 - - 27 seen
mscnp-2024 placebo responders 37 - - 27 seen
mscnp-2024 cells-walking-aid walk_change 3.7 - - - seen
mscnp-2024 placebo-walking-aid walk_change -54.4 - - - seen
petrou-2020 intrathecal treatment_failure 6.7 - - - memory
petrou-2020 intravenous treatment_failure 9.7 - - - memory
petrou-2020 sham treatment_failure 41.9 - - - memory
petrou-2020 intrathecal no_activity 58.6 - - - memory
petrou-2020 intravenous no_activity 40.6 - - - memory
petrou-2020 sham no_activity 9.7 - - - memory
ucb-infections-2021 cases infection 20 - - - seen
wu-2017 cases thromboembolism 2 - - - seen
jung-2013 cases thromboembolism 3 - - - seen
stem-cell-tourism-survey-2020 neurologists asked 89 - - 204 seen
stem-cell-tourism-survey-2020 neurologists prepared 28 - - 204 seen
stem-cell-tourism-survey-2020 neurologists complication 25 - - 204 seen
barmada-2023-iv all serious_adverse_event 2 - - - seen
kvistad-2022 all serious_adverse_event 7 - - - seen
zhou-2019-amsc-ms all progression_6m 16 10 27 - seen
zhou-2019-amsc-ms all progression_12m 35 27 46 - seen
zhou-2019-amsc-ms all no_activity_6m 72 58 89 - seen
zhou-2019-amsc-ms all no_activity_12m 62 42 81 - seen
zhou-2019-amsc-ms all treatment_related_death 0 0 0.3 133 seen
maji-2025 all edss_difference -0.35 -0.79 0.08 - seen
maji-2025 all t2_lesions -0.75 -4.16 2.66 - seen
maji-2025 all any_adverse_event 0.99 0.61 1.62 - seen
single-arm-ma-2018 all edss_change -0.31 -0.58 -0.03 - seen
single-arm-ma-2018 all infection 35.4 32.9 37.8 - seen
thompson-2020 all fever 2.48 1.27 4.86 - seen
thompson-2020 all thromboembolism 1.14 0.67 1.95 - seen
mesa-bedoya-2024-it all repeated_doses 0.644 0.416 0.996 - seen
it-allo-bmmsc-37-2019 all puncture_pain_per_injection 4.11 - - - seen
it-allo-bmmsc-37-2019 all fever_per_injection 3.42 - - - seen
it-allo-bmmsc-37-2019 all headache_per_injection 2.05 - - - seen
uccelli-2021-mesems cells-first lesion_rate_ratio 0.94 0.50 1.78 - memory
rct152-2023 all fever 1.61 1.22 2.11 - seen
mesa-bedoya-2024-it all back_or_limb_pain 1.61 1.19 2.19 - seen
"""
TREATED = {
    "connick-2012": {"all": 10},
    "karussis-2010": {"all": 34, "multiple-sclerosis": 15},
    "yamout-2010": {"all": 10},
    "mscnp-2024": {
        "cells": 27,
        "placebo": 27,
        "cells-walking-aid": None,
        "placebo-walking-aid": None,
    },
    "fernandez-2018-admsc": {"cells": 19, "collections": 34, "placebo": 11},
    "lublin-2014-pda001": {"cells": 12, "placebo": 4},
    "li-2014-hucmsc-ms": {"cells": 13, "steroids-alone": 10},
    "riordan-2018": {"all": 20},
    "zhou-2019-amsc-ms": {"all": 133},
    "mscs-intravitreal-naion-2023": {"all": 5},
}
MULTIPLE_SCLEROSIS = (
    "connick-2012",
    "llufriu-2014",
    "karussis-2010",
    "yamout-2010",
    "mscnp-phase1-2yr",
    "fernandez-2018-admsc",
    "lublin-2014-pda001",
    "li-2014-hucmsc-ms",
    "riordan-2018",
    "sahraian-2014",
    "uccelli-2021-mesems",
    "petrou-2020",
)
OVERLAPS = (
    *((single, "islam-2023-ms") for single in MULTIPLE_SCLEROSIS),
    *((single, "kvistad-2022") for single in MULTIPLE_SCLEROSIS),
    ("thompson-2020", "lalu-2012-safecell"),
    ("barmada-2023-iv", "wu-2017"),
    ("lu-2012", "lu-2020"),
    ("maji-2025", "mist-2019-rct-ms"),
    ("bauer-2018", "alderazi-2012"),
)
PRECLINICAL = ("yang-2019-nmo-bmmsc", "xue-2025-preclinical", "oliveri-tf-2018")
CLINIC_HARMS = (
    "alderazi-2012",
    "berkowitz-2016",
    "hurst-2013",
    "madhavan-2020",
    "brumbaugh-2022",
    "ucb-infections-2021",
)
NOT_NMOSD = (
    *MULTIPLE_SCLEROSIS,
    *CLINIC_HARMS,
    "mscnp-2024",
    "hou-2013",
    "scots-relapsing-on-2015",
    "mscs-intravitreal-naion-2023",
    "stem-cell-tourism-survey-2020",
)


def _read(folder: str, stem: str, model: type[Model]) -> Model:
    item, problems = parse(read_yaml(EVIDENCE / folder / f"{stem}.yaml", stem), model)
    assert item is not None, "\n".join(problem.sentence for problem in problems)
    return item


def _study(stem: str) -> Study:
    return _read("studies", stem, Study)


def _figure(study: str, arm: str, figure: str) -> Figure:
    (found,) = [one for one in _study(study).arms if one.id == arm]
    (wanted,) = [one for one in found.figures if one.id == figure]
    return wanted


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def _conflict(study: str, figure: str) -> str:
    (found,) = [one for one in _study(study).conflicts if one.figure == figure]
    return found.says


@pytest.mark.parametrize(
    ("study", "arm", "figure", "count", "of", "flag"), _rows(COUNTS), ids=lambda text: text
)
def test_counts_are_those_that_were_read(
    study: str, arm: str, figure: str, count: str, of: str, flag: str
) -> None:
    found = _figure(study, arm, figure)
    assert (found.count, found.of, found.flag) == (int(count), int(of), flag)


@pytest.mark.parametrize(
    ("study", "arm", "figure", "value", "low", "high", "of", "flag"),
    _rows(VALUES),
    ids=lambda text: text,
)
def test_values_are_those_that_were_read(
    study: str, arm: str, figure: str, value: str, low: str, high: str, of: str, flag: str
) -> None:
    found = _figure(study, arm, figure)
    expected = [None if text == "-" else Decimal(text) for text in (value, low, high, of)]
    assert [found.value, found.low, found.high, found.of] == expected
    assert (found.flag, found.count) == (flag, None)


@pytest.mark.parametrize("study", TREATED)
def test_the_treated_are_those_that_were_read(study: str) -> None:
    assert {arm.id: arm.n for arm in _study(study).arms} == TREATED[study]


@pytest.mark.parametrize(("one", "other"), OVERLAPS)
def test_an_overlap_is_named_on_both_sides(one: str, other: str) -> None:
    assert other in _study(one).patients_overlap_with
    assert one in _study(other).patients_overlap_with


@pytest.mark.parametrize("study", PRECLINICAL)
def test_work_in_a_dish_or_in_animals_tells_of_no_patient(study: str) -> None:
    found = _study(study)
    assert (found.design, found.arms, found.n) == ("preclinical", (), None)


@pytest.mark.parametrize("study", NOT_NMOSD)
def test_a_report_from_another_disease_says_that_it_is_indirect(study: str) -> None:
    assert _study(study).directness == "indirect"


@pytest.mark.parametrize("study", CLINIC_HARMS)
def test_a_harm_of_a_clinic_is_never_a_frequency(study: str) -> None:
    found = _study(study)
    assert {arm.option for arm in found.arms} == {"unregulated-product"}
    figures = [figure for arm in found.arms for figure in arm.figures]
    assert figures and all(figure.of is None for figure in figures)
    said = " ".join((*found.limits, *(figure.note or "" for figure in figures)))
    assert "not a frequency" in said


def test_thirteen_of_fifteen_is_shown_with_the_year_it_fits() -> None:
    # 15 patients x 1 year x 0.3 relapses a year = 4.5, so 4 or 5 relapses in the first year; in
    # the second 15 x 0.1 = 1.5, printed rounded, which 2 of 15 (0.13) fits and 13 free of relapse.
    rates = [_figure("fu-2016", "all", f"arr_{year}").value for year in ("12m", "24m")]
    assert rates == [Decimal("0.3"), Decimal("0.1")]
    expected = _figure("fu-2016", "all", "relapse_events_12m")
    assert (expected.value, expected.flag) == (Decimal("4.5"), "derived")
    assert round(Decimal(2) / 15, 1) == rates[1]
    said = _conflict("fu-2016", "relapse_free")
    assert "13 of 15" in said and "0.3" in said and "second year only (2 of 15)" in said
    assert "second year" in (_figure("fu-2016", "all", "relapse_free").note or "")


def test_the_dose_of_marrow_cells_differs_between_paper_and_registry() -> None:
    said = _conflict("fu-2016", "regimen")
    assert "1.0 × 10⁸" in said and "2.0 × 10⁶ cells/kg" in said and "50 kg" in said


def test_the_steroid_dose_per_kilogram_is_a_misprint_and_not_entered() -> None:
    assert "1,000 mg/kg" in _conflict("li-2014-hucmsc-ms", "regimen")
    assert not any("mg" in (arm.regimen or "") for arm in _study("li-2014-hucmsc-ms").arms)


def test_the_impossible_fatigue_ratio_is_a_misprint_and_not_entered() -> None:
    said = _conflict("rct152-2023", "fatigue")
    assert "0.18" in said and "0.61 to 1.07" in said
    figures = [figure.id for arm in _study("rct152-2023").arms for figure in arm.figures]
    assert "fatigue" not in figures


def test_the_narrow_interval_of_no_deaths_is_named() -> None:
    assert binomial_interval(0, 133)[1] == pytest.approx(0.0274, abs=5e-5)
    said = _conflict("zhou-2019-amsc-ms", "treatment_related_death")
    assert "0.3 %" in said and "2.7 %" in said


@pytest.mark.parametrize(
    ("study", "figure", "words"),
    [
        ("kvistad-2022", "studies", "54 studies and assigns 49"),
        ("connick-2012", "edss", "5.5 to 6.5 at entry, the table of the protocol 2.0 to 6.5"),
        ("yamout-2010", "serious_adverse_event", "encephalopathy with seizures"),
        ("barmada-2023-it", "serious_adverse_event", "2 of 18"),
        ("barmada-2023-iv", "serious_adverse_event", "jung-2013"),
        ("petrou-2020", "treatment_failure", "uccelli-2021-mesems"),
        ("lu-2012", "follow_up", "18 months"),
        ("lu-2020", "follow_up", "70 to 120"),
    ],
)
def test_texts_that_disagree_stand_side_by_side(study: str, figure: str, words: str) -> None:
    assert words in _conflict(study, figure)


def test_the_misprints_of_lists_of_approvals_are_named() -> None:
    approvals = _read("guidelines", "regulatory-msc-approvals", Guideline)
    assert {one.figure for one in approvals.conflicts} == {"Stemirac", "Stempeucel"}
    assert approvals.says[0].startswith("No approval of stromal cells for NMOSD")
    assert not any("Alofisel was withdrawn" in text for text in approvals.says)


@pytest.mark.parametrize("trial", ["nct05003388", "nct03326505", "nct05532943"])
def test_a_trial_in_multiple_sclerosis_is_none_in_nmosd(trial: str) -> None:
    found = _read("trials", trial, Trial)
    assert (found.disease, found.option) == ("multiple-sclerosis", "huc-msc")
    assert "not NMOSD" in (found.note or "")


def test_the_only_randomised_nmosd_trial_of_cord_cells_is_a_protocol() -> None:
    trial = _read("trials", "yao-2022-protocol", Trial)
    assert (trial.registry, trial.planned_n, trial.enrolled_n) == (None, 430, None)


def test_no_listed_nmosd_trial_puts_cells_into_the_eye() -> None:
    # An authorised setting names such a trial, so a product for the eye can never have one.
    for path in sorted((EVIDENCE / "trials").glob("*.yaml")):
        trial = _read("trials", path.stem, Trial)
        said = f"{trial.title} {trial.note or ''}".lower()
        assert trial.disease != "nmosd" or not any(
            word in said for word in ("intravitreal", "retrobulbar", "into the eye")
        ), path.stem


WITHOUT_OUTCOME = ("ad-msc", "placenta-msc", "msc-np", "msc-exosome", "bm-mnc", "oec")


@pytest.mark.parametrize("option", WITHOUT_OUTCOME)
def test_an_option_without_nmosd_patients_is_explained_and_never_ranked(option: str) -> None:
    therapy = load_knowledge().options[option].therapy
    assert therapy.effects == {} and therapy.outcomes_in == () and not therapy.rank_in_tier_2
    assert therapy.no_evidence is not None and therapy.no_evidence.startswith("No ")
    assert {link.directness for link in therapy.evidence} <= {"indirect"}
    assert therapy.arguments


@pytest.mark.parametrize("option", ["bm-msc", "huc-msc", "tol-dc", *WITHOUT_OUTCOME])
def test_indirect_evidence_of_stromal_cells_enters_no_arithmetic(option: str) -> None:
    knowledge = load_knowledge()
    therapy = knowledge.options[option].therapy
    counted = {
        reference.split("/")[0]
        for effect in therapy.effects.values()
        for reference in (*effect.from_, effect.person_time, effect.follow_up)
        if reference is not None
    }
    assert counted <= {link.study for link in therapy.evidence if link.directness == "nmosd"}


def test_a_paid_offer_is_barred_with_what_clinics_have_done() -> None:
    knowledge = load_knowledge()
    for option in ("bm-msc", "huc-msc", "bm-mnc", "oec"):
        rules = {one.rule.id: one.rule for one in knowledge.options[option].rules}
        rule = rules["general.paid-by-patient"]
        assert (rule.effect, rule.alert) == ("excludes", True)
        assert {*CLINIC_HARMS, "fda-consumer-2021"} <= set(rule.cites)


@pytest.mark.parametrize("option", ["bm-msc", "bm-mnc"])
def test_cells_into_the_eye_speak_against_with_the_harms_counted(option: str) -> None:
    arguments = load_knowledge().options[option].therapy.arguments
    (eye,) = [one for one in arguments if "Into the eye" in one.text]
    assert eye.side == "against"
    assert eye.figures == (
        "mscs-intravitreal-naion-2023/retinal_membrane",
        "mscs-intravitreal-naion-2023/cataract",
    )


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the knowledge to break."""
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    for folder in ("rules", "resources/evidence"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    yield tmp_path


@pytest.mark.parametrize(
    ("study", "old", "new", "said"),
    [
        (
            "li-2014-hucmsc-ms",
            "regimen: Steroids alone.",
            "regimen: Methylprednisolone 1,000 mg/kg daily.",
            "`1,000 mg/kg` cannot be a dose.",
        ),
        (
            "rct152-2023",
            "value: 1.61\n        low: 1.22\n        high: 2.11",
            "value: 0.18\n        low: 0.61\n        high: 1.07",
            "0.18 is below its own lower limit 0.61.",
        ),
        (
            "yamout-2010",
            "count: 5\n        of: 7",
            "count: 7\n        of: 5",
            "counts 7 of 5.",
        ),
    ],
    ids=["dose", "interval", "count"],
)
def test_a_misprint_entered_as_printed_is_refused(
    copy: Path, study: str, old: str, new: str, said: str
) -> None:
    path = copy / "resources/evidence/studies" / f"{study}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(said in problem.sentence for problem in check_knowledge(copy))
