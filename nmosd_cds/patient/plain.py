"""One plain value at a time: text, number, date, titre, choice; refused with what is allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nmosd_cds.errors import Problem, nearest
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of
from nmosd_cds.patient import wording
from nmosd_cds.patient.dates import EXAMPLES, PartialDate, read_date
from nmosd_cds.patient.field import Option
from nmosd_cds.patient.wording import shown

MAXIMUM_TEXT = 2000
LONGEST_NAME = 60
MOST_TOLD = 20

# 15 digits pass through a double unchanged, so the canonical form of a case loses nothing.
MAXIMUM_DIGITS = 15

YEARS = (1900, 2100)

_ISO_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)

_TITRE = re.compile(r"(<=|>=|<|>)?\s*(1:[1-9]\d{0,7})", re.ASCII)

_FREE_ID = re.compile(r"(?=.{1,80}$)[A-Za-z0-9][A-Za-z0-9./()_-]*( [A-Za-z0-9./()_-]+)*", re.ASCII)

_FIELD = re.compile(r"\w{1,60}", re.ASCII)

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")

_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass
class Reading:
    """Where a reading stands, and what was wrong in it.

    Attributes:
        where: Path of the field, for messages.
        problems: Every problem found so far.
    """

    where: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, what: str, hint: str = "") -> None:
        """Add a problem."""
        self.problems.append(Problem(self.where, what, hint))


def near(name: Any, allowed: tuple[str, ...]) -> str | None:
    """The allowed name most like what was written; None if it is long or like none of them."""
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        return None
    return nearest(name, allowed)


def unknown_keys(raw: Mapping[str, Any], allowed: tuple[str, ...], where: str) -> list[Problem]:
    """A problem for every key that means nothing, with the nearest that does."""
    unknown = [key for key in raw if key not in allowed]
    found = []
    for key in unknown[:MOST_TOLD]:
        meant = near(key, allowed)
        hint = _("Did you mean `{name}`?").format(name=meant) if meant else ""
        place = ".".join(filter(None, (where, key))) if _FIELD.fullmatch(key) else where
        found.append(
            Problem(place, _("{written} is not a field here").format(written=shown(key)), hint)
        )
    if len(unknown) > MOST_TOLD:
        found.append(
            Problem(
                where, _("has {count} more unknown fields").format(count=len(unknown) - MOST_TOLD)
            )
        )
    return found


def clean_text(
    raw: Any, where: str, *, is_identifier: bool = False
) -> tuple[str | None, list[Problem]]:
    """Text of one line without hidden signs, NFC; and every problem found."""
    reading = Reading(where)
    return read_text(raw, reading, is_identifier=is_identifier), reading.problems


def clean_date(raw: Any, where: str) -> tuple[PartialDate | None, list[Problem]]:
    """A partial date in ISO form; and every problem found."""
    reading = Reading(where)
    return read_partial_date(raw, reading), reading.problems


def clean_number(raw: Any, where: str) -> tuple[Decimal | None, list[Problem]]:
    """A finite number; and every problem found."""
    reading = Reading(where)
    return read_number(raw, reading), reading.problems


def number_text(number: Decimal) -> str:
    """A number in digits, with the precision it was reported with."""
    return format(number, "f")


def is_unknown(raw: Any) -> bool:
    """Whether plain data says "not known"."""
    return raw is None or (isinstance(raw, str) and raw.strip().casefold() == "unknown")


def read_choice(options: tuple[Option, ...], raw: Any, reading: Reading) -> str | None:
    """One of the options by id, or a free id where there are no options; None when refused."""
    if not options:
        return _free_id(raw, reading)
    ids = tuple(option.id for option in options)
    if isinstance(raw, str) and raw in ids:
        return raw
    hint = wording.choices_hint(options)
    meant = near(raw, ids)
    if meant:
        hint = run_of([_("Did you mean `{name}`?").format(name=meant), hint])
    reading.refuse(_("{written} is not a choice").format(written=shown(raw)), hint)
    return None


def _free_id(raw: Any, reading: Reading) -> str | None:
    reserved = (wording.COMPLETE, *wording.STATE_WORDS, *wording.NOT_KNOWN)
    if not isinstance(raw, str) or not _FREE_ID.fullmatch(raw) or raw.casefold() in reserved:
        reading.refuse(
            _("{written} is not a name or number").format(written=shown(raw)),
            _("Use letters, digits and - . / ( )."),
        )
        return None
    return raw


def read_optional_date(shape: Mapping[str, Any], key: str, reading: Reading) -> PartialDate | None:
    """A partial date under a key that may be absent; None when absent or refused."""
    return None if is_unknown(shape.get(key)) else read_partial_date(shape[key], reading)


def read_partial_date(raw: Any, reading: Reading) -> PartialDate | None:
    """A partial date in ISO form, 1900 to 2100; None when refused."""
    if not isinstance(raw, str) or not _ISO_DATE.fullmatch(raw.strip()):
        reading.refuse(
            _("{written} is not a date").format(written=shown(raw)),
            _("Write {examples}.").format(examples=EXAMPLES),
        )
        return None
    try:
        found = read_date(raw)
    except ValueError:
        reading.refuse(
            _("{written} is not a day that exists").format(written=shown(raw)),
            _("Write {examples}.").format(examples=EXAMPLES),
        )
        return None
    if not YEARS[0] <= found.year <= YEARS[1]:
        reading.refuse(
            _("{written} is not a year of a life").format(written=shown(raw)),
            _("{first} to {last}.").format(first=YEARS[0], last=YEARS[1]),
        )
        return None
    return found


def read_titre(raw: Any, reading: Reading) -> tuple[str | None, str | None]:
    """A titre such as `1:320` and its comparator; None twice when refused."""
    found = _TITRE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        reading.refuse(
            _("{written} is not a titre").format(written=shown(raw)),
            _("Write, for example, 1:320 or >1:1280."),
        )
        return None, None
    return found[2], found[1]


def read_text(raw: Any, reading: Reading, *, is_identifier: bool = False) -> str | None:
    """Text of one line, NFC, without hidden signs; None when refused."""
    if not isinstance(raw, str):
        reading.refuse(_("{written} is not text").format(written=shown(raw)), _('Write "...".'))
        return None
    if len(raw) > 2 * MAXIMUM_TEXT:
        reading.refuse(_("is too long"), _("At most {most} characters.").format(most=MAXIMUM_TEXT))
        return None
    text = unicodedata.normalize("NFC", raw).strip()
    if not text:
        reading.refuse(_("is empty"), _("Leave it out if it is not known."))
        return None
    if len(text) > MAXIMUM_TEXT:
        reading.refuse(_("is too long"), _("At most {most} characters.").format(most=MAXIMUM_TEXT))
        return None
    refused = _refused_sign(text, is_identifier)
    if refused is not None:
        reading.refuse(
            _("holds the sign {refused}, which cannot be seen").format(refused=refused),
            _("Write on one line."),
        )
        return None
    return text


def _refused_sign(text: str, is_identifier: bool) -> str | None:
    for sign in text:
        hidden = sign in _BIDI or unicodedata.category(sign) in _CONTROLS
        if hidden or (is_identifier and sign in _ZERO_WIDTH):
            return f"U+{ord(sign):04X}"
    return None


def read_number(raw: Any, reading: Reading) -> Decimal | None:
    """A finite number of at most 15 digits; None when refused."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | float):
        hint = _("Write it without quotes.") if isinstance(raw, str) else ""
        reading.refuse(_("{written} is not a number").format(written=shown(raw)), hint)
        return None
    number = Decimal(repr(raw)) if isinstance(raw, float) else _decimal(raw)
    if not number.is_finite():
        reading.refuse(_("is not a finite number"))
        return None
    _sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > MAXIMUM_DIGITS or not -MAXIMUM_DIGITS <= exponent <= MAXIMUM_DIGITS:
        reading.refuse(
            _("has more digits than any measurement"),
            _("At most {most}.").format(most=MAXIMUM_DIGITS),
        )
        return None
    return number + 0  # -0 is 0


