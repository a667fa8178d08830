"""Serology, diagnostic criteria, hepatitis B, pregnancy and age."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.age import age_years
from nmosd_cds.calculators.hepatitis_b import hepatitis_b
from nmosd_cds.calculators.ipnd_2015 import ipnd_met, red_flag
from nmosd_cds.calculators.pregnancy import pregnancy
from nmosd_cds.calculators.serostatus import serostatus
from nmosd_cds.logic.fact import Choices, Interval, yes_no

YES, NO, EITHER = yes_no([True]), yes_no([False]), yes_no([True, False])
POSITIVE = {"aqp4_igg": {"value": "positive", "assay": "cell-based"}}
UNTRUSTED = {"aqp4_igg": {"value": "negative", "assay": "cell-based"}}
NEGATIVE = UNTRUSTED | {"aqp4_drawn_before_treatment": True}
NEURITIS = {"core_characteristics": ["optic-neuritis"]}


def mog(titre: str | None = None, value: str = "positive") -> dict[str, Any]:
    return {"mog_igg": {"value": value} | ({"titre": titre} if titre else {})}


def choices(derived: Any) -> set[str]:
    assert isinstance(derived.possible, Choices)
    return set(derived.possible.possible)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "aqp4-positive aqp4-negative mogad"),
        (POSITIVE, "aqp4-positive"),
        (POSITIVE | mog("1:320") | NEURITIS, "aqp4-positive"),
        (
            {"aqp4_igg": {"value": "positive", "assay": "elisa"}},
            "aqp4-positive aqp4-negative mogad",
        ),
        ({"aqp4_igg": "positive"}, "aqp4-positive aqp4-negative mogad"),
        (UNTRUSTED | mog(value="negative"), "aqp4-positive aqp4-negative"),
        (NEGATIVE, "aqp4-negative mogad"),
        (UNTRUSTED | {"aqp4_repeated_negative": True}, "aqp4-negative mogad"),
        (UNTRUSTED | {"aqp4_drawn_before_treatment": False}, "aqp4-positive aqp4-negative mogad"),
        (
            {"aqp4_igg": {"value": "negative", "assay": "elisa"}, "aqp4_repeated_negative": True},
            "aqp4-positive aqp4-negative mogad",
        ),
        (NEGATIVE | mog(value="negative"), "aqp4-negative"),
        (NEGATIVE | mog("1:320") | NEURITIS, "mogad"),
        (NEGATIVE | mog("1:100") | NEURITIS, "mogad"),
        (NEGATIVE | mog(">=1:100") | NEURITIS, "mogad"),
        (NEGATIVE | mog("1:99") | NEURITIS, "aqp4-negative mogad"),
        (NEGATIVE | mog(">1:40") | NEURITIS, "aqp4-negative mogad"),
        (NEGATIVE | mog() | NEURITIS, "aqp4-negative mogad"),
        (NEGATIVE | mog("1:320"), "aqp4-negative mogad"),
        (
            NEGATIVE | mog("1:320") | {"core_characteristics": ["area-postrema"]},
            "aqp4-negative mogad",
        ),
        (
            NEGATIVE
            | mog("1:320")
            | {"core_characteristics": {"value": ["area-postrema"], "complete": True}},
            "aqp4-negative",
        ),
        (mog("1:320") | NEURITIS, "aqp4-positive mogad"),
    ],
)
def test_serostatus(facts: dict[str, Any], expected: str) -> None:
    assert choices(serostatus(what_is_known(**facts))) == set(expected.split())


def test_serology_asks_aqp4_first_and_how_a_negative_was_drawn() -> None:
    assert serostatus(what_is_known(**mog("1:320"), **NEURITIS)).missing[0] == "aqp4_igg"
    assert serostatus(what_is_known(**UNTRUSTED)).missing == (
        "aqp4_drawn_before_treatment", "aqp4_repeated_negative", "mog_igg"
    )  # fmt: skip


def ipnd(
    serology: dict[str, Any], *cores: str, mri: str = "", excluded: bool | None = True
) -> Choices:
    """The criteria for listed cores; `mri` names fields answered yes, with `-` before a no."""
    facts: dict[str, Any] = serology | {"core_characteristics": {"value": cores, "complete": True}}
    facts["core_characteristics"]["value"] = list(cores)
    facts |= {f"mri_{name.lstrip('-')}": not name.startswith("-") for name in mri.split()}
    if excluded is not None:
        facts["alternatives_excluded"] = excluded
    possible = ipnd_met(what_is_known(**facts)).possible
    assert isinstance(possible, Choices)
    return possible


def test_worked_examples_of_the_criteria_of_2015() -> None:
    on, myelitis = "optic-neuritis", "acute-myelitis"
    assert ipnd(POSITIVE, on) == YES  # v1
    assert ipnd(POSITIVE) == NO  # v2
    assert ipnd(NEGATIVE, on, myelitis, mri="optic_nerve long_myelitis") == YES  # v3
    assert ipnd(NEGATIVE, myelitis, mri="long_myelitis") == NO  # v4
    assert ipnd(NEGATIVE, "acute-brainstem", "cerebral", mri="brainstem") == NO  # v5
    assert ipnd({}, "area-postrema", on, mri="area_postrema optic_nerve") == YES  # v6
    assert ipnd(POSITIVE, myelitis, mri="-long_myelitis") == YES  # v7
    assert ipnd(NEGATIVE, on, myelitis, mri="optic_nerve -long_myelitis") == NO  # v8


def test_criteria_are_unknown_where_something_is_missing() -> None:
    assert ipnd(POSITIVE, "optic-neuritis", excluded=None) == EITHER
    assert ipnd(POSITIVE, "optic-neuritis", excluded=False) == NO
    assert ipnd(NEGATIVE, "optic-neuritis", "acute-myelitis", mri="optic_nerve") == EITHER
    assert ipnd({}, "optic-neuritis", mri="optic_nerve") == EITHER
    assert ipnd_met(what_is_known(**POSITIVE)).possible == EITHER
    assert ipnd_met(what_is_known()).missing[:2] == ("aqp4_igg", "core_characteristics")


def test_optic_neuritis_twice_is_one_characteristic() -> None:
    # Example g: the list is not complete, so a second one may still be found.
    known = what_is_known(
        core_characteristics=["optic-neuritis"],
        mri_optic_nerve=True,
        alternatives_excluded=True,
    )
    assert ipnd_met(known).possible == EITHER


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, EITHER),
        ({"oligoclonal_bands": "positive"}, YES),
        ({"progression_without_attacks": True}, YES),
        ({"other_red_flag": True}, YES),
        ({"oligoclonal_bands": "negative", "other_red_flag": False}, EITHER),
        (
            {
                "oligoclonal_bands": "negative",
                "other_red_flag": False,
                "progression_without_attacks": False,
            },
            NO,
        ),
    ],
)
def test_red_flag(facts: dict[str, Any], expected: Choices) -> None:
    assert red_flag(what_is_known(**facts)).possible == expected


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ("", "clear latent carrier active"),
        ("hbsag=negative anti_hbc=negative", "clear"),
        ("hbsag=negative", "clear latent active"),
        ("hbsag=negative anti_hbc=positive", "clear latent active"),
        ("hbsag=negative anti_hbc=positive immunoglobulin_last=none-in-6-months", "latent active"),
        (
            "hbsag=negative anti_hbc=positive immunoglobulin_last=none-in-6-months "
            "hbv_dna=undetectable",
            "latent",
        ),
        (
            "hbsag=negative anti_hbc=positive immunoglobulin_last=within-6-months "
            "hbv_dna=undetectable",
            "clear latent",
        ),
        ("hbsag=positive", "carrier active"),
        ("hbsag=positive hbv_dna=undetectable", "carrier"),
        ("hbv_dna=detectable", "active"),
        ("hbsag=negative anti_hbc=negative hbv_dna=detectable", "active"),
    ],
)
def test_hepatitis_b(tests: str, expected: str) -> None:
    facts = dict(test.split("=") for test in tests.split())
    assert choices(hepatitis_b(what_is_known(**facts))) == set(expected.split())


def test_dna_alone_is_asked_where_anti_hbc_is_positive() -> None:
    known = what_is_known(
        hbsag="negative", anti_hbc="positive", immunoglobulin_last="none-in-6-months",
        hbv_dna={"state": "not-done"},
    )  # fmt: skip
    assert hepatitis_b(known).missing == ("hbv_dna",)
    assert hepatitis_b(what_is_known()).missing == ("hbsag", "anti_hbc", "hbv_dna")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "pregnant not-pregnant"),
        ({"sex": "male"}, "not-pregnant"),
        ({"sex": "female"}, "pregnant not-pregnant"),
        ({"can_become_pregnant": False}, "not-pregnant"),
        ({"can_become_pregnant": True}, "pregnant not-pregnant"),
        ({"pregnant": True}, "pregnant"),
        ({"pregnant": False}, "pregnant not-pregnant"),
        ({"pregnant": {"value": False, "date": "2026-11-08"}}, "not-pregnant"),
        ({"pregnant": {"value": False, "date": "2026-11-07"}}, "pregnant not-pregnant"),
        ({"pregnant": {"value": False, "date": "2026-11"}}, "pregnant not-pregnant"),
    ],
)
def test_pregnancy(facts: dict[str, Any], expected: str) -> None:
    assert choices(pregnancy(what_is_known(**facts))) == set(expected.split())


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({"birth_date": "1984-11-22"}, 42, 42),
        ({"birth_date": "1984-11-23"}, 41, 41),
        ({"birth_date": "1984-11"}, 41, 42),
        ({"birth_date": "1984"}, 41, 42),
        ({"birth_date": "1984-03"}, 42, 42),
        ({"stated_age": 66}, 66, 66),
        ({"stated_age": {"value": 60, "date": "2024-11-22"}}, 62, 62),
        ({"stated_age": {"value": 60, "date": "2024-10-01"}}, 62, 63),
        ({"birth_date": "1984", "stated_age": 42}, 42, 42),
        ({"birth_date": "1984-03", "stated_age": 50}, 42, 42),
        ({}, 0, None),
    ],
)
def test_age(facts: dict[str, Any], low: int, high: int | None) -> None:
    known = what_is_known(on=date(2026, 11, 22), **facts)
    expected = Interval(Decimal(low), None if high is None else Decimal(high))
    assert age_years(known).possible == expected
