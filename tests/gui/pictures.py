"""Every view as a picture, for a person to look at before a release.

    python -m tests.gui.pictures FOLDER [EXAMPLE ...]

Both themes, every language, three sizes: a ward at 1366x768, a small screen at 150 %, a projector
at 200 %. What the finder of cut words sees is printed; the rest is for the eye.
"""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds import i18n, paths
from nmosd_cds.app import main_window
from nmosd_cds.gui import languages, style, typefaces
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.sections import SECTIONS
from tests.gui import eye

TODAY = date(2026, 11, 22)
SIZES = (("ward", 1366, 768, 1.0), ("small", 1280, 720, 1.5), ("projector", 1920, 1080, 2.0))


def turn(milliseconds: int) -> None:
    """Let the loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for_answer(window: MainWindow) -> None:
    """Until the advice is on the screen."""
    while window.consultation.advice is None:
        turn(50)


def take(window: MainWindow, folder: Path, name: str) -> None:
    """One picture, and what the finder says of it."""
    window.grab().save(str(folder / f"{name}.png"))
    for said in sorted(set(eye.seen(window))):
        print(f"{name}: {said}", flush=True)


def every_view(window: MainWindow, folder: Path, start: str) -> None:
    """Every tab, then every page of the form."""
    tabs = window.results.tabs
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        turn(700)
        take(window, folder, f"{start}-tab{at}")
    tabs.setCurrentIndex(0)
    window.panes.show_form(True)
    for section in SECTIONS:
        window.form.show_section(section)
        turn(100)
        take(window, folder, f"{start}-page-{section}")


def main() -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("examples", nargs="*", default=["b"])
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    style.load_fonts()
    typefaces.load_chinese()
    style.apply(application)
    window = main_window(Engine(), today=lambda: TODAY)
    window.show()
    window.consultation.start()
    for example in asked.examples:
        for code in i18n.languages():
            languages.choose(code)
            window.files.open_example(paths.examples_folder() / f"{example}.json")
            wait_for_answer(window)
            for theme in (False, True):
                for size, wide, tall, zoom in SIZES:
                    window.resize(wide, tall)
                    style.choose(application, dark=theme, zoom=zoom)
                    turn(200)
                    start = f"{example}-{code}-{'dark' if theme else 'light'}-{size}"
                    every_view(window, asked.folder, start)
    window.consultation.undo_stack.clear()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
