"""The three truth values of Kleene's strong logic (Kleene 1952). A Truth refuses `if`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, NoReturn


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN. Compare with `is`; it has no boolean value."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("A Truth has three values; compare it with `is`.")

    def __invert__(self) -> Truth:
        if self is UNKNOWN:
            return self
        return FALSE if self is TRUE else TRUE

    def __str__(self) -> str:
        return self.value


# The same under names of their own: to ask an enumeration for a member takes twenty times as long,
# and one advice asks thousands of times.
TRUE: Final = Truth.TRUE
FALSE: Final = Truth.FALSE
UNKNOWN: Final = Truth.UNKNOWN


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: FALSE if any is FALSE, else UNKNOWN if any is, else TRUE (also of none)."""
    found: Truth = TRUE
    for truth in truths:
        if truth is FALSE:
            return truth
        if truth is UNKNOWN:
            found = truth
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: TRUE if any is TRUE, else UNKNOWN if any is, else FALSE (also of none)."""
    found: Truth = FALSE
    for truth in truths:
        if truth is TRUE:
            return truth
        if truth is UNKNOWN:
            found = truth
    return found


def truth_of(value: bool) -> Truth:
    """The Truth of an ordinary two-valued condition."""
    return TRUE if value else FALSE
