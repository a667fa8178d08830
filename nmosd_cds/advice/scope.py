"""Scope: an attack in progress, diagnosis, serology, age, pregnancy. A stop ends the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from nmosd_cds.advice.model import Scope
from nmosd_cds.calculators.derived import Known
from nmosd_cds.knowledge.frame import ScopeRule
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.evaluate import evaluate
from nmosd_cds.logic.fact import Choices, Facts
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import Answer, Rows


@dataclass(frozen=True)
class ScopeResult:
    """What the scope rules say.

    Attributes:
        stop: Rule that stops the ladder; None if none does.
        is_unknown: Whether it stops because its fact is not known.
        alerts: Messages that stand above everything.
        scope: As printed.
        asks: Fields to ask first.
        true: Rules that hold, the one that stops among them. What a rule says of standard care
            holds too when an earlier rule stops the ladder.
    """

    stop: ScopeRule | None
    is_unknown: bool
    alerts: tuple[str, ...]
    scope: Scope
    asks: tuple[str, ...]
    true: tuple[ScopeRule, ...]

    @property
    def hides_standard_care(self) -> bool:
        """Whether the state of approved drugs does not apply to this person."""
        return any(rule.hides_standard_care for rule in self.true)

    @property
    def unsettles_standard_care(self) -> bool:
        """Whether the definition of exhausted treatment was not made for this person."""
        return any(rule.unsettles_standard_care for rule in self.true)

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


def scope_of(knowledge: Knowledge, known: Known, facts: Facts) -> ScopeResult:
    """Read the scope rules in the order of their file; a TRUE stop wins over an unknown one."""
    verdicts = [(each, evaluate(each.condition, facts)) for each in knowledge.scope]
    true = tuple(each.rule for each, verdict in verdicts if verdict.truth is Truth.TRUE)
    stops = [rule for rule in true if rule.outcome != "prompt"]
    unknown = [
        (each, verdict)
        for each, verdict in verdicts
        if verdict.truth is Truth.UNKNOWN and each.rule.stops_when_unknown
    ]
    unknown.sort(key=lambda found: found[0].rule.asked_last)
    messages = tuple(rule.message for rule in true)
    scope = _printed(facts, messages, tuple(rule.id for rule in true))
    if stops:
        return ScopeResult(
            stop=stops[0],
            is_unknown=False,
            alerts=(stops[0].headline, *messages),
            scope=scope,
            # Where the disease is another one, no answer would bring this tool back in.
            asks=() if stops[0].cellular == "no-evidence" else _unanswered(stops[0], known),
            true=true,
        )
    if unknown:
        first = unknown[0][0].rule
        missing = (field for _rule, verdict in unknown for field in verdict.missing)
        asks = tuple(dict.fromkeys([*_unanswered(first, known), *missing]))
        return ScopeResult(first, True, messages, scope, asks, true)
    return ScopeResult(None, False, messages, scope, (), true)


def _unanswered(stop: ScopeRule, known: Known) -> tuple[str, ...]:
    """Fields the rule asks for that have no answer."""
    return tuple(field for field in stop.asks if not is_answered(known, field))


def is_answered(known: Known, field: str) -> bool:
    """Whether a field has an answer, and a list says that it is complete."""
    answer = getattr(known.patient, field, None)
    if isinstance(answer, Rows):
        return answer.complete_since is not None
    return isinstance(answer, Answer) and answer.state == "known"


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
