"""The guided tour: each step is done with the key it names; it can be left and taken up again."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import settings, style
from nmosd_cds.gui.commands import COMMANDS
from nmosd_cds.gui.draft import Entry, all_specs
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import COMPARE, RESULT
from nmosd_cds.gui.tour.steps import ANSWER, ASKED, STEPS
from nmosd_cds.gui.tour.tour_strip import TourStrip
from nmosd_cds.gui.tour.touring import Touring

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Make = Callable[[Engine], MainWindow]


@pytest.fixture
def toured(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window with the first step and the first answer."""
    window.activateWindow()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=60_000):
        window.consultation.start()
        window.actions_by_id["tour"].trigger()
    return window


def tour(window: MainWindow) -> Touring:
    touring = window.habits.touring
    assert touring is not None
    return touring


def strip(window: MainWindow) -> TourStrip:
    shown = tour(window).strip
    assert shown is not None
    return shown


def press(qtbot: QtBot, window: MainWindow, command: str) -> None:
    """Press the first key of a command; offscreen no shortcut arrives, so its action is asked."""
    action = window.actions_by_id[command]
    assert not action.shortcut().isEmpty()
    action.trigger()


def is_at(window: MainWindow, event: str) -> bool:
    at = tour(window).at
    return at is not None and STEPS[at].event == event


def test_every_step_is_done_with_its_key_in_under_two_minutes(
    qtbot: QtBot, toured: MainWindow
) -> None:
    window, began = toured, time.monotonic()
    assert is_at(window, "pane") and window.consultation.case.fictional
    assert "Fictional patient" in labels(window.banner)
    press(qtbot, window, "next-pane")
    press(qtbot, window, "next-pane")
    assert is_at(window, "question")
    assert all_specs()[ASKED].label in strip(window).words.text()
    press(qtbot, window, "next-question")
    assert is_at(window, "answer")
    before = window.results.result.sentence.text()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=20_000):
        press(qtbot, window, "answer-2")
    assert window.consultation.entry(ASKED).text == ANSWER  # type: ignore[union-attr]
    assert is_at(window, "opened")
    after = window.results.result.sentence.text()
    assert after != before
    said = strip(window).words.text()
    assert before.rstrip(".") in said and after.rstrip(".") in said
    follow(qtbot, window, "toggle:definitions")
    assert is_at(window, "study")
    follow(qtbot, window, "study:")
    assert is_at(window, "compare")
    window.results.show_tab(COMPARE)
    assert is_at(window, "report")
    window.results.show_tab(8)
    assert is_at(window, "own")
    assert not window.consultation.has_changes
    press(qtbot, window, "new")
    assert tour(window).at is None and tour(window).strip is None
    assert not window.consultation.case.fictional
    assert window.habits.settings.is_tour_over
    assert window.files.box is None, "nobody is asked about a person who does not exist"
    assert time.monotonic() - began < 120


def follow(qtbot: QtBot, window: MainWindow, link: str) -> None:
    """Go to the first link that begins so, and press Enter on it."""
    words = window.results.result.words
    found = re.search(rf'href="({link}[^"]*)"', words.toHtml())
    assert found is not None
    words.focus_link(found[1])
    block = words.focused()
    assert block is not None
    qtbot.keyClick(block, Qt.Key.Key_Return)


def labels(part: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in part.findChildren(QLabel))


def test_every_key_a_step_names_is_a_key_there_is() -> None:
    keys = {key for command in COMMANDS for key in command.keys}
    for named in ("F6", "F7", "Ctrl+2", "Ctrl+F", "Ctrl+Tab", "Ctrl+P", "Ctrl+Shift+P", "Ctrl+N"):
        assert named in keys
        assert any(named in one.keys for one in STEPS)
    assert {"Ctrl+F1", "F1"} <= keys


def test_the_answer_of_the_tour_is_one_of_the_field() -> None:
    assert ANSWER in [choice.id for choice in all_specs()[ASKED].choices]
    assert [choice.id for choice in all_specs()[ASKED].choices].index(ANSWER) == 1


