"""Gamma quantiles when the shape itself differs from draw to draw.

One table over (shape, probability) serves every such cell: a tied gamma has a shape that is linear
in the quantity it is tied to, and its rate is only a divisor. Rows are built when first needed.
Because the table ascends in both directions, a larger shape never gives a smaller quantile.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.table import (
    PROBABILITIES,
    between,
    frozen,
    locate,
    locate_probability,
    standard_gamma,
)

# Ten nodes to each doubling from one half: the first 97 reach a shape of 388.
_NODES_PER_DOUBLING = 10
_NODE_COUNT = 161
SMALLEST_SHAPE = 0.5
SHAPES: FloatArray = frozen(
    float(f"{SMALLEST_SHAPE * math.pow(2.0, i / _NODES_PER_DOUBLING):.10g}")
    for i in range(_NODE_COUNT)
)


def gamma_family_quantiles(shape: FloatArray, u: FloatArray) -> FloatArray:
    """Return quantiles of gamma distributions with rate 1 and a shape of their own each.

    Args:
        shape: Shape (n,), at most 32,768; anything below 0.5 is read as 0.5.
        u: Shape (n,), within (0, 1).

    Returns:
        Shape (n,), never descending in `shape` nor in `u`.

    Raises:
        ValueError: A shape is beyond the table.
    """
    if shape.max() > SHAPES[-1]:
        raise ValueError("the shape of a tied gamma is beyond its table")
    row, column = locate(SHAPES, shape), locate_probability(u)
    first = int(row.index.min())
    table = _rows(first, int(row.index.max()) + 2)
    points = len(PROBABILITIES)
    below = (row.index - first) * points + column.index
    above = below + points
    return between(
        between(table[below], table[below + 1], column.fraction),
        between(table[above], table[above + 1], column.fraction),
        row.fraction,
    )


@lru_cache(maxsize=64)
def _rows(first: int, end: int) -> FloatArray:
    """Rows of the table one after another in one dimension, the cheapest to look things up in."""
    return np.concatenate([standard_gamma(float(shape)).values for shape in SHAPES[first:end]])
