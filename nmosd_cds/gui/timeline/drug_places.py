"""Drugs as bars in the lanes of their classes, and cells given before; no label meets another.

No Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nmosd_cds.gui.timeline.events import CELLS, DRUGS, CellsMark, DrugMark, History
from nmosd_cds.gui.timeline.paper import (
    Measure,
    Rect,
    Scale,
    Shelves,
    Words,
    hull,
    words_at,
)
from nmosd_cds.gui.timeline.words import (
    class_name,
    details_of,
    empty_words,
    end_words,
    name_of,
)
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import parted
from nmosd_cds.logic.truth import Truth

BAR, SIGN, CROSS = 20, 8, 11
_ABOVE, _BELOW, _NOTE, _STUB, _PAD = 10, 5, 210, 36, 6


@dataclass(frozen=True)
class BarPlace:
    """One drug on the picture.

    Attributes:
        sure: The days it was certainly taken; None where no day is certain.
        unsure: Days on which it may have begun or ended.
        is_open: Whether it goes on beyond what is known: to the left, to the right.
        signs: Attacks on it: where, and whether that is certain.
        after: The time after the last dose: certain, then as it may be.
    """

    mark: DrugMark
    sure: Rect | None
    unsure: tuple[Rect, ...]
    is_open: tuple[bool, bool]
    name: Words
    note: Words | None
    cross: Rect | None
    signs: tuple[tuple[Rect, bool], ...]
    after: tuple[Rect, ...]

    @property
    def bar(self) -> Rect:
        """The bar with what is not certain of it."""
        return hull([*([self.sure] if self.sure else []), *self.unsure])

    @property
    def whole(self) -> Rect:
        """Everything of it."""
        words = [one.box for one in (self.name, self.note) if one is not None]
        cross = [self.cross] if self.cross else []
        return hull([self.bar, *words, *cross, *(box for box, _sure in self.signs), *self.after])

    def down(self, by: float) -> BarPlace:
        """The same further down."""
        return replace(
            self,
            sure=self.sure.down(by) if self.sure else None,
            unsure=tuple(one.down(by) for one in self.unsure),
            name=self.name.down(by),
            note=self.note.down(by) if self.note else None,
            cross=self.cross.down(by) if self.cross else None,
            signs=tuple((box.down(by), sure) for box, sure in self.signs),
            after=tuple(one.down(by) for one in self.after),
        )


@dataclass(frozen=True)
class CellPlace:
    """Cells given before; `sign` where they were given, `bracket` where the day is not known."""

    mark: CellsMark
    sign: Rect
    bracket: Rect | None
    words: Words


@dataclass(frozen=True)
class Lane:
    """One class: its name at the left, from where to where it reaches."""

    group: tuple[str, str]
    name: Words
    top: float
    bottom: float


@dataclass(frozen=True)
class DrugLanes:
    """Every lane of drugs, or that of cells."""

    top: float
    bottom: float
    title: Words | None
    lanes: tuple[Lane, ...] = ()
    bars: tuple[BarPlace, ...] = ()
    cells: tuple[CellPlace, ...] = ()
    said: Words | None = None

    @property
    def boxes(self) -> dict[tuple[str, int], Rect]:
        """Where each row can be pointed at."""
        found = {(DRUGS, one.mark.row): one.whole.around(3) for one in self.bars}
        for one in self.cells:
            parts = [one.sign, one.words.box, *([one.bracket] if one.bracket else [])]
            found[CELLS, one.mark.row] = hull(parts).around(3)
        return found


def place_drugs(history: History, scale: Scale, measure: Measure, top: float) -> DrugLanes:
    """A lane for each class that has a drug; bars that overlap in time stand below each other."""
    u = measure.zoom
    title = words_at(_("Drugs"), 16 * u, top + 2 * u, measure, limit=scale.left, bold=True)
    if not history.drugs:
        text = empty_words(DRUGS, history)
        limit = scale.right - scale.left - 24 * u
        said = words_at(text, scale.left + 12 * u, top + 8 * u, measure, limit=limit, tone="text2")
        bottom = max(said.box.bottom, title.box.bottom) + 12 * u
        return DrugLanes(top, bottom, title, said=said)
    groups = list(dict.fromkeys(mark.group for mark in history.drugs))
    lanes, bars, y = [], [], title.box.bottom
    for group in groups:
        mine = [mark for mark in history.drugs if mark.group == group]
        placed, tall = _lane(mine, history, scale, measure)
        limit = scale.left - 20 * u
        name = words_at(
            class_name(group), scale.left - 8 * u, y, measure, limit=limit, tone="text2",
            is_right=True,
        )  # fmt: skip
        tall = max(tall, name.box.tall + 8 * u)
        # The name stands beside the first bar.
        name = name.down((_ABOVE + BAR / 2) * u - measure.line / 2 if len(name.lines) == 1 else 2)
        bars += [one.down(y) for one in placed]
        lanes.append(Lane(group, name, y, y + tall))
        y += tall
    return DrugLanes(top, y, title, tuple(lanes), tuple(bars))


def _lane(
    marks: Sequence[DrugMark], history: History, scale: Scale, measure: Measure
) -> tuple[list[BarPlace], float]:
    u = measure.zoom
    found = [_bar(mark, history, scale, measure) for mark in marks]
    bars = [one for one in found if one is not None]
    shelves = Shelves(8 * u)
    rows = [shelves.put(one.whole.x, one.whole.right) for one in bars]
    talls = [(_ABOVE + BAR + _BELOW) * u] * max(len(shelves.rows), 1)
    for bar, row in zip(bars, rows, strict=True):
        talls[row] = max(talls[row], bar.whole.bottom + _BELOW * u)
    return [bar.down(sum(talls[:row])) for bar, row in zip(bars, rows, strict=True)], sum(talls)


Ends = tuple[tuple[float, float], tuple[float, float]]


def _bar(mark: DrugMark, history: History, scale: Scale, measure: Measure) -> BarPlace | None:
    """The bar with its words, the top of its row as 0; None while its time is not shown."""
    u = measure.zoom
    ends = _ends(mark, history, scale, _STUB * u)
    if ends is None or ends[1][1] <= scale.left or ends[0][0] >= scale.right:
        return None
    left, right = ends
    is_open = (mark.when is None, mark.stop is None and not _goes_on(mark, history))
    y, tall = _ABOVE * u, BAR * u

    def box(a: float, b: float) -> tuple[Rect, ...]:
        a, b = max(a, scale.left), min(b, scale.right)
        return (Rect(a, y, b - a, tall),) if b > a else ()

    sure = box(left[1], right[0])
    unsure = (
        *box(left[0], min(left[1], right[1])),
        *box(max(right[0], left[0]), right[1]),
    )
    if any(is_open):
        # The stub says that it goes on, not for how long.
        unsure, sure = (*unsure, *sure), ()
    if not sure and not unsure:
        sure = (Rect(min(max(left[0], scale.left), scale.right - 3), y, 3, tall),)
    drawn = hull([*sure, *unsure]).around(4 * u)
    signs = tuple(
        (place, certain)
        for place, certain in _signs(mark, scale, u)
        if certain or drawn.x <= place.x + place.wide / 2 <= drawn.right
    )
    bar = BarPlace(
        mark, sure[0]._replace(wide=max(sure[0].wide, 3)) if sure else None, unsure, is_open,
        words_at("", left[0], y, measure, limit=1), None, None, signs,
        _after(mark, scale, y, tall),
    )  # fmt: skip
    return _with_words(bar, scale, measure)


def _goes_on(mark: DrugMark, history: History) -> bool:
    return mark.ongoing is Truth.TRUE and (mark.stop is None or mark.stop.first > history.on)


def _ends(mark: DrugMark, history: History, scale: Scale, stub: float) -> Ends | None:
    """From and to, each with the first and the last place it can be; None without a date."""
    start, stop = mark.when, mark.stop
    if start is None and stop is None:
        return None
    left = (scale.x(start.first), scale.x(start.last)) if start else None
    right = (scale.end(stop.first), scale.end(stop.last)) if stop else None
    if _goes_on(mark, history):
        now = scale.end(max(history.on, start.first) if start else history.on)
        right = (now, now)
    if left is None:
        assert right is not None  # one of the two is known
        left = (right[0] - stub, right[0] - stub)
    if right is None:
        right = (left[1] + stub, left[1] + stub)
    # A stop before the start is a problem that its words name; it is drawn all the same.
    return (left, right) if left[0] <= right[1] else (right, left)


def _signs(mark: DrugMark, scale: Scale, u: float) -> tuple[tuple[Rect, bool], ...]:
    found = []
    for onset, sure in mark.attacks:
        if not scale.shows(onset.first, onset.last):
            continue
        first, last = scale.clipped(onset.first, onset.last)
        x = scale.middle(onset.first) if onset.is_day else (first + last) / 2
        side = SIGN * u
        box = Rect(x - side / 2, _ABOVE * u - side, side, side * 0.85)
        found.append((box, sure and onset.is_day))
    return tuple(found)


def _after(mark: DrugMark, scale: Scale, y: float, tall: float) -> tuple[Rect, ...]:
    if mark.after is None or mark.after.since is None or mark.after.over is None:
        return ()
    since, over = mark.after.since, mark.after.over
    spans = [
        (scale.end(since.last), scale.x(over.first)),
        (scale.x(over.first), scale.x(over.last)),
    ]
    if spans[0][0] >= spans[0][1]:
        spans = [(scale.end(since.first), scale.x(over.last))]
    found = []
    for a, b in spans:
        a, b = max(a, scale.left), min(b, scale.right)
        if b > a:
            found.append(Rect(a, y + tall * 0.2, max(b - a, 2), tall * 0.6))
    return tuple(found)


def _with_words(place: BarPlace, scale: Scale, measure: Measure) -> BarPlace:
    """Name inside if it fits, else beside; what became of it at the right, the left, or below."""
    u = measure.zoom
    mark, bar = place.mark, place.bar
    name, tone = name_of(mark), "attention" if mark.wrong else "text"
    if mark.wrong:
        name = _("{drug} (to check)").format(drug=name)
    note = end_words(mark)
    y = bar.y + bar.tall / 2 - measure.line / 2
    body = place.sure or bar
    is_inside = measure.wide(name, bold=True) + 2 * _PAD * u <= body.wide
    parts: list[tuple[str, bool]] = [] if is_inside else [(name, True)]
    parts += [(note, False)] if note else []
    cross_wide = (CROSS + 5) * u if mark.failed is Truth.TRUE else 0
    inside = None
    if is_inside:
        inside = words_at(
            name, body.x + _PAD * u, y, measure, limit=body.wide, bold=True, tone=tone
        )
    edge = hull([bar, *place.after]).right + 6 * u
    room = scale.right - edge - cross_wide
    if _needs(parts, measure) <= room:
        return _beside(place, parts, inside, edge, y, cross_wide, tone, measure)
    room = bar.x - 6 * u - scale.left - cross_wide
    if _needs(parts, measure) <= room:
        start = bar.x - 6 * u - _needs(parts, measure) - cross_wide
        return _beside(place, parts, inside, start, y, cross_wide, tone, measure)
    return _under(place, parts, inside, cross_wide, tone, scale, measure)


def _needs(parts: Sequence[tuple[str, bool]], measure: Measure) -> float:
    widths = (measure.wide(text, bold=bold) for text, bold in parts)
    return sum(widths) + 6 * measure.zoom * max(len(parts) - 1, 0)


def _beside(
    place: BarPlace,
    parts: Sequence[tuple[str, bool]],
    inside: Words | None,
    x: float,
    y: float,
    cross_wide: float,
    tone: str,
    measure: Measure,
) -> BarPlace:
    u = measure.zoom
    cross = None
    if cross_wide:
        side = CROSS * u
        cross = Rect(x, y + measure.line / 2 - side / 2, side, side)
        x += cross_wide
    name, note = inside, None
    for text, bold in parts:
        shade = tone if bold else "text2"
        words = words_at(text, x, y, measure, limit=1e6, bold=bold, tone=shade)
        if bold:
            name = words
        else:
            note = words
        x = words.box.right + 6 * u
    assert name is not None  # inside, or the first part
    return replace(place, name=name, note=note, cross=cross)


def _under(
    place: BarPlace,
    parts: Sequence[tuple[str, bool]],
    inside: Words | None,
    cross_wide: float,
    tone: str,
    scale: Scale,
    measure: Measure,
) -> BarPlace:
    """Below the bar, broken into lines, moved so far to the left that all of it is shown."""
    u = measure.zoom
    bar = place.bar
    limit = min(_NOTE * u, scale.right - scale.left - cross_wide)
    y = bar.bottom + 2 * u
    made: list[Words] = []
    for text, bold in parts:
        shade = tone if bold else "text2"
        made.append(words_at(text, 0, y, measure, limit=limit, bold=bold, tone=shade))
        y = made[-1].box.bottom
    widest = max((one.box.wide for one in made), default=0.0)
    x = max(min(bar.x + cross_wide, scale.right - widest), scale.left + cross_wide)
    made = [replace(one, box=one.box._replace(x=x)) for one in made]
    cross = None
    if cross_wide:
        side = CROSS * u
        top = made[0].box.y if made else bar.bottom + 2 * u
        cross = Rect(x - cross_wide, top + measure.line / 2 - side / 2, side, side)
    name = inside or made[0]
    note = made[-1] if parts and not parts[-1][1] else None
    return replace(place, name=name, note=note, cross=cross)


def place_cells(history: History, scale: Scale, measure: Measure, top: float) -> DrugLanes:
    """Cells given before; the form keeps one date for all of them."""
    u = measure.zoom
    marks = [
        mark
        for mark in history.cells
        if mark.when is not None and scale.shows(mark.when.first, mark.when.last)
    ]
    if not marks:
        return DrugLanes(top, top, None)
    side, places = 14 * u, []
    y = top + 8 * u
    for mark in marks:
        assert mark.when is not None  # asked above
        first, last = scale.clipped(mark.when.first, mark.when.last)
        x = scale.middle(mark.when.first) if mark.when.is_day else (first + last) / 2
        sign = Rect(x - side / 2, y, side, side)
        bracket = None
        if not mark.when.is_day:
            bracket = Rect(first, y + side / 2 - 4 * u, last - first, 8 * u)
        text = parted(details_of(mark))
        body = hull([sign, *([bracket] if bracket else [])])
        words = words_at(text, body.right + 4 * u, y, measure, limit=_NOTE * u)
        if words.box.right > scale.right:
            words = words_at(text, body.x - 4 * u, y, measure, limit=_NOTE * u, is_right=True)
        places.append(CellPlace(mark, sign, bracket, words))
        y = max(words.box.bottom, sign.bottom) + 6 * u
    title = words_at(
        _("Earlier cells"), 16 * u, top + 6 * u, measure, limit=scale.left - 20 * u, bold=True
    )
    bottom = max(y, title.box.bottom + 6 * u)
    return DrugLanes(top, bottom, title, cells=tuple(places))
