"""What can be found: fields, options, findings of the answer, sources, calculators, commands.

No Qt. Whatever can be found says where it leads; the window goes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nmosd_cds.advice.model import Advice
from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.evidence.study import Study
from nmosd_cds.gui.commands import COMMANDS, menu_words, plain_label
from nmosd_cds.gui.draft import all_specs, row_specs
from nmosd_cds.gui.search.synonyms import synonyms_of
from nmosd_cds.i18n import N_, _
from nmosd_cds.knowledge.catalogue import catalogue, plain
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.sections import SECTIONS
from nmosd_cds.report.source_table import KIND
from nmosd_cds.report.wording import STATUS, capital, sentence, word

Group = Literal["field", "option", "finding", "source", "calculator", "command"]
GROUPS: Mapping[Group, str] = {
    "field": N_("Fields of the form"),
    "option": N_("Options"),
    "finding": N_("Rules in this answer"),
    "source": N_("Studies, guidelines, trials and drugs"),
    "calculator": N_("Calculators"),
    "command": N_("Commands"),
}
# The most of one group that is shown; the rest is counted.
MOST = 6
_EFFECT: Mapping[str, str] = {
    "excludes": N_("Excludes"),
    "requires": N_("Requires"),
    "cautions": N_("Cautions"),
    "favours": N_("Favours"),
}
_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014/_", " "))
# How far from the best place to be found: the label, other names, everything else.
_START, _WORD, _INSIDE, _OTHER_START, _OTHER, _ANYWHERE = range(6)


@dataclass(frozen=True)
class Findable:
    """One thing that can be found.

    Attributes:
        group: What kind of thing it is.
        key: Where it leads: a field, option, source, calculator or command by its id; a rule as
            `option/rule`.
        label: What people see first.
        detail: What stands under it.
        head: The label as a search compares it.
        others: Other names of the same, each as a search compares it.
        rest: Everything else that is looked through.
    """

    group: Group
    key: str
    label: str
    detail: str
    head: str
    others: tuple[str, ...]
    rest: str


@dataclass(frozen=True)
class Found:
    """The finds of one group, the best first, and how many there are beyond them."""

    group: Group
    finds: tuple[Findable, ...]
    more: int


def folded(words: str) -> str:
    """Words without capitals, accents, width and hyphens."""
    return " ".join(plain(words).translate(_HYPHENS).split())


def findable(
    group: Group, key: str, label: str, detail: str, others: Iterable[str] = (), rest: str = ""
) -> Findable:
    """One thing that can be found, with its words made ready."""
    names = tuple(dict.fromkeys(folded(one) for one in others if one))
    return Findable(group, key, label, detail, folded(label), names, folded(f"{detail} {rest}"))


def lasting() -> Iterator[Findable]:
    """What is there without any knowledge: fields, calculators, commands."""
    for name, spec in all_specs().items():
        yield _field(name, spec)
    for score in SCORES:
        asked = " ".join(_(one.label) for one in score.inputs)
        yield findable(
            "calculator", score.name, _(score.label), _("Calculator"), [score.name], asked
        )
    for command in COMMANDS:
        menu = menu_words(command)
        detail = f"{menu} · {', '.join(command.keys)}" if command.keys else menu
        yield findable("command", command.id, plain_label(command), detail, [command.id])


def _field(name: str, spec: FieldSpec) -> Findable:
    parts = tuple(row_specs(spec).values()) if spec.kind == "rows" else ()
    units = [spelt(unit) for one in (spec, *parts) for unit in one.units]
    choices = [_(choice.label) for one in (spec, *parts) for choice in one.choices]
    page = _(SECTIONS[spec.section])
    about = [page, _(spec.group) if spec.group else "", ", ".join(units[:1])]
    detail = " · ".join(one for one in about if one)
    inside = [_(one.label) for one in parts]
    rest = " ".join((*units, *inside, _(spec.help) if spec.help else ""))
    # The English label too: whoever reads Chinese may have learnt it from a paper.
    others = (spec.label, name, *synonyms_of(name), *choices)
    return findable("field", name, _(spec.label), detail, others, rest)


def known(knowledge: Knowledge) -> Iterator[Findable]:
    """Options and sources of a knowledge."""
    for option in knowledge.options.values():
        sheet = option.therapy
        others = [sheet.name, sheet.id, _(sheet.name), *sheet.drugs, *sheet.classes]
        rest = " ".join(_(one) for one in (sheet.product, sheet.mechanism) if one)
        yield findable("option", sheet.id, _(sheet.short), capital(_(sheet.name)), others, rest)
    for row in catalogue(knowledge):
        year = str(row.year) if row.year else ""
        said = " · ".join(one for one in (_(KIND[row.kind]), row.who, year) if one)
        # Its list groups drugs by their class; people look for the drug itself.
        source = knowledge.sources[row.key]
        given = " ".join(arm.option for arm in source.arms) if isinstance(source, Study) else ""
        detail = f"{row.key} · {said}"
        yield findable("source", row.key, row.title, detail, [row.key], f"{row.words} {given}")


def told(advice: Advice) -> Iterator[Findable]:
    """The rules that hold or cannot be told yet in an answer, each once."""
    seen: dict[str, list[str]] = {}
    first: dict[str, Findable] = {}
    for option in advice.options:
        for finding in (*option.bars, *option.open_gates, *option.cautions):
            said = sentence(capital(finding.text))
            seen.setdefault(said, []).append(option.short)
            if said not in first:
                rest = " ".join((word(STATUS, option.status), *finding.cites))
                detail = " · ".join((word(_EFFECT, finding.effect), finding.rule))
                key = f"{option.id}/{finding.rule}"
                first[said] = findable("finding", key, said, detail, [finding.rule], rest)
    for said, one in first.items():
        options = ", ".join(dict.fromkeys(seen[said]))
        detail = f"{one.detail} · {options}"
        yield findable("finding", one.key, said, detail, one.others, one.rest)


def search(things: Sequence[Findable], words: str) -> tuple[Found, ...]:
    """What holds every word, grouped; the group of the best find first.

    Args:
        things: All that can be found.
        words: As typed; Chinese may stand without spaces.

    Returns:
        Groups with finds only; nothing for no words.
    """
    parts = folded(words).split()
    if not parts:
        return ()
    whole = " ".join(parts)
    groups: dict[Group, list[tuple[int, int, int, Findable]]] = {}
    for at, thing in enumerate(things):
        rank = _rank(thing, parts, whole)
        if rank is not None:
            groups.setdefault(thing.group, []).append((rank, len(thing.head), at, thing))
    order = list(GROUPS)
    ranked = {group: sorted(found, key=lambda one: one[:3]) for group, found in groups.items()}
    by_best = sorted(ranked, key=lambda group: (ranked[group][0][0], order.index(group)))
    return tuple(
        Found(
            group, tuple(one[3] for one in ranked[group][:MOST]), max(len(ranked[group]) - MOST, 0)
        )
        for group in by_best
    )


def _rank(thing: Findable, parts: Sequence[str], whole: str) -> int | None:
    """How well it fits, 0 the best; None if a word is nowhere."""
    if whole == thing.head or whole in thing.others:
        return -1
    rank = 0
    for part in parts:
        place = _place(thing, part)
        if place is None:
            return None
        rank = max(rank, place)
    return rank


def _place(thing: Findable, part: str) -> int | None:
    if part in thing.head:
        if thing.head.startswith(part):
            return _START
        return _WORD if f" {part}" in thing.head else _INSIDE
    if part in thing.head.replace(" ", ""):
        return _INSIDE
    for other in thing.others:
        if part in other or part in other.replace(" ", ""):
            return _OTHER_START if other.startswith(part) else _OTHER
    return _ANYWHERE if part in thing.rest else None
