"""A screen reader finds every item of every plot: as a child with a name, a place and a state."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.plots.spoken import _Charts
from nmosd_cds.gui.results.result_tabs import EVIDENCE, PLAN, ROBUSTNESS, TIMELINE

Answered = Callable[[str], MainWindow]
NAME = QAccessible.Text.Name


class Steps(Plot):
    """A heading and two lines, 20 pixels each."""

    def __init__(self) -> None:
        super().__init__("Steps")
        self.said = ["Heading", "First line", "Second line"]
        self.renew()

    def texts(self) -> list[str]:
        return self.said

    def heads(self) -> list[str]:
        return ["Line"]

    def rows(self) -> list[list[str]]:
        return [[one] for one in self.said]

    def tall_at(self, room: float) -> int:
        return 20 * len(self.said)

    def draw(self, painter: QPainter) -> None:
        return

    def box_of(self, at: int) -> QRectF:
        return QRectF(0, 20 * at, 100, 20)

    def can_choose(self, at: int) -> bool:
        return super().can_choose(at) and at > 0


@pytest.fixture(autouse=True)
def reader_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def steps(qtbot: QtBot) -> Steps:
    made = Steps()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def _reader(plot: Plot) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(plot)
    assert found is not None
    return found


def _children(plot: Plot) -> Iterator[QAccessibleInterface]:
    reader = _reader(plot)
    for at in range(reader.childCount()):
        child = reader.child(at)
        assert child is not None
        yield child


def test_a_plot_is_a_chart_whose_children_are_its_items(steps: Steps) -> None:
    assert _reader(steps).role() is QAccessible.Role.Chart
    assert _reader(steps).text(NAME) == "Steps"
    children = list(_children(steps))
    assert [one.text(NAME) for one in children] == ["Heading", "First line", "Second line"]
    item = QAccessible.Role.ListItem
    assert [one.role() for one in children] == [QAccessible.Role.StaticText, item, item]
    assert children[2].rect().topLeft() == steps.mapToGlobal(steps.rect().topLeft()) + _down(40)
    assert (children[2].rect().width(), children[2].rect().height()) == (100, 20)
    assert all(one.parent() == _reader(steps) for one in children)
    assert [_reader(steps).indexOfChild(one) for one in children] == [0, 1, 2]


def _down(pixels: int) -> QPoint:
    return QPoint(0, pixels)


def test_the_chosen_item_has_the_focus(qtbot: QtBot, steps: Steps) -> None:
    steps.setFocus()
    qtbot.waitUntil(steps.hasFocus)
    qtbot.keyClick(steps, Qt.Key.Key_Down)
    states = [one.state() for one in _children(steps)]
    assert [bool(one.focused) for one in states] == [False, False, True]
    assert [bool(one.selected) for one in states] == [False, False, True]
    assert [bool(one.focusable) for one in states] == [False, True, True]
    focused = _reader(steps).focusChild()
    assert focused is not None and focused.text(NAME) == "Second line"


def test_a_point_on_the_screen_finds_its_item(steps: Steps) -> None:
    point = steps.mapToGlobal(steps.box_of(1).center().toPoint())
    found = _reader(steps).childAt(point.x(), point.y())
    assert found is not None and found.text(NAME) == "First line"
    assert _reader(steps).childAt(point.x() + 5000, point.y()) is None


def test_children_follow_what_is_drawn(steps: Steps) -> None:
    before = list(_children(steps))
    steps.said = ["Heading", "Another line"]
    steps.renew()
    assert [one.text(NAME) for one in _children(steps)] == ["Heading", "Another line"]
    assert before[0].isValid() and _reader(steps).childCount() == 2


def test_a_plot_that_is_gone_leaves_nothing_behind(qapp: QApplication) -> None:
    kept = len(_Charts.kept)
    for _round in range(50):
        plot = Steps()
        children = list(_children(plot))
        assert len(children) == 3 and len(_Charts.kept) == kept + 1
        plot.deleteLater()
        del plot
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    assert len(_Charts.kept) == kept


def test_other_widgets_keep_the_interface_qt_gives_them(qtbot: QtBot, steps: Steps) -> None:
    button = QPushButton("Press")
    qtbot.addWidget(button)
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None and found.role() is QAccessible.Role.Button
    assert found.text(NAME) == "Press"


def test_the_calendar_of_a_plan_says_each_line(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(PLAN)
    qapp.processEvents()
    calendar = window.results.plan.calendar
    reader = QAccessible.queryAccessibleInterface(calendar)
    assert reader is not None and reader.childCount() == len(calendar.lines) > 3
    said = [reader.child(at).text(NAME) for at in range(reader.childCount())]
    assert said == [line.spoken for line in calendar.lines]
    assert reader.child(2).rect().height() >= 24


def test_every_plot_of_the_window_says_each_item(qapp: QApplication, answered: Answered) -> None:
    window = answered("b")
    seen = 0
    for tab in (ROBUSTNESS, EVIDENCE, TIMELINE):
        window.results.tabs.setCurrentIndex(tab)
        qapp.processEvents()
        for plot in window.findChildren(Plot):
            assert [one.text(NAME) for one in _children(plot)] == list(plot.texts())
            seen += len(plot.texts())
            for at, one in enumerate(_children(plot)):
                there = plot.mapToGlobal(plot.box_of(at).toAlignedRect().topLeft())
                assert one.rect().topLeft() == there
    assert seen > 20
