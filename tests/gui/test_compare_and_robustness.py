"""Compare and Robustness say what the advice says, and nothing where there is nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.ranks import rank_lines
from nmosd_cds.gui.results.effect_text import in_order
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, RESULT, ROBUSTNESS
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.report.effects import compared

Answered = Callable[[str], MainWindow]


def _advice(window: MainWindow) -> Advice:
    assert window.consultation.advice is not None
    return window.consultation.advice


def _turn_to(qapp: QApplication, window: MainWindow, tab: int) -> None:
    window.results.tabs.setCurrentIndex(tab)
    qapp.processEvents()


def _links(words: Markup) -> list[str]:
    found: list[str] = []
    cursor = QTextCursor(words.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        target = cursor.charFormat().anchorHref()
        if target and target not in found[-1:]:
            found.append(target)
    return found


def _rows(table: WordTable) -> list[list[str]]:
    return [list(row) for row in table.rows]


def _heads(table: WordTable) -> list[str]:
    return list(table.heads)


@pytest.mark.parametrize("name", ["b", "j", "a"])
def test_the_effects_on_screen_are_those_of_the_advice(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    view.as_table.click()
    options = compared(_advice(window))
    assert options
    assert _heads(view.table)[1:] == [one.short for one in options]
    _status, *rows = _rows(view.table)
    view.as_table.click()
    view.notes.click()
    shown = view.cells.toPlainText()
    for column, option in enumerate(options, start=1):
        assert option.status in ("possible", "unconfirmed")
        assert len(rows) == len(option.effects)
        for row, line in zip(rows, option.effects, strict=True):
            assert row[0].startswith(line.label)
            cell = row[column]
            assert line.how.rstrip(".") in cell and line.how.partition(". ")[2] in shown
            if line.kind == "derived":
                assert line.estimate is not None and line.low is not None and line.high is not None
                value = f"{100 * line.estimate:.0f}" if line.estimate >= 0.02 else "1.4"
                assert cell.startswith(f"{value} of 100, "), cell
                assert f"{value} of 100" in shown
                assert f" to {100 * line.high:.0f}." in cell
                assert f"n {line.n}, certainty" in cell
            if line.kind in ("absent", "not-reported"):
                assert cell.startswith("Not reported")
                assert " of 100, " not in cell
            if line.kind == "judgement":
                assert cell.startswith(f"Judgement, {line.estimate:g} of 4.")
            if line.kind == "not-applicable":
                assert cell.startswith("Exactly 0 by definition.")


def test_cells_stand_before_what_the_person_has_now(answered: Answered) -> None:
    options = compared(_advice(answered("b")))
    assert [one.is_present for one in options] == [False, False, False, True]
    assert "car-t-bcma" in [one.id for one in options]


def test_figures_stand_alone_until_notes_are_asked_for(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    ahsct, cart = _advice(window).option("ahsct"), _advice(window).option("car-t-bcma")
    notes = [one.effects[0].how.partition(". ")[2] for one in (ahsct, cart)]
    assert all(notes) and not any(note in view.cells.toPlainText() for note in notes)
    assert "25 of 100" in view.cells.toPlainText() and "n 12, certainty" in view.cells.toPlainText()
    folded = view.cells.height()
    view.cells.followed.emit(f"toggle:notes:{ahsct.effects[0].criterion}")
    assert all(note in view.cells.toPlainText() for note in notes)
    assert ahsct.effects[1].how.partition(". ")[2] not in view.cells.toPlainText()
    view.cells.followed.emit(f"toggle:notes:{ahsct.effects[0].criterion}")
    assert view.cells.height() == folded
    view.notes.click()
    assert all(one.how.partition(". ")[2] in view.cells.toPlainText() for one in ahsct.effects)


def test_arrow_keys_go_from_cell_to_cell_and_enter_opens_one(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.activateWindow()
    _turn_to(qapp, window, COMPARE)
    cells = window.results.compare.cells
    cells.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(cells, key)
    assert cells.at == (2, 2)
    said = cells.accessibleDescription()
    assert said.startswith("Death from the treatment") and "Not reported" in said
    boxes = [cells.cell_box(2, column) for column in range(5)]
    assert all(one.right() < other.left() for one, other in zip(boxes, boxes[1:], strict=False))
    note = _advice(window).option("car-t-bcma").effects[2].how.partition(". ")[2]
    other = _advice(window).option("ahsct").effects[2].how.partition(". ")[2]
    assert note and note not in cells.toPlainText()
    qtbot.keyClick(cells, Qt.Key.Key_Return)
    assert note in cells.toPlainText() and other not in cells.toPlainText()
    assert cells.at == (2, 2)
    for _step in range(9):
        qtbot.keyClick(cells, Qt.Key.Key_Up)
    assert cells.at == (0, 2)


def test_columns_are_chosen_and_one_stays(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    for name in ("BCMA CAR-T", "BM-MSC", "Continue eculizumab"):
        view.columns.click()
        assert view.menu is not None
        (action,) = [one for one in view.menu.actions() if one.text() == name]
        action.trigger()
        view.menu.close()
        assert name not in view.head.toPlainText() and name not in _heads(view.table)
    assert _heads(view.table)[1:] == ["AHSCT"]
    view.columns.click()
    assert [one.isEnabled() for one in view.menu.actions() if one.isChecked()] == [False]
    view.menu.close()


def test_cells_stand_in_the_order_of_their_status(answered: Answered) -> None:
    advice = _advice(answered("b"))
    turned = [
        replace(one, status="unconfirmed")
        if one.id == "ahsct"
        else replace(one, status="possible")
        if one.id == "bm-msc"
        else one
        for one in compared(advice)
    ]
    assert [one.id for one in in_order(turned)] == [
        "bm-msc", "ahsct", "car-t-bcma", "no-cellular-therapy",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["b", "j", "a"])
def test_every_study_of_the_table_opens_its_sheet(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    _turn_to(qapp, window, COMPARE)
    found = _links(window.results.compare.cells)
    links = [one for one in found if not one.startswith("toggle:")]
    wanted = {
        f"study:{key}"
        for option in compared(_advice(window))
        for line in option.effects
        for key in line.studies
    }
    assert wanted and set(links) == wanted
    for target in wanted:
        assert window.results.evidence.show_source(target.removeprefix("study:")), target


def test_tab_and_enter_reach_a_study_of_the_table(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _turn_to(qapp, window, COMPARE)
    cells = window.results.compare.cells
    cells.setFocus()
    while cells.textCursor().charFormat().anchorHref() != "study:fu-2016":
        qtbot.keyClick(cells, Qt.Key.Key_Tab)
    qtbot.keyClick(cells, Qt.Key.Key_Return)
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == "fu-2016"


@pytest.mark.parametrize("name", ["e", "g"])
def test_without_a_scored_option_both_tabs_say_why(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    headline = _advice(window).headline.rstrip(".")
    _turn_to(qapp, window, COMPARE)
    compare = window.results.compare
    assert compare.nothing.isVisible() and headline in compare.nothing.text()
    assert not compare.cells.toPlainText() and not compare.as_table.isVisible()
    _turn_to(qapp, window, ROBUSTNESS)
    robustness = window.results.robustness
    assert robustness.nothing.isVisible() and headline in robustness.nothing.text()
    for part in (robustness.box, robustness.completions, robustness.bars):
        assert not part.isVisible()


def test_shares_on_screen_are_those_of_the_advice(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    advice = _advice(window)
    _turn_to(qapp, window, ROBUSTNESS)
    view = window.results.robustness
    assert view.box.firm.text() == advice.robustness.too_close
    assert view.box.words.text().startswith(advice.robustness.threshold)
    for line in advice.robustness.trade_offs:
        assert view.box.words.text().count(line.words) == 1
    for row, line in zip(_rows(view.rank_table), view.ranks.lines, strict=True):
        option = next(one for one in advice.options if one.short == line.name)
        assert line.shares == option.rank_acceptability
        assert row == [option.short, *(f"{round(100 * share)} of 100" for share in line.shares)]
        assert row[1] in line.spoken
    heads, rows = _heads(view.scenarios), _rows(view.scenarios)
    assert len(rows) == len(advice.robustness.scenarios)
    for row, scenario in zip(rows, advice.robustness.scenarios, strict=True):
        assert row[0].startswith(scenario.label)
        assert row[-1].casefold() == scenario.reading.casefold()
        for name, share in scenario.shares.items():
            at = heads.index(advice.option(name).short)
            assert row[at] == f"{round(100 * share)} of 100"
    drawn = view.drawn.text()
    assert f"{advice.robustness.draws:,} draws, seed {advice.robustness.seed}" in drawn
    assert f"{100 * advice.robustness.monte_carlo_error:.1f} of 100" in drawn


@pytest.mark.parametrize("name", ["b", "j", "a"])
def test_the_words_above_a_share_say_what_it_is_not(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    _turn_to(qapp, window, ROBUSTNESS)
    words = [one.text() for one in window.results.robustness.findChildren(QLabel)]
    assert "Share of simulated weightings, not a chance of benefit" in words
    words = [one.text() for one in window.results.compare.findChildren(QLabel)]
    assert any("not compared with each other or with an approved drug" in one for one in words)


def test_one_option_alone_has_no_share(qapp: QApplication, answered: Answered) -> None:
    window = answered("j")
    _turn_to(qapp, window, ROBUSTNESS)
    view = window.results.robustness
    assert "only Continue eculizumab can be ranked" in view.nothing.text()
    assert not view.bars.isVisible() and not view.drawn.isVisible()
    assert " of 100" not in str(_rows(view.scenarios))


def test_approved_treatment_first_is_why_nothing_is_scored(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("a")
    _turn_to(qapp, window, ROBUSTNESS)
    view = window.results.robustness
    assert "approved treatment that was not tried comes first" in view.nothing.text()
    assert not view.bars.isVisible()


def test_a_chip_of_a_deciding_fact_leads_to_its_field(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("j")
    _turn_to(qapp, window, ROBUSTNESS)
    view = window.results.robustness
    asked: list[str] = []
    view.asked_for.connect(asked.append)
    chips = [part for part in view.depends_on.parts if isinstance(part, Button)]
    for chip in chips:
        chip.click()
    assert tuple(asked) == _advice(window).robustness.completions.depends_on
    assert window.form.isVisible()
    first = [part.findChildren(QLabel)[0].text() for part in view.first.parts[1:]]
    can_be_first = _advice(window).robustness.completions.can_be_first
    assert first == [_advice(window).option(one).short for one in can_be_first]


def test_a_scenario_with_preferences_is_marked(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    _turn_to(qapp, window, ROBUSTNESS)
    advice = _advice(window)
    usual, *others = advice.robustness.scenarios
    with_wishes = replace(usual, preference="patient")
    robustness = replace(advice.robustness, scenarios=(usual, *others, with_wishes))
    view = window.results.robustness
    view.show_advice(replace(advice, robustness=robustness))
    rows = _rows(view.scenarios)
    assert "preferences" not in rows[0][0]
    assert rows[-1][0].endswith("(with preferences)")


def test_four_places_fit_and_are_read_out(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _turn_to(qapp, window, ROBUSTNESS)
    advice = _advice(window)
    shares = ((0.9, 0.06, 0.03, 0.01), (0.06, 0.9, 0.01, 0.03))
    shares += ((0.02, 0.02, 0.5, 0.46), (0.02, 0.02, 0.46, 0.5))
    ids = [one.id for one in compared(advice)]
    options = tuple(
        replace(one, rank_acceptability=shares[ids.index(one.id)]) if one.id in ids else one
        for one in advice.options
    )
    view = window.results.robustness
    changed = replace(advice, options=options)
    view.show_advice(changed)
    assert len(rank_lines(changed)) == 4
    qapp.processEvents()
    assert not view.ranks.grab().isNull()
    qtbot.keyClick(view.ranks, Qt.Key.Key_Down)
    one = view.ranks.accessibleDescription()
    qtbot.keyClick(view.ranks, Qt.Key.Key_Down)
    assert view.ranks.accessibleDescription() != one
    assert "fourth" in one


def test_why_not_says_what_would_change_an_excluded_option(answered: Answered) -> None:
    window = answered("b")
    page = window.results.result.words
    for option in _advice(window).with_status("excluded"):
        page.followed.emit(f"toggle:why:{option.id}")
    words = page.toPlainText()
    said = 0
    for option in _advice(window).with_status("excluded"):
        for change in option.changes[:3]:
            assert change.words in words
            said += 1
    assert said and "What would change it: If " in words
    window.results.tabs.setCurrentIndex(RESULT)


def _unnamed(parent: QWidget) -> list[QWidget]:
    found = []
    for part in parent.findChildren(QWidget):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or not part.isVisible():
            continue
        reader = QAccessible.queryAccessibleInterface(part)
        if reader is not None and not reader.text(QAccessible.Text.Name):
            found.append(part)
    return found


def _cut_words(table: WordTable) -> list[str]:
    cut = []
    for column in range(table.columnCount()):
        texts = [_heads(table)[column], *(row[column] for row in _rows(table))]
        for word in {word for text in texts for word in text.replace("-", "- ").split()}:
            if style.width_of(word, style.SMALL) > table.columnWidth(column):
                cut.append(word)
    return cut


@pytest.mark.parametrize("zoom", [1.0, 1.25, 2.0])
def test_no_word_is_cut_beside_the_form(
    qapp: QApplication, answered: Answered, zoom: float
) -> None:
    window = answered("b")
    style.choose(qapp, zoom=zoom)
    _turn_to(qapp, window, ROBUSTNESS)
    window.panes.show_form(not window.panes.is_narrow)
    qapp.processEvents()
    view = window.results.robustness
    assert _cut_words(view.scenarios) == []
    assert view.scenarios.horizontalScrollBar().maximum() == 0
    assert window.results.tabs.sizeHint().width() <= window.results.tabs.width()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("dark", [False, True])
def test_both_tabs_hold_at_any_look(
    qapp: QApplication, answered: Answered, zoom: float, dark: bool
) -> None:
    window = answered("b")
    style.choose(qapp, zoom=zoom, dark=dark)
    _turn_to(qapp, window, COMPARE)
    compare = window.results.compare
    assert compare.cells.document().idealWidth() <= compare.cells.viewport().width() + 1
    compare.as_table.click()
    _turn_to(qapp, window, ROBUSTNESS)
    window.results.robustness.as_table.click()
    for tab in (COMPARE, ROBUSTNESS):
        _turn_to(qapp, window, tab)
        assert _unnamed(window.results) == []
        for table in window.results.findChildren(WordTable):
            if table.isVisible():
                assert table.textElideMode() == Qt.TextElideMode.ElideNone
                assert table.verticalScrollBar().maximum() == 0
                assert table.horizontalScrollBar().maximum() == 0
                assert _cut_words(table) == []


def test_an_edit_takes_both_tabs_away(qtbot: QtBot, qapp: QApplication, answered: Answered) -> None:
    from nmosd_cds.gui.draft import Entry

    window = answered("b")
    for tab in (ROBUSTNESS, COMPARE):
        _turn_to(qapp, window, tab)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit("sex", Entry("known", "male"))
        for part in (window.results.compare.cells, window.results.compare.fit):
            assert not part.isVisibleTo(window.results.compare)
        assert not window.results.robustness.bars.isVisibleTo(window.results.robustness)
    assert window.results.compare.cells.isVisibleTo(window.results.compare)
