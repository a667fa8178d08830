"""Confidence factors are those of plain sums in a fixed order, however quickly they are found."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.decision.confidence import leads_with
from nmosd_cds.decision.decision import Decision

CRITERIA = ("p", "q", "r")
OPTIONS = ("a", "b", "c", "d")
# Sums of these are equal on paper and often not in floats: 0.1 + 0.2 is not 0.3.
awkward = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.9, 1.0])
weight = st.sampled_from([0.1, 0.2, 0.3, 0.5, 1 / 3, 0.7])
tables = st.lists(
    st.lists(st.lists(awkward, min_size=5, max_size=5), min_size=3, max_size=3),
    min_size=4,
    max_size=4,
)
weightings = st.dictionaries(
    st.integers(0, 3), st.fixed_dictionaries(dict.fromkeys(CRITERIA, weight)), min_size=1
)


def counted(table, weights, position, draws):
    """Number of draws led, in Python's floats, one draw after the other."""
    led = Fraction(0)
    for draw in range(draws):
        utilities = []
        for option in table:
            utility = option[0][draw] * weights["p"]
            for row, criterion in ((1, "q"), (2, "r")):
                utility += option[row][draw] * weights[criterion]
            utilities.append(utility)
        if utilities[position] == max(utilities):
            led += Fraction(1, utilities.count(max(utilities)))
    return led


@given(tables, weightings, st.integers(1, 5))
def test_leads_are_counted_as_if_every_draw_were_summed_in_the_fixed_order(table, weights, draws):
    decision = Decision(OPTIONS, CRITERIA, np.array(table))
    found = leads_with(decision, range(4), weights, draws)
    assert set(found) == set(weights)
    for position, own in weights.items():
        assert found[position] == pytest.approx(
            float(counted(table, own, position, draws)), rel=1e-14
        )


@given(tables, weightings, st.permutations(range(4)))
def test_the_order_of_options_changes_no_count(table, weights, order):
    decision = Decision(OPTIONS, CRITERIA, np.array(table))
    moved = {order.index(position): own for position, own in weights.items()}
    found, again = leads_with(decision, range(4), weights, 5), leads_with(decision, order, moved, 5)
    assert found == {position: again[order.index(position)] for position in weights}


def test_draws_beyond_one_block_are_all_counted():
    values = np.random.default_rng(3).random((3, 2, 2500))
    decision = Decision(("a", "b", "c"), ("p", "q"), values)
    found = leads_with(decision, range(3), dict.fromkeys(range(3), {"p": 0.25, "q": 0.75}), 2400)
    utilities = values[:, 0, :2400] * 0.25 + values[:, 1, :2400] * 0.75
    leaders = utilities.argmax(axis=0)
    assert found == {option: np.count_nonzero(leaders == option) for option in range(3)}
