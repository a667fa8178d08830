"""Partial value functions: from the unit of a criterion to 0 (worst) ... 1 (best).

Ranges are fixed by the caller and never taken from the options at hand, or else adding an option
would change how two others compare.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.table import between, frozen, locate


class ValueFunction(Protocol):
    """Anything that scores draws of a criterion."""

    def of(self, draws: FloatArray) -> FloatArray:
        """Return the values, 0 (worst) to 1 (best), of draws of any shape."""


@dataclass(frozen=True)
class LinearValue:
    """Straight from worst to best; outside the range the value stays at 0 or 1.

    Attributes:
        best: Worth 1, in the unit of the criterion; may be below or above `worst`.
        worst: Worth 0, not equal to `best`.
    """

    best: float
    worst: float

    def __post_init__(self) -> None:
        """Refuse a range without width."""
        if not (math.isfinite(self.best) and math.isfinite(self.worst)):
            raise ValueError("an end of the range is not finite")
        if self.best == self.worst:
            raise ValueError("best and worst are the same")

    def of(self, draws: FloatArray) -> FloatArray:
        """Return the values of draws of any shape."""
        return np.minimum(np.maximum((draws - self.worst) / (self.best - self.worst), 0.0), 1.0)


@dataclass(frozen=True)
class PiecewiseLinearValue:
    """Straight between given points; outside them the value stays that of the nearest.

    Attributes:
        points: Pairs (amount in the unit of the criterion, value 0 to 1) by ascending amount, at
            least two; values all rise or all fall, and reach 0 and 1 at the ends.
    """

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        """Refuse points that are out of order or do not span 0 to 1."""
        amounts = [amount for amount, _ in self.points]
        values = [value for _, value in self.points]
        if len(self.points) < 2 or not all(map(math.isfinite, amounts)):
            raise ValueError("at least two finite points are needed")
        if any(later <= earlier for earlier, later in zip(amounts, amounts[1:], strict=False)):
            raise ValueError("amounts must ascend")
        if values not in (sorted(values), sorted(values, reverse=True)):
            raise ValueError("values must all rise or all fall")
        if {values[0], values[-1]} != {0.0, 1.0}:
            raise ValueError("values must reach 0 and 1")

    def of(self, draws: FloatArray) -> FloatArray:
        """Return the values of draws of any shape."""
        rises = self.points[-1][1] == 1.0
        values = frozen(value if rises else 1.0 - value for _, value in self.points)
        place = locate(frozen(amount for amount, _ in self.points), draws)
        risen = between(values[place.index], values[place.index + 1], place.fraction)
        return risen if rises else 1.0 - risen
