"""The lines of a forest plot: options in the order of their status, arguments, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nmosd_cds.advice.model import Advice, FigureLine, OptionAdvice
from nmosd_cds.gui import shapes
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, listed, unended

LANES = ("possible", "unconfirmed", "excluded")


@dataclass(frozen=True)
class ForestLine:
    """One line: the name of an option, what its figures tell, a figure, or a sum under its parts.

    Attributes:
        status: Of the option, where the line is its name; else empty.
        heading: What the figures under it tell; the name, where the line is one.
        note: What was counted, under the name of the study.
    """

    heading: str = ""
    figure: FigureLine | None = None
    option: str = ""
    note: str = ""
    is_sum: bool = False
    status: str = ""

    @property
    def spoken(self) -> str:
        """The line in words, for a screen reader and the table."""
        if self.figure is None:
            return self.heading
        line = self.figure
        interval = line.interval or _("no interval printed")
        flag = shapes.flag_word(line.flag, line.confirmed)
        parts = (line.study or line.label, self.option, line.shown, interval, line.follow_up, flag)
        return listed(part for part in parts if part)


def forest_lines(advice: Advice, option_id: str = "") -> list[ForestLine]:
    """Every figure that is a share of patients, under the argument it stands for."""
    lines: list[ForestLine] = []
    for option in with_shares(advice):
        if option_id and option.id != option_id:
            continue
        lines.append(ForestLine(heading=option.short, option=option.short, status=option.status))
        for title, shown, total in _groups(option):
            lines.append(ForestLine(heading=title, option=option.short))
            lines += [
                ForestLine(figure=one, option=option.short, note=_note(one, shown)) for one in shown
            ]
            if total is not None and total.share is not None and len(shown) > 1:
                lines.append(ForestLine(figure=total, option=option.short, is_sum=True))
    return lines


def with_shares(advice: Advice) -> list[OptionAdvice]:
    """Options of which a share of patients was published, in the order of their status."""
    found = [one for one in advice.options if one.status in LANES and next(_groups(one), None)]
    return sorted(found, key=lambda one: (LANES.index(one.status), one.rank is None, one.rank or 0))


def _note(figure: FigureLine, others: Sequence[FigureLine]) -> str:
    """What was counted; and in whom, where two lines of a study would read the same."""
    same = [one for one in others if (one.study, one.label) == (figure.study, figure.label)]
    return led(figure.label, figure.regimen) if len(same) > 1 and figure.regimen else figure.label


_Group = tuple[str, Sequence[FigureLine], FigureLine | None]


def _groups(option: OptionAdvice) -> Iterator[_Group]:
    for title, figures, total in _titled(option):
        shown = [one for one in figures if one.share is not None]
        if shown:
            yield title, shown, total


def _titled(option: OptionAdvice) -> Iterator[_Group]:
    for argument in option.arguments:
        yield unended(argument.text), argument.figures, argument.total
    yield _("Deaths, all causes"), option.deaths_all_causes, option.deaths_all_total
    yield _("Deaths, treatment-related"), option.deaths_related, option.deaths_related_total
