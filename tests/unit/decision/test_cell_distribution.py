import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nmosd_cds.decision.distribution import (
    Beta,
    Exact,
    Gamma,
    GammaTied,
    Judgement,
    LogNormal,
    Normal,
    ProbabilityWithin,
    TiedHazard,
    Uniform,
)
from nmosd_cds.decision.draws import uniforms
from nmosd_cds.decision.gamma_family import SHAPES, gamma_family_quantiles

U = uniforms(3, ("cell",), 4000)
TIED = Gamma(20.0, 46.9).quantiles(uniforms(3, ("comparator",), 4000))
counts = st.integers(0, 40)
times = st.floats(1.0, 300.0)
priors = st.sampled_from([0.0, 0.1, 5.0, 10.0, 20.0, 40.0])


def test_exact_numbers_and_judgements_are_the_same_in_every_draw():
    assert np.array_equal(Exact(0.2).quantiles(U), np.full(len(U), 0.2))
    assert np.array_equal(Judgement(3).quantiles(U), np.full(len(U), 3.0))


def test_simple_distributions_agree_with_scipy():
    np.testing.assert_allclose(Uniform(-2, 4).quantiles(U), stats.uniform.ppf(U, -2, 6))
    np.testing.assert_allclose(Normal(1, 2).quantiles(U), stats.norm.ppf(U, 1, 2), atol=2e-3)
    np.testing.assert_allclose(Beta(2, 31).quantiles(U), stats.beta.ppf(U, 2, 31), rtol=6e-4)
    expected = stats.gamma.ppf(U, 20, scale=1 / 46.9)
    np.testing.assert_allclose(Gamma(20, 46.9).quantiles(U), expected, rtol=6e-4)


@pytest.mark.parametrize(("median", "log_sd"), [(0.41, 0.3), (2.0, 1.0), (1.0, 2.5)])
def test_a_log_normal_agrees_with_scipy_and_with_the_normal_of_its_logarithm(median, log_sd):
    drawn = LogNormal(median, log_sd).quantiles(U)
    np.testing.assert_allclose(drawn, stats.lognorm.ppf(U, log_sd, scale=median), rtol=3e-4)
    logs = np.log(drawn / median) / log_sd
    np.testing.assert_allclose(logs, Normal(0, 1).quantiles(U), atol=1e-3)


def test_a_log_normal_rises_with_its_median_and_with_luck():
    order = np.argsort(U)
    assert np.all(np.diff(LogNormal(1, 0.7).quantiles(U)[order]) >= 0)
    assert np.all(LogNormal(1.1, 0.7).quantiles(U) > LogNormal(1, 0.7).quantiles(U))


@pytest.mark.parametrize(
    ("events", "time", "prior"), [(0, 5.5, 20), (1, 5.5, 20), (7, 60, 10), (120, 700, 5), (3, 9, 0)]
)
def test_a_tied_gamma_agrees_with_scipy_draw_by_draw(events, time, prior):
    expected = stats.gamma.ppf(U, events + TIED * prior, scale=1 / (time + prior))
    drawn = GammaTied(events, time, prior).quantiles(U, TIED)
    np.testing.assert_allclose(drawn, expected, rtol=2e-3, atol=6e-4)


def test_no_event_and_no_prior_has_the_shape_of_jeffreys_prior():
    drawn = GammaTied(0, 10, 0).quantiles(U, TIED)
    np.testing.assert_allclose(drawn, stats.gamma.ppf(U, 0.5, scale=0.1), rtol=2e-3, atol=1e-5)
    assert drawn.min() > 0.0


def test_a_strong_prior_without_patients_gives_back_the_comparator():
    drawn = GammaTied(0, 0, 20_000).quantiles(U, TIED)
    assert np.corrcoef(drawn, TIED)[0, 1] > 0.99


@given(counts, st.integers(1, 10), times, priors)
def test_raising_events_never_lowers_a_hazard_in_any_draw(events, more, time, prior):
    before = GammaTied(events, time, prior).quantiles(U, TIED)
    after = GammaTied(events + more, time, prior).quantiles(U, TIED)
    assert np.all(after >= before)


@given(counts, times, priors, st.floats(1.0, 3.0))
def test_raising_the_comparator_never_lowers_a_tied_hazard(events, time, prior, factor):
    known = GammaTied(events, time, prior)
    assert np.all(known.quantiles(U, TIED * factor) >= known.quantiles(U, TIED))


@given(counts, st.integers(1, 10), st.integers(0, 100))
def test_raising_events_among_the_same_people_never_lowers_a_proportion(events, more, others):
    people = events + more + others
    before = Beta(events + 0.5, people - events + 0.5).quantiles(U)
    after = Beta(events + more + 0.5, people - events - more + 0.5).quantiles(U)
    assert np.all(after >= before)


@given(counts, st.integers(1, 10), times, priors, st.floats(0, 3))
def test_raising_events_never_lowers_a_probability_within_time(events, more, time, prior, watched):
    def drawn(k):
        return ProbabilityWithin(GammaTied(k, time, prior), 2.0, watched).quantiles(U, TIED)

    assert np.all(drawn(events + more) >= drawn(events))


def test_a_probability_within_time_follows_from_the_hazard():
    hazard = Gamma(20, 46.9)
    expected = 1 - np.exp(-2 * hazard.quantiles(U))
    np.testing.assert_allclose(ProbabilityWithin(hazard, 2).quantiles(U), expected, atol=1e-6)


def test_beyond_follow_up_the_hazard_is_the_comparators():
    hazard = GammaTied(1, 5.5, 20)
    watched = 5.5 / 12
    expected = 1 - np.exp(-(hazard.quantiles(U, TIED) * watched + TIED * (2 - watched)))
    drawn = ProbabilityWithin(hazard, 2, watched).quantiles(U, TIED)
    np.testing.assert_allclose(drawn, expected, atol=1e-6)


def test_follow_up_beyond_the_horizon_needs_no_comparator():
    longer = ProbabilityWithin(Gamma(5, 60), 2, 7).quantiles(U)
    assert np.array_equal(longer, ProbabilityWithin(Gamma(5, 60), 2).quantiles(U))


def test_the_comparator_is_its_own_draw():
    assert TiedHazard().quantiles(U, TIED) is TIED


@pytest.mark.parametrize(
    "known", [TiedHazard(), GammaTied(1, 2, 3), ProbabilityWithin(Gamma(5, 60), 2, 1)]
)
def test_a_tied_cell_without_comparator_is_refused(known):
    with pytest.raises(ValueError, match="comparator"):
        known.quantiles(U)


def test_a_shape_beyond_the_table_is_refused_and_not_cut():
    with pytest.raises(ValueError, match="beyond"):
        gamma_family_quantiles(np.array([SHAPES[-1] * 1.1]), np.array([0.5]))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Exact(math.nan),
        lambda: Judgement(math.inf),
        lambda: Uniform(2, 1),
        lambda: Normal(0, 0),
        lambda: LogNormal(0, 1),
        lambda: LogNormal(1, 0),
        lambda: LogNormal(1, 21),
        lambda: Beta(0, 1),
        lambda: Gamma(1, -1),
        lambda: GammaTied(-1, 1, 1),
        lambda: GammaTied(0, 0, 0),
        lambda: ProbabilityWithin(Gamma(1, 1), 0),
        lambda: ProbabilityWithin(Gamma(1, 1), 2, -1),
    ],
)
def test_numbers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
