"""Texts and dates in the reader's language; no Qt, and Babel only once a catalogue is read.

English is the source. A text without a translation, or with a fuzzy one, is shown in English.
How words are put together in each language is said in `joining`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nmosd_cds import paths

if TYPE_CHECKING:
    from datetime import date

ENGLISH = "en"
# What the header of a catalogue says as long as no clinician has read it.
NOBODY = "none"

# Each in its own words, so that whoever cannot read the others finds it.
_OWN_NAMES = {ENGLISH: "English", "zh": "简体中文"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_OF = {f"{number:02d}": word for number, word in enumerate(_MONTHS, start=1)}
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class _Shown:
    """The language of the program; a holder, so that functions imported by name follow a change."""

    code: str = ENGLISH
    texts: gettext.NullTranslations = gettext.NullTranslations()
    reviewed_by: str = NOBODY


class _Language(NamedTuple):
    code: str
    texts: gettext.NullTranslations
    reviewed_by: str = NOBODY


# The language of one piece of work, such as a report; None: that of the program.
_here: ContextVar[_Language | None] = ContextVar("language", default=None)


def _in_use() -> type[_Shown] | _Language:
    return _here.get() or _Shown


def _(text: str) -> str:
    """A text in the language in use.

    Args:
        text: The English text, exactly as it is written in the source or the knowledge files.

    Returns:
        The translation; the English text if there is none.
    """
    # gettext keeps the catalogue's header under the empty text.
    return (_here.get() or _Shown).texts.gettext(text) if text else text


def N_(text: str) -> str:  # noqa: N802 - the name every gettext tool knows
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """A text that depends on a number, in the language in use.

    Args:
        singular: English text for one.
        plural: English text for any other number.
        count: The number; it is not put into the text.

    Returns:
        The fitting form; English if there is no translation.
    """
    return _in_use().texts.ngettext(singular, plural, count)


def use_language(code: str) -> str:
    """Choose the language of every text shown from now on.

    Args:
        code: A language such as `en`, `zh` or `zh_CN`; the part before `_` or `-` is tried too.

    Returns:
        The language now in use: `en` if there is no catalogue for the one asked for.
    """
    found = _found(code)
    _Shown.texts, _Shown.code, _Shown.reviewed_by = found.texts, found.code, found.reviewed_by
    return found.code


@contextmanager
def in_language(code: str) -> Iterator[str]:
    """Another language for one piece of work; every other thread keeps its own.

    Args:
        code: As for `use_language`.

    Yields:
        The language in use inside.
    """
    found = _found(code)
    before = _here.set(found)
    try:
        yield found.code
    finally:
        _here.reset(before)


def _found(code: str) -> _Language:
    for candidate in (code, re.split(r"[-_.]", code)[0]):
        if candidate in languages() and candidate != ENGLISH:
            # An English start reads no catalogue.
            from nmosd_cds.i18n.catalogue import reviewer_of, texts_of

            file = _po_file(candidate)
            return _Language(candidate, texts_of(file), reviewer_of(file) or NOBODY)
    return _Language(ENGLISH, gettext.NullTranslations())


def language() -> str:
    """The language in use, `en` at the start."""
    return (_here.get() or _Shown).code


def languages() -> tuple[str, ...]:
    """Every language that can be chosen, English first."""
    found = sorted(file.parent.name for file in paths.translations_folder().glob("*/messages.po"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def name_of(code: str) -> str:
    """What a language is called by those who speak it; its code if that is not known here."""
    return _OWN_NAMES.get(code, code)


def review_note() -> str:
    """That no clinician has read the translation in use; empty for English, and once one has."""
    in_use = _in_use()
    if in_use.code == ENGLISH or in_use.reviewed_by != NOBODY:
        return ""
    return _("No clinician has reviewed this translation; the English text decides.")


def format_date(day: date) -> str:
    """A day for a reader: `03-Oct-2026` in English, `2026-10-03` otherwise.

    The English month is a word because 03/10 is read differently on two sides of an ocean.
    """
    if language() != ENGLISH:
        return day.isoformat()
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def format_partial(text: str) -> str:
    """A date of which only the year or the month may be known, for a reader.

    Args:
        text: `2024`, `2024-03` or `2024-03-01`.

    Returns:
        `2024`, `Mar-2024` or `01-Mar-2024` in English, the text itself otherwise. Anything that is
        not such a date comes back unchanged: a display does not guess.
    """
    if language() != ENGLISH or (match := _PARTIAL.fullmatch(text)) is None:
        return text
    year, month, day = match.groups()
    word = _MONTH_OF.get(month)
    if word is None:
        return text
    return f"{word}-{year}" if day is None else f"{day}-{word}-{year}"


def _po_file(code: str) -> Path:
    return paths.translations_folder() / code / "messages.po"
