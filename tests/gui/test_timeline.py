"""The Timeline tab on real events: keys, mouse, the row beside it, undo, table, range."""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.colours import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Tokens, classes_of
from nmosd_cds.gui.draft import RowsEntry
from nmosd_cds.gui.form.rows_editor import LongRow
from nmosd_cds.gui.form.values import LineValue
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import TIMELINE
from nmosd_cds.gui.results.timeline_view import TimelineView
from nmosd_cds.gui.timeline.events import ATTACKS, DRUGS, SCORES, SIGHT
from nmosd_cds.gui.timeline.picture import TimelinePicture

Answered = Callable[[str], MainWindow]
Key, Held, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


def _turned(qapp: QApplication, window: MainWindow) -> TimelineView:
    window.activateWindow()
    window.results.tabs.setCurrentIndex(TIMELINE)
    qapp.processEvents()
    window.results.timeline.picture.setFocus()
    return window.results.timeline


@pytest.fixture
def view(qapp: QApplication, answered: Answered) -> TimelineView:
    """Example b: 8 attacks, 4 drugs, one EDSS and one acuity."""
    return _turned(qapp, answered("b"))


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, tmp_path: Path
) -> Callable[..., TimelineView]:
    """The tab with a case of some facts."""

    def open_facts(**facts: object) -> TimelineView:
        data = {"schema_version": 1, "fictional": True, "as_of": "2026-11-22", "patient": facts}
        path = tmp_path / "case.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
            window.files.open(path)
            window.consultation.start()
        return _turned(qapp, window)

    return open_facts


def _rows(view: TimelineView, field: str) -> tuple[dict[str, str], ...]:
    entry = view._consultation.entry(field)
    assert isinstance(entry, RowsEntry)
    return tuple({name: one.text for name, one in row.items()} for row in entry.rows)


def _at(picture: TimelinePicture, field: str, row: int) -> int:
    found = [
        at
        for at, item in enumerate(picture.items)
        if (item.mark.field, item.mark.row) == (field, row)
    ]
    return found[0]


def _chosen(picture: TimelinePicture) -> tuple[str, int]:
    mark = picture.items[picture.at].mark
    return mark.field, mark.row


def test_arrow_keys_reach_every_item_along_and_across_the_lanes(
    qtbot: QtBot, view: TimelineView
) -> None:
    picture = view.picture
    qtbot.keyClick(picture, Key.Key_Home)
    reached = [_chosen(picture)]
    for _n in range(7):
        qtbot.keyClick(picture, Key.Key_Right)
        reached.append(_chosen(picture))
    assert reached == [(ATTACKS, row) for row in range(8)]
    qtbot.keyClick(picture, Key.Key_Right)  # the end holds
    assert _chosen(picture) == (ATTACKS, 7)
    lanes = []
    for _n in range(7):
        lanes.append(_chosen(picture))
        qtbot.keyClick(picture, Key.Key_Down)
    # Classical, B cell, IL-6R, C5, each with the drug that is nearest in time.
    assert lanes == [
        (ATTACKS, 7), (SCORES, 0), (SIGHT, 0), (DRUGS, 0), (DRUGS, 1), (DRUGS, 2), (DRUGS, 3),
    ]  # fmt: skip
    qtbot.keyClick(picture, Key.Key_Up)
    assert _chosen(picture) == (DRUGS, 2)


def test_what_is_chosen_is_read_out_and_written_above(qtbot: QtBot, view: TimelineView) -> None:
    qtbot.keyClick(view.picture, Key.Key_Home)
    words = (
        "Attack 1, 12-Jun-2017. Sites: Optic nerve, right. Severity: Moderate. Confirmed: yes. "
        "Infection excluded: yes. Recovery: Partial. On no listed drug."
    )
    assert view.said.text() == words == view.picture.accessibleDescription()
    reader = QAccessible.queryAccessibleInterface(view.picture)
    assert reader is not None and reader.childCount() == 14
    assert reader.child(0).text(QAccessible.Text.Name) == words
    assert reader.focusChild().text(QAccessible.Text.Name) == words


