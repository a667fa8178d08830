"""Beside the timeline: one row of a list with all of its fields, edited as on the form."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, label, paint_ground, rule
from nmosd_cds.gui.draft import Entry, RowsEntry, all_specs, place_name, row_specs
from nmosd_cds.gui.form.context import Context
from nmosd_cds.gui.form.editors import FieldRow
from nmosd_cds.gui.form.rows_editor import LongRow
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.timeline.edits import without_row
from nmosd_cds.i18n import _

WIDE = 440


class TimelineEditor(QWidget):
    """A row of a list, or one answer; the same editors, messages and undo as on the form."""

    closed = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._context = Context(lambda: consultation.on)
        self.field, self.row = "", -1
        self.editor: LongRow | FieldRow | None = None
        paint_ground(self, "surface")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule(upright=True))
        side = QVBoxLayout()
        side.setContentsMargins(style.px(12), style.px(6), style.px(6), 0)
        top = QHBoxLayout()
        self.title = label("", bold=True, wraps=True)
        top.addWidget(self.title, 1)
        self.close_button = Button(_("Back to the picture"), size=style.SMALL)
        self.close_button.clicked.connect(self.close_row)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        side.addLayout(top)
        self.note = label("", size=style.SMALL, token="attention", wraps=True)
        side.addWidget(self.note)
        self._content = QWidget()
        self._holder = QVBoxLayout(self._content)
        self._holder.setContentsMargins(0, 0, style.px(6), style.px(8))
        self.page = Page(self._content, _("Row of the timeline"))
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.addWidget(self.page, 1)
        layout.addLayout(side, 1)
        consultation.entry_changed.connect(self.on_entry_changed)
        consultation.problems_changed.connect(self.refresh)
        consultation.case_opened.connect(self.close_row)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a row is shown."""
        return self.editor is not None

    def open_row(self, field: str, row: int, *, first: str = "", note: str = "") -> None:
        """Show a row.

        Args:
            field: The list, or a field with one answer.
            row: Its number in the draft; -1 for one answer.
            first: Field of the row that takes the cursor; empty: its first.
            note: Why it was opened; empty where the person asked.
        """
        self._take_away()
        self.field, self.row = field, row
        spec = all_specs()[field]
        name = _(spec.label) if row < 0 else f"{_(spec.label)} {row + 1}"
        self.title.setText(name)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if row < 0:
            one = FieldRow(spec, name, self._context)
            one.changed.connect(partial(self._consultation.edit, field))
            one.left.connect(self._consultation.end_burst)
            self.editor = one
        else:
            made = LongRow(row_specs(spec), name, self._context)
            made.entered.connect(self.on_entered)
            made.changed.connect(self.on_row_changed)
            made.left.connect(self._consultation.end_burst)
            made.removed.connect(self.on_row_removed)
            self.editor = made
        self._holder.addWidget(self.editor)
        self._holder.addStretch(1)
        self.refresh()
        self.show()
        if isinstance(self.editor, LongRow):
            self.editor.summary.setChecked(True)
            self.editor.editors[first or next(iter(self.editor.editors))].setFocus()
        else:
            self.editor.setFocus()

    def close_row(self) -> None:
        """Take the row away; what was typed stands."""
        if self.editor is not None:
            self._consultation.end_burst()
            self._take_away()
            self.hide()
            self.closed.emit()

    def _take_away(self) -> None:
        while self._holder.count():
            taken = self._holder.takeAt(0)
            part = taken.widget() if taken is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        self.editor = None

    def refresh(self) -> None:
        """Show the row as the draft has it, with what is wrong beside each field."""
        if self.editor is None:
            return
        entry, problems = self._consultation.entry(self.field), self._consultation.problems
        if isinstance(self.editor, FieldRow):
            assert isinstance(entry, Entry)
            self.editor.show_entry(entry)
            self.editor.show_problems(
                problems.get(self.field, ()), self._consultation.notices.get(self.field, ())
            )
            return
        assert isinstance(entry, RowsEntry)
        if self.row >= len(entry.rows):
            self.close_row()
            return
        start = f"{self.field}[{self.row}]"
        inside = {
            place.removeprefix(start).removeprefix("."): found
            for place, found in problems.items()
            if place == start or place.startswith(f"{start}.")
        }
        # What is wrong with the list as a whole stands above the row.
        inside[""] = (*inside.get("", ()), *problems.get(self.field, ()))
        self.editor.show_row(entry.rows[self.row], {k: v for k, v in inside.items() if v})

    def on_entry_changed(self, name: str) -> None:
        if name == place_name(self.field):
            self.refresh()

    def on_row_changed(self, name: str, entry: Entry) -> None:
        whole = self._consultation.entry(self.field)
        assert isinstance(whole, RowsEntry)
        rows = list(whole.rows)
        rows[self.row] = {**rows[self.row], name: entry}
        says = _("change of {list}, row {n}").format(
            list=_(all_specs()[self.field].label), n=self.row + 1
        )
        self._consultation.edit(self.field, replace(whole, rows=tuple(rows)), says)

    def on_entered(self, editor: QWidget) -> None:
        """Go on to the next field; after the last one the row is done."""
        assert isinstance(self.editor, LongRow)  # only a row says so
        fields: list[QWidget] = list(self.editor.editors.values())
        at = fields.index(editor) + 1
        if at < len(fields):
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.close_row()

    def on_row_removed(self) -> None:
        field, row = self.field, self.row
        self.close_row()
        remove_row(self._consultation, field, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        else:
            super().keyPressEvent(event)


def remove_row(consultation: Consultation, field: str, row: int) -> None:
    """Take a row out of a list, as one step to undo."""
    entry = consultation.entry(field)
    assert isinstance(entry, RowsEntry)
    says = _("removal of row {n} of {list}").format(n=row + 1, list=_(all_specs()[field].label))
    consultation.end_burst()
    consultation.edit(field, without_row(entry, row), says)
    consultation.end_burst()
