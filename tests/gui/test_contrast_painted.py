"""Contrast of what is really painted: every control in every state, in every theme.

Text 4.5 (WCAG 2.2, 1.4.3), outlines and shapes 3 (1.4.11), and for the focus a frame of at least
2 px whose pixels differ by 3 from what was there before (2.4.13); in high contrast text 7.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui import style
from nmosd_cds.gui.check_box import Check
from nmosd_cds.gui.controls import RADIUS, Button, Drop, Field, Tabs, paint_ground
from nmosd_cds.gui.form.rows_editor import Summary
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.menus import MENUS
from nmosd_cds.gui.plots.shares import Shares
from nmosd_cds.gui.results.preference_points import WeightSlider
from nmosd_cds.gui.results.word_table import WordTable
from tests.gui.pixels import Floats, around, contrast, ground, ink, painted, rgb

THEMES = (style.LIGHT_THEME, style.DARK_THEME, style.HIGH_CONTRAST)
Answered = Callable[[str], MainWindow]


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    style.choose(qapp, theme=request.param)
    return str(request.param)


@pytest.fixture
def stage(qtbot: QtBot, theme: str) -> Iterator[QWidget]:
    """A ground in the colour of a page, active, with something else that can have the focus."""
    made = QWidget()
    paint_ground(made, "surface")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(12, 12, 12, 12)
    layout.addWidget(Field())
    qtbot.addWidget(made)
    made.resize(320, 140)
    yield made


def put(stage: QWidget, widget: QWidget) -> None:
    """Show a widget on the stage, without the focus."""
    layout = stage.layout()
    assert layout is not None
    layout.addWidget(widget)
    stage.show()
    stage.activateWindow()
    stage.findChildren(Field)[0].setFocus()
    QApplication.processEvents()


def text_bar() -> float:
    return 7.0 if style.tokens().is_high else 4.5


def _field(text: str = "", hint: str = "") -> Field:
    made = Field()
    made.setText(text)
    made.setPlaceholderText(hint)
    return made


def _drop(*choices: str, editable: bool = False) -> Drop:
    made = Drop(editable=editable)
    made.addItems(list(choices))
    return made


def _checked(button: Button) -> Button:
    button.setCheckable(True)
    button.setChecked(True)
    return button


def _summary() -> Summary:
    made = Summary()
    made.say(["Active", "12-Oct-2026"], "Drug 1")
    return made


def _table() -> WordTable:
    made = WordTable("Table")
    made.fill(("Head", "Other"), [("One word", "x"), ("Two", "y")])
    return made


def _tabs() -> Tabs:
    made = Tabs()
    made.addTab("Result")
    made.addTab("Compare")
    return made


def _shares() -> Shares:
    from nmosd_cds.gui.plots.shares import ShareLine

    made = Shares("Shares")
    made.show_lines([ShareLine("AHSCT", 0.4)])
    return made


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "field": lambda: _field("12.5 g/L"),
    "empty field": lambda: _field(hint="date"),
    "drop": lambda: _drop("Known", "Not known"),
    "typed drop": lambda: _drop("Positive", editable=True),
    "button": lambda: Button("Save PDF"),
    "chip": lambda: Button("AHSCT", round_=True, size=style.SMALL),
    "checked chip": lambda: _checked(Button("AHSCT", round_=True)),
    "flat button": lambda: Button("Calculator", flat=True, size=style.SMALL),
    "row": _summary,
    "check": lambda: Check("nothing else applies"),
    "slider": lambda: WeightSlider("Worth"),
    "table": _table,
    "tabs": _tabs,
    "shares": _shares,
}
OUTLINED = ("field", "empty field", "drop", "typed drop", "button", "chip")
WORDED = tuple(name for name in CONTROLS if name != "slider")


def _inside(widget: QWidget) -> QRect:
    return widget.rect().adjusted(5, 4, -5, -4)


@pytest.mark.parametrize("name", WORDED)
def test_words_of_a_control_can_be_read(stage: QWidget, name: str) -> None:
    widget = CONTROLS[name]()
    put(stage, widget)
    assert ink(painted(widget, _inside(widget))) >= text_bar() * 0.97


@pytest.mark.parametrize("name", ["button", "chip", "checked chip", "flat button", "row", "check"])
@pytest.mark.parametrize("state", ["hover", "pressed"])
def test_words_can_be_read_under_the_mouse(stage: QWidget, name: str, state: str) -> None:
    widget = CONTROLS[name]()
    put(stage, widget)
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if state == "pressed":
        widget.setDown(True)  # type: ignore[attr-defined]  # every one of them is a button
    widget.repaint()
    assert ink(painted(widget, _inside(widget))) >= text_bar() * 0.97


def test_words_of_what_cannot_be_used_can_be_made_out(stage: QWidget) -> None:
    """WCAG exempts them; a field that cannot be typed in is no such thing, and keeps the bar."""
    button, closed = Button("Save PDF"), _field("12.5 g/L")
    button.setEnabled(False)
    closed.set_open(False)
    for widget, bar in ((button, 3.0), (closed, text_bar())):
        put(stage, widget)
        assert ink(painted(widget, _inside(widget))) >= bar * 0.97


def _edges(picture: Floats, room: int, band: int = 3) -> list[Floats]:
    """The pixels at the middle of each side, from the outside in."""
    tall, wide = picture.shape[0], picture.shape[1]
    y, x = tall // 2, wide // 2
    return [
        picture[room : room + band, x],
        picture[tall - room - band : tall - room, x],
        picture[y, room : room + band],
        picture[y, wide - room - band : wide - room],
    ]


@pytest.mark.parametrize("name", OUTLINED)
@pytest.mark.parametrize("state", ["as it is", "hover", "wrong"])
def test_the_outline_of_a_control_can_be_seen(stage: QWidget, name: str, state: str) -> None:
    widget = CONTROLS[name]()
    put(stage, widget)
    if state == "hover":
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if state == "wrong" and isinstance(widget, Field | Drop):
        widget.mark_wrong(True)
    widget.repaint()
    page = rgb(style.tokens().surface)
    for side in _edges(around(widget), room=4):
        assert contrast(side, page).max() >= 3


def test_a_tick_and_its_box_can_be_seen(stage: QWidget) -> None:
    widget = Check("")
    put(stage, widget)
    empty = painted(widget)
    widget.setChecked(True)
    full = painted(widget)
    page = rgb(style.tokens().surface)
    assert (contrast(empty, page) >= 3).sum() >= 4 * (16 - 2 * RADIUS) * 0.8
    assert (contrast(full, empty) >= 3).sum() >= 16


def frame_of(before: Floats, after: Floats) -> int:
    """How many pixels differ by 3 or more."""
    return int((contrast(before, after) >= 3).sum())


@pytest.mark.parametrize("name", CONTROLS)
def test_the_focus_is_a_frame_of_two_pixels(stage: QWidget, name: str) -> None:
    widget = CONTROLS[name]()
    put(stage, widget)
    taker = widget.lineEdit() if isinstance(widget, Drop) and widget.lineEdit() else widget
    assert taker is not None
    before = around(widget)
    taker.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = around(widget)
    assert taker.hasFocus()
    # Tabs frame the chosen one only; the pixels of round corners are smoothed.
    box = widget.tabRect(0) if isinstance(widget, Tabs) else widget.rect()
    radius = box.height() / 2 if "chip" in name else RADIUS
    around_it = 2 * (box.width() + box.height()) - (8 - 2 * np.pi) * radius
    assert frame_of(before, after) >= 2 * around_it * 0.85


def test_menus_can_be_read(qtbot: QtBot, theme: str, window: MainWindow) -> None:
    """With a line chosen, and one that cannot be used just now."""
    bar = window.menuBar()
    assert ink(painted(bar)) >= text_bar() * 0.97
    assert len(bar.actions()) == len(MENUS)
    for action in bar.actions():
        menu = action.menu()
        menu.popup(window.mapToGlobal(window.rect().center()))
        usable = next(one for one in menu.actions() if one.isEnabled())
        menu.setActiveAction(usable)
        QApplication.processEvents()
        chosen = menu.actionGeometry(usable)
        assert ink(painted(menu, chosen.adjusted(3, 3, -3, -3))) >= text_bar() * 0.97
        assert ink(painted(menu)) >= text_bar() * 0.97
        page = ground(painted(menu))
        other = painted(menu, chosen.adjusted(6, 6, -6, -6))
        assert contrast(ground(other), page).max() >= 3
        menu.close()


def test_buttons_of_a_box_of_qt_can_be_seen(qtbot: QtBot, theme: str) -> None:
    """What it asks in: words, outlines, the one that has the focus."""
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setText("The case has changes that are not saved.")
    box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
    box.show()
    box.activateWindow()
    QApplication.processEvents()
    page = rgb(style.tokens().window)
    for button in box.findChildren(QPushButton):
        assert ink(painted(button, _inside(button))) >= text_bar() * 0.97
        seen = _edges(around(button), room=4)
        assert min(float(contrast(side, page).max()) for side in seen) >= 3


def test_the_scroll_bar_can_be_seen(answered: Answered, theme: str) -> None:
    window = answered("b")
    bar = window.results.result.page.verticalScrollBar()
    QApplication.processEvents()
    picture = painted(bar)
    assert np.mean(contrast(picture, rgb(style.tokens().surface)) >= 3) > 0.02
