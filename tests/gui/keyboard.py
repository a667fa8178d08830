"""Fill a field with the keyboard alone, whatever its kind."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.form.editors import Editor, FieldRow, StateDrop
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.gui.form.values import (
    ChoiceValue,
    LineValue,
    SerologyValue,
    SeveralValue,
    Value,
    YesNoValue,
)
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.codec import number_text
from nmosd_cds.patient.field import FieldSpec


def row_of(window: MainWindow, name: str) -> FieldRow:
    """The row of a field, with the cursor in it."""
    window.panes.show_field(name)
    editor = window.form.pages[window.form.section].editors[name]
    assert isinstance(editor, FieldRow)
    return editor


def list_of(window: MainWindow, name: str) -> RowsEditor:
    """The list of a field, with the cursor in it."""
    window.panes.show_field(name)
    editor = window.form.pages[window.form.section].editors[name]
    assert isinstance(editor, RowsEditor)
    return editor


def sample(spec: FieldSpec) -> str:
    """What to type for a plain field."""
    if spec.kind == "date":
        return "Mar 2024"
    if spec.kind == "text":
        return "some words"
    if spec.kind == "score":
        return number_text(spec.legal[-1])
    if spec.kind == "titre":
        return "1:320"
    number = spec.plausible[0] if spec.plausible else spec.minimum
    number = spec.maximum if number is None else number
    words = number_text(number) if number is not None else "2"
    return f"{words} {spec.units[0]}" if len(spec.units) > 1 else words


def fill(qtbot: QtBot, value: Value) -> None:
    """Type a legal answer into an editor."""
    match value:
        case LineValue():
            qtbot.keyClicks(value.line, sample(value.spec))
        case ChoiceValue():
            qtbot.keyClicks(value.drop.lineEdit(), value.spec.choices[-1].label)
        case SerologyValue():
            qtbot.keyClicks(value.result.lineEdit(), value.spec.choices[0].label)
            qtbot.keyClicks(value.titre, "1:320")
            qtbot.keyClicks(value.assay.lineEdit(), value.spec.assays[0].label)
        case YesNoValue():
            press(qtbot, value.buttons["no"])
        case SeveralValue() if value.chips:
            press(qtbot, next(iter(value.chips.values())))
        case SeveralValue():
            qtbot.keyClicks(value.free, "NCT00000001")


def press(qtbot: QtBot, button: Button) -> None:
    """Press a button with the space bar."""
    qtbot.keyClick(button, Qt.Key.Key_Space)


def choose_state(qtbot: QtBot, editor: Editor, words: str) -> None:
    """Choose a state by the first letters of its words."""
    state = editor.state
    assert isinstance(state, StateDrop)
    while state.currentText() != words:
        before = state.currentIndex()
        key = Qt.Key.Key_Down if before < state.findText(words) else Qt.Key.Key_Up
        qtbot.keyClick(state, key)
        assert state.currentIndex() != before


class Hands:
    """A person at the keyboard: keys go to the window that has them, never to a chosen widget.

    After every key the banner must be whole and in its place, and no box may wait for an answer,
    but where one was expected.
    """

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keys = 0
        self.may_ask = False

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """One key."""
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        target = QGuiApplication.focusWindow()
        assert target is not None, "no window has the keyboard"
        QTest.keyClick(target, key, held)
        self._after()

    def write(self, words: str) -> None:
        """Letters, one after the other."""
        for letter in words:
            target = QGuiApplication.focusWindow()
            assert target is not None, "no window has the keyboard"
            QTest.keyClick(target, letter)
            self._after()

    def _after(self) -> None:
        self.keys += 1
        QApplication.processEvents()
        if not self.may_ask:
            assert QApplication.activeModalWidget() is None, "a box waits for an answer"
        if isValid(self.window) and self.window.isVisible():
            banner = self.window.banner
            whole = banner.visibleRegion().boundingRect()
            assert banner.isVisible() and whole == banner.rect(), "the banner is hidden"

    def to(self, widget: QWidget, most: int = 500) -> None:
        """Tab on until a widget has the focus."""
        for _step in range(most):
            if self.focus is widget or widget.isAncestorOf(self.focus):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {widget.accessibleName()}")

    def answer(self) -> str:
        """Answer the field the cursor is in, whatever its kind; its name, or nothing for a list."""
        holder: QWidget | None = self.focus
        while holder is not None and not isinstance(holder, Editor):
            holder = holder.parentWidget()
        if not isinstance(holder, Editor):
            return ""
        match holder.value:
            case YesNoValue():
                self.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
            case ChoiceValue() | SerologyValue():
                self.press(Qt.Key.Key_Down)
            case SeveralValue() if holder.value.chips:
                self.press(Qt.Key.Key_Space)
            case _:
                self.write(sample(holder.spec))
        return holder.spec.name
