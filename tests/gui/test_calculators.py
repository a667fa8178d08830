"""The calculators in their window, by keyboard on the real event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.calculators.scores.told import RESULTS
from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow
from nmosd_cds.gui.calculators.inputs import InputRow, RowsInput
from nmosd_cds.gui.calculators.typed import read_typed, text_of
from nmosd_cds.gui.draft import Entry, RowsEntry
from nmosd_cds.gui.form.values import LineValue
from nmosd_cds.gui.main_window import MainWindow


def opened(window: MainWindow, field: str) -> CalculatorWindow:
    window.calculators.open(field)
    assert window.calculators.window is not None
    return window.calculators.window


def type_into(qtbot: QtBot, calculators: CalculatorWindow, name: str, text: str) -> None:
    part = calculators.inputs.parts[name]
    assert isinstance(part, InputRow) and isinstance(part.value, LineValue)
    part.value.line.clear()
    if text.isascii():
        qtbot.keyClicks(part.value.line, text)
        return
    QGuiApplication.clipboard().setText(text)
    part.value.line.paste()


def show_score(calculators: CalculatorWindow, name: str) -> None:
    calculators.list.setCurrentRow([score.name for score in SCORES].index(name))


def test_f8_opens_the_calculators_and_escape_closes_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.calculators.window is not None
    qtbot.waitUntil(window.calculators.window.isVisible)
    qtbot.keyClick(window.calculators.window, Qt.Key.Key_Escape)
    assert not window.calculators.window.isVisible()


def test_a_clearance_is_worked_step_by_step_and_put_into_its_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    """(140 - 40) x 60 / (72 x 1) x 0.85 = 70.8 mL/min."""
    window.consultation.edit("sex", Entry("known", "female"))
    calculators = opened(window, "creatinine_clearance")
    assert calculators.score.name == "cockcroft_gault"
    for name, text in (("age", "40"), ("weight_kg", "60"), ("creatinine_mg_dl", "1")):
        type_into(qtbot, calculators, name, text)
    assert "70.8" in calculators.result.values.text()
    assert "= 70.8." in calculators.result.steps.text()
    assert not calculators.result.missing.isVisibleTo(calculators)
    calculators.fill_button.setFocus()
    qtbot.keyClick(calculators.fill_button, Qt.Key.Key_Return)
    entry = window.consultation.entry("creatinine_clearance")
    assert isinstance(entry, Entry)
    assert (entry.state, entry.text, entry.date) == ("known", "70.8", "22-Nov-2026")
    window.consultation.undo_stack.undo()
    assert window.consultation.entry("creatinine_clearance") == Entry()


def test_what_is_missing_is_named_and_fills_nothing(window: MainWindow, qtbot: QtBot) -> None:
    calculators = opened(window, "creatinine_clearance")
    type_into(qtbot, calculators, "age", "40")
    assert "cannot be told" in calculators.result.values.text()
    assert "Weight" in calculators.result.missing.text()
    assert not calculators.fill_button.isEnabled()


def test_a_lower_bound_is_never_put_into_the_case(window: MainWindow, qtbot: QtBot) -> None:
    calculators = opened(window, "hct_ci")
    type_into(qtbot, calculators, "bmi", "36")
    assert "A lower bound only: yes" in calculators.result.values.text()
    assert not calculators.fill_button.isEnabled()
    assert window.consultation.entry("hct_ci") == Entry()


def test_an_edss_from_the_calculator_becomes_a_new_row_of_today(
    window: MainWindow, qtbot: QtBot
) -> None:
    """Ambulation 5 fixes the step at 6.0 whatever the systems are."""
    calculators = opened(window, "edss_series")
    type_into(qtbot, calculators, "ambulation", "5")
    assert "EDSS: 6" in calculators.result.values.text()
    calculators.fill_button.click()
    entry = window.consultation.entry("edss_series")
    assert isinstance(entry, RowsEntry)
    assert [row["value"].text for row in entry.rows] == ["6"]
    assert [row["date"].text for row in entry.rows] == ["22-Nov-2026"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("forty", "number"),
        ("400", "18"),
        ("<40", "one number, not a limit"),
        ("４０", ""),
    ],
)
def test_whatever_is_typed_has_a_sentence_beside_it_and_loses_nothing(
    window: MainWindow, qtbot: QtBot, text: str, said: str
) -> None:
    calculators = opened(window, "creatinine_clearance")
    type_into(qtbot, calculators, "weight_kg", "60")
    type_into(qtbot, calculators, "age", text)
    part = calculators.inputs.parts["age"]
    assert isinstance(part, InputRow)
    assert said in part.message.words.text()
    assert bool(part.message.words.text()) is bool(said)
    assert part.typed().startswith(text)
    if said:
        assert "No result while an input cannot be read" in calculators.result.values.text()
        assert not calculators.fill_button.isEnabled()


def test_rows_are_added_and_taken_away_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    calculators = opened(window, "")
    show_score(calculators, "arr")
    part = calculators.inputs.parts["patients"]
    assert isinstance(part, RowsInput)
    for relapses, years in (("2", "4"), ("1", "2")):
        qtbot.keyClick(part.add, Qt.Key.Key_Return)
        row = part.rows[-1]
        for name, text in (("relapses", relapses), ("person_years", years)):
            cell = row.parts[name]
            assert isinstance(cell, InputRow) and isinstance(cell.value, LineValue)
            qtbot.keyClicks(cell.value.line, text)
    assert "Relapses a year: 0.5" in calculators.result.values.text()
    part.on_away_clicked(part.rows[0])
    assert len(part.rows) == 1
    # One relapse in two years is half a relapse a year.
    assert "Relapses a year: 0.5" in calculators.result.values.text()
    assert "Relapses: 1" in calculators.result.values.text()


def test_what_the_case_knows_is_taken_and_named(
    window: MainWindow, qtbot: QtBot, example_file: Callable[[str], Path]
) -> None:
    window.files.open_example(example_file("b"))
    calculators = opened(window, "")
    show_score(calculators, "ipnd_2015")
    assert "AQP4-IgG" in calculators.taken_words.text()
    assert "AQP4-IgG positive" in calculators.result.values.text()


def test_another_case_leaves_nothing_of_the_last_person(
    window: MainWindow, qtbot: QtBot, example_file: Callable[[str], Path]
) -> None:
    calculators = opened(window, "creatinine_clearance")
    type_into(qtbot, calculators, "weight_kg", "61")
    window.files.open_example(example_file("b"))
    window.consultation.undo_stack.clear()
    part = calculators.inputs.parts["weight_kg"]
    assert isinstance(part, InputRow) and "61" not in part.typed()


def test_a_page_with_such_a_field_has_a_button_that_opens_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    from nmosd_cds.gui.controls import Button

    page = window.form.show_section("blood")
    buttons = [b for b in page.findChildren(Button) if b.text() == "Calculator"]
    assert len(buttons) == 1
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Return)
    assert window.calculators.window is not None
    assert window.calculators.window.score.name == "cockcroft_gault"


def test_the_copy_holds_inputs_result_and_steps(window: MainWindow, qtbot: QtBot) -> None:
    calculators = opened(window, "edss_series")
    type_into(qtbot, calculators, "ambulation", "5")
    calculators.copy()
    copied = QGuiApplication.clipboard().text()
    assert "Ambulation, 0 to 16: 5" in copied and "EDSS: 6" in copied and "fixes the step" in copied


def test_dark_and_zoomed_what_was_typed_stays(window: MainWindow, qtbot: QtBot) -> None:
    calculators = opened(window, "edss_series")
    type_into(qtbot, calculators, "ambulation", "5")
    window.toggle_dark()
    part = calculators.inputs.parts["ambulation"]
    assert isinstance(part, InputRow) and part.typed() == "5"
    assert "EDSS: 6" in calculators.result.values.text()


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
def test_every_input_has_a_name_for_a_screen_reader(
    window: MainWindow, qtbot: QtBot, score: object
) -> None:
    calculators = opened(window, "")
    show_score(calculators, score.name)  # type: ignore[attr-defined]
    for part in calculators.inputs.parts.values():
        named = part.clear if isinstance(part, InputRow) else part.add
        assert named.accessibleName()
        if isinstance(part, InputRow):
            assert part.value.name


def test_every_result_has_words() -> None:
    """Run on nothing and on what each needs least, so that open results show their limits too."""
    names = {name for score in SCORES for name in score.compute({}).result}
    assert names <= set(RESULTS)


def test_a_value_goes_into_the_editor_and_comes_back_the_same() -> None:
    inputs = next(score for score in SCORES if score.name == "arr").inputs
    raw = {
        "start": "2024-11-01",
        "onsets": ["2025-11-22", "2026-05-22"],
        "relapses": 3,
        "person_years": 2.5,
        "patients": [{"relapses": 1, "person_years": 2.0}],
    }
    typed = {one.name: text_of(one, raw[one.name]) for one in inputs if one.name in raw}
    assert read_typed(inputs, typed) == (raw, {})
