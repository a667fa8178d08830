"""Files that can be made again: JSON under its own SHA-256, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from nmosd_cds import __version__

# Raise it when what was stored before must no longer be used.
FORMAT = 1


def packed(content: Any) -> bytes:
    """Content with the version of the program and its own hash in front."""
    stamped = {"format": FORMAT, "app": __version__, "content": content}
    body = json.dumps(stamped, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read_stored(path: Path) -> Any:
    """The content of a stored file; None if it is not there, damaged, or of another version."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest.decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
        return None
    stamped = json.loads(body)
    if (stamped["format"], stamped["app"]) != (FORMAT, __version__):
        return None
    return stamped["content"]


def write_stored(path: Path, whole: bytes) -> None:
    """Write what `packed` gave, so that nobody ever meets a half-written file.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem[:20], suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_quietly(path: Path, whole: bytes) -> None:
    """Write, or leave it: a cache that cannot be written costs time, nothing else."""
    try:
        write_stored(path, whole)
    except OSError:
        return
