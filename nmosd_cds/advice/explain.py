"""What an option shows beside its status: arguments with figures, deaths, plan, allergies."""

from __future__ import annotations

from nmosd_cds.advice.figures import figure_line, total_line
from nmosd_cds.advice.model import ArgumentLine, FigureLine, PlanLine
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.patient.model import Patient


def arguments_of(knowledge: Knowledge, option: Option) -> tuple[ArgumentLine, ...]:
    """Arguments for and against, in the order of the file."""
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
        for argument in option.therapy.arguments
    )


def deaths_of(
    knowledge: Knowledge, references: tuple[str, ...], label: str
) -> tuple[tuple[FigureLine, ...], FigureLine | None]:
    """Deaths figure by figure, and their sum where the patients are different ones."""
    lines = tuple(figure_line(knowledge, reference) for reference in references)
    if len(lines) == 1:
        return lines, lines[0]
    return lines, total_line(references, knowledge, label)


def plan_of(option: Option, patient: Patient) -> tuple[PlanLine, ...]:
    """The plan to discuss, each substance it names checked against the allergies entered."""
    allergies = allergies_of(patient)
    return tuple(
        PlanLine(
            when=line.when,
            text=line.text,
            cites=line.cites,
            flag=line.flag,
            conflict=_conflict(line.names, allergies),
        )
        for line in option.plan
    )


def allergies_of(patient: Patient) -> tuple[str, ...]:
    """Substances the person is allergic to, as entered."""
    rows = patient.allergies.rows if patient.allergies else ()
    entered = (row.substance.value for row in rows if row.substance is not None)
    return tuple(substance for substance in entered if substance)


def _conflict(names: tuple[str, ...], allergies: tuple[str, ...]) -> str:
    hit = [name for name in names for each in allergies if _same(name, each)]
    if not hit:
        return ""
    return _("Allergy conflict: {substances}.").format(substances=", ".join(dict.fromkeys(hit)))


def _same(name: str, allergy: str) -> bool:
    left, right = (text.casefold().replace("-", "").replace(" ", "") for text in (name, allergy))
    return left in right or right in left
