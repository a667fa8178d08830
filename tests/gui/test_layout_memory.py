"""The window comes back as it was left, on the screens there are; a damaged file is no fault."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import settings, style
from nmosd_cds.gui.layout_memory import arrange, gathered, on_screens, place
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import TITLES
from nmosd_cds.gui.settings import Settings, settings_of

Answered = Callable[[str], MainWindow]
NAMES = list(Settings._fields)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
MAIN, SECOND = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NMOSD_CDS_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def test_what_is_written_is_read_again(folder: Path) -> None:
    assert settings.read() is None
    kept = Settings(10, 20, 1200, 700, False, False, 720, "Plan", "dark", 1.25, "en", "zh", 3, True)
    assert settings.write(kept)
    assert settings.read() == kept
    assert [one.name for one in folder.iterdir()] == [settings.FILE]


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), ANY_JSON) | ANY_JSON)
def test_whatever_a_file_holds_gives_settings_that_can_be_used(content: Any) -> None:
    made = settings_of(content)
    assert settings_of(made._asdict()) == made
    assert made.theme in style.THEMES and made.zoom in style.ZOOMS
    assert (made.width is None) == (made.height is None)
    assert made.width is None or 200 <= made.width <= 20_000
    assert len(made.tab) <= 40


@given(st.sampled_from(NAMES), ANY_JSON)
def test_one_value_that_cannot_be_takes_no_other_along(name: str, value: Any) -> None:
    good = Settings(10, 20, 1200, 700, True, False, 720, "Plan", "dark", 1.25, "en", "", 3, True)
    made = settings_of({**good._asdict(), name: value})
    pairs = {"left": "top", "top": "left", "width": "height", "height": "width"}
    for other in set(NAMES) - {name, pairs.get(name, "")}:
        assert getattr(made, other) == getattr(good, other)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff\xfe\x00", b"[" * 9000, b"null", b"9" * 5000, b" " * 30_000, b"[1]"]
)
def test_a_damaged_file_counts_as_empty(folder: Path, raw: bytes) -> None:
    folder.mkdir()
    (folder / settings.FILE).write_bytes(raw)
    assert settings.read() == Settings()


def test_a_folder_that_cannot_be_written_is_no_fault(folder: Path) -> None:
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert not settings.write(Settings())
    assert settings.read() in (None, Settings())


def test_a_folder_in_place_of_the_file_is_no_fault(folder: Path) -> None:
    (folder / settings.FILE).mkdir(parents=True)
    assert settings.read() == Settings()
    assert not settings.write(Settings())


@pytest.mark.parametrize(
    ("was", "screens", "now"),
    [
        # Where it was, if it can be seen there.
        (QRect(100, 50, 1000, 600), [MAIN], QRect(100, 50, 1000, 600)),
        (QRect(1500, 100, 1400, 800), [MAIN, SECOND], QRect(1500, 100, 1400, 800)),
        # The second screen is gone: onto the first, inside it.
        (QRect(1500, 100, 1400, 800), [MAIN], QRect(0, 0, 1366, 728)),
        (QRect(1500, 100, 800, 500), [MAIN], QRect(566, 100, 800, 500)),
        # Above the upper edge it could not be caught.
        (QRect(100, -400, 1000, 600), [MAIN], QRect(100, 0, 1000, 600)),
        # Partly off to the side is how some people leave it.
        (QRect(-300, 10, 1000, 600), [MAIN], QRect(-300, 10, 1000, 600)),
        # A sliver is not enough.
        (QRect(1350, 10, 1000, 600), [MAIN], QRect(366, 10, 1000, 600)),
        (QRect(-90_000, 90_000, 20_000, 20_000), [MAIN], QRect(0, 0, 1366, 728)),
    ],
)
def test_it_comes_back_where_it_can_be_seen(was: QRect, screens: list[QRect], now: QRect) -> None:
    assert on_screens(was, screens) == now


@given(
    st.integers(-100_000, 100_000),
    st.integers(-100_000, 100_000),
    st.integers(200, 20_000),
    st.integers(200, 20_000),
)
def test_enough_of_it_can_always_be_caught(left: int, top: int, wide: int, tall: int) -> None:
    screens = [MAIN, SECOND]
    spot = on_screens(QRect(left, top, wide, tall), screens)
    seen = [screen.intersected(spot) for screen in screens]
    assert any(part.width() >= 120 and part.height() >= 40 for part in seen)
    assert any(spot.top() >= screen.top() for screen in screens)


def test_a_window_is_never_larger_than_its_screen(qapp: QApplication) -> None:
    window = MainWindow()
    for kept in (Settings(), Settings(None, None, 20_000, 20_000), Settings(5, 5, 20_000, 900)):
        place(window, kept)
        room = window.screen().availableSize()
        assert window.width() <= room.width() and window.height() <= room.height()
    window.deleteLater()


def test_tab_form_and_its_width_come_back(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.resize(1800, 800)
    arrange(window, Settings(tab="Report", form_width=760, is_form_shown=False))
    now = gathered(window, Settings())
    assert (now.tab, now.form_width, now.is_form_shown) == ("Report", 760, False)
    window.panes.show_form(True)
    assert window.panes.split.sizes()[0] == 760
    window.toggle_dark()
    # Another theme makes the panes anew, and keeps the width.
    qtbot.waitUntil(lambda: window.panes.split.sizes()[0] == 760)
    assert gathered(window, Settings()).theme == style.DARK_THEME


def test_a_tab_that_hides_the_form_says_nothing_of_the_form(answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(TITLES.index("Compare"))
    assert window.form.isHidden()
    assert gathered(window, Settings(is_form_shown=True)).is_form_shown
    assert not gathered(window, Settings(is_form_shown=False)).is_form_shown


@pytest.mark.parametrize("tab", ["", "No such tab", "\u7ed3\u679c"])
def test_a_tab_that_is_gone_leaves_the_first(answered: Answered, tab: str) -> None:
    window = answered("b")
    arrange(window, Settings(tab=tab, form_width=20_000))
    assert window.results.tabs.currentIndex() == 0
    assert window.results.width() > 0


def test_reset_brings_back_what_the_program_begins_with(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.resize(900, 500)
    window.zoom(1)
    window.toggle_dark()
    window.results.tabs.setCurrentIndex(3)
    window.actions_by_id["reset-layout"].trigger()
    assert (style.look.zoom, window.results.tabs.currentIndex()) == (1.0, 0)
    assert not window.form.isHidden() or window.panes.is_narrow
    assert style.look.is_dark, "the theme is no layout"
    room = window.screen().availableSize()
    qtbot.waitUntil(lambda: window.width() == min(1366, room.width()))


def test_nothing_of_a_patient_is_kept(answered: Answered, folder: Path, tmp_path: Path) -> None:
    window = answered("b")
    window.files.write(tmp_path / "mary-smith.json")
    settings.write(gathered(window, Settings()))
    text = (folder / settings.FILE).read_text(encoding="utf-8")
    kept = json.loads(text)
    assert set(kept) == set(NAMES)
    patient = window.consultation.case.patient
    assert patient.name is not None and str(patient.name.value) not in text
    for word in ("mary", "EX-002", str(tmp_path), "1981"):
        assert word not in text


RUN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from nmosd_cds import app
from nmosd_cds.gui import style
def act():
    windows = [one for one in application.topLevelWidgets() if hasattr(one, "panes")]
    window = windows[0] if windows else None
    if window is None or window.consultation.advice is None:
        QTimer.singleShot(50, act)
        return
    print(window.width(), window.results.tabs.currentIndex(), style.look.is_dark, style.look.zoom)
    window.results.tabs.setCurrentIndex(7)
    window.resize(700, 500)
    window.toggle_dark()
    window.zoom(1)
    QTimer.singleShot(0, window.close)
QTimer.singleShot(50, act)
sys.exit(app.run())
"""


