"""Colours, type and sizes: two palettes on Fusion, one face, one zoom. No style sheets."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from nmosd_cds.gui import typefaces
from nmosd_cds.i18n import ENGLISH, language

BODY = 13
SMALL = 12
TITLE = 16
HEADLINE = 18
# Widths of the left side, here because the frame of the window needs them before the form is made.
RAIL, FORM = 178, 490
ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme; contrast was measured for each (text 4.5, shapes 3)."""

    window: str
    surface: str
    sunk: str
    text: str
    text2: str
    accent: str
    on_accent: str
    wash: str
    attention: str
    edge: str
    line: str
    possible: str
    cannot_tell: str
    excluded: str
    no_evidence: str


LIGHT = Tokens(
    window="#F3F5F7",
    surface="#FFFFFF",
    sunk="#F8F9FB",
    text="#17202B",
    text2="#4A5664",
    accent="#005A9C",
    on_accent="#FFFFFF",
    wash="#E4EFF8",
    attention="#855400",
    edge="#7F8A97",
    line="#D9DEE4",
    possible="#009E73",
    cannot_tell="#E69F00",
    excluded="#A8400A",
    no_evidence="#59636F",
)
DARK = Tokens(
    window="#12161B",
    surface="#1A2027",
    sunk="#161B21",
    text="#E7ECF1",
    text2="#AAB5C1",
    accent="#6DB9EF",
    on_accent="#0C1A26",
    wash="#1B3346",
    attention="#F6C453",
    edge="#7C8896",
    line="#323C47",
    possible="#2FB38A",
    cannot_tell="#F6C453",
    excluded="#E8603C",
    no_evidence="#B7C3CF",
)


class _Look(QObject):
    """What is chosen in the View menu; a holder, so that a change reaches whoever asks later."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_dark = False
        self.zoom = 1.0
        self.families = typefaces.FAMILIES


look = _Look()


def tokens() -> Tokens:
    """The colours in use."""
    return DARK if look.is_dark else LIGHT


def colour(name: str) -> QColor:
    """A colour in use, by the name of its token."""
    return QColor(getattr(tokens(), name))


def px(length: float) -> int:
    """A length of the 4 px grid at the zoom in use."""
    return round(length * look.zoom)


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """The face at a size of the grid."""
    chosen = QFont(look.families)
    chosen.setPixelSize(px(size))
    chosen.setBold(bold)
    return chosen


def width_of(text: str, size: int = BODY, *, bold: bool = False) -> int:
    """Pixels a text takes on one line."""
    return QFontMetrics(font(size, bold=bold)).horizontalAdvance(text)


def tall_of(text: str, wide: float, size: int = BODY, *, bold: bool = False) -> int:
    """Pixels a text takes in height, broken at words to a width."""
    from PySide6.QtCore import Qt

    room = QRect(0, 0, max(int(wide), 1), 10_000)
    metrics = QFontMetrics(font(size, bold=bold))
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, text).height()


def load_fonts() -> None:
    """Make known what the first window is written in; `typefaces` sees to the rest."""
    typefaces.load_latin()
    if language() != ENGLISH:
        typefaces.load_chinese()


def apply(application: QApplication) -> None:
    """Put theme and zoom on the application, and say that they changed."""
    if application.style().objectName().casefold() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(tokens()))
    application.setFont(font())
    look.changed.emit()


def tell_system() -> None:
    """Let the frame of the window and the system's own dialogs follow the theme.

    Not part of `apply`: the names in `Qt` take a tenth of the time to the first window.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    scheme = Qt.ColorScheme.Dark if look.is_dark else Qt.ColorScheme.Light
    QGuiApplication.styleHints().setColorScheme(scheme)


def choose(application: QApplication, *, dark: bool | None = None, zoom: float = 0) -> None:
    """Change theme or zoom; None and 0 keep what is in use."""
    look.is_dark = look.is_dark if dark is None else dark
    look.zoom = zoom or look.zoom
    tell_system()
    apply(application)


def next_zoom(step: int) -> float:
    """The zoom one step up or down; 0 is back to 100 %."""
    if step == 0:
        return ZOOMS[0]
    at = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - look.zoom)) + step
    return ZOOMS[max(0, min(at, len(ZOOMS) - 1))]


def _palette(chosen: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: chosen.window,
        role.WindowText: chosen.text,
        role.Base: chosen.surface,
        role.AlternateBase: chosen.sunk,
        role.Text: chosen.text,
        role.Button: chosen.surface,
        role.ButtonText: chosen.text,
        role.PlaceholderText: chosen.text2,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.ToolTipBase: chosen.surface,
        role.ToolTipText: chosen.text,
        role.Light: chosen.surface,
        role.Midlight: chosen.line,
        role.Mid: chosen.edge,
        role.Dark: chosen.edge,
        role.Shadow: chosen.edge,
        role.Accent: chosen.accent,
    }
    palette = QPalette()
    for which, value in colours.items():
        palette.setColor(which, QColor(value))
    # Greyed-out text is for commands only; a field that cannot be typed in stays readable.
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.edge))
    return palette
