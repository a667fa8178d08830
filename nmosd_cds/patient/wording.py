"""How people write answers: words for states, comparators, units, titres, choices.

`raw_of` turns what was typed into the shape of a case file, so that one reader judges both.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import or_list
from nmosd_cds.patient.dates import read_date
from nmosd_cds.patient.field import FieldSpec, Option
from nmosd_cds.patient.quantity import SPELT, spelt

NOT_KNOWN = frozenset({"", "unknown", "not known"})
STATE_WORDS = {
    "not done": "not-done",
    "not-done": "not-done",
    "unavailable": "unavailable",
    "not available": "unavailable",
}
COMPLETE = "complete"

_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_COMPARATOR = r"<=|>=|<|>"
_MEASURED = re.compile(rf"({_COMPARATOR})?\s*({_NUMBER})(?![\d.,])\s*(.*)", re.ASCII)
_COMMA = re.compile(rf"(?:{_COMPARATOR})?\s*([+-]?\d+),(\d+)(?![\d.,])\s*.*", re.ASCII)
_TITRE = re.compile(rf"({_COMPARATOR})?\s*1\s*[:/]\s*(\d+)", re.ASCII)
_YES = frozenset({"yes", "y", "true", "是"})
_NO = frozenset({"no", "n", "false", "否"})
_CHOICE_WORDS = {
    "positive": ("pos", "+", "阳性"),
    "negative": ("neg", "-", "阴性"),
    "detectable": ("detected",),
    "undetectable": ("not detected",),
}
# A unit as it is typed, after `unit_key`, and the unit it is.
_UNIT_WORDS = {
    "/mm3": "/uL",
    "/mm^3": "/uL",
    "cells/ul": "/uL",
    "10^3/ul": "10^9/L",
    "k/ul": "10^9/L",
    "10*9/l": "10^9/L",
    "10e9/l": "10^9/L",
    "year": "years",
    "y": "years",
}
# NFKC would turn 10⁹ into 109, so superscripts are written out before it.
_SUPERSCRIPTS = {ord(sign): f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "−": "-", "–": "-", "×": "x"})
# A long list has many short prefixes in common; there, one letter is a slip rather than a word.
_SHORT_LIST = 3
_PREFIX_OF_LONG_LIST = 3


class NotReadError(ValueError):
    """What was typed cannot be read; says what is wrong and what to write."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def folded(text: str) -> str:
    """The text with full-width signs, comparators and blanks in their plain form."""
    plain = unicodedata.normalize("NFKC", text.translate(_SUPERSCRIPTS)).translate(_SIGNS)
    return " ".join(plain.split())


def shown(written: object, limit: int = 60) -> str:
    """What was written, safe to print in a sentence: short, and without invisible signs."""
    text = "".join(sign if sign.isprintable() else "�" for sign in str(written)[: limit + 1])
    return f"`{text}`" if len(text) <= limit else f"`{text[:limit]}...`"


