"""English and Chinese: switched without a restart, the paper chosen apart, nothing left behind."""

import json
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from nmosd_cds import i18n
from nmosd_cds.app import look_as_left
from nmosd_cds.gui import languages
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.result_tabs import REPORT
from nmosd_cds.gui.settings import Settings
from nmosd_cds.report.replay import replay

Answered = Callable[[str], MainWindow]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    languages.spoken.paper = ""
    languages.choose("en")


def menu_titles(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menuBar().actions()]


def speak(qtbot: QtBot, window: MainWindow, code: str) -> None:
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        window.language_menu.actions[code].trigger()


def report(qtbot: QtBot, window: MainWindow) -> bytes:
    view = window.results.report
    window.results.tabs.setCurrentIndex(REPORT)
    qtbot.waitUntil(lambda: view.pdf is not None, timeout=30_000)
    assert view.pdf is not None
    return view.pdf


def stamp(pdf: bytes) -> dict[str, object]:
    document = pypdfium2.PdfDocument(pdf)
    held = {
        one.get_name(): one.get_data()
        for one in (document.get_attachment(at) for at in range(document.count_attachments()))
    }
    found: dict[str, object] = json.loads(bytes(held["report.json"]))
    return found


def test_each_language_stands_in_the_menu_under_its_own_name(window: MainWindow) -> None:
    assert [one.text() for one in window.language_menu.actions.values()] == ["English", "简体中文"]
    assert window.language_menu.actions["en"].isChecked()


def test_the_window_speaks_another_language_at_once(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    english = window.results.result.plain_text()
    speak(qtbot, window, "zh")
    assert menu_titles(window)[0] == "文件(&F)"
    assert "有条件" in window.results.result.plain_text()
    assert window.consultation.advice is not None
    assert window.consultation.advice.option("ahsct").short == "AHSCT"
    speak(qtbot, window, "en")
    assert menu_titles(window)[0] == "&File"
    assert window.results.result.plain_text() == english


def test_a_switch_keeps_the_case_its_changes_and_the_place(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    window.results.tabs.setCurrentIndex(4)
    window.consultation.edit("lvef", Entry("known", "sixty"))
    case = window.consultation.case
    speak(qtbot, window, "zh")
    assert window.results.tabs.currentIndex() == 4
    assert window.consultation.case == case
    assert window.consultation.entry("lvef") == Entry("known", "sixty")
    assert window.consultation.entry("birth_date").text == "1981-03-14"
    problem = window.consultation.problems["lvef"][0]
    assert problem.what.startswith("`sixty`不是")
    window.actions_by_id["undo"].trigger()
    assert window.consultation.entry("lvef") != Entry("known", "sixty")


def test_every_command_keeps_its_shortcut_and_works_once(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    before = {name: one.shortcuts() for name, one in window.actions_by_id.items()}
    speak(qtbot, window, "zh")
    assert {name: one.shortcuts() for name, one in window.actions_by_id.items()} == before
    shown = window.form.isHidden()
    window.actions_by_id["form"].trigger()
    assert window.form.isHidden() is not shown
    assert len(window.menuBar().findChildren(QMenu)) < 20


def test_qt_s_own_buttons_follow(qtbot: QtBot, window: MainWindow) -> None:
    def word() -> str:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Discard)
        qtbot.addWidget(box)
        return box.button(QDialogButtonBox.StandardButton.Discard).text().replace("&", "")

    languages.choose("zh")
    assert "不保存" in word() or "丢弃" in word() or "放弃" in word()
    languages.choose("en")
    assert word() in ("Discard", "Don't Save")


def test_the_paper_s_language_is_chosen_apart(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    english = report(qtbot, window)
    view = window.results.report
    view.language.setCurrentIndex(view.language.findData("zh"))
    view.language.activated.emit(view.language.currentIndex())
    chinese = report(qtbot, window)
    assert (stamp(english)["language"], stamp(chinese)["language"]) == ("en", "zh")
    assert i18n.language() == "en"
    first = pypdfium2.PdfDocument(chinese)[0].get_textpage().get_text_range()
    assert "中文译文未经临床医师审阅" in first
    assert "Decision support" not in first


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_report_in_either_language_is_proved_in_either(
    qtbot: QtBot, answered: Answered, code: str
) -> None:
    from nmosd_cds.knowledge.load import load_knowledge

    window = answered("b")
    languages.spoken.paper = code
    pdf = report(qtbot, window)
    assert replay(pdf, load_knowledge) == ()
    with i18n.in_language("zh"):
        assert replay(pdf, load_knowledge) == ()


def test_the_window_says_that_no_clinician_has_read_the_translation(
    qtbot: QtBot, qapp: QApplication, answered: Answered
) -> None:
    window = answered("b")
    speak(qtbot, window, "zh")
    said = [one.text() for one in window.status.findChildren(QLabel)]
    assert any("未经临床医师审阅" in one for one in said)
    window.actions_by_id["about"].trigger()
    assert window.box is not None and "未经临床医师审阅" in window.box.text()


@pytest.mark.parametrize(("asked", "spoken"), [(True, "en"), (False, "zh")])
def test_a_language_asked_for_wins_over_the_one_used_last(
    qapp: QApplication, asked: bool, spoken: str
) -> None:
    look_as_left(qapp, Settings(language="zh"), keeps_language=asked)
    assert i18n.language() == spoken
