"""A slow, plain evaluator beside the real one, and the law that new facts never flip a truth."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.logic.condition import (
    AllOf,
    AnyOf,
    Condition,
    IsOneOf,
    Named,
    NotThis,
    Within,
    comparisons_of,
)
from nmosd_cds.logic.evaluate import evaluate, truth_in
from nmosd_cds.logic.fact import Choices, Fact, Interval, Possible
from nmosd_cds.logic.truth import Truth

DOMAIN = ("red", "green", "blue")
CHOICE_FACTS = ("colour", "other_colour")
NUMBER_FACTS = ("height", "width")
# Ends of intervals are whole numbers 0 to 4, so half steps hold a witness of every interval.
GRID = tuple(Decimal(half) / 2 for half in range(-2, 11))
WORTH = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
TRUTHS = {worth: truth for truth, worth in WORTH.items()}

ends = st.none() | st.integers(0, 4).map(Decimal)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    is_point = low is not None and low == high
    return Interval(
        low, high, not is_point and draw(st.booleans()), not is_point and draw(st.booleans())
    )


choices = st.sets(st.sampled_from(DOMAIN), min_size=1).map(
    lambda possible: Choices(frozenset(possible), DOMAIN)
)
comparisons = st.one_of(
    st.builds(
        IsOneOf,
        st.sampled_from(CHOICE_FACTS),
        st.lists(st.sampled_from(DOMAIN), min_size=1, unique=True).map(tuple),
    ),
    st.builds(Within, st.sampled_from(NUMBER_FACTS), intervals(), st.none()),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        st.builds(NotThis, inner),
        st.builds(Named, st.just("a_definition"), inner),
    ),
    max_leaves=8,
)
facts = st.fixed_dictionaries(
    dict.fromkeys(CHOICE_FACTS, choices) | {name: intervals() for name in NUMBER_FACTS}
)


def is_in(number: Decimal, interval: Interval) -> bool:
    above = interval.low is None or number > interval.low
    above = above or (number == interval.low and not interval.low_open)
    below = interval.high is None or number < interval.high
    return above and (below or (number == interval.high and not interval.high_open))


def possible_values(possible: Possible) -> list[str] | list[Decimal]:
    if isinstance(possible, Choices):
        return sorted(possible.possible)
    return [number for number in GRID if is_in(number, possible)]


def holds(comparison: IsOneOf | Within, value: str | Decimal) -> bool:
    if isinstance(comparison, IsOneOf):
        return value in comparison.choices
    assert isinstance(value, Decimal)
    return is_in(value, comparison.interval)


def naive(condition: Condition, possible: dict[str, Possible]) -> int:
    """0 false, 1 unknown, 2 true: `and` is the least, `or` the greatest, `not` the mirror."""
    if isinstance(condition, AllOf):
        return min(naive(part, possible) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return max(naive(part, possible) for part in condition.parts)
    if isinstance(condition, NotThis):
        return 2 - naive(condition.part, possible)
    if isinstance(condition, Named):
        return naive(condition.condition, possible)
    answers = {holds(condition, value) for value in possible_values(possible[condition.fact])}
    return 1 if len(answers) == 2 else 2 * answers.pop()


def as_facts(possible: dict[str, Possible]) -> dict[str, Fact]:
    return {
        name: Fact(one, () if one.is_settled else (f"field_{name}",))
        for name, one in possible.items()
    }


@given(conditions, facts)
def test_the_evaluator_agrees_with_its_naive_twin(
    condition: Condition, possible: dict[str, Possible]
) -> None:
    verdict = evaluate(condition, as_facts(possible))
    assert verdict.truth is TRUTHS[naive(condition, possible)]
    assert truth_in(condition, as_facts(possible)) is verdict.truth


@given(conditions, facts)
def test_only_an_unknown_asks_and_it_asks_for_facts_it_read(
    condition: Condition, possible: dict[str, Possible]
) -> None:
    verdict = evaluate(condition, as_facts(possible))
    read = {comparison.fact for comparison in comparisons_of(condition)}
    assert set(verdict.because) <= read
    assert (verdict.truth is Truth.UNKNOWN) == bool(verdict.open_facts)
    assert set(verdict.missing) <= {f"field_{name}" for name in verdict.open_facts}
    assert all(not possible[name].is_settled for name in verdict.open_facts)


@st.composite
def narrowed(draw: st.DrawFn) -> tuple[dict[str, Possible], dict[str, Possible]]:
    before: dict[str, Possible] = draw(facts)
    after: dict[str, Possible] = {}
    for name, possible in before.items():
        if isinstance(possible, Choices):
            kept = draw(st.sets(st.sampled_from(sorted(possible.possible)), min_size=1))
            after[name] = Choices(frozenset(kept), DOMAIN)
        else:
            after[name] = draw(
                intervals().filter(lambda one, whole=possible: one.narrows(whole))
                | st.just(possible)
            )
    return before, after


@given(conditions, narrowed())
def test_narrowing_a_fact_never_flips_a_settled_truth(
    condition: Condition, pair: tuple[dict[str, Possible], dict[str, Possible]]
) -> None:
    before, after = pair
    settled = evaluate(condition, as_facts(before)).truth
    if settled is not Truth.UNKNOWN:
        assert evaluate(condition, as_facts(after)).truth is settled


@given(conditions, facts, st.data())
def test_a_settled_truth_holds_in_every_world_that_is_possible(
    condition: Condition, possible: dict[str, Possible], data: st.DataObject
) -> None:
    settled = evaluate(condition, as_facts(possible)).truth
    if settled is Truth.UNKNOWN:
        return
    world: dict[str, Possible] = {}
    for name, one in possible.items():
        value = data.draw(st.sampled_from(possible_values(one)))
        if isinstance(value, Decimal):
            world[name] = Interval.point(value)
        else:
            world[name] = Choices(frozenset({value}), DOMAIN)
    assert evaluate(condition, as_facts(world)).truth is settled
