"""Theme, type and sizes in use: a palette on Fusion, one face, one zoom. No style sheets."""

from __future__ import annotations

from functools import cache, lru_cache, partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from nmosd_cds.gui import typefaces
from nmosd_cds.gui.colours import DARK, HIGH_DARK, LIGHT, Tokens, high_contrast_of
from nmosd_cds.i18n import ENGLISH, language

BODY = 13
SMALL = 12
TITLE = 16
HEADLINE = 18
# The window as it begins, before anybody changed it.
WINDOW = (1366, 768)
# Widths of the left side, here because the frame of the window needs them before the form is made.
RAIL, FORM = 178, 490
THEMES = LIGHT_THEME, DARK_THEME, HIGH_CONTRAST, SYSTEM = "light", "dark", "high-contrast", "system"
# Qt's own controls, in its own dialogs; what is ours draws its outline itself.
_OUTLINED = ("QPushButton", "QRadioButton", "QSpinBox", "QToolButton")
_FUSION_DARKER = 140
_LARGEST = 1.75
_OWN = {LIGHT_THEME: LIGHT, DARK_THEME: DARK}
ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class _Look(QObject):
    """What is chosen in the View menu; a holder, so that a change reaches whoever asks later."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT_THEME
        self.tokens = LIGHT
        self.zoom = 1.0
        self.families = typefaces.FAMILIES

    @property
    def is_dark(self) -> bool:
        """Whether words are lighter than their ground."""
        return self.tokens.is_dark


look = _Look()


def tokens() -> Tokens:
    """The colours in use."""
    return look.tokens


def colour(name: str) -> QColor:
    """A colour in use, by the name of its token."""
    return QColor(getattr(tokens(), name))


def place_colour(at: int) -> QColor:
    """The colour of a place in a bar of ranks, from 0 on; one hue, so that none reads as good."""
    places = tokens().places
    return QColor(places[at]) if at < len(places) else colour("surface")


def edge_wide() -> float:
    """Pixels of an outline."""
    return 2.0 if tokens().is_high else 1.0


def focus_wide() -> float:
    """Pixels of the frame around what has the focus: 2 more than the outline it covers."""
    return edge_wide() + 2.0


def px(length: float) -> int:
    """A length of the 4 px grid at the zoom in use."""
    return round(length * look.zoom)


def gap(length: int) -> int:
    """A gap between parts; where words are largest it stays small, for they need the room."""
    return px(length) if look.zoom < _LARGEST else length


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """The face at a size of the grid."""
    chosen = QFont(look.families)
    chosen.setPixelSize(px(size))
    chosen.setBold(bold)
    return chosen


def width_of(text: str, size: int = BODY, *, bold: bool = False) -> int:
    """Pixels a text takes on one line."""
    return _width_of(text, px(size), bold, typefaces.faces_known())


def tall_of(text: str, wide: float, size: int = BODY, *, bold: bool = False) -> int:
    """Pixels a text takes in height, broken at words to a width."""
    return _tall_of(text, max(int(wide), 1), px(size), bold, typefaces.faces_known())


# Words are measured once in each size, for plots and tables ask again with every answer. The faces
# known are part of the key: another face may draw a sign that was a box before.
@lru_cache(maxsize=20_000)
def _width_of(text: str, pixels: int, bold: bool, _faces: int) -> int:
    return _metrics(pixels, bold, _faces).horizontalAdvance(text)


@lru_cache(maxsize=5_000)
def _tall_of(text: str, wide: int, pixels: int, bold: bool, _faces: int) -> int:
    from PySide6.QtCore import Qt

    room = QRect(0, 0, wide, 10_000)
    flags = Qt.TextFlag.TextWordWrap.value
    return _metrics(pixels, bold, _faces).boundingRect(room, flags, text).height()


@cache
def _metrics(pixels: int, bold: bool, _faces: int) -> QFontMetrics:
    chosen = QFont(look.families)
    chosen.setPixelSize(pixels)
    chosen.setBold(bold)
    return QFontMetrics(chosen)


def load_first_font() -> None:
    """Make known what one word in the first window is written in."""
    typefaces.load_first()
    if language() != ENGLISH:
        typefaces.load_chinese()


def load_fonts() -> None:
    """Make known what every page is written in; `typefaces` sees to the rest."""
    typefaces.load_latin()
    if language() != ENGLISH:
        typefaces.load_chinese()


def apply(application: QApplication) -> None:
    """Put theme and zoom on the application, and say that they changed."""
    _dress(application)
    look.changed.emit()


def _dress(application: QApplication) -> None:
    if application.style().objectName().casefold() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(tokens()))
    application.setFont(font())


def outline(application: QApplication) -> None:
    """Give Qt's own controls an outline that can be seen.

    Not part of `apply`: PySide looks for the right way to call for 30 ms, the first time.
    """
    for name in _OUTLINED:
        # PySide takes the name as words only, and its stubs say bytes.
        application.setPalette(_outlined(_palette(tokens())), name)  # type: ignore[arg-type]


def tell_system() -> None:
    """Let the frame of the window and the system's own dialogs follow the theme.

    Not part of `apply`: the names in `Qt` take a tenth of the time to the first window.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    scheme = Qt.ColorScheme.Dark if look.is_dark else Qt.ColorScheme.Light
    scheme = Qt.ColorScheme.Unknown if look.theme == SYSTEM else scheme
    QGuiApplication.styleHints().setColorScheme(scheme)


