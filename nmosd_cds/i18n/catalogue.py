"""A language's `messages.po` as texts that can be asked for.

Babel takes about a second to read some thousands of texts, so what it made is kept as a `.mo` under
the hash of the `.po`: beside it in a bundle, else in the user's cache. One that is damaged is made
again. Nothing compiled is ever edited or committed.
"""

from __future__ import annotations

import contextlib
import gettext
import hashlib
import io
import re
from functools import lru_cache
from pathlib import Path

from nmosd_cds import paths
from nmosd_cds.saving import write_whole

# The header is all of this that is ever looked at.
_HEADER = 2000
_REVIEWED = re.compile(r'^"X-Reviewed-By: (.*)\\n"$', re.MULTILINE)


def texts_of(file: Path) -> gettext.GNUTranslations:
    """The texts of a `messages.po`; fuzzy ones are left out, so they are shown in English.

    Args:
        file: It lies in the folder of its language.

    Raises:
        OSError: it cannot be read.
    """
    state = file.stat()
    return _texts(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _texts(file: Path, _changed: int, _size: int) -> gettext.GNUTranslations:
    raw = file.read_bytes()
    name = _compiled_name(raw)
    for folder in (file.parent, paths.user_cache_folder()):
        compiled = _kept(folder / name)
        if compiled is not None:
            return gettext.GNUTranslations(io.BytesIO(compiled))
    compiled = _compiled(raw, file.parent.name)
    # A cache that cannot be written costs time, nothing else.
    with contextlib.suppress(OSError):
        paths.user_cache_folder().mkdir(parents=True, exist_ok=True)
        write_whole(paths.user_cache_folder() / name, _sealed(compiled))
    return gettext.GNUTranslations(io.BytesIO(compiled))


def reviewer_of(file: Path) -> str:
    """Who has read a `messages.po` as a clinician, by its header; empty if it does not say.

    Raises:
        OSError: it cannot be read.
    """
    with file.open(encoding="utf-8") as opened:
        found = _REVIEWED.search(opened.read(_HEADER))
    return found[1].strip() if found else ""


def write_compiled(file: Path, folder: Path) -> Path:
    """Write what a bundle brings along, so that its first start needs no Babel.

    Args:
        file: A `messages.po`.
        folder: Where the bundle is made.

    Returns:
        The file written.

    Raises:
        OSError: it cannot be written.
    """
    raw = file.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / _compiled_name(raw)
    write_whole(written, _sealed(_compiled(raw, file.parent.name)))
    return written


def _compiled_name(raw: bytes) -> str:
    return f"texts-{hashlib.sha256(raw).hexdigest()}.mo"


def _compiled(raw: bytes, code: str) -> bytes:
    # Babel is needed for this one step only; an English start never pays for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = io.BytesIO()
    write_mo(written, read_po(io.BytesIO(raw), locale=code))
    return written.getvalue()


def _sealed(compiled: bytes) -> bytes:
    return hashlib.sha256(compiled).digest() + compiled


def _kept(path: Path) -> bytes | None:
    """What was compiled before; None if it is not there or damaged."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    seal, compiled = whole[:32], whole[32:]
    return compiled if seal == hashlib.sha256(compiled).digest() else None
