"""A box: something of known height that draws itself below a line of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.pdf.setting import SetLine, draw_line
from nmosd_cds.report.pdf.style import BODY, LEADING, LEFT, Colour


@dataclass(frozen=True)
class Box:
    """What a page is filled with.

    Attributes:
        height: Points.
        draw: Draws it below the height it is told, counted from the foot of the page.
        keep: Whether it must not be the last of a page.
        header: Drawn again above it when it is the first of a page; None: nothing is.
        is_pinned: Whether it stands at the foot of its page.
        on_new_page: Whether it begins a page.
    """

    height: float
    draw: Callable[[Canvas, float], None]
    keep: bool = False
    header: Box | None = None
    is_pinned: bool = False
    on_new_page: bool = False


def lines_box(
    lines: Sequence[SetLine],
    *,
    before: float,
    after: float,
    size: float = BODY,
    leading: float = LEADING,
) -> Box:
    """A box of lines at the left edge."""

    def draw(canvas: Canvas, top: float) -> None:
        for number, line in enumerate(lines):
            draw_line(canvas, line, LEFT, top - before - size - number * leading, size)

    return Box(before + len(lines) * leading + after, draw)


def draw_strokes(
    canvas: Canvas,
    strokes: Iterable[tuple[float, float, float, float]],
    colour: Colour,
    width: float,
) -> None:
    """Draw straight lines of one colour in the page's own operators, as words are."""
    red, green, blue = colour
    code = [f"q {red:.4f} {green:.4f} {blue:.4f} RG {width:.2f} w"]
    code += [f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S" for x, y, to_x, to_y in strokes]
    canvas._code.append(" ".join([*code, "Q"]))
