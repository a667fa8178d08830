"""A quiet line at the foot of the window: what takes long, how far it is, and a way to stop it."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.background import Job, jobs
from nmosd_cds.gui.controls import Button, draw_frame, label, paint_ground
from nmosd_cds.i18n import _

# Whatever is done sooner needs no line.
LATE_S = 0.5
_LOOK_MS = 100
_WIDE, _TALL = 150, 8
# Part of the bar that wanders where nobody knows how far the work is, and steps from end to end.
_PART, _STEPS = 0.25, 20


class _Bar(QWidget):
    """How far, or a part that wanders."""

    def __init__(self) -> None:
        super().__init__()
        self.share: float | None = None
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(style.px(_WIDE), style.px(_TALL))

    def show_share(self, share: float | None) -> None:
        """Show a share from 0 to 1; None: nobody knows."""
        self.share = share
        self._step = (self._step + 1) % (2 * _STEPS)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide, left = float(self.width()), 0.0
        if self.share is None:
            way = abs(_STEPS - self._step) / _STEPS
            left, wide = way * wide * (1 - _PART), wide * _PART
        else:
            wide *= self.share
        painter.fillRect(QRectF(left, 0, wide, self.height()), style.colour("accent"))
        draw_frame(painter, self.rect(), edge="edge")


class ProgressLine(QWidget):
    """Hidden while nothing takes long. It lies over the panes: nothing moves when it comes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        paint_ground(self, "wash")
        line = QHBoxLayout(self)
        line.setContentsMargins(style.px(16), style.px(4), style.px(16), style.px(4))
        line.setSpacing(style.px(12))
        self.words = label("", bold=True)
        self.bar = _Bar()
        self.stop = Button(_("Cancel"))
        self.stop.clicked.connect(self.on_stop_clicked)
        for part in (self.words, self.bar, self.stop):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        self._shown: Job | None = None
        jobs().changed.connect(self.on_jobs_changed)
        self.hide()
        self.on_jobs_changed()

    def on_jobs_changed(self) -> None:
        if not jobs().under_way:
            self._look.stop()
            self._shown = None
            self.hide()
        elif not self._look.isActive():
            self._look.start()

    def look(self) -> None:
        """Show the oldest job that is late, and how far it is."""
        late = [one for one in jobs().under_way if time.monotonic() - one.began >= LATE_S]
        if not late:
            self._shown = None
            self.hide()
            return
        job = late[0]
        if job is not self._shown:
            self._shown = job
            self.words.setText(job.words)
            self.show()
            self.raise_()
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))
        self.bar.show_share(job.done / job.of if job.of else None)
        self.place()

    def place(self) -> None:
        """At the foot of the panes, above the line of versions."""
        window = self.parentWidget()
        assert window is not None
        tall, wide = self.sizeHint().height(), min(self.sizeHint().width(), window.width())
        status = getattr(window, "status", None)
        foot = status.y() if isinstance(status, QWidget) else window.height()
        self.setGeometry(window.width() - wide, foot - tall, wide, tall)

    def on_stop_clicked(self) -> None:
        if self._shown is not None:
            self._shown.stop()
