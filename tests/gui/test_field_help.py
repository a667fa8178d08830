"""F1 on a field: what it is, why it is asked, and one step to each source; by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.field_help import FieldHelp
from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import EVIDENCE
from nmosd_cds.gui.shortcut_list import ShortcutList

Answered = Callable[[str], MainWindow]


def helped(window: MainWindow, field: str) -> FieldHelp:
    """The panel after F1 on a field."""
    window.activateWindow()
    window.panes.show_field(field)
    window.actions_by_id["field-help"].trigger()
    panel = panel_of(window)
    assert panel is not None and panel.isVisible()
    return panel


def panel_of(window: MainWindow) -> FieldHelp | None:
    panels: list[FieldHelp] = window.findChildren(FieldHelp)
    return next((one for one in panels if one.isVisible()), None)


def test_it_says_unit_limits_rules_and_sources(answered: Answered) -> None:
    panel = helped(answered("b"), "lvef")
    said = panel.words.toPlainText()
    for words in ("Ejection fraction (LVEF)", "Unit: %", "excludes", "ahsct.lvef", "nct03444805"):
        assert words in said
    assert "study:nct03444805" in panel.words.toHtml()


def test_it_says_by_which_derived_fact_a_field_is_read(answered: Answered) -> None:
    said = helped(answered("b"), "hbv_dna").words.toPlainText()
    assert "By way of: Hepatitis B." in said and "general.hepatitis-b-active" in said


def test_a_part_of_a_row_has_its_own_words_above_those_of_its_list(answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    page = window.form.show_section("attacks")
    rows = page.editors["attacks"]
    rows.open_row(0)  # type: ignore[union-attr]
    QApplication.processEvents()
    part = next(one for one in rows.findChildren(Editor) if one.spec.name == "confirmed")
    part.value.setFocus()
    window.actions_by_id["field-help"].trigger()
    panel = panel_of(window)
    assert panel is not None
    said = panel.words.toPlainText()
    assert said.startswith("Attacks: Confirmed")
    assert "Objective new signs for more than 24 hours." in said


def test_it_waits_for_nobody_and_escape_gives_the_field_back(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    panel = helped(window, "lvef")
    assert not panel.isModal()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel_of(window) is None
    focused = QApplication.focusWidget()
    assert window.form.pages["organs"].editors["lvef"].isAncestorOf(focused or window)


def test_a_citation_leads_to_its_sheet_by_keyboard(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    panel = helped(window, "lvef")
    panel.words.focus_link("study:nct03444805")
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == "nct03444805"
    assert panel_of(window) is None


def test_without_a_field_it_is_the_list_of_shortcuts(answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    window.results.tabs.setFocus()
    window.actions_by_id["field-help"].trigger()
    assert panel_of(window) is None
    shown = window.findChildren(ShortcutList)
    assert len(shown) == 1 and shown[0].isVisible()
    shown[0].close()


def test_every_field_of_the_form_has_help(answered: Answered) -> None:
    window = answered("b")
    for page in (window.form.show_section(section) for section in window.form._sections):
        for name in page.editors:
            assert helped(window, name).words.toPlainText().strip(), name


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_it_stays_inside_the_window_at_any_zoom(
    qapp: QApplication, answered: Answered, zoom: float
) -> None:
    window = answered("b")
    style.choose(qapp, zoom=zoom)
    panel = helped(window, "treatments")
    assert panel.width() <= window.width() and panel.height() <= window.height()
    assert panel.words.horizontalScrollBar().maximum() == 0


def test_it_goes_when_the_look_changes(answered: Answered) -> None:
    window = answered("b")
    helped(window, "lvef")
    window.toggle_dark()
    assert panel_of(window) is None
    assert "Ejection fraction" in helped(window, "lvef").words.toPlainText()


def test_it_comes_again_at_once_after_it_was_closed(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    panel = helped(window, "lvef")
    panel.close()
    again = helped(window, "dlco")
    QApplication.processEvents()
    assert again.isVisible() and "DLCO" in again.words.toPlainText()
