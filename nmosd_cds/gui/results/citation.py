"""Citation keys inside words: each becomes the way to its sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nmosd_cds.gui.results import markup as m

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source

_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"(?<![\w/.&-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w/-])")


def key_of(word: str, sources: Mapping[str, Source]) -> str:
    """The citation key a word is; empty if it is none. Registry numbers are written large.

    The name of a drug is a word of the page, and leads to its sheet where it is meant to.
    """
    key = word.lower()
    source = sources.get(key)
    return key if source is not None and source.kind != "drug" else ""


def keys_in(words: str, sources: Mapping[str, Source]) -> list[str]:
    """Every citation key in some words, in their order, each once."""
    found = (key_of(word, sources) for word in _WORD.findall(words))
    return list(dict.fromkeys(key for key in found if key))


def with_keys(html: str, sources: Mapping[str, Source]) -> str:
    """Marked-up words in which every key that is not yet a link becomes one."""
    said, is_linked = [], False
    for part in _TAG.split(html):
        if part.startswith("<a "):
            is_linked = True
        elif part == "</a>":
            is_linked = False
        elif not part.startswith("<") and not is_linked:
            part = _WORD.sub(lambda found: _linked(found[0], sources), part)
        said.append(part)
    return "".join(said)


def _linked(word: str, sources: Mapping[str, Source]) -> str:
    key = key_of(word, sources)
    return m.link(f"study:{key}", word) if key else word
