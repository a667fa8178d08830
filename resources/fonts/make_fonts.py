"""Make the bundled faces: Noto Sans at one weight each, with the signs a clinical page needs.

Noto Sans itself has no sign for "at least", "at most" or an arrow. They are drawn here from its
sisters Noto Sans Math and Noto Sans Symbols 2, which share its 1000 units to the em. Needs
fontTools; README.md beside this file says where the three sources come from.

    python resources/fonts/make_fonts.py NOTO_SANS_FOLDER MATH.woff SYMBOLS2.woff
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

UPRIGHT = "NotoSans[wdth,wght].ttf"
SLOPING = "NotoSans-Italic[wdth,wght].ttf"
FACES = {
    "NotoSans-Regular.ttf": (UPRIGHT, 400),
    "NotoSans-Bold.ttf": (UPRIGHT, 700),
    "NotoSans-Italic.ttf": (SLOPING, 400),
}

KEPT = (
    (0x0020, 0x024F),  # Latin and its extensions
    (0x02B0, 0x036F),  # modifiers and combining accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin for Vietnamese and others
    (0x2000, 0x206F),  # punctuation, with the thin and the unbroken space
    (0x2070, 0x209F),  # raised and lowered figures: the exponent of a dose
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # letter-like signs and fractions
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),
)
ADDED = (
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # operators
    (0x2300, 0x230B),
    (0x25A0, 0x25FF),  # shapes: a state is never told by colour alone
    (0x2605, 0x2606),
    (0x2610, 0x2612),
    (0x26A0, 0x26A0),
    (0x2713, 0x2718),
    (0x2A7D, 0x2A7E),
)


def points(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Every code point of some ranges, ends included."""
    for first, last in ranges:
        yield from range(first, last + 1)


def plain_face(source: Path, weight: int) -> TTFont:
    """One weight of a variable font, with the kept characters only."""
    face = TTFont(source, recalcTimestamp=False)
    face = instantiateVariableFont(face, {"wght": weight, "wdth": 100}, updateFontNames=True)
    options = Options(hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points((*KEPT, *ADDED)))
    subsetter.subset(face)
    return face


def add_signs(face: TTFont, donor: TTFont) -> None:
    """Draw into a face the added characters it lacks and the donor has."""
    has, offers = face.getBestCmap(), donor.getBestCmap()
    glyphs = donor.getGlyphSet()
    order = list(face.getGlyphOrder())
    for point in points(ADDED):
        if point in has or point not in offers:
            continue
        name = f"sign{point:04X}"
        drawn = DecomposingRecordingPen(glyphs)
        glyphs[offers[point]].draw(drawn)
        pen = TTGlyphPen(None)
        drawn.replay(pen)
        outline = pen.glyph()
        outline.recalcBounds(face["glyf"])
        order.append(name)
        face.setGlyphOrder(order)
        face["glyf"].glyphs[name] = outline
        face["hmtx"].metrics[name] = (donor["hmtx"][offers[point]][0], outline.xMin)
        for table in face["cmap"].tables:
            if table.isUnicode():
                table.cmap[point] = name
    face["glyf"].setGlyphOrder(order)
    face["maxp"].numGlyphs = len(order)


def main() -> None:
    """Write every face beside this script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("noto_sans", type=Path, help="folder with the two variable fonts")
    parser.add_argument("donors", type=Path, nargs="+", help="Noto Sans Math, Noto Sans Symbols 2")
    asked = parser.parse_args()
    for name, (source, weight) in FACES.items():
        face = plain_face(asked.noto_sans / source, weight)
        for donor in asked.donors:
            add_signs(face, TTFont(donor))
        face.save(Path(__file__).parent / name)
        print(f"{name}: {len(face.getBestCmap())} characters")


if __name__ == "__main__":
    main()
