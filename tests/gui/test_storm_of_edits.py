"""Two hundred edits at random: no exception, the shown advice is of the shown case, all undone."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds import paths
from nmosd_cds.gui.draft import all_specs
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import PREFERENCES
from nmosd_cds.patient.case import case_sha256
from nmosd_cds.report.summary import headline_of

Answered = Callable[[str], MainWindow]
EDITS = 200
ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
WORDS = (
    "0", "6.5", "3.25", "yes", "positive", "unknown", "-1", "<0.1", "2026-11-02", "Mar 2024",
    "2031", "1:320", "0.5 g/L", "female", "rituximab", "100", "20-30", '"><b>', "nan", "not done",
)  # fmt: skip
ORDER_KEYS = (
    (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Down, ALT), (Qt.Key.Key_Down, PLAIN),
    (Qt.Key.Key_Up, PLAIN), (Qt.Key.Key_Equal, PLAIN),
)  # fmt: skip


def _usable(root: QWidget, kind: type[Any]) -> list[Any]:
    return [one for one in root.findChildren(kind) if one.isVisible() and one.isEnabled()]


def _type_or_press(random: Random, root: QWidget) -> None:
    lines, buttons = _usable(root, QLineEdit), _usable(root, QAbstractButton)
    if lines and random.random() < 0.6:
        line = random.choice(lines)
        line.setFocus()
        if random.random() < 0.5:
            line.selectAll()
        QTest.keyClicks(line, random.choice(WORDS))
    elif buttons:
        QTest.keyClick(random.choice(buttons), Qt.Key.Key_Space)


def _edit_form(random: Random, window: MainWindow) -> None:
    name = random.choice(list(all_specs()))
    window.panes.show_field(name)
    QApplication.processEvents()
    editor = window.form.pages[window.form.section].editors[name]
    assert isinstance(editor, QWidget)
    _type_or_press(random, editor)


def _edit_preferences(random: Random, window: MainWindow) -> None:
    window.results.tabs.setCurrentIndex(PREFERENCES)
    QApplication.processEvents()
    view = window.results.preferences
    if view.editor.order.list.isVisible() and random.random() < 0.4:
        for _step in range(4):
            QTest.keyClick(view.editor.order.list, *random.choice(ORDER_KEYS))
    else:
        _type_or_press(random, view)


def _calculate(random: Random, window: MainWindow) -> None:
    window.calculators.open(random.choice(["edss_series", "creatinine_clearance", "hct_ci", ""]))
    calculators = window.calculators.window
    assert calculators is not None
    for _step in range(3):
        _type_or_press(random, calculators)
    if calculators.fill_button.isEnabled():
        QTest.keyClick(calculators.fill_button, Qt.Key.Key_Space)


def _undo(random: Random, window: MainWindow) -> None:
    for _step in range(random.choice([1, 3, 20])):
        window.actions_by_id[random.choice(["undo", "undo", "redo"])].trigger()
        _check(window)


def _open(random: Random, window: MainWindow) -> None:
    name = random.choice("abcdefghijkl")
    window.files.open(paths.examples_folder() / f"{name}.json", is_example=True)


def _turn(random: Random, window: MainWindow) -> None:
    window.results.tabs.setCurrentIndex(random.randrange(window.results.tabs.count()))


def _check(window: MainWindow) -> None:
    advice, result = window.consultation.advice, window.results.result
    beside, shown = window.results.outcome.text(), result.headline.text()
    if advice is None:
        assert (beside, shown) == ("", "Working out the answer")
        return
    assert advice.case_sha256 == case_sha256(window.consultation.case)
    assert beside == headline_of(advice)
    # Nobody sees the page while another is in front; it says nothing old even then.
    hidden = () if result.isVisible() else ("Working out the answer",)
    assert shown in (headline_of(advice), *hidden)


@pytest.mark.parametrize("seed", [1])
def test_a_storm_of_edits_leaves_no_stale_advice_and_can_be_undone(
    seed: int, qtbot: QtBot, answered: Answered
) -> None:
    random = Random(seed)
    window = answered("b")
    steps = [_edit_form, _edit_preferences, _calculate, _undo, _open, _turn]
    for step in random.choices(steps, weights=[35, 30, 13, 15, 2, 5], k=EDITS):
        step(random, window)
        _check(window)
        QTest.qWait(random.choice([0, 0, 0, 130]))
        _check(window)
    consultation, stack = window.consultation, window.consultation.undo_stack
    qtbot.waitUntil(lambda: consultation.advice is not None, timeout=30_000)
    _check(window)
    last = consultation.case
    stack.setIndex(0)
    first = consultation.case
    stack.setIndex(stack.count())
    assert consultation.case == last
    stack.setIndex(0)
    assert consultation.case == first
