"""Bars of how firm the order is, drawn with lines and shapes of the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.model import (
    StackedBars,
    StackedRow,
    SwingRow,
    Swings,
    WeightGrid,
    words,
)
from nmosd_cds.report.pdf import style
from nmosd_cds.report.pdf.marks import draw_mark
from nmosd_cds.report.pdf.paper import Box, draw_strokes
from nmosd_cds.report.pdf.setting import SetLine, draw_line, draw_text, set_lines
from nmosd_cds.report.pdf.style import BODY, LEADING, LEFT, RIGHT, WIDTH, Colour

_BASE = 9.2
_BAR = 8.6
_MARK = 14.0
_NAME = 150.0
_KEY_GAP = 16.0
# Of a swing: what varies, the plot, and what its ends mean.
_WHAT, _PLOT_WIDTH = 176.0, 120.0
_PLOT = _WHAT + 10.0
_ENDS = _PLOT + _PLOT_WIDTH + 14.0
_SIGN = 7.0
_LOW, _HIGH, _SCENARIO = range(3)
# Room for the criteria: with few options beside them they stand on one line.
_CRITERION = {1: 268.0, 2: 268.0, 3: 196.0}
_NARROW = 158.0
_NUMBER = 18.0


def _text_width(text: str) -> float:
    lines = set_lines(words(text), WIDTH, BODY)
    return lines[0].width if lines else 0.0


def _rule(canvas: Canvas, y: float, *, strong: bool = False) -> None:
    colour = style.EDGE if strong else style.HAIR
    draw_strokes(canvas, [(LEFT, y, RIGHT, y)], colour, 0.6 if strong else 0.5)


def _block(
    canvas: Canvas, x: float, y: float, width: float, colour: Colour, *, height: float = _BAR
) -> None:
    """A filled bar with an outline, so that a grey printer keeps its parts apart."""
    canvas.setFillColorRGB(*colour)
    canvas.setStrokeColorRGB(*style.EDGE)
    canvas.setLineWidth(0.5)
    canvas.rect(x, y, width, height, stroke=1, fill=1)


def stacked_boxes(block: StackedBars) -> list[Box]:
    """The keys, then one bar an option with its numbers inside."""

    def draw(canvas: Canvas, top: float) -> None:
        x = LEFT + _NAME
        for at, key in enumerate(block.keys):
            _block(canvas, x, top - _BASE - 0.4, 7.0, _place(at), height=7.0)
            draw_text(canvas, key, x + 10.0, top - _BASE, BODY, style.SOFT)
            x += 10.0 + _text_width(key) + _KEY_GAP

    header = Box(LEADING + 2.0, draw, keep=True)
    rows = [_stacked_row(row, header) for row in block.rows]
    return [header, *(replace(row, keep=True) for row in rows[:-1]), *rows[-1:]]


def _place(at: int) -> Colour:
    return style.PLACES[at] if at < len(style.PLACES) else style.WHITE


def _stacked_row(row: StackedRow, header: Box) -> Box:
    lines = set_lines(words(row.label), _NAME - _MARK - 6.0, BODY)
    height = len(lines) * LEADING + 2.0

    def draw(canvas: Canvas, top: float) -> None:
        draw_mark(canvas, row.mark, LEFT, top - _BASE + 3.1)
        _draw_lines(canvas, lines, LEFT + _MARK, top)
        x = LEFT + _NAME
        for at, part in enumerate(row.parts):
            width = (RIGHT - LEFT - _NAME) * part
            if width > 0.0:
                _block(canvas, x, top - _BASE - 1.3, width, _place(at))
                _draw_figure(canvas, part, at, x, width, top)
            x += width

    return Box(height, draw, header=header)


def _draw_figure(canvas: Canvas, part: float, at: int, x: float, width: float, top: float) -> None:
    figure = f"{round(100 * part)}"
    wide = _text_width(figure)
    if wide + 2.0 <= width:
        colour = style.WHITE if at == 0 else style.TEXT
        draw_text(canvas, figure, x + (width - wide) / 2, top - _BASE, BODY, colour)


def _draw_lines(canvas: Canvas, lines: Sequence[SetLine], x: float, top: float) -> None:
    for number, line in enumerate(lines):
        draw_line(canvas, line, x, top - _BASE - number * LEADING, BODY)


def swing_boxes(block: Swings) -> list[Box]:
    """An axis from 0 to 100, then one bar an uncertainty with both ends in words."""
    what, *ends = block.columns

    def draw(canvas: Canvas, top: float) -> None:
        draw_text(canvas, what, LEFT, top - _BASE, BODY, style.SOFT)
        for percent in (0, 50, 100):
            text = f"{percent}"
            x = _x(percent / 100) - _text_width(text) / 2
            draw_text(canvas, text, x, top - _BASE, BODY, style.SOFT)
        x = LEFT + _ENDS
        for end, said in enumerate(ends):
            _end_sign(canvas, x, top - _BASE + 3.0, end)
            draw_text(canvas, said, x + _SIGN + 3.0, top - _BASE, BODY, style.SOFT)
            x += _SIGN + 3.0 + _text_width(said) + _KEY_GAP
        _rule(canvas, top - LEADING - 2.0, strong=True)

    header = Box(LEADING + 2.0, draw, keep=True)
    return [header, *(_swing_row(row, block.base, header) for row in block.rows)]


def _x(share: float) -> float:
    return LEFT + _PLOT + min(max(share, 0.0), 1.0) * _PLOT_WIDTH


def _fill(end: int) -> Colour:
    """White for a low end, full for a high one, between them for a scenario."""
    return {_LOW: style.WHITE, _HIGH: _place(0)}.get(end, _place(1))


def _end_sign(canvas: Canvas, x: float, y: float, end: int) -> None:
    _block(canvas, x, y - 2.6, 5.2, _fill(end), height=5.2)


def _swing_row(row: SwingRow, base: float, header: Box) -> Box:
    what = set_lines(words(row.label), _WHAT - 4.0, BODY)
    room = WIDTH - _ENDS - _SIGN - 3.0
    first = _SCENARIO if row.high is None else _LOW
    ends = [(first, row.low, _end_lines(row.low, row.low_means, room))]
    if row.high is not None:
        ends.append((_HIGH, row.high, _end_lines(row.high, row.high_means, room)))
    deep = sum(len(lines) for _end, _share, lines in ends)
    height = max(len(what), deep) * LEADING + 1.2

    def draw(canvas: Canvas, top: float) -> None:
        _draw_lines(canvas, what, LEFT, top)
        quarters = [(_x(q / 4), top, _x(q / 4), top - height) for q in range(5)]
        draw_strokes(canvas, quarters, style.HAIR, 0.5)
        middle = top - height / 2
        for end, share, _lines in ends:
            left, right = sorted((_x(base), _x(share)))
            _block(canvas, left, middle - _BAR / 2, max(right - left, 0.6), _fill(end))
        draw_strokes(canvas, [(_x(base), top, _x(base), top - height)], style.TEXT, 0.8)
        y = top
        for end, _share, lines in ends:
            _end_sign(canvas, LEFT + _ENDS, y - _BASE + 3.0, end)
            _draw_lines(canvas, lines, LEFT + _ENDS + _SIGN + 3.0, y)
            y -= len(lines) * LEADING
        _rule(canvas, top - height)

    return Box(height, draw, header=header)


def _end_lines(share: float, means: str, room: float) -> list[SetLine]:
    said = words(f"{round(100 * share)}", bold=True)
    if means:
        said += words(f" {means}")
    return list(set_lines(said, room, BODY))


def weight_boxes(block: WeightGrid) -> list[Box]:
    """Whose weights, then one row a criterion with a bar and its number an option."""
    count = max(len(block.columns), 1)
    first = _CRITERION.get(count, _NARROW)
    wide = (WIDTH - first) / count
    longest = max((value or 0.0 for _label, values in block.rows for value in values), default=0.0)
    heads = [
        [
            *set_lines(words(one.name, bold=True), wide - 8.0, BODY),
            *set_lines(words(one.said), wide - 8.0, BODY),
        ]
        for one in block.columns
    ]
    height = max((len(lines) for lines in heads), default=1) * LEADING + 2.0

    def draw(canvas: Canvas, top: float) -> None:
        label = set_lines(words(block.label, bold=True), first - 6.0, BODY)
        _draw_lines(canvas, label, LEFT, top)
        for place, lines in enumerate(heads):
            _draw_lines(canvas, lines, LEFT + first + place * wide, top)
        _rule(canvas, top - height, strong=True)

    header = Box(height, draw, keep=True)
    rows = [_weight_row(label, values, first, longest, header) for label, values in block.rows]
    return [header, *rows]


def _weight_row(
    label: str, values: tuple[float | None, ...], first: float, longest: float, header: Box
) -> Box:
    wide = (WIDTH - first) / max(len(values), 1)
    lines = set_lines(words(label), first - 6.0, BODY)
    height = len(lines) * LEADING + 0.4

    def draw(canvas: Canvas, top: float) -> None:
        _draw_lines(canvas, lines, LEFT, top)
        for place, value in enumerate(values):
            if value is None:
                continue
            x = LEFT + first + place * wide
            figure = f"{round(100 * value)}"
            draw_text(canvas, figure, x + _NUMBER - 4.0, top - _BASE, BODY, style.TEXT, right=True)
            width = (wide - _NUMBER - 14.0) * (value / longest if longest else 0.0)
            if width > 0.0:
                _block(canvas, x + _NUMBER, top - _BASE - 1.0, width, _place(1), height=7.6)
        _rule(canvas, top - height)

    return Box(height, draw, header=header)
