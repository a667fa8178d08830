"""Every field of the patient model can be filled, left open and taken back with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.draft import Entry, RowsEntry, all_specs
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.form.editors import FieldRow
from nmosd_cds.gui.form.patient_form import PatientForm, specs_of
from nmosd_cds.gui.form.rows_editor import LongRow, NarrowRow, RowsEditor
from nmosd_cds.patient.sections import SECTIONS

from .keyboard import choose_state, fill, press

PLAIN = [name for name, spec in all_specs().items() if spec.kind != "rows"]
LISTS = [name for name, spec in all_specs().items() if spec.kind == "rows"]


@pytest.fixture
def form(qtbot: QtBot, engine: Engine) -> PatientForm:
    made = PatientForm(Consultation(engine))
    qtbot.addWidget(made)
    made.show()
    return made


def _consultation(form: PatientForm) -> Consultation:
    return form._consultation


def _row(form: PatientForm, name: str) -> FieldRow:
    assert form.show_field(name)
    editor = form.pages[all_specs()[name].section].editors[name]
    assert isinstance(editor, FieldRow)
    return editor


def _list(form: PatientForm, name: str) -> RowsEditor:
    assert form.show_field(name)
    editor = form.pages[all_specs()[name].section].editors[name]
    assert isinstance(editor, RowsEditor)
    return editor


def test_every_field_stands_on_one_page_and_only_there() -> None:
    shown = [spec.name for section in SECTIONS for spec in specs_of(section)]
    assert sorted(shown) == sorted(all_specs())


@pytest.mark.parametrize("name", PLAIN)
def test_a_field_is_filled_by_keyboard_and_undone(
    qtbot: QtBot, form: PatientForm, name: str
) -> None:
    editor, consultation = _row(form, name), _consultation(form)
    fill(qtbot, editor.value)
    entry = consultation.entry(name)
    assert isinstance(entry, Entry)
    assert (entry.state, bool(entry.text)) == ("known", True)
    assert consultation.problems == {}
    assert consultation.known_of([name]) == 1
    while consultation.undo_stack.canUndo():
        consultation.undo_stack.undo()
    assert consultation.entry(name) == Entry()
    assert editor.value.text() == ""
    while consultation.undo_stack.canRedo():
        consultation.undo_stack.redo()
    assert consultation.entry(name) == entry


@pytest.mark.parametrize("name", PLAIN)
def test_not_done_and_unavailable_are_not_the_same_as_not_known(
    qtbot: QtBot, form: PatientForm, name: str
) -> None:
    editor, consultation = _row(form, name), _consultation(form)
    assert consultation.known_of([name]) == 0
    for words, state in (("Not done", "not-done"), ("Unavailable", "unavailable")):
        choose_state(qtbot, editor, words)
        entry = consultation.entry(name)
        assert isinstance(entry, Entry)
        assert entry.state == state
        assert consultation.known_of([name]) == 1
    choose_state(qtbot, editor, "Not known")
    assert consultation.entry(name) == Entry()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_a_row_fills_every_cell_and_gives_it_back(
    qtbot: QtBot, form: PatientForm, name: str
) -> None:
    editor, consultation = _list(form, name), _consultation(form)
    press(qtbot, editor.add)
    row = editor.rows[0]
    assert isinstance(row, LongRow | NarrowRow)
    for cell in row.editors.values():
        fill(qtbot, cell.value)
    entry = consultation.entry(name)
    assert isinstance(entry, RowsEntry)
    assert set(entry.rows[0]) == set(row.editors)
    assert all(one.state == "known" for one in entry.rows[0].values())
    qtbot.keyClicks(editor.since, "2017")
    assert consultation.entry(name).complete_since == "2017"  # type: ignore[union-attr]
    while consultation.undo_stack.canUndo():
        consultation.undo_stack.undo()
    assert consultation.entry(name) == RowsEntry()
    assert editor.rows == []


def test_removing_a_row_is_one_step_to_undo(qtbot: QtBot, form: PatientForm) -> None:
    editor, consultation = _list(form, "attacks"), _consultation(form)
    for _n in range(3):
        press(qtbot, editor.add)
    before = consultation.entry("attacks")
    editor.rows[1].removed.emit()
    assert len(editor.rows) == 2
    consultation.undo_stack.undo()
    assert consultation.entry("attacks") == before
    assert len(editor.rows) == 3


def test_the_keys_of_one_visit_are_one_step(qtbot: QtBot, form: PatientForm) -> None:
    editor, consultation = _row(form, "hospital_number"), _consultation(form)
    qtbot.keyClicks(editor.value.line, "EX-001")  # type: ignore[attr-defined]
    assert consultation.undo_stack.count() == 1
    assert "Hospital No." in consultation.undo_stack.undoText()
    qtbot.keyClick(editor.value.line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    qtbot.keyClicks(editor.value.line, "7")  # type: ignore[attr-defined]
    assert consultation.undo_stack.count() == 2


def test_more_than_a_hundred_edits_can_be_undone(qtbot: QtBot, form: PatientForm) -> None:
    consultation = _consultation(form)
    for n in range(150):
        consultation.end_burst()
        consultation.edit("hospital_number", Entry("known", f"EX-{n}"))
    for _n in range(150):
        consultation.undo_stack.undo()
    assert consultation.entry("hospital_number") == Entry()


def test_up_and_down_step_through_legal_scores_only(qtbot: QtBot, form: PatientForm) -> None:
    editor = _list(form, "edss_series")
    press(qtbot, editor.add)
    line = editor.rows[0].editors["value"].value.line  # type: ignore[union-attr]
    seen = []
    for _n in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Up)
        seen.append(line.text())
    assert seen == ["0", "1", "1.5"]


def test_a_unit_must_be_chosen_where_there_are_several(qtbot: QtBot, form: PatientForm) -> None:
    editor, consultation = _row(form, "igg"), _consultation(form)
    qtbot.keyClicks(editor.value.line, "3.1")  # type: ignore[attr-defined]
    assert "needs its unit" in editor.message.words.text().lower()
    assert consultation.case.patient.igg is None
    qtbot.keyClick(editor.value.unit, Qt.Key.Key_Down)  # type: ignore[attr-defined]
    assert consultation.case.patient.igg is not None
    assert not editor.message.isVisible()
