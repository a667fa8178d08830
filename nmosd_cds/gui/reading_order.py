"""Tab goes in the order one reads: as the layouts stand now, not as the parts were once made.

Qt walks in the order of making. Rows are added later, pages are made when first looked at, and
both would come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from nmosd_cds.gui.page import bring_into_view

# Of a table as tall as its words the head is shown; its chosen cell shows itself.
_TOP = 40


class Ordered(QWidget):
    """A widget that says itself in which order its parts are read."""

    def reading_parts(self) -> list[QWidget]:
        """Its parts, in the order they are read; as they are laid out, where nothing else is said.

        A class and no protocol: whether a widget follows one takes longer to find out than to walk.
        """
        return laid_out(self)


def reading_order(root: QWidget) -> list[QWidget]:
    """Everything in a widget that Tab can reach now, in the order it is read."""
    return [
        one
        for one in _walk(root)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and one.isEnabled()
        and one.isVisible()
    ]


def step_focus(root: QWidget, forward: bool) -> bool:
    """Move the focus on to the next part of a widget, or back; round again at its end.

    Returns:
        Whether there is anything to move to.
    """
    order = reading_order(root)
    if not order:
        return False
    now = QApplication.focusWidget()
    step = 1 if forward else -1
    if now in order:
        at = order.index(now) + step
    else:
        # Something that Tab does not stop at: on from where it lies.
        walked = list(_walk(root))
        passed = walked[: walked.index(now) + 1] if now in walked else []
        before = sum(one in order for one in passed)
        at = before if forward else before - 1
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target = order[at % len(order)]
    if not isinstance(target, QTextBrowser):  # which shows its chosen link itself
        tall = _TOP if isinstance(target, QAbstractScrollArea) else target.height()
        bring_into_view(target, QRect(0, 0, target.width(), min(tall, target.height())))
    target.setFocus(reason)
    return True


def focus_first(pane: QWidget) -> None:
    """Put the focus on a pane, or on the first part of it that takes it."""
    order = reading_order(pane)
    # Nothing to press or to fill in there; the page can still be scrolled.
    target = order[0] if order else next(iter(pane.findChildren(QScrollArea)), pane)
    target.setFocus(Qt.FocusReason.TabFocusReason)


def _walk(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if widget.isHidden():  # and so is everything in it: a closed row holds a dozen editors
        return
    for part in _parts(widget):
        yield from _walk(part)


def _parts(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, Ordered):
        return widget.reading_parts()
    if isinstance(widget, QStackedWidget):
        shown = widget.currentWidget()
        return [shown] if shown is not None else []
    if isinstance(widget, QSplitter):
        return [one for at in range(widget.count()) if (one := widget.widget(at)) is not None]
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return [inner] if inner is not None else []
    if isinstance(widget, QAbstractItemView | QAbstractScrollArea | QComboBox):
        return []
    # What no layout holds has been put in place by hand; the order of making is all there is.
    return laid_out(widget) or [one for one in widget.children() if isinstance(one, QWidget)]


def laid_out(widget: QWidget) -> list[QWidget]:
    """What the layout of a widget holds, in reading order."""
    layout = widget.layout()
    return list(_items(layout)) if layout is not None else []


def _items(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]  # a tuple
    for at in order:
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _items(inner)
