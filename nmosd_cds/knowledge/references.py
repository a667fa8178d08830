"""Whether everything that is named exists: citations, figures, criteria, evidence sets, drugs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from nmosd_cds.errors import Problem, nearest
from nmosd_cds.evidence.study import Drug, Study
from nmosd_cds.knowledge.knowledge import FigureFound, Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.ranking import Comparator
from nmosd_cds.knowledge.therapy import Argument, Deaths, EffectSpec, EvidenceLink, Therapy
from nmosd_cds.knowledge.walk import Visited, visited
from nmosd_cds.strict_yaml import Place

# Fields that name figures: those that enter arithmetic, and those that are only shown.
COUNTED: dict[type, tuple[str, ...]] = {
    EffectSpec: ("from_", "person_time", "follow_up"),
    Comparator: ("events", "person_years"),
}
SHOWN: dict[type, tuple[str, ...]] = {
    EffectSpec: ("see",),
    Argument: ("figures",),
    PlanItem: ("figures",),
    Deaths: ("all_causes", "treatment_related"),
}


def reference_problems(parsed: Parsed, knowledge: Knowledge) -> list[Problem]:
    """A problem for everything that names what does not exist, or what may not be used so."""
    return [
        *_citations(parsed, knowledge),
        *_figures(parsed, knowledge),
        *_sums(parsed, knowledge),
        *_criteria(parsed, knowledge),
        *_scenarios(parsed, knowledge),
        *_trade_offs(parsed),
        *_options(parsed, knowledge),
        *_modifiable(parsed, knowledge),
    ]


def everything(parsed: Parsed) -> Iterator[Placed[Any]]:
    """Every model of the knowledge, evidence included, cases left out."""
    yield from (parsed.stamp, parsed.ranking, parsed.definitions, parsed.standard_care)
    yield from parsed.scope
    yield from parsed.general
    for option in parsed.options.values():
        assert option.therapy is not None  # else reading the files had stopped
        yield option.therapy
        yield from option.rules
    yield from parsed.plans
    yield from parsed.sources.values()
    yield from parsed.reading


def unknown(
    placed: Placed[Any], name: str, known: Collection[str], what: str, at: Place
) -> Iterator[Problem]:
    """A problem if a name is not among those known."""
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean `{near}`?" if near else ""
        yield placed.problem(f"`{name}` is not {what}.", hint, at=at)


def _walk(parsed: Parsed) -> Iterator[tuple[Placed[Any], Visited]]:
    for placed in everything(parsed):
        for one in visited(placed.value):
            yield placed, one


def _citations(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    studies = [name for name, one in knowledge.sources.items() if isinstance(one, Study)]
    for placed, one in _walk(parsed):
        if one.name == "cites":
            for number, key in enumerate(one.value):
                where = (*one.place, number)
                yield from unknown(placed, key, knowledge.sources, "a source", where)
        elif one.name == "study" and isinstance(one.owner, EvidenceLink):
            yield from unknown(placed, one.value, studies, "a study", one.place)
        elif one.name == "studies":
            for number, key in enumerate(one.value):
                yield from unknown(placed, key, studies, "a study", (*one.place, number))


def _figures(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    for placed, one in _walk(parsed):
        is_counted = one.name in COUNTED.get(type(one.owner), ())
        if not is_counted and one.name not in SHOWN.get(type(one.owner), ()):
            continue
        for reference, place in _named(one):
            found = list(_figure_problems(placed, reference, place, knowledge))
            yield from found
            if not found and is_counted and knowledge.figure(reference)[2].flag == "memory":
                said = f"`{reference}` is known from memory and may not enter arithmetic."
                yield placed.problem(said, "Name it under `see`.", at=place)


def _named(one: Visited) -> Iterator[tuple[str, Place]]:
    if isinstance(one.value, str):
        yield one.value, one.place
    for number, reference in enumerate(one.value if isinstance(one.value, tuple) else ()):
        yield reference, (*one.place, number)


def _figure_problems(
    placed: Placed[Any], reference: str, place: Place, knowledge: Knowledge
) -> Iterator[Problem]:
    yield from unknown(placed, reference, knowledge.figures, "a figure", place)
    parts = reference.split("/")
    if reference in knowledge.figures and len(parts) == 2:
        arms = _arms_with(parts[1], knowledge.figures[reference])
        if len(arms) > 1:
            said = f"`{reference}` stands in the arms {', '.join(arms)}."
            yield placed.problem(said, f"Write `{parts[0]}/<arm>/{parts[1]}`.", at=place)


def _arms_with(figure: str, found: FigureFound) -> list[str]:
    return [arm.id for arm in found[0].arms if any(one.id == figure for one in arm.figures)]


def _sums(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    for placed, one in _walk(parsed):
        is_sum = isinstance(one.owner, Argument) and one.owner.summed and one.name == "figures"
        if not is_sum and not (isinstance(one.owner, EffectSpec) and one.name == "from_"):
            continue
        found = [knowledge.figures[name] for name in one.value if name in knowledge.figures]
        studies = {study.id: study for study, _arm, _figure in found}
        for name, study in studies.items():
            for other in sorted(set(study.patients_overlap_with) & set(studies)):
                if name < other or name not in studies[other].patients_overlap_with:
                    said = f"`{name}` and `{other}` may tell of the same patients."
                    yield placed.problem(said, "They are never added up.", at=one.place)
        if is_sum and any(figure.count is None or figure.of is None for _s, _a, figure in found):
            yield placed.problem("only counts can be summed.", at=one.place)


def _criteria(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    criteria = [one.id for group in knowledge.ranking.criteria for one in group.members]
    for placed in parsed.therapies.values():
        therapy = placed.value
        sets: list[tuple[Place, dict[str, EffectSpec]]] = [(("effects",), therapy.effects)]
        sets += [
            (("evidence_sets", number, "effects"), one.effects)
            for number, one in enumerate(therapy.evidence_sets)
        ]
        for place, effects in sets:
            for name in effects:
                yield from unknown(placed, name, criteria, "a criterion", (*place, name))
        if therapy.rank_in_tier_2:
            yield from _missing_effects(placed, criteria)


def _missing_effects(placed: Placed[Therapy], criteria: list[str]) -> Iterator[Problem]:
    therapy = placed.value
    own = [set(one.effects) for one in therapy.evidence_sets] or [set()]
    for number, effects in enumerate(own):
        missing = [name for name in criteria if name not in effects | set(therapy.effects)]
        if missing:
            of_set = f" in `{therapy.evidence_sets[number].id}`" if therapy.evidence_sets else ""
            said = f"is ranked and has no effect for {', '.join(missing)}{of_set}."
            yield placed.problem(said, "Write `{kind: absent}` where there are no data.")


def _scenarios(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    placed = parsed.ranking
    ranking = placed.value
    criteria = [one.id for group in ranking.criteria for one in group.members]
    groups = [group.group for group in ranking.criteria]
    where: Place
    for number, one in enumerate(ranking.scenarios):
        at = ("scenarios", number)
        for option, chosen in one.evidence.items():
            where = (*at, "evidence", option)
            yield from unknown(placed, option, knowledge.options, "an option", where)
            if option in knowledge.options:
                sets = [each.id for each in knowledge.options[option].therapy.evidence_sets]
                yield from unknown(placed, chosen, sets, f"an evidence set of {option}", where)
        for option, effects in one.replace.items():
            where = (*at, "replace", option)
            yield from unknown(placed, option, knowledge.options, "an option", where)
            for name in effects:
                yield from unknown(placed, name, criteria, "a criterion", (*where, name))
        for name, group in one.move.items():
            yield from unknown(placed, name, criteria, "a criterion", (*at, "move", name))
            yield from unknown(placed, group, groups, "a group", (*at, "move", name))
        if one.comparator is not None:
            known = [each.id for each in ranking.comparators]
            yield from unknown(placed, one.comparator, known, "a comparator", (*at, "comparator"))
        if one.tier_policy is not None:
            known = [each.id for each in ranking.tier_policies]
            where = (*at, "tier_policy")
            yield from unknown(placed, one.tier_policy, known, "a tier policy", where)


def _trade_offs(parsed: Parsed) -> Iterator[Problem]:
    placed = parsed.ranking
    criteria = {one.id: one for group in placed.value.criteria for one in group.members}
    for number, one in enumerate(placed.value.trade_offs):
        for key, name in (("of", one.of), ("against", one.against)):
            at = ("trade_offs", number, key)
            yield from unknown(placed, name, criteria, "a criterion", at)
            if name in criteria and criteria[name].event is None:
                said = f"`{name}` has no `event`, so its events cannot be weighed."
                yield placed.problem(said, "Name one event of it, or take another.", at=at)
        if one.of == one.against:
            at = ("trade_offs", number, "against")
            yield placed.problem("a criterion is weighed against itself.", at=at)


def _options(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    drugs = [name for name, one in knowledge.sources.items() if isinstance(one, Drug)]
    classes = [one.id for one in knowledge.standard_care.classes]
    at: Place
    for number, name in enumerate(knowledge.stamp.option_order):
        at = ("option_order", number)
        yield from unknown(parsed.stamp, name, knowledge.options, "an option", at)
    for placed in parsed.therapies.values():
        therapy = placed.value
        for number, name in enumerate(therapy.drugs):
            yield from unknown(placed, name, drugs, "a drug", ("drugs", number))
        if therapy.mechanism_class is not None:
            at = ("mechanism_class",)
            what = "a class of standard-care.yaml"
            yield from unknown(placed, therapy.mechanism_class, classes, what, at)
    for number, one in enumerate(knowledge.standard_care.classes):
        for position, name in enumerate(one.drugs):
            at = ("classes", number, "drugs", position)
            yield from unknown(parsed.standard_care, name, drugs, "a drug", at)


def _modifiable(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    placed = parsed.definitions
    specs = knowledge.fact_specs
    fields = {field for spec in specs.values() for field in spec.needs}
    for number, one in enumerate(placed.value.modifiable):
        at: Place = ("modifiable", number)
        for key, name in (("fact", one.fact), ("follows", one.follows)):
            if name is not None:
                yield from unknown(placed, name, specs, "a fact", (*at, key))
        for position, name in enumerate(one.fields):
            yield from unknown(placed, name, fields, "a field", (*at, "fields", position))
        if one.fact not in specs:
            continue
        if specs[one.fact].kind == "number":
            said = f"`{one.fact}` is a number; it has no choices."
            yield placed.problem(said, "Name a fact with choices.", at=(*at, "fact"))
            continue
        for key, choices in (("to", one.to), ("only_from", one.only_from)):
            for position, name in enumerate(choices):
                what = f"a choice of `{one.fact}`"
                where = (*at, key, position)
                yield from unknown(placed, name, specs[one.fact].choices, what, where)
