"""Boxes onto pages: the first page is the summary, every page carries banner and foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from nmosd_cds.i18n.joining import gap
from nmosd_cds.report.model import Banner, Block, Foot, Labelled, Line, ReportContent, Run, words
from nmosd_cds.report.pdf import style
from nmosd_cds.report.pdf.boxes import boxes_of, rule
from nmosd_cds.report.pdf.paper import Box
from nmosd_cds.report.pdf.setting import SetLine, draw_line, draw_text, set_lines
from nmosd_cds.report.pdf.style import BODY, FOOT_TOP, LEADING, LEFT, RIGHT, TOP, WIDTH

_NAME = 0.285
_FACT = (1.0 - _NAME) / 3
_HEAD = 17.0
_ROOM_FOR_PAGE = 74.0
_AIR = 4.0


@dataclass
class Page:
    """Boxes with the height at which each begins."""

    placed: list[tuple[Box, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Frame:
    """What is the same on every page, set once.

    Attributes:
        body_top: Where the boxes begin.
        body_foot: Where they have to end.
    """

    banner: SetBanner
    foot: Sequence[SetLine]
    body_top: float
    body_foot: float


@dataclass(frozen=True)
class SetBanner:
    """The banner, set."""

    name: Sequence[SetLine]
    columns: list[list[Sequence[SetLine]]]
    height: float


def frame_of(content: ReportContent) -> Frame:
    """Set what every page carries."""
    banner = _set_banner(content.banner)
    foot = content.foot
    said: Line = (
        Run(f"{foot.warning}{gap()}", bold=True),
        Run(f"{foot.identity}{gap()}{foot.origin}", tone="soft"),
    )
    lines = set_lines(said, WIDTH - _ROOM_FOR_PAGE, BODY)
    body_foot = FOOT_TOP + max(0, len(lines) - 2) * LEADING + 6.0
    return Frame(banner, lines, TOP - _HEAD - banner.height, body_foot)


def fits_one_page(boxes: Sequence[Box], frame: Frame) -> bool:
    """Whether boxes need no second page."""
    return sum(box.height for box in boxes) <= frame.body_top - _AIR - frame.body_foot


def fill(boxes: Sequence[Box], frame: Frame) -> list[Page]:
    """Put boxes on pages: headings stay with what follows, tables repeat their labels."""
    pages = [Page()]
    y = frame.body_top - _AIR
    for number, box in enumerate(boxes):
        needed = box.height
        following = number
        while boxes[following].keep and following + 1 < len(boxes):
            following += 1
            needed += boxes[following].height
        page = pages[-1]
        if page.placed and (box.on_new_page or y - needed < frame.body_foot):
            page = Page()
            pages.append(page)
            y = frame.body_top - _AIR
            if box.header is not None:
                page.placed.append((box.header, y))
                y -= box.header.height
        if box.is_pinned:
            y = frame.body_foot + box.height
        page.placed.append((box, y))
        y -= box.height
    return pages


def summary_boxes(summary: Callable[[int], Sequence[Block]], count: int, frame: Frame) -> list[Box]:
    """The fullest summary that fits one page; the shortest, over two pages, if none does.

    Args:
        summary: Summary number 0 is the fullest, each is shorter than the one before.
        count: How many there are.
        frame: What the page carries besides.
    """
    low, high = 0, count - 1
    found: list[Box] | None = None
    while low < high:
        middle = (low + high) // 2
        boxes = all_boxes(summary(middle))
        if fits_one_page(boxes, frame):
            found, high = boxes, middle
        else:
            low = middle + 1
    return found or all_boxes(summary(count - 1))


def all_boxes(blocks: Sequence[Block]) -> list[Box]:
    """The boxes of blocks, from top to bottom."""
    return [box for block in blocks for box in boxes_of(block)]


def draw_page(
    canvas: Canvas, page: Page, content: ReportContent, frame: Frame, number: int, count: int
) -> None:
    """Draw one page: head, banner, boxes, foot."""
    draw_text(canvas, content.title, LEFT, TOP - 8.0, BODY, style.TEXT, bold=True)
    draw_text(canvas, content.as_of, RIGHT, TOP - 8.0, BODY, style.SOFT, right=True)
    canvas.setStrokeColorRGB(*style.TEXT)
    canvas.setLineWidth(1.4)
    canvas.line(LEFT, TOP - _HEAD, RIGHT, TOP - _HEAD)
    _draw_banner(canvas, frame.banner, TOP - _HEAD)
    for box, top in page.placed:
        box.draw(canvas, top)
    _draw_foot(canvas, content.foot, frame, number, count)
    canvas.showPage()


def _set_banner(banner: Banner) -> SetBanner:
    name = set_lines(words(banner.name, bold=True), _NAME * WIDTH - 10.0, style.TITLE)
    columns: list[list[Sequence[SetLine]]] = []
    for place in range(3):
        width = _FACT * WIDTH - (8.0 if place < 2 else 0.0)
        columns.append([set_lines(_labelled(row[place]), width, BODY) for row in banner.rows])
    depth = max(sum(len(lines) for lines in column) for column in columns)
    height = max(len(name) * style.TITLE_LEADING + 9.0, depth * LEADING + 11.0)
    return SetBanner(name, columns, height)


def _labelled(labelled: Labelled) -> Line:
    if not labelled.value:
        return words(labelled.label, tone="soft")
    label = f"{labelled.label}  " if labelled.label else ""
    return words(label.strip() + " " if label else "", tone="soft") + words(
        labelled.value, bold=True
    )


def _draw_banner(canvas: Canvas, banner: SetBanner, top: float) -> None:
    first = top - (banner.height - len(banner.name) * style.TITLE_LEADING) / 2 - 13.2
    for number, line in enumerate(banner.name):
        draw_line(canvas, line, LEFT, first - number * style.TITLE_LEADING, style.TITLE)
    for place, column in enumerate(banner.columns):
        x = LEFT + (_NAME + place * _FACT) * WIDTH
        y = top - 5.0 - 8.7
        for lines in column:
            for line in lines:
                draw_line(canvas, line, x, y, BODY)
                y -= LEADING
    rule(canvas, top - banner.height, LEFT, RIGHT)


def _draw_foot(canvas: Canvas, foot: Foot, frame: Frame, number: int, count: int) -> None:
    top = frame.body_foot - 6.0
    rule(canvas, top, LEFT, RIGHT)
    for place, line in enumerate(frame.foot):
        draw_line(canvas, line, LEFT, top - 11.0 - place * LEADING, BODY)
    page = foot.page.format(page=number, pages=count)
    draw_text(canvas, page, RIGHT, top - 11.0, BODY, style.TEXT, bold=True, right=True)
