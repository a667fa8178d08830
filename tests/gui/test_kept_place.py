"""Cursor and scrolling stay in the answer that is worked out anew under them."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.result_tabs import (
    COMPARE,
    EVIDENCE,
    PLAN,
    REPORT,
    RESULT,
    ROBUSTNESS,
    TRIALS,
    ResultTabs,
)

Answered = Callable[[str], MainWindow]
PARTS: dict[int, Callable[[ResultTabs], QWidget]] = {
    RESULT: lambda results: results.result.words.blocks[2],
    COMPARE: lambda results: results.compare.cells,
    EVIDENCE: lambda results: results.evidence.forest,
    TRIALS: lambda results: results.trials.words,
    ROBUSTNESS: lambda results: results.robustness.ranks,
    PLAN: lambda results: next(one for one in results.plan.words.values() if one.isVisible()),
}


def _edit(qtbot: QtBot, window: MainWindow, meanwhile: Callable[[], None]) -> None:
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("weight", Entry("known", "70 kg"))
        meanwhile()


@pytest.mark.parametrize("tab", PARTS)
def test_the_cursor_comes_back_to_where_it_was(
    qtbot: QtBot, qapp: QApplication, answered: Answered, tab: int
) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(tab)
    qapp.processEvents()
    part = PARTS[tab](window.results)
    part.setFocus()

    def waits() -> None:
        assert not part.isVisible() and window.results.tabs.hasFocus()

    _edit(qtbot, window, waits)
    qtbot.waitUntil(part.hasFocus)
    assert part.isVisible()


@pytest.mark.parametrize("tab", [*PARTS, REPORT])
def test_the_page_stays_where_it_was_scrolled_to(
    qtbot: QtBot, qapp: QApplication, answered: Answered, tab: int
) -> None:
    window = answered("b")
    window.resize(1366, 620)
    window.results.tabs.setCurrentIndex(tab)
    qtbot.waitUntil(lambda: _is_whole(window))
    scrolled = {page: min(120, page.verticalScrollBar().maximum()) for page in _pages(window)}
    for page, value in scrolled.items():
        page.verticalScrollBar().setValue(value)
    qtbot.wait(20)
    _edit(qtbot, window, qapp.processEvents)
    qtbot.waitUntil(lambda: _is_whole(window))
    qtbot.waitUntil(lambda: {p: p.verticalScrollBar().value() for p in scrolled} == scrolled)


def test_another_case_begins_at_its_top(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(ROBUSTNESS)
    qapp.processEvents()
    (page,) = _pages(window)
    page.verticalScrollBar().setValue(200)
    answered("c")
    qapp.processEvents()
    assert page.verticalScrollBar().value() == 0


def _pages(window: MainWindow) -> list[Page]:
    shown = window.results.pages.currentWidget().findChildren(Page)
    return [page for page in shown if page.isVisible()]


def _is_whole(window: MainWindow) -> bool:
    reaches = (page.verticalScrollBar().maximum() for page in _pages(window))
    return not window.results.result.words.is_filling and any(reach > 0 for reach in reaches)


def test_it_stays_where_somebody_moved_it(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.results.result.words.blocks[2].setFocus()
    _edit(qtbot, window, window.form.rail.setFocus)
    assert window.form.rail.hasFocus()


def test_it_stays_in_the_field_that_is_typed_into(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.panes.show_field("weight")
    typed_into = qapp.focusWidget()
    _edit(qtbot, window, lambda: None)
    assert typed_into is not None and typed_into.hasFocus()
