"""Walk through a window with Tab as a person would, and note where the focus stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from nmosd_cds.gui.form.form_page import FormPage
from nmosd_cds.gui.form.rows_editor import RowsEditor
from nmosd_cds.gui.plots.plot import Plot
from nmosd_cds.gui.results.markup import Markup


@dataclass(frozen=True)
class Stop:
    """Where Tab stopped.

    Attributes:
        box: The widget, or the chosen link or item in it, in pixels of the window.
        view: What can be seen of the innermost page around it, in the same.
        page: The innermost page around it; None outside of any.
        place: The box in pixels of that page's content, so that scrolling does not move it.
    """

    widget: QWidget
    link: str
    box: QRect
    view: QRect
    page: QScrollArea | None
    place: QRect

    def __str__(self) -> str:
        name = self.widget.accessibleName()
        return f"{type(self.widget).__name__} {name!r} {self.link}".strip()


def open_every_row(page: FormPage) -> None:
    """Open each row of each list of a page in turn, so that every one of its editors is made."""
    for editor in page.editors.values():
        if isinstance(editor, RowsEditor):
            for number in range(len(editor.rows)):
                editor.open_row(number)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to whatever has the focus."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers))
    QApplication.processEvents()


def _page_of(widget: QWidget) -> QScrollArea | None:
    holder = widget.parentWidget()
    while holder is not None and not isinstance(holder, QScrollArea):
        holder = holder.parentWidget()
    return holder


def here() -> Stop:
    """Where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    box, link, drawn = widget.rect(), "", widget
    if isinstance(widget, Markup) and widget.link_boxes():
        boxes = widget.link_boxes()
        box = boxes[0] | boxes[-1]
        link = f"{widget.chosen_link} at {widget.textCursor().selectionStart()}"
    if isinstance(widget, QAbstractItemView):
        drawn = widget.viewport()
        box = widget.visualRect(widget.currentIndex()) & drawn.rect()
    elif isinstance(widget, Plot) and widget.can_choose(widget.at):
        box = widget.box_of(widget.at).toAlignedRect()
    window = widget.window()
    placed = QRect(drawn.mapTo(window, box.topLeft()), box.size())
    page = _page_of(widget)
    view, place = window.rect(), placed
    inner = page.widget() if page is not None else None
    if page is not None and inner is not None:
        seen = page.viewport()
        view = QRect(seen.mapTo(window, QPoint(0, 0)), seen.size())
        place = QRect(drawn.mapTo(inner, box.topLeft()), box.size())
    return Stop(widget, link, placed, view, page, place)


def walk(*, back: bool = False, most: int = 400) -> Iterator[Stop]:
    """Tab on from where the focus is, until it is there again."""
    start = here()
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    shift = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    for _step in range(most):
        press(key, shift)
        now = here()
        yield now
        if now.widget is start.widget and now.link == start.link:
            return
    raise AssertionError(f"Tab did not come back to {start} in {most} steps, last at {here()}")