def _decimal(raw: int | Decimal) -> Decimal:
    if isinstance(raw, int) and abs(raw) >= 10**MAXIMUM_DIGITS:
        return Decimal(10) ** (MAXIMUM_DIGITS + 1)
    return Decimal(raw)


def at(where: str, key: str) -> str:
    """The path of a key inside a group; the key itself at the top."""
    return f"{where}.{key}" if where else key


def text_or_none(
    data: Mapping[str, Any], key: str, where: str, problems: list[Problem]
) -> str | None:
    """The text of an identifier under a key; None when absent or refused."""
    if data.get(key) is None:
        return None
    text, found = clean_text(data[key], at(where, key), is_identifier=True)
    problems += found
    return text


def truth_or_false(data: Mapping[str, Any], key: str, where: str, problems: list[Problem]) -> bool:
    """The truth under a key; false when absent or refused."""
    value = data.get(key, False)
    if not isinstance(value, bool):
        problems.append(
            Problem(
                at(where, key),
                _("{written} is neither true nor false").format(written=shown(value)),
            )
        )
    return value is True


def day_or_none(
    data: Mapping[str, Any], key: str, where: str, problems: list[Problem]
) -> date | None:
    """The whole day under a key; None when absent or refused."""
    if data.get(key) is None:
        return None
    found_date, found = clean_date(data[key], at(where, key))
    if found_date is not None and not found_date.is_day:
        found = [
            Problem(at(where, key), _("needs the day too"), _("Write, for example, 2024-03-01."))
        ]
    problems += found
    return None if found_date is None or found else found_date.first
