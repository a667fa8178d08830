"""What moves the share of first ranks, against answers worked out by hand."""

import pytest

from nmosd_cds.decision.decision import Cell, draw_decision
from nmosd_cds.decision.distribution import Exact, Uniform
from nmosd_cds.decision.sensitivity import (
    ends,
    leads_of,
    least_ratio,
    share_when_split,
    weight_ranges,
)
from nmosd_cds.decision.smaa import masked, run
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import ExactWeights, Flat

DRAWS = 40_000
CLOSE = 4 * 0.5 / DRAWS**0.5
UNIT = LinearValue(best=1, worst=0)


def ranked(table, sampler, draws=DRAWS):
    """A row of distributions or sure numbers for each option; criteria are a, b, c."""
    cells = [
        Cell(
            option,
            criterion,
            known if isinstance(known, Uniform) else Exact(float(known)),
            UNIT,
        )
        for option, row in table.items()
        for criterion, known in zip("abc", row, strict=False)
    ]
    return run(draw_decision(cells, seed=5, draws=draws), sampler.sample(5, draws))


def found(smaa, option):
    """The ends by criterion and option."""
    return {(each.criterion, each.option): each for each in ends(smaa, option)}


def test_an_option_best_at_one_of_two_criteria_leads_only_where_that_one_weighs_most():
    """x leads where the weight of a, uniform on (0, 1), exceeds one half."""
    smaa = ranked({"x": (1, 0), "y": (0, 1)}, Flat(("a", "b")))
    assert (found(smaa, "x")["a", None].low, found(smaa, "x")["a", None].high) == (0.0, 1.0)
    assert (found(smaa, "x")["b", None].low, found(smaa, "x")["b", None].high) == (1.0, 0.0)
    assert (found(smaa, "y")["a", None].low, found(smaa, "y")["a", None].high) == (1.0, 0.0)


def test_what_is_the_same_in_every_draw_has_no_ends():
    """Sure outcomes and exact weights move nothing, and one option alone nothing either way."""
    sure = ranked({"x": (1, 0), "y": (0, 1)}, ExactWeights((("a", 0.7), ("b", 0.3))))
    assert ends(sure, "x") == ()
    alone = ranked({"x": (1, 0)}, Flat(("a", "b")))
    assert {(each.low, each.high) for each in ends(alone, "x")} == {(1.0, 1.0)}


def test_an_uncertain_outcome_moves_the_share_as_far_as_its_tenths_say():
    """x is uniform on (0, 1), y sure at 1/4: first never in its worst tenth, always in its best.

    Over all draws x is first in 3/4. In its tenths x lies below 1/10 and above 9/10.
    """
    smaa = ranked({"x": (Uniform(0.0, 1.0),), "y": (0.25,)}, Flat(("a",)))
    assert smaa.first_rank_share[0] == pytest.approx(0.75, abs=CLOSE)
    (only,) = ends(smaa, "x")
    assert (only.criterion, only.option, only.low, only.high) == ("a", "x", 0.0, 1.0)
    (same,) = ends(smaa, "y")
    assert (same.option, same.low, same.high) == ("x", 1.0, 0.0)


def test_the_ends_of_two_independent_uniforms():
    """x above y: with x in its best tenth the chance is E[x | x > 9/10] = 0.95; worst: 0.05."""
    uniform = Uniform(0.0, 1.0)
    smaa = ranked({"x": (uniform,), "y": (uniform,)}, Flat(("a",)))
    at = found(smaa, "x")
    tenth = 4 * (0.05 * 0.95 / (DRAWS / 10)) ** 0.5 + 0.001
    assert at["a", "x"].low == pytest.approx(0.05, abs=tenth)
    assert at["a", "x"].high == pytest.approx(0.95, abs=tenth)
    assert at["a", "y"].low == pytest.approx(0.95, abs=tenth)
    assert at["a", "y"].high == pytest.approx(0.05, abs=tenth)


