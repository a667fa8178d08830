"""The long rounds of Python's garbage collector wait until nobody types.

One goes through every widget and holds all threads for 25 to 80 ms; by itself it would come in the
middle of a word, every 90 keys, or in a worker, where no widget should end.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QTimer

from nmosd_cds.gui.consultation import Consultation

# Longer than it takes to answer a change, so that the round does not keep the answer waiting.
PAUSE_MS = 1500
# Short and middle rounds stay as Python has them; a long one comes by itself only where somebody
# types for minutes without a pause.
_SHORT, _MIDDLE, _LONG = 700, 10, 100


def follow(consultation: Consultation) -> None:
    """Tidy up after each change of a case, once the person pauses."""
    gc.set_threshold(_SHORT, _MIDDLE, _LONG)
    pause = QTimer(consultation)
    pause.setSingleShot(True)
    pause.setInterval(PAUSE_MS)
    pause.timeout.connect(gc.collect)
    for changed in (consultation.case_opened, consultation.preferences_changed):
        changed.connect(pause.start)
    consultation.entry_changed.connect(lambda _name: pause.start())
