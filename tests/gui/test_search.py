"""Search everything: found by any name, in any writing; the keys go there and back again."""

import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.gui import style
from nmosd_cds.gui.commands import COMMANDS
from nmosd_cds.gui.draft import all_specs
from nmosd_cds.gui.engine import Engine
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import EVIDENCE, RESULT
from nmosd_cds.gui.search.index import Findable, Found, findable, known, lasting, search, told
from nmosd_cds.gui.search.search_panel import SearchPanel
from nmosd_cds.gui.search.synonyms import named

Answered = Callable[[str], MainWindow]


@pytest.fixture(scope="module")
def things(engine: Engine) -> Sequence[Findable]:
    return (*lasting(), *known(engine.knowledge()))


def keys(found: Sequence[Found], group: str) -> list[str]:
    return [find.key for one in found if one.group == group for find in one.finds]


def first(found: Sequence[Found]) -> tuple[str, str]:
    return found[0].group, found[0].finds[0].key


def opened(qtbot: QtBot, window: MainWindow) -> SearchPanel:
    window.activateWindow()
    window.actions_by_id["search"].trigger()
    searching = window.habits.searching
    assert searching is not None and searching.panel is not None
    qtbot.waitUntil(lambda: any(one.group == "source" for one in searching.things()))
    return searching.panel


def paste(panel: SearchPanel, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    panel.field.selectAll()
    panel.field.paste()


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("lvef", ("field", "lvef")),
        ("ejection fraction", ("field", "lvef")),
        ("\u5c04\u8840\u5206\u6570", ("field", "lvef")),
        ("\u8840\u5206", ("field", "lvef")),
        ("\uff2c\uff36\uff25\uff26", ("field", "lvef")),
        ("HBsAg", ("field", "hbsag")),
        ("hbs ag", ("field", "hbsag")),
        ("\u4e59\u809d\u8868\u9762\u6297\u539f", ("field", "hbsag")),
        ("NMO-IgG", ("field", "aqp4_igg")),
        ("date of birth", ("field", "birth_date")),
        ("ahsct", ("option", "ahsct")),
        ("BCMA CAR\u2011T", ("option", "car-t-bcma")),
        ("cart bcma", ("option", "car-t-bcma")),
        ("nct03444805", ("source", "nct03444805")),
        ("burt-2019", ("source", "burt-2019")),
        ("hct ci", ("field", "hct_ci")),
        ("cockcroft", ("calculator", "cockcroft_gault")),
        ("print", ("command", "print")),
        ("dark", ("command", "dark")),
    ],
)
def test_whatever_it_is_called_it_is_found_first(
    things: Sequence[Findable], words: str, where: tuple[str, str]
) -> None:
    assert first(search(things, words)) == where


def test_accents_capitals_width_and_hyphens_make_no_difference() -> None:
    thing = findable("source", "x", "R\u00e9my M\u00fcller, anti\u2011CD20", "")
    for words in (
        "remy",
        "R\u00c9MY",
        "muller",
        "M\u00dcLLER",
        "anti-cd20",
        "\uff23\uff24\uff12\uff10",
    ):
        assert search([thing], words), words


def test_every_word_has_to_be_found_in_any_order(things: Sequence[Findable]) -> None:
    assert "burt-2019" in keys(search(things, "2019 burt"), "source")
    assert search(things, "burt zebra") == ()
    assert search(things, "") == () == search(things, "  ")


def test_a_name_comes_before_a_word_in_passing() -> None:
    name = findable("field", "a", "Weight", "Person")
    passing = findable("field", "b", "Dose adequate", "for the weight")
    other = findable("field", "c", "Mass", "Person", ["weight"])
    found = search([passing, other, name], "weigh")
    assert [find.key for find in found[0].finds] == ["a", "c", "b"]


def test_the_group_of_the_best_find_stands_first_and_what_is_left_out_is_counted(
    things: Sequence[Findable],
) -> None:
    found = search(things, "rituximab")
    assert "rituximab" in (found[0].finds[0].head, *found[0].finds[0].others)
    found = search(things, "nmosd")
    sources = next(one for one in found if one.group == "source")
    assert len(sources.finds) == 6 and sources.more > 0


def test_every_field_option_source_calculator_and_command_can_be_found(
    engine: Engine, things: Sequence[Findable]
) -> None:
    knowledge = engine.knowledge()
    there = {(thing.group, thing.key) for thing in things}
    assert {key for group, key in there if group == "field"} == set(all_specs())
    assert {key for group, key in there if group == "option"} == set(knowledge.options)
    assert {key for group, key in there if group == "source"} == set(knowledge.sources)
    assert {key for group, key in there if group == "calculator"} == {one.name for one in SCORES}
    assert {key for group, key in there if group == "command"} == {one.id for one in COMMANDS}


def test_other_words_are_those_of_fields_there_are() -> None:
    assert named() <= set(all_specs())