def test_a_shared_first_place_counts_in_equal_parts():
    """Two options the same in everything lead half each, a third that is worse never."""
    smaa = ranked({"x": (1, 1), "y": (1, 1), "z": (0, 0)}, Flat(("a", "b")))
    assert set(leads_of(smaa, "x").tolist()) == {0.5}
    assert set(leads_of(smaa, "z").tolist()) == {0.0}


def test_only_the_options_left_are_compared():
    """Without the best option the second is first in every draw."""
    smaa = ranked({"x": (1, 1), "y": (0.5, 0.5), "z": (0, 0)}, Flat(("a", "b")))
    left = masked(smaa, ("y", "z"), draws=100)
    assert set(leads_of(left, "y").tolist()) == {1.0}
    assert share_when_split(left, "y", "a", "b", 1.0) == 1.0
    with pytest.raises(ValueError, match="no option x"):
        ends(left, "x")


@pytest.mark.parametrize(("gain", "loss"), [(0.5, 0.5), (0.2, 0.8), (0.75, 0.25)])
def test_the_ratio_that_divides_two_options_is_that_of_what_they_lose_and_gain(gain, loss):
    """x gains `gain` in a and loses `loss` in b: ahead where w(a) * gain > w(b) * loss."""
    smaa = ranked({"x": (gain, 0.0), "y": (0.0, loss)}, Flat(("a", "b")), draws=1000)
    limit = loss / gain
    assert share_when_split(smaa, "x", "a", "b", limit * 1.01) == 1.0
    assert share_when_split(smaa, "x", "a", "b", limit * 0.99) == 0.0
    tried = (limit / 4, limit / 2, limit * 1.1, limit * 2)
    assert least_ratio(smaa, "x", "a", "b", tried) == limit * 1.1
    assert least_ratio(smaa, "y", "b", "a", (0.9 / limit, 1.1 / limit)) == 1.1 / limit


def test_a_third_criterion_keeps_its_weight_when_two_are_split():
    """x leads in c by everything: with c at three quarters no split of the rest helps y."""
    weights = ExactWeights((("a", 0.2), ("b", 0.05), ("c", 0.75)))
    smaa = ranked({"x": (0, 0, 1), "y": (1, 1, 0)}, weights, draws=100)
    assert least_ratio(smaa, "y", "a", "b", (0.0, 1.0, 100.0)) is None
    assert least_ratio(smaa, "x", "a", "b", (0.0, 1.0, 100.0)) == 0.0


def test_the_lead_must_hold_at_every_larger_ratio():
    """Where more of the first criterion takes the lead away again, no least ratio is named."""
    smaa = ranked({"x": (0.0, 1.0), "y": (1.0, 0.0)}, Flat(("a", "b")), draws=1000)
    assert least_ratio(smaa, "x", "a", "b", (0.5, 2.0)) is None


@pytest.mark.parametrize("ratio", [-0.1, float("nan"), float("inf")])
def test_a_ratio_that_cannot_be_is_refused(ratio):
    smaa = ranked({"x": (1, 0), "y": (0, 1)}, Flat(("a", "b")), draws=10)
    with pytest.raises(ValueError, match="ratio of weights"):
        share_when_split(smaa, "x", "a", "b", ratio)


def test_criteria_that_are_not_there_and_too_few_draws_are_refused():
    smaa = ranked({"x": (1, 0), "y": (0, 1)}, Flat(("a", "b")), draws=9)
    with pytest.raises(ValueError, match="at least ten draws"):
        ends(smaa, "x")
    with pytest.raises(ValueError, match="no criterion c"):
        least_ratio(smaa, "x", "a", "c", (1.0,))


def test_the_range_of_a_uniform_weight():
    """On two criteria each weight is uniform on (0, 1)."""
    mean, low, high = weight_ranges(ranked({"x": (1, 0)}, Flat(("a", "b"))))["a"]
    assert mean == pytest.approx(0.5, abs=CLOSE)
    assert low == pytest.approx(0.05, abs=CLOSE)
    assert high == pytest.approx(0.95, abs=CLOSE)
