"""What speaks for and against each option: in short for a discussion, in full for the annex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmosd_cds.advice.model import Advice, ArgumentLine, FigureLine, OptionAdvice
from nmosd_cds.evidence.study import Source
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import headed, listed, lowered, parted, unended
from nmosd_cds.report.figures import outcome_of
from nmosd_cds.report.model import Arguments, ArgumentTable, Block, Heading, Line, Run, words
from nmosd_cds.report.wording import (
    CERTAINTY,
    STATUS,
    disc,
    first_sentence,
    marked,
    sentences,
    with_interval,
    word,
)

_MOST = {"for": 4, "against": 5}
_MOST_FIGURES = 2
# A text up to this long is said whole; of a longer one, its first sentence.
_SHORT = 90


def in_focus(advice: Advice) -> tuple[OptionAdvice, ...]:
    """The options the annex argues.

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


def in_play(advice: Advice) -> tuple[OptionAdvice, ...]:
    """Those of them that are possible, or may yet come first; none out of scope."""
    if advice.outcome == "out-of-scope":
        return ()
    can_be_first = advice.robustness.completions.can_be_first
    return tuple(
        one for one in in_focus(advice) if one.status == "possible" or one.id in can_be_first
    )


def from_elsewhere(advice: Advice) -> tuple[OptionAdvice, ...]:
    """The options without an outcome for this serostatus that something is reported of.

    Other people: with another disease, with the other serostatus, or nobody outside a laboratory.

    Returns:
        None where nothing can be ranked: the arguments are no answer for another serostatus.
    """
    if advice.outcome not in ("decided", "conditional"):
        return ()
    return tuple(one for one in advice.with_status("no-evidence") if one.arguments)


def argument_blocks(advice: Advice) -> Iterator[Block]:
    """Every argument of every option in focus."""
    options = tuple(_arguments(option) for option in in_focus(advice) if option.arguments)
    if options:
        yield Heading(_("Every argument"))
        yield ArgumentTable(_("For"), _("Against"), options)


def other_disease_blocks(advice: Advice) -> Iterator[Block]:
    """What is known of the options without a human NMOSD outcome; nothing here is ranked."""
    options = tuple(_arguments(option) for option in from_elsewhere(advice))
    if options:
        yield Heading(_("What was reported of them in others"))
        yield ArgumentTable(_("For"), _("Against"), options)


def short_argument_blocks(advice: Advice, sources: Mapping[str, Source]) -> Iterator[Block]:
    """The first arguments of the options in play, in few words."""
    options = tuple(_in_short(option, sources) for option in in_play(advice) if option.arguments)
    if options:
        yield Heading(_("Arguments"))
        yield ArgumentTable(_("For"), _("Against"), options)


def _arguments(option: OptionAdvice) -> Arguments:
    return Arguments(
        name=option.short,
        note=sentences([_state(option), option.certainty_because, _death_note(option)]),
        speaks_for=tuple(_argument(one) for one in _side(option, "for")),
        speaks_against=tuple(_argument(one) for one in _side(option, "against")),
    )


def _in_short(option: OptionAdvice, sources: Mapping[str, Source]) -> Arguments:
    return Arguments(
        name=option.short,
        note=sentences([_state(option), first_sentence(option.certainty_because)]),
        speaks_for=_short_side(option, "for", sources),
        speaks_against=_short_side(option, "against", sources),
    )


def _state(option: OptionAdvice) -> str:
    level = lowered(word(CERTAINTY, option.certainty))
    return _("{status}; certainty {level}.").format(status=word(STATUS, option.status), level=level)


def _death_note(option: OptionAdvice) -> str:
    """Why there is no count of deaths; where there is one, the first page has the note."""
    return "" if option.deaths_all_causes or option.deaths_related else option.deaths_note


def _side(option: OptionAdvice, side: str) -> list[ArgumentLine]:
    return [one for one in option.arguments if one.side == side]


def _short_side(option: OptionAdvice, side: str, sources: Mapping[str, Source]) -> tuple[Line, ...]:
    arguments = _side(option, side)
    lines = [_short_argument(one, sources) for one in arguments[: _MOST[side]]]
    rest = len(arguments) - len(lines)
    if rest:
        more = ngettext("{count} more in the annex", "{count} more in the annex", rest)
        lines.append(words(more.format(count=rest), tone="soft"))
    return tuple(lines)


def _short_argument(argument: ArgumentLine, sources: Mapping[str, Source]) -> Line:
    text = argument.text if len(argument.text) <= _SHORT else first_sentence(argument.text)
    line = words(unended(text))
    if not argument.figures:
        return line + _keys(argument)
    line += words(headed(""))
    if argument.total is not None:
        line += words(with_interval(argument.total), bold=True)
        for number, figure in enumerate(argument.figures):
            line += _source(figure, listed(["", ""]).rstrip() if number else "")
        return line
    shown = _alike(argument.figures, sources)
    for number, figure in enumerate(shown):
        others = [one for one in shown if one is not figure and one.study == figure.study]
        # Only the same outcome at two times is dated: a value before treatment has no follow-up.
        timed = figure.follow_up and any(
            one.follow_up != figure.follow_up and outcome_of(one, sources) for one in others
        )
        named = number + 1 == len(shown) or not others
        line += words(parted(["", ""]) if number else "") + _figure(figure, named=False)
        line += words(_(" at {time}").format(time=figure.follow_up)) if timed else ()
        line += _source(figure) if named else ()
    rest = len(argument.figures) - len(shown)
    if rest:
        line += words(_("; {count} more").format(count=rest), tone="soft")
    return line


def _alike(
    figures: tuple[FigureLine, ...], sources: Mapping[str, Source]
) -> tuple[FigureLine, ...]:
    """The first figure, and those after it that are not of another outcome."""
    first = outcome_of(figures[0], sources)
    same = [one for one in figures[1:_MOST_FIGURES] if outcome_of(one, sources) == first]
    return (figures[0], *same)


def _argument(argument: ArgumentLine) -> Line:
    line = words(unended(argument.text))
    if argument.figures:
        line += words(headed(""))
    if argument.total is not None:
        total = words(with_interval(argument.total), bold=True)
        line += total + words(_(", that is "))
    for number, figure in enumerate(argument.figures):
        following = argument.figures[number + 1 : number + 2]
        named = not following or following[0].study != figure.study
        line += words(parted(["", ""]) if number else "") + _figure(figure, named=named)
    return line + _keys(argument)


def _keys(argument: ArgumentLine) -> Line:
    """Citations that stand behind no figure of the argument."""
    keys = [key for key in argument.cites if all(key != one.study for one in argument.figures)]
    return words(f" {listed(keys)}", tone="soft") if keys else ()


def _figure(figure: FigureLine, *, named: bool) -> Line:
    line: Line = words(marked(with_interval(figure), figure.flag))
    return line + _source(figure) if named else line


def _source(figure: FigureLine, before: str = "") -> Line:
    sign = disc(figure)
    return (Run(f"{before} "), sign, Run(f" {figure.study}", tone="soft")) if sign else ()
