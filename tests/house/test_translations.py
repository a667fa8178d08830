"""A translation says the same as its source: same placeholders, every plural, no lost catalogue."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from nmosd_cds import i18n, paths

FILES = {code: paths.translations_folder() / code / "messages.po" for code in i18n.languages()[1:]}


def translated(file: Path) -> tuple[Catalog, list[Message]]:
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=file.parent.name, abort_invalid=True)
    return catalog, [message for message in catalog if message.id and message.string]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


@pytest.mark.parametrize("code", ["en", *FILES])
def test_every_language_can_be_chosen(code: str) -> None:
    try:
        assert i18n.use_language(code) == code
    finally:
        i18n.use_language("en")


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
