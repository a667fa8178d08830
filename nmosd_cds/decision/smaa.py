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

import numpy as np
import numpy.typing as npt

from nmosd_cds.decision.central import Ranks, lead_shares, mean_weights, whole_weights
from nmosd_cds.decision.confidence import leads_with
from nmosd_cds.decision.decision import Decision
from nmosd_cds.decision.draws import FloatArray

_MOST_OPTIONS = 255


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

    Standard errors are those of so many independent draws. Where options share a rank they are
    upper bounds, because a share of a draw varies less than a whole one.

    Attributes:
        options: Ids, in the order of all arrays below.
        draws: Number of draws.
        rank_acceptability: Shape (options, ranks): share of draws in which the option takes the
            rank, best first. Rows and columns sum to 1.
        pairwise_winning: Shape (options, options): share of draws in which the row's option is
            better than the column's, equal ones counted half; 0.5 on the diagonal.
        drawn: What it was computed from.
        rows: Position of each option in `drawn`.
    """

    options: tuple[str, ...]
    draws: int
    rank_acceptability: FloatArray
    pairwise_winning: FloatArray
    drawn: Drawn = field(repr=False)
    rows: tuple[int, ...] = field(repr=False)
    _better: Ranks = field(repr=False)
    _equal: Ranks | None = field(repr=False)

    @property
    def first_rank_share(self) -> FloatArray:
        """Shape (options,): the first column of `rank_acceptability`."""
        return self.rank_acceptability[:, 0]

    @property
    def monte_carlo_error(self) -> FloatArray:
        """Shape (options,): standard error of `first_rank_share`."""
        return self.rank_error[:, 0]

    @cached_property
    def rank_error(self) -> FloatArray:
        """Shape (options, ranks): standard errors of `rank_acceptability`."""
        return np.array([self._errors(row) for row in self.rank_acceptability.tolist()])

    @cached_property
    def pairwise_error(self) -> FloatArray:
        """Shape (options, options): standard errors of `pairwise_winning`; 0 on the diagonal."""
        rows = enumerate(self.pairwise_winning.tolist())
        return np.array([self._errors([*row[:i], 0.0, *row[i + 1 :]]) for i, row in rows])

    @cached_property
    def expected_rank(self) -> FloatArray:
        """Shape (options,): mean rank, 1 to the number of options."""
        losses = self.pairwise_winning.tolist()
        # The diagonal holds one half of a comparison with oneself, hence 1 - 0.5.
        return np.array([0.5 + math.fsum(1.0 - share for share in row) for row in losses])

    @cached_property
    def expected_rank_error(self) -> FloatArray:
        """Shape (options,): standard errors of `expected_rank`."""
        pairs = zip(self.rank_acceptability.tolist(), self.expected_rank.tolist(), strict=True)
        return np.array(
            [
                math.sqrt(
                    math.fsum(share * (rank - mean) ** 2 for rank, share in enumerate(row, 1))
                    / self.draws
                )
                for row, mean in pairs
            ]
        )

    @property
    def central_weights(self) -> dict[str, dict[str, float] | None]:
        """For each option the mean weights (criterion id to weight) of the draws it is first in.

        None for an option that is never first.
        """
        return {
            option: None if found is None else {c: mean for c, (mean, _) in found.items()}
            for option, found in self._central_weights.items()
        }

    @property
    def central_weight_error(self) -> dict[str, dict[str, float | None] | None]:
        """Standard errors of `central_weights`; None where at most one draw speaks for them."""
        return {
            option: None if found is None else {c: error for c, (_, error) in found.items()}
            for option, found in self._central_weights.items()
        }

    @cached_property
    def confidence_factor(self) -> dict[str, float | None]:
        """For each option its share of first ranks if its own central weights held.

        Says whether outcomes are known well enough to decide once weights are; None for an option
        that is never first.
        """
        central = {
            i: weights
            for i, weights in enumerate(self.central_weights.values())
            if weights is not None
        }
        leads = leads_with(self.drawn.decision, self.rows, central, self.draws)
        return {
            option: leads[i] / self.draws if i in leads else None
            for i, option in enumerate(self.options)
        }

    @property
    def confidence_error(self) -> dict[str, float | None]:
        """Standard errors of `confidence_factor`, the central weights taken as they are."""
        return {
            option: None if factor is None else self._errors([factor])[0]
            for option, factor in self.confidence_factor.items()
        }

    def _errors(self, shares: Sequence[float]) -> list[float]:
        return [math.sqrt(max(share * (1.0 - share), 0.0) / self.draws) for share in shares]

    @cached_property
    def _central_weights(self) -> dict[str, dict[str, tuple[float, float | None]] | None]:
        """For each option and criterion the central weight and its standard error."""
        names = tuple(self.drawn.weights)
        whole = whole_weights([self.drawn.weights[name] for name in names], self.draws)
        found: dict[str, dict[str, tuple[float, float | None]] | None] = {}
        for i, option in enumerate(self.options):
            leads = lead_shares(self._better[i], _row(self._equal, i))
            means = mean_weights(whole, leads) if leads else None
            found[option] = None if means is None else dict(zip(names, means, strict=True))
        return found


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
    if not all(weight.min() >= 0.0 for weight in weights.values()):
        raise ValueError("a weight is negative or no number")
    if not any(weight.max() > 0.0 for weight in weights.values()):
        raise ValueError("all weights are 0")
    if len(decision.options) > _MOST_OPTIONS:
        raise ValueError(f"more than {_MOST_OPTIONS} options")
    utilities = np.empty((len(decision.options), decision.draws))
    for row in range(len(decision.options)):
        decision.utility(row, weights, slice(None), out=utilities[row])
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


def _ranked(drawn: Drawn, rows: tuple[int, ...], draws: int) -> Smaa:
    utilities = drawn.utilities
    if rows != tuple(range(len(utilities))) or draws != utilities.shape[1]:
        utilities = np.array([utilities[row, :draws] for row in rows])
    better, equal, pairwise = _compared(utilities)
    return Smaa(
        options=tuple(drawn.decision.options[row] for row in rows),
        draws=draws,
        rank_acceptability=np.array(
            [_shares(better[i], _row(equal, i), len(rows)) for i in range(len(rows))]
        ),
        pairwise_winning=pairwise,
        drawn=drawn,
        rows=rows,
        _better=better,
        _equal=equal,
    )


def _compared(utilities: FloatArray) -> tuple[Ranks, Ranks | None, FloatArray]:
    """For each option how many others are better, how many equal (None: none ever), and wins.

    Every option is compared with all before it at once, in memory that is used again and again.
    Half the digits tell nearly all of them apart, at half the cost: rounding never turns an order
    around, it only makes equal. Where it does, all digits are compared.
    """
    count, draws = utilities.shape
    better = np.zeros((count, draws), dtype=np.uint8)
    equal: Ranks | None = None
    pairwise = np.full((count, count), 0.5)
    memory = np.empty((count, draws), dtype=np.bool_)
    rounded: npt.NDArray[np.floating] = utilities.astype(np.float32)
    for i in range(1, count):
        own, others, found = rounded[i], rounded[:i], memory[:i]
        tied = [0] * i
        if np.count_nonzero(np.equal(own, others, out=found)):
            own, others = utilities[i], utilities[:i]
            if np.count_nonzero(np.equal(own, others, out=found)):
                equal = np.zeros_like(better) if equal is None else equal
                tied = [int(np.count_nonzero(row)) for row in found]
                same = found.view(np.uint8)
                equal[:i] += same
                equal[i] = same.sum(axis=0, dtype=np.uint8)
        wins = np.greater(own, others, out=found).view(np.uint8)
        better[:i] += wins
        # Those before it that are neither worse nor equal are better.
        better[i] = np.uint8(i) - wins.sum(axis=0, dtype=np.uint8)
        if equal is not None:
            better[i] -= equal[i]
        for j, (row, ties) in enumerate(zip(found, tied, strict=True)):
            won = int(np.count_nonzero(row))
            pairwise[i, j] = (won + ties / 2) / draws
            pairwise[j, i] = (draws - won - ties / 2) / draws
    return better, equal, pairwise


def _row(equal: Ranks | None, option: int) -> Ranks | None:
    return None if equal is None else equal[option]


def _shares(better: Ranks, equal: Ranks | None, count: int) -> list[float]:
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
