"""What would have to change for an option that is not first: the smallest changes, as conditions.

Which facts can change, and into what, is knowledge (`modifiable` in rules/definitions.yaml). What
cannot (age, sex, serostatus, past attacks, failed drugs) is not listed there and never proposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from nmosd_cds.advice.model import ChangeLine, Finding, Status
from nmosd_cds.advice.screen import Screened
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.frame import Modifiable
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge, Option
from nmosd_cds.logic.evaluate import truth_in
from nmosd_cds.logic.fact import Choices, Fact, Facts
from nmosd_cds.logic.truth import FALSE, TRUE, Truth, any_of
from nmosd_cds.patient.known import ACCESS

_BETTER: tuple[Status, ...] = ("excluded", "unconfirmed", "possible")
_MOST_TOGETHER = 2


@dataclass(frozen=True)
class _Change:
    """One modifiable fact as it would be afterwards, named for the option if it is per option."""

    fact: str
    changed: Fact
    modifiable: Modifiable


class _Gate(NamedTuple):
    """A rule that bars, and what it found."""

    rule: CompiledRule
    finding: Finding


def changes_of(
    knowledge: Knowledge, option: Option, screened: Screened, facts: Facts
) -> tuple[ChangeLine, ...]:
    """The smallest changes of one or two modifiable facts that would better an option's status.

    Returns:
        Single changes first; two together only where they reach more than either alone. Empty where
        nothing that can change bars the option, or something that cannot does too.
    """
    if screened.status not in ("excluded", "unconfirmed") or option.therapy.no_evidence:
        return ()
    modifiable = knowledge.said(_modifiable, option.id)
    may_change = frozenset(name for name, _each in modifiable)
    gates = list(_gates(option, screened))
    if _stays_excluded(gates, may_change):
        return ()
    found: dict[frozenset[str], int] = {}
    lines = []
    changes = list(_applicable(modifiable, gates, facts))
    for size in range(1, _MOST_TOGETHER + 1):
        for together in combinations(changes, size):
            names = frozenset(each.fact for each in together)
            if len(names) < size:
                continue
            status = _status_after(option, gates, facts, {c.fact: c.changed for c in together})
            reached = [rank for known, rank in found.items() if known < names]
            before = max(reached, default=_BETTER.index(screened.status))
            found[names] = max(_BETTER.index(status), before)
            if _BETTER.index(status) > before:
                lines.append(_line(knowledge, option, together, status))
    return tuple(lines)


_OfOption = tuple[tuple[str, Modifiable], ...]


def _modifiable(knowledge: Knowledge, option: str) -> _OfOption:
    """What may change for an option, each with its fact, in the order of the file."""
    return tuple(
        (f"{each.fact}@{option}" if knowledge.fact_spec(each.fact).per_option else each.fact, each)
        for each in knowledge.definitions_file.modifiable
    )


def _applicable(modifiable: _OfOption, gates: Sequence[_Gate], facts: Facts) -> Iterator[_Change]:
    """Modifiable facts that are read by a gate which bars the option or leaves it open."""
    barring = [gate.rule for gate in gates if gate.finding.blocks is not FALSE]
    read = frozenset[str]().union(*[rule.reads for rule in barring])
    for name, each in modifiable:
        # Hepatology is asked only once hepatitis B is a carrier's, so what follows is tried too.
        if name in read or each.follows in read:
            possible = facts[name].possible
            assert isinstance(possible, Choices)  # integrity checks see to it
            if _can_become(each, possible):
                changed = Choices(frozenset(each.to), possible.domain)
                yield _Change(name, facts[name].with_possible(changed), each)


def _can_become(modifiable: Modifiable, possible: Choices) -> bool:
    if modifiable.only_from and not possible.possible <= set(modifiable.only_from):
        return False
    if modifiable.is_arranged:
        return not possible.possible <= set(modifiable.to)
    return possible.possible.isdisjoint(modifiable.to)


def _status_after(
    option: Option, gates: Sequence[_Gate], facts: Facts, changed: Mapping[str, Fact]
) -> Status:
    if _stays_excluded(gates, changed):
        return "excluded"
    after = {**facts, **changed}
    blocks = any_of(_blocks(gate, after, changed) for gate in gates)
    if blocks is TRUE:
        return "excluded"
    serostatus = facts["serostatus"].possible
    assert isinstance(serostatus, Choices)  # declared as a choice
    is_covered = option.kind == "reference" or serostatus.possible <= set(
        option.therapy.outcomes_in
    )
    return "possible" if is_covered and blocks is FALSE else "unconfirmed"


def _stays_excluded(gates: Sequence[_Gate], changed: Collection[str]) -> bool:
    """Whether a rule bars the option that reads none of the facts that change."""
    return any(
        gate.finding.blocks is TRUE and gate.rule.reads.isdisjoint(changed) for gate in gates
    )


def _gates(option: Option, screened: Screened) -> Iterator[_Gate]:
    for rule, finding in zip(option.rules, screened.findings, strict=False):
        if finding.effect in ("excludes", "requires"):
            yield _Gate(rule, finding)


def _blocks(gate: _Gate, after: Facts, changed: Mapping[str, Fact]) -> Truth:
    if gate.rule.reads.isdisjoint(changed):
        return gate.finding.blocks
    truth = truth_in(gate.rule.condition, after)
    return ~truth if gate.finding.effect == "requires" else truth


def _line(
    knowledge: Knowledge, option: Option, together: tuple[_Change, ...], status: Status
) -> ChangeLine:
    words = _(" and ").join(each.modifiable.words for each in together)
    fields = [field for each in together for field in _fields(knowledge, option, each)]
    return ChangeLine(_("If {changes}").format(changes=words), tuple(dict.fromkeys(fields)), status)


def _fields(knowledge: Knowledge, option: Option, change: _Change) -> tuple[str, ...]:
    needs = change.modifiable.fields or knowledge.fact_spec(change.fact).needs
    access = {f"{ACCESS}{drug}" for drug in option.therapy.drugs}
    of_option = tuple(field for field in needs if field in access)
    return of_option or needs
