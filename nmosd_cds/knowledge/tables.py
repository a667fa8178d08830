"""Keeps the quantile tables of the ranking beside the knowledge that needed them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nmosd_cds import paths
from nmosd_cds.knowledge.files import DERIVED
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.stored import packed, read_stored, write_quietly, write_stored


def restore_tables_of(knowledge: Knowledge, root: Path | None = None) -> bool:
    """Take up the tables kept for this knowledge, from beside it or from the user's cache.

    Args:
        knowledge: Its hash names the file.
        root: Folder with `rules/`; None: what comes with the app.

    Returns:
        Whether there were any; without them each table is built when it is first asked for.
    """
    from nmosd_cds.decision.table import restore_tables

    beside = (root or paths.knowledge_root()) / DERIVED
    for folder in (beside, paths.user_cache_folder()):
        tables = read_stored(folder / _name(knowledge))
        if tables is not None:
            restore_tables(tables)
            return True
    return False


def keep_tables_of(knowledge: Knowledge, folder: Path | None = None) -> None:
    """Keep every table built so far; call it once the knowledge has been ranked.

    Args:
        knowledge: Its hash names the file.
        folder: Where a bundle is made; None: the user's cache, where a failure is no matter.

    Raises:
        OSError: the file cannot be written to `folder`.
    """
    from nmosd_cds.decision.table import kept_tables

    whole = packed(kept_tables())
    if folder is None:
        write_quietly(paths.user_cache_folder() / _name(knowledge), whole)
    else:
        write_stored(folder / _name(knowledge), whole)


@contextmanager
def remembered_tables(knowledge: Knowledge, root: Path | None = None) -> Iterator[None]:
    """Take up the tables before a ranking, and keep them after it if it had to build more.

    Args:
        knowledge: Its hash names the file.
        root: Folder with `rules/`; None: what comes with the app.
    """
    from nmosd_cds.decision.table import kept_tables

    restore_tables_of(knowledge, root)
    before = set(kept_tables())
    yield
    if set(kept_tables()) - before:
        keep_tables_of(knowledge)


def _name(knowledge: Knowledge) -> str:
    return f"tables-{knowledge.sha256}.json"
