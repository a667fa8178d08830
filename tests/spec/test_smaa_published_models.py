"""SMAA-2 against a published model of benefit and risk, and against small known answers."""

import math

import numpy as np
import pytest

from nmosd_cds.decision.decision import Cell, Decision, draw_decision
from nmosd_cds.decision.distribution import Exact, Gamma, LogNormal, Normal
from nmosd_cds.decision.smaa import run
from nmosd_cds.decision.value import LinearValue, PiecewiseLinearValue
from nmosd_cds.decision.weights import Flat

DRAWS = 40_000

# Four antidepressants by efficacy (a relative risk, log-normal: mean and standard deviation of the
# logarithm) and five side effects (in 100 people: mean and standard deviation). The model is that
# of Tervonen and others, "A state-of-the-art multi-criteria model for drug benefit-risk analysis",
# SOM Research Reports 10001, Groningen 2010, as it stands with its answers in JSMAA of the same
# author (tommite/jsmaa, SMAA2SimulationTest, testCorrectResultsWithBRModel). JSMAA sets every range
# from the lowest 2.5th to the highest 97.5th percentile; its answers hold to 0.02, the confidence
# factors to 0.03.
DRUGS = ("paroxetine", "fluoxetine", "sertraline", "venlafaxine")
EFFICACY = ((0.086, 0.056), (0.0, 0.0), (0.095, 0.044), (0.113, 0.048))
SIDE_EFFECTS = {
    "diarrhoea": ((9.2, 1.86), (11.7, 2.5), (15.4, 2.65), (5.5, 2.32)),
    "dizziness": ((10.6, 1.58), (7.2, 1.45), (7.5, 1.48), (15.7, 4.44)),
    "headache": ((21.2, 5.15), (16.6, 3.27), (20.2, 3.78), (12.8, 2.45)),
    "insomnia": ((14.3, 2.93), (13.7, 1.89), (15.0, 3.21), (11.2, 3.98)),
    "nausea": ((18.3, 3.7), (18.6, 1.79), (19.5, 2.6), (31.0, 1.68)),
}
RANKS = {
    "fluoxetine": (0.20, 0.28, 0.30, 0.22),
    "paroxetine": (0.25, 0.29, 0.27, 0.19),
    "sertraline": (0.17, 0.25, 0.29, 0.30),
    "venlafaxine": (0.39, 0.18, 0.15, 0.29),
}
# In the order efficacy, diarrhoea, dizziness, headache, insomnia, nausea.
CENTRAL = {
    "fluoxetine": (0.08, 0.14, 0.23, 0.18, 0.16, 0.22),
    "paroxetine": (0.18, 0.17, 0.15, 0.13, 0.15, 0.22),
    "sertraline": (0.21, 0.10, 0.22, 0.13, 0.15, 0.20),
    "venlafaxine": (0.18, 0.21, 0.12, 0.21, 0.19, 0.09),
}
CONFIDENCE = {"fluoxetine": 0.48, "paroxetine": 0.44, "sertraline": 0.34, "venlafaxine": 0.74}


def ends(spreads):
    """The lowest and the highest of all 95 % ranges."""
    low = min(mean - 1.96 * sd for mean, sd in spreads)
    return low, max(mean + 1.96 * sd for mean, sd in spreads)


@pytest.fixture(scope="module")
def antidepressants():
    low, high = (math.exp(end) for end in ends(EFFICACY))
    cells = [
        Cell(
            drug,
            "efficacy",
            LogNormal(math.exp(mean), sd) if sd else Exact(math.exp(mean)),
            LinearValue(best=high, worst=low),
        )
        for drug, (mean, sd) in zip(DRUGS, EFFICACY, strict=True)
    ]
    for criterion, spreads in SIDE_EFFECTS.items():
        low, high = ends(spreads)
        cells += [
            Cell(drug, criterion, Normal(*spread), LinearValue(best=low, worst=high))
            for drug, spread in zip(DRUGS, spreads, strict=True)
        ]
    names = ("efficacy", *SIDE_EFFECTS)
    decision = draw_decision(cells, seed=5, draws=DRAWS)
    return run(decision, Flat(names).sample(5, DRAWS))


