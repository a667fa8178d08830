"""Make the bundled Chinese faces: the common hanzi in two weights, every other one in one.

The source has TrueType outlines, so no curve is approximated. Needs fontTools; README.md beside
this file says where the source comes from.

    python resources/fonts/make_chinese_fonts.py NOTO_SANS_SC_PACKAGE
"""

import argparse
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).parent
REGULAR = "400Regular/NotoSansSC_400Regular.ttf"
BOLD = "700Bold/NotoSansSC_700Bold.ttf"
LATIN = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf")
# The rare ones are drawn on a coarser grid, two thousandths of the letter's height; no eye tells.
COARSE = 500
RARE = "Noto Sans SC Rare"
# Punctuation both scripts share: between hanzi it takes the place of one.
SHARED = "·—‘’“”…"
CELLS = range(0xA1, 0xFF)
# Hanzi of drugs that neither table has: 磺胺甲噁唑.
OF_DRUGS = "噁"
FAMILY, FULL, SCRIPT_NAME = 1, 4, 6
HEIGHTS = {
    "hhea": ("ascent", "descent", "lineGap"),
    "OS/2": ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"),
}
TYPOGRAPHIC_HEIGHT = 1 << 7
UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx")


def common() -> set[int]:
    """GB 2312, the table of general standard hanzi of 2013, and hanzi of drugs."""
    rows = range(0xA1, 0xF8)
    pairs = (bytes((high, low)).decode("gb2312", "ignore") for high in rows for low in CELLS)
    standard = (HERE / "hanzi-8105.txt").read_text(encoding="utf-8").split()
    return {ord(sign) for text in (*pairs, *standard, OF_DRUGS) for sign in text}


def cut(source: Path, points: Iterable[int]) -> TTFont:
    """A face with some characters only, as tall as Noto Sans so that no line jumps."""
    face = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.drop_tables += UNUSED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(face)
    sister = TTFont(HERE / LATIN[0])
    for table, names in HEIGHTS.items():
        for name in names:
            setattr(face[table], name, getattr(sister[table], name))
    face["OS/2"].fsSelection |= TYPOGRAPHIC_HEIGHT
    return face


def rename(face: TTFont, family: str) -> None:
    """A family of its own: within one family Qt looks no further than the nearest weight."""
    for name, text in ((FAMILY, family), (FULL, family), (SCRIPT_NAME, family.replace(" ", ""))):
        face["name"].setName(text, name, 3, 1, 0x409)


def main() -> None:
    """Write every face beside this script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="folder of the unpacked package")
    package = parser.parse_args().source
    offered = set(TTFont(package / REGULAR).getBestCmap())
    drawn = set.intersection(*(set(TTFont(HERE / name).getBestCmap()) for name in LATIN))
    often = (common() - drawn) & offered | set(map(ord, SHARED))
    for name, source in (("NotoSansSC-Regular.ttf", REGULAR), ("NotoSansSC-Bold.ttf", BOLD)):
        cut(package / source, often).save(HERE / name)
    rare = cut(package / REGULAR, offered - often - drawn)
    rename(rare, RARE)
    scale_upem(rare, COARSE)
    held = io.BytesIO()
    rare.save(held)
    packed = gzip.compress(held.getvalue(), 9, mtime=0)
    (HERE / "NotoSansSC-Rare.ttf.gz").write_bytes(packed)
    print(f"{len(often)} characters in two weights, {len(offered - often - drawn)} more in one")


if __name__ == "__main__":
    main()
