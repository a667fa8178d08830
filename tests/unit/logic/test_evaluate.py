"""Verdicts: three-valued comparison over open and closed ends, because, missing."""

from decimal import Decimal

import pytest

from nmosd_cds.logic.condition import AllOf, AnyOf, IsOneOf, Named, NotThis, Within
from nmosd_cds.logic.evaluate import Verdict, compare, evaluate
from nmosd_cds.logic.fact import Fact, Interval, yes_no
from nmosd_cds.logic.truth import Truth

D = Decimal
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
BELOW_20 = Interval(high=D(20), high_open=True)
AT_MOST_20 = Interval(high=D(20))
AT_LEAST_20 = Interval(low=D(20))
ABOVE_20 = Interval(low=D(20), low_open=True)


@pytest.mark.parametrize(
    ("known", "below", "at_most", "at_least", "above"),
    [
        ("19", T, T, F, F),
        ("20", F, T, T, F),
        ("21", F, F, T, T),
        ("<20", T, T, F, F),
        ("<=20", U, T, U, F),
        (">20", F, F, T, T),
        (">=20", F, U, T, U),
        ("<100", U, U, U, U),
        (">10", U, U, U, U),
        ("unknown", U, U, U, U),
    ],
)
def test_comparisons_with_open_and_closed_ends(
    known: str, below: Truth, at_most: Truth, at_least: Truth, above: Truth
) -> None:
    possible = {
        "<20": Interval(D(0), D(20), high_open=True),
        "<=20": Interval(D(0), D(20)),
        ">20": Interval(low=D(20), low_open=True),
        ">=20": Interval(low=D(20)),
        "<100": Interval(D(0), D(100), high_open=True),
        ">10": Interval(low=D(10), low_open=True),
        "unknown": Interval(),
    }.get(known) or Interval.point(known)
    expected = {BELOW_20: below, AT_MOST_20: at_most, AT_LEAST_20: at_least, ABOVE_20: above}
    for wanted, truth in expected.items():
        assert compare(Within("dna", wanted, "IU/mL"), Fact(possible)) is truth


def test_a_choice_compared_as_a_number_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="cannot be compared"):
        compare(Within("pregnant", AT_MOST_20, None), Fact(yes_no([True])))


YES = Fact(yes_no([True]))
NO = Fact(yes_no([False]))
OPEN = Fact(yes_no([True, False]), missing=("field_c",))
FACTS = {"a": YES, "b": NO, "c": OPEN, "d": Fact(yes_no([True, False]), missing=("field_d",))}
A, B, C, D_ = (IsOneOf(name, ("true",)) for name in "abcd")


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (A, Verdict(T, ("a",))),
        (C, Verdict(U, ("c",), ("field_c",), ("c",))),
        (NotThis(C), Verdict(U, ("c",), ("field_c",), ("c",))),
        (NotThis(A), Verdict(F, ("a",))),
        (AllOf((A, C, B)), Verdict(F, ("b",))),
        (AnyOf((B, C, A)), Verdict(T, ("a",))),
        (AllOf((A, C)), Verdict(U, ("a", "c"), ("field_c",), ("c",))),
        (AnyOf((B, C, D_)), Verdict(U, ("b", "c", "d"), ("field_c", "field_d"), ("c", "d"))),
        (AllOf((A, A)), Verdict(T, ("a",))),
        (AnyOf((B, NotThis(A))), Verdict(F, ("b", "a"))),
        (Named("word", AllOf((A,))), Verdict(T, ("a",))),
    ],
)
def test_verdicts(condition: object, verdict: Verdict) -> None:
    assert evaluate(condition, FACTS) == verdict  # type: ignore[arg-type]


def test_a_fact_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        evaluate(IsOneOf("e", ("true",)), FACTS)
