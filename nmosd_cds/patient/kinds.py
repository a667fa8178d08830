"""How each kind of answer is read from plain data. A new kind: one function and one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from nmosd_cds.i18n import ENGLISH, _, language
from nmosd_cds.i18n.joining import beside, run_of
from nmosd_cds.patient import wording
from nmosd_cds.patient.answer import Answer
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.plain import (
    LONGEST_NAME,
    Reading,
    is_unknown,
    number_text,
    read_choice,
    read_number,
    read_optional_date,
    read_partial_date,
    read_text,
    read_titre,
    unknown_keys,
)
from nmosd_cds.patient.quantity import COMPARATORS, converter, spelt
from nmosd_cds.patient.wording import shown

MAXIMUM_ENTRIES = 200
STATES = ("known", "not-done", "unavailable")

_COMMON = ("value", "state", "date", "source")

_MORE = {
    "quantity": ("unit", "comparator"),
    "whole": ("unit",),
    "titre": ("comparator",),
    "serology": ("assay", "titre"),
    "several": ("complete",),
}


def read_answer(spec: FieldSpec, raw: Any, reading: Reading) -> Answer | None:
    """Read an answer of any kind but rows; None when it is not known or was refused."""
    shape = raw if isinstance(raw, Mapping) else {"value": raw}
    allowed = (*_COMMON, *_MORE.get(spec.kind, ()))
    reading.problems += unknown_keys(shape, allowed, reading.where)
    state = shape.get("state", "known")
    if state not in STATES:
        reading.refuse(
            _("{written} is not a state").format(written=shown(state)),
            _("Use {names}.").format(names=wording.listed(STATES)),
        )
        return None
    when = read_optional_date(shape, "date", reading)
    source = read_text(shape["source"], reading) if shape.get("source") is not None else None
    if state != "known":
        return _without_value(spec, shape, state, when, source, reading)
    if "value" not in shape:
        reading.refuse(_("has no value"), _('Give one, or a state such as {"state": "not-done"}.'))
        return None
    if is_unknown(shape["value"]):
        return None
    return _KINDS[spec.kind](spec, shape, {"date": when, "source": source}, reading)


def _without_value(
    spec: FieldSpec,
    shape: Mapping[str, Any],
    state: str,
    when: PartialDate | None,
    source: str | None,
    reading: Reading,
) -> Answer | None:
    given = [name for name in ("value", *_MORE.get(spec.kind, ())) if shape.get(name) is not None]
    if given:
        reading.refuse(
            _("is {state} and yet has a {value}").format(state=state, value=given[0]),
            _("Keep one of the two."),
        )
        return None
    answer = spec.answer_type(state=state, date=when, source=source)
    assert isinstance(answer, Answer)
    return answer


def _made(
    spec: FieldSpec, value: Any, common: Mapping[str, Any], reading: Reading, **more: Any
) -> Answer | None:
    if value is None or reading.problems:
        return None
    answer = spec.answer_type(value=value, **common, **more)
    assert isinstance(answer, Answer)
    return answer


_Shape = Mapping[str, Any]

_Kind = Callable[[FieldSpec, _Shape, Mapping[str, Any], Reading], Answer | None]


def _yes_no(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    value = shape["value"]
    if not isinstance(value, bool):
        reading.refuse(
            _("{written} is neither true nor false").format(written=shown(value)),
            _("Write true or false."),
        )
    return _made(spec, value, common, reading)


def _choice(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    return _made(spec, read_choice(spec.choices, shape["value"], reading), common, reading)


def _serology(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    value = read_choice(spec.choices, shape["value"], reading)
    assay, titre, comparator = None, None, None
    if not is_unknown(shape.get("assay")):
        assay = read_choice(spec.assays, shape["assay"], reading)
    if not is_unknown(shape.get("titre")):
        titre, comparator = read_titre(shape["titre"], reading)
    return _made(
        spec, value, common, reading, assay=assay, titre=titre, titre_comparator=comparator
    )


def _several(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    values, complete = shape["value"], shape.get("complete", False)
    if not isinstance(complete, bool):
        reading.refuse(
            _("complete: {written} is neither true nor false").format(written=shown(complete))
        )
    if not isinstance(values, list | tuple):
        reading.refuse(
            _("{written} is not a list").format(written=shown(values)),
            _("Write [...], also for one."),
        )
        return None
    if len(values) > MAXIMUM_ENTRIES:
        reading.refuse(_("has more than {most} entries").format(most=MAXIMUM_ENTRIES))
        return None
    chosen = [read_choice(spec.choices, value, reading) for value in values]
    for twice in sorted({str(one) for one in chosen if one and chosen.count(one) > 1}):
        reading.refuse(_("{written} stands twice in the list").format(written=shown(twice)))
    if not chosen and complete is False:
        return None  # An empty list that may miss anything says nothing.
    return _made(spec, tuple(chosen), common, reading, complete=complete)


def _whole(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    number = read_number(shape["value"], reading)
    _unit(spec, shape, reading)
    if number is None:
        return None
    if number != number.to_integral_value():
        reading.refuse(
            _("{written} is not a whole number").format(written=shown(number_text(number)))
        )
        return None
    _check_range(spec, number, number, None, spec.unit, reading)
    return _made(spec, int(number), common, reading)


def _score(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    number = read_number(shape["value"], reading)
    if number is not None and number not in spec.legal:
        steps = [number_text(step) for step in spec.legal]
        allowed = [*steps[:3], "...", steps[-1]] if len(steps) > 5 else steps
        reading.refuse(
            _("{written} is not a step").format(written=shown(number_text(number))),
            _("Allowed: {steps}.").format(steps=", ".join(allowed).replace(", ..., ", " ... ")),
        )
    return _made(spec, number, common, reading)


def _quantity(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    number = read_number(shape["value"], reading)
    unit = _unit(spec, shape, reading)
    comparator = _comparator(shape, reading)
    if number is None or unit is None or reading.problems:
        return None
    first = in_first_unit(spec, number, unit)
    _check_range(spec, number, first, comparator, unit, reading)
    return _made(spec, number, common, reading, unit=unit, comparator=comparator)


def in_first_unit(spec: FieldSpec, number: Decimal, unit: str) -> Decimal | None:
    """A number in the unit that rules use; None if it has no value there (decimal acuity 0)."""
    assert spec.unit is not None
    try:
        first = converter(unit, spec.unit, spec.substance)(number)
    except InvalidOperation:
        return None
    return first + 0 if first.is_finite() else None


def _unit(spec: FieldSpec, shape: _Shape, reading: Reading) -> str | None:
    unit = shape.get("unit")
    if unit is None:
        if len(spec.units) > 1:
            reading.refuse(
                _("needs its unit"), _("Use {names}.").format(names=wording.listed(spec.units))
            )
        return spec.unit
    if not isinstance(unit, str) or unit not in spec.units:
        use = _("It has no unit.")
        if spec.units:
            use = _("Use {names}.").format(names=wording.listed(spec.units))
        is_short = isinstance(unit, str) and len(unit) <= LONGEST_NAME
        near = wording.unit_named(spec, unit) if is_short else None
        reading.refuse(
            _("{written} is not a unit of {label}").format(
                written=shown(unit), label=_(spec.label)
            ),
            run_of([_("Did you mean `{name}`?").format(name=near), use]) if near else use,
        )
        return None
    return unit


def _comparator(shape: _Shape, reading: Reading) -> str | None:
    comparator = shape.get("comparator")
    if comparator is not None and comparator not in COMPARATORS:
        reading.refuse(
            _("{written} is not a comparator").format(written=shown(comparator)),
            _("Use {names}.").format(names=wording.listed(COMPARATORS)),
        )
        return None
    return comparator


def _check_range(
    spec: FieldSpec,
    number: Decimal,
    first: Decimal | None,
    comparator: str | None,
    unit: str | None,
    reading: Reading,
) -> None:
    written = f"{comparator or ''}{number_text(number)}{f' {unit}' if unit else ''}"
    if first is None:
        reading.refuse(
            _("{written} has no meaning").format(written=shown(written)),
            _("Check the number and its unit."),
        )
        return
    low, high = spec.minimum, spec.maximum
    # "<0" of a number that cannot be negative, and ">max", leave nothing possible.
    too_low = low is not None and first < low
    too_high = high is not None and first > high
    rises = comparator if unit != "decimal" else {"<": ">", ">": "<"}.get(comparator or "")
    too_low = too_low or (rises == "<" and first == low)
    too_high = too_high or (rises == ">" and first == high)
    if too_low or too_high:
        limits = _("{low} to {high}").format(low=low, high=high)
        if spec.unit:
            is_english = language() == ENGLISH
            limits = beside(limits, spec.unit if is_english else spelt(spec.unit))
        reading.refuse(
            _("{written} is outside {limits}").format(written=shown(written), limits=limits),
            _("Check the number and its unit."),
        )


def _titre(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    titre, within = read_titre(shape["value"], reading)
    comparator = _comparator(shape, reading)
    if within and comparator and within != comparator:
        reading.refuse(_("has two comparators that differ"), _("Keep one of the two."))
    return _made(spec, titre, common, reading, comparator=within or comparator)


def _when(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    return _made(spec, read_partial_date(shape["value"], reading), common, reading)


def _free_text(
    spec: FieldSpec, shape: _Shape, common: Mapping[str, Any], reading: Reading
) -> Answer | None:
    raw = shape["value"]
    word = raw.strip().casefold() if isinstance(raw, str) else None
    if word in wording.NOT_KNOWN:
        return None
    if word in wording.STATE_WORDS:
        return _without_value(
            spec, {}, wording.STATE_WORDS[word], common["date"], common["source"], reading
        )
    text = read_text(raw, reading, is_identifier=spec.is_identifier)
    return _made(spec, text, common, reading)


_KINDS: dict[str, _Kind] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "serology": _serology,
    "several": _several,
    "whole": _whole,
    "score": _score,
    "quantity": _quantity,
    "titre": _titre,
    "date": _when,
    "text": _free_text,
}
