"""SMAA-2 against answers known in closed form and against published runs of other programs."""

import numpy as np
import pytest

from nmosd_cds.decision.decision import Cell, draw_decision
from nmosd_cds.decision.distribution import Beta, Exact, Uniform
from nmosd_cds.decision.smaa import run
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import ExactWeights, Flat, Hierarchical, Ordinal, Swing

DRAWS = 40_000
# Four standard errors of a share at the number of draws used here.
CLOSE = 4 * 0.5 / DRAWS**0.5
UNIT = LinearValue(best=1, worst=0)


def ranked(table, sampler):
    """A row of numbers for each option; criteria are named a, b, c ... in order."""
    cells = [
        Cell(option, criterion, Exact(amount), UNIT)
        for option, row in table.items()
        for criterion, amount in zip("abcdefgh", row, strict=False)
    ]
    return run(draw_decision(cells, seed=5, draws=DRAWS), sampler.sample(5, DRAWS))


@pytest.mark.parametrize("gain", [0.1, 0.25, 0.5, 0.8])
def test_two_options_and_two_criteria_split_at_the_threshold_of_the_weight(gain):
    """x leads by `gain` in a, y by 1 - gain in b: x is first when the weight of a > 1 - gain."""
    smaa = ranked({"x": (gain, 0.0), "y": (0.0, 1 - gain)}, Flat(("a", "b")))
    assert smaa.first_rank_share[0] == pytest.approx(gain, abs=CLOSE)
    weight = smaa.drawn.weights["a"]
    assert smaa.first_rank_share[0] == np.mean(weight > 1 - gain)
    assert smaa.central_weights["x"]["a"] == pytest.approx(1 - gain / 2, abs=CLOSE)
    assert smaa.central_weights["y"]["a"] == pytest.approx((1 - gain) / 2, abs=CLOSE)
    assert smaa.confidence_factor == {"x": 1.0, "y": 1.0}


def test_three_specialists_on_the_simplex_are_each_first_in_a_third():
    """Each is best at one criterion: first when its weight is the largest; its mean is 11/18."""
    smaa = ranked({"x": (1, 0, 0), "y": (0, 1, 0), "z": (0, 0, 1)}, Flat(("a", "b", "c")))
    np.testing.assert_allclose(smaa.rank_acceptability, np.full((3, 3), 1 / 3), atol=CLOSE)
    assert smaa.central_weights["x"] == pytest.approx(
        {"a": 11 / 18, "b": 7 / 36, "c": 7 / 36}, abs=CLOSE
    )


@pytest.mark.parametrize("level", [0.4, 0.5, 0.7])
def test_a_sure_middle_option_is_beaten_where_one_weight_is_large(level):
    """The weight of a is beta(1, 2) on three criteria: it exceeds t with probability (1 - t)^2."""
    smaa = ranked({"x": (1, 0, 0), "y": (level, level, level)}, Flat(("a", "b", "c")))
    assert smaa.first_rank_share[0] == pytest.approx((1 - level) ** 2, abs=CLOSE)


def test_by_group_two_small_harms_weigh_no_more_than_one():
    """x is best at the benefit, y at every harm: one half by group, less when flat."""
    two_harms = {"x": (1, 0, 0), "y": (0, 1, 1)}
    grouped = Hierarchical((("benefit", ("a",)), ("harm", ("b", "c"))))
    assert ranked(two_harms, grouped).first_rank_share[0] == pytest.approx(0.5, abs=CLOSE)
    flat = ranked(two_harms, Flat(("a", "b", "c"))).first_rank_share[0]
    assert flat == pytest.approx(0.25, abs=CLOSE)


def test_within_a_group_the_share_is_that_of_two_independent_uniforms():
    """x leads in a of group (a), y in b of group (b, c): G > (1 - G) U.

    P(G / (1 - G) > U) is the mean of 1 / (1 + U), so log 2.
    """
    grouped = Hierarchical((("benefit", ("a",)), ("harm", ("b", "c"))))
    smaa = ranked({"x": (1, 0, 0), "y": (0, 1, 0)}, grouped)
    assert smaa.first_rank_share[0] == pytest.approx(np.log(2), abs=CLOSE)


def test_a_complete_order_halves_the_weights_left():
    """With a before b the weight of a is uniform from 1/2 to 1."""
    smaa = ranked({"x": (0.3, 0), "y": (0, 0.7)}, Ordinal(("a", "b"), Flat(("a", "b"))))
    assert smaa.first_rank_share[0] == pytest.approx(0.6, abs=CLOSE)


