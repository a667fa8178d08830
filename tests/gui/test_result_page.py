"""The page of the answer: its first screen, both sides of a card, what folds, what turned."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.controls import Button
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.parted_page import Block
from nmosd_cds.gui.results.result_view import ResultView

Answered = Callable[[str], MainWindow]


def _block(view: ResultView, key: str) -> Block:
    (found,) = [block for block in view.words.blocks if block.part.key == key]
    return found


def _edit(qtbot: QtBot, window: MainWindow, field: str, entry: Entry) -> None:
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.edit(field, entry)


def test_the_first_screen_holds_the_answer_and_the_first_card(
    qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    window.resize(1366, 768)
    qapp.processEvents()
    view = window.results.result
    floor = view.page.viewport().height()
    assert view.headline.height() < 2 * view.headline.fontMetrics().height()
    for part in (view.headline, view.sentence, view.firm, view.chips, _block(view, "facts")):
        bottom = part.mapTo(view.page.widget(), QPoint(0, part.height())).y()
        assert bottom <= floor, part
    first = _block(view, "option:no-cellular-therapy")
    assert first.mapTo(view.page.widget(), QPoint(0, 60)).y() <= floor


@pytest.mark.parametrize("name", ["b", "i", "j"])
def test_both_sides_stand_on_every_card_that_is_no_bar(answered: Answered, name: str) -> None:
    window = answered(name)
    advice = window.consultation.advice
    assert advice is not None
    view = window.results.result
    cellular = [
        one
        for status in ("possible", "unconfirmed")
        for one in advice.with_status(status)
        if one.kind == "cellular"
    ]
    assert cellular
    for option in cellular:
        said = _block(view, f"option:{option.id}").toPlainText()
        assert "For" in said.split() and "Against" in said.split()
        for side in ("for", "against"):
            arguments = [one for one in option.arguments if one.side == side]
            assert all(one.text.rstrip(".") in said for one in arguments[:1])
        for caution in option.cautions:
            assert caution.text.split(". ")[0].rstrip(".") in said


def test_what_is_folded_stays_folded_while_the_case_is_open(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    view = window.results.result
    long = _block(view, "option:ahsct").toPlainText()
    view.words.followed.emit("toggle:folded:ahsct")
    short = _block(view, "option:ahsct").toPlainText()
    assert "Against" in long and "Against" not in short
    assert "Cautions:" in short and "Rank 1" in short
    _edit(qtbot, window, "weight", Entry("known", "64"))
    assert _block(view, "option:ahsct").toPlainText() == short
    view.words.followed.emit("toggle:fold-all")
    assert "Against" not in view.words.toPlainText()
    view.words.followed.emit("toggle:fold-all")
    assert _block(view, "option:ahsct").toPlainText() == long


def test_why_not_opens_the_whole_chain(answered: Answered) -> None:
    window = answered("i")
    view = window.results.result
    advice = window.consultation.advice
    assert advice is not None
    bars = advice.option("ahsct").bars
    assert bars
    closed = _block(view, "option:ahsct").toPlainText()
    assert "walked again and later relapsed" in closed  # the contrary reports, in the same line
    assert bars[0].rule not in closed
    view.words.followed.emit("toggle:why:ahsct")
    chain = _block(view, "option:ahsct").toPlainText()
    for bar in bars:
        assert bar.rule in chain
        assert all(key in chain for key in bar.cites)
        assert all(value in chain for value in bar.facts.values())
    assert "What would change it:" in chain


def test_an_edit_says_what_turned_and_undo_says_it_too(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    view = window.results.result
    assert "Changed" not in view.words.toPlainText()
    _edit(qtbot, window, "anti_hbc", Entry("known", "positive"))
    said = _block(view, "since").toPlainText()
    assert "AHSCT" in said and said.index("Possible") < said.index("Cannot tell")
    assert "Anti-HBc changed." in said
    assert "AHSCT was: Possible. It is now: Cannot tell." in view.headline.accessibleName()
    assert view.sentence.text() in view.headline.accessibleName()
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.consultation.undo_stack.undo()
    said = _block(view, "since").toPlainText()
    assert said.index("Cannot tell") < said.index("Possible")
    _edit(qtbot, window, "weight", Entry("known", "64"))
    assert "No option changed its status or rank. Weight changed." in (
        " ".join(_block(view, "since").toPlainText().split())
    )


def test_the_keys_of_one_visit_are_held_against_the_answer_before_it(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    _edit(qtbot, window, "lvef", Entry("known", "4"))
    _edit(qtbot, window, "lvef", Entry("known", "40"))
    said = _block(window.results.result, "since").toPlainText()
    # 4 % and 40 % both bar it; only against the answer before the visit has it turned.
    assert "AHSCT" in said and "Excluded" in said


def test_another_case_is_not_held_against_this_one(answered: Answered) -> None:
    answered("b")
    view = answered("j").results.result
    assert all(block.part.key != "since" for block in view.words.blocks)


def test_one_key_goes_from_card_to_card(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    view = window.results.result
    view.words.blocks[0].setFocus()
    cards = [block for block in view.words.blocks if block.part.is_card]
    assert len(cards) > 10
    alt, plain = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
    for at, (key, held) in enumerate(
        ((Qt.Key.Key_Down, alt), (Qt.Key.Key_J, plain), (Qt.Key.Key_J, plain))
    ):
        qtbot.keyClick(QApplication.focusWidget(), key, held)
        assert cards[at].hasFocus()
        top = cards[at].mapTo(view.page.viewport(), QPoint(0, 0)).y()
        assert 0 <= top < view.page.viewport().height()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, alt)
    assert cards[1].hasFocus()
    for widget, role in (
        (view.headline, QAccessible.Role.Heading),
        (view.words, QAccessible.Role.List),
    ):
        reader = QAccessible.queryAccessibleInterface(widget)
        assert reader is not None and reader.role() is role and reader.text(QAccessible.Text.Name)
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in cards]
    assert names[0].startswith("Continue eculizumab: Possible")
    assert "AHSCT: Possible needs nothing more" in names


def test_and_n_more_lists_every_question_here(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    window.activateWindow()
    view = window.results.result
    advice = window.consultation.advice
    assert advice is not None
    closed = len(view.chips.parts)
    more = view.chips.parts[-1]
    assert isinstance(more, Button) and closed - 1 < len(advice.questions)
    assert str(len(advice.questions) - closed + 1) in more.text()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    labels = [one.bold_part for one in view.chips.parts if isinstance(one, Button)][:-1]
    assert labels == [question.label for question in advice.questions]
    qtbot.keyClick(view.chips.parts[-1], Qt.Key.Key_Space)
    assert len(view.chips.parts) == closed
    rows = {part.y() for part in view.chips.parts}
    assert len(rows) <= 2


def test_what_did_not_change_is_not_laid_out_again(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    view = window.results.result
    laid: list[str] = []
    for block in view.words.blocks:
        key = block.part.key
        block.document().contentsChanged.connect(lambda key=key: laid.append(key))
    _edit(qtbot, window, "weight", Entry("known", "64"))
    assert set(laid) <= {"facts", "since"}
