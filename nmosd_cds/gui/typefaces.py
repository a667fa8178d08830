"""The bundled faces in Qt: Latin before the first window, hanzi after it, rare ones when needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

from nmosd_cds import paths

if TYPE_CHECKING:
    # It brings the model of the patient, and the first window is shown before.
    from nmosd_cds.gui.consultation import Consultation

LATIN, CHINESE, RARE = "Noto Sans", "Noto Sans SC", "Noto Sans SC Rare"
# Where Qt looks for a sign, in this order. The rare hanzi are a family of their own, because within
# one family Qt looks in the nearest weight only.
FAMILIES = (LATIN, CHINESE, RARE)
_FIRST_HANZI = "\u2e80"
_faces: list[int] = []


def _add(file: str) -> None:
    _faces.append(QFontDatabase.addApplicationFont(str(paths.fonts_folder() / file)))


@cache
def load_first() -> None:
    """Make the face of the first window known, which holds one word."""
    _add("NotoSans-Regular.ttf")


@cache
def load_latin() -> None:
    """Make the face of everything in Latin letters known."""
    load_first()
    for weight in ("Bold", "Italic"):
        _add(f"NotoSans-{weight}.ttf")


@cache
def load_chinese() -> None:
    """Make the common hanzi known: for a name in a case, a file's name, the Chinese program."""
    for weight in ("Regular", "Bold"):
        _add(f"NotoSansSC-{weight}.ttf")


@cache
def load_rare() -> None:
    """Make every other hanzi known, and draw again what is on the screen."""
    import gzip

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    packed = (paths.fonts_folder() / "NotoSansSC-Rare.ttf.gz").read_bytes()
    _faces.append(QFontDatabase.addApplicationFontFromData(gzip.decompress(packed)))
    for widget in QApplication.allWidgets():
        QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))
        widget.update()


def faces_known() -> int:
    """How many faces are known; what was measured holds while it stays the same."""
    return len(_faces)


def has_hanzi(text: str) -> bool:
    """Whether a text has a hanzi, or another sign of their faces."""
    return not text.isascii() and max(text) >= _FIRST_HANZI


def make_drawable(text: str) -> None:
    """Read the face of the rare hanzi if a text needs it."""
    if not has_hanzi(text):
        return
    from PySide6.QtGui import QFont, QRawFont

    load_chinese()
    common = QRawFont.fromFont(QFont(CHINESE))
    if any(sign >= _FIRST_HANZI and not common.supportsCharacter(ord(sign)) for sign in set(text)):
        load_rare()


def follow(consultation: Consultation) -> None:
    """See to it that whatever is typed or opened can be drawn, now and from now on."""

    def on_opened() -> None:
        make_drawable(f"{consultation.file}{consultation.case!r}")

    consultation.case_opened.connect(on_opened)
    consultation.entry_changed.connect(lambda name: make_drawable(repr(consultation.entry(name))))
    consultation.preferences_changed.connect(lambda: make_drawable(repr(consultation.preferences)))
