"""What a screen reader meets in a plot: a chart, and every item in it as a child of its own.

Qt makes an interface for a whole widget only; a drawing has to bring its items itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Itemised(Protocol):
    """A widget that draws items; `at` is the chosen one."""

    at: int

    def texts(self) -> Sequence[str]: ...
    def box_of(self, at: int) -> QRectF: ...
    def can_choose(self, at: int) -> bool: ...


class _Item(QAccessibleInterface):
    """One item: its words, where it stands on the screen, whether it is chosen."""

    def __init__(self, plot: QWidget, at: int) -> None:
        super().__init__()
        self._plot = plot
        self.at = at

    @property
    def _is_there(self) -> bool:
        return shiboken6.isValid(self._plot) and self.at < len(_drawn(self._plot).texts())

    def isValid(self) -> bool:
        return self._is_there

    def object(self) -> None:  # type: ignore[override]  # it has no object of its own
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # None once its plot is gone
        return self._plot.window().windowHandle() if self._is_there else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # as above
        return QAccessible.queryAccessibleInterface(self._plot) if self._is_there else None

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def relations(self, match: object = None, /) -> list[object]:  # type: ignore[override]
        return []

    def text(self, kind: QAccessible.Text, /) -> str:
        if kind is not QAccessible.Text.Name or not self._is_there:
            return ""
        return _drawn(self._plot).texts()[self.at]

    def setText(self, kind: QAccessible.Text, text: str, /) -> None:
        return

    def rect(self) -> QRect:
        if not self._is_there:
            return QRect()
        box = _drawn(self._plot).box_of(self.at).toAlignedRect()
        return QRect(self._plot.mapToGlobal(box.topLeft()), box.size())

    def role(self) -> QAccessible.Role:
        is_item = self._is_there and _drawn(self._plot).can_choose(self.at)
        return QAccessible.Role.ListItem if is_item else QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        found = QAccessible.State()
        if not self._is_there:
            found.invalid = True
        elif _drawn(self._plot).can_choose(self.at):
            is_chosen = _drawn(self._plot).at == self.at
            found.selectable = found.focusable = True
            found.selected = is_chosen
            found.focused = is_chosen and self._plot.hasFocus()
        return found


class _Chart(QAccessibleWidget):
    """A plot with its items as children."""

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot, QAccessible.Role.Chart)
        self._plot = plot
        self.items: dict[int, _Item] = {}

    def text(self, kind: QAccessible.Text, /) -> str:
        return super().text(kind) if shiboken6.isValid(self._plot) else ""

    def childCount(self) -> int:
        return len(_drawn(self._plot).texts()) if shiboken6.isValid(self._plot) else 0

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        if index not in self.items:
            made = _Item(self._plot, index)
            QAccessible.registerAccessibleInterface(made)
            self.items[index] = made
        return self.items[index]

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        if not shiboken6.isValid(self._plot):
            return None
        point = self._plot.mapFromGlobal(QPoint(x, y)).toPointF()
        drawn = _drawn(self._plot)
        hit = [at for at in range(self.childCount()) if drawn.box_of(at).contains(point)]
        return self.child(hit[-1]) if hit else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        if not shiboken6.isValid(self._plot) or not self._plot.hasFocus():
            return None
        return self.child(_drawn(self._plot).at)

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return child.at if isinstance(child, _Item) else -1


class _Charts:
    """Every interface that is in use: Qt keeps only a pointer, so Python has to keep the rest."""

    is_installed = False
    kept: dict[int, _Chart] = {}


def _drawn(plot: QWidget) -> Itemised:
    """The same widget, as what draws items."""
    return plot  # type: ignore[return-value]  # only such widgets come here, see `be_spoken`


def _made(_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    """What Qt asks for the interface of any widget; None: its own."""
    if not isinstance(widget, QWidget) or not widget.property(_MARK):
        return None
    chart = _Chart(widget)
    key = id(chart)
    _Charts.kept[key] = chart
    widget.destroyed.connect(partial(_forget, key))
    return chart


def _forget(key: int, _gone: object = None) -> None:
    """Its plot is gone: Qt deletes the chart itself, its items are ours to take back."""
    chart = _Charts.kept.pop(key, None)
    for item in list(chart.items.values()) if chart is not None else ():
        if shiboken6.isValid(item):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))


_MARK = "draws-items"


def be_spoken(plot: QWidget) -> None:
    """Give a widget that is `Itemised` a child for each of its items, for screen readers."""
    if not _Charts.is_installed:
        QAccessible.installFactory(_made)
        _Charts.is_installed = True
    plot.setProperty(_MARK, True)


def say_chosen(plot: QWidget, at: int) -> None:
    """Tell a screen reader which item is chosen now."""
    event = QAccessibleEvent(plot, QAccessible.Event.Focus)
    event.setChild(at)
    QAccessible.updateAccessibility(event)


def say_changed(plot: QWidget) -> None:
    """Tell a screen reader that there are other items."""
    for chart in list(_Charts.kept.values()):
        for at in [one for one, item in chart.items.items() if not item.isValid()]:
            item = chart.items.pop(at)
            if shiboken6.isValid(item):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(item))
    if QAccessible.isActive():
        reorder = QAccessible.Event.ObjectReorder
        QAccessible.updateAccessibility(QAccessibleEvent(plot, reorder))
