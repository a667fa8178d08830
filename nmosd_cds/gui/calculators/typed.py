"""What is typed into a calculator, as its file of inputs writes it; no Qt.

A text goes through the same codec as the form, so `1,5`, full-width digits and `Mar 2024` are read
or refused alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from nmosd_cds.calculators.scores.asked import Asked
from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of
from nmosd_cds.patient.answer import Quantity, When
from nmosd_cds.patient.codec import from_text
from nmosd_cds.patient.field import FieldSpec, Option

Typed = Mapping[str, Any]

_KINDS = {
    "number": "quantity",
    "whole": "whole",
    "yes_no": "yes_no",
    "choice": "choice",
    "choices": "several",
    "day": "date",
    "text": "text",
    "numbers": "text",
    "days": "text",
}
_PARTS = re.compile(r"[;\n]")
_LISTS = {"numbers": "number", "days": "day"}


def spec_of(one: Asked) -> FieldSpec:
    """An input as a field, so that the editors of the form can ask for it."""
    return FieldSpec(
        name=one.name,
        kind=_KINDS[one.kind],
        label=one.label,
        choices=tuple(Option(id_, words) for id_, words in one.choices),
        units=(one.unit,) if one.unit and one.kind == "number" else (),
        minimum=None if one.limits is None else Decimal(str(one.limits[0])),
        maximum=None if one.limits is None else Decimal(str(one.limits[1])),
        may_be_future=True,
    )


def read_typed(inputs: Sequence[Asked], typed: Typed) -> tuple[dict[str, Any], dict[str, str]]:
    """The file of inputs that some texts make.

    Args:
        inputs: Of the score, or of a row.
        typed: Text by name; a list of the same for `rows`.

    Returns:
        What could be read, and a sentence for each input that could not.
    """
    raw: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in inputs:
        value: Any
        if one.kind == "rows":
            value = _rows(one, typed.get(one.name, ()), wrong)
        else:
            value = _one(one, str(typed.get(one.name, "")).strip(), wrong)
        if value is not None:
            raw[one.name] = value
    return raw, wrong


def _rows(one: Asked, rows: Sequence[Typed], wrong: dict[str, str]) -> list[Any] | None:
    read = []
    for number, row in enumerate(rows, start=1):
        values, found = read_typed(one.row, row)
        wrong.update({f"{one.name}[{number}].{name}": said for name, said in found.items()})
        if values:
            read.append(values)
    return read or None


def _one(one: Asked, text: str, wrong: dict[str, str]) -> Any:
    if not text:
        return None
    if one.kind in _LISTS:
        return _list(one, text, wrong)
    answer, problems = from_text(spec_of(one), text, "")
    if problems:
        wrong[one.name] = _said(problems)
        return None
    if answer is None or answer.raw is None:
        return None
    if isinstance(answer, Quantity):
        if answer.comparator is not None:
            wrong[one.name] = _("A calculator needs one number, not a limit.")
            return None
        assert answer.value is not None
        return float(answer.value)
    if isinstance(answer, When):
        return _day(one, answer, wrong)
    return list(answer.raw) if isinstance(answer.raw, tuple) else answer.raw


def _day(one: Asked, answer: When, wrong: dict[str, str]) -> str | None:
    assert answer.value is not None
    if not answer.value.is_day:
        wrong[one.name] = _("A whole day is needed, for example 2026-11-22.")
        return None
    return answer.value.first.isoformat()


def _list(one: Asked, text: str, wrong: dict[str, str]) -> list[Any] | None:
    kind: Any = _LISTS[one.kind]
    part = Asked(one.name, one.label, kind, unit=one.unit, limits=one.limits)
    found: dict[str, str] = {}
    values = [_one(part, each.strip(), found) for each in _PARTS.split(text) if each.strip()]
    if found:
        wrong[one.name] = f"{found[one.name]} {_('Separate several with a semicolon.')}"
        return None
    return values


def _said(problems: Sequence[Problem]) -> str:
    said = run_of(problem.sentence for problem in problems)
    return said[:1].upper() + said[1:]


def text_of(one: Asked, value: Any) -> Any:
    """What stands in the editor for a value of the file of inputs."""
    if one.kind == "rows":
        return [
            {each.name: text_of(each, row[each.name]) for each in one.row if each.name in row}
            for row in value
        ]
    if one.kind == "yes_no":
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(text_of_number(each) for each in value)
    return text_of_number(value)


def text_of_number(value: Any) -> str:
    """A number without a trailing zero; other values as they are."""
    return f"{value:g}" if isinstance(value, float) else str(value)
