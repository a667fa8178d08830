"""Every table and plot is copied by keyboard: Ctrl+C as a table, the menu as text or table."""

from collections.abc import Callable, Iterator
from typing import Protocol, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication, QMenu, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow
from nmosd_cds.gui.field_help import FieldHelp
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.calendar import Calendar
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.plots.shares import Shares
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.markup_rows import rows_of
from nmosd_cds.gui.results.parted_page import Block
from nmosd_cds.gui.results.preference_order import OrderList
from nmosd_cds.gui.results.source_list import SourceList
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.gui.shortcut_list import ShortcutList

Answered = Callable[[str], MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
KINDS = (WordTable, Plot, Markup, Calendar, Shares, OrderList, SourceList)


class HasMenu(Protocol):
    menu: QMenu | None


def copied(qtbot: QtBot, part: QWidget) -> str:
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(part, Qt.Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


def menu_of(part: QWidget) -> dict[str, QAction]:
    """What the menu key offers, by its words."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint(9, 9))
    QApplication.sendEvent(part, event)
    menu = cast(HasMenu, part).menu
    assert menu is not None, part.accessibleName()
    found = {one.text().replace("&", ""): one for one in menu.actions() if one.text()}
    menu.close()
    return found


def shown(window: QWidget) -> Iterator[QWidget]:
    for part in window.findChildren(QWidget):
        if isinstance(part, KINDS) and part.isVisible():
            yield part


def test_whatever_shows_rows_on_any_tab_is_copied_by_keyboard(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    seen: set[str] = set()
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        for part in shown(window.results):
            if isinstance(part, Markup) and not part.toPlainText().strip():
                continue
            seen.add(part.accessibleName())
            words = copied(qtbot, part)
            assert words.strip(), f"tab {tab}: {part.accessibleName()}"
            assert "\N{OBJECT REPLACEMENT CHARACTER}" not in words
            offered = menu_of(part)
            assert {"Copy as text", "Copy as table"} <= set(offered), part.accessibleName()
            offered["Copy as text"].trigger()
            assert QGuiApplication.clipboard().text().strip()
    assert len(seen) > 12, seen


def test_the_list_of_sources_is_copied(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(2)
    window.results.evidence.search_sources()
    sources = window.results.evidence.browser.list
    words = copied(qtbot, sources)
    assert len(words.splitlines()) == len(sources.sources.lines) + 1
    assert "Copy as table" in menu_of(sources)


def test_several_chosen_rows_are_copied_alone_and_one_means_the_whole(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_by_id["shortcuts"].trigger()
    (panel,) = window.findChildren(ShortcutList)
    table = panel.table
    table.setFocus()
    table.setCurrentCell(1, 0)
    assert len(copied(qtbot, table).splitlines()) == table.rowCount() + 1
    table.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    lines = copied(qtbot, table).splitlines()
    assert len(lines) == 3 and lines[0].startswith("Where\tKeys")
    panel.close()


def test_a_table_goes_to_spreadsheets_and_letters_as_a_table(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_by_id["shortcuts"].trigger()
    (panel,) = window.findChildren(ShortcutList)
    copied(qtbot, panel.table)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith("Where\tKeys\tWhat it does\n")
    assert mime.html().startswith("<table><tr><td>Where</td><td>Keys</td>")
    panel.close()


def part_with(window: MainWindow, said: str) -> Block:
    """The part of the result that says something."""
    return next(one for one in window.results.result.words.blocks if said in one.toPlainText())


def test_words_chosen_by_the_mouse_are_copied_alone(qtbot: QtBot, answered: Answered) -> None:
    words = part_with(answered("b"), "Present drug")
    cursor = words.document().find("Present drug")
    words.setTextCursor(cursor)
    assert copied(qtbot, words) == "Present drug"
    assert "Copy what is chosen" in menu_of(words)


def test_a_link_chosen_by_the_keyboard_does_not_narrow_the_copy(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    window.results.result.words.focus_link("toggle:definitions")
    words = part_with(window, "Definitions of failure")
    assert words.hasFocus() and words.textCursor().hasSelection()
    assert copied(qtbot, words) == words.as_table()
    assert "Exhausted" in copied(qtbot, words)


def test_the_steps_of_a_calculator_are_copied(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.calculators.open("hct_ci")
    shown_window = window.calculators.window
    assert isinstance(shown_window, CalculatorWindow) and shown_window.worked is not None
    words = copied(qtbot, shown_window.result)
    assert words.splitlines()[0].startswith("Part\tWhat\t")
    for step in shown_window.worked.steps:
        assert " ".join(step.split()) in words
    assert "Copy as text" in menu_of(shown_window.result)
    shown_window.close()


def test_the_help_of_a_field_is_copied(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    window.panes.show_field("lvef")
    window.actions_by_id["field-help"].trigger()
    (panel,) = window.findChildren(FieldHelp)
    assert "LVEF" in copied(qtbot, panel.words)
    assert "Copy as table" in menu_of(panel.words)
    panel.close()


HTML = {
    "<p>alone</p>": [["alone"]],
    "<table><tr><td>a</td><td>b <i>c</i></td></tr><tr><td>d</td><td></td></tr></table>": [
        ["a", "b c"],
        ["d", ""],
    ],
    "<table><tr><td>lane</td><td><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>": [
        ["lane", ""],
        ["", "x", "y"],
    ],
    "<p>one<br>two</p><p>three</p>": [["one two"], ["three"]],
}


@pytest.mark.parametrize("html", HTML)
def test_rich_text_becomes_rows(qapp: QApplication, html: str) -> None:
    document = QTextDocument()
    document.setHtml(html)
    assert rows_of(document) == HTML[html]
