"""The menus, and what each command does in a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nmosd_cds import __version__
from nmosd_cds.gui.calculators.opener import Calculators
from nmosd_cds.gui.case_files import CaseFiles
from nmosd_cds.gui.commands import COMMANDS, MENUS
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.form import answer_keys
from nmosd_cds.gui.habits import Habits
from nmosd_cds.gui.panes import Panes
from nmosd_cds.gui.results.result_tabs import ResultTabs
from nmosd_cds.i18n import _, review_note

_DIGITS = 9
# Commands that open a list of their own.
SUBMENUS = ("examples", "language", "theme", "tabs")


def fill(
    bar: QMenuBar, run: dict[str, Callable[[], object]]
) -> tuple[dict[str, QAction], dict[str, QMenu]]:
    """Fill a menu bar; `run` has what each command does.

    Returns:
        The actions by id, and the empty submenus by id.
    """
    submenus = {name: QMenu(bar) for name in SUBMENUS}
    actions: dict[str, QAction] = {}
    menus = {key: bar.addMenu(_(title)) for key, title in MENUS.items()}
    for command in COMMANDS:
        menu = menus[command.menu]
        if command.id in submenus:
            submenus[command.id].setTitle(_(command.label))
            menu.addMenu(submenus[command.id])
            continue
        action = QAction(_(command.label), bar)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.is_choice)
        action.triggered.connect(lambda _on=False, id_=command.id: run[id_]())
        menu.addAction(action)
        actions[command.id] = action
    return actions, submenus


def fill_tabs(submenu: QMenu, titles: Sequence[str], show: Callable[[int], object]) -> None:
    """Every tab with its number, which is also its shortcut."""
    for at, title in enumerate(titles[:_DIGITS]):
        words = _("&{n} {title}").format(n=at + 1, title=_(title))
        action = submenu.addAction(words)
        action.setShortcut(QKeySequence(f"Alt+{at + 1}"))
        action.triggered.connect(lambda _on=False, at=at: show(at))


class Commanded(Protocol):
    """What the commands ask of a window; the window itself knows the menus."""

    files: CaseFiles
    consultation: Consultation
    results: ResultTabs
    calculators: Calculators
    habits: Habits

    def export(self) -> None: ...
    def close(self) -> bool: ...
    def copy_result(self) -> None: ...
    def toggle_dark(self) -> None: ...

    panes: Panes

    def zoom(self, step: int) -> None: ...
    def tell(self, title: str, words: str) -> None: ...


def run_of(window: Commanded) -> dict[str, Callable[[], object]]:
    """What each command does in a window."""
    files, stack = window.files, window.consultation.undo_stack

    def help_here() -> None:
        # Imported here because it reads the rules, and the menus are made before.
        from nmosd_cds.gui.field_help import help_beside

        assert isinstance(window, QWidget)
        shown = help_beside(
            window, window.consultation, lambda key: window.results.show_source(key)
        )
        if not shown:
            window.habits.show_shortcuts()

    return {
        "new": files.new,
        "open": files.ask_open,
        "save": lambda: files.save(),
        "save-as": lambda: files.ask_save_as(),
        "export": window.export,
        "quit": window.close,
        "undo": stack.undo,
        "redo": stack.redo,
        "copy": window.copy_result,
        "dark": window.toggle_dark,
        "zoom-in": lambda: window.zoom(1),
        "zoom-out": lambda: window.zoom(-1),
        "zoom-reset": lambda: window.zoom(0),
        "form": lambda: window.panes.toggle_form(),
        "next-pane": lambda: window.panes.next_pane(),
        "previous-pane": lambda: window.panes.next_pane(-1),
        "next-tab": lambda: window.results.next_tab(),
        "next-card": lambda: window.results.to_card(1),
        "card-before": lambda: window.results.to_card(-1),
        "previous-tab": lambda: window.results.next_tab(-1),
        "calculators": lambda: window.calculators.open(),
        "field-help": help_here,
        "about": lambda: window.tell(_("Intended use and version"), about_text()),
        "paste": lambda: window.panes.paste(),
        "next-question": lambda: window.panes.next_question(),
        "next-empty": lambda: window.panes.next_empty(),
        "next-page": lambda: window.panes.turn(1),
        "previous-page": lambda: window.panes.turn(-1),
        **answer_keys.RUN,
        **window.habits.commands(),
    }


def about_text() -> str:
    """What this is for, what it is not, and which version it is."""
    said = _(
        "For a specialist and a board who discuss an adult. Decision support, not a prescription. "
        "Prototype, not a medical device. Not for use by patients alone. It opens no connection "
        "and writes a case only where you save it; a saved case is not encrypted."
    )
    return "\n\n".join(filter(None, (f"NMOSD-CDS {__version__}", said, review_note())))
