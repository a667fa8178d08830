"""Attacks: severity by height, site by shape, a label each that meets no other. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nmosd_cds.gui.timeline.events import ATTACKS, AttackMark, History
from nmosd_cds.gui.timeline.paper import (
    Measure,
    Rect,
    Scale,
    Shelves,
    Words,
    hull,
    is_free,
    words_at,
)
from nmosd_cds.gui.timeline.words import empty_words, site_name
from nmosd_cds.i18n import N_, _
from nmosd_cds.i18n.joining import parted

# From top to bottom; what is not known stands apart, for it is not mild.
LEVELS = {
    "severe": N_("Severe"),
    "moderate": N_("Moderate"),
    "mild": N_("Mild"),
    "": N_("Not known"),
}
GLYPH, _BETWEEN, _LEVEL = 14, 2, 19
_LABEL, _BESIDE, _ROW_GAP = 132, 4, 2
NO_SITE = ""


@dataclass(frozen=True)
class AttackPlace:
    """One attack on the picture.

    Attributes:
        glyphs: A shape for each site.
        stem: Down to the base line; None where the day is not known.
        bracket: From where to where the day may lie; None for a known day.
        leader: From the label down to the shape, where it stands above.
    """

    mark: AttackMark
    glyphs: tuple[tuple[str, Rect], ...]
    words: Words
    stem: Rect | None
    bracket: Rect | None
    leader: Rect | None = None

    @property
    def body(self) -> Rect:
        """Shapes and bracket, without the label."""
        return hull([box for _site, box in self.glyphs] + ([self.bracket] if self.bracket else []))


@dataclass(frozen=True)
class AttackPanel:
    """All of them.

    Attributes:
        levels: Label of a severity and the middle of its rows.
        base: Height of the base line.
        said: Words where there is none.
    """

    top: float
    bottom: float
    title: Words
    levels: tuple[Words, ...]
    base: float
    places: tuple[AttackPlace, ...]
    said: Words | None

    @property
    def boxes(self) -> dict[tuple[str, int], Rect]:
        """Where each row can be pointed at."""
        return {
            (ATTACKS, one.mark.row): hull([one.body, one.words.box]).around(4)
            for one in self.places
        }


def label_of(mark: AttackMark) -> str:
    """The words beside an attack."""
    sites = parted(site_name(one) for one in mark.sites) or _("site not known")
    return _("{sites} (to check)").format(sites=sites) if mark.wrong else sites


def place_attacks(history: History, scale: Scale, measure: Measure, top: float) -> AttackPanel:
    """Shapes by severity, labels beside them where there is room, else above with a leader."""
    shown = [
        mark
        for mark in history.attacks
        if mark.when is not None and scale.shows(mark.when.first, mark.when.last)
    ]
    u = measure.zoom
    bodies, heights = _bodies(shown, scale, measure)
    band = sum(tall for _level, tall in heights)
    stems = [_stem(mark, body, scale, band, u) for mark, body in zip(shown, bodies, strict=True)]
    today = scale.end(history.on)
    placed, above = _labels(shown, bodies, stems, scale, measure, today)
    band_top = top + above + 2 * u
    title = words_at(_("Attacks"), 16 * u, top, measure, limit=scale.left - 20 * u, bold=True)
    levels, y = [], band_top
    for level, tall in heights:
        middle = y + tall / 2 - measure.line / 2
        words = words_at(
            _(LEVELS[level]), scale.left - 8 * u, middle, measure, limit=scale.left, tone="text2",
            is_right=True,
        )  # fmt: skip
        # The title stands in the same column.
        levels.append(words)
        y += tall
    if not shown and title.box.meets(levels[0].box):
        band_top += title.box.tall
        levels = [one.down(title.box.tall) for one in levels]
    elif levels[0].box.meets(title.box):
        shift = title.box.bottom - levels[0].box.y
        band_top += shift
        levels = [one.down(shift) for one in levels]
    base = band_top + band + 4 * u
    places = tuple(_down(one, band_top) for one in placed)
    said = None
    if not history.attacks:
        said = words_at(
            empty_words(ATTACKS, history), scale.left + 12 * u, band_top, measure,
            limit=scale.right - scale.left - 24 * u, tone="text2",
        )  # fmt: skip
    return AttackPanel(top, base + 6 * u, title, tuple(levels), base, places, said)


def _down(place: AttackPlace, by: float) -> AttackPlace:
    return replace(
        place,
        glyphs=tuple((site, box.down(by)) for site, box in place.glyphs),
        words=place.words.down(by),
        stem=place.stem.down(by) if place.stem else None,
        bracket=place.bracket.down(by) if place.bracket else None,
        leader=place.leader.down(by) if place.leader else None,
    )


@dataclass(frozen=True)
class _Body:
    """Shapes and bracket of one attack, before its label."""

    glyphs: tuple[tuple[str, Rect], ...]
    bracket: Rect | None
    whole: Rect
    middle: float


def _bodies(
    shown: Sequence[AttackMark], scale: Scale, measure: Measure
) -> tuple[list[_Body], list[tuple[str, float]]]:
    """Each body with the top of the band as 0, and the height of every level."""
    u = measure.zoom
    levels = [one for one in LEVELS if one or any(not mark.severity for mark in shown)]
    shelves = {level: Shelves(2 * u) for level in levels}
    rows = []
    for mark in shown:
        left, right = _extent(mark, scale, u)
        rows.append(shelves[mark.severity].put(left, right))
    heights = [(level, max(len(shelves[level].rows), 1) * _LEVEL * u) for level in levels]
    tops, y = {}, 0.0
    for level, tall in heights:
        tops[level] = y
        y += tall
    bodies = [
        _body(mark, scale, u, tops[mark.severity] + row * _LEVEL * u)
        for mark, row in zip(shown, rows, strict=True)
    ]
    return bodies, heights


def _middle(mark: AttackMark, scale: Scale) -> float:
    """Where the shape stands: on its day, or amid the days it may be, as far as they are shown."""
    assert mark.when is not None
    if mark.when.is_day:
        return scale.middle(mark.when.first)
    left, right = scale.clipped(mark.when.first, mark.when.last)
    return (left + right) / 2


def _glyphs_wide(mark: AttackMark, u: float) -> float:
    n = max(len(mark.sites), 1)
    return (n * GLYPH + (n - 1) * _BETWEEN) * u


def _extent(mark: AttackMark, scale: Scale, u: float) -> tuple[float, float]:
    assert mark.when is not None
    middle, half = _middle(mark, scale), _glyphs_wide(mark, u) / 2
    left, right = middle - half, middle + half
    if not mark.when.is_day:
        first, last = scale.clipped(mark.when.first, mark.when.last)
        left, right = min(left, first), max(right, last)
    return left, right


def _body(mark: AttackMark, scale: Scale, u: float, top: float) -> _Body:
    assert mark.when is not None
    middle = _middle(mark, scale)
    side, y = GLYPH * u, top + (_LEVEL - GLYPH) / 2 * u
    x = middle - _glyphs_wide(mark, u) / 2
    glyphs = []
    for site in mark.sites or (NO_SITE,):
        glyphs.append((site, Rect(x, y, side, side)))
        x += side + _BETWEEN * u
    bracket = None
    if not mark.when.is_day:
        first, last = scale.clipped(mark.when.first, mark.when.last)
        bracket = Rect(first, y + side / 2 - 4 * u, last - first, 8 * u)
    parts = [box for _site, box in glyphs] + ([bracket] if bracket else [])
    return _Body(tuple(glyphs), bracket, hull(parts), middle)


def _stem(mark: AttackMark, body: _Body, scale: Scale, band: float, u: float) -> Rect | None:
    if body.bracket is not None:
        return None
    top = body.glyphs[0][1].bottom
    return Rect(body.middle - 0.5, top, 1, band + 4 * u - top)


def _labels(
    shown: Sequence[AttackMark],
    bodies: Sequence[_Body],
    stems: Sequence[Rect | None],
    scale: Scale,
    measure: Measure,
    today: float,
) -> tuple[list[AttackPlace], float]:
    """Every label in its place, with the top of the band as 0, and the room above it."""
    u = measure.zoom
    fixed = [body.whole for body in bodies] + [stem.around(1) for stem in stems if stem]
    beside: dict[int, Words] = {}
    for at, mark in enumerate(shown):
        taken = fixed + [words.box for words in beside.values()]
        end = _room_right(bodies[at], scale, today)
        words = _beside(mark, bodies[at], taken, scale, measure, end)
        if words is not None:
            beside[at] = words
    # A leader of one that stands above may not run through a label beside.
    while True:
        above = [at for at in range(len(shown)) if at not in beside]
        lines = [Rect(bodies[at].middle - 1, -1e6, 2, bodies[at].whole.y + 1e6) for at in above]
        crossed = [at for at, words in beside.items() if not is_free(words.box, lines)]
        if not crossed:
            break
        for at in crossed:
            del beside[at]
    raised, tall = _above(shown, bodies, above, scale, measure, today)
    places = []
    for at, mark in enumerate(shown):
        words = beside[at] if at in beside else raised[at]
        leader = None
        if at not in beside:
            leader = Rect(
                bodies[at].middle - 0.5, words.box.bottom, 1, bodies[at].whole.y - words.box.bottom
            )
        body = bodies[at]
        places.append(AttackPlace(mark, body.glyphs, words, stems[at], body.bracket, leader))
    return places, tall + (4 * u if above else 0)


def _tone(mark: AttackMark) -> str:
    return "attention" if mark.wrong else "text"


def _room_right(body: _Body, scale: Scale, today: float) -> float:
    """How far to the right a label may reach: not over the line of today."""
    return today - 3 if body.middle < today <= scale.right else scale.right


def _beside(
    mark: AttackMark,
    body: _Body,
    taken: Sequence[Rect],
    scale: Scale,
    measure: Measure,
    end: float,
) -> Words | None:
    """On one line at the right of its shape, else at the left; None where both are taken."""
    u = measure.zoom
    text = label_of(mark)
    wide = measure.wide(text)
    if wide > _LABEL * u:
        return None
    y = body.whole.y + body.whole.tall / 2 - measure.line / 2
    right = body.whole.right + _BESIDE * u
    left = body.whole.x - _BESIDE * u - wide
    for x in (right, left):
        box = Rect(x, y, wide, measure.line)
        is_inside = box.x >= scale.left and box.right <= end
        if is_inside and is_free(box.around(1), taken):
            return Words(box, (text,), tone=_tone(mark))
    return None


def _above(
    shown: Sequence[AttackMark],
    bodies: Sequence[_Body],
    above: Sequence[int],
    scale: Scale,
    measure: Measure,
    today: float,
) -> tuple[dict[int, Words], float]:
    """Labels in rows above the band, each over its shape; as many rows as it takes."""
    u = measure.zoom
    shelves = Shelves(6 * u)
    found: dict[int, tuple[int, Words]] = {}
    for at in sorted(above, key=lambda one: bodies[one].middle):
        # The leader meets the label a little inside of its edge.
        x = max(bodies[at].middle - 4 * u, scale.left)
        words = words_at(
            label_of(shown[at]), x, 0, measure, limit=_LABEL * u, tone=_tone(shown[at])
        )
        over = words.box.right - _room_right(bodies[at], scale, today)
        if over > 0:
            words = replace(words, box=words.box._replace(x=max(x - over, scale.left)))
        found[at] = (shelves.put(words.box.x, words.box.right), words)
    talls = [0.0] * len(shelves.rows)
    for row, words in found.values():
        talls[row] = max(talls[row], words.box.tall + _ROW_GAP * u)
    raised = {}
    for at, (row, words) in found.items():
        bottom = -4 * u - sum(talls[:row]) - _ROW_GAP * u
        raised[at] = replace(words, box=words.box._replace(y=bottom - words.box.tall))
    return raised, sum(talls)
