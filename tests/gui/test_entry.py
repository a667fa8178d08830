"""Type as you think: what is read is shown, what is doubtful asks beside the field, keys go on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.draft import Entry, RowsEntry
from nmosd_cds.gui.form.paste_panel import PastePanel
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.patient.sections import SECTIONS
from tests.gui.keyboard import list_of, row_of

Answered = Callable[[str], MainWindow]
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def active(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.activateWindow()
    window.panes.show_form(True)
    return window


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key, where it would go: to the list that is open, else to the cursor."""
    target = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


def type_(text: str) -> None:
    """Type or paste a text where the cursor is."""
    target = QApplication.focusWidget()
    assert target is not None
    line = target if isinstance(target, QLineEdit) else target.findChild(QLineEdit)
    if text.isascii():
        QTest.keyClicks(target, text)
    else:
        assert isinstance(line, QLineEdit)
        QApplication.clipboard().setText(text)
        line.paste()


def entry(window: MainWindow, name: str) -> Entry:
    found = window.consultation.entry(name)
    assert isinstance(found, Entry)
    return found


@pytest.mark.parametrize(
    ("name", "text", "said", "accepted"),
    [
        ("stable_since", "mar24", "Read as Mar-2024.", "Mar-2024"),
        ("stable_since", "２０２４年３月１日", "Read as 01-Mar-2024.", "01-Mar-2024"),
        ("stable_since", "yesterday", "Read as 21-Nov-2026.", "21-Nov-2026"),
        ("igg", "6,2 g/L", "Read as 6.2 g/L.", "6.2 g/L"),
        ("crp", "小于5 mg/L", "Read as <5 mg/L.", "<5 mg/L"),
        ("hbsag", "neg", "Read as Negative.", "negative"),
        ("hbsag", "阴性", "Read as Negative.", "negative"),
        ("weight", "61公斤", "Read as 61 kg.", "61 kg"),
    ],
)
def test_a_reading_is_shown_and_what_was_typed_stays_until_enter(
    active: MainWindow, name: str, text: str, said: str, accepted: str
) -> None:
    editor = row_of(active, name)
    type_(text)
    assert editor.message.words_of("read") == said
    assert entry(active, name).text == text
    assert active.consultation.problems == {}
    case = active.consultation.case
    assert getattr(case.patient, name) is not None
    press(Qt.Key.Key_Return)
    assert entry(active, name).text == accepted
    assert text in editor.message.words_of("read")
    assert active.consultation.case == case
    active.consultation.undo_stack.undo()
    assert entry(active, name) == Entry()


