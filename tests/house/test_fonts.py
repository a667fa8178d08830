"""The bundled faces can draw every character the app may print: a dose never loses its exponent."""

import ast
from collections.abc import Iterator
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


MARKS = ("_", "N_", "ngettext")


def drawable(name: str) -> set[str]:
    return {chr(point) for point in TTFont(name, paths.fonts_folder() / name).face.charToGlyph}


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


def test_every_character_of_the_knowledge_and_of_the_program_can_be_drawn() -> None:
    can = drawable(FACES[0]) | set("\n\t")
    undrawn = {
        f"{path.relative_to(ROOT).as_posix()}: U+{ord(letter):04X} {letter}"
        for path, text in texts()
        for letter in set(text) - can
    }
    assert sorted(undrawn) == []


def texts() -> Iterator[tuple[Path, str]]:
    """Whatever may end on a page: knowledge files, examples, and the program's marked texts."""
    for folder in (paths.rules_folder(), paths.resources_folder()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".json"):
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