def test_enter_opens_the_row_and_the_same_message_stands_beside_its_field(
    qtbot: QtBot, view: TimelineView
) -> None:
    qtbot.keyClick(view.picture, Key.Key_Home)
    qtbot.keyClick(view.picture, Key.Key_Return)
    row = view.editor.editor
    assert isinstance(row, LongRow) and view.editor.isVisible()
    onset = row.editors["onset"].value
    assert isinstance(onset, LineValue) and onset.line.hasFocus()
    onset.line.selectAll()
    qtbot.keyClicks(onset.line, "31-Feb-2018")
    form = view._consultation.problems["attacks[0].onset"]
    assert row.editors["onset"].message.isVisible()
    assert form[0].what in row.editors["onset"].message.words.text()
    # It is still on the picture: below, since its date cannot be read.
    lane = view.picture.items[_at(view.picture, ATTACKS, 0)].lane
    assert lane == "undated"
    onset.line.selectAll()
    qtbot.keyClicks(onset.line, "Feb 2018")
    assert not row.editors["onset"].message.isVisible()
    assert str(view.picture.items[_at(view.picture, ATTACKS, 0)].mark.when) == "2018-02"
    qtbot.keyClick(onset.line, Key.Key_Escape)
    assert not view.editor.isVisible() and view.picture.hasFocus()


def test_enter_goes_from_field_to_field_and_back_to_the_picture(
    qtbot: QtBot, qapp: QApplication, view: TimelineView
) -> None:
    view.open_mark(view.picture.items[_at(view.picture, SCORES, 0)].mark)
    assert isinstance(view.editor.editor, LongRow)
    for name in ("date", "value", "visual_functional_system"):
        value = view.editor.editor.editors[name].value
        assert isinstance(value, LineValue) and value.line.hasFocus()
        qtbot.keyClick(value.line, Key.Key_Return)
    assert not view.editor.isVisible() and view.picture.hasFocus()


def test_an_edit_of_the_picture_asks_for_new_advice_and_can_be_undone(
    qtbot: QtBot, view: TimelineView
) -> None:
    consultation = view._consultation
    view.picture.choose(_at(view.picture, ATTACKS, 7))
    with qtbot.waitSignals([consultation.advice_cleared, consultation.advice_changed]):
        qtbot.keyClick(view.picture, Key.Key_Delete)
        assert consultation.advice is None
    assert len(_rows(view, ATTACKS)) == 7 and len(view.picture.history.attacks) == 7
    consultation.undo_stack.undo()
    assert _rows(view, ATTACKS)[7]["onset"] == "30-Jul-2026"
    assert len(view.picture.history.attacks) == 8


@pytest.mark.parametrize(
    ("key", "field"),
    [
        (Key.Key_A, ATTACKS),
        (Key.Key_E, SCORES),
        (Key.Key_V, SIGHT),
        (Key.Key_D, DRUGS),
        (Key.Key_Insert, ATTACKS),
    ],
)
def test_a_key_adds_a_row_and_opens_it(
    qtbot: QtBot, view: TimelineView, key: Qt.Key, field: str
) -> None:
    before = len(_rows(view, field))
    qtbot.keyClick(view.picture, Key.Key_Home)
    qtbot.keyClick(view.picture, key)
    assert len(_rows(view, field)) == before + 1 and _rows(view, field)[-1] == {}
    assert (view.editor.field, view.editor.row) == (field, before)
    # Without a date it has no place, and is named below the picture.
    assert view.picture.items[_at(view.picture, field, before)].lane == "undated"
    view._consultation.undo_stack.undo()
    assert len(_rows(view, field)) == before and not view.editor.isVisible()


def test_the_buttons_add_too(qtbot: QtBot, view: TimelineView) -> None:
    for field, button in view.add_buttons.items():
        before = len(_rows(view, field))
        qtbot.keyClick(button, Key.Key_Space)
        assert len(_rows(view, field)) == before + 1


