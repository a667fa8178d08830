"""The list of shortcuts: made from the commands, searched by typing, copied, closed with Escape."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.commands import COMMANDS, KEYS
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.shortcut_list import ShortcutList

Answered = Callable[[str], MainWindow]


def shown(window: MainWindow) -> ShortcutList:
    window.actions_by_id["shortcuts"].trigger()
    (panel,) = [one for one in window.findChildren(ShortcutList) if one.isVisible()]
    return panel


def cells(panel: ShortcutList) -> list[list[str]]:
    return [line.split("\t") for line in panel.table.as_table().splitlines()[1:]]


def test_every_command_with_a_key_is_in_it_and_so_are_the_keys_of_the_parts(
    window: MainWindow,
) -> None:
    found = [row[1] for row in cells(shown(window))]
    for command in COMMANDS:
        if command.keys:
            assert ", ".join(command.keys) in found
    assert len(found) == len(KEYS) + sum(bool(one.keys) for one in COMMANDS)


def test_no_name_keeps_the_mark_of_its_letter_or_the_dots_of_a_dialog(window: MainWindow) -> None:
    names = [row[2] for row in cells(shown(window))]
    assert "Export PDF" in names
    assert not any("&" in name or name.endswith("...") for name in names)


def test_typing_narrows_it_by_words_keys_or_place(qtbot: QtBot, window: MainWindow) -> None:
    panel = shown(window)
    qtbot.keyClicks(panel.search, "undo")
    assert [row[1] for row in cells(panel)] == ["Ctrl+Z"]
    panel.search.setText("f8")
    assert [row[2] for row in cells(panel)] == ["Calculators"]
    panel.search.setText("no such thing")
    assert cells(panel) == [] and "No shortcut" in panel.count.text()


def test_asked_twice_it_is_there_once_and_escape_closes_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = shown(window)
    assert shown(window) is panel
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert not any(one.isVisible() for one in window.findChildren(ShortcutList))


def test_it_is_no_box_that_waits(window: MainWindow) -> None:
    assert not shown(window).isModal()
    assert window.isEnabled()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_it_stays_inside_the_window_and_cuts_no_word(
    qapp: QApplication, window: MainWindow, zoom: float
) -> None:
    style.choose(qapp, zoom=zoom)
    panel = shown(window)
    assert panel.width() <= window.width() and panel.height() <= window.height()
    table = panel.table
    assert table.horizontalScrollBar().maximum() == 0
    assert QGuiApplication.clipboard() is not None
