"""Keystroke to answer on the screen, and the longest block of the main thread while typing.

Run: `PYTHONPATH=. python benchmarks/bench_keystroke.py [keys]`. Example b is open on a tab; digits
are typed into a field, first slowly (each waits for its answer), then at ten a second. Each tab is
a fresh process. Limits: 100 ms (median) from a key to the painted answer, 50 ms for any one block.

A block is the time the event loop needed for one turn, measured from outside by a beat of 1 ms. On
a busy machine the loop also waits for the processor, so the processor's own time stands beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

from nmosd_cds.gui.results.result_tabs import TITLES

TYPING = """
import os, sys, time
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from nmosd_cds.app import main_window
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
case, tab, keys = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
app = QApplication(sys.argv[:1])
style.load_fonts()
style.apply(app)
window = main_window(Engine(), today=lambda: date(2026, 11, 22))
window.resize(1366, 768)
window.show()
window.activateWindow()
window.files.open(case)
window.consultation.start()
loop = QEventLoop()
def wait(seconds, until=lambda: False):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and not until():
        QTimer.singleShot(5, loop.quit)
        loop.exec()
wait(60, lambda: window.consultation.advice is not None)
for at in range(window.results.tabs.count()):
    window.results.tabs.setCurrentIndex(at)
    wait(0.3)
window.results.tabs.setCurrentIndex(tab)
if not window.form.isVisible():
    window.panes.show_form(True)
window.panes.show_field("weight")
wait(1)
field = QApplication.focusWidget()
beat = QTimer()
beat.setTimerType(Qt.TimerType.PreciseTimer)
beat.setInterval(1)
ticks = []
beat.timeout.connect(lambda: ticks.append((time.perf_counter(), time.thread_time())))
beat.start()
def worst():
    pairs = list(zip(ticks, ticks[1:]))
    walls = [after[0] - before[0] for before, after in pairs]
    works = [after[1] - before[1] for before, after in pairs]
    return max(walls), max(works)
answered = QEventLoop()
window.consultation.advice_changed.connect(answered.quit)
for number in range(keys):
    wait(0.25)
    ticks.clear()
    start = time.perf_counter()
    QTest.keyClick(field, Qt.Key.Key_End)
    key = Qt.Key.Key_Backspace if number % 2 else Qt.Key.Key_5
    QTest.keyClick(field, key)
    handled = time.perf_counter() - start
    if window.consultation.advice is None:
        answered.exec()
    # What the answer set off: layout, what is put off for one turn of the loop, painting.
    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    taken = time.perf_counter() - start
    wait(0.15)
    wall, work = worst()
    print("key", taken, handled, wall, work, flush=True)
ticks.clear()
for number in range(keys):
    QTest.keyClick(field, Qt.Key.Key_Backspace if number % 2 else Qt.Key.Key_5)
    wait(0.1)
wait(1)
print("fast", *worst(), flush=True)
os._exit(0)
"""
EXAMPLE = "resources/examples/b.json"
ANSWER_MS, BLOCK_MS = 100.0, 50.0


def printed(tab: int, keys: int) -> list[list[float]]:
    """What one process prints: rows of seconds for each key, then one for fast typing."""
    environment = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    done = subprocess.run(  # noqa: S603 - our own source
        [sys.executable, "-c", TYPING, EXAMPLE, str(tab), str(keys)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return [[1000 * float(one) for one in line.split()[1:]] for line in done.stdout.splitlines()]


def kept(found: float, limit: float) -> str:
    """The limit, and whether it is kept."""
    return f"(limit {limit:g}: {'kept' if found <= limit else 'MISSED'})"


def main() -> None:
    """Print for each tab the answer's time and the longest block, wall and processor."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    for tab, name in enumerate(TITLES):
        *slow, fast = printed(tab, keys)
        answer = statistics.median(line[0] for line in slow)
        least = min(line[0] for line in slow)
        block = statistics.median(line[2] for line in slow)
        work = max(line[3] for line in slow)
        print(
            f"{name:12} key to answer {answer:5.0f} ms median, {least:5.0f} least "
            f"{kept(answer, ANSWER_MS)}; longest block {block:4.0f} ms median, "
            f"processor at most {work:4.0f} {kept(block, BLOCK_MS)}; "
            f"at ten keys a second {fast[0]:4.0f}, processor {fast[1]:4.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
