"""Partial dates: `2024`, `2024-03` and `2024-03-01` keep their precision and are spans of days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# As a Chinese reader writes it, and as it is shown in Chinese.
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})[\s.-]+)?([A-Za-z]{3,9})\.?[\s,-]+(\d{4})", re.ASCII)
# Written out: `calendar.month_name` follows the computer's locale.
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EXAMPLES = "2024, 2024-03 or 2024-03-01"


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12, or None when only the year is known.
        day: Day of the month, or None when it is not known.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.day is not None

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last) < (other.first, other.last)

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def read_date(text: str) -> PartialDate:
    """Read an ISO partial date, one with the month in letters such as `Mar 2024`, or `2024年3月`.

    Raises:
        ValueError: not a date, or a day that does not exist; the message says what is allowed.
    """
    cleaned = text.strip()
    iso = _ISO.fullmatch(cleaned) or _CHINESE.fullmatch(cleaned)
    if iso:
        year, month, day = (int(part) if part else None for part in iso.groups())
        return _checked(cleaned, year, month, day)
    words = _WORDS.fullmatch(cleaned)
    month = month_named(words.group(2)) if words else None
    if words and month:
        day = int(words.group(1)) if words.group(1) else None
        return _checked(cleaned, int(words.group(3)), month, day)
    raise ValueError(f"`{text}` is not a date; write {EXAMPLES}")


def month_named(word: str) -> int | None:
    """The month an English name or its beginning means, 1 to 12; None if none or several."""
    found = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower())]
    return found[0] if len(found) == 1 else None


def _checked(text: str, year: int | None, month: int | None, day: int | None) -> PartialDate:
    found = PartialDate(year or 0, month, day)
    try:
        found.first, found.last  # noqa: B018 - both raise when the day does not exist
    except ValueError as error:
        raise ValueError(f"`{text}` is not a day that exists; write {EXAMPLES}") from error
    return found


def day_of(day: date) -> PartialDate:
    """The partial date of a known day."""
    return PartialDate(day.year, day.month, day.day)
