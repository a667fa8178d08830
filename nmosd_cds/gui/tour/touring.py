"""Leads through the tour: opens its case, sees what the person does, says the next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from nmosd_cds import paths
from nmosd_cds.gui import style
from nmosd_cds.gui.case_files import CaseFiles
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.draft import all_specs
from nmosd_cds.gui.panes import Panes
from nmosd_cds.gui.results.result_tabs import COMPARE, EVIDENCE, REPORT
from nmosd_cds.gui.settings import Settings
from nmosd_cds.gui.tour.steps import ANSWER, ASKED, EXAMPLE, STEPS, Event
from nmosd_cds.gui.tour.tour_strip import TourStrip, strip_is_low
from nmosd_cds.i18n import _
from nmosd_cds.report.wording import capital, sentence


class Toured(Protocol):
    """What the tour asks of a window."""

    consultation: Consultation
    files: CaseFiles
    panes: Panes


class Touring(QObject):
    """One tour for a window; its step is remembered, so that it can be taken up again.

    Attributes:
        at: Step that is shown; None while the tour is not open.
        strip: None while the tour is not open.
    """

    def __init__(
        self,
        window: Toured,
        parent: QWidget,
        settings: Callable[[], Settings],
        keep: Callable[[Settings], object],
    ) -> None:
        super().__init__(parent)
        self._window, self._widget = window, parent
        self._settings, self._keep = settings, keep
        self._consultation = window.consultation
        self.at: int | None = None
        self.strip: TourStrip | None = None
        self._is_opening = False
        self._panes: Panes | None = None
        self._before = self._after = ""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.on_focus_changed)
        self._consultation.advice_changed.connect(self.on_advice_changed)
        self._consultation.case_opened.connect(self.on_case_opened)
        style.look.changed.connect(self.on_look_changed)
        parent.installEventFilter(self)

    def begin(self) -> None:
        """Open the tour where it was left; over, it begins again."""
        kept = self._settings()
        at = 0 if kept.is_tour_over else min(kept.tour, len(STEPS) - 1)
        self._window.files.when_safe(lambda: self._open(at))

    def _open(self, at: int) -> None:
        self._is_opening = True
        path = paths.examples_folder() / f"{EXAMPLE}.json"
        self._window.files.open(path, is_example=True)
        self._is_opening = False
        # What a later step speaks of has been answered by an earlier one.
        self._before = self._after = ""
        self._attach()
        self._show(at)

    def _attach(self) -> None:
        """Stand in the panes there are now."""
        panes = self._window.panes
        if panes is self._panes and self.strip is not None:
            return
        self._panes = panes
        self.strip = TourStrip()
        self.strip.left.connect(self.leave)
        self.strip.stepped.connect(self.step)
        panes.put_strip(self.strip)
        panes.pane_changed.connect(self.on_pane_changed)
        panes.results.result.words.followed.connect(self.on_followed)
        panes.results.tabs.currentChanged.connect(self.on_tab_changed)

    def _show(self, at: int) -> None:
        assert self.strip is not None
        self.at = at
        one = STEPS[at]
        spec = all_specs()[ASKED]
        fill = {
            "field": _(spec.label),
            "answer": _(spec.label_of(ANSWER)),
            "before": self._before or _("most options could not be told."),
            "after": self._after or _("answer the question to see it."),
        }
        title = _("Guided tour, step {n} of {all}: {title}")
        self.strip.show_step(
            title.format(n=at + 1, all=len(STEPS), title=_(one.title)),
            _(one.short if one.short and strip_is_low() else one.words).format(**fill),
            _(one.keys).format(**fill),
            is_first=at == 0,
            last=_("Finish") if at == len(STEPS) - 1 else "",
        )
        self._keep(self._settings()._replace(tour=at, is_tour_over=False))
        if at == len(STEPS) - 1:
            # Nobody is asked whether to keep what was tried on a person who does not exist.
            self._consultation.undo_stack.setClean()

    def step(self, by: int) -> None:
        """Go on or back without doing it."""
        if self.at is None:
            return
        if self.at + by >= len(STEPS):
            self._end(is_over=True)
        else:
            self._show(max(self.at + by, 0))

    def leave(self) -> None:
        """Leave the tour; it can be taken up again."""
        self._end(is_over=False)

    def _end(self, *, is_over: bool) -> None:
        if self.at is None or self.strip is None:
            return
        at, self.at = self.at, None
        had_focus = self.strip.isAncestorOf(QApplication.focusWidget() or self._widget)
        self._window.panes.drop_strip()
        self.strip = self._panes = None
        self._keep(self._settings()._replace(tour=0 if is_over else at, is_tour_over=is_over))
        if had_focus:
            self._window.panes.next_pane()

    def _did(self, event: Event) -> None:
        """Go on if that is what the step asks for."""
        if self.at is not None and STEPS[self.at].event == event:
            self.step(1)

    def on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.at is None or now is None:
            return
        while now is not None and now is not self._window.panes:
            if now.objectName() == ASKED:
                self._did("question")
            now = now.parentWidget()

    def on_advice_changed(self) -> None:
        advice = self._consultation.advice
        if self.at is None or advice is None:
            return
        said = sentence(capital(advice.sentence))
        if self._consultation.known_of([ASKED]) and self._has_answer():
            self._after = said
            if STEPS[self.at].event == "answer" or STEPS[self.at].event == "question":
                self._show(next(n for n, one in enumerate(STEPS) if one.event == "opened"))
        else:
            self._before = said

    def _has_answer(self) -> bool:
        answer = getattr(self._consultation.case.patient, ASKED)
        return answer is not None and answer.value is not None

    def on_pane_changed(self) -> None:
        self._did("pane")

    def on_followed(self, target: str) -> None:
        if target.startswith("toggle:"):
            self._did("opened")
        self._look()

    def on_tab_changed(self) -> None:
        self._look()

    def _look(self) -> None:
        """See what the results show now."""
        results = self._window.panes.results
        tab = results.tabs.currentIndex()
        if tab == EVIDENCE and results.evidence.source:
            self._did("study")
        elif tab == COMPARE:
            self._did("compare")
        elif tab == REPORT:
            self._did("report")

    def on_case_opened(self) -> None:
        if self.at is not None and not self._is_opening:
            # Whoever opens another case has work to do.
            self._end(is_over=STEPS[self.at].event == "own")

    def on_look_changed(self) -> None:
        if self.at is not None:
            self._attach()
            self._show(self.at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the tour where nothing else wanted it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.at is not None:
                self.leave()
                return True
        return False
