"""Words into lines: runs of several weights broken at blanks to a width, and drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.model import Disc, Line, Run
from nmosd_cds.report.pdf.faces import BOLD, ITALIC, REGULAR, Face, face, show
from nmosd_cds.report.pdf.marks import DISC_WIDTH, draw_disc
from nmosd_cds.report.pdf.style import TONES, Colour

# A number keeps its unit and its "of n" on the same line.
_HELD = re.compile(
    r"(?<=\d) (?=(?:%|of \d|mg|g/|mL|IU|kg|cm|cells|months?\b|years?\b|weeks?\b|days?\b|more\b))"
    r"|(?<=\bof) (?=\d)|(?<=\bn) (?=\d)"
)
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Piece:
    """Words of one style at their place in the line."""

    x: float
    text: str
    face: str
    colour: Colour
    disc: Disc | None = None


@dataclass(frozen=True)
class SetLine:
    """One line, ready to be drawn."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass
class _Word:
    """Signs that stay together, possibly in several styles."""

    parts: list[tuple[str, Run | Disc, float]]
    width: float
    blank: float


def face_of(run: Run) -> Face:
    """The weight a run is drawn in."""
    return face(BOLD if run.bold else ITALIC if run.italic else REGULAR)


@lru_cache(maxsize=4096)
def set_lines(line: Line, width: float, size: float) -> Sequence[SetLine]:
    """Break a line of runs to a width.

    The shorter first pages repeat most of the longer ones, so what was set is kept; whoever draws
    a report forgets it afterwards (`forget_lines`), because it says who the report is about.

    Args:
        line: Words already escaped.
        width: Points; a word that is wider is broken.
        size: Points.
    """
    lines: list[SetLine] = []
    row: list[_Word] = []
    used = 0.0
    for word in _words(line, width, size):
        blank = word.blank if row else 0.0
        if row and used + blank + word.width > width + 0.01:
            lines.append(_placed(row))
            row, used, blank = [], 0.0, 0.0
        row.append(word)
        used += blank + word.width
    if row:
        lines.append(_placed(row))
    return tuple(lines)


def forget_lines() -> None:
    """Forget every line that was set."""
    set_lines.cache_clear()


def _words(line: Line, width: float, size: float) -> Iterator[_Word]:
    parts: list[tuple[str, Run | Disc, float]] = []
    used = blank = 0.0
    for run in line:
        if isinstance(run, Disc):
            parts.append(("", run, DISC_WIDTH[run.sighting]))
            used += DISC_WIDTH[run.sighting]
            continue
        one = face_of(run)
        for number, text in enumerate(_HELD.sub(_NO_BREAK, run.text).split(" ")):
            if number:
                if parts:
                    yield _Word(parts, used, blank)
                parts, used, blank = [], 0.0, one.width(" ", size)
            if not text:
                continue
            wide = one.width(text, size)
            while wide > width:
                fits = max(1, _fitting(text, width, size, one))
                if parts:
                    yield _Word(parts, used, blank)
                    parts, used = [], 0.0
                cut = one.width(text[:fits], size)
                yield _Word([(text[:fits], run, cut)], cut, blank)
                text, blank = text[fits:], 0.0
                wide = one.width(text, size)
            if parts and used + wide > width:
                yield _Word(parts, used, blank)
                parts, used, blank = [], 0.0, 0.0
            if text:
                parts.append((text, run, wide))
                used += wide
    if parts:
        yield _Word(parts, used, blank)


def _fitting(text: str, width: float, size: float, one: Face) -> int:
    used = 0.0
    for count, sign in enumerate(text):
        used += size * one.widths[sign]
        if used > width:
            return count
    return len(text)


def _placed(row: list[_Word]) -> SetLine:
    pieces: list[Piece] = []
    x = 0.0
    for number, word in enumerate(row):
        gap = word.blank if number else 0.0
        for text, run, width in word.parts:
            x += gap
            if isinstance(run, Disc):
                pieces.append(Piece(x, "", "", TONES["soft"], run))
            else:
                _append(pieces, Piece(x, text, face_of(run).name, TONES[run.tone]), bool(gap))
            x += width
            gap = 0.0
    return SetLine(tuple(pieces), x)


def _append(pieces: list[Piece], piece: Piece, after_blank: bool) -> None:
    """Add words; those of the same style become one piece, so that they read as one."""
    last = pieces[-1] if pieces else None
    if last and last.disc is None and (last.face, last.colour) == (piece.face, piece.colour):
        blank = " " if after_blank else ""
        piece = Piece(last.x, f"{last.text}{blank}{piece.text}", last.face, last.colour)
        pieces.pop()
    pieces.append(piece)


def draw_line(canvas: Canvas, line: SetLine, x: float, baseline: float, size: float) -> None:
    """Draw one line; `baseline` counts from the foot of the page."""
    for piece in line.pieces:
        if piece.disc is not None:
            draw_disc(canvas, piece.disc.sighting, x + piece.x, baseline + 0.36 * size)
        else:
            show(canvas, piece.text, x + piece.x, baseline, piece.face, size, piece.colour)


def draw_text(
    canvas: Canvas,
    text: str,
    x: float,
    baseline: float,
    size: float,
    colour: Colour,
    *,
    bold: bool = False,
    right: bool = False,
) -> None:
    """Draw words on one line, from the left or against the right."""
    one = face(BOLD if bold else REGULAR)
    left = x - one.width(text, size) if right else x
    show(canvas, text, left, baseline, one.name, size, colour)
