"""Facts cut into answers, and tied into islands: what one search has to look at together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod

from nmosd_cds.logic.condition import Condition, IsOneOf, Within, comparisons_of
from nmosd_cds.logic.evaluate import compare, truth_in
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval, Possible
from nmosd_cds.logic.truth import Truth


@dataclass(frozen=True)
class Check:
    """Something that is settled once the facts it reads are.

    Attributes:
        comparisons: What it asks of facts.
        effect: Bits it adds to a standing; None where the facts are impossible together.
    """

    comparisons: tuple[IsOneOf | Within, ...]
    effect: Callable[[Facts], int | None]

    def reads(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of the names it reads, in their order of mention."""
        mentioned = dict.fromkeys(each.fact for each in self.comparisons)
        wanted = set(names)
        return tuple(name for name in mentioned if name in wanted)


@dataclass(frozen=True)
class Cell:
    """Answers of a fact that nothing tells apart."""

    fact: Fact
    atoms: tuple[Possible, ...]
    effect: int


# Numbers of cells; and those still needed with the bits added, or None if they are impossible.
Values = tuple[int, ...]
Taken = tuple[Values, int] | None
# Standings by the answers still needed.
States = Mapping[Values, frozenset[int]]


@dataclass
class Step:
    """One fact of an island is answered; then the checks that are settled by it are read.

    Attributes:
        live: Facts answered before that are still needed.
        keep: Places, among the live ones and this one, of those needed afterwards.
        taken: What was found for answers before.
        whole: The states after it when nothing is left out; None until they were found.
    """

    name: str
    live: tuple[str, ...]
    checks: tuple[Check, ...]
    keep: tuple[int, ...]
    taken: dict[Values, Taken] = field(default_factory=dict)
    whole: States | None = None


def when(condition: Condition, truth: Truth, bit: int | None) -> Check:
    """A check that adds a bit when a condition has this truth; None: such facts cannot be."""

    def effect(facts: Facts) -> int | None:
        return bit if truth_in(condition, facts) is truth else 0

    return Check(tuple(comparisons_of(condition)), effect)


def facts_in(condition: Condition) -> set[str]:
    """Every fact a condition names."""
    return {each.fact for each in comparisons_of(condition)}


def told_apart(fact: Fact, comparisons: Sequence[IsOneOf | Within]) -> list[Possible]:
    """The answers of a fact: one for each way to answer every comparison, or more."""
    atoms = list(_atoms(fact.possible, comparisons))
    ways = {
        tuple(compare(each, fact.with_possible(atom)) for each in comparisons) for atom in atoms
    }
    return atoms if len(ways) > 1 else atoms[:1]


def _atoms(possible: Possible, comparisons: Iterable[IsOneOf | Within]) -> Iterator[Possible]:
    if isinstance(possible, Choices):
        for choice in possible.domain:
            if choice in possible.possible:
                yield Choices(frozenset({choice}), possible.domain)
        return
    ends: set[Decimal] = set()
    for each in comparisons:
        if isinstance(each, Within):
            ends |= {end for end in (each.interval.low, each.interval.high) if end is not None}
    below: Decimal | None = None
    for end in sorted(ends):
        yield from _meeting(Interval(below, end, low_open=True, high_open=True), possible)
        yield from _meeting(Interval(end, end), possible)
        below = end
    yield from _meeting(Interval(below, None, low_open=True), possible)


def _meeting(atom: Interval, possible: Interval) -> Iterator[Interval]:
    if atom.meets(possible):
        yield atom


def can_meet(one: Possible, other: Possible) -> bool:
    """Whether some value is possible in both."""
    if isinstance(one, Choices) and isinstance(other, Choices):
        return not one.possible.isdisjoint(other.possible)
    return isinstance(one, Interval) and isinstance(other, Interval) and one.meets(other)


Tied = tuple[Check, tuple[str, ...]]


def islands_of(
    names: Iterable[str], tied: Sequence[Tied]
) -> Iterator[tuple[tuple[str, ...], list[Tied]]]:
    """Facts that hang together, each island with its checks."""
    group = {name: {name} for name in names}
    for _check, read in tied:
        joined = set().union(*(group[name] for name in read))
        for name in joined:
            group[name] = joined
    seen: set[str] = set()
    for name, members in group.items():
        if name not in seen:
            seen |= members
            inside = [pair for pair in tied if pair[1][0] in members]
            yield tuple(each for each in group if each in members), inside


def steps_of(
    island: tuple[tuple[str, ...], list[Tied]], cells: Mapping[str, tuple[Cell, ...]]
) -> list[Step]:
    """The order that keeps the fewest answers in mind at a time, greedily."""
    waiting, checks = list(island[0]), list(island[1])
    live: tuple[str, ...] = ()
    steps = []
    while waiting:
        width = {name: _width(name, live, waiting, checks, cells) for name in waiting}
        name = min(waiting, key=width.__getitem__)
        waiting.remove(name)
        known = {*live, name}
        done = [pair for pair in checks if known.issuperset(pair[1])]
        checks = [pair for pair in checks if not known.issuperset(pair[1])]
        needed = {each for pair in checks for each in pair[1]}
        names = (*live, name)
        keep = tuple(place for place, each in enumerate(names) if each in needed)
        steps.append(Step(name, live, tuple(check for check, _read in done), keep))
        live = tuple(names[place] for place in keep)
    return steps


def _width(
    name: str,
    live: tuple[str, ...],
    waiting: Sequence[str],
    checks: Sequence[Tied],
    cells: Mapping[str, tuple[Cell, ...]],
) -> tuple[int, int]:
    known = {*live, name}
    needed = {each for _check, read in checks if not known.issuperset(read) for each in read}
    kept = [len(cells[each]) for each in known & needed]
    return prod(kept), -sum(known.issuperset(read) for _check, read in checks)
