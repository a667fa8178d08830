"""A table of words: the twin of every plot, for a screen reader, the clipboard and a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
)

from nmosd_cds.gui import style
from nmosd_cds.gui.focus_ring import FocusRing
from nmosd_cds.gui.page import bring_into_view
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.results.citation import keys_in
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, parted
from nmosd_cds.report.spreadsheet import Rows, csv_bytes

if TYPE_CHECKING:
    from nmosd_cds.evidence.study import Source


_HANZI = "\u3000-\u9fff\uff00-\uffef"
_PARTS = re.compile(rf"[（「《]?[{_HANZI}][，。；：、）」》！？]*|[^{_HANZI}]+")


def _longest(text: str, *, bold: bool = False) -> int:
    """Width of the longest part that stays on one line.

    A line may end after a hyphen, and between two signs of Chinese unless one is punctuation.
    """
    parts = {part for word in text.replace("-", "- ").split() for part in _PARTS.findall(word)}
    return max((style.width_of(part, style.SMALL, bold=bold) for part in parts), default=0)


class _Part:
    """What Ctrl+C takes of a table."""

    def __init__(self, table: WordTable) -> None:
        self.as_text, self.as_table = table.as_text, table.chosen_table


class WordTable(QTableWidget):
    """A table of words as tall as they are; nothing in it is cut off, nothing can be edited.

    Its menu copies it as text or as a table and saves it as CSV; Ctrl+C copies it, or the rows that
    were chosen, as a table. Its cells are made once it is shown.

    Attributes:
        heads: Over the columns.
        rows: One text a column.
    """

    failed = Signal(object)  # a Failure, when a file could not be saved
    study_followed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.menu: QMenu | None = None
        self.dialog: QFileDialog | None = None
        self.sources: Mapping[str, Source] = {}
        self.itemActivated.connect(self.on_item_activated)
        self.currentCellChanged.connect(self.on_current_cell_changed)
        self._is_due = True
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[tuple[str, ...], ...] = ()
        self._bold: frozenset[int] = frozenset()
        self._targets: tuple[str, ...] = ()
        self.setAccessibleName(name)
        self.ring = FocusRing(self)
        self.verticalHeader().hide()
        # 24 px, and the line between.
        self.verticalHeader().setMinimumSectionSize(style.px(24) + 1)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setFont(style.font(style.SMALL))
        self.horizontalHeader().setFont(style.font(style.SMALL, bold=True))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        )

    def fill(
        self,
        heads: Sequence[str],
        rows: Rows,
        *,
        bold: Collection[int] = (),
        targets: Sequence[str] = (),
    ) -> None:
        """Show other words.

        Args:
            heads: Over the columns.
            rows: One text a column.
            bold: Numbers of the rows that stand out.
            targets: Where each row leads; kept with its cells.
        """
        said = (
            tuple(heads),
            tuple(tuple(row) for row in rows),
            frozenset(bold),
            tuple(targets),
        )
        if said == (self.heads, self.rows, self._bold, self._targets):
            return  # the next answer often has the same table
        self.heads, self.rows, self._bold, self._targets = said
        self._is_due = True
        # A hidden twin costs nothing but its words.
        if self.isVisible():
            self._lay_out()

    def _lay_out(self) -> None:
        """Make the cells and fit the table to them."""
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self.setColumnCount(len(self.heads))
        self.setHorizontalHeaderLabels(list(self.heads))
        self.setRowCount(len(self.rows))
        for at, row in enumerate(self.rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setTextAlignment(top)
                if at < len(self._targets):
                    item.setData(Qt.ItemDataRole.UserRole, self._targets[at])
                if at in self._bold:
                    item.setFont(style.font(style.SMALL, bold=True))
                self.setItem(at, column, item)
        self._is_due = False
        self._fit()

    def on_current_cell_changed(self, row: int, column: int, *_before: int) -> None:
        item = self.item(row, column)
        if item is not None and self.hasFocus():
            bring_into_view(self.viewport(), self.visualItemRect(item))

    def on_item_activated(self, item: QTableWidgetItem) -> None:
        """Open the source a cell names; where it names several, ask which."""
        keys = keys_in(item.text(), self.sources)
        if len(keys) == 1:
            self.study_followed.emit(keys[0])
        elif keys:
            self.menu = QMenu(self)
            for key in keys:
                self.menu.addAction(key, partial(self.study_followed.emit, key))
            self.menu.popup(self.viewport().mapToGlobal(self.visualItemRect(item).topLeft()))

    def as_text(self) -> str:
        """One row a line, each cell after its head."""
        lines = (
            parted(
                led(head, " ".join(cell.split())) if head else cell
                for head, cell in zip(self.heads, row, strict=True)
                if cell
            )
            for row in self.rows
        )
        return "\n".join((self.name, *lines))

    def as_table(self) -> str:
        """Cells apart by tabs, as spreadsheets take them."""
        return keeping.tabbed(self.heads, self.rows)

    def as_csv(self) -> bytes:
        """The table as a CSV file."""
        return csv_bytes(self.heads, self.rows)

    def ask_save(self) -> None:
        """Ask where to save it as CSV."""
        self.dialog = keeping.ask(self, "csv", self.as_csv, self.failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keeping.took_copy(event, _Part(self)):
            super().keyPressEvent(event)

    def chosen_table(self) -> str:
        """The rows that were chosen, if there are several; else the whole table."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if len(chosen) < 2:
            return self.as_table()
        return keeping.tabbed(self.heads, [self.rows[at] for at in chosen])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        keeping.fill_menu(self.menu, self)
        self.menu.addSeparator()
        self.menu.addAction(_("Save as &CSV..."), self.ask_save)
        self.menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)
        elif self.currentItem() is not None:
            bring_into_view(self.viewport(), self.visualItemRect(self.currentItem()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_due and event.size().width() != event.oldSize().width():
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(style.px(300), self.height())

    def _head_tall(self) -> int:
        """Height of the heads, which wrap where their column is narrow."""
        header = self.horizontalHeader()
        metrics = QFontMetrics(header.font())
        tall = metrics.height()
        for column in range(self.columnCount()):
            item = self.horizontalHeaderItem(column)
            room = QRect(0, 0, max(header.sectionSize(column) - style.px(8), 1), 10_000)
            words = item.text() if item is not None else ""
            flags = Qt.TextFlag.TextWordWrap.value
            tall = max(tall, metrics.boundingRect(room, flags, words).height())
        return tall + style.px(6)

    def _share_width(self) -> None:
        """Each column its longest word; what is left goes to those with more to say."""
        gap, most = style.px(14), style.px(320)
        needs, wishes = [], []
        for column, head in enumerate(self.heads):
            texts = {row[column] for row in self.rows}
            need = max((_longest(head, bold=True), *(_longest(text) for text in texts)))
            wish = max((style.width_of(text, style.SMALL) for text in texts), default=0)
            needs.append(need + gap)
            wishes.append(max(min(wish + gap, most) - needs[-1], 1))
        free = max(self.viewport().width() - sum(needs), 0)
        for column, (need, wish) in enumerate(zip(needs, wishes, strict=True)):
            self.setColumnWidth(column, need + free * wish // sum(wishes))

    def _fit(self) -> None:
        self._share_width()
        self.horizontalHeader().setFixedHeight(self._head_tall())
        self.resizeRowsToContents()
        bar = self.horizontalScrollBar()
        beside = bar.sizeHint().height() if bar.maximum() > 0 else 0
        tall = self._head_tall() + self.verticalHeader().length() + 4 + beside
        if self.height() != tall:
            self.setFixedHeight(tall)
