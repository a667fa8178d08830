"""A file onto the disk: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

_LONGEST_PREFIX = 40


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; an older one stays until the new one is complete on the disk.

    Raises:
        OSError: it cannot be written; nothing is left behind.
        ValueError: the name is none, such as one with a NUL in it.
    """
    prefix = f".{path.name[:_LONGEST_PREFIX]}-"
    handle, temporary = tempfile.mkstemp(prefix=prefix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the replacement itself is durable.
    with contextlib.suppress(OSError):
        handle = _open_folder(folder)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY)
