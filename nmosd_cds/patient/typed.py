"""What was typed, as a person would read it: the one reading, the readings to choose between.

The codec stays strict, because a file must not depend on the day it is read. Here the form reads
`1,2 x10^9/L`, `小于5`, `neg` or `mar24` and says what it read; nothing is taken where two readings
are possible, and a comparator is never dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nmosd_cds.i18n import _, format_partial
from nmosd_cds.patient import typed_words as words
from nmosd_cds.patient.answer import Answer, Quantity, When
from nmosd_cds.patient.checks import likely_units
from nmosd_cds.patient.codec import from_text, number_text, to_text
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.kinds import in_first_unit
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.patient.plain import MAXIMUM_TEXT
from nmosd_cds.patient.quantity import reverses, spelt
from nmosd_cds.patient.typed_answers import (
    Found,
    read_choice,
    read_serology,
    read_titre,
    read_yes_no,
    state_in,
)
from nmosd_cds.patient.typed_dates import days_of
from nmosd_cds.patient.typed_numbers import read_quantity, read_score, read_whole
from nmosd_cds.patient.wording import shown

# Longer texts are only judged by the codec.
_LONGEST = 120
_MOST_OFFERS = 4
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SAME = str.maketrans("", "", " -,.\t")


@dataclass(frozen=True)
class Offer:
    """One way to read what was typed, to be taken with one key.

    Attributes:
        text: What the codec reads.
        shown: The same in words.
    """

    text: str
    shown: str


@dataclass(frozen=True)
class Typed:
    """What a text in an editor means.

    Attributes:
        text: As it was typed.
        reads_as: What the codec reads in its place; empty where it reads the text itself, or
            where a person has to choose.
        accepted: What stands in the editor once the reading is accepted; empty where nothing
            would change.
        shown: The reading in words; empty where it is literally what was typed.
        offers: Other readings. None of them counts before it is taken.
        said: A sentence for the offers.
        is_read: Whether there is an answer, or a state, without choosing.
    """

    text: str
    reads_as: str = ""
    accepted: str = ""
    shown: str = ""
    offers: tuple[Offer, ...] = ()
    said: str = ""
    is_read: bool = False


def typed_of(spec: FieldSpec, text: str, on: date) -> Typed:
    """What was typed into the editor of a field.

    Args:
        spec: The field, of any kind but rows.
        text: As it was typed or pasted.
        on: The day that "today" and years of two digits are counted from.
    """
    if not text.strip() or len(text) > min(_LONGEST, MAXIMUM_TEXT):
        return Typed(text)
    answer, problems = from_text(spec, text, "")
    if spec.kind == "text" and answer is not None and answer.state == "known":
        return Typed(text, is_read=True)
    found = _FINDERS.get(spec.kind, _nothing)(spec, text, on)
    if not problems:
        return _literal(spec, text, answer, found)
    if found.sure:
        read, wrong = from_text(spec, found.sure, "")
        if not wrong:
            return _as_read(spec, text, found.sure, read)
    return _asked(spec, text, found)


def words_of(spec: FieldSpec, text: str) -> tuple[str, str]:
    """What stands in the editor for a text the codec reads, and its words for a reader.

    Raises:
        ValueError: the codec does not read it.
    """
    answer, problems = from_text(spec, text, "")
    if problems:
        raise ValueError(problems[0].sentence)
    return _canonical(spec, answer)


def day_typed(text: str, on: date) -> Typed:
    """The same for the day of a result, or the day since when a list is complete."""
    return typed_of(_DAY, text, on)


_DAY = FieldSpec(name="date", kind="date", label="Date", may_be_future=True)


def _literal(spec: FieldSpec, text: str, answer: Answer | None, found: Found) -> Typed:
    """The codec reads the text itself; a person may still have meant something else."""
    canonical, said = _canonical(spec, answer)
    is_same = _is_same(spec, text, answer, canonical)
    offers = _offers(spec, found.asks, but=canonical)
    # A date is put in the form of the house, a word for a state becomes the state.
    is_settled = is_same and (spec.kind != "date" or text.strip() == canonical)
    is_settled = is_settled and answer is not None and answer.state == "known"
    # Where it might be another number, what was read is said although it is literal.
    return Typed(
        text,
        accepted="" if is_settled else canonical,
        shown="" if is_same and not offers else said,
        offers=offers,
        is_read=True,
    )


def _as_read(spec: FieldSpec, text: str, sure: str, answer: Answer | None) -> Typed:
    canonical, said = _canonical(spec, answer)
    return Typed(text, reads_as=sure, accepted=canonical, shown=said, is_read=True)


def _asked(spec: FieldSpec, text: str, found: Found) -> Typed:
    offers, what = _offers(spec, found.asks), found.said
    if found.asks and not offers:
        return Typed(text)  # no reading is allowed; the problem says what is
    if offers and not what:
        what = (
            _("{typed} can be read in more than one way.")
            if len(offers) > 1
            else _("{typed} is not read as it stands.")
        )
    return Typed(text, offers=offers, said=what.replace("{typed}", shown(text.strip())))


def _offers(spec: FieldSpec, texts: Iterable[str], but: str = "") -> tuple[Offer, ...]:
    kept: dict[str, Offer] = {}
    for text in texts:
        answer, problems = from_text(spec, text, "")
        if problems:
            continue
        canonical, said = _canonical(spec, answer)
        if canonical != but and canonical not in kept:
            kept[canonical] = Offer(canonical, said)
    return tuple(kept.values())[:_MOST_OFFERS]


def _canonical(spec: FieldSpec, answer: Answer | None) -> tuple[str, str]:
    """What would stand in the editor for an answer, and its words for a reader."""
    if answer is None:
        return words.UNKNOWN, _("Not known")
    text = to_text(spec, answer)
    if isinstance(answer, When) and answer.value is not None:
        text = format_partial(str(answer.value))
    said = shown_answer(spec, answer)
    more = [getattr(answer, "titre_comparator", None), getattr(answer, "titre", None)]
    assay = getattr(answer, "assay", None)
    parts = [said, "".join(part for part in more if part), _(spec.label_of(assay)) if assay else ""]
    return text, ", ".join(part for part in parts if part)


def _is_same(spec: FieldSpec, text: str, answer: Answer | None, canonical: str) -> bool:
    """Whether a text says literally what it was read as, but for blanks and capitals."""
    typed = _plain(text)
    if answer is None:
        return typed in {_plain(words.UNKNOWN), _plain(_("Not known"))}
    same = {canonical, shown_answer(spec, answer)}
    if isinstance(answer, When) and answer.value is not None:
        # ISO, or the month in letters however it is spaced.
        same.add(str(answer.value))
        return typed.translate(_SAME) in {_plain(one).translate(_SAME) for one in same}
    if isinstance(answer, Quantity) and answer.value is not None:
        number = f"{answer.comparator or ''}{number_text(answer.value)}"
        same |= {f"{number}{spelt(answer.unit or '')}", number}
    if spec.kind in ("score", "whole") and answer.raw is not None:
        digits = text.strip()
        if digits.isascii() and "," not in digits:
            return True
    if spec.kind == "several":
        return True  # chips show what was chosen
    if answer.state == "known" and spec.kind == "choice":
        same |= {spec.label_of(answer.raw)}
    return typed in {_plain(one) for one in same}


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


@dataclass(frozen=True)
class Beside:
    """What is worth saying beside a measured number.

    Attributes:
        converted: The number in the unit that rules use; empty where it is in it.
        likelier: The same number in units in which it would be usual, each an offer.
    """

    converted: str = ""
    likelier: tuple[Offer, ...] = ()


def beside_number(spec: FieldSpec, answer: Answer | None) -> Beside:
    """What to say beside a number: its conversion, and units in which it would be usual."""
    if not isinstance(answer, Quantity) or answer.value is None or answer.unit is None:
        return Beside()
    written = f"{answer.comparator or ''}{number_text(answer.value)}"
    offers = []
    for unit in likely_units(spec, answer):
        text = f"{written} {unit}"
        if not from_text(spec, text, "")[1]:
            offers.append(Offer(text, f"{written} {spelt(unit)}"))
    return Beside(_converted(spec, answer, answer.value, answer.unit), tuple(offers))


def _converted(spec: FieldSpec, answer: Quantity, value: Decimal, unit: str) -> str:
    if unit == spec.unit or spec.unit is None:
        return ""
    first = in_first_unit(spec, value, unit)
    if first is None or first == value:
        return ""
    comparator: str = answer.comparator or ""
    if reverses(unit, spec.unit):
        comparator = _MIRRORED.get(comparator, "")
        first = first.quantize(Decimal("0.01"))
    else:
        first = first.normalize()
    return f"{comparator}{number_text(first)} {spelt(spec.unit)}"


def _date(spec: FieldSpec, text: str, on: date) -> Found:
    found = days_of(text, on)
    if not found:
        return state_in(spec, text) or Found()
    made = tuple(str(one) for one in found)
    return Found(sure=made[0]) if len(made) == 1 else Found(asks=made)


def _nothing(spec: FieldSpec, text: str, on: date) -> Found:
    return Found()


_FINDERS: dict[str, Callable[[FieldSpec, str, date], Found]] = {
    "yes_no": read_yes_no,
    "choice": read_choice,
    "serology": read_serology,
    "whole": read_whole,
    "score": read_score,
    "quantity": read_quantity,
    "titre": read_titre,
    "date": _date,
    "text": lambda spec, text, on: state_in(spec, text) or Found(),
}
