"""Quantile tables and the linear interpolation that reads them.

Tables are built in plain Python; reading them uses only + - * /, comparisons and look-ups, because
`exp`, `log` and `power` differ between numpy builds and results must agree to the last bit. The
interpolation is our own and not `numpy.interp`, whose compiled loop may fuse a multiplication and
an addition on some processors and so round differently.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.special import (
    beta_logit_quantile,
    gamma_log_quantile,
    logistic,
    normal_quantile,
)

IndexArray = npt.NDArray[np.intp]

POINTS = 1025
_TAIL = 1e-6
# Mathematical libraries differ in the sixteenth digit; ten make the same table of all of them.
_DIGITS = 10

_EXP_STEPS_PER_UNIT = 512
_EXP_END = 16


def frozen(numbers: Iterable[float]) -> FloatArray:
    """Return a read-only float64 array of numbers."""
    array = np.array(tuple(numbers), dtype=np.float64)
    array.flags.writeable = False
    return array


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def _lower_half() -> list[float]:
    """Probabilities up to one half, evenly spaced in their logit and so dense in the tail."""
    half = POINTS // 2
    end = math.log(_TAIL / (1.0 - _TAIL))
    return [_rounded(logistic(end * (half - i) / half)) for i in range(half)] + [0.5]


_LOWER = _lower_half()
PROBABILITIES: FloatArray = frozen(_LOWER + [1.0 - p for p in reversed(_LOWER[:-1])])
_COMPLEMENTS: tuple[float, ...] = tuple([1.0 - p for p in _LOWER] + _LOWER[-2::-1])


@dataclass(frozen=True, eq=False)
class Location:
    """Where numbers fall on a grid.

    Attributes:
        index: Grid point to the left, shape of the numbers.
        fraction: Way to the next grid point, 0 to 1, same shape.
    """

    index: IndexArray
    fraction: FloatArray


def locate(grid: FloatArray, numbers: FloatArray) -> Location:
    """Find numbers on an ascending grid; those outside are moved to its end.

    Args:
        grid: Strictly ascending, at least two points.
        numbers: Any shape.
    """
    return _with_fraction(grid, numbers, _interval(grid, numbers))


def _interval(grid: FloatArray, numbers: FloatArray) -> IndexArray:
    index = np.searchsorted(grid, numbers, side="right") - 1
    return np.minimum(np.maximum(index, 0), len(grid) - 2)


def _with_fraction(grid: FloatArray, numbers: FloatArray, index: IndexArray) -> Location:
    left, right = grid[index], grid[1:][index]
    fraction = (numbers - left) / (right - left)
    return Location(index, np.minimum(np.maximum(fraction, 0.0), 1.0))


_BUCKETS = 2**14
_GUIDE: IndexArray = _interval(PROBABILITIES, np.arange(_BUCKETS) / _BUCKETS)


def locate_probability(u: FloatArray) -> Location:
    """Do what `locate` does on `PROBABILITIES`, several times quicker.

    A guide gives the interval at the left edge of each of many small buckets; a second look covers
    buckets with one grid point, and the few draws in the crowded tails are searched.

    Args:
        u: Any shape, at least 0 and below 1.
    """
    index = _GUIDE[(u * float(_BUCKETS)).astype(np.intp)]
    following = PROBABILITIES[1:]
    index += (u >= following[index]) & (index < POINTS - 2)
    late = np.nonzero(u >= following[index])
    index[late] = _interval(PROBABILITIES, u[late])
    return _with_fraction(PROBABILITIES, u, index)


def between(left: FloatArray, right: FloatArray, fraction: FloatArray) -> FloatArray:
    """Interpolate from left to right, where no `right` is below its `left`.

    Rounding could lift the result a hair above `right` and break the order between neighbouring
    intervals, so it is held there.
    """
    return np.minimum(left + fraction * (right - left), right)


@dataclass(frozen=True, eq=False)
class QuantileTable:
    """A distribution by its quantiles at fixed probabilities, linear between them.

    Attributes:
        probabilities: Shape (points,), strictly ascending, within (0, 1); `PROBABILITIES` itself is
            read fastest.
        values: Shape (points,), never descending, in the unit of the quantity. Probabilities
            outside the table get its first or last value.
    """

    probabilities: FloatArray
    values: FloatArray

    def __post_init__(self) -> None:
        """Refuse tables that are not ascending, because every monotonicity rests on it."""
        if self.probabilities.shape != self.values.shape or len(self.values) < 2:
            raise ValueError("a table needs as many values as probabilities, at least two")
        if not np.all(np.diff(self.probabilities) > 0) or not np.all(np.diff(self.values) >= 0):
            raise ValueError("a table must ascend")

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return the quantile of each probability.

        Args:
            u: Shape (n,), within (0, 1).
            tied: Not used; here so that a table can stand wherever a distribution can.
        """
        shared = self.probabilities is PROBABILITIES
        place = locate_probability(u) if shared else locate(self.probabilities, u)
        return between(self.values[place.index], self.values[1:][place.index], place.fraction)


@lru_cache(maxsize=1)
def standard_normal() -> QuantileTable:
    """Return the table of the normal distribution with mean 0 and standard deviation 1."""
    lower = [_rounded(normal_quantile(p)) for p in _LOWER[:-1]]
    return QuantileTable(PROBABILITIES, frozen([*lower, 0.0, *(-z for z in reversed(lower))]))


