"""Every rule of an option against the facts: findings, and the status they leave it with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nmosd_cds.advice.model import Finding, Status
from nmosd_cds.advice.value_read import ValuesRead
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge, Option
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Choices, Facts
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth

# The bar that says most is named first: what can never change before what may.
_BAR_ORDER = (
    "failed",
    "permanent",
    "contraindicated",
    "intolerant",
    "not-accessible",
    "until",
    "not-yet",
    None,
)


@dataclass(frozen=True)
class Screened:
    """What the rules leave of an option."""

    status: Status
    findings: tuple[Finding, ...]
    bar: Finding | None

    @property
    def why(self) -> str | None:
        """Kind of bar, for an excluded option."""
        return self.bar.why if self.bar else None

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Fields still missing for its status; empty unless unconfirmed."""
        if self.status != "unconfirmed":
            return ()
        fields = (f for g in self.findings if g.blocks is UNKNOWN for f in g.missing)
        return tuple(dict.fromkeys(fields))


def screen(option: Option, facts: Facts, knowledge: Knowledge) -> Screened:
    """Answer every rule of one option and settle its status; see `Screen.of`."""
    return Screen(facts, ValuesRead(facts, knowledge)).of(option)


class Screen:
    """Screens options for one case; a rule that several options share is answered once."""

    def __init__(self, facts: Facts, values: ValuesRead) -> None:
        self._facts = facts
        self._values = values
        self._found: dict[int, Finding] = {}

    def of(self, option: Option) -> Screened:
        """Answer every rule of one option and settle its status.

        Precedence: excluded, then no-evidence, then unconfirmed, then possible.
        """
        findings = tuple([self._finding(rule) for rule in option.rules])
        bars = [finding for finding in findings if finding.blocks is TRUE]
        if bars:
            first = min(bars, key=lambda finding: _BAR_ORDER.index(finding.why))
            return Screened("excluded", findings, first)
        return Screened(_open_status(option, findings, self._facts), findings, None)

    def _finding(self, compiled: CompiledRule) -> Finding:
        key = id(compiled)
        if key not in self._found:
            verdict = evaluate(compiled.condition, self._facts)
            self._found[key] = _finding(compiled.rule, verdict, self._values)
        return self._found[key]


def _open_status(option: Option, findings: tuple[Finding, ...], facts: Facts) -> Status:
    if option.therapy.kind == "cellular":
        serostatus = facts["serostatus"].possible
        assert isinstance(serostatus, Choices)  # declared as a choice
        with_outcomes = serostatus.possible & set(option.therapy.outcomes_in)
        if not with_outcomes:
            return "no-evidence"
        if with_outcomes != serostatus.possible:
            return "unconfirmed"
    if any(finding.blocks is UNKNOWN for finding in findings):
        return "unconfirmed"
    return "possible"


def _finding(rule: Rule, verdict: Verdict, values: ValuesRead) -> Finding:
    return Finding(
        rule=rule.id,
        effect=rule.effect,
        truth=verdict.truth,
        blocks=_blocks(rule.effect, verdict),
        text=rule.because,
        facts=values.of(verdict.because),
        missing=verdict.missing,
        cites=rule.cites,
        basis=rule.basis,
        flag=rule.flag,
        about=rule.about,
        why=rule.why,
        until=rule.until or "",
        population=rule.population or "",
        alert=rule.alert,
        open_facts=verdict.open_facts,
    )


def _blocks(effect: str, verdict: Verdict) -> Truth:
    if effect == "excludes":
        return verdict.truth
    if effect == "requires":
        return ~verdict.truth
    return FALSE
