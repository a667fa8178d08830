"""The effects table on paper: estimate, n and studies in each cell, how it was derived below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import aside, headed
from nmosd_cds.knowledge.ranking import Criterion
from nmosd_cds.report.effects import (
    Criteria,
    about_words,
    behind,
    compared,
    effect_of,
    lead,
    needs_of,
    never_compared,
    studies_words,
)
from nmosd_cds.report.model import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    Table,
    TableRow,
    words,
)
from nmosd_cds.report.wording import STATUS, sentence, word

_CRITERION = 0.24


def effect_blocks(
    advice: Advice, criteria: Criteria, sources: Mapping[str, Source]
) -> Iterator[Block]:
    """Criteria against options; nothing where nothing is scored."""
    options = compared(advice)
    if not options:
        return
    yield Heading(_("Effects, side by side"))
    yield Paragraph(words(never_compared(), bold=True), stays=True)
    share = (1.0 - _CRITERION) / len(options)
    columns = (Column(_("Criterion"), _CRITERION), *(Column(one.short, share) for one in options))
    rows = [_states(advice, options)]
    rows += [
        _row(options, line, criteria.get(line.criterion), sources) for line in options[0].effects
    ]
    yield Table(columns, tuple(rows))
    more = _(
        "The estimate is the middle of the simulated values; 90 of 100 of them lie in the range "
        "beside it. It is not the printed figure, which stands under it."
    )
    yield Paragraph(words(more, tone="soft"))


def _states(advice: Advice, options: Sequence[OptionAdvice]) -> TableRow:
    cells = (
        Cell((words(word(STATUS, one.status), bold=True), words(needs_of(advice, one))))
        for one in options
    )
    return TableRow((Cell((words(_("Status"), bold=True),)), *cells))


def _row(
    options: Sequence[OptionAdvice],
    line: EffectLine,
    criterion: Criterion | None,
    sources: Mapping[str, Source],
) -> TableRow:
    about = (words(part, tone="soft") for part in about_words(line, criterion) if part)
    cells, below = [], []
    for one in options:
        effect = effect_of(one, line.criterion)
        if effect is None:
            cells.append(Cell(()))
            continue
        cells.append(_cell(effect, criterion, sources))
        how = lead(effect, criterion)[2]
        if how:
            below.append(words(headed(one.short), bold=True) + words(sentence(how)))
    return TableRow((Cell((words(line.label, bold=True), *about)), *cells), below=tuple(below))


def _cell(line: EffectLine, criterion: Criterion | None, sources: Mapping[str, Source]) -> Cell:
    first, span, _how = lead(line, criterion)
    said: Line = words(first, bold=True)
    if span:
        said += words(aside(span))
    lines = [said, words(behind(line), tone="soft")]
    studies = studies_words(line, sources)
    if studies:
        lines.append(words(studies, tone="soft"))
    return Cell(tuple(lines))
