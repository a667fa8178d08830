"""How words and sentences are put together, in the language in use.

Punctuation belongs to the language: Chinese lists with 、, ends a sentence with 。 and leaves no
space after it, has brackets of its own and no capitals. Everything that joins texts asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nmosd_cds.i18n import _, language


@dataclass(frozen=True)
class _Joints:
    """The signs of one language.

    Attributes:
        item: Between the parts of a list.
        clause: Between parts of a sentence that are no list.
        part: Between parts that hold commas themselves.
        lead: After a label.
        note: Around what is said in passing.
        gap: Between two sentences, and between words that stand side by side.
        stop: Ends a sentence.
    """

    item: str = ", "
    clause: str = ", "
    part: str = "; "
    lead: str = ": "
    note: tuple[str, str] = (" (", ")")
    gap: str = " "
    stop: str = "."


_ENGLISH = _Joints()
_JOINTS = {
    "zh": _Joints(
        item="、",
        clause="，",
        part="；",
        lead="：",
        note=("（", "）"),
        gap="",
        stop="。",
    )
}
_ENDS = (".", "?", "!", "。", "？", "！")
_AFTER_ENGLISH = re.compile(r"(?<=[.?!]) (?=[A-Z(])")
_AFTER_CHINESE = re.compile(r"(?<=[。？！])(?![”’）])")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def _joints() -> _Joints:
    return _JOINTS.get(language(), _ENGLISH)


def listed(names: Iterable[str]) -> str:
    """`a, b, c`."""
    return _joints().item.join(names)


def clauses(texts: Iterable[str]) -> str:
    """Parts of one sentence: `a, b`; they are no list of alike things."""
    return _joints().clause.join(texts)


def parted(texts: Iterable[str]) -> str:
    """`a; b`: parts that may hold commas."""
    return _joints().part.join(texts)


def and_list(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = tuple(names) or ("",)
    if not first:
        return last
    return _("{first} and {last}").format(first=listed(first), last=last)


def or_list(names: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = tuple(names) or ("",)
    if not first:
        return last
    return _("{first} or {last}").format(first=listed(first), last=last)


def led(label: str, text: str) -> str:
    """`label: text`."""
    return f"{label}{_joints().lead}{text}"


def noted(text: str, note: str) -> str:
    """`text (note)`; the text alone if there is no note."""
    opening, closing = _joints().note
    return f"{text}{opening}{note}{closing}" if note else text


def bracketed(text: str) -> str:
    """`(text)`, for the beginning of a line."""
    opening, closing = _joints().note
    return f"{opening.strip()}{text}{closing}"


def beside(*texts: str) -> str:
    """Words side by side; a space parts them where the signs that meet are not both wide."""
    joined = ""
    for text in texts:
        meets_wide = joined and text and (_WIDE.match(joined[-1]) or _WIDE.match(text[0]))
        gap = "" if not joined or not text or (meets_wide and not _joints().gap) else " "
        joined += gap + text
    return joined


def sentence(text: str) -> str:
    """The text with a full stop, if it lacks one."""
    text = text.strip()
    return text if not text or text.endswith(_ENDS) else f"{text}{_joints().stop}"


def unended(text: str) -> str:
    """The text without its full stop, to say more in the same sentence."""
    return text.rstrip().rstrip(".。")


def run_of(texts: Iterable[str]) -> str:
    """Sentences one after the other, as they are."""
    return _joints().gap.join(text for text in texts if text)


def sentences(texts: Iterable[str]) -> str:
    """Texts as one run of sentences, each once."""
    return run_of(sentence(text) for text in dict.fromkeys(texts) if text.strip())


def first_sentence(text: str) -> str:
    """The first sentence; rules say in it what is so, and why in the next."""
    first = _AFTER_ENGLISH.split(text.strip(), maxsplit=1)[0]
    if _joints().stop == "。":
        first = _AFTER_CHINESE.split(first, maxsplit=1)[0]
    return sentence(first)


def parted_first(text: str) -> tuple[str, str]:
    """The first sentence without its stop, and the rest."""
    first = unended(first_sentence(text))
    rest = text.strip()[len(first) :].lstrip(".。 ")
    return first, rest


def capital(text: str) -> str:
    """The text with a capital at its beginning, where the language has capitals for that."""
    return text if _joints() is not _ENGLISH else text[:1].upper() + text[1:]


def inside(label: str) -> str:
    """A label within a sentence: `trial places`, but `HBV DNA`, `IgG` and `EDSS` as they are."""
    if _joints() is not _ENGLISH:
        return label
    first = re.split(r"[\s-]", label, maxsplit=1)[0]
    return label[:1].lower() + label[1:] if first[1:].isalpha() and first[1:].islower() else label


def headed(label: str) -> str:
    """`label: `, where what follows is set in another type."""
    return f"{label}{_joints().lead}"


def aside(text: str) -> str:
    """` (text)`, to stand after what is set in another type; empty if there is no text."""
    return noted("", text)


def ended(text: str) -> str:
    """The sentence with the gap that parts it from the next; empty if there is no text."""
    text = text.rstrip()
    stop = "" if text.endswith(_ENDS) else _joints().stop
    return f"{text}{stop}{_joints().gap}" if text else ""


def gap() -> str:
    """What stands between two sentences, and between a head and its text."""
    return _joints().gap


def named(label: str, plain: str) -> str:
    """A label in another language; in English, or without a translation, the plainer word.

    Args:
        label: As a form or a list shows it: `Eculizumab`.
        plain: As it stands within an English sentence: `eculizumab`.
    """
    said = _(label)
    return plain if said == label else said


def lowered(text: str) -> str:
    """The text in small letters, for within an English sentence; other languages stay as told."""
    return text.lower() if _joints() is _ENGLISH else text


def shouted(text: str) -> str:
    """A heading of plain text in capitals, where the language has them and units survive it."""
    return text.upper() if _joints() is _ENGLISH else text


def stop() -> str:
    """The end of a sentence and the gap after it."""
    return f"{_joints().stop}{_joints().gap}"
