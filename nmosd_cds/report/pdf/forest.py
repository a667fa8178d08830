"""The forest plot, drawn with lines and shapes of the page itself."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.i18n.joining import aside
from nmosd_cds.report.model import Forest, ForestRow, Run, words
from nmosd_cds.report.pdf import style
from nmosd_cds.report.pdf.marks import draw_disc
from nmosd_cds.report.pdf.paper import Box, draw_strokes, lines_box
from nmosd_cds.report.pdf.setting import SetLine, draw_line, draw_text, set_lines
from nmosd_cds.report.pdf.style import BODY, LEADING, LEFT, WIDTH

_STUDY, _OUTCOME, _SHOWN, _PLOT, _FOLLOWED, _SEEN = 0.0, 96.0, 238.0, 334.0, 447.0, 509.0
_PLOT_WIDTH = 100.0
_BAR = 50.0
_ROW = 13.6
_BASE = 9.6
_SMALLEST, _LARGEST, _LARGEST_N = 3.4, 8.4, 60.0
_SLACK = 0.002


def forest_boxes(block: Forest) -> list[Box]:
    """The plot as a header and one box a row, so that it can go over a page."""
    header = _header(block)
    boxes = [header]
    for group in block.groups:
        lines = set_lines(words(group.label, bold=True), WIDTH, BODY)
        label = replace(lines_box(lines, before=1.5, after=0.0), keep=True, header=header)
        boxes.append(label)
        boxes += [_row(row, block.longest, _stacked(header, label)) for row in group.rows]
    return boxes


def _stacked(upper: Box, lower: Box) -> Box:
    """Both, drawn again where the rows of a group go over a page."""

    def draw(canvas: Canvas, top: float) -> None:
        upper.draw(canvas, top)
        lower.draw(canvas, top - upper.height)

    return Box(upper.height + lower.height, draw)


def _header(block: Forest) -> Box:
    study, outcome, shown, followed, seen = block.columns
    height = LEADING + 3.0

    def draw(canvas: Canvas, top: float) -> None:
        y = top - 9.0
        labels = ((_STUDY, study), (_OUTCOME, outcome), (_SHOWN, shown), (_FOLLOWED, followed))
        for x, label in (*labels, (_SEEN - 7.0, seen)):
            draw_text(canvas, label, LEFT + x, y, BODY, style.SOFT)
        for percent in (0, 50, 100):
            _centred(canvas, f"{percent}", _x(percent / 100), y)
        canvas.setStrokeColorRGB(*style.EDGE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, top - height, LEFT + WIDTH, top - height)

    return Box(height, draw, keep=True)


def _centred(canvas: Canvas, text: str, x: float, y: float) -> None:
    width = set_lines(words(text), 100.0, BODY)[0].width
    draw_text(canvas, text, x - width / 2, y, BODY, style.SOFT)


def _x(share: float) -> float:
    return LEFT + _PLOT + share * _PLOT_WIDTH


def _row(row: ForestRow, longest: float, header: Box) -> Box:
    pooled = row.kind == "pooled"
    indent = 6.0 if pooled else 0.0
    italic = row.kind == "recalled"
    interval = aside(row.interval)
    in_plot = _place_of_remark(row)
    if row.remark and in_plot is None:
        interval += aside(row.remark)
    cells = [
        (_STUDY + indent, (Run(row.study, bold=pooled, italic=italic),), _OUTCOME - _STUDY - 5.0),
        (_OUTCOME, words(row.outcome, tone="soft"), _SHOWN - _OUTCOME - 6.0),
        (_SHOWN, (Run(row.shown, bold=pooled), Run(interval, tone="soft")), _PLOT - _SHOWN - 4.0),
    ]
    lines = [
        (x, set_lines(line, width - (indent if x == indent else 0.0), BODY))
        for x, line, width in cells
    ]
    height = max(_ROW, max(len(cell) for _x, cell in lines) * LEADING + 2.0)

    def draw(canvas: Canvas, top: float) -> None:
        for x, cell in lines:
            for number, line in enumerate(cell):
                draw_line(canvas, line, LEFT + x, top - _BASE - number * LEADING, BODY)
        middle = top - _BASE + 3.0
        _grid(canvas, top, height)
        (_draw_pooled if pooled else _draw_one)(canvas, row, middle)
        if in_plot is not None:
            _draw_remark(canvas, row, in_plot, middle)
        if row.followed:
            _draw_followed(canvas, row, longest, top)
        if row.disc is not None:
            draw_disc(canvas, row.disc.sighting, LEFT + _SEEN, middle)

    return Box(height, draw, header=header)


def _grid(canvas: Canvas, top: float, height: float) -> None:
    quarters = [_x(quarter / 4) for quarter in range(5)]
    draw_strokes(canvas, [(x, top, x, top - height) for x in quarters], style.HAIR, 0.5)


def _draw_one(canvas: Canvas, row: ForestRow, y: float) -> None:
    side = _side(row.n)
    x = _x(min(max(row.share, 0.0), 1.0))
    is_open = row.kind == "recalled" or row.low is None or row.high is None
    if not is_open and row.low is not None and row.high is not None:
        canvas.setStrokeColorRGB(*style.TEXT)
        canvas.setLineWidth(0.9)
        canvas.line(_x(max(row.low, 0.0)), y, _x(min(row.high, 1.0)), y)
        _end(canvas, row.low, y, -1)
        _end(canvas, row.high, y, 1)
        canvas.setFillColorRGB(*style.ACCENT)
        canvas.rect(x - side / 2, y - side / 2, side, side, stroke=0, fill=1)
        return
    canvas.saveState()
    recalled = row.kind == "recalled"
    canvas.setStrokeColorRGB(*(style.SOFT if recalled else style.ACCENT))
    canvas.setFillColorRGB(*style.WHITE)
    canvas.setLineWidth(0.9)
    if recalled:
        canvas.setDash([1.6, 1.1])
    canvas.rect(x - side / 2, y - side / 2, side, side, stroke=1, fill=1)
    canvas.restoreState()


def _remark_line(row: ForestRow) -> SetLine:
    run = Run(row.remark, tone="soft", italic=row.kind == "recalled")
    return set_lines((run,), 200.0, BODY)[0]


def _place_of_remark(row: ForestRow) -> float | None:
    """Where the remark stands beside its square; None if there is none, or no room for it."""
    if not row.remark:
        return None
    width = _remark_line(row).width
    gap = _side(row.n) / 2 + 3.0
    x = _x(row.share)
    if x + gap + width <= LEFT + _FOLLOWED - 3.0:
        return x + gap
    return x - gap - width if x - gap - width >= LEFT + _PLOT - 3.0 else None


def _draw_remark(canvas: Canvas, row: ForestRow, x: float, y: float) -> None:
    line = _remark_line(row)
    canvas.setFillColorRGB(*style.WHITE)
    canvas.rect(x - 1.0, y - 5.0, line.width + 2.0, 10.0, stroke=0, fill=1)
    draw_line(canvas, line, x, y - 3.0, BODY)


def _side(n: int | None) -> float:
    """Side of the square; its area grows with n."""
    share = min(1.0, (n or 1) / _LARGEST_N)
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(share)


def _end(canvas: Canvas, at: float, y: float, direction: int) -> None:
    """A cap, or an arrow where the interval leaves the axis."""
    x = _x(min(max(at, 0.0), 1.0))
    if -_SLACK <= at <= 1.0 + _SLACK:
        canvas.line(x, y - 2.0, x, y + 2.0)
        return
    path = canvas.beginPath()
    path.moveTo(x + direction * 3.2, y)
    path.lineTo(x, y + 2.2)
    path.lineTo(x, y - 2.2)
    path.close()
    canvas.setFillColorRGB(*style.TEXT)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_pooled(canvas: Canvas, row: ForestRow, y: float) -> None:
    low = row.share if row.low is None else row.low
    high = row.share if row.high is None else row.high
    path = canvas.beginPath()
    path.moveTo(_x(max(low, 0.0)), y)
    path.lineTo(_x(row.share), y + 4.2)
    path.lineTo(_x(min(high, 1.0)), y)
    path.lineTo(_x(row.share), y - 4.2)
    path.close()
    canvas.setStrokeColorRGB(*style.ACCENT)
    canvas.setFillColorRGB(*style.WASH)
    canvas.setLineWidth(0.9)
    canvas.drawPath(path, stroke=1, fill=1)


def _draw_followed(canvas: Canvas, row: ForestRow, longest: float, top: float) -> None:
    x = LEFT + _FOLLOWED
    line = set_lines(words(row.followed, tone="soft"), 200.0, BODY)[0]
    draw_line(canvas, line, x, top - _BASE + 0.6, BODY)
    if row.months is None or longest <= 0:
        return
    y = top - _BASE - 2.4
    length = _BAR * min(1.0, row.months / longest)
    canvas.setFillColorRGB(*style.HAIR)
    canvas.rect(x, y, _BAR, 1.3, stroke=0, fill=1)
    canvas.setFillColorRGB(*style.EDGE)
    canvas.rect(x, y, length, 1.3, stroke=0, fill=1)
