"""Time to the first painted window against a bare one, memory of the open app, time of each tab.

Run: `PYTHONPATH=. python benchmarks/bench_window.py [rounds]`. Each figure is a fresh process; the
bare window holds one table, and both take turns so that a slow machine slows both. Limits: 1.3 bare
windows, 300 MB with example b answered, 150 ms for the first look at any tab. On a busy machine the
clock runs for others too, so the processor's own time stands beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

BARE = """
import sys, time
start, begun = time.perf_counter(), time.process_time()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.perf_counter() - start, time.process_time() - begun, flush=True)
        QTimer.singleShot(0, app.quit)
window = Window()
window.setCentralWidget(QTableWidget(20, 6))
window.show()
app.exec()
"""

OURS = """
import sys, time
start, begun = time.perf_counter(), time.process_time()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from nmosd_cds import app as assembled
from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
app = QApplication(sys.argv)
style.load_first_font()
style.apply(app)
window = MainWindow()
def painted():
    print(time.perf_counter() - start, time.process_time() - begun, flush=True)
    QTimer.singleShot(0, app.quit)
window.first_painted.connect(painted)
window.show()
app.exec()
"""

OPEN = """
import os, resource, sys
from PySide6.QtCore import QTimer
from nmosd_cds import app as assembled
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
def report(*_):
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    print(int(line.split()[1]) / 1024, flush=True)
    os._exit(0)
QTimer.singleShot(9000, report)
assembled.run(sys.argv[1])
"""

TABS = """
import os, sys, time
from datetime import date
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from nmosd_cds.app import main_window
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.results.result_tabs import TITLES
from pathlib import Path
app = QApplication(sys.argv)
style.load_fonts()
style.apply(app)
def wait(turns, until=lambda: False):
    loop = QEventLoop()
    for _turn in range(turns):
        if until():
            return
        QTimer.singleShot(20, loop.quit)
        loop.exec()
window = main_window(Engine(), today=lambda: date(2026, 11, 22))
window.resize(1366, 768)
window.show()
window.files.open(Path(sys.argv[1]))
window.consultation.start()
wait(3000, lambda: window.consultation.advice is not None)
wait(50)
for at in (*range(1, len(TITLES)), 0):
    wall, processor = time.perf_counter(), time.process_time()
    window.results.tabs.setCurrentIndex(at)
    app.processEvents()
    print(TITLES[at], time.perf_counter() - wall, time.process_time() - processor, flush=True)
    wait(20)
os._exit(0)
"""
EXAMPLE = "resources/examples/b.json"
RATIO, MEGABYTES, TAB_MS = 1.3, 300.0, 150.0


def measured(source: str, *arguments: str) -> float:
    """The number one fresh process prints."""
    return float(printed(source, *arguments).split()[0])


def both(source: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor that one fresh process prints."""
    clock, work = printed(source).split()
    return float(clock), float(work)


def printed(source: str, *arguments: str) -> str:
    """What one fresh process prints."""
    environment = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    done = subprocess.run(  # noqa: S603 - our own source
        [sys.executable, "-c", source, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout


def kept(found: float, limit: float) -> str:
    """The limit, and whether it is kept."""
    return f"(limit {limit:g}: {'kept' if found <= limit else 'MISSED'})"


def tabs(rounds: int) -> None:
    """Print for each tab the least and the median of its first look, and the processor's least."""
    walls: dict[str, list[float]] = {}
    processors: dict[str, list[float]] = {}
    for _ in range(rounds):
        for line in printed(TABS, EXAMPLE).splitlines():
            name, wall, processor = line.rsplit(" ", 2)
            walls.setdefault(name, []).append(1000 * float(wall))
            processors.setdefault(name, []).append(1000 * float(processor))
    for name, taken in walls.items():
        median = statistics.median(taken)
        found = f"{min(taken):4.0f} ms least {median:6.0f} median, processor"
        print(f"  {name:12} {found} {min(processors[name]):4.0f}  {kept(median, TAB_MS)}")


def main() -> None:
    """Print medians in milliseconds, their ratio, the memory of the open app, and each tab."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    both(BARE), both(OURS)
    pairs = [(both(BARE), both(OURS)) for _ in range(rounds)]
    bare, ours = (
        statistics.median(a[0] for a, _ in pairs),
        statistics.median(b[0] for _, b in pairs),
    )
    print(f"bare window with a table   {bare * 1000:6.0f} ms")
    print(f"first window               {ours * 1000:6.0f} ms")
    clock, work = (statistics.median(b[at] / a[at] for a, b in pairs) for at in (0, 1))
    print(f"ratio, pair by pair        {clock:6.2f}  {kept(clock, RATIO)}; processor {work:.2f}")
    if sys.platform == "linux":
        found = measured(OPEN, EXAMPLE)
        print(f"memory, example b answered {found:6.0f} MB  {kept(found, MEGABYTES)}")
    print("first look at each tab")
    tabs(max(1, rounds // 2))


if __name__ == "__main__":
    main()
