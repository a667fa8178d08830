"""Time to the first painted window against a bare one, and memory of the open app.

Run: `PYTHONPATH=. python benchmarks/bench_window.py [rounds]`. Each figure is a fresh process; the
bare window holds one table, and both take turns so that a slow machine slows both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

BARE = """
import sys, time
start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.perf_counter() - start, flush=True)
        QTimer.singleShot(0, app.quit)
window = Window()
window.setCentralWidget(QTableWidget(20, 6))
window.show()
app.exec()
"""

OURS = """
import sys, time
start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from nmosd_cds import app as assembled
from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
app = QApplication(sys.argv)
style.load_fonts()
style.apply(app)
window = MainWindow()
def painted():
    print(time.perf_counter() - start, flush=True)
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


def measured(source: str, *arguments: str) -> float:
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
    return float(done.stdout.split()[0])


def main() -> None:
    """Print medians in milliseconds, their ratio, and the memory of the open app."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    measured(BARE), measured(OURS)
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(measured(BARE))
        ours.append(measured(OURS))
    ratio = statistics.median(mine / plain for mine, plain in zip(ours, bare, strict=True))
    print(f"bare window with a table   {statistics.median(bare) * 1000:6.0f} ms")
    print(f"first window               {statistics.median(ours) * 1000:6.0f} ms")
    print(f"ratio, pair by pair        {ratio:6.2f}")
    if sys.platform == "linux":
        print(f"memory, example b answered {measured(OPEN, 'resources/examples/b.json'):6.0f} MB")


if __name__ == "__main__":
    main()
