"""What an option shows beside its status: arguments with figures, deaths."""

from __future__ import annotations

from nmosd_cds.advice.figures import figure_line, total_line
from nmosd_cds.advice.model import ArgumentLine, FigureLine
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


def deaths_of(
    knowledge: Knowledge, references: tuple[str, ...], label: str
) -> tuple[tuple[FigureLine, ...], FigureLine | None]:
    """Deaths figure by figure, and their sum where the patients are different ones."""
    lines = tuple(figure_line(knowledge, reference) for reference in references)
    if len(lines) == 1:
        return lines, lines[0]
    return lines, total_line(references, knowledge, label)
