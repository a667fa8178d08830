"""The pages behind the first: everything needed to check the answer line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import Advice, Finding, OptionAdvice
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.arguments import argument_blocks, forest_blocks, in_focus
from nmosd_cds.report.model import (
    Block,
    Cell,
    Column,
    Facts,
    Flow,
    Heading,
    Line,
    Paragraph,
    Run,
    Table,
    TableRow,
    words,
)
from nmosd_cds.report.references import reference_blocks
from nmosd_cds.report.summary import not_assessed
from nmosd_cds.report.wording import (
    PLAN,
    and_list,
    flag_word,
    flagged,
    label_of,
    met,
    of_100,
    sentence,
    sentences,
    word,
)


def detail_of(advice: Advice, sources: Mapping[str, Source]) -> tuple[Block, ...]:
    """Everything after the first page, in order."""
    return (
        *argument_blocks(advice),
        *forest_blocks(advice, sources),
        *_fit(advice),
        *_scenarios(advice),
        *_definitions(advice),
        *_without_evidence(advice),
        *_plan(advice),
        *_gates(advice),
        *_inputs(advice),
        *reference_blocks(advice, sources),
        *_validity(advice),
    )


def _row(*cells: str | Line) -> TableRow:
    return TableRow(
        tuple(Cell((words(cell) if isinstance(cell, str) else cell,)) for cell in cells)
    )


def _fit(advice: Advice) -> Iterator[Block]:
    rows = [row for option in in_focus(advice) for row in _fit_rows(option)]
    if rows and advice.outcome != "out-of-scope":
        yield Heading(_("How the patients studied resemble this person"))
        columns = (
            Column(_("Option"), 0.16),
            Column(_("Feature"), 0.18),
            Column(_("This person"), 0.22),
            Column(_("Studied"), 0.33),
            Column(_("Alike"), 0.11),
        )
        yield Table(columns, tuple(rows))


def _fit_rows(option: OptionAdvice) -> Iterator[TableRow]:
    known = [line for line in option.fit.lines if line.alike is not Truth.UNKNOWN]
    name = words(option.short, bold=True)
    for line in known:
        alike = _("yes") if line.alike is Truth.TRUE else _("no")
        yield _row(name, line.feature, line.person, line.studied, alike)
        name = ()
    unknown = ", ".join(line.feature for line in option.fit.lines if line not in known)
    if unknown:
        yield _row(name, _("Not known to be alike: {features}").format(features=unknown))


def _scenarios(advice: Advice) -> Iterator[Block]:
    robustness = advice.robustness
    names = tuple(dict.fromkeys(name for line in robustness.scenarios for name in line.shares))
    if not names:
        return
    yield Heading(_("All scenarios: share of simulated weightings, not a chance of benefit"))
    width = 0.3 / max(1, len(names))
    columns = (
        Column(_("Scenario"), 0.34),
        *(Column(advice.option(name).short, width) for name in names),
        Column(_("Reading"), 0.36),
    )
    rows = [
        _row(
            line.label,
            *(
                of_100(line.shares[name]) if name in line.shares else _("not in it")
                for name in names
            ),
            line.reading,
        )
        for line in robustness.scenarios
    ]
    yield Table(columns, tuple(rows))
    drawn = _("{draws} draws, seed {seed}, Monte Carlo error {error}.").format(
        draws=f"{robustness.draws:,}",
        seed=robustness.seed,
        error=f"{100 * robustness.monte_carlo_error:.1f} of 100",
    )
    yield Paragraph(words(sentences([robustness.threshold, drawn]), tone="soft"))


def _definitions(advice: Advice) -> Iterator[Block]:
    care = advice.standard_care
    if care.definitions:
        yield Heading(_("Definitions of failure, side by side"))
        columns = (
            Column(_("Definition"), 0.24),
            Column(_("Asks for"), 0.56),
            Column(_("This person"), 0.2),
        )
        rows = []
        for line in care.definitions:
            label = words(line.label)
            if line.basis == "project":
                label += words(f" ({_('project rule')})", tone="soft")
            missing = [label_of(advice, field) for field in line.missing]
            need = f": {', '.join(missing)}" if missing else ""
            rows.append(_row(label, line.asks_for, f"{met(line.met)}{need}"))
        yield Table(columns, tuple(rows))
    if care.unchecked:
        said = _("Not checked before calling it failure: {things}.")
        yield Paragraph(words(said.format(things="; ".join(care.unchecked)), tone="soft"))


def _plan(advice: Advice) -> Iterator[Block]:
    steps: dict[str, dict[str, tuple[Line, list[str]]]] = {}
    for option in _planned(advice):
        for one in option.plan:
            line: Line = ()
            if one.conflict:
                conflict = _("Allergy conflict: {conflict}.").format(
                    conflict=one.conflict.rstrip(".")
                )
                line += words(f"{conflict} ", bold=True, tone="attention")
            flag = f" ({flag_word(one.flag)})" if one.flag != "seen" else ""
            line += words(f"{one.text.rstrip('.')}{flag}.")
            if one.cites:
                line += words(f" {', '.join(one.cites)}", tone="soft")
            said = steps.setdefault(one.when, {}).setdefault(
                f"{one.text}{one.conflict}", (line, [])
            )
            said[1].append(option.short)
    if not steps:
        return
    yield Heading(_("Plan to discuss"))
    ordered = sorted(steps, key=lambda when: (when not in PLAN, list(PLAN).index(when)))
    rows = []
    for when in ordered:
        for number, (line, options) in enumerate(steps[when].values()):
            names = words(f"{and_list(options)}: ", bold=True)
            rows.append((word(PLAN, when) if number == 0 else "", names + line))
    yield Facts(tuple(rows))


def _planned(advice: Advice) -> tuple[OptionAdvice, ...]:
    """Options whose plan is worth a discussion: those that may come first, else all in focus."""
    if advice.outcome == "out-of-scope":
        return ()
    focus = in_focus(advice)
    can_be_first = advice.robustness.completions.can_be_first
    likely = tuple(one for one in focus if one.rank is not None or one.id in can_be_first)
    return likely or focus


def _without_evidence(advice: Advice) -> Iterator[Block]:
    options = advice.with_status("no-evidence")
    if options:
        yield Heading(_("Options without evidence for this serostatus"))
        line: Line = ()
        for option in options:
            line += words(f"{option.short}: ", bold=True)
            line += words(f"{sentence(option.no_evidence or option.unranked_reason or '')} ")
        yield Paragraph(line)


def _gates(advice: Advice) -> Iterator[Block]:
    """Every rule once for each answer it had, with the options it had it for."""
    read: dict[tuple[str, Truth, str], tuple[Finding, list[OptionAdvice]]] = {}
    for option in advice.options:
        if option.status != "no-evidence":
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
                words(f"{facts}: ") + words(", ".join(rules), tone="soft")
                for facts, rules in passed.items()
            )
        )


def _applies(finding: Finding) -> Truth:
    """Whether a rule says something here; a requirement does when it is not met."""
    return ~finding.truth if finding.effect == "requires" else finding.truth


def _gate(advice: Advice, finding: Finding, options: list[OptionAdvice]) -> Line:
    line: Line = words(f"{finding.rule} ", bold=True)
    if not all(finding.rule.startswith(option.id) for option in options):
        line += words(f"({_options(options, advice)}) ")
    if finding.truth is not Truth.UNKNOWN:
        line += words(f"{flagged(finding.text, finding.flag)} ")
    missing = finding.missing if finding.truth is Truth.UNKNOWN else ()
    needs = _("Needs {facts}.").format(
        facts=", ".join(dict.fromkeys(label_of(advice, field) for field in missing))
    )
    line += words(f"{_facts_read(finding)}. " if finding.facts else "")
    line += words(f"{needs} " if missing else "", tone="attention")
    return line + words(", ".join(finding.cites), tone="soft")


def _facts_read(finding: Finding) -> str:
    return "; ".join(f"{label}: {value}" for label, value in finding.facts.items())


def _options(options: list[OptionAdvice], advice: Advice) -> str:
    read = [one for one in advice.options if one.findings and one.status != "no-evidence"]
    cellular = [one for one in read if one.kind == "cellular"]
    if options == cellular and len(options) > 2:
        return _("every cellular option")
    return ", ".join(option.short for option in options)


def _inputs(advice: Advice) -> Iterator[Block]:
    """Every answer with unit and date; the rows of a list under their number."""
    if not advice.inputs:
        return
    yield Heading(_("Inputs, as entered"))
    yield Flow(
        tuple(
            words(f"{line.label}: ", tone="soft")
            + words(line.value or _("Not known"))
            + words(f", {line.date}" if line.date else "")
            for line in advice.inputs
        )
    )


def _validity(advice: Advice) -> Iterator[Block]:
    valid = _("re-run after any new attack or test, or after {days} days").format(
        days=advice.knowledge.validity_days
    )
    line: Line = (
        Run(_("Valid: "), bold=True),
        Run(valid),
        Run(f" ({_('project')}). ", tone="soft"),
    )
    rest = not_assessed(advice)
    if rest:
        line += (Run(_("Not assessed: "), bold=True), Run(f"{rest}. "))
    line += words(
        _("The case, this advice and the versions are embedded: replay proves the same page.")
    )
    yield Paragraph(line, space_before=True)
