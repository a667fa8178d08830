"""From any sentence on screen to the study sheet in one click."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QApplication, QLabel, QTableWidgetItem, QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, PLAN, RESULT, ROBUSTNESS, TRIALS
from nmosd_cds.gui.results.word_table import WordTable

Answered = Callable[[str], MainWindow]
EXAMPLES = ("b", "d", "j")
TABS = (RESULT, COMPARE, ROBUSTNESS, PLAN, TRIALS)
_WORD = re.compile(r"(?<![\w/.-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])")
# `11 of 16 (41–89 %)`: a figure and its interval.
_FIGURE = re.compile(r"\d+ of \d+ \([\d.]+–[\d.]+ %\)")


def _keys(window: MainWindow) -> frozenset[str]:
    """Citation keys that cannot be an ordinary word; the name of a drug is one."""
    sources = window.consultation.engine.knowledge().sources
    return frozenset(key for key, one in sources.items() if one.kind != "drug" and "-" in key)


def _open_everything(words: Markup) -> None:
    """Open whatever can be opened, until nothing closed is left."""
    done: set[str] = set()
    while True:
        found = re.findall(r'href="(toggle:[^"]+)"', words.toHtml())
        # Folding opens nothing.
        left = [one for one in dict.fromkeys(found) if one not in done and "fold" not in one]
        if not left:
            return
        done.add(left[0])
        before = len(words.toPlainText())
        words.followed.emit(left[0])
        if len(words.toPlainText()) < before:  # it was open
            words.followed.emit(left[0])


def _blocks(words: Markup) -> Iterator[QTextBlock]:
    block = words.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def _text(block: QTextBlock) -> str:
    """Its words; a figure that keeps to one line has other spaces."""
    return block.text().replace("\N{NO-BREAK SPACE}", " ")


def _links(block: QTextBlock) -> Iterator[tuple[str, str]]:
    """Target and words of each link in a block."""
    iterator = block.begin()
    while not iterator.atEnd():
        form = iterator.fragment().charFormat()
        if form.isAnchor() and form.anchorHref():
            yield form.anchorHref(), iterator.fragment().text()
        iterator += 1


def _lacking(words: Markup, keys: frozenset[str]) -> Iterator[str]:
    """Keys that stand as plain words, and figures in a line without the way to a study."""
    for block in _blocks(words):
        links = list(_links(block))
        targets = {target for target, _said in links if target.startswith("study:")}
        led = {target.removeprefix("study:").partition("/")[0] for target in targets}
        printed = set(_WORD.findall(_text(block))) & keys
        for key in printed - led:
            yield f"{key} is no link in: {_text(block)}"
        if _FIGURE.search(_text(block)) and not targets:
            yield f"no study behind: {_text(block)}"


def _shown(window: MainWindow, tab: int, qapp: QApplication) -> QWidget:
    window.results.tabs.setCurrentIndex(tab)
    qapp.processEvents()
    page = window.results.pages.currentWidget()
    for words in page.findChildren(Markup):
        _open_everything(words)
    qapp.processEvents()
    return page


def _plans(window: MainWindow, tab: int) -> list[str]:
    """Options whose plan has to be looked at in turn; one empty name for the other tabs."""
    advice = window.consultation.advice
    if tab != PLAN or advice is None:
        return [""]
    return [
        one.id for one in advice.options if one.plan and one.status in ("possible", "unconfirmed")
    ]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("tab", TABS)
def test_every_key_and_every_figure_on_a_tab_leads_to_a_sheet(
    qapp: QApplication, answered: Answered, name: str, tab: int
) -> None:
    window = answered(name)
    keys = _keys(window)
    lacking: list[str] = []
    targets: set[str] = set()
    for option in _plans(window, tab):
        page = _shown(window, tab, qapp)
        if option:
            window.results.plan.choose(option)
        for words in page.findChildren(Markup):
            lacking += _lacking(words, keys)
            for block in _blocks(words):
                targets |= {target for target, _said in _links(block)}
        for label in page.findChildren(QLabel):
            printed = set(_WORD.findall(label.text())) & keys
            lacking += [f"{key} is no link in: {label.text()}" for key in printed]
            if _FIGURE.search(label.text()):
                lacking.append(f"no study behind: {label.text()}")
    assert not lacking, "\n".join(dict.fromkeys(lacking))
    for target in targets:
        kind, _colon, rest = target.partition(":")
        assert kind in ("study", "toggle", "field"), target
        if kind == "study":
            assert window.results.evidence.show_source(rest), target


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_row_of_a_table_that_prints_a_key_opens_it(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    keys = _keys(window)
    seen = 0
    for tab in TABS:
        page = _shown(window, tab, qapp)
        for table in page.findChildren(WordTable):
            for cell in _cells(table):
                printed = set(_WORD.findall(cell.text())) & keys
                if printed:
                    seen += 1
                    window.results.evidence.turn_to(0)
                    window.results.tabs.setCurrentIndex(tab)
                    table.itemActivated.emit(cell)
                    if len(printed) > 1:
                        assert table.menu is not None
                        assert {one.text() for one in table.menu.actions()} >= printed
                        table.menu.actions()[0].trigger()
                        table.menu.close()
                    assert window.results.tabs.currentIndex() == EVIDENCE, (tab, cell.text())
                    assert window.results.evidence.source in printed, cell.text()
    assert seen or name == "d"  # nothing is compared or planned for d


def _cells(table: WordTable) -> Iterator[QTableWidgetItem]:
    table.show()  # the cells of a twin are made when it is looked at
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            if item is not None:
                yield item


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_figure_of_every_argument_stands_beside_its_study(
    qapp: QApplication, answered: Answered, name: str
) -> None:
    window = answered(name)
    advice = window.consultation.advice
    assert isinstance(advice, Advice)
    page = _shown(window, RESULT, qapp)
    linked = {
        (target, _text(block))
        for words in page.findChildren(Markup)
        for block in _blocks(words)
        for target, _said in _links(block)
    }
    shown = [one for one in advice.options if one.status in ("possible", "unconfirmed")]
    for option in shown:
        for argument in option.arguments:
            for figure in argument.figures:
                target = f"study:{figure.study}/{figure.figure}"
                held = [text for at, text in linked if at == target]
                assert any(figure.shown in text for text in held), (option.id, target)
