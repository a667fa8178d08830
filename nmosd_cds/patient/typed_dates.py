"""Dates as people type them: every day, month or year that a text can mean.

Nothing is chosen here. `03/04/2024` has two readings and both are returned; `3 months ago` is a
month, not a day, because no more was said. Two digits are a year of the last hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from nmosd_cds.patient.dates import PartialDate, month_named, read_date
from nmosd_cds.patient.plain import YEARS
from nmosd_cds.patient.wording import folded

# Longer texts are not dates, and are not searched for one.
_LONGEST = 40
_TIME = re.compile(r"(?<=\d)[t ]\s*\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*(z|am|pm)?$", re.ASCII)
_LETTERS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s./-]*)?([a-z]{3,9})\.?(['\s,./-]*)(\d{4}|\d{2})", re.ASCII
)
_LETTERS_FIRST = re.compile(
    r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*[\s,]\s*(\d{4})", re.ASCII
)
_CHINESE = re.compile(r"(\d{4}|\d{2})\s*年(?:\s*(\d{1,2})\s*月(?:份|\s*(\d{1,2})\s*[日号]?)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\s-](\d{1,2})(?:[/.\s-](\d{1,2}))?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\s-](\d{4})", re.ASCII)
_THREE = re.compile(r"(\d{1,2})([/.\s-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DIGITS = re.compile(r"\d{8}|\d{6}", re.ASCII)
_AGO = re.compile(r"(\d{1,3}|[a-z]+)\s*(day|week|month|year)s?\s*(?:ago|before)", re.ASCII)
_AGO_CHINESE = re.compile(
    r"(\d{1,3}|[一二两三四五六七八九十])\s*(天|日|周|星期|个月|月|年)(?:以)?前"
)
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            "one a an 一",
            "two 二 两",
            "three 三",
            "four 四",
            "five 五",
            "six 六",
            "seven 七",
            "eight 八",
            "nine 九",
            "ten 十",
            "eleven",
            "twelve",
        ),
        start=1,
    )
    for word in words.split()
}
_SPANS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "个月": "month",
    "月": "month",
    "年": "year",
}
_DAYS_BACK = {
    "today": 0,
    "now": 0,
    "今天": 0,
    "今日": 0,
    "本日": 0,
    "yesterday": 1,
    "昨天": 1,
    "昨日": 1,
    "前天": 2,
    "前日": 2,
}
_MONTHS_BACK = {"this month": 0, "本月": 0, "这个月": 0, "last month": 1, "上月": 1, "上个月": 1}
_YEARS_BACK = {"this year": 0, "今年": 0, "本年": 0, "last year": 1, "去年": 1, "前年": 2}


def days_of(text: str, on: date) -> tuple[PartialDate, ...]:
    """Every date a text can mean, the likelier first.

    Args:
        text: As it was typed or pasted.
        on: The day that "today" and years of two digits are counted from.

    Returns:
        One date where the text leaves no choice, several where a person must choose, none where
        it is not a date. Day and month keep the precision that was said.
    """
    plain = folded(text).casefold()
    if not plain or len(plain) > _LONGEST:
        return ()
    plain = _TIME.sub("", plain).strip(" .,")
    try:
        return _possible([read_date(plain)])
    except ValueError:
        return _possible(_readings(plain, on))


def _possible(found: Iterable[PartialDate | None]) -> tuple[PartialDate, ...]:
    kept = (one for one in found if one is not None and YEARS[0] <= one.year <= YEARS[1])
    return tuple(dict.fromkeys(kept))


def _readings(plain: str, on: date) -> Iterator[PartialDate | None]:
    for read in (_said, _ago, _chinese, _letters, _numbers, _run_of_digits):
        found = list(read(plain, on))
        if found:
            yield from found
            return


def _said(plain: str, on: date) -> Iterator[PartialDate | None]:
    if plain in _DAYS_BACK:
        yield _day(on - timedelta(days=_DAYS_BACK[plain]))
    if plain in _MONTHS_BACK:
        yield _months_before(on, _MONTHS_BACK[plain])
    if plain in _YEARS_BACK:
        yield PartialDate(on.year - _YEARS_BACK[plain])


def _ago(plain: str, on: date) -> Iterator[PartialDate | None]:
    found = _AGO.fullmatch(plain) or _AGO_CHINESE.fullmatch(plain)
    if found is None:
        return
    count = int(found[1]) if found[1].isdigit() else _COUNTS.get(found[1], 0)
    span = _SPANS.get(found[2], found[2])
    if not count:
        return
    if span == "year":
        yield PartialDate(on.year - count)
    elif span == "month":
        yield _months_before(on, count)
    elif span == "day":
        yield _day(on - timedelta(days=count))
    else:
        # "Three weeks ago" may be meant to the day or not.
        day = on - timedelta(weeks=count)
        yield _day(day)
        yield PartialDate(day.year, day.month)


def _chinese(plain: str, on: date) -> Iterator[PartialDate | None]:
    found = _CHINESE.fullmatch(plain)
    if found is not None:
        yield _made(_year(found[1], on), found[2], found[3])


def _letters(plain: str, on: date) -> Iterator[PartialDate | None]:
    first = _LETTERS_FIRST.fullmatch(plain)
    if first is not None:
        yield _named(first[1], first[3], first[2])
        return
    found = _LETTERS.fullmatch(plain)
    if found is None:
        return
    day, word, between, year = found.groups()
    yield _named(word, str(_year(year, on)), day)
    if day is None and len(year) == 2 and between.isspace():
        # "Mar 24" is also how a day of March is written.
        this, last = (_named(word, str(on.year - back), year) for back in (0, 1))
        yield this if this is not None and this.first <= on else last


def _numbers(plain: str, on: date) -> Iterator[PartialDate | None]:
    year_first = _YEAR_FIRST.fullmatch(plain)
    if year_first is not None:
        yield _made(int(year_first[1]), year_first[2], year_first[3])
        return
    month_year = _MONTH_YEAR.fullmatch(plain)
    if month_year is not None:
        yield _made(int(month_year[2]), month_year[1], None)
        return
    three = _THREE.fullmatch(plain)
    if three is not None:
        one, _sign, two, last = three.groups()
        year = _year(last, on)
        yield _made(year, two, one)
        yield _made(year, one, two)
        if len(last) == 2:
            yield _made(_year(one.zfill(2), on), two, last)


def _run_of_digits(plain: str, on: date) -> Iterator[PartialDate | None]:
    if not _DIGITS.fullmatch(plain):
        return
    first, second, third = plain[:2], plain[2:4], plain[4:]
    if len(plain) == 8:
        yield _made(int(plain[:4]), plain[4:6], plain[6:])
        yield _made(int(third), second, first)
        yield _made(int(third), first, second)
        return
    yield _made(int(plain[:4]), plain[4:], None)
    yield _made(_year(first, on), second, third)
    yield _made(_year(third, on), second, first)
    yield _made(_year(third, on), first, second)


def _named(word: str, year: str, day: str | None) -> PartialDate | None:
    month = month_named(word)
    return None if month is None else _made(int(year), str(month), day)


def _made(year: int, month: str | None, day: str | None) -> PartialDate | None:
    made = PartialDate(year, int(month) if month else None, int(day) if day else None)
    try:
        made.first, made.last  # noqa: B018 - both raise when the day does not exist
    except ValueError:
        return None
    return made


def _year(digits: str, on: date) -> int:
    """Two digits are the one year of the last hundred that ends in them."""
    if len(digits) == 4:
        return int(digits)
    year = on.year - on.year % 100 + int(digits)
    return year if year <= on.year else year - 100


def _day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def _months_before(on: date, months: int) -> PartialDate:
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return PartialDate(years, month + 1)
