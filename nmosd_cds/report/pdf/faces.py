"""The bundled faces: registered once, with their widths and what they can print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from nmosd_cds import paths
from nmosd_cds.errors import Problem, ReportError

# Nothing of a report is ever fetched, and streams need not be text.
rl_config.trustedHosts = []
rl_config.trustedSchemes = ["data"]
rl_config.useA85 = 0

REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
_EM = 1000.0


@dataclass(frozen=True)
class Face:
    """One weight of the face.

    Attributes:
        widths: Width of each sign it has, in em.
    """

    name: str
    widths: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """Width of printable text in points."""
        return size * sum(map(self.widths.__getitem__, text))


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
        raise ReportError(
            [Problem(file.name, "the font cannot be read", "Install anew.")]
        ) from error
    pdfmetrics.registerFont(font)
    drawn = font.face.charToGlyph
    measured = font.face.charWidths
    widths = {chr(code): measured[code] / _EM for code in drawn if code in measured}
    return Face(name, widths)


# Everything but plain ASCII, and what delimits a string, goes into a PDF string as octal.
_OCTAL = {
    code: f"\\{code:03o}"
    for code in range(256)
    if not 32 <= code < 127 or chr(code) in "\\()"  # fmt: skip
}


def show(
    canvas: Canvas,
    text: str,
    x: float,
    baseline: float,
    name: str,
    size: float,
    colour: tuple[float, float, float],
) -> None:
    """Draw printable text.

    Written in the page's own operators: reportlab's `drawString` opens a text object and formats
    every number in Python for each word, which was half of the time a report took.
    """
    font = pdfmetrics.getFont(name)
    red, green, blue = colour
    code = [f"BT 1 0 0 1 {x:.2f} {baseline:.2f} Tm {red:.4f} {green:.4f} {blue:.4f} rg"]
    for subset, raw in font.splitString(text, canvas._doc):
        inside = font.getSubsetInternalName(subset, canvas._doc)
        code.append(f"{inside} {size} Tf ({raw.decode('latin-1').translate(_OCTAL)}) Tj")
    canvas._code.append(" ".join([*code, "ET"]))


@cache
def printable_signs() -> frozenset[str]:
    """Signs that every weight can print."""
    faces = [face(name) for name in (REGULAR, BOLD, ITALIC)]
    return frozenset.intersection(*(frozenset(one.widths) for one in faces))
