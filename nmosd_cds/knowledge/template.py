"""What translators work on: the template of all texts, and a language's file brought up to it.

The texts are those marked in the program and every sentence of the knowledge. Babel reads and
writes these files. No line numbers, no dates: a file changes when a text does.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nmosd_cds.i18n import NOBODY
from nmosd_cds.knowledge.parsed import Parsed
from nmosd_cds.knowledge.texts import offered_prose

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

TEMPLATE = "messages.pot"
# Each with the number of texts it takes: singular and plural.
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
# What a machine has to know; the rest of a header changes without any text having changed.
_KEPT = ("MIME-Version", "Content-T", "Language:", "Plural-Forms")
_REVIEWED = re.compile(r'^"X-Reviewed-By: .*\\n"$', re.MULTILINE)
_HEADER = "# Texts of NMOSD-CDS. Written by a command; resources/translations/README.md says how."


@dataclass(frozen=True)
class Merged:
    """A language's file after the template was put over it.

    Attributes:
        text: The new file.
        missing: Texts without a translation, in the order of the template.
        unsure: Texts whose translation is marked as fuzzy; they are shown in English.
        dropped: Texts of the old file that nothing shows any more.
    """

    text: str
    missing: tuple[str, ...]
    unsure: tuple[str, ...]
    dropped: tuple[str, ...]


def template_text(package: Path, parsed: Parsed) -> str:
    """The template, `messages.pot`.

    Args:
        package: Folder of the program's source.
        parsed: The knowledge, in English.
    """
    from babel.messages.catalog import Catalog

    catalog = Catalog(project="NMOSD-CDS", header_comment=_HEADER, fuzzy=False)
    for file, said, comments in _offered(package, parsed):
        catalog.add(said, locations=[(file, 0)], auto_comments=comments)
    return _written(catalog)


def merged(template: str, old: str, code: str) -> Merged:
    """A language's `messages.po` with the texts of today's template, in its order.

    A text that changed loses its translation: one that nearly fits may be wrong where it matters.

    Args:
        template: Today's `messages.pot`.
        old: The language's file as it was; empty for a new language.
        code: The language.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    before = read_po(io.StringIO(old), locale=code)
    today = Catalog(locale=code, header_comment=_HEADER, fuzzy=False)
    for one in read_po(io.StringIO(template)):
        if one.id:
            _take_over(today, one, before.get(_source(one.id)))
    texts = [one for one in today if one.id]
    found = _REVIEWED.search(old)
    reviewed = found[0] if found else f'"X-Reviewed-By: {NOBODY}\\n"'
    return Merged(
        _written(today, reviewed),
        tuple(_source(one.id) for one in texts if not _is_said(one.string)),
        tuple(_source(one.id) for one in texts if one.fuzzy and _is_said(one.string)),
        tuple(_source(one.id) for one in before if one.id and one.id not in today),
    )


def _take_over(today: Catalog, offered: Message, before: Message | None) -> None:
    nothing = ("",) * today.num_plurals if offered.pluralizable else ""
    is_same = before is not None and before.pluralizable == offered.pluralizable
    kept = before if before is not None and is_same and _is_said(before.string) else None
    today.add(
        offered.id,
        kept.string if kept else nothing,
        locations=offered.locations,
        flags=offered.flags | (kept.flags if kept else set()),
        auto_comments=offered.auto_comments,
        user_comments=kept.user_comments if kept else (),
    )


def _offered(
    package: Path, parsed: Parsed
) -> Iterator[tuple[str, str | tuple[str, ...], list[str]]]:
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package.parent).as_posix()
        for said in _marked_texts(file.read_text(encoding="utf-8")):
            yield name, said, []
    for name, what, text in offered_prose(parsed):
        yield name, text, [what]


def _marked_texts(source: str) -> Iterator[str | tuple[str, ...]]:
    """The texts of a module in their order; Babel's own reader misses those inside f-strings."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = tuple(
            one.value
            for one in call.args[: KEYWORDS.get(name, 0)]
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        )
        if texts and len(texts) == KEYWORDS[name]:
            yield texts[0] if len(texts) == 1 else texts


def _source(identifier: str | tuple[str, ...] | list[str]) -> str:
    return identifier if isinstance(identifier, str) else identifier[0]


def _is_said(string: str | tuple[str, ...] | list[str] | None) -> bool:
    forms = (string,) if isinstance(string, str) else string or ()
    return bool(forms) and all(forms)


def _written(catalog: Catalog, *more: str) -> str:
    from babel.messages.pofile import write_po

    held = io.BytesIO()
    # Width 0: a text stays on one line, so that a difference shows texts and no new line breaks.
    write_po(held, catalog, width=0, include_lineno=False, ignore_obsolete=True)
    head, _blank, rest = held.getvalue().decode("utf-8").partition("\n\n")
    lines = [*(line for line in head.splitlines() if _is_kept(line)), *more]
    return "\n".join(lines) + "\n\n" + rest


def _is_kept(line: str) -> bool:
    return not line.startswith('"') or line.startswith(tuple(f'"{name}' for name in _KEPT))
