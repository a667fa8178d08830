"""What a cell of the table of effects may be: a number, a range or a distribution.

Each is read by inverse distribution function on common uniforms, so that the same uniform always
means the same luck, and raising a count moves every draw the same way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.gamma_family import SMALLEST_SHAPE, gamma_family_quantiles
from nmosd_cds.decision.table import (
    beta,
    exp_minus,
    standard_gamma,
    standard_log_normal,
    standard_normal,
)

_LARGEST_LOG_SD = 20


class Distribution(Protocol):
    """Anything that turns uniforms into draws of a quantity."""

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return one draw for each uniform.

        Args:
            u: Shape (n,), within (0, 1).
            tied: Shape (n,): hazard of the comparator in the same draws; None if there is none.

        Returns:
            Shape (n,), in the unit of the quantity, never descending in `u`.

        Raises:
            ValueError: The distribution is tied and `tied` is None.
        """


@dataclass(frozen=True)
class Exact:
    """A number known by definition, the same in every draw.

    Attributes:
        value: In the unit of the criterion.
    """

    value: float

    def __post_init__(self) -> None:
        """Refuse a value that is no number."""
        _finite(self.value)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return the value for every draw; see `Distribution`."""
        return np.full(u.shape, self.value)


@dataclass(frozen=True)
class Judgement:
    """A score somebody gave, the same in every draw; kept apart from `Exact` so it can be marked.

    Attributes:
        value: On the scale of the criterion.
    """

    value: float

    def __post_init__(self) -> None:
        """Refuse a value that is no number."""
        _finite(self.value)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return the score for every draw; see `Distribution`."""
        return np.full(u.shape, self.value)


@dataclass(frozen=True)
class Uniform:
    """Nothing is known but a range: how an absent cell is drawn.

    Attributes:
        low: Lower end, in the unit of the criterion.
        high: Upper end, not below `low`.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range that is upside down."""
        _finite(self.low, self.high)
        if self.high < self.low:
            raise ValueError("the range is upside down")

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return draws from the range; see `Distribution`."""
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True)
class Normal:
    """A normal distribution.

    Attributes:
        mean: In the unit of the criterion.
        sd: Standard deviation, above 0.
    """

    mean: float
    sd: float

    def __post_init__(self) -> None:
        """Refuse a spread that is not positive."""
        _finite(self.mean)
        _positive(self.sd)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return draws; see `Distribution`."""
        return self.mean + self.sd * standard_normal().quantiles(u)


@dataclass(frozen=True)
class LogNormal:
    """A log-normal distribution, as of a ratio with an interval that is even on a log scale.

    Attributes:
        median: In the unit of the criterion, above 0.
        log_sd: Standard deviation of the natural logarithm, above 0 and at most 20.
    """

    median: float
    log_sd: float

    def __post_init__(self) -> None:
        """Refuse a median or spread that is not positive, and a spread no float can hold."""
        _positive(self.median, self.log_sd)
        if self.log_sd > _LARGEST_LOG_SD:
            raise ValueError(f"the standard deviation of a logarithm is above {_LARGEST_LOG_SD}")

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return draws; see `Distribution`."""
        return self.median * standard_log_normal(self.log_sd).quantiles(u)


@dataclass(frozen=True)
class Beta:
    """A beta distribution, as of a proportion after events among people.

    Attributes:
        a: First shape (events with their prior), above 0.
        b: Second shape (those without the event, with their prior), above 0.
    """

    a: float
    b: float

    def __post_init__(self) -> None:
        """Refuse shapes that are not positive."""
        _positive(self.a, self.b)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return probabilities; see `Distribution`."""
        return beta(self.a, self.b).quantiles(u)


@dataclass(frozen=True)
class Gamma:
    """A gamma distribution, as of a hazard after events in person-time.

    Attributes:
        shape: Events with their prior, above 0.
        rate: Person-time with its prior, above 0.
    """

    shape: float
    rate: float

    def __post_init__(self) -> None:
        """Refuse a shape or rate that is not positive."""
        _positive(self.shape, self.rate)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return hazards per unit of person-time; see `Distribution`."""
        return standard_gamma(self.shape).quantiles(u) / self.rate


@dataclass(frozen=True)
class TiedHazard:
    """The hazard of the comparator itself, draw by draw."""

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return the comparator's hazards; `u` is not used; see `Distribution`."""
        return _needed(tied)


@dataclass(frozen=True)
class GammaTied:
    """Hazard after events in person-time, with a prior that expects the comparator's hazard.

    With the comparator's hazard h of the same draw, the prior is gamma(h * w, w) and the posterior
    gamma(k + h * w, T + w). A shape below one half is read as one half, the shape of Jeffreys'
    prior: without it no event and no prior would mean a hazard of exactly 0. One floor for all
    shapes, not only for k = w = 0, keeps every draw from falling when k or h rises.

    Attributes:
        events: k, >= 0.
        person_time: T, >= 0.
        prior_person_time: w, >= 0, how much person-time the prior is worth; T + w is above 0.
    """

    events: float
    person_time: float
    prior_person_time: float

    def __post_init__(self) -> None:
        """Refuse negative counts or no person-time at all."""
        _finite(self.events, self.person_time, self.prior_person_time)
        if min(self.events, self.person_time, self.prior_person_time) < 0.0:
            raise ValueError("events and person-time are not negative")
        _positive(self.person_time + self.prior_person_time)

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return hazards per unit of person-time; see `Distribution`.

        Never descending in `events` nor in `tied`.
        """
        shape = np.maximum(self.events + _needed(tied) * self.prior_person_time, SMALLEST_SHAPE)
        return gamma_family_quantiles(shape, u) / (self.person_time + self.prior_person_time)


@dataclass(frozen=True)
class ProbabilityWithin:
    """Probability of a first event within a horizon, from a hazard.

    Up to the end of follow-up the hazard is the study's own; beyond it, where nobody was watched,
    it is the comparator's of the same draw.

    Attributes:
        hazard: Distribution of the hazard per unit of time.
        horizon: Same unit of time, above 0.
        follow_up: Same unit, >= 0; None means that the hazard holds for the whole horizon.
    """

    hazard: Distribution
    horizon: float
    follow_up: float | None = None

    def __post_init__(self) -> None:
        """Refuse times that make no sense."""
        _positive(self.horizon)
        if self.follow_up is not None:
            _finite(self.follow_up)
            if self.follow_up < 0.0:
                raise ValueError("follow-up is not negative")

    def quantiles(self, u: FloatArray, tied: FloatArray | None = None) -> FloatArray:
        """Return probabilities, 0 to 1, exact to 1e-6; see `Distribution`."""
        watched = self.horizon if self.follow_up is None else min(self.follow_up, self.horizon)
        cumulative = self.hazard.quantiles(u, tied) * watched
        if watched < self.horizon:
            cumulative = cumulative + _needed(tied) * (self.horizon - watched)
        return 1.0 - exp_minus(cumulative)


def _needed(tied: FloatArray | None) -> FloatArray:
    if tied is None:
        raise ValueError("a tied distribution needs the comparator's draws")
    return tied


def _finite(*numbers: float) -> None:
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("a number is not finite")


def _positive(*numbers: float) -> None:
    _finite(*numbers)
    if min(numbers) <= 0.0:
        raise ValueError("a number must be above 0")
