"""Every colour of the window, in four tables and those of drugs; the only file that names one.

High contrast: black, white, yellow and cyan, with outlines of 2 px. Where the system has a contrast
theme of its own, its ground, words and highlight take the place of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = 4.5
HIGH_TEXT, HIGH_SHAPE = 7.0, 4.5


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1, as WCAG 2.2 defines it."""
    one = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one.redF(), one.greenF(), one.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Tokens(NamedTuple):
    """The colours of one theme; a tuple because the first window waits for it.

    Contrast is measured: text 4.5 and shapes 3, where `is_high` 7 and 4.5.

    Attributes:
        places: First, second and third place in a bar of ranks; a fourth is the surface.
        is_high: Whether outlines are twice as wide, and nothing is said by a shade alone.
    """

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
    places: tuple[str, str, str]
    is_high: bool = False

    @property
    def is_dark(self) -> bool:
        """Whether words are lighter than their ground."""
        return luminance(self.text) > luminance(self.window)


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
    places=("#005A9C", "#7FB2DA", "#D3E4F2"),
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
    places=("#6DB9EF", "#37688C", "#23394A"),
)
HIGH_DARK = Tokens(
    window="#000000",
    surface="#000000",
    sunk="#000000",
    text="#FFFFFF",
    text2="#FFFFFF",
    accent="#00FFFF",
    on_accent="#000000",
    wash="#003B46",
    attention="#FFFF00",
    edge="#FFFFFF",
    line="#A6A6A6",
    possible="#33F399",
    cannot_tell="#F4CE12",
    excluded="#FF8A50",
    no_evidence="#FFFFFF",
    places=("#00FFFF", "#00616B", "#00282D"),
    is_high=True,
)
HIGH_LIGHT = Tokens(
    window="#FFFFFF",
    surface="#FFFFFF",
    sunk="#FFFFFF",
    text="#000000",
    text2="#000000",
    accent="#00357A",
    on_accent="#FFFFFF",
    wash="#D6E6FA",
    attention="#5C3800",
    edge="#000000",
    line="#595959",
    possible="#07705C",
    cannot_tell="#452802",
    excluded="#C4420B",
    no_evidence="#000000",
    places=("#00357A", "#8FB8E6", "#E3EFFB"),
    is_high=True,
)
_WORDS = ("text", "text2", "attention", "edge")
_SHAPES = ("possible", "cannot_tell", "excluded", "no_evidence")


# Ground and outline of each class of drugs. The lane names it too; none means good or bad.
_CLASSES_LIGHT = {
    "classical": ("#E3E6EA", "#59636F"),
    "b-cell": ("#D5E6F5", "#0072B2"),
    "il6r": ("#FBE7C2", "#8F5F00"),
    "c5": ("#CDEBE0", "#00795A"),
    "none": ("#F2DCE8", "#A2457A"),
    "": ("#FFFFFF", "#4A5664"),
}
_CLASSES_DARK = {
    "classical": ("#2F3842", "#AAB5C1"),
    "b-cell": ("#173A55", "#6DB9EF"),
    "il6r": ("#4A3A12", "#F6C453"),
    "c5": ("#123F34", "#2FB38A"),
    "none": ("#452A3A", "#E59CC4"),
    "": ("#1A2027", "#AAB5C1"),
}


def classes_of(tokens: Tokens) -> Mapping[str, tuple[str, str]]:
    """Ground and outline of each class of drugs; in high contrast they are told by words alone."""
    if tokens.is_high:
        return dict.fromkeys(_CLASSES_LIGHT, (tokens.surface, tokens.edge))
    return _CLASSES_DARK if tokens.is_dark else _CLASSES_LIGHT


def high_contrast_of(system: QPalette) -> Tokens:
    """The colours of the system's contrast theme, and ours where it has none.

    Ground, words and highlight are the person's own choice, so they win wherever they can be read
    at all; where they cannot, ours stand instead.
    """
    role = QPalette.ColorRole
    ground, words = system.color(role.Window).name(), system.color(role.WindowText).name()
    highlight = system.color(role.Highlight).name()
    on_highlight = system.color(role.HighlightedText).name()
    ours = HIGH_DARK if luminance(words) > luminance(ground) else HIGH_LIGHT
    made = ours._replace(
        window=ground, surface=ground, sunk=ground, text=words, text2=words, edge=words
    )
    if contrast(highlight, ground) >= TEXT <= contrast(on_highlight, highlight):
        places = (highlight, *ours.places[1:])
        made = made._replace(accent=highlight, on_accent=on_highlight, places=places)
    is_read = all(contrast(getattr(made, one), ground) >= HIGH_TEXT for one in _WORDS)
    is_seen = all(contrast(getattr(made, one), ground) >= HIGH_SHAPE for one in _SHAPES)
    return made if is_read and is_seen and contrast(words, made.wash) >= HIGH_TEXT else ours
