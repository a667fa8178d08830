"""What only a real X window shows: focus, shortcuts, the first minutes by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import COMPARE

pytestmark = pytest.mark.xvfb
Answered = Callable[[str], MainWindow]


def _active(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_the_window_really_shows_at_its_size(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    qtbot.waitExposed(window)
    assert QApplication.platformName() == "xcb"
    assert (window.width(), window.height()) == (1366, 768)


def test_jumping_to_a_field_puts_the_cursor_there(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _active(qtbot, window)
    window.panes.show_field("hospital_number")
    editor = window.form.pages["person"].editors["hospital_number"]
    qtbot.waitUntil(lambda: editor.isAncestorOf(QApplication.focusWidget()))


def test_shortcuts_do_what_the_menu_says(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _active(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert style.look.zoom > 1
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert style.look.zoom == 1
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert style.look.is_dark
    qtbot.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert window.results.tabs.currentIndex() == COMPARE
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not window.form.isHidden()


def test_f6_walks_through_the_panes(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _active(qtbot, window)
    window.form.rail.setFocus()
    seen = []
    for _n in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len({id(one) for one in seen}) == 4
    assert seen[-1] is window.form.rail


def test_tab_goes_from_value_to_state_to_date(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _active(qtbot, window)
    window.panes.show_field("weight")
    editor = window.form.pages["person"].editors["weight"]
    line = editor.value.line  # type: ignore[union-attr]
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert editor.state.hasFocus()  # type: ignore[union-attr]
    qtbot.keyClick(editor.state, Qt.Key.Key_Tab)  # type: ignore[union-attr]
    assert editor.date.hasFocus()  # type: ignore[union-attr]
