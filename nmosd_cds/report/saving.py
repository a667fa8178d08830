"""A report to a file: whole or not at all, and a sentence when it cannot be."""

from __future__ import annotations

import os
from pathlib import Path

from nmosd_cds.errors import Problem, ReportError
from nmosd_cds.i18n import _
from nmosd_cds.saving import write_whole


def save_report(path: Path, content: bytes) -> None:
    """Write a report; an older file stays until the new one is complete on the disk.

    Raises:
        ReportError: it cannot be written there; nothing is left behind.
    """
    if problem := unwritable(path):
        raise ReportError([problem])
    try:
        write_whole(path, content)
    except (OSError, ValueError) as error:
        raise ReportError([_cannot(path, error)]) from error


def unwritable(path: Path) -> Problem | None:
    """Why a report cannot be written to a place, as far as that can be seen before."""
    try:
        if path.is_dir():
            return Problem(path.name or str(path), _("is a folder"), _("Name a file in it."))
        if not path.parent.is_dir():
            hint = _("Make the folder, or choose another.")
            return Problem(
                path.name,
                _("the folder `{parent}` does not exist").format(parent=path.parent),
                hint,
            )
        if not os.access(path.parent, os.W_OK):
            return Problem(
                path.name,
                _("the folder `{parent}` cannot be written to").format(parent=path.parent),
            )
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return _cannot(path, error)
    return None


def _cannot(path: Path, error: Exception) -> Problem:
    why = getattr(error, "strerror", None) or _("not a name of a file")
    return Problem(
        path.name, _("cannot be written ({why})").format(why=why), _("Choose another folder.")
    )