def test_two_uncertain_options_of_equal_spread_are_first_as_often():
    """x is uniform on (0.2, 1), y on (0, 1), one criterion: x is first in 0.6 of draws."""
    cells = [Cell("x", "a", Uniform(0.2, 1), UNIT), Cell("y", "a", Uniform(0, 1), UNIT)]
    smaa = run(draw_decision(cells, seed=5, draws=DRAWS), Flat(("a",)).sample(5, DRAWS))
    assert smaa.first_rank_share[0] == pytest.approx(0.6, abs=CLOSE)


# The example "thrombolytics" of the programs below: events of people, as beta distributions, and
# the ranges of the value functions. Source: examples/thrombolytics.json in drugis/mcda-elicitation-
# web. The answers are those its R/test/thrombo.R expects of 10,000 draws, and those printed for the
# CRAN package smaa 0.3-3 (tests/Examples/smaa-Ex.Rout.save). Those runs had other random numbers,
# so shares are compared within four standard errors of theirs and ours together, and central
# weights and confidence within the 0.05 that thrombo.R allows (0.02 here for the central weights).
RANGES = {"proximal": (0.0, 0.25), "distal": (0.15, 0.4), "bleeding": (0.0, 0.1)}
EFFECTS = {
    "heparin": {"proximal": (20, 116), "distal": (40, 96), "bleeding": (1, 135)},
    "enoxaparin": {"proximal": (8, 121), "distal": (32, 97), "bleeding": (5, 124)},
}
NAMES = tuple(RANGES)
PUBLISHED_CLOSE = 4 * (0.25 / 10_000 + 0.25 / DRAWS) ** 0.5


def thrombolytics(sampler):
    cells = [
        Cell(option, criterion, Beta(*shapes), LinearValue(*RANGES[criterion]))
        for option, row in EFFECTS.items()
        for criterion, shapes in row.items()
    ]
    return run(draw_decision(cells, seed=5, draws=DRAWS), sampler.sample(5, DRAWS))


@pytest.mark.parametrize(
    ("sampler", "first", "central", "confidence"),
    [
        (
            Flat(NAMES),
            0.3381,
            {"heparin": (0.1976, 0.2780, 0.5244), "enoxaparin": (0.4118, 0.3578, 0.2304)},
            {"heparin": 0.6389, "enoxaparin": 0.8925},
        ),
        (
            Ordinal(("proximal", "bleeding", "distal"), Flat(NAMES)),
            0.1369,
            {"heparin": (0.5240, 0.1213, 0.3547), "enoxaparin": (0.6229, 0.1103, 0.2668)},
            {"heparin": 0.1914, "enoxaparin": 0.9174},
        ),
        (
            Swing(NAMES, "proximal", (("bleeding", 0.5, 0.5), ("distal", 0.25, 0.25))),
            0.1049,
            {"heparin": (4 / 7, 1 / 7, 2 / 7), "enoxaparin": (4 / 7, 1 / 7, 2 / 7)},
            {"heparin": 0.1049, "enoxaparin": 0.8951},
        ),
    ],
    ids=["no preference", "ordinal", "exact swing"],
)
def test_the_published_runs_of_mcda_elicitation_web(sampler, first, central, confidence):
    smaa = thrombolytics(sampler)
    assert smaa.first_rank_share[0] == pytest.approx(first, abs=PUBLISHED_CLOSE)
    for option, expected in central.items():
        found = [smaa.central_weights[option][name] for name in NAMES]
        assert found == pytest.approx(expected, abs=0.02)
    assert smaa.confidence_factor == pytest.approx(confidence, abs=0.03)


def test_the_published_run_of_the_r_package_smaa():
    """Its values are not cut at the ends of the ranges, ours are, which hardly matters here."""
    free = thrombolytics(Flat(NAMES))
    assert free.first_rank_share == pytest.approx([0.3504, 0.6496], abs=PUBLISHED_CLOSE)
    assert free.confidence_factor == pytest.approx(
        {"heparin": 0.6682, "enoxaparin": 0.8956}, abs=0.03
    )
    exact = ExactWeights((("proximal", 0.5), ("distal", 0.2), ("bleeding", 0.3)))
    share = thrombolytics(exact).first_rank_share
    assert share == pytest.approx([0.1279, 0.8721], abs=PUBLISHED_CLOSE)
