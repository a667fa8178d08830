"""What an option shows beside its status: arguments with figures, deaths."""

from __future__ import annotations

from typing import NamedTuple

from nmosd_cds.advice.figures import figure_line, total_line
from nmosd_cds.advice.model import ArgumentLine, FigureLine
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge, Option


def arguments_of(knowledge: Knowledge, option: Option) -> tuple[ArgumentLine, ...]:
    """Arguments for and against, in the order of the file."""
    return knowledge.said(_arguments, option.id)


def _arguments(knowledge: Knowledge, option: str) -> tuple[ArgumentLine, ...]:
    return tuple(
        ArgumentLine(
            side=argument.side,
            text=argument.text,
            figures=tuple(figure_line(knowledge, figure) for figure in argument.figures),
            total=total_line(argument.figures, knowledge, argument.text)
            if argument.summed
            else None,
            cites=argument.cites,
        )
        for argument in knowledge.options[option].therapy.arguments
    )


class Deaths(NamedTuple):
    """Deaths under an option figure by figure, and their sum where the patients are others."""

    all_causes: tuple[FigureLine, ...]
    all_total: FigureLine | None
    related: tuple[FigureLine, ...]
    related_total: FigureLine | None


def deaths_of(knowledge: Knowledge, option: Option) -> Deaths:
    """What was printed of deaths under an option."""
    return knowledge.said(_deaths, option.id)


def _deaths(knowledge: Knowledge, option: str) -> Deaths:
    deaths = knowledge.options[option].therapy.deaths
    return Deaths(
        *_added(knowledge, deaths.all_causes, _("Deaths, all causes")),
        *_added(knowledge, deaths.treatment_related, _("Deaths, treatment-related")),
    )


def _added(
    knowledge: Knowledge, references: tuple[str, ...], label: str
) -> tuple[tuple[FigureLine, ...], FigureLine | None]:
    lines = tuple(figure_line(knowledge, reference) for reference in references)
    if len(lines) == 1:
        return lines, lines[0]
    return lines, total_line(references, knowledge, label)
