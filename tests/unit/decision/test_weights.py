import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from nmosd_cds.decision.weights import (
    ExactWeights,
    Flat,
    Hierarchical,
    Ordinal,
    PartialOrdinal,
    Swing,
)

N = 20_000
NAMES = ("a", "b", "c", "d")
GROUPS = (("good", ("a", "b")), ("bad", ("c", "d")))
SAMPLERS = (
    Flat(NAMES),
    Hierarchical(GROUPS),
    Ordinal(("c", "a"), Flat(NAMES)),
    Ordinal(("d", "c", "b", "a"), Hierarchical(GROUPS)),
    PartialOrdinal((("c", "a"), ("d",)), Flat(NAMES)),
    PartialOrdinal((("d",), ("a", "b", "c")), Hierarchical(GROUPS)),
    Swing(NAMES, "b", (("a", 0.2, 0.5), ("c", 0.3, 0.3))),
    Swing(NAMES, None, (("a", 0.2, 0.5), ("c", 0.3, 1.0))),
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
        (
            PartialOrdinal((("c", "a"), ("b",)), Flat(NAMES)),
            PartialOrdinal((("a", "c"), ("b",)), Flat(names)),
        ),
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


LEVELS = st.permutations("abcdef").flatmap(
    lambda names: st.lists(st.integers(1, 5), min_size=1, max_size=4, unique=True).map(
        lambda cuts: tuple(
            tuple(names[low:high])
            for low, high in zip([0, *sorted(cuts)], sorted(cuts), strict=False)
        )
    )
)


@given(LEVELS)
def test_no_criterion_outweighs_one_of_a_higher_level_in_any_draw(levels):
    for base in (Flat(tuple("abcdef")), Hierarchical((("g", ("a", "f")), ("h", tuple("bcde"))))):
        weights, before = PartialOrdinal(levels, base).sample(3, 200), base.sample(3, 200)
        for higher, lower in zip(levels, levels[1:], strict=False):
            assert all(np.all(weights[a] >= weights[b]) for a in higher for b in lower)
        for level in levels:
            for a, b in zip(level, level[1:], strict=False):
                assert np.array_equal(weights[a] > weights[b], before[a] > before[b])
        named = [name for level in levels for name in level]
        assert np.array_equal(
            np.sort([weights[name] for name in named], axis=0),
            np.sort([before[name] for name in named], axis=0),
        )
        assert all(np.array_equal(weights[n], before[n]) for n in set("abcdef") - set(named))


def test_one_level_says_nothing_and_levels_of_one_are_an_order():
    base = Flat(NAMES)
    said_nothing = PartialOrdinal((NAMES,), base).sample(4, N)
    order = PartialOrdinal((("c",), ("a",), ("d",)), base).sample(4, N)
    ordinal = Ordinal(("c", "a", "d"), base).sample(4, N)
    for name in NAMES:
        assert np.array_equal(said_nothing[name], base.sample(4, N)[name])
        assert np.array_equal(order[name], ordinal[name])


def test_a_partial_order_has_the_mean_of_the_rank_order_centroids_it_leaves_open():
    """One of three above two: (11/18, 7/36, 7/36). Two of four above two: ROC 1 to 4 in pairs."""
    above = PartialOrdinal((("a",), ("b", "c")), Flat(("a", "b", "c"))).sample(2, N)
    assert [above[name].mean() for name in "abc"] == pytest.approx(
        [11 / 18, 7 / 36, 7 / 36], abs=5e-3
    )
    centroid = [sum(1 / k for k in range(rank, 5)) / 4 for rank in (1, 2, 3, 4)]
    pairs = PartialOrdinal((("a", "c"), ("b", "d")), Flat(NAMES)).sample(2, N)
    high, low = sum(centroid[:2]) / 2, sum(centroid[2:]) / 2
    assert [pairs[name].mean() for name in "acbd"] == pytest.approx(
        [high] * 2 + [low] * 2, abs=5e-3
    )


def test_the_largest_of_one_above_two_exceeds_one_half_in_three_of_four():
    """On three criteria P(a > t) = (1 - t)^2 for t >= 1/2, where a is then surely the largest.

    The order a above b and c has probability 1/3, so P(a > 1/2 | order) = 3/4 and
    P(a > 0.8 | order) = 0.12.
    """
    weights = PartialOrdinal((("a",), ("b", "c")), Flat(("a", "b", "c"))).sample(2, N)
    assert np.mean(weights["a"] > 0.5) == pytest.approx(0.75, abs=0.0125)
    assert np.mean(weights["a"] > 0.8) == pytest.approx(0.12, abs=0.0095)


@pytest.mark.parametrize(
    "levels",
    [(("a",), ("b", "c")), (("a", "b"), ("c",)), (("b", "d"), ("a", "c")), (("d",), ("a", "b"))],
    ids=str,
)
def test_a_partial_order_is_what_is_left_when_flat_draws_that_break_it_are_thrown_away(levels):
    """Rejection sampling with other random numbers: the same distribution, two-sample KS.

    Compared are every weight, every difference and the weights that no level names.
    """
    kept = np.random.default_rng(8).dirichlet(np.ones(4), 40 * N)
    by_name = dict(zip(NAMES, kept.T, strict=True))
    holds = np.ones(len(kept), dtype=bool)
    for higher, lower in zip(levels, levels[1:], strict=False):
        for a in higher:
            for b in lower:
                holds &= by_name[a] >= by_name[b]
    drawn = PartialOrdinal(levels, Flat(NAMES)).sample(6, N)
    for a in NAMES:
        for b in NAMES:
            left, right = (
                (drawn[a], by_name[a][holds])
                if a == b
                else (
                    drawn[a] - drawn[b],
                    (by_name[a] - by_name[b])[holds],
                )
            )
            assert stats.ks_2samp(left, right).pvalue > 1e-4


def test_a_range_of_points_has_the_mean_of_its_closed_form():
    """For r uniform on (l, h), r / (1 + r) has the mean 1 - ln((1 + h) / (1 + l)) / (h - l)."""
    weights = Swing(("a", "b"), "b", (("a", 0.4, 0.7),)).sample(2, N)
    assert abs((weights["a"] / weights["b"]).mean() - 0.55) < 0.002
    assert abs(weights["a"].mean() - (1 - np.log(1.7 / 1.4) / 0.3)) < 0.002


def test_ranges_may_leave_open_which_matters_most():
    """P(a > b) for a uniform on (0.4, 0.7) and b on (0.5, 1): (0.2^2 / 2) / (0.3 * 0.5)."""
    weights = Swing(("a", "b"), None, (("a", 0.4, 0.7), ("b", 0.5, 1.0))).sample(2, N)
    assert abs(np.mean(weights["a"] > weights["b"]) - 0.02 / 0.15) < 0.01


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
        lambda: PartialOrdinal((), Flat(NAMES)),
        lambda: PartialOrdinal((("a",), ()), Flat(NAMES)),
        lambda: PartialOrdinal((("a",), ("b", "a")), Flat(NAMES)),
        lambda: PartialOrdinal((("a",), ("z",)), Flat(NAMES)).sample(1, 1),
        lambda: Swing(NAMES, "z"),
        lambda: Swing(NAMES, None),
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