def meet_system(application: QApplication) -> None:
    """Follow the system from now on where it asks for high contrast, or where that was chosen.

    Light is where everybody else begins: wards and printing.
    """
    from PySide6.QtGui import QGuiApplication

    tell_system()
    outline(application)
    hints = QGuiApplication.styleHints()
    change = partial(_follow, application)
    hints.accessibility().contrastPreferenceChanged.connect(change)
    hints.colorSchemeChanged.connect(change)
    if wants_contrast():
        choose(application, theme=SYSTEM)


def wants_contrast() -> bool:
    """Whether the system asks every program for high contrast."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    # Named, for PySide forgets what it gave out together with who gave it.
    hints = QGuiApplication.styleHints()
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def choose(
    application: QApplication, *, theme: str = "", dark: bool | None = None, zoom: float = 0
) -> None:
    """Change theme or zoom; what is not given stays.

    Args:
        theme: One of `THEMES`.
        dark: The short way to the dark theme or the light one.
        zoom: A factor; 0 keeps what is in use.
    """
    if dark is not None:
        theme = DARK_THEME if dark else LIGHT_THEME
    look.theme = theme or look.theme
    look.zoom = zoom or look.zoom
    if theme:
        look.tokens = _tokens_of(application, theme)
    tell_system()
    _dress(application)
    outline(application)  # after the palette of all, which takes those of single controls away
    look.changed.emit()


def _follow(application: QApplication, *_changed: object) -> None:
    # Choosing tells the system, which tells us again: only a real change goes on.
    if look.theme == SYSTEM and _tokens_of(application, SYSTEM) != look.tokens:
        choose(application, theme=SYSTEM)


def _tokens_of(application: QApplication, theme: str) -> Tokens:
    if theme in _OWN:
        return _OWN[theme]
    if wants_contrast():
        return high_contrast_of(_system_palette(application))
    if theme == HIGH_CONTRAST:
        return HIGH_DARK
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    hints = QGuiApplication.styleHints()
    if look.theme == SYSTEM:
        hints.setColorScheme(Qt.ColorScheme.Unknown)
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _system_palette(application: QApplication) -> QPalette:
    """The palette the system would give us if we had none of our own."""
    ours = application.palette()
    application.setPalette(QPalette())
    theirs = application.palette()
    application.setPalette(ours)
    return theirs


def next_zoom(step: int) -> float:
    """The zoom one step up or down; 0 is back to 100 %."""
    if step == 0:
        return ZOOMS[0]
    at = min(range(len(ZOOMS)), key=lambda index: abs(ZOOMS[index] - look.zoom)) + step
    return ZOOMS[max(0, min(at, len(ZOOMS) - 1))]


def _outlined(palette: QPalette) -> QPalette:
    """For Qt's own controls, whose outline Fusion takes from the window and makes darker.

    That could not be seen on a dark ground, and hardly on a light one.
    """
    made = QPalette(palette)
    made.setColor(QPalette.ColorRole.Window, QColor(tokens().edge).lighter(_FUSION_DARKER))
    return made


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
