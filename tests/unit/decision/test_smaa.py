import numpy as np
import pytest

from nmosd_cds.decision.decision import Cell, Decision, draw_decision
from nmosd_cds.decision.distribution import Uniform
from nmosd_cds.decision.smaa import masked, run
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import Flat

ONES = {"x": np.ones(4)}


def a_decision(*utilities):
    values = np.array(utilities, dtype=float)[:, None, :]
    return Decision(tuple("abcdefgh"[: len(utilities)]), ("x",), values)


def test_ranks_are_counted_draw_by_draw():
    smaa = run(a_decision([9, 9, 1, 9], [5, 5, 5, 1], [1, 1, 9, 5]), ONES)
    np.testing.assert_array_equal(
        smaa.rank_acceptability, [[0.75, 0, 0.25], [0, 0.75, 0.25], [0.25, 0.25, 0.5]]
    )
    assert smaa.first_rank_share.tolist() == [0.75, 0.0, 0.25]
    np.testing.assert_array_equal(
        smaa.pairwise_winning, [[0.5, 0.75, 0.75], [0.25, 0.5, 0.5], [0.25, 0.5, 0.5]]
    )
    assert smaa.expected_rank.tolist() == [1.5, 2.25, 2.25]


def test_equal_options_share_the_ranks_they_take_up():
    smaa = run(a_decision([5, 5, 5, 5], [5, 5, 5, 1], [5, 1, 9, 1]), ONES)
    third = 1 / 3
    np.testing.assert_allclose(
        smaa.rank_acceptability,
        np.array(
            [
                [third + 0.5 + 0 + 1, third + 0.5 + 0.5, third + 0.5],
                [third + 0.5, third + 0.5 + 0.5 + 0.5, third + 0.5 + 0.5],
                [third + 1, third + 0.5, third + 1 + 0.5],
            ]
        )
        / 4,
    )
    np.testing.assert_allclose(smaa.rank_acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(smaa.rank_acceptability.sum(axis=1), 1)


def test_the_error_of_a_share_is_that_of_so_many_draws():
    smaa = run(a_decision([9, 9, 1, 9], [5, 5, 5, 1]), ONES)
    np.testing.assert_allclose(smaa.monte_carlo_error, [(0.75 * 0.25 / 4) ** 0.5] * 2)


def test_errors_of_all_outputs_by_hand():
    """Ranks of a are 1, 1, 3, 1: mean 1.5, variance 0.75; it leads three draws in four."""
    weights = {"x": np.array([0.2, 0.4, 0.9, 0.6]), "y": np.array([0.8, 0.6, 0.1, 0.4])}
    values = np.array([[9, 9, 1, 9], [5, 5, 5, 1], [1, 1, 9, 5]], dtype=float)[:, None, :]
    smaa = run(Decision(("a", "b", "c"), ("x", "y"), np.repeat(values, 2, axis=1)), weights)
    assert smaa.rank_error[0].tolist() == pytest.approx([(3 / 64) ** 0.5, 0, (3 / 64) ** 0.5])
    assert smaa.pairwise_error[0].tolist() == pytest.approx([0, (3 / 64) ** 0.5, (3 / 64) ** 0.5])
    assert smaa.expected_rank_error[0] == pytest.approx((0.75 / 4) ** 0.5)
    # Weights of x while a leads: 0.2, 0.4, 0.6 have variance 0.04, so their mean 0.04 / 3.
    assert smaa.central_weight_error["a"]["x"] == pytest.approx((0.04 / 3) ** 0.5, abs=1e-6)
    assert smaa.central_weight_error["c"] == {"x": None, "y": None}
    assert smaa.central_weight_error["b"] is None
    assert smaa.confidence_error["a"] == pytest.approx((3 / 64) ** 0.5)
    assert smaa.confidence_error["b"] is None


def test_errors_are_the_spread_of_runs_with_other_seeds():
    """Four hundred runs of 300 draws: the spread of each output is what one run says it is."""
    cells = [
        Cell(option, criterion, Uniform(low, low + 0.6), LinearValue(1, 0))
        for option, row in {"a": (0.3, 0.1), "b": (0.1, 0.35), "c": (0.25, 0.2)}.items()
        for criterion, low in zip("xy", row, strict=True)
    ]
    runs = [
        run(draw_decision(cells, seed=seed, draws=300), Flat(("x", "y")).sample(seed, 300))
        for seed in range(400)
    ]
    for output, error in (
        (lambda r: r.rank_acceptability, lambda r: r.rank_error),
        (lambda r: r.pairwise_winning, lambda r: r.pairwise_error),
        (lambda r: r.expected_rank, lambda r: r.expected_rank_error),
        (lambda r: r.central_weights["a"]["x"], lambda r: r.central_weight_error["a"]["x"]),
    ):
        spread = np.std([output(each) for each in runs], axis=0)
        said = np.mean([error(each) for each in runs], axis=0)
        np.testing.assert_allclose(said, spread, rtol=0.15)


def test_a_lone_option_is_always_first():
    smaa = run(a_decision([1, 2, 3, 4]), ONES)
    assert smaa.rank_acceptability.tolist() == [[1.0]]
    assert smaa.confidence_factor == {"a": 1.0}


def test_never_first_has_neither_central_weights_nor_confidence():
    """As in tests/nacw.R of the R package smaa 0.3-3."""
    values = np.array([np.ones((3, 4)), np.zeros((3, 4))])
    third = np.full(4, 1 / 3)
    smaa = run(Decision(("A", "B"), ("a", "b", "c"), values), {"a": third, "b": third, "c": third})
    assert smaa.central_weights["A"] == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert smaa.central_weights["B"] is None
    assert smaa.confidence_factor == {"A": 1.0, "B": None}


def test_nine_of_ten_draws_win_as_in_the_r_package():
    """As in tests/pwi.R of the R package smaa 0.3-3, whose diagonal is 0 where ours is one half."""
    first, second = [0.0] + [1.0] * 9, [1.0] + [0.0] * 9
    smaa = run(a_decision(first, second), {"x": np.ones(10)})
    np.testing.assert_allclose(smaa.pairwise_winning, [[0.5, 0.9], [0.1, 0.5]])


def test_two_that_share_the_lead_share_the_central_weights():
    smaa = run(a_decision([5, 5, 1, 1], [5, 1, 5, 1]), ONES)
    assert smaa.central_weights == {"a": {"x": 1.0}, "b": {"x": 1.0}}
    assert smaa.confidence_factor == {"a": 0.5, "b": 0.5}


def test_a_mask_ranks_as_if_only_the_survivors_had_been_run():
    values = np.random.default_rng(4).random((5, 3, 200))
    criteria = ("x", "y", "z")
    weights = Flat(criteria).sample(1, 200)
    whole = run(Decision(tuple("abcde"), criteria, values), weights)
    alone = run(Decision(("d", "b"), criteria, values[[3, 1]]), weights)
    left = masked(masked(whole, ("b", "c", "d")), ("d", "b"))
    assert left.options == ("d", "b")
    for name in ("rank_acceptability", "pairwise_winning", "expected_rank", "monte_carlo_error"):
        assert np.array_equal(getattr(left, name), getattr(alone, name))
    assert left.central_weights == alone.central_weights
    assert left.confidence_factor == alone.confidence_factor


def test_a_mask_may_use_fewer_draws():
    values = np.random.default_rng(4).random((3, 1, 200))
    whole = run(Decision(tuple("abc"), ("x",), values), {"x": np.ones(200)})
    few = run(Decision(tuple("abc"), ("x",), values[:, :, :20]), {"x": np.ones(20)})
    left = masked(whole, ("a", "b", "c"), draws=20)
    assert np.array_equal(left.rank_acceptability, few.rank_acceptability)
    assert left.central_weights == few.central_weights
    assert left.confidence_factor == few.confidence_factor


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: run(a_decision([1, 2, 3, 4]), {}),
        lambda: run(a_decision([1, 2, 3, 4]), {"x": np.ones(3)}),
        lambda: masked(run(a_decision([1, 2, 3, 4]), ONES), ()),
        lambda: masked(run(a_decision([1, 2, 3, 4]), ONES), ("a", "a")),
        lambda: masked(run(a_decision([1, 2, 3, 4]), ONES), ("z",)),
        lambda: masked(run(a_decision([1, 2, 3, 4]), ONES), ("a",), draws=5),
        lambda: masked(run(a_decision([1, 2, 3, 4]), ONES), ("a",), draws=0),
    ],
)
def test_calls_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: Decision((), ("x",), np.zeros((0, 1, 4))), "at least one option"),
        (lambda: Decision(("a",), (), np.zeros((1, 0, 4))), "at least one criterion"),
        (lambda: Decision(("a", "a"), ("x",), np.zeros((2, 1, 4))), "one option is named twice"),
        (lambda: Decision(("a",), ("x",), np.zeros((1, 1, 0))), "at least one draw"),
        (lambda: run(a_decision([1, 2, 3, 4]), {"x": -np.ones(4)}), "negative or no number"),
        (lambda: run(a_decision([1, 2, 3, 4]), {"x": np.full(4, np.nan)}), "negative or no number"),
        (lambda: run(a_decision([1, 2, 3, 4]), {"x": np.zeros(4)}), "all weights are 0"),
        (lambda: Flat(()), "weights need at least one name"),
        (lambda: Flat(("b", "a", "b")), "named twice: b"),
    ],
)
def test_what_cannot_be_ranked_is_said_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_more_options_than_a_byte_counts_are_refused():
    options = tuple(f"o{i}" for i in range(256))
    with pytest.raises(ValueError, match="255"):
        run(Decision(options, ("x",), np.zeros((256, 1, 4))), ONES)
