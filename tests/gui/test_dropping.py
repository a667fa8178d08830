"""Files dragged onto the window, by the events Qt sends: a case, a report, and all the rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.sections import SECTIONS
from nmosd_cds.report.pdf import make_pdf

Answered = Callable[[str], MainWindow]
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def mime_of(*urls: str | Path, text: str = "") -> QMimeData:
    mime = QMimeData()
    if urls:
        mime.setUrls(
            [QUrl.fromLocalFile(str(one)) if isinstance(one, Path) else QUrl(one) for one in urls]
        )
        # File managers give the names as text too.
        mime.setText(" ".join(map(str, urls)))
    elif text:
        mime.setText(text)
    return mime


def drag(target: QWidget, mime: QMimeData) -> bool:
    """Drag something over a widget; whether anything there takes it."""
    event = QDragEnterEvent(QPoint(5, 5), COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(target: QWidget, mime: QMimeData) -> None:
    """Drag something over a widget and let it go there."""
    assert drag(target, mime)
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), COPY, mime, LEFT, PLAIN))


def test_a_case_file_opens(
    qtbot: QtBot, window: MainWindow, example_file: Callable[[str], Path]
) -> None:
    file = example_file("b")
    with qtbot.waitSignal(window.consultation.case_opened, timeout=20_000):
        drop(window, mime_of(file))
    assert window.consultation.case == read_case(file)
    assert window.consultation.file == file


def test_a_file_dropped_on_a_field_opens_too_and_its_path_is_no_answer(
    qtbot: QtBot, answered: Answered, example_file: Callable[[str], Path]
) -> None:
    window = answered("b")
    for section in SECTIONS:
        window.form.show_section(section)
    parts = [one for one in window.findChildren(QWidget) if one.acceptDrops()]
    assert len(parts) > 20
    refused = mime_of(Path("/nowhere/scan.tif"))
    for part in parts:
        drop(part, refused)
        assert window.notice.isVisible(), part
        window.notice.hide()
    assert not window.consultation.has_changes
    name = window.form.show_section("person").editors["name"]
    line = name.value.line  # type: ignore[union-attr]
    with qtbot.waitSignal(window.consultation.case_opened, timeout=20_000):
        drop(line, mime_of(example_file("c")))
    assert "example" not in line.text().lower() or "json" not in line.text()


def test_text_still_goes_into_a_field(window: MainWindow) -> None:
    editor = window.form.show_section("person").editors["name"]
    line = editor.value.line  # type: ignore[union-attr]
    drop(line, mime_of(text="EXAMPLE, Bea"))
    assert line.text() == "EXAMPLE, Bea"


def test_unsaved_changes_are_asked_about_as_when_opening(
    qtbot: QtBot, window: MainWindow, example_file: Callable[[str], Path]
) -> None:
    window.consultation.edit("sex", Entry("known", "male"))
    drop(window, mime_of(example_file("b")))
    box = window.files.box
    assert box is not None and box.isVisible()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert window.consultation.entry("sex") == Entry("known", "male")
    drop(window, mime_of(example_file("b")))
    with qtbot.waitSignal(window.consultation.case_opened, timeout=20_000):
        window.files.box.button(QMessageBox.StandardButton.Discard).click()  # type: ignore[union-attr]
    assert window.consultation.entry("sex") == Entry("known", "female")


def test_what_is_typed_while_a_file_is_read_is_not_lost_unasked(
    qtbot: QtBot, window: MainWindow, example_file: Callable[[str], Path]
) -> None:
    drop(window, mime_of(example_file("b")))
    window.consultation.edit("sex", Entry("known", "male"))
    qtbot.waitUntil(lambda: window.files.box is not None, timeout=20_000)
    assert window.consultation.entry("sex") == Entry("known", "male")
    window.files.box.close()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        (["/a/scan.tif"], "another kind (.tif)"),
        (["/a/b.json", "/a/c.json"], "several files"),
        (["/a/folder"], "folder"),
        (["https://example.org/case.json"], "address of the network"),
        ([], "text"),
    ],
)
def test_anything_else_is_a_sentence_that_says_what_can_be_dropped(
    window: MainWindow, dropped: Sequence[str], said: str
) -> None:
    before = window.consultation.case
    urls = [one if one.startswith("http") else Path(one) for one in dropped]
    mime = mime_of(*urls) if urls else mime_of(text="EXAMPLE, Bea")
    assert drag(window, mime)
    shade = window.habits.drops.shade
    assert shade.isVisible() and shade.is_refused and said in shade.words
    drop(window, mime)
    assert not shade.isVisible()
    sentences = window.notice.sentences.text()
    assert said in sentences and ".json" in sentences and ".pdf" in sentences
    assert "not opened" in window.notice.title.text()
    assert window.consultation.case == before


def test_a_folder_named_as_a_case_is_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "folder.json").mkdir()
    drop(window, mime_of(tmp_path / "folder.json"))
    qtbot.waitUntil(window.notice.isVisible, timeout=20_000)
    assert "is a folder" in window.notice.sentences.text()


def test_nothing_and_pictures_are_a_sentence(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setData("application/x-anything", b"x")
    drop(window, mime)
    assert "no file" in window.notice.sentences.text()


def test_while_dragging_the_window_shows_what_would_happen(
    window: MainWindow, tmp_path: Path
) -> None:
    shade = window.habits.drops.shade
    drag(window, mime_of(tmp_path / "a.json"))
    assert shade.isVisible() and "open the case" in shade.words and not shade.is_refused
    banner = window.banner.mapTo(window, window.banner.rect().bottomLeft())
    assert shade.y() > banner.y() and shade.width() == window.centralWidget().width()
    drag(window, mime_of(tmp_path / "A.PDF"))
    assert "report" in shade.words
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not shade.isVisible()


def report_of(engine: Engine, example_file: Callable[[str], Path], name: str) -> bytes:
    case = read_case(example_file(name))
    assert case.as_of is not None
    return make_pdf(case, engine.advise(case, case.as_of), engine.knowledge(), language="en")


def test_a_report_says_that_it_can_be_made_again_and_offers_its_case(
    qtbot: QtBot,
    window: MainWindow,
    engine: Engine,
    example_file: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(report_of(engine, example_file, "d"))
    before = window.consultation.case
    drop(window, mime_of(file))
    qtbot.waitUntil(window.notice.isVisible, timeout=60_000)
    said = window.notice.sentences.text()
    assert "can be made again" in said and "version 0.1.0" in said
    assert window.consultation.case == before, "nothing is opened before it is asked for"
    window.notice.offer.click()
    assert window.consultation.case == read_case(example_file("d"))
    assert window.consultation.file is None, "saving must not write over the report"


def test_a_report_made_with_other_words_says_so_and_copies_none_of_them(
    qtbot: QtBot,
    window: MainWindow,
    engine: Engine,
    example_file: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    case = read_case(example_file("d"))
    assert case.as_of is not None
    advice = replace(engine.advise(case, case.as_of), sentence="Zzyzx was another answer.")
    file = tmp_path / "changed.pdf"
    file.write_bytes(make_pdf(case, advice, engine.knowledge(), language="en"))
    drop(window, mime_of(file))
    qtbot.waitUntil(window.notice.isVisible, timeout=60_000)
    said = window.notice.sentences.text()
    assert "not what would be printed today" in said and "Zzyzx" in said
    assert "Zzyzx" not in window.notice.details and "differ" in window.notice.details


def test_a_report_made_with_other_knowledge_says_so_and_still_offers_its_case(
    qtbot: QtBot,
    window: MainWindow,
    engine: Engine,
    example_file: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    case = read_case(example_file("d"))
    assert case.as_of is not None
    advice = engine.advise(case, case.as_of)
    stamp = replace(advice.knowledge, sha256="0" * 64)
    file = tmp_path / "older.pdf"
    older = replace(advice, knowledge=stamp)
    file.write_bytes(make_pdf(case, older, engine.knowledge(), language="en"))
    drop(window, mime_of(file))
    qtbot.waitUntil(window.notice.isVisible, timeout=60_000)
    assert "Other knowledge is here" in window.notice.sentences.text()
    window.notice.offer.click()
    assert window.consultation.case == case


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"no PDF at all"])
def test_a_pdf_that_is_no_report_of_ours_is_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "mary-smith.pdf"
    file.write_bytes(content)
    before = window.consultation.case
    drop(window, mime_of(file))
    qtbot.waitUntil(window.notice.isVisible, timeout=20_000)
    assert "not opened" in window.notice.title.text()
    assert "Choose a report of this program" in window.notice.sentences.text()
    assert "mary" not in window.notice.details
    assert window.consultation.case == before


def test_a_report_that_is_gone_is_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    drop(window, mime_of(tmp_path / "gone.pdf"))
    qtbot.waitUntil(window.notice.isVisible, timeout=20_000)
    assert "cannot be read" in window.notice.sentences.text()
    assert "gone.pdf" not in window.notice.details
