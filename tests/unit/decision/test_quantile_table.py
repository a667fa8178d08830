import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from nmosd_cds.decision import table
from nmosd_cds.decision.draws import uniforms

LOWER, UPPER = slice(0, 513), slice(513, None)
COMPLEMENTS = table.PROBABILITIES[::-1]
U = uniforms(5, ("table",), 10_000)


def assert_nodes_agree(values, distribution):
    """The upper half is compared through the survival function, which keeps the digits there."""
    expected = distribution.ppf(table.PROBABILITIES)
    expected[UPPER] = distribution.isf(COMPLEMENTS[UPPER])
    np.testing.assert_allclose(values, expected, rtol=1e-6, atol=1e-12)


def test_probabilities_ascend_to_a_millionth_from_both_ends():
    assert len(table.PROBABILITIES) == 1025
    assert np.all(np.diff(table.PROBABILITIES) > 0)
    assert table.PROBABILITIES[0] == 1e-6
    assert table.PROBABILITIES[-1] == 1 - 1e-6


@pytest.mark.parametrize("shape", [0.1, 0.5, 1.0, 2.7, 20.0, 150.0, 2000.0])
def test_gamma_tables_agree_with_scipy(shape):
    assert_nodes_agree(table.standard_gamma(shape).values, stats.gamma(shape))


@pytest.mark.parametrize(
    ("a", "b"), [(0.5, 0.5), (0.5, 32.5), (1.0, 12.0), (20.0, 116.0), (300.0, 700.0), (20.0, 0.5)]
)
def test_beta_tables_agree_with_scipy(a, b):
    assert_nodes_agree(table.beta(a, b).values, stats.beta(a, b))


def test_normal_and_exponential_tables_agree_with_scipy():
    assert_nodes_agree(table.standard_normal().values, stats.norm())
    assert_nodes_agree(table.standard_exponential().values, stats.expon())


def test_interpolated_draws_stay_close_to_scipy():
    np.testing.assert_allclose(table.standard_normal().quantiles(U), stats.norm.ppf(U), atol=1e-3)
    gamma = table.standard_gamma(3.0).quantiles(U)
    np.testing.assert_allclose(gamma, stats.gamma.ppf(U, 3.0), rtol=6e-4)


def test_the_quick_search_finds_what_the_plain_one_finds():
    edges = np.nextafter(table.PROBABILITIES, 0)
    beyond = np.array([1e-12, 1 - 1e-12, 0.0, np.nextafter(1.0, 0.0)])
    u = np.concatenate([U, table.PROBABILITIES, edges, beyond])
    quick, plain = table.locate_probability(u), table.locate(table.PROBABILITIES, u)
    assert np.array_equal(quick.index, plain.index)
    assert np.array_equal(quick.fraction, plain.fraction)


def test_a_table_on_its_own_grid_is_read_by_straight_lines():
    own = table.QuantileTable(np.array([0.1, 0.5, 0.9]), np.array([0.0, 1.0, 5.0]))
    read = own.quantiles(np.array([0.01, 0.1, 0.3, 0.5, 0.7, 0.95]))
    np.testing.assert_allclose(read, [0.0, 0.0, 0.5, 1.0, 3.0, 5.0])


@pytest.mark.parametrize(
    ("probabilities", "values"),
    [([0.1, 0.9], [1.0, 0.0]), ([0.9, 0.1], [0.0, 1.0]), ([0.5], [0.0]), ([0.1, 0.9], [0.0])],
)
def test_a_table_that_does_not_ascend_is_refused(probabilities, values):
    with pytest.raises(ValueError, match="table"):
        table.QuantileTable(np.array(probabilities), np.array(values))


@given(arrays(np.float64, 20, elements=st.floats(0, 1, exclude_max=True)))
def test_a_larger_uniform_never_gives_a_smaller_draw(u):
    u = np.sort(u)
    for each in (table.standard_gamma(0.7), table.beta(2.0, 9.0), table.standard_normal()):
        assert np.all(np.diff(each.quantiles(u)) >= 0)


@given(arrays(np.float64, 20, elements=st.floats(0, 40)))
def test_the_decay_is_close_to_the_exponential_and_never_ascends(x):
    x = np.sort(x)
    decayed = table.exp_minus(x)
    np.testing.assert_allclose(decayed, np.exp(-x), atol=1e-6)
    assert np.all(np.diff(decayed) <= 0)


def test_tables_survive_a_trip_through_json(monkeypatch):
    built = table.standard_gamma(3.25).values, table.beta(0.5, 7.0).values
    stored = json.dumps(table.kept_tables())
    monkeypatch.setattr(table, "_kept", {})
    table.restore_tables(json.loads(stored))
    monkeypatch.setattr(table, "_built_gamma", None)
    monkeypatch.setattr(table, "_built_beta", None)
    assert np.array_equal(table.standard_gamma(3.25).values, built[0])
    assert np.array_equal(table.beta(0.5, 7.0).values, built[1])


@pytest.mark.parametrize(
    "tables",
    [
        {"delta 1.0": [0.0] * 1025},
        {"gamma": [0.0] * 1025},
        {"beta 1.0": [0.0] * 1025},
        {"gamma x": [0.0] * 1025},
        {"gamma 1.0": [0.0]},
        {"gamma 1.0": [1.0] + [0.0] * 1024},
    ],
)
def test_tables_that_are_no_tables_are_refused_and_nothing_is_taken_up(tables):
    before = table.kept_tables()
    with pytest.raises(ValueError):
        table.restore_tables({"gamma 77.5": [0.0] * 1025} | tables)
    assert table.kept_tables() == before
