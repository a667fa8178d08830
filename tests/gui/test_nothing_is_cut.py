"""No words cut or over others, in any language, at any size; the finder finds such things."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QEventLoop, QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds import i18n
from nmosd_cds.gui import panes, style
from nmosd_cds.gui.controls import Field, label
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.patient.sections import SECTIONS
from tests.gui import eye

Answered = Callable[[str], MainWindow]


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    yield lambda code: None if i18n.use_language(code) == code else pytest.fail(code)
    i18n.use_language(i18n.ENGLISH)


def turn(milliseconds: int) -> None:
    """Let the loop run: views are made when they are looked at, and some a moment later."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def everything(window: MainWindow) -> Iterator[str]:
    """What the eye finds on every tab and every page."""
    tabs = window.results.tabs
    for at in range(tabs.count()):
        tabs.setCurrentIndex(at)
        turn(350)
        yield from (f"{tabs.tabText(at)}: {said}" for said in eye.seen(window))
    window.panes.show_form(True)
    for section in SECTIONS:
        window.form.show_section(section)
        turn(30)
        yield from (f"{section}: {said}" for said in eye.seen(window.form))


@pytest.mark.parametrize("code", i18n.languages())
@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.5, 2.0])
def test_no_words_are_cut_or_lie_over_others(
    qapp: QApplication, answered: Answered, speak: Callable[[str], None], code: str, zoom: float
) -> None:
    speak(code)
    window = answered("b")
    style.choose(qapp, zoom=zoom)
    assert sorted(set(everything(window))) == []


# The second is as narrow as form and result stand side by side.
@pytest.mark.parametrize("wide", [1024, panes.LEFT + panes.RIGHT])
@pytest.mark.parametrize("code", i18n.languages())
def test_no_words_are_cut_in_a_new_case_on_a_small_screen(
    qtbot: QtBot, window: MainWindow, speak: Callable[[str], None], code: str, wide: int
) -> None:
    speak(code)
    window.resize(wide, 700)
    window.rebuild()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.start()
    assert sorted(set(everything(window))) == []


class _Careless(Plot):
    """Paints two words at the same place."""

    def texts(self) -> Sequence[str]:
        return ("one", "other")

    def heads(self) -> Sequence[str]:
        return ("word",)

    def rows(self) -> Rows:
        return [("one",), ("other",)]

    def tall_at(self, room: float) -> int:
        return 40

    def box_of(self, at: int) -> QRectF:
        return QRectF(0, 0, 10, 10)

    def draw(self, painter: QPainter) -> None:
        painter.translate(5, 0)
        painter.drawText(0, 20, "one word")
        painter.drawText(20, 22, "other word")
        painter.drawText(int(self.room) - 10, 20, "too far")


def test_the_finder_finds_words_over_words_and_outside_in_a_plot(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = QHBoxLayout(pane)
    plot = _Careless("Careless")
    layout.addWidget(plot)
    pane.resize(400, 80)
    pane.show()
    found = eye.plots(pane)
    assert any("'one word' lies over 'other word'" in said for said in found)
    assert any("'too far' reaches out" in said for said in found)
    assert len(found) == 2


def _placed(pane: QWidget, part: QWidget, *, at: tuple[int, int, int, int]) -> None:
    part.setParent(pane)
    part.setGeometry(*at)


def test_the_finder_finds_cut_hidden_and_covered_words(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    pane.resize(300, 200)
    long = "A sentence of several words that needs its room"
    _placed(pane, label(long), at=(0, 0, 60, 20))
    _placed(pane, label(long, wraps=True), at=(0, 30, 80, 18))
    _placed(pane, label("reaches out"), at=(280, 60, 100, 20))
    _placed(pane, label("under"), at=(0, 90, 60, 20))
    _placed(pane, QLabel("over"), at=(30, 95, 60, 20))
    line = Field()
    line.setText("14-Mar-1981")
    _placed(pane, line, at=(0, 130, 30, 28))
    pane.show()
    assert [said.split(":")[0] for said in eye.cut_words(pane)] == [
        "QLabel 'A sentence of several words that needs i'",
        "QLabel 'A sentence of several words that needs i'",
        "Field",
    ]
    assert len(eye.parts_outside(pane)) == 1
    assert len(eye.parts_over_parts(pane)) == 1


def test_the_finder_is_silent_where_all_is_well(qtbot: QtBot) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    layout = QHBoxLayout(pane)
    layout.addWidget(label("Weight"))
    line = QLineEdit("61")
    layout.addWidget(line)
    layout.addWidget(label("A sentence that may take more than one line", wraps=True))
    pane.resize(500, 80)
    pane.show()
    assert eye.seen(pane) == []
