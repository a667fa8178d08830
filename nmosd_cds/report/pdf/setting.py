"""Words into lines: runs of several weights and scripts broken to a width, and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.model import Disc, Line, Run
from nmosd_cds.report.pdf.breaking import atoms, held, may_break
from nmosd_cds.report.pdf.faces import BOLD, ITALIC, REGULAR, Face, is_chinese, runs_of, show
from nmosd_cds.report.pdf.marks import DISC_WIDTH, draw_disc
from nmosd_cds.report.pdf.style import TONES, Colour


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


class _Part(NamedTuple):
    """Signs of one style and face, or a disc."""

    text: str
    run: Run | Disc
    face: str
    width: float


@dataclass
class _Word:
    """Signs that stay together, possibly in several styles."""

    parts: list[_Part]
    width: float
    blank: float


def face_of(run: Run) -> str:
    """The weight a run is drawn in."""
    return BOLD if run.bold else ITALIC if run.italic else REGULAR


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
    parts: list[_Part] = []
    used = blank = 0.0
    for run in line:
        if isinstance(run, Disc):
            parts.append(_Part("", run, "", DISC_WIDTH[run.sighting]))
            used += DISC_WIDTH[run.sighting]
            continue
        for whole, one in runs_of(held(run.text), face_of(run)):
            before = parts[-1].text[-1:] if parts else ""
            pieces = atoms(whole, before) if one.is_chinese else whole.split(" ")
            for number, text in enumerate(pieces):
                if number and not one.is_chinese:
                    if parts:
                        yield _Word(parts, used, blank)
                    parts, used, blank = [], 0.0, one.width(" ", size)
                elif parts and text and _parted(parts[-1], text, one):
                    yield _Word(parts, used, blank)
                    parts, used, blank = [], 0.0, 0.0
                if not text:
                    continue
                wide = one.width(text, size)
                while wide > width:
                    fits = max(1, _fitting(text, width, size, one))
                    if parts:
                        yield _Word(parts, used, blank)
                        parts, used, blank = [], 0.0, 0.0
                    cut = one.width(text[:fits], size)
                    yield _Word([_Part(text[:fits], run, one.name, cut)], cut, blank)
                    text, blank = text[fits:], 0.0
                    wide = one.width(text, size)
                if parts and used + wide > width:
                    yield _Word(parts, used, blank)
                    parts, used, blank = [], 0.0, 0.0
                if text:
                    parts.append(_Part(text, run, one.name, wide))
                    used += wide
    if parts:
        yield _Word(parts, used, blank)


def _parted(last: _Part, text: str, one: Face) -> bool:
    """Whether a line may end between what stands there and what follows without a blank."""
    if not (one.is_chinese or is_chinese(last.face)) or not last.text:
        return False
    return may_break(last.text[-1], text[0])


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
        for part in word.parts:
            x += gap
            if isinstance(part.run, Disc):
                pieces.append(Piece(x, "", "", TONES["soft"], part.run))
            else:
                piece = Piece(x, part.text, part.face, TONES[part.run.tone])
                if gap and pieces and (is_chinese(pieces[-1].face) or is_chinese(part.face)):
                    # No Chinese face has a blank, and a reader of the file's text needs it.
                    blank = Piece(x - gap, " ", face_of(part.run), piece.colour)
                    _append(pieces, blank, after_blank=False)
                    gap = 0.0
                _append(pieces, piece, after_blank=bool(gap))
            x += part.width
            gap = 0.0
    return SetLine(tuple(pieces), x)


def _append(pieces: list[Piece], piece: Piece, *, after_blank: bool) -> None:
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
    runs = runs_of(text, BOLD if bold else REGULAR)
    if right:
        x -= sum(one.width(part, size) for part, one in runs)
    for part, one in runs:
        show(canvas, part, x, baseline, one.name, size, colour)
        x += one.width(part, size)
