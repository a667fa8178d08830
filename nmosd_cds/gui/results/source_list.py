"""The list of sources: each with its key, its title and what it is about, as tall as its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import draw_focus, paint_ground
from nmosd_cds.gui.page import SlimBar
from nmosd_cds.gui.plots import keeping
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of, sentence, unended

_PAD = 6
_Index = QModelIndex | QPersistentModelIndex


class SourceLine:
    """One source in words.

    Attributes:
        key: Citation key.
        title: Who, when, and what it is called.
        facts: Kind, design, patients, therapy, serostatus, directness.
        is_cited: Whether the present answer names it.
    """

    __slots__ = ("facts", "is_cited", "key", "title")

    def __init__(self, key: str, title: str, facts: str, *, is_cited: bool) -> None:
        self.key, self.title, self.facts, self.is_cited = key, title, facts, is_cited

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        cited = _("cited in this answer") if self.is_cited else ""
        parts = (self.key, cited, self.title, self.facts)
        return unended(run_of(sentence(part) for part in parts if part))


class SourceModel(QAbstractListModel):
    """The sources shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[SourceLine] = ()

    def show_lines(self, lines: Sequence[SourceLine]) -> None:
        """Show other sources."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.key
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return None


class _Drawn(QStyledItemDelegate):
    """Three blocks of words below each other; none is cut."""

    def __init__(self, view: SourceList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[str, str, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = self._view.sources.lines[index.row()]
        wide = self._view.room
        key = (line.key, line.facts, wide)
        if key not in self._heights:
            tall = style.tall_of(line.title, wide) + style.tall_of(line.facts, wide, style.SMALL)
            self._heights[key] = tall + style.px(18) + style.px(2 * _PAD)
        return QSize(wide, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = self._view.sources.lines[index.row()]
        state = option.state
        box: QRect = option.rect
        painter.save()
        is_open = line.key == self._view.opened
        if is_open:
            painter.fillRect(box, style.colour("wash"))
            painter.fillRect(QRect(box.x(), box.y(), 3, box.height()), style.colour("accent"))
        self._draw_words(painter, box, line)
        painter.setPen(QPen(style.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            draw_focus(painter, box)
        painter.restore()

    def _draw_words(self, painter: QPainter, box: QRect, line: SourceLine) -> None:
        left, top, wide = box.x() + style.px(10), box.y() + style.px(_PAD), self._view.room
        tall = style.px(18)
        painter.setFont(style.font(bold=True))
        painter.setPen(style.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, top, wide, tall), middle, line.key)
        if line.is_cited:
            x = left + style.width_of(line.key, bold=True) + style.px(10)
            side = style.px(11)
            shapes.draw(painter, "known", QRectF(x, top + (tall - side) / 2, side, side))
            painter.setFont(style.font(style.SMALL))
            painter.setPen(style.colour("text2"))
            room = QRect(x + side + style.px(4), top, wide, tall)
            painter.drawText(room, middle, _("cited in this answer"))
        top += tall
        for words, size, token in (
            (line.title, style.BODY, "text"),
            (line.facts, style.SMALL, "text2"),
        ):
            tall = style.tall_of(words, wide, size)
            painter.setFont(style.font(size))
            painter.setPen(style.colour(token))
            painter.drawText(QRect(left, top, wide, tall), Qt.TextFlag.TextWordWrap, words)
            top += tall


class SourceList(QListView):
    """Up and down walk through it, Enter or a click opens a source, Escape asks for all again."""

    opened_source = Signal(str)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sources = SourceModel(self)
        self.opened = ""
        self.source: keeping.Copied | None = None
        self.menu: QMenu | None = None
        self.setModel(self.sources)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(_("Sources"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(SlimBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(style.px(220))
        self.setTabKeyNavigation(False)
        paint_ground(self.viewport(), "surface")
        self.clicked.connect(self.on_clicked)

    @property
    def room(self) -> int:
        """Pixels the words of a line may take."""
        return max(self.viewport().width() - style.px(22), style.px(120))

    def show_lines(self, lines: Sequence[SourceLine]) -> None:
        """Show other sources; the one chosen stays chosen if it is among them."""
        chosen = self.chosen()
        self.sources.show_lines(lines)
        keys = [line.key for line in lines]
        at = keys.index(chosen) if chosen in keys else 0
        if keys:
            self.setCurrentIndex(self.sources.index(at))

    def chosen(self) -> str:
        """Key of the line the cursor is on; empty if on none."""
        at = self.currentIndex().row()
        return self.sources.lines[at].key if 0 <= at < len(self.sources.lines) else ""

    def mark(self, key: str) -> None:
        """Mark the source whose sheet is open."""
        self.opened = key
        self.viewport().update()

    def open_chosen(self) -> None:
        """Open the sheet of the line the cursor is on."""
        if self.chosen():
            self.opened_source.emit(self.chosen())

    def on_clicked(self, index: QModelIndex) -> None:
        self.open_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_chosen()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif self.source is None or not keeping.took_copy(event, self.source):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.source is not None:
            self.menu = QMenu(self)
            keeping.fill_menu(self.menu, self.source)
            self.menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
