"""The drawn decision: for every option and criterion an array of values, 0 (worst) to 1 (best)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nmosd_cds.decision.distribution import Distribution
from nmosd_cds.decision.draws import FloatArray, uniforms
from nmosd_cds.decision.table import IndexArray
from nmosd_cds.decision.value import ValueFunction


@dataclass(frozen=True)
class Cell:
    """One option seen by one criterion.

    Attributes:
        option: Id of the option.
        criterion: Id of the criterion.
        distribution: What is known, in the unit of the criterion.
        value: How much that is worth.
    """

    option: str
    criterion: str
    distribution: Distribution
    value: ValueFunction


@dataclass(frozen=True, eq=False)
class Decision:
    """Values of all options by all criteria in all draws.

    Attributes:
        options: Ids, no two the same.
        criteria: Ids, no two the same.
        values: Shape (options, criteria, draws), 0 to 1.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    values: FloatArray

    def __post_init__(self) -> None:
        """Refuse names and values that do not fit together."""
        for what, names in (("option", self.options), ("criterion", self.criteria)):
            if not names:
                raise ValueError(f"a decision needs at least one {what}")
            if len(set(names)) != len(names):
                raise ValueError(f"one {what} is named twice")
        if self.values.ndim != 3 or self.values.shape[:2] != (
            len(self.options),
            len(self.criteria),
        ):
            raise ValueError("values do not have the shape (options, criteria, draws)")
        if self.values.shape[2] < 1:
            raise ValueError("at least one draw is needed")

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.values.shape[2])

    def utility(
        self,
        row: int,
        weights: Mapping[str, FloatArray | float],
        chosen: slice | IndexArray,
        out: FloatArray | None = None,
    ) -> FloatArray:
        """Weighted sum over the criteria of one option, added in the order of their ids.

        The order is fixed so that the way criteria are listed changes no bit.

        Args:
            row: Position of the option.
            weights: For each criterion a number, or an array of the shape of the chosen draws.
            chosen: Which draws.
            out: Where to put the result; None: in new memory.

        Returns:
            Shape (chosen draws,).
        """
        columns = sorted((criterion, column) for column, criterion in enumerate(self.criteria))
        first, *others = (
            (self.values[row, column, chosen], weights[criterion]) for criterion, column in columns
        )
        utility: FloatArray = np.multiply(*first, out=out)
        product = np.empty(utility.shape)
        for values, weight in others:
            np.multiply(values, weight, out=product)
            utility += product
        return utility


def draw_decision(
    cells: Sequence[Cell], *, seed: int, draws: int, tied: FloatArray | None = None
) -> Decision:
    """Draw every cell by its own stream of uniforms.

    Args:
        cells: One for each pair of option and criterion, any order. Options and criteria are listed
            as they first appear.
        seed: Seed of the whole analysis.
        draws: Number of draws, at least 1.
        tied: Shape (draws,): hazard of the comparator; None if no cell is tied to it.

    Raises:
        ValueError: A pair is missing or given twice; a cell is tied and `tied` is None.
    """
    options = _first_seen(cell.option for cell in cells)
    criteria = _first_seen(cell.criterion for cell in cells)
    by_pair = {(cell.option, cell.criterion): cell for cell in cells}
    if len(by_pair) != len(cells) or len(cells) != len(options) * len(criteria):
        raise ValueError("each option needs exactly one cell for each criterion")
    values = np.empty((len(options), len(criteria), draws))
    for row, option in enumerate(options):
        for column, criterion in enumerate(criteria):
            cell = by_pair[option, criterion]
            u = uniforms(seed, ("cell", option, criterion), draws)
            values[row, column] = cell.value.of(cell.distribution.quantiles(u, tied))
    values.flags.writeable = False
    return Decision(options, criteria, values)


def _first_seen(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
