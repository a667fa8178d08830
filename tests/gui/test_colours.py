"""Colours before they are painted: contrast, colour vision, the system's contrast theme, no strays.

Bars: WCAG 2.2, 1.4.3 (text 4.5) and 1.4.11 (shapes and outlines 3); in high contrast 7 (1.4.6) and
4.5. The colours of Windows' contrast themes are those of a fresh installation, from memory.
"""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from nmosd_cds.gui import colours, shapes, style
from nmosd_cds.gui.colours import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Tokens, high_contrast_of
from tests.gui.pixels import VISIONS, contrast, least_difference, pixels_of, rgb

TABLES = {"light": LIGHT, "dark": DARK, "high-dark": HIGH_DARK, "high-light": HIGH_LIGHT}
GUI = Path(__file__).parents[2] / "nmosd_cds" / "gui"
STATUSES = ("possible", "cannot_tell", "excluded", "no_evidence")
ROLE, GROUP = QPalette.ColorRole, QPalette.ColorGroup
# Background, words, highlight, words on it.
WINDOWS = {
    "aquatic": ("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),
    "desert": ("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
    "dusk": ("#2D3236", "#FFFFFF", "#A1BFDE", "#212D3B"),
    "night sky": ("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
}


def _ratio(one: str, other: str) -> float:
    return float(contrast(rgb(one), rgb(other)))


def _bars(tokens: Tokens) -> tuple[float, float]:
    return (7.0, 4.5) if tokens.is_high else (4.5, 3.0)


def _system(window: str, words: str, highlight: str, on_highlight: str) -> QPalette:
    made = QPalette()
    for role, value in (
        (ROLE.Window, window),
        (ROLE.WindowText, words),
        (ROLE.Highlight, highlight),
        (ROLE.HighlightedText, on_highlight),
    ):
        made.setColor(role, QColor(value))
    return made


def test_the_measure_is_that_of_wcag() -> None:
    """Black on white is 21; #767676 on white is the known grey of 4.54."""
    assert _ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert _ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert colours.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", TABLES)
def test_words_shapes_and_outlines_stand_out(name: str) -> None:
    tokens = TABLES[name]
    text, shape = _bars(tokens)
    for ground in (tokens.window, tokens.surface, tokens.sunk, tokens.wash):
        for words in (tokens.text, tokens.text2, tokens.accent, tokens.attention):
            assert _ratio(words, ground) >= text, (words, ground)
    for ground in (tokens.window, tokens.surface, tokens.sunk):
        for one in (tokens.possible, tokens.excluded, tokens.no_evidence, tokens.edge):
            assert _ratio(one, ground) >= shape, (one, ground)
    assert _ratio(tokens.on_accent, tokens.accent) >= text
    figures = (tokens.on_accent, tokens.text, tokens.text)
    for place, figure in zip(tokens.places, figures, strict=True):
        assert _ratio(figure, place) >= text, place


def test_high_contrast_shows_every_line() -> None:
    """Hairlines are decoration in the other themes; here they are seen as well."""
    for tokens in (HIGH_DARK, HIGH_LIGHT):
        assert _ratio(tokens.line, tokens.surface) >= 4.5
        assert _ratio(tokens.cannot_tell, tokens.surface) >= 4.5


@pytest.mark.parametrize("theme", style.THEMES)
def test_every_pair_of_the_palette_can_be_read(qapp: QApplication, theme: str) -> None:
    style.choose(qapp, theme=theme)
    pairs = (
        (ROLE.WindowText, ROLE.Window),
        (ROLE.Text, ROLE.Base),
        (ROLE.Text, ROLE.AlternateBase),
        (ROLE.PlaceholderText, ROLE.Base),
        (ROLE.ButtonText, ROLE.Button),
        (ROLE.HighlightedText, ROLE.Highlight),
        (ROLE.ToolTipText, ROLE.ToolTipBase),
        (ROLE.Link, ROLE.Base),
        (ROLE.LinkVisited, ROLE.Base),
    )
    palette = qapp.palette()
    for group in (GROUP.Active, GROUP.Inactive, GROUP.Disabled):
        # What is disabled may be pale (WCAG 1.4.3 exempts it); it can be made out all the same.
        bar = 3.0 if group == GROUP.Disabled else _bars(style.tokens())[0]
        for words, ground in pairs:
            one, other = (palette.color(group, role).name() for role in (words, ground))
            assert _ratio(one, other) >= bar, (group, words, ground)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", TABLES)
def test_statuses_and_places_are_told_apart_by_every_colour_vision(name: str, vision: str) -> None:
    tokens = TABLES[name]
    assert least_difference([getattr(tokens, one) for one in STATUSES], vision) >= 20
    assert least_difference(tokens.places, vision) >= 20


def test_the_simulation_gives_what_is_known_of_it() -> None:
    """Red and green of equal lightness meet for a deutan, blue and yellow do not."""
    assert least_difference(["#B35A00", "#7A7A00"], "deutan") < 10
    assert least_difference(["#B35A00", "#7A7A00"], "usual") > 30
    assert least_difference(["#0000FF", "#FFFF00"], "deutan") > 100


@pytest.mark.parametrize("name", WINDOWS)
def test_a_contrast_theme_of_the_system_is_followed(name: str) -> None:
    window, words, highlight, on_highlight = WINDOWS[name]
    made = high_contrast_of(_system(*WINDOWS[name]))
    assert (made.window, made.surface) == (window.lower(), window.lower())
    assert (made.text, made.edge) == (words.lower(), words.lower())
    assert made.accent == highlight.lower() and made.on_accent == on_highlight.lower()
    assert made.is_high and made.is_dark == (name != "desert")
    for status in STATUSES:
        assert _ratio(getattr(made, status), made.surface) >= 4.5


def test_a_system_that_cannot_be_read_gets_our_own_colours() -> None:
    assert high_contrast_of(_system("#808080", "#909090", "#8080FF", "#FFFFFF")) == HIGH_DARK
    assert high_contrast_of(_system("#808080", "#303030", "#8080FF", "#FFFFFF")) == HIGH_LIGHT


def _grey(shape: str, side: int = 24) -> np.ndarray:
    drawn = QImage(side, side, QImage.Format.Format_RGB32)
    drawn.fill(style.colour("surface"))
    painter = QPainter(drawn)
    shapes.draw(painter, shape, QRectF(2, 2, side - 4, side - 4))
    painter.end()
    return pixels_of(drawn.convertToFormat(QImage.Format.Format_Grayscale8))[:, :, 0]


@pytest.mark.parametrize("theme", [style.LIGHT_THEME, style.DARK_THEME, style.HIGH_CONTRAST])
def test_shapes_are_told_apart_in_grey(qapp: QApplication, theme: str) -> None:
    """A twelfth of the box differs by a quarter of the range of grey; of thin states 24 pixels."""
    style.choose(qapp, theme=theme)
    families = (
        ("possible", "unconfirmed", "excluded", "no-evidence", "stale"),
        ("known", "not-known", "not-done", "unavailable"),
        ("seen", "second", "secondary", "memory", "derived"),
    )
    for family in families:
        for one, other in combinations(family, 2):
            differ = np.abs(_grey(one) - _grey(other)) > 0.25
            least = 24 if family[0] == "known" else differ.size / 12
            assert differ.sum() >= least, (one, other)


def test_only_one_file_names_a_colour() -> None:
    named = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*[\d\"']|GlobalColor\.(?!transparent)\w+")
    strays = [
        f"{file.relative_to(GUI)}: {line.strip()}"
        for file in sorted(GUI.rglob("*.py"))
        if file.name != "colours.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ]
    assert strays == []


def test_no_style_sheet_overrules_the_palette() -> None:
    """A style sheet would freeze colours that the system's contrast theme has to change."""
    for file in sorted(GUI.rglob("*.py")):
        assert "setStyleSheet" not in file.read_text(encoding="utf-8"), file.name
