"""The bundled faces can draw every character the app may print: a dose never loses its exponent.

Which hanzi a Chinese page needs is taken from the standards: GB 2312 and GBK as Python's codecs
know them, and the table of general standard hanzi of 2013 (8,105, `hanzi-8105.txt`).
"""

import ast
import gzip
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot
from reportlab.pdfbase.ttfonts import TTFont

from nmosd_cds import paths

ROOT = Path(__file__).parents[2]
FACES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")
NEEDED = (
    "≥≤<>≈≠±×−–—·•…°µμ½‰‘’“”«»⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉αβγκλΔ→←↑↓↔▲△▼●○■□◆◇☐☑☒⚠✓✗\u00a0\u2009\u202f"
)
CHINESE = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE = "NotoSansSC-Rare.ttf.gz"
WEIGHTS = {"regular": (FACES[0], CHINESE[0]), "bold": (FACES[1], CHINESE[1])}
PUNCTUATION = "、。，．：；！？（）《》〈〉「」『』【】〔〕［］｛｝～％￥　·—‘’“”…"
MEGABYTE = 1_000_000
MARKS = ("_", "N_", "ngettext")


@cache
def drawable(name: str) -> frozenset[str]:
    file = (paths.fonts_folder() / name).read_bytes()
    content = gzip.decompress(file) if name.endswith(".gz") else file
    return frozenset(map(chr, TTFont(name, io.BytesIO(content)).face.charToGlyph))


def hanzi_of(codec: str, highest: int) -> set[str]:
    """Every hanzi of two bytes that a Chinese character set has."""
    pairs = (bytes((high, low)) for high in range(0x81, highest) for low in range(0x40, 0xFF))
    signs = (pair.decode(codec, "ignore") for pair in pairs)
    return {sign for sign in signs if "\u4e00" <= sign <= "\u9fff" and len(sign) == 1}


def standard_hanzi() -> set[str]:
    lines = (paths.fonts_folder() / "hanzi-8105.txt").read_text(encoding="utf-8").split()
    return set("".join(lines))


@pytest.mark.parametrize("name", FACES)
def test_paper_can_draw_the_signs_of_a_clinical_page(name: str) -> None:
    assert set(NEEDED) - drawable(name) == set()


@pytest.mark.parametrize("name", FACES)
def test_the_screen_takes_the_same_face(qtbot: QtBot, name: str) -> None:
    loaded = QFontDatabase.addApplicationFont(str(paths.fonts_folder() / name))
    assert QFontDatabase.applicationFontFamilies(loaded) == ["Noto Sans"]


@pytest.mark.parametrize("name", FACES)
def test_a_face_stays_small_enough_to_embed(name: str) -> None:
    assert (paths.fonts_folder() / name).stat().st_size < 600_000


def test_the_standards_are_whole() -> None:
    assert len(standard_hanzi()) == 8105
    assert len(hanzi_of("gb2312", 0xF8)) == 6763
    assert len(hanzi_of("gbk", 0xFF)) == 20902


@pytest.mark.parametrize("name", CHINESE)
def test_common_hanzi_have_two_weights(name: str) -> None:
    needed = standard_hanzi() | hanzi_of("gb2312", 0xF8) | set(PUNCTUATION)
    assert needed - drawable(name) == set()


def test_every_hanzi_of_a_name_can_be_drawn() -> None:
    extension = {chr(point) for point in range(0x3400, 0x4DB6)}
    needed = hanzi_of("gbk", 0xFF) | extension
    assert needed - drawable(CHINESE[0]) - drawable(RARE) == set()


def test_the_chinese_faces_leave_latin_to_the_latin_face() -> None:
    assert set(map(chr, range(0x20, 0x7F))) & (drawable(CHINESE[0]) | drawable(RARE)) == set()


@pytest.mark.parametrize("name", CHINESE)
def test_the_screen_takes_the_chinese_face(qtbot: QtBot, name: str) -> None:
    loaded = QFontDatabase.addApplicationFont(str(paths.fonts_folder() / name))
    assert QFontDatabase.applicationFontFamilies(loaded) == ["Noto Sans SC"]


def test_a_hanzi_makes_no_line_taller() -> None:
    heights = {
        (font.face.ascent, font.face.descent)
        for name in (*FACES, *CHINESE)
        for font in [TTFont(name, paths.fonts_folder() / name)]
    }
    assert len(heights) == 1


def test_the_fonts_together_stay_below_twelve_megabytes() -> None:
    assert sum(file.stat().st_size for file in paths.fonts_folder().iterdir()) < 12 * MEGABYTE


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_character_of_the_knowledge_and_of_the_program_can_be_drawn(weight: str) -> None:
    can = frozenset("\n\t").union(*map(drawable, WEIGHTS[weight]))
    undrawn = {
        f"{path.relative_to(ROOT).as_posix()}: U+{ord(letter):04X} {letter}"
        for path, text in texts()
        for letter in set(text) - can
    }
    assert sorted(undrawn) == []


def texts() -> Iterator[tuple[Path, str]]:
    """Whatever may end on a page: knowledge, examples, translations, the program's own texts."""
    for folder in (paths.rules_folder(), paths.resources_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".json", ".po", ".pot"):
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "nmosd_cds").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
                yield (
                    path,
                    "".join(
                        part.value
                        for part in ast.walk(node)
                        if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    ),
                )
