"""The report as plain text for a terminal: the same words in the same order, no colour needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmosd_cds.i18n.joining import beside, clauses, led, noted, parted, run_of, shouted
from nmosd_cds.report.columns import columns_of, padded, wrapped
from nmosd_cds.report.model import (
    AlertBox,
    ArgumentTable,
    Banner,
    Block,
    Facts,
    Flow,
    Forest,
    ForestRow,
    Heading,
    Line,
    OutcomeBlock,
    Paragraph,
    ReportContent,
    Signatures,
    StackedBars,
    SwingRow,
    Swings,
    Table,
    WeightGrid,
    plain,
)
from nmosd_cds.report.wording import of_100

WIDTH = 96
_LABEL = 16
_MARKS = {"possible": "●", "unconfirmed": "◇", "excluded": "■", "no-evidence": "○"}
# A terminal obeys signs that a page shows; none of them is let through.
_HIDDEN = dict.fromkeys([*range(32), *range(127, 160), *range(0x202A, 0x202F), 0x200B], "\ufffd")


def make_text(content: ReportContent, *, width: int = WIDTH, detail: bool = True) -> str:
    """The report as text.

    Args:
        content: What is said.
        width: Columns of the terminal.
        detail: Whether everything behind the first page is said too; the annex if it was made.
    """
    blocks = [*content.summaries[0], *((*content.detail, *content.annex) if detail else ())]
    lines = [
        _ends(content.title, content.as_of, width),
        "=" * width,
        *_banner(content.banner, width),
        "-" * width,
        *(line for block in blocks for line in _block(block, width)),
        "",
        "-" * width,
        *wrapped(content.foot.warning, width),
        *wrapped(run_of([content.foot.identity, content.foot.origin]), width),
    ]
    return "\n".join(line.rstrip().translate(_HIDDEN) for line in lines) + "\n"


def _ends(left: str, right: str, width: int) -> str:
    return padded(left, max(columns_of(left) + 1, width - columns_of(right))) + right


def _banner(banner: Banner, width: int) -> Iterator[str]:
    yield from wrapped(banner.name, width)
    for row in banner.rows:
        said = "   ".join(f"{one.label} {one.value}".strip() for one in row)
        yield from wrapped(said, width)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", shouted(block.text), "")
        case Paragraph():
            yield from wrapped(plain(block.line), width)
        case AlertBox():
            yield from _labelled([(block.title, text) for text in block.lines], width)
        case Facts():
            yield from _labelled([(label, plain(line)) for label, line in block.rows], width)
        case OutcomeBlock():
            yield from ("", f"{_MARKS[block.mark]} {block.headline}")
            yield from wrapped(block.sentence, width)
        case Table():
            yield from _table(block, width)
        case ArgumentTable():
            yield from _arguments(block, width)
        case Forest():
            yield from _forest(block, width)
        case StackedBars():
            for row in block.rows:
                said = zip(block.keys, row.parts, strict=False)
                places = clauses(beside(key, of_100(part)) for key, part in said)
                row_said = led(f"{_MARKS[row.mark]} {row.label}", places)
                yield from _hanging("  ", row_said, width)
        case Swings():
            for swing in block.rows:
                yield from _hanging("  ", _swing(swing), width)
        case WeightGrid():
            yield from _weights(block, width)
        case Flow():
            for line in block.lines:
                yield from _hanging("- ", plain(line), width)
        case Signatures():
            return


def _swing(row: SwingRow) -> str:
    ends = [(row.low, row.low_means)]
    if row.high is not None:
        ends.append((row.high, row.high_means))
    return led(row.label, clauses(noted(of_100(share), means) for share, means in ends))


def _weights(grid: WeightGrid, width: int) -> Iterator[str]:
    """Option after option, because a terminal has no room for columns of sentences."""
    for place, column in enumerate(grid.columns):
        yield from _hanging("  ", led(column.name, column.said), width)
        values = ((label, shares[place]) for label, shares in grid.rows)
        said = [
            beside(label, str(round(100 * share))) for label, share in values if share is not None
        ]
        if said:
            yield from _hanging("    ", led(grid.label, parted(said)), width)


def _labelled(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    before = ""
    for label, text in rows:
        shown = "" if label == before else label
        before = label
        yield from _hanging(padded(shown, _LABEL), text, width)


def _hanging(lead: str, text: str, width: int) -> Iterator[str]:
    yield from wrapped(text or " ", width, first=lead, other=" " * columns_of(lead)) or [lead]


def _table(table: Table, width: int) -> Iterator[str]:
    starts = _starts(table, width)
    yield from _cells([column.label for column in table.columns], starts, width)
    yield "-" * width
    for row in table.rows:
        cells = []
        for cell in row.cells:
            mark = f"{_MARKS[cell.mark]} " if cell.mark else ""
            cells.append(mark + "\n".join(plain(line) for line in cell.lines))
        yield from _cells(cells, starts, width)
        for line in row.below:
            yield from _hanging(" " * starts[1], plain(line), width)


def _starts(table: Table, width: int) -> list[int]:
    starts, used = [], 0.0
    for column in table.columns:
        starts.append(round(used * width))
        used += column.share
    # A heading is never broken: its column takes the room from the one before.
    for place in range(len(starts) - 2, 0, -1):
        needed = columns_of(table.columns[place].label) + 1
        starts[place] = min(starts[place], starts[place + 1] - needed)
    return starts


def _cells(cells: Sequence[str], starts: list[int], width: int) -> Iterator[str]:
    made = []
    for place, cell in enumerate(cells):
        is_last = place == len(cells) - 1
        room = (width if is_last else starts[place + 1] - 1) - starts[place]
        made.append([line for part in cell.split("\n") for line in wrapped(part, max(room, 4))])
    for number in range(max((len(lines) for lines in made), default=0)):
        said = ""
        for place, lines in enumerate(made):
            said = padded(said, starts[place]) + (lines[number] if number < len(lines) else "")
        yield said


def _arguments(table: ArgumentTable, width: int) -> Iterator[str]:
    for option in table.options:
        yield option.name
        yield from _hanging("  ", option.note, width)
        yield from _side(table.label_for, "+", option.speaks_for, width)
        yield from _side(table.label_against, "-", option.speaks_against, width)


def _side(label: str, sign: str, lines: tuple[Line, ...], width: int) -> Iterator[str]:
    if lines:
        yield f"  {label}"
    for line in lines:
        yield from _hanging(f"  {sign} ", plain(line), width)


def _forest(forest: Forest, width: int) -> Iterator[str]:
    for group in forest.groups:
        yield group.label
        for row in group.rows:
            yield from _hanging("  ", _forest_row(row), width)


def _forest_row(row: ForestRow) -> str:
    parts = [led(clauses([row.study, row.outcome]), noted(row.shown, row.interval))]
    parts += [part for part in (row.followed, row.remark) if part]
    seen = f" [{row.disc.word}]" if row.disc else ""
    return parted(parts) + seen
