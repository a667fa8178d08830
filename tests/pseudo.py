"""A language that is English with accents on each letter: what stays plain was not translated."""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from nmosd_cds import paths
from nmosd_cds.evidence.study import Study
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.texts import AS_PRINTED
from nmosd_cds.knowledge.walk import visited

CODE = "xx"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćďéƒğĥíĵķľɱńóƥɋŕśťúṽŵẋýžÁƁĆĎÉƑĞĤÍĴĶĽṀŃÓƤɊŔŚŤÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# Two letters or more that no accent has touched.
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9'./_@:%+-]*")
_HASH = re.compile(r"(?=.*\d)[0-9a-f]{4,}")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*[A-Za-z]")


def accented(text: str) -> str:
    """The text with an accent on every letter but those of a placeholder, and 40 % longer."""
    parts = re.split(r"(\{[^{}]*\})", text)
    said = "".join(part if part.startswith("{") else part.translate(_ACCENTS) for part in parts)
    core = said.strip()
    more = "!" * max(1, round(0.4 * len(core)) - 2)
    # Blanks at the ends are part of how pieces are put together.
    return said.replace(core, f"[{core} {more}]") if core else said


def write_pseudo(folder: Path) -> None:
    """Make the language known: `folder` takes the place of the folder of translations."""
    with (paths.translations_folder() / "messages.pot").open("rb") as opened:
        template = read_po(opened)
    catalog = Catalog(locale="en", fuzzy=False)
    for one in template:
        if isinstance(one.id, tuple | list):
            catalog.add(tuple(one.id), tuple(accented(form) for form in one.id))
        elif one.id:
            catalog.add(one.id, accented(one.id))
    file = folder / CODE / "messages.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_po(opened, catalog)


class Allowed:
    """What may stand as it is: ids as whole words, and texts somebody else printed."""

    def __init__(self, knowledge: Knowledge, more: Iterable[str] = ()) -> None:
        self.ids = {*_ids(knowledge), *UNITS, *more}
        printed = set(_printed(knowledge))
        self.ids |= {word for one in printed if len(one) <= _LETTERS for word in one.split()}
        whole = {one for one in printed if len(one) > _LETTERS}
        self.printed = sorted(whole, key=len, reverse=True)

    def of_case(self, file: Path) -> "Allowed":
        """With what a person typed into a case file."""
        typed = set(re.findall(r'"([^"]*)"', file.read_text(encoding="utf-8")))
        mine = copy(self)
        mine.ids = self.ids | {word for one in typed for word in _TOKEN.findall(one)}
        long = {one for one in typed if len(one) > _LETTERS}
        mine.printed = sorted({*self.printed, *long}, key=len, reverse=True)
        return mine

    def leaks(self, text: str) -> set[str]:
        """The words of a text that were not translated."""
        found = self._plain(text)
        if not found:
            return found
        squeezed = " ".join(text.split())
        for one in self.printed:
            squeezed = squeezed.replace(one, " ")
        return self._plain(squeezed)

    def _plain(self, text: str) -> set[str]:
        return {
            word
            for token in _TOKEN.findall(text)
            if not token.startswith(("10.", "http")) and not _HASH.fullmatch(token)
            if not {token, token.strip(".,:;'/-")} & self.ids
            for word in _WORD.findall(token)
            if word not in self.ids
        }


def _ids(knowledge: Knowledge) -> Iterator[str]:
    yield from knowledge.sources
    yield from knowledge.options
    yield from (rule.rule.id for rule in knowledge.scope)
    for option in knowledge.options.values():
        yield from (one.rule.id for one in option.rules)
    for source in knowledge.sources.values():
        if isinstance(source, Study):
            yield from (arm.id for arm in source.arms)
        for one in visited(source):
            if one.name in _IDS:
                yield from (word for text in _texts(one.value) for word in text.split())


def _printed(knowledge: Knowledge) -> Iterator[str]:
    for source in knowledge.sources.values():
        for one in visited(source):
            if f"{type(one.owner).__name__}.{one.name}" in AS_PRINTED:
                yield from _texts(one.value)


# A printed text shorter than this may be a part of any word.
_LETTERS = 10
_IDS = {"source_url", "url", "registry", "doi", "pmid", "brand"}
UNITS = frozenset(
    "kg cm mg mL min dL IU pg ng logMAR ms US EU JP CN NMOSD-CDS doi PMID"
    " Scroll Left Right English qt xx".split()
)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
