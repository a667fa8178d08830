"""What a figure of an answer counted, and in whom: looked up in the study it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from nmosd_cds.advice.model import FigureLine
from nmosd_cds.evidence.study import Arm, Source, Study


def outcome_of(figure: FigureLine, sources: Mapping[str, Source]) -> str:
    """The shared key of what was counted; empty if there is none."""
    for arm in arms_of(figure, sources):
        for one in arm.figures:
            if one.id == figure.figure and one.outcome:
                return one.outcome
    return ""


def is_indirect(figure: FigureLine, sources: Mapping[str, Source]) -> bool:
    """Whether it was counted in people with other diseases."""
    source = sources.get(figure.study)
    if not isinstance(source, Study):
        return False
    arms = [arm.directness or source.directness for arm in arms_of(figure, sources)]
    return set(arms or [source.directness]) == {"indirect"}


def arms_of(figure: FigureLine, sources: Mapping[str, Source]) -> tuple[Arm, ...]:
    """The arms that have a figure of this id."""
    source = sources.get(figure.study)
    arms = source.arms if isinstance(source, Study) else ()
    return tuple(arm for arm in arms if any(one.id == figure.figure for one in arm.figures))
