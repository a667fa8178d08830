"""A page that is laid out over some turns of the loop: whole, or not seen at all."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.background import soon
from nmosd_cds.gui.results.option_text import Part
from nmosd_cds.gui.results.parted_page import Block, PartedPage


def _parts(*words: str) -> list[Part]:
    return [Part(word, f"<p>{word}</p>", word) for word in words]


def _plain(html: str) -> str:
    return html


@pytest.fixture
def page(qtbot: QtBot) -> PartedPage:
    page = PartedPage("Page")
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    return page


def test_nothing_is_seen_until_every_part_is_there(qtbot: QtBot, page: PartedPage) -> None:
    made: list[str] = []

    def slowly() -> Iterator[Part]:
        for part in _parts("one", "two", "three"):
            qtbot.wait(10)  # longer than a turn may take
            made.append(part.key)
            yield part

    with qtbot.waitSignal(page.filled):
        page.show_parts(slowly(), _plain)
        assert page.is_filling and not made
    assert [block.toPlainText() for block in page.blocks] == made == ["one", "two", "three"]
    assert all(block.isVisible() for block in page.blocks)


def test_whoever_asks_for_the_words_gets_all_of_them(page: PartedPage) -> None:
    page.show_parts(iter(_parts("one", "two")), _plain)
    assert page.toPlainText() == "one\ntwo"
    assert not page.is_filling


def test_the_next_answer_takes_the_place_of_one_half_laid_out(
    qtbot: QtBot, page: PartedPage
) -> None:
    page.show_parts(iter(_parts("one", "two")), _plain)
    page.clear()
    assert page.toPlainText() == ""
    with qtbot.waitSignal(page.filled):
        page.show_parts(iter(_parts("two", "four")), _plain)
    assert page.toPlainText() == "two\nfour"


def test_a_fault_on_the_way_leaves_no_page_that_lacks_a_part(page: PartedPage) -> None:
    page.show_parts(_parts("one", "two"), _plain)
    page.finish()
    page.clear()

    def broken() -> Iterator[Part]:
        yield from _parts("one")
        raise ZeroDivisionError

    page.show_parts(broken(), _plain)
    with pytest.raises(ZeroDivisionError):
        page.finish()
    QApplication.processEvents()
    assert not page.is_filling
    assert page.toPlainText() == ""
    assert not any(block.isVisible() for block in page.findChildren(Block))


def test_what_is_put_off_is_dropped_with_its_owner(qapp: QApplication) -> None:
    said: list[str] = []
    here, gone = QObject(), QObject()
    soon(here, lambda: said.append("here"))
    soon(gone, lambda: said.append("gone"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    assert said == ["here"]
