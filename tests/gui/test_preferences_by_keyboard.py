"""The whole asking of preferences on a real window, with nothing but keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import PREFERENCES

pytestmark = pytest.mark.xvfb
Answered = Callable[[str], MainWindow]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_MOST_TABS = 80


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(_focus(), key, modifier or Qt.KeyboardModifier.NoModifier)
    # What a key brings up is shown by the event loop.
    QApplication.processEvents()


def _tab_to(qtbot: QtBot, widget: QWidget) -> None:
    for _step in range(_MOST_TABS):
        if _focus() is widget or widget.isAncestorOf(_focus()):
            return
        _press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


def test_a_patient_and_a_board_are_asked_with_keys_alone(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    while window.results.tabs.currentIndex() != PREFERENCES:
        qtbot.keyClick(window, Qt.Key.Key_Tab, CONTROL)
    view, consultation = window.results.preferences, window.consultation
    editor = view.editor
    window.results.tabs.setFocus()

    _tab_to(qtbot, view.adds["patient"])
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.owner.isAncestorOf(_focus()))
    _tab_to(qtbot, editor.seen.buttons["yes"])
    _press(qtbot, Qt.Key.Key_Space)
    _tab_to(qtbot, editor.on_to_questions)
    _press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(editor.order.list.hasFocus)
    _press(qtbot, Qt.Key.Key_Up, ALT)
    _press(qtbot, Qt.Key.Key_Down)
    _press(qtbot, Qt.Key.Key_Up, ALT)
    _press(qtbot, Qt.Key.Key_Down)
    _press(qtbot, Qt.Key.Key_Up, ALT)
    _press(qtbot, Qt.Key.Key_Equal)
    _tab_to(qtbot, editor.back)
    _press(qtbot, Qt.Key.Key_Return)
    one = consultation.case.preferences.sets[0]
    assert (one.owner, one.kind, one.harms_seen) == ("patient", "ordinal", True)
    assert one.levels == (("relapse_24m",), ("disability_change", "treatment_related_death"))

    _tab_to(qtbot, view.adds["board"])
    _press(qtbot, Qt.Key.Key_Return)
    _tab_to(qtbot, editor.steps.buttons["ask"])
    _press(qtbot, Qt.Key.Key_Space)
    _tab_to(qtbot, editor.kind.buttons["swing"])
    _press(qtbot, Qt.Key.Key_Space)
    _tab_to(qtbot, editor.points.first)
    _press(qtbot, Qt.Key.Key_Down)
    _tab_to(qtbot, editor.points.rows["burden"].slider)
    _press(qtbot, Qt.Key.Key_PageUp)
    _press(qtbot, Qt.Key.Key_Right)
    _tab_to(qtbot, editor.points.rows["late_harm"].box)
    qtbot.keyClicks(_focus(), "20-30")
    _tab_to(qtbot, editor.back)
    _press(qtbot, Qt.Key.Key_Return)
    board = consultation.case.preferences.sets[1]
    assert {name: str(number) for name, number in board.weights} == {
        "relapse_24m": "100",
        "burden": "11",
    }
    assert [name for name, _low, _high in board.ranges] == ["late_harm"]

    _tab_to(qtbot, view.cards[2].use)
    with qtbot.waitSignal(consultation.advice_changed, timeout=30_000) as answer:
        _press(qtbot, Qt.Key.Key_Space)
    assert answer.args[0].robustness.preference == "swing"
    lines = answer.args[0].robustness.preferences
    assert [line.owner for line in lines] == ["", "patient", "board"]
    assert [line.active for line in lines] == [False, False, True]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert consultation.case.preferences.active is None
