"""From shares to an order that says only what it knows: leading sets, tie groups, survivors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from nmosd_cds.advice.arithmetic import Arithmetic, shares_of
from nmosd_cds.advice.model import ScenarioLine
from nmosd_cds.decision.smaa import Smaa
from nmosd_cds.decision.ties import ordered, tie_groups
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.ranking import Scenario
from nmosd_cds.patient.case import PreferenceSet

Reason = Literal["tie", "set", "doubt", "scenario"]


@dataclass(frozen=True)
class Order:
    """The order of the options that may be ranked by score.

    Attributes:
        groups: Tie groups, best first.
        leaders: The set named first; one option only when every scenario bears it.
        smaa: The run without preferences under the usual assumptions.
        scenarios: Every scenario, without preferences and with the active ones.
        joined: Why neighbours stand in one group: `tie` the run cannot tell them apart, `set` both
            are named first, `doubt` a caution about benefit, `scenario` one turns them round.
    """

    groups: tuple[tuple[str, ...], ...]
    leaders: tuple[str, ...]
    smaa: Smaa
    scenarios: tuple[ScenarioLine, ...]
    joined: tuple[tuple[tuple[str, str], Reason], ...] = ()

    def shares_of(self, option: str) -> float:
        """First-rank share of one option, without preferences."""
        return shares_of(self.smaa)[option]


def order_of(
    arithmetic: Arithmetic,
    options: tuple[str, ...],
    preference: PreferenceSet | None,
    *,
    doubtful: frozenset[str] = frozenset(),
) -> Order:
    """Order options by SMAA.

    Args:
        options: Rankable and possible, at least one.
        preference: The active set; None: without preferences.
        doubtful: Options with a caution about benefit that holds; each joins the next one.
    """
    runs = _runs(arithmetic, options, preference)
    base = runs[0][2]
    leaders = leading_set(arithmetic, [run for _s, _p, run in runs], doubtful)
    joined = tuple(_joined(arithmetic, runs, leaders, doubtful))
    return Order(
        groups=_groups(ordered(base), {pair for pair, _reason in joined}),
        leaders=leaders,
        smaa=base,
        scenarios=tuple(_line(arithmetic, *each) for each in runs),
        joined=joined,
    )


_Run = tuple[Scenario | None, PreferenceSet | None, Smaa]


def _runs(
    arithmetic: Arithmetic, options: tuple[str, ...], preference: PreferenceSet | None
) -> list[_Run]:
    preferences = (None,) if preference is None else (None, preference)
    return [
        (scenario, chosen, arithmetic.smaa(options, scenario, chosen))
        for chosen in preferences
        for scenario in arithmetic.scenarios
    ]


def leading_set(
    arithmetic: Arithmetic, runs: Sequence[Smaa], doubtful: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The smallest set that holds the bar of first ranks in every run.

    One option is named first only if its share reaches the bar in all of them; otherwise options
    join in the order of the first run until the set does (decision record 0006). An option whose
    benefit is in doubt never closes the set: the next one joins it.
    """
    bar = float(arithmetic.knowledge.ranking.named_first.share)
    shares = [shares_of(run) for run in runs]
    leaders: list[str] = []
    for option in ordered(runs[0]):
        leaders.append(option)
        is_enough = all(sum(share[each] for each in leaders) >= bar for share in shares)
        if is_enough and option not in doubtful:
            break
    return tuple(leaders)


def _groups(sequence: Sequence[str], joined: Set[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = [[sequence[0]]]
    for better, worse in pairwise(sequence):
        if (better, worse) in joined:
            groups[-1].append(worse)
        else:
            groups.append([worse])
    return tuple(tuple(sorted(group)) for group in groups)


def _joined(
    arithmetic: Arithmetic, runs: list[_Run], leaders: tuple[str, ...], doubtful: frozenset[str]
) -> Iterator[tuple[tuple[str, str], Reason]]:
    """Every reason for which two neighbours in the order stand in one group."""
    base = runs[0][2]
    tie = arithmetic.knowledge.ranking.tie
    tied = tie_groups(
        base,
        minimum_difference=float(tie.minimum_difference),
        monte_carlo_errors=float(tie.monte_carlo_errors),
    )
    together = {frozenset(pair) for group in tied for pair in pairwise(group)}
    for better, worse in pairwise(ordered(base)):
        if frozenset((better, worse)) in together:
            yield (better, worse), "tie"
        if {better, worse} <= set(leaders):
            yield (better, worse), "set"
        if better in doubtful:
            yield (better, worse), "doubt"
        if not all(_is_better(run, better, worse) for _s, _p, run in runs):
            yield (better, worse), "scenario"


def _is_better(run: Smaa, better: str, worse: str) -> bool:
    return bool(run.pairwise_winning[run.options.index(better), run.options.index(worse)] > 0.5)


def _line(
    arithmetic: Arithmetic, scenario: Scenario | None, preference: PreferenceSet | None, run: Smaa
) -> ScenarioLine:
    return ScenarioLine(
        id=scenario.id if scenario else "usual",
        label=scenario.label if scenario else _("Usual assumptions"),
        preference=preference.owner if preference else "none",
        shares=shares_of(run),
        leaders=leading_set(arithmetic, [run]),
        reading="",
    )


@lru_cache(maxsize=4096)
def leaders_of(
    arithmetic: Arithmetic,
    options: tuple[str, ...],
    preference: PreferenceSet | None,
    doubtful: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The leading set of those left in a completion, on few draws.

    The draws depend on the knowledge alone, so the answer is kept from case to case.
    """
    preferences = (None,) if preference is None else (None, preference)
    return leading_set(
        arithmetic,
        [
            arithmetic.screening(options, scenario, chosen)
            for chosen in preferences
            for scenario in arithmetic.scenarios
        ],
        doubtful,
    )


@lru_cache(maxsize=1024)
def leaders_under(
    arithmetic: Arithmetic,
    options: tuple[str, ...],
    preference: PreferenceSet | None,
    doubtful: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The leading set if one set of preferences alone held, on few draws; None: without any."""
    runs = [arithmetic.brief(options, scenario, preference) for scenario in arithmetic.scenarios]
    return leading_set(arithmetic, runs, doubtful)


def ranks_of(
    groups: tuple[tuple[str, ...], ...], *, start: int, first_group: int
) -> Mapping[str, tuple[int, int]]:
    """Rank and tie group of every option; options of a group share its rank."""
    found: dict[str, tuple[int, int]] = {}
    rank = start
    for number, group in enumerate(groups):
        for option in group:
            found[option] = (rank, first_group + number)
        rank += len(group)
    return found
