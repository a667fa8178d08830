"""Preferences in words: whose, when, how asked, whether harms were shown, and what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from nmosd_cds.i18n import N_, _, format_date
from nmosd_cds.i18n.joining import clauses, parted, run_of
from nmosd_cds.patient.case import Preferences, PreferenceSet
from nmosd_cds.patient.plain import number_text
from nmosd_cds.report.model import Block, Paragraph, words
from nmosd_cds.report.wording import capital, inside, sentence, word

KIND: Mapping[str, str] = {
    "none": N_("No preferences"),
    "ordinal": N_("Order of importance"),
    "swing": N_("Points of 100"),
    "exact": N_("Exact parts of the whole weight"),
}


# Owners that are offered; a file holds the word on the left in every language.
OWNERS: Mapping[str, str] = {
    "patient": N_("patient"),
    "board": N_("board"),
    "family": N_("family"),
    "neurologist": N_("neurologist"),
}


def owner_word(owner: str) -> str:
    """Whose set it is, as people read it; an owner of their own words stays as it is."""
    return word(OWNERS, owner)


def preference_blocks(preferences: Preferences, labels: Mapping[str, str]) -> Iterator[Block]:
    """Every stored set, the one in use first; where there is none, that.

    Args:
        preferences: Of the case.
        labels: Of the criteria of the knowledge, by id.
    """
    active = preferences.active_set
    used = _("The order is the one without preferences.")
    if not preferences.sets:
        lead = words(_("Preferences. "), bold=True)
        yield Paragraph(lead + words(run_of([_("None stated."), used])))
        return
    for one in sorted(preferences.sets, key=lambda each: each is not active):
        shape = (
            _("Preferences of {owner}, in use. ")
            if one is active
            else _("Preferences of {owner}, not in use. ")
        )
        said = parted(f"{place} {label}" for place, label in said_lines(one, labels))
        text = run_of([sentence(capital(about(one))), sentence(said), rest_words(one, labels)])
        yield Paragraph(words(shape.format(owner=owner_word(one.owner)), bold=True) + words(text))
    if active is None:
        yield Paragraph(words(used))


def seen_words(harms_seen: bool) -> str:
    """Whether benefits and harms were shown before."""
    if harms_seen:
        return _("benefits and harms were shown before")
    return _("benefits and harms were not shown before")


def about(one: PreferenceSet) -> str:
    """`15-Nov-2026, order of importance, benefits and harms were shown before`."""
    kind = inside(word(KIND, one.kind))
    return clauses((format_date(one.on), kind, seen_words(one.harms_seen)))


def said_lines(one: PreferenceSet, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was said: place or points, and criterion; the most important first.

    Args:
        labels: By criterion id; one without a label is not in this knowledge and says so.
    """
    if one.kind == "ordinal":
        return [
            (f"{place}=" if len(level) > 1 else f"{place}", _label(name, labels))
            for place, level in _places(one)
            for name in level
        ]
    weighed = {name: (number, number) for name, number in one.weights}
    weighed |= {name: (low, high) for name, low, high in one.ranges}
    ordered = sorted(weighed, key=lambda name: (-weighed[name][1], -weighed[name][0], name))
    return [(span_words(*weighed[name]), _label(name, labels)) for name in ordered]


def rest_words(one: PreferenceSet, labels: Mapping[str, str]) -> str:
    """What holds for the criteria it does not name; empty if it names all."""
    rest = [label for name, label in labels.items() if name not in one.criteria]
    if not rest:
        return ""
    said = {
        "ordinal": _("Not put in order, so weighed as without preferences: {names}."),
        "swing": _("Not weighed, so worth anything up to the most important: {names}."),
        "exact": _("Without any weight: {names}."),
    }
    return said[one.kind].format(names=parted(rest))


def span_words(low: Decimal, high: Decimal) -> str:
    """`60`, or `40 to 70`."""
    if low == high:
        return number_text(low)
    return _("{low} to {high}").format(low=number_text(low), high=number_text(high))


def _places(one: PreferenceSet) -> list[tuple[int, tuple[str, ...]]]:
    place, found = 1, []
    for level in one.levels:
        found.append((place, level))
        place += len(level)
    return found


def _label(name: str, labels: Mapping[str, str]) -> str:
    if name in labels:
        return labels[name]
    return _("{name} (not a criterion of this knowledge: kept, not counted)").format(name=name)
