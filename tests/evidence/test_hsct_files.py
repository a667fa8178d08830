"""Every evidence file as a whole, and transplant figures against hand-written ones."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from nmosd_cds.errors import KnowledgeError
from nmosd_cds.evidence.study import Drug, Figure, Guideline, Source, Study, Trial
from nmosd_cds.strict_yaml import parse, read_yaml

EVIDENCE = Path(__file__).parents[2] / "resources" / "evidence"
SHAPES: dict[str, type[Study] | type[Guideline] | type[Drug] | type[Trial]] = {
    "studies": Study,
    "guidelines": Guideline,
    "drugs": Drug,
    "trials": Trial,
}
FILES = sorted(EVIDENCE.glob("*/*.yaml"))
HSCT = ("ahsct", "allo-hsct")

# Written by hand from the dossier: (study, arm, figure, count, of).
COUNTS = [
    ("burt-2019", "all", "analysed", 12, 13),
    ("burt-2019", "all", "off_drugs", 10, 12),
    ("burt-2019", "all", "off_drugs_itt", 10, 13),
    ("burt-2019", "all", "first_relapse", 2, 12),
    ("burt-2019", "all", "aqp4_positive_after", 2, 12),
    ("burt-2019", "all", "treatment_related_death", 0, 13),
    ("burt-2019", "all", "death_all_causes", 1, 13),
    ("burt-2019", "all", "secondary_autoimmunity", 2, 12),
    ("greco-2015-ebmt", "all", "off_drugs", 3, 16),
    ("greco-2015-ebmt", "all", "needed_further_treatment", 13, 16),
    ("greco-2015-ebmt", "all", "aqp4_positive_after", 8, 8),
    ("greco-2015-ebmt", "all", "treatment_related_death", 0, 16),
    ("greco-2015-ebmt", "all", "death_all_causes", 1, 16),
    ("greco-2015-ebmt", "all", "secondary_autoimmunity", 1, 16),
    ("burton-2021-calgary", "all", "relapse_free", 1, 3),
    ("burton-2021-calgary", "all", "progression_free", 2, 3),
    ("burton-2021-calgary", "all", "off_drugs", 1, 3),
    ("burton-2021-calgary", "all", "aqp4_positive_after", 2, 3),
    ("burton-2021-calgary", "all", "treatment_related_death", 0, 3),
    ("burton-2021-calgary", "all", "death_all_causes", 1, 3),
    ("nabizadeh-2022-meta", "all", "secondary_autoimmunity", 3, 39),
    ("mexican-review-cytotherapy", "all", "relapse_free", 24, 42),
    ("matiello-2011", "all", "disability_not_worse", 0, 1),
    ("khan-case", "all", "disability_not_worse", 0, 1),
    ("carlisle-2020", "all", "first_relapse", 1, 1),
    ("aouad-2015", "all", "aqp4_positive_after", 0, 1),
    ("hoay-2018-singapore", "all", "disability_not_worse", 3, 3),
    ("orofino-2026-allo-longterm", "all", "relapse_free", 2, 2),
    ("daikeler-2011-secondary-ad", "autologous", "secondary_autoimmunity", 29, 347),
    ("daikeler-2011-secondary-ad", "allogeneic", "secondary_autoimmunity", 3, 16),
    ("massarotti-2021-menses", "all", "menses_returned", 30, 43),
    ("withdrawal-hazard", "stopped", "first_relapse", 14, 17),
    ("sen-2023", "stopped", "first_relapse", 4, 6),
]
# (study, arm, figure, value).
VALUES = [
    ("burt-2019", "all", "follow_up", "57"),
    ("burt-2019", "all", "relapse_free", "80"),
    ("burt-2019", "all", "progression_free", "90"),
    ("burt-2019", "all", "edss_before", "4.4"),
    ("burt-2019", "all", "edss_5y", "3.3"),
    ("burt-2019", "all", "edss_change", "-1.1"),
    ("burt-2019", "all", "person_years", "57"),
    ("greco-2015-ebmt", "all", "follow_up", "47"),
    ("greco-2015-ebmt", "all", "relapse_free_3y", "31"),
    ("greco-2015-ebmt", "all", "relapse_free_5y", "10"),
    ("greco-2015-ebmt", "all", "progression_free_3y", "48"),
    ("greco-2015-ebmt", "all", "progression_free_5y", "48"),
    ("greco-2015-ebmt", "all", "person_years", "62.67"),
    ("burton-2021-calgary", "all", "follow_up", "90"),
    ("burton-2021-calgary", "all", "person_years", "22.5"),
    ("zhang-2020-meta", "nmosd", "progression_free", "76"),
    ("zhang-2020-meta", "nmosd", "treatment_related_death", "0"),
    ("nabizadeh-2022-meta", "all", "edss_effect", "-0.81"),
    ("greco-2019-allo-ad", "all", "non_relapse_mortality", "12.7"),
    ("greco-2019-allo-ad", "all", "gvhd_chronic", "27.8"),
    ("daikeler-2011-secondary-ad", "autologous", "secondary_autoimmunity_5y", "9.8"),
    ("sormani-2017-meta-ms", "all", "treatment_related_death", "2.1"),
]


def _read(path: Path) -> Source:
    name = path.relative_to(EVIDENCE).as_posix()
    source, problems = parse(read_yaml(path, name), SHAPES[path.parent.name])
    if source is None:
        raise KnowledgeError(problems)
    return source


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {path.stem: _read(path) for path in FILES}


@pytest.fixture(scope="module")
def studies(sources: dict[str, Source]) -> dict[str, Study]:
    return {key: source for key, source in sources.items() if isinstance(source, Study)}


def _figures(study: Study) -> list[Figure]:
    return [figure for arm in study.arms for figure in arm.figures]


def _figure(studies: dict[str, Study], study: str, arm: str, figure: str) -> Figure:
    (found,) = [
        candidate
        for one_arm in studies[study].arms
        if one_arm.id == arm
        for candidate in one_arm.figures
        if candidate.id == figure
    ]
    return found


def _summed(studies: dict[str, Study], *keys: tuple[str, str]) -> tuple[int, int]:
    found = [_figure(studies, study, "all", figure) for study, figure in keys]
    return sum(one.count or 0 for one in found), sum(one.of or 0 for one in found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_parses_and_is_named_after_its_id(path: Path) -> None:
    assert _read(path).id == path.stem


def test_no_id_stands_in_two_folders() -> None:
    assert [stem for stem, times in Counter(path.stem for path in FILES).items() if times > 1] == []


def test_counts_do_not_exceed_their_denominators(studies: dict[str, Study]) -> None:
    wrong = [
        (study.id, figure.id)
        for study in studies.values()
        for figure in _figures(study)
        if figure.count is not None
        and not 0 <= figure.count <= (figure.count if figure.of is None else figure.of)
    ]
    shares = [
        (study.id, arm.id, name)
        for study in studies.values()
        for arm in study.arms
        for name in ("aqp4_positive", "aqp4_negative", "mog_positive", "female")
        if (share := getattr(arm.population, name)) and not 0 <= share.count <= share.of
    ]
    assert wrong + shares == []


def test_a_percentage_is_never_stored_as_a_count(studies: dict[str, Study]) -> None:
    wrong = [
        (study.id, figure.id)
        for study in studies.values()
        for figure in _figures(study)
        if figure.kind in ("percentage", "survival") and figure.count is not None
    ]
    assert wrong == []


def test_every_figure_has_a_label_and_what_its_flag_asks_for(studies: dict[str, Study]) -> None:
    for study in studies.values():
        for figure in _figures(study):
            place = (study.id, figure.id)
            assert figure.label.strip(), place
            assert figure.flag != "seen" or figure.source_url, place
            assert figure.flag != "derived" or (figure.formula and figure.assumption), place
            assert figure.flag != "project", place


def test_figure_ids_are_unique_within_an_arm(studies: dict[str, Study]) -> None:
    for study in studies.values():
        for arm in study.arms:
            ids = [figure.id for figure in arm.figures]
            assert len(ids) == len(set(ids)), (study.id, arm.id)


def test_an_interval_holds_its_value(studies: dict[str, Study]) -> None:
    for study in studies.values():
        for figure in _figures(study):
            if figure.value is not None and figure.low is not None and figure.high is not None:
                assert figure.low <= figure.value <= figure.high, (study.id, figure.id)


def test_overlaps_name_files_that_exist(sources: dict[str, Source]) -> None:
    wrong = [
        (source.id, other)
        for source in sources.values()
        if isinstance(source, Study)
        for other in source.patients_overlap_with
        if other not in sources
    ]
    assert wrong == []


def test_overlaps_of_transplant_studies_are_named_on_both_sides(studies: dict[str, Study]) -> None:
    wrong = [
        (study.id, other)
        for study in studies.values()
        if any(arm.option in HSCT for arm in study.arms)
        for other in study.patients_overlap_with
        if study.id not in studies[other].patients_overlap_with
    ]
    assert wrong == []


def test_a_doi_stands_in_one_file_only(sources: dict[str, Source]) -> None:
    dois = Counter(
        source.citation.doi.value.lower()
        for source in sources.values()
        if isinstance(source, Study | Guideline) and source.citation.doi
    )
    assert [doi for doi, times in dois.items() if times > 1] == []


@pytest.mark.parametrize(("study", "arm", "figure", "count", "of"), COUNTS)
def test_counts_are_those_of_the_dossier(
    studies: dict[str, Study], study: str, arm: str, figure: str, count: int, of: int
) -> None:
    found = _figure(studies, study, arm, figure)
    assert (found.count, found.of) == (count, of)


@pytest.mark.parametrize(("study", "arm", "figure", "value"), VALUES)
def test_values_are_those_of_the_dossier(
    studies: dict[str, Study], study: str, arm: str, figure: str, value: str
) -> None:
    assert _figure(studies, study, arm, figure).value == Decimal(value)


def test_the_three_cohorts_hold_32_patients(studies: dict[str, Study]) -> None:
    cohorts = ("burt-2019", "greco-2015-ebmt", "burton-2021-calgary")
    assert [studies[cohort].arms[0].n for cohort in cohorts] == [13, 16, 3]


def test_three_of_32_died_and_none_of_the_transplant(studies: dict[str, Study]) -> None:
    cohorts = ("burt-2019", "greco-2015-ebmt", "burton-2021-calgary")
    assert _summed(studies, *((key, "death_all_causes") for key in cohorts)) == (3, 32)
    assert _summed(studies, *((key, "treatment_related_death") for key in cohorts)) == (0, 32)


def test_fourteen_of_32_enrolled_are_off_drugs(studies: dict[str, Study]) -> None:
    greco, burton = ("greco-2015-ebmt", "off_drugs"), ("burton-2021-calgary", "off_drugs")
    assert _summed(studies, ("burt-2019", "off_drugs_itt"), greco, burton) == (14, 32)
    assert _summed(studies, ("burt-2019", "off_drugs"), greco, burton) == (14, 31)


def test_eleven_of_16_are_off_drugs_after_cyclophosphamide_atg_and_rituximab(
    studies: dict[str, Study],
) -> None:
    burton = ("burton-2021-calgary", "off_drugs")
    assert _summed(studies, ("burt-2019", "off_drugs_itt"), burton) == (11, 16)
    assert _summed(studies, ("burt-2019", "off_drugs"), burton) == (11, 15)


def test_the_pooled_autoimmune_diseases_are_those_of_the_single_cohorts(
    studies: dict[str, Study],
) -> None:
    single = _summed(
        studies,
        ("burt-2019", "secondary_autoimmunity"),
        ("greco-2015-ebmt", "secondary_autoimmunity"),
    )
    pooled = studies["nabizadeh-2022-meta"]
    assert single[0] == _figure(studies, pooled.id, "all", "secondary_autoimmunity").count
    assert {"burt-2019", "greco-2015-ebmt"} <= set(pooled.patients_overlap_with)


def test_freedom_from_relapse_in_burt_is_never_the_90_of_progression(
    studies: dict[str, Study],
) -> None:
    relapse = [
        figure.value
        for figure in _figures(studies["burt-2019"])
        if figure.outcome == "relapse_free"
    ]
    assert relapse == [Decimal(80)]


def test_only_a_different_document_confirms_a_transplant_figure_independently(
    studies: dict[str, Study],
) -> None:
    confirmed = {
        (study, figure.id)
        for study in ("burt-2019", "greco-2015-ebmt", "burton-2021-calgary")
        for figure in _figures(studies[study])
        if figure.confirmed_by_second == "different-document"
    }
    assert confirmed == {
        ("burt-2019", "myasthenia"),
        ("burt-2019", "hyperthyroidism"),
        ("greco-2015-ebmt", "secondary_autoimmunity"),
        ("burton-2021-calgary", "disability_not_worse"),
    }


def test_recalled_figures_are_kept_apart(studies: dict[str, Study]) -> None:
    assert _figure(studies, "matiello-2011", "all", "first_relapse").flag == "memory"
    recent = _figure(studies, "sormani-2017-meta-ms", "all", "treatment_related_death_recent")
    assert recent.flag == "memory"


def test_the_misprinted_age_of_a_case_is_not_entered(studies: dict[str, Study]) -> None:
    assert studies["khan-case"].arms[0].population.age_years is None
    assert studies["khan-case"].conflicts


def test_rows_nobody_has_read_are_named_as_unread(sources: dict[str, Source]) -> None:
    for key in ("sharrack-2020-ebmt-jacie", "ebmt-2022-indications", "ebmt-2025-indications"):
        guideline = sources[key]
        assert isinstance(guideline, Guideline)
        assert any("row for NMOSD" in text for text in guideline.not_seen), key
        assert not any("grade II" in text for text in guideline.says), key


def test_no_interval_is_published_for_complement_inhibitors(sources: dict[str, Source]) -> None:
    guideline = sources["greco-2024-ebmt"]
    assert isinstance(guideline, Guideline)
    (line,) = [text for text in guideline.says if text.startswith("Complement inhibitors")]
    assert line.endswith("no interval is published.")


def test_only_the_project_entry_is_flagged_as_ours(sources: dict[str, Source]) -> None:
    ours = [
        source.id
        for source in sources.values()
        if isinstance(source, Guideline) and source.flag == "project"
    ]
    assert ours == ["nmosd-cds-project"]
