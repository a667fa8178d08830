"""Exact intervals: values printed in papers or the dossiers, and scipy beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nmosd_cds.evidence.intervals import binomial_interval, poisson_interval


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (11, 16, 41, 89),  # drug-free after cyclophosphamide, ATG and rituximab
        (3, 16, 4, 46),  # drug-free after other regimens
        (3, 32, 2, 25),  # deaths from all causes
        (14, 17, 57, 96),  # relapsed after stopping treatment
        (4, 6, 22, 96),  # relapsed after stopping eculizumab
    ],
)
def test_whole_percents_are_those_of_the_dossiers(count: int, of: int, low: int, high: int) -> None:
    found = binomial_interval(count, of)
    assert (round(100 * found[0]), round(100 * found[1])) == (low, high)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 32, 0.0, 10.9),  # treatment-related deaths
        (10, 13, 46.2, 95.0),
        (11, 12, 61.5, 99.8),  # free of relapse after BCMA CAR-T cells
        (0, 12, 0.0, 26.5),
        (1, 12, 0.2, 38.5),
        (0, 16, 0.0, 20.6),
        (0, 15, 0.0, 21.8),
    ],
)
def test_tenths_of_a_percent_are_those_of_published_tables(
    count: int, of: int, low: float, high: float
) -> None:
    found = binomial_interval(count, of)
    assert (round(100 * found[0], 1), round(100 * found[1], 1)) == (low, high)


# Newcombe, Statistics in Medicine 1998;17:857-872, table I (Clopper and Pearson). The last row is
# from the tables of Conover, Practical Nonparametric Statistics (1999), to three decimals.
@pytest.mark.parametrize(
    ("count", "of", "low", "high", "places"),
    [
        (81, 263, 0.2527, 0.3676, 4),
        (15, 148, 0.0578, 0.1617, 4),
        (0, 20, 0.0, 0.1684, 4),
        (1, 29, 0.0009, 0.1776, 4),
        (5, 25, 0.068, 0.407, 3),
    ],
)
def test_proportions_have_the_limits_of_the_textbooks(
    count: int, of: int, low: float, high: float, places: int
) -> None:
    found = binomial_interval(count, of)
    assert (round(found[0], places), round(found[1], places)) == (low, high)


# Limits of a Poisson count (Garwood, Biometrika 1936;28:437). The last row are the lung cancer
# deaths of Welsh nickel workers in Breslow and Day, Statistical Methods in Cancer Research II
# (1987): 137 observed, 24.19893 expected, as the R function poisson.test reproduces them.
@pytest.mark.parametrize(
    ("events", "time", "low", "high", "places"),
    [
        (0, 1.0, 0.0, 3.689, 3),
        (10, 1.0, 4.795, 18.39, 3),
        (25, 1.0, 16.18, 36.90, 2),
        (137, 24.19893, 4.753, 6.693, 3),
    ],
)
def test_rates_have_the_limits_of_the_textbooks(
    events: int, time: float, low: float, high: float, places: int
) -> None:
    found = poisson_interval(events, time)
    assert (round(found[0], places), round(found[1], places)) == (low, high)


def test_none_of_n_ends_where_the_chance_of_none_is_a_fortieth() -> None:
    # 1 - 0.025 ** (1 / n), solved by hand from the chance of no event.
    for n in (1, 5, 12, 32, 100):
        assert binomial_interval(0, n) == pytest.approx((0.0, 1 - 0.025 ** (1 / n)), abs=1e-9)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_any_count_agrees_with_scipy(counts: tuple[int, int]) -> None:
    count, of = counts
    oracle = stats.binomtest(count, of).proportion_ci(0.95, method="exact")
    assert binomial_interval(count, of) == pytest.approx((oracle.low, oracle.high), abs=1e-7)


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_mirrors_that_of_those_without_the_event(counts: tuple[int, int]) -> None:
    count, of = counts
    low, high = binomial_interval(of - count, of)
    assert binomial_interval(count, of) == pytest.approx((1 - high, 1 - low), abs=1e-7)


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of - 1), st.just(of))))
def test_one_more_event_lowers_neither_limit(counts: tuple[int, int]) -> None:
    count, of = counts
    fewer, more = binomial_interval(count, of), binomial_interval(count + 1, of)
    assert more[0] > fewer[0]
    assert more[1] > fewer[1] or fewer[1] == 1.0


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (0, 0), (1, 0), (0, -3)])
def test_a_count_that_does_not_fit_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="is not a count of patients"):
        binomial_interval(count, of)


def test_no_event_in_84_patient_years_is_at_most_0_044_a_year() -> None:
    low, high = poisson_interval(0, 84.0)
    assert low == 0.0
    assert round(high, 3) == 0.044


def test_20_relapses_in_46_9_patient_years_are_0_26_to_0_66_a_year() -> None:
    low, high = poisson_interval(20, 46.9)
    assert (round(low, 2), round(high, 2)) == (0.26, 0.66)


@given(st.integers(0, 300), st.floats(0.1, 5000))
def test_any_rate_agrees_with_the_chi_squared_form(events: int, years: float) -> None:
    low = stats.chi2.ppf(0.025, 2 * events) / (2 * years) if events else 0.0
    high = stats.chi2.ppf(0.975, 2 * events + 2) / (2 * years)
    assert poisson_interval(events, years) == pytest.approx((low, high), rel=1e-7)


@pytest.mark.parametrize(("events", "years"), [(-1, 5.0), (3, 0.0), (3, -1.0)])
def test_a_rate_without_time_or_with_less_than_no_events_is_refused(
    events: float, years: float
) -> None:
    with pytest.raises(ValueError, match="person-years"):
        poisson_interval(events, years)
