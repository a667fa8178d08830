"""Names for screen readers, zoom, the size of the main window, a light start."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.app import fill
from nmosd_cds.gui import commands, style
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.form.rows_editor import _whole_parts
from nmosd_cds.gui.layout_memory import place
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import EVIDENCE, RESULT
from nmosd_cds.gui.settings import Settings
from nmosd_cds.patient.sections import SECTIONS

Answered = Callable[[str], MainWindow]
GUI = Path(__file__).parents[2] / "nmosd_cds" / "gui"


def _unnamed(window: QWidget) -> list[QWidget]:
    found = []
    for part in window.findChildren(QWidget):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or not part.isVisible():
            continue
        reader = QAccessible.queryAccessibleInterface(part)
        if reader is not None and not reader.text(QAccessible.Text.Name):
            found.append(part)
    return found


def test_nothing_that_takes_the_focus_is_without_a_name(answered: Answered) -> None:
    window = answered("b")
    unnamed = _unnamed(window)
    for section in SECTIONS:
        page = window.form.show_section(section)
        for editor in page.editors.values():
            for number in range(len(getattr(editor, "rows", ()))):
                editor.open_row(number)  # type: ignore[union-attr]
                unnamed += _unnamed(window)
        unnamed += _unnamed(window)
    for tab in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(tab)
        unnamed += _unnamed(window)
    assert unnamed == []


def test_no_label_reads_its_text_as_markup(answered: Answered) -> None:
    window = answered("b")
    for section in SECTIONS:
        window.form.show_section(section)
    formats = {
        one.textFormat()
        for one in window.findChildren(QLabel)
        if one.text() and one.pixmap().isNull()
    }
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("zoom", style.ZOOMS)
def test_nothing_on_a_page_is_wider_than_its_page_at_any_zoom(
    qapp: QApplication, answered: Answered, zoom: float
) -> None:
    window = answered("b")
    style.choose(qapp, zoom=zoom)
    window.panes.show_form(True)
    for section in SECTIONS:
        page = window.form.show_section(section)
        qapp.processEvents()
        holder = page.parentWidget()
        assert holder is not None
        assert page.minimumSizeHint().width() <= holder.width(), section


def test_theme_and_zoom_keep_case_page_tab_and_source(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.form.show_section("blood")
    window.results.show_source("burt-2019")
    case = window.consultation.case
    window.toggle_dark()
    window.zoom(1)
    assert window.form.section == "blood"
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == "burt-2019"
    assert window.consultation.case == case
    window.results.tabs.setCurrentIndex(RESULT)
    qapp.processEvents()
    assert window.results.result.words.toPlainText()
    assert style.look.is_dark and style.look.zoom > 1


def test_the_wheel_never_changes_an_answer(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    window.consultation.edit("sex", Entry("known", "male"))
    window.panes.show_field("sex")
    drop = window.form.pages["person"].editors["sex"].value.drop  # type: ignore[union-attr]
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(drop, event)
    assert window.consultation.entry("sex") == Entry("known", "male")


def test_every_command_has_its_own_shortcut() -> None:
    keys = [key for command in commands.COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_the_main_window_stays_small_and_knows_no_medicine() -> None:
    source = (GUI / "main_window.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 250
    for word in ("AQP4", "EDSS", "attack", "drug", "trial", "therap", "patient's", "transplant"):
        assert word not in source


def test_the_form_names_no_field() -> None:
    from nmosd_cds.gui.draft import all_specs

    for file in (GUI / "form").glob("*.py"):
        source = file.read_text(encoding="utf-8")
        quoted = [name for name in all_specs() if f'"{name}"' in source]
        assert quoted == [], file.name


def test_a_window_is_there_before_anything_heavy() -> None:
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from nmosd_cds.app import main_window, open_first\n"
        "window = main_window()\n"
        "open_first(window, None)\n"
        "window.show()\n"
        "application.processEvents()\n"
        "heavy = ('numpy', 'pandas', 'reportlab', 'pypdfium2', 'ruamel', 'babel')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (child.returncode, child.stdout.strip()) == (0, "[]"), child.stderr


def test_a_row_too_long_for_its_line_says_how_much_it_leaves_out() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 20

    assert _whole_parts(["Active", "12-Oct-2026"], fits) == "Active, 12-Oct-2026"
    assert _whole_parts(["Active", "12-Oct-2026", "Arthritis"], fits) == "Active, 2 more"
    assert _whole_parts(["A word that is longer than the line"], fits) == "1 more"


def test_where_form_and_results_take_turns_a_chosen_tab_is_the_one_seen(
    qapp: QApplication, qtbot: QtBot, answered: Answered
) -> None:
    """At twice the size a small screen holds one of the two; a tab never gives way to the form."""
    window = answered("b")
    style.choose(qapp, zoom=2.0)
    qapp.processEvents()
    assert window.panes.is_narrow
    for index in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(index)
        assert window.results.isVisible() and not window.form.isVisible()
    window.panes.toggle_form()
    assert window.form.isVisible() and not window.results.isVisible()


def test_the_banner_leaves_room_for_the_answer_at_twice_the_size(
    qapp: QApplication, qtbot: QtBot, answered: Answered
) -> None:
    """It says the same at every size, and takes no more than a quarter of a small screen."""
    window = answered("b")
    before = window.banner.accessibleDescription()
    style.choose(qapp, zoom=2.0)
    qapp.processEvents()
    assert window.banner.height() <= window.height() / 4
    assert window.banner.accessibleDescription() == before
    shown = {one.text() for one in window.banner.findChildren(QLabel) if one.isVisible()}
    assert {"EXAMPLE, Bea", "No known allergies", "Positive, 1:320", "EX-002"} <= shown


def test_a_window_is_no_larger_than_its_screen(qtbot: QtBot, engine: Engine) -> None:
    """The screen of these tests is 800 wide, so form and results take turns."""
    window = MainWindow()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert room.width() < window.width()
    place(window, Settings())
    fill(window, engine, lambda: date(2026, 11, 22))
    window.show()
    assert window.width() <= room.width() and window.height() <= room.height()
    assert window.minimumSizeHint().width() <= room.width()
    assert window.results.isVisible() and not window.form.isVisible()
