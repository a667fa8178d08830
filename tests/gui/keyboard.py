"""Fill a field with the keyboard alone, whatever its kind."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.form.editors import Editor, StateDrop
from nmosd_cds.gui.form.values import (
    ChoiceValue,
    LineValue,
    SerologyValue,
    SeveralValue,
    Value,
    YesNoValue,
)
from nmosd_cds.patient.codec import number_text
from nmosd_cds.patient.field import FieldSpec


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
