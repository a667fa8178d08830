"""What a screen reader meets: a name for everything, none twice, roles, states, announcements.

WCAG 2.2: 4.1.2 name, role, value; 4.1.3 status messages; 1.3.1 info and relationships.
"""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.announcing import announcer
from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow
from nmosd_cds.gui.check_box import Check
from nmosd_cds.gui.controls import Button, Drop, Field, Tabs
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.field_help import FieldHelp
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.preference_points import WeightSlider
from nmosd_cds.gui.results.result_tabs import TITLES
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.gui.shortcut_list import ShortcutList
from nmosd_cds.i18n import languages
from nmosd_cds.patient.sections import SECTIONS
from tests.gui.test_keyboard_reach import settle
from tests.gui.walking import open_every_row, walk

Answered = Callable[[str], MainWindow]
LABEL = QAccessible.RelationFlag.Label
ROLES = {
    Field: QAccessible.Role.EditableText,
    Drop: QAccessible.Role.ComboBox,
    Check: QAccessible.Role.CheckBox,
    Tabs: QAccessible.Role.PageTabList,
    WordTable: QAccessible.Role.Table,
    WeightSlider: QAccessible.Role.Slider,
    Plot: QAccessible.Role.Chart,
    Markup: QAccessible.Role.StaticText,
}


def _name(widget: QWidget) -> str:
    """What it is called: by the label that belongs to it, and where there is none by its name.

    Outside of Windows Qt gives the answer of a drop-down as its name, and leaves the rest to the
    label.
    """
    reader = QAccessible.queryAccessibleInterface(widget)
    assert reader is not None, widget
    labels = [one.text(QAccessible.Text.Name) for one, _kind in reader.relations(LABEL)]
    if isinstance(widget, Drop):
        assert labels == [widget.accessibleName()], widget.accessibleName()
    if isinstance(widget, Tabs):
        # Qt says the chosen tab, and its bar is the parent of them all.
        return widget.accessibleName()
    return labels[0] if labels else reader.text(QAccessible.Text.Name)


def _focusable(window: QWidget) -> list[QWidget]:
    return [
        one
        for one in window.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.isVisible()
        and one.window() is window
    ]


def _faults(window: QWidget) -> list[str]:
    """Names that are missing, and names that two things share, so that a reader cannot tell."""
    parts = _focusable(window)
    names = {one: _name(one).strip() for one in parts}
    found = [f"{type(one).__name__} {one.objectName()}" for one, said in names.items() if not said]
    twice = [said for said, n in Counter(names.values()).items() if n > 1 and said]
    return found + [f"{type(one).__name__} {said}" for one, said in names.items() if said in twice]


def _look_everywhere(window: MainWindow) -> list[str]:
    found = []
    for section in SECTIONS:
        page = window.form.show_section(section)
        open_every_row(page)
        found += [f"{section}: {one}" for one in _faults(window)]
    window.results.show_source("burt-2019")
    for tab, title in enumerate(TITLES):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
        found += [f"{title}: {one}" for one in _faults(window)]
    return found


@pytest.mark.parametrize("language", languages())
def test_everything_has_a_name_of_its_own(
    answered: Answered, speak: Callable[[str], None], language: str
) -> None:
    speak(language)
    window = answered("b")
    assert _look_everywhere(window) == []


