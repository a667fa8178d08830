import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nmosd_cds.decision import special

probabilities = st.floats(1e-6, 1 - 1e-6)


@given(probabilities)
def test_normal_quantiles_agree_with_scipy(p):
    assert special.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-9, abs=1e-12)


@given(probabilities, st.floats(0.1, 2000))
def test_gamma_quantiles_agree_with_scipy(p, shape):
    assert special.gamma_quantile(p, shape) == pytest.approx(stats.gamma.ppf(p, shape), rel=1e-8)


@given(probabilities, st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_beta_quantiles_are_where_scipy_finds_that_probability(p, a, b):
    x = special.beta_quantile(p, a, b)
    # Compared through the distribution function: scipy's own quantiles fail at some small shapes.
    assert stats.beta.cdf(x, a, b) == pytest.approx(p, rel=1e-7, abs=1e-12) or x > 1 - 1e-12


def test_gamma_of_shape_one_is_exponential():
    assert special.gamma_quantile(0.5, 1.0) == pytest.approx(math.log(2.0), rel=1e-14)


def test_beta_of_shapes_one_is_uniform():
    assert special.beta_quantile(0.3, 1.0, 1.0) == pytest.approx(0.3, rel=1e-13)


def test_a_start_far_away_is_no_obstacle():
    near = special.gamma_log_quantile(0.9, 0.1, 5.0, 2.0)
    for start in (-300.0, -20.0, 5.0, 20.0):
        assert special.gamma_log_quantile(0.9, 0.1, 5.0, start) == pytest.approx(near, rel=1e-12)


def test_a_search_that_cannot_settle_says_so(monkeypatch):
    monkeypatch.setattr(special, "_MOST_STEPS", 1)
    with pytest.raises(ArithmeticError):
        special.gamma_log_quantile(0.9, 0.1, 5.0, -300.0)


@pytest.mark.parametrize(
    "quantile",
    [lambda: special.gamma_quantile(0.9, 50.0), lambda: special.beta_quantile(0.3, 5, 9)],
)
def test_a_fraction_that_cannot_settle_says_so(monkeypatch, quantile):
    monkeypatch.setattr(special, "_MOST_TERMS", 2)
    with pytest.raises(ArithmeticError):
        quantile()


def test_the_logistic_function_does_not_overflow():
    assert special.logistic(-800.0) == 0.0
    assert special.logistic(800.0) == 1.0
