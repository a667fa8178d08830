"""A long round of the garbage collector never falls into typing, and comes in the first pause."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.tidying import PAUSE_MS

LONG = 2


@pytest.fixture
def long_rounds() -> Iterator[list[int]]:
    found: list[int] = []

    def count(phase: str, round_: dict[str, Any]) -> None:
        if phase == "start" and round_["generation"] == LONG:
            found.append(LONG)

    gc.callbacks.append(count)
    yield found
    gc.callbacks.remove(count)


def test_it_comes_once_in_the_pause_after_the_last_change(
    qtbot: QtBot, window: MainWindow, long_rounds: list[int]
) -> None:
    for number in range(1, 6):
        window.consultation.edit("weight", Entry("known", f"{50 + number} kg"))
        qtbot.wait(PAUSE_MS // 5)
        assert not long_rounds
    qtbot.waitUntil(lambda: bool(long_rounds), timeout=3 * PAUSE_MS)
    assert long_rounds == [LONG]


def test_whatever_is_thrown_away_does_not_bring_it_early(
    window: MainWindow, long_rounds: list[int]
) -> None:
    for _each in range(60_000):  # as much as some hundred keys leave behind
        cycle: list[object] = []
        cycle.append(cycle)
    assert not long_rounds
