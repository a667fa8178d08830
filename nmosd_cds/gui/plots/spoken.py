"""What a screen reader meets in a plot: a chart, and every item in it as a child of its own.

Qt makes an interface for a whole widget only; a drawing has to bring its items itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_MARK = "draws-items"
_Relations = list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]


class Itemised(Protocol):
    """A widget that draws items; `at` is the chosen one."""

    at: int

    def texts(self) -> Sequence[str]: ...
    def box_of(self, at: int) -> QRectF: ...
    def can_choose(self, at: int) -> bool: ...


class _Item(QAccessibleInterface):
    """One item: its words, where it stands on the screen, whether it is chosen."""

    def __init__(self, chart: _Chart, at: int) -> None:
        super().__init__()
        self._chart = chart
        self.at = at

    @property
    def _plot(self) -> QWidget | None:
        """Its plot, while there is one and it still draws this item."""
        return self._chart.plot if self.at < self._chart.childCount() else None

    def isValid(self) -> bool:
        return self._plot is not None

    def object(self) -> None:  # type: ignore[override]  # it has no object of its own
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # None once its plot is gone
        return None if self._plot is None else self._plot.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # as above
        return None if self._plot is None else QAccessible.queryAccessibleInterface(self._plot)

    def child(self, index: int, /) -> None:  # type: ignore[override]  # it has none
        return None

    def childAt(self, x: int, y: int, /) -> None:  # type: ignore[override]  # it has none
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return -1

    def focusChild(self) -> None:  # type: ignore[override]  # it has none
        return None

    def relations(self, match: QAccessible.RelationFlag | None = None, /) -> _Relations:
        return []

    def text(self, kind: QAccessible.Text, /) -> str:
        if kind is not QAccessible.Text.Name or self._plot is None:
            return ""
        return _drawn(self._plot).texts()[self.at]

    def setText(self, kind: QAccessible.Text, text: str, /) -> None:
        return

    def rect(self) -> QRect:
        if self._plot is None:
            return QRect()
        box = _drawn(self._plot).box_of(self.at).toAlignedRect()
        return QRect(self._plot.mapToGlobal(box.topLeft()), box.size())

    def role(self) -> QAccessible.Role:
        is_item = self._plot is not None and _drawn(self._plot).can_choose(self.at)
        return QAccessible.Role.ListItem if is_item else QAccessible.Role.StaticText

    def state(self) -> QAccessible.State:
        found = QAccessible.State()
        if self._plot is None:
            found.invalid = True
        elif _drawn(self._plot).can_choose(self.at):
            is_chosen = _drawn(self._plot).at == self.at
            found.selectable = found.focusable = True
            found.selected = is_chosen
            found.focused = is_chosen and self._plot.hasFocus()
        return found


class _Chart(QAccessibleWidget):
    """A plot with its items as children.

    Attributes:
        plot: None once it is gone.
        items: Those a reader asked for, with their number in Qt.
    """

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot, QAccessible.Role.Chart)
        self.plot: QWidget | None = plot
        self.items: dict[int, tuple[_Item, int]] = {}

    def childCount(self) -> int:
        if self.plot is None:
            return 0
        try:
            return len(_drawn(self.plot).texts())
        except RuntimeError:  # Qt asks while it takes the plot apart
            return 0

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        if index not in self.items:
            made = _Item(self, index)
            self.items[index] = (made, QAccessible.registerAccessibleInterface(made))
        return self.items[index][0]

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        if self.plot is None:
            return None
        point = self.plot.mapFromGlobal(QPoint(x, y)).toPointF()
        drawn = _drawn(self.plot)
        hit = [at for at in range(self.childCount()) if drawn.box_of(at).contains(point)]
        return self.child(hit[-1]) if hit else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        if self.plot is None or not self.plot.hasFocus():
            return None
        return self.child(_drawn(self.plot).at)

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return child.at if isinstance(child, _Item) else -1

    def forget(self, first: int) -> None:
        """Take back the items from a number on; Qt would keep them for ever."""
        for at in [one for one in self.items if one >= first]:
            # Held until Qt has deleted it, or Python would delete it first.
            _held, number = self.items.pop(at)
            QAccessible.deleteAccessibleInterface(number)


class _Charts:
    """Every interface that is in use: Qt keeps only a pointer, so Python has to keep the rest."""

    is_installed = False
    kept: dict[int, _Chart] = {}
    # Their plots are gone, and Qt is about to delete them or has done so.
    going: list[_Chart] = []


def _drawn(plot: QWidget) -> Itemised:
    """The same widget, as what draws items."""
    return plot  # type: ignore[return-value]  # only such widgets come here, see `be_spoken`


def _made(_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    """What Qt asks for the interface of any widget; None: its own."""
    if not isinstance(widget, QWidget) or not widget.property(_MARK):
        return None
    _Charts.going = [one for one in _Charts.going if not _is_deleted(one)]
    chart = _Chart(widget)
    _Charts.kept[id(chart)] = chart
    widget.destroyed.connect(partial(_forget, id(chart)))
    return chart


def _forget(key: int, _gone: object = None) -> None:
    """Its plot is gone: Qt deletes the chart itself, its items are ours to take back."""
    chart = _Charts.kept.pop(key, None)
    if chart is not None:
        chart.plot = None
        chart.forget(0)
        _Charts.going.append(chart)


def _is_deleted(chart: _Chart) -> bool:
    """Whether Qt has deleted a chart, so that Python may let go of it."""
    try:
        QAccessibleWidget.isValid(chart)
    except RuntimeError:
        return True
    return False


def be_spoken(plot: QWidget) -> None:
    """Give a widget that is `Itemised` a child for each of its items, for screen readers.

    The first thing to be done with it: whatever a reader is told of before keeps Qt's interface.
    """
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
    for chart in _Charts.kept.values():
        if chart.plot is plot:
            chart.forget(chart.childCount())
            reorder = QAccessible.Event.ObjectReorder
            QAccessible.updateAccessibility(QAccessibleEvent(plot, reorder))
