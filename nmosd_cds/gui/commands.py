"""Every command with its menu and its shortcut, and the keys that parts of the window take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nmosd_cds.i18n import N_, _

MENUS = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "case": N_("&Case"),
    "view": N_("&View"),
    "help": N_("&Help"),
}


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
    Command("examples", "file", N_("Open e&xample")),
    Command("save", "file", N_("&Save"), ("Ctrl+S",)),
    Command("save-as", "file", N_("Save &as..."), ("Ctrl+Shift+S",)),
    Command("export", "file", N_("&Export PDF..."), ("Ctrl+Shift+P",)),
    Command("print", "file", N_("&Print..."), ("Ctrl+P",)),
    Command("quit", "file", N_("&Quit"), ("Ctrl+Q",)),
    Command("undo", "edit", N_("&Undo"), ("Ctrl+Z",)),
    Command("redo", "edit", N_("&Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    Command("search", "edit", N_("&Find anything"), ("Ctrl+F",)),
    Command("stop", "edit", N_("S&top what takes long"), ("Ctrl+.",)),
    Command("copy", "edit", N_("&Copy result as text"), ("Ctrl+Shift+C",)),
    Command("paste", "edit", N_("&Paste results..."), ("Ctrl+Shift+V",)),
    Command("next-question", "case", N_("Next &question"), ("F7",)),
    Command("next-empty", "case", N_("Next &empty field"), ("F9",)),
    Command("next-page", "case", N_("Next pa&ge"), ("Ctrl+PgDown",)),
    Command("previous-page", "case", N_("Pre&vious page"), ("Ctrl+PgUp",)),
    Command("answer-1", "case", N_("&First reading, or positive or yes"), ("Ctrl+1",)),
    Command("answer-2", "case", N_("&Second reading, or negative or no"), ("Ctrl+2",)),
    Command("answer-3", "case", N_("Not &done"), ("Ctrl+3",)),
    Command("answer-4", "case", N_("Result &unavailable"), ("Ctrl+4",)),
    Command("answer-5", "case", N_("Not &known"), ("Ctrl+5",)),
    Command("take-only", "case", N_("&Take what is offered"), ("Alt+Return", "Alt+Enter")),
    Command("new-row", "case", N_("New &row"), ("Ctrl+Return", "Ctrl+Enter")),
    Command("source", "case", N_("S&ource of this answer"), ("Ctrl+Shift+E",)),
    Command("calculators", "view", N_("&Calculators..."), ("F8",)),
    Command("dark", "view", N_("&Dark"), ("Ctrl+D",), is_choice=True),
    Command("language", "view", N_("&Language")),
    Command("theme", "view", N_("T&heme")),
    Command("zoom-in", "view", N_("Zoom &in"), ("Ctrl++", "Ctrl+=")),
    Command("zoom-out", "view", N_("Zoom &out"), ("Ctrl+-",)),
    Command("zoom-reset", "view", N_("&100 %"), ("Ctrl+0",)),
    Command("reset-layout", "view", N_("Reset la&yout")),
    Command("form", "view", N_("Show or hide the &form"), ("F4",)),
    Command("next-pane", "view", N_("Next &pane"), ("F6",)),
    Command("previous-pane", "view", N_("P&revious pane"), ("Shift+F6",)),
    Command("next-tab", "view", N_("Next &tab"), ("Ctrl+Tab",)),
    Command("next-card", "view", N_("Ne&xt option of the result"), ("F3",)),
    Command("card-before", "view", N_("Option b&efore"), ("Shift+F3",)),
    # Shift turns Tab into another key, whose name Qt asks for.
    Command("previous-tab", "view", N_("Previo&us tab"), ("Ctrl+Shift+Tab", "Ctrl+Shift+Backtab")),
    Command("tabs", "view", N_("&Go to tab")),
    Command("field-help", "help", N_("&Help on this field"), ("F1",)),
    Command("tour", "help", N_("&Guided tour")),
    Command("shortcuts", "help", N_("&Shortcuts"), ("Ctrl+F1",)),
    Command("about", "help", N_("&Intended use and version")),
)


@dataclass(frozen=True)
class Keys:
    """What keys do in one part of the window.

    Attributes:
        place: Where they do it.
    """

    place: str
    keys: str
    words: str


_ANY, _FORM, _RESULT = N_("Everywhere"), N_("Form"), N_("Result and its links")
_TABLE, _PLOT, _SOURCES = N_("Tables"), N_("Plots"), N_("Sources")
_REPORT, _SEARCH = N_("Report"), N_("Search")
_PREFERENCES, _CALCULATORS = N_("Preferences"), N_("Calculators")
_TIMELINE = N_("Timeline")
KEYS = (
    Keys(_ANY, "Tab, Shift+Tab", N_("Next field or button, and back")),
    Keys(_ANY, "Alt", N_("Reach the menus; then the underlined letters")),
    Keys(_ANY, "Alt+1 to Alt+9", N_("The first to the ninth tab")),
    Keys(_ANY, "Esc", N_("Close what opened, and return to where one was")),
    Keys(_SEARCH, "Up, Down", N_("Choose what was found")),
    Keys(_SEARCH, "Page Up, Page Down", N_("The first find of the group before or after")),
    Keys(_SEARCH, "Enter", N_("Go there")),
    Keys(_SEARCH, "Esc", N_("Return to where one was")),
    Keys(_FORM, "Up, Down", N_("On the list of pages: the page before or after")),
    Keys(_FORM, "Up, Down", N_("On a score: one step more or less")),
    Keys(_FORM, "Alt+Down", N_("Open a drop-down")),
    Keys(_FORM, "Space", N_("Press a button or a chip")),
    Keys(_FORM, "Enter", N_("Take what was read, and go on to the next answer")),
    Keys(_FORM, "Ctrl+1 - Ctrl+4", N_("Where readings are offered: take that one")),
    Keys(_FORM, "Y, N", N_("On yes or no: answer it")),
    Keys(_FORM, "Delete", N_("On yes or no: take the answer back")),
    Keys(_RESULT, "Enter", N_("Follow a link, open a study, open or close a part")),
    Keys(_RESULT, "Alt+Down, Alt+Up", N_("To the next option, and to the one before")),
    Keys(_RESULT, "J, K", N_("To the next option, and to the one before")),
    Keys(_RESULT, "Page Up, Page Down", N_("Scroll")),
    Keys(_TABLE, "Up, Down", N_("Choose a row")),
    Keys(_TABLE, "Enter", N_("Open the source a cell names")),
    Keys(_PLOT, "Up, Down", N_("Choose a figure; it is read out")),
    Keys(_PLOT, "Left, Right", N_("Choose a part of a bar")),
    Keys(_PLOT, "Enter", N_("Open the study of the chosen figure")),
    Keys(_REPORT, "Page Up, Page Down", N_("The page before or after")),
    Keys(_REPORT, "Home, End", N_("The first or the last page")),
    Keys(_REPORT, "+, -", N_("Larger or smaller pages")),
    Keys(_REPORT, "W, P", N_("Fit the width, or the whole page")),
    Keys(_SOURCES, "Enter", N_("Open the sheet of a source")),
    Keys(_SOURCES, "Esc", N_("Show all sources again")),
    Keys(_PREFERENCES, "Alt+Up, Alt+Down", N_("Move a row of an order")),
    Keys(_PREFERENCES, "=", N_("Set a row of an order level with the one above")),
    Keys(_PREFERENCES, "Left, Right", N_("Give a criterion more or fewer points")),
    Keys(_TIMELINE, "Left, Right", N_("The item before or after, along its lane")),
    Keys(_TIMELINE, "Up, Down", N_("The lane above or below, at the nearest time")),
    Keys(_TIMELINE, "Enter", N_("Open the row of an item beside the picture")),
    Keys(_TIMELINE, "A, E, V, D", N_("Add an attack, an EDSS, vision, a drug")),
    Keys(_TIMELINE, "Insert, Delete", N_("Add to the list of an item, or remove its row")),
    Keys(
        _TIMELINE, "Alt+Left, Alt+Right", N_("Move an item by a day; with Shift the end of a drug")
    ),
    Keys(_TIMELINE, "+, -", N_("Show a shorter or longer time")),
    Keys(_TIMELINE, "Shift+Left, Shift+Right", N_("Show an earlier or later time")),
    Keys(_CALCULATORS, "Esc", N_("Close the calculators; what was typed stays")),
)


def unmarked(label: str) -> str:
    """A name without the mark of its letter and the dots of a dialog."""
    # Chinese has the letter in brackets behind the name.
    return re.sub(r"\(&.\)", "", label).replace("&", "").removesuffix("...")


def plain_label(command: Command) -> str:
    """The name of a command in the language in use."""
    return unmarked(_(command.label))


def menu_words(command: Command) -> str:
    """In which menu a command stands."""
    return _("Menu {menu}").format(menu=unmarked(_(MENUS[command.menu])))


def key_rows() -> Iterator[tuple[str, str, str]]:
    """Place, keys, and what they do: the commands first, menu by menu."""
    for command in COMMANDS:
        if command.keys:
            yield menu_words(command), ", ".join(command.keys), plain_label(command)
    for one in KEYS:
        yield _(one.place), one.keys, _(one.words)
