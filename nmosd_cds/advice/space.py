"""What the unknown could still change: which options could be left, and in which tier.

A completion gives every open fact one of its answers: its possible set, cut at every threshold and
choice that an unsettled gate asks about. Facts vary independently unless they are declared
impossible together: a superset of reality, so that what no completion changes is certain, and what
some completion changes may be cautious. Who leads among those left is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from random import Random

from nmosd_cds.advice.islands import (
    Cell,
    Check,
    States,
    Step,
    Taken,
    Values,
    can_meet,
    facts_in,
    islands_of,
    steps_of,
    told_apart,
    when,
)
from nmosd_cds.advice.standing import Left, Standings, with_another
from nmosd_cds.advice.tiers import TIERS
from nmosd_cds.logic.condition import AllOf, Condition, IsOneOf, Within
from nmosd_cds.logic.evaluate import compare, truth_in
from nmosd_cds.logic.fact import Fact, Facts, Possible
from nmosd_cds.logic.truth import Truth

BUDGET = 20_000
WITNESSES = 256


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
        self._standing = Standings(self.options)
        self._base = 0
        self._cells: dict[str, tuple[Cell, ...]] = {}
        self._all: dict[str, Values] = {}
        self._islands: list[list[Step]] = []
        self._island_of: dict[str, int] = {}
        self._found: dict[tuple[int, tuple[tuple[int, ...], ...]], frozenset[int] | None] = {}
        self._joins: dict[frozenset[tuple[frozenset[int], int]], frozenset[int] | None] = {}
        self._alone: list[Space] | None = None
        self._tops: dict[frozenset[int], Reached] = {}
        checks = [
            check for number in range(len(self._contenders)) for check in self._checks_of(number)
        ]
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
            certain = {self._standing.at_top(each) for each in self._witnesses(allowed)}
            return Reached(frozenset(certain), frozenset(self._bound(changed or {}) | certain))
        if found not in self._tops:
            left = frozenset(self._standing.at_top(each) for each in found)
            self._tops[found] = Reached(left, left)
        return self._tops[found]

    @property
    def options(self) -> tuple[str, ...]:
        """The contenders, in their order."""
        return tuple(each.option for each in self._contenders)

    def _checks_of(self, number: int) -> Iterator[Check]:
        contender = self._contenders[number]
        for bar in contender.bars:
            yield when(bar.condition, bar.when, self._standing.bar_bit(number))
        for doubt in contender.doubts:
            yield when(doubt, Truth.TRUE, self._standing.doubt_bit(number))

        # Not `self`, which holds its checks: such a ring stays until a long round of the collector.
        tier_bits = self._standing.tier_bits

        def placed(facts: Facts) -> int:
            return tier_bits(number, contender.place(facts))

        yield Check(contender.asks, placed)

    def _impossible(
        self, checks: Sequence[Check], impossible: Sequence[tuple[Condition, ...]]
    ) -> list[Check]:
        """The declarations that touch a fact which is asked for, directly or through another."""
        asked = {each.fact for check in checks for each in check.comparisons}
        waiting = [AllOf(parts) for parts in impossible]
        waiting = [each for each in waiting if truth_in(each, self._facts) is Truth.UNKNOWN]
        found: list[Check] = []
        while touched := [each for each in waiting if asked & facts_in(each)]:
            for each in touched:
                waiting.remove(each)
                asked |= facts_in(each)
                found.append(when(each, Truth.TRUE, None))
        return found

    # Answers, and what ties them together.

    def _build(self, checks: Sequence[Check]) -> None:
        asked: dict[str, list[IsOneOf | Within]] = {}
        for check in checks:
            for comparison in check.comparisons:
                asked.setdefault(comparison.fact, []).append(comparison)
        atoms = {
            name: found
            for name, comparisons in asked.items()
            if len(found := told_apart(self._facts[name], comparisons)) > 1
        }
        reads = [check.reads(atoms) for check in checks]
        for check, names in zip(checks, reads, strict=True):
            if not names:
                self._base |= check.effect(self._facts) or 0
        tied = [(check, names) for check, names in zip(checks, reads, strict=True) if names[1:]]
        single: dict[str, list[Check]] = {}
        for check, names in zip(checks, reads, strict=True):
            if len(names) == 1:
                single.setdefault(names[0], []).append(check)
        for name, found in atoms.items():
            between = [c for check, _n in tied for c in check.comparisons if c.fact == name]
            self._cells[name] = self._merged(name, found, single.get(name, ()), between)
        for island in islands_of(atoms, tied):
            self._island_of |= dict.fromkeys(island[0], len(self._islands))
            self._islands.append(steps_of(island, self._cells))
        self._all = {name: tuple(range(len(cells))) for name, cells in self._cells.items()}

    def _merged(
        self,
        name: str,
        atoms: Sequence[Possible],
        checks: Sequence[Check],
        between: Sequence[IsOneOf | Within],
    ) -> tuple[Cell, ...]:
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
            Cell(self._facts[name].with_possible(found[0]), tuple(found), effect)
            for (effect, _signature), found in cells.items()
        )

    def _allowed(self, changed: Mapping[str, Fact]) -> dict[str, Values]:
        """The answers still there, as numbers of cells, by fact."""
        allowed = dict(self._all)
        for name in changed.keys() & self._cells.keys():
            new = changed[name].possible
            allowed[name] = tuple(
                number
                for number, cell in enumerate(self._cells[name])
                if any(can_meet(atom, new) for atom in cell.atoms)
            )
        return allowed

    # The exact search; None: the budget is spent.

    def _standings(self, allowed: Mapping[str, Values]) -> frozenset[int] | None:
        every = self._all
        touched = {
            self._island_of[name] for name, numbers in allowed.items() if numbers is not every[name]
        }
        found = []
        for number, untouched in enumerate(self._untouched):
            of_island = self._island(number, allowed) if number in touched else untouched
            if of_island is None:
                return None
            found.append(of_island)
        return self._joined(found)

    @cached_property
    def _untouched(self) -> list[frozenset[int] | None]:
        """What each island leaves if nothing more is known."""
        return [self._island(number, self._all) for number in range(len(self._islands))]

    def _island(self, number: int, allowed: Mapping[str, Values]) -> frozenset[int] | None:
        steps = self._islands[number]
        key = (number, tuple(allowed[step.name] for step in steps))
        if key not in self._found:
            self._found[key] = self._search(steps, allowed)
        return self._found[key]

    def _search(
        self, steps: Sequence[Step], allowed: Mapping[str, Values]
    ) -> frozenset[int] | None:
        states: States = {(): frozenset((0,))}
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

    def _following(self, step: Step, answers: Values, states: States) -> States:
        following: dict[Values, set[int]] = {}
        for live, standings in states.items():
            for cell in answers:
                taken = self._taken(step, (*live, cell))
                if taken is not None:
                    kept, bits = taken
                    found: Iterable[int] = standings
                    if bits:
                        found = {self._standing.cleaned(standing | bits) for standing in standings}
                    following.setdefault(kept, set()).update(found)
        return {live: frozenset(standings) for live, standings in following.items()}

    def _taken(self, step: Step, values: Values) -> Taken:
        if values not in step.taken:
            step.taken[values] = self._settled(step, values)
        return step.taken[values]

    def _settled(self, step: Step, values: Values) -> Taken:
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
        states = {self._standing.cleaned(self._base)}
        for each, times in sorted(islands, key=lambda pair: sorted(pair[0])):
            for _time in range(times):
                if len(states) * len(each) > self._budget:
                    return None
                states = {self._standing.cleaned(one | two) for one in states for two in each}
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
                with_another(left, contender.option, tier, is_doubtful=doubt)
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
            left = self._standing.at_top(standing)
            yield left.tier, bool(left.doubtful)

    def _witnesses(self, allowed: Mapping[str, Values]) -> Iterator[int]:
        random = Random(self._seed)  # noqa: S311  # witnesses, not secrets
        for _number in range(WITNESSES):
            standing = self._base
            for steps in self._islands:
                found = self._drawn(steps, allowed, random)
                if found is None:
                    break
                standing |= found
            else:
                yield self._standing.cleaned(standing)

    def _drawn(
        self, steps: Sequence[Step], allowed: Mapping[str, Values], random: Random
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
