"""What the signs of the timeline mean: those that are drawn. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nmosd_cds.gui.timeline.events import History
from nmosd_cds.gui.timeline.paper import Measure, Rect, Scale, Words, words_at
from nmosd_cds.gui.timeline.words import site_name
from nmosd_cds.i18n import _

# Right and left nerve share a shape; their label says which.
_SITES = ("optic-nerve-right", "spinal-cord", "area-postrema")
_SIGN, _LINE, _GAP, _PAD = 20, 20, 18, 16


@dataclass(frozen=True)
class LegendPlace:
    """One sign with its words; `sign` is its kind, such as `site:spinal-cord` or `fill:full`."""

    sign: str
    box: Rect
    words: Words


def entries_of(history: History) -> Iterator[tuple[str, str]]:
    """The signs that need an explanation, each with its words."""
    attacks = history.attacks
    if attacks:
        sites = {_shape_of(site) for mark in attacks for site in mark.sites} | set(_SITES)
        for site in sorted(sites, key=_order):
            yield f"site:{site}", _("Optic nerve") if _is_nerve(site) else site_name(site)
        yield "fill:full", _("full recovery")
        yield "fill:partial", _("partial recovery")
        yield "fill:none", _("no recovery")
        yield "fill:", _("recovery not known")
    if any(mark.when and not mark.when.is_day for mark in history.marks):
        yield "bracket", _("the day lies somewhere within")
    if any(mark.attacks for mark in history.drugs):
        yield "on", _("attack on this drug")
    if any(not sure or not day.is_day for mark in history.drugs for day, sure in mark.attacks):
        yield "perhaps-on", _("perhaps on this drug")
    if any(mark.after and mark.after.days for mark in history.drugs):
        yield "after", _("days without it that a source asks for before cells are collected")
    if history.scores or history.sight:
        yield "since", _("not measured since")
    if any("nadir_edss" in mark.answers for mark in attacks):
        yield "worst", _("EDSS at the worst of an attack")
    if history.sight:
        yield "eye:right", _("right eye")
        yield "eye:left", _("left eye")


def _is_nerve(site: str) -> bool:
    return site == _SITES[0]


def _shape_of(site: str) -> str:
    return _SITES[0] if site == "optic-nerve-left" else site


def _order(site: str) -> tuple[int, str]:
    return (_SITES.index(site), "") if site in _SITES else (len(_SITES), site)


def place_legend(
    history: History, scale: Scale, measure: Measure, top: float
) -> tuple[tuple[LegendPlace, ...], float]:
    """Signs side by side, on as many lines as they take; then where the next part begins."""
    u = measure.zoom
    x, y = _PAD * u, top + 4 * u
    found = []
    for sign, text in entries_of(history):
        wide = measure.wide(text)
        if x > _PAD * u and x + _SIGN * u + wide > scale.right:
            x, y = _PAD * u, y + _LINE * u
        box = Rect(x, y + measure.line / 2 - 7 * u, 14 * u, 14 * u)
        words = words_at(
            text, x + _SIGN * u, y, measure, limit=scale.right - x - _SIGN * u, tone="text2"
        )
        found.append(LegendPlace(sign, box, words))
        x = words.box.right + _GAP * u
        y = max(y, words.box.bottom - _LINE * u) if len(words.lines) > 1 else y
    bottom = max((one.words.box.bottom for one in found), default=top) + 6 * u
    return tuple(found), bottom
