import numpy as np
import pytest

from nmosd_cds.decision.decision import Cell, Decision, draw_decision
from nmosd_cds.decision.distribution import Beta, Exact, TiedHazard
from nmosd_cds.decision.value import LinearValue

VALUE = LinearValue(best=0, worst=1)


def a_cell(option, criterion, known=None):
    return Cell(option, criterion, known or Beta(2, 3), VALUE)


def test_a_cell_draws_the_same_whatever_stands_beside_it():
    alone = draw_decision([a_cell("x", "harm")], seed=1, draws=50)
    both = draw_decision([a_cell("y", "harm"), a_cell("x", "harm")], seed=1, draws=50)
    assert both.options == ("y", "x")
    assert np.array_equal(alone.values[0, 0], both.values[1, 0])


def test_fewer_draws_are_the_first_of_more():
    few = draw_decision([a_cell("x", "harm")], seed=1, draws=10)
    many = draw_decision([a_cell("x", "harm")], seed=1, draws=50)
    assert np.array_equal(few.values, many.values[:, :, :10])
    assert (few.draws, many.draws) == (10, 50)


def test_values_are_read_in_the_unit_of_the_criterion():
    cells = [a_cell("x", "harm", Exact(0.25)), a_cell("y", "harm", TiedHazard())]
    drawn = draw_decision(cells, seed=1, draws=3, tied=np.array([0.1, 0.2, 0.3]))
    np.testing.assert_allclose(drawn.values[:, 0], [[0.75] * 3, [0.9, 0.8, 0.7]])


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [a_cell("x", "harm"), a_cell("x", "harm")],
        [a_cell("x", "harm"), a_cell("y", "burden")],
    ],
)
def test_a_missing_or_repeated_cell_is_refused(cells):
    with pytest.raises(ValueError):
        draw_decision(cells, seed=1, draws=5)


@pytest.mark.parametrize(
    ("options", "criteria", "shape"),
    [
        (("x", "x"), ("c",), (2, 1, 3)),
        (("x",), (), (1, 0, 3)),
        (("x",), ("c",), (1, 2, 3)),
        (("x",), ("c",), (1, 1)),
        (("x",), ("c",), (1, 1, 0)),
    ],
)
def test_values_that_do_not_fit_the_names_are_refused(options, criteria, shape):
    with pytest.raises(ValueError):
        Decision(options, criteria, np.zeros(shape))
