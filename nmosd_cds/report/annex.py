"""The annex, on request: everything needed to check the answer line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nmosd_cds.advice.model import Advice, Finding, OptionAdvice
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import bracketed, clauses, ended, headed, led, listed, parted
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import argument_blocks, in_focus, other_disease_blocks
from nmosd_cds.report.detail import definition_table, row, without_evidence
from nmosd_cds.report.drug_sheets import drug_sheet_blocks
from nmosd_cds.report.effect_table import effect_blocks
from nmosd_cds.report.effects import Criteria
from nmosd_cds.report.fit import alike_counted
from nmosd_cds.report.forest import forest_blocks
from nmosd_cds.report.model import (
    Block,
    Column,
    Flow,
    Heading,
    Line,
    Paragraph,
    Table,
    TableRow,
    words,
)
from nmosd_cds.report.plan import plan_blocks
from nmosd_cds.report.references import reference_blocks
from nmosd_cds.report.robustness import robustness_blocks
from nmosd_cds.report.trials import annex_trial_blocks
from nmosd_cds.report.wording import and_list, flagged, label_of


def annex_of(
    advice: Advice, sources: Mapping[str, Source], criteria: Criteria
) -> tuple[Block, ...]:
    """Every argument, figure, effect, rule, input and reference, in order; it begins a page."""
    blocks = (
        *argument_blocks(advice),
        *forest_blocks(advice, sources),
        *effect_blocks(advice, criteria, sources),
        *robustness_blocks(advice),
        *_fit(advice),
        *_readings(advice),
        *_definitions(advice),
        *drug_sheet_blocks(advice, sources),
        *_without_evidence(advice),
        *other_disease_blocks(advice),
        *plan_blocks(advice),
        *annex_trial_blocks(advice),
        *_gates(advice),
        *_inputs(advice),
        *reference_blocks(advice, sources),
    )
    title = Heading(_("Annex"), on_new_page=True)
    return (title, *blocks)


def _fit(advice: Advice) -> Iterator[Block]:
    rows = [one for option in in_focus(advice) for one in _fit_rows(option)]
    if rows and advice.outcome != "out-of-scope":
        yield Heading(_("How the patients studied resemble this person"))
        columns = (
            Column(_("Option"), 0.16),
            Column(_("Feature"), 0.17),
            Column(_("This person"), 0.18),
            Column(_("Studied"), 0.29),
            Column(_("Alike"), 0.2),
        )
        yield Table(columns, tuple(rows))


def _fit_rows(option: OptionAdvice) -> Iterator[TableRow]:
    """Every feature, and what a difference in it could mean."""
    name = words(option.short, bold=True)
    for line in option.fit.lines:
        made = row(name, line.feature, line.person, line.studied, alike_counted(line))
        yield replace(made, below=(words(line.means, tone="soft"),) if line.means else ())
        name = ()


def _readings(advice: Advice) -> Iterator[Block]:
    """Scenarios that change no share, such as other tiers."""
    lines = tuple(
        words(headed(line.label), bold=True) + words(line.reading)
        for line in advice.robustness.scenarios
        if not line.shares
    )
    if lines:
        yield Heading(_("Scenarios without shares"))
        yield Flow(lines)


def _definitions(advice: Advice) -> Iterator[Block]:
    lines = advice.standard_care.definitions
    if lines:
        yield Heading(_("Every definition of failure"))
        yield definition_table(advice, lines)


def _without_evidence(advice: Advice) -> Iterator[Block]:
    reasons = without_evidence(advice)
    if reasons:
        yield Heading(_("Options without evidence for this serostatus"))
        line: Line = ()
        for reason, names in reasons.items():
            line += words(headed(and_list(names)), bold=True) + words(ended(reason))
        yield Paragraph(line)


def _gates(advice: Advice) -> Iterator[Block]:
    """Every rule once for each answer it had, with the options it had it for."""
    read: dict[tuple[str, Truth, str], tuple[Finding, list[OptionAdvice]]] = {}
    for option in advice.options:
        for finding in option.findings:
            key = (finding.rule, finding.truth, _facts_read(finding))
            read.setdefault(key, (finding, []))[1].append(option)
    found = list(read.values())
    for heading, wanted in (
        (_("Rules that apply"), Truth.TRUE),
        (_("Rules that cannot be answered"), Truth.UNKNOWN),
    ):
        lines = tuple(_gate(advice, *one) for one in found if _applies(one[0]) is wanted)
        if lines:
            yield Heading(heading)
            yield Flow(lines)
    passed: dict[str, list[str]] = {}
    for finding, _options_of in found:
        if _applies(finding) is Truth.FALSE:
            rules = passed.setdefault(_facts_read(finding) or _("no fact read"), [])
            rules.append(finding.rule)
    if passed:
        yield Heading(_("Rules passed, by the values they read"))
        yield Flow(
            tuple(
                words(headed(facts)) + words(listed(rules), tone="soft")
                for facts, rules in passed.items()
            )
        )


def _applies(finding: Finding) -> Truth:
    """Whether a rule says something here; a requirement does when it is not met."""
    return ~finding.truth if finding.effect == "requires" else finding.truth


def _gate(advice: Advice, finding: Finding, options: list[OptionAdvice]) -> Line:
    line: Line = words(f"{finding.rule} ", bold=True)
    if not all(finding.rule.startswith(option.id) for option in options):
        line += words(f"{bracketed(_options(options, advice))} ")
    if finding.truth is not Truth.UNKNOWN:
        line += words(ended(flagged(finding.text, finding.flag)))
    missing = finding.missing if finding.truth is Truth.UNKNOWN else ()
    needs = _("Needs {facts}.").format(
        facts=listed(dict.fromkeys(label_of(advice, field) for field in missing))
    )
    line += words(ended(_facts_read(finding)))
    line += words(ended(needs) if missing else "", tone="attention")
    return line + words(listed(finding.cites), tone="soft")


def _facts_read(finding: Finding) -> str:
    return parted(led(label, value) for label, value in finding.facts.items())


def _options(options: list[OptionAdvice], advice: Advice) -> str:
    cellular = [one for one in advice.options if one.findings and one.kind == "cellular"]
    studied = [one for one in cellular if one.status != "no-evidence"]
    if len(options) > 2 and options in (cellular, studied):
        every = _("every cellular option")
        return every if options == cellular else _("every cellular option with evidence")
    return listed(option.short for option in options)


def _inputs(advice: Advice) -> Iterator[Block]:
    """Every answer with unit and date; the rows of a list under their number."""
    if not advice.inputs:
        return
    yield Heading(_("Inputs, as entered"))
    yield Flow(
        tuple(
            words(headed(line.label), tone="soft")
            + words(line.value or _("Not known"))
            + words(clauses(["", line.date]) if line.date else "")
            for line in advice.inputs
        )
    )
