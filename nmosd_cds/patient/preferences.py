"""What matters to whom: stored sets of preferences, read and written with the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from nmosd_cds.errors import Problem
from nmosd_cds.patient.plain import (
    at,
    clean_number,
    clean_text,
    day_or_none,
    text_or_none,
    truth_or_false,
    unknown_keys,
)
from nmosd_cds.patient.wording import listed, shown

MAXIMUM_WEIGHT = 100
MAXIMUM_SETS = 50
MAXIMUM_CRITERIA = 200
PREFERENCES_KEYS = ("active", "sets")
SET_KEYS = ("owner", "on", "kind", "harms_seen", "order", "weights")
SET_KINDS = ("ordinal", "swing")


@dataclass(frozen=True)
class PreferenceSet:
    """What one person said matters, and when.

    Attributes:
        owner: Who said it, for example `patient`; one set an owner.
        on: The day it was said.
        kind: `ordinal` has an order, `swing` has weights.
        harms_seen: Whether the harms were shown before.
        order: Criterion ids, most important first; empty for `swing`.
        weights: Criterion ids with points, 0 to 100, not all 0; empty for `ordinal`.
    """

    owner: str
    on: date
    kind: Literal["ordinal", "swing"]
    harms_seen: bool
    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Preferences:
    """Every stored set of preferences.

    Attributes:
        active: Owner of the set in use; None: without preferences.
        sets: No two of one owner.
    """

    active: str | None = None
    sets: tuple[PreferenceSet, ...] = ()

    @property
    def active_set(self) -> PreferenceSet | None:
        """The set in use; None: without preferences."""
        return next((one for one in self.sets if one.owner == self.active), None)


def read_preferences(data: Any, where: str = "preferences") -> tuple[Preferences, list[Problem]]:
    """Read preferences from plain data; see `read_patient`."""
    if not isinstance(data, Mapping):
        return Preferences(), [Problem(where, "is not a group of fields", "Write {...}.")]
    problems = unknown_keys(data, PREFERENCES_KEYS, where)
    active = text_or_none(data, "active", where, problems)
    raw_sets = data.get("sets", [])
    if not isinstance(raw_sets, list):
        problems.append(Problem(f"{where}.sets", "is not a list", "Write [...]."))
        raw_sets = []
    if len(raw_sets) > MAXIMUM_SETS:
        problems.append(Problem(f"{where}.sets", f"has more than {MAXIMUM_SETS} sets"))
        raw_sets = []
    sets: list[PreferenceSet] = []
    for number, raw in enumerate(raw_sets):
        one, found = _read_set(raw, f"{where}.sets[{number}]")
        problems += found
        if one is not None and any(one.owner == other.owner for other in sets):
            problems.append(
                Problem(f"{where}.sets[{number}]", f"{shown(one.owner)} has two sets", "Keep one.")
            )
        elif one is not None:
            sets.append(one)
    if active is not None and not problems and active not in {one.owner for one in sets}:
        owners = listed(tuple(one.owner for one in sets))
        hint = f"Use {owners}." if owners else "Leave it out."
        problems.append(Problem(f"{where}.active", f"{shown(active)} has no set", hint))
    return Preferences(active, tuple(sets)), problems


def preferences_to_json(preferences: Preferences) -> dict[str, Any]:
    """The plain data of preferences, for a case file."""
    data: dict[str, Any] = {}
    if preferences.active is not None:
        data["active"] = preferences.active
    data["sets"] = [_set_to_json(one) for one in preferences.sets]
    return data


def _read_set(data: Any, where: str) -> tuple[PreferenceSet | None, list[Problem]]:
    if not isinstance(data, Mapping):
        return None, [Problem(where, "is not a group of fields", "Write {...}.")]
    problems = unknown_keys(data, SET_KEYS, where)
    problems += [
        Problem(at(where, key), "is missing")
        for key in ("owner", "on", "kind", "harms_seen")
        if data.get(key) is None
    ]
    owner = text_or_none(data, "owner", where, problems)
    day = day_or_none(data, "on", where, problems)
    harms_seen = truth_or_false(data, "harms_seen", where, problems)
    kind = data.get("kind")
    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    if kind == "ordinal":
        order = _order(data, where, problems)
    elif kind == "swing":
        weights = _weights(data, where, problems)
    elif kind is not None:
        what = f"{shown(kind)} is not a kind of preferences"
        problems.append(Problem(at(where, "kind"), what, f"Use {listed(SET_KINDS)}."))
    if problems or owner is None or day is None:
        return None, problems
    return PreferenceSet(
        owner, day, "ordinal" if kind == "ordinal" else "swing", harms_seen, order, weights
    ), []


def _order(data: Mapping[str, Any], where: str, problems: list[Problem]) -> tuple[str, ...]:
    place, order = at(where, "order"), data.get("order")
    if "weights" in data:
        problems.append(Problem(at(where, "weights"), "belongs to `swing`", "Give an order."))
    if not isinstance(order, list) or not order:
        problems.append(Problem(place, "is not a list of criteria", "Write [...]."))
        return ()
    if len(order) > MAXIMUM_CRITERIA:
        problems.append(Problem(place, f"has more than {MAXIMUM_CRITERIA} criteria"))
        return ()
    names: list[str] = []
    for number, raw in enumerate(order):
        name, found = clean_text(raw, f"{place}[{number}]", is_identifier=True)
        problems += found
        if name in names:
            problems.append(Problem(place, f"{shown(name)} stands twice in the list"))
        elif name is not None:
            names.append(name)
    return tuple(names)


def _weights(
    data: Mapping[str, Any], where: str, problems: list[Problem]
) -> tuple[tuple[str, Decimal], ...]:
    place, weights = at(where, "weights"), data.get("weights")
    if "order" in data:
        problems.append(Problem(at(where, "order"), "belongs to `ordinal`", "Give weights."))
    if not isinstance(weights, Mapping) or not weights:
        problems.append(Problem(place, "is not a group of criteria", 'Write {"...": 100}.'))
        return ()
    points = []
    for raw_name, raw in weights.items():
        name, found = clean_text(raw_name, place, is_identifier=True)
        number, more = clean_number(raw, f"{place}.{name}")
        problems += found + more
        if number is not None and not 0 <= number <= MAXIMUM_WEIGHT:
            what = f"{shown(number)} is outside 0 to {MAXIMUM_WEIGHT}"
            problems.append(Problem(f"{place}.{name}", what))
        elif name is not None and number is not None:
            points.append((name, number))
    if points and not any(number for _name, number in points):
        problems.append(Problem(place, "gives no criterion any weight", "Give one of them 100."))
    return tuple(sorted(points))


def _set_to_json(one: PreferenceSet) -> dict[str, Any]:
    said = {"order": list(one.order)} if one.kind == "ordinal" else {"weights": dict(one.weights)}
    return {
        "owner": one.owner,
        "on": one.on.isoformat(),
        "kind": one.kind,
        "harms_seen": one.harms_seen,
        **said,
    }
