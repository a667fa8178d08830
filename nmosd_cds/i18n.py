"""Texts and dates in the reader's language; no Qt, and Babel only once a catalogue is read.

English is the source. A text without a translation, or with a fuzzy one, is shown in English.
"""

import gettext
import io
import re
from datetime import date
from pathlib import Path

from nmosd_cds import paths

ENGLISH = "en"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class _Shown:
    """The one language in use; a holder, so that functions imported by name follow a change."""

    code: str = ENGLISH
    texts: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """A text in the language in use.

    Args:
        text: The English text, exactly as it is written in the source or the knowledge files.

    Returns:
        The translation; the English text if there is none.
    """
    # gettext keeps the catalogue's header under the empty text.
    return _Shown.texts.gettext(text) if text else text


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
    return _Shown.texts.ngettext(singular, plural, count)


def use_language(code: str) -> str:
    """Choose the language of every text shown from now on.

    Args:
        code: A language such as `en`, `zh` or `zh_CN`; the part before `_` or `-` is tried too.

    Returns:
        The language now in use: `en` if there is no catalogue for the one asked for.
    """
    for candidate in (code, re.split(r"[-_.]", code)[0]):
        if candidate in languages() and candidate != ENGLISH:
            _Shown.texts = _catalogue(_po_file(candidate))
            _Shown.code = candidate
            return candidate
    _Shown.texts = gettext.NullTranslations()
    _Shown.code = ENGLISH
    return ENGLISH


def language() -> str:
    """The language in use, `en` at the start."""
    return _Shown.code


def languages() -> tuple[str, ...]:
    """Every language that can be chosen, English first."""
    found = sorted(file.parent.name for file in paths.translations_folder().glob("*/messages.po"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def format_date(day: date) -> str:
    """A day for a reader: `03-Oct-2026` in English, `2026-10-03` otherwise.

    The English month is a word because 03/10 is read differently on two sides of an ocean.
    """
    if _Shown.code != ENGLISH:
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
    match = _PARTIAL.fullmatch(text)
    if match is None or _Shown.code != ENGLISH:
        return text
    year, month, day = match.groups()
    if month is None:
        return text
    if not 1 <= int(month) <= len(_MONTHS):
        return text
    word = _MONTHS[int(month) - 1]
    return f"{word}-{year}" if day is None else f"{day}-{word}-{year}"


def _po_file(code: str) -> Path:
    return paths.translations_folder() / code / "messages.po"


def _catalogue(file: Path) -> gettext.GNUTranslations:
    # Babel is needed for this one step only; an English start never pays for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=file.parent.name))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
