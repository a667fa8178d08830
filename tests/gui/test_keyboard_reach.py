"""Everything by keyboard: reached, in the order one reads, in view, with a way out and a shortcut.

WCAG 2.2: 2.1.1 keyboard, 2.1.2 no trap, 2.4.3 focus order, 2.4.11 focus not obscured.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from nmosd_cds.gui import style
from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow
from nmosd_cds.gui.commands import COMMANDS, KEYS
from nmosd_cds.gui.field_help import FieldHelp
from nmosd_cds.gui.form.editors import Editor
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.menus import MENUS
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.result_tabs import TITLES
from nmosd_cds.gui.shortcut_list import ShortcutList
from nmosd_cds.i18n import _, languages
from nmosd_cds.patient.sections import SECTIONS
from tests.gui.walking import Stop, open_every_row, press, walk

Answered = Callable[[str], MainWindow]
SMALL = (1280, 720)
REPORT = len(TITLES) - 1


@pytest.fixture
def shown(answered: Answered) -> MainWindow:
    window = answered("b")
    window.resize(*SMALL)
    window.activateWindow()
    QApplication.processEvents()
    return window


def _reachable(window: QWidget) -> set[QWidget]:
    """What Tab has to stop at, found without asking the program in which order."""
    found = set()
    for one in window.findChildren(QWidget):
        stops = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
        if stops and one.isVisible() and one.isEnabled() and one.window() is window:
            found.add(one)
    return found


def settle(window: QWidget) -> None:
    """Until what is made on the next turns of the loop has been made."""
    before: set[QWidget] = set()
    for _turn in range(50):
        loop = QEventLoop()
        QTimer.singleShot(40, loop.quit)
        loop.exec()
        now = _reachable(window)
        if now == before:
            return
        before = now


def _unit(widget: QWidget) -> QWidget:
    """The field a control belongs to: its value comes first, wherever there was room for it."""
    holder: QWidget | None = widget
    while holder is not None and not isinstance(holder, Editor):
        holder = holder.parentWidget()
    return holder or widget


def _is_backwards(one: Stop, other: Stop) -> bool:
    """Whether a stop stands before another in reading, though it came after."""
    a, b = one.place, other.place
    is_above = b.bottom() <= a.top() and b.left() < a.right()
    is_left = b.right() <= a.left() and b.top() < a.bottom() and b.bottom() > a.top()
    return is_above or is_left


def _through(pane: QWidget) -> list[Stop]:
    """The stops in one pane, from before it until Tab leaves it."""
    stops: list[Stop] = []
    for stop in walk():
        if pane.isAncestorOf(stop.widget):
            stops.append(stop)
        elif stops:
            break
    return stops


def _check(window: QWidget, stops: list[Stop], *, whole: bool = True) -> None:
    if whole:
        missed = _reachable(window) - {one.widget for one in stops}
        assert missed == set(), [f"{type(one).__name__} {one.accessibleName()}" for one in missed]
    visits = Counter((one.widget, one.link) for one in stops)
    assert max(visits.values()) == 1, visits.most_common(2)
    for one, other in pairwise(stops):
        if one.page is other.page is not None and _unit(one.widget) is not _unit(other.widget):
            assert not _is_backwards(one, other), f"{one} {one.place}, then {other} {other.place}"
    for one in stops:
        if one.box.height() <= one.view.height():
            seen = one.box.intersected(one.view)
            assert seen.height() >= one.box.height() - 2, f"{one} is hidden: {one.box} {one.view}"
        else:
            assert one.box.intersects(one.view), f"{one} is out of sight"


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_page_of_the_form_is_read_in_order(
    qapp: QApplication, shown: MainWindow, section: str, zoom: float
) -> None:
    style.choose(qapp, zoom=zoom)
    shown.panes.show_form(True)
    page = shown.form.show_section(section)
    open_every_row(page)
    shown.form.rail.setFocus()
    QApplication.processEvents()
    pane = shown.form.current_page
    stops = _through(pane)
    assert {one.widget for one in stops} == {
        one for one in _reachable(shown) if pane.isAncestorOf(one)
    }
    _check(shown, stops, whole=False)


@pytest.mark.parametrize("tab", range(len(TITLES)))
@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_every_tab_is_read_in_order(
    qtbot: QtBot, qapp: QApplication, shown: MainWindow, tab: int, zoom: float
) -> None:
    style.choose(qapp, zoom=zoom)
    shown.results.tabs.setCurrentIndex(tab)
    if tab == REPORT:
        qtbot.waitUntil(lambda: shown.results.report.pdf is not None, timeout=30_000)
    shown.panes.show_form(False)
    settle(shown)
    shown.results.tabs.setFocus()
    stops = list(walk(most=900))
    _check(shown, stops)


def test_back_is_the_same_way_round(shown: MainWindow) -> None:
    shown.form.rail.setFocus()
    there = [(one.widget, one.link) for one in walk()]
    back = [(one.widget, one.link) for one in walk(back=True)]
    assert back[:-1] == there[:-1][::-1]


def test_a_row_that_was_added_comes_where_it_stands(shown: MainWindow) -> None:
    page = shown.form.show_section("person")
    editor = page.editors["allergies"]
    editor.on_add_clicked()  # type: ignore[union-attr]  # it is a list
    QApplication.processEvents()
    shown.form.rail.setFocus()
    stops = _through(page)
    _check(shown, stops, whole=False)
    added = [one for one in stops if editor.isAncestorOf(one.widget)]
    assert len(added) > 3


def test_windows_beside_have_a_way_through_and_out(qtbot: QtBot, shown: MainWindow) -> None:
    shown.form.show_field("edss_series")
    QApplication.processEvents()
    for command, kind in (
        ("calculators", CalculatorWindow),
        ("shortcuts", ShortcutList),
        ("field-help", FieldHelp),
    ):
        shown.activateWindow()
        settle(shown)
        shown.form.show_field("sex")
        shown.actions_by_id[command].trigger()
        beside = next(one for one in shown.findChildren(kind) if one.isVisible())
        beside.activateWindow()
        QApplication.processEvents()
        first = next(one for one in _reachable(beside) if not isinstance(one, Markup))
        first.setFocus()
        assert {one.widget for one in walk()} >= _reachable(beside)
        press(Qt.Key.Key_Escape)
        assert not isValid(beside) or not beside.isVisible(), command
        QApplication.processEvents()


def test_escape_closes_the_notice(shown: MainWindow) -> None:
    shown.notice.say(Failure("This file was not opened", ("It is no case.",)))
    QApplication.processEvents()
    shown.actions_by_id["next-pane"].trigger()
    shown.notice.close_button.setFocus()
    press(Qt.Key.Key_Escape)
    assert not shown.notice.isVisible()


def test_f6_goes_round_the_panes_and_back(shown: MainWindow) -> None:
    shown.panes.show_form(True)
    shown.form.rail.setFocus()
    there, back = [], []
    for into, command in ((there, "next-pane"), (back, "previous-pane")):
        for _n in range(4):
            shown.actions_by_id[command].trigger()
            into.append(QApplication.focusWidget())
    assert there[-1] is back[-1] is shown.form.rail
    assert back[:3] == there[:3][::-1] and len(set(there)) == 4


def test_f6_stays_among_what_can_be_seen(qapp: QApplication, shown: MainWindow) -> None:
    style.choose(qapp, zoom=2.0)
    QApplication.processEvents()
    shown.panes.show_form(False)
    for _n in range(3):
        shown.actions_by_id["next-pane"].trigger()
        now = QApplication.focusWidget()
        assert now is not None and now.isVisible() and not shown.form.isAncestorOf(now)


def test_every_tab_has_a_number(shown: MainWindow) -> None:
    actions = [one for menu in _menus(shown) for one in menu.actions()]
    numbered = [one for one in actions if re.fullmatch(r"Alt\+\d", one.shortcut().toString())]
    assert len(numbered) == len(TITLES[:9])
    for at, action in enumerate(numbered):
        action.trigger()
        assert shown.results.tabs.currentIndex() == at
        assert action.shortcut().toString() == f"Alt+{at + 1}"
    shown.actions_by_id["previous-tab"].trigger()
    assert shown.results.tabs.currentIndex() == len(numbered) - 2
    shown.actions_by_id["next-tab"].trigger()
    assert shown.results.tabs.currentIndex() == len(numbered) - 1


def _menus(window: MainWindow) -> Iterator[QMenu]:
    waiting = [one.menu() for one in window.menuBar().actions()]
    while waiting:
        menu = waiting.pop()
        assert isinstance(menu, QMenu)
        yield menu
        waiting += [one.menu() for one in menu.actions() if one.menu() is not None]


def _letter(words: str) -> str:
    found = re.search(r"&([^&\s])", words.replace("&&", ""))
    return found[1].upper() if found else ""


@pytest.mark.parametrize("language", languages())
def test_every_command_has_a_letter_of_its_own_in_its_menu(
    make_window: Callable[..., MainWindow],
    engine: object,
    speak: Callable[[str], None],
    language: str,
) -> None:
    """Names of examples and languages have none, and are found by typing how they begin."""
    speak(language)
    window = make_window(engine)
    bars = [[_(title) for title in MENUS.values()]]
    menus = [[one.text() for one in menu.actions() if one.text()] for menu in _menus(window)]
    for words in (*bars, *menus):
        letters = [_letter(one) for one in words]
        if any(letters):
            twice = [one for one, n in Counter(letters).items() if n > 1]
            assert twice == [] and "" not in letters, words
        else:
            assert len({one[:1] for one in words}) == len(words), words
    for command in COMMANDS:
        assert _letter(_(command.label)), command


@pytest.mark.parametrize("field", ["sex", "hbsag", "attacks"])
def test_theme_and_zoom_leave_the_focus_where_it_was(shown: MainWindow, field: str) -> None:
    shown.panes.show_field(field)
    name = QApplication.focusWidget().accessibleName()
    for _n in range(2):
        shown.actions_by_id["dark"].trigger()
        settle(shown)
        assert QApplication.focusWidget().accessibleName() == name
    shown.actions_by_id["next-pane"].trigger()
    shown.actions_by_id["zoom-in"].trigger()
    settle(shown)
    assert QApplication.focusWidget() is shown.results.tabs


class _Windows(QObject):
    """Notes every widget that becomes a window of its own, for however short a time."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            if watched.isWindow() and not isinstance(watched, QMainWindow):
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_nothing_is_a_window_for_a_moment(qapp: QApplication, answered: Answered) -> None:
    """A part shown before it has its place flashes on the screen and takes the focus with it."""
    watching = _Windows()
    qapp.installEventFilter(watching)
    window = answered("b")
    window.activateWindow()
    for section in SECTIONS:
        page = window.form.show_section(section)
        open_every_row(page)
    for tab in range(len(TITLES)):
        window.results.tabs.setCurrentIndex(tab)
        settle(window)
    window.toggle_dark()
    window.zoom(1)
    settle(window)
    qapp.removeEventFilter(watching)
    assert watching.seen == []


def test_what_a_button_does_a_menu_or_tab_reaches_too(shown: MainWindow) -> None:
    """No button is for the mouse alone; the list of keys names every key that is not in a menu."""
    for button in shown.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.focusPolicy() != Qt.FocusPolicy.NoFocus, button.accessibleName()
    said = " ".join(one.keys for one in KEYS)
    for keys in ("Alt+Down", "Esc", "Alt+1", "Space", "Enter", "Page Up"):
        assert keys in said
    used = [key for command in COMMANDS for key in command.keys]
    for keys in ("F1", "F6", "Shift+F6", "Ctrl+Tab", "Ctrl+Shift+Tab", "Ctrl+P", "Ctrl+Z"):
        assert keys in used
