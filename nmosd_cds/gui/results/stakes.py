"""What is at stake: each criterion from its worst to its best, in natural frequencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nmosd_cds.advice.model import Advice, EffectLine, OptionAdvice
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import bracketed, clauses, listed
from nmosd_cds.report.effects import behind, compared, lead
from nmosd_cds.report.wording import capital, sentence

if TYPE_CHECKING:
    from nmosd_cds.knowledge.knowledge import Knowledge
    from nmosd_cds.knowledge.ranking import Criterion

_SHARES = ("beta", "gamma")


def criteria_of(knowledge: Knowledge) -> tuple[Criterion, ...]:
    """Every criterion, in the order of its group."""
    return tuple(member for group in knowledge.ranking.criteria for member in group.members)


def range_words(criterion: Criterion) -> str:
    """`from 40 (worst) to 0 (best) of 100 people, dead of the treatment within 12 months`."""
    worst, best = _ends(criterion)
    if criterion.distribution == "judgement":
        said = _("from {worst} (worst) to {best} (best) on the scale {unit}")
    else:
        said = _("from {worst} (worst) to {best} (best) {unit}")
    return said.format(worst=worst, best=best, unit=criterion.unit)


def both_ways(criterion: Criterion) -> str:
    """The same from the other side: how many are spared; empty where people are not counted."""
    if criterion.distribution not in _SHARES:
        return ""
    worst, best = round(100 * float(criterion.worst)), round(100 * float(criterion.best))
    said = _("Seen from the other side: at worst {worst} of 100 people without it, at best {best}.")
    return said.format(worst=100 - worst, best=100 - best)


def stakes_table(
    knowledge: Knowledge, advice: Advice | None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows: criterion, its range, and what is known of each option compared."""
    options = compared(advice) if advice is not None else ()
    heads = (_("Criterion"), _("What it ranges over"), *(one.short for one in options))
    rows = []
    for group in knowledge.ranking.criteria:
        for criterion in group.members:
            said = [sentence(capital(range_words(criterion))), both_ways(criterion)]
            cells = (_known(_effect(one, criterion.id), criterion) for one in options)
            head = f"{criterion.label}\n{bracketed(group.label)}"
            rows.append((head, "\n".join(part for part in said if part), *cells))
    return heads, rows


def _effect(option: OptionAdvice, criterion: str) -> EffectLine | None:
    return next((line for line in option.effects if line.criterion == criterion), None)


def _known(line: EffectLine | None, criterion: Criterion) -> str:
    if line is None:
        return _("not reported")
    first, span, _how = lead(line, criterion)
    said = [clauses([first, span]) if span else first, behind(line), _studies(line.studies)]
    return "\n".join(part for part in said if part)


def _studies(keys: Sequence[str]) -> str:
    if not keys:
        return ""
    said = ngettext("{n} study: {keys}", "{n} studies: {keys}", len(keys))
    return said.format(n=len(keys), keys=listed(keys))


def _ends(criterion: Criterion) -> tuple[str, str]:
    if criterion.distribution in _SHARES:
        return f"{100 * float(criterion.worst):g}", f"{100 * float(criterion.best):g}"
    if criterion.distribution == "judgement":
        return f"{float(criterion.worst):g}", f"{float(criterion.best):g}"
    return f"{float(criterion.worst):+g}", f"{float(criterion.best):+g}"
