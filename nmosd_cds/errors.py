"""What can be wrong with a file or an answer, said so that a person can mend it.

Wrong input is a `Problem`; a wrong call is a ValueError; neither knows medicine.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

# Python refuses to read thousands of digits as an int.
_MOST_DIGITS = 100

_WIDE_ENDS = ("。", "？", "！")
_SENTENCE_ENDS = (".", "?", "!", *_WIDE_ENDS)
# Signs of Chinese, Japanese and Korean: no space stands between their sentences.
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# What somebody wrote says nothing about the language of the sentence around it.
_QUOTED = re.compile(r"`[^`]*`")


@total_ordering
@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; problems sort by place, line 6 before line 10.

    Attributes:
        where: File with line, or field; empty if the place is plain from the context.
        what: What is wrong, as a sentence.
        hint: What to do about it, as a sentence; empty if there is nothing to say.
    """

    where: str
    what: str
    hint: str = ""

    @property
    def sentence(self) -> str:
        """The whole problem on one line: place, what is wrong, what to do."""
        said = ""
        for part in (self.what, self.hint):
            if part.strip():
                # Each part may be in another language: a file name, a message of the system.
                said += "" if not said or said.endswith(_WIDE_ENDS) else " "
                said += _ended(part)
        colon = "：" if _is_wide(self.what) else ": "
        return on_one_line(f"{self.where}{colon}{said}" if self.where else said)

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    def __lt__(self, other: object) -> bool:
        """By place, then by words."""
        if not isinstance(other, Problem):
            return NotImplemented
        mine, theirs = _place_key(self.where), _place_key(other.where)
        return (mine, self.what, self.hint) < (theirs, other.what, other.hint)


class CdsError(Exception):
    """Input that cannot be used, with every problem found in it.

    Attributes:
        problems: All problems, sorted by place; never only the first one met.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted by place."""
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One sentence a line."""
        return "\n".join(problem.sentence for problem in self.problems)


class KnowledgeError(CdsError):
    """Our own files (rules, evidence, translations) are not fit to be used."""


class ImportFileError(CdsError):
    """The user's file cannot be taken in."""


class ReportError(CdsError):
    """A report cannot be drawn, or cannot be read back."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a name, for "Did you mean ...?".

    Args:
        name: What was written.
        candidates: What could have been written.

    Returns:
        One candidate, or None if none is alike enough to be worth suggesting.
    """
    found = difflib.get_close_matches(name, list(candidates), n=1)
    return found[0] if found else None


def _ended(part: str) -> str:
    """A part with exactly one mark at its end."""
    part = part.strip()
    if part.endswith(_SENTENCE_ENDS):
        return part
    return part.rstrip(",;:，；：") + ("。" if _is_wide(part) else ".")


def _is_wide(text: str) -> bool:
    """Whether a text is in a language without spaces."""
    return _WIDE.search(_QUOTED.sub("", text)) is not None


def on_one_line(text: str) -> str:
    """The text on one line; a sign that cannot be seen (a terminal may obey it) shows as one."""
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text
    )


def _place_key(where: str) -> list[str | int]:
    # re.split with a group alternates text and digits, so equal positions hold equal types.
    pieces = re.split(r"(\d+)", where)
    return [int(piece[:_MOST_DIGITS]) if at % 2 else piece for at, piece in enumerate(pieces)]
