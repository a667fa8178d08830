"""The three truth values of Kleene's strong logic (Kleene 1952). A Truth refuses `if`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN. Compare with `is`; it has no boolean value."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("A Truth has three values; compare it with `is`.")

    def __invert__(self) -> Truth:
        return _NOT[self]

    def __str__(self) -> str:
        return self.value


_NOT = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: FALSE if any is FALSE, else UNKNOWN if any is, else TRUE (also of none)."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: TRUE if any is TRUE, else UNKNOWN if any is, else FALSE (also of none)."""
    found = set(truths)
    if Truth.TRUE in found:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.FALSE


def truth_of(value: bool) -> Truth:
    """The Truth of an ordinary two-valued condition."""
    return Truth.TRUE if value else Truth.FALSE
