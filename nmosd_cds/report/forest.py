"""The figures that are shares of patients with NMOSD, as a forest plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nmosd_cds.advice.model import Advice, FigureLine, OptionAdvice
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import run_of, unended
from nmosd_cds.report.arguments import in_focus, in_play
from nmosd_cds.report.figures import arms_of, is_indirect, outcome_of
from nmosd_cds.report.model import (
    Block,
    Forest,
    ForestGroup,
    ForestRow,
    Heading,
    Paragraph,
    words,
)
from nmosd_cds.report.wording import KEY_OUTCOMES, capital, disc, word

_LONGEST_MONTHS = 120.0
# One or two patients are a story, not a share.
_FEWEST_PLOTTED = 3
_MOST_ROWS = 16


def forest_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """Every figure that is a share, by option; nothing if there are none."""
    if advice.outcome == "out-of-scope":
        return
    made = (_group(option, sources) for option in in_focus(advice))
    groups = tuple(group for group in made if group.rows)
    if groups:
        yield Heading(_("Evidence: every figure that can be plotted"))
        yield _plot(groups, _("Outcome"))


def key_forest_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """The outcomes that count most, by outcome, for the options in play."""
    by_outcome: dict[str, list[_Plotted]] = {key: [] for key in KEY_OUTCOMES}
    for option in in_play(advice):
        for key, rows in _key_rows(option, sources).items():
            by_outcome[key] += rows
    left_out = _cut(by_outcome)
    groups = tuple(
        ForestGroup(word(KEY_OUTCOMES, key), tuple(one.row for one in rows))
        for key, rows in by_outcome.items()
        if rows
    )
    if not groups:
        return
    yield Heading(_("Evidence"))
    yield _plot(groups, _("Option"))
    legend = _(
        "Uncontrolled single arms with different follow-up, not a head-to-head comparison. "
        "Intervals 95 %; squares grow with n; open square: no printed interval; diamond: sum of "
        "the rows above it. Not plotted: one or two patients, other diseases. Two discs: confirmed "
        "by another document; disc: read in one original; half disc: one secondary source; dashed "
        "ring: recalled, not in the arithmetic."
    )
    if left_out:
        text = ngettext(
            "{count} more row is in the annex.",
            "{count} more rows are in the annex.",
            left_out,
        )
        legend = run_of([legend, text.format(count=left_out)])
    yield Paragraph(words(legend, tone="soft"))


def _plot(groups: tuple[ForestGroup, ...], second: str) -> Forest:
    months = [row.months for group in groups for row in group.rows if row.months is not None]
    return Forest(
        (_("Study"), second, _("n of n"), _("Followed"), _("Seen")),
        groups,
        longest=min(_LONGEST_MONTHS, max(months, default=_LONGEST_MONTHS)),
    )


def _group(option: OptionAdvice, sources: Mapping[str, Source]) -> ForestGroup:
    """Every share of an option once, the sum under its parts."""
    rows: dict[tuple[str, str], ForestRow] = {}
    for argument in option.arguments:
        plotted = [figure for figure in argument.figures if _is_plotted(figure, sources)]
        for figure in plotted:
            rows.setdefault((figure.study, figure.figure), _row(figure))
        total = argument.total
        if total is not None and total.share is not None and len(plotted) > 1:
            rows.setdefault(("", argument.text), _pooled(total, argument.text, len(plotted)))
    return ForestGroup(option.short, tuple(rows.values()))


@dataclass(frozen=True)
class _Plotted:
    """A row of the short plot; `is_part` where a sum stands under it."""

    row: ForestRow
    is_part: bool


def _key_rows(option: OptionAdvice, sources: Mapping[str, Source]) -> Mapping[str, list[_Plotted]]:
    found: dict[str, list[_Plotted]] = {key: [] for key in KEY_OUTCOMES}
    seen: set[tuple[str, str]] = set()
    added = [
        *((argument.figures, argument.total) for argument in option.arguments),
        (option.deaths_all_causes, option.deaths_all_total),
        (option.deaths_related, option.deaths_related_total),
    ]
    for figures, total in added:
        fresh: dict[str, list[FigureLine]] = {}
        for figure in figures:
            key = outcome_of(figure, sources)
            is_new = (figure.study, figure.figure) not in seen
            own = option.is_present or option.id in {arm.option for arm in arms_of(figure, sources)}
            if key in found and own and is_new and _is_plotted(figure, sources):
                seen.add((figure.study, figure.figure))
                fresh.setdefault(key, []).append(figure)
        is_summed = total is not None and total.share is not None and len(fresh) == 1
        for key, parts in fresh.items():
            summed = is_summed and len(parts) > 1 and len(parts) == len(figures)
            found[key] += [_Plotted(_named(_row(one), one, option), summed) for one in parts]
            if summed and total is not None:
                pooled = _pooled(total, option.short, len(parts))
                found[key].append(_Plotted(pooled, is_part=True))
    return found


def _named(row: ForestRow, figure: FigureLine, option: OptionAdvice) -> ForestRow:
    """The row under its option; a course without cells is borrowed, so it says from where."""
    return replace(row, outcome=capital(figure.label) if option.is_present else option.short)


def _cut(by_outcome: dict[str, list[_Plotted]]) -> int:
    """Keep the plot short: deaths of the treatment stand on the first page, small reports go."""
    before = sum(map(len, by_outcome.values()))
    if before > _MOST_ROWS:
        by_outcome["treatment_related_death"] = []
    while sum(map(len, by_outcome.values())) > _MOST_ROWS:
        loose = [one for rows in by_outcome.values() for one in rows if not one.is_part]
        if not loose:
            break
        gone = min(loose, key=lambda one: one.row.n or 0)
        for key, rows in by_outcome.items():
            by_outcome[key] = [one for one in rows if one is not gone]
    return before - sum(map(len, by_outcome.values()))


def _is_plotted(figure: FigureLine, sources: Mapping[str, Source]) -> bool:
    if is_indirect(figure, sources):
        return False
    return figure.share is not None and (figure.n is None or figure.n >= _FEWEST_PLOTTED)


def _row(figure: FigureLine) -> ForestRow:
    assert figure.share is not None  # only shares are plotted
    recalled = figure.flag == "memory"
    remark = ""
    if recalled:
        remark = _("not in arithmetic")
    elif figure.low is None or figure.high is None:
        remark = _("no interval printed")
    return ForestRow(
        study=figure.study,
        outcome=figure.label,
        shown=figure.shown,
        interval=figure.interval,
        share=figure.share,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        followed=figure.follow_up or _("not known"),
        months=figure.follow_up_months,
        kind="recalled" if recalled else "one",
        disc=disc(figure),
        remark=remark,
    )


def _pooled(total: FigureLine, label: str, parts: int) -> ForestRow:
    assert total.share is not None  # checked by the caller
    return ForestRow(
        study=_("{count} studies").format(count=parts),
        outcome=unended(label),
        shown=total.shown,
        interval=total.interval,
        share=total.share,
        low=total.low,
        high=total.high,
        n=total.n,
        followed="",
        months=None,
        kind="pooled",
        disc=None,
    )
