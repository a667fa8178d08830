"""What takes long is shown quietly and says how far it is; once stopped, nothing has changed."""

import time
from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer
from pytestqt.qtbot import QtBot

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.model import Advice
from nmosd_cds.gui.background import Job, StoppedError, in_background, jobs
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.progress_line import LATE_S
from nmosd_cds.gui.results.result_tabs import REPORT
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.case import Case

Make = Callable[[Engine], MainWindow]
Answered = Callable[[str], MainWindow]


def rest(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def test_what_is_soon_done_shows_no_line(qtbot: QtBot, window: MainWindow) -> None:
    done: list[int] = []
    in_background(window, lambda: 1, done.append, done.append, job=Job("Soon done"))
    assert [job.words for job in jobs().under_way] == ["Soon done"]
    qtbot.waitUntil(lambda: done == [1])
    assert jobs().under_way == []
    assert not window.panes.progress.isVisible()


def test_what_takes_long_is_said_with_how_far_it_is(qtbot: QtBot, window: MainWindow) -> None:
    go_on = Event()
    job = Job("Reading much")

    def work() -> str:
        job.tell(1, 4)
        go_on.wait(20)
        return "read"

    said: list[str] = []
    in_background(window, work, said.append, said.append, job=job)
    line = window.panes.progress
    qtbot.waitUntil(line.isVisible, timeout=5_000)
    assert time.monotonic() - job.began >= LATE_S
    assert line.words.text() == "Reading much"
    assert line.bar.share == 0.25
    assert line.stop.isVisible()
    assert line.geometry().bottom() <= window.panes.height()
    go_on.set()
    qtbot.waitUntil(lambda: said == ["read"])
    assert not line.isVisible()


def test_cancel_drops_the_result_and_tells_the_one_who_asked(
    qtbot: QtBot, window: MainWindow
) -> None:
    go_on, told = Event(), list[str]()
    job = Job("Long")

    def work() -> str:
        go_on.wait(20)
        job.tell(2, 4)
        return "never"

    in_background(
        window,
        work,
        told.append,
        lambda error: told.append(type(error).__name__),
        job=job,
        stopped=lambda: told.append("stopped"),
    )
    line = window.panes.progress
    qtbot.waitUntil(line.isVisible, timeout=5_000)
    line.stop.click()
    assert told == ["stopped"] and not line.isVisible()
    go_on.set()
    rest(200)
    assert told == ["stopped"]
    with pytest.raises(StoppedError):
        job.tell(3, 4)


def test_the_line_outlives_a_change_of_theme(qtbot: QtBot, window: MainWindow) -> None:
    go_on, told = Event(), list[object]()
    job = Job("Long")
    in_background(window, lambda: go_on.wait(20), told.append, told.append, job=job)
    qtbot.waitUntil(window.panes.progress.isVisible, timeout=5_000)
    window.toggle_dark()
    qtbot.waitUntil(window.panes.progress.isVisible, timeout=5_000)
    assert window.panes.progress.words.text() == "Long"
    go_on.set()
    qtbot.waitUntil(lambda: told == [True])


def test_work_for_a_window_that_is_gone_ends_its_job(qtbot: QtBot, window: MainWindow) -> None:
    owner = QObject()
    told: list[object] = []
    in_background(owner, lambda: time.sleep(0.1), told.append, told.append, job=Job("Late"))
    del owner
    qtbot.waitUntil(lambda: jobs().under_way == [])


class _Slow(Engine):
    """Its first answer waits until it is told to go on."""

    def __init__(self) -> None:
        super().__init__(self._slowly)
        self.go_on = Event()

    def _slowly(self, case: Case, knowledge: Knowledge, on: date) -> Advice:
        self.go_on.wait(30)
        return advise(case, knowledge, on=on)


def test_the_first_answer_can_be_stopped_and_asked_for_again(
    qtbot: QtBot, make_window: Make
) -> None:
    engine = _Slow()
    window = make_window(engine)
    window.consultation.start()
    line = window.panes.progress
    qtbot.waitUntil(line.isVisible, timeout=20_000)
    before = window.consultation.case
    line.stop.click()
    engine.go_on.set()
    assert window.notice.isVisible() and "stopped" in window.notice.title.text()
    rest(300)
    assert window.consultation.advice is None and window.consultation.case == before
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=60_000):
        window.notice.offer.click()
    assert window.consultation.advice is not None


class _SlowPaper(Engine):
    """Its report waits until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = Event()

    def make_pdf(self, case: Case, advice: Advice, code: str = "") -> bytes:
        self.go_on.wait(30)
        return super().make_pdf(case, advice, code)


def test_a_report_that_was_stopped_is_made_when_one_comes_back(
    qtbot: QtBot, make_window: Make
) -> None:
    slow = _SlowPaper()
    window = make_window(slow)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=60_000):
        window.consultation.start()
    report = window.results.report
    window.results.tabs.setCurrentIndex(REPORT)
    qtbot.waitUntil(window.panes.progress.isVisible, timeout=20_000)
    window.panes.progress.stop.click()
    slow.go_on.set()
    assert "not made" in report.state.text() and report.pdf is None
    rest(300)
    assert report.pdf is None and not report.save.isEnabled()
    window.results.tabs.setCurrentIndex(0)
    window.results.tabs.setCurrentIndex(REPORT)
    qtbot.waitUntil(lambda: report.pdf is not None, timeout=60_000)
