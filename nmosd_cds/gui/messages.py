"""What goes wrong, as sentences: our files, the user's file, or a bug. No value of a patient."""

from __future__ import annotations

import platform
import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QMessageBox, QWidget

from nmosd_cds import __version__
from nmosd_cds.errors import CdsError
from nmosd_cds.i18n import _


@dataclass(frozen=True)
class Failure:
    """Something that did not work.

    Attributes:
        title: What, in one line.
        sentences: Each thing that is wrong, with what to do.
        details: Text for a report: no value of a patient, no name of a file; empty if the
            sentences hold none.
    """

    title: str
    sentences: tuple[str, ...]
    details: str = ""


# What was written stands between these signs, whatever the language; see `patient.wording.shown`.
_QUOTED = re.compile(r"`[^`\n]*`(?:\.\.\.)?")
_HIDDEN = "`...`"


def failure_of(error: BaseException, title: str, *, file: str = "") -> Failure:
    """An error as sentences; whatever is not a `CdsError` is a bug, and says so.

    Args:
        error: What went wrong.
        title: What did not work.
        file: Name of the file it is about; it may name a person, and stays out of the details.
    """
    if isinstance(error, CdsError):
        sentences = tuple(problem.sentence for problem in error.problems)
        return Failure(title, sentences, without_values(sentences, file))
    said = _(
        "This is a fault in the program. No advice is shown; what you entered is kept. "
        "Save the case, copy the details and send them to whoever looks after the program."
    )
    return Failure(title, (said,), bug_report(error))


def without_values(sentences: Sequence[str], file: str = "") -> str:
    """Sentences for a report: neither what was written nor the name of the file."""
    said = "\n".join(_QUOTED.sub(_HIDDEN, sentence) for sentence in sentences)
    return f"{_versions()}\n{said.replace(file, _('the file')) if file else said}"


def _versions() -> str:
    return (
        f"NMOSD-CDS {__version__}, Qt {qt_version}, Python {platform.python_version()}, "
        f"{platform.system()}"
    )


def bug_report(error: BaseException) -> str:
    """Type, lines and versions. The message is left out: it may quote what was entered."""
    lines = [_versions(), type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        # The path would name the person who is logged in; the last two parts find the line.
        module = "/".join(frame.filename.replace("\\", "/").split("/")[-2:])
        lines.append(f"  {module}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


def ask_to_save(parent: QWidget) -> QMessageBox:
    """A box that asks what becomes of unsaved changes; open() it, then read `clickedButton`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_("Unsaved changes"))
    box.setText(_("The case has changes that are not saved."))
    box.setInformativeText(_("A saved case file is not encrypted."))
    box.setStandardButtons(
        QMessageBox.StandardButton.Save
        | QMessageBox.StandardButton.Discard
        | QMessageBox.StandardButton.Cancel
    )
    box.setDefaultButton(QMessageBox.StandardButton.Save)
    return box


def sentences_text(sentences: Sequence[str]) -> str:
    """Sentences for a label, one a line."""
    return "\n".join(sentences)