def test_windows_beside_have_names_too(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    settle(window)
    for command, kind in (
        ("calculators", CalculatorWindow),
        ("shortcuts", ShortcutList),
        ("field-help", FieldHelp),
    ):
        window.activateWindow()
        window.form.show_field("sex")
        settle(window)
        window.actions_by_id[command].trigger()
        beside = next(one for one in window.findChildren(kind) if one.isVisible())
        settle(beside)
        assert beside.windowTitle()
        if isinstance(beside, CalculatorWindow):
            for row in range(beside.list.count()):
                beside.list.setCurrentRow(row)
                assert _faults(beside) == [], beside.score.name
        assert _faults(beside) == [], command
        beside.close()
    window.actions_by_id["about"].trigger()
    box = window.findChild(QMessageBox)
    assert box is not None and box.windowTitle() and _faults(box) == []
    box.close()


def test_menus_and_their_lines_have_names(answered: Answered) -> None:
    bar = answered("b").menuBar()
    waiting = [one.menu() for one in bar.actions()]
    while waiting:
        menu = waiting.pop()
        for action in menu.actions():
            assert action.text() or action.isSeparator()
            waiting += [action.menu()] if action.menu() is not None else []


def test_what_a_control_is_can_be_heard(answered: Answered) -> None:
    window = answered("b")
    seen = set()
    for section in SECTIONS:
        window.form.show_section(section)
    for tab in range(len(TITLES)):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
        for one in _focusable(window):
            for kind, role in ROLES.items():
                if isinstance(one, kind):
                    assert QAccessible.queryAccessibleInterface(one).role() == role, one
                    seen.add(kind)
    buttons = [one for one in window.findChildren(Button) if not one.isCheckable()]
    for one in buttons:
        reader = QAccessible.queryAccessibleInterface(one)
        assert reader.role() == QAccessible.Role.Button
    assert {Field, Drop, Tabs, WordTable, Plot, Markup} <= seen


def test_a_chosen_answer_can_be_heard(answered: Answered) -> None:
    """Chips and yes or no tell whether they are chosen."""
    window = answered("b")
    window.consultation.edit("pregnant", Entry("known", "no"))
    page = window.form.show_section("fertility")
    buttons = page.editors["pregnant"].value.buttons  # type: ignore[union-attr]  # yes or no
    heard = {key: QAccessible.queryAccessibleInterface(one) for key, one in buttons.items()}
    assert heard["no"].state().checked and not heard["yes"].state().checked
    assert heard["no"].state().checkable


def test_a_table_has_heads(answered: Answered) -> None:
    window = answered("b")
    for tab in range(len(TITLES)):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
        for table in window.findChildren(WordTable):
            assert bool(table.heads) or not table.rows
            if table.rows:
                # The corner over the names of rows may be empty, nothing else.
                assert all(table.heads[1:]), table.name


def test_what_is_wrong_with_an_answer_is_read_with_its_field(answered: Answered) -> None:
    window = answered("b")
    page = window.form.show_section("person")
    said: list[str] = []
    announcer.said.connect(said.append)
    window.consultation.edit("weight", Entry("known", "heavy"))
    QApplication.processEvents()
    editor = page.editors["weight"]
    words = editor.message.words.text()
    assert words
    field = editor.value.line  # type: ignore[union-attr]  # a number is typed on a line
    reader = QAccessible.queryAccessibleInterface(field)
    assert words in reader.text(QAccessible.Text.Description)
    assert words in said
    window.consultation.edit("weight", Entry("known", "61 kg"))
    assert words not in reader.text(QAccessible.Text.Description)
    announcer.said.disconnect(said.append)


def test_a_chosen_link_is_told(answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    settle(window)
    window.results.result.chips.parts[-1].setFocus()
    heard = []
    for stop in walk():
        if stop.link:
            assert isinstance(stop.widget, Markup)
            heard.append(stop.widget.accessibleDescription())
            assert heard[-1] == stop.widget.textCursor().selectedText() != ""
        if len(heard) == 8:
            break
    assert len(set(heard)) > 3


def test_nothing_reads_markup_aloud(answered: Answered) -> None:
    """Qt gives a tooltip as the description where there is no other."""
    window = answered("b")
    for section in SECTIONS:
        window.form.show_section(section)
    for tab in range(len(TITLES)):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
    for one in window.findChildren(QWidget):
        reader = QAccessible.queryAccessibleInterface(one)
        for said in (QAccessible.Text.Name, QAccessible.Text.Description):
            assert reader is None or "<" not in reader.text(said), one


def test_a_new_outcome_is_announced_once(qtbot: QtBot, answered: Answered) -> None:
    said: list[str] = []
    announcer.said.connect(said.append)
    window = answered("b")
    result = window.results.result
    assert len(said) == 1 and said[0].startswith(result.headline.text())
    # Once that nothing has turned, and then no more while nothing turns.
    for weight in ("62 kg", "63 kg", "64 kg"):
        with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
            window.consultation.edit("weight", Entry("known", weight))
    assert len(said) == 2 and said[1].startswith(said[0])
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("pregnant", Entry("known", "yes"))
    assert len(said) == 3 and said[2].startswith(result.headline.text())
    announcer.said.disconnect(said.append)


def test_a_notice_is_announced(answered: Answered) -> None:
    window = answered("b")
    said: list[str] = []
    announcer.said.connect(said.append)
    window.notice.say(Failure("This file was not opened", ("It is no case.",)))
    announcer.said.disconnect(said.append)
    assert said == ["This file was not opened"]


def test_the_banner_can_be_read(answered: Answered) -> None:
    banner = answered("b").banner
    assert banner.accessibleName()
    for part in ("EXAMPLE, Bea", "14-Mar-1981", "EX-002"):
        assert part in banner.accessibleDescription()
