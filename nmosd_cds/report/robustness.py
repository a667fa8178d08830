"""How firm the order is, on paper: a compact block for a discussion, every table in the annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from nmosd_cds.advice.model import Advice, TornadoLine
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import ended, headed, led, parted
from nmosd_cds.report import firmness
from nmosd_cds.report.model import (
    Block,
    Cell,
    Column,
    Heading,
    Line,
    Paragraph,
    StackedBars,
    StackedRow,
    SwingRow,
    Swings,
    Table,
    TableRow,
    WeightColumn,
    WeightGrid,
    words,
)
from nmosd_cds.report.wording import capital, sentences

# What divides the leaders and what changes them is said in words on the first page.
_SHORT_SWINGS = 3
_FIRST = 0.3


def short_robustness_blocks(advice: Advice) -> Iterator[Block]:
    """Bars of the places, of what moves them and of whose weights they are, and what they mean."""
    scored = firmness.scored_options(advice)
    if not firmness.scored_names(advice):
        return
    yield Heading(_("How firm is the order? Share of weightings, not a chance of benefit"))
    if scored:
        yield _places(advice)
    yield from _swings(advice, firmness.swings(advice)[:_SHORT_SWINGS])
    yield Paragraph(_central_line(advice) + words(_readings(advice), tone="soft"))


def robustness_blocks(advice: Advice) -> Iterator[Block]:
    """Every table of it: pairs, weights, scenarios, preferences, and all that moves the order."""
    if not firmness.scored_names(advice):
        return
    yield Heading(_("How firm is the order: what divides, and every scenario"))
    yield Paragraph(words(sentences(firmness.dividing_lines(advice))), stays=True)
    yield _scenarios(advice)
    yield from _central(advice)
    if rows := firmness.pairwise_rows(advice):
        yield Heading(_("In pairs: which is better, of 100 draws"))
        yield _table(firmness.pairwise_heads(advice), rows)
    rows = firmness.preference_rows(advice)
    if rows and len(advice.robustness.preferences) > 1:
        sets = advice.robustness.preferences
        yield Heading(_("Preferences side by side"))
        yield _table(("", *(firmness.preference_name(one) for one in sets)), rows)
    lines = firmness.swings(advice)
    if lines:
        yield Heading(firmness.swings_title(advice))
        yield _swing_plot(advice, lines[: firmness.MOST_SWINGS])
        rest = lines[firmness.MOST_SWINGS :]
        if rest:
            heads = (_("What varies"), _("Share of first ranks"))
            yield _table(heads, [(one.label, firmness.swing_words(one)) for one in rest])


def _places(advice: Advice) -> StackedBars:
    scored = firmness.scored_options(advice)
    rows = tuple(StackedRow(one.short, one.status, one.rank_acceptability or ()) for one in scored)
    most = max(len(row.parts) for row in rows)
    return StackedBars(tuple(firmness.place_word(at) for at in range(most)), rows)


def _swings(advice: Advice, lines: Sequence[TornadoLine]) -> Iterator[Block]:
    if lines:
        yield Paragraph(words(firmness.swings_title(advice), bold=True), stays=True)
        yield _swing_plot(advice, lines)


def _swing_plot(advice: Advice, lines: Sequence[TornadoLine]) -> Swings:
    tornado = advice.robustness.tornado
    assert tornado is not None  # it has these lines
    rows = tuple(
        SwingRow(
            label=capital(line.label),
            low=line.low,
            high=None if line.kind == "scenario" else line.high,
            low_means=line.low_means,
            high_means=line.high_means,
        )
        for line in lines
    )
    columns = (_("What varies, largest first"), _("low end"), _("high end"), _("scenario"))
    return Swings(columns, tornado.share, rows)


def _central_line(advice: Advice) -> Line:
    """Which weighting speaks for each option, in words; the annex draws it."""
    line: Line = ()
    for one in advice.robustness.central:
        if one.weights is not None:
            name = words(headed(advice.option(one.option).short), bold=True)
            said = (firmness.central_words(one), firmness.heaviest_words(advice, one))
            line += name + words(ended(parted(said)))
    return line


def _central(advice: Advice) -> Iterator[Block]:
    rows = firmness.central_weights(advice)
    if not rows:
        return
    lines = [one for one in advice.robustness.central if one.weights is not None]
    columns = tuple(
        WeightColumn(advice.option(line.option).short, firmness.central_words(line))
        for line in lines
    )
    yield Heading(_("Which weighting speaks for each option"))
    yield WeightGrid(_("Weight, of 100 in all"), columns, rows)


def _readings(advice: Advice) -> str:
    scored = [
        line for line in advice.robustness.scenarios if line.shares and line.preference == "none"
    ]
    read = [
        _("{reading} in {count} of {all}").format(reading=reading, count=count, all=len(scored))
        for reading, count in Counter(line.reading for line in scored).items()
    ]
    others = [led(one.label, one.reading) for one in advice.robustness.scenarios if not one.shares]
    return sentences(
        [
            capital(parted(read)),
            *others,
            *firmness.never_first(advice),
            *firmness.preference_readings(advice),
            firmness.drawn_sentence(advice),
        ]
    )


def _scenarios(advice: Advice) -> Table:
    names = firmness.scored_names(advice)
    width = min(0.16, 0.36 / len(names))
    columns = (
        Column(_("Scenario"), 1.0 - 0.26 - width * len(names)),
        *(Column(advice.option(name).short, width) for name in names),
        Column(_("Who leads"), 0.26),
    )
    rows = []
    for line in advice.robustness.scenarios:
        if line.shares:
            is_changed = firmness.changes_leader(advice, line)
            cells = (
                words(firmness.scenario_name(line)),
                *(words(firmness.share_in(line, name)) for name in names),
                words(capital(firmness.leader_word(advice, line)), bold=is_changed),
            )
            rows.append(TableRow(tuple(Cell((cell,)) for cell in cells)))
    return Table(columns, tuple(rows), dense=True)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    share = (1.0 - _FIRST) / max(len(heads) - 1, 1)
    columns = (Column(heads[0], _FIRST), *(Column(head, share) for head in heads[1:]))
    made = tuple(TableRow(tuple(Cell((words(cell),)) for cell in row)) for row in rows)
    return Table(columns, made, dense=True)
