"""A case: one patient, the hospital's setting and stored preferences; read, written, hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import rfc8785

from nmosd_cds.errors import Problem
from nmosd_cds.patient.codec import fields_from_json, fields_to_json, typed_fields
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import (
    clean_date,
    clean_number,
    clean_text,
    number_text,
    unknown_keys,
)
from nmosd_cds.patient.wording import listed, shown

SCHEMA_VERSION = 1
LINE = 100
MAXIMUM_WEIGHT = 100
MAXIMUM_SETS = 50
MAXIMUM_CRITERIA = 200

CASE_KEYS = ("schema_version", "id", "fictional", "as_of", "patient", "setting", "preferences")
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


@dataclass(frozen=True)
class Case:
    """Everything a case file holds.

    Attributes:
        schema_version: Version of the file's shape.
        id: Name of the case; None if it has none.
        fictional: Whether the person is invented.
        as_of: Day of the assessment; None: the day of reading.
        patient: The person.
        setting: The hospital.
        preferences: What matters to whom.
    """

    schema_version: int = SCHEMA_VERSION
    id: str | None = None
    fictional: bool = False
    as_of: date | None = None
    patient: Patient = field(default_factory=Patient)
    setting: Setting = field(default_factory=Setting)
    preferences: Preferences = field(default_factory=Preferences)


def read_case_data(data: Any, where: str = "") -> tuple[Case | None, list[Problem]]:
    """Read a case from plain data.

    Args:
        data: What the JSON file holds, numbers as int or Decimal.
        where: Prefix of every place in messages; empty for a case file.

    Returns:
        The case, None if there is any problem; and every problem found.
    """
    if not isinstance(data, Mapping):
        return None, [Problem(where, "is not a case", 'A case is {"schema_version": 1, ...}.')]
    version = data.get("schema_version")
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        return None, [_wrong_version(data, where)]
    problems = unknown_keys(data, CASE_KEYS, where)
    identifier = _text_or_none(data, "id", where, problems)
    fictional = _truth(data, "fictional", where, problems)
    as_of = _day_or_none(data, "as_of", where, problems)
    if "patient" not in data:
        problems.append(Problem(_at(where, "patient"), "is missing", 'Write "patient": {...}.'))
    patient, found = read_patient(data.get("patient", {}), _at(where, "patient"))
    problems += found
    setting, found = read_setting(data.get("setting", {}), _at(where, "setting"))
    problems += found
    preferences, found = read_preferences(data.get("preferences", {}), _at(where, "preferences"))
    problems += found
    if problems:
        return None, problems
    case = Case(SCHEMA_VERSION, identifier, fictional, as_of, patient, setting, preferences)
    return case, []


def read_patient(data: Any, where: str = "patient") -> tuple[Patient, list[Problem]]:
    """Read a patient from plain data.

    Returns:
        A patient with every answer that could be read, and every problem found.
    """
    answers, problems = fields_from_json(Patient, data, where)
    return Patient(**answers), problems


def read_setting(data: Any, where: str = "setting") -> tuple[Setting, list[Problem]]:
    """Read a setting from plain data; see `read_patient`."""
    answers, problems = fields_from_json(Setting, data, where, also=("access",))
    access: dict[str, Any] = {}
    if isinstance(data, Mapping) and "access" in data:
        access, found = fields_from_json(DrugAccess, data["access"], f"{where}.access")
        problems += found
    return Setting(**answers, access=DrugAccess(**access)), problems


def typed_patient(data: Any) -> Any:
    """A patient from strict YAML, where every scalar is text, ready for `read_patient`."""
    return typed_fields(field_specs(Patient), data)


def typed_setting(data: Any) -> Any:
    """A setting from strict YAML, where every scalar is text, ready for `read_setting`."""
    return typed_fields(field_specs(Setting), data)


def read_preferences(data: Any, where: str = "preferences") -> tuple[Preferences, list[Problem]]:
    """Read preferences from plain data; see `read_patient`."""
    if not isinstance(data, Mapping):
        return Preferences(), [Problem(where, "is not a group of fields", "Write {...}.")]
    problems = unknown_keys(data, PREFERENCES_KEYS, where)
    active = _text_or_none(data, "active", where, problems)
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


def case_to_json(case: Case) -> dict[str, Any]:
    """The plain data of a case: only what is known, in the order of the model.

    Numbers are int or Decimal; `case_text` and `canonical_bytes` write them.
    """
    data: dict[str, Any] = {"schema_version": case.schema_version}
    if case.id is not None:
        data["id"] = case.id
    if case.fictional:
        data["fictional"] = True
    if case.as_of is not None:
        data["as_of"] = case.as_of.isoformat()
    data["patient"] = fields_to_json(case.patient)
    setting = fields_to_json(case.setting)
    if access := fields_to_json(case.setting.access):
        setting["access"] = access
    if setting:
        data["setting"] = setting
    if case.preferences != Preferences():
        data["preferences"] = _preferences_to_json(case.preferences)
    return data


def case_text(case: Case) -> str:
    """The case as it is written to a file: JSON, indented, numbers with the digits reported."""
    return _json_text(case_to_json(case), "") + "\n"


def canonical_bytes(case: Case) -> bytes:
    """The case as RFC 8785 JSON: one form whatever the order of keys or trailing zeros."""
    return rfc8785.dumps(_with_doubles(case_to_json(case)))


def case_sha256(case: Case) -> str:
    """SHA-256 of `canonical_bytes`, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(case)).hexdigest()