def test_escape_leaves_it_and_help_takes_it_up_again(qtbot: QtBot, toured: MainWindow) -> None:
    window = toured
    tour(window).step(1)
    tour(window).step(1)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert tour(window).at is None
    assert not any(one.isVisible() for one in window.findChildren(TourStrip))
    assert window.habits.settings.tour == 2 and not window.habits.settings.is_tour_over
    window.actions_by_id["tour"].trigger()
    assert tour(window).at == 2
    qtbot.keyClick(strip(window), Qt.Key.Key_Escape)
    assert tour(window).at is None


def test_next_back_and_finish_work_without_doing_anything(qtbot: QtBot, toured: MainWindow) -> None:
    window = toured
    for at in range(len(STEPS) - 1):
        assert tour(window).at == at
        strip(window).next.click()
    assert strip(window).next.text() == "Finish"
    strip(window).back.click()
    assert tour(window).at == len(STEPS) - 2
    strip(window).next.click()
    strip(window).next.click()
    assert tour(window).at is None and window.habits.settings.is_tour_over
    window.actions_by_id["tour"].trigger()
    assert tour(window).at == 0, "over, it begins again"


def test_steps_done_out_of_order_do_not_confuse_it(qtbot: QtBot, toured: MainWindow) -> None:
    window = toured
    window.results.show_tab(COMPARE)
    window.results.show_tab(RESULT)
    assert is_at(window, "pane")
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=20_000):
        window.consultation.edit("weight", Entry("known", "60 kg"))
    assert is_at(window, "pane")


def test_it_is_neither_a_box_nor_over_the_work_and_the_banner_stays(toured: MainWindow) -> None:
    window = toured
    shown = strip(window)
    assert not shown.isWindow() and window.isEnabled()
    window.panes.layout().activate()  # type: ignore[union-attr]
    assert shown.geometry().bottom() < window.panes.split.y()
    assert shown.y() > window.banner.geometry().bottom()
    assert "Fictional patient" in labels(window.banner)


def test_it_stays_through_another_theme_and_zoom(
    qtbot: QtBot, qapp: QApplication, toured: MainWindow
) -> None:
    window = toured
    tour(window).step(1)
    style.choose(qapp, dark=True, zoom=2.0)
    qtbot.waitUntil(lambda: strip(window).isVisible())
    assert tour(window).at == 1 and "step 2" in strip(window).title.text()
    window.activateWindow()
    window.panes.next_question()
    qtbot.waitUntil(lambda: is_at(window, "answer"))


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_no_word_of_any_step_is_cut_and_the_work_keeps_room(
    qtbot: QtBot, qapp: QApplication, toured: MainWindow, zoom: float
) -> None:
    window = toured
    window.resize(1366, 768)
    style.choose(qapp, zoom=zoom)
    qtbot.waitUntil(lambda: strip(window).isVisible())
    for at in range(len(STEPS)):
        tour(window).step(at - (tour(window).at or 0))
        qtbot.wait(20)
        shown = strip(window)
        for part in (shown.title, shown.words, shown.keys):
            size = style.BODY
            bold = part is not shown.words
            need = style.tall_of(part.text(), part.width(), size, bold=bold)
            assert part.height() >= need, f"step {at + 1}: {part.text()}"
        assert window.panes.split.height() > 100


def test_unsaved_changes_are_asked_about_before_it_begins(window: MainWindow) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    window.actions_by_id["tour"].trigger()
    assert window.files.box is not None and window.files.box.isVisible()
    assert window.consultation.entry("sex") == Entry("known", "male")
    window.files.box.close()


FIRST = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from nmosd_cds import app
def act():
    windows = [one for one in application.topLevelWidgets() if hasattr(one, "panes")]
    if not windows or windows[0].consultation.advice is None:
        QTimer.singleShot(50, act)
        return
    touring = windows[0].habits.touring
    print(touring.at if touring else "no tour")
    if touring:
        touring.step(1)
    QTimer.singleShot(0, windows[0].close)
QTimer.singleShot(50, act)
sys.exit(app.run())
"""


def test_the_very_first_start_begins_with_it_and_the_next_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NMOSD_CDS_CONFIG", str(tmp_path))

    def started() -> str:
        child = subprocess.run(
            [sys.executable, "-c", FIRST],
            env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert child.returncode == 0, child.stderr
        return child.stdout.strip()

    assert started() == "0"
    kept = settings.read()
    assert kept is not None and kept.tour == 1
    assert started() == "no tour"
