"""Preferences are asked by keyboard or mouse, drawn at once, undone, saved; none by default."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.advice.advise import advise
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui import style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.preference_draft import Points, PreferencesDraft, SetDraft
from nmosd_cds.gui.results.preferences_view import PreferencesView
from nmosd_cds.gui.results.result_tabs import PREFERENCES

Answered = Callable[[str], MainWindow]
ALT = Qt.KeyboardModifier.AltModifier
PATIENT = SetDraft(
    "patient", "15-Nov-2026", "ordinal", True, ("relapse_24m", "late_harm", "burden")
)
BOARD = SetDraft(
    "board",
    "20-Nov-2026",
    "swing",
    True,
    points={"relapse_24m": Points("100"), "treatment_related_death": Points("40", "70")},
)


def _view(window: MainWindow) -> PreferencesView:
    window.results.tabs.setCurrentIndex(PREFERENCES)
    QApplication.processEvents()
    return window.results.preferences


def _put(qtbot: QtBot, window: MainWindow, *sets: SetDraft, active: int | None = None) -> None:
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit_preferences(PreferencesDraft(active, sets), "test")


def _rows(table: QWidget) -> list[list[str]]:
    columns = range(table.columnCount())  # type: ignore[attr-defined]
    rows = range(table.rowCount())  # type: ignore[attr-defined]
    return [[table.item(row, at).text() for at in columns] for row in rows]  # type: ignore[attr-defined]


def test_no_preferences_is_the_default_and_is_said(answered: Answered) -> None:
    view = _view(answered("b"))
    assert view.state.text() == (
        "No preferences stated. "
        "No preferences are in use: the order is the one without preferences."
    )
    assert [card.title.text() for card in view.cards] == ["Without preferences"]
    assert view.cards[0].use.isChecked()


def test_a_set_is_asked_by_keyboard_alone(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    view, consultation = _view(window), window.consultation
    qtbot.keyClick(view.adds["patient"], Qt.Key.Key_Return)
    editor = view.editor
    assert editor.step == "stakes" and not editor.stakes.isHidden()
    assert (editor.owner.currentText(), editor.day.text()) == ("patient", "22-Nov-2026")
    qtbot.keyClick(editor.seen.buttons["yes"], Qt.Key.Key_Space)
    qtbot.keyClick(editor.on_to_questions, Qt.Key.Key_Return)
    assert "Nothing is in order yet" in editor.message.words.text()
    rows = editor.order.list
    assert rows.names[0] == "" and rows.chosen == "relapse_24m"
    qtbot.keyClick(rows, Qt.Key.Key_Up, ALT)
    for _step in range(2):
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert rows.chosen == "treatment_related_death"
    qtbot.keyClick(rows, Qt.Key.Key_Up, ALT)
    assert rows.names[:3] == ["relapse_24m", "treatment_related_death", ""]
    assert editor.order.level.isEnabled()
    with qtbot.waitSignal(consultation.advice_changed, timeout=30_000):
        qtbot.keyClick(editor.order.level, Qt.Key.Key_Space)
    one = consultation.case.preferences.sets[0]
    assert one.levels == (("relapse_24m", "treatment_related_death"),)
    assert one.harms_seen and consultation.case.preferences.active is None
    qtbot.keyClick(editor.order.level, Qt.Key.Key_Space)
    qtbot.keyClick(editor.back, Qt.Key.Key_Return)
    with qtbot.waitSignal(consultation.advice_changed, timeout=30_000) as answer:
        qtbot.keyClick(view.cards[1].use, Qt.Key.Key_Space)
    assert answer.args[0].robustness.preference == "ordinal"
    assert view.state.text() == (
        "In use: patient, 22-Nov-2026, order of importance, benefits and harms were shown before."
    )
    assert view.cards[1].use.isChecked() and not view.cards[0].use.isChecked()


def test_every_step_is_undone_and_done_again(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    view, consultation = _view(window), window.consultation
    stack = consultation.undo_stack
    view.adds["board"].click()
    view.editor.show_step("ask")
    view.editor.order.list.move_chosen(-1)
    qtbot.keyClick(view.editor.kind.buttons["swing"], Qt.Key.Key_Space)
    after = consultation.preferences
    assert window.isWindowModified()
    while stack.canUndo():
        stack.undo()
    assert consultation.preferences == PreferencesDraft() and view.opened is None
    assert not window.isWindowModified()
    while stack.canRedo():
        stack.redo()
    assert consultation.preferences == after
    assert [one.owner for one in after.sets] == ["board"]


def test_a_set_is_saved_with_the_case(qtbot: QtBot, answered: Answered, tmp_path: Path) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD, active=1)
    file = tmp_path / "case.json"
    window.files.write(file)
    assert not window.isWindowModified()
    assert read_case(file) == window.consultation.case
    stored = json.loads(file.read_text(encoding="utf-8"))["preferences"]
    assert stored["active"] == "board"
    assert stored["sets"][1]["weights"] == {
        "relapse_24m": 100,
        "treatment_related_death": {"low": 40, "high": 70},
    }


def test_a_row_is_dragged_with_the_mouse(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT)
    view = _view(window)
    view.open_set(0, "ask")
    QApplication.processEvents()
    rows = view.editor.order.list

    def middle(row: int) -> QPoint:
        return rows.visualItemRect(rows.item(row)).center()

    steps = window.consultation.undo_stack.count()
    viewport = rows.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle(2))
    for at in (1, 0):
        _move(viewport, middle(at) - QPoint(0, 4))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle(0))
    assert rows.names[:4] == ["burden", "relapse_24m", "late_harm", ""]
    assert window.consultation.case.preferences.sets[0].order[0] == "burden"
    assert window.consultation.undo_stack.count() == steps + 1
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle(0))
    _move(viewport, middle(5))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle(5))
    assert window.consultation.case.preferences.sets[0].order == ("relapse_24m", "late_harm")


def _move(widget: QWidget, to: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    where = QPointF(widget.mapToGlobal(to))
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(to), where, none, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def test_points_are_given_with_slider_and_box(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    view = _view(window)
    view.adds["board"].click()
    view.editor.show_step("ask")
    qtbot.keyClick(view.editor.kind.buttons["swing"], Qt.Key.Key_Space)
    points = view.editor.points
    assert "Nothing is weighed yet" in view.editor.message.words.text()
    points.first.setCurrentIndex(-1)
    qtbot.keyClick(points.first, Qt.Key.Key_Down)
    assert points.rows["relapse_24m"].box.text() == "100"
    row = points.rows["burden"]
    for _step in range(3):
        qtbot.keyClick(row.slider, Qt.Key.Key_PageUp)
    assert row.box.text() == "30"
    qtbot.keyClick(row.range, Qt.Key.Key_Space)
    assert not row.upper_box.isHidden()
    row.upper_box.selectAll()
    qtbot.keyClicks(row.upper_box, "55")
    assert row.upper_slider.value() == 55
    one = window.consultation.case.preferences.sets[0]
    assert [(n, int(low), int(high)) for n, low, high in one.ranges] == [("burden", 30, 55)]
    assert [(name, int(number)) for name, number in one.weights] == [("relapse_24m", 100)]


def test_a_second_first_item_takes_the_place_of_the_first(answered: Answered) -> None:
    window = answered("b")
    view = _view(window)
    view.adds["board"].click()
    view.editor.on_kind_chosen("swing")
    points = view.editor.points
    for name in ("relapse_24m", "late_harm"):
        at = points.first.findData(name)
        points.first.activated.emit(at)
        assert points.first.currentData() == name
    assert points.rows["relapse_24m"].box.text() == "100"


def test_bars_are_those_of_the_advice_without_and_with_each_set(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD, active=1)
    view, advice = _view(window), window.consultation.advice
    assert advice is not None
    lines = advice.robustness.preferences
    assert [line.owner for line in lines] == ["", "patient", "board"]
    names = {one.id: one.short for one in advice.options}
    found = view.shares()
    assert found[0].title == "Without preferences"
    for one, line, card in zip(found, lines, view.cards, strict=True):
        assert one.shares == {names[each]: share for each, share in line.shares.items()}
        assert list(card.bars.lines) == one.lines
        assert line.reading.rstrip(".") in card.reading.text()
        for mine, theirs in zip(
            one.weights, sorted(line.weights, key=_place(one.weights)), strict=True
        ):
            assert mine.mean == pytest.approx(theirs.mean)
            assert (mine.low, mine.high) == (theirs.low, theirs.high)
    first = next(o for o in advice.options if o.id == "ahsct")
    assert found[0].shares is not None
    assert found[0].shares[first.short] == first.first_rank_share


def _place(weights: tuple) -> Callable[[object], int]:
    order = [each.criterion for each in weights]
    return lambda weight: order.index(weight.criterion)  # type: ignore[attr-defined]


def test_the_table_says_what_the_bars_show(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD, active=0)
    view = _view(window)
    view.as_table.click()
    rows = {row[0]: row[1:] for row in _rows(view.table)}
    assert rows["In use"] == ["", "in use", ""]
    assert rows["Stated"][1].startswith("15-Nov-2026, order of importance, benefits and harms")
    assert "40 to 70 Death from the treatment within 12 months" in rows["What was said"][2]
    for at, one in enumerate(view.shares()):
        for line in one.lines:
            assert rows[f"{line.name} first"][at] == f"{100 * line.share:.0f} of 100"
    view.open_set(0, "ask")
    live = view.editor.live
    live.as_table.click()
    assert not live.table.isHidden() and all(part.isHidden() for part in live.parts)
    assert {row[0] for row in _rows(live.table)} >= {"AHSCT first"}


def test_while_a_weight_is_dragged_only_the_bars_move(
    qtbot: QtBot, make_window: Callable[[Engine], MainWindow], example_file: Callable[[str], Path]
) -> None:
    asked: list[object] = []

    def counted(case, knowledge, on):  # type: ignore[no-untyped-def]
        asked.append(case.preferences)
        return advise(case, knowledge, on=on)

    window = make_window(Engine(counted))
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.files.open(example_file("b"), is_example=True)
        window.consultation.start()
    _put(qtbot, window, BOARD, active=0)
    view = _view(window)
    view.open_set(0, "ask")
    slider = view.editor.points.rows["burden"].slider
    before, drawn = len(asked), set()
    slider.setSliderDown(True)
    for value in range(1, 100, 7):
        slider.setSliderPosition(value)
        drawn.add(tuple(line.share for line in view.editor.live.parts[1].bars.lines))
        qtbot.wait(10)
    assert window.consultation.advice is None and window.consultation.standing is not None
    qtbot.wait(200)
    assert len(asked) == before
    assert len(drawn) > 5
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000) as answer:
        slider.setSliderDown(False)
    assert len(asked) == before + 1
    line = answer.args[0].robustness.preferences[1]
    names = {one.id: one.short for one in answer.args[0].options}
    shown = {one.name: one.share for one in view.editor.live.parts[1].bars.lines}
    assert shown == {names[each]: share for each, share in line.shares.items()}
    window.consultation.undo_stack.undo()
    assert view.editor.points.rows["burden"].box.text() == ""


def test_a_changed_fact_takes_every_bar_away(answered: Answered) -> None:
    from nmosd_cds.gui.draft import Entry

    window = answered("b")
    view = _view(window)
    assert view.cards[0].bars.lines
    window.consultation.edit("weight", Entry("known", "60 kg"))
    assert not view.cards[0].bars.lines and view.nothing.text() == "Working out the answer"


@pytest.mark.parametrize("name", ["e", "g"])
def test_preferences_can_be_asked_where_nothing_is_ranked(
    qtbot: QtBot, answered: Answered, name: str
) -> None:
    window = answered(name)
    _put(qtbot, window, PATIENT, active=0)
    view = _view(window)
    assert "Nothing is ranked by score" in view.nothing.text()
    assert view.shares() == []
    view.open_set(0)
    assert view.editor.stakes_table.rowCount() == 8


def test_what_is_at_stake_is_shown_both_ways_with_what_is_known(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT)
    view = _view(window)
    view.open_set(0)
    rows = _rows(view.editor.stakes_table)
    assert len(rows) == 8
    groups = {row[0].rpartition("(")[2] for row in rows}
    assert groups == {"Benefit)", "Harm)", "Burden)"}
    death = next(row for row in rows if row[0].startswith("Death"))
    assert "From 40 (worst) to 0 (best) of 100 people" in death[1]
    assert "at worst 60 of 100 people without it, at best 100" in death[1]
    assert "n 16" in death[2] and "burt-2019" in death[2]
    assert any("Not reported" in cell for row in rows for cell in row[2:])
    assert view.editor.seen.buttons["yes"].isChecked()


def test_nonsense_is_kept_with_a_sentence_and_told_when_saving(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    _put(qtbot, window, BOARD, active=0)
    view = _view(window)
    view.open_set(0, "ask")
    row = view.editor.points.rows["late_harm"]
    QApplication.clipboard().setText("as much as\na car")
    row.box.paste()
    assert "is not a number. Write 0 to 100." in row.message.words.text()
    assert row.box.is_wrong and window.consultation.case.preferences.sets == ()
    assert window.consultation.preferences.sets[0].points["relapse_24m"] == Points("100")
    view.show_overview()
    assert "cannot be read yet" in view.state.text()
    assert "is not a number" in view.cards[1].message.words.text()
    window.files.write(tmp_path / "case.json")
    said = [each.text() for each in window.notice.findChildren(QLabel)]
    assert any(each.startswith("Preferences of board: `as much") for each in said)
    view.open_set(0, "ask")
    assert "car" in row.box.text()
    row.box.selectAll()
    qtbot.keyClicks(row.box, "20 to 30")
    assert not row.box.is_wrong
    assert window.consultation.case.preferences.sets[0].ranges[0][0] == "late_harm"


def test_of_a_broken_file_the_sets_that_can_be_read_are_opened(
    qtbot: QtBot, answered: Answered, tmp_path: Path
) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD, active=0)
    file = tmp_path / "case.json"
    window.files.write(file)
    broken = file.read_text(encoding="utf-8").replace('"low": 40', '"low": 90')
    file.write_text(broken, encoding="utf-8")
    window.files.open(file)
    said = [each.text() for each in window.notice.findChildren(QLabel)]
    assert any("low `90` is above high `70`. Exchange them." in each for each in said)
    window.notice.offer.click()
    assert [one.owner for one in window.consultation.case.preferences.sets] == ["patient"]
    assert window.consultation.case.preferences.active == "patient"
    assert window.consultation.case.id == "example-b"


def test_a_theme_changed_while_a_weight_is_dragged_leaves_no_advice_waiting(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _put(qtbot, window, BOARD)
    view = _view(window)
    view.open_set(0, "ask")
    slider = view.editor.points.rows["burden"].slider
    slider.setSliderDown(True)
    slider.setSliderPosition(40)
    assert window.consultation.is_held
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        style.choose(qapp, dark=True)


def test_a_criterion_of_an_older_knowledge_stays_and_says_so(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    older = replace(PATIENT, order=("relapse_24m", "gone", "burden"))
    weighed = replace(BOARD, points={**BOARD.points, "gone_too": Points("20")})
    _put(qtbot, window, older, weighed, active=0)
    view = _view(window)
    assert "gone (not a criterion of this knowledge: kept, not counted)" in (
        view.cards[1].said.text()
    )
    view.open_set(0, "ask")
    item = view.editor.order.list.item(1)
    assert "kept, not counted" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    view.open_set(1, "ask")
    assert "gone_too" in view.editor.points.rows
    assert window.consultation.case.preferences.sets[0].order == older.order


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("step", ["stakes", "ask"])
def test_every_control_has_a_name(qtbot: QtBot, answered: Answered, which: int, step: str) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD, active=0)
    view = _view(window)
    view.open_set(which, step)
    QApplication.processEvents()
    for part in view.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            reader = QAccessible.queryAccessibleInterface(part)
            assert reader is None or reader.text(QAccessible.Text.Name), part


def test_theme_and_zoom_keep_the_set_that_is_asked(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD)
    _view(window).open_set(1, "ask")
    style.choose(qapp, dark=True, zoom=2.0)
    view = window.results.preferences
    assert view.place == (1, "ask")
    assert view.editor.points.rows["relapse_24m"].box.text() == "100"


@pytest.mark.parametrize("zoom", style.ZOOMS)
def test_nothing_is_wider_than_the_page_at_any_zoom(
    qtbot: QtBot, qapp: QApplication, answered: Answered, zoom: float
) -> None:
    window = answered("b")
    _put(qtbot, window, PATIENT, BOARD)
    style.choose(qapp, zoom=zoom)
    for place in ((None, "stakes"), (0, "stakes"), (0, "ask"), (1, "ask")):
        view = _view(window)
        view.open_set(*place)
        qapp.processEvents()
        page = view.editor.page if place[0] is not None else view.pages.currentWidget()
        content = page.widget()  # type: ignore[attr-defined]
        assert content.minimumSizeHint().width() <= page.viewport().width(), place  # type: ignore[attr-defined]


def test_tabs_that_do_not_fit_beside_the_form_stand_on_a_second_line(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.resize(1190, 768)
    window.panes.show_form(True)
    qapp.processEvents()
    assert window.form.isVisible() and window.results.isVisible()
    tabs = window.results.tabs
    rects = [tabs.tabRect(index) for index in range(tabs.count())]
    assert all(tabs.rect().contains(rect) for rect in rects)
    assert len({rect.top() for rect in rects}) == 2
    for at, rect in enumerate(rects):
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=rect.center())
        assert tabs.currentIndex() == at
        window.panes.show_form(True)


@pytest.mark.parametrize("zoom", [1.25, 2.0])
def test_a_larger_zoom_leaves_the_window_its_size(
    qapp: QApplication, answered: Answered, zoom: float
) -> None:
    window = answered("b")
    _view(window)
    style.choose(qapp, zoom=zoom)
    qapp.processEvents()
    assert (window.width(), window.height()) == (1366, 768)
