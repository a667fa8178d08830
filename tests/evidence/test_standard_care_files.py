"""The drug files, their guidelines and definitions say what the dossier of standard care says."""

from pathlib import Path

import pytest

from nmosd_cds.evidence.study import Drug, Guideline, Study
from nmosd_cds.knowledge.frame import StandardCareFile
from nmosd_cds.strict_yaml import Model, parse, read_yaml

ROOT = Path(__file__).resolve().parents[2]
EVIDENCE = ROOT / "resources" / "evidence"
PREVENTIVE = (
    "eculizumab",
    "ravulizumab",
    "inebilizumab",
    "satralizumab",
    "rituximab",
    "tocilizumab",
    "azathioprine",
    "mycophenolate",
)
OTHER = ("methotrexate", "ciclosporin", "tacrolimus", "mitoxantrone", "cyclophosphamide")
FOR_MULTIPLE_SCLEROSIS = (
    "interferon-beta",
    "natalizumab",
    "fingolimod",
    "glatiramer",
    "dimethyl-fumarate",
    "alemtuzumab",
    "cladribine",
)
EVERY = (*PREVENTIVE, "prednisolone", *OTHER, *FOR_MULTIPLE_SCLEROSIS)
# Drug, region, standing, date, and how the date is known.
STANDING = [
    ("eculizumab", "us", "approved", "2019-06", "seen"),
    ("eculizumab", "eu", "approved", "2019-08", "seen"),
    ("eculizumab", "jp", "approved", "2019", "seen"),
    ("eculizumab", "cn", "approved", "2023-10", "memory"),
    ("ravulizumab", "us", "approved", "2024-03", "seen"),
    ("ravulizumab", "eu", "approved", "2023", "seen"),
    ("ravulizumab", "jp", "approved", "2023", "seen"),
    ("ravulizumab", "cn", "approved", "2025-08-05", "seen"),
    ("inebilizumab", "us", "approved", "2020-06-11", "seen"),
    ("inebilizumab", "eu", "approved", "2022", "seen"),
    ("inebilizumab", "jp", "approved", "2021", "seen"),
    ("inebilizumab", "cn", "approved", "2022-03", "memory"),
    ("satralizumab", "us", "approved", "2020-08", "memory"),
    ("satralizumab", "eu", "approved", "2021-06", "memory"),
    ("satralizumab", "jp", "approved", "2020-06", "seen"),
    ("satralizumab", "cn", "approved", "2021", "memory"),
    ("rituximab", "us", "off-label", None, "memory"),
    ("rituximab", "eu", "off-label", None, "memory"),
    ("rituximab", "jp", "approved", "2022-06-20", "seen"),
    ("rituximab", "cn", "off-label", None, "memory"),
    ("tocilizumab", "jp", "off-label", None, "memory"),
    ("azathioprine", "us", "off-label", None, "memory"),
    ("mycophenolate", "eu", "off-label", None, "memory"),
    ("prednisolone", "all", "general-licence", None, "memory"),
]


def _read(path: Path, model: type[Model]) -> Model:
    item, problems = parse(read_yaml(path, path.stem), model)
    assert item is not None, "\n".join(problem.sentence for problem in problems)
    return item


def _drug(stem: str) -> Drug:
    return _read(EVIDENCE / "drugs" / f"{stem}.yaml", Drug)


def _guideline(stem: str) -> Guideline:
    return _read(EVIDENCE / "guidelines" / f"{stem}.yaml", Guideline)


def _care() -> StandardCareFile:
    return _read(ROOT / "rules" / "standard-care.yaml", StandardCareFile)


@pytest.mark.parametrize(("stem", "region", "status", "day", "known"), STANDING)
def test_a_drug_stands_in_a_region_as_read_or_recalled(
    stem: str, region: str, status: str, day: str | None, known: str
) -> None:
    approvals: dict[str, object] = dict(_drug(stem).approvals)
    one = _drug(stem).approvals[region]  # type: ignore[index]  # a region of the table above
    assert region in approvals
    assert (one.status, one.date, one.date_flag or one.flag) == (status, day, known)


@pytest.mark.parametrize("stem", PREVENTIVE)
def test_a_preventive_drug_says_everything_a_sheet_has_room_for(stem: str) -> None:
    drug = _drug(stem)
    for name in (
        "substance", "indications", "approvals", "dose", "time_to_effect", "failure",
        "pseudo_failure", "switch", "washout", "safety", "pregnancy", "studies",
    ):  # fmt: skip
        assert getattr(drug, name), name
    assert drug.adequate_trial.minimum_weeks is not None


@pytest.mark.parametrize("stem", EVERY)
def test_what_is_said_as_read_names_its_page_and_nothing_recalled_does(stem: str) -> None:
    drug = _drug(stem)
    notes = [
        *drug.indications.values(), *drug.failure, *drug.pseudo_failure, *drug.switch,
        *drug.safety, *drug.monitoring, *drug.pregnancy, *drug.reported,
    ]  # fmt: skip
    assert notes
    for note in notes:
        assert bool(note.source_url) is (note.flag == "seen"), note.text


