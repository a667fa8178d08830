"""Every source is found, narrowed, read and taken along, with the keyboard alone."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from nmosd_cds.evidence.study import Study
from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.results.citation import keys_in, with_keys
from nmosd_cds.gui.results.evidence_view import EvidenceView
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, PLAN, RESULT
from nmosd_cds.gui.results.source_browser import SourceBrowser

Answered = Callable[[str], MainWindow]


@pytest.fixture
def evidence(qapp: QApplication, answered: Answered) -> EvidenceView:
    """The Evidence tab of example b with the list of all sources open."""
    window = answered("b")
    window.results.tabs.setCurrentIndex(EVIDENCE)
    window.results.evidence.search_sources()
    qapp.processEvents()
    return window.results.evidence


@pytest.fixture
def browser(evidence: EvidenceView) -> SourceBrowser:
    return evidence.browser


def _keys(browser: SourceBrowser) -> list[str]:
    return [line.key for line in browser.list.sources.lines]


def _choose(qtbot: QtBot, browser: SourceBrowser, name: str, choice: str) -> None:
    """Walk to a choice of a filter with the arrow keys."""
    drop = browser.drops[name]
    drop.setFocus()
    while drop.currentData() != choice:
        before = drop.currentIndex()
        qtbot.keyClick(drop, Qt.Key.Key_Down)
        assert drop.currentIndex() != before


def test_all_sources_are_listed_and_counted(evidence: EvidenceView) -> None:
    sources = evidence._consultation.engine.knowledge().sources
    assert set(_keys(evidence.browser)) == set(sources)
    assert evidence.browser.count.text() == f"{len(sources)} sources"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("burt 2019", "burt-2019"),  # author and year
        ("BURT", "burt-2019"),
        ("nonmyeloablative neuromyelitis", "burt-2019"),  # title
        ("NCT00787722", "burt-2019"),  # register
        ("pittock-2023", "pittock-2023-champion"),  # key
        ("devic", "nct00787722"),
        ("izquierdo fernandez", "fernandez-2018-admsc"),  # printed with accents
        ("lupus erythematosus", "allo-sle-wang-2025"),  # disease
    ],
)
def test_a_search_finds_by_author_year_title_number_and_disease(
    qtbot: QtBot, browser: SourceBrowser, typed: str, expected: str
) -> None:
    qtbot.keyClicks(browser.search, typed)
    assert expected in _keys(browser)
    assert len(_keys(browser)) < 30


def test_a_search_is_answered_within_a_tenth_of_a_second(
    qapp: QApplication, browser: SourceBrowser
) -> None:
    taken = []
    for words in ("b", "bu", "bur", "burt", ""):
        begun = time.perf_counter()
        browser.search.setText(words)
        qapp.processEvents()
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.1


def test_down_enter_and_escape_lead_from_the_search_to_a_sheet_and_back(
    qtbot: QtBot, evidence: EvidenceView
) -> None:
    browser = evidence.browser
    assert browser.search.hasFocus()
    qtbot.keyClicks(browser.search, "champion")
    qtbot.keyClick(browser.search, Qt.Key.Key_Down)
    assert browser.list.hasFocus()
    qtbot.keyClick(browser.list, Qt.Key.Key_Down)
    second = _keys(browser)[1]
    qtbot.keyClick(browser.list, Qt.Key.Key_Return)
    assert evidence.source == second
    assert evidence.title.text() == second
    qtbot.keyClick(browser.list, Qt.Key.Key_Escape)
    assert browser.search.hasFocus() and not browser.search.text()
    assert browser.list.chosen() == second


def test_enter_in_the_search_opens_the_first_and_escape_empties_it(
    qtbot: QtBot, evidence: EvidenceView
) -> None:
    browser = evidence.browser
    qtbot.keyClicks(browser.search, "pittock-2023-champion")
    qtbot.keyClick(browser.search, Qt.Key.Key_Return)
    assert evidence.source == "pittock-2023-champion"
    qtbot.keyClick(browser.search, Qt.Key.Key_Escape)
    assert not browser.search.text()
    assert browser.count.text().endswith(" sources")


# Counted in the dossiers: 12 of 13 and 1 of 13 in Chicago, 12 of 12 in Wuhan.
@pytest.mark.parametrize(
    ("name", "choice", "inside", "outside"),
    [
        ("kind", "trial", "nct04561557", "qin-2023"),
        ("option", "ahsct", "burt-2019", "qin-2023"),
        ("option", "c5-inhibitor", "eculizumab", "rituximab"),
        ("design", "single-arm-phase-1", "qin-2023", "burt-2019"),
        ("serology", "aqp4-positive", "qin-2023", "burt-2019"),
        ("serology", "mixed", "burt-2019", "qin-2023"),
        ("serology", "not-reported", "mist-2019-rct-ms", "burt-2019"),
        ("directness", "indirect", "mist-2019-rct-ms", "burt-2019"),
    ],
)
def test_each_filter_keeps_what_has_it(
    qtbot: QtBot, browser: SourceBrowser, name: str, choice: str, inside: str, outside: str
) -> None:
    _choose(qtbot, browser, name, choice)
    shown = _keys(browser)
    assert inside in shown and outside not in shown
    drop = browser.drops[name]
    assert drop.currentText().endswith(f"({len(shown)})")
    assert browser.count.text().startswith(f"{len(shown)} of ")


def test_filters_work_together_and_each_count_is_what_it_would_show(
    qtbot: QtBot, browser: SourceBrowser
) -> None:
    _choose(qtbot, browser, "option", "ahsct")
    _choose(qtbot, browser, "kind", "study")
    before = len(_keys(browser))
    kept = browser.drops["directness"]
    promised = {kept.itemData(at): kept.itemText(at) for at in range(1, kept.count())}
    _choose(qtbot, browser, "directness", "nmosd")
    assert promised["nmosd"].endswith(f"({len(_keys(browser))})")
    assert len(_keys(browser)) < before
    browser.clear_all.click()
    assert not browser.wanted
    assert browser.search.hasFocus()


def test_a_filter_without_a_result_says_so_in_words(qtbot: QtBot, browser: SourceBrowser) -> None:
    _choose(qtbot, browser, "kind", "drug")
    qtbot.keyClicks(browser.search, "burt")
    said = browser.count.text()
    assert said.startswith("None of ") and '"burt"' in said and "drug" in said
    assert not browser.copy.isEnabled() and not browser.save.isEnabled()
    qtbot.keyClick(browser.search, Qt.Key.Key_Return)  # nothing to open, nothing happens


def test_cited_in_this_answer_is_a_filter_and_leaves_with_the_answer(
    qtbot: QtBot, evidence: EvidenceView
) -> None:
    browser = evidence.browser
    browser.cited.setFocus()
    qtbot.keyClick(browser.cited, Qt.Key.Key_Space)
    shown = _keys(browser)
    assert "burt-2019" in shown and "eculizumab" in shown
    assert "burt-2024-hsct-review" not in shown
    assert all(line.is_cited for line in browser.list.sources.lines)
    evidence._consultation.advice_cleared.emit()
    assert not _keys(browser)
    assert "cited in this answer" in browser.count.text()


def test_every_control_is_reached_by_tab_and_has_a_name(
    qtbot: QtBot, evidence: EvidenceView
) -> None:
    browser = evidence.browser
    wanted: list[QWidget] = [*browser.drops.values(), browser.cited, browser.copy, browser.save]
    wanted.append(browser.list)
    met: list[QWidget | None] = []
    browser.search.setFocus()
    for _step in range(len(wanted) + 4):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    assert all(part in met for part in wanted)
    assert all(part.accessibleName() for part in (browser.search, *wanted))


def test_a_line_is_read_out_with_all_that_stands_in_it(
    qtmodeltester: ModelTester, browser: SourceBrowser
) -> None:
    qtmodeltester.check(browser.list.sources)
    browser.search.setText("burt-2019")
    index = browser.list.sources.index(0)
    said = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    for words in ("burt-2019", "cited in this answer", "2019", "n 13", "AHSCT", "NMOSD"):
        assert words in said


def test_the_list_goes_to_a_spreadsheet_with_every_sign(
    tmp_path: Path, browser: SourceBrowser
) -> None:
    browser.search.setText("fernandez-2018-admsc")
    content = browser.as_csv()
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert heads[0] == "Source" and len(rows) == 1
    assert "Fernández" in rows[0][2]
    browser.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[1].startswith("fernandez-2018-admsc\t")


def test_a_list_that_cannot_be_written_ends_in_a_sentence(
    qtbot: QtBot, tmp_path: Path, browser: SourceBrowser
) -> None:
    with qtbot.waitSignal(browser.failed) as caught:
        keeping.keep(tmp_path / "none" / "list.csv", browser.as_csv(), browser.failed)
    failure = caught.args[0]
    assert isinstance(failure, Failure)
    assert "does not exist" in " ".join(failure.sentences)


def _links(words: Markup) -> list[str]:
    found: list[str] = []
    cursor = QTextCursor(words.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        target = cursor.charFormat().anchorHref()
        if target and target not in found[-1:]:
            found.append(target)
    return found


def test_a_sheet_says_whose_each_interval_is_and_computes_nothing_from_memory(
    evidence: EvidenceView,
) -> None:
    evidence.show_source("burt-2019")
    said = evidence.sheet.toPlainText()
    # 0 of 12 by hand: 1 - 0.025 ** (1 / 12) is 26 %; the paper prints no interval.
    assert "computed by us, exact (Clopper and Pearson)" in said
    assert "https://" in said and "NCT00787722" in said and "(recalled)" in said
    assert "may share patients with" in said.lower()
    evidence.show_source("pittock-2023-champion")
    said = evidence.sheet.toPlainText()
    assert "0.000–0.044 a patient-year" in said  # CHAMPION prints the limit 0.044
    assert "as printed" in said and "84.0 patient-years" in said
    evidence.show_source("sheba-poc-2025")
    assert "recalled, not in arithmetic" in evidence.sheet.toPlainText()


def test_overlaps_are_links_both_ways(evidence: EvidenceView) -> None:
    for one, other in (("burt-2019", "zhang-2020-meta"), ("zhang-2020-meta", "burt-2019")):
        evidence.show_source(one)
        assert f"study:{other}" in _links(evidence.sheet)


@pytest.mark.parametrize(
    ("source", "place", "tab"),
    [
        ("burt-2019", "place:argument/ahsct/", RESULT),
        ("burt-2019", "place:rule/ahsct/ahsct.high-edss", RESULT),
        ("burt-2019", "place:plan/ahsct/baseline", PLAN),
        ("burt-2019", "place:effect/ahsct/", COMPARE),
        ("burt-2019", "place:definition/", RESULT),
        ("qin-2023", "place:evidence/car-t-bcma/", RESULT),
    ],
)
def test_a_sheet_leads_to_what_cites_it(
    qapp: QApplication, answered: Answered, source: str, place: str, tab: int
) -> None:
    window = answered("b")
    evidence = window.results.evidence
    window.results.tabs.setCurrentIndex(EVIDENCE)
    evidence.show_source(source)
    target = next(one for one in _links(evidence.sheet) if one.startswith(place))
    evidence.sheet.followed.emit(target)
    qapp.processEvents()
    assert window.results.tabs.currentIndex() == tab
    if "rule/" in place:
        assert "ahsct.high-edss" in window.results.result.words.toPlainText()


def test_what_no_answer_uses_says_so(evidence: EvidenceView) -> None:
    evidence.show_source("kurtzke-1983")
    assert "it enters no answer" in evidence.sheet.toPlainText()


def test_the_figures_of_a_sheet_are_copied_and_exported(evidence: EvidenceView) -> None:
    evidence.show_source("burt-2019")
    assert evidence.save_figures.isVisibleTo(evidence)
    heads, *rows = csv.reader(io.StringIO(evidence.figures_as_csv().decode("utf-8-sig")))
    study = evidence._consultation.engine.knowledge().sources["burt-2019"]
    assert isinstance(study, Study)
    assert len(rows) == sum(len(arm.figures) for arm in study.arms)
    column = heads.index("Value")
    assert any(row[column].startswith("12 of 13") for row in rows)
    evidence.copy_figures.click()
    assert "12 of 13" in QApplication.clipboard().text()
    evidence.copy_sheet.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("burt-2019\n") and "\N{OBJECT REPLACEMENT CHARACTER}" not in copied
    evidence.show_source("ebmt-2022-indications")
    assert not evidence.save_figures.isVisibleTo(evidence)


def test_the_menu_of_the_plot_and_of_its_table_opens_from_a_button(
    qtbot: QtBot, evidence: EvidenceView
) -> None:
    evidence.turn_to(0)
    evidence.take.setFocus()
    qtbot.keyClick(evidence.take, Qt.Key.Key_Return)
    assert evidence.forest.menu is not None
    words = [one.text() for one in evidence.forest.menu.actions()]
    assert any("SVG" in one for one in words) and any("PNG" in one for one in words)
    evidence.forest.menu.close()
    evidence.as_table.setChecked(True)
    evidence.take.click()
    assert evidence.table.menu is not None
    assert any("CSV" in one.text() for one in evidence.table.menu.actions())
    evidence.table.menu.close()


def test_a_narrow_plot_stands_in_order_with_the_names_above(
    qapp: QApplication, evidence: EvidenceView
) -> None:
    forest = evidence.forest
    wide = forest.tall_at(float(style.px(900)))
    narrow = forest.tall_at(float(style.px(420)))
    count, axis, end, months, flag = forest._columns()
    assert 0 <= count < axis < end < months < flag < style.px(420)
    assert narrow > wide
    at = next(at for at, line in enumerate(forest.lines) if line.figure is not None)
    assert forest.box_of(at).height() >= style.px(48)


def test_keys_and_registry_numbers_in_words_become_links_once() -> None:
    from nmosd_cds.gui.engine import Engine

    sources = Engine().knowledge().sources
    words = "As in burt-2019, of NCT00787722 (see https://x.org/burt-2019), not burt-20199."
    assert keys_in(words, sources) == ["burt-2019", "nct00787722"]
    html = with_keys(f'{words} <a href="study:qin-2023">qin-2023</a>', sources)
    assert html.count("<a href") == 3
    assert 'href="study:nct00787722"' in html and ">NCT00787722</a>" in html
