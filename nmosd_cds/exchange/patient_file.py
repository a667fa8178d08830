"""The case file: JSON in, JSON out. Reading reports every problem; writing is all or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from nmosd_cds.errors import ImportFileError, Problem
from nmosd_cds.i18n import _
from nmosd_cds.patient.case import Case, case_text, read_case_data, readable_case
from nmosd_cds.patient.checks import problems_of
from nmosd_cds.patient.wording import shown
from nmosd_cds.saving import write_whole

MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 50
MOST_TOLD = 100

_MANY_DIGITS = 30
# Text first, so that a bracket inside it does not count; possessive, so that it never goes back.
_BRACKETS = re.compile(r'"(?:\\.|[^"\\])*+"?|([\[{])|([\]}])', re.DOTALL)


@dataclass(frozen=True)
class FileFormat:
    """A kind of file that holds a case.

    Attributes:
        id: Name in the program.
        suffixes: Endings of the file's name.
        read: Reads a case; raises `ImportFileError` with every problem.
        write: Writes a case; raises `ImportFileError` when it cannot be written.
    """

    id: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Case]
    write: Callable[[Case, Path], None]


def read_case(path: Path, *, on: date | None = None, today: date | None = None) -> Case:
    """Read a case file.

    Args:
        path: JSON in UTF-8, at most 2 MB.
        on: Day of assessment; wins over the one in the file.
        today: Stands in where neither says a day. Without `on` and `today` the answers are not
            held to each other and to the calendar; see `patient.checks`.

    Raises:
        ImportFileError: with every problem found.
    """
    path = Path(path)
    return parse_case(_bytes_of(path), path.name, on=on, today=today)


def parse_case(raw: bytes, name: str, *, on: date | None = None, today: date | None = None) -> Case:
    """Read a case from the bytes of a case file.

    Args:
        raw: JSON in UTF-8; a byte order mark is allowed.
        name: How messages call the file.
        on: See `read_case`.
        today: See `read_case`.

    Raises:
        ImportFileError: with every problem found.
    """
    data, problems = _plain_data(raw, name)
    if problems and data is None:
        raise ImportFileError(problems)
    case, found = read_case_data(data)
    problems += found
    # What could be read is held to the calendar too, so that all is said at once.
    readable = case or readable_case(data)
    if on is not None or today is not None:
        problems += problems_of(readable, on or readable.as_of or today or date.max)
    if case is None or problems:
        raise ImportFileError(_told(problems, name))
    return case


def write_case(case: Case, path: Path) -> None:
    """Write a case file, whole or not at all; it is not encrypted.

    Args:
        case: The case.
        path: Where; an older file is replaced only once the new one is complete on the disk.

    Raises:
        ImportFileError: it cannot be written; the older file is untouched.
    """
    path = Path(path)
    text = case_text(case).encode()
    try:
        write_whole(path, text)
    except OSError as error:
        what = _("cannot be written ({why})").format(why=_why(error))
        raise ImportFileError([Problem(path.name, what, _("Choose another folder."))]) from error


def read_plain_data(path: Path) -> Any:
    """What a JSON file holds, read as strictly as a case file: no key twice, no NaN.

    Args:
        path: A file of at most 2 MB.

    Returns:
        Dicts, lists, text, truth values, None, int and Decimal.

    Raises:
        ImportFileError: It cannot be read, or is not such a file.
    """
    data, problems = _plain_data(_bytes_of(Path(path)), path.name)
    if problems:
        raise ImportFileError(_told(problems, path.name))
    return data


def _told(problems: list[Problem], name: str) -> list[Problem]:
    if len(problems) <= MOST_TOLD:
        return problems
    more = Problem(name, _("has {count} more problems").format(count=len(problems) - MOST_TOLD))
    return [*problems[:MOST_TOLD], more]


def _bytes_of(path: Path) -> bytes:
    def refused(what: str, hint: str = "") -> ImportFileError:
        return ImportFileError([Problem(shown(path.name).strip("`"), what, hint)])

    try:
        if path.is_dir():
            raise refused(_("is a folder"), _("Choose a case file."))
        if not path.exists():
            raise refused(_("does not exist"), _("Check the name and the folder."))
        if not path.is_file():
            raise refused(_("is not a file"), _("Choose a case file."))
        with path.open("rb") as opened:
            raw = opened.read(MAXIMUM_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise refused(_("cannot be read ({why})").format(why=_why(error))) from error
    if len(raw) > MAXIMUM_BYTES:
        raise refused(_("is larger than 2 MB"), _("A case file has a few kilobytes."))
    return raw


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or _("not a name of a file")


def _plain_data(raw: bytes, name: str) -> tuple[Any, list[Problem]]:
    if len(raw) > MAXIMUM_BYTES:
        return None, [
            Problem(name, _("is larger than 2 MB"), _("A case file has a few kilobytes."))
        ]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [Problem(f"{name}:{line}", _("is not UTF-8 text"), _("Save it as UTF-8."))]
    if not text.strip():
        return None, [Problem(name, _("is empty"), _("A case file holds JSON."))]
    if _depth(text) > MAXIMUM_DEPTH:
        return None, [
            Problem(name, _("is nested more than {most} deep").format(most=MAXIMUM_DEPTH))
        ]
    return _loaded(text, name)


def _depth(text: str) -> int:
    """How deep brackets are nested, up to one more than is allowed."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        depth += 1 if found[1] else -1 if found[2] else 0
        deepest = max(deepest, depth)
        if deepest > MAXIMUM_DEPTH:
            break
    return deepest


def _loaded(text: str, name: str) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        once: dict[str, Any] = {}
        for key, value in pairs:
            if key in once:
                problems.append(
                    Problem(
                        name,
                        _("the key {written} stands twice").format(written=shown(key)),
                        _("Keep one."),
                    )
                )
            once[key] = value
        return once

    def not_a_number(constant: str) -> None:
        problems.append(
            Problem(
                name,
                _("{written} is not a number").format(written=shown(constant)),
                _("Leave it out."),
            )
        )

    try:
        data = json.loads(
            text,
            object_pairs_hook=unique,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=not_a_number,
        )
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        return None, [
            Problem(where, _("is not JSON ({msg})").format(msg=error.msg), _("Mend this place."))
        ]
    return data, problems


def _whole(digits: str) -> int | Decimal:
    # Python refuses to read thousands of digits as an int; the codec refuses them with a sentence.
    return int(digits) if len(digits) <= _MANY_DIGITS else _decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        return Decimal("Infinity")  # refused as a number that is not finite


CASE_FILE = FileFormat("case", (".json",), read_case, write_case)
