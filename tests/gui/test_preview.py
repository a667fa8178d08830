"""The Report tab as a preview: page n of m, keys, zoom; pages drawn only where they are seen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.report_view import ReportView
from nmosd_cds.gui.results.result_tabs import REPORT, RESULT

Answered = Callable[[str], MainWindow]


@pytest.fixture
def report(qtbot: QtBot, answered: Answered) -> ReportView:
    window = answered("b")
    view = window.results.report
    window.results.tabs.setCurrentIndex(REPORT)
    qtbot.waitUntil(lambda: drawn(view) >= 2, timeout=60_000)
    return view


def drawn(view: ReportView) -> int:
    return sum(not page.pixmap().isNull() for page in view.preview.pages)


def test_keys_go_from_page_to_page_and_it_says_which(qtbot: QtBot, report: ReportView) -> None:
    count = len(report.pages)
    assert count > 2
    assert report.place.text() == f"Page 1 of {count}"
    qtbot.keyClick(report.preview, Qt.Key.Key_PageDown)
    assert report.place.text() == f"Page 2 of {count}"
    qtbot.keyClick(report.preview, Qt.Key.Key_End)
    assert report.place.text() == f"Page {count} of {count}"
    qtbot.keyClick(report.preview, Qt.Key.Key_PageUp)
    assert report.place.text() == f"Page {count - 1} of {count}"
    qtbot.keyClick(report.preview, Qt.Key.Key_Home)
    assert report.preview.verticalScrollBar().value() == 0


def test_a_page_goes_whole_into_the_view_or_across_it(qtbot: QtBot, report: ReportView) -> None:
    preview = report.preview
    page = preview.pages[0]
    assert page.width() == preview.viewport().width() - 32
    qtbot.keyClick(preview, Qt.Key.Key_P)
    assert page.height() <= preview.viewport().height()
    assert page.height() / page.width() == pytest.approx(842 / 595, abs=0.01)
    assert report.to_page.isChecked() and not report.to_width.isChecked()
    report.to_width.click()
    assert page.width() == preview.viewport().width() - 32
    assert report.to_width.isChecked()


def test_zoom_goes_in_steps_and_keeps_the_page(qtbot: QtBot, report: ReportView) -> None:
    preview = report.preview
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    before = preview.pages[0].width()
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert preview.pages[0].width() > before
    assert preview.current == 1
    for _step in range(20):
        qtbot.keyClick(preview, Qt.Key.Key_Plus)
    # Three times an A4 page at 96 pixels an inch: 3 x 794.
    assert preview.pages[0].width() == pytest.approx(2381, abs=2)
    for _step in range(20):
        qtbot.keyClick(preview, Qt.Key.Key_Minus)
    assert preview.pages[0].width() == pytest.approx(397, abs=2)


def test_only_pages_near_the_view_hold_a_picture_as_sharp_as_the_screen(
    qtbot: QtBot, report: ReportView
) -> None:
    preview = report.preview
    for _step in range(3):
        qtbot.keyClick(preview, Qt.Key.Key_Plus)
    wide = preview.pages[0].width()
    qtbot.waitUntil(lambda: preview.pages[0].pixmap().width() == wide, timeout=20_000)
    qtbot.keyClick(preview, Qt.Key.Key_End)
    last = preview.pages[-1]
    qtbot.waitUntil(lambda: last.pixmap().width() == wide, timeout=20_000)
    assert preview.pages[0].pixmap().isNull()
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: preview.pages[0].pixmap().width() == wide, timeout=20_000)


def test_an_edit_takes_the_pages_away(answered: Answered, report: ReportView) -> None:
    report.clear()
    assert report.pages == [] and report.place.text() == ""
    assert not report.save.isEnabled() and not report.print.isEnabled()
    assert not report.to_width.isVisible()


def test_print_and_save_stand_beside_it(report: ReportView) -> None:
    assert report.print.isVisible() and report.print.isEnabled()
    assert report.save.isVisible() and report.save.isEnabled()


@pytest.mark.parametrize("zoom", [1.5, 2.0])
def test_its_tools_stay_inside_the_pane_where_words_are_large(
    qtbot: QtBot, qapp: QApplication, answered: Answered, zoom: float
) -> None:
    style.choose(qapp, zoom=zoom)
    window = answered("b")
    window.results.tabs.setCurrentIndex(REPORT)
    view = window.results.report
    qtbot.waitUntil(lambda: drawn(view) >= 1, timeout=60_000)
    for part in view.tools.parts:
        if part.isVisible():
            assert part.geometry().right() <= view.tools.width()
            assert part.geometry().bottom() <= view.tools.height()
    window.results.tabs.setCurrentIndex(RESULT)
