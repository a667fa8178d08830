"""The bundled faces as reportlab needs them: registered once, with widths and what they can print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from nmosd_cds import paths
from nmosd_cds.errors import Problem, ReportError

REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
_EM = 1000.0


@dataclass(frozen=True)
class Face:
    """One weight of the face.

    Attributes:
        widths: Width of each character it has, in em.
    """

    name: str
    widths: dict[int, float]

    def width(self, text: str, size: float) -> float:
        """Width of printable text in points."""
        widths = self.widths
        return size * sum([widths[ord(sign)] for sign in text])


@cache
def face(name: str) -> Face:
    """A face, registered with reportlab at its first use.

    Raises:
        ReportError: the font file is missing or damaged.
    """
    file = paths.fonts_folder() / f"{name}.ttf"
    try:
        font = TTFont(name, str(file))
    except (OSError, TTFError) as error:
        raise ReportError([Problem(file.name, "the font cannot be read", "Install anew.")]) from error
    pdfmetrics.registerFont(font)
    drawn = font.face.charToGlyph
    widths = {code: font.face.charWidths[code] / _EM for code in drawn if code in font.face.charWidths}
    return Face(name, widths)


@cache
def printable_signs() -> frozenset[int]:
    """Code points that every weight can print."""
    faces = [face(name) for name in (REGULAR, BOLD, ITALIC)]
    return frozenset.intersection(*(frozenset(one.widths) for one in faces))
