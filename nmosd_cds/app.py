"""Assembles the window: paths, engine, consultation, main window; and the last resort for a bug."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds.gui import style
from nmosd_cds.gui.case_files import examples
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow


def main_window(engine: Engine | None = None, today: Callable[[], date] = date.today) -> MainWindow:
    """A window with an empty case; it begins to answer after `consultation.start()`."""
    return MainWindow(Consultation(engine or Engine(), today=today))


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
    window = main_window()
    sys.excepthook = last_resort(window)
    open_first(window, case_path)
    window.show()
    # The first answer imports numpy and reads the knowledge; the window is there before.
    QTimer.singleShot(0, window.consultation.start)
    return application.exec()


def open_first(window: MainWindow, case_path: str | None) -> None:
    """Open the case asked for, or the first example; a problem is said in the window."""
    if case_path is not None:
        window.files.open(Path(case_path))
        return
    for path in examples()[:1]:
        window.files.open(path, is_example=True)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def last_resort(window: MainWindow) -> Hook:
    """What happens to an error nobody expected: advice away, a report, the app stays open."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        window.consultation.blank(error.with_traceback(trace))

    return hook