def test_the_program_begins_as_it_was_left(folder: Path) -> None:
    def started() -> list[str]:
        child = subprocess.run(
            [sys.executable, "-c", RUN],
            env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert child.returncode == 0, child.stderr
        return child.stdout.split()

    first = started()
    assert first[1:] == ["0", "False", "1.0"]
    assert (folder / settings.FILE).is_file()
    second = started()
    assert second == ["700", "7", "True", "1.1"]
    (folder / settings.FILE).write_text('{"zoom": "huge", "theme": 7, "tab": []}', encoding="utf-8")
    assert started() == first


def test_the_folder_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_config_path

    from nmosd_cds import paths

    monkeypatch.delenv("NMOSD_CDS_CONFIG")
    assert paths.user_config_folder() == user_config_path("nmosd-cds", appauthor=False)


DIALOG = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from nmosd_cds.gui import settings
application = QApplication([])
settings.silence_dialogs()
dialog = QFileDialog(None, "Open", sys.argv[1])
dialog.open()
QTimer.singleShot(200, dialog.accept)
QTimer.singleShot(400, application.quit)
application.exec()
"""


def test_no_folder_that_was_looked_into_is_written_down(tmp_path: Path) -> None:
    home, ward = tmp_path / "home", tmp_path / "SMITH Mary"
    for each in (home, ward):
        each.mkdir()
    (ward / "case.json").write_text("{}", encoding="utf-8")
    places = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home)
    )
    child = subprocess.run(
        [sys.executable, "-c", DIALOG, str(ward)],
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", **places),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr
    written = [one for one in home.rglob("*") if one.is_file()]
    assert not any(b"SMITH" in one.read_bytes() for one in written), written
