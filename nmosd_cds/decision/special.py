"""Quantiles of the normal, gamma and beta distributions in plain Python floats.

Used only while tables are built. Gamma is solved in log x and beta in logit x, where the logarithm
of a distribution function is concave, so that Newton's method converges from any start.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

# Given a point: logarithm of the lower tail, of the upper tail, and of the density there.
_Tails = Callable[[float], tuple[float, float, float]]

_MOST_TERMS = 100_000
_SMALLEST = 1e-300
_PRECISION = 1e-16
# Newton doubles the digits, so a last step of this size leaves an error near 1e-15.
_LAST_STEP = 3e-8
_MOST_STEPS = 200


def normal_quantile(p: float) -> float:
    """Return the standard normal quantile of a probability strictly between 0 and 1."""
    return NormalDist().inv_cdf(p)


def gamma_quantile(p: float, shape: float) -> float:
    """Return the quantile of a gamma distribution with rate 1.

    Args:
        p: Probability, strictly between 0 and 1.
        shape: Above 0.

    Returns:
        The quantile, >= 0.
    """
    return math.exp(gamma_log_quantile(p, 1.0 - p, shape, math.log(shape)))


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the quantile of a beta distribution.

    Args:
        p: Probability, strictly between 0 and 1.
        a: First shape, above 0.
        b: Second shape, above 0.

    Returns:
        The quantile, 0 to 1.
    """
    return logistic(beta_logit_quantile(p, 1.0 - p, a, b, math.log(a / b)))


def gamma_log_quantile(p: float, q: float, shape: float, start: float) -> float:
    """Return the logarithm of a gamma quantile (rate 1); `q` is 1 - p, exact in its own tail."""

    def tails(y: float) -> tuple[float, float, float]:
        return _gamma_tails(y, shape)

    return _solve(p, q, tails, start)


def beta_logit_quantile(p: float, q: float, a: float, b: float, start: float) -> float:
    """Return the logit of a beta quantile; `q` is 1 - p, exact in its own tail."""
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    def tails(y: float) -> tuple[float, float, float]:
        return _beta_tails(y, a, b, log_beta)

    return _solve(p, q, tails, start)


def logistic(y: float) -> float:
    """Return 1 / (1 + exp(-y)) without overflow."""
    if y < 0.0:
        odds = math.exp(y)
        return odds / (1.0 + odds)
    return 1.0 / (1.0 + math.exp(-y))


def _solve(p: float, q: float, tails: _Tails, start: float) -> float:
    y = start
    for _ in range(_MOST_STEPS):
        log_lower, log_upper, log_density = tails(y)
        # The smaller tail, because the other one holds no digits there.
        if p <= q:
            step = (math.log(p) - log_lower) * math.exp(min(log_lower - log_density, 50.0))
        else:
            step = (log_upper - math.log(q)) * math.exp(min(log_upper - log_density, 50.0))
        # Far to the wrong side the tail is flat and a full step would leave the range of floats.
        y += max(-abs(y) - 4.0, min(max(1.0, -y / 2.0), step))
        if abs(step) < _LAST_STEP:
            return y
    raise ArithmeticError("the quantile did not settle")


def _gamma_tails(y: float, shape: float) -> tuple[float, float, float]:
    x = math.exp(y)
    log_density = shape * y - x - math.lgamma(shape)
    if x < shape + 1.0:
        log_lower = log_density + math.log(_gamma_series(x, shape))
        return log_lower, _log_complement(log_lower), log_density
    log_upper = log_density + math.log(_gamma_fraction(x, shape))
    return _log_complement(log_upper), log_upper, log_density


def _gamma_series(x: float, shape: float) -> float:
    """Lower incomplete gamma function over x^shape exp(-x), for x below shape + 1."""
    term = total = 1.0 / shape
    denominator = shape
    while term > total * _PRECISION:
        denominator += 1.0
        term *= x / denominator
        total += term
    return total


def _gamma_fraction(x: float, shape: float) -> float:
    """Upper incomplete gamma function over x^shape exp(-x), by Lentz's continued fraction."""
    b = x + 1.0 - shape
    c = 1.0 / _SMALLEST
    d = 1.0 / b
    total = d
    for i in range(1, _MOST_TERMS):
        a = -i * (i - shape)
        b += 2.0
        d = 1.0 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        factor = c * d
        total *= factor
        if abs(factor - 1.0) < 2.0 * _PRECISION:
            return total
    raise ArithmeticError("the continued fraction did not settle")


def _beta_tails(y: float, a: float, b: float, log_beta: float) -> tuple[float, float, float]:
    log_x = -math.log1p(math.exp(-y)) if y > 0.0 else y - math.log1p(math.exp(y))
    log_rest = log_x - y
    log_density = a * log_x + b * log_rest - log_beta
    x = math.exp(log_x)
    if x < (a + 1.0) / (a + b + 2.0):
        log_lower = log_density + math.log(_beta_fraction(x, a, b) / a)
        return log_lower, _log_complement(log_lower), log_density
    log_upper = log_density + math.log(_beta_fraction(math.exp(log_rest), b, a) / b)
    return _log_complement(log_upper), log_upper, log_density


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Continued fraction of the incomplete beta function, for x below about a / (a + b)."""
    c = 1.0
    d = 1.0 / _not_zero(1.0 - (a + b) * x / (a + 1.0))
    total = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        before = total
        for numerator in (even, odd):
            d = 1.0 / _not_zero(1.0 + numerator * d)
            c = _not_zero(1.0 + numerator / c)
            total *= c * d
        if abs(total - before) <= 2.0 * _PRECISION * total:
            return total
    raise ArithmeticError("the continued fraction did not settle")


def _not_zero(number: float) -> float:
    return number if abs(number) > _SMALLEST else _SMALLEST


def _log_complement(log_tail: float) -> float:
    """Logarithm of 1 - exp(log_tail); rounding may push a tail a hair above 1."""
    return math.log(max(-math.expm1(log_tail), _SMALLEST))
