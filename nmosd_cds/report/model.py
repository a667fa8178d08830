"""What a report is made of: words in blocks, in order. No drawing, no clinical decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal

Tone = Literal["text", "soft", "attention"]
Mark = Literal["possible", "unconfirmed", "excluded", "no-evidence"]
Sighting = Literal["two-documents", "one-original", "secondary", "recalled"]


@dataclass(frozen=True)
class Run:
    """Words in one style.

    Attributes:
        tone: `soft` for labels and keys, `attention` for what cannot be told yet.
    """

    text: str
    bold: bool = False
    tone: Tone = "text"
    italic: bool = False


@dataclass(frozen=True)
class Disc:
    """A sign that says how a figure was seen; `word` says the same where nothing is drawn."""

    sighting: Sighting
    word: str


Line = tuple[Run | Disc, ...]


@dataclass(frozen=True)
class Labelled:
    """One label with its value; one of the two is empty where the other says it all."""

    label: str
    value: str


@dataclass(frozen=True)
class Banner:
    """Who the page is about; the same on every page.

    Attributes:
        name: As in the case; never empty.
        rows: Labelled facts, two rows of them.
    """

    name: str
    rows: tuple[tuple[Labelled, ...], ...]


@dataclass(frozen=True)
class Foot:
    """What stands under every page.

    Attributes:
        warning: What the page is not.
        identity: Whom it is about.
        origin: Program, knowledge, evidence.
        page: Pattern with `{page}` and `{pages}`.
    """

    warning: str
    identity: str
    origin: str
    page: str


@dataclass(frozen=True)
class Heading:
    """A heading; it stays with what follows.

    Attributes:
        on_new_page: Whether it begins a page.
    """

    text: str
    on_new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Lines that flow.

    Attributes:
        stays: Whether it stays with what follows, as a heading does.
    """

    line: Line
    space_before: bool = False
    stays: bool = False


@dataclass(frozen=True)
class AlertBox:
    """What has to be read first."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Rows of a label and what is known."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class OutcomeBlock:
    """The answer: a mark, a headline, a sentence."""

    mark: Mark
    headline: str
    sentence: str


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        share: Of the width of the table.
        right: Whether its words stand at the right edge.
    """

    label: str
    share: float
    right: bool = False


@dataclass(frozen=True)
class Cell:
    """Lines under each other, after an optional mark."""

    lines: tuple[Line, ...]
    mark: Mark | None = None


@dataclass(frozen=True)
class TableRow:
    """Cells from the left; the last one spans what is left of the columns.

    Attributes:
        joined: The rule above it begins at this column; before it the row belongs to the one above.
        below: Lines under the cells, from the second column to the right edge.
    """

    cells: tuple[Cell, ...]
    joined: int = 0
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows under labels.

    Attributes:
        dense: Whether its rows stand close.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    dense: bool = False


@dataclass(frozen=True)
class Arguments:
    """What speaks for and against one option, side by side."""

    name: str
    note: str
    speaks_for: tuple[Line, ...]
    speaks_against: tuple[Line, ...]


@dataclass(frozen=True)
class ArgumentTable:
    """The arguments of every option under two labels."""

    label_for: str
    label_against: str
    options: tuple[Arguments, ...]


@dataclass(frozen=True)
class ForestRow:
    """One figure in the plot.

    Attributes:
        shown: `11 of 16`.
        share: Where the estimate stands, 0 to 1.
        low: Lower end; None where no interval was printed.
        high: Upper end; None where no interval was printed.
        n: Patients; the area of the square grows with it; None if not printed.
        months: Follow-up in months; None if not known.
        kind: `one` study, `pooled` sum, or `recalled`, which is never in the arithmetic.
        remark: Words beside the sign, such as "no interval printed".
    """

    study: str
    outcome: str
    shown: str
    interval: str
    share: float
    low: float | None
    high: float | None
    n: int | None
    followed: str
    months: float | None
    kind: Literal["one", "pooled", "recalled"]
    disc: Disc | None
    remark: str = ""


@dataclass(frozen=True)
class ForestGroup:
    """Rows of one option."""

    label: str
    rows: tuple[ForestRow, ...]


@dataclass(frozen=True)
class Forest:
    """A forest plot.

    Attributes:
        longest: Months at the right end of the follow-up bars.
    """

    columns: tuple[str, str, str, str, str]
    groups: tuple[ForestGroup, ...]
    longest: float


@dataclass(frozen=True)
class StackedRow:
    """One option of a plot of places.

    Attributes:
        parts: Share of each place, the first place first; they sum to 1.
    """

    label: str
    mark: Mark
    parts: tuple[float, ...]


@dataclass(frozen=True)
class StackedBars:
    """How often each place, one bar an option.

    Attributes:
        keys: The places in words.
    """

    keys: tuple[str, ...]
    rows: tuple[StackedRow, ...]


@dataclass(frozen=True)
class SwingRow:
    """How far one uncertainty moves a share.

    Attributes:
        low: Share at its low end, 0 to 1.
        high: Share at its high end; None where there is one end only.
        low_means: What the low end is.
        high_means: What the high end is.
    """

    label: str
    low: float
    high: float | None
    low_means: str
    high_means: str


@dataclass(frozen=True)
class Swings:
    """What moves a share, the largest first, around the share under the usual assumptions.

    Attributes:
        columns: Over what varies; then names of the low end, the high end and a scenario.
    """

    columns: tuple[str, str, str, str]
    base: float
    rows: tuple[SwingRow, ...]


@dataclass(frozen=True)
class WeightColumn:
    """Whose weights stand below, and how often that option is first."""

    name: str
    said: str


@dataclass(frozen=True)
class WeightGrid:
    """Weights side by side: one row a criterion, one bar with its number an option.

    Attributes:
        rows: Label and one share of the whole weight a column; None where there is none.
    """

    label: str
    columns: tuple[WeightColumn, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True)
class Flow:
    """Short lines down one column after the other."""

    lines: tuple[Line, ...]
    columns: int = 2


@dataclass(frozen=True)
class Signatures:
    """Places to sign."""

    labels: tuple[str, ...]


Block = (
    Heading
    | Paragraph
    | AlertBox
    | Facts
    | OutcomeBlock
    | Table
    | ArgumentTable
    | Forest
    | StackedBars
    | Swings
    | WeightGrid
    | Flow
    | Signatures
)


@dataclass(frozen=True)
class ReportContent:
    """Everything the report says, in order.

    Attributes:
        language: Of the words, for the document's own properties.
        title: Of the document; it does not name the person.
        as_of: Right end of the first line of each page.
        summaries: The first page, the fullest version first; paper takes the first that fits.
        detail: What is needed to discuss the answer.
        annex: What is needed to check it line by line; empty unless it was asked for.
    """

    language: str
    title: str
    as_of: str
    banner: Banner
    summaries: tuple[tuple[Block, ...], ...]
    detail: tuple[Block, ...]
    annex: tuple[Block, ...]
    foot: Foot


def words(text: str, *, bold: bool = False, tone: Tone = "text", italic: bool = False) -> Line:
    """A line of one run."""
    return (Run(text, bold, tone, italic),)


def plain(line: Line) -> str:
    """The words of a line, without its style; signs in brackets."""
    return "".join(piece.text if isinstance(piece, Run) else f"[{piece.word}]" for piece in line)


def texts_in(part: Any) -> Iterator[str]:
    """Every text of a part of the report, however deep it lies."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts_in(one)
    else:
        kind: type = type(part)
        for name in _names(kind):
            yield from texts_in(getattr(part, name))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
