"""The one way to leave the main thread: work there, then come back here with its result.

Work that may take a second is a `Job`: the window shows how far it is and lets it be stopped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from nmosd_cds.i18n import in_language, language

# How long a worker goes on while the window waits for the interpreter.
SWITCH_SECONDS = 0.0002


class StoppedError(Exception):
    """A person stopped the work; nothing of it is kept."""


class Job:
    """A piece of work that may take long. The worker tells how far it is, the window looks.

    Attributes:
        words: What is being done, for people.
        done: Steps done so far.
        of: Steps there are; 0 where nobody can tell.
        began: Seconds on a clock that only runs forward.
    """

    def __init__(self, words: str) -> None:
        self.words = words
        self.done = self.of = 0
        self.began = time.monotonic()
        self.is_stopped = False
        self._on_stop: Callable[[], None] | None = None

    def tell(self, done: int, of: int) -> None:
        """Say how far the work is; call it from the worker, between two steps.

        Raises:
            StoppedError: it was stopped meanwhile.
        """
        self.done, self.of = done, of
        if self.is_stopped:
            raise StoppedError

    def when_stopped(self, then: Callable[[], None] | None) -> None:
        """What to do, in the main thread, when it is stopped."""
        self._on_stop = then

    def stop(self) -> None:
        """Give the work up: whatever it still brings is dropped."""
        if self in jobs().under_way:
            self.is_stopped = True
            jobs().end(self)
            if self._on_stop is not None:
                self._on_stop()


class Jobs(QObject):
    """The long pieces of work under way, the oldest first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.under_way: list[Job] = []

    def begin(self, job: Job) -> None:
        """Count a job among those under way."""
        self.under_way.append(job)
        self.changed.emit()

    def end(self, job: Job) -> None:
        """It is done, failed or was stopped."""
        if job in self.under_way:
            self.under_way.remove(job)
            self.changed.emit()


@dataclass(frozen=True)
class _Order:
    """What somebody wants done, and who gets what comes of it."""

    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    job: Job | None
    # Another may be chosen while the work is under way; what it says stays in one.
    language: str


class _Landing(QObject):
    """Lives in the main thread, so what arrives here runs there."""

    arrived = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self.on_arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object, object)
    def on_arrived(self, order: _Order, then: Callable[[Any], None], result: Any) -> None:
        if order.job is not None:
            jobs().end(order.job)
            if order.job.is_stopped:
                return
        if is_there(order.owner):  # a window closed meanwhile wants no answer
            then(result)


def is_there(owner: QObject) -> bool:
    """Whether Qt still has what a Python name stands for."""
    try:
        owner.objectName()
    except RuntimeError:  # how PySide says that Qt has deleted it
        return False
    return True


_landing: list[_Landing] = []
_jobs: list[Jobs] = []


def soon(owner: QObject, then: Callable[[], None]) -> None:
    """Call `then` in the next turn of the loop, unless its owner is gone by then."""
    QTimer.singleShot(0, lambda: then() if is_there(owner) else None)


def jobs() -> Jobs:
    """The jobs of the program."""
    if not _jobs:
        _jobs.append(Jobs())
    return _jobs[0]


class _Work(QRunnable):
    """One piece of work in a thread of the pool."""

    def __init__(self, order: _Order) -> None:
        super().__init__()
        self._order = order

    def run(self) -> None:
        order = self._order
        try:
            with in_language(order.language):
                result = order.work()
        except Exception as error:  # a bug in the work must reach the person, not the console
            _landing[0].arrived.emit(order, order.failed, error)
        else:
            _landing[0].arrived.emit(order, order.then, result)


def in_background(
    owner: QObject,
    work: Callable[[], Any],
    then: Callable[[Any], None],
    failed: Callable[[BaseException], None],
    *,
    job: Job | None = None,
    stopped: Callable[[], None] | None = None,
) -> None:
    """Run `work` in another thread; call `then(result)` or `failed(error)` in this one.

    Neither is called once `owner` is gone. Call it from the main thread only. Results arrive in the
    order in which work ends; whoever asks twice must know which answer is the last.

    Args:
        owner: Whoever wants the result.
        work: Runs in the worker; it may call `job.tell`.
        then: Gets its result.
        failed: Gets its error.
        job: Set for work that may take a second: it is shown, and a person may stop it. Then
            neither `then` nor `failed` is called, at once where the work never calls `tell`.
        stopped: Called in this thread when a person stops it.
    """
    if not _landing:
        _landing.append(_Landing())
        # Painting asks for the interpreter again and again, and would wait 5 ms each time.
        sys.setswitchinterval(SWITCH_SECONDS)
    if job is not None:
        job.when_stopped(stopped)
        jobs().begin(job)
    order = _Order(owner, work, then, failed, job, language())
    QThreadPool.globalInstance().start(_Work(order))
