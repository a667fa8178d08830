"""What a score is and what it answers; no score itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from nmosd_cds.calculators.scores.asked import Asked

INDETERMINATE = "indeterminate"

T = TypeVar("T")


@dataclass(frozen=True)
class Worked:
    """A result with the way to it.

    Attributes:
        result: Names and values as JSON can hold them; `indeterminate` where what is missing, or
            an ambiguity of the source, can change the value.
        steps: The arithmetic, one sentence each, in the language in use.
        missing: Inputs that were not given, in the order of the score's `needs`.
        warnings: What the reader has to know before using the result.
    """

    result: dict[str, object]
    steps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    """A calculator on plain inputs, independent of a case.

    Attributes:
        name: Stable name, as on the command line.
        label: English name, marked for translation.
        inputs: Every input it reads, as a form asks for it.
        compute: From the inputs to the result; raises CdsError with a Problem per wrong input.
        fills: Name in the result and the patient field it is an answer to; None if it answers
            none. A result that is indeterminate or a lower bound never fills a field.
    """

    name: str
    label: str
    inputs: tuple[Asked, ...]
    compute: Callable[[object], Worked]
    fills: tuple[str, str] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return tuple(one.name for one in self.inputs)


def settled(values: Iterable[T]) -> T | str:
    """The one value that all possibilities share, else `indeterminate`."""
    first, *others = values
    return first if all(other == first for other in others) else INDETERMINATE
