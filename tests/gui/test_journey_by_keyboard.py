"""From an empty case to a saved report and out, on a real window, with nothing but keys.

Once in every language: nothing here looks for a word of the window.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nmosd_cds.gui import languages, style
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, PREFERENCES, REPORT
from nmosd_cds.i18n import languages as every_language
from tests.gui.keyboard import Hands

pytestmark = pytest.mark.xvfb
KEY = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
# What an intern could type in a minute; counted so that it does not rise unseen.
MOST_KEYS = 700


@pytest.fixture(params=every_language())
def hands(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    engine: Engine,
    make_window: Callable[[Engine], MainWindow],
) -> Iterator[Hands]:
    languages.choose(request.param)
    window = make_window(engine)
    window.consultation.start()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Hands(window)
    languages.choose("en")


def _answered(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.consultation.advice is not None, timeout=30_000)


def _turn_to(hands: Hands, tab: int) -> None:
    """Tabs have their number in the order they stand."""
    hands.press(KEY(KEY.Key_1.value + tab), ALT)
    assert hands.window.results.tabs.currentIndex() == tab


def _enter_a_case(hands: Hands) -> dict[str, str]:
    """A name, and then whatever the pages ask, some answers a page; what was typed, by field."""
    window = hands.window
    hands.press(KEY.Key_N, CONTROL)
    hands.press(KEY.Key_F9)
    for words in ("KEYBOARD, Journey", "KB-4711", "14-Mar-1981"):
        hands.write(words)
        hands.press(KEY.Key_Return)
    filled = {"name": "KEYBOARD, Journey", "hospital_number": "KB-4711"}
    for _page in range(4):
        for _field in range(5):
            hands.press(KEY.Key_F9)
            name = hands.answer()
            if name:
                filled.setdefault(name, "")
        # On to the next page; its usual date comes first, then what it asks.
        hands.press(KEY.Key_PageDown, CONTROL)
    known = window.consultation.known_of(list(filled))
    assert len(filled) >= 12 and known == len(filled), filled
    assert len({window.form.pages[one].accessibleName() for one in window.form.pages}) >= 4
    return filled


def _answer_what_is_asked(qtbot: QtBot, hands: Hands) -> None:
    """F7 goes to the question that settles most; its answer brings another advice."""
    window = hands.window
    _answered(qtbot, window)
    before = window.consultation.advice
    assert before is not None and before.questions
    hands.press(KEY.Key_F7)
    name = hands.answer()
    assert name in {one.field for one in before.questions}, name
    hands.press(KEY.Key_Return)
    _answered(qtbot, window)
    after = window.consultation.advice
    assert after is not before and window.consultation.known_of([name]) == 1


def _open_a_study(qtbot: QtBot, hands: Hands) -> None:
    _turn_to(hands, EVIDENCE)
    evidence = hands.window.results.evidence
    QApplication.processEvents()
    hands.to(evidence.to_sources)
    hands.press(KEY.Key_Space)
    hands.to(evidence.browser.search)
    hands.write("burt 2019")
    hands.press(KEY.Key_Return)
    qtbot.waitUntil(lambda: evidence.source == "burt-2019")


def _ask_the_board(qtbot: QtBot, hands: Hands) -> None:
    """An order of importance: two criteria, the second moved above the first."""
    _turn_to(hands, PREFERENCES)
    window = hands.window
    view = window.results.preferences
    QApplication.processEvents()
    hands.to(view.adds["board"])
    hands.press(KEY.Key_Return)
    hands.to(view.editor.steps.buttons["ask"])
    hands.press(KEY.Key_Space)
    hands.to(view.editor.order.list)
    hands.press(KEY.Key_Up, ALT)
    hands.press(KEY.Key_Down)
    hands.press(KEY.Key_Up, ALT)
    hands.to(view.editor.back)
    hands.press(KEY.Key_Return)
    sets = window.consultation.case.preferences.sets
    assert [one.owner for one in sets] == ["board"] and len(sets[0].levels) == 2


def _save_the_report(qtbot: QtBot, hands: Hands, place: Path) -> None:
    """The one box of the way: where to."""
    _turn_to(hands, REPORT)
    window = hands.window
    qtbot.waitUntil(lambda: window.results.report.pdf is not None, timeout=60_000)
    hands.may_ask = True
    hands.press(KEY.Key_P, CONTROL, SHIFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog), timeout=10_000)
    hands.write(str(place))
    hands.press(KEY.Key_Return)
    qtbot.waitUntil(place.exists, timeout=10_000)
    # The part of a window manager, which this screen does not have.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    hands.may_ask = False
    assert QApplication.activeModalWidget() is None


def _close(qtbot: QtBot, hands: Hands) -> None:
    """Closing asks what becomes of the case, and closes without saving when told so."""
    hands.may_ask = True
    hands.press(KEY.Key_Q, CONTROL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QMessageBox), timeout=10_000)
    box = QApplication.activeWindow()
    assert isinstance(box, QMessageBox)
    hands.to(box.button(QMessageBox.StandardButton.Discard))
    hands.press(KEY.Key_Space)
    qtbot.waitUntil(lambda: not isValid(hands.window) or not hands.window.isVisible())


def test_the_whole_way_needs_no_mouse(qtbot: QtBot, hands: Hands, tmp_path: Path) -> None:
    window = hands.window
    typed = _enter_a_case(hands)
    _answer_what_is_asked(qtbot, hands)
    _turn_to(hands, COMPARE)
    qtbot.waitUntil(lambda: window.results.compare.isVisible())
    hands.press(KEY.Key_F6)
    hands.press(KEY.Key_Tab)
    _open_a_study(qtbot, hands)
    _ask_the_board(qtbot, hands)
    _answered(qtbot, window)
    place = tmp_path / "report.pdf"
    _save_the_report(qtbot, hands, place)
    document = pypdfium2.PdfDocument(place)
    words = "".join(page.get_textpage().get_text_range() for page in document)
    for said in typed.values():
        assert said in words
    assert "KB-4711" in words
    _close(qtbot, hands)
    assert hands.keys <= MOST_KEYS


def _down_to(hands: Hands, menu: QMenu, action: QAction) -> None:
    for _step in range(len(menu.actions())):
        if menu.activeAction() == action:
            return
        hands.press(KEY.Key_Down)
    assert menu.activeAction() == action


def test_the_look_changes_by_keys_alone(qtbot: QtBot, hands: Hands) -> None:
    """View, Theme, High contrast: the menu by its letter, then the arrows; then zoom."""
    hands.press(KEY.Key_F9)
    field = hands.focus.accessibleName()
    hands.press(KEY.Key_V, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    theme = hands.window.themes.actions[style.HIGH_CONTRAST]
    themes = theme.parent()
    assert isinstance(themes, QMenu)
    _down_to(hands, menu, themes.menuAction())
    hands.press(KEY.Key_Right)
    qtbot.waitUntil(themes.isVisible)
    _down_to(hands, themes, theme)
    hands.press(KEY.Key_Return)
    qtbot.waitUntil(lambda: style.look.theme == style.HIGH_CONTRAST)
    for _step in range(5):
        hands.press(KEY.Key_Plus, CONTROL)
    assert style.look.zoom == 2.0
    qtbot.waitUntil(lambda: hands.focus.accessibleName() == field)
