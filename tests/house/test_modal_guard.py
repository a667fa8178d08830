"""The guard in conftest.py really stops a box that would wait for a person."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("box", [QDialog, QMessageBox, QFileDialog])
def test_a_modal_box_fails_the_test(qtbot: QtBot, box: type[QDialog]) -> None:
    dialog = box()
    qtbot.addWidget(dialog)
    with pytest.raises(pytest.fail.Exception, match="waits for a person"):
        dialog.exec()


def test_a_static_box_fails_the_test(qtbot: QtBot) -> None:
    with pytest.raises(pytest.fail.Exception, match="QMessageBox.question"):
        QMessageBox.question(None, "Sure?", "Are you?")
