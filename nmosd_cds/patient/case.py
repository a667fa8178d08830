"""A case: one patient, the hospital's setting and stored preferences; read, written, hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _
from nmosd_cds.patient.canonical import canonical_json
from nmosd_cds.patient.codec import fields_from_json, fields_to_json, typed_fields
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import DrugAccess, Patient, Setting
from nmosd_cds.patient.plain import (
    at,
    day_or_none,
    number_text,
    text_or_none,
    truth_or_false,
    unknown_keys,
)
from nmosd_cds.patient.preferences import Preferences as Preferences
from nmosd_cds.patient.preferences import PreferenceSet as PreferenceSet
from nmosd_cds.patient.preferences import preferences_to_json
from nmosd_cds.patient.preferences import read_preferences as read_preferences
from nmosd_cds.patient.wording import shown

SCHEMA_VERSION = 1
LINE = 100
CASE_KEYS = ("schema_version", "id", "fictional", "as_of", "patient", "setting", "preferences")


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
        return None, [
            Problem(where, _("is not a case"), _('A case is {"schema_version": 1, ...}.'))
        ]
    version = data.get("schema_version")
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        return None, [_wrong_version(data, where)]
    problems = unknown_keys(data, CASE_KEYS, where)
    identifier = text_or_none(data, "id", where, problems)
    fictional = truth_or_false(data, "fictional", where, problems)
    as_of = day_or_none(data, "as_of", where, problems)
    if "patient" not in data:
        problems.append(
            Problem(at(where, "patient"), _("is missing"), _('Write "patient": {...}.'))
        )
    patient, found = read_patient(data.get("patient", {}), at(where, "patient"))
    problems += found
    setting, found = read_setting(data.get("setting", {}), at(where, "setting"))
    problems += found
    preferences, found = read_preferences(data.get("preferences", {}), at(where, "preferences"))
    problems += found
    if problems:
        return None, problems
    case = Case(SCHEMA_VERSION, identifier, fictional, as_of, patient, setting, preferences)
    return case, []


def readable_case(data: Any) -> Case:
    """As much of a case as can be read from plain data; rows keep their places."""
    whole = data if isinstance(data, Mapping) else {}
    day = day_or_none(whole, "as_of", "", [])
    patient, _problems = read_patient(whole.get("patient", {}))
    setting, _problems = read_setting(whole.get("setting", {}))
    return Case(as_of=day, patient=patient, setting=setting)


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
        data["preferences"] = preferences_to_json(case.preferences)
    return data


def case_text(case: Case) -> str:
    """The case as it is written to a file: JSON, indented, numbers with the digits reported."""
    return _json_text(case_to_json(case), "") + "\n"


def canonical_bytes(case: Case) -> bytes:
    """The case as RFC 8785 JSON: one form whatever the order of keys or trailing zeros."""
    return canonical_json(case_to_json(case))


def case_sha256(case: Case) -> str:
    """SHA-256 of `canonical_bytes`, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(case)).hexdigest()


def _wrong_version(data: Mapping[str, Any], where: str) -> Problem:
    place = at(where, "schema_version")
    if "schema_version" not in data:
        return Problem(
            place,
            _("is missing"),
            _('Write "schema_version": {version}.').format(version=SCHEMA_VERSION),
        )
    what = _("{written} is not a version this program reads").format(
        written=shown(data["schema_version"])
    )
    return Problem(
        place,
        what,
        _("It reads version {version}; a newer program may read it.").format(
            version=SCHEMA_VERSION
        ),
    )


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
