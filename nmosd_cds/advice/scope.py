"""Scope: an attack in progress, diagnosis, serology, age, pregnancy. A stop ends the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from nmosd_cds.advice.model import Scope
from nmosd_cds.knowledge.frame import ScopeRule
from nmosd_cds.knowledge.knowledge import CompiledScopeRule, Knowledge
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Choices, Facts
from nmosd_cds.logic.truth import Truth


@dataclass(frozen=True)
class ScopeResult:
    """What the scope rules say.

    Attributes:
        stop: Rule that stops the ladder; None if none does.
        is_unknown: Whether it stops because its fact is not known.
        alerts: Messages that stand above everything.
        scope: As printed.
        asks: Fields to ask first.
    """

    stop: ScopeRule | None
    is_unknown: bool
    alerts: tuple[str, ...]
    scope: Scope
    asks: tuple[str, ...]

    @property
    def outcome(self) -> str | None:
        """`out-of-scope`, `not-rankable`, or None when nothing stops."""
        if self.stop is None:
            return None
        return "not-rankable" if self.is_unknown else self.stop.outcome

    @property
    def headline(self) -> str:
        """First sentence on every surface, when something stops."""
        if self.stop is None:
            return ""
        return (self.stop.unknown_headline or "") if self.is_unknown else self.stop.headline


def scope_of(knowledge: Knowledge, facts: Facts) -> ScopeResult:
    """Read the scope rules in the order of their file; a TRUE stop wins over an unknown one."""
    verdicts = [(each, evaluate(each.condition, facts)) for each in knowledge.scope]
    true = [each.rule for each, verdict in verdicts if verdict.truth is Truth.TRUE]
    stops = [rule for rule in true if rule.outcome != "prompt"]
    unknown = [
        (each, verdict)
        for each, verdict in verdicts
        if verdict.truth is Truth.UNKNOWN and each.rule.stops_when_unknown
    ]
    stop = stops[0] if stops else (unknown[0][0].rule if unknown else None)
    is_unknown = not stops and bool(unknown)
    messages = tuple(rule.message for rule in true)
    if is_unknown and stop is not None:
        messages = (stop.message, *messages)
    return ScopeResult(
        stop=stop,
        is_unknown=is_unknown,
        alerts=messages,
        scope=_printed(facts, messages, tuple(rule.id for rule in true)),
        asks=_asks(stop, unknown if is_unknown else [], facts),
    )


def _asks(
    stop: ScopeRule | None, unknown: list[tuple[CompiledScopeRule, Verdict]], facts: Facts
) -> tuple[str, ...]:
    if stop is None:
        return ()
    # A field that has an answer is not asked again, unless the answer leaves the fact open.
    settled = {name for name, fact in facts.items() if fact.possible.is_settled}
    listed = [field for field in stop.asks if field not in settled]
    missing = [field for _rule, verdict in unknown for field in verdict.missing]
    return tuple(dict.fromkeys([*listed, *missing]))


def _printed(facts: Facts, messages: tuple[str, ...], rules: tuple[str, ...]) -> Scope:
    return Scope(
        diagnosis=_settled(facts, "ipnd_met", {"true": "met", "false": "not-met"}),
        serostatus=_settled(facts, "serostatus", {}),
        messages=messages,
        rules=rules,
    )


def _settled(facts: Facts, name: str, words: dict[str, str]) -> str:
    possible = facts[name].possible
    assert isinstance(possible, Choices)  # declared as a choice
    if not possible.is_settled:
        return "unknown"
    (value,) = possible.possible
    return words.get(value, value)
