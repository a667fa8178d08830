"""Samplers of criterion weights, from no preference at all to exact ones.

Every criterion has its own stream of uniforms, and sums run in the order of ids, so the order in
which criteria are listed changes nothing. Uniform on a simplex means unit exponentials divided by
their sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from nmosd_cds.decision.draws import FloatArray, uniforms
from nmosd_cds.decision.table import IndexArray, standard_exponential

_KEPT_STREAMS = 128


class WeightSampler(Protocol):
    """Anything that draws weights."""

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights.

        Args:
            seed: Seed of the whole analysis.
            n: Number of draws, at least 1.

        Returns:
            For each criterion id an array of shape (n,), >= 0; the criteria sum to 1 in every draw.
        """


@dataclass(frozen=True)
class Flat:
    """No preference: every set of weights equally likely (uniform on the simplex).

    Attributes:
        criteria: Ids, no two the same; their order does not matter.
    """

    criteria: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an empty list or a repeated id."""
        _distinct(self.criteria)

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights; see `WeightSampler`."""
        return _normalised({c: _exponentials(seed, ("weight", c), n) for c in self.criteria})


@dataclass(frozen=True)
class Hierarchical:
    """No preference by group: uniform between the groups, then uniform within each.

    The weight of a group is drawn by its own name, so splitting one of its criteria in two leaves
    it alone.

    Attributes:
        groups: Pairs (group id, ids of its criteria); no id twice, no group empty.
    """

    groups: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        """Refuse an empty group or a repeated id."""
        _distinct(tuple(group for group, _ in self.groups))
        _distinct(tuple(criterion for _, members in self.groups for criterion in members))
        if not all(members for _, members in self.groups):
            raise ValueError("a group has no criteria")

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights; see `WeightSampler`."""
        group_weights = _normalised(
            {group: _exponentials(seed, ("group weight", group), n) for group, _ in self.groups}
        )
        return {
            criterion: group_weights[group] * share
            for group, members in self.groups
            for criterion, share in Flat(members).sample(seed, n).items()
        }


@dataclass(frozen=True)
class Ordinal:
    """Criteria in order of importance, all of them or some.

    In each draw of the base sampler the weights of the ordered criteria are handed out again in the
    given order; the other criteria keep theirs. Over a flat base that is exactly the uniform
    distribution given the order; over a hierarchical one it is a rearrangement.

    Attributes:
        order: Ids from the most important to the least, no two the same, all in the base.
        base: Draws the weights before they are ordered.
    """

    order: tuple[str, ...]
    base: Flat | Hierarchical

    def __post_init__(self) -> None:
        """Refuse a repeated id."""
        _distinct(self.order)

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights; see `WeightSampler`.

        Raises:
            ValueError: An ordered criterion is not in the base.
        """
        weights = self.base.sample(seed, n)
        _known(self.order, weights)
        descending = _sorted_descending([weights[criterion] for criterion in sorted(self.order)])
        return weights | dict(zip(self.order, descending, strict=True))


