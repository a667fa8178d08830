"""The advice belongs to what stands in the form, or it is not on the screen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds import paths
from nmosd_cds.advice.model import Advice
from nmosd_cds.app import last_resort
from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.patient.case import Case
from nmosd_cds.report.summary import headline_of

Answered = Callable[[str], MainWindow]
EXAMPLES = sorted(file.stem for file in paths.examples_folder().glob("*.json"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_answered_with_each_option_under_its_status(
    answered: Answered, name: str
) -> None:
    window = answered(name)
    advice = window.consultation.advice
    assert advice is not None
    assert window.consultation.problems == {}
    result = window.results.result
    assert result.headline.text() == headline_of(advice)
    assert result.sentence.text() == advice.sentence
    shown = result.words.toPlainText()
    for option in advice.options:
        if option.status != "no-evidence":
            assert option.short in shown
    for alert in advice.alerts:
        assert alert.rstrip(".") in shown


def test_an_option_without_nmosd_patients_says_what_other_diseases_tell(answered: Answered) -> None:
    view = answered("b").results.result
    assert "abnormal chromosomes" not in view.words.toPlainText()
    view.words.followed.emit("toggle:no-evidence")
    shown = view.words.toPlainText()
    assert "Some products of that trial had abnormal chromosomes" in shown
    assert "4 of 34 products" in shown


def test_statuses_stand_in_the_order_that_never_changes(answered: Answered) -> None:
    shown = answered("b").results.result.words.toPlainText()
    places = [
        shown.index(words) for words in ("Possible", "Cannot tell", "Excluded", "No evidence")
    ]
    assert places == sorted(places)


def test_a_share_is_never_without_its_warning(answered: Answered) -> None:
    shown = answered("b").results.result.words.toPlainText()
    assert "Share of simulated weightings, not a chance of benefit" in shown
    assert shown.index("not a chance of benefit") < shown.index(" of 100")


def test_deaths_of_all_causes_stand_before_related_ones(answered: Answered) -> None:
    shown = answered("b").results.result.words.toPlainText()
    assert shown.index("Deaths, all causes") < shown.index("Deaths, treatment-related")


def test_old_advice_leaves_the_screen_before_anything_new_is_asked(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    old = window.results.result.headline.text()
    seen: list[tuple[str, str, int]] = []

    def look() -> None:
        result = window.results.result
        lines = len(window.results.evidence.forest.lines)
        seen.append((result.headline.text(), result.words.toPlainText(), lines))

    window.consultation.patient_changed.connect(look)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("hbv_dna", Entry("not-done"))
        assert window.consultation.advice is None
    assert seen
    assert all(old not in headline and not words and not lines for headline, words, lines in seen)


class _Slow(Engine):
    """Answers with the day it was asked for; the first answer waits until told."""

    def __init__(self, real: Engine, gate: Callable[[], None]) -> None:
        super().__init__()
        self._real, self._gate = real, gate
        self.asked = 0

    def knowledge(self) -> Knowledge:
        return self._real.knowledge()

    def advise(self, case: Case, on: date) -> Advice:
        self.asked += 1
        if self.asked == 1:
            self._gate()
        return self._real.advise(case, on)


def test_the_answer_to_an_older_question_is_dropped(
    qtbot: QtBot, engine: Engine, make_window: Callable[[Engine], MainWindow]
) -> None:
    from threading import Event

    may_answer = Event()
    slow = _Slow(engine, lambda: may_answer.wait(20) and None)
    window = make_window(slow)
    answers: list[Advice] = []
    window.consultation.advice_changed.connect(answers.append)
    window.consultation.start()
    qtbot.waitUntil(lambda: slow.asked == 1)
    window.consultation.edit("sex", Entry("known", "male"))
    qtbot.waitUntil(lambda: slow.asked == 2)
    may_answer.set()
    qtbot.waitUntil(lambda: len(answers) > 0, timeout=30_000)
    QApplication.processEvents()
    assert [one.case_sha256 for one in answers] == [window.consultation.advice.case_sha256]  # type: ignore[union-attr]
    assert any(line.value == "Male" for line in answers[0].inputs)


def test_a_question_jumps_to_its_field(qtbot: QtBot, answered: Answered) -> None:
    window = answered("j")
    advice = window.consultation.advice
    assert advice is not None
    chip = window.results.result.chips.parts[0]
    assert isinstance(chip, Button)
    assert advice.questions[0].label in chip.accessibleName()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    page = window.form.pages[window.form.section]
    editor = page.editors[advice.questions[0].field]
    assert editor.visibleRegion().isEmpty() is False


def test_every_question_can_be_seen_after_the_answer_changed(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("j")
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("bowel_bladder", Entry("known", "9"))
    chips = window.results.result.chips
    QApplication.processEvents()
    places = {(chip.x(), chip.y()) for chip in chips.parts}
    assert len(places) == len(chips.parts) > 1
    assert all(chip.geometry().right() <= chips.width() for chip in chips.parts)


def test_the_rail_marks_the_pages_of_the_next_questions(answered: Answered) -> None:
    window = answered("j")
    words = [
        window.form.rail.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(window.form.rail.count())
    ]
    assert any("holds a fact that decides" in word for word in words)


def test_gates_and_definitions_open_and_close_by_keyboard(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    words = window.results.result.words
    advice = window.consultation.advice
    assert advice is not None
    rule = advice.option("ahsct").findings[0].rule
    assert rule not in words.toPlainText()
    words.followed.emit("toggle:gates:ahsct")
    assert rule in words.toPlainText()
    for finding in advice.option("ahsct").findings:
        assert finding.rule in words.toPlainText()
    words.followed.emit("toggle:gates:ahsct")
    assert rule not in words.toPlainText()


def _fails(case: Case, knowledge: Knowledge, on: date) -> Advice:
    secret = case.patient.name
    raise RuntimeError(f"a bug that quotes {secret}")


def test_a_bug_blanks_the_advice_and_keeps_the_case(
    qtbot: QtBot,
    make_window: Callable[[Engine], MainWindow],
    example_file: Callable[[str], Path],
) -> None:
    window = make_window(Engine(ask=_fails))
    with qtbot.waitSignal(window.consultation.failed, timeout=30_000):
        window.files.open(example_file("b"))
        window.consultation.start()
    assert window.isVisible()
    assert window.results.result.headline.text() == "No advice"
    assert window.results.result.words.toPlainText() == ""
    assert window.consultation.case.patient.name is not None
    details = window.notice.details
    assert "RuntimeError" in details
    assert "_fails" in details
    name = window.consultation.case.patient.name.value
    assert name is not None and name not in details and "quotes" not in details


def test_an_error_nobody_expected_blanks_the_advice_too(answered: Answered) -> None:
    window = answered("b")
    hook = last_resort(window)
    error = ZeroDivisionError("3.1 g/L of EXAMPLE")
    hook(ZeroDivisionError, error, None)
    assert window.consultation.advice is None
    assert "fault in the program" in window.notice.sentences.text()
    assert "EXAMPLE" not in window.notice.details
    assert window.results.result.words.toPlainText() == ""


def test_the_whole_result_is_copied_as_text(answered: Answered) -> None:
    window = answered("b")
    window.copy_result()
    copied = QApplication.clipboard().text()
    assert copied.startswith(window.results.result.headline.text())
    assert "Cannot tell" in copied
