"""Blocks of words as boxes of known height that draw themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.report.model import (
    AlertBox,
    Arguments,
    ArgumentTable,
    Block,
    Cell,
    Column,
    Facts,
    Flow,
    Forest,
    Heading,
    Line,
    OutcomeBlock,
    Paragraph,
    Signatures,
    StackedBars,
    Swings,
    Table,
    TableRow,
    WeightGrid,
    words,
)
from nmosd_cds.report.pdf import style
from nmosd_cds.report.pdf.bars import stacked_boxes, swing_boxes, weight_boxes
from nmosd_cds.report.pdf.forest import forest_boxes
from nmosd_cds.report.pdf.marks import draw_mark
from nmosd_cds.report.pdf.paper import Box, draw_strokes, lines_box
from nmosd_cds.report.pdf.setting import SetLine, draw_line, draw_text, set_lines
from nmosd_cds.report.pdf.style import BODY, LEADING, LEFT, WIDTH

_MARK = 14.0
_FACT_LABEL = 0.155
_MOST_LINES = 24
_ARGUMENT_LINES = 4
_FLOW_LINES = 16
_SIGN_SPACE = 30.0


def boxes_of(block: Block) -> list[Box]:
    """The boxes of one block, from top to bottom."""
    match block:
        case Heading():
            return [_heading(block)]
        case Paragraph():
            return _paragraph(block)
        case AlertBox():
            return _alerts(block)
        case Facts():
            return _facts(block)
        case OutcomeBlock():
            return _outcome(block)
        case Table():
            return _table(block)
        case ArgumentTable():
            return _arguments(block)
        case Forest():
            return forest_boxes(block)
        case StackedBars():
            return stacked_boxes(block)
        case Swings():
            return swing_boxes(block)
        case WeightGrid():
            return weight_boxes(block)
        case Flow():
            return _flow(block)
        case Signatures():
            return [_signatures(block)]


def _heading(block: Heading) -> Box:
    lines = set_lines(words(block.text, bold=True), WIDTH, style.HEADING)
    box = lines_box(lines, before=6.5, after=1.0, size=style.HEADING, leading=13.0)
    return replace(box, keep=True, on_new_page=block.on_new_page)


def _paragraph(block: Paragraph) -> list[Box]:
    lines = set_lines(block.line, WIDTH, BODY)
    before = 5.0 if block.space_before else 3.0
    boxes = [
        lines_box(lines[at : at + _MOST_LINES], before=before if at == 0 else 0.0, after=0.0)
        for at in range(0, len(lines), _MOST_LINES)
    ]
    return [*boxes[:-1], replace(boxes[-1], keep=True)] if block.stays and boxes else boxes


def _alerts(block: AlertBox) -> list[Box]:
    title = set_lines(words(block.title, bold=True, tone="attention"), WIDTH, BODY)
    indent = title[0].width + 5.0
    pad = 8.0
    lines = [
        line
        for text in block.lines
        for line in set_lines(words(text), WIDTH - indent - 2 * pad, BODY)
    ]
    chunks = [lines[at : at + _MOST_LINES] for at in range(0, len(lines), _MOST_LINES)]

    def box(chunk: Sequence[SetLine], *, is_first: bool) -> Box:
        height = len(chunk) * LEADING + 9.0

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setStrokeColorRGB(*style.ATTENTION)
            canvas.setLineWidth(0.9)
            canvas.roundRect(LEFT + 0.45, top - 5.0 - height, WIDTH - 0.9, height, 1.8)
            baseline = top - 5.0 - 4.0 - 9.0
            if is_first:
                draw_line(canvas, title[0], LEFT + pad, baseline, BODY)
            for number, line in enumerate(chunk):
                draw_line(canvas, line, LEFT + pad + indent, baseline - number * LEADING, BODY)

        return Box(height + 8.0, draw)

    return [box(chunk, is_first=number == 0) for number, chunk in enumerate(chunks)]


def _facts(block: Facts) -> list[Box]:
    columns = (Column("", _FACT_LABEL), Column("", 1.0 - _FACT_LABEL))
    rows = tuple(
        TableRow((Cell((words(label, bold=True),) if label else ()), Cell((line,))))
        for label, line in block.rows
    )
    return _rows(Table(columns, rows), header=None)


def rule(canvas: Canvas, y: float, left: float, right: float, *, strong: bool = True) -> None:
    """A horizontal line: the main rule, or a hairline between rows."""
    colour = style.EDGE if strong else style.HAIR
    draw_strokes(canvas, [(left, y, right, y)], colour, 0.6 if strong else 0.5)


def _outcome(block: OutcomeBlock) -> list[Box]:
    indent = 20.0
    head = set_lines(words(block.headline, bold=True), WIDTH - indent, style.TITLE)
    whole = set_lines(words(block.sentence), WIDTH - indent, style.LEDE)
    text, more = whole[:_MOST_LINES], whole[_MOST_LINES:]
    height = 9.0 + len(head) * style.TITLE_LEADING + len(text) * style.LEDE_LEADING + 1.0

    def draw(canvas: Canvas, top: float) -> None:
        y = top - 9.0 - 13.2
        draw_mark(canvas, block.mark, LEFT + 0.5, y + 5.0, size=12.6)
        for number, line in enumerate(head):
            draw_line(canvas, line, LEFT + indent, y - number * style.TITLE_LEADING, style.TITLE)
        y -= len(head) * style.TITLE_LEADING - 3.6
        for number, line in enumerate(text):
            draw_line(canvas, line, LEFT + indent, y - number * style.LEDE_LEADING, style.LEDE)

    further = [
        lines_box(
            more[at : at + _MOST_LINES],
            before=0.0,
            after=0.0,
            size=style.LEDE,
            leading=style.LEDE_LEADING,
        )
        for at in range(0, len(more), _MOST_LINES)
    ]
    return [Box(height, draw), *further]


@dataclass(frozen=True)
class _SetCell:
    x: float
    lines: Sequence[SetLine]
    mark: str | None = None
    right: float | None = None


def _table(block: Table) -> list[Box]:
    header = _header(block.columns)
    return [header, *_rows(block, header=header)]


def _header(columns: tuple[Column, ...]) -> Box:
    places = _places(columns)
    cells = [
        (x, set_lines(words(column.label, tone="soft"), width - 6.0, BODY))
        for column, (x, width) in zip(columns, places, strict=True)
    ]
    height = max(len(lines) for _x, lines in cells) * LEADING + 2.0

    def draw(canvas: Canvas, top: float) -> None:
        for x, lines in cells:
            for number, line in enumerate(lines):
                draw_line(canvas, line, x, top - 9.0 - number * LEADING, BODY)
        rule(canvas, top - height, LEFT, LEFT + WIDTH)

    return Box(height, draw, keep=True)


def _places(columns: tuple[Column, ...]) -> list[tuple[float, float]]:
    places = []
    x = LEFT
    for column in columns:
        places.append((x, column.share * WIDTH))
        x += column.share * WIDTH
    return places


def _rows(block: Table, *, header: Box | None) -> list[Box]:
    places = _places(block.columns)
    boxes: list[Box] = []
    for number, row in enumerate(block.rows):
        following = block.rows[number + 1] if number + 1 < len(block.rows) else None
        line_from = places[following.joined][0] if following else LEFT
        cells = [_set_cell(row, place, places) for place in range(len(row.cells))]
        pad = style.DENSE_PAD if block.dense else style.CELL_PAD
        boxes += _row_boxes(cells, None if row.below else line_from, header, pad)
        if row.below:
            x = places[1][0]
            below = [one for line in row.below for one in set_lines(line, LEFT + WIDTH - x, BODY)]
            boxes[-1] = replace(boxes[-1], height=boxes[-1].height - 2.4, keep=True)
            boxes += _row_boxes([_SetCell(x, below)], line_from, header, pad)
    return boxes


def _set_cell(row: TableRow, place: int, places: list[tuple[float, float]]) -> _SetCell:
    cell = row.cells[place]
    x, width = places[place]
    if place == len(row.cells) - 1:
        width = LEFT + WIDTH - x
    else:
        width -= 6.0
    if cell.mark:
        width -= _MARK
    lines = [one for line in cell.lines for one in set_lines(line, width, BODY)]
    return _SetCell(x, lines, cell.mark)


def _row_boxes(
    cells: list[_SetCell], line_from: float | None, header: Box | None, pad: float
) -> Iterator[Box]:
    most = max((len(cell.lines) for cell in cells), default=1)
    for first in range(0, max(1, most), _MOST_LINES):
        part = [
            replace(
                cell,
                lines=cell.lines[first : first + _MOST_LINES],
                mark=cell.mark if first == 0 else None,
                x=cell.x + (_MARK if cell.mark else 0.0),
            )
            for cell in cells
        ]
        is_last = first + _MOST_LINES >= most
        yield _row_box(part, line_from if is_last else None, header, pad)


def _row_box(cells: list[_SetCell], line_from: float | None, header: Box | None, pad: float) -> Box:
    count = max((len(cell.lines) for cell in cells), default=1) or 1
    height = count * LEADING + 2 * pad - 0.4

    def draw(canvas: Canvas, top: float) -> None:
        baseline = top - pad - 8.7
        for cell in cells:
            if cell.mark:
                draw_mark(canvas, cell.mark, cell.x - _MARK, baseline + 3.1)  # type: ignore[arg-type]  # a mark
            for number, line in enumerate(cell.lines):
                draw_line(canvas, line, cell.x, baseline - number * LEADING, BODY)
        if line_from is not None:
            rule(canvas, top - height, line_from, LEFT + WIDTH, strong=False)

    return Box(height, draw, header=header)


def _arguments(block: ArgumentTable) -> list[Box]:
    columns = (Column(block.label_for, 0.5), Column(block.label_against, 0.5))
    header = _header(columns)
    boxes = [header]
    for option in block.options:
        boxes += _argument_boxes(option, header)
    return boxes


def _argument_boxes(option: Arguments, header: Box) -> Iterator[Box]:
    name = words(option.name, bold=True) + words(f"  {option.note}", tone="soft")
    head = lines_box(set_lines(name, WIDTH, BODY), before=2.5, after=0.0)
    yield replace(head, keep=True, header=header)
    half = WIDTH / 2
    left = _bulleted(option.speaks_for, half - 18.0, "+")
    right = _bulleted(option.speaks_against, half - 12.0, "\u2212")
    most = max(len(left), len(right))
    for first in range(0, max(1, most), _ARGUMENT_LINES):
        part = (left[first : first + _ARGUMENT_LINES], right[first : first + _ARGUMENT_LINES])
        yield _argument_box(part, half, header, is_last=first + _ARGUMENT_LINES >= most)


def _bulleted(lines: tuple[Line, ...], width: float, sign: str) -> list[tuple[str, SetLine]]:
    return [
        (sign if number == 0 else "", one)
        for line in lines
        for number, one in enumerate(set_lines(line, width, BODY))
    ]


def _argument_box(
    sides: tuple[list[tuple[str, SetLine]], list[tuple[str, SetLine]]],
    half: float,
    header: Box,
    *,
    is_last: bool,
) -> Box:
    count = max(1, *(len(side) for side in sides))
    height = count * LEADING + (3.0 if is_last else 0.0)

    def draw(canvas: Canvas, top: float) -> None:
        for place, side in enumerate(sides):
            x = LEFT + place * half
            for number, (sign, line) in enumerate(side):
                baseline = top - 8.7 - number * LEADING
                if sign:
                    draw_text(canvas, sign, x, baseline, BODY, style.SOFT, bold=True)
                draw_line(canvas, line, x + 10.0, baseline, BODY)
        if is_last:
            rule(canvas, top - height, LEFT, LEFT + WIDTH, strong=False)

    return Box(height, draw, header=header)


def _flow(block: Flow) -> list[Box]:
    """Short lines down one column after the other, in pieces that fit a page's foot."""
    width = WIDTH / block.columns
    pieces: list[list[Sequence[SetLine]]] = [[]]
    for line in block.lines:
        item = set_lines(line, width - 12.0, BODY)
        for part in (item[at : at + _MOST_LINES] for at in range(0, len(item), _MOST_LINES)):
            if pieces[-1] and sum(map(len, pieces[-1])) + len(part) > block.columns * _FLOW_LINES:
                pieces.append([])
            pieces[-1].append(part)
    return [_flow_box(_split(piece, block.columns), width) for piece in pieces if piece]


