"""Whom the patients studied resemble: counted by hand from the evidence files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nmosd_cds.advice.model import FitLine
from nmosd_cds.evidence.study import Study
from nmosd_cds.logic.truth import Truth
from tests.advice_builder import a_changed, advice_on, advised, the_knowledge


def lines(option: str, **changes: Any) -> dict[str, FitLine]:
    fit = advice_on("b", **changes).option(option).fit
    return {line.feature: line for line in fit.lines}


# AHSCT: 13 people in burt-2019 aged 19 to 51, 16 in greco-2015-ebmt aged 20 to 57, and 3 in
# burton-2021-calgary aged 28 to 39.


def test_age_counts_the_people_of_the_cohorts_whose_ages_hold_this_person() -> None:
    """At 45 Chicago and Europe count, at 52 Europe alone; Calgary ends at 39."""
    young = lines("ahsct", birth_date="1981-03-14")["Age"]
    older = lines("ahsct", birth_date="1974-03-14")["Age"]
    assert (young.counted, older.counted) == ("29 of 32", "16 of 32")


def test_outside_every_range_printed_nobody_is_alike_and_the_page_says_what_it_could_mean() -> None:
    line = lines("car-t-bcma", birth_date="1950-03-14")["Age"]
    assert line.alike is Truth.FALSE
    assert (line.like, line.of, line.counted) == (0, 12, "0 of 12")
    assert "harm may be greater" in line.means


def test_an_unknown_age_counts_nobody_in_and_nobody_out() -> None:
    line = lines("ahsct", without=["birth_date"])["Age"]
    assert (line.alike, line.like, line.counted) == (Truth.UNKNOWN, None, "")
    assert line.means


def test_a_birth_year_alone_leaves_open_what_it_leaves_open() -> None:
    """Born in 1975: 50 or 51, so inside every range that goes to 51 and beyond."""
    line = lines("ahsct", birth_date="1975")["Age"]
    assert line.alike is Truth.TRUE
    unsure = lines("car-t-bcma", birth_date="1996")["Age"]
    assert (unsure.alike, unsure.like) == (Truth.UNKNOWN, None)


def test_follow_up_is_held_against_the_months_this_page_asks_about() -> None:
    assert lines("car-t-bcma")["Follow-up"].counted == "0 of 12"
    assert "shorter time" in lines("car-t-bcma")["Follow-up"].means
    assert lines("bm-msc")["Follow-up"].counted == "15 of 15"
    assert lines("ahsct")["Follow-up"].counted == "32 of 32"


def test_serostatus_counts_those_counted_of_all_treated() -> None:
    line = lines("ahsct")["AQP4-IgG positive"]
    assert line.studied == "24 of 29"
    assert line.counted == "24 of 32"


def test_attacks_are_held_against_relapses_a_year_before_where_they_were_printed() -> None:
    line = lines("ahsct")["Attacks in the year before"]
    assert line.counted == "16 of 32"
    without = lines("ahsct", without=["attacks"])["Attacks in the year before"]
    assert (without.alike, without.like) == (Truth.UNKNOWN, None)


def test_what_is_alike_needs_no_explanation_and_what_is_not_has_one() -> None:
    for option in advice_on("b").options:
        for line in option.fit.lines:
            assert (line.means == "") is (line.alike is Truth.TRUE), (option.id, line.feature)
            assert line.like is None or line.of is None or line.like <= line.of


def test_a_knowledge_without_words_for_it_says_nothing_and_invents_nothing() -> None:
    knowledge = replace(
        the_knowledge(),
        sha256="no fit",
        ranking=the_knowledge().ranking.model_copy(update={"fit": None}),
    )
    fit = advised(a_changed("b"), knowledge).option("ahsct").fit
    assert {line.means for line in fit.lines} == {""}


def test_a_cohort_whose_number_was_not_printed_is_not_counted_as_nobody() -> None:
    """Chicago, 19 to 51, holds a person of 45; without its number nobody can say how many."""
    study = the_knowledge().sources["burt-2019"]
    assert isinstance(study, Study)
    arms = tuple(arm.model_copy(update={"n": None}) for arm in study.arms)
    sources = {**the_knowledge().sources, study.id: study.model_copy(update={"arms": arms})}
    knowledge = replace(the_knowledge(), sha256="n not printed", sources=sources)
    fit = advised(a_changed("b"), knowledge).option("ahsct").fit
    age = next(line for line in fit.lines if line.feature == "Age")
    assert (age.alike, age.like, age.of) == (Truth.TRUE, None, None)
