"""The laws of the ranking arithmetic, for any table of effects.

Names are made up; nothing here is clinical.
"""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nmosd_cds.decision as floor
from nmosd_cds.decision.decision import Cell, draw_decision
from nmosd_cds.decision.distribution import (
    Beta,
    Exact,
    Gamma,
    GammaTied,
    Judgement,
    Normal,
    ProbabilityWithin,
    TiedHazard,
    Uniform,
)
from nmosd_cds.decision.draws import uniforms
from nmosd_cds.decision.smaa import masked, run
from nmosd_cds.decision.ties import tie_groups
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import Flat, Hierarchical, Ordinal

SEED = 11
DRAWS = 400
VALUE = LinearValue(best=0, worst=1)
OPTIONS = ("w", "x", "y", "z")
GROUPS = (("benefit", ("b1", "b2")), ("harm", ("h1", "h2")), ("burden", ("l1",)))
CRITERIA = tuple(criterion for _, members in GROUPS for criterion in members)
TIED = Gamma(20.0, 46.9).quantiles(uniforms(SEED, ("comparator",), DRAWS))
SAMPLERS = (Flat(CRITERIA), Hierarchical(GROUPS), Ordinal(("h1", "b1"), Hierarchical(GROUPS)))

small = st.integers(0, 9)
effects = st.one_of(
    small.map(lambda k: Beta(0.5 + k, 12.5 - k)),
    st.tuples(small, st.sampled_from([0.0, 5.0, 20.0])).map(
        lambda kw: ProbabilityWithin(GammaTied(kw[0], 12.0, kw[1]), 2.0, 1.0)
    ),
    small.map(lambda m: Normal(m / 9, 0.2)),
    small.map(lambda s: Judgement(s / 9)),
    small.map(lambda s: Exact(s / 9)),
    st.just(Uniform(0, 1)),
    st.just(ProbabilityWithin(TiedHazard(), 2.0)),
)
tables = st.fixed_dictionaries({(o, c): effects for o in OPTIONS for c in CRITERIA})
samplers = st.sampled_from(SAMPLERS)


def drawn(table):
    cells = [Cell(option, criterion, known, VALUE) for (option, criterion), known in table.items()]
    return draw_decision(cells, seed=SEED, draws=DRAWS, tied=TIED)


def ranked(table, sampler):
    return run(drawn(table), sampler.sample(SEED, DRAWS))


@given(tables, samplers, st.permutations(OPTIONS), st.permutations(CRITERIA))
def test_the_order_of_options_and_criteria_changes_no_bit(table, sampler, options, criteria):
    shuffled = {(o, c): table[o, c] for o in options for c in criteria}
    one, other = ranked(table, sampler), ranked(shuffled, sampler)
    rows = [one.options.index(option) for option in other.options]
    for name in ("rank_acceptability", "expected_rank", "monte_carlo_error"):
        assert np.array_equal(getattr(one, name)[rows], getattr(other, name))
    assert np.array_equal(one.pairwise_winning[np.ix_(rows, rows)], other.pairwise_winning)
    assert one.central_weights == other.central_weights
    assert one.confidence_factor == other.confidence_factor
    margins = {"minimum_difference": 0.05, "monte_carlo_errors": 2}
    assert tie_groups(one, **margins) == tie_groups(other, **margins)


@given(tables, samplers)
def test_shares_of_ranks_and_of_options_sum_to_one(table, sampler):
    smaa = ranked(table, sampler)
    np.testing.assert_allclose(smaa.rank_acceptability.sum(axis=0), 1, rtol=1e-12)
    np.testing.assert_allclose(smaa.rank_acceptability.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(smaa.pairwise_winning + smaa.pairwise_winning.T, 1, rtol=1e-12)
    ranks = np.arange(1, len(OPTIONS) + 1)
    np.testing.assert_allclose(smaa.rank_acceptability @ ranks, smaa.expected_rank, rtol=1e-12)


@given(
    tables, samplers, st.sampled_from(OPTIONS), st.sampled_from(CRITERIA), small, small, st.data()
)
def test_one_more_event_never_looks_better_in_any_draw(
    table, sampler, option, criterion, events, more, data
):
    kind = data.draw(
        st.sampled_from(
            [
                lambda k: Beta(0.5 + k, 20.5 - k),
                lambda k: Gamma(0.5 + k, 30.0),
                lambda k: ProbabilityWithin(GammaTied(k, 5.5, 20.0), 2.0, 5.5 / 12),
                lambda k: ProbabilityWithin(GammaTied(k, 60.0, 0.0), 2.0),
            ]
        )
    )
    before = ranked(table | {(option, criterion): kind(events)}, sampler)
    after = ranked(table | {(option, criterion): kind(events + more)}, sampler)
    row = before.options.index(option)
    others = [i for i in range(len(OPTIONS)) if i != row]
    assert np.all(after.drawn.utilities[row] <= before.drawn.utilities[row])
    assert np.array_equal(after.drawn.utilities[others], before.drawn.utilities[others])
    assert after.first_rank_share[row] <= before.first_rank_share[row] + 1e-12
    assert after.expected_rank[row] >= before.expected_rank[row] - 1e-12


@given(tables, small)
def test_a_criterion_that_is_the_same_for_all_changes_no_ranking(table, score):
    same = table | {(option, "same"): Judgement(score / 9) for option in OPTIONS}
    before = ranked(table, Flat(CRITERIA))
    after = ranked(same, Flat((*CRITERIA, "same")))
    assert np.array_equal(after.rank_acceptability, before.rank_acceptability)
    assert np.array_equal(after.pairwise_winning, before.pairwise_winning)


@given(tables, samplers)
def test_an_option_that_is_removed_changes_nothing_between_the_others(table, sampler):
    whole = ranked(table, sampler)
    alone = ranked({pair: known for pair, known in table.items() if pair[0] != "w"}, sampler)
    left = masked(whole, alone.options)
    assert np.array_equal(left.rank_acceptability, alone.rank_acceptability)
    assert np.array_equal(left.pairwise_winning, alone.pairwise_winning)
    rows = [whole.options.index(option) for option in alone.options]
    assert np.array_equal(whole.pairwise_winning[np.ix_(rows, rows)], alone.pairwise_winning)


@given(tables, samplers, st.sampled_from(OPTIONS), st.sampled_from(OPTIONS))
def test_an_option_with_the_same_sure_cells_as_another_shares_its_ranks(table, sampler, one, other):
    sure = {(o, c): Exact(0.3) if o in (one, other) else k for (o, c), k in table.items()}
    smaa = ranked(sure, sampler)
    i, j = smaa.options.index(one), smaa.options.index(other)
    assert np.array_equal(smaa.rank_acceptability[i], smaa.rank_acceptability[j])
    assert smaa.pairwise_winning[i, j] == 0.5


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_better_in_everything_is_always_first(sampler):
    table = {(o, c): Beta(2, 9) for o in OPTIONS for c in CRITERIA}
    table |= {("x", c): Exact(0.0) for c in CRITERIA}
    smaa = ranked(table, sampler)
    assert smaa.first_rank_share[smaa.options.index("x")] == 1.0


def test_the_floor_does_without_scipy():
    import subprocess  # a process of its own, because other tests have loaded scipy here

    code = "import sys, nmosd_cds.decision.ties; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert floor.__doc__