def _at(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _wrong_version(data: Mapping[str, Any], where: str) -> Problem:
    place = _at(where, "schema_version")
    if "schema_version" not in data:
        return Problem(place, "is missing", f'Write "schema_version": {SCHEMA_VERSION}.')
    what = f"{shown(data['schema_version'])} is not a version this program reads"
    return Problem(place, what, f"It reads version {SCHEMA_VERSION}; a newer program may read it.")


def _text_or_none(
    data: Mapping[str, Any], key: str, where: str, problems: list[Problem]
) -> str | None:
    if data.get(key) is None:
        return None
    text, found = clean_text(data[key], _at(where, key), is_identifier=True)
    problems += found
    return text


def _truth(data: Mapping[str, Any], key: str, where: str, problems: list[Problem]) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        problems.append(Problem(_at(where, key), f"{shown(value)} is neither true nor false"))
    return value is True


def _day_or_none(
    data: Mapping[str, Any], key: str, where: str, problems: list[Problem]
) -> date | None:
    if data.get(key) is None:
        return None
    found_date, found = clean_date(data[key], _at(where, key))
    if found_date is not None and not found_date.is_day:
        found = [Problem(_at(where, key), "needs the day too", "Write, for example, 2024-03-01.")]
    problems += found
    return None if found_date is None or found else found_date.first


def _read_set(data: Any, where: str) -> tuple[PreferenceSet | None, list[Problem]]:
    if not isinstance(data, Mapping):
        return None, [Problem(where, "is not a group of fields", "Write {...}.")]
    problems = unknown_keys(data, SET_KEYS, where)
    problems += [
        Problem(_at(where, key), "is missing")
        for key in ("owner", "on", "kind", "harms_seen")
        if data.get(key) is None
    ]
    owner = _text_or_none(data, "owner", where, problems)
    day = _day_or_none(data, "on", where, problems)
    harms_seen = _truth(data, "harms_seen", where, problems)
    kind = data.get("kind")
    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, Decimal], ...] = ()
    if kind == "ordinal":
        order = _order(data, where, problems)
    elif kind == "swing":
        weights = _weights(data, where, problems)
    elif kind is not None:
        what = f"{shown(kind)} is not a kind of preferences"
        problems.append(Problem(_at(where, "kind"), what, f"Use {listed(SET_KINDS)}."))
    if problems or owner is None or day is None:
        return None, problems
    return PreferenceSet(
        owner, day, "ordinal" if kind == "ordinal" else "swing", harms_seen, order, weights
    ), []


def _order(data: Mapping[str, Any], where: str, problems: list[Problem]) -> tuple[str, ...]:
    place, order = _at(where, "order"), data.get("order")
    if "weights" in data:
        problems.append(Problem(_at(where, "weights"), "belongs to `swing`", "Give an order."))
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
    place, weights = _at(where, "weights"), data.get("weights")
    if "order" in data:
        problems.append(Problem(_at(where, "order"), "belongs to `ordinal`", "Give weights."))
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


def _preferences_to_json(preferences: Preferences) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if preferences.active is not None:
        data["active"] = preferences.active
    data["sets"] = [_set_to_json(one) for one in preferences.sets]
    return data


def _set_to_json(one: PreferenceSet) -> dict[str, Any]:
    said = {"order": list(one.order)} if one.kind == "ordinal" else {"weights": dict(one.weights)}
    return {
        "owner": one.owner,
        "on": one.on.isoformat(),
        "kind": one.kind,
        "harms_seen": one.harms_seen,
        **said,
    }


def _json_text(value: Any, indent: str) -> str:
    # The standard writer would turn a Decimal into a double and lose the digits reported.
    inner = indent + "  "
    if isinstance(value, Mapping) and not any(map(_is_nested, value.values())):
        line = ", ".join(f"{_quoted(key)}: {_json_text(one, '')}" for key, one in value.items())
        if len(line) <= LINE:
            return f"{{{line}}}"
    if isinstance(value, Mapping):
        lines = [f"{inner}{_quoted(key)}: {_json_text(one, inner)}" for key, one in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        lines = [f"{inner}{_json_text(one, inner)}" for one in value]
        return "[\n" + ",\n".join(lines) + f"\n{indent}]"
    if isinstance(value, list):
        return f"[{', '.join(_json_text(one, inner) for one in value)}]"
    return number_text(value) if isinstance(value, Decimal) else _quoted(value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _with_doubles(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _with_doubles(one) for key, one in value.items()}
    return [_with_doubles(one) for one in value] if isinstance(value, list) else value
