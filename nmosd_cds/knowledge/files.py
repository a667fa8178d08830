"""Which files the knowledge consists of, and the hash that says whether one of them changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from nmosd_cds.errors import KnowledgeError, Problem
from nmosd_cds.strict_yaml import MAXIMUM_BYTES

FOLDERS = ("rules", "resources/evidence")
DERIVED = "rules/derived"


def source_bytes(root: Path) -> dict[str, bytes]:
    """The bytes of every YAML file of the knowledge, by name, sorted.

    Args:
        root: Folder with `rules/` and `resources/evidence/`.

    Raises:
        KnowledgeError: a folder is missing or a file cannot be read.
    """
    problems = []
    found: dict[str, bytes] = {}
    for folder in FOLDERS:
        if not (root / folder).is_dir():
            problems.append(
                Problem(folder, "is missing.", "Name the folder that holds rules/ and resources/.")
            )
            continue
        for path in sorted((root / folder).rglob("*.yaml")):
            name = path.relative_to(root).as_posix()
            try:
                name.encode()
                found[name] = _bytes_of(path)
            except UnicodeEncodeError:
                problems.append(Problem(name, "has a name that is not UTF-8.", "Name it anew."))
            except OSError as error:
                problems.append(Problem(name, f"cannot be read ({error.strerror})."))
    if problems:
        raise KnowledgeError(problems)
    return dict(sorted(found.items()))


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, as many as show that it is too large; a pipe or device is refused."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(0, "it is not a file")
    with path.open("rb") as opened:
        return opened.read(MAXIMUM_BYTES + 1)


def sources_sha256(sources: Mapping[str, bytes]) -> str:
    """SHA-256 over names and bytes; any change of either changes it."""
    whole = hashlib.sha256()
    for name in sorted(sources):
        whole.update(f"{name}\0{len(sources[name])}\0".encode())
        whole.update(sources[name])
    return whole.hexdigest()
