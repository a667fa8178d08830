"""What the unknown could still change: which options could be left, and in which tier.

A completion gives every open fact one of its answers: its possible set, cut at every threshold and
choice that an unsettled gate asks about. Facts vary independently unless they are declared
impossible together: a superset of reality, so that what no completion changes is certain, and what
some completion changes may be cautious. Who leads among those left is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from math import prod
from random import Random

from nmosd_cds.advice.tiers import TIERS
from nmosd_cds.logic.condition import AllOf, Condition, IsOneOf, Within, comparisons_of
from nmosd_cds.logic.evaluate import compare, evaluate
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval, Possible
from nmosd_cds.logic.truth import Truth

BUDGET = 20_000
WITNESSES = 256
_TIER_BITS = 3


@dataclass(frozen=True)
class Bar:
    """A gate that is not settled; it bars its option when the condition has this truth."""

    condition: Condition
    when: Truth


@dataclass(frozen=True)
class Contender:
    """An option that could still be first.

    Attributes:
        place: Its tier once the facts of `asks` are settled; None if it then has no rank.
        asks: Every comparison on which `place` depends.
        bars: Gates that are not settled.
        doubts: Conditions of cautions about benefit that may hold.
    """

    option: str
    place: Callable[[Facts], str | None]
    asks: tuple[IsOneOf | Within, ...] = ()
    bars: tuple[Bar, ...] = ()
    doubts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Left:
    """Who is left at the top in a completion.

    Attributes:
        tier: The highest tier that somebody holds; None if nobody is left.
        options: Who holds it, in the order of the contenders.
        doubtful: Those of them with a caution about benefit that holds.
    """

    tier: str | None
    options: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reached:
    """Everything that can be left at the top.

    Attributes:
        certain: Of this each has a completion.
        possible: Nothing else has one; the same as `certain` where the search was exact.
    """

    certain: frozenset[Left]
    possible: frozenset[Left]

    @property
    def exact(self) -> bool:
        """Whether both bounds meet."""
        return self.certain == self.possible


@dataclass(frozen=True)
class _Check:
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
class _Cell:
    """Answers of a fact that nothing tells apart."""

    fact: Fact
    atoms: tuple[Possible, ...]
    effect: int


# Numbers of cells; and those still needed with the bits added, or None if they are impossible.
_Values = tuple[int, ...]
_Taken = tuple[_Values, int] | None
# Standings by the answers still needed.
_States = Mapping[_Values, frozenset[int]]


@dataclass
class _Step:
    """One fact of an island is answered; then the checks that are settled by it are read.

    Attributes:
        live: Facts answered before that are still needed.
        keep: Places, among the live ones and this one, of those needed afterwards.
        taken: What was found for answers before.
        whole: The states after it when nothing is left out; None until they were found.
    """

    name: str
    live: tuple[str, ...]
    checks: tuple[_Check, ...]
    keep: tuple[int, ...]
    taken: dict[_Values, _Taken] = field(default_factory=dict)
    whole: _States | None = None


class Space:
    """Every completion of one case, searched island by island.

    An island is a set of facts tied together by checks that read several of them. Within an island
    facts are answered one by one, and what is alike for everything still to come is one state;
    islands only add their bars, so their results are joined.
    """

    def __init__(
        self,
        contenders: Sequence[Contender],
        facts: Facts,
        impossible: Sequence[tuple[Condition, ...]] = (),
        *,
        budget: int = BUDGET,
        seed: int = 0,
    ) -> None:
        """Cut the facts into answers.

        Args:
            contenders: In the order in which they are shown.
            facts: As far as they are known.
            impossible: Conditions that cannot all hold at once.
            budget: States looked at before a search gives up.
            seed: Of the witnesses that then stand in for it.
        """
        self._contenders = tuple(contenders)
        self._facts = facts
        self._budget = budget
        self._seed = seed
        self._count = len(self._contenders)
        self._base = 0
        self._cells: dict[str, tuple[_Cell, ...]] = {}
        self._islands: list[list[_Step]] = []
        self._found: dict[tuple[int, tuple[tuple[int, ...], ...]], frozenset[int] | None] = {}
        self._joins: dict[frozenset[tuple[frozenset[int], int]], frozenset[int] | None] = {}
        self._alone: list[Space] | None = None
        self._left: dict[int, Left] = {}
        self._tops: dict[frozenset[int], Reached] = {}
        self._masks: dict[int, int] = {}
        self._every_bar = (1 << self._count) - 1
        checks = [check for number in range(self._count) for check in self._checks_of(number)]
        self._build([*checks, *self._impossible(checks, impossible)])

    def reached(self, changed: Mapping[str, Fact] | None = None) -> Reached:
        """What can be left at the top.

        Args:
            changed: Facts known more narrowly than the case says.

        Returns:
            Nothing at all if the changed facts contradict the others.
        """
        allowed = self._allowed(changed or {})
        found = self._standings(allowed)
        if found is None:
            certain = {self._at_top(each) for each in self._witnesses(allowed)}
            return Reached(frozenset(certain), frozenset(self._bound(changed or {}) | certain))
        if found not in self._tops:
            left = frozenset(self._at_top(each) for each in found)
            self._tops[found] = Reached(left, left)
        return self._tops[found]

    @property
    def options(self) -> tuple[str, ...]:
        """The contenders, in their order."""
        return tuple(each.option for each in self._contenders)

    # Standings: a bit of a bar and one of a doubt for each contender, then the number of its tier.

    def _bar_bit(self, number: int) -> int:
        return 1 << number

    def _doubt_bit(self, number: int) -> int:
        return 1 << (self._count + number)

    def _tier_bits(self, number: int, tier: str | None) -> int:
        code = 0 if tier is None else TIERS.index(tier) + 1
        return code << (2 * self._count + _TIER_BITS * number)

    def _tier_mask(self, number: int) -> int:
        return (1 << _TIER_BITS) - 1 << (2 * self._count + _TIER_BITS * number)

    def _at_top(self, standing: int) -> Left:
        if standing not in self._left:
            self._left[standing] = self._read(standing)
        return self._left[standing]

    def _read(self, standing: int) -> Left:
        tiers: dict[int, list[int]] = {}
        for number in range(self._count):
            code = standing >> (2 * self._count + _TIER_BITS * number) & (1 << _TIER_BITS) - 1
            if code and not standing & self._bar_bit(number):
                tiers.setdefault(code, []).append(number)
        if not tiers:
            return Left(None)
        top = min(tiers)
        names = [self._contenders[number].option for number in tiers[top]]
        doubtful = [n for n in tiers[top] if standing & self._doubt_bit(n)]
        return Left(
            TIERS[top - 1],
            tuple(names),
            frozenset(self._contenders[number].option for number in doubtful),
        )

    def _checks_of(self, number: int) -> Iterator[_Check]:
        contender = self._contenders[number]
        for bar in contender.bars:
            yield _when(bar.condition, bar.when, self._bar_bit(number))
        for doubt in contender.doubts:
            yield _when(doubt, Truth.TRUE, self._doubt_bit(number))

        def placed(facts: Facts) -> int:
            return self._tier_bits(number, contender.place(facts))

        yield _Check(contender.asks, placed)

    def _impossible(
        self, checks: Sequence[_Check], impossible: Sequence[tuple[Condition, ...]]
    ) -> list[_Check]:
        """The declarations that touch a fact which is asked for, directly or through another."""
        asked = {each.fact for check in checks for each in check.comparisons}
        waiting = [AllOf(parts) for parts in impossible]
        waiting = [each for each in waiting if evaluate(each, self._facts).truth is Truth.UNKNOWN]
        found: list[_Check] = []
        while touched := [each for each in waiting if asked & _names(each)]:
            for each in touched:
                waiting.remove(each)
                asked |= _names(each)
                found.append(_when(each, Truth.TRUE, None))
        return found

    # Answers, and what ties them together.

    def _build(self, checks: Sequence[_Check]) -> None:
        asked: dict[str, list[IsOneOf | Within]] = {}
        for check in checks:
            for comparison in check.comparisons:
                asked.setdefault(comparison.fact, []).append(comparison)
        atoms = {
            name: found
            for name, comparisons in asked.items()
            if len(found := _told_apart(self._facts[name], comparisons)) > 1
        }
        reads = [check.reads(atoms) for check in checks]
        for check, names in zip(checks, reads, strict=True):
            if not names:
                self._base |= check.effect(self._facts) or 0
        tied = [(check, names) for check, names in zip(checks, reads, strict=True) if names[1:]]
        single: dict[str, list[_Check]] = {}
        for check, names in zip(checks, reads, strict=True):
            if len(names) == 1:
                single.setdefault(names[0], []).append(check)
        for name, found in atoms.items():
            between = [c for check, _n in tied for c in check.comparisons if c.fact == name]
            self._cells[name] = self._merged(name, found, single.get(name, ()), between)
        for island in _islands(atoms, tied):
            self._islands.append(_steps(island, self._cells))

    def _merged(
        self,
        name: str,
        atoms: Sequence[Possible],
        checks: Sequence[_Check],
        between: Sequence[IsOneOf | Within],
    ) -> tuple[_Cell, ...]:
        cells: dict[tuple[int, tuple[Truth, ...]], list[Possible]] = {}
        for atom in atoms:
            fact = self._facts[name].with_possible(atom)
            effects = [check.effect({**self._facts, name: fact}) for check in checks]
            if None in effects:
                continue
            effect = 0
            for each in effects:
                effect |= each or 0
            signature = tuple(compare(comparison, fact) for comparison in between)
            cells.setdefault((effect, signature), []).append(atom)
        return tuple(
            _Cell(self._facts[name].with_possible(found[0]), tuple(found), effect)
            for (effect, _signature), found in cells.items()
        )

    def _allowed(self, changed: Mapping[str, Fact]) -> dict[str, _Values]:
        """The answers still there, as numbers of cells, by fact."""
        allowed = {}
        for name, cells in self._cells.items():
            numbers: Iterable[int] = range(len(cells))
            if name in changed:
                new = changed[name].possible
                numbers = (n for n in numbers if any(_meet(atom, new) for atom in cells[n].atoms))
            allowed[name] = tuple(numbers)
        return allowed

    # The exact search; None: the budget is spent.

    def _standings(self, allowed: Mapping[str, _Values]) -> frozenset[int] | None:
        found = []
        for number in range(len(self._islands)):
            of_island = self._island(number, allowed)
            if of_island is None:
                return None
            found.append(of_island)
        return self._joined(found)

    def _island(self, number: int, allowed: Mapping[str, _Values]) -> frozenset[int] | None:
        steps = self._islands[number]
        key = (number, tuple(allowed[step.name] for step in steps))
        if key not in self._found:
            self._found[key] = self._search(steps, allowed)
        return self._found[key]

    def _search(
        self, steps: Sequence[_Step], allowed: Mapping[str, _Values]
    ) -> frozenset[int] | None:
        states: _States = {(): frozenset((0,))}
        spent = 0
        is_whole = True
        for step in steps:
            answers = allowed[step.name]
            spent += sum(map(len, states.values())) * len(answers)
            if spent > self._budget:
                return None
            # As long as no answer was left out, the states are those of the search before.
            is_whole = is_whole and len(answers) == len(self._cells[step.name])
            if is_whole and step.whole is not None:
                states = step.whole
            else:
                states = self._following(step, answers, states)
                step.whole = states if is_whole else step.whole
        return frozenset().union(*states.values())

    def _following(self, step: _Step, answers: _Values, states: _States) -> _States:
        following: dict[_Values, set[int]] = {}
        for live, standings in states.items():
            for cell in answers:
                taken = self._taken(step, (*live, cell))
                if taken is not None:
                    kept, bits = taken
                    found: Iterable[int] = standings
                    if bits:
                        found = {self._cleaned(standing | bits) for standing in standings}
                    following.setdefault(kept, set()).update(found)
        return {live: frozenset(standings) for live, standings in following.items()}

    def _taken(self, step: _Step, values: _Values) -> _Taken:
        if values not in step.taken:
            step.taken[values] = self._settled(step, values)
        return step.taken[values]

    def _settled(self, step: _Step, values: _Values) -> _Taken:
        effect = self._cells[step.name][values[-1]].effect
        names = (*step.live, step.name)
        chosen = {n: self._cells[n][v].fact for n, v in zip(names, values, strict=True)}
        facts = {**self._facts, **chosen} if step.checks else self._facts
        for check in step.checks:
            found = check.effect(facts)
            if found is None:
                return None
            effect |= found
        return tuple(values[place] for place in step.keep), effect

    def _cleaned(self, standing: int) -> int:
        """Whoever is barred keeps neither doubt nor tier: they would tell alike standings apart."""
        barred = standing & self._every_bar
        if barred not in self._masks:
            mask = -1
            for number in range(self._count):
                if barred & self._bar_bit(number):
                    mask &= ~(self._doubt_bit(number) | self._tier_mask(number))
            self._masks[barred] = mask
        return standing & self._masks[barred]

    def _joined(self, islands: Sequence[frozenset[int]]) -> frozenset[int] | None:
        counts = Counter(islands)
        # Two islands that may add the same bits or none are as good as one.
        key = frozenset(
            (each, 1 if len(each) == 1 or (len(each) == 2 and 0 in each) else times)
            for each, times in counts.items()
        )
        if key not in self._joins:
            self._joins[key] = self._join(key)
        return self._joins[key]

    def _join(self, islands: frozenset[tuple[frozenset[int], int]]) -> frozenset[int] | None:
        states = {self._cleaned(self._base)}
        for each, times in sorted(islands, key=lambda pair: sorted(pair[0])):
            for _time in range(times):
                if len(states) * len(each) > self._budget:
                    return None
                states = {self._cleaned(one | two) for one in states for two in each}
        return frozenset(states)

    # Bounds, where the exact search is too large.

    def _bound(self, changed: Mapping[str, Fact]) -> set[Left]:
        """Each contender by itself, whatever the others do."""
        if self._alone is None:
            self._alone = [
                Space([contender], self._facts, budget=self._budget)
                for contender in self._contenders
            ]
        found = {Left(None)}
        for contender, space in zip(self._contenders, self._alone, strict=True):
            ways = set(space.ways(changed))
            found = {
                _with(left, contender.option, tier, is_doubtful=doubt)
                for left in found
                for tier, doubt in ways
            }
        return found

    def ways(self, changed: Mapping[str, Fact]) -> Iterator[tuple[str | None, bool]]:
        """The tiers of the only contender, None where it is barred; and whether it is in doubt."""
        found = self._standings(self._allowed(changed))
        if found is None:
            yield from product((None, *TIERS), (False, True))
            return
        for standing in found:
            left = self._at_top(standing)
            yield left.tier, bool(left.doubtful)

    def _witnesses(self, allowed: Mapping[str, _Values]) -> Iterator[int]:
        random = Random(self._seed)  # noqa: S311  # witnesses, not secrets
        for _number in range(WITNESSES):
            standing = self._base
            for steps in self._islands:
                found = self._drawn(steps, allowed, random)
                if found is None:
                    break
                standing |= found
            else:
                yield self._cleaned(standing)

    def _drawn(
        self, steps: Sequence[_Step], allowed: Mapping[str, _Values], random: Random
    ) -> int | None:
        live: tuple[int, ...] = ()
        standing = 0
        for step in steps:
            if not allowed[step.name]:
                return None
            taken = self._taken(step, (*live, random.choice(allowed[step.name])))
            if taken is None:
                return None
            live = taken[0]
            standing |= taken[1]
        return standing


def _with(left: Left, option: str, tier: str | None, *, is_doubtful: bool) -> Left:
    """Who is left at the top when one more option is judged."""
    if tier is None or (left.tier is not None and TIERS.index(tier) > TIERS.index(left.tier)):
        return left
    doubtful = frozenset({option} if is_doubtful else ())
    if tier != left.tier:
        return Left(tier, (option,), doubtful)
    return Left(tier, (*left.options, option), left.doubtful | doubtful)


def _when(condition: Condition, truth: Truth, bit: int | None) -> _Check:
    def effect(facts: Facts) -> int | None:
        return bit if evaluate(condition, facts).truth is truth else 0

    return _Check(tuple(comparisons_of(condition)), effect)


def _names(condition: Condition) -> set[str]:
    return {each.fact for each in comparisons_of(condition)}


def _told_apart(fact: Fact, comparisons: Sequence[IsOneOf | Within]) -> list[Possible]:
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


def _meet(one: Possible, other: Possible) -> bool:
    if isinstance(one, Choices) and isinstance(other, Choices):
        return not one.possible.isdisjoint(other.possible)
    return isinstance(one, Interval) and isinstance(other, Interval) and one.meets(other)


_Tied = tuple[_Check, tuple[str, ...]]


def _islands(
    names: Iterable[str], tied: Sequence[_Tied]
) -> Iterator[tuple[tuple[str, ...], list[_Tied]]]:
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


def _steps(
    island: tuple[tuple[str, ...], list[_Tied]], cells: Mapping[str, tuple[_Cell, ...]]
) -> list[_Step]:
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
        steps.append(_Step(name, live, tuple(check for check, _read in done), keep))
        live = tuple(names[place] for place in keep)
    return steps


def _width(
    name: str,
    live: tuple[str, ...],
    waiting: Sequence[str],
    checks: Sequence[_Tied],
    cells: Mapping[str, tuple[_Cell, ...]],
) -> tuple[int, int]:
    known = {*live, name}
    needed = {each for _check, read in checks if not known.issuperset(read) for each in read}
    kept = [len(cells[each]) for each in known & needed]
    return prod(kept), -sum(known.issuperset(read) for _check, read in checks)
