"""What matters to whom: stored sets of preferences, read and written with the case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _
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
SET_KINDS = ("ordinal", "swing", "exact")
RANGE_KEYS = ("low", "high")

SetKind = Literal["ordinal", "swing", "exact"]
_Order = tuple[tuple[str, ...], tuple[str, ...]]
_Weights = tuple[tuple[tuple[str, Decimal], ...], tuple[tuple[str, Decimal, Decimal], ...]]


@dataclass(frozen=True)
class PreferenceSet:
    """What one person said matters, and when.

    A criterion id that today's knowledge does not have is kept, because an older one may have had
    it; whoever weighs says that it is left out.

    Attributes:
        owner: Who said it, for example `patient`; one set an owner.
        on: The day it was said.
        kind: `ordinal` has an order, of all criteria or of some: those named are ordered among
            themselves, the others keep the weight they have without preferences. `swing` has
            points beside the most important criterion; one without points may be worth anything up
            to that. `exact` has parts of the whole weight; one not named weighs nothing.
        harms_seen: Whether the harms were shown before.
        order: Criterion ids, most important first; only for `ordinal`.
        weights: Criterion ids with points, 0 to 100, by id; not for `ordinal`.
        ties: Criteria of the order that stand level with the one before them: neither is put above
            the other. Never the first of the order.
        ranges: Criterion ids with lowest and highest points, 0 to 100, by id; only for `swing`.
    """

    owner: str
    on: date
    kind: SetKind
    harms_seen: bool
    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    ties: tuple[str, ...] = ()
    ranges: tuple[tuple[str, Decimal, Decimal], ...] = ()

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The order as levels, most important first; criteria of one level stand level."""
        return levels_of(self.order, self.ties)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Every criterion it names: in order, else by id."""
        weighed = {name for name, _points in self.weights}
        weighed |= {name for name, _low, _high in self.ranges}
        return (*self.order, *sorted(weighed))


def levels_of(order: Sequence[str], ties: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """An order as levels: each criterion among `ties` joins the level of the one before it."""
    levels: list[tuple[str, ...]] = []
    for name in order:
        if name in ties and levels:
            levels[-1] = (*levels[-1], name)
        else:
            levels.append((name,))
    return tuple(levels)


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
        return Preferences(), [Problem(where, _("is not a group of fields"), _("Write {...}."))]
    problems = unknown_keys(data, PREFERENCES_KEYS, where)
    active = text_or_none(data, "active", where, problems)
    raw_sets = data.get("sets", [])
    if not isinstance(raw_sets, list):
        problems.append(Problem(f"{where}.sets", _("is not a list"), _("Write [...].")))
        raw_sets = []
    if len(raw_sets) > MAXIMUM_SETS:
        problems.append(
            Problem(f"{where}.sets", _("has more than {most} sets").format(most=MAXIMUM_SETS))
        )
        raw_sets = []
    sets: list[PreferenceSet] = []
    for number, raw in enumerate(raw_sets):
        one, found = _read_set(raw, f"{where}.sets[{number}]")
        problems += found
        if one is not None and one.owner.casefold() in (other.owner.casefold() for other in sets):
            problems.append(
                Problem(
                    f"{where}.sets[{number}]",
                    _("{written} has two sets").format(written=shown(one.owner)),
                    _("Keep one."),
                )
            )
        elif one is not None:
            sets.append(one)
    if active is not None and not problems and active not in {one.owner for one in sets}:
        owners = listed(tuple(one.owner for one in sets))
        hint = _("Use {owners}.").format(owners=owners) if owners else _("Leave it out.")
        problems.append(
            Problem(
                f"{where}.active", _("{written} has no set").format(written=shown(active)), hint
            )
        )
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
        return None, [Problem(where, _("is not a group of fields"), _("Write {...}."))]
    problems = unknown_keys(data, SET_KEYS, where)
    problems += [
        Problem(at(where, key), _("is missing"))
        for key in ("owner", "on", "kind", "harms_seen")
        if data.get(key) is None
    ]
    owner = text_or_none(data, "owner", where, problems)
    day = day_or_none(data, "on", where, problems)
    harms_seen = truth_or_false(data, "harms_seen", where, problems)
    kind = data.get("kind")
    order: _Order = ((), ())
    weights: _Weights = ((), ())
    if kind == "ordinal":
        order = _order(data, where, problems)
    elif kind in SET_KINDS:
        weights = _weights(data, where, problems)
    elif kind is not None:
        what = _("{written} is not a kind of preferences").format(written=shown(kind))
        problems.append(
            Problem(at(where, "kind"), what, _("Use {names}.").format(names=listed(SET_KINDS)))
        )
    if problems or owner is None or day is None:
        return None, problems
    return PreferenceSet(
        owner,
        day,
        cast(SetKind, kind),
        harms_seen,
        order=order[0],
        weights=weights[0],
        ties=order[1],
        ranges=weights[1],
    ), []


def _order(data: Mapping[str, Any], where: str, problems: list[Problem]) -> _Order:
    place, order = at(where, "order"), data.get("order")
    if "weights" in data:
        what = _("belongs to `swing` and `exact`")
        problems.append(Problem(at(where, "weights"), what, _("Give an order.")))
    if not isinstance(order, list) or not order:
        problems.append(Problem(place, _("is not a list of criteria"), _("Write [...].")))
        return (), ()
    if sum(len(level) if isinstance(level, list) else 1 for level in order) > MAXIMUM_CRITERIA:
        problems.append(
            Problem(place, _("has more than {most} criteria").format(most=MAXIMUM_CRITERIA))
        )
        return (), ()
    names: list[str] = []
    ties: list[str] = []
    for number, raw in enumerate(order):
        if raw == []:
            problems.append(
                Problem(f"{place}[{number}]", _("is an empty level"), _("Leave it out."))
            )
        for step, one in enumerate(raw if isinstance(raw, list) else [raw]):
            name, found = clean_text(one, f"{place}[{number}]", is_identifier=True)
            problems += found
            if name in names:
                what = _("{written} stands twice in the list").format(written=shown(name))
                problems.append(Problem(place, what, _("A criterion has one place.")))
            elif name is not None:
                names.append(name)
                ties += [name] if step else []
    return tuple(names), tuple(ties)


def _weights(data: Mapping[str, Any], where: str, problems: list[Problem]) -> _Weights:
    place, weights = at(where, "weights"), data.get("weights")
    if "order" in data:
        problems.append(Problem(at(where, "order"), _("belongs to `ordinal`"), _("Give weights.")))
    if not isinstance(weights, Mapping) or not weights:
        problems.append(Problem(place, _("is not a group of criteria"), _('Write {"...": 100}.')))
        return (), ()
    points: dict[str, Decimal] = {}
    ranges: dict[str, tuple[Decimal, Decimal]] = {}
    for raw_name, raw in weights.items():
        name, found = clean_text(raw_name, place, is_identifier=True)
        here = f"{place}.{name}"
        if isinstance(raw, Mapping):
            span, more = _range(raw, here, allowed=data.get("kind") == "swing")
            if name is not None and span is not None:
                ranges[name] = span
        else:
            number, more = _points(raw, here)
            if name is not None and number is not None:
                points[name] = number
        problems += found + more
    highest = [*points.values(), *(high for _low, high in ranges.values())]
    if highest and not any(highest):
        problems.append(
            Problem(place, _("gives no criterion any weight"), _("Give one of them 100."))
        )
    return (
        tuple(sorted(points.items())),
        tuple((name, low, high) for name, (low, high) in sorted(ranges.items())),
    )


def _points(raw: Any, where: str) -> tuple[Decimal | None, list[Problem]]:
    number, found = clean_number(raw, where)
    if number is not None and not 0 <= number <= MAXIMUM_WEIGHT:
        what = _("{written} is outside 0 to {most}").format(
            written=shown(number), most=MAXIMUM_WEIGHT
        )
        return None, [*found, Problem(where, what)]
    return number, found


def _range(
    raw: Mapping[str, Any], where: str, *, allowed: bool
) -> tuple[tuple[Decimal, Decimal] | None, list[Problem]]:
    if not allowed:
        return None, [Problem(where, _("a range belongs to `swing`"), _("Write one number."))]
    problems = unknown_keys(raw, RANGE_KEYS, where)
    problems += [Problem(at(where, key), _("is missing")) for key in RANGE_KEYS if key not in raw]
    ends = []
    for key in RANGE_KEYS:
        if key in raw:
            number, found = _points(raw[key], at(where, key))
            problems += found
            ends += [] if number is None else [number]
    if len(ends) == len(RANGE_KEYS) and ends[0] > ends[1]:
        what = _("low {low} is above high {high}").format(low=shown(ends[0]), high=shown(ends[1]))
        problems.append(Problem(where, what, _("Exchange them.")))
    return (None if problems else (ends[0], ends[1])), problems


def _set_to_json(one: PreferenceSet) -> dict[str, Any]:
    said: dict[str, Any] = {"order": [_level(level) for level in one.levels]}
    if one.kind != "ordinal":
        spans = {name: {"low": low, "high": high} for name, low, high in one.ranges}
        said = {"weights": dict(sorted((dict(one.weights) | spans).items()))}
    return {
        "owner": one.owner,
        "on": one.on.isoformat(),
        "kind": one.kind,
        "harms_seen": one.harms_seen,
        **said,
    }


def _level(level: tuple[str, ...]) -> str | list[str]:
    return level[0] if len(level) == 1 else list(level)