def listed(words: tuple[str, ...]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return or_list(words)


def raw_of(spec: FieldSpec, text: str) -> Any:
    """What was typed, in the shape of a case file; None when it says "not known".

    Raises:
        NotReadError: no reading of it fits the field.
    """
    plain = folded(text)
    word = plain.casefold()
    if word in NOT_KNOWN:
        return None
    if word in STATE_WORDS:
        return {"state": STATE_WORDS[word]}
    return _READERS[spec.kind](spec, plain if spec.kind != "text" else text)


def unit_key(unit: str) -> str:
    """A unit without the differences of spelling that mean nothing."""
    key = folded(unit).casefold().replace(" ", "").replace("μ", "u").replace("mcg", "ug")
    return key.removeprefix("x") if key.startswith("x10") else key


def unit_named(spec: FieldSpec, written: str) -> str | None:
    """The unit of a field that a typed unit means; None if it means none of them."""
    key = unit_key(written)
    meant = _UNIT_WORDS.get(key, "")
    for unit in spec.units:
        if unit == meant or key in (
            unit_key(unit),
            unit_key(SPELT.get(unit, unit)),
            unit_key(spelt(unit)),
        ):
            return unit
    return None


def choice_named(options: tuple[Option, ...], written: str) -> str | None:
    """The id of the one choice that a word means: id, label, usual word, or unique beginning."""
    word = folded(written).casefold()
    names = {option.id: _names(option) for option in options}
    exact = [identifier for identifier, known in names.items() if word in known]
    if exact or not word:
        return exact[0] if len(exact) == 1 else None
    if len(options) > _SHORT_LIST and len(word) < _PREFIX_OF_LONG_LIST:
        return None
    begun = [
        identifier
        for identifier, known in names.items()
        if any(name.startswith(word) for name in known)
    ]
    return begun[0] if len(begun) == 1 else None


def _names(option: Option) -> tuple[str, ...]:
    shown_labels = (option.label, _(option.label))
    words = (option.id, *shown_labels, *_CHOICE_WORDS.get(option.id, ()))
    return tuple(folded(word).casefold() for word in words)


def choices_hint(options: tuple[Option, ...]) -> str:
    """A sentence that names what may be chosen."""
    return _("Use {names}.").format(names=listed(tuple(option.id for option in options)))


def _yes_no(spec: FieldSpec, text: str) -> Any:
    word = text.casefold()
    if word in _YES or word == _("yes").casefold():
        return True
    if word in _NO or word == _("no").casefold():
        return False
    raise NotReadError(
        _("{written} is neither yes nor no").format(written=shown(text)), _("Write yes or no.")
    )


def _choice(spec: FieldSpec, text: str) -> Any:
    return _chosen(spec.choices, text)


def _chosen(options: tuple[Option, ...], text: str) -> str:
    if not options:
        return text
    found = choice_named(options, text)
    if found is None:
        raise NotReadError(
            _("{written} is not one choice").format(written=shown(text)), choices_hint(options)
        )
    return found


def _serology(spec: FieldSpec, text: str) -> Any:
    titre = _TITRE.search(text)
    rest = text if titre is None else f"{text[: titre.start()]},{text[titre.end() :]}"
    parts = [part.strip() for part in re.split("[,;]", rest) if part.strip()]
    if not parts or len(parts) > 2:
        raise NotReadError(
            _("{written} is not a result").format(written=shown(text)),
            _("Write, for example, positive, 1:320, cell-based."),
        )
    raw: dict[str, Any] = {"value": _chosen(spec.choices, parts[0])}
    if titre is not None:
        raw["titre"] = f"{titre[1] or ''}1:{titre[2]}"
    if parts[1:]:
        raw["assay"] = _chosen(spec.assays, parts[1])
    return raw


def _several(spec: FieldSpec, text: str) -> Any:
    parts = _several_parts(spec, text)
    complete = bool(parts) and parts[-1].casefold() == COMPLETE
    chosen = [_chosen(spec.choices, part) for part in (parts[:-1] if complete else parts)]
    return {"value": chosen, "complete": complete}


def _several_parts(spec: FieldSpec, text: str) -> list[str]:
    # Some labels hold a comma ("Optic nerve, right"): a semicolon, or a whole label, comes first.
    if ";" in text or (spec.choices and choice_named(spec.choices, text)):
        return [part.strip() for part in text.split(";") if part.strip()]
    return [part.strip() for part in text.split(",") if part.strip()]


def _whole(spec: FieldSpec, text: str) -> Any:
    comparator, number, unit = _measured(text, comma_is_decimal=False)
    if comparator or "." in number:
        raise NotReadError(
            _("{written} is not a whole number").format(written=shown(text)),
            _("Write digits only."),
        )
    return {"value": int(number), **_unit_part(spec, unit)}


def _score(spec: FieldSpec, text: str) -> Any:
    comparator, number, unit = _measured(text, comma_is_decimal=True)
    if comparator or unit:
        raise NotReadError(
            _("{written} is not a step of a scale").format(written=shown(text)),
            _("Write the number alone."),
        )
    return {"value": Decimal(number)}


def _quantity(spec: FieldSpec, text: str) -> Any:
    comparator, number, unit = _measured(text, comma_is_decimal=False)
    raw = {"value": Decimal(number), **_unit_part(spec, unit)}
    return {**raw, "comparator": comparator} if comparator else raw


def _measured(text: str, *, comma_is_decimal: bool) -> tuple[str, str, str]:
    comma = _COMMA.fullmatch(text)
    if comma and len(comma[2]) <= 2:
        if comma_is_decimal:
            text = text.replace(",", ".", 1)
        else:
            raise NotReadError(
                _("{written} has a comma").format(written=shown(text)), f"{comma[1]}.{comma[2]}?"
            )
    elif comma:
        raise NotReadError(
            _("{written} has a comma").format(written=shown(text)),
            _("Write 1200 or 1.2, without a comma."),
        )
    found = _MEASURED.fullmatch(text)
    if found is None:
        raise NotReadError(
            _("{written} is not a number").format(written=shown(text)),
            _("Write digits, for example 6.5."),
        )
    return found[1] or "", found[2], found[3].strip()


def _unit_part(spec: FieldSpec, written: str) -> dict[str, str]:
    if not written:
        return {}
    return {"unit": unit_named(spec, written) or written}


def _titre(spec: FieldSpec, text: str) -> Any:
    found = _TITRE.fullmatch(text)
    if found is None:
        raise NotReadError(
            _("{written} is not a titre").format(written=shown(text)),
            _("Write, for example, 1:320 or >1:1280."),
        )
    return f"{found[1] or ''}1:{found[2]}"


def _date(spec: FieldSpec, text: str) -> Any:
    try:
        return str(read_date(text))
    except ValueError as error:
        what, _semicolon, hint = str(error).partition("; ")
        raise NotReadError(
            what.replace(f"`{text}`", shown(text)), f"{hint.capitalize()}."
        ) from error


def _text(spec: FieldSpec, text: str) -> Any:
    return text


_READERS = {
    "yes_no": _yes_no,
    "choice": _choice,
    "serology": _serology,
    "several": _several,
    "whole": _whole,
    "score": _score,
    "quantity": _quantity,
    "titre": _titre,
    "date": _date,
    "text": _text,
}