def _split(items: list[Sequence[SetLine]], count: int) -> list[list[SetLine]]:
    """Whole items in columns, as even as they can be."""
    deepest = max(max(map(len, items)), -(-sum(map(len, items)) // count))
    while True:
        columns: list[list[SetLine]] = [[]]
        for item in items:
            if columns[-1] and len(columns[-1]) + len(item) > deepest:
                columns.append([])
            columns[-1] += item
        if len(columns) <= count:
            return columns
        deepest += 1


def _flow_box(columns: list[list[SetLine]], width: float) -> Box:
    height = max(map(len, columns)) * LEADING

    def draw(canvas: Canvas, top: float) -> None:
        for place, lines in enumerate(columns):
            for number, line in enumerate(lines):
                draw_line(canvas, line, LEFT + place * width, top - 8.7 - number * LEADING, BODY)

    return Box(height, draw)


def _signatures(block: Signatures) -> Box:
    gap = 18.0
    share = (0.36, 0.36, 0.28)
    height = _SIGN_SPACE + LEADING

    def draw(canvas: Canvas, top: float) -> None:
        x = LEFT
        for label, part in zip(block.labels, share, strict=True):
            width = part * (WIDTH - 2 * gap)
            rule(canvas, top - _SIGN_SPACE, x, x + width)
            draw_text(canvas, label, x, top - _SIGN_SPACE - 10.0, BODY, style.SOFT)
            x += width + gap

    return Box(height, draw, is_pinned=True)
