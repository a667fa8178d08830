"""What is missing: every completion of a few unknown facts, one by one, beside the answer."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from advice_builder import (
    PRESENT,
    a_changed,
    a_place,
    advice_on,
    advised,
    an_example,
    places,
)

from nmosd_cds.advice.model import Advice

ANSWERS: dict[str, tuple[Any, ...]] = {
    "hbsag": ("positive", "negative"),
    "anti_hbc": ("positive", "negative"),
    "hbv_dna": ("detectable", "undetectable"),
    "hepatology_agreed": (True, False),
    "hiv": ("positive", "negative"),
    "tuberculosis": ("negative", "latent-untreated", "latent-treated", "active"),
    "active_infection": (True, False),
    "capacity_to_consent": (True, False),
    "region": ("us", "eu", "jp", "cn", "other"),
    "lvef": tuple({"value": v, "unit": "%", "date": "2026-11-10"} for v in (30, 47, 60)),
}
HEPATITIS = ("hbsag", "anti_hbc", "hbv_dna", "hepatology_agreed")

no_c5 = [
    row for row in an_example("b")["patient"]["treatments"]["rows"] if row["drug"] != "eculizumab"
]
OPEN_CLASS = {"treatments": an_example("b")["patient"]["treatments"] | {"rows": no_c5}}
AVAILABLE = {"setting": {"access": {"inebilizumab": "available"}}}

CASES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("b", {"trial_places": places()}, (*HEPATITIS, "hiv")),
    ("b", {"trial_places": places()}, ("tuberculosis", "active_infection", "lvef")),
    ("b", {"trial_places": places(a_place())}, ("lvef", "hiv", "capacity_to_consent")),
    ("c", {"trial_places": places()}, (*HEPATITIS, "hiv")),
    ("c", {"trial_places": places(a_place())}, ("hiv", "active_infection", "tuberculosis")),
    ("b", {**OPEN_CLASS, "trial_places": places()}, ("hiv", "tuberculosis")),
    ("b", {**AVAILABLE, "trial_places": places()}, ("region", "hiv")),
    ("b", {**AVAILABLE, "trial_places": places()}, ("region", "tuberculosis")),
    ("j", {"trial_places": places()}, ("hbv_dna", "hepatology_agreed")),
]


def completed(name: str, changes: dict[str, Any], answers: dict[str, Any]) -> Advice:
    known = {key: value for key, value in changes.items() if key != "setting"}
    setting = dict(changes.get("setting", {}))
    if "region" in answers:
        setting["region"] = answers["region"]
    known |= {key: value for key, value in answers.items() if key != "region"}
    return advised(a_changed(name, setting=setting, **known))


def leading(advice: Advice) -> tuple[str, frozenset[str]]:
    """Leading tier, and who leads it; a tier above the scored one leads as one group."""
    tier = min(o.tier for o in advice.options if o.tier and o.rank == 1)
    found = frozenset(advice.robustness.completions.can_be_first)
    return (tier, found) if tier == "2" else (tier, frozenset())


@pytest.mark.parametrize(("name", "changes", "unknown"), CASES)
def test_decided_means_that_every_completion_has_the_same_leaders(
    name: str, changes: dict[str, Any], unknown: tuple[str, ...]
) -> None:
    wide = advice_on(name, **changes, without=unknown)
    others = [
        field
        for field in wide.robustness.completions.depends_on
        if field not in unknown and field not in ("immunoglobulin_last", "severe_drug_allergy")
    ]
    leads, first = set(), set()
    for values in product(*(ANSWERS[field] for field in unknown)):
        answers = dict(zip(unknown, values, strict=True))
        serum = {answers.get("hbsag"), answers.get("anti_hbc")}
        if serum == {"negative"} and answers.get("hbv_dna") == "detectable":
            continue  # contradicts itself
        full = completed(name, changes, answers)
        leads.add(leading(full))
        first |= set(full.robustness.completions.can_be_first)
    found = wide.robustness.completions
    assert first <= {*found.can_be_first, *found.cannot_tell}
    if wide.outcome == "decided":
        assert len(leads) == 1
        assert leads == {leading(wide)}
    if found.exact and not others:
        assert first == set(found.can_be_first)
        assert (wide.outcome == "decided") is (len(leads) == 1)


def test_some_of_these_cases_are_decided_and_some_are_not() -> None:
    outcomes = {advice_on(name, **changes, without=gone).outcome for name, changes, gone in CASES}
    assert outcomes == {"decided", "conditional"}


# The next best question.


def question(advice: Advice, field: str) -> Any:
    return next(each for each in advice.questions if each.field == field)


def test_hbv_dna_settles_transplant_either_way_in_example_j() -> None:
    asked = advice_on("j").questions[0]
    assert asked.field == "hbv_dna"
    assert asked.state == "not done"
    then = {answer.answer: answer.then for answer in asked.answers}
    assert set(then) == {"detectable", "undetectable"}
    assert "AHSCT" in then["detectable"].split("excluded")[0]
    assert "AHSCT possible" in then["undetectable"]


def test_both_answers_to_hbv_dna_come_true() -> None:
    for answer, status in (("detectable", "excluded"), ("undetectable", "possible")):
        assert advice_on("j", hbv_dna=answer).option("ahsct").status == status


def test_a_share_is_the_mean_fraction_of_the_other_candidates_removed() -> None:
    # Two candidates, AHSCT and going on. HIV positive removes one of one other, negative none:
    # (1 + 0) / 2.
    advice = advice_on("b", trial_places=places(), without=("hiv",))
    assert set(advice.robustness.completions.can_be_first) == {PRESENT, "ahsct"}
    assert question(advice, "hiv").share == pytest.approx(0.5)


def test_a_share_counts_each_answer_alike() -> None:
    # Four answers on tuberculosis: active and latent untreated remove AHSCT, the others do not.
    advice = advice_on("b", trial_places=places(), without=("tuberculosis",))
    assert question(advice, "tuberculosis").share == pytest.approx(0.5)


def test_a_number_is_cut_at_the_limits_of_the_gates_that_are_open() -> None:
    # Below 45 % removes AHSCT, from 45 % on none: (1 + 0) / 2. The band to 50 % is a caution.
    advice = advice_on("b", trial_places=places(), without=("lvef",))
    asked = question(advice, "lvef")
    assert asked.share == pytest.approx(0.5)
    assert {answer.answer for answer in asked.answers} == {"below 45 %", "45 % or more"}


def test_what_can_change_nothing_has_no_share() -> None:
    advice = advice_on("c", trial_places=places(), without=("hiv",))
    assert advice.outcome == "decided"
    assert all(each.share == 0.0 for each in advice.questions)


def test_with_nothing_missing_that_matters_no_question_settles_the_order() -> None:
    advice = advice_on("b", trial_places=places())
    assert advice.outcome == "decided"
    assert all(each.share == 0.0 for each in advice.questions)


def test_questions_come_in_the_order_of_what_they_settle() -> None:
    for name in "abcij":
        shares = [each.share for each in advice_on(name).questions]
        assert shares == sorted(shares, reverse=True)
        assert all(0.0 <= share <= 1.0 for share in shares)


def test_no_question_is_asked_twice_and_none_about_a_settled_answer() -> None:
    for name in "abcijk":
        advice = advice_on(name)
        fields = [each.field for each in advice.questions]
        assert len(fields) == len(set(fields))


def test_a_fact_that_only_a_caution_about_benefit_asks_for_may_decide() -> None:
    """Whether the EDSS is above the limit says whether the transplant leads alone or not."""
    advice = advice_on("b", without=("edss_series",))
    question = next(each for each in advice.questions if each.field == "edss_series")
    assert question.decides
    assert question.share > 0
    assert "edss_series" in advice.robustness.completions.depends_on