def test_typed_and_accepted_are_one_step_and_the_advice_stays(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("b")
    window.activateWindow()
    row_of(window, "goals_of_care")  # anywhere
    row_of(window, "stable_since")
    press(Qt.Key.Key_A, CTRL)
    with qtbot.waitSignal(window.consultation.advice_changed, timeout=30_000):
        type_("5/9/2026 00:00")
    window.consultation.edit("stable_since", Entry("known", "2026-09-05"))
    qtbot.waitUntil(lambda: window.consultation.advice is not None, timeout=30_000)
    advice = window.consultation.advice
    window.consultation.edit("stable_since", Entry("known", "05-Sep-2026"))
    assert window.consultation.advice is advice


@pytest.mark.parametrize(
    ("name", "text", "offers", "key", "taken"),
    [
        ("stable_since", "01.03.2024", ("01-Mar-2024", "03-Jan-2024"), "2", "03-Jan-2024"),
        ("igg", "6.2", ("6.2 g/L", "6.2 mg/dL"), "1", "6.2 g/L"),
        ("igg", "1,234 mg/dL", ("1234 mg/dL", "1.234 mg/dL"), "1", "1234 mg/dL"),
        ("igg", "600 g/L", ("600 mg/dL",), "only", "600 mg/dL"),
        ("hbsag", "nd", ("Not done", "Negative"), "2", "negative"),
    ],
)
def test_what_is_doubtful_asks_and_is_taken_with_one_key(
    active: MainWindow, name: str, text: str, offers: tuple[str, ...], key: str, taken: str
) -> None:
    editor = row_of(active, name)
    type_(text)
    assert editor.message.offers == offers
    assert getattr(active.consultation.case.patient, name) is None
    press(Qt.Key.Key_Return)  # Enter stays where something is asked
    assert getattr(active.consultation.case.patient, name) is None
    assert editor.isAncestorOf(QApplication.focusWidget())
    if key == "only":
        press(Qt.Key.Key_Return, ALT)
    else:
        press(Qt.Key[f"Key_{key}"], CTRL)
    assert entry(active, name).text == taken
    assert getattr(active.consultation.case.patient, name) is not None


def test_of_several_offers_alt_enter_takes_none(active: MainWindow) -> None:
    row_of(active, "stable_since")
    type_("01.03.2024")
    press(Qt.Key.Key_Return, ALT)
    assert entry(active, "stable_since").text == "01.03.2024"


def test_an_unusual_number_is_kept_and_asks_for_its_unit(active: MainWindow) -> None:
    editor = row_of(active, "igg")
    type_("140 g/L")
    assert "is unusual" in editor.message.words.text()
    assert editor.message.offers == ("140 mg/dL",)
    press(Qt.Key.Key_Return)
    assert entry(active, "igg").text == "140 g/L"
    row_of(active, "igg")
    press(Qt.Key.Key_Return, ALT)
    assert entry(active, "igg").text == "140 mg/dL"
    assert editor.message.words_of("converted") == "140 mg/dL is 1.4 g/L."


def test_a_step_that_does_not_exist_is_offered_its_neighbours(active: MainWindow) -> None:
    editor = list_of(active, "edss_series")
    press(Qt.Key.Key_Return)  # on "Add a row"
    type_("2 nov 2026")
    press(Qt.Key.Key_Return)
    type_("3.25")
    cell = editor.rows[0].editors["value"]
    assert cell.message.offers == ("3", "3.5")
    press(Qt.Key.Key_2, CTRL)
    (row,) = active.consultation.case.patient.edss_series.rows  # type: ignore[union-attr]
    assert str(row.value.value) == "3.5"


@pytest.mark.parametrize(
    ("name", "key", "state", "text"),
    [
        ("hbsag", Qt.Key.Key_1, "known", "positive"),
        ("hbsag", Qt.Key.Key_2, "known", "negative"),
        ("hbsag", Qt.Key.Key_3, "not-done", ""),
        ("hbsag", Qt.Key.Key_4, "unavailable", ""),
        ("pregnant", Qt.Key.Key_1, "known", "yes"),
        ("pregnant", Qt.Key.Key_2, "known", "no"),
        ("igg", Qt.Key.Key_3, "not-done", ""),
        ("igg", Qt.Key.Key_1, "not-known", ""),  # not one of two answers
        ("hepatitis_c", Qt.Key.Key_2, "not-known", ""),
    ],
)
def test_four_states_are_one_key_away(
    active: MainWindow, name: str, key: Qt.Key, state: str, text: str
) -> None:
    row_of(active, name)
    press(key, CTRL)
    assert (entry(active, name).state, entry(active, name).text) == (state, text)
    press(Qt.Key.Key_5, CTRL)
    assert entry(active, name) == Entry()


@pytest.mark.parametrize(("word", "state"), [("未做", "not-done"), ("unknown", "not-known")])
def test_a_word_sets_the_state_and_the_state_is_shown(
    active: MainWindow, word: str, state: str
) -> None:
    editor = row_of(active, "hiv")
    type_(word)
    assert editor.state.currentData() == state  # type: ignore[union-attr]
    press(Qt.Key.Key_Return)
    assert entry(active, "hiv").state == state
    assert active.consultation.known_of(["hiv"]) == (state == "not-done")


def test_letters_answer_yes_and_no(active: MainWindow) -> None:
    row_of(active, "breastfeeding")
    press(Qt.Key.Key_Y)
    assert entry(active, "breastfeeding").text == "yes"
    press(Qt.Key.Key_N)
    assert entry(active, "breastfeeding").text == "no"
    press(Qt.Key.Key_Delete)
    assert entry(active, "breastfeeding") == Entry()


def test_one_date_and_source_serve_the_new_results_of_a_page(active: MainWindow) -> None:
    row_of(active, "haemoglobin")
    page = active.form.pages["blood"]
    page.head.day.setFocus()
    type_("10 nov 2026")
    press(Qt.Key.Key_Return)
    page.head.source.setFocus()
    type_("letter")
    row_of(active, "creatinine_clearance")
    type_("104")
    made = entry(active, "creatinine_clearance")
    assert (made.date, made.source) == ("10-Nov-2026", "letter")
    answer = active.consultation.case.patient.creatinine_clearance
    assert answer is not None and str(answer.date) == "2026-11-10" and answer.source == "letter"
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    assert entry(active, "creatinine_clearance") == Entry()
    # A result that has its own date keeps it.
    active.consultation.edit("igg", Entry("known", "6 g/L", "2025"))
    row_of(active, "igg")
    type_("0")
    assert entry(active, "igg").date == "2025"


def test_the_date_of_another_page_is_one_key_away(active: MainWindow) -> None:
    row_of(active, "haemoglobin")
    active.form.pages["blood"].head.day.setFocus()
    type_("10 nov 2026")
    press(Qt.Key.Key_PageDown, CTRL)
    head = active.form.pages["organs"].head
    assert head.day.hasFocus()
    press(Qt.Key.Key_Return, ALT)
    assert head.usual_now()[0] == "10-Nov-2026"


def test_a_source_is_asked_by_key_and_kept_with_the_answer(active: MainWindow) -> None:
    editor = row_of(active, "lvef")
    type_("62")
    press(Qt.Key.Key_E, CTRL | SHIFT)
    assert editor.source is not None and editor.source.hasFocus()
    type_("echo report")
    answer = active.consultation.case.patient.lvef
    assert answer is not None and answer.source == "echo report"


def test_a_source_with_a_sign_that_cannot_be_seen_is_said(active: MainWindow) -> None:
    editor = row_of(active, "lvef")
    type_("62")
    active.consultation.edit("lvef", Entry("known", "62", source="a\u202eb"))
    assert "the source holds the sign U+202E" in editor.message.words.text().replace("The", "the")
    assert active.consultation.case.patient.lvef is None


def test_a_result_that_does_not_count_says_why(qtbot: QtBot, answered: Answered) -> None:
    window = answered("b")
    editor = row_of(window, "pregnant")
    window.consultation.edit("pregnant", Entry("known", "no", "2026-10-01"))
    assert "counts for 14 days" in editor.message.words_of("stale")
    window.consultation.edit("pregnant", Entry("known", "no", "2026-11-15"))
    assert editor.message.words_of("stale") == ""
    edss = list_of(window, "edss_series")
    series = window.consultation.entry("edss_series")
    assert isinstance(series, RowsEntry)
    old = {**series.rows[0], "date": Entry("known", "2026-02-11")}
    window.consultation.edit("edss_series", RowsEntry("", (old,)))
    assert edss.message.words_of("stale").startswith("Not done since the attack of 30-Jul-2026")


def test_what_still_decides_stands_above_the_page_and_beside_its_label(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("j")
    window.activateWindow()
    window.panes.show_form(True)
    page = window.form.show_section("infection")
    chips = [one.accessibleName() for one in page.head.questions.parts]
    assert "Still decides here: HBV DNA, settles 5 options" in chips
    assert "hbv_dna" in page._deciding
    value = page.editors["hbv_dna"].value.focusProxy()  # type: ignore[union-attr]
    assert value.accessibleDescription().startswith("This answer still decides.")
    page.head.questions.parts[1].click()  # type: ignore[attr-defined]
    assert window.form.field == "hbv_dna"
    # With the old answer its marks leave as well.
    press(Qt.Key.Key_A, CTRL)
    type_("un")
    assert page._deciding == frozenset()


def test_f7_walks_through_the_questions_and_f9_through_what_is_empty(
    qtbot: QtBot, answered: Answered
) -> None:
    window = answered("j")
    window.activateWindow()
    advice = window.consultation.advice
    assert advice is not None
    window.panes.show_form(True)
    seen = []
    for _n in range(3):
        window.actions_by_id["next-question"].trigger()
        seen.append(window.form.field)
    assert seen == [question.field for question in advice.questions[:3]]
    window.actions_by_id["next-empty"].trigger()
    first = window.form.field
    assert window.consultation.known_of([first]) == 0
    window.actions_by_id["next-empty"].trigger()
    assert window.form.field != first and window.consultation.known_of([window.form.field]) == 0


def test_enter_goes_on_in_the_order_one_reads_through_every_page(active: MainWindow) -> None:
    active.form.turn(0)
    active.form.show_section("person")
    first = active.form.pages["person"].stops[0]
    first.setFocus()
    seen: list[str] = []
    sections: list[str] = []
    for _n in range(600):
        name = active.form.field
        if name and name not in seen:
            seen.append(name)
        if active.form.section not in sections:
            sections.append(active.form.section)
        focus = QApplication.focusWidget()
        if isinstance(focus, QWidget) and focus.accessibleName().startswith("Add a row"):
            active.form.on_page_entered(focus)  # a list without rows is passed by
        else:
            press(Qt.Key.Key_Return)
        if len(sections) == len(SECTIONS) and active.form.section == sections[0]:
            break
    assert sections == list(SECTIONS)
    shown = [name for section in SECTIONS for name in active.form.pages[section].editors]
    assert seen == shown


def test_tab_follows_the_rows_one_reads(active: MainWindow) -> None:
    editor = list_of(active, "acuity_series")
    for _n in range(2):
        press(Qt.Key.Key_Return, CTRL)
    QApplication.processEvents()  # so that every part has its place
    places = []
    editor.add.setFocus()
    for _n in range(60):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or not editor.isAncestorOf(focus):
            break
        corner = focus.mapTo(editor, focus.rect().topLeft())
        places.append((corner.y() // 20, corner.x()))
    assert len(places) > 10
    assert places == sorted(places)


def test_tab_goes_into_a_row_that_opens(active: MainWindow) -> None:
    editor = list_of(active, "attacks")
    press(Qt.Key.Key_Return, CTRL)
    row = editor.rows[0]
    onset, sites = row.editors["onset"], row.editors["sites"]
    assert onset.isAncestorOf(QApplication.focusWidget())
    while onset.isAncestorOf(QApplication.focusWidget()):
        press(Qt.Key.Key_Tab)
    assert sites.isAncestorOf(QApplication.focusWidget())


def test_ctrl_enter_adds_a_row_and_puts_the_cursor_there(active: MainWindow) -> None:
    editor = list_of(active, "attacks")
    press(Qt.Key.Key_Return, CTRL)
    type_("dec25")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    type_("jul26")
    press(Qt.Key.Key_Return)
    attacks = active.consultation.case.patient.attacks
    assert attacks is not None
    assert [str(row.onset.value) for row in attacks.rows if row.onset] == ["2025-12", "2026-07"]
    assert len(editor.rows) == 2


def paste(window: MainWindow, *lines: str) -> PastePanel:
    QApplication.clipboard().setText("\n".join(lines))
    window.actions_by_id["paste"].trigger()
    panel = window.form.current_page
    assert isinstance(panel, PastePanel)
    return panel


def test_a_pasted_print_is_written_only_when_taken_and_in_one_step(active: MainWindow) -> None:
    panel = paste(
        active, "Collected: 12-Mar-2026", "HBsAg 阴性", "CRP <0.5 mg/L", "eGFR 88", "血小板 241"
    )
    assert active.consultation.undo_stack.count() == 0
    assert [one.found.field for one in panel.found] == ["hbsag", "crp"]
    assert [left.line for left in panel.block.left] == ["eGFR 88", "血小板 241"]
    assert panel.take.text() == "Take these 2 values"
    assert panel.take.hasFocus()
    press(Qt.Key.Key_Return)
    assert entry(active, "hbsag") == Entry("known", "negative", "12-Mar-2026")
    crp = active.consultation.case.patient.crp
    assert crp is not None and crp.comparator == "<" and str(crp.date) == "2026-03-12"
    assert active.consultation.undo_stack.count() == 1
    assert active.form.field == "hbsag"
    active.consultation.undo_stack.undo()
    assert entry(active, "hbsag") == Entry() and entry(active, "crp") == Entry()


def test_a_pasted_result_replaces_nothing_newer_unasked(active: MainWindow) -> None:
    active.consultation.edit("igg", Entry("known", "8.9 g/L", "2026-11-10"))
    older = paste(active, "IgG 6.2 g/L 12-Mar-2026")
    assert not older.found[0].box.isChecked()
    assert not older.take.isEnabled()
    press(Qt.Key.Key_Escape)
    assert entry(active, "igg").text == "8.9 g/L"
    newer = paste(active, "IgG 6.2 g/L 12-Nov-2026")
    assert newer.found[0].box.isChecked()
    unusual = paste(active, "IgG 140 g/L 12-Nov-2026")
    assert not unusual.found[0].box.isChecked()


def test_results_without_a_day_take_the_one_that_is_given(active: MainWindow) -> None:
    panel = paste(active, "HIV 阴性")
    assert panel.found[0].day.text() == "no date"
    panel.day.setFocus()
    type_("12 mar 26")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert entry(active, "hiv") == Entry("known", "negative", "12-Mar-2026")


@pytest.mark.parametrize("text", ["", "   ", "hello", "x" * 100_000, "\x00\u202e阴性\n" * 50])
def test_whatever_is_pasted_is_a_sentence_and_nothing_is_written(
    active: MainWindow, text: str
) -> None:
    panel = paste(active, text)
    assert panel.found == [] and not panel.take.isEnabled()
    press(Qt.Key.Key_Escape)
    assert active.consultation.undo_stack.count() == 0


def test_no_box_waits_in_the_flow(active: MainWindow) -> None:
    for name, text in (("igg", "600 g/L"), ("hbsag", "±"), ("stable_since", "soon")):
        row_of(active, name)
        type_(text)
        press(Qt.Key.Key_Tab)
    paste(active, "IgG 6.2")
    press(Qt.Key.Key_Escape)
    boxes = [one for one in active.findChildren(QDialog) if one.isVisible()]
    assert boxes == [] and not active.findChildren(QMessageBox)
