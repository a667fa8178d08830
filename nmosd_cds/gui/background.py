"""The one way to leave the main thread: work there, then come back here with its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from nmosd_cds.i18n import in_language, language


class _Landing(QObject):
    """Lives in the main thread, so what arrives here runs there."""

    arrived = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self.on_arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object, object)
    def on_arrived(self, owner: QObject, then: Callable[[Any], None], result: Any) -> None:
        if _is_there(owner):  # a window closed meanwhile wants no answer
            then(result)


def _is_there(owner: QObject) -> bool:
    try:
        owner.objectName()
    except RuntimeError:  # how PySide says that Qt has deleted it
        return False
    return True


_landing: list[_Landing] = []


class _Work(QRunnable):
    """One piece of work in a thread of the pool."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self._owner = owner
        self._work, self._then, self._failed = work, then, failed
        # Another may be chosen while the work is under way; what it says stays in one.
        self._language = language()

    def run(self) -> None:
        try:
            with in_language(self._language):
                result = self._work()
        except Exception as error:  # a bug in the work must reach the person, not the console
            _landing[0].arrived.emit(self._owner, self._failed, error)
        else:
            _landing[0].arrived.emit(self._owner, self._then, result)


def in_background(
    owner: QObject,
    work: Callable[[], Any],
    then: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Run `work` in another thread; call `then(result)` or `failed(error)` in this one.

    Neither is called once `owner` is gone. Call it from the main thread only. Results arrive in the
    order in which work ends; whoever asks twice must know which answer is the last.
    """
    if not _landing:
        _landing.append(_Landing())
    QThreadPool.globalInstance().start(_Work(owner, work, then, failed))
