import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmosd_cds.decision.weights import ExactWeights, Flat, Hierarchical, Ordinal, Swing

N = 20_000
NAMES = ("a", "b", "c", "d")
GROUPS = (("good", ("a", "b")), ("bad", ("c", "d")))
SAMPLERS = (
    Flat(NAMES),
    Hierarchical(GROUPS),
    Ordinal(("c", "a"), Flat(NAMES)),
    Ordinal(("d", "c", "b", "a"), Hierarchical(GROUPS)),
    Swing(NAMES, "b", (("a", 0.2, 0.5), ("c", 0.3, 0.3))),
    ExactWeights((("a", 4), ("b", 1), ("c", 2), ("d", 0))),
)


def total(weights, names=NAMES):
    return sum(weights[name] for name in names)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_weights_are_not_negative_and_sum_to_one_in_every_draw(sampler):
    weights = sampler.sample(1, N)
    assert set(weights) == set(NAMES)
    assert all(weight.min() >= 0 for weight in weights.values())
    np.testing.assert_allclose(total(weights), 1.0, rtol=1e-14)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_fewer_draws_are_the_first_of_more(sampler):
    few, many = sampler.sample(1, 10), sampler.sample(1, N)
    assert all(np.array_equal(few[name], many[name][:10]) for name in NAMES)


@given(st.permutations(NAMES))
def test_the_order_of_criteria_changes_no_bit(names):
    names = tuple(names)
    regrouped = tuple((g, tuple(n for n in names if n in m)) for g, m in reversed(GROUPS))
    pairs = [
        (Flat(NAMES), Flat(names)),
        (Hierarchical(GROUPS), Hierarchical(regrouped)),
        (Ordinal(("c", "a"), Flat(NAMES)), Ordinal(("c", "a"), Flat(names))),
        (Swing(NAMES, "b"), Swing(names, "b")),
    ]
    for one, other in pairs:
        first, second = one.sample(7, 50), other.sample(7, 50)
        assert all(np.array_equal(first[name], second[name]) for name in NAMES)


def test_flat_weights_are_uniform_on_the_simplex():
    """Each is beta(1, 3) for four criteria; each pair's share of its sum is uniform."""
    weights = Flat(NAMES).sample(2, N)
    for name in NAMES:
        assert abs(np.mean(weights[name] > 0.5) - 0.5**3) < 0.01
        assert abs(weights[name].mean() - 0.25) < 0.005
    share = weights["a"] / (weights["a"] + weights["b"])
    assert abs(np.mean(share < 0.2) - 0.2) < 0.01


def test_groups_are_uniform_between_and_members_uniform_within():
    weights = Hierarchical(GROUPS).sample(2, N)
    good = weights["a"] + weights["b"]
    for share in (good, weights["a"] / good):
        assert abs(np.mean(share < 0.3) - 0.3) < 0.012


def test_splitting_a_criterion_leaves_the_weight_of_its_group_alone():
    split = Hierarchical((("good", ("a", "b")), ("bad", ("c", "d1", "d2"))))
    before, after = Hierarchical(GROUPS).sample(2, N), split.sample(2, N)
    np.testing.assert_allclose(
        after["c"] + after["d1"] + after["d2"], before["c"] + before["d"], rtol=1e-14
    )
    assert np.array_equal(after["a"], before["a"])


def test_a_group_of_one_has_exactly_the_weight_of_the_group():
    one, other = (
        Hierarchical((("good", (name,)), ("bad", ("c", "d")))).sample(2, N) for name in ("a", "z")
    )
    assert np.array_equal(one["a"], other["z"])
    np.testing.assert_allclose(one["a"] + one["c"] + one["d"], 1.0, rtol=1e-14)


def test_ordered_criteria_keep_their_order_in_every_draw():
    weights = Ordinal(("c", "a", "d"), Hierarchical(GROUPS)).sample(2, N)
    assert np.all(weights["c"] >= weights["a"])
    assert np.all(weights["a"] >= weights["d"])


def test_a_complete_order_has_the_rank_order_centroid_as_mean():
    """The mean of ordered weights uniform on the simplex: Barron and Barrett 1996."""
    weights = Ordinal(NAMES, Flat(NAMES)).sample(2, N)
    for rank, name in enumerate(NAMES, 1):
        centroid = sum(1 / k for k in range(rank, 5)) / 4
        assert abs(weights[name].mean() - centroid) < 0.005


def test_criteria_outside_the_order_keep_their_weights():
    weights, base = Ordinal(("c", "a"), Flat(NAMES)).sample(2, N), Flat(NAMES).sample(2, N)
    assert np.array_equal(weights["b"], base["b"])
    assert np.array_equal(weights["d"], base["d"])


def test_swing_ratios_stay_in_their_ranges():
    weights = Swing(NAMES, "b", (("a", 0.2, 0.5), ("c", 0.3, 0.3))).sample(2, N)
    ratio = weights["a"] / weights["b"]
    assert ratio.min() >= 0.2 - 1e-12 and ratio.max() <= 0.5 + 1e-12
    np.testing.assert_allclose(weights["c"] / weights["b"], 0.3)
    assert np.all(weights["d"] <= weights["b"])


def test_exact_weights_are_divided_by_their_sum():
    weights = ExactWeights((("a", 4), ("b", 1), ("c", 2))).sample(2, 3)
    np.testing.assert_allclose([weights[name][0] for name in "abc"], [4 / 7, 1 / 7, 2 / 7])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Flat(()),
        lambda: Flat(("a", "a")),
        lambda: Hierarchical((("g", ("a",)), ("h", ("a",)))),
        lambda: Hierarchical((("g", ("a",)), ("g", ("b",)))),
        lambda: Hierarchical((("g", ()), ("h", ("a",)))),
        lambda: Ordinal(("a", "a"), Flat(NAMES)),
        lambda: Ordinal(("z",), Flat(NAMES)).sample(1, 1),
        lambda: Swing(NAMES, "z"),
        lambda: Swing(NAMES, "a", (("a", 0, 1),)),
        lambda: Swing(NAMES, "a", (("b", 0.5, 0.2),)),
        lambda: Swing(NAMES, "a", (("b", 0.5, 1.2),)),
        lambda: ExactWeights(()),
        lambda: ExactWeights((("a", 0),)),
        lambda: ExactWeights((("a", -1), ("b", 1))),
    ],
)
def test_preferences_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
