"""Holds what can be found, and goes to what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from nmosd_cds.advice.model import Advice
from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.gui.background import in_background
from nmosd_cds.gui.calculators.opener import Calculators
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.messages import failure_of
from nmosd_cds.gui.panes import Panes
from nmosd_cds.gui.search.index import Findable, known, lasting, told
from nmosd_cds.gui.search.search_panel import SearchPanel
from nmosd_cds.i18n import _, language
from nmosd_cds.knowledge.knowledge import Knowledge


class Searched(Protocol):
    """What the search asks of a window."""

    consultation: Consultation
    calculators: Calculators
    panes: Panes
    actions_by_id: dict[str, QAction]


class Searching(QObject):
    """One search for a window; the panel is made anew with the panes.

    Attributes:
        panel: None until somebody first searches.
    """

    def __init__(self, window: Searched, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._consultation = window.consultation
        self.panel: SearchPanel | None = None
        self._panes: Panes | None = None
        self._language = ""
        self._lasting: Sequence[Findable] = ()
        self._known: Sequence[Findable] = ()
        self._read: tuple[Knowledge | None, str] = (None, "")
        self._told: Sequence[Findable] = ()
        self._advice: Advice | None = None

    def open(self) -> None:
        """Open the panel, or put the cursor into it."""
        if self.panel is None or self._panes is not self._window.panes:
            self._panes = self._window.panes
            self.panel = SearchPanel(self._panes, self.things)
            self.panel.chosen.connect(self.go)
        self._gather()
        self.panel.open()

    def _gather(self) -> None:
        """Read what changed; the sources of a knowledge in the background."""
        if self._language != language():
            self._language = language()
            self._lasting = tuple(lasting())
        knowledge = self._consultation.engine.knowledge_or_none
        wanted = (knowledge, language())
        if knowledge is not None and wanted != self._read:
            self._read = wanted
            in_background(
                self,
                lambda: tuple(known(knowledge)),
                partial(self.on_known, wanted),
                self.on_failed,
            )
        advice = self._consultation.advice
        if advice is not self._advice:
            self._advice = advice
            self._told = tuple(told(advice)) if advice is not None else ()

    def on_known(self, wanted: tuple[Knowledge | None, str], found: Sequence[Findable]) -> None:
        if wanted == self._read:
            self._known = found
            if self.panel is not None and self.panel.isVisible():
                self.panel.show_found()

    def on_failed(self, error: BaseException) -> None:
        self._consultation.failed.emit(failure_of(error, _("The sources cannot be searched")))

    def things(self) -> Sequence[Findable]:
        """All that can be found now; what an older answer said is not."""
        is_answered = self._consultation.advice is self._advice and self._advice is not None
        return (*self._lasting, *self._known, *(self._told if is_answered else ()))

    def go(self, thing: Findable) -> None:
        """Go to what was chosen."""
        ways: Mapping[str, Callable[[str], object]] = {
            "field": self._window.panes.show_field,
            "option": lambda key: self._show_place(f"option/{key}/"),
            "finding": lambda key: self._show_place(f"rule/{key}"),
            "source": self._show_source,
            "calculator": self._open_calculator,
            "command": self._run,
        }
        ways[thing.group](thing.key)

    def _show_place(self, place: str) -> None:
        self._show_results()
        self._window.panes.results.show_place(place)

    def _show_source(self, key: str) -> None:
        self._show_results()
        self._window.panes.results.show_source(key)

    def _show_results(self) -> None:
        """Where form and results take turns, it is the turn of the results."""
        if self._window.panes.is_narrow:
            self._window.panes.show_form(False)

    def _open_calculator(self, name: str) -> None:
        calculators = self._window.calculators
        calculators.open()
        assert calculators.window is not None
        calculators.window.open_score(next(one for one in SCORES if one.name == name))

    def _run(self, name: str) -> None:
        action = self._window.actions_by_id.get(name)
        if action is not None and action.isEnabled():
            action.trigger()
