"""Whether the numbers of the ranking can be computed with: ranges, counts, priors, comparators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Figure
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.ranking import Criterion, Ranking
from nmosd_cds.knowledge.references import unknown
from nmosd_cds.knowledge.therapy import EffectSpec, Therapy
from nmosd_cds.strict_yaml import Place

_MOST_SCORE = 4
_ONE = "Write a number above 0 and up to 1."
_MOST_DRAWS = 100_000
_POSITIVE = "Write a number above 0."


def number_problems(parsed: Parsed, knowledge: Knowledge) -> list[Problem]:
    """A problem for every number with which a distribution, a value or a weight cannot be."""
    placed = parsed.ranking
    problems = [
        *_draws(placed),
        *_criteria(placed),
        *_assumptions(placed),
        *_comparators(placed, knowledge),
    ]
    for therapy in parsed.therapies.values():
        for place, effect in _effects(therapy.value):
            problems += _effect(therapy, place, effect, knowledge)
    return [*problems, *_replaced(placed, knowledge)]


def _replaced(placed: Placed[Ranking], knowledge: Knowledge) -> Iterator[Problem]:
    """The cells that a scenario puts in place of others; held to the same as those."""
    for i, scenario in enumerate(placed.value.scenarios):
        for option, cells in scenario.replace.items():
            for criterion, cell in cells.items():
                at: Place = ("scenarios", i, "replace", option, criterion)
                try:
                    effect = EffectSpec.model_validate(cell)
                except ValidationError as error:
                    said = error.errors()[0]
                    where = ".".join(str(part) for part in said["loc"])
                    yield placed.problem(f"`{where}`: {said['msg']}.", at=at)
                    continue
                yield from _recalled(placed, at, effect, knowledge)
                yield from _effect(placed, at, effect, knowledge)


def _recalled(
    placed: Placed[Ranking], at: Place, effect: EffectSpec, knowledge: Knowledge
) -> Iterator[Problem]:
    named = (*effect.from_, *(one for one in (effect.person_time, effect.follow_up) if one))
    for reference in named:
        yield from unknown(placed, reference, knowledge.figures, "a figure", at)
        found = knowledge.figures.get(reference)
        if found is not None and found[2].flag == "memory":
            said = f"`{reference}` is known from memory and may not enter arithmetic."
            yield placed.problem(said, "Name it under `see`.", at=at)


def _draws(placed: Placed[Ranking]) -> Iterator[Problem]:
    ranking = placed.value
    for name in ("draws", "screening_draws"):
        if getattr(ranking, name) < 1:
            yield placed.problem(f"`{name}` is below 1.", "Write at least 1.", at=(name,))
    if ranking.draws > _MOST_DRAWS:
        said = f"`draws` is above {_MOST_DRAWS}, which no memory holds."
        yield placed.problem(said, "Write 10000, for example.", at=("draws",))
    if ranking.screening_draws > ranking.draws:
        said = "`screening_draws` is above `draws`, of which they are the first."
        yield placed.problem(said, at=("screening_draws",))
    if not 0 < ranking.named_first.share <= 1:
        yield placed.problem("`share` is no share.", _ONE, at=("named_first", "share"))
    tie = ranking.tie
    for name, number, most in (
        ("minimum_difference", tie.minimum_difference, Decimal("0.5")),
        ("monte_carlo_errors", tie.monte_carlo_errors, Decimal(100)),
    ):
        if not 0 <= number <= most:
            said = f"`{name}` is not within 0 to {most}."
            yield placed.problem(said, at=("tie", name))


def _criteria(placed: Placed[Ranking]) -> Iterator[Problem]:
    groups = placed.value.criteria
    if not groups:
        said = "there is no criterion, so nothing can be weighed."
        yield placed.problem(said, "Name at least one group with one member.", at=("criteria",))
    names = Counter(group.group for group in groups)
    members = Counter(member.id for group in groups for member in group.members)
    for i, group in enumerate(groups):
        at: Place = ("criteria", i)
        if names[group.group] > 1:
            yield placed.problem(f"the group `{group.group}` stands twice.", "Join them.", at=at)
        if not group.members:
            said = f"the group `{group.group}` has no criterion."
            yield placed.problem(said, "Leave it out.", at=at)
        for k, criterion in enumerate(group.members):
            if members[criterion.id] > 1:
                said = f"the criterion `{criterion.id}` stands twice."
                yield placed.problem(said, "Keep one.", at=(*at, "members", k))
            yield from _range(placed, criterion, (*at, "members", k))


def _range(placed: Placed[Ranking], criterion: Criterion, at: Place) -> Iterator[Problem]:
    best, worst = criterion.best, criterion.worst
    if best == worst:
        said = f"best and worst of `{criterion.id}` are the same."
        yield placed.problem(said, "A range needs a width.", at=(*at, "best"))
    elif (best < worst) != (criterion.better == "lower"):
        said = f"`{criterion.id}` is better {criterion.better} and its range says otherwise."
        yield placed.problem(said, "Exchange best and worst, or say better.", at=(*at, "better"))
    if criterion.horizon_years is not None and criterion.horizon_years <= 0:
        said = f"the horizon of `{criterion.id}` is not above 0."
        yield placed.problem(said, _POSITIVE, at=(*at, "horizon_years"))


def _assumptions(placed: Placed[Ranking]) -> Iterator[Problem]:
    ranking = placed.value
    for level, worth in ranking.prior.person_years.items():
        if worth < 0:
            said = f"the prior at `{level}` is below 0 patient-years."
            yield placed.problem(said, at=("prior", "person_years", level))
    for i, scenario in enumerate(ranking.scenarios):
        if scenario.prior_person_years is not None and scenario.prior_person_years < 0:
            said = f"the prior of `{scenario.id}` is below 0 patient-years."
            yield placed.problem(said, at=("scenarios", i, "prior_person_years"))


def _comparators(placed: Placed[Ranking], knowledge: Knowledge) -> Iterator[Problem]:
    if not placed.value.comparators:
        said = "there is no comparator, so no hazard without cells."
        yield placed.problem(said, "Name at least one.", at=("comparators",))
    for i, one in enumerate(placed.value.comparators):
        for name in ("events", "person_years"):
            found = knowledge.figures.get(getattr(one, name))
            # A reference to nothing is said elsewhere.
            if found is not None and not _number(found[2]) > 0:
                said = f"the comparator `{one.id}` has no {name.replace('_', '-')}."
                yield placed.problem(said, "Name a figure above 0.", at=("comparators", i, name))


def _effects(therapy: Therapy) -> Iterator[tuple[Place, EffectSpec]]:
    for name, effect in therapy.effects.items():
        yield ("effects", name), effect
    for i, one in enumerate(therapy.evidence_sets):
        for name, effect in one.effects.items():
            yield ("evidence_sets", i, "effects", name), effect


def _effect(
    placed: Placed[Any], at: Place, effect: EffectSpec, knowledge: Knowledge
) -> Iterator[Problem]:
    found = [knowledge.figures[name][2] for name in effect.from_ if name in knowledge.figures]
    if effect.kind in ("count", "hazard") and not effect.from_:
        said = f"a cell of the kind `{effect.kind}` rests on no figure."
        yield placed.problem(said, "Name it under `from`, or write `{kind: absent}`.", at=at)
    if effect.kind == "count" and any(each.count is None or not each.of for each in found):
        said = "a proportion needs a count and of how many, and a figure here has not both."
        yield placed.problem(said, "Name figures with `count` and `of`.", at=at)
    if effect.discount is not None and not 0 < effect.discount <= 1:
        yield placed.problem("`discount` is no share.", _ONE, at=(*at, "discount"))
    if effect.kind == "hazard" and not all(_counts_relapses(each) for each in found):
        said = "a hazard needs printed relapses, people who relapsed, or a survival with its time."
        yield placed.problem(said, "Not printed is not none.", at=at)
    if effect.kind == "hazard" and found:
        yield from _person_time(placed, at, effect, found, knowledge)
    if effect.kind == "judgement" and (
        effect.score is None or not 0 <= effect.score <= _MOST_SCORE
    ):
        yield placed.problem("a judgement needs a `score` of 0 to 4.", at=at)
    if effect.kind == "exact" and effect.value is None:
        yield placed.problem("a cell of the kind `exact` has no `value`.", at=at)


def _person_time(
    placed: Placed[Any], at: Place, effect: EffectSpec, found: list[Figure], knowledge: Knowledge
) -> Iterator[Problem]:
    time = knowledge.figures.get(effect.person_time or "")
    known = any(each.kind == "survival" for each in found)
    if effect.person_time is None and not known:
        said = "a hazard needs the time in which its events were seen."
        yield placed.problem(said, "Name it under `person_time`.", at=at)
    elif time is not None and not _number(time[2]) > 0:
        said = f"the person-time `{effect.person_time}` is not above 0."
        yield placed.problem(said, "Name a figure above 0.", at=(*at, "person_time"))


def _counts_relapses(figure: Figure) -> bool:
    """Whether a figure says how many relapsed; one that says nothing must not read as none."""
    if figure.kind == "survival":
        return figure.value is not None and figure.at is not None
    if figure.kind == "count":
        return figure.count is not None
    return figure.kind == "events" and (figure.count is not None or figure.value is not None)


def _number(figure: Figure) -> Decimal:
    number = figure.count if figure.count is not None else figure.value
    return Decimal(0) if number is None else Decimal(number)
