"""Open, save, save as, export, close: nothing is lost, nothing is written that was not asked."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from nmosd_cds import paths
from nmosd_cds.app import open_first
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui.case_files import examples
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import TITLE, MainWindow
from nmosd_cds.gui.results.result_tabs import REPORT

Answered = Callable[[str], MainWindow]


def test_every_example_opens_and_saves_unchanged(window: MainWindow, tmp_path: Path) -> None:
    for path in examples():
        window.files.open(path, is_example=True)
        window.files.write(tmp_path / path.name)
        assert read_case(tmp_path / path.name) == read_case(path)


def test_save_as_says_that_the_file_is_not_encrypted(window: MainWindow, tmp_path: Path) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    window.files.save()
    dialog = window.files.dialog
    assert dialog is not None
    assert "NOT encrypted" in dialog.windowTitle()
    assert not dialog.isModal() or dialog.isVisible()
    file = tmp_path / "saved.json"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    assert read_case(file).patient.sex is not None
    assert not window.isWindowModified()


def test_save_writes_to_the_same_file_and_undo_survives_it(
    window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    window.consultation.edit("sex", Entry("known", "male"))
    window.files.write(file)
    window.consultation.edit("sex", Entry("known", "female"))
    assert window.isWindowModified()
    window.files.save()
    sex = read_case(file).patient.sex
    assert sex is not None and sex.value == "female"
    window.consultation.undo_stack.undo()
    assert window.consultation.entry("sex") == Entry("known", "male")
    assert window.isWindowModified()


def test_an_example_is_never_written_over(window: MainWindow) -> None:
    path = examples()[0]
    before = path.read_bytes()
    window.files.open(path, is_example=True)
    window.consultation.edit("sex", Entry("known", "male"))
    window.files.save()
    assert window.files.dialog is not None
    window.files.dialog.close()
    assert path.read_bytes() == before


def test_answers_that_cannot_be_read_are_named_when_saving(
    window: MainWindow, tmp_path: Path
) -> None:
    window.consultation.edit("weight", Entry("known", "heavy"))
    window.files.write(tmp_path / "case.json")
    assert "Weight" in window.notice.sentences.text()


def test_a_folder_that_cannot_be_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    window.files.write(tmp_path / "none" / "case.json")
    assert "cannot be written" in window.notice.sentences.text()


def test_closing_with_changes_asks_and_cancel_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    assert not window.close()
    box = window.files.box
    assert box is not None and box.isVisible()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert window.isVisible()


def test_closing_with_changes_can_give_them_up(window: MainWindow) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    window.close()
    assert window.files.box is not None
    window.files.box.button(QMessageBox.StandardButton.Discard).click()
    assert not window.isVisible()


def test_saving_before_closing_closes_once_it_is_written(
    window: MainWindow, tmp_path: Path
) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    window.close()
    assert window.files.box is not None
    window.files.box.button(QMessageBox.StandardButton.Save).click()
    assert window.files.dialog is not None
    window.files.dialog.fileSelected.emit(str(tmp_path / "case.json"))
    assert not window.isVisible()


def test_another_case_takes_the_whole_window(answered: Answered) -> None:
    window = answered("b")
    old = window.consultation.case.patient.name
    window.files.new()
    assert window.consultation.advice is None
    assert old is not None and old.value is not None
    assert old.value not in window.banner.accessibleDescription()
    assert "Name not known" in window.banner.accessibleDescription()
    assert window.results.result.words.toPlainText() == ""


def test_the_title_never_names_the_person(answered: Answered) -> None:
    window = answered("b")
    assert window.windowTitle() == f"{TITLE}[*]"


def test_without_a_path_the_first_example_opens(window: MainWindow) -> None:
    open_first(window, None)
    assert window.consultation.case.fictional
    assert window.consultation.file is None


def test_a_path_that_is_no_case_is_said_in_the_window(window: MainWindow, tmp_path: Path) -> None:
    open_first(window, str(tmp_path / "none.json"))
    assert "does not exist" in window.notice.sentences.text()


def test_the_report_shown_is_the_report_saved(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    report = window.results.report
    window.results.tabs.setCurrentIndex(REPORT)
    qtbot.waitUntil(lambda: report.pdf is not None, timeout=60_000)
    window.export()
    assert window.files.dialog is not None
    assert "NOT encrypted" in window.files.dialog.windowTitle()
    window.files.dialog.fileSelected.emit(str(tmp_path / "report.pdf"))
    window.files.dialog.close()
    assert (tmp_path / "report.pdf").read_bytes() == report.pdf
    document = pypdfium2.PdfDocument(report.pdf)
    assert len(document) == len(report.pages) > 1
    document.close()
    window.consultation.edit("sex", Entry("known", "male"))
    assert report.pdf is None
    assert report.pages == []


def test_examples_are_in_the_menu() -> None:
    assert [path.stem for path in examples()] == sorted(
        file.stem for file in paths.examples_folder().glob("*.json")
    )
