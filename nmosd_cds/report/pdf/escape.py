"""The one door through which text reaches the page: what cannot be printed is shown, never lost.

Nothing here is mark-up: text is drawn as it is, so `<b>` is four signs. What is left to guard
against are signs that hide, reorder or vanish.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from nmosd_cds.i18n import _
from nmosd_cds.report.pdf.faces import can_print, latin_signs

MAXIMUM_TEXT = 20_000
LONGEST_WORD = 60

# A text of hanzi has no blanks and needs none: a line may end after each of them.
_LONG_WORD = re.compile(f"[^ \u2e80-\U0010ffff]{{{LONGEST_WORD + 1},}}")

# Format signs that only steer line breaks or joining; the page breaks its own lines.
_SPACES = {"\t", "\n", "\r", "\v", "\f", "\u2028", "\u2029", "\x85"}
# A mark left alone after composition would be drawn on top of its neighbours.
_HIDDEN = {"Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me"}

Part = TypeVar("Part")


@dataclass(frozen=True)
class Escaped:
    """A text ready to be drawn.

    Attributes:
        changed: Whether a sign stands as U+XXXX or the text was cut.
    """

    text: str
    changed: bool


def escape(text: str) -> Escaped:
    """Make text safe to draw.

    Returns:
        The text with every sign the font lacks, and every sign that hides or reorders others, as
        `U+XXXX`; blanks for line ends; words of over 60 letters broken; at most 20,000 signs.
    """
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_WORD:
        return Escaped(text, changed=False)
    cut = len(text) > MAXIMUM_TEXT
    if text.isascii() and text.isprintable():
        shown, changed = text[:MAXIMUM_TEXT], cut
    else:
        signs = latin_signs()
        spelt = [_shown(sign, signs) for sign in unicodedata.normalize("NFC", text[:MAXIMUM_TEXT])]
        shown, changed = "".join(spelt), cut or any(len(one) > 1 for one in spelt)
    whole = shown + (f" {_('[cut: the text is longer]')}" if cut else "")
    if len(whole) <= LONGEST_WORD:
        return Escaped(whole, changed)
    return Escaped(_LONG_WORD.sub(_broken, whole), changed)


def clipped(text: str, most: int) -> str:
    """A text that stands on every page, at most so long; if it is cut, it says so."""
    return text if len(text) <= most else f"{text[:most]} {_('[cut: the text is longer]')}"


def _shown(sign: str, signs: frozenset[str]) -> str:
    if sign in _SPACES:
        return " "
    if unicodedata.category(sign) in _HIDDEN or not (sign in signs or can_print(sign)):
        return f"U+{ord(sign):04X}"
    return sign


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    pieces = [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
    return " ".join(pieces)


class Gate:
    """Escapes everything of a report, and remembers whether anything was changed."""

    def __init__(self) -> None:
        self.changed = False

    def passed(self, part: Part) -> Part:
        """The same part with every text in it escaped, however deep it lies."""
        return self._passed(part)  # type: ignore[no-any-return]  # same shape

    def _passed(self, part: Any) -> Any:
        if isinstance(part, str):
            escaped = escape(part)
            self.changed = self.changed or escaped.changed
            return escaped.text
        if isinstance(part, tuple):
            through = [self._passed(one) for one in part]
            return part if _same(part, through) else tuple(through)
        kind: type = type(part)
        names = _fields(kind)
        if not names:
            return part
        values = [getattr(part, name) for name in names]
        passed = [self._passed(value) for value in values]
        return part if _same(values, passed) else kind(*passed)


def _same(before: Sequence[Any], after: Sequence[Any]) -> bool:
    return all(one is other for one, other in zip(before, after, strict=True))


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Names of the fields of a dataclass, in the order it takes them; empty for anything else."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))
