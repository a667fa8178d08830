"""The pages behind the first: what a board needs to discuss the answer, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nmosd_cds.advice.model import Advice, DefinitionLine
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import aside, ended, headed, led, listed, run_of
from nmosd_cds.patient.case import Case
from nmosd_cds.report.arguments import in_play, short_argument_blocks
from nmosd_cds.report.carried import carried_blocks
from nmosd_cds.report.forest import key_forest_blocks
from nmosd_cds.report.model import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Run,
    Table,
    TableRow,
    words,
)
from nmosd_cds.report.plan import short_plan_blocks
from nmosd_cds.report.preferences import preference_blocks
from nmosd_cds.report.references import short_reference_blocks
from nmosd_cds.report.robustness import short_robustness_blocks
from nmosd_cds.report.summary import not_assessed
from nmosd_cds.report.trials import trial_blocks
from nmosd_cds.report.wording import (
    and_list,
    first_sentence,
    label_of,
    met,
    sentence,
)

_DEFINITIONS = 4
_NAMED = 2


def detail_of(
    advice: Advice,
    case: Case,
    sources: Mapping[str, Source],
    summary: Sequence[Block],
    *,
    criteria: Mapping[str, str],
    annex: bool,
) -> tuple[Block, ...]:
    """Everything between the first page and the annex, in order.

    Args:
        advice: The answer.
        case: The case it is for.
        sources: What can be cited, by key.
        summary: The first page; the sources it names are listed here.
        criteria: Labels of the criteria of the ranking, by id.
        annex: Whether the annex follows.
    """
    blocks = (
        *short_argument_blocks(advice, sources),
        *key_forest_blocks(advice, sources),
        *short_robustness_blocks(advice),
        *preference_blocks(case.preferences, criteria),
        *_definitions(advice),
        *_without_evidence(advice),
        *trial_blocks(advice),
        *short_plan_blocks(advice),
        *carried_blocks(advice, case),
    )
    named = short_reference_blocks(advice, sources, (*summary, *blocks))
    return (*blocks, *named, *_validity(advice, annex=annex))


def row(*cells: str | Line) -> TableRow:
    """A row of cells of one line each."""
    return TableRow(
        tuple(Cell((words(cell) if isinstance(cell, str) else cell,)) for cell in cells)
    )


def _definitions(advice: Advice) -> Iterator[Block]:
    care = advice.standard_care
    if care.definitions:
        yield Heading(_("Definitions of failure, side by side"))
        first = [
            replace(line, asks_for=first_sentence(line.asks_for))
            for line in care.definitions[:_DEFINITIONS]
        ]
        yield definition_table(advice, first, named=_NAMED)
    said = []
    if care.points_away:
        text = _("Speaks for another explanation than failure: {things}")
        said.append(sentence(text.format(things=run_of(care.points_away))))
    if care.unchecked:
        text = _("Not answered before calling it failure: {things}")
        said.append(sentence(text.format(things=run_of(care.unchecked))))
    rest = len(care.definitions) - _DEFINITIONS
    if rest > 0:
        more = ngettext("{count} more definition: annex.", "{count} more definitions: annex.", rest)
        said.append(more.format(count=rest))
    if said:
        yield Paragraph(words(run_of(said), tone="soft"))


def definition_table(
    advice: Advice, lines: Sequence[DefinitionLine], *, named: int | None = None
) -> Table:
    """Meanings of failure beside each other, and whether this person meets them.

    Args:
        advice: The answer.
        lines: The meanings.
        named: Missing facts said by name, the others are counted; None: all.
    """
    columns = (
        Column(_("Definition"), 0.31),
        Column(_("Asks for"), 0.53),
        Column(_("This person"), 0.16),
    )
    rows = []
    for line in lines:
        label = words(line.label)
        if line.basis == "project":
            label += words(aside(_("project rule")), tone="soft")
        missing = [label_of(advice, field) for field in line.missing]
        if named is not None and len(missing) > named + 1:
            rest = len(missing) - named
            more = ngettext("{count} more", "{count} more", rest).format(count=rest)
            missing = [*missing[:named], more]
        need = led("", listed(missing)) if missing else ""
        if line.flag == "memory":
            label += words(aside(_("recalled")), tone="soft")
        asks = words(line.asks_for)
        if line.ambiguous:
            mark = _("AMBIGUOUS")
            asks += words(f" {mark}" if named is not None else headed(f" {mark}"), bold=True)
            asks += words("" if named is not None else line.ambiguous)
        rows.append(row(label, asks, f"{met(line.met)}{need}"))
    return Table(columns, tuple(rows), dense=True)


def without_evidence(advice: Advice) -> Mapping[str, tuple[str, ...]]:
    """Names of the options nobody reported an outcome of, by the reason, as a sentence."""
    reasons: dict[str, tuple[str, ...]] = {}
    for option in advice.with_status("no-evidence"):
        reason = sentence(option.no_evidence or option.unranked_reason or "")
        reasons[reason] = (*reasons.get(reason, ()), option.short)
    return reasons


def _without_evidence(advice: Advice) -> Iterator[Block]:
    """Said here only where nothing can be argued, and only of many at once; else in the annex."""
    reasons = without_evidence(advice)
    shared = {reason: names for reason, names in reasons.items() if len(names) > 1}
    if not shared or in_play(advice):
        return
    yield Heading(_("Options without evidence for this serostatus"))
    line: Line = ()
    for reason, names in shared.items():
        line += words(headed(and_list(names)), bold=True) + words(ended(reason))
    rest = len(reasons) - len(shared)
    if rest:
        more = ngettext("{count} other option: annex.", "{count} other options: annex.", rest)
        line += words(more.format(count=rest), tone="soft")
    yield Paragraph(line)


def _validity(advice: Advice, *, annex: bool) -> Iterator[Block]:
    valid = _("re-run after any new attack or test, or after {days} days").format(
        days=advice.knowledge.validity_days
    )
    line: Line = (
        Run(_("Valid: "), bold=True),
        Run(valid),
        Run(ended(aside(_("project"))), tone="soft"),
    )
    rest = not_assessed(advice)
    if rest:
        line += (Run(_("Not assessed: "), bold=True), Run(ended(rest)))
    line += words(
        _("The case, this advice and the versions are embedded: replay proves the same page.")
    )
    yield Paragraph(line, space_before=True)
    where = (
        _("All arguments and figures, all gates read, all inputs and full references: annex below.")
        if annex
        else _(
            "All arguments and figures, all gates read, all inputs and full references: annex on "
            "request, on screen, or in the embedded file."
        )
    )
    yield Paragraph(words(where, tone="soft"))
