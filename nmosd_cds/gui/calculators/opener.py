"""Opens the window of calculators, made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nmosd_cds.gui.consultation import Consultation

if TYPE_CHECKING:
    from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow


class Calculators(QObject):
    """One window of calculators for a main window.

    Attributes:
        window: None until a calculator was first opened.
    """

    def __init__(self, parent: QWidget, consultation: Consultation) -> None:
        super().__init__(parent)
        self._beside = parent
        self._consultation = consultation
        self.window: CalculatorWindow | None = None

    def open(self, field: str = "") -> None:
        """Show the calculator that answers a field, else the one that was open last."""
        from nmosd_cds.calculators.scores import score_for
        from nmosd_cds.gui.calculators.calculator_window import CalculatorWindow

        if self.window is None:
            self.window = CalculatorWindow(self._consultation, self._beside)
        self.window.open_score(score_for(field) or self.window.score)
