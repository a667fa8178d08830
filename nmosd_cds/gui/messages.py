"""What goes wrong, as sentences: our files, the user's file, or a bug. No value of a patient."""

from __future__ import annotations

import platform
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
        details: Text for a report, without any value of a patient; empty if there is no bug.
    """

    title: str
    sentences: tuple[str, ...]
    details: str = ""


def failure_of(error: BaseException, title: str) -> Failure:
    """An error as sentences; whatever is not a `CdsError` is a bug, and says so."""
    if isinstance(error, CdsError):
        return Failure(title, tuple(problem.sentence for problem in error.problems))
    said = _(
        "This is a fault in the program. No advice is shown; what you entered is kept. "
        "Save the case, copy the details and send them to whoever looks after the program."
    )
    return Failure(title, (said,), bug_report(error))


def bug_report(error: BaseException) -> str:
    """Type, lines and versions. The message is left out: it may quote what was entered."""
    lines = [
        f"NMOSD-CDS {__version__}, Qt {qt_version}, Python {platform.python_version()}, "
        f"{platform.system()}",
        type(error).__name__,
    ]
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
