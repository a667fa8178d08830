"""What still matters: the questions of an advice, in the words of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nmosd_cds.advice.model import Advice, Question
from nmosd_cds.i18n import _, ngettext

# The same questions that stand above the result; a mark on every page would mark none.
MOST_QUESTIONS = 6


@dataclass(frozen=True)
class Asked:
    """A field that still decides, and what its answer would settle, in words."""

    field: str
    settles: str


def deciding(advice: Advice) -> Mapping[str, Asked]:
    """The fields that matter most, by name, the one that settles most first."""
    return {
        one.field: Asked(one.label, _settles(advice, one))
        for one in advice.questions[:MOST_QUESTIONS]
    }


def _settles(advice: Advice, question: Question) -> str:
    names = [advice.option(name).short for name in question.settles]
    if not names:
        return ""
    if len(names) == 1:
        return _("settles {option}").format(option=names[0])
    return ngettext("settles {n} option", "settles {n} options", len(names)).format(n=len(names))
