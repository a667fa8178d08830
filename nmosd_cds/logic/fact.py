"""A fact is the set of values still possible: a subset of named choices, or an interval.

What is not known is the whole domain; `<0.1` is [0, 0.1). Nothing here guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

YES_NO = ("true", "false")


@dataclass(frozen=True)
class Choices:
    """The choices still possible, out of a closed domain.

    Attributes:
        possible: Never empty; an impossible state is a Problem at the door, not a fact.
        domain: Every choice there is, in the order people see them.
    """

    possible: frozenset[str]
    domain: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.possible:
            raise ValueError("A fact needs at least one possible value.")
        if not self.possible <= set(self.domain):
            raise ValueError(f"{sorted(self.possible)} is not within {self.domain}.")

    @property
    def is_settled(self) -> bool:
        """Whether one choice is left."""
        return len(self.possible) == 1

    @property
    def is_unknown(self) -> bool:
        """Whether every choice is still possible."""
        return len(self.possible) == len(self.domain)

    def narrows(self, other: Choices) -> bool:
        """Whether every value possible here is possible there."""
        return self.domain == other.domain and self.possible <= other.possible


@dataclass(frozen=True)
class Interval:
    """The numbers still possible, in one unit.

    Attributes:
        low: Lower end; None is minus infinity.
        high: Upper end; None is plus infinity.
        low_open: Whether the lower end itself is impossible.
        high_open: Whether the upper end itself is impossible.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        # An infinite end is neither open nor closed; one spelling keeps equal sets equal.
        object.__setattr__(self, "low_open", self.low_open and self.low is not None)
        object.__setattr__(self, "high_open", self.high_open and self.high is not None)
        if self.low is not None and self.high is not None:
            empty = self.low > self.high
            empty = empty or (self.low == self.high and (self.low_open or self.high_open))
            if empty:
                raise ValueError(f"The interval from {self.low} to {self.high} is empty.")

    @classmethod
    def point(cls, value: Decimal | int | str) -> Interval:
        """The interval that holds one value."""
        number = Decimal(value)
        return cls(number, number)

    @property
    def is_settled(self) -> bool:
        """Whether one number is left."""
        return self.low is not None and self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether both ends are infinite."""
        return self.low is None and self.high is None

    def narrows(self, other: Interval) -> bool:
        """Whether every number possible here is possible there."""
        return _low_key(other) <= _low_key(self) and _high_key(self) <= _high_key(other)

    def is_inside(self, other: Interval) -> bool:
        """Same as `narrows`, read as a comparison that surely holds."""
        return self.narrows(other)

    def meets(self, other: Interval) -> bool:
        """Whether some number is possible in both."""
        return not (_before(self, other) or _before(other, self))


_INFINITE = Decimal("Infinity")
_MINUS_INFINITE = -_INFINITE


def _low_key(interval: Interval) -> tuple[Decimal, bool]:
    return (_MINUS_INFINITE if interval.low is None else interval.low, interval.low_open)


def _high_key(interval: Interval) -> tuple[Decimal, bool]:
    # An open upper end ends before a closed one at the same number.
    return (_INFINITE if interval.high is None else interval.high, not interval.high_open)


def _before(first: Interval, second: Interval) -> bool:
    if first.high is None or second.low is None:
        return False
    if first.high < second.low:
        return True
    return first.high == second.low and (first.high_open or second.low_open)


Possible = Choices | Interval


@dataclass(frozen=True)
class Fact:
    """One fact about a case, as far as it is known.

    Attributes:
        possible: The values still possible.
        missing: Patient fields whose answer could narrow it further; empty when settled.
        shown: The value read, in words, for explanations; `not known` when there is none.
        cut_from: Patient fields it was computed from. Facts that share one vary together.
    """

    possible: Possible
    missing: tuple[str, ...] = ()
    shown: str = ""
    cut_from: tuple[str, ...] = ()

    def with_possible(self, possible: Possible) -> Fact:
        """The same fact after an answer that leaves only `possible`."""
        return Fact(possible, self.missing, self.shown, self.cut_from)


@dataclass(frozen=True)
class FactSpec:
    """What rules may ask of a fact.

    Attributes:
        name: Name used in rules.
        kind: `yes-no`, `choice` or `number`.
        label: Name shown to people.
        unit: Unit of a number; None if it has none.
        choices: The closed domain of `yes-no` and `choice`.
        needs: Patient fields it is computed from; itself for a plain field.
        per_option: Whether it exists once per option, as `name@option-id`.
    """

    name: str
    kind: str
    label: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    per_option: bool = False

    @cached_property
    def whole_domain(self) -> Possible:
        """Everything possible: what an unanswered fact is."""
        if self.kind == "number":
            return Interval()
        return Choices(frozenset(self.choices), self.choices)


Facts = Mapping[str, Fact]


def yes_no(possible: Iterable[bool]) -> Choices:
    """The set of booleans still possible, as choices."""
    return Choices(frozenset("true" if value else "false" for value in possible), YES_NO)