@pytest.mark.parametrize("stem", EVERY)
def test_every_drug_says_something_of_pregnancy_and_none_is_called_safe(stem: str) -> None:
    drug = _drug(stem)
    assert drug.pregnancy
    assert drug.teratogenic in ("true", "unknown")


@pytest.mark.parametrize("stem", EVERY)
def test_only_drugs_for_multiple_sclerosis_are_marked_harmful(stem: str) -> None:
    drug = _drug(stem)
    assert (drug.harms_in_nmosd == "true") is (stem in FOR_MULTIPLE_SCLEROSIS)
    if stem in FOR_MULTIPLE_SCLEROSIS:
        assert drug.approvals["all"].status == "not-for-nmosd"
        assert drug.adequate_trial.minimum_weeks is None


def test_no_interval_is_printed_for_a_complement_inhibitor() -> None:
    for stem in ("eculizumab", "ravulizumab"):
        washout = _drug(stem).washout
        assert washout is not None and washout.days is None


def test_stopping_eculizumab_is_four_of_six_and_stopping_anything_fourteen_of_seventeen() -> None:
    said = " ".join(note.text for note in _drug("eculizumab").switch)
    assert "6" in said and "4 relapsed within 3 months" in said
    assert "14 of 17" in " ".join(note.text for note in _drug("rituximab").switch)


def test_a_drug_that_closes_no_class_says_so_where_one_looks_for_the_next_step() -> None:
    for stem in ("azathioprine", "mycophenolate", "prednisolone", *OTHER):
        assert "not exhaustion" in " ".join(note.text for note in _drug(stem).switch), stem


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("latam-2025", "Nineteen experts"),
        ("latam-2020", "a response that is not good enough"),
        ("poland-2023", "May 2023"),
        ("eular-2024-reproduction", "Methotrexate, mycophenolate and cyclophosphamide"),
        ("china-2025", "Third edition after 2016 and 2021"),
        ("muraro-2025-ectrims-ebmt", "uncertain indications"),
        ("delphi-2023", "25 statements"),
    ],
)
def test_a_guideline_says_what_was_read(stem: str, words: str) -> None:
    guideline = _guideline(stem)
    assert words in " ".join(guideline.says)
    assert guideline.not_seen, "an abstract or a summary was read"


def test_mil62_is_two_of_forty_five_and_its_misprint_is_kept_out() -> None:
    study = _read(EVIDENCE / "studies" / "mil62-phase3-2025.yaml", Study)
    counts = [
        (figure.count, figure.of)
        for arm in study.arms
        for figure in arm.figures
        if figure.id == "first_relapse"
    ]
    assert counts == [(2, 45), (21, 46)]
    assert "2 of 25" in study.conflicts[0].says


def test_drugs_under_trial_are_no_drugs_of_the_treatment_list() -> None:
    assert not (EVIDENCE / "drugs" / "mil62.yaml").exists()
    assert not (EVIDENCE / "drugs" / "telitacicept.yaml").exists()


def test_every_definition_of_the_dossier_is_shown() -> None:
    assert {one.id for one in _care().definitions} == {
        "three-classes",
        "pragmatic",
        "cn-cart-consensus-2025",
        "baffr-cart-nct06561009",
        "bcma-cart-nct04561557",
        "cd19-cart-nct05828212",
        "high-activity-entry",
        "ahsct-calgary",
        "ahsct-siriraj",
        "ahsct-chicago",
        "msc-nct02249676",
        "tocilizumab-cohort",
        "nemos-switch",
        "treatment-failure",
        "intolerance",
        "beat-ms",
    }


def test_our_own_definitions_are_marked_and_a_recalled_one_is_too() -> None:
    flags = {one.id: (one.basis, one.flag) for one in _care().definitions}
    ours = {name for name, (basis, _flag) in flags.items() if basis == "project"}
    assert ours == {"three-classes", "pragmatic", "treatment-failure", "intolerance"}
    assert all(flags[name][1] == "project" for name in ours)
    assert flags["nemos-switch"] == ("published", "memory")


def test_a_registry_text_that_leaves_something_open_says_so() -> None:
    open_texts = {one.id for one in _care().definitions if one.ambiguous}
    assert open_texts >= {
        "cd19-cart-nct05828212", "bcma-cart-nct04561557", "baffr-cart-nct06561009",
        "ahsct-siriraj", "ahsct-chicago", "msc-nct02249676",
    }  # fmt: skip


def test_a_definition_for_multiple_sclerosis_asks_for_nothing() -> None:
    (beat,) = [one for one in _care().definitions if one.disease == "multiple-sclerosis"]
    assert (beat.id, beat.when) == ("beat-ms", None)


def test_every_thing_to_check_before_failure_is_a_question_with_a_field() -> None:
    items = _care().pseudo_failure
    assert [one.id for one in items] == [
        "infection", "objective", "same-attack", "functional", "pml", "missed-doses", "dose",
        "early", "withdrawal", "diagnosis", "b-cells", "after-infusion", "complement",
        "c5-variant", "exchange", "antibodies",
    ]  # fmt: skip
    assert all(one.question.endswith("?") and one.fields for one in items)
    assert all(set(one.points_away) <= set(one.fields) for one in items)