@pytest.mark.parametrize("drug", DRUGS)
def test_four_antidepressants_are_ranked_as_in_jsmaa(antidepressants, drug):
    row = antidepressants.options.index(drug)
    assert antidepressants.rank_acceptability[row] == pytest.approx(RANKS[drug], abs=0.02)
    found = [antidepressants.central_weights[drug][name] for name in ("efficacy", *SIDE_EFFECTS)]
    assert found == pytest.approx(CENTRAL[drug], abs=0.02)
    assert antidepressants.confidence_factor[drug] == pytest.approx(CONFIDENCE[drug], abs=0.03)


def test_options_that_are_always_equal_have_the_mean_of_all_weights_as_central_weights():
    """As in JSMAA, SMAA2SimulationTest, testEqualRanks: one third each."""
    decision = Decision(("one", "other"), ("a", "b", "c"), np.zeros((2, 3, DRAWS)))
    smaa = run(decision, Flat(("a", "b", "c")).sample(5, DRAWS))
    for weights in smaa.central_weights.values():
        assert weights == pytest.approx(dict.fromkeys("abc", 1 / 3), abs=0.01)
    assert smaa.first_rank_share.tolist() == [0.5, 0.5]


def test_9604_draws_bring_a_share_to_within_one_in_a_hundred():
    """By hand: 1.96 standard errors of one half are 0.01 at 1.96^2 / (4 * 0.01^2) draws."""
    draws = 9604
    values = np.zeros((2, 1, draws))
    values[0, 0, : draws // 2] = 1.0
    values[1, 0, draws // 2 :] = 1.0
    smaa = run(Decision(("one", "other"), ("a",), values), {"a": np.ones(draws)})
    assert 1.96 * smaa.monte_carlo_error == pytest.approx([0.01, 0.01])


def test_a_piecewise_linear_value_is_that_of_the_r_package():
    """As in the example of smaa.pvf, CRAN package smaa 0.3-3, whose ends are cut like ours."""
    value = PiecewiseLinearValue(((50, 1.0), (75, 0.8), (90, 0.5), (100, 0.0)))
    found = value.of(np.array([50.0, 90.0, 100.0, 10.0, 40.0, 101.0, 120.0]))
    assert found.tolist() == pytest.approx([1.0, 0.5, 0.0, 1.0, 1.0, 0.0, 0.0])


def test_three_exponential_lives_win_in_proportion_to_their_rates():
    """The smallest of independent exponentials is each one's in proportion to its rate: 1 : 2 : 3.

    Who comes second follows by leaving out the first: 1/6 * 2/5 for slow, then middle.
    """
    cells = [
        Cell(name, "time", Gamma(1.0, rate), LinearValue(best=0, worst=40))
        for name, rate in {"slow": 1.0, "middle": 2.0, "fast": 3.0}.items()
    ]
    smaa = run(draw_decision(cells, seed=5, draws=DRAWS), Flat(("time",)).sample(5, DRAWS))
    expected = {
        "slow": (1 / 6, 2 / 6 * 1 / 4 + 3 / 6 * 1 / 3),
        "middle": (2 / 6, 1 / 6 * 2 / 5 + 3 / 6 * 2 / 3),
        "fast": (3 / 6, 1 / 6 * 3 / 5 + 2 / 6 * 3 / 4),
    }
    for row, (first, second) in zip(smaa.rank_acceptability, expected.values(), strict=True):
        assert row.tolist() == pytest.approx([first, second, 1 - first - second], abs=0.01)
    assert smaa.pairwise_winning[0, 2] == pytest.approx(1 / 4, abs=0.01)
