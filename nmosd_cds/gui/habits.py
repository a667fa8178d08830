"""The habits people bring to any program: search, dropping files, printing, a list of shortcuts.

Each is a module of its own, imported when it is first used; here they meet the window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from nmosd_cds.gui.background import jobs
from nmosd_cds.gui.calculators.opener import Calculators
from nmosd_cds.gui.case_files import CaseFiles
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.dropped import Drops
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.panes import Panes
from nmosd_cds.gui.results.result_tabs import ResultTabs
from nmosd_cds.gui.settings import Settings
from nmosd_cds.i18n import _

if TYPE_CHECKING:
    from nmosd_cds.gui.printing import Printing
    from nmosd_cds.gui.search.searching import Searching
    from nmosd_cds.gui.shortcut_list import ShortcutList
    from nmosd_cds.gui.tour.touring import Touring


class Served(Protocol):
    """What the habits ask of a window."""

    consultation: Consultation
    files: CaseFiles
    calculators: Calculators
    panes: Panes
    results: ResultTabs
    actions_by_id: dict[str, QAction]

    def export(self) -> None: ...
    def on_failed(self, failure: Failure) -> None: ...
    def on_offered(self, failure: Failure, offer: str, then: object) -> None: ...


class Habits(QObject):
    """What the window can do beside its work on a case.

    Attributes:
        settings: How the window was left the last time.
        printing: None until somebody first prints.
        searching: None until somebody first searches.
        touring: None until the guided tour is first taken.
    """

    def __init__(self, window: Served) -> None:
        assert isinstance(window, QMainWindow)
        super().__init__(window)
        self._window, self._widget = window, window
        self.settings = Settings()
        self.printing: Printing | None = None
        self.searching: Searching | None = None
        self.touring: Touring | None = None
        self.drops = Drops(window, window.files, window.consultation)
        self.drops.said.connect(window.on_failed)
        self.drops.offered.connect(window.on_offered)
        window.consultation.stopped.connect(self.on_stopped)

    def commands(self) -> dict[str, Callable[[], object]]:
        """What each command of this module does, by its id."""
        return {
            "shortcuts": self.show_shortcuts,
            "print": self.print,
            "stop": stop_oldest,
            "search": self.search,
            "reset-layout": self.reset_layout,
            "tour": self.tour,
        }

    def tour(self) -> None:
        """Take the guided tour, or take it up again."""
        from nmosd_cds.gui.tour.touring import Touring

        if self.touring is None:
            keep = partial(setattr, self, "settings")
            self.touring = Touring(self._window, self._widget, lambda: self.settings, keep)
        self.touring.begin()

    def reset_layout(self) -> None:
        """Size, zoom, form and tab as the program begins."""
        from nmosd_cds.gui.layout_memory import reset

        reset(self._widget)

    def search(self) -> None:
        """Open the search over everything."""
        from nmosd_cds.gui.search.searching import Searching

        if self.searching is None:
            self.searching = Searching(self._window, self)
        self.searching.open()

    def on_stopped(self) -> None:
        """The answer was not worked out because a person stopped it."""
        self._window.results.result.show_failure()
        failure = Failure(
            _("You stopped the answer"), (_("Nothing else has changed. No advice is shown."),)
        )
        again = self._window.consultation.ask_again
        self._window.on_offered(failure, _("Work it out"), again)

    def show_shortcuts(self) -> None:
        """Show the list of shortcuts beside the work."""
        from nmosd_cds.gui.shortcut_list import ShortcutList

        found = self._widget.findChildren(ShortcutList)
        shown: list[ShortcutList] = [one for one in found if one.isVisible()]
        panel = shown[0] if shown else ShortcutList(self._widget)
        panel.show()
        panel.raise_()
        panel.activateWindow()
        panel.search.setFocus()

    def print(self) -> None:
        """Print the report, made first if it has to be."""
        from nmosd_cds.gui.printing import Printing

        if self.printing is None:
            self.printing = Printing(self._widget, self._window.export)
            self.printing.said.connect(self._window.on_failed)
            self.printing.offered.connect(self._window.on_offered)
        report = self._window.results.report
        report.make(partial(self.printing.ask, report.preview.current))


def stop_oldest() -> None:
    """Stop what has been under way for longest; nothing to stop is no fault."""
    if jobs().under_way:
        jobs().under_way[0].stop()