def test_the_whole_knowledge_is_searched_in_a_tenth_of_a_second(
    answered: Answered, things: Sequence[Findable]
) -> None:
    window = answered("b")
    assert window.consultation.advice is not None
    everything = (*things, *told(window.consultation.advice))
    assert len(everything) > 400
    times = []
    for words in ("a", "rituximab", "neuromyelitis optica 2019", "\u6297", "no such thing at all"):
        began = time.perf_counter()
        search(everything, words)
        times.append(time.perf_counter() - began)
    assert max(times) < 0.1


def test_ctrl_f_and_enter_go_to_a_field(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    panel = opened(qtbot, window)
    assert panel.field.hasFocus() and panel.isVisible()
    qtbot.keyClicks(panel.field, "ferritin")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert window.form.section == "blood"
    focused = QApplication.focusWidget()
    assert window.form.pages["blood"].editors["ferritin"].isAncestorOf(focused or window)


def test_escape_returns_to_where_one_was_and_changes_nothing(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    window.activateWindow()
    window.panes.show_field("weight")
    before, tab = QApplication.focusWidget(), window.results.tabs.currentIndex()
    panel = opened(qtbot, window)
    qtbot.keyClicks(panel.field, "ahsct")
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before
    assert (window.form.section, window.results.tabs.currentIndex()) == ("person", tab)


def test_arrows_choose_over_headings_and_the_line_keeps_the_cursor(
    qtbot: QtBot, answered: Answered
) -> None:
    panel = opened(qtbot, answered("b"))
    qtbot.keyClicks(panel.field, "rituximab")
    seen = [panel.list.current]
    for _step in range(8):
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)
        seen.append(panel.list.current)
    assert all(seen) and len(set(map(id, seen))) == 9
    assert len({one.group for one in seen if one}) > 1
    assert panel.field.hasFocus()
    assert panel.list.spoken() == panel.field.accessibleDescription() != ""
    qtbot.keyClick(panel.field, Qt.Key.Key_Up)
    assert panel.list.current is seen[7]
    for _group in range(3):
        qtbot.keyClick(panel.field, Qt.Key.Key_PageUp)
    assert panel.list.current is seen[0]


def test_an_option_a_rule_a_source_a_calculator_and_a_command_are_gone_to(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    panel = opened(qtbot, window)
    paste(panel, "greco-2015-ebmt")
    panel.list.open_chosen()
    assert window.results.tabs.currentIndex() == EVIDENCE
    assert window.results.evidence.source == "greco-2015-ebmt"
    opened(qtbot, window)
    paste(panel, "tol-dc")
    panel.list.open_chosen()
    assert window.results.tabs.currentIndex() == RESULT
    assert "arguments:tol-dc" in window.results.result._opened
    opened(qtbot, window)
    paste(panel, "general.authorised-setting")
    current = panel.list.current
    assert current is not None and current.group == "finding"
    panel.list.open_chosen()
    assert any(key.startswith("gates:") for key in window.results.result._opened)
    opened(qtbot, window)
    paste(panel, "cockcroft")
    panel.list.open_chosen()
    shown = window.calculators.window
    assert shown is not None and shown.isVisible() and shown.score.name == "cockcroft_gault"
    shown.close()
    opened(qtbot, window)
    paste(panel, "dark")
    panel.list.open_chosen()
    assert style.look.is_dark


def test_rules_of_an_older_answer_are_not_found(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    panel = opened(qtbot, window)
    paste(panel, "general.authorised-setting")
    assert panel.list.current is not None
    panel.leave()
    window.files.new()
    opened(qtbot, window)
    assert not any(one.group == "finding" for one in window.habits.searching.things())  # type: ignore[union-attr]


def test_nothing_found_says_what_to_do(qtbot: QtBot, answered: Answered) -> None:
    panel = opened(qtbot, answered("b"))
    paste(panel, "no such thing at all")
    assert "Nothing has all of these words" in panel.said.text()
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert panel.isVisible()
    paste(panel, "<b>&amp;" + "x" * 5000)
    assert "Nothing" in panel.said.text()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_it_lies_below_the_banner_and_inside_the_window(
    qtbot: QtBot, qapp: QApplication, answered: Answered, zoom: float
) -> None:
    style.choose(qapp, zoom=zoom)
    window = answered("b")
    panel = opened(qtbot, window)
    paste(panel, "rituximab")
    banner = window.banner.geometry()
    assert panel.y() > banner.bottom()
    assert panel.geometry().bottom() <= window.panes.height()
    assert panel.x() >= 0 and panel.geometry().right() <= window.panes.width()


def test_another_theme_closes_it_and_it_opens_again(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    opened(qtbot, window)
    window.toggle_dark()
    panel = opened(qtbot, window)
    qtbot.waitUntil(panel.isVisible)
    assert panel.parent() is window.panes
