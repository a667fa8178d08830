"""Kleene's strong three-valued logic, literally: nine pairs for and, nine for or, three for not."""

import pytest

from nmosd_cds.logic.truth import Truth, all_of, any_of, truth_of

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (T, T, T),
        (T, U, U),
        (T, F, F),
        (U, T, U),
        (U, U, U),
        (U, F, F),
        (F, T, F),
        (F, U, F),
        (F, F, F),
    ],
)
def test_and(first: Truth, second: Truth, both: Truth) -> None:
    assert all_of([first, second]) is both


@pytest.mark.parametrize(
    ("first", "second", "either"),
    [
        (T, T, T),
        (T, U, T),
        (T, F, T),
        (U, T, T),
        (U, U, U),
        (U, F, U),
        (F, T, T),
        (F, U, U),
        (F, F, F),
    ],
)
def test_or(first: Truth, second: Truth, either: Truth) -> None:
    assert any_of([first, second]) is either


@pytest.mark.parametrize(("truth", "opposite"), [(T, F), (U, U), (F, T)])
def test_not(truth: Truth, opposite: Truth) -> None:
    assert ~truth is opposite


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert all_of([]) is T
    assert any_of([]) is F


@pytest.mark.parametrize("truth", [T, F, U])
def test_a_truth_refuses_to_be_an_if(truth: Truth) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(truth)


def test_an_ordinary_condition_has_two_truths() -> None:
    assert truth_of(True) is T
    assert truth_of(False) is F


def test_a_truth_prints_as_its_word() -> None:
    assert [str(truth) for truth in (T, F, U)] == ["true", "false", "unknown"]
