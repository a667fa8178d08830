"""Numbers as people type them: decimal commas, thousands, units and limits in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from nmosd_cds.i18n import _
from nmosd_cds.patient import typed_words as words
from nmosd_cds.patient.answer import Quantity
from nmosd_cds.patient.checks import is_plausible
from nmosd_cds.patient.codec import from_text, number_text
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.typed_answers import Found, comparator_in, state_in
from nmosd_cds.patient.wording import folded, shown, unit_key, unit_named

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ',.\u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
_BOTH = re.compile(r"([+-]?\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)", re.ASCII)
_ONE_SIGN = re.compile(r"([+-]?\d*)([.,])(\d+)", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER_AND_REST = re.compile(r"([+-]?[\d.,][\d.,]*(?:[ '\u00a0\u202f]\d{3})*)\s*(.*)", re.ASCII)
_SNELLEN = re.compile(r"(\d{1,2}(?:\.\d)?)\s*/\s*(\d{1,3})", re.ASCII)
_STOPS = re.compile(r"(?<=\d)[。·](?=\d)")


@dataclass(frozen=True)
class _Measure:
    comparator: str
    numbers: tuple[str, ...]
    is_ambiguous: bool
    rest: str


def _measure(text: str) -> _Measure | None:
    plain = folded(_STOPS.sub(".", text))
    comparator, plain = comparator_in(plain)
    found = _NUMBER_AND_REST.fullmatch(plain)
    if found is None:
        return None
    numbers, is_ambiguous = _numbers(found[1])
    return _Measure(comparator, numbers, is_ambiguous, found[2].strip()) if numbers else None


def _numbers(written: str) -> tuple[tuple[str, ...], bool]:
    """The numbers digits can mean, as `1234.5`; and whether a person has to choose."""
    if _WHOLE.fullmatch(written):
        return (written,), False
    both = _BOTH.fullmatch(written)
    if both is not None and both[2] != both[3]:
        return (f"{both[1].replace(both[2], '')}.{both[4]}",), False
    one = _ONE_SIGN.fullmatch(written)
    if one is not None:
        whole, _sign, part = one.groups()
        decimal = f"{whole if whole not in ('', '+', '-') else f'{whole}0'}.{part}"
        is_group = len(part) == 3 and 1 <= len(whole.lstrip("+-")) <= 3
        if is_group and whole.lstrip("+-")[0] != "0":
            return (decimal, f"{whole}{part}"), True
        return (decimal,), False
    grouped = _GROUPED.fullmatch(written)
    if grouped is not None:
        return (written.replace(grouped[1], ""),), False
    return (), False


def read_quantity(spec: FieldSpec, text: str, on: date) -> Found:
    """A number with its unit and comparator."""
    state = state_in(spec, text)
    if state is not None:
        return state
    snellen = _SNELLEN.fullmatch(folded(text))
    if snellen is not None and "decimal" in spec.units:
        return _fraction(snellen)
    measure = _measure(text)
    if measure is None:
        return Found(said=_about(text))
    units, is_guess = _units(spec, measure.rest)
    if not units:
        return Found()
    made = [f"{measure.comparator}{number} {unit}" for number in measure.numbers for unit in units]
    made.sort(key=lambda one: not _is_usual(spec, one))
    if len(units) > 1 and measure.rest == "":
        return Found(asks=tuple(made), said=_("{typed} needs its unit."))
    if measure.is_ambiguous:
        legal = [one for one in made if not from_text(spec, one, "")[1]]
        if len(legal) > 1:
            said = _("{typed} can be a decimal or a thousand.")
            return Found(asks=tuple(legal), said=said)
        made = legal
    if is_guess:
        return Found(asks=tuple(made), said=_("The exponent of {typed} is lost."))
    if not made or from_text(spec, made[0], "")[1]:
        return _in_another_unit(spec, measure)
    return Found(sure=made[0])


def _in_another_unit(spec: FieldSpec, measure: _Measure) -> Found:
    """A number that cannot be in its unit, offered in those in which it would be usual."""
    made = [f"{measure.comparator}{measure.numbers[0]} {unit}" for unit in spec.units]
    said = _("{typed} is outside what can be measured. Is another unit meant?")
    return Found(asks=tuple(one for one in made if _is_usual(spec, one)), said=said)


def _is_usual(spec: FieldSpec, text: str) -> bool:
    """Whether a number in a unit is a usual one; usual readings are offered first."""
    answer, problems = from_text(spec, text, "")
    return not problems and isinstance(answer, Quantity) and is_plausible(spec, answer)


def _units(spec: FieldSpec, written: str) -> tuple[tuple[str, ...], bool]:
    """Units a field allows that a text can mean, and whether that is a guess."""
    if not written:
        return spec.units or ("",), False
    named = unit_named(spec, written)
    if named is not None:
        return (named,), False
    key = unit_key(written)
    for unit, written_as in words.UNITS.items():
        if unit in spec.units and key in written_as:
            return (unit,), False
    lost = words.LOST_EXPONENT.get("".join(folded(written).casefold().split()))
    return ((lost,), True) if lost in spec.units and lost is not None else ((), False)


def _fraction(found: re.Match[str]) -> Found:
    """A distance over a distance, where its decimal ends."""
    above, below = Decimal(found[1]), Decimal(found[2])
    if not below:
        return Found()
    decimal = (above / below).quantize(Decimal("0.001"))
    if decimal * below != above:
        return Found()
    return Found(asks=(f"{number_text(decimal.normalize())} decimal",))


def _about(text: str) -> str:
    plain = folded(text).casefold()
    if any(plain.startswith(word) for word in words.ABOUT) and any(one.isdigit() for one in plain):
        return _("{typed} is an estimate. Write the number, or a limit such as <5.").replace(
            "{typed}", shown(text.strip())
        )
    return ""


def read_score(spec: FieldSpec, text: str, on: date) -> Found:
    """A step of a scale; between two steps both are offered."""
    state = state_in(spec, text)
    measure = _measure(text) if state is None else None
    if measure is None or measure.comparator or measure.rest:
        return state or Found()
    legal = [number for number in measure.numbers if Decimal(number) in spec.legal]
    if legal:
        return Found(sure=legal[0])
    now = Decimal(measure.numbers[0])
    around = [pair for pair in pairwise(spec.legal) if pair[0] < now < pair[1]]
    if not around:
        return Found()
    said = _("{typed} is not a step of {field}.").replace("{field}", _(spec.label))
    return Found(asks=tuple(number_text(step) for step in around[0]), said=said)


def read_whole(spec: FieldSpec, text: str, on: date) -> Found:
    """A whole number."""
    state = state_in(spec, text)
    measure = _measure(text) if state is None else None
    if measure is None or measure.comparator:
        return state or Found()
    units, _is_guess = _units(spec, measure.rest)
    if not units:
        return Found()
    made = []
    for number in measure.numbers:
        value = Decimal(number)
        if value == value.to_integral_value():
            made.append(f"{int(value)} {units[0]}".strip())
    return Found(sure=made[0]) if made else Found()
