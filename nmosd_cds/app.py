"""Assembles the window: paths, engine, consultation, main window; and the last resort for a bug."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds.gui import layout_memory, settings, style, typefaces
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.i18n import use_language

if TYPE_CHECKING:
    from datetime import date

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def this_day() -> date:
    """Today; the calendar is imported once somebody asks."""
    from datetime import date

    return date.today()


def main_window(engine: Engine | None = None, today: Callable[[], date] = this_day) -> MainWindow:
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


def run(case_path: str | None = None, *, keeps_language: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        case_path: A case file; None opens the first bundled example.
        keeps_language: Whether the language in use was asked for, so that the last one gives way.

    Returns:
        The exit code of the window system.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("NMOSD-CDS")
    settings.silence_dialogs()
    kept = settings.read()
    style.load_first_font()
    look_as_left(application, kept or settings.Settings(), keeps_language=keeps_language)
    window = MainWindow()
    layout_memory.place(window, kept or settings.Settings())
    sys.excepthook = last_resort(window)
    begin = partial(begin_work, window, case_path, kept)
    window.first_painted.connect(partial(QTimer.singleShot, 0, begin))
    if kept is not None and kept.is_maximised:
        window.showMaximized()
    else:
        window.show()
    return application.exec()


def look_as_left(
    application: QApplication, kept: settings.Settings, *, keeps_language: bool = False
) -> None:
    """Theme, zoom and languages of the last time; a language asked for by a command wins."""
    if not keeps_language:
        use_language(kept.language)
    if kept.theme != style.look.theme or kept.zoom != style.look.zoom:
        style.choose(application, theme=kept.theme, zoom=kept.zoom)
    else:
        style.apply(application)


def begin_work(
    window: MainWindow, case_path: str | None, kept: settings.Settings | None = None
) -> None:
    """Fill the window that is on the screen, open its first case, and begin to answer.

    Args:
        window: On the screen.
        case_path: A case file; None opens the first bundled example.
        kept: How the window was left; None: it was never opened before.
    """
    from nmosd_cds.gui.languages import spoken

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.meet_system(application)
    spoken.paper = kept.paper if kept is not None else ""
    typefaces.load_latin()
    typefaces.load_chinese()
    spoken.tell_qt()
    fill(window, None, this_day)
    window.habits.settings = kept or settings.Settings()
    layout_memory.arrange(window, window.habits.settings)
    application.aboutToQuit.connect(partial(remember, window))
    if kept is None and case_path is None:
        window.habits.tour()
    else:
        open_first(window, case_path)
    window.consultation.start()


def remember(window: MainWindow) -> None:
    """Keep how the window is left."""
    settings.write(layout_memory.gathered(window, window.habits.settings))


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
