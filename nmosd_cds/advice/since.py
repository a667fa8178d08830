"""What changed between two answers to one case: options that turned, and answers that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nmosd_cds.advice.model import Advice, OptionAdvice, Status

Kind = Literal["answered", "changed", "gone"]


@dataclass(frozen=True)
class Turn:
    """One option that has another status or rank than before.

    Attributes:
        option: As it is now.
        before: Its status before.
        rank_before: Its rank before; None if it had none.
    """

    option: OptionAdvice
    before: Status
    rank_before: int | None

    @property
    def is_of_status(self) -> bool:
        """Whether its status turned, not its rank alone."""
        return self.option.status != self.before


@dataclass(frozen=True)
class Edited:
    """One answer of the case that differs: newly there, another, or gone.

    Attributes:
        label: What people see of the field.
    """

    field: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Since:
    """How an answer differs from the one before.

    Attributes:
        turns: Options that turned, status before rank, each in the order of the knowledge.
        edited: Answers of the case that differ, in the order of the form.
        outcome_before: Headline of the answer before where it differs; else empty.
    """

    turns: tuple[Turn, ...]
    edited: tuple[Edited, ...]
    outcome_before: str


def since(before: Advice, after: Advice) -> Since:
    """How an answer differs from the one before.

    Args:
        before: The answer to the case as it was.
        after: The answer to the case as it is, from the same knowledge.

    Returns:
        Nothing in any part where the two say the same.
    """
    turns = sorted(_turns(before, after), key=lambda turn: not turn.is_of_status)
    headline = before.headline if before.headline != after.headline else ""
    return Since(tuple(turns), tuple(_edited(before, after)), headline)


def _turns(before: Advice, after: Advice) -> Iterator[Turn]:
    were = {option.id: option for option in before.options}
    for option in after.options:
        was = were.get(option.id)
        if was is not None and (was.status, was.rank) != (option.status, option.rank):
            yield Turn(option, was.status, was.rank)


def _edited(before: Advice, after: Advice) -> Iterator[Edited]:
    was, now = _inputs(before), _inputs(after)
    for field in dict.fromkeys((*now, *was)):
        label = (now.get(field) or was[field])[0][0]
        if field not in was:
            yield Edited(field, label, "answered")
        elif field not in now:
            yield Edited(field, label, "gone")
        elif was[field] != now[field]:
            yield Edited(field, label, "changed")


def _inputs(advice: Advice) -> dict[str, list[tuple[str, str, str]]]:
    """Label, value and date of every line of each field."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for line in advice.inputs:
        found.setdefault(line.field, []).append((line.label, line.value, line.date))
    return found
