"""Somebody who enters a whole case with the keyboard alone, and counts the keys."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter, thread_time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nmosd_cds.gui.draft import KNOWN, AnyEntry, Entry, RowsEntry, all_specs, row_specs
from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.form.form_page import specs_of
from nmosd_cds.gui.form.rows_editor import LongRow, RowsEditor
from nmosd_cds.gui.form.values import SeveralValue
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.codec import from_text, to_text
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.sections import SECTIONS
from nmosd_cds.patient.typed import typed_of

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@dataclass
class Typist:
    """Presses keys where they would go, and nothing else.

    Attributes:
        keys: How many were pressed; a key with Ctrl is one.
        answers: How many answers were given, rows counted by their parts.
        took: For each key the page, seconds of the main thread's own work, of the clock, and
            whether it opened a page or a row.
    """

    window: MainWindow
    keys: int = 0
    answers: int = 0
    took: list[tuple[str, float, float, bool]] = field(default_factory=list)
    between: Callable[[], None] = lambda: None

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press one key."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None
        self._timed(lambda: QTest.keyClick(target, key, modifiers))

    def type_(self, text: str) -> None:
        """Type a text."""
        for sign in text:
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None
            self._timed(lambda sign=sign, at=target: QTest.keyClick(at, sign))  # type: ignore[misc]

    def _timed(self, press: Callable[[], None]) -> None:
        where, parts = self.window.form.section, self._parts()
        work, clock = thread_time(), perf_counter()
        press()
        QApplication.processEvents()
        took = (thread_time() - work, perf_counter() - clock)
        self.took.append((where, *took, self._parts() != parts))
        self.keys += 1
        self.between()

    def _parts(self) -> int:
        """Pages and rows there are; a key that makes one builds many editors."""
        editors = self.window.form.current_page.findChildren(RowsEditor)
        rows = [row for editor in editors for row in editor.rows]
        open_ = sum(len(row.editors) for row in rows)
        return 1000 * len(self.window.form.pages) + open_

    def enter_case(self, entries: Mapping[str, AnyEntry]) -> None:
        """Enter everything some entries say, page after page."""
        form = self.window.form
        form.show_section(next(iter(SECTIONS)))
        form.pages[form.section].stops[0].setFocus()
        for at, section in enumerate(SECTIONS):
            assert form.section == section
            specs = specs_of(section)
            page = form.pages[section]
            usual = _usual(entries, specs) if page.head.has_usual else ""
            if at and page.head.has_usual:
                self.type_(_short(usual))
                self.press(ENTER)
            for spec in specs:
                entry = entries[spec.name]
                if isinstance(entry, RowsEntry):
                    self._rows(spec, entry)
                else:
                    self._field(spec, entry, usual if at else "")

    def _editor(self) -> Editor:
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Editor):
            widget = widget.parentWidget()
        assert isinstance(widget, Editor), QApplication.focusWidget()
        return widget

    def _field(self, spec: FieldSpec, entry: Entry, usual: str) -> None:
        editor = self._editor()
        assert editor.objectName() == spec.name, (editor.objectName(), spec.name)
        self._answer(editor, spec, entry)
        takes_usual = entry.state == KNOWN and bool(usual) and editor.has_date
        if entry.date != (usual if takes_usual else ""):
            while QApplication.focusWidget() is not editor.date:
                self.press(TAB)
            if entry.date:
                self.type_(_short(entry.date))
            else:
                self.press(Qt.Key.Key_Delete)
        self.press(ENTER)

    def _answer(self, editor: Editor, spec: FieldSpec, entry: Entry) -> None:
        if entry.state == "not-known":
            return
        self.answers += 1
        if entry.state != KNOWN:
            self.press(Qt.Key.Key_3 if entry.state == "not-done" else Qt.Key.Key_4, CTRL)
        elif spec.kind == "several" and isinstance(editor.value, SeveralValue):
            self._several(editor.value, entry.text)
        else:
            self.type_(shortest(self.window, spec, entry.text))
            if editor.is_open_question:
                wanted = [offer.text for offer, _is_day in editor._offers].index(entry.text)
                self.press(Qt.Key(Qt.Key.Key_1 + wanted), CTRL)

    def _several(self, value: SeveralValue, text: str) -> None:
        parts = [part.strip() for part in text.split(";")]
        if not value.chips:
            self.type_(text)
            return
        stops = [*value.chips.items(), ("complete", value.complete)]
        for key, stop in stops:
            if key in parts:
                while QApplication.focusWidget() is not stop:
                    self.press(TAB)
                self.press(Qt.Key.Key_Space)

    def _rows(self, spec: FieldSpec, entry: RowsEntry) -> None:
        editor = self.window.form.pages[self.window.form.section].editors[spec.name]
        assert isinstance(editor, RowsEditor)
        specs = row_specs(spec)
        for number, row in enumerate(entry.rows):
            self.press(ENTER, NONE if number == 0 else CTRL)
            last = max(list(specs).index(name) for name in row)
            is_last_row = number == len(entry.rows) - 1
            for at, (name, one) in enumerate(specs.items()):
                if at > last and not is_last_row:
                    break
                self._answer(self._editor(), one, row.get(name, Entry()))
                if is_last_row or at < last:
                    self.press(ENTER)
        if not entry.rows:
            self.press(TAB)
        assert QApplication.focusWidget() is editor.since
        self.type_(_short(entry.complete_since))
        self.press(ENTER)
        assert not any(isinstance(row, LongRow) and row.message.isVisible() for row in editor.rows)


def _usual(entries: Mapping[str, AnyEntry], specs: list[FieldSpec]) -> str:
    """The date most results of a page share, where it saves keys."""
    dates = Counter(
        entry.date
        for spec in specs
        if isinstance(entry := entries[spec.name], Entry)
        and entry.state == KNOWN
        and spec.kind not in ("date", "text")
    )
    blank = dates.pop("", 0)
    date, count = max(dates.items(), key=lambda item: item[1], default=("", 0))
    return date if count > max(blank, 1) else ""


def _short(date: str) -> str:
    """A date as somebody types it: `10-Nov-2026` as `10nov26`, `Jun-2017` as `jun17`."""
    parts = date.split("-")
    if len(parts) < 2:
        return date
    return f"{parts[0].lstrip('0') if len(parts) == 3 else ''}{parts[-2].lower()}{parts[-1][2:]}"


def shortest(window: MainWindow, spec: FieldSpec, text: str) -> str:
    """The shortest way to type an answer that somebody would think of."""
    if spec.kind == "yes_no":
        return text[0]
    if spec.kind == "date":
        return _short(text)
    if spec.kind == "quantity" and len(spec.units) > 1:
        return text.split()[0]  # the unit is taken with one key
    if spec.kind == "quantity":
        return text.split()[0]
    words = [text]
    if spec.kind == "serology":
        words = [text.replace("positive", "pos").replace("negative", "neg").replace(",", "")]
        words[0] = words[0].replace("cell-based", "cba")
    if spec.kind == "choice":
        label = _(spec, text)
        words = [label[:n] for n in range(3, len(label))] + [label]
    meant = from_text(spec, text, "")[0]
    for word in words:
        read = typed_of(spec, word, window.consultation.on)
        answer = from_text(spec, read.reads_as or word, "")[0] if read.is_read else None
        if answer is not None and meant is not None and to_text(spec, answer) == text:
            return word
    return text


def _(spec: FieldSpec, choice: str) -> str:
    return spec.label_of(choice).lower()


def names_of(entries: Mapping[str, AnyEntry]) -> list[str]:
    """The fields that some entries answer."""
    return [
        name
        for name in all_specs()
        if entries[name] not in (Entry(), RowsEntry()) and name in entries
    ]
