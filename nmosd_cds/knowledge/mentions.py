"""Where a source is cited: by which option, rule, argument, line of a plan or definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from nmosd_cds.evidence.study import Drug
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.knowledge.plan import Days, PlanItem
from nmosd_cds.knowledge.therapy import Therapy
from nmosd_cds.knowledge.walk import visited

Place = Literal[
    "evidence",
    "effect",
    "argument",
    "deaths",
    "rule",
    "plan",
    "scope",
    "definition",
    "number",
    "comparator",
    "drug",
]
_LISTS = ("cites", "studies", "figures", "from_", "see", "all_causes", "treatment_related")
_SINGLE = ("study", "person_time", "follow_up", "events", "person_years")


@dataclass(frozen=True)
class Mention:
    """One place that names a source.

    Attributes:
        place: What kind of place it is.
        owner: Option id; rule or definition id where no option owns it; drug id for a drug sheet.
        words: What the place says, or the name of what it is.
        part: Rule id, id of the criterion, or section of the plan; empty where there is none.
        shared: Whether it holds for every option of a class and is told once.
    """

    place: Place
    owner: str
    words: str
    part: str = ""
    shared: bool = False


def mentions(knowledge: Knowledge) -> Mapping[str, tuple[Mention, ...]]:
    """Every place that names a source, by citation key; a key that nothing names is not in it."""
    found: dict[str, dict[Mention, None]] = {}
    for mention, part in _places(knowledge):
        for key in _keys(part):
            found.setdefault(key, {})[mention] = None
    return {key: tuple(places) for key, places in found.items()}


def _places(knowledge: Knowledge) -> Iterator[tuple[Mention, BaseModel]]:
    told: set[int] = set()
    for option in knowledge.options.values():
        yield from _of_therapy(option.therapy)
        yield from _of_rules(option, told)
        yield from _of_plan(option, told)
    for scope in knowledge.scope:
        yield Mention("scope", scope.rule.id, scope.rule.message, scope.rule.id), scope.rule
    for compiled in knowledge.published_definitions:
        one = compiled.definition
        yield Mention("definition", one.id, one.label), one
    for number in knowledge.definitions_file.numbers:
        yield Mention("number", number.name, number.because), number
    for comparator in knowledge.ranking.comparators:
        yield Mention("comparator", comparator.id, comparator.label), comparator
    for source in knowledge.sources.values():
        if isinstance(source, Drug):
            yield Mention("drug", source.id, source.name), source


def _of_therapy(therapy: Therapy) -> Iterator[tuple[Mention, BaseModel]]:
    for link in therapy.evidence:
        yield Mention("evidence", therapy.id, therapy.name), link
    effects = [therapy.effects, *(one.effects for one in therapy.evidence_sets)]
    for criterion, effect in (pair for each in effects for pair in each.items()):
        yield Mention("effect", therapy.id, effect.because or "", criterion), effect
    for argument in therapy.arguments:
        yield Mention("argument", therapy.id, argument.text, argument.side), argument
    yield Mention("deaths", therapy.id, therapy.deaths.note or ""), therapy.deaths


def _of_rules(option: Option, told: set[int]) -> Iterator[tuple[Mention, BaseModel]]:
    for compiled in option.rules:
        rule = compiled.rule
        if id(rule) not in told:
            told.add(id(rule))
            yield (
                Mention("rule", option.id, rule.because, rule.id, shared=compiled.is_general),
                rule,
            )


def _of_plan(option: Option, told: set[int]) -> Iterator[tuple[Mention, BaseModel]]:
    for compiled in option.plan:
        line = compiled.item
        if id(line) in told:
            continue
        told.add(id(line))
        yield Mention("plan", option.id, _line_words(line), line.section), line


def _line_words(line: PlanItem) -> str:
    return f"{line.label}: {line.text}" if line.label else line.text


def _keys(part: BaseModel) -> Iterator[str]:
    """Citation keys named anywhere inside a part."""
    for field in visited(part):
        if isinstance(field.owner, Days) or field.value is None:
            continue
        if field.name in _LISTS:
            yield from (reference.partition("/")[0] for reference in field.value)
        elif field.name in _SINGLE:
            yield field.value.partition("/")[0]
