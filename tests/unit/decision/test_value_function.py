import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.decision.value import LinearValue, PiecewiseLinearValue

FALLING = PiecewiseLinearValue(((50, 1.0), (75, 0.8), (90, 0.5), (100, 0.0)))
RISING = PiecewiseLinearValue(((-0.15, 0.0), (0.0, 0.1), (0.25, 0.9), (0.35, 1.0)))


def test_lower_is_better_and_values_stop_at_the_ends():
    drawn = np.array([-0.1, 0.0, 0.1, 0.4, 0.9])
    np.testing.assert_allclose(LinearValue(best=0, worst=0.4).of(drawn), [1, 1, 0.75, 0, 0])


def test_higher_is_better_when_best_is_above_worst():
    np.testing.assert_allclose(LinearValue(best=1, worst=0).of(np.array([0.2, 2.0])), [0.2, 1])


def test_pieces_agree_with_the_published_checks_of_the_r_package_smaa():
    """Source: tests/pvf.R and the example of smaa.pvf, CRAN package smaa 0.3-3."""
    falling = FALLING.of(np.array([50.0, 90, 100, 10, 40, 101, 120, 60, 75]))
    np.testing.assert_allclose(falling, [1, 0.5, 0, 1, 1, 0, 0, 1 - 2 / 5 * 0.2, 0.8])
    rising = RISING.of(np.array([0.35, -0.15, 0.0, 0.25, 0.1, 0.38, -0.2]))
    np.testing.assert_allclose(rising, [1, 0, 0.1, 0.9, 2 / 5 * 0.8 + 0.1, 1, 0], atol=1e-15)


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=10))
def test_values_keep_the_order_of_amounts_and_stay_between_0_and_1(amounts):
    drawn = np.sort(np.array(amounts))
    rising = [LinearValue(7, -3).of(drawn), RISING.of(drawn)]
    falling = [LinearValue(-3, 7).of(drawn), FALLING.of(drawn)]
    assert all(np.all(np.diff(values) >= 0) for values in rising)
    assert all(np.all(np.diff(values) <= 0) for values in falling)
    assert all(values.min() >= 0 and values.max() <= 1 for values in rising + falling)


@pytest.mark.parametrize(("best", "worst"), [(1, 1), (float("nan"), 0), (0, float("inf"))])
def test_a_range_without_width_or_end_is_refused(best, worst):
    with pytest.raises(ValueError):
        LinearValue(best, worst)


@pytest.mark.parametrize(
    "points",
    [
        ((0, 0),),
        ((0, 0), (0, 1)),
        ((0, 0), (1, 0.8), (2, 0.5), (3, 1)),
        ((0, 0), (1, 0.5)),
        ((0, 0), (float("inf"), 1)),
    ],
)
def test_points_that_make_no_value_function_are_refused(points):
    with pytest.raises(ValueError):
        PiecewiseLinearValue(points)
