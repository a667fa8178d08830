"""What speaks for and against each option, and the same figures as a forest plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import Advice, ArgumentLine, FigureLine, OptionAdvice
from nmosd_cds.evidence.study import Source, Study
from nmosd_cds.i18n import _
from nmosd_cds.report.model import (
    Arguments,
    ArgumentTable,
    Block,
    Forest,
    ForestGroup,
    ForestRow,
    Heading,
    Line,
    Paragraph,
    Run,
    words,
)
from nmosd_cds.report.wording import (
    CERTAINTY,
    STATUS,
    disc,
    flag_word,
    sentences,
    with_interval,
    word,
)

_LONGEST_MONTHS = 120.0
# One or two patients are a story, not a share.
_FEWEST_PLOTTED = 3


def in_focus(advice: Advice) -> tuple[OptionAdvice, ...]:
    """The options the detail speaks about.

    Returns:
        The present treatment and every cellular option that is possible or cannot be told; where
        the person is out of scope, the cellular options that are barred, as arguments only; none
        while diagnosis or serostatus is open, because no figure can be carried over.
    """
    if advice.outcome == "not-rankable":
        return ()
    wanted = {"possible", "unconfirmed"}
    if advice.outcome == "out-of-scope":
        wanted.add("excluded")
    found = [
        option
        for option in advice.options
        if option.status in wanted and (option.kind == "cellular" or option.is_present)
    ]
    return tuple(sorted(found, key=lambda option: (option.rank or len(found), option.is_present)))


def argument_blocks(advice: Advice) -> Iterator[Block]:
    """The arguments of every option that has any."""
    options = tuple(_arguments(option) for option in in_focus(advice) if option.arguments)
    if options:
        yield Heading(_("Arguments"))
        yield ArgumentTable(_("For"), _("Against"), options)


def forest_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """The figures that are shares of patients with NMOSD, as a plot; nothing if there are none."""
    if advice.outcome == "out-of-scope":
        return
    made = (_group(option, sources) for option in in_focus(advice))
    groups = tuple(group for group in made if group.rows)
    if not groups:
        return
    months = [row.months for group in groups for row in group.rows if row.months is not None]
    yield Heading(_("Evidence"))
    legend = _(
        "Uncontrolled single arms with different follow-up, not a head-to-head comparison. "
        "Intervals are 95 %; squares grow with n; an open square has no printed interval. Reports "
        "of one or two patients, and of other diseases, are not plotted. Seen: two discs, "
        "confirmed by another document; disc, read in one original; half disc, one secondary "
        "source; dashed ring, recalled and not in the arithmetic."
    )
    yield Paragraph(words(legend, tone="soft"))
    yield Forest(
        (_("Study"), _("Outcome"), _("n of n"), _("Followed"), _("Seen")),
        groups,
        longest=min(_LONGEST_MONTHS, max(months, default=_LONGEST_MONTHS)),
    )


def _arguments(option: OptionAdvice) -> Arguments:
    level = word(CERTAINTY, option.certainty).lower()
    state = _("{status}; certainty {level}.").format(
        status=word(STATUS, option.status), level=level
    )
    return Arguments(
        name=option.short,
        note=sentences([state, option.certainty_because, _death_note(option)]),
        speaks_for=_side(option, "for"),
        speaks_against=_side(option, "against"),
    )


def _death_note(option: OptionAdvice) -> str:
    """Why there is no count of deaths; where there is one, the first page has the note."""
    return "" if option.deaths_all_causes or option.deaths_related else option.deaths_note


def _side(option: OptionAdvice, side: str) -> tuple[Line, ...]:
    return tuple(_argument(one) for one in option.arguments if one.side == side)


def _argument(argument: ArgumentLine) -> Line:
    line = words(argument.text.rstrip("."))
    if argument.figures:
        line += words(": ")
    if argument.total is not None:
        total = words(with_interval(argument.total), bold=True)
        line += total + words(_(", that is "))
    for number, figure in enumerate(argument.figures):
        following = argument.figures[number + 1 : number + 2]
        named = not following or following[0].study != figure.study
        line += words("; " if number else "") + _figure(figure, named=named)
    keys = [key for key in argument.cites if all(key != one.study for one in argument.figures)]
    return line + words(f" {', '.join(keys)}", tone="soft") if keys else line


def _figure(figure: FigureLine, *, named: bool) -> Line:
    flag = f" ({flag_word(figure.flag)})" if figure.flag != "seen" else ""
    line: Line = words(f"{with_interval(figure)}{flag}")
    sign = disc(figure)
    if not named or sign is None:
        return line
    return line + (Run(" "), sign, Run(f" {figure.study}", tone="soft"))


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


def _is_plotted(figure: FigureLine, sources: Mapping[str, Source]) -> bool:
    source = sources.get(figure.study)
    if isinstance(source, Study) and source.directness == "indirect":
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
        outcome=label.rstrip("."),
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
