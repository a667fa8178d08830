"""Central weights: the mean weights of the draws in which an option leads, and their error.

Weights are added as whole numbers, whose sum does not depend on the order of adding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.table import IndexArray

# Wide enough for any list of options, small enough to keep all ranks in the processor's cache.
Ranks = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]
Leads = list[tuple[float, IndexArray]]

# What one whole number of a weight is worth: 2^-40.
WEIGHT_UNIT = 2.0**40
_COARSE = 2**20


def whole_weights(weights: Sequence[FloatArray], draws: int) -> Whole:
    """Return the first draws of weights as whole numbers, one row each."""
    whole = np.empty((len(weights), draws), dtype=np.int64)
    for row, weight in enumerate(weights):
        whole[row] = weight[:draws] * WEIGHT_UNIT
    return whole


def lead_shares(better: Ranks, equal: Ranks | None) -> Leads:
    """Find the draws in which an option leads, by its share of the lead.

    Args:
        better: Shape (draws,): how many options are better.
        equal: Same shape: how many others are equal; None: none in any draw.

    Returns:
        Pairs (share, draws): 1 where it leads alone, 1/2 with one more; empty if it never leads.
    """
    leads = np.nonzero(better == 0)[0]
    if equal is None:
        return [(1.0, leads)] if len(leads) else []
    ties = equal[leads]
    numbers = np.nonzero(np.bincount(ties))[0].tolist()
    return [(1.0 / (number + 1), leads[ties == number]) for number in numbers]


def mean_weights(whole: Whole, leads: Leads) -> list[tuple[float, float | None]]:
    """Return the mean weight by criterion over the draws that are led, and its standard error.

    Args:
        whole: Shape (criteria, draws): weights of all draws, from `whole_weights`.
        leads: What an option leads, at least one draw.

    Returns:
        Pairs in the order of the rows; the error is None where at most one draw is led.
    """
    led = math.fsum(share * len(draws) for share, draws in leads)
    chosen = [(share, whole[:, draws]) for share, draws in leads]
    sums = [(share, block.sum(axis=1).tolist()) for share, block in chosen]
    means = [math.fsum(share * row[c] for share, row in sums) / led for c in range(len(whole))]
    if led <= 1.0:
        return [(mean / WEIGHT_UNIT, None) for mean in means]
    centre = np.array([int(mean) for mean in means])[:, None]
    squares = [(share, _squares(block - centre)) for share, block in chosen]
    spread = [math.fsum(share * row[c] for share, row in squares) for c in range(len(whole))]
    return [
        (mean / WEIGHT_UNIT, math.sqrt(square / (led * (led - 1.0))))
        for mean, square in zip(means, spread, strict=True)
    ]


def _squares(difference: Whole) -> list[float]:
    """Sum of squares of each row, exact to 2^-20 a difference so that it fits in 64 bits."""
    coarse = difference // _COARSE
    sums: list[int] = (coarse * coarse).sum(axis=1).tolist()
    return [number / (WEIGHT_UNIT / _COARSE) ** 2 for number in sums]
