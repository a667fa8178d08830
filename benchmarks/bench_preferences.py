"""Times one step of a weight that is dragged: the shares alone, then the whole step in the window.

Usage: python benchmarks/bench_preferences.py [steps]. Prints median and worst milliseconds; a step
has to fit into one picture of the screen, 16 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds import paths
from nmosd_cds.advice.arithmetic import Arithmetic, arithmetic_of
from nmosd_cds.app import main_window
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.preference_draft import Points, PreferencesDraft, SetDraft
from nmosd_cds.gui.results.result_tabs import PREFERENCES
from nmosd_cds.patient.case import PreferenceSet

DAY = date(2026, 11, 15)
PICTURE_MS = 16.0


def timed(work: Callable[[int], object], steps: int) -> tuple[float, float]:
    """Median and worst milliseconds of a step."""
    taken = []
    for step in range(steps):
        start = time.perf_counter()
        work(step)
        taken.append(1000.0 * (time.perf_counter() - start))
    return statistics.median(taken), max(taken)


def sets(arithmetic: Arithmetic) -> dict[str, Callable[[int], PreferenceSet | None]]:
    """A set of each kind, another one at every step."""
    names = [each.id for each in arithmetic.criteria]

    def swing(step: int) -> PreferenceSet:
        points = {name: Decimal(1 + step % 99) for name in names} | {names[0]: Decimal(100)}
        weights = tuple(points.items())
        return PreferenceSet("patient", DAY, "swing", True, weights=weights)

    def ranges(step: int) -> PreferenceSet:
        spans = tuple((name, Decimal(step % 50), Decimal(70)) for name in names[1:])
        return PreferenceSet(
            "patient", DAY, "swing", True, weights=((names[0], Decimal(100)),), ranges=spans
        )

    def order(step: int) -> PreferenceSet:
        turned = names[step % 8 :] + names[: step % 8]
        return PreferenceSet("patient", DAY, "ordinal", True, order=tuple(turned))

    def levels(step: int) -> PreferenceSet:
        turned = names[step % 8 :] + names[: step % 8]
        ties = tuple(turned[2:5])
        return PreferenceSet("patient", DAY, "ordinal", True, order=tuple(turned), ties=ties)

    return {
        "without preferences": lambda _step: None,
        "points, all exact": swing,
        "points, ranges": ranges,
        "order": order,
        "order with levels": levels,
    }


def wait(milliseconds: int, until: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    loop = QEventLoop()
    for _turn in range(milliseconds // 10):
        if until():
            return
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def a_window() -> MainWindow:
    """An example with a patient's and a board's set, the board's points being asked."""
    window = main_window(Engine(), today=lambda: date(2026, 11, 22))
    window.show()
    window.files.open(paths.examples_folder() / "b.json", is_example=True)
    window.consultation.start()
    wait(60_000, lambda: window.consultation.advice is not None)
    patient = SetDraft(
        "patient", "15-Nov-2026", "ordinal", True, ("relapse_24m", "late_harm", "burden")
    )
    board = SetDraft("board", "20-Nov-2026", "swing", True, points={"relapse_24m": Points("100")})
    window.consultation.edit_preferences(PreferencesDraft(1, (patient, board)), "benchmark")
    wait(60_000, lambda: window.consultation.advice is not None)
    window.results.tabs.setCurrentIndex(PREFERENCES)
    window.results.preferences.open_set(1, "ask")
    wait(500, lambda: False)
    return window


def main() -> None:
    """Time the arithmetic alone, then the step as it is seen."""
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    application = QApplication([])
    style.load_fonts()
    style.choose(application, dark=False, zoom=1.0)
    window = a_window()
    arithmetic = arithmetic_of(window.consultation.engine.knowledge())
    draws = int(arithmetic.knowledge.ranking.draws)
    size = f"{len(arithmetic.rankable)} options x {len(arithmetic.criteria)} criteria"
    print(f"{size} x {draws:,} draws, {steps} steps; median and worst, ms")
    for name, made in sets(arithmetic).items():
        arithmetic.preview(arithmetic.rankable, made(0))
        median, worst = timed(
            lambda step, made=made: arithmetic.preview(arithmetic.rankable, made(step)), steps
        )
        print(f"  {median:8.2f} {worst:8.2f}  shares, {name}")
    slider = window.results.preferences.editor.points.rows["burden"].slider
    slider.setSliderDown(True)

    def drag(step: int) -> None:
        slider.setSliderPosition(1 + (7 * step) % 99)
        application.processEvents()

    drag(0)
    median, worst = timed(drag, steps)
    is_kept = median <= PICTURE_MS
    print(f"  {median:8.2f} {worst:8.2f}  a step in the window, painted: ", end="")
    print(f"{'keeps up with' if is_kept else 'slower than'} a picture of {PICTURE_MS:g} ms")
    slider.setSliderDown(False)
    wait(60_000, lambda: window.consultation.advice is not None)
    window.consultation.undo_stack.clear()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