@dataclass(frozen=True)
class PartialOrdinal:
    """Criteria in levels of importance, with no order among those of one level.

    In each draw of the base sampler the weights of the named criteria are handed out again from the
    most important level to the least; within a level they keep the order they were drawn in, and
    the other criteria keep their weights. Over a flat base that is exactly the uniform distribution
    given the partial order: which criterion drew which of the sorted weights is independent of
    those weights, and the orders within separate levels are independent of each other. Over a
    hierarchical base it is a rearrangement.

    Attributes:
        levels: Ids, the most important level first; no level empty, no id twice, all in the base.
        base: Draws the weights before they are ordered.
    """

    levels: tuple[tuple[str, ...], ...]
    base: Flat | Hierarchical

    def __post_init__(self) -> None:
        """Refuse an empty level or a repeated id."""
        _distinct(tuple(criterion for level in self.levels for criterion in level))
        if not all(self.levels):
            raise ValueError("a level has no criteria")

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights; see `WeightSampler`.

        Raises:
            ValueError: A criterion of a level is not in the base.
        """
        weights = self.base.sample(seed, n)
        named = sorted(criterion for level in self.levels for criterion in level)
        _known(named, weights)
        descending = np.array(_sorted_descending([weights[criterion] for criterion in named]))
        draws = np.arange(n)
        handed_out: dict[str, FloatArray] = {}
        for level in self.levels:
            start = len(handed_out)
            places = _places({criterion: weights[criterion] for criterion in level})
            handed_out |= {c: descending[start + place, draws] for c, place in places.items()}
        return weights | handed_out


@dataclass(frozen=True)
class Swing:
    """Swing weights: how much each criterion's swing is worth beside the most important one.

    Ratios are uniform in their ranges, then divided by their sum; this is not the uniform
    distribution over all weights that fit the ranges.

    Attributes:
        criteria: All ids, no two the same.
        reference: Id of the criterion whose swing from worst to best matters most: ratio 1. None:
            which one that is was left open, by ranges that reach up to it.
        ratios: Triples (id, low, high), 0 <= low <= high <= 1; low equal to high is an exact ratio.
            A criterion without a ratio may be worth anything up to the reference.
    """

    criteria: tuple[str, ...]
    reference: str | None
    ratios: tuple[tuple[str, float, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse ids that are not among the criteria and ranges outside 0 to 1."""
        _distinct(self.criteria)
        named = (self.reference, *(criterion for criterion, _, _ in self.ratios))
        _distinct(tuple(each for each in named if each is not None))
        _known((each for each in named if each is not None), self.criteria)
        if not all(0.0 <= low <= high <= 1.0 for _, low, high in self.ratios):
            raise ValueError("a ratio must lie between 0 and 1")

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Draw weights; see `WeightSampler`."""
        ranges = {criterion: (low, high) for criterion, low, high in self.ratios}
        if self.reference is not None:
            ranges[self.reference] = (1.0, 1.0)
        ratios = {}
        for criterion in self.criteria:
            low, high = ranges.get(criterion, (0.0, 1.0))
            ratios[criterion] = low + (high - low) * uniforms(seed, ("weight", criterion), n)
        return _normalised(ratios)


@dataclass(frozen=True)
class ExactWeights:
    """The same weights in every draw.

    Attributes:
        weights: Pairs (id, weight >= 0), not all 0; they are divided by their sum.
    """

    weights: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        """Refuse a repeated id, a negative weight or weights that are all 0."""
        _distinct(tuple(criterion for criterion, _ in self.weights))
        numbers = [weight for _, weight in self.weights]
        if not all(math.isfinite(number) and number >= 0.0 for number in numbers):
            raise ValueError("a weight must be a number that is not negative")
        if max(numbers) == 0.0:
            raise ValueError("all weights are 0")

    def sample(self, seed: int, n: int) -> dict[str, FloatArray]:
        """Repeat the weights; see `WeightSampler`; `seed` is not used."""
        total = math.fsum(weight for _, weight in self.weights)
        return {criterion: np.full(n, weight / total) for criterion, weight in self.weights}


@lru_cache(maxsize=_KEPT_STREAMS)
def _exponentials(seed: int, key: tuple[str, ...], n: int) -> FloatArray:
    """Unit exponentials of a stream; kept, because every case of a session asks for the same."""
    drawn = standard_exponential().quantiles(uniforms(seed, key, n))
    drawn.flags.writeable = False
    return drawn


def _normalised(amounts: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    first, *others = sorted(amounts)
    total = amounts[first].copy()
    for criterion in others:
        total += amounts[criterion]
    return {criterion: amount / total for criterion, amount in amounts.items()}


def _sorted_descending(columns: list[FloatArray]) -> list[FloatArray]:
    """Sort across columns, draw by draw, by exchanging neighbours until all are in order.

    Only whole columns are compared, which for a handful of them is quicker than sorting rows.
    """
    ordered = list(columns)
    for last in range(len(ordered) - 1, 0, -1):
        for i in range(last):
            left, right = ordered[i], ordered[i + 1]
            ordered[i], ordered[i + 1] = np.maximum(left, right), np.minimum(left, right)
    return ordered


def _places(columns: Mapping[str, FloatArray]) -> dict[str, IndexArray]:
    """Place of each column among all, draw by draw: 0 for the largest; equal ones by id."""
    places = {name: np.zeros(column.shape, dtype=np.intp) for name, column in columns.items()}
    for name, column in columns.items():
        for other, rival in columns.items():
            if other < name:
                places[name] += rival >= column
            elif other > name:
                places[name] += rival > column
    return places


def _distinct(names: tuple[str, ...]) -> None:
    if not names:
        raise ValueError("weights need at least one name")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"named twice: {', '.join(twice)}")


def _known(names: Iterable[str], known: Iterable[str]) -> None:
    strangers = sorted(set(names) - set(known))
    if strangers:
        raise ValueError(f"not among the criteria: {', '.join(strangers)}")
