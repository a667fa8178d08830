"""SMAA-2: how often each option takes each rank when outcomes and weights are both uncertain.

Lahdelma and Salminen, Operations Research 2001;49:444; for benefit and risk of medicines Tervonen
and others, Statistics in Medicine 2011;30:1419. Additive value model.

Ties: options of exactly equal utility in a draw share the ranks they take up in equal parts. All
counts are whole numbers, so neither the order of options nor the build of numpy changes a result.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from nmosd_cds.decision.decision import Decision
from nmosd_cds.decision.draws import FloatArray

# Wide enough for any list of options, small enough to keep all ranks in the processor's cache.
_Ranks = npt.NDArray[np.uint8]
_MOST_OPTIONS = 255

# Weights as whole numbers of 2^-40: sums of whole numbers do not depend on the order of adding.
_WEIGHT_UNIT = 2.0**40


@dataclass(frozen=True, eq=False)
class Drawn:
    """What a run was computed from; survivor sets of the same run share it.

    Attributes:
        decision: The drawn values.
        weights: For each criterion id, shape (draws,).
        utilities: Shape (options, draws), 0 to 1.
    """

    decision: Decision
    weights: Mapping[str, FloatArray]
    utilities: FloatArray


@dataclass(frozen=True, eq=False)
class Smaa:
    """The result of a run.

    Attributes:
        options: Ids, in the order of all arrays below.
        draws: Number of draws.
        rank_acceptability: Shape (options, ranks): share of draws in which the option takes the
            rank, best first. Rows and columns sum to 1.
        first_rank_share: Shape (options,): its first column.
        pairwise_winning: Shape (options, options): share of draws in which the row's option is
            better than the column's, equal ones counted half; 0.5 on the diagonal.
        monte_carlo_error: Shape (options,): standard error of `first_rank_share`.
        drawn: What it was computed from.
        rows: Position of each option in `drawn`.
    """

    options: tuple[str, ...]
    draws: int
    rank_acceptability: FloatArray
    first_rank_share: FloatArray
    pairwise_winning: FloatArray
    monte_carlo_error: FloatArray
    drawn: Drawn = field(repr=False)
    rows: tuple[int, ...] = field(repr=False)
    _better: _Ranks = field(repr=False)
    _equal: _Ranks | None = field(repr=False)

    @cached_property
    def expected_rank(self) -> FloatArray:
        """Shape (options,): mean rank, 1 to the number of options."""
        losses = self.pairwise_winning.tolist()
        # The diagonal holds one half of a comparison with oneself, hence 1 - 0.5.
        return np.array([0.5 + math.fsum(1.0 - share for share in row) for row in losses])

    @cached_property
    def central_weights(self) -> dict[str, dict[str, float] | None]:
        """For each option the mean weights (criterion id to weight) of the draws it is first in.

        None for an option that is never first.
        """
        whole = {
            criterion: (weight[: self.draws] * _WEIGHT_UNIT).astype(np.int64)
            for criterion, weight in self.drawn.weights.items()
        }
        return {option: self._central(i, whole) for i, option in enumerate(self.options)}

    @cached_property
    def confidence_factor(self) -> dict[str, float | None]:
        """For each option its share of first ranks if its own central weights held.

        Says whether outcomes are known well enough to decide once weights are; None for an option
        that is never first.
        """
        return {
            option: None if central is None else self._first_share_with(i, central)
            for i, (option, central) in enumerate(self.central_weights.items())
        }

    def _central(
        self, option: int, whole: Mapping[str, npt.NDArray[np.int64]]
    ) -> dict[str, float] | None:
        first = self.first_rank_share[option] * self.draws
        if first == 0.0:
            return None
        leads = _lead_shares(self._better[option], _row(self._equal, option))
        return {
            criterion: math.fsum(int(weight[draws].sum()) * share for share, draws in leads)
            / (_WEIGHT_UNIT * float(first))
            for criterion, weight in whole.items()
        }

    def _first_share_with(self, option: int, weights: Mapping[str, float]) -> float:
        decision = self.drawn.decision
        utilities = [_utility(decision, row, weights, self.draws) for row in self.rows]
        better, equal = np.zeros((2, self.draws), dtype=np.uint8)
        for other, utility in enumerate(utilities):
            if other != option:
                better += utility > utilities[option]
                equal += utility == utilities[option]
        leads = _lead_shares(better, equal)
        return math.fsum(np.count_nonzero(draws) * share for share, draws in leads) / self.draws


def run(decision: Decision, weights: Mapping[str, FloatArray]) -> Smaa:
    """Run SMAA-2.

    Args:
        decision: The drawn values, of 255 options at most.
        weights: For each criterion id of the decision an array of shape (draws,), >= 0, summing to
            1 in every draw.

    Raises:
        ValueError: Weights and decision do not fit together.
    """
    if set(weights) != set(decision.criteria):
        raise ValueError("weights and decision name different criteria")
    if any(weight.shape != (decision.draws,) for weight in weights.values()):
        raise ValueError("weights and decision have different numbers of draws")
    if len(decision.options) > _MOST_OPTIONS:
        raise ValueError(f"more than {_MOST_OPTIONS} options")
    utilities = np.empty((len(decision.options), decision.draws))
    for row in range(len(decision.options)):
        utilities[row] = _utility(decision, row, weights, decision.draws)
    drawn = Drawn(decision, weights, utilities)
    return _ranked(drawn, tuple(range(len(decision.options))), decision.draws)


def masked(smaa: Smaa, options: Sequence[str], *, draws: int | None = None) -> Smaa:
    """Rank only some of the options of a run, on the same utilities.

    Args:
        smaa: A run that holds all of them.
        options: Ids, at least one, no two the same; the result lists them in this order.
        draws: How many of the first draws to use; None means all of the run.

    Raises:
        ValueError: An option is not in the run or is repeated, or there are not so many draws.
    """
    rows = dict(zip(smaa.options, smaa.rows, strict=True))
    if not options or len(set(options)) != len(options) or not set(options) <= set(rows):
        raise ValueError("options are missing, repeated or not in the run")
    count = smaa.draws if draws is None else draws
    if not 1 <= count <= smaa.draws:
        raise ValueError("the run does not have that many draws")
    return _ranked(smaa.drawn, tuple(rows[option] for option in options), count)


def _utility(decision: Decision, row: int, weights: Mapping[str, Any], draws: int) -> FloatArray:
    """Weighted sum over criteria in the order of their ids; weights are arrays or numbers."""
    columns = {criterion: column for column, criterion in enumerate(decision.criteria)}
    utility = np.zeros(draws)
    product = np.empty(draws)
    for criterion in sorted(columns):
        weight = weights[criterion]
        np.multiply(decision.values[row, columns[criterion], :draws], weight, out=product)
        utility += product
    return utility


def _ranked(drawn: Drawn, rows: tuple[int, ...], draws: int) -> Smaa:
    utilities = [drawn.utilities[row, :draws] for row in rows]
    better, equal, pairwise = _compared(utilities, draws)
    acceptability = np.array(
        [_shares(better[i], _row(equal, i), len(rows)) for i in range(len(rows))]
    )
    errors = [math.sqrt(max(share * (1.0 - share), 0.0) / draws) for share in acceptability[:, 0]]
    return Smaa(
        options=tuple(drawn.decision.options[row] for row in rows),
        draws=draws,
        rank_acceptability=acceptability,
        first_rank_share=acceptability[:, 0],
        pairwise_winning=pairwise,
        monte_carlo_error=np.array(errors),
        drawn=drawn,
        rows=rows,
        _better=better,
        _equal=equal,
    )


def _compared(
    utilities: Sequence[FloatArray], draws: int
) -> tuple[_Ranks, _Ranks | None, FloatArray]:
    """For each option how many others are better, how many equal (None: none ever), and wins."""
    count = len(utilities)
    better = np.zeros((count, draws), dtype=np.uint8)
    equal: _Ranks | None = None
    pairwise = np.full((count, count), 0.5)
    for i in range(count):
        for j in range(i):
            wins, losses = utilities[i] > utilities[j], utilities[i] < utilities[j]
            better[j] += wins
            better[i] += losses
            won, lost = np.count_nonzero(wins), np.count_nonzero(losses)
            ties = draws - won - lost
            pairwise[i, j] = (won + ties / 2) / draws
            pairwise[j, i] = (lost + ties / 2) / draws
            if ties:
                equal = np.zeros_like(better) if equal is None else equal
                same = utilities[i] == utilities[j]
                equal[i] += same
                equal[j] += same
    return better, equal, pairwise


def _row(equal: _Ranks | None, option: int) -> _Ranks | None:
    return None if equal is None else equal[option]


def _shares(better: _Ranks, equal: _Ranks | None, count: int) -> list[float]:
    """Share of draws at each rank; a draw tied with k others counts 1 / (k + 1) at k + 1 ranks."""
    draws = len(better)
    if equal is None:
        return [int(number) / draws for number in np.bincount(better, minlength=count)]
    pairs = np.bincount(better.astype(np.intp) * count + equal, minlength=count * count)
    counts = pairs.reshape(count, count).tolist()
    return [
        math.fsum(
            counts[best][ties] / (ties + 1)
            for best in range(rank + 1)
            for ties in range(rank - best, count)
        )
        / draws
        for rank in range(count)
    ]


def _lead_shares(better: _Ranks, equal: _Ranks | None) -> list[tuple[float, npt.NDArray[np.bool_]]]:
    """Draws in which an option leads, by its share of the lead: alone 1, with one more 1/2."""
    leads = better == 0
    if equal is None:
        return [(1.0, leads)]
    most = int(equal.max())
    return [(1.0 / (ties + 1), leads & (equal == ties)) for ties in range(most + 1)]
