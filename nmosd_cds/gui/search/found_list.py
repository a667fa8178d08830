"""The list of what was found: headings of groups, and under each its finds, none cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import paint_ground
from nmosd_cds.gui.page import SlimBar
from nmosd_cds.gui.search.index import GROUPS, Findable, Found
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of, sentence, unended

_PAD = 4
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Row:
    """A heading, or a find.

    Attributes:
        find: None for a heading.
    """

    label: str
    detail: str
    find: Findable | None = None


def _rows(groups: Sequence[Found]) -> list[_Row]:
    rows = []
    for group in groups:
        more = _("and {n} more").format(n=group.more) if group.more else ""
        rows.append(_Row(_(GROUPS[group.group]), more))
        rows += [_Row(find.label, find.detail, find) for find in group.finds]
    return rows


class _Model(QAbstractListModel):
    """The rows shown; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[_Row] = []

    def show_rows(self, rows: list[_Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return unended(run_of(sentence(part) for part in (row.label, row.detail) if part))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].find is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Painter(QStyledItemDelegate):
    """Draws a heading in one line, a find in as many as its words take."""

    def __init__(self, view: FoundList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._view.room, self._view.tall_of(self._view.found.rows[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self._view.found.rows[index.row()]
        box: QRect = option.rect
        painter.save()
        if row.find is None:
            self._draw_heading(painter, box, row)
        else:
            if self._view.currentIndex() == index:
                painter.fillRect(box, style.colour("wash"))
                painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), style.colour("accent"))
            self._draw_find(painter, box, row)
        painter.restore()

    def _draw_heading(self, painter: QPainter, box: QRect, row: _Row) -> None:
        painter.setFont(style.font(style.SMALL, bold=True))
        painter.setPen(style.colour("text2"))
        inner = box.adjusted(style.px(8), style.px(6), -style.px(8), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, row.label)
        painter.setFont(style.font(style.SMALL))
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.detail
        )
        painter.setPen(style.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _draw_find(self, painter: QPainter, box: QRect, row: _Row) -> None:
        left, top = box.x() + style.px(16), box.y() + style.px(_PAD)
        wide = self._view.room
        for words, size, token in (
            (row.label, style.BODY, "text"),
            (row.detail, style.SMALL, "text2"),
        ):
            tall = style.tall_of(words, wide, size)
            painter.setFont(style.font(size))
            painter.setPen(style.colour(token))
            painter.drawText(QRect(left, top, wide, tall), Qt.TextFlag.TextWordWrap, words)
            top += tall


class FoundList(QListView):
    """Moved by the keys of the search line; a click goes there too."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.found = _Model(self)
        self.room = 0
        self._heights: dict[tuple[str, str, int], int] = {}
        self.setModel(self.found)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("Found"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(SlimBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        paint_ground(self.viewport(), "surface")
        self.clicked.connect(self.on_clicked)

    def show_groups(self, groups: Sequence[Found]) -> None:
        """Show other finds; the first is chosen."""
        self.found.show_rows(_rows(groups))
        self._choose(1)
        self.scrollToTop()

    def set_room(self, wide: int) -> None:
        """How wide the list will be."""
        room = max(wide - style.px(32), style.px(120))
        if room != self.room:
            self.room = room
            self.scheduleDelayedItemsLayout()

    def tall_of(self, row: _Row) -> int:
        """Height of a row at the width in use."""
        if row.find is None:
            return style.px(28)
        key = (row.label, row.detail, self.room)
        if key not in self._heights:
            words = style.tall_of(row.label, self.room)
            words += style.tall_of(row.detail, self.room, style.SMALL)
            self._heights[key] = words + style.px(2 * _PAD)
        return self._heights[key]

    def tall(self) -> int:
        """Height of everything that was found."""
        return sum(map(self.tall_of, self.found.rows)) + 2

    @property
    def current(self) -> Findable | None:
        """The find that is chosen."""
        at = self.currentIndex().row()
        return self.found.rows[at].find if 0 <= at < len(self.found.rows) else None

    def spoken(self) -> str:
        """The chosen find in words."""
        return str(self.found.data(self.currentIndex(), Qt.ItemDataRole.AccessibleTextRole) or "")

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.found.rows):
            self.setCurrentIndex(self.found.index(at))

    def step(self, key: Qt.Key) -> None:
        """Choose another find: the next, or the first of the next group."""
        rows, at = self.found.rows, self.currentIndex().row()
        step = 1 if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1
        heads = [n for n, row in enumerate(rows) if row.find is None]
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            after = [n + 1 for n in heads if (n > at if step > 0 else n + 1 < at)]
            self._choose((after[0] if step > 0 else after[-1]) if after else at)
            return
        to = at + step
        while 0 <= to < len(rows) and rows[to].find is None:
            to += step
        if 0 <= to < len(rows):
            self._choose(to)
        if self.currentIndex().row() == 1:
            self.scrollToTop()  # the heading of the first group

    def open_chosen(self) -> None:
        """Go to the find that is chosen."""
        if self.current is not None:
            self.chosen.emit(self.current)

    def on_clicked(self, index: QModelIndex) -> None:
        self.open_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_chosen()
            return
        super().keyPressEvent(event)
