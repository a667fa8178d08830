"""Every plot has words, a table, a keyboard and a picture; the numbers are made up by hand."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from robust_builders import CHANGED, DIVIDES, TOO_CLOSE, with_all

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, PLAN, RESULT, ROBUSTNESS
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.report.spreadsheet import csv_bytes

Answered = Callable[[str], MainWindow]


def _turn_to(qapp: QApplication, window: MainWindow, tab: int) -> None:
    window.results.tabs.setCurrentIndex(tab)
    qapp.processEvents()


def _show(window: MainWindow, advice: Advice) -> None:
    window.consultation.advice = advice
    window.consultation.advice_changed.emit(advice)


@pytest.fixture
def shown(qapp: QApplication, answered: Answered) -> MainWindow:
    """Robustness of a hand-made statement with every part filled."""
    window = answered("b")
    assert window.consultation.advice is not None
    _show(window, with_all(window.consultation.advice, swings=14))
    _turn_to(qapp, window, ROBUSTNESS)
    return window


def _plots(window: MainWindow) -> dict[str, Plot]:
    view = window.results.robustness
    found: dict[str, Plot] = {
        "ranks": view.ranks,
        "swings": view.swings,
        "weights": view.central,
        "forest": window.results.evidence.forest,
    }
    return found


PLOTS = ("ranks", "swings", "weights", "forest")


def _rows(table: WordTable) -> list[list[str]]:
    return [list(row) for row in table.rows]


def _open_menu(plot: Plot | WordTable) -> QMenu:
    at = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(plot, QContextMenuEvent(reason, at, plot.mapToGlobal(at)))
    menu = plot.menu
    assert menu is not None
    menu.close()
    return menu


def _run(menu: QMenu, words: str) -> None:
    (action,) = [one for one in menu.actions() if one.text().replace("&", "") == words]
    action.trigger()


@pytest.mark.parametrize("name", PLOTS)
def test_every_item_is_reached_by_key_and_read_out(
    qtbot: QtBot, qapp: QApplication, shown: MainWindow, name: str
) -> None:
    _turn_to(qapp, shown, EVIDENCE if name == "forest" else ROBUSTNESS)
    plot = _plots(shown)[name]
    assert plot.focusPolicy() & Qt.FocusPolicy.TabFocus and plot.accessibleName()
    plot.setFocus()
    wanted = [text for at, text in enumerate(plot.texts()) if plot.can_choose(at)]
    heard = []
    plot.at = -1
    for _text in wanted:
        qtbot.keyClick(plot, Qt.Key.Key_Down)
        heard.append(plot.accessibleDescription())
    assert heard == wanted and len(wanted) > 1
    qtbot.keyClick(plot, Qt.Key.Key_Down)  # the end holds
    assert plot.accessibleDescription() == wanted[-1]
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.accessibleDescription() == wanted[-2]


def test_left_and_right_go_from_option_to_option(qtbot: QtBot, shown: MainWindow) -> None:
    plot = shown.results.robustness.central
    plot.choose(0)
    assert plot.accessibleDescription() == (
        "AHSCT, first in 44 of 100; in 62 of 100 if exactly these weights held. "
        "First relapse within 24 months: 30 of 100"
    )
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription().startswith("Continue eculizumab, first in 56 of 100; ")
    assert plot.accessibleDescription().endswith("First relapse within 24 months: 17 of 100")
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleDescription().startswith("AHSCT, ")


@pytest.mark.parametrize("name", PLOTS)
def test_every_item_lies_inside_its_plot_and_a_click_chooses_it(
    qtbot: QtBot, qapp: QApplication, shown: MainWindow, name: str
) -> None:
    _turn_to(qapp, shown, EVIDENCE if name == "forest" else ROBUSTNESS)
    plot = _plots(shown)[name]
    for at in range(len(plot.texts())):
        box = plot.box_of(at)
        assert box.bottom() <= plot.height() and box.right() <= plot.width() + 1
        if plot.can_choose(at) and name != "forest":  # there a click opens the study
            qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
            assert plot.at == at
    assert not plot.grab().isNull()


def test_the_swings_say_both_ends_and_what_is_left_out(shown: MainWindow) -> None:
    view = shown.results.robustness
    assert view.swings_part.title.text() == (
        "What moves the share of AHSCT: 44 of 100 under the usual assumptions"
    )
    texts = view.swings.texts()
    assert len(texts) == 12
    assert texts[0] == (
        "How much a first relapse within 24 months counts: 12 of 100 (it counts least: under 4 of "
        "100), 79 of 100 (it counts most: over 61 of 100)"
    )
    assert texts[2] == "All regimens: 35 of 100 (judged by all regimens)"
    assert view.swings_more.text() == "2 more stand in the table."
    rows = _rows(view.swings_part.table)
    assert len(rows) == 14
    assert rows[0][1:] == [
        "12 of 100", "it counts least: under 4 of 100",
        "79 of 100", "it counts most: over 61 of 100",
    ]  # fmt: skip
    assert rows[2][1:] == ["35 of 100", "judged by all regimens", "", ""]


def test_the_boxes_say_what_is_close_what_changes_it_and_what_divides(shown: MainWindow) -> None:
    view = shown.results.robustness
    assert view.box.firm.text().split("\n") == [TOO_CLOSE, CHANGED]
    assert view.box.words.text().split("\n")[1:] == [DIVIDES]
    assert view.never.text() == "Never first, so no weighting speaks for it: BCMA CAR-T."
    assert "10,000 draws, seed 20261122" in view.drawn.text()
    result = shown.results.result
    assert result.firm.text().split("\n") == [TOO_CLOSE, CHANGED]
    assert TOO_CLOSE in result.plain_text()


def test_what_stands_beside_the_outcome_leaves_with_it(shown: MainWindow) -> None:
    result = shown.results.result
    assert result.firm.text()
    result.clear()
    assert result.firm.text() == "" and not result.firm.isVisibleTo(result)


def test_pairs_sets_and_scenarios_stand_in_tables(shown: MainWindow) -> None:
    view = shown.results.robustness
    assert _rows(view.pairwise) == [
        ["AHSCT", "itself", "44 of 100"],
        ["Continue eculizumab", "56 of 100", "itself"],
    ]
    heads = [view.preferences.horizontalHeaderItem(at).text() for at in range(4)]
    assert heads == ["Preferences", "No preferences", "Patient, 15-Nov-2026", "Board, 20-Nov-2026"]
    found = {row[0]: row[1:] for row in _rows(view.preferences)}
    assert found["AHSCT first"] == ["44 of 100", "81 of 100", "30 of 100"]
    assert found["Harms shown before"] == ["not applicable", "yes", "no"]
    leads = [row[-2] for row in _rows(view.scenarios)]
    assert leads == ["As usual", "Changed", "no share"]
    bold = [view.scenarios.item(row, 0).font().bold() for row in range(3)]
    assert bold == [False, True, False]


def test_without_a_stored_set_the_tab_says_so(shown: MainWindow) -> None:
    advice = shown.consultation.advice
    assert advice is not None
    alone = replace(advice.robustness, preferences=advice.robustness.preferences[:1])
    _show(shown, replace(advice, robustness=alone))
    view = shown.results.robustness
    assert view.no_preferences.text() == (
        "No preferences are stored: every weighting counts alike."
    )
    assert not view.preferences.isVisible()


def test_tables_and_plots_take_turns(qapp: QApplication, shown: MainWindow) -> None:
    view = shown.results.robustness
    parts = (view.bars, view.swings_part, view.central_part)
    assert all(one.plot.isVisible() and not one.table.isVisible() for one in parts)
    view.as_table.click()
    qapp.processEvents()
    assert all(one.table.isVisible() and not one.plot.isVisible() for one in parts)
    for one in parts:
        assert len(_rows(one.table)) == len(one.plot.rows())


@pytest.mark.parametrize("name", PLOTS)
def test_the_menu_copies_words_and_table(qapp: QApplication, shown: MainWindow, name: str) -> None:
    plot = _plots(shown)[name]
    menu = _open_menu(plot)
    _run(menu, "Copy as text")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1 : 1 + len(plot.texts())] == list(plot.texts())
    assert lines[-1] == plot.caption
    _run(menu, "Copy as table")
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0] == list(plot.heads())
    assert len(copied) == 1 + len(plot.rows())
    assert {len(line) for line in copied} == {len(plot.heads())}


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_is_saved_light_with_its_words_and_its_warning(
    qapp: QApplication, shown: MainWindow, tmp_path: Path, name: str, kind: str
) -> None:
    style.choose(qapp, dark=True, zoom=1.5)
    plot = _plots(shown)[name]
    _run(_open_menu(plot), f"Save as {kind.upper()}...")
    assert plot.dialog is not None and "NOT encrypted" in plot.dialog.windowTitle()
    path = tmp_path / f"plot.{kind}"
    plot.dialog.fileSelected.emit(str(path))
    plot.dialog.close()
    assert style.look.is_dark and style.look.zoom == 1.5
    if kind == "png":
        image = QImage(str(path))
        assert image.pixelColor(3, 3).name() == "#ffffff"
        # A long forest is as tall as it is; it stays small enough for other programs.
        assert image.width() > (1000 if name == "forest" else 2000)
        assert image.width() * image.height() < 25_000_000
        return
    words = path.read_text(encoding="utf-8")
    assert words.startswith("<?xml") and "<title>" in words
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", words))
    assert plot.caption[:40] in drawn or plot.caption.split()[0] in drawn
    assert "<image" not in words  # drawn, not painted


def test_a_picture_does_not_name_the_person(shown: MainWindow) -> None:
    for plot in _plots(shown).values():
        assert b"EXAMPLE, Bea" not in plot.picture("svg")


def test_a_picture_that_cannot_be_saved_is_a_sentence(
    qtbot: QtBot, shown: MainWindow, tmp_path: Path
) -> None:
    plot = shown.results.robustness.ranks
    plot.ask_save("png")
    assert plot.dialog is not None
    with qtbot.waitSignal(shown.consultation.failed) as caught:
        plot.dialog.fileSelected.emit(str(tmp_path / "none" / "plot.png"))
    plot.dialog.close()
    failure = caught.args[0]
    assert isinstance(failure, Failure) and failure.title == "The file was not saved"
    assert "does not exist" in failure.sentences[0]
    assert shown.notice.isVisible()


def test_the_effects_are_copied_and_exported(
    qapp: QApplication, shown: MainWindow, tmp_path: Path
) -> None:
    _turn_to(qapp, shown, COMPARE)
    view = shown.results.compare
    view.copy.click()
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0][0] == "Criterion" and len(copied) == 10  # heads, status, eight criteria
    view.export.click()
    assert view.table.dialog is not None
    path = tmp_path / "effects.csv"
    view.table.dialog.fileSelected.emit(str(path))
    view.table.dialog.close()
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in rows] == [line[0] for line in copied]
    assert any("n 12, certainty very low" in cell for row in rows for cell in row)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_effects_are_saved_as_a_picture(
    qapp: QApplication, shown: MainWindow, kind: str
) -> None:
    style.choose(qapp, dark=True, zoom=1.5)
    _turn_to(qapp, shown, COMPARE)
    view = shown.results.compare
    menu = QMenu()
    view.cells.fill_menu(menu)
    words = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert words == ["Save as SVG...", "Save as PNG...", "Save as CSV..."]
    raw = view.picture(kind)
    if kind == "svg":
        said = raw.decode()
        # A line of text begins with the shape before it, and is broken as on the screen.
        for part in ("Effects table", "AHSCT", "25 of 100", "Never compared head to head"):
            assert part in said
    else:
        image = QImage.fromData(raw)
        assert image.width() > 2000 and image.pixelColor(3, 3).name() == "#ffffff"
    assert style.look.zoom == 1.5


def test_every_plot_offers_picture_and_table(qapp: QApplication, shown: MainWindow) -> None:
    for tab in (EVIDENCE, ROBUSTNESS, PLAN):
        _turn_to(qapp, shown, tab)
    for plot in (*_plots(shown).values(), shown.results.plan.calendar):
        words = [one.text().replace("&", "") for one in _open_menu(plot).actions() if one.text()]
        assert words == [
            "Copy as text", "Copy as table", "Save as SVG...", "Save as PNG...", "Save as CSV...",
        ], plot.name  # fmt: skip
        rows = list(csv.reader(io.StringIO(plot.picture("csv").decode("utf-8-sig"))))
        assert rows[0] == list(plot.heads()) and len(rows) == len(plot.rows()) + 1 > 1
        assert plot.name in plot.picture("svg").decode() and plot.caption


def test_a_cell_that_begins_like_a_formula_is_exported_as_text() -> None:
    rows = list(
        csv.reader(
            io.StringIO(csv_bytes(("a", "b"), [("=1+1", "+0.2 points")]).decode("utf-8-sig"))
        )
    )
    assert rows == [["a", "b"], ["'=1+1", "'+0.2 points"]]


def test_excluded_options_join_the_effects_on_demand(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("a")
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    assert window.consultation.advice is not None
    barred = [
        one.short for one in window.consultation.advice.with_status("excluded") if one.effects
    ]
    assert barred and view.with_excluded.isVisible()
    before = len(view.table.heads)
    view.with_excluded.click()
    qapp.processEvents()
    assert len(view.table.heads) == before + len(barred)
    for name in barred:
        assert name in view.head.toPlainText() + view.cells.toPlainText()


def test_studies_of_other_diseases_stand_last_and_say_so(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    said = [cell for row in _rows(view.table) for cell in row if "daikeler-2011" in cell]
    assert said and all(
        cell.endswith("burt-2019; other diseases: daikeler-2011-secondary-ad.") for cell in said
    )
    # The 347 people with other diseases count a tenth each and join no number of patients.
    assert "derived, n 12, certainty very low" in said[0]
    assert "indirect, counted at 0.1: 29 of 347" in said[0]
    kinds = "\n".join(cell for row in _rows(view.table) for cell in row)
    for word in ("derived, n 12", "judgement", "not reported", "not applicable", "absent"):
        assert word in kinds


def test_the_fit_stands_under_the_effects(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    _turn_to(qapp, window, COMPARE)
    view = window.results.compare
    advice = window.consultation.advice
    assert advice is not None
    rows = {row[0]: row for row in _rows(view.fit)}
    for line in advice.option("ahsct").fit.lines:
        cell = rows[line.feature][2]
        assert line.counted in cell and line.studied.rstrip(".") in cell and line.means in cell
    assert "with this serostatus" in rows["Patients studied"][2]


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_of_the_full_tab_is_cut(
    qapp: QApplication, shown: MainWindow, zoom: float, dark: bool
) -> None:
    style.choose(qapp, zoom=zoom, dark=dark)
    _turn_to(qapp, shown, ROBUSTNESS)
    view = shown.results.robustness
    for plot in (view.ranks, view.swings, view.central):
        assert plot.height() == plot.tall_at(float(plot.width()))
        assert plot.width() <= shown.width()
    for part in view.findChildren(QLabel):
        if part.isVisible() and part.text() and part.wordWrap():
            assert part.height() >= part.heightForWidth(part.width()), part.text()
    view.as_table.click()
    qapp.processEvents()
    for table in view.findChildren(WordTable):
        if table.isVisible():
            assert table.horizontalScrollBar().maximum() == 0, table.name
            assert table.verticalScrollBar().maximum() == 0, table.name


def _luminance(name: str) -> float:
    from PySide6.QtGui import QColor

    colour = QColor(name)
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_both_ends_of_a_swing_can_be_told_apart_without_colour(
    qapp: QApplication, dark: bool
) -> None:
    style.choose(qapp, dark=dark)
    tokens = style.tokens()
    assert _contrast(style.place_colour(0).name(), tokens.surface) >= 3
    assert _contrast(tokens.edge, tokens.surface) >= 3
    assert _contrast(tokens.text, tokens.surface) >= 4.5


def test_the_result_tab_is_left_as_it_was(qapp: QApplication, shown: MainWindow) -> None:
    _turn_to(qapp, shown, RESULT)
    assert shown.results.result.sentence.isVisible()
    assert shown.results.result.firm.isVisible()
