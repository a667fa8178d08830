"""What moves the share of first ranks: each uncertainty at its ends, one weight against another.

Reads a finished run; nothing is drawn anew, so a figure here and a share there rest on the same
draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from nmosd_cds.decision.central import WEIGHT_UNIT, whole_weights
from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.smaa import Smaa

_TENTH = 10
_HALF = 0.5
# Answers by run, which is one object and never changes; most cases share a few runs.
_KEPT = 32


@dataclass(frozen=True)
class Ends:
    """Share of first ranks of one option where one uncertain number lies at its ends.

    Attributes:
        criterion: Id of the criterion.
        option: Option whose value by the criterion varies; None: the weight of the criterion does.
        low: Share in the tenth of draws with the smallest weight or the worst value.
        high: Share in the tenth with the largest weight or the best value.
    """

    criterion: str
    option: str | None
    low: float
    high: float


@lru_cache(maxsize=_KEPT)
def ends(smaa: Smaa, option: str) -> tuple[Ends, ...]:
    """The share of first ranks of an option at the ends of everything uncertain.

    Conditioning on a tenth of the draws leaves the others as they are in it, so numbers that are
    tied to each other move together (regional sensitivity analysis: Saltelli and others, Global
    Sensitivity Analysis, 2008, chapter 5). What is the same in every draw is left out.

    Args:
        smaa: The run.
        option: Its id.

    Returns:
        Weights first, then values, each by the order of the run.

    Raises:
        ValueError: The run has no such option, or fewer than ten draws.
    """
    if option not in smaa.options:
        raise ValueError(f"the run has no option {option}")
    if smaa.draws < _TENTH:
        raise ValueError("tenths need at least ten draws")
    leads = leads_of(smaa, option)
    return tuple(
        Ends(criterion, other, *_at_ends(leads, numbers))
        for criterion, other, numbers in _uncertain(smaa)
        if numbers.min() < numbers.max()
    )


def leads_of(smaa: Smaa, option: str) -> FloatArray:
    """Shape (draws,): 1 where an option is first alone, 1/k where k share the place, else 0."""
    utilities = _utilities(smaa)
    best = utilities.max(axis=0)
    first = utilities == best
    mine = first[smaa.options.index(option)]
    shared: FloatArray = mine / first.sum(axis=0)
    return shared


def share_when_split(smaa: Smaa, option: str, of: str, against: str, ratio: float) -> float:
    """Share of first ranks if two criteria split what they weigh together in a given ratio.

    Args:
        smaa: The run.
        option: Whose share.
        of: Criterion that takes `ratio` parts.
        against: Criterion that takes one part.
        ratio: Weight of `of` over weight of `against`, >= 0.

    Raises:
        ValueError: The ratio is negative or not finite, or the run has no such criterion.
    """
    if not (math.isfinite(ratio) and ratio >= 0.0):
        raise ValueError("a ratio of weights is 0 or more")
    rest, together, first, second = _split(smaa, of, against)
    part = ratio / (1.0 + ratio)
    utilities = rest + together * (part * first + (1.0 - part) * second)
    return _share(utilities, smaa.options.index(option))


@lru_cache(maxsize=_KEPT)
def least_ratio(
    smaa: Smaa, option: str, of: str, against: str, ratios: tuple[float, ...]
) -> float | None:
    """The least ratio of two weights from which on an option leads half of the weightings.

    Args:
        smaa: The run.
        option: Whose lead.
        of: Criterion that speaks for it.
        against: Criterion that speaks against it.
        ratios: Ratios of weights to try, ascending; see `share_when_split`.

    Returns:
        The least of them such that the option leads at least half at it and at every larger one;
        None if it does not do so at the largest.
    """
    rest, together, first, second = _split(smaa, of, against)
    place = smaa.options.index(option)
    found: float | None = None
    for ratio in reversed(ratios):
        part = ratio / (1.0 + ratio)
        utilities = rest + together * (part * first + (1.0 - part) * second)
        if _share(utilities, place) < _HALF:
            break
        found = ratio
    return found


@lru_cache(maxsize=_KEPT)
def weight_ranges(smaa: Smaa) -> Mapping[str, tuple[float, float, float]]:
    """For each criterion its weight: mean, 5th and 95th percentile over the draws."""
    found = {}
    for criterion, weight in smaa.drawn.weights.items():
        ordered = np.sort(weight[: smaa.draws])
        low, high = (float(ordered[round(p * (smaa.draws - 1))]) for p in (0.05, 0.95))
        # Whole numbers, because the sum of floats may depend on how a build of numpy adds them.
        total = int(whole_weights([weight], smaa.draws).sum())
        found[criterion] = (total / (WEIGHT_UNIT * smaa.draws), low, high)
    return found


def _uncertain(smaa: Smaa) -> Iterator[tuple[str, str | None, FloatArray]]:
    decision = smaa.drawn.decision
    for criterion in decision.criteria:
        yield criterion, None, smaa.drawn.weights[criterion][: smaa.draws]
    for option, row in zip(smaa.options, smaa.rows, strict=True):
        for column, criterion in enumerate(decision.criteria):
            yield criterion, option, decision.values[row, column, : smaa.draws]


def _at_ends(leads: FloatArray, numbers: FloatArray) -> tuple[float, float]:
    tenth = len(numbers) // _TENTH
    # A partition finds the two limits; equal numbers at a limit all count, so order plays no part.
    parted = np.partition(numbers, (tenth - 1, len(numbers) - tenth))
    low = numbers <= parted[tenth - 1]
    high = numbers >= parted[len(numbers) - tenth]
    return _mean(leads, low), _mean(leads, high)


def _mean(leads: FloatArray, chosen: npt.NDArray[np.bool_]) -> float:
    # Thirds are no exact floats: what three share must add up to the same in every build.
    return math.fsum(leads[chosen].tolist()) / int(np.count_nonzero(chosen))


def _utilities(smaa: Smaa) -> FloatArray:
    utilities: FloatArray = smaa.drawn.utilities[list(smaa.rows), : smaa.draws]
    return utilities


def _split(
    smaa: Smaa, of: str, against: str
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Utilities without two criteria, what these weigh together, and their values."""
    decision = smaa.drawn.decision
    for criterion in (of, against):
        if criterion not in decision.criteria:
            raise ValueError(f"the run has no criterion {criterion}")
    rows = list(smaa.rows)
    first, second = (
        decision.values[rows, decision.criteria.index(criterion), : smaa.draws]
        for criterion in (of, against)
    )
    one, other = (smaa.drawn.weights[criterion][: smaa.draws] for criterion in (of, against))
    rest = _utilities(smaa) - one * first - other * second
    return rest, one + other, first, second


def _share(utilities: FloatArray, place: int) -> float:
    first = utilities == utilities.max(axis=0)
    numbers = np.bincount(first[:, first[place]].sum(axis=0), minlength=1).tolist()
    led: float = math.fsum(number / sharing for sharing, number in enumerate(numbers) if sharing)
    return led / int(utilities.shape[1])
