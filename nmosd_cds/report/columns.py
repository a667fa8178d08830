"""Lines of a terminal: a Chinese sign takes two columns, and a line may end after most of them."""

from __future__ import annotations

import re
import textwrap
from unicodedata import east_asian_width

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"
# A word, one wide sign, or blanks; signs that end or begin nothing stay with their neighbour.
_PIECE = re.compile(rf"[（「“《]*(?:[^{_WIDE}\s]+|[{_WIDE}])[，。；：、？！）」”》％]*|\s+")


def columns_of(text: str) -> int:
    """The columns a text takes in a terminal."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def padded(text: str, columns: int) -> str:
    """The text with blanks behind it up to a number of columns."""
    return text + " " * max(0, columns - columns_of(text))


def wrapped(text: str, columns: int, *, first: str = "", other: str = "") -> list[str]:
    """The text in lines of at most so many columns.

    Args:
        text: Without line breaks.
        columns: Of the terminal.
        first: Stands before the first line.
        other: Stands before every other line.
    """
    if columns_of(text) == len(text):
        return textwrap.wrap(text, columns, initial_indent=first, subsequent_indent=other)
    lines: list[str] = []
    line, lead = first, first
    for piece in _PIECE.findall(text):
        if line != lead and columns_of(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = lead = other
        if line == lead and not piece.strip():
            continue
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines
