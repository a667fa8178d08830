"""Answers in words: states, choices, yes and no, antibodies with titre and assay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nmosd_cds.i18n import _
from nmosd_cds.patient import typed_words as words
from nmosd_cds.patient.field import FieldSpec, Option
from nmosd_cds.patient.plain import near
from nmosd_cds.patient.wording import choice_named, folded, shown

_OPPOSITES = 2


@dataclass(frozen=True)
class Found:
    """What a text can be for the codec.

    Attributes:
        sure: The one reading; empty where a person has to choose, or where there is none.
        asks: Readings to choose between.
        said: Why it asks, with `{typed}` for the text; or why it is not read.
    """

    sure: str = ""
    asks: tuple[str, ...] = ()
    said: str = ""


def comparator_in(plain: str) -> tuple[str, str]:
    """The comparator a text begins with, and the text after it; empty where there is none."""
    lower = plain.casefold()
    for sign, written in words.COMPARATORS.items():
        for word in written:
            if lower.startswith(word):
                return sign, plain[len(word) :].strip()
    return "", plain


def _word(text: str) -> str:
    """A word without the brackets around it: `(−)` is `-`, `(阳性)` is `阳性`."""
    plain = folded(text).casefold().strip(" :;,。、")
    if len(plain) > 2 and plain[0] in "([{【" and plain[-1] in ")]}】":
        plain = plain[1:-1].strip()
    return plain


def state_in(spec: FieldSpec, text: str) -> Found | None:
    """A word for "not done", "unavailable" or "not known"; None where it is none of them."""
    word = _word(text)
    for state, written in words.STATES.items():
        if word in written:
            return Found(sure=state)
    if word in words.NOT_AVAILABLE_OR_DONE:
        said = _("{typed} can mean that it was not done, or that there is no result.")
        return Found(asks=(words.NOT_DONE, words.UNAVAILABLE), said=said)
    if word in words.NOT_DONE_OR_DETECTED:
        ids = [option.id for option in spec.choices]
        not_detected = [one for one in ("undetectable", "negative") if one in ids]
        said = _("{typed} can mean not done, or not detected.")
        return Found(asks=(words.NOT_DONE, *not_detected), said=said)
    return None


def read_choice(spec: FieldSpec, text: str, on: date) -> Found:
    """One choice of a closed list, by a word for it."""
    return state_in(spec, text) or _one_of(spec.choices, text)


def _one_of(options: tuple[Option, ...], text: str) -> Found:
    word = _word(text)
    if word in words.BETWEEN:
        return Found(said=_between(text))
    found = _named(options, text)
    if found is not None:
        return Found(sure=found)
    if len(word) > 2:
        # "阳性(+)", "Negative (-)": a word and its sign, if they say the same.
        parts = [part for part in re.split(r"[\s()]+", word) if part]
        ids = {_named(options, part) for part in parts}
        if len(parts) > 1 and len(ids) == 1 and None not in ids:
            return Found(sure=str(ids.pop()))
        # Of two opposites the nearer is no help: "reactive" is spelt like "negative".
        if len(options) > _OPPOSITES:
            meant = near(word, tuple(_plain_label(option) for option in options))
            return Found(asks=tuple(one.id for one in options if _plain_label(one) == meant))
    return Found()


def _plain_label(option: Option) -> str:
    return folded(option.label).casefold()


def _named(options: tuple[Option, ...], text: str) -> str | None:
    word = _word(text)
    named = [one.id for one in options if word in words.CHOICES.get(one.id, ())]
    return named[0] if len(named) == 1 else choice_named(options, word)


def _between(text: str) -> str:
    said = _("{typed} is neither positive nor negative. Repeat it, or say that it is unavailable.")
    return said.replace("{typed}", shown(text.strip()))


def read_yes_no(spec: FieldSpec, text: str, on: date) -> Found:
    """Yes or no."""
    word = _word(text)
    if word in words.YES:
        return Found(sure="yes")
    if word in words.NO:
        return Found(sure="no")
    return state_in(spec, text) or Found()


_TITRE = re.compile(r"(?<!\d)1\s*[:/∶]\s*(\d{1,3}(?:,\d{3})+|\d+)(?!\d)", re.ASCII)
_BARE_TITRE = re.compile(r"\d{2,5}", re.ASCII)


def _titre_in(text: str) -> tuple[str, str]:
    """A titre and the text without it; empty where there is none."""
    plain = folded(text.replace("∶", ":"))
    found = _TITRE.search(plain)
    if found is None:
        return "", plain
    before, after = plain[: found.start()], plain[found.end() :]
    sign = ""
    for comparator, written in words.COMPARATORS.items():
        ending = next((w for w in written if before.rstrip().casefold().endswith(w)), "")
        if ending:
            sign, before = comparator, before.rstrip()[: -len(ending)]
            break
    return f"{sign}1:{found[1].replace(',', '')}", f"{before} {after}".strip()


def read_titre(spec: FieldSpec, text: str, on: date) -> Found:
    """A titre; a bare number asks."""
    state = state_in(spec, text)
    if state is not None:
        return state
    titre, rest = _titre_in(text)
    if titre and not rest:
        return Found(sure=titre)
    sign, bare = comparator_in(folded(text))
    return Found(asks=(f"{sign}1:{bare}",)) if _BARE_TITRE.fullmatch(bare) else Found()


def read_serology(spec: FieldSpec, text: str, on: date) -> Found:
    """Result, titre and assay in one text, in that order: `pos >1:320 CBA`."""
    titre, rest = _titre_in(text)
    state = state_in(spec, rest) if not titre else None
    if state is not None:
        return state
    parts = [part for part in re.split(r"[\s,;，；、]+", rest) if part]
    for cut in range(len(parts), 0, -1):
        result = _one_of(spec.choices, " ".join(parts[:cut]))
        assay = _named(spec.assays, " ".join(parts[cut:])) if parts[cut:] else ""
        if result.said:
            return result
        if result.sure and assay is not None:
            return Found(sure=", ".join(one for one in (result.sure, titre, assay) if one))
    return Found()
