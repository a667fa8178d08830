"""A row a trial, opened by the keyboard; an unknown line leads to its field, each to its source."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import EVIDENCE, TRIALS
from nmosd_cds.gui.results.trials_view import TrialsView

Answered = Callable[[str], MainWindow]


def shown(answered: Answered, name: str) -> tuple[MainWindow, TrialsView]:
    window = answered(name)
    window.results.tabs.setCurrentIndex(TRIALS)
    return window, window.results.trials


def walk_to(qtbot: QtBot, view: TrialsView, target: str) -> None:
    """Put the keyboard's cursor on a link, with the tabulator alone."""
    view.words.setFocus()
    for _step in range(200):
        if view.words.textCursor().charFormat().anchorHref() == target:
            return
        qtbot.keyClick(view.words, Qt.Key.Key_Tab)
    raise AssertionError(f"{target} cannot be reached")


def follow(qtbot: QtBot, view: TrialsView, target: str) -> None:
    walk_to(qtbot, view, target)
    qtbot.keyClick(view.words, Qt.Key.Key_Return)


def test_there_is_one_row_a_trial_with_option_standing_and_answer(answered: Answered) -> None:
    window, view = shown(answered, "b")
    said = view.words.toPlainText()
    assert window.consultation.advice is not None
    for trial in window.consultation.advice.trials:
        if trial.disease == "nmosd":
            for words in (trial.name, trial.option_name, trial.standing, trial.words):
                assert words in said, trial.id
    assert "13 trials in NMOSD; 4 recruit or are about to." in view.count.text()
    assert "eligible" not in said.lower()


def test_a_row_opens_to_its_list_and_closes_by_the_keyboard(
    qtbot: QtBot, answered: Answered
) -> None:
    _window, view = shown(answered, "j")
    line = "B-cell depletion within 6 months before screening."
    assert line not in view.words.toPlainText()
    follow(qtbot, view, "toggle:nct06561009")
    assert line in view.words.toPlainText()
    assert "Papovavirus infection." in view.words.toPlainText()
    # The cursor stays on the row: the same key closes it.
    qtbot.keyClick(view.words, Qt.Key.Key_Return)
    assert line not in view.words.toPlainText()


def test_a_trial_that_is_open_at_the_hospital_stands_first_and_open(answered: Answered) -> None:
    _window, view = shown(answered, "j")
    said = view.words.toPlainText()
    assert "Named for this person, or open here" in said
    assert "Diagnostic criteria of 2015 met: yes" in said


def test_an_unknown_line_leads_to_its_field(qtbot: QtBot, answered: Answered) -> None:
    window, view = shown(answered, "j")
    assert window.form.isHidden()
    follow(qtbot, view, "toggle:nct06561009")
    follow(qtbot, view, "field:contraception")
    assert not window.form.isHidden()
    assert window.form.section == "fertility"
    editor = window.form.pages["fertility"].editors["contraception"]
    focus = QApplication.focusWidget()
    assert focus is not None and (editor is focus or editor.isAncestorOf(focus))


def test_the_page_follows_the_keyboard(qtbot: QtBot, answered: Answered) -> None:
    _window, view = shown(answered, "j")
    bar = view.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    walk_to(qtbot, view, "toggle:others")
    assert bar.value() > 0


def test_the_answer_given_there_settles_the_line(qtbot: QtBot, answered: Answered) -> None:
    window, view = shown(answered, "j")
    follow(qtbot, view, "toggle:nct06561009")
    assert "Months since the last B-cell antibody" in view.words.toPlainText()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("hiv", Entry("known", "positive"))
    assert "A listed criterion fails (kept out): Chronic or active hepatitis B" in (
        view.words.toPlainText()
    )


def test_the_source_of_a_trial_is_one_step_away(qtbot: QtBot, answered: Answered) -> None:
    window, view = shown(answered, "j")
    follow(qtbot, view, "study:nct04561557")
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == "nct04561557"


def test_ambiguous_text_is_shown_with_both_readings(qtbot: QtBot, answered: Answered) -> None:
    _window, view = shown(answered, "b")
    follow(qtbot, view, "toggle:nct02249676")
    said = view.words.toPlainText()
    assert "AMBIGUOUS" in said
    assert "From 5.0 to 5.5 a step of 1.0 is asked" in said
    assert "From 5.0 to 5.5 a step of 0.5 is asked" in said


def test_trials_of_another_disease_are_named_as_such(qtbot: QtBot, answered: Answered) -> None:
    _window, view = shown(answered, "b")
    follow(qtbot, view, "toggle:others")
    said = view.words.toPlainText()
    assert "BEAT-MS" in said
    assert "A trial in multiple sclerosis: it never matches NMOSD." in said


def test_nothing_old_stays_while_the_answer_is_worked_out(qtbot: QtBot, answered: Answered) -> None:
    window, view = shown(answered, "b")
    assert view.words.toPlainText()
    with qtbot.waitSignal(window.consultation.advice_cleared, timeout=30_000):
        window.consultation.edit("hiv", Entry("known", "positive"))
        assert not view.words.isVisibleTo(view)
        assert view.count.text() == "Working out the answer"
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        pass


def test_a_case_out_of_scope_says_so_above_the_trials(answered: Answered) -> None:
    window, view = shown(answered, "e")
    assert window.consultation.advice is not None
    is_out = window.consultation.advice.outcome == "out-of-scope"
    assert view.scope.isVisibleTo(view) is is_out
    assert view.scope.text() == window.results.result.headline.text()


@pytest.mark.parametrize("zoom", style.ZOOMS)
def test_every_word_fits_at_any_zoom(qapp: QApplication, answered: Answered, zoom: float) -> None:
    window, _view = shown(answered, "j")
    style.choose(qapp, zoom=zoom)
    view = window.results.trials
    view.on_followed("toggle:nct02249676")
    qapp.processEvents()
    assert view.words.document().idealWidth() <= view.words.viewport().width()
