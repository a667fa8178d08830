"""A whole case by keys alone: how many it takes, that no box waits, that it is the same case."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui.draft import entries_of
from nmosd_cds.gui.main_window import MainWindow

from .typist import Typist

# Counted when this was written; more keys need a reason.
MOST_KEYS = 1300


def test_example_b_is_entered_by_keys_alone(
    qtbot: QtBot, window: MainWindow, example_file: Callable[[str], Path]
) -> None:
    case = read_case(example_file("b"))
    window.activateWindow()
    window.panes.show_form(True)
    typist = Typist(window)
    typist.enter_case(entries_of(case))
    entered = window.consultation.case
    assert window.consultation.problems == {}
    entries = entries_of(case)
    differs = [name for name, one in entries_of(entered).items() if one != entries[name]]
    assert differs == []
    assert (entered.patient, entered.setting) == (case.patient, case.setting)
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    print(f"{typist.keys} keys for {typist.answers} answers")
    assert typist.keys <= MOST_KEYS
