import numpy as np
import pytest

from nmosd_cds.decision.decision import Decision
from nmosd_cds.decision.smaa import run
from nmosd_cds.decision.ties import ordered, tie_groups


def a_run(*utilities):
    """One criterion, so utilities are the values; options are named a, b, c ... in order."""
    values = np.array(utilities, dtype=float)[:, None, :]
    options = tuple("abcdefgh"[: len(utilities)])
    return run(Decision(options, ("x",), values), {"x": np.ones(values.shape[2])})


def against_half(wins, draws=100):
    """Utilities that beat an option of constant utility 0.5 in so many draws."""
    return [1.0] * wins + [0.0] * (draws - wins)


HALF = [0.5] * 100


@pytest.mark.parametrize(
    ("wins", "minimum", "errors", "groups"),
    [
        (55, 0.05, 0, [("a", "b")]),  # exactly at the margin is a tie
        (56, 0.05, 0, [("a",), ("b",)]),
        (44, 0.05, 0, [("b",), ("a",)]),
        (50, 0.0, 0, [("a", "b")]),
        (51, 0.0, 0, [("a",), ("b",)]),
        (59, 0.05, 2, [("a", "b")]),  # 2 errors of 59 of 100 are 0.098
        (60, 0.05, 2, [("a",), ("b",)]),  # and of 60 of 100 0.09798
    ],
)
def test_two_options_tie_within_the_larger_margin(wins, minimum, errors, groups):
    smaa = a_run(against_half(wins), HALF)
    found = tie_groups(smaa, minimum_difference=minimum, monte_carlo_errors=errors)
    assert found == groups


def test_more_draws_let_small_differences_be_told_apart():
    few, many = a_run(against_half(58), HALF), a_run(against_half(5800, 10_000), [0.5] * 10_000)
    assert len(tie_groups(few, minimum_difference=0.0, monte_carlo_errors=2)) == 1
    assert len(tie_groups(many, minimum_difference=0.0, monte_carlo_errors=2)) == 2


def test_ties_chain_through_a_neighbour():
    smaa = a_run(
        [3.0] * 54 + [0.0] * 46,
        [2.0] * 8 + [4.0] * 92,
        [1.0] * 100,
    )
    # a beats c in 54 of 100, b beats c always, a and b are far apart: c stands between nobody.
    assert tie_groups(smaa, minimum_difference=0.05, monte_carlo_errors=0) == [("b",), ("a", "c")]
    chained = a_run(*(np.roll(np.arange(100), 3 * i) for i in range(3)))
    assert tie_groups(chained, minimum_difference=0.5, monte_carlo_errors=0) == [
        tuple(ordered(chained))
    ]


def test_options_that_never_differ_are_put_in_order_of_their_ids():
    assert ordered(a_run(HALF, HALF, HALF)) == ["a", "b", "c"]


def test_of_equal_expected_ranks_the_one_that_is_first_more_often_leads():
    # b is always second; a and c take turns at first and last.
    smaa = a_run([3, 1], [2, 2], [1, 3])
    assert smaa.expected_rank.tolist() == [2.0, 2.0, 2.0]
    assert ordered(smaa) == ["a", "c", "b"]


def test_a_lone_option_is_a_group():
    assert tie_groups(a_run(HALF), minimum_difference=0.05, monte_carlo_errors=2) == [("a",)]
