"""Exact intervals from counts; computed when shown, never stored beside a count."""

from __future__ import annotations

from functools import lru_cache

from nmosd_cds.decision.special import beta_quantile, gamma_quantile

CONFIDENCE = 0.95


@lru_cache(maxsize=4096)
def binomial_interval(count: int, of: int) -> tuple[float, float]:
    """Exact 95 % interval of a proportion (Clopper and Pearson, Biometrika 1934;26:404).

    Args:
        count: Patients with the event, 0 to `of`.
        of: Patients, at least 1.

    Returns:
        Lower and upper limit, each 0 to 1.

    Raises:
        ValueError: the count does not fit its denominator.

    Source:
        nmosd-cds-project
    """
    if not 0 <= count <= of or of < 1:
        raise ValueError(f"{count} of {of} is not a count of patients.")
    tail = (1.0 - CONFIDENCE) / 2.0
    low = 0.0 if count == 0 else beta_quantile(tail, count, of - count + 1)
    high = 1.0 if count == of else beta_quantile(1.0 - tail, count + 1, of - count)
    return low, high


@lru_cache(maxsize=1024)
def poisson_interval(events: float, person_years: float) -> tuple[float, float]:
    """Exact 95 % interval of a rate (Garwood, Biometrika 1936;28:437).

    Args:
        events: Number of events, at least 0.
        person_years: Above 0.

    Returns:
        Lower and upper limit, events per person-year.

    Raises:
        ValueError: an argument is out of range.

    Source:
        pittock-2023-champion: 0 events in 84.0 patient-years has the upper limit 0.044.
    """
    if events < 0 or person_years <= 0:
        raise ValueError("A rate needs events of at least 0 and person-years above 0.")
    tail = (1.0 - CONFIDENCE) / 2.0
    low = 0.0 if events == 0 else gamma_quantile(tail, events) / person_years
    high = gamma_quantile(1.0 - tail, events + 1.0) / person_years
    return low, high
