"""One page of the form: the fields of a section, built from the model. No field is named here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import label, rule
from nmosd_cds.gui.draft import Entry, RowsEntry, all_specs, place_name
from nmosd_cds.gui.form.calculator_button import calculator_button
from nmosd_cds.gui.form.context import Context
from nmosd_cds.gui.form.editors import FieldRow
from nmosd_cds.gui.form.page_head import PageHead
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.gui.form.stops import stops_of
from nmosd_cds.i18n import _
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.sections import SECTIONS

_UNDATED = ("date", "text", "rows")
# Fewer dated answers than this are as quickly dated one by one.
_MANY = 3
_DIAMOND = 11


def specs_of(section: str) -> list[FieldSpec]:
    """The fields of a page, grouped ones last."""
    found = [spec for spec in all_specs().values() if spec.section == section]
    return sorted(found, key=lambda spec: bool(spec.group))


class FormPage(QWidget):
    """One page: every field of a section."""

    calculator_wanted = Signal(str)
    field_wanted = Signal(str)
    entered = Signal(object)

    def __init__(self, section: str, consultation: Consultation) -> None:
        super().__init__()
        self.setAccessibleName(_(SECTIONS[section]))
        self._consultation = consultation
        self._deciding: frozenset[str] = frozenset()
        self.editors: dict[str, FieldRow | RowsEditor] = {}
        specs = specs_of(section)
        dated = sum(spec.kind not in _UNDATED and not spec.is_identifier for spec in specs)
        is_dated = dated >= _MANY
        self.head = PageHead(section, _(SECTIONS[section]), consultation, dated=is_dated)
        self.head.field_wanted.connect(self.field_wanted)
        self.head.entered.connect(partial(self.entered.emit, self.head))
        self._context = Context(lambda: consultation.on, self.head.usual_now)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.gap(16), style.px(12), style.gap(6), style.px(16))
        layout.setSpacing(style.px(4))
        layout.addWidget(self.head)
        layout.addSpacing(style.px(4))
        group = ""
        for spec in specs:
            if spec.group != group:
                group = spec.group
                layout.addSpacing(style.px(8))
                layout.addWidget(label(_(group), bold=True, token="text2"))
                layout.addWidget(rule())
            layout.addWidget(self._editor(spec))
            opener = calculator_button(spec.name)
            if opener is not None:
                opener.clicked.connect(partial(self.calculator_wanted.emit, spec.name))
                layout.addWidget(opener, 0, Qt.AlignmentFlag.AlignRight)
        layout.addStretch(1)

    def _editor(self, spec: FieldSpec) -> FieldRow | RowsEditor:
        name = _(spec.label)
        made: FieldRow | RowsEditor
        if spec.kind == "rows":
            made = RowsEditor(spec, name, self._context)
            made.entered.connect(self.entered)
        else:
            made = FieldRow(spec, name, self._context)
            made.entered.connect(partial(self.entered.emit, made))
        made.changed.connect(partial(self._consultation.edit, spec.name))
        made.left.connect(self._consultation.end_burst)
        made.setObjectName(spec.name)
        self.editors[spec.name] = made
        self.show_entry(spec.name)
        return made

    @property
    def stops(self) -> list[QWidget]:
        """Every place where an answer can be given, in the order one reads."""
        return [stop for editor in self.editors.values() for stop in stops_of(editor)]

    def show_entry(self, name: str) -> None:
        """Show what the draft says of one field."""
        editor, entry = self.editors[name], self._consultation.entry(name)
        if isinstance(editor, RowsEditor):
            assert isinstance(entry, RowsEntry)
            editor.show_entry(entry)
        else:
            assert isinstance(entry, Entry)
            if entry != editor.entry:  # whoever types shows it already
                editor.show_entry(entry)

    def show_problems(self) -> None:
        """Say beside each field what is wrong with it."""
        problems, notices = self._consultation.problems, self._consultation.notices
        for name, editor in self.editors.items():
            if isinstance(editor, RowsEditor):
                mine = {at: found for at, found in problems.items() if place_name(at) == name}
                editor.show_problems(mine)
            else:
                editor.show_problems(problems.get(name, ()), notices.get(name, ()))

    def show_stale(self, reasons: Mapping[str, str]) -> None:
        """Say beside each field why its result does not count as current."""
        for name, editor in self.editors.items():
            editor.show_stale(reasons.get(name, ""))

    def show_deciding(self, names: Iterable[str]) -> None:
        """Put the diamond beside the labels of the fields that still decide."""
        deciding = frozenset(names) & frozenset(self.editors)
        if deciding == self._deciding:
            return
        for name in deciding ^ self._deciding:
            self.editors[name].show_deciding(name in deciding)
        self._deciding = deciding
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = style.px(_DIAMOND)
        for name in self._deciding:
            # In the margin, so that no label moves when a question comes or goes.
            beside = self.editors[name].label
            middle = beside.mapTo(self, QPoint(0, 0)).y() + min(beside.height(), style.px(28)) / 2
            box = QRectF(style.px(3), middle - side / 2, side, side)
            shapes.draw(painter, "unconfirmed", box)
