"""evaluate(condition, facts) -> Verdict: the truth, the facts that settle it, what is missing."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from nmosd_cds.logic.condition import AllOf, AnyOf, Condition, IsOneOf, Named, NotThis, Within
from nmosd_cds.logic.fact import Choices, Fact, Facts, Interval
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of


class Verdict(NamedTuple):
    """The answer to a condition.

    Attributes:
        truth: TRUE, FALSE or UNKNOWN.
        because: Facts that settle the truth, or were read without settling it; no doubles.
        missing: Patient fields whose answer could settle an UNKNOWN; empty otherwise.
        open_facts: Facts that are the reason for an UNKNOWN.
    """

    truth: Truth
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    open_facts: tuple[str, ...] = ()


def compare(condition: IsOneOf | Within, fact: Fact) -> Truth:
    """TRUE if every possible value satisfies the comparison, FALSE if none does, else UNKNOWN.

    Raises:
        TypeError: a choice comparison on a number or the reverse; integrity checks prevent it.
    """
    possible = fact.possible
    if isinstance(condition, IsOneOf) and isinstance(possible, Choices):
        left = possible.possible
        if left.isdisjoint(condition.choices):
            return FALSE
        return TRUE if len(left) == 1 or left.issubset(condition.choices) else UNKNOWN
    if isinstance(condition, Within) and isinstance(possible, Interval):
        if possible.is_inside(condition.interval):
            return TRUE
        return UNKNOWN if possible.meets(condition.interval) else FALSE
    raise TypeError(f"`{condition.fact}` cannot be compared in this way.")


def evaluate(condition: Condition, facts: Facts) -> Verdict:
    """Answer a condition over facts.

    Raises:
        KeyError: the condition names a fact that is not there; integrity checks prevent it.
    """
    match condition:
        case IsOneOf() | Within():
            fact = facts[condition.fact]
            truth = compare(condition, fact)
            if truth is UNKNOWN:
                return Verdict(truth, (condition.fact,), fact.missing, (condition.fact,))
            return Verdict(truth, (condition.fact,))
        case Named(_, part):
            return evaluate(part, facts)
        case AllOf(parts):
            verdicts = [evaluate(part, facts) for part in parts]
            return _joined(all_of([verdict.truth for verdict in verdicts]), verdicts, FALSE)
        case AnyOf(parts):
            verdicts = [evaluate(part, facts) for part in parts]
            return _joined(any_of([verdict.truth for verdict in verdicts]), verdicts, TRUE)
        case NotThis(part):
            inner = evaluate(part, facts)
            return Verdict(~inner.truth, inner.because, inner.missing, inner.open_facts)


def truth_in(condition: Condition, facts: Facts) -> Truth:
    """The truth of `evaluate`, without what settles it: for facts that are only supposed.

    Raises:
        KeyError: the condition names a fact that is not there; integrity checks prevent it.
    """
    match condition:
        case IsOneOf() | Within():
            return compare(condition, facts[condition.fact])
        case AllOf(parts):
            return all_of(truth_in(part, facts) for part in parts)
        case AnyOf(parts):
            return any_of(truth_in(part, facts) for part in parts)
        case NotThis(part):
            return ~truth_in(part, facts)
        case Named(_, part):
            return truth_in(part, facts)


def _joined(truth: Truth, verdicts: list[Verdict], decisive: Truth) -> Verdict:
    # One decisive part settles the whole; without one, every part that is not settled matters.
    if truth is decisive:
        settling = [verdict for verdict in verdicts if verdict.truth is decisive]
        return Verdict(truth, _unique([verdict.because for verdict in settling]))
    if truth is UNKNOWN:
        open_parts = [verdict for verdict in verdicts if verdict.truth is UNKNOWN]
        return Verdict(
            truth,
            _unique([verdict.because for verdict in verdicts]),
            _unique([verdict.missing for verdict in open_parts]),
            _unique([verdict.open_facts for verdict in open_parts]),
        )
    return Verdict(truth, _unique([verdict.because for verdict in verdicts]))


def _unique(names: list[tuple[str, ...]]) -> tuple[str, ...]:
    """All of them in their order, each once."""
    if len(names) == 1:
        return names[0]
    return tuple(dict.fromkeys(chain.from_iterable(names)))
