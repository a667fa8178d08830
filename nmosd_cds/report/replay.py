"""Proof of a printed page: the embedded case is advised again, and the result compared."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2

from nmosd_cds import __version__
from nmosd_cds.advice.advise import advise
from nmosd_cds.errors import ImportFileError, KnowledgeError, Problem, ReportError
from nmosd_cds.exchange.patient_file import parse_case
from nmosd_cds.i18n import _, in_language
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.wording import shown
from nmosd_cds.report.pdf import ADVICE_FILE, CASE_FILE, STAMP_FILE, advice_text, make_pdf
from nmosd_cds.report.pdfium import PDFIUM
from nmosd_cds.report.stamp import Stamp, read_stamp

MAXIMUM_BYTES = 50_000_000
_FILES = {CASE_FILE, ADVICE_FILE, STAMP_FILE}
_MOST_LINES = 20


def replay(raw: bytes, load: Callable[[], Knowledge]) -> tuple[str, ...]:
    """Compute a report again from what is embedded in it.

    Args:
        raw: The PDF.
        load: Reads the knowledge that is here; only called for a report of ours.

    Returns:
        What differs, a line each; empty if the report is identical: the same advice and, from the
        same version of the program, the same words on every page.

    Raises:
        ReportError: it is not a report of this program.
        KnowledgeError: the knowledge it was made with is not here.
    """
    files, pages = _opened(raw)
    stamp = read_stamp(files[STAMP_FILE].decode("utf-8", "replace"))
    case = _case(files[CASE_FILE])
    with in_language(stamp.language):
        knowledge = load()
    if stamp.knowledge_sha256 != knowledge.sha256:
        what = _("was made with knowledge {version}, which is not here")
        hint = _("Here is {version}; name the other with --knowledge.")
        what = what.format(version=stamp.knowledge_version)
        hint = hint.format(version=knowledge.stamp.version)
        raise KnowledgeError([Problem(_("The report"), what, hint)])
    return tuple(_differences(case, stamp, files, pages, knowledge))


def read_report(path: Path) -> bytes:
    """The bytes of a report's file.

    Raises:
        ReportError: it cannot be read, or is larger than any report.
    """
    name = shown(path.name).strip("`")
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = getattr(error, "strerror", None) or _("not a name of a file")
        what = _("cannot be read ({why})").format(why=why)
        raise ReportError([Problem(name, what)]) from error
    if len(raw) > MAXIMUM_BYTES:
        raise _not_ours(_("is larger than any report of this program"))
    return raw


def contents(raw: bytes) -> tuple[Case, Stamp]:
    """The case inside a report, and how the report was made; nothing is computed.

    Raises:
        ReportError: it is not a report of this program.
    """
    files, _pages = _opened(raw)
    return _case(files[CASE_FILE]), read_stamp(files[STAMP_FILE].decode("utf-8", "replace"))


def _opened(raw: bytes) -> tuple[Mapping[str, bytes], list[str]]:
    """The attachments by name and the words of each page."""
    if len(raw) > MAXIMUM_BYTES:
        raise _not_ours(_("is larger than any report of this program"))
    with PDFIUM:
        return _read_document(raw)


def _read_document(raw: bytes) -> tuple[Mapping[str, bytes], list[str]]:
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _not_ours(_("is not a PDF, or is damaged")) from error
    try:
        attached = [document.get_attachment(at) for at in range(document.count_attachments())]
        names = [one.get_name() for one in attached]
        if sorted(names) != sorted(_FILES):
            raise _not_ours(_("does not hold the three files that every report of it holds"))
        files = {one.get_name(): bytes(one.get_data()) for one in attached}
        return files, [_page_words(document, at) for at in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise _not_ours(_("is damaged")) from error
    finally:
        document.close()


def _not_ours(what: str) -> ReportError:
    return ReportError([Problem(_("The file"), what, _("Choose a report of this program."))])


def _page_words(document: pypdfium2.PdfDocument, at: int) -> str:
    page = document[at]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _case(raw: bytes) -> Case:
    try:
        return parse_case(raw, CASE_FILE)
    except ImportFileError as error:
        raise ReportError(error.problems) from error


def _differences(
    case: Case,
    stamp: Stamp,
    files: Mapping[str, bytes],
    pages: list[str],
    knowledge: Knowledge,
) -> Iterator[str]:
    # Only what is compared is in the report's language; what differs is said in the reader's.
    with in_language(stamp.language):
        advice = advise(case, knowledge, on=stamp.day)
        ours = json.loads(advice_text(advice))
    if advice.case_sha256 != stamp.case_sha256:
        yield _("The embedded case is not the one the report was stamped with.")
    try:
        theirs = json.loads(files[ADVICE_FILE])
    except (ValueError, RecursionError):
        yield _("The embedded advice is not JSON.")
        return
    yield from _json_differences("", theirs, ours)
    if stamp.app_version != __version__:
        return
    made = make_pdf(
        case,
        advice,
        knowledge,
        language=stamp.language,
        user=stamp.user,
        printed=stamp.time,
        annex=stamp.annex,
    )
    yield from _page_differences(pages, _opened(made)[1])


def _json_differences(where: str, theirs: Any, ours: Any) -> Iterator[str]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in sorted({*theirs, *ours}):
            place = f"{where}.{key}" if where else key
            if where == "" and key == "app":
                continue
            yield from _json_differences(place, theirs.get(key), ours.get(key))
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for number, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            name = one.get("id", number) if isinstance(one, dict) else number
            yield from _json_differences(f"{where}[{name}]", one, other)
    elif theirs != ours:
        yield _("{where}: printed {theirs}, now {ours}.").format(
            where=where, theirs=_short(theirs), ours=_short(ours)
        )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _page_differences(theirs: list[str], ours: list[str]) -> Iterator[str]:
    if len(theirs) != len(ours):
        text = _("The report has {theirs} pages, and would now have {ours}.")
        yield text.format(theirs=len(theirs), ours=len(ours))
    for number, (printed, made) in enumerate(zip(theirs, ours, strict=False), start=1):
        compared = difflib.ndiff(printed.splitlines(), made.splitlines())
        changed = [line for line in compared if line[:1] in "+-"]
        for line in changed[:_MOST_LINES]:
            said = _("printed") if line.startswith("-") else _("now")
            yield _("Page {page}, {said}: {line}").format(page=number, said=said, line=line[2:])
