"""A translation says the same as its source: same placeholders, numbers, drugs; nothing lost."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from nmosd_cds import i18n, paths
from nmosd_cds.calculators.shown import id_words
from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.template import TEMPLATE, merged

FOLDER = paths.translations_folder()
FILES = {code: FOLDER / code / "messages.po" for code in i18n.languages()[1:]}
GLOSSARY = list(csv.DictReader((FOLDER / "glossary.csv").read_text("utf-8").splitlines()))
MONTHS = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
UNIT = re.compile(
    r"(?:mg|µg|g|mL|IU|mmol|ng|pg)/(?!day)[A-Za-z²0-9]+|× ?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    r"|(?<=\d )mg(?![A-Za-z/])|%|°C"
)
# Chinese words that order; where the English does not, neither may they.
ORDERS = {
    "给予": r"\b(give|gave|given|giving|administ\w+|receiv\w+|infus\w+|gets?)\b",
    "应给": r"\b(give|given)\b",
    "推荐": r"\brecommend",
    "建议使用": r"\b(recommend|advis|suggest)",
    "首选": r"\b(first[- ]choice|prefer)",
    "必须": r"\b(must|has to|have to|required?)\b",
    "应当": r"\b(should|ought)\b",
}


@cache
def translated(file: Path) -> tuple[Catalog, tuple[Message, ...]]:
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=file.parent.name, abort_invalid=True)
    return catalog, tuple(message for message in catalog if message.id and message.string)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def bare(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", " ", text)


def pairs(file: Path) -> list[tuple[str, str]]:
    """English and its translation; of a plural the form for many."""
    return [(forms(one.id)[-1], form) for one in translated(file)[1] for form in forms(one.string)]


CHINESE = pairs(FILES["zh"])


@pytest.mark.parametrize("code", ["en", *FILES])
def test_every_language_can_be_chosen(code: str) -> None:
    try:
        assert i18n.use_language(code) == code
    finally:
        i18n.use_language("en")


@pytest.mark.parametrize("code", FILES)
def test_a_language_says_who_has_reviewed_it(code: str) -> None:
    head = FILES[code].read_text(encoding="utf-8")[:1000]
    assert re.search(r'^"X-Reviewed-By: \S.*\\n"$', head, re.MULTILINE)


def test_every_placeholder_survives_translation() -> None:
    for file in FILES.values():
        for message in translated(file)[1]:
            # The plural names at least what the singular names.
            expected = placeholders(forms(message.id)[-1])
            for form in forms(message.string):
                assert placeholders(form) == expected, f"{file}:{message.lineno}: {form}"


def test_every_plural_form_is_there() -> None:
    for file in FILES.values():
        catalog, messages = translated(file)
        for message in messages:
            if message.pluralizable and not message.fuzzy:
                given = [form for form in forms(message.string) if form]
                assert len(given) == catalog.num_plurals, f"{file}:{message.lineno}"


def test_every_number_survives_translation() -> None:
    for english, chinese in CHINESE:
        before, after = (Counter(NUMBER.findall(bare(text))) for text in (english, chinese))
        # A month in letters becomes a number; nothing else may come or go.
        assert not before - after, f"{english!r} / {chinese!r}"
        months = len(MONTHS.findall(english))
        assert (after - before).total() <= months, f"{english!r} / {chinese!r}"


def test_every_unit_survives_translation() -> None:
    for english, chinese in CHINESE:
        english = re.sub(r"\bpercent\b", "%", english)
        before, after = (Counter(UNIT.findall(bare(text))) for text in (english, chinese))
        assert before == after, f"{english!r} / {chinese!r}"


def test_what_is_quoted_as_code_stays_as_it_is() -> None:
    for english, chinese in CHINESE:
        quoted = [Counter(re.findall(r"`[^`]*`", text)) for text in (english, chinese)]
        assert quoted[0] == quoted[1], f"{english!r} / {chinese!r}"


def test_a_sentence_stays_a_sentence() -> None:
    for english, chinese in CHINESE:
        if re.search(r"[a-z)]\.$", english.strip()) and not english.strip().endswith("No."):
            assert chinese.strip().endswith(("。", "。”", "。）")), f"{english!r} / {chinese!r}"


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row["term"])
def test_the_glossary_is_kept(row: dict[str, str]) -> None:
    allowed = [word for word in (row["zh"], *row["also"].split("|")) if word]
    assert row["zh"] and row["checked"] in ("", "drug", "exact")
    if row["checked"] == "exact":
        assert {chinese for english, chinese in CHINESE if english == row["term"]} <= {row["zh"]}
    if row["checked"] == "drug":
        named = re.compile(rf"(?<![\w-]){re.escape(row['term'])}(?![\w-])", re.IGNORECASE)
        lost = [
            f"{english!r} / {chinese!r}"
            for english, chinese in CHINESE
            if named.search(english) and not any(word in chinese for word in allowed)
        ]
        assert lost == []


@pytest.mark.parametrize("word", ORDERS)
def test_no_translation_orders_what_the_english_does_not(word: str) -> None:
    said = re.compile(ORDERS[word], re.IGNORECASE)
    stronger = [
        f"{english!r} / {chinese!r}"
        for english, chinese in CHINESE
        if word in chinese and not said.search(english)
    ]
    assert stronger == []


def test_every_choice_of_a_fact_has_its_words() -> None:
    texts = {forms(one.id)[0] for one in translated(FILES["zh"])[1]}
    choices = {one for spec in known_fact_specs().values() for one in spec.choices}
    unnamed = {id_words(one) for one in choices - {"true", "false"}} - texts
    assert unnamed == set()


@pytest.mark.parametrize("code", FILES)
def test_every_text_is_translated_and_none_is_left_over(code: str) -> None:
    """`nmosd-cds knowledge translations` brings the file up to the template and says what lacks."""
    file = FILES[code]
    text = file.read_text(encoding="utf-8")
    found = merged((FOLDER / TEMPLATE).read_text(encoding="utf-8"), text, code)
    assert found.missing == ()
    assert found.dropped == ()
    assert found.text == text
