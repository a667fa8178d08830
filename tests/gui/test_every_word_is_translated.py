"""In a language of accents no plain word is left: on no tab, on no page, in no menu."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nmosd_cds import paths
from nmosd_cds.advice.advise import advise
from nmosd_cds.app import main_window
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui import languages
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.report.content import make_content
from nmosd_cds.report.text import make_text
from tests.gui.conftest import TODAY
from tests.pseudo import CODE, Allowed, write_pseudo


@pytest.fixture(scope="module")
def allowed() -> Allowed:
    return Allowed(load_knowledge())


@pytest.fixture
def accents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write_pseudo(tmp_path)
    monkeypatch.setattr(paths, "translations_folder", lambda: tmp_path)
    yield
    monkeypatch.undo()
    languages.choose("en")


@pytest.fixture
def accented_window(qtbot: QtBot, accents: None) -> MainWindow:
    assert languages.choose(CODE) == CODE
    window = main_window(Engine(), today=lambda: TODAY)
    qtbot.addWidget(window, before_close_func=lambda one: one.consultation.undo_stack.clear())
    window.show()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=60_000):
        window.files.open(paths.examples_folder() / "b.json", is_example=True)
        window.consultation.start()
    return window


def words_of(widget: QWidget) -> Iterator[str]:
    """Every text a widget shows or says; what a person typed is left out."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield widget.placeholderText()
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QGroupBox():
            yield widget.title()
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
        case QTextEdit():
            yield widget.toPlainText()
        case WordTable():
            yield from (*widget.heads, *chain(*widget.rows))
        case QAbstractItemView():
            yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    top = view.rootIndex()
    columns = model.columnCount(top) if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount(top)):
        for column in range(columns):
            yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "")
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        yield str(head or "")


def leaks_in(widget: QWidget, allowed: Allowed) -> dict[str, str]:
    found = {}
    for one in [widget, *widget.findChildren(QWidget)]:
        for text in words_of(one):
            for word in allowed.leaks(text):
                found[word] = f"{type(one).__name__}: {text[:120]}"
    for action in widget.findChildren(QAction):
        for word in allowed.leaks(action.text()):
            found[word] = f"QAction: {action.text()}"
    return found


def test_no_tab_shows_an_untranslated_word(
    qapp: QApplication, accented_window: MainWindow, allowed: Allowed
) -> None:
    window = accented_window
    case = allowed.of_case(paths.examples_folder() / "b.json")
    for at in range(window.results.tabs.count()):
        window.results.tabs.setCurrentIndex(at)
        qapp.processEvents()
        assert leaks_in(window, case) == {}, window.results.tabs.tabText(at)


def test_no_page_of_the_form_shows_an_untranslated_word(
    qapp: QApplication, accented_window: MainWindow, allowed: Allowed
) -> None:
    window = accented_window
    case = allowed.of_case(paths.examples_folder() / "b.json")
    for at in range(window.form.rail.count()):
        window.form.rail.setCurrentRow(at)
        qapp.processEvents()
        assert leaks_in(window.form, case) == {}


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in paths.examples_folder().glob("*.json"))
)
@pytest.mark.usefixtures("accents")
def test_no_report_has_an_untranslated_word(name: str, allowed: Allowed) -> None:
    path = paths.examples_folder() / f"{name}.json"
    languages.use_language(CODE)
    case, knowledge = read_case(path), load_knowledge()
    assert knowledge.language == CODE
    advice = advise(case, knowledge, on=case.as_of or TODAY)
    text = make_text(make_content(case, advice, knowledge, annex=True), width=100_000)
    found = {}
    mine = allowed.of_case(path)
    for line in text.splitlines():
        for word in mine.leaks(line):
            found[word] = line[:200]
    assert found == {}
