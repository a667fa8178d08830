"""Criteria put in order: rows that are dragged, or moved with Alt and the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, Flow, draw_focus, label, tip
from nmosd_cds.gui.page import bring_into_view
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.preference_draft import SetDraft, levelled, placed
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import run_of, sentence, unended
from nmosd_cds.patient.preferences import levels_of

LINE = ""
_NAME, _PLACE, _ABOUT = (
    Qt.ItemDataRole.UserRole,
    Qt.ItemDataRole.UserRole + 1,
    Qt.ItemDataRole.UserRole + 2,
)
_GRIP, _NUMBER, _PAD = 20, 40, 6
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QStyledItemDelegate):
    """Draws a row: grip, place, label, range; or the line under which nothing is in order."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        wide = max(option.widget.viewport().width(), 1) if option.widget else 1  # type: ignore[attr-defined]  # PySide leaves the fields out
        pad = style.px(_PAD)
        room = self._room(QRect(0, 0, wide, 10_000))
        tall = _tall(
            index.data(Qt.ItemDataRole.DisplayRole), room.width(), bold=bool(index.data(_NAME))
        )
        about = index.data(_ABOUT)
        return QSize(wide, tall + (_tall(about, room.width()) if about else 0) + 2 * pad)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if not index.data(_NAME):
            painter.fillRect(rect, style.colour("sunk"))
            painter.setPen(style.colour("text2"))
            painter.setFont(style.font(style.SMALL))
            room = rect.adjusted(style.px(_GRIP), 0, -style.px(_PAD), 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, index.data(Qt.ItemDataRole.DisplayRole))
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, style.colour("wash" if chosen else "surface"))
        painter.setPen(QPen(style.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._draw_grip(painter, rect)
        self._draw_words(painter, rect, index)
        if chosen and bool(state & QStyle.StateFlag.State_HasFocus):
            draw_focus(painter, rect)
        painter.restore()

    def _room(self, rect: QRect) -> QRect:
        pad = style.px(_PAD)
        return rect.adjusted(style.px(_GRIP + _NUMBER), pad, -pad, -pad)

    def _draw_grip(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(style.colour("edge"), 1.6))
        middle, wide = rect.center().y(), style.px(8)
        for step in (-1, 0, 1):
            y = middle + step * style.px(4)
            painter.drawLine(rect.left() + style.px(6), y, rect.left() + style.px(6) + wide, y)

    def _draw_words(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        room = self._room(rect)
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setPen(style.colour("accent"))
        painter.setFont(style.font(bold=True))
        place = room.adjusted(-style.px(_NUMBER), 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignTop, index.data(_PLACE))
        painter.setPen(style.colour("text"))
        words = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(room, flags, words)
        room.adjust(0, _tall(words, room.width(), bold=True), 0, 0)
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        painter.drawText(room, flags, index.data(_ABOUT))


def _tall(text: str, wide: int, *, bold: bool = False) -> int:
    font = style.font(bold=True) if bold else style.font(style.SMALL)
    room = QRect(0, 0, max(wide, 1), 10_000)
    return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap.value, text).height()


class OrderList(QListWidget):
    """The rows; above the line they are in order, below it they are not."""

    moved = Signal(str, object)
    dropped = Signal()
    level_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dragged = ""
        self.menu: QMenu | None = None
        self.setItemDelegate(_Rows(self))
        self.currentRowChanged.connect(self.on_current_row_changed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setAccessibleName(_("Order of importance"))
        self.setAccessibleDescription(
            _(
                "Alt+Up and Alt+Down move the chosen row, = sets it level with the one above; "
                "drag it with the mouse."
            )
        )

    @property
    def names(self) -> list[str]:
        """What stands in each row; empty for the line."""
        return [self.item(row).data(_NAME) for row in range(self.count())]

    @property
    def chosen(self) -> str:
        """The criterion of the current row; empty if there is none."""
        item = self.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def fill(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Show rows of name, place, label and range; the chosen one stays chosen."""
        chosen = self.chosen
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for row, (name, place, words, about) in enumerate(rows):
            item = self.item(row)
            item.setText(words)
            for role, value in ((_NAME, name), (_PLACE, place), (_ABOUT, about)):
                item.setData(role, value)
            parts = (place, words, about) if place else (words, about)
            said = unended(run_of(sentence(part) for part in parts))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags if name else Qt.ItemFlag.NoItemFlags)
        names = self.names
        first = next((at for at, name in enumerate(names) if name), -1)
        self.setCurrentRow(names.index(chosen) if chosen and chosen in names else first)
        self.blockSignals(False)
        self.currentRowChanged.emit(self.currentRow())
        self._fit()

    def on_current_row_changed(self, row: int) -> None:
        item = self.item(row)
        if item is not None and self.hasFocus():
            bring_into_view(self.viewport(), self.visualItemRect(item))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.on_current_row_changed(self.currentRow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _fit(self) -> None:
        tall = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2
        if self.height() != tall:
            self.setFixedHeight(tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Equal:
            self.level_asked.emit()
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_chosen(step)
            return
        if not keeping.took_copy(event, self):
            super().keyPressEvent(event)

    def _lines(self) -> list[tuple[str, str, str]]:
        rows = [self.item(row) for row in range(self.count())]
        return [(str(one.data(_PLACE)), one.text(), str(one.data(_ABOUT))) for one in rows]

    def as_text(self) -> str:
        """One row a line, its place first."""
        return "\n".join(" ".join(filter(None, line)) for line in self._lines())

    def as_table(self) -> str:
        """Place, criterion and range."""
        return keeping.tabbed((_("Place"), _("Criterion"), _("From and to")), self._lines())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        keeping.fill_menu(self.menu, self)
        self.menu.popup(event.globalPos())

    def move_chosen(self, step: int) -> None:
        """Move the chosen row up (-1) or down (1); from below the line up to its upper side."""
        line = self.names.index(LINE)
        row = self.currentRow() + step
        if self.currentRow() > line:
            row = line if step < 0 else -1
        if self.chosen and 0 <= row < self.count():
            self._put(self.chosen, row)
            self.dropped.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        self._dragged = item.data(_NAME) if item is not None else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragged or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        row = self._row_at(event.position().toPoint().y())
        if row != self.names.index(self._dragged):
            self._put(self._dragged, row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().unsetCursor()
        if self._dragged:
            self._dragged = ""
            self.dropped.emit()

    def _row_at(self, y: int) -> int:
        """The row under a height; a row is entered at its middle, so that none trembles."""
        at = self.names.index(self._dragged)
        for row in range(self.count()):
            middle = self.visualItemRect(self.item(row)).center().y()
            if row < at and y < middle:
                return row
            if row > at and y < middle:
                return row - 1
        return self.count() - 1 if y > self.visualItemRect(self.item(at)).bottom() else at

    def _put(self, name: str, row: int) -> None:
        """Say where a row belongs: a place in the order, or None for below the line."""
        names = [each for each in self.names if each != name]
        names.insert(row, name)
        line = names.index(LINE)
        self.moved.emit(name, row if row < line else None)


class OrderEditor(QWidget):
    """The list with its buttons, for those who neither drag nor know the keys."""

    edited = Signal(object, str, str)
    rested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._one = SetDraft("", "")
        self._labels: Mapping[str, tuple[str, str]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        said = _(
            "Which change, from worst to best, matters most? Drag it to the top, or choose it and "
            "press Alt+Up. Leave below the line what you do not want to put in order."
        )
        layout.addWidget(label(said, wraps=True))
        layout.addLayout(self._buttons())
        self.list = OrderList()
        self.list.moved.connect(self.on_moved)
        self.list.dropped.connect(self.rested)
        self.list.level_asked.connect(self.level.click)
        self.list.currentRowChanged.connect(self.on_row_changed)
        layout.addWidget(self.list)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.up, self.down = Button(_("Move up")), Button(_("Move down"))
        self.up.clicked.connect(lambda: self.list.move_chosen(-1))
        self.down.clicked.connect(lambda: self.list.move_chosen(1))
        self.level = Button(_("As important as the one above"))
        self.level.setCheckable(True)
        tip(self.level, _("Neither is put above the other; which weighs more stays open."))
        self.level.clicked.connect(self.on_level_clicked)
        row = Flow()
        for button in (self.up, self.down, self.level):
            row.add(button)
        line.addWidget(row, 1)
        return line

    def show_set(self, one: SetDraft, labels: Mapping[str, tuple[str, str]]) -> None:
        """Show a set.

        Args:
            labels: Label and range of each criterion of the knowledge, by id.
        """
        self._one, self._labels = one, labels
        rows, place = [], 1
        for level in levels_of(one.order, one.ties):
            sign = f"{place} =" if len(level) > 1 else f"{place}"
            rows += [(name, sign, *self._said(name)) for name in level]
            place += len(level)
        rest = [name for name in labels if name not in one.order]
        line = (
            _("Below this line nothing is put in order: it counts as without preferences")
            if rest
            else _("Everything is in order. Move a row below this line to leave it open")
        )
        rows.append((LINE, "", line, ""))
        rows += [(name, "", *self._said(name)) for name in rest]
        self.list.fill(rows)

    def _said(self, name: str) -> tuple[str, str]:
        unknown = _("Not a criterion of this knowledge: kept, not counted")
        return self._labels.get(name, (name, unknown))

    def on_moved(self, name: str, at: int | None) -> None:
        words = self._said(name)[0]
        says = _("place of {criterion}").format(criterion=words)
        self.edited.emit(placed(self._one, name, at), says, "order")

    def on_level_clicked(self, is_level: bool) -> None:
        name = self.list.chosen
        says = _("level of {criterion}").format(criterion=self._said(name)[0])
        self.edited.emit(levelled(self._one, name, is_level), says, "")

    def on_row_changed(self, row: int) -> None:
        name = self.list.chosen
        can_be_level = name in self._one.order[1:]
        self.level.setEnabled(can_be_level)
        self.level.setChecked(can_be_level and name in self._one.ties)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(name in self._one.order)
