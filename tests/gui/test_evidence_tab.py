"""Every figure is one step from the study it comes from."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.advice.model import FigureLine
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.forest import Forest
from nmosd_cds.gui.plots.forest_lines import ForestLine, forest_lines
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.parted_page import PartedPage
from nmosd_cds.gui.results.result_tabs import EVIDENCE, RESULT
from nmosd_cds.gui.results.study_sheet import citation_text, sheet_html

from .painted import painted_words

Answered = Callable[[str], MainWindow]


def _links(page: PartedPage) -> list[str]:
    """Every link of the page in reading order."""
    return [target for block in page.blocks for target in _links_of(block)]


def _links_of(words: Markup) -> list[str]:
    found: list[str] = []
    cursor = QTextCursor(words.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        target = cursor.charFormat().anchorHref()
        if target and target not in found[-1:]:
            found.append(target)
    return found


def test_enter_on_a_figure_opens_its_study(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    words = window.results.result.words
    words.blocks[0].setFocus()
    target = next(one for one in _links(words) if one.startswith("study:"))
    while words.blocks[0].textCursor().charFormat().anchorHref() != target:
        qtbot.keyClick(words.blocks[0], Qt.Key.Key_Tab)
    qtbot.keyClick(words.blocks[0], Qt.Key.Key_Return)
    assert window.results.tabs.currentIndex() == EVIDENCE
    key = target.removeprefix("study:").partition("/")[0]
    assert window.results.evidence.source == key
    assert window.results.evidence.title.text() == key


@pytest.mark.parametrize("name", ["b", "i", "e"])
def test_no_link_of_the_result_leads_nowhere(answered: Answered, name: str) -> None:
    window = answered(name)
    words = window.results.result.words
    for target in _links(words):
        if target.startswith("toggle:") and "fold" not in target:
            words.followed.emit(target)
    for target in _links(words):
        kind, _colon, rest = target.partition(":")
        assert kind in ("study", "toggle")
        if kind == "study":
            assert window.results.evidence.show_source(rest), target


def test_the_plot_and_its_table_say_the_same(answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(EVIDENCE)
    evidence = window.results.evidence
    lines = [line for line in evidence.forest.lines if line.figure is not None]
    assert lines
    assert len(evidence.table.rows) == len(lines)
    for row, line in enumerate(lines):
        assert line.figure is not None
        assert evidence.table.rows[row][3] == line.figure.shown


def test_up_down_and_enter_walk_through_the_plot(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(EVIDENCE)
    forest = window.results.evidence.forest
    qtbot.keyClick(forest, Qt.Key.Key_Down)
    first = forest.accessibleDescription()
    qtbot.keyClick(forest, Qt.Key.Key_Down)
    assert forest.accessibleDescription() != first
    qtbot.keyClick(forest, Qt.Key.Key_Return)
    assert window.results.evidence.source


def test_a_sum_stands_under_its_parts_and_never_alone(answered: Answered) -> None:
    window = answered("b")
    assert window.consultation.advice is not None
    lines = forest_lines(window.consultation.advice)
    for at, line in enumerate(lines):
        if line.is_sum:
            assert lines[at - 1].figure is not None
            assert lines[at - 2].figure is not None


LONG_COUNTS = (
    "11 %, n not printed, arm of 174",
    "百分之十一，未印出人数，该组共一百七十四人，见附表",
)


@pytest.mark.parametrize("room", [420.0, 640.0, 830.0])
@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("count", LONG_COUNTS)
def test_a_long_count_stays_in_its_column(
    qapp: QApplication, count: str, zoom: float, room: float
) -> None:
    style.choose(qapp, zoom=zoom)
    figure = FigureLine("a-2020", "f", "Relapsed", count, share=0.11, follow_up="28 weeks")
    forest = Forest()
    forest.show_lines(
        [ForestLine(figure=figure, note="Attack during the trial, AQP4-IgG positive")]
    )
    tall = forest.tall_at(room * zoom)
    words = dict(painted_words(forest, QSize(round(room * zoom), tall)))
    pieces = [box for piece, box in words.items() if piece.strip() in count]
    others = [box for piece, box in words.items() if piece.strip() not in count]
    assert pieces and len(others) >= 5
    assert all(0 <= box.left() and box.bottom() <= tall for box in pieces)
    assert not [1 for one in pieces for other in others if one.intersects(other)]


def test_the_sheet_of_the_first_figure_is_open_until_another_is_chosen(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    evidence = window.results.evidence
    assert evidence.source == ""
    window.results.tabs.setCurrentIndex(EVIDENCE)
    qtbot.waitUntil(lambda: evidence.source != "", timeout=20_000)
    first = next(line.figure for line in evidence.forest.lines if line.figure is not None)
    assert evidence.source == evidence.title.text() == first.study
    assert evidence.forest.lines[evidence.forest.at].figure is first
    assert evidence.show_source("qin-2023")
    evidence.segments.parts[2].click()
    qapp.processEvents()
    assert evidence.source == "qin-2023"


def test_options_stand_in_the_order_of_their_status(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(EVIDENCE)
    statuses = [line.status for line in window.results.evidence.forest.lines if line.status]
    order = ["possible", "unconfirmed", "excluded"]
    assert statuses == sorted(statuses, key=order.index) and len(set(statuses)) == 3


def test_every_source_opens_as_a_sheet(engine: Engine) -> None:
    for source in engine.knowledge().sources.values():
        assert sheet_html(source)
        assert citation_text(source)


def test_the_form_makes_room_for_the_evidence_and_comes_back(answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(EVIDENCE)
    assert window.form.isHidden()
    window.results.tabs.setCurrentIndex(RESULT)
    assert not window.form.isHidden()


def test_the_citation_is_copied_as_text(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.results.show_source("burt-2019")
    window.results.evidence.copy.click()
    copied = QApplication.clipboard().text()
    assert "Burt" in copied and "<" not in copied


def test_every_drug_of_the_standard_care_part_leads_to_its_sheet(
    answered: Answered,
) -> None:
    window = answered("b")
    window.results.result.words.followed.emit("toggle:classes")
    targets = set(_links(window.results.result.words))
    care = window.consultation.advice.standard_care
    drugs = {drug for one in care.classes for drug in one.drugs}
    drugs |= set(window.consultation.advice.indication.present_drugs)
    assert len(drugs) >= 6
    assert {f"study:{drug}" for drug in drugs} <= targets


def test_a_drug_sheet_has_its_standing_by_region_and_the_results_of_its_trials(
    engine: Engine,
) -> None:
    sources = engine.knowledge().sources
    said = sheet_html(sources["rituximab"], "", sources)
    for words in ("Japan", "20-Jun-2022", "off-label", "Ruled out first", "After its failure"):
        assert words in said
    assert "study:tahara-2020-rin1/relapse_events" in said
    assert "Harmful" not in said


def test_the_sheet_of_a_drug_for_multiple_sclerosis_warns_first(engine: Engine) -> None:
    said = sheet_html(engine.knowledge().sources["natalizumab"])
    assert said.index("Harmful or useless in NMOSD") < said.index("Standing for NMOSD")
