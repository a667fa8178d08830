"""Where somebody reads in an answer, while the answer is worked out anew: cursor and scrolling."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from nmosd_cds.gui.background import is_there, soon
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.result_view import ResultView


class KeptPlace(QObject):
    """What had the cursor and was hidden gets it back, unless somebody moved it meanwhile.

    Qt would hand it to whatever comes next, which may be on another side of the window. The page
    in front keeps its height, or it would jump to its top.
    """

    def __init__(self, consultation: Consultation, pages: QStackedWidget) -> None:
        """Begin to follow an answer, before the pages themselves do."""
        super().__init__(pages)
        self._consultation, self._pages = consultation, pages
        self._held: list[Page] = []
        self._had: QWidget | None = None
        self._waits_at: QWidget | None = None
        consultation.advice_cleared.connect(self.on_clearing)

    def wait_at(self, place: QWidget, result: ResultView) -> None:
        """Go on once the pages follow the answer too.

        Args:
            place: Where the cursor waits.
            result: The page that is filled over some turns of the loop.
        """
        self._place, self._result = place, result
        result.words.filled.connect(self.on_filled)
        self._consultation.advice_cleared.connect(self.on_cleared)
        self._consultation.advice_changed.connect(self.on_changed)
        self._consultation.failed.connect(self.let_go)
        self._consultation.case_opened.connect(self.on_case_opened)

    def on_clearing(self) -> None:
        shown = self._pages.currentWidget()
        if not self._held and shown is not None:
            self._held = shown.findChildren(Page)
            for page in self._held:
                page.hold()
        focus = QApplication.focusWidget()
        if self._waits_at is None or focus is not self._waits_at:
            is_ours = focus is not None and self._pages.isAncestorOf(focus)
            self._had, self._waits_at = focus if is_ours else None, None

    def on_cleared(self) -> None:
        had = self._had
        if had is not None and is_there(had) and not had.isVisible():
            self._waits_at = self._place
            self._place.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changed(self) -> None:
        # After what the views have put off for one turn of the loop.
        soon(self, self.let_go)
        if not self._result.words.is_filling:
            self.on_filled()

    def on_filled(self) -> None:
        had, waits_at = self._had, self._waits_at
        self._had = self._waits_at = None
        is_waiting = waits_at is not None and QApplication.focusWidget() is waits_at
        if is_waiting and had is not None and is_there(had) and had.isVisible():
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_case_opened(self) -> None:
        for page in self._held:
            page.verticalScrollBar().setValue(0)

    def let_go(self) -> None:
        """Let the pages be as high as what stands on them now."""
        for page in filter(is_there, self._held):
            page.let_go()
        self._held = []
