"""Sets of possible values: which are legal, which lies in which, which meet."""

from decimal import Decimal

import pytest

from nmosd_cds.logic.fact import YES_NO, Choices, Fact, FactSpec, Interval, yes_no

D = Decimal
WHOLE = Interval()
CLOSED = Interval(D(1), D(3))
OPEN = Interval(D(1), D(3), low_open=True, high_open=True)


def test_choices_need_a_possible_value() -> None:
    with pytest.raises(ValueError, match="at least one possible"):
        Choices(frozenset(), YES_NO)


def test_choices_stay_in_their_domain() -> None:
    with pytest.raises(ValueError, match="not within"):
        Choices(frozenset({"maybe"}), YES_NO)


def test_one_choice_is_settled_and_every_choice_is_unknown() -> None:
    assert yes_no([True]).is_settled
    assert not yes_no([True]).is_unknown
    assert yes_no([True, False]).is_unknown
    assert not yes_no([True, False]).is_settled


def test_fewer_choices_narrow_more() -> None:
    assert yes_no([True]).narrows(yes_no([True, False]))
    assert not yes_no([True, False]).narrows(yes_no([True]))
    assert not yes_no([True]).narrows(Choices(frozenset({"true"}), ("true", "other")))


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"),
    [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True)],
)
def test_an_empty_interval_is_refused(low: int, high: int, low_open: bool, high_open: bool) -> None:
    with pytest.raises(ValueError, match="is empty"):
        Interval(D(low), D(high), low_open, high_open)


def test_an_infinite_end_has_one_spelling() -> None:
    assert Interval(low_open=True, high_open=True) == WHOLE
    assert WHOLE.narrows(Interval(low_open=True))


def test_a_point_is_settled_and_the_whole_line_is_unknown() -> None:
    assert Interval.point("0.1").is_settled
    assert not CLOSED.is_settled
    assert WHOLE.is_unknown
    assert not Interval(low=D(0)).is_unknown
    assert not WHOLE.is_settled


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (CLOSED, WHOLE, True),
        (WHOLE, CLOSED, False),
        (OPEN, CLOSED, True),
        (CLOSED, OPEN, False),
        (CLOSED, CLOSED, True),
        (OPEN, OPEN, True),
        (Interval(D(1), D(2)), CLOSED, True),
        (Interval(D(0), D(2)), CLOSED, False),
        (Interval(D(2), D(4)), CLOSED, False),
        (Interval(low=D(1)), Interval(low=D(1), low_open=True), False),
        (Interval(low=D(1), low_open=True), Interval(low=D(1)), True),
        (Interval(high=D(1)), Interval(low=D(0)), False),
    ],
)
def test_which_interval_lies_in_which(inner: Interval, outer: Interval, expected: bool) -> None:
    assert inner.narrows(outer) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Interval(D(0), D(1)), Interval(D(1), D(2)), True),
        (Interval(D(0), D(1), high_open=True), Interval(D(1), D(2)), False),
        (Interval(D(0), D(1)), Interval(D(1), D(2), low_open=True), False),
        (Interval(D(0), D(1)), Interval(D(2), D(3)), False),
        (WHOLE, Interval.point(7), True),
        (Interval(high=D(1)), Interval(low=D(1)), True),
        (Interval(high=D(1), high_open=True), Interval(low=D(1)), False),
        (OPEN, Interval.point(2), True),
        (OPEN, Interval.point(3), False),
    ],
)
def test_which_intervals_meet(first: Interval, second: Interval, expected: bool) -> None:
    assert first.meets(second) is expected
    assert second.meets(first) is expected


def test_a_fact_keeps_its_story_when_it_is_narrowed() -> None:
    fact = Fact(yes_no([True, False]), ("pregnant",), "not known", ("pregnant",))
    after = fact.with_possible(yes_no([True]))
    assert after == Fact(yes_no([True]), ("pregnant",), "not known", ("pregnant",))


def test_the_whole_domain_of_a_number_is_the_line_and_of_a_choice_its_list() -> None:
    assert FactSpec("igg", "number", "IgG", unit="g/L").whole_domain == WHOLE
    spec = FactSpec("sex", "choice", "Sex", choices=("female", "male"))
    assert spec.whole_domain == Choices(frozenset({"female", "male"}), ("female", "male"))
