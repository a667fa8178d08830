"""The painted table of effects: bars in its cells, and keys that go from cell to cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextTable,
)
from PySide6.QtWidgets import QFileDialog, QMenu

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import draw_frame
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.cell_bars import Bar, draw_bar
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import parted

BAR = 16
_STEPS = {
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
}


def bar_html(key: str, wide: int) -> str:
    """A bar in the line."""
    return (
        f'<img src="bar:{key}/{wide}" width="{wide}" height="{style.px(BAR)}" '
        f'style="vertical-align:middle">'
    )


class EffectCells(Markup):
    """Words and study links, with a bar in every cell; arrow keys choose a cell, Enter opens it.

    Attributes:
        grid: The key of each cell, row by row, over all tables one below the other; empty where a
            cell is a head.
        twin: The table that says the same.
        picture: Makes the table as `svg` or `png`; None where nothing can be saved.
        sharp: How much finer than the screen the bars are drawn.
        at: Row and column of the chosen cell; None before one was chosen.
    """

    widened = Signal()
    opened = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.bars: dict[str, Bar] = {}
        self.grid: Sequence[Sequence[str]] = ()
        self.at: tuple[int, int] | None = None
        self.twin: WordTable | None = None
        self.picture: Callable[[str], bytes] | None = None
        self.sharp = 1.0
        self.dialog: QFileDialog | None = None
        self._width = -1

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if url.scheme() != "bar":
            return super().loadResource(kind, name)
        key, _slash, wide = url.path().rpartition("/")
        scale = self.devicePixelRatioF() * self.sharp
        size = QSize(round(int(wide) * scale), round(style.px(BAR) * scale))
        drawn = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.scale(scale, scale)
        draw_bar(painter, QRectF(0, 0, int(wide), style.px(BAR)), self.bars[key])
        painter.end()
        drawn.setDevicePixelRatio(scale)
        return drawn

    @property
    def copied(self) -> keeping.Copied:
        return self.twin or self

    def fill_menu(self, menu: QMenu) -> None:
        if self.twin is not None:
            menu.addSeparator()
            if self.picture is not None:
                for kind, words in (("svg", _("Save as &SVG...")), ("png", _("Save as &PNG..."))):
                    menu.addAction(words, partial(self.ask_save, kind))
            menu.addAction(_("Save as &CSV..."), self.twin.ask_save)

    def ask_save(self, kind: str) -> None:
        """Ask where to save the picture of the table."""
        if self.twin is not None and self.picture is not None:
            make = partial(self.picture, kind)
            self.dialog = keeping.ask(self, kind, make, self.twin.failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._width:
            self._width = self.viewport().width()
            self.widened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and key in _STEPS and self.grid:
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.at and not self.link_boxes():
            row, column = self.at
            self.opened.emit(self.grid[row][column])
        else:
            super().keyPressEvent(event)
            self.link_chosen.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.at is not None and self.hasFocus():
            painter = QPainter(self.viewport())
            draw_frame(painter, self.cell_box(*self.at), edge="accent", width=2)

    def choose(self, row: int, column: int) -> None:
        """Frame a cell, read it out, and go on from there with Tab."""
        self.at = (row, column)
        table, line = self._table_of(row)
        self.setTextCursor(table.cellAt(line, column).firstCursorPosition())
        self.setAccessibleDescription(self.cell_words(row, column))
        self.viewport().update()
        self.link_chosen.emit()

    def cell_words(self, row: int, column: int) -> str:
        """A cell in words, after the head of its row."""
        parts = []
        for at in dict.fromkeys((0, column)):
            table, line = self._table_of(row)
            cell = table.cellAt(line, at)
            cursor = cell.firstCursorPosition()
            cursor.setPosition(cell.lastPosition(), cursor.MoveMode.KeepAnchor)
            words = cursor.selectedText().replace("\N{OBJECT REPLACEMENT CHARACTER}", " ")
            parts.append(" ".join(words.split()))
        return parted(parts)

    def cell_box(self, row: int, column: int) -> QRect:
        """Where a cell stands."""
        table, line = self._table_of(row)
        cell = table.cellAt(line, column)
        layout = self.document().documentLayout()
        block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
        box = layout.blockBoundingRect(block)
        while block != last:
            block = block.next()
            box = box.united(layout.blockBoundingRect(block))
        pad = style.px(3)
        return box.toRect().adjusted(-pad, -pad, pad, pad)

    def link_place(self) -> QRect:
        return self.cell_box(*self.at) if self.at and not self.link_boxes() else self.cursorRect()

    def _tables(self) -> list[QTextTable]:
        frames = self.document().rootFrame().childFrames()
        return [one for one in frames if isinstance(one, QTextTable)]

    def _table_of(self, row: int) -> tuple[QTextTable, int]:
        """The table a row of the grid is in, and its line there."""
        for table in self._tables():
            if row < table.rows():
                return table, row
            row -= table.rows()
        raise ValueError("There is no such row.")

    def _step(self, down: int, right: int) -> None:
        if self.at is None:
            row = next(at for at, line in enumerate(self.grid) if line[0])
            self.choose(row, 1)
            return
        row, column = self.at[0] + down, self.at[1] + right
        while 0 <= row < len(self.grid) and not self.grid[row][0]:
            row += down or 1
        if 0 <= row < len(self.grid) and 0 <= column < len(self.grid[row]):
            self.choose(row, column)
