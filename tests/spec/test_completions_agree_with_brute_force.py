"""Completions against plain enumeration: every answer of every fact, one by one.

First on invented contenders, whose facts may be shared, tied by a gate or impossible together; then
on the real knowledge, with examples of which a few answers were taken away.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from random import Random

import pytest
from advice_builder import APPROVED, PRESENT, RANKABLE, an_example, the_case, the_knowledge
from hypothesis import given, settings
from hypothesis import strategies as st

from nmosd_cds.advice.facts import facts_of, known_of
from nmosd_cds.advice.rank import Ranked, rank
from nmosd_cds.advice.scope import scope_of
from nmosd_cds.advice.screen import Screened, screen
from nmosd_cds.advice.space import Bar, Contender, Space
from nmosd_cds.advice.standing import Left
from nmosd_cds.advice.tiers import TIERS, place
from nmosd_cds.logic.condition import (
    AllOf,
    AnyOf,
    Condition,
    IsOneOf,
    NotThis,
    Within,
    comparisons_of,
)
from nmosd_cds.logic.evaluate import evaluate
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval, Possible
from nmosd_cds.logic.truth import Truth

DOMAINS = {
    "red": ("yes", "no"),
    "blue": ("yes", "no"),
    "shape": ("round", "square", "long"),
    "state": ("a", "b", "c", "d"),
}
NUMBERS = ("size", "age")
LOW, HIGH = 0, 3


# Invented contenders


def comparisons() -> st.SearchStrategy[IsOneOf | Within]:
    chosen = st.sampled_from(sorted(DOMAINS)).flatmap(
        lambda name: st.builds(
            lambda choices: IsOneOf(name, tuple(sorted(choices))),
            st.sets(st.sampled_from(DOMAINS[name]), min_size=1, max_size=2),
        )
    )
    return st.one_of(chosen, st.builds(Within, st.sampled_from(NUMBERS), intervals(), st.none()))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(st.integers(LOW, HIGH - 1))
    high = draw(st.integers(low + 1, HIGH))
    ends = draw(st.sampled_from([(low, high), (low, None), (None, high), (low, low)]))
    is_open = ends[0] != ends[1]
    return Interval(
        None if ends[0] is None else Decimal(ends[0]),
        None if ends[1] is None else Decimal(ends[1]),
        low_open=is_open and draw(st.booleans()),
        high_open=is_open and draw(st.booleans()),
    )


def conditions() -> st.SearchStrategy[Condition]:
    return st.recursive(
        comparisons(),
        lambda inner: st.one_of(
            st.builds(NotThis, inner),
            st.builds(AllOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=3,
    )


@st.composite
def fact_sets(draw: st.DrawFn) -> dict[str, Fact]:
    facts = {}
    for name, domain in DOMAINS.items():
        possible = draw(st.sets(st.sampled_from(domain), min_size=1))
        facts[name] = Fact(Choices(frozenset(possible), domain))
    for name in NUMBERS:
        facts[name] = Fact(draw(st.one_of(st.just(Interval(Decimal(LOW), None)), intervals())))
    return facts


@st.composite
def contender_lists(draw: st.DrawFn) -> list[Contender]:
    return [
        a_contender(
            f"option-{number}",
            draw(st.lists(st.tuples(conditions(), st.booleans()), max_size=3)),
            draw(st.lists(conditions(), max_size=1)),
            draw(st.lists(comparisons(), max_size=2)),
            draw(st.lists(st.sampled_from((None, *TIERS)), min_size=4, max_size=4)),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


def a_contender(
    option: str,
    gates: Sequence[tuple[Condition, bool]],
    doubts: Sequence[Condition],
    asks: Sequence[IsOneOf | Within],
    tiers: Sequence[str | None],
) -> Contender:
    def placed(facts: Facts) -> str | None:
        held = [evaluate(each, facts).truth is Truth.TRUE for each in asks]
        return tiers[sum(2**number for number, holds in enumerate(held) if holds)]

    bars = tuple(Bar(each, Truth.TRUE if excludes else Truth.FALSE) for each, excludes in gates)
    return Contender(option, placed, tuple(asks), bars, tuple(doubts))


def every_completion(facts: Facts) -> Iterator[dict[str, Fact]]:
    """Every value of every fact; numbers on and between the whole numbers."""
    values = [list(values_of(fact.possible)) for fact in facts.values()]
    for chosen in product(*values):
        yield {
            name: fact.with_possible(value)
            for (name, fact), value in zip(facts.items(), chosen, strict=True)
        }


def values_of(possible: Possible) -> Iterator[Possible]:
    if isinstance(possible, Choices):
        for choice in possible.possible:
            yield Choices(frozenset({choice}), possible.domain)
        return
    for number in range(2 * LOW - 2, 2 * HIGH + 3):
        point = Interval.point(Decimal(number) / 2)
        if point.is_inside(possible):
            yield point


def left_in(contenders: Sequence[Contender], facts: Facts) -> Left:
    held = {}
    for each in contenders:
        barred = any(evaluate(bar.condition, facts).truth is bar.when for bar in each.bars)
        tier = each.place(facts)
        if tier is not None and not barred:
            held[each.option] = tier
    if not held:
        return Left(None)
    top = min(held.values(), key=TIERS.index)
    return Left(
        top,
        tuple(option for option, tier in held.items() if tier == top),
        frozenset(
            each.option
            for each in contenders
            if held.get(each.option) == top
            and any(evaluate(doubt, facts).truth is Truth.TRUE for doubt in each.doubts)
        ),
    )


def brute_force(
    contenders: Sequence[Contender],
    facts: Facts,
    impossible: Sequence[tuple[Condition, ...]] = (),
) -> set[Left]:
    return {
        left_in(contenders, completion)
        for completion in every_completion(only_asked(contenders, facts, impossible))
        if not any(holds_together(parts, completion) for parts in impossible)
    }


def only_asked(
    contenders: Sequence[Contender],
    facts: Facts,
    impossible: Sequence[tuple[Condition, ...]],
) -> dict[str, Fact]:
    conditions = [bar.condition for each in contenders for bar in each.bars]
    conditions += [doubt for each in contenders for doubt in each.doubts]
    conditions += [ask for each in contenders for ask in each.asks]
    conditions += [part for parts in impossible for part in parts]
    names = {part.fact for condition in conditions for part in comparisons_of(condition)}
    return {name: fact for name, fact in facts.items() if name in names}


def holds_together(parts: Sequence[Condition], facts: Facts) -> bool:
    return all(evaluate(part, facts).truth is Truth.TRUE for part in parts)


IMPOSSIBLE = st.lists(st.lists(comparisons(), min_size=2, max_size=3).map(tuple), max_size=2)


@settings(max_examples=150)
@given(contender_lists(), fact_sets(), IMPOSSIBLE)
def test_what_can_be_left_is_what_enumeration_leaves(
    contenders: list[Contender],
    facts: dict[str, Fact],
    impossible: list[tuple[IsOneOf | Within, ...]],
) -> None:
    expected = brute_force(contenders, facts, impossible)
    if not expected:
        return  # the facts contradict what is declared impossible
    reached = Space(contenders, facts, impossible).reached()
    assert reached.exact
    assert reached.possible == expected


@settings(max_examples=100)
@given(contender_lists(), fact_sets(), IMPOSSIBLE, st.integers(0))
def test_an_answer_leaves_what_enumeration_leaves_after_it(
    contenders: list[Contender],
    facts: dict[str, Fact],
    impossible: list[tuple[IsOneOf | Within, ...]],
    seed: int,
) -> None:
    if not brute_force(contenders, facts, impossible):
        return
    name = Random(seed).choice(sorted(facts))
    value = Random(seed).choice(sorted(values_of(facts[name].possible), key=str))
    answered = {name: facts[name].with_possible(value)}
    reached = Space(contenders, facts, impossible).reached(answered)
    assert reached.possible == brute_force(contenders, facts | answered, impossible)


@settings(max_examples=100)
@given(contender_lists(), fact_sets(), IMPOSSIBLE, st.integers(1, 40))
def test_a_search_that_gives_up_states_both_bounds(
    contenders: list[Contender],
    facts: dict[str, Fact],
    impossible: list[tuple[IsOneOf | Within, ...]],
    budget: int,
) -> None:
    expected = brute_force(contenders, facts, impossible)
    if not expected:
        return
    reached = Space(contenders, facts, impossible, budget=budget).reached()
    assert reached.certain <= expected <= reached.possible


# The real knowledge

MOST_COMPLETIONS = 300
PLACING = ("indication", "standard_care", "region", "c5_state", "b_cell_state", "il6r_state")
RANKED = (*RANKABLE, *APPROVED, PRESENT)


def open_answers(facts: Facts, screened: Mapping[str, Screened]) -> dict[str, list[Possible]]:
    """The answers of every fact that an open gate, an open doubt or a tier asks for."""
    knowledge = the_knowledge()
    asked: dict[str, set[Decimal]] = {name: set() for name in PLACING}
    for name in (name for name in RANKED if screened[name].status in ("possible", "unconfirmed")):
        findings = screened[name].findings
        for rule, finding in zip(knowledge.options[name].rules, findings, strict=True):
            is_doubt = finding.about == "benefit" and finding.truth is Truth.UNKNOWN
            if finding.blocks is Truth.UNKNOWN or is_doubt:
                for part in comparisons_of(rule.condition):
                    ends = asked.setdefault(part.fact, set())
                    if isinstance(part, Within):
                        ends |= {e for e in (part.interval.low, part.interval.high) if e}
    for name in APPROVED:
        asked.setdefault(f"own_state@{name}", set())
    for part in (part for parts in knowledge.impossible_together for part in parts):
        asked.setdefault(next(comparisons_of(part)).fact, set())
    return {
        name: list(answers(facts[name], ends))
        for name, ends in asked.items()
        if not facts[name].possible.is_settled
    }


def answers(fact: Fact, ends: set[Decimal]) -> Iterator[Possible]:
    if isinstance(fact.possible, Choices):
        yield from values_of(fact.possible)
        return
    around = sorted({end + step for end in ends for step in (Decimal("-0.5"), 0, Decimal("0.5"))})
    points = [Interval.point(each) for each in around]
    inside = [point for point in points if point.is_inside(fact.possible)]
    yield from inside or [fact.possible]


def advice_and_enumeration(seed: int) -> tuple[Ranked, set[Left]] | None:
    """Both answers for an example of which a few fields are forgotten; None if it is too large."""
    draw = Random(seed)
    data = an_example(draw.choice("abcijk"))
    known = [name for name in data["patient"] if name not in ("aqp4_igg", "core_characteristics")]
    for name in draw.sample(known, draw.randrange(3)):
        del data["patient"][name]
    data["patient"] |= {name: answer for name, answer in EASY.items() if draw.random() < 0.9}
    data.setdefault("setting", {})["allogeneic_programme"] = True
    case = the_case(data)
    assert case.as_of is not None
    knowledge = the_knowledge()
    facts = facts_of(case.patient, knowledge, on=case.as_of, setting=case.setting)
    known = known_of(case.patient, knowledge, on=case.as_of, setting=case.setting)
    scope = scope_of(knowledge, known, facts)
    every = {option.id: screen(option, facts, knowledge) for option in knowledge.options.values()}
    values = open_answers(facts, every)
    if scope.stop is not None or prod(map(len, values.values())) > MOST_COMPLETIONS:
        return None
    found = set()
    for chosen in product(*values.values()):
        answered = {
            name: facts[name].with_possible(value)
            for name, value in zip(values, chosen, strict=True)
        }
        completion = {**facts, **answered}
        if not any(holds_together(parts, completion) for parts in knowledge.impossible_together):
            found.add(left_at_the_top(completion))
    return rank(knowledge, facts, every, scope, None), found


# Answers that leave the rest of a case small enough to be enumerated.
EASY = {
    "pregnant": {"value": False, "date": "2026-11-20"},
    "breastfeeding": False,
    "capacity_to_consent": True,
    "active_infection": False,
    "hiv": "negative",
    "hepatitis_c": "negative",
    "tuberculosis": "negative",
    "syphilis": "negative",
    "organ_failure": False,
    "severe_drug_allergy": False,
    "severe_cardiac_disease": False,
    "sars_cov_2": "negative",
    "lvef": {"value": 62, "unit": "%"},
    "spo2": {"value": 98, "unit": "%"},
    "aminotransferases": {"value": 1, "unit": "x ULN"},
}


def left_at_the_top(facts: Facts) -> Left:
    """The ladder itself on one completion, without the scope."""
    knowledge = the_knowledge()
    held: dict[str, str] = {}
    doubtful = set()
    for name in (name for name in knowledge.options if name in RANKED):
        screened = screen(knowledge.options[name], facts, knowledge)
        where = place(knowledge.options[name], screened, facts, knowledge)
        if screened.status == "possible" and where.tier is not None and not where.unranked:
            held[name] = where.tier
        if any(
            f.effect == "cautions" and f.about == "benefit" and f.truth is Truth.TRUE
            for f in screened.findings
        ):
            doubtful.add(name)
    if not held:
        return Left(None)
    top = min(held.values(), key=TIERS.index)
    options = tuple(option for option, tier in held.items() if tier == top)
    scored = {o for o in options if top == TIERS[-1] or o == PRESENT}
    return Left(top, options, frozenset(doubtful & scored))


SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_real_knowledge_agrees_with_enumeration(seed: int) -> None:
    both = advice_and_enumeration(seed)
    if both is None:
        return
    ranked, expected = both
    assert ranked.completions is not None
    assert ranked.completions.exact
    assert ranked.completions.reached.possible == expected
