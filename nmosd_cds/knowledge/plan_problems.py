"""Whether every line of every plan holds: fields, days, sources, washouts, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug
from nmosd_cds.knowledge.compiled import groups_of
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import PLANS, Parsed, Placed
from nmosd_cds.knowledge.plan import ALL_DRUGS, Days, Length, PlanItem, SourceRange
from nmosd_cds.knowledge.references import unknown
from nmosd_cds.knowledge.texts import prose_in
from nmosd_cds.knowledge.walk import visited
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient, Setting
from nmosd_cds.strict_yaml import Place

OUR_OWN = "nmosd-cds-project"
_ORDERS = re.compile(
    r"(?:^|(?<=[.;:!?]\s))(?:give|start|stop|prescribe|administer|order|use|take|begin|switch|add|"
    r"treat|vaccinate|check|measure|repeat|do not)\b|\b(?:must|should|shall)\b|\brecommend",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\d\s?(?:µg|ug|mcg|IU|U)\b(?!/)|\d[eE]\d|10\^\d|\b1?x\s?10\d")
_LIVE = re.compile(r"\blive vaccine|\bMMR\b|\bmeasles\b|\bvaricella vaccine", re.IGNORECASE)


def plan_problems(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for every line of a plan that may not be shown as it stands."""
    groups = {name for one in knowledge.options.values() for name in groups_of(one.therapy)}
    for name, lines in parsed.class_plans.items():
        if name not in groups and lines:
            said = f"`{name}` is not all, cellular, reference, a class or an option."
            yield Problem(lines[0].document.name, said, f"Rename the file in {PLANS}.")
    drugs = {name: one for name, one in knowledge.sources.items() if isinstance(one, Drug)}
    for placed in parsed.plans:
        yield from _fields(placed)
        yield from _sources(placed)
        yield from _days(placed)
        yield from _lengths(placed)
        yield from _drugs(placed, drugs)
        yield from _words(placed)
    for option in knowledge.options.values():
        items = [one.item for one in option.plan]
        washouts = [item for item in items if item.drugs]
        if washouts and not any(item.warning and item.figures for item in items):
            placed = next(one for one in parsed.plans if one.value is washouts[0])
            said = f"`{option.id}` has a washout without the danger of stopping."
            yield placed.problem(said, "Add a line with `warning: true` and its figures.")


@cache
def _known_fields() -> frozenset[str]:
    return frozenset((*field_specs(Patient), *field_specs(Setting)))


def _fields(placed: Placed[PlanItem]) -> Iterator[Problem]:
    for number, name in enumerate(placed.value.fields):
        yield from unknown(placed, name, _known_fields(), "a field", ("fields", number))


def _sources(placed: Placed[PlanItem]) -> Iterator[Problem]:
    for place, owner in _owners(placed.value):
        if not isinstance(owner, PlanItem | SourceRange | Length):
            continue
        if not owner.cites:
            hint = f"Cite where it was read, or {OUR_OWN}."
            yield placed.problem("a line of a plan has no source.", hint, at=place)
        elif owner.flag == "seen" and set(owner.cites) == {OUR_OWN}:
            said = "is flagged as read and cites only this project."
            yield placed.problem(said, "Flag it `project`, or cite the text.", at=place)


def _days(placed: Placed[PlanItem]) -> Iterator[Problem]:
    for place, owner in _owners(placed.value):
        if not isinstance(owner, Days):
            continue
        if owner.to is not None and owner.to < owner.from_:
            said = f"day {owner.from_} to day {owner.to} runs backwards."
            yield placed.problem(said, "Write the earlier day first.", at=place)
        last = owner.to if owner.to is not None else max(owner.at, default=owner.from_)
        for day in owner.at:
            if not owner.from_ <= day <= last:
                said = f"day {day} is not within day {owner.from_} to day {owner.to}."
                yield placed.problem(said, at=(*place, "at"))


def _lengths(placed: Placed[PlanItem]) -> Iterator[Problem]:
    for place, owner in _owners(placed.value):
        if not isinstance(owner, Length):
            continue
        given = [one for one in (owner.days, owner.months) if one is not None]
        if len(given) != 1 or given[0] < 0:
            said = "a length needs either `days` or `months`, of 0 or more."
            yield placed.problem(said, at=place)


def _drugs(placed: Placed[PlanItem], drugs: dict[str, Drug]) -> Iterator[Problem]:
    item = placed.value
    for number, name in enumerate(item.drugs):
        at: Place = ("drugs", number)
        yield from unknown(placed, name, [ALL_DRUGS, *drugs], "a drug", at)
        if name in drugs and drugs[name].mechanism_class == "c5" and item.intervals:
            said = f"`{name}` is a C5 inhibitor, for which no interval is published."
            yield placed.problem(said, "Say so, without a number.", at=at)
    classes = {one.mechanism_class for one in drugs.values()}
    for number, name in enumerate(item.taking):
        what = "a drug or a class of drugs"
        yield from unknown(placed, name, sorted({*drugs, *classes}), what, ("taking", number))
    if item.intervals and not item.drugs:
        said = "an interval belongs to no drug."
        yield placed.problem(said, "Name them under `drugs`.", at=("intervals",))


def _words(placed: Placed[PlanItem]) -> Iterator[Problem]:
    item = placed.value
    for one in visited(item):
        for place, text in prose_in(one):
            order = _ORDERS.search(text)
            if order is not None:
                said = f"`{order.group(0)}` sounds like an order."
                yield placed.problem(said, "Write `consider`.", at=place)
            dose = _DOSE.search(text)
            if dose is not None:
                said = f"`{dose.group(0)}` can be misread."
                hint = "Write microgram, units, or 1 × 10⁶."
                yield placed.problem(said, hint, at=place)
    if _LIVE.search(item.text) and item.section == "vaccination" and not item.live:
        said = "tells of live vaccines without `live: true`."
        yield placed.problem(said, at=("text",))
    if item.live and re.search(r"\bsafe\b", item.text, re.IGNORECASE):
        said = "a live vaccine is never called safe."
        yield placed.problem(said, "Say what the sources ask for.", at=("text",))


def _owners(item: PlanItem) -> Iterator[tuple[Place, object]]:
    """The item and everything inside it that can be wrong by itself, with its place."""
    yield (), item
    if item.validity is not None:
        yield ("validity",), item.validity
    if item.days is not None:
        yield ("days",), item.days
    for number, one in enumerate(item.ranges):
        yield ("ranges", number), one
        if one.days is not None:
            yield ("ranges", number, "days"), one.days
    for number, interval in enumerate(item.intervals):
        yield ("intervals", number), interval
