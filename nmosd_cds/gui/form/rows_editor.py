"""A list on the form: attacks, drugs, scores; add, change, remove, and since when it is complete.

Narrow rows stand as one line each; long ones open below their own summary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import Button, draw_focus, label, rule, tip
from nmosd_cds.gui.draft import KNOWN, Entry, RowEntry, RowsEntry, read_entry, row_specs
from nmosd_cds.gui.form.beside import Message, sentence_of
from nmosd_cds.gui.form.context import Context
from nmosd_cds.gui.form.day_field import DayField
from nmosd_cds.gui.form.editors import Editor, FieldRow
from nmosd_cds.gui.form.values import LineValue
from nmosd_cds.i18n import _, language, ngettext
from nmosd_cds.i18n.joining import clauses, led, run_of
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.patient.wording import shown

_NARROW = 3
_SUMMARY_KINDS = ("date", "choice", "several", "score", "whole", "text")
_SUMMARY_PARTS = 4

Problems = Mapping[str, Sequence[Problem]]


def entry_words(spec: FieldSpec, entry: Entry) -> str:
    """A known entry in words, as it was typed where it cannot be read; else nothing."""
    if entry.state != KNOWN:
        return ""
    answer = read_entry(spec, replace(entry, date=""), "", {})
    return shown_answer(spec, answer) if answer is not None else entry.text


class Cell(Editor):
    """One field of a narrow row: value, then its state as a shape."""

    def __init__(self, spec: FieldSpec, name: str, context: Context) -> None:
        super().__init__(spec, name, context, small=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(1))
        layout.addWidget(self.value, 1)
        layout.addWidget(self.state)
        self.date.setParent(self)
        self.date.hide()
        if isinstance(self.value, LineValue):
            least = {"date": 92, "text": 60}.get(spec.kind, 40)
            self.value.line.setMinimumWidth(style.px(least))


def _fits(metrics: QFontMetrics, width: int, text: str) -> bool:
    return metrics.horizontalAdvance(text) <= width


def _whole_parts(parts: list[str], fits: Callable[[str], bool]) -> str:
    """As many parts as fit, whole; how many were left out is said, no word is cut."""
    for kept in range(len(parts), 0, -1):
        left_out = len(parts) - kept
        tail = [_("{n} more").format(n=left_out)] if left_out else []
        said = clauses([*parts[:kept], *tail])
        if fits(said):
            return said
    return _("{n} more").format(n=len(parts)) if parts else ""


class Summary(Button):
    """A row in one line; opens and closes the row."""

    def __init__(self) -> None:
        super().__init__("", flat=True)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.parts: list[str] = []

    def sizeHint(self) -> QSize:
        return QSize(style.px(120), style.px(28))

    def say(self, parts: list[str], name: str) -> None:
        """Show the row's words."""
        self.parts = parts
        self.setAccessibleName(led(name, clauses(parts)))
        tip(self, clauses(parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() or self.isChecked():
            painter.fillRect(self.rect(), style.colour("wash"))
        side = style.px(10)
        mark = "down" if self.isChecked() else "right"
        shapes.draw(painter, mark, QRect(4, (self.height() - side) // 2, side, side).toRectF())
        painter.setPen(style.colour("text"))
        left = side + style.px(10)
        room = self.rect().adjusted(left, 0, -4, 0)
        painter.setFont(style.font(style.SMALL, bold=self.isChecked()))
        first, *more = self.parts or [_("New row: nothing entered")]
        metrics = painter.fontMetrics()
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, first)
        room.adjust(max(metrics.horizontalAdvance(first) + style.px(12), style.px(84)), 0, 0, 0)
        painter.setFont(style.font(style.SMALL))
        fits = partial(_fits, painter.fontMetrics(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _whole_parts(more, fits))
        if self.hasFocus():
            draw_focus(painter, self.rect())


class LongRow(QWidget):
    """A row with many fields: a summary, and its fields once it is opened."""

    changed = Signal(str, object)
    left = Signal()
    entered = Signal(object)
    removed = Signal()

    def __init__(self, specs: Mapping[str, FieldSpec], name: str, context: Context) -> None:
        super().__init__()
        self._specs, self._name, self._context = specs, name, context
        self._row: RowEntry = {}
        self._problems: Problems = {}
        self._as_it_is: object = None
        self.editors: dict[str, FieldRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(style.px(2))
        self.summary = Summary()
        self.summary.toggled.connect(self.on_summary_toggled)
        top.addWidget(self.summary, 1)
        self._remove = _remove_button(name, self.removed)
        top.addWidget(self._remove)
        layout.addLayout(top)
        self.message = Message()
        layout.addWidget(self.message)
        self.body = QWidget()
        self.body.hide()
        layout.addWidget(self.body)
        layout.addWidget(rule())

    def show_row(self, row: RowEntry, problems: Problems) -> None:
        """Show a row and what is wrong in it; one that is shown already is left alone."""
        as_it_is = (self.summary.isChecked(), len(self.editors), language())
        if row is self._row and problems == self._problems and as_it_is == self._as_it_is:
            return
        self._row, self._problems, self._as_it_is = row, problems, as_it_is
        words = [
            entry_words(spec, row[name])
            for name, spec in self._specs.items()
            if name in row and spec.kind in _SUMMARY_KINDS
        ]
        self.summary.say([one for one in words if one][:_SUMMARY_PARTS], self._name)
        inside = () if self.summary.isChecked() else [p for ps in problems.values() for p in ps]
        self.message.say(inside or problems.get("", ()))
        for name, editor in self.editors.items():
            _show_part(editor, row.get(name, Entry()), problems.get(name, ()))

    def on_summary_toggled(self, is_open: bool) -> None:
        if is_open and not self.editors:
            self._build()
        self.body.setVisible(is_open)
        self.show_row(self._row, self._problems)

    def _build(self) -> None:
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(style.px(14), style.px(4), 0, style.px(8))
        layout.setSpacing(style.px(3))
        for name, spec in self._specs.items():
            name_of_it = clauses([self._name, _(spec.label)])
            editor = FieldRow(spec, name_of_it, self._context, dated=False)
            editor.changed.connect(partial(self.changed.emit, name))
            editor.left.connect(self.left)
            editor.entered.connect(partial(self.entered.emit, editor))
            self.editors[name] = editor
            layout.addWidget(editor)


class NarrowRow(QWidget):
    """A row with few fields, on one line."""

    changed = Signal(str, object)
    left = Signal()
    entered = Signal(object)
    removed = Signal()

    def __init__(self, specs: Mapping[str, FieldSpec], name: str, context: Context) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.px(4))
        grid.setVerticalSpacing(0)
        self.editors: dict[str, Cell] = {}
        self._row: RowEntry | None = None
        self._problems: Problems = {}
        for column, (key, spec) in enumerate(specs.items()):
            cell = Cell(spec, clauses([name, _(spec.label)]), context)
            cell.changed.connect(partial(self.changed.emit, key))
            cell.left.connect(self.left)
            cell.entered.connect(partial(self.entered.emit, cell))
            self.editors[key] = cell
            grid.addWidget(cell, 0, column)
            grid.addWidget(cell.message, 2 + column, 0, 1, len(specs) + 1)
            grid.setColumnStretch(column, _share(spec))
        grid.addWidget(_remove_button(name, self.removed), 0, len(specs))
        self.message = Message()
        grid.addWidget(self.message, 1, 0, 1, len(specs) + 1)

    def show_row(self, row: RowEntry, problems: Problems) -> None:
        """Show a row, and under it what is wrong in it; the same row again is left alone."""
        if row is self._row and problems == self._problems:
            return
        self._row, self._problems = row, problems
        for name, cell in self.editors.items():
            _show_part(cell, row.get(name, Entry()), problems.get(name, ()))
        self.message.say(problems.get("", ()))


def _show_part(editor: Editor, entry: Entry, problems: Sequence[Problem]) -> None:
    if entry != editor.entry:  # the other parts of the row, and the one that is typed in, stay
        editor.show_entry(entry)
    editor.show_problems(problems)


def _share(spec: FieldSpec) -> int:
    return {"quantity": 15, "text": 20, "date": 14}.get(spec.kind, 10)


def _remove_button(name: str, signal: object) -> Button:
    button = Button("", shape="cross", flat=True)
    button.setAccessibleName(_("Remove {row}").format(row=name))
    tip(button, _("Remove this row; undo brings it back"))
    button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]  # a bound signal
    return button


class RowsEditor(QWidget):
    """A list: heading, rows, and since when nothing is missing."""

    changed = Signal(object, str)
    left = Signal()
    entered = Signal(object)

    def __init__(self, spec: FieldSpec, name: str, context: Context | None = None) -> None:
        super().__init__()
        self.spec, self.name = spec, name
        # A row has its own dates; those of the page are for single results.
        self.context = Context(context.on) if context is not None else Context()
        self.entry = RowsEntry()
        self._specs = row_specs(spec)
        self._problems: Problems = {}
        self.rows: list[LongRow | NarrowRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.px(4), 0, style.px(6))
        layout.setSpacing(style.px(3))
        layout.addLayout(self._heading())
        self._list = QVBoxLayout()
        self._list.setSpacing(style.px(2))
        self._columns = self._column_heads()
        layout.addWidget(self._columns)
        layout.addLayout(self._list)
        layout.addLayout(self._complete_line())
        self.message = Message()
        self.message.taken.connect(self.take)
        layout.addWidget(self.message)
        self.setFocusProxy(self.add)
        self.show_entry(RowsEntry())

    @property
    def is_narrow(self) -> bool:
        """Whether a row fits on one line."""
        return len(self._specs) <= _NARROW

    def _heading(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.label = label(_(self.spec.label), bold=True)
        tip(self.label, _(self.spec.help) if self.spec.help else "")
        line.addWidget(self.label)
        self.count = label("", token="text2", size=style.SMALL)
        line.addWidget(self.count)
        line.addStretch(1)
        self.add = Button(_("Add a row"))
        self.add.setAccessibleName(_("Add a row to {list}").format(list=self.name))
        self.add.clicked.connect(self.on_add_clicked)
        line.addWidget(self.add)
        return line

    def _column_heads(self) -> QWidget:
        heads = QWidget()
        grid = QGridLayout(heads)
        grid.setContentsMargins(0, 0, style.px(28), 0)
        grid.setHorizontalSpacing(style.px(4))
        if self.is_narrow:
            for column, spec in enumerate(self._specs.values()):
                head = label(_(spec.label), token="text2", size=style.SMALL)
                grid.addWidget(head, 0, column)
                grid.setColumnStretch(column, _share(spec))
        return heads

    def _complete_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(style.px(6))
        line.addWidget(label(_("Complete since"), size=style.SMALL, token="text2"))
        self.since = DayField(self.context.on)
        self.since.setFixedWidth(style.px(94))
        self.since.setPlaceholderText(_("not known"))
        self.since.setAccessibleName(_("{list}: complete since").format(list=self.name))
        self.since.edited.connect(self.on_since_edited)
        self.since.editingFinished.connect(self.left)
        self.since.returnPressed.connect(self.on_since_entered)
        line.addWidget(self.since)
        words = _("nothing is missing from this date on; empty: rows may be missing")
        line.addWidget(label(words, size=style.SMALL, token="text2", wraps=True), 1)
        return line

    def show_entry(self, entry: RowsEntry) -> None:
        """Show a list; rows that stand already are kept."""
        self.entry = entry
        while len(self.rows) > len(entry.rows):
            gone = self.rows.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(entry.rows):
            self._add_row(len(self.rows))
        self._show_since(entry)
        self._columns.setVisible(self.is_narrow and bool(entry.rows))
        self.count.setText(self._count_words())
        self._show_rows()

    def _show_since(self, entry: RowsEntry) -> None:
        was = self.since.typed
        self.since.put(entry.complete_since, entry.since_reads_as)
        if self.since.typed is not was:
            self._speak()

    def _count_words(self) -> str:
        n = len(self.entry.rows)
        if n == 0:
            return _("none") if self.entry.complete_since else _("not known")
        said = ngettext("{n} row", "{n} rows", n).format(n=n)
        return (
            said if self.entry.complete_since else _("{rows}, may be incomplete").format(rows=said)
        )

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong, beside its row; by place, as the draft names them."""
        if problems == self._problems:
            return
        self._problems = problems
        self.since.mark_wrong(f"{self.spec.name}.complete_since" in problems)
        self._speak()
        self._show_rows()

    def _speak(self) -> None:
        """Say how the day was read, what is asked of it, or what is wrong with the list."""
        typed = self.since.typed
        places = (f"{self.spec.name}.complete_since", self.spec.name)
        problems = [one for place in places for one in self._problems.get(place, ())]
        words = typed.said or run_of(sentence_of(problem) for problem in problems)
        self.message.ask(words, [offer.shown for offer in typed.offers])
        said = ""
        if typed.shown:
            said = _("Read as {reading}.").format(reading=typed.shown)
        elif self.since.was:
            said = _("Read from {typed}.").format(typed=shown(self.since.was))
        self.message.note("read", said)

    def show_stale(self, reason: str) -> None:
        """Say why the newest row does not count as current; empty if it does."""
        self.message.note("stale", reason)

    def show_deciding(self, decides: bool) -> None:
        """Tell a screen reader whether this list still decides; the page draws the diamond."""
        self.add.setAccessibleDescription(_("This answer still decides.") if decides else "")

    def take(self, at: int) -> None:
        """Take one of the readings of the day since when the list is complete."""
        self.since.take(self.since.typed.offers[at].text)
        self.since.setFocus()

    @property
    def offers(self) -> int:
        """How many readings can be taken."""
        return len(self.since.typed.offers)

    def _show_rows(self) -> None:
        for number, (widget, row) in enumerate(zip(self.rows, self.entry.rows, strict=True)):
            start = f"{self.spec.name}[{number}]"
            inside = {
                place.removeprefix(start).removeprefix("."): found
                for place, found in self._problems.items()
                if place.startswith(start)
            }
            widget.show_row(row, inside)

    def _add_row(self, number: int) -> None:
        name = f"{self.name} {number + 1}"
        made: LongRow | NarrowRow
        kind = NarrowRow if self.is_narrow else LongRow
        made = kind(self._specs, name, self.context)
        made.changed.connect(partial(self.on_row_changed, number))
        made.removed.connect(partial(self.on_row_removed, number))
        made.left.connect(self.left)
        made.entered.connect(self.entered)
        self.rows.append(made)
        self._list.addWidget(made)
        made.show()  # now, so that a key that follows at once finds it

    def on_add_clicked(self) -> None:
        self.left.emit()
        says = _("new row in {list}").format(list=self.name)
        self.changed.emit(replace(self.entry, rows=(*self.entry.rows, {})), says)
        self.left.emit()
        if self.rows:
            self.open_row(len(self.rows) - 1)

    def open_row(self, number: int) -> None:
        """Open a row, close the others, and put the cursor into its first field."""
        row = self.rows[number]
        if isinstance(row, LongRow):
            row.summary.setChecked(True)
        # Before the others close: Qt would look for another place for a cursor that is in them.
        next(iter(row.editors.values())).setFocus()
        for other in self.rows:
            if other is not row and isinstance(other, LongRow):
                other.summary.setChecked(False)

    def on_row_changed(self, number: int, name: str, entry: Entry) -> None:
        rows = list(self.entry.rows)
        rows[number] = {**rows[number], name: entry}
        says = _("change of {list}, row {n}").format(list=self.name, n=number + 1)
        # Kept first: the messages come back before the entry does, and show the rows anew.
        self.entry = replace(self.entry, rows=tuple(rows))
        self.changed.emit(self.entry, says)

    def on_row_removed(self, number: int) -> None:
        rows = [row for at, row in enumerate(self.entry.rows) if at != number]
        says = _("removal of row {n} of {list}").format(list=self.name, n=number + 1)
        self.left.emit()
        self.changed.emit(replace(self.entry, rows=tuple(rows)), says)
        self.left.emit()

    def on_since_edited(self, text: str, reads_as: str) -> None:
        says = _("change of {field}").format(field=self.name)
        entry = replace(self.entry, complete_since=text, since_reads_as=reads_as)
        self.entry = entry
        self.changed.emit(entry, says)
        self._speak()

    def on_since_entered(self) -> None:
        self.since.accept()
        if not self.since.is_open_question:
            self.entered.emit(self.since)
