"""A window with the real engine; the knowledge is read once for all tests."""

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds import paths
from nmosd_cds.app import main_window
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.i18n import ENGLISH, use_language

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    style.load_fonts()
    style.choose(qapp, dark=False, zoom=1.0)
    yield
    QThreadPool.globalInstance().waitForDone()
    # Without a running loop Qt keeps what was to be deleted, and each test adds a window.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    # Without a screen Qt deletes what was copied only after Python is gone, and falls over.
    qapp.clipboard().clear()
    style.choose(qapp, dark=False, zoom=1.0)


@pytest.fixture
def make_window(qtbot: QtBot) -> Callable[[Engine], MainWindow]:
    def make(engine: Engine) -> MainWindow:
        window = main_window(engine, today=lambda: TODAY)
        # Without an undo stack to be clean the window would ask before it closes.
        qtbot.addWidget(window, before_close_func=lambda one: one.consultation.undo_stack.clear())
        window.show()
        return window

    return make


@pytest.fixture
def window(engine: Engine, make_window: Callable[[Engine], MainWindow]) -> MainWindow:
    """On the screen, with an empty case that is not yet answered."""
    return make_window(engine)


@pytest.fixture
def example_file() -> Callable[[str], Path]:
    return lambda name: paths.examples_folder() / f"{name}.json"


@pytest.fixture
def answered(
    qtbot: QtBot, window: MainWindow, example_file: Callable[[str], Path]
) -> Callable[[str], MainWindow]:
    """The window with an example and its advice."""

    def open_and_wait(name: str) -> MainWindow:
        with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
            window.files.open(example_file(name), is_example=True)
            window.consultation.start()
        qtbot.waitUntil(lambda: not window.results.result.words.is_filling)
        return window

    return open_and_wait


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    """Choose the language for one test."""
    yield use_language
    use_language(ENGLISH)
