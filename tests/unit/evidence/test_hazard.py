"""Hazards from survival values: the two the design prints, and the law of the formula."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.evidence.hazard import YEARS, Exposure, added, exposure_from_survival

SHARES = st.floats(0.01, 0.99)
TIMES = st.floats(0.1, 20)


def hazard(exposure: Exposure) -> float:
    return exposure.events / exposure.person_years


def test_80_percent_at_5_years_is_0_045_a_year() -> None:
    assert round(hazard(exposure_from_survival(0.80, 5.0, 12)), 3) == 0.045


def test_31_percent_at_3_years_is_0_39_a_year() -> None:
    assert round(hazard(exposure_from_survival(0.31, 3.0, 16)), 2) == 0.39


def test_the_patients_at_entry_are_the_effective_size() -> None:
    found = exposure_from_survival(0.80, 5.0, 12)
    assert found.n == 12
    assert found.events == pytest.approx(2.4)  # 12 people, one in five with a relapse
    assert found.person_years == pytest.approx(2.4 / 0.04462871, rel=1e-6)


@given(SHARES, TIMES, st.integers(1, 500))
def test_the_hazard_gives_the_survival_back(share: float, years: float, n: int) -> None:
    found = exposure_from_survival(share, years, n)
    assert math.exp(-hazard(found) * years) == pytest.approx(share)


@given(SHARES, TIMES, st.integers(1, 500))
def test_nobody_is_watched_for_longer_than_the_time_of_the_value(
    share: float, years: float, n: int
) -> None:
    assert exposure_from_survival(share, years, n).person_years <= n * years * (1 + 1e-9)


@given(SHARES, SHARES, TIMES)
def test_fewer_free_of_relapse_is_a_higher_hazard(one: float, other: float, years: float) -> None:
    worse, better = sorted((one, other))
    assert hazard(exposure_from_survival(worse, years, 10)) >= hazard(
        exposure_from_survival(better, years, 10)
    )


@pytest.mark.parametrize(("share", "years"), [(0.0, 5.0), (1.0, 5.0), (1.2, 5.0), (0.5, 0.0)])
def test_a_survival_that_gives_no_hazard_is_refused(share: float, years: float) -> None:
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        exposure_from_survival(share, years, 12)


def test_an_approximated_exposure_has_twice_the_width() -> None:
    # Relative width of a gamma is 1 / sqrt(events): a quarter of the events is twice the width.
    events, years = Exposure(4.0, 20.0, 12, approximated=True).weighed
    assert (events, years) == (1.0, 5.0)
    assert 1 / math.sqrt(events) == 2 / math.sqrt(4.0)
    assert events / years == 4.0 / 20.0


def test_an_exposure_counted_as_printed_keeps_all_its_information() -> None:
    assert Exposure(4.0, 20.0, 12).weighed == (4.0, 20.0)


def test_exposures_of_different_patients_add() -> None:
    total = added((Exposure(2.0, 10.0, 5), Exposure(3.0, 30.0, 7, approximated=True)))
    assert total == Exposure(5.0, 40.0, 12, approximated=True)


def test_nothing_added_is_nothing() -> None:
    assert added(()) == Exposure(0, 0, 0)


def test_months_and_years_agree() -> None:
    assert 12 * YEARS["months"] == pytest.approx(YEARS["years"])
    assert 365.25 * YEARS["days"] == pytest.approx(1.0)
    assert YEARS["weeks"] == pytest.approx(7 * YEARS["days"])
