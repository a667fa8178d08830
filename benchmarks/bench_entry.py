"""Example b entered by keys alone: how many keys, and how long each holds the main thread.

Run: `PYTHONPATH=. python benchmarks/bench_entry.py`. A key counts from being pressed until the
window is painted with its message, so the message beside the field is inside. Limits: 50 ms of the
main thread's own work for a key that types, 200 ms of the clock until the message is painted. Keys
that open a page or a row for the first time are told apart: nothing is typed while they build.
"""

from __future__ import annotations

import os
import statistics
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from nmosd_cds.app import main_window
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui import style
from nmosd_cds.gui.draft import entries_of
from nmosd_cds.gui.engine import Engine
from tests.gui.typist import Typist

EXAMPLE = "resources/examples/b.json"
STALL_MS, MESSAGE_MS = 50.0, 200.0
# Keystroke-level model: one key of an average typist, and one act of thinking per answer.
KEY_SECONDS, THINK_SECONDS = 0.28, 1.35


def kept(found: float, limit: float) -> str:
    """The limit, and whether it is kept."""
    return f"(limit {limit:g}: {'kept' if found <= limit else 'MISSED'})"


def wait(milliseconds: int) -> None:
    """Let the workers and the window go on."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> None:
    """Print keys, minutes by the keystroke-level model, and what keys cost."""
    app = QApplication(sys.argv)
    style.load_fonts()
    style.apply(app)
    window = main_window(Engine(), today=lambda: date(2026, 11, 22))
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    wait(300)
    window.consultation.start()
    wait(3000)
    case = read_case(Path(EXAMPLE))
    typist = Typist(window)
    typist.between = lambda: wait(2)
    window.panes.show_form(True)
    typist.enter_case(entries_of(case))
    same = window.consultation.case.patient == case.patient
    minutes = (typist.keys * KEY_SECONDS + typist.answers * THINK_SECONDS) / 60
    print(f"{typist.keys} keys for {typist.answers} answers; the same case: {same}")
    print(f"{minutes:.1f} minutes at {KEY_SECONDS} s a key and {THINK_SECONDS} s a thought")
    builds = [one for one in typist.took if one[3]]
    types = [one for one in typist.took if not one[3]]
    for words, keys in (("keys that type", types), ("keys that open a page or row", builds)):
        work = sorted(1000 * one[1] for one in keys)
        clock = sorted(1000 * one[2] for one in keys)
        print(
            f"{words} ({len(keys)}): work {statistics.median(work):.0f} ms median, "
            f"{work[int(0.99 * len(work))]:.0f} of 99 in 100, {work[-1]:.0f} worst, "
            f"{sum(one > STALL_MS for one in work)} over {STALL_MS:g}"
        )
        print(f"  clock {statistics.median(clock):.0f} ms median, {clock[-1]:.0f} worst")
    worst = 1000 * max(one[1] for one in types)
    print(f"stall by a key that types  {worst:4.0f} ms  {kept(worst, STALL_MS)}")
    late = 1000 * max(one[2] for one in types)
    print(f"message after a key        {late:4.0f} ms  {kept(late, MESSAGE_MS)}")
    window.consultation.undo_stack.clear()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
