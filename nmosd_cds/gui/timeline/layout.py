"""Where everything on the timeline stands, in pixels; nothing overlaps. No Qt.

Panels from top to bottom: attacks, EDSS, vision, drugs by class, earlier cells, what has no date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nmosd_cds.gui.timeline.attack_places import AttackPanel, place_attacks
from nmosd_cds.gui.timeline.drug_places import DrugLanes, place_cells, place_drugs
from nmosd_cds.gui.timeline.events import (
    ATTACKS,
    CELLS,
    DRUGS,
    SCORES,
    SIGHT,
    DrugMark,
    History,
    Mark,
)
from nmosd_cds.gui.timeline.legend import LegendPlace, place_legend
from nmosd_cds.gui.timeline.paper import Measure, Rect, Scale, Tick, Words, ticks_of, words_at
from nmosd_cds.gui.timeline.series_places import SeriesPanel, place_scores, place_sight
from nmosd_cds.gui.timeline.words import class_name, steroid_words, undated_words
from nmosd_cds.i18n import _

_GUTTER, _WIDEST_GUTTER = 128, 0.28
_HEAD, _GAP, _PAD = 24, 6, 16
UNDATED = "undated"


@dataclass(frozen=True)
class Item:
    """One thing that can be chosen.

    Attributes:
        lane: What up and down move between.
        box: Where it stands; None while its time is not shown.
    """

    mark: Mark
    lane: str
    box: Rect | None


@dataclass(frozen=True)
class Undated:
    """A row without a date, said under the picture."""

    mark: Mark | None
    words: Words


@dataclass(frozen=True)
class Layout:
    """Everything with its place.

    Attributes:
        tall: Height of the whole.
        today: Where today ends; None while it is not shown.
        outside: Rows whose time is not shown.
    """

    scale: Scale
    tall: float
    head: float
    ticks: tuple[Tick, ...]
    attacks: AttackPanel
    scores: SeriesPanel
    sight: SeriesPanel
    lanes: DrugLanes
    cells: DrugLanes
    undated: tuple[Undated, ...]
    undated_head: Words | None
    legend: tuple[LegendPlace, ...]
    caption: Words | None
    bottom: float
    today: float | None
    items: tuple[Item, ...] = ()
    outside: int = 0
    bands: tuple[tuple[str, float, float], ...] = field(default=())

    def band_at(self, y: float) -> str:
        """The list a height belongs to; empty between them."""
        return next((name for name, top, bottom in self.bands if top <= y < bottom), "")


def gutter_of(history: History, measure: Measure, room: float) -> float:
    """Width of the names at the left: the widest of them, within reason."""
    names = [class_name(mark.group) for mark in history.drugs]
    names += [_("Attacks"), _("Vision"), _("Earlier cells"), _("Not known"), _("Moderate")]
    widest = max(measure.wide(one, bold=True) for one in names) + 20 * measure.zoom
    return min(max(widest, _GUTTER * measure.zoom), room * _WIDEST_GUTTER)


def scale_of(history: History, shown: tuple[date, date], measure: Measure, room: float) -> Scale:
    """The days that are shown, on the width that names leave free."""
    left = gutter_of(history, measure, room)
    return Scale(*shown, left=left, right=max(room - _PAD * measure.zoom, left + 1))


def lay_out(history: History, scale: Scale, measure: Measure, *, caption: str = "") -> Layout:
    """Put everything in its place.

    Args:
        history: What is drawn.
        scale: Days to pixels.
        measure: How wide text is.
        caption: Stands under the legend.
    """
    u = measure.zoom
    head = _HEAD * u
    attacks = place_attacks(history, scale, measure, head + _GAP * u)
    scores = place_scores(history, scale, measure, attacks.bottom + _GAP * u)
    sight = place_sight(history, scale, measure, scores.bottom + _GAP * u)
    lanes = place_drugs(history, scale, measure, sight.bottom + _GAP * u)
    cells = place_cells(history, scale, measure, lanes.bottom)
    bottom = cells.bottom
    foot, undated_head, undated = _undated(history, scale, measure, bottom + 20 * u)
    legend, foot = place_legend(history, scale, measure, foot + _GAP * u)
    said = None
    if caption:
        limit = scale.right - _PAD * u
        said = words_at(caption, _PAD * u, foot, measure, limit=limit, tone="text2")
        foot = said.box.bottom + _GAP * u
    made = Layout(
        scale=scale,
        tall=foot,
        head=head,
        ticks=ticks_of(scale, measure),
        attacks=attacks,
        scores=scores,
        sight=sight,
        lanes=lanes,
        cells=cells,
        undated=tuple(undated),
        undated_head=undated_head,
        legend=legend,
        caption=said,
        bottom=bottom,
        today=scale.end(history.on) if scale.shows(history.on, history.on) else None,
        bands=(
            (ATTACKS, head, attacks.bottom),
            (SCORES, attacks.bottom, scores.bottom),
            (SIGHT, scores.bottom, sight.bottom),
            (DRUGS, sight.bottom, lanes.bottom),
            (CELLS, lanes.bottom, cells.bottom),
        ),
    )
    items = tuple(_items(history, made))
    return replace(made, items=items, outside=sum(one.box is None for one in items))


def _undated(
    history: History, scale: Scale, measure: Measure, top: float
) -> tuple[float, Words | None, list[Undated]]:
    said: list[tuple[Mark | None, str]] = list(undated_words(history))
    if steroid := steroid_words(history):
        said.append((None, steroid))
    if not said:
        return top - 12 * measure.zoom, None, []
    left, limit = _PAD * measure.zoom, scale.right - 2 * _PAD * measure.zoom
    heading = _("Not on the picture, for want of a date")
    head = words_at(heading, left, top, measure, limit=limit, bold=True)
    y = head.box.bottom + 4 * measure.zoom
    found = []
    for mark, text in said:
        words = words_at(text, left + 8 * measure.zoom, y, measure, limit=limit)
        # As tall as a target has to be.
        tall = max(words.box.tall, 24 * measure.zoom)
        box = words.box._replace(tall=tall)
        found.append(Undated(mark, replace(words, box=box)))
        y += tall + 2 * measure.zoom
    return y, head, found


def _items(history: History, made: Layout) -> Iterator[Item]:
    boxes: dict[tuple[str, int], Rect] = {}
    for parts in (made.attacks.boxes, made.scores.boxes, made.sight.boxes, made.lanes.boxes):
        boxes.update(parts)
    boxes.update(made.cells.boxes)
    undated = {(one.mark.field, one.mark.row): one.words.box for one in made.undated if one.mark}
    for mark in history.marks:
        key = (mark.field, mark.row)
        if key in undated:
            continue
        yield Item(mark, _lane(mark), boxes.get(key))
    for one in made.undated:
        if one.mark is not None:
            yield Item(one.mark, UNDATED, one.words.box)


def _lane(mark: Mark) -> str:
    if isinstance(mark, DrugMark):
        return "/".join((DRUGS, *mark.group))
    return mark.field


def lanes_of(items: Sequence[Item]) -> list[str]:
    """The lanes from top to bottom, each once."""
    return list(dict.fromkeys(item.lane for item in items))
