"""Relapse hazards from what studies print: person-time, or a survival value at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass

YEARS = {"days": 1 / 365.25, "weeks": 7 / 365.25, "months": 1 / 12, "years": 1.0}


@dataclass(frozen=True)
class Exposure:
    """Events over person-time, as the arithmetic takes them.

    Attributes:
        events: Number of first relapses; need not be whole when it stands for a survival value.
        person_years: Time at risk.
        n: Patients behind it.
        approximated: Whether the median follow-up stood in for the mean.
    """

    events: float
    person_years: float
    n: int
    approximated: bool = False

    @property
    def weighed(self) -> tuple[float, float]:
        """Events and person-years as they enter the posterior.

        An approximated exposure has its width doubled, which is a quarter of its information.
        """
        share = 0.25 if self.approximated else 1.0
        return self.events * share, self.person_years * share


def exposure_from_survival(survival: float, years: float, n: int) -> Exposure:
    """Exposure that a Kaplan-Meier value stands for, at a constant hazard -ln(S) / t.

    The patients at entry are the effective size: events n (1 - S), person-years n (1 - S) / hazard.

    Args:
        survival: Share without the event, above 0 and below 1.
        years: Time of the value, above 0.
        n: Patients at entry.

    Raises:
        ValueError: the value gives no hazard.

    Source:
        burt-2019: 80 % at 5 years is 0.045 a year; greco-2015-ebmt: 31 % at 3 years is 0.39.
    """
    if not 0.0 < survival < 1.0 or years <= 0.0:
        raise ValueError("A survival value strictly between 0 and 1 at a time above 0 is needed.")
    hazard = -math.log(survival) / years
    events = n * (1.0 - survival)
    return Exposure(events, events / hazard, n)


def added(exposures: tuple[Exposure, ...]) -> Exposure:
    """Exposures of different patients, added; approximated if any part is."""
    return Exposure(
        sum(part.events for part in exposures),
        sum(part.person_years for part in exposures),
        sum(part.n for part in exposures),
        any(part.approximated for part in exposures),
    )
