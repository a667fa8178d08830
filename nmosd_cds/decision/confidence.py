"""How often each option leads if given weights held: the arithmetic of confidence factors.

Every option is judged by weights of its own, so this is the largest sum of the house. It is looked
at twice. The first look is a product of matrices, which every build of numpy may round in its own
way, but never by more than some 1e-15. Draws in which the option is ahead or behind by more than a
wide margin are settled by it. The others, mostly none, are summed anew in the fixed order. What
comes out is the same to the bit on every machine, as if all had been summed in that order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from nmosd_cds.decision.decision import Decision
from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.table import IndexArray

# A thousand times the rounding of a sum of some tens of products of numbers up to 10.
_MARGIN = 1e-11
# So many draws that a block stays in the processor's cache.
_BLOCK = 1024


def leads_with(
    decision: Decision,
    rows: Sequence[int],
    weights: Mapping[int, Mapping[str, float]],
    draws: int,
) -> dict[int, float]:
    """Count the draws in which an option leads by weights of its own.

    Args:
        decision: The drawn values.
        rows: Positions of the options that compete.
        weights: Position in `rows` to the weights by criterion id that the option is judged by;
            only these options are counted, at least one.
        draws: How many of the first draws to use.

    Returns:
        Number of draws by position in `rows`; a draw shared with k equal options counts
        1 / (k + 1).
    """
    leads: dict[int, float] = {}
    ahead = _ahead(decision, rows, weights, draws)
    for margin, (position, own_weights) in zip(ahead, weights.items(), strict=True):
        close = np.nonzero((margin <= _MARGIN) & (margin >= -_MARGIN))[0]
        shared = _leads_among(decision, rows, position, own_weights, close) if len(close) else 0.0
        leads[position] = int(np.count_nonzero(margin > _MARGIN)) + shared
    return leads


def _ahead(
    decision: Decision,
    rows: Sequence[int],
    weights: Mapping[int, Mapping[str, float]],
    draws: int,
) -> FloatArray:
    """First look: how far each option is ahead of its best rival.

    Returns:
        Shape (options asked for, draws), in the order of `weights`.
    """
    places = {position: i for i, position in enumerate(weights)}
    matrix = np.array([[own[c] for c in decision.criteria] for own in weights.values()])
    ahead = np.empty((len(weights), draws))
    for start in range(0, draws, _BLOCK):
        block = slice(start, min(start + _BLOCK, draws))
        own = ahead[:, block]
        rivals = np.full(own.shape, -math.inf)
        product = np.empty(own.shape)
        for position, row in enumerate(rows):
            np.matmul(matrix, decision.values[row, :, block], out=product)
            if position in places:
                own[places[position]] = product[places[position]]
                product[places[position]] = -math.inf
            np.maximum(rivals, product, out=rivals)
        own -= rivals
    return ahead


def _leads_among(
    decision: Decision,
    rows: Sequence[int],
    position: int,
    weights: Mapping[str, float],
    chosen: IndexArray,
) -> float:
    """Second look: the same count over some draws, summed in the fixed order."""
    own = decision.utility(rows[position], weights, chosen)
    beaten = np.zeros(len(chosen), dtype=np.bool_)
    equals = np.zeros(len(chosen), dtype=np.intp)
    for other, row in enumerate(rows):
        if other != position:
            rival = decision.utility(row, weights, chosen)
            beaten |= rival > own
            equals += rival == own
    numbers = np.bincount(equals[~beaten], minlength=1).tolist()
    return math.fsum(number / (ties + 1) for ties, number in enumerate(numbers))
