"""The Plan tab: every line with its source, open items lead to their field, all by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.calendar import calendar_lines, place_of
from nmosd_cds.gui.results.plan_view import PlanView, planned
from nmosd_cds.gui.results.result_tabs import EVIDENCE, PLAN

Answered = Callable[[str], MainWindow]


def _advice(window: MainWindow) -> Advice:
    assert window.consultation.advice is not None
    return window.consultation.advice


def _turned(qapp: QApplication, window: MainWindow, option: str = "") -> PlanView:
    window.results.tabs.setCurrentIndex(PLAN)
    qapp.processEvents()
    if option:
        window.results.plan.choose(option)
        qapp.processEvents()
    return window.results.plan


def _option(window: MainWindow, option: str) -> OptionAdvice:
    return _advice(window).option(option)


def _said(view: PlanView) -> str:
    seen = (words for words in view.words.values() if words.isVisibleTo(view))
    return " ".join(words.toPlainText() for words in seen)


@pytest.mark.parametrize("name", ["b", "j"])
def test_every_option_that_is_open_can_be_chosen_and_says_every_line(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    view = _turned(qapp, window)
    shown = planned(_advice(window))
    assert {one.status for one in shown} <= {"possible", "unconfirmed"}
    assert len(view.options.parts) == len(shown)
    for option in shown:
        view.choose(option.id)
        said = " ".join(_said(view).split())
        for line in option.plan:
            assert " ".join(line.text.split()).rstrip(".") in said, line.text
            for cite in line.cites:
                assert cite in said
            for one in line.ranges:
                assert " ".join(one.says.split()) in said


def test_the_danger_of_stopping_stands_above_every_drug(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    view = _turned(qapp, window, "car-t-bcma")
    said = view.words["washout"].toPlainText()
    washout = _option(window, "car-t-bcma").washout
    assert washout is not None and washout.lines
    assert said.index("14 of 17") < said.index(washout.lines[0].exposure[:20])
    assert "eculizumab" in said and "No interval is published" in said


def test_tab_and_enter_reach_a_field_that_is_open(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    view = _turned(qapp, window, "car-t-bcma")
    words = view.words["work-up"]
    words.setFocus()
    for _step in range(400):
        if words.textCursor().charFormat().anchorHref() == "field:g6pd":
            break
        qtbot.keyClick(words, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert asked.args == ["g6pd"]
    qapp.processEvents()
    assert window.form.isVisible()


def test_a_bar_of_the_calendar_opens_its_source_by_keyboard(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    view = _turned(qapp, window, "car-t-bcma")
    view.jump("monitoring")
    calendar = view.calendar
    calendar.setFocus()
    spoken = {calendar.accessibleDescription()}
    for _line in calendar.lines[1:]:
        qtbot.keyClick(calendar, Qt.Key.Key_Down)
        spoken.add(calendar.accessibleDescription())
    assert spoken == {line.spoken for line in calendar.lines}
    chosen = calendar.lines[-1]
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == chosen.study


@pytest.mark.parametrize("option", ["ahsct", "car-t-bcma", "huc-msc"])
def test_the_table_says_what_the_calendar_draws(
    qapp: QApplication, answered: Answered, option: str
) -> None:
    window = answered("b")
    view = _turned(qapp, window, option)
    lines = calendar_lines(_option(window, option))
    assert [line.name for line in view.calendar.lines] == [line.name for line in lines]
    view.as_table.click()
    assert view.table.isVisible() and not view.calendar.isVisible()
    assert view.table.rowCount() == len(lines)
    for row, line in enumerate(lines):
        item = view.table.item(row, 1)
        assert item is not None and item.text() == line.name


def test_the_axis_of_days_runs_forward() -> None:
    days = [-14, -4, 0, 7, 14, 28, 30, 100, 182, 365, 730, 1826, 3653]
    places = [place_of(day) for day in days]
    assert places == sorted(places) and len(set(places)) == len(places)
    assert place_of(9999) <= place_of(None) == 1.0 and place_of(-400) == 0.0


def test_the_plan_is_copied_as_a_table(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    view = _turned(qapp, window, "ahsct")
    view.copy.setFocus()
    qtbot.keyClick(view.copy, Qt.Key.Key_Return)
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert {len(row) for row in rows} == {7}
    option = _option(window, "ahsct")
    assert option.washout is not None
    assert len(rows) == 1 + len(option.plan) + len(option.washout.lines)


def test_without_an_open_option_it_says_why(qapp: QApplication, answered: Answered) -> None:
    view = _turned(qapp, answered("g"))
    if planned(_advice(view.window())):  # type: ignore[arg-type]  # the window of the test
        assert view.option
    else:
        assert view.nothing.isVisible() and not _said(view).strip()


def test_an_edit_takes_the_plan_away_and_brings_it_anew(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    view = _turned(qapp, window, "car-t-bcma")
    assert "G6PD: not known" in _said(view)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("g6pd", Entry("known", "normal"))
        assert not _said(view).strip()
    assert view.option == "car-t-bcma" and "G6PD: Normal" in _said(view)


def _unnamed(parent: QWidget) -> list[QWidget]:
    found = []
    for part in parent.findChildren(QWidget):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or not part.isVisible():
            continue
        reader = QAccessible.queryAccessibleInterface(part)
        if reader is not None and not reader.text(QAccessible.Text.Name):
            found.append(part)
    return found


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("dark", [False, True])
def test_the_plan_holds_at_any_look(
    qapp: QApplication, answered: Answered, zoom: float, dark: bool
) -> None:
    window = answered("b")
    style.choose(qapp, zoom=zoom, dark=dark)
    view = _turned(qapp, window, "car-t-bcma")
    view.as_table.click()
    qapp.processEvents()
    assert _unnamed(view) == []
    for words in view.words.values():
        assert words.document().idealWidth() <= words.viewport().width() + 1
    assert view.table.horizontalScrollBar().maximum() == 0
    for button in [*view.options.parts, *view.jumps.parts]:
        assert isinstance(button, Button) and button.width() <= view.width()
        assert button.height() >= 24
