"""Hanzi on the screen of a machine without any font of its own."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmosd_cds.gui import typefaces
from nmosd_cds.gui.draft import Entry
from nmosd_cds.gui.main_window import MainWindow
from nmosd_cds.gui.results.markup import slanted

BARE = """
import sys
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication
application = QApplication(sys.argv)
from nmosd_cds.gui import style, typefaces

def faces(text, bold=False):
    layout = QTextLayout(text, style.font(bold=bold))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    fonts = [(run.rawFont(), list(run.glyphIndexes())) for run in layout.glyphRuns()]
    return line.height(), sorted(
        (font.familyName(), int(font.weight()), 0 in glyphs) for font, glyphs in fonts
    )

style.load_fonts()
before = faces("10⁶ cells")
typefaces.load_chinese()
text = "利妥昔单抗，CAR-T 10⁶（女）𬭩"
found = [before, faces("10⁶ cells"), faces(text), faces(text, bold=True)]
typefaces.make_drawable("王小明，Müller")
found.append(typefaces.load_rare.cache_info().currsize)
typefaces.make_drawable("姓名：㐂龘")
found += [typefaces.load_rare.cache_info().currsize, faces("㐂龘", bold=True)]
print(found)
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Surroundings in which fontconfig, where there is one, knows no font at all."""
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    return dict(
        os.environ,
        FONTCONFIG_FILE=str(config),
        QT_QPA_PLATFORM="offscreen",
        PYTHONIOENCODING="utf-8",
        PYTHONPATH=os.pathsep.join(sys.path),
    )


def test_a_machine_without_fonts_draws_hanzi_in_both_weights(bare: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BARE], env=bare, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    before, latin, plain, bold, calm, woken, rare = ast.literal_eval(done.stdout)
    assert before[1] == latin[1] == [("Noto Sans", 400, False)]
    assert plain[1] == [("Noto Sans", 400, False), ("Noto Sans SC", 400, False)]
    assert bold[1] == [("Noto Sans", 700, False), ("Noto Sans SC", 700, False)]
    assert before[0] == plain[0] == bold[0] == rare[0]  # a hanzi makes no line taller
    assert (calm, woken) == (0, 1)
    assert [(family, boxes) for family, _weight, boxes in rare[1]] == [("Noto Sans SC Rare", False)]


def test_what_is_typed_wakes_the_rare_hanzi(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    monkeypatch.setattr(typefaces, "load_rare", lambda: woken.append("yes"))
    consultation = window.consultation
    consultation.edit("name", Entry("known", "王小明"))
    assert woken == []
    consultation.edit("name", Entry("known", "㐂"))
    assert woken == ["yes"]


def test_hanzi_do_not_slope() -> None:
    assert slanted("12 of 16 <n>") == "<i>12 of 16 &lt;n&gt;</i>"
    assert slanted("16例中12例") == "16例中12例"
