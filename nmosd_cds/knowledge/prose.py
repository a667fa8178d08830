"""Rules as English sentences: a reviewer reads `rules.txt` and its difference, not YAML."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from nmosd_cds.knowledge.frame import ScopeRule
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.logic.condition import (
    AllOf,
    AnyOf,
    Condition,
    IsOneOf,
    Named,
    NotThis,
    Within,
)
from nmosd_cds.logic.fact import YES_NO, FactSpec, Interval

HEAD = "Written by `pytest --accept` from rules.yaml; change that file, not this one.\n"


def condition_text(condition: Condition, specs: Mapping[str, FactSpec]) -> str:
    """A condition in words: `LVEF is below 45 %`."""
    match condition:
        case AllOf(parts):
            return " and ".join(_part(part, specs) for part in parts)
        case AnyOf(parts):
            return " or ".join(_part(part, specs) for part in parts)
        case NotThis(part):
            return f"it does not hold that {_part(part, specs)}"
        case Named(name, part):
            return f"`{name}` holds ({condition_text(part, specs)})"
        case IsOneOf(fact, choices):
            spec = specs[fact.partition("@")[0]]
            if spec.choices == YES_NO and len(choices) == 1:
                return f"{spec.label} is {'yes' if choices == ('true',) else 'no'}"
            return f"{spec.label} is {' or '.join(choices)}"
        case _:
            return _within_text(condition, specs[condition.fact.partition("@")[0]])


def _within_text(condition: Within, spec: FactSpec) -> str:
    unit = f" {condition.unit}" if condition.unit else ""
    return f"{spec.label} is {_bounds(condition.interval)}{unit}"


def _part(condition: Condition, specs: Mapping[str, FactSpec]) -> str:
    said = condition_text(condition, specs)
    return f"({said})" if isinstance(condition, AllOf | AnyOf) else said


def _bounds(interval: Interval) -> str:
    said = []
    if interval.low is not None:
        said.append(f"{'above' if interval.low_open else 'at least'} {_digits(interval.low)}")
    if interval.high is not None:
        said.append(f"{'below' if interval.high_open else 'at most'} {_digits(interval.high)}")
    return " and ".join(said)


def _digits(number: Decimal) -> str:
    return format(number, "f")


def rule_text(rule: Rule, condition: Condition, specs: Mapping[str, FactSpec]) -> str:
    """One rule as a short paragraph, with its reason, source and how it is known."""
    lines = [f"{rule.id} {rule.effect} when {condition_text(condition, specs)}."]
    if rule.applies_to:
        lines.append(f"Applies to {', '.join(rule.applies_to)}.")
    lines.append(f"Because: {rule.because}")
    if rule.why is not None:
        until = f"; until: {rule.until}" if rule.until else "."
        lines.append(f"Kind of bar: {rule.why}{until}")
    if rule.about == "benefit":
        lines.append("It is about benefit, and may merge the option with the next.")
    if rule.population is not None:
        lines.append(f"Written for: {rule.population}")
    if rule.panel_decision is not None:
        lines.append(f"Decided by the panel: {rule.panel_decision}")
    if rule.alert:
        lines.append("Stands among the alerts.")
    read = f"read by {rule.reviewed.by} on {rule.reviewed.on}" if rule.reviewed.by else "not read"
    lines.append(f"[{', '.join(rule.cites) or 'no source'}; {rule.basis}, {rule.flag}; {read}]")
    return "\n  ".join(lines)


def scope_text(rule: ScopeRule, condition: Condition, specs: Mapping[str, FactSpec]) -> str:
    """One scope rule as a short paragraph."""
    unknown = " It also stops when this is not known." if rule.stops_when_unknown else ""
    lines = [
        f"{rule.id}: {rule.outcome} when {condition_text(condition, specs)}.{unknown}",
        f"Headline: {rule.headline}",
        *([f"Headline when not known: {rule.unknown_headline}"] if rule.unknown_headline else []),
        f"Message: {rule.message}",
        f"Cellular options: {rule.cellular}. Reference options: {rule.references}.",
        f"[{', '.join(rule.cites) or 'no source'}; {rule.basis}, {rule.flag}]",
    ]
    return "\n  ".join(lines)


def rules_texts(knowledge: Knowledge) -> dict[str, str]:
    """The text of every `rules.txt`, by its path from the root."""
    specs = knowledge.fact_specs
    scope = [scope_text(one.rule, one.condition, specs) for one in knowledge.scope]
    texts = {"rules/scope/rules.txt": _file(scope)}
    general = {}
    for option in knowledge.options.values():
        own = []
        for one in option.rules:
            said = rule_text(one.rule, one.condition, specs)
            if one.is_general:
                general[one.rule.id] = said
            else:
                own.append(said)
        if own:
            texts[f"rules/therapies/{option.id}/rules.txt"] = _file(own)
    texts["rules/general/rules.txt"] = _file([general[name] for name in sorted(general)])
    return texts


def _file(paragraphs: list[str]) -> str:
    return "\n\n".join([HEAD.rstrip(), *paragraphs]) + "\n"