@lru_cache(maxsize=1)
def standard_exponential() -> QuantileTable:
    """Return the table of the exponential distribution with mean 1."""
    values = [-math.log1p(-p) for p in _LOWER]
    values += [-math.log(q) for q in _COMPLEMENTS[len(_LOWER) :]]
    return QuantileTable(PROBABILITIES, frozen(map(_rounded, values)))


def standard_gamma(shape: float) -> QuantileTable:
    """Return the table of a gamma distribution with rate 1, built when first asked for.

    Args:
        shape: Above 0.
    """
    name = ("gamma", shape)
    if name not in _kept:
        _kept[name] = _built_gamma(shape)
    return _kept[name]


def standard_log_normal(log_sd: float) -> QuantileTable:
    """Return the table of a log-normal distribution with median 1, built when first asked for.

    Args:
        log_sd: Standard deviation of the logarithm, above 0 and at most 20.
    """
    name = ("log-normal", log_sd)
    if name not in _kept:
        logs = (log_sd * z for z in standard_normal().values.tolist())
        values = frozen(_rounded(math.exp(y)) for y in logs)
        _kept[name] = QuantileTable(PROBABILITIES, values)
    return _kept[name]


def beta(a: float, b: float) -> QuantileTable:
    """Return the table of a beta distribution, built when first asked for.

    Args:
        a: First shape, above 0.
        b: Second shape, above 0.
    """
    name = ("beta", a, b)
    if name not in _kept:
        _kept[name] = _built_beta(a, b)
    return _kept[name]


def kept_tables() -> dict[str, list[float]]:
    """Return every gamma, log-normal and beta table built or restored so far.

    Returns:
        Values of each table by its name, such as "gamma 0.5" or "beta 1.0 12.0": plain data, to be
        stored beside the knowledge that needed them.
    """
    return {
        " ".join(str(part) for part in name): table.values.tolist() for name, table in _kept.items()
    }


def restore_tables(tables: Mapping[str, Sequence[float]]) -> None:
    """Take up tables that `kept_tables` gave earlier, instead of building them again.

    Args:
        tables: Values by name. The caller answers for their being of this version.

    Raises:
        ValueError: A name is not that of a table, or its values are too few or do not ascend.
    """
    restored: dict[tuple[str | float, ...], QuantileTable] = {}
    for name, values in tables.items():
        family, *parameters = name.split(" ")
        if len(parameters) != {"gamma": 1, "log-normal": 1, "beta": 2}.get(family):
            raise ValueError(f"not the name of a table: {name}")
        restored[(family, *map(float, parameters))] = QuantileTable(PROBABILITIES, frozen(values))
    _kept.update(restored)


# By family and parameters. Building one takes some milliseconds, reading it back almost nothing.
_kept: dict[tuple[str | float, ...], QuantileTable] = {}


def _built_gamma(shape: float) -> QuantileTable:
    def solve(p: float, q: float, start: float) -> float:
        return gamma_log_quantile(p, q, shape, start)

    logs = _march(solve, math.log(shape))
    return QuantileTable(PROBABILITIES, frozen(_rounded(math.exp(y)) for y in logs))


def _built_beta(a: float, b: float) -> QuantileTable:
    def solve(p: float, q: float, start: float) -> float:
        return beta_logit_quantile(p, q, a, b, start)

    logits = _march(solve, math.log(a / b))
    return QuantileTable(PROBABILITIES, frozen(_rounded(logistic(y)) for y in logits))


def _march(solve: Callable[[float, float, float], float], start: float) -> list[float]:
    """Solve at every probability, from the middle outwards, each from its neighbours.

    The grid is even in the logit, so a cubic through four neighbours foretells the next quantile
    so well that one Newton step mostly suffices.
    """
    middle = POINTS // 2
    centre = solve(0.5, 0.5, start)
    found = [centre] * POINTS
    for direction in (-1, 1):
        for i in range(middle + direction, middle + direction * (middle + 1), direction):
            guess = _extrapolated(found, i, direction, abs(i - middle))
            found[i] = solve(float(PROBABILITIES[i]), _COMPLEMENTS[i], guess)
    return found


def _extrapolated(found: list[float], i: int, direction: int, known: int) -> float:
    back = [found[i - direction * k] for k in range(1, min(known, 4) + 1)]
    if len(back) < 4:
        return back[0]
    return 4.0 * back[0] - 6.0 * back[1] + 4.0 * back[2] - back[3]


@lru_cache(maxsize=1)
def _exponential_decay() -> FloatArray:
    steps = _EXP_STEPS_PER_UNIT * _EXP_END
    return frozen(_rounded(math.exp(-i / _EXP_STEPS_PER_UNIT)) for i in range(steps + 1))


def exp_minus(x: FloatArray) -> FloatArray:
    """Return exp(-x) from a fixed table, to within 1e-6 and never ascending.

    Args:
        x: Any shape, >= 0; beyond 16 the result stays at exp(-16), about 1e-7.
    """
    table = _exponential_decay()
    position = np.minimum(x, float(_EXP_END)) * float(_EXP_STEPS_PER_UNIT)
    index = np.minimum(position.astype(np.intp), len(table) - 2)
    left, right = table[index], table[index + 1]
    # Held at `right` from below for the same reason as in `between`.
    falling: FloatArray = np.maximum(left - (position - index) * (left - right), right)
    return falling
