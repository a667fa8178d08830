"""New, open, save, export: dialogs that wait for nobody, and files written only where told."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nmosd_cds import paths
from nmosd_cds.errors import CdsError, ImportFileError, Problem
from nmosd_cds.exchange.patient_file import MAXIMUM_BYTES, read_case, write_case
from nmosd_cds.gui.background import Job, in_background
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.draft import KNOWN, AnyEntry, Entry, all_specs, place_name
from nmosd_cds.gui.messages import Failure, ask_to_save, failure_of
from nmosd_cds.i18n import N_, _
from nmosd_cds.patient.case import (
    Case,
    read_case_data,
    read_patient,
    read_preferences,
    read_setting,
)
from nmosd_cds.patient.known import ACCESS

Then = Callable[[], None]
NOT_OPENED = N_("This file was not opened; the case on the screen stays")


def examples() -> list[Path]:
    """The bundled fictional cases, by name."""
    return sorted(paths.examples_folder().glob("*.json"))


def readable_part(path: Path) -> tuple[Case, dict[str, AnyEntry]] | None:
    """What can be read of a case file with problems, and the text of plain answers that cannot.

    Returns:
        A case and entries to show beside their problems; None if it is no case at all.
    """
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if not path.is_file():
            return None
        with path.open("rb") as opened:
            raw = opened.read(MAXIMUM_BYTES + 1)
        content = json.loads(raw.decode("utf-8-sig")) if len(raw) <= MAXIMUM_BYTES else None
        if isinstance(content, dict) and isinstance(content.get("patient"), dict):
            return _readable(content)
    return None


def _readable(content: dict[str, Any]) -> tuple[Case, dict[str, AnyEntry]]:
    patient, found = read_patient(content["patient"])
    group = content.get("setting", {})
    setting, more = read_setting(group if isinstance(group, Mapping) else {})
    bare = {key: value for key, value in content.items() if key != "preferences"}
    rest, _problems = read_case_data({**bare, "patient": {}, "setting": {}})
    rest = rest or Case()
    preferences, _problems = read_preferences(content.get("preferences", {}))
    case = Case(
        rest.schema_version, rest.id, rest.fictional, rest.as_of, patient, setting, preferences
    )
    entries: dict[str, AnyEntry] = {}
    for problem in (*found, *more):
        parts = problem.where.split(".")
        is_access = parts[:2] == ["setting", "access"]
        name = place_name(ACCESS + parts[-1] if is_access else parts[1] if len(parts) > 1 else "")
        spec = all_specs().get(name)
        if spec is not None and spec.kind != "rows":
            holder = content.get(parts[0], {})
            holder = holder.get("access", {}) if is_access else holder
            entries[name] = _raw_entry(holder.get(name.removeprefix(ACCESS) if is_access else name))
    return case, entries


def _raw_entry(raw: Any) -> Entry:
    shape = raw if isinstance(raw, Mapping) else {"value": raw}
    value = shape.get("value")
    words = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, bool):
        words = "yes" if value else "no"
    parts = (f"{shape.get('comparator') or ''}{words}", shape.get("unit"))
    text = " ".join(str(part) for part in parts if part)
    extra = [str(shape[key]) for key in ("titre", "assay") if shape.get(key)]
    return Entry(KNOWN, ", ".join([text, *extra])[:200], str(shape.get("date") or ""))


@dataclass(frozen=True)
class FileRead:
    """What came of reading a file.

    Attributes:
        case: None if it has problems.
        failure: Its problems; None if it has none.
        part: What can be read of it all the same; None if nothing.
    """

    case: Case | None = None
    failure: Failure | None = None
    part: tuple[Case, dict[str, AnyEntry]] | None = None


def read_file(path: Path) -> FileRead:
    """Read a case file, wherever; what is wrong with it comes back in words."""
    try:
        return FileRead(read_case(path))
    except ImportFileError as error:
        failure = failure_of(error, _(NOT_OPENED), file=path.name)
        return FileRead(None, failure, readable_part(path))


class CaseFiles(QObject):
    """The File menu's work."""

    said = Signal(object)
    offered = Signal(object, str, object)

    def __init__(self, window: QWidget, consultation: Consultation) -> None:
        super().__init__(window)
        self._window = window
        self._consultation = consultation
        self.dialog: QFileDialog | None = None
        self.box: QMessageBox | None = None

    def when_safe(self, then: Then) -> None:
        """Do something that leaves this case, once its changes are saved or given up."""
        if not self._consultation.has_changes:
            then()
            return
        self.box = ask_to_save(self._window)
        self.box.finished.connect(partial(self.on_box_finished, then))
        self.box.open()

    def on_box_finished(self, then: Then, _result: int) -> None:
        assert self.box is not None
        chosen = self.box.standardButton(self.box.clickedButton())
        if chosen == QMessageBox.StandardButton.Save:
            self.save(then)
        elif chosen == QMessageBox.StandardButton.Discard:
            then()

    def new(self) -> None:
        """An empty case."""
        self.when_safe(lambda: self._consultation.open_case(Case()))

    def ask_open(self) -> None:
        """Choose a case file."""
        self.when_safe(self._show_open)

    def _show_open(self) -> None:
        dialog = self._dialog(_("Open a case file"), QFileDialog.AcceptMode.AcceptOpen, "json")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_soon(Path(name)))
        dialog.open()

    def open_example(self, path: Path) -> None:
        """Open a bundled case; saving it asks where to."""
        self.when_safe(partial(self.open, path, is_example=True))

    def open(self, path: Path, *, is_example: bool = False) -> None:
        """Open a case file at once; if it has problems, the case on the screen stays."""
        self._show_read(path, is_example, read_file(path))

    def open_soon(self, path: Path) -> None:
        """Read a case file in the background: it may be large, or on a slow drive."""
        in_background(
            self,
            partial(read_file, path),
            partial(self.on_read, path, self._consultation.case),
            partial(self.on_read_failed, path),
            job=Job(_("Reading the file")),
        )

    def on_read(self, path: Path, before: Case, read: FileRead) -> None:
        # What was asked about its changes holds for the case as it was then.
        if read.case is None or self._consultation.case == before:
            self._show_read(path, False, read)
        else:
            self.when_safe(partial(self._show_read, path, False, read))

    def on_read_failed(self, path: Path, error: BaseException) -> None:
        self.said.emit(failure_of(error, _(NOT_OPENED), file=path.name))

    def _show_read(self, path: Path, is_example: bool, read: FileRead) -> None:
        if read.case is not None:
            self._consultation.open_case(read.case, None if is_example else path)
        elif read.failure is not None and read.part is None:
            self.said.emit(read.failure)
        elif read.failure is not None and read.part is not None:
            then = partial(self._consultation.open_case, read.part[0], None, read.part[1])
            # The offer stands while the case on the screen may be changed on.
            safely = partial(self.when_safe, then)
            self.offered.emit(read.failure, _("Open what can be read"), safely)

    def save(self, then: Then | None = None) -> None:
        """Save to the same file, or ask where to."""
        if self._consultation.file is None:
            self.ask_save_as(then)
        else:
            self.write(self._consultation.file, then)

    def ask_save_as(self, then: Then | None = None) -> None:
        """Choose where to save; the dialog says that the file is not encrypted."""
        title = _("Save the case (the file is NOT encrypted)")
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptSave, "json")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), then))
        dialog.open()

    def write(self, path: Path, then: Then | None = None) -> None:
        """Write what can be read, and say what cannot."""
        try:
            write_case(self._consultation.case, path)
        except CdsError as error:
            self.said.emit(failure_of(error, _("The case was not saved"), file=path.name))
            return
        self._consultation.mark_saved(path)
        left_out = [*self._left_out(), *self._left_out_preferences()]
        if left_out:
            title = _("Saved without the answers that cannot be read")
            self.said.emit(Failure(title, tuple(left_out)))
        if then is not None:
            then()

    def _left_out(self) -> list[str]:
        specs = all_specs()
        return [
            Problem(_(specs[place_name(place)].label), one.what, one.hint).sentence
            for place, found in self._consultation.problems.items()
            if place_name(place) in specs
            for one in found
        ]

    def _left_out_preferences(self) -> list[str]:
        consultation = self._consultation
        return consultation.preferences_reading.left_out(consultation.preferences)

    def ask_export(self, pdf: bytes) -> None:
        """Choose where to save the report."""
        title = _("Save the report (the file is NOT encrypted and holds the case)")
        dialog = self._dialog(title, QFileDialog.AcceptMode.AcceptSave, "pdf")
        dialog.fileSelected.connect(lambda name: self.write_pdf(Path(name), pdf))
        dialog.open()

    def write_pdf(self, path: Path, pdf: bytes) -> None:
        """Write the report's bytes, the same that are shown."""
        from nmosd_cds.report.saving import save_report

        try:
            save_report(path, pdf)
        except CdsError as error:
            self.said.emit(failure_of(error, _("The report was not saved"), file=path.name))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode, suffix: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(mode)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(f"*.{suffix}")
        self.dialog = dialog
        return dialog
