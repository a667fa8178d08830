"""Every command with its menu and its shortcut; the list of shortcuts is made from the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nmosd_cds import __version__
from nmosd_cds.gui.calculators.opener import Calculators
from nmosd_cds.gui.case_files import CaseFiles
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.panes import Panes
from nmosd_cds.gui.results.result_tabs import ResultTabs
from nmosd_cds.i18n import N_, _

MENUS = {"file": N_("&File"), "edit": N_("&Edit"), "view": N_("&View"), "help": N_("&Help")}


@dataclass(frozen=True)
class Command:
    """One line of a menu.

    Attributes:
        keys: Shortcuts, the first is shown.
        is_choice: Whether it has a tick.
    """

    id: str
    menu: str
    label: str
    keys: tuple[str, ...] = ()
    is_choice: bool = False


COMMANDS = (
    Command("new", "file", N_("&New case"), ("Ctrl+N",)),
    Command("open", "file", N_("&Open..."), ("Ctrl+O",)),
    Command("examples", "file", N_("Open &example")),
    Command("save", "file", N_("&Save"), ("Ctrl+S",)),
    Command("save-as", "file", N_("Save &as..."), ("Ctrl+Shift+S",)),
    Command("export", "file", N_("&Export PDF..."), ("Ctrl+P",)),
    Command("quit", "file", N_("&Quit"), ("Ctrl+Q",)),
    Command("undo", "edit", N_("&Undo"), ("Ctrl+Z",)),
    Command("redo", "edit", N_("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command("copy", "edit", N_("&Copy result as text"), ("Ctrl+Shift+C",)),
    Command("calculators", "view", N_("&Calculators..."), ("F8",)),
    Command("dark", "view", N_("&Dark"), ("Ctrl+D",), is_choice=True),
    Command("zoom-in", "view", N_("Zoom &in"), ("Ctrl++", "Ctrl+=")),
    Command("zoom-out", "view", N_("Zoom &out"), ("Ctrl+-",)),
    Command("zoom-reset", "view", N_("&100 %"), ("Ctrl+0",)),
    Command("form", "view", N_("Show or hide the &form"), ("F4",)),
    Command("next-pane", "view", N_("Next &pane"), ("F6",)),
    Command("next-tab", "view", N_("Next &tab"), ("Ctrl+Tab",)),
    Command("field-help", "help", N_("&Help on this field"), ("F1",)),
    Command("shortcuts", "help", N_("&Shortcuts"), ("Ctrl+F1",)),
    Command("about", "help", N_("&Intended use and version")),
)


def fill(bar: QMenuBar, run: dict[str, Callable[[], object]]) -> tuple[dict[str, QAction], QMenu]:
    """Fill a menu bar; `run` has what each command does.

    Returns:
        The actions by id, and the empty submenu of the examples.
    """
    submenu = QMenu(bar)
    actions: dict[str, QAction] = {}
    menus = {key: bar.addMenu(_(title)) for key, title in MENUS.items()}
    for command in COMMANDS:
        menu = menus[command.menu]
        if command.id == "examples":
            submenu.setTitle(_(command.label))
            menu.addMenu(submenu)
            continue
        action = QAction(_(command.label), bar)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.is_choice)
        action.triggered.connect(lambda _on=False, id_=command.id: run[id_]())
        menu.addAction(action)
        actions[command.id] = action
    return actions, submenu


class Commanded(Protocol):
    """What the commands ask of a window; the window itself knows the menus."""

    files: CaseFiles
    consultation: Consultation
    results: ResultTabs
    calculators: Calculators

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

    def shortcuts() -> None:
        window.tell(_("Shortcuts"), shortcuts_text())

    def help_here() -> None:
        # Imported here because it reads the rules, and the menus are made before.
        from nmosd_cds.gui.field_help import help_beside

        assert isinstance(window, QWidget)
        shown = help_beside(
            window, window.consultation, lambda key: window.results.show_source(key)
        )
        if not shown:
            shortcuts()

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
        "next-tab": lambda: window.results.next_tab(),
        "calculators": lambda: window.calculators.open(),
        "field-help": help_here,
        "shortcuts": shortcuts,
        "about": lambda: window.tell(_("Intended use and version"), about_text()),
    }


def shortcuts_text() -> str:
    """Every shortcut, one a line."""
    lines = [
        f"{command.keys[0]}\t{_(command.label).replace('&', '')}"
        for command in COMMANDS
        if command.keys
    ]
    more = (
        ("Alt+Down", _("Open a drop-down")),
        ("Alt+Up, Alt+Down", _("Move a row of an order")),
        ("=", _("Set a row of an order level with the one above")),
        ("Up, Down", _("Step a score; choose a figure")),
        ("Enter", _("Press a button, follow a link, open a study")),
    )
    return "\n".join([*lines, *(f"{keys}\t{words}" for keys, words in more)])


def about_text() -> str:
    """What this is for, what it is not, and which version it is."""
    said = _(
        "For a specialist and a board who discuss an adult. Decision support, not a prescription. "
        "Prototype, not a medical device. Not for use by patients alone. It opens no connection "
        "and writes a case only where you save it; a saved case is not encrypted."
    )
    return f"NMOSD-CDS {__version__}\n\n{said}"
