"""What the unknown could still change, on single questions; brute force is in tests/spec."""

from decimal import Decimal
from itertools import product

import pytest
from advice_builder import APPROVED, PRESENT, advice_on, an_example, the_case, the_knowledge

from nmosd_cds.advice.facts import facts_of
from nmosd_cds.advice.space import Bar, Contender, Space
from nmosd_cds.advice.standing import Left
from nmosd_cds.calculators.class_state import _states
from nmosd_cds.calculators.drug_state import STATES, Standing
from nmosd_cds.logic.condition import IsOneOf, Within
from nmosd_cds.logic.evaluate import evaluate
from nmosd_cds.logic.fact import YES_NO, Choices, Fact, Facts, Interval
from nmosd_cds.logic.truth import Truth


def a_contender(option: str, *bars: Bar, tier: str = "2") -> Contender:
    def placed(_facts: Facts) -> str:
        return tier

    return Contender(option, placed, bars=bars)


def excludes(fact: str, choice: str) -> Bar:
    return Bar(IsOneOf(fact, (choice,)), Truth.TRUE)


UNKNOWN = Fact(Choices(frozenset(YES_NO), YES_NO))
ANY_NUMBER = Fact(Interval(Decimal(0), None))


def lefts(*contenders: Contender, **facts: Fact) -> set[tuple[str, ...]]:
    return {left.options for left in Space(contenders, facts).reached().possible}


def test_one_fact_that_bars_two_bars_both_or_none() -> None:
    both = [a_contender(each, excludes("hiv", "true")) for each in ("a", "b")]
    assert lefts(*both, hiv=UNKNOWN) == {("a", "b"), ()}


def test_two_facts_bar_each_its_own() -> None:
    pair = [a_contender(each, excludes(each, "true")) for each in ("a", "b")]
    assert lefts(*pair, a=UNKNOWN, b=UNKNOWN) == {("a", "b"), ("a",), ("b",), ()}


def test_a_number_is_cut_where_it_is_asked() -> None:
    low = Bar(Within("lvef", Interval(None, Decimal(45), high_open=True), None), Truth.TRUE)
    high = Bar(Within("lvef", Interval(Decimal(45), None), None), Truth.TRUE)
    pair = (a_contender("a", low), a_contender("b", high))
    assert lefts(*pair, lvef=ANY_NUMBER) == {("a",), ("b",)}


def test_what_cannot_be_together_is_not_supposed() -> None:
    pair = (a_contender("a", excludes("x", "true")), a_contender("b", excludes("y", "true")))
    together = (IsOneOf("x", ("true",)), IsOneOf("y", ("true",)))
    found = Space(pair, {"x": UNKNOWN, "y": UNKNOWN}, [together]).reached()
    assert Left(None) not in found.possible
    assert len(found.possible) == 3


def test_an_answer_that_contradicts_leaves_nothing() -> None:
    single = [a_contender("a", excludes("x", "true"))]
    together = (IsOneOf("x", ("true",)), IsOneOf("y", ("true",)))
    space = Space(single, {"x": UNKNOWN, "y": UNKNOWN}, [together])
    yes = UNKNOWN.with_possible(Choices(frozenset({"true"}), YES_NO))
    assert space.reached({"x": yes, "y": yes}).possible == set()


def test_a_higher_tier_hides_the_lower_one() -> None:
    pair = (a_contender("a", excludes("x", "true"), tier="1"), a_contender("b"))
    assert lefts(*pair, x=UNKNOWN) == {("a",), ("b",)}


def test_a_spent_budget_is_said() -> None:
    pair = (a_contender("a", excludes("x", "true")), a_contender("b", excludes("x", "false")))
    reached = Space(pair, {"x": UNKNOWN}, budget=1).reached()
    assert not reached.exact
    assert {left.options for left in reached.certain} == {("a",), ("b",)}
    assert {left.options for left in reached.possible} == {("a",), ("b",), ("a", "b"), ()}


def test_the_same_witnesses_every_time() -> None:
    many = [a_contender(f"o{n}", excludes(f"y{n}", "true")) for n in range(12)]
    facts = {f"y{n}": UNKNOWN for n in range(12)}
    first, again = (Space(many, facts, budget=50, seed=7).reached() for _time in range(2))
    assert first == again


# On the examples


@pytest.mark.parametrize("name", "abcijk")
def test_the_examples_are_searched_exactly(name: str) -> None:
    completions = advice_on(name).robustness.completions
    assert completions.exact
    assert completions.cannot_tell == ()


def test_b_depends_on_the_trial_place_alone() -> None:
    completions = advice_on("b").robustness.completions
    assert completions.depends_on == ("trial_places",)
    assert completions.can_be_first == (PRESENT, "ahsct", "bm-msc")


def test_nothing_that_cannot_lead_is_depended_on() -> None:
    assert "allogeneic_programme" not in advice_on("b").robustness.completions.depends_on


def test_a_depends_on_nothing_although_much_is_unknown() -> None:
    advice = advice_on("a")
    assert advice.outcome == "decided"
    assert advice.robustness.completions.depends_on == ()
    assert set(advice.robustness.completions.can_be_first) == set(APPROVED)


def test_hbv_dna_removes_half_of_the_others_on_average() -> None:
    # Detectable DNA leaves the present treatment alone, undetectable removes nobody.
    question = advice_on("j").questions[0]
    assert (question.field, question.share, question.decides) == ("hbv_dna", 0.5, True)


def test_an_open_class_makes_a_board_case_conditional() -> None:
    advice = advice_on("b", without=["drug_decisions"], treatments={"rows": []})
    assert advice.outcome == "conditional"
    assert "treatments" in {question.field for question in advice.questions}


# What is declared impossible is so


def test_no_settled_example_holds_what_is_declared_impossible() -> None:
    knowledge = the_knowledge()
    for name in "abcdefghijkl":
        case = the_case(an_example(name))
        assert case.as_of is not None
        facts = facts_of(case.patient, knowledge, on=case.as_of, setting=case.setting)
        for parts in knowledge.impossible_together:
            truths = [evaluate(part, facts).truth for part in parts]
            assert not all(truth is Truth.TRUE for truth in truths), (name, parts)


def test_what_drugs_say_of_their_class_holds_for_every_pair_of_states() -> None:
    standings = [Standing(state, wide) for state in STATES for wide in (False, True)]
    for own, other in product(standings, standings):
        (of_class,) = _states((frozenset({own}), frozenset({other})), ())
        (of_own,) = _states((frozenset({own}),), (frozenset({other}),))
        assert of_own != "failed" or of_class == "failed"
        assert of_class != "not-accessible" or of_own == "not-accessible"
