"""EDSS and vision: a dot at each measurement, steps between, dashes to today. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nmosd_cds.gui.draft import STATES, all_specs, row_specs
from nmosd_cds.gui.timeline.events import (
    SCORES,
    SIGHT,
    Freshness,
    History,
    Level,
    Mark,
    value_of,
)
from nmosd_cds.gui.timeline.paper import Measure, Rect, Scale, Words, hull, is_free, words_at
from nmosd_cds.gui.timeline.words import date_words, empty_words, freshness_words
from nmosd_cds.i18n import _
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.patient.plain import number_text

_TALL, _PAD, DOT = 86, 9, 8
_SCORE_TICKS = ("10", "6.5", "4", "0")
_NOTE = 280


@dataclass(frozen=True)
class Dot:
    """One measurement.

    Attributes:
        eye: `right`, `left`, or empty for the EDSS.
        bracket: The days it may be of, where the day is not known.
        limit: From where to where it may lie, for a reported limit.
        state: `known`, or why there is no number.
    """

    mark: Mark
    eye: str
    x: float
    y: float
    bracket: tuple[float, float] | None
    limit: tuple[float, float] | None
    state: str

    @property
    def box(self) -> Rect:
        """The dot with its bracket."""
        half = DOT / 2 + 2
        left, right = self.bracket or (self.x, self.x)
        top, bottom = self.limit or (self.y, self.y)
        return Rect(left - half, top - half, right - left + 2 * half, bottom - top + 2 * half)


@dataclass(frozen=True)
class Step:
    """A line between two places; `how` is `known`, `unsure` or `since`."""

    x0: float
    y0: float
    x1: float
    y1: float
    eye: str
    how: str


@dataclass(frozen=True)
class SeriesPanel:
    """One panel with a scale at the left."""

    field: str
    top: float
    bottom: float
    title: Words
    under: Words
    ticks: tuple[tuple[float, Words], ...]
    dots: tuple[Dot, ...]
    steps: tuple[Step, ...]
    words: tuple[Words, ...]
    worst: tuple[Dot, ...] = ()
    is_stale: bool = False

    @property
    def boxes(self) -> dict[tuple[str, int], Rect]:
        """Where each row can be pointed at; 24 pixels at least."""
        rows: dict[tuple[str, int], list[Rect]] = {}
        for dot in self.dots:
            rows.setdefault((self.field, dot.mark.row), []).append(dot.box)
        return {key: hull(found) for key, found in rows.items()}


@dataclass(frozen=True)
class _Reading:
    """One number of one row, before it has a place."""

    mark: Mark
    eye: str
    when: PartialDate
    level: Level | None
    state: str


Height = Callable[[Decimal], float]


def place_scores(history: History, scale: Scale, measure: Measure, top: float) -> SeriesPanel:
    """The EDSS, 0 at the foot."""
    u = measure.zoom
    tall = _TALL * u

    def height(value: Decimal) -> float:
        return top + tall - _PAD * u - float(value) / 10 * (tall - 2 * _PAD * u)

    readings = [
        _Reading(one, "", one.when, _exactly(one.value), _state(one, "value"))
        for one in history.scores
        if one.when is not None
    ]
    worst = [
        _Reading(one, "", one.when, _exactly(value_of(one.answers, "nadir_edss")), "known")
        for one in history.attacks
        if one.when is not None and value_of(one.answers, "nadir_edss") is not None
    ]
    ticks = [(height(Decimal(one)), one) for one in _SCORE_TICKS]
    return _panel(
        SCORES, _("EDSS"), _("0 to 10"), history, scale, measure, top,
        readings=readings, worst=worst, ticks=ticks, height=height, fresh=history.scores_state,
    )  # fmt: skip


def place_sight(history: History, scale: Scale, measure: Measure, top: float) -> SeriesPanel:
    """Visual acuity in logMAR, the best at the top."""
    u = measure.zoom
    tall = _TALL * u
    levels = [level for one in history.sight for level in (one.right, one.left) if level]
    worst_value = max([Decimal(1), *(end for one in levels for end in (one.high,) if end)])
    best = min([Decimal(0), *(end for one in levels for end in (one.low,) if end is not None)])

    def height(value: Decimal) -> float:
        share = float((value - best) / (worst_value - best))
        return top + _PAD * u + share * (tall - 2 * _PAD * u)

    readings = [
        _Reading(one, eye, one.when, level, _state(one, eye))
        for one in history.sight
        if one.when is not None
        for eye, level in (("right", one.right), ("left", one.left))
        if level is not None or _state(one, eye) not in ("known", "not-known")
    ]
    step = Decimal("0.5") if worst_value <= 1 else Decimal(1)
    values = [step * n for n in range(int(worst_value / step) + 1)]
    ticks = [(height(one), number_text(one.quantize(Decimal("0.1")))) for one in values]
    return _panel(
        SIGHT, _("Vision"), _("logMAR, 0 is best"), history, scale, measure, top,
        readings=readings, worst=[], ticks=ticks, height=height, fresh=history.sight_state,
    )  # fmt: skip


def _exactly(value: Decimal | None) -> Level | None:
    return None if value is None else Level(value, value)


def _state(mark: Mark, name: str) -> str:
    answer = mark.answers.get(name)
    return "not-known" if answer is None else answer.state


def _panel(
    name: str,
    title: str,
    under: str,
    history: History,
    scale: Scale,
    measure: Measure,
    top: float,
    *,
    readings: Sequence[_Reading],
    worst: Sequence[_Reading],
    ticks: Sequence[tuple[float, str]],
    height: Height,
    fresh: Freshness,
) -> SeriesPanel:
    u = measure.zoom
    bottom = top + _TALL * u
    column = scale.left - 44 * u
    head = words_at(title, 16 * u, top + 2 * u, measure, limit=column, bold=True)
    below = words_at(under, 16 * u, head.box.bottom, measure, limit=column, tone="text2")
    labels = tuple(
        (
            y,
            words_at(
                label, scale.left - 8 * u, y - measure.line / 2, measure, limit=scale.left,
                tone="text2", is_right=True,
            ),
        )
        for y, label in ticks
    )  # fmt: skip
    dots = [_dot(one, scale, height, bottom - _PAD * u) for one in readings]
    shown = [dot for one, dot in zip(readings, dots, strict=True) if _is_shown(one, scale)]
    low = [_dot(one, scale, height, bottom) for one in worst if _is_shown(one, scale)]
    steps = [
        step
        for eye in ("", "right", "left")
        for step in _steps(readings, eye, history, scale, height)
    ]
    span = (top, bottom)
    words, end = _nothing(name, history, scale, measure, span), bottom
    if readings:
        today = min(scale.end(history.on), scale.right)
        wishes = [*_newest(readings, fresh, height, today), *_numbers(readings, shown)]
        taken = [dot.box for dot in (*shown, *low)]
        if scale.shows(history.on, history.on):
            taken.append(Rect(today - 2, top, 4, _TALL * u))
        words, end = _words(taken, wishes, scale, measure, span)
    return SeriesPanel(
        name, top, end, head, below, labels, tuple(shown), tuple(steps), tuple(words),
        tuple(low), fresh.state in ("stale", "provisional", "unsure"),
    )  # fmt: skip


def _is_shown(reading: _Reading, scale: Scale) -> bool:
    return scale.shows(reading.when.first, reading.when.last)


def _dot(reading: _Reading, scale: Scale, height: Height, foot: float) -> Dot:
    when = reading.when
    bracket = None
    x = scale.middle(when.first)
    if not when.is_day:
        bracket = scale.clipped(when.first, when.last)
        x = sum(bracket) / 2
    level = reading.level
    if level is None:
        return Dot(reading.mark, reading.eye, x, foot, bracket, None, reading.state)
    if level.shown is not None:
        return Dot(reading.mark, reading.eye, x, height(level.shown), bracket, None, "known")
    ends = [height(end) for end in (level.low, level.high) if end is not None]
    return Dot(reading.mark, reading.eye, x, ends[0], bracket, (min(ends), max(ends)), "known")


def _steps(
    readings: Sequence[_Reading], eye: str, history: History, scale: Scale, height: Height
) -> Iterator[Step]:
    """Level from one measurement to the next; unsure where its day or its number is."""
    mine = [one for one in readings if one.eye == eye and one.level is not None]
    for one, after in zip(mine, mine[1:], strict=False):
        y, next_y = _level_at(one, height), _level_at(after, height)
        how = "known" if _is_exact(one) else "unsure"
        end = scale.middle(one.when.last)
        start, sure = scale.middle(after.when.first), scale.middle(after.when.last)
        yield from _line(scale, end, max(start, end), y, y, eye, how)
        if not after.when.is_day:
            yield from _line(scale, max(start, end), sure, y, y, eye, "unsure")
        turn = "known" if after.when.is_day and _is_exact(after) else "unsure"
        yield from _line(scale, sure, sure, y, next_y, eye, turn)
    if mine:
        y = _level_at(mine[-1], height)
        start = scale.middle(mine[-1].when.last)
        yield from _line(scale, start, scale.end(history.on), y, y, eye, "since")


def _line(
    scale: Scale, first: float, last: float, y0: float, y1: float, eye: str, how: str
) -> Iterator[Step]:
    """A line as far as it is shown."""
    a, b = max(first, scale.left), min(last, scale.right)
    is_upright = first == last and scale.left <= first <= scale.right and y0 != y1
    if a < b or is_upright:
        yield Step(a, y0, b, y1, eye, how)


def _is_exact(reading: _Reading) -> bool:
    return reading.level is not None and reading.level.shown is not None


def _level_at(reading: _Reading, height: Height) -> float:
    """The height of a number; of a limit, its better end."""
    assert reading.level is not None  # the caller asks
    ends = [one for one in (reading.level.low, reading.level.high) if one is not None]
    return height(ends[0])


def _nothing(
    name: str, history: History, scale: Scale, measure: Measure, span: tuple[float, float]
) -> list[Words]:
    """Why a panel is empty; rows without a date stand below the picture."""
    u = measure.zoom
    if any(one.field == name for one in history.marks):
        return []
    limit = scale.right - scale.left - 24 * u
    y = sum(span) / 2 - measure.line / 2
    text = empty_words(name, history)
    return [words_at(text, scale.left + 12 * u, y, measure, limit=limit, tone="text2")]


@dataclass(frozen=True)
class _Wish:
    """Words that want to stand near a place."""

    near: Rect
    text: str
    tone: str
    is_newest: bool = False


def _words(
    taken: list[Rect],
    wishes: Sequence[_Wish],
    scale: Scale,
    measure: Measure,
    span: tuple[float, float],
) -> tuple[list[Words], float]:
    """Words that meet nothing, and where the panel then ends: what has to be said makes room."""
    found: list[Words] = []
    bottom = span[1]
    for wish in wishes:
        words = _near(wish, taken, scale, measure, span)
        if words is None and wish.is_newest:
            limit = scale.right - scale.left
            right = scale.right
            words = words_at(
                wish.text, right, bottom, measure, limit=limit, tone=wish.tone, is_right=True
            )
            bottom = words.box.bottom
        if words is not None:
            found.append(words)
            taken.append(words.box)
    return found, bottom


def _newest(
    readings: Sequence[_Reading], fresh: Freshness, height: Height, today: float
) -> Iterator[_Wish]:
    """What is said of the newest, shown or not: whether it still holds."""
    known = [one for one in readings if one.level is not None]
    if fresh.state in ("", "current") or not known:
        return
    newest = max(known, key=lambda one: one.when)
    specs = row_specs(all_specs()[newest.mark.field])
    answers = newest.mark.answers
    if newest.eye:
        value = _("right {right}, left {left}").format(
            right=shown_answer(specs["right"], answers.get("right")),
            left=shown_answer(specs["left"], answers.get("left")),
        )
    else:
        value = shown_answer(specs["value"], answers.get("value"))
    text = _("{value} on {date}, {state}").format(
        value=value, date=date_words(newest.when), state=freshness_words(fresh)
    )
    y = _level_at(newest, height)
    yield _Wish(Rect(today - 4, y - 4, 0, 8), text, "attention", is_newest=True)


def _numbers(readings: Sequence[_Reading], dots: Sequence[Dot]) -> Iterator[_Wish]:
    """The number at each change, and why there is none."""
    before: dict[str, Decimal | None] = {}
    values = {(id(one.mark), one.eye): one.level for one in readings}
    for dot in dots:
        level = values[id(dot.mark), dot.eye]
        if level is None:
            yield _Wish(dot.box, _(STATES[dot.state]), "attention")
            continue
        shown = level.shown
        if shown is not None and before.get(dot.eye) != shown:
            yield _Wish(dot.box, number_text(shown), "text")
        before[dot.eye] = shown


def _near(
    wish: _Wish,
    taken: Sequence[Rect],
    scale: Scale,
    measure: Measure,
    span: tuple[float, float],
) -> Words | None:
    """Beside a place where nothing else stands; None where there is no room."""
    u = measure.zoom
    top, bottom = span
    is_bold = wish.tone == "text" or wish.is_newest
    sample = words_at(wish.text, 0, 0, measure, limit=_NOTE * u, bold=is_bold, tone=wish.tone)
    wide, tall = sample.box.wide, sample.box.tall
    for x, y in _tries(wish, wide, tall, (top, bottom)):
        box = Rect(x, y, wide, tall)
        is_inside = (
            box.x >= scale.left
            and box.right <= scale.right
            and box.y >= top
            and box.bottom <= bottom
        )
        if is_inside and is_free(box, taken):
            return replace(sample, box=box)
    return None


def _tries(
    wish: _Wish, wide: float, tall: float, span: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    near = wish.near
    over, under = near.y - tall, near.bottom
    middle = near.x + near.wide / 2 - wide / 2
    if wish.is_newest:
        for left in range(0, 400, 20):
            for y in (under, over, *span[:1], span[1] - tall):
                yield near.x - wide - left, y
        return
    yield from ((middle, over), (middle, under))
    for x in (near.right + 2, near.x - wide - 2):
        yield from ((x, over), (x, under), (x, near.y + near.tall / 2 - tall / 2))
