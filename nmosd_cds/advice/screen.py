"""Every rule of an option against the facts: findings, and the status they leave it with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nmosd_cds.advice.model import Finding, Status
from nmosd_cds.calculators.shown import id_words
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge, Option
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Choices, Fact, Facts
from nmosd_cds.logic.truth import Truth

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

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields still missing for its status; empty unless unconfirmed."""
        if self.status != "unconfirmed":
            return ()
        fields = (f for g in self.findings if g.blocks is Truth.UNKNOWN for f in g.missing)
        return tuple(dict.fromkeys(fields))


def screen(option: Option, facts: Facts, knowledge: Knowledge) -> Screened:
    """Answer every rule of one option and settle its status.

    Precedence: excluded, then no-evidence, then unconfirmed, then possible.
    """
    findings = tuple(_finding(rule, facts, knowledge) for rule in option.rules)
    bars = sorted(
        (finding for finding in findings if finding.blocks is Truth.TRUE),
        key=lambda finding: _BAR_ORDER.index(finding.why),
    )
    if bars:
        return Screened("excluded", findings, bars[0])
    return Screened(_open_status(option, findings, facts), findings, None)


def _open_status(option: Option, findings: tuple[Finding, ...], facts: Facts) -> Status:
    if option.therapy.kind == "cellular":
        serostatus = facts["serostatus"].possible
        assert isinstance(serostatus, Choices)  # declared as a choice
        with_outcomes = serostatus.possible & set(option.therapy.outcomes_in)
        if not with_outcomes:
            return "no-evidence"
        if with_outcomes != serostatus.possible:
            return "unconfirmed"
    if any(finding.blocks is Truth.UNKNOWN for finding in findings):
        return "unconfirmed"
    return "possible"


def _finding(compiled: CompiledRule, facts: Facts, knowledge: Knowledge) -> Finding:
    rule = compiled.rule
    verdict = evaluate(compiled.condition, facts)
    return Finding(
        rule=rule.id,
        effect=rule.effect,
        truth=verdict.truth,
        blocks=_blocks(rule.effect, verdict),
        text=rule.because,
        facts=read_facts(verdict.because, facts, knowledge),
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
    return Truth.FALSE


def read_facts(names: Iterable[str], facts: Facts, knowledge: Knowledge) -> Mapping[str, str]:
    """The values read of some facts, by label."""
    read: dict[str, str] = {}
    for name in names:
        spec = knowledge.fact_specs[name.partition("@")[0]]
        read[_(spec.label)] = value_read(facts[name])
    return read


def value_read(fact: Fact) -> str:
    """The value of a fact in words; never a blank."""
    if fact.shown:
        return fact.shown
    if isinstance(fact.possible, Choices) and not fact.possible.is_unknown:
        return _(" or ").join(id_words(one) for one in sorted(fact.possible.possible))
    return _("not known")
