import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.decision.draws import uniforms

FIRST_RELEASE = [0.9891934617010453, 0.34332002507466364, 0.05870468488796943]
keys = st.lists(st.text(max_size=5), max_size=3).map(tuple)


@given(st.integers(), keys, st.integers(1, 50), st.integers(1, 50))
def test_a_shorter_call_gives_the_beginning_of_a_longer_one(seed, key, first, more):
    assert np.array_equal(uniforms(seed, key, first), uniforms(seed, key, first + more)[:first])


@given(st.integers(), keys, keys)
def test_only_the_same_key_gives_the_same_numbers(seed, one, other):
    same = np.array_equal(uniforms(seed, one, 4), uniforms(seed, other, 4))
    assert same == (one == other)


def test_numbers_are_those_of_the_first_release():
    # A change here changes every printed result: it may only happen with a new major version.
    assert uniforms(20261122, ("cell", "a", "x"), 3).tolist() == FIRST_RELEASE


def test_numbers_stay_strictly_between_0_and_1_and_look_uniform():
    u = uniforms(1, ("x",), 100_000)
    assert 0.0 < u.min() and u.max() < 1.0
    assert abs(u.mean() - 0.5) < 0.005
    assert abs(u.var() - 1 / 12) < 0.002


def test_kept_numbers_cannot_be_changed_by_mistake():
    with pytest.raises(ValueError):
        uniforms(1, ("x",), 3)[0] = 0.5


def test_no_draw_is_refused():
    with pytest.raises(ValueError, match="at least one draw"):
        uniforms(1, ("x",), 0)
