"""The bundled faces: registered at first use, with their widths and what they can print.

Latin comes first; the Chinese faces are read only when a sign asks for them.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final
from unicodedata import east_asian_width

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from nmosd_cds import paths
from nmosd_cds.errors import Problem, ReportError
from nmosd_cds.i18n import _

# Nothing of a report is ever fetched, and streams need not be text.
rl_config.trustedHosts = []
rl_config.trustedSchemes = ["data"]
rl_config.useA85 = 0

REGULAR, BOLD, ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"
CHINESE, CHINESE_BOLD, RARE = "NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSansSC-Rare"
# Where a sign is looked for, in this order. Hanzi do not slope, and rare ones have one weight.
_STACKS: Final = {
    REGULAR: (REGULAR, CHINESE, RARE),
    BOLD: (BOLD, CHINESE_BOLD, RARE),
    ITALIC: (ITALIC, CHINESE, RARE),
}
# Both scripts have these; beside a hanzi, and opposite one that is, they take the place of one.
_SHARED: Final = frozenset("·—‘’“”…")
_PAIRS: Final = {"”": "“", "’": "‘"}
_FIRST_WIDE: Final = "\u2e80"
_EM = 1000.0


@dataclass(frozen=True)
class Face:
    """One weight of one script.

    Attributes:
        widths: Width of each sign it has, in em.
        is_chinese: Whether lines may be broken between its signs.
    """

    name: str
    widths: dict[str, float]
    is_chinese: bool

    def width(self, text: str, size: float) -> float:
        """Width of printable text in points."""
        return size * sum(map(self.widths.__getitem__, text))


def is_chinese(name: str) -> bool:
    """Whether a face is one of hanzi."""
    return name in (CHINESE, CHINESE_BOLD, RARE)


@cache
def face(name: str) -> Face:
    """A face, registered with reportlab at its first use.

    Raises:
        ReportError: the font file is missing or damaged.
    """
    file = paths.fonts_folder() / (f"{name}.ttf.gz" if name == RARE else f"{name}.ttf")
    try:
        font = TTFont(name, _opened(file))
    except (OSError, EOFError, zlib.error, TTFError) as error:
        raise ReportError(
            [Problem(file.name, _("the font cannot be read"), _("Install anew."))]
        ) from error
    pdfmetrics.registerFont(font)
    drawn = font.face.charToGlyph
    measured = font.face.charWidths
    widths = {chr(code): measured[code] / _EM for code in drawn if code in measured}
    return Face(name, widths, is_chinese(name))


def _opened(file: Path) -> str | io.BytesIO:
    return io.BytesIO(gzip.decompress(file.read_bytes())) if file.suffix == ".gz" else str(file)


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


def runs_of(text: str, name: str) -> list[tuple[str, Face]]:
    """Printable text in pieces of one face each: Latin in `name`, the rest in its Chinese sister.

    Args:
        text: What `can_print` has let through.
        name: REGULAR, BOLD or ITALIC.
    """
    latin = face(name)
    if text.isascii() or latin.widths.keys() >= set(text):
        return [(text, latin)] if text else []
    pieces = groupby(zip(text, _faces(text, name), strict=True), key=lambda pair: pair[1].name)
    return [("".join(sign for sign, _face in piece), face(one)) for one, piece in pieces]


def _faces(text: str, name: str) -> list[Face]:
    found = [_face_for(sign, name) for sign in text]
    for first, last in _shared(text):
        before, after = text[first - 1 : first], text[last : last + 1]
        if is_wide(before) or is_wide(after):
            found[first:last] = [face(_STACKS[name][1])] * (last - first)
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign in _PAIRS.values():
            waiting.append(at)
        elif sign in _PAIRS and waiting and text[waiting[-1]] == _PAIRS[sign]:
            opened = waiting.pop()
            if found[opened].is_chinese or found[at].is_chinese:
                found[opened] = found[at] = face(_STACKS[name][1])
    return found


@lru_cache(maxsize=8192)
def _face_for(sign: str, name: str) -> Face:
    *before, last = _STACKS[name]
    return next((face(one) for one in before if sign in face(one).widths), face(last))


def _shared(text: str) -> Iterator[tuple[int, int]]:
    """Where signs stand that both scripts have: first, and one past the last."""
    at = 0
    for shared, signs in groupby(text, key=_SHARED.__contains__):
        count = len(list(signs))
        if shared:
            yield at, at + count
        at += count


def is_wide(sign: str) -> bool:
    """Whether a sign, or none, is a hanzi or stands in the place of one."""
    return sign >= _FIRST_WIDE and east_asian_width(sign) in "WF"


@cache
def latin_signs() -> frozenset[str]:
    """Signs that every weight of the Latin face can print."""
    faces = [face(name) for name in (REGULAR, BOLD, ITALIC)]
    return frozenset.intersection(*(frozenset(one.widths) for one in faces))


@lru_cache(maxsize=8192)
def can_print(sign: str) -> bool:
    """Whether the faces have a sign in every weight; a rare hanzi has one weight for all."""
    if sign in latin_signs():
        return True
    # Scripts that no Chinese face ever has: nothing is read for them.
    if east_asian_width(sign) not in "WFA":
        return False
    return all(sign in face(one).widths for one in (CHINESE, CHINESE_BOLD)) or (
        sign in face(RARE).widths
    )


def sizes_of_all() -> dict[str, int]:
    """How many signs each bundled face has; reads them all.

    Raises:
        ReportError: a font file is missing or damaged.
    """
    names = dict.fromkeys(name for stack in _STACKS.values() for name in stack)
    return {name: len(face(name).widths) for name in names}
