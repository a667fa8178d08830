"""What cannot be read stays beside its field, in words, while everything else goes on."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.controls import Field
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.form.values import LineValue, SerologyValue
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient
from tests.gui.keyboard import list_of, press, row_of

Answered = Callable[[str], MainWindow]


def test_an_illegal_edss_is_said_in_its_row_and_the_rest_is_advised(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    editor = list_of(window, "edss_series")
    press(qtbot, editor.add)
    row = editor.rows[-1]
    value = row.editors["value"].value
    assert isinstance(value, LineValue)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        qtbot.keyClicks(value.line, "3.25")
    message = row.editors["value"].message
    assert message.words.text() == "`3.25` is not a step of EDSS."
    assert message.offers == ("3", "3.5")
    assert value.line.text() == "3.25"
    assert value.line.is_wrong
    assert "1 answer cannot be read" in window.results.result.unread.text()
    assert window.consultation.advice is not None


def test_a_date_in_2031_is_said_beside_its_field(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    editor = row_of(window, "creatinine_clearance")
    editor.date.clear()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        qtbot.keyClicks(editor.date, "2031-01-01")
    assert "01-Jan-2031` is after the day of assessment" in editor.message.words.text()
    assert window.consultation.case.patient.creatinine_clearance is None
    assert window.consultation.case.patient.igg is not None


def test_an_antibody_that_is_half_an_answer_stays_as_it_was_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    editor = row_of(window, "aqp4_igg")
    assert isinstance(editor.value, SerologyValue)
    qtbot.keyClicks(editor.value.result.lineEdit(), "pos?")
    assert editor.value.result.currentText() == "pos?"
    assert "`pos?` is not one choice" in editor.message.words.text()
    assert editor.value.result.is_wrong
    assert window.consultation.case.patient.aqp4_igg is None


def test_an_attack_before_birth_takes_its_row_and_the_completeness_away(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    editor = list_of(window, "attacks")
    press(qtbot, editor.add)
    onset = editor.rows[-1].editors["onset"].value
    assert isinstance(onset, LineValue)
    rows = len(editor.rows)
    qtbot.keyClicks(onset.line, "1950")
    message = editor.rows[-1].editors["onset"].message.words.text()  # type: ignore[attr-defined]
    assert "is before birth" in message
    attacks = window.consultation.case.patient.attacks
    assert attacks is not None
    assert len(attacks.rows) == rows - 1
    assert attacks.complete_since is None


def test_an_unusual_number_is_legal_and_asks_for_its_unit(qtbot: QtBot, window: MainWindow) -> None:
    editor = row_of(window, "igg")
    assert isinstance(editor.value, LineValue)
    qtbot.keyClicks(editor.value.line, "140 g/L")
    assert "is unusual" in editor.message.words.text()
    assert not editor.value.line.is_wrong
    assert window.consultation.case.patient.igg is not None


def test_text_with_marks_is_shown_as_it_is(qtbot: QtBot, window: MainWindow) -> None:
    editor = row_of(window, "name")
    assert isinstance(editor.value, LineValue)
    qtbot.keyClicks(editor.value.line, "<b>EXAMPLE</b>, A & B")
    labels = [one.text() for one in window.banner.findChildren(type(window.saved))]
    assert "<b>EXAMPLE</b>, A & B" in labels


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"{", "is not JSON"),
        (b"[1]", "is not a case"),
        (b'{"schema_version": 1, "patient": {"hbv_dan": "detectable"}}', "Did you mean `hbv_dna`?"),
        (b" " * 5_000_000, "is larger than 2 MB"),
    ],
)
def test_a_broken_file_is_said_and_the_case_stays(
    qtbot: QtBot, answered: Answered, tmp_path: Path, content: bytes | None, said: str
) -> None:
    window = answered("b")
    before = window.consultation.case
    file = tmp_path / "case.json"
    if content is not None:
        file.write_bytes(content)
    window.files.open(file)
    assert said in window.notice.sentences.text()
    assert window.notice.isVisible()
    assert window.consultation.case == before
    assert window.consultation.advice is not None


def test_a_folder_is_no_case_file(window: MainWindow, tmp_path: Path) -> None:
    window.files.open(tmp_path)
    assert "is a folder" in window.notice.sentences.text()


def test_every_problem_of_a_file_is_said_and_the_rest_can_be_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    patient = {"sex": "female", "aqp4_igg": {"value": "pos?"}, "igg": {"value": 3.1, "unit": "kg"}}
    file.write_text(json.dumps({"schema_version": 1, "patient": patient}), encoding="utf-8")
    window.files.open(file)
    sentences = window.notice.sentences.text()
    assert "`pos?` is not a choice" in sentences
    assert "`kg` is not a unit of IgG" in sentences
    press(qtbot, window.notice.offer)
    assert window.consultation.entry("sex") == Entry("known", "female")
    assert window.consultation.entry("aqp4_igg") == Entry("known", "pos?")
    assert set(window.consultation.problems) == {"aqp4_igg", "igg"}
    editor = row_of(window, "aqp4_igg")
    assert editor.message.isVisible()


def test_copied_details_of_a_broken_file_say_what_is_wrong_without_its_name(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.files.open(tmp_path / "mary-smith.json")
    press(qtbot, window.notice.copy)
    copied = QApplication.clipboard().text()
    assert "does not exist" in copied and "NMOSD-CDS" in copied
    assert "mary" not in copied
    assert "mary-smith.json" in window.notice.sentences.text()


def test_copied_details_hold_no_value_of_the_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """Every field of a file is wrong in its own way; none of what was written is copied."""
    wrong = {"value": "Zzyzx 4711", "unit": "Zzyzx 4711", "date": "Zzyzx 4711"}
    shapes: tuple[object, ...] = (wrong, "Zzyzx 4711", 4711.25, [wrong], {"Zzyzx 4711": 1})
    for shape in shapes:
        patient = dict.fromkeys(field_specs(Patient), shape)
        file = tmp_path / "zzyzx.json"
        content = {"schema_version": 1, "patient": patient, "setting": {"region": shape}}
        file.write_text(json.dumps(content), encoding="utf-8")
        window.files.open(file)
        assert window.notice.isVisible()
        copied = window.notice.details
        assert "NMOSD-CDS" in copied
        assert "zzyzx" not in copied.lower() and "4711" not in copied


def test_a_field_marked_wrong_is_not_marked_by_colour_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    editor = row_of(window, "weight")
    assert isinstance(editor.value, LineValue)
    qtbot.keyClicks(editor.value.line, "heavy")
    assert isinstance(editor.value.line, Field)
    assert editor.value.line.is_wrong
    assert editor.message.isVisible()
    assert "`heavy` is not a number" in editor.message.words.text()


def test_what_can_be_read_of_a_file_never_takes_changes_away_unasked(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    file = tmp_path / "case.json"
    said = {"schema_version": 1, "patient": {"sex": "female", "aqp4_igg": {"value": "pos?"}}}
    file.write_text(json.dumps(said), encoding="utf-8")
    window.files.open(file)
    window.consultation.edit("sex", Entry("known", "male"))
    press(qtbot, window.notice.offer)
    assert window.consultation.entry("sex") == Entry("known", "male")
    assert window.files.box is not None
    window.files.box.button(QMessageBox.StandardButton.Discard).click()
    assert window.consultation.entry("sex") == Entry("known", "female")


def test_a_device_is_no_case_file_and_is_not_read_without_end(window: MainWindow) -> None:
    window.files.open(Path("/dev/zero"))
    assert "is not a file" in window.notice.sentences.text()


@pytest.mark.parametrize("words", ["x" * 100_000, "a\nb\x1b[31m\u202e", "一百", "٣٠", "1-2-3"])
def test_points_that_are_nonsense_are_said_in_their_row_and_weigh_nothing(
    qtbot: QtBot, answered: Answered, words: str
) -> None:
    window = answered("b")
    view = window.results.preferences
    press(qtbot, view.adds["patient"])
    press(qtbot, view.editor.kind.buttons["swing"])
    row = view.editor.points.rows["burden"]
    QApplication.clipboard().setText(words)
    row.box.paste()
    assert row.box.is_wrong
    assert window.consultation.case.preferences.sets == ()
    (said,) = window.consultation.preferences_reading.sets[0].problems["burden"]
    assert said.sentence.isprintable() and len(said.sentence) < 200


@pytest.mark.parametrize(
    ("words", "low", "high"), [("１００", 100, 100), ("５０－６０", 50, 60), ("20 至 30", 20, 30)]
)
def test_points_are_read_in_full_width_signs_too(
    qtbot: QtBot, answered: Answered, words: str, low: int, high: int
) -> None:
    window = answered("b")
    view = window.results.preferences
    press(qtbot, view.adds["patient"])
    press(qtbot, view.editor.kind.buttons["swing"])
    QApplication.clipboard().setText(words)
    view.editor.points.rows["burden"].box.paste()
    (one,) = window.consultation.case.preferences.sets
    assert (*one.weights, *one.ranges) in (
        (("burden", low),),
        (("burden", low, high),),
    )
