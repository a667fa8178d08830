"""What would have to change, on the examples; what cannot change is never proposed."""

import re
from typing import Any

import pytest
from advice_builder import NAMES, a_changed, advice_on, advised, the_knowledge

from nmosd_cds.advice.model import Advice, ChangeLine
from nmosd_cds.knowledge.frame import Modifiable

IMMUTABLE = ("age_years", "sex", "serostatus", "hiv", "attacks_12_months", "above_trial_age")


def words(advice: Advice, option: str) -> list[str]:
    return [line.words for line in advice.option(option).changes]


def becomes(advice: Advice, option: str) -> set[str]:
    return {line.becomes for line in advice.option(option).changes}


def test_an_infection_that_alone_bars_a_transplant_is_the_change() -> None:
    advice = advice_on("b", active_infection=True)
    (line,) = advice.option("ahsct").changes
    assert line == ChangeLine(
        "If the infection is treated and no longer active", ("active_infection",), "possible"
    )


def test_two_bars_need_two_changes() -> None:
    advice = advice_on("b", active_infection=True, syphilis="active")
    (line,) = advice.option("ahsct").changes
    assert "infection" in line.words
    assert "syphilis" in line.words
    assert line.becomes == "possible"


def test_hepatology_comes_with_the_treatment_of_hepatitis_b() -> None:
    advice = advice_on("b", hbsag="positive", hbv_dna="detectable")
    first, second = advice.option("ahsct").changes
    assert (first.becomes, second.becomes) == ("unconfirmed", "possible")
    assert "hepatology" not in first.words
    assert "hepatology" in second.words


def test_what_cannot_change_leaves_nothing_to_propose() -> None:
    assert words(advice_on("b", hiv="positive"), "ahsct") == []
    assert words(advice_on("b", hiv="positive", active_infection=True), "ahsct") == []
    assert words(advice_on("b", birth_date="1950"), "ahsct") == []


def test_a_class_that_failed_is_never_proposed_again() -> None:
    advice = advice_on("b")
    for option in ("c5-inhibitor", "anti-cd20-antibody", "il6r-inhibitor"):
        assert words(advice, option) == []


def test_a_drug_that_cannot_be_had_needs_a_supply() -> None:
    (line,) = advice_on("b").option("anti-cd19-antibody").changes
    assert "supply" in line.words
    assert line.fields == ("access_inebilizumab",)
    assert line.becomes == "possible"


def test_a_trial_place_nobody_knows_of_may_be_arranged() -> None:
    (line,) = advice_on("b").option("car-t-bcma").changes
    assert "authorised trial" in line.words
    assert line.fields == ("trial_places",)


def test_an_infection_nobody_knows_of_is_asked_and_not_treated() -> None:
    assert words(advice_on("b", without=["active_infection"]), "ahsct") == []


def test_active_lupus_would_have_to_be_inactive() -> None:
    assert becomes(advice_on("c"), "ahsct") == {"possible"}
    assert "inactive" in words(advice_on("c"), "ahsct")[0]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_proposed_reaches_the_status_it_says(name: str) -> None:
    for option in advice_on(name).options:
        for line in option.changes:
            assert line.becomes != option.status
            assert line.becomes in ("possible", "unconfirmed")
            assert line.fields
            assert not re.search(r"\b([Gg]ive|[Ss]tart|must|should|[Rr]ecommended)\b", line.words)


@pytest.mark.parametrize(
    ("option", "bar", "lifted"),
    [
        ("ahsct", {"tuberculosis": "active"}, {"tuberculosis": "latent-treated"}),
        ("ahsct", {"syphilis": "active"}, {"syphilis": "treated"}),
        ("ahsct", {"capacity_to_consent": False}, {"capacity_to_consent": True}),
        ("ahsct", {"hepatitis_c": "rna-positive"}, {"hepatitis_c": "antibody-only"}),
        (
            "ahsct",
            {"myocardial_infarction": "within-12-months"},
            {"myocardial_infarction": "over-12-months"},
        ),
    ],
)
def test_entering_the_change_does_what_was_said(
    option: str, bar: dict[str, Any], lifted: dict[str, Any]
) -> None:
    (line,) = advice_on("b", **bar).option(option).changes
    after = advised(a_changed("b", **(bar | lifted))).option(option)
    assert after.status == line.becomes


def test_immutable_facts_are_not_on_the_list() -> None:
    listed = {each.fact for each in the_knowledge().definitions_file.modifiable}
    assert listed.isdisjoint(IMMUTABLE)


def test_a_failure_is_no_state_to_come_from() -> None:
    for each in the_knowledge().definitions_file.modifiable:
        assert isinstance(each, Modifiable)
        if each.fact == "own_state":
            assert "failed" not in each.only_from
            assert each.only_from
