"""Assembles the window: paths, engine, consultation, main window; and the last resort for a bug."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds.gui import style, typefaces
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.languages import spoken
from nmosd_cds.gui.main_window import MainWindow

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def main_window(engine: Engine | None = None, today: Callable[[], date] = date.today) -> MainWindow:
    """A window with an empty case; it begins to answer after `consultation.start()`."""
    window = MainWindow()
    fill(window, engine, today)
    return window


def fill(window: MainWindow, engine: Engine | None, today: Callable[[], date]) -> None:
    """Give a window its consultation."""
    # Imported here because it brings the model of the patient, and the window is shown before.
    from nmosd_cds.gui.consultation import Consultation

    window.fill(Consultation(engine or Engine(), today=today, parent=window))
    typefaces.follow(window.consultation)


def run(case_path: str | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        case_path: A case file; None opens the first bundled example.

    Returns:
        The exit code of the window system.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("NMOSD-CDS")
    style.load_fonts()
    style.apply(application)
    window = MainWindow()
    fit_screen(window)
    sys.excepthook = last_resort(window)
    begin = partial(begin_work, window, case_path)
    window.first_painted.connect(partial(QTimer.singleShot, 0, begin))
    window.show()
    return application.exec()


def fit_screen(window: MainWindow) -> None:
    """No larger than the screen; form and results take turns where it is too narrow for both."""
    window.resize(window.size().boundedTo(window.screen().availableSize()))


def begin_work(window: MainWindow, case_path: str | None) -> None:
    """Fill the window that is on the screen, open its first case, and begin to answer."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.meet_system(application)
    typefaces.load_chinese()
    spoken.tell_qt()
    fill(window, None, date.today)
    open_first(window, case_path)
    window.consultation.start()


def open_first(window: MainWindow, case_path: str | None) -> None:
    """Open the case asked for, or the first example; a problem is said in the window."""
    from nmosd_cds.gui.case_files import examples

    if case_path is not None:
        window.files.open(Path(case_path))
        return
    for path in examples()[:1]:
        window.files.open(path, is_example=True)


def last_resort(window: MainWindow) -> Hook:
    """What happens to an error nobody expected: advice away, a report, the app stays open."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif hasattr(window, "consultation"):
            window.consultation.blank(error.with_traceback(trace))
        else:
            # Nothing is on the screen yet that could be wrong; the console is all there is.
            sys.__excepthook__(kind, error, trace)

    return hook
