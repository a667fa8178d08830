"""Whether a rule can speak at all, and whether two rules of an option can both be satisfied.

Every fact of a condition is cut at the limits the condition uses; all combinations of the pieces
are tried. Facts are taken as independent, so what is called unreachable here is unreachable;
something that only a link between facts makes unreachable is not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from math import prod
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.references import everything
from nmosd_cds.knowledge.walk import visited
from nmosd_cds.logic.condition import Condition, IsOneOf, Within, comparisons_of
from nmosd_cds.logic.evaluate import evaluate
from nmosd_cds.logic.fact import Choices, Fact, FactSpec, Interval, Possible
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient

# Combinations tried for one rule or one pair; a rule with more is left to its cases.
MOST_COMBINATIONS = 50_000
_BARS = ("excludes", "requires")


def sense_problems(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for every condition without effect, and for rules that contradict each other."""
    rules: list[Placed[Any]] = [*parsed.scope, *(rule for _folder, rule in parsed.rules)]
    placed = {one.value.id: one for one in rules}
    conditions: dict[str, Condition] = {one.rule.id: one.condition for one in knowledge.scope}
    for option in knowledge.options.values():
        conditions.update({one.rule.id: one.condition for one in option.rules})
    for name, condition in conditions.items():
        yield from _one_sided(placed[name], name, condition, knowledge.fact_specs)
    for number, (one, condition) in enumerate(
        zip(parsed.definitions.value.conditions, knowledge.conditions.values(), strict=True)
    ):
        at = ("conditions", number, "when")
        yield from _one_sided(parsed.definitions, one.name, condition, knowledge.fact_specs, at=at)
    yield from _contradictions(placed, knowledge)
    yield from _unused(parsed, knowledge)


def _one_sided(
    placed: Placed[Any],
    name: str,
    condition: Condition,
    specs: Mapping[str, FactSpec],
    *,
    at: tuple[str | int, ...] = ("when",),
) -> Iterator[Problem]:
    found = truths_of([condition], specs)
    if found is None:
        return
    truths = {truths[0] for truths in found}
    if truths == {Truth.FALSE}:
        yield placed.problem(
            f"`{name}` can never be true.", "Look at its limits and choices.", at=at
        )
    elif truths == {Truth.TRUE}:
        yield placed.problem(
            f"`{name}` can never be false.", "Look at its limits and choices.", at=at
        )


def _contradictions(placed: Mapping[str, Placed[Any]], knowledge: Knowledge) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for option in knowledge.options.values():
        for one, other in combinations(option.rules, 2):
            pair = (one.rule.id, other.rule.id)
            if pair in seen or not _facts(one.condition) & _facts(other.condition):
                continue
            seen.add(pair)
            yield from _pair(placed[pair[1]], one, other, knowledge.fact_specs)


def _pair(
    placed: Placed[Any],
    one: CompiledRule,
    other: CompiledRule,
    specs: Mapping[str, FactSpec],
) -> Iterator[Problem]:
    first, second = one.rule, other.rule
    bars = [rule.effect in _BARS for rule in (first, second)]
    speaks = {first.effect, second.effect} & {"favours"}
    same = first.effect == second.effect
    if not (all(bars) or (any(bars) and speaks) or same):
        return
    found = truths_of([one.condition, other.condition], specs)
    if found is None:
        return
    if same and all(truths[0] is truths[1] for truths in found):
        yield placed.problem(
            f"`{second.id}` says the same as `{first.id}`.", "Keep one of them.", at=("when",)
        )
    elif all(bars) and all(_bars(first.effect, a) or _bars(second.effect, b) for a, b in found):
        yield placed.problem(
            f"`{first.id}` and `{second.id}` bar the option together, whatever is known.",
            "One of them must be able to pass with the other.",
            at=("when",),
        )
    elif speaks and any(bars):
        yield from _never_heard(placed, one, other, found)


