"""Conditions as data: frozen nodes read from plain mappings. No expression language.

`any`, `all`, `not` connect; a comparison names a fact; `is` names a definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from nmosd_cds.logic.fact import Interval

MAXIMUM_DEPTH = 3
BOUNDS = ("above", "at_least", "below", "at_most")


@dataclass(frozen=True)
class AllOf:
    """True when every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """True when some part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class NotThis:
    """True when its part is false."""

    part: Condition


@dataclass(frozen=True)
class IsOneOf:
    """True when a choice fact is one of the choices."""

    fact: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """True when a number fact lies in the interval, given in `unit` (None: no unit)."""

    fact: str
    interval: Interval
    unit: str | None


@dataclass(frozen=True)
class Named:
    """A definition used by name; the name is kept for the reader."""

    name: str
    condition: Condition


Condition = AllOf | AnyOf | NotThis | IsOneOf | Within | Named


class ConditionError(ValueError):
    """A condition that cannot be read; `place` leads to the faulty value."""

    def __init__(self, place: tuple[str | int, ...], what: str) -> None:
        super().__init__(what)
        self.place = place
        self.what = what


def read_condition(
    data: Any,
    definitions: Mapping[str, Condition] | None = None,
    *,
    place: tuple[str | int, ...] = (),
    depth: int = 0,
) -> Condition:
    """Read a condition from plain data.

    Args:
        data: A mapping with one key.
        definitions: Named conditions that `is` may use.
        place: Where `data` stands, for messages.
        depth: How many connectives lie above.

    Raises:
        ConditionError: the data is not a condition.
    """
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ConditionError(place, "a condition is a mapping with exactly one key")
    key, value = next(iter(data.items()))
    inside = (*place, key)
    if key in ("any", "all"):
        parts = _parts(value, definitions, inside, depth)
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "not":
        return NotThis(read_condition(value, definitions, place=inside, depth=depth))
    if key == "is":
        if not isinstance(value, str) or value not in (definitions or {}):
            raise ConditionError(inside, f"`{value}` is not a definition")
        return Named(value, (definitions or {})[value])
    return _comparison(key, value, inside)


def _parts(
    value: Any,
    definitions: Mapping[str, Condition] | None,
    place: tuple[str | int, ...],
    depth: int,
) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        raise ConditionError(place, "needs a list with at least one condition")
    if depth >= MAXIMUM_DEPTH:
        raise ConditionError(place, f"is nested more than {MAXIMUM_DEPTH} deep; name a definition")
    return tuple(
        read_condition(part, definitions, place=(*place, number), depth=depth + 1)
        for number, part in enumerate(value)
    )


def _comparison(fact: str, value: Any, place: tuple[str | int, ...]) -> Condition:
    if isinstance(value, str):
        return IsOneOf(fact, (value,))
    if isinstance(value, list) and value and all(isinstance(choice, str) for choice in value):
        return IsOneOf(fact, tuple(value))
    if isinstance(value, Mapping):
        return _within(fact, value, place)
    raise ConditionError(place, "needs `true`, `false`, a choice, a list of choices, or bounds")


def _within(fact: str, value: Mapping[str, Any], place: tuple[str | int, ...]) -> Within:
    unknown = set(value) - {*BOUNDS, "unit"}
    if unknown:
        raise ConditionError(place, f"`{min(unknown)}` is not a bound; use {', '.join(BOUNDS)}")
    given = {name: _number(value[name], (*place, name)) for name in BOUNDS if name in value}
    if not given:
        raise ConditionError(place, f"needs a bound: {', '.join(BOUNDS)}")
    if {"above", "at_least"} <= set(given) or {"below", "at_most"} <= set(given):
        raise ConditionError(place, "has two bounds on one side")
    try:
        interval = Interval(
            low=given.get("above", given.get("at_least")),
            high=given.get("below", given.get("at_most")),
            low_open="above" in given,
            high_open="below" in given,
        )
    except ValueError as error:
        raise ConditionError(place, str(error).rstrip(".").lower()) from error
    return Within(fact, interval, value.get("unit"))


def _number(value: Any, place: tuple[str | int, ...]) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ConditionError(place, f"`{value}` is not a number") from error
    if not number.is_finite():
        raise ConditionError(place, f"`{value}` is not a finite number")
    return number


def comparisons_of(condition: Condition) -> Iterator[IsOneOf | Within]:
    """Every comparison in a condition, left to right, definitions opened."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons_of(part)
        case NotThis(part) | Named(_, part):
            yield from comparisons_of(part)
        case _:
            yield condition


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The same condition over facts renamed by `names`."""
    match condition:
        case AllOf(parts):
            return AllOf(tuple(renamed(part, names) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(renamed(part, names) for part in parts))
        case NotThis(part):
            return NotThis(renamed(part, names))
        case Named(name, part):
            return Named(name, renamed(part, names))
        case IsOneOf(fact, choices):
            return IsOneOf(names.get(fact, fact), choices)
        case _:
            fact = names.get(condition.fact, condition.fact)
            return Within(fact, condition.interval, condition.unit)
