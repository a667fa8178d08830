"""What an editor may ask of the page it stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


def _no_usual() -> tuple[str, str]:
    return "", ""


@dataclass(frozen=True)
class Context:
    """Asked anew each time, because both change while the editors stay.

    Attributes:
        on: Day of assessment, from which "today" and years of two digits are counted.
        usual: Date and source that a new result on this page takes; empty for none.
    """

    on: Callable[[], date] = date.today
    usual: Callable[[], tuple[str, str]] = _no_usual