def _never_heard(
    placed: Placed[Any],
    one: CompiledRule,
    other: CompiledRule,
    found: Iterable[tuple[Truth, ...]],
) -> Iterator[Problem]:
    """A rule that speaks for an option only where another bars it is never of use."""
    speaker = 0 if one.rule.effect == "favours" else 1
    rules = (one.rule, other.rule)
    bar = rules[1 - speaker]
    heard = [truths for truths in found if truths[speaker] is Truth.TRUE]
    if heard and all(_bars(bar.effect, truths[1 - speaker]) for truths in heard):
        yield placed.problem(
            f"`{rules[speaker].id}` speaks for the option only where `{bar.id}` bars it.",
            "Look at both conditions.",
            at=("when",),
        )


def _bars(effect: str, truth: Truth) -> bool:
    return truth is (Truth.TRUE if effect == "excludes" else Truth.FALSE)


def truths_of(
    conditions: list[Condition], specs: Mapping[str, FactSpec]
) -> list[tuple[Truth, ...]] | None:
    """The answers of some conditions over every combination of settled facts they can tell apart.

    Args:
        conditions: At least one.
        specs: Facts by plain name.

    Returns:
        One answer for each condition, for each combination; None if there are too many.
    """
    pieces: dict[str, list[Possible]] = {}
    wanted: dict[str, list[IsOneOf | Within]] = {}
    for condition in conditions:
        for comparison in comparisons_of(condition):
            wanted.setdefault(comparison.fact, []).append(comparison)
    for fact, comparisons in wanted.items():
        pieces[fact] = _pieces(specs[fact.partition("@")[0]], comparisons)
    if prod(len(parts) for parts in pieces.values()) > MOST_COMBINATIONS:
        return None
    return [
        tuple(
            evaluate(condition, {f: Fact(p) for f, p in zip(pieces, chosen, strict=True)}).truth
            for condition in conditions
        )
        for chosen in product(*pieces.values())
    ]


def _pieces(spec: FactSpec, comparisons: list[IsOneOf | Within]) -> list[Possible]:
    if spec.kind != "number":
        return _choices(spec, comparisons)
    cuts = sorted(
        {
            limit
            for one in comparisons
            if isinstance(one, Within)
            for limit in (one.interval.low, one.interval.high)
            if limit is not None
        }
    )
    found: list[Possible] = [Interval(high=cuts[0], high_open=True)] if cuts else [Interval()]
    for cut, following in zip(cuts, [*cuts[1:], None], strict=True):
        found.append(Interval.point(cut))
        found.append(Interval(cut, following, low_open=True, high_open=True))
    return [piece for piece in found if _can_be(spec, piece)]


def _choices(spec: FactSpec, comparisons: list[IsOneOf | Within]) -> list[Possible]:
    named = {choice for one in comparisons if isinstance(one, IsOneOf) for choice in one.choices}
    groups = [{choice} for choice in spec.choices if choice in named]
    rest = {choice for choice in spec.choices if choice not in named}
    return [Choices(frozenset(group), spec.choices) for group in [*groups, rest] if group]


def _can_be(spec: FactSpec, piece: Possible) -> bool:
    """Whether a number of the piece may be entered at all; a derived number has no limits."""
    field = field_specs(Patient).get(spec.name) if spec.needs in ((), (spec.name,)) else None
    if field is None or not isinstance(piece, Interval):
        return True
    return piece.meets(Interval(field.minimum, field.maximum))


def _facts(condition: Condition) -> set[str]:
    return {comparison.fact for comparison in comparisons_of(condition)}


def _unused(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A named condition that nothing uses."""
    used = {
        name
        for placed in everything(parsed)
        for field in visited(placed.value)
        if isinstance(field.value, dict)
        for name in _named(field.value)
    }
    for number, one in enumerate(parsed.definitions.value.conditions):
        if one.name not in used:
            at = ("conditions", number, "name")
            said = f"nothing uses `{one.name}`."
            yield parsed.definitions.problem(said, "Use it with `is`, or take it out.", at=at)


def _named(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "is" and isinstance(value, str):
                yield value
            yield from _named(value)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _named(part)