def test_alt_and_an_arrow_move_a_day_and_undo_brings_it_back(
    qtbot: QtBot, view: TimelineView
) -> None:
    view.picture.choose(_at(view.picture, ATTACKS, 0))
    qtbot.keyClick(view.picture, Key.Key_Right, Held.AltModifier)
    assert _rows(view, ATTACKS)[0]["onset"] == "13-Jun-2017"
    assert "13-Jun-2017" in view.said.text()
    qtbot.keyClick(view.picture, Key.Key_Left, Held.AltModifier)
    assert _rows(view, ATTACKS)[0]["onset"] == "12-Jun-2017"
    view._consultation.undo_stack.undo()
    assert _rows(view, ATTACKS)[0]["onset"] == "13-Jun-2017"


def _drag(qtbot: QtBot, picture: TimelinePicture, start: QPoint, by: int) -> None:
    qtbot.mousePress(picture, Left, pos=start)
    for step in (by // 2, by):
        qtbot.mouseMove(picture, start + QPoint(step, 0))
    qtbot.mouseRelease(picture, Left, pos=start + QPoint(by, 0))


def test_the_mouse_moves_an_attack_by_as_many_days_as_pixels(
    qtbot: QtBot, view: TimelineView
) -> None:
    picture = view.picture
    place = next(one for one in picture.made.attacks.places if one.mark.row == 0)
    start = QPoint(round(place.body.x + 6), round(place.body.y + 6))
    days = round(60 / picture.made.scale.per_day)
    _drag(qtbot, picture, start, 60)
    moved = picture.items[_at(picture, ATTACKS, 0)].mark.when
    assert moved is not None and moved.is_day
    assert (moved.first - date(2017, 6, 12)).days == days
    view._consultation.undo_stack.undo()
    assert _rows(view, ATTACKS)[0]["onset"] == "12-Jun-2017"


def test_a_drag_reads_out_the_day_and_escape_lets_go(qtbot: QtBot, view: TimelineView) -> None:
    picture = view.picture
    place = next(one for one in picture.made.attacks.places if one.mark.row == 0)
    start = QPoint(round(place.body.x + 6), round(place.body.y + 6))
    qtbot.mousePress(picture, Left, pos=start)
    qtbot.mouseMove(picture, start + QPoint(30, 0))
    drag = picture._drag
    assert drag is not None and drag.move is not None and drag.move.words.endswith("-2017")
    assert not picture.grab().isNull()
    qtbot.keyClick(picture, Key.Key_Escape)
    qtbot.mouseRelease(picture, Left, pos=start + QPoint(30, 0))
    assert _rows(view, ATTACKS)[0]["onset"] == "12-Jun-2017"


def test_the_end_of_a_drug_moves_alone(qtbot: QtBot, view: TimelineView) -> None:
    picture = view.picture
    bar = next(one for one in picture.made.lanes.bars if one.mark.row == 0)
    end = QPoint(round(bar.bar.right - 2), round(bar.bar.y + 10))
    _drag(qtbot, picture, end, 40)
    row = _rows(view, DRUGS)[0]
    assert row["start"] == "01-Aug-2017" and row["stop"] != "20-Dec-2018"
    _drag(qtbot, picture, QPoint(round(bar.bar.x + 30), round(bar.bar.y + 10)), -20)
    assert _rows(view, DRUGS)[0]["start"] != "01-Aug-2017"


def test_a_coarse_date_is_asked_for_and_stays_as_coarse(
    qtbot: QtBot, opened: Callable[..., TimelineView]
) -> None:
    view = opened(attacks={"rows": [{"onset": "2024", "sites": ["spinal-cord"]}]})
    place = view.picture.made.attacks.places[0]
    _drag(qtbot, view.picture, QPoint(round(place.body.x + 20), round(place.body.y + 7)), 60)
    assert _rows(view, ATTACKS)[0]["onset"] == "2024"
    assert view.editor.isVisible() and "not known to the day" in view.editor.note.text()


def test_a_double_click_adds_there_no_sharper_than_the_hand(
    qtbot: QtBot, qapp: QApplication, view: TimelineView
) -> None:
    picture = view.picture
    band = next(one for one in picture.made.bands if one[0] == SCORES)
    scale = picture.made.scale
    # 10 years on a thousand pixels: a month is about 10 pixels, a day is none.
    x = round(scale.x(date(2021, 5, 15)))
    qtbot.mouseDClick(picture, Left, pos=QPoint(x, round(band[1] + 12)))
    assert _rows(view, SCORES)[-1] == {"date": "May-2021"}
    assert (view.editor.field, view.editor.row) == (SCORES, 1)


def test_a_double_click_on_an_item_opens_it(qtbot: QtBot, view: TimelineView) -> None:
    box = view.picture.box_of(_at(view.picture, DRUGS, 1))
    qtbot.mouseDClick(view.picture, Left, pos=box.center().toPoint())
    assert (view.editor.field, view.editor.row) == (DRUGS, 1)


def test_ranges_keys_and_wheel_change_what_is_shown(
    qtbot: QtBot, qapp: QApplication, view: TimelineView
) -> None:
    picture = view.picture
    whole = picture.made.scale.days
    qtbot.keyClick(view.ranges[2], Key.Key_Space)
    assert 730 <= picture.made.scale.days <= 780 and view.ranges[2].isChecked()
    assert "9 rows lie outside" in view.range_words.text()
    qtbot.keyClick(picture, Key.Key_Minus)
    assert picture.made.scale.days == pytest.approx(767 * 1.25, abs=2)
    assert not any(button.isChecked() for button in view.ranges.values())
    first = picture.shown[0]
    qtbot.keyClick(picture, Key.Key_Left, Held.ShiftModifier)
    assert picture.shown[0] < first
    days = picture.made.scale.days
    _wheel(qapp, picture, Held.ControlModifier, 120)
    assert picture.made.scale.days < days
    days = picture.made.scale.days
    _wheel(qapp, picture, Held.NoModifier, 120)  # the page scrolls
    assert picture.made.scale.days == days
    qtbot.keyClick(view.ranges[0], Key.Key_Space)
    assert picture.made.scale.days == whole


def _wheel(qapp: QApplication, picture: TimelinePicture, held: Held, turn: int) -> None:
    point = QPointF(400, 100)
    event = QWheelEvent(
        point, picture.mapToGlobal(point), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(picture, event)


def test_an_item_outside_the_range_comes_into_it_when_chosen(
    qtbot: QtBot, view: TimelineView
) -> None:
    view.show_years(2)
    assert view.picture.items[0].box is None
    qtbot.keyClick(view.picture, Key.Key_Home)
    assert view.picture.items[0].box is not None


def test_the_table_says_every_row_and_is_kept_up_to_date(
    qtbot: QtBot, qapp: QApplication, view: TimelineView
) -> None:
    qtbot.keyClick(view.as_table, Key.Key_Space)
    assert view.table.isVisible() and not view.picture.isVisible()
    # 8 attacks, EDSS, acuity, 4 drugs; then what is said of the newest two, and the steroid.
    assert view.table.rowCount() == 17
    view.add(ATTACKS)
    assert view.table.rowCount() == 18
    assert view.table.as_csv().count(b"\n") >= 18
    view.as_table.click()
    qtbot.keyClick(view.picture, Key.Key_C, Held.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.table.as_table()
    assert "Attack 1\t12-Jun-2017\tSites: Optic nerve, right." in view.table.as_table()


def test_a_stale_score_says_so_in_words(opened: Callable[..., TimelineView]) -> None:
    view = opened(
        attacks={
            "complete_since": "2020",
            "rows": [{"onset": "2026-09-02", "sites": ["spinal-cord"]}],
        },
        edss_series={"rows": [{"date": "2026-02-11", "value": 6.0}]},
    )
    said = [" ".join(words.lines) for words in view.picture.made.scores.words]
    assert "6.0 on 11-Feb-2026, stale" in said
    assert view.picture.made.scores.is_stale


def test_nothing_known_says_what_to_enter(
    qtbot: QtBot, qapp: QApplication, window: MainWindow
) -> None:
    view = _turned(qapp, window)
    assert view.said.text().startswith("Nothing is known yet.")
    assert view.title.text() == "Attacks are not known."
    made = view.picture.made
    said = [made.attacks.said, made.lanes.said, *made.scores.words, *made.sight.words]
    assert all(one is not None and "not known" in one.lines[0] for one in said)
    assert all(button.isVisible() for button in view.add_buttons.values())
    qtbot.keyClick(view.picture, Key.Key_Delete)  # nothing is chosen
    qtbot.keyClick(view.picture, Key.Key_Return)
    assert not view.editor.isVisible()


def test_a_contradiction_stays_on_the_picture_and_is_named(
    opened: Callable[..., TimelineView],
) -> None:
    rows = [{"onset": "2026-03-01"}, {"onset": "2026-03-09"}]
    view = opened(attacks={"rows": [{**rows[0], "sites": ["spinal-cord"]}]})
    entry = view._consultation.entry(ATTACKS)
    assert isinstance(entry, RowsEntry)
    view.add(ATTACKS)
    assert isinstance(view.editor.editor, LongRow)
    value = view.editor.editor.editors["onset"].value
    assert isinstance(value, LineValue)
    value.line.setText("09-Mar-2026")
    value._say()
    places = view.picture.made.attacks.places
    assert len(places) == 2 and "to check" in " ".join(places[1].words.lines)
    assert "1 row has to be checked" in view.title.text()
    assert "The same attack?" in view.picture.texts()[1]


def test_the_danger_of_stopping_stands_below_the_drugs(view: TimelineView) -> None:
    caption = view.picture.made.caption
    assert caption is not None
    said = " ".join(caption.lines)
    assert "14 of 17" in said and "4 of 6" in said and "withdrawal-hazard" in said


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("form", [False, True])
def test_it_fits_its_page_at_any_size(
    qapp: QApplication, answered: Answered, zoom: float, form: bool
) -> None:
    window = answered("b")
    window.resize(1366, 768)
    style.choose(qapp, zoom=zoom)
    view = _turned(qapp, window)
    window.panes.show_form(form and not window.panes.is_narrow)
    qapp.processEvents()
    made, picture = view.picture.made, view.picture
    assert picture.height() == round(made.tall)
    assert made.scale.right <= picture.width() <= view.page.viewport().width()
    right = max(place.words.box.right for place in made.attacks.places)
    assert right <= made.scale.right + 1
    view.open_mark(picture.items[0].mark)
    qapp.processEvents()
    assert view.editor.isVisible() and view.editor.height() >= 100
    assert view.editor.geometry().right() <= view.width()


def test_it_is_drawn_in_fifty_milliseconds(
    qapp: QApplication, opened: Callable[..., TimelineView]
) -> None:
    months = [f"{year}-{month:02d}-05" for year in range(2010, 2020) for month in (1, 4, 7, 10)]
    view = opened(
        attacks={"rows": [{"onset": day, "sites": ["spinal-cord"]} for day in months]},
        treatments={
            "rows": [
                {"drug": "azathioprine", "start": day, "stop": later}
                for day, later in zip(months, months[3:], strict=False)
            ][:25]
        },
    )
    assert len(view.picture.items) == 65
    view.picture.grab()
    taken = []
    for _n in range(7):
        start = time.perf_counter()
        view.picture.show_years(0)
        view.picture.grab()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_DARK, HIGH_LIGHT])
def test_names_can_be_read_on_the_ground_of_every_class(tokens: Tokens) -> None:
    text, shape = (7.0, 4.5) if tokens.is_high else (4.5, 3.0)
    for ground, edge in classes_of(tokens).values():
        assert _contrast(tokens.text, ground) >= text
        assert _contrast(edge, tokens.surface) >= shape


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
