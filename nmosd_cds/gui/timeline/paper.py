"""Places on the timeline: days to pixels, boxes that may not overlap, text broken into lines.

No Qt, and nothing here knows what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from nmosd_cds.i18n import format_partial
from nmosd_cds.patient.dates import PartialDate

# A line may end after a blank, and before or after any Chinese character.
_TOKENS = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
# Years between two labels, the fewest that leave them apart.
_YEARS = (1, 2, 5, 10, 20, 50, 100)
_MONTHS = (1, 3, 6)
_DAY = timedelta(days=1)
_LEAST_DAYS, _MOST_DAYS = 60, 36_525
_MARGIN, _AHEAD = 0.02, 0.05


class Rect(NamedTuple):
    """A box in pixels; touching another is not overlapping it."""

    x: float
    y: float
    wide: float
    tall: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.wide

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.tall

    def meets(self, other: Rect) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def down(self, by: float) -> Rect:
        """The same box further down."""
        return self._replace(y=self.y + by)

    def around(self, by: float) -> Rect:
        """A larger box around it."""
        return Rect(self.x - by, self.y - by, self.wide + 2 * by, self.tall + 2 * by)


def hull(boxes: Iterable[Rect]) -> Rect:
    """The smallest box around some; at least one has to be given."""
    found = list(boxes)
    left, top = min(one.x for one in found), min(one.y for one in found)
    right, bottom = max(one.right for one in found), max(one.bottom for one in found)
    return Rect(left, top, right - left, bottom - top)


def is_free(box: Rect, taken: Iterable[Rect]) -> bool:
    """Whether a box overlaps none of some."""
    return not any(box.meets(one) for one in taken)


class Measure(Protocol):
    """How wide and tall text is in the face in use.

    Attributes:
        line: Height of one line.
        zoom: Pixels for each unit of the grid.
    """

    line: float
    zoom: float

    def wide(self, text: str, *, bold: bool = False) -> float:
        """Width of a text on one line."""
        ...


@dataclass(frozen=True)
class Words:
    """Text with its place, already broken into lines.

    Attributes:
        tone: Token of its colour.
    """

    box: Rect
    lines: tuple[str, ...]
    bold: bool = False
    tone: str = "text"
    is_right: bool = False

    def down(self, by: float) -> Words:
        """The same further down."""
        return Words(self.box.down(by), self.lines, self.bold, self.tone, self.is_right)


def wrapped(text: str, limit: float, measure: Measure, *, bold: bool = False) -> tuple[str, ...]:
    """Text broken into lines of at most a width; a longer word stands alone, whole."""
    lines: list[str] = []
    line = ""
    for token in _TOKENS.findall(text):
        longer = line + token
        if line.strip() and measure.wide(longer.rstrip(), bold=bold) > limit:
            lines.append(line.strip())
            line = token.lstrip()
        else:
            line = longer
    lines.append(line.strip())
    return tuple(one for one in lines if one) or ("",)


def words_at(
    text: str,
    x: float,
    y: float,
    measure: Measure,
    *,
    limit: float,
    bold: bool = False,
    tone: str = "text",
    is_right: bool = False,
) -> Words:
    """Words whose box begins at a corner, or ends there if they stand at the right."""
    lines = wrapped(text, limit, measure, bold=bold)
    wide = max(measure.wide(line, bold=bold) for line in lines)
    left = x - wide if is_right else x
    box = Rect(left, y, wide, measure.line * len(lines))
    return Words(box, lines, bold, tone, is_right)


@dataclass(frozen=True)
class Scale:
    """Days from left to right; a day takes from its beginning to its end.

    Attributes:
        first: Day at the left edge.
        last: Last day that is shown.
    """

    first: date
    last: date
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days are shown."""
        return (self.last - self.first).days + 1

    @property
    def per_day(self) -> float:
        """Pixels a day takes."""
        return (self.right - self.left) / self.days

    def x(self, day: date) -> float:
        """Where a day begins; outside the picture for a day that is not shown."""
        return self.left + (day - self.first).days * self.per_day

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return self.x(day) + self.per_day / 2

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self.x(day) + self.per_day

    def day_at(self, x: float) -> date:
        """The day under a place; of those that are shown."""
        days = int((x - self.left) / self.per_day)
        return self.first + timedelta(days=max(0, min(days, self.days - 1)))

    def shows(self, first: date, last: date) -> bool:
        """Whether some day of a span is shown."""
        return first <= self.last and last >= self.first

    def clipped(self, first: date, last: date) -> tuple[float, float]:
        """From where to where a span lies, as far as it is shown."""
        return max(self.x(first), self.left), min(self.end(last), self.right)


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its label; `is_year` at the turn of a year."""

    x: float
    label: str
    is_year: bool


def whole_range(days: Sequence[date], on: date) -> tuple[date, date]:
    """Everything from the first day to the last, today at the latest, and a little more."""
    first = min((*days, on - timedelta(days=365)))
    last = max((*days, on))
    span = (last - first).days
    return first - _share(span, _MARGIN), last + _share(span, _AHEAD)


def last_years(years: int, on: date) -> tuple[date, date]:
    """The last years before a day, and a little ahead."""
    span = round(years * 365.25)
    return on - timedelta(days=span), on + _share(span, _AHEAD)


def _share(days: int, share: float) -> timedelta:
    return timedelta(days=max(round(days * share), 1))


def zoomed(first: date, last: date, at: date, factor: float) -> tuple[date, date]:
    """A longer or shorter range around a day, which stays where it is.

    Args:
        factor: Above 1 shows more days, below 1 fewer.
    """
    days = (last - first).days + 1
    new = min(max(round(days * factor), _LEAST_DAYS), _MOST_DAYS)
    share = (at - first).days / days
    start = _within(at, -round(new * share))
    return start, _within(start, new - 1)


def moved(first: date, last: date, days: int) -> tuple[date, date]:
    """The same range earlier or later."""
    return _within(first, days), _within(last, days)


def _within(day: date, days: int) -> date:
    number = min(
        max(day.toordinal() + days, date(1800, 1, 1).toordinal()), date(2300, 1, 1).toordinal()
    )
    return date.fromordinal(number)


def ticks_of(scale: Scale, measure: Measure) -> tuple[Tick, ...]:
    """Years, or months where there is room for them, so that no two labels meet."""
    month = measure.wide(format_partial("2024-03")) + 12 * measure.zoom
    year = measure.wide("2024") + 12 * measure.zoom
    for step in _MONTHS:
        if scale.per_day * 28 * step >= month:
            return tuple(_month_ticks(scale, step))
    for step in _YEARS:
        if scale.per_day * 365 * step >= year:
            break
    starts = [date(y, 1, 1) for y in range(scale.first.year, scale.last.year + 1) if y % step == 0]
    shown = (one for one in starts if scale.first <= one <= scale.last)
    return tuple(Tick(scale.x(one), str(one.year), True) for one in shown)


def _month_ticks(scale: Scale, step: int) -> Iterable[Tick]:
    for year in range(scale.first.year, scale.last.year + 1):
        for month in range(1, 13, step):
            day = date(year, month, 1)
            if scale.first <= day <= scale.last:
                yield Tick(scale.x(day), format_partial(f"{day:%Y-%m}"), month == 1)


def coarse_date(day: date, per_day: float, least: float = 6) -> PartialDate:
    """A place on the picture as a date no more precise than the hand that pointed at it.

    Args:
        per_day: Pixels a day takes.
        least: Pixels something must take to be pointed at.
    """
    if per_day >= least:
        return PartialDate(day.year, day.month, day.day)
    if per_day * 30 >= least:
        return PartialDate(day.year, day.month)
    return PartialDate(day.year)


class Shelves:
    """Rows that fill from the first on; what overlaps sideways goes to the next."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self.rows: list[list[tuple[float, float]]] = []

    def put(self, left: float, right: float) -> int:
        """The first row with room from left to right."""
        for at, row in enumerate(self.rows):
            if all(right + self._gap <= a or left >= b + self._gap for a, b in row):
                row.append((left, right))
                return at
        self.rows.append([(left, right)])
        return len(self.rows) - 1
