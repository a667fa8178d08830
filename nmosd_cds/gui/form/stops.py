"""Where Enter goes: from answer to answer in the order one reads, rows and pages included."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nmosd_cds.gui.form.editors import Editor, FieldRow
from nmosd_cds.gui.form.rows_editor import LongRow, RowsEditor


def stops_of(editor: FieldRow | RowsEditor) -> Iterator[QWidget]:
    """The places of a field where an answer can be given."""
    if isinstance(editor, FieldRow):
        yield editor
        return
    if not editor.rows:
        yield editor.add
    for row in editor.rows:
        if isinstance(row, LongRow) and not row.summary.isChecked():
            yield row.summary
        else:
            yield from row.editors.values()
    yield editor.since


def stop_at(stops: list[QWidget], widget: QWidget | None) -> int:
    """The number of the stop a widget lies in; -1 if it lies in none."""
    while widget is not None:
        if widget in stops:
            return stops.index(widget)
        widget = widget.parentWidget()
    return -1


def enter(stop: QWidget) -> None:
    """Put the cursor into a stop; a text there is chosen whole."""
    target = stop.value if isinstance(stop, Editor) else stop
    target.setFocus(Qt.FocusReason.TabFocusReason)
