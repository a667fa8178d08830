"""What an eye would see at once: words cut off, words over words, parts outside their pane.

Each finder walks what is on the screen and returns sentences; an empty list means nothing found.
Words that are painted by a plot are read from the SVG it paints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from nmosd_cds.gui.controls import Button, Drop
from nmosd_cds.gui.plots.plot import Plot

# A pixel of rounding is no cut, and letters seldom fill the line that holds them.
SLACK = 1
LEADING = 0.3
# What somebody typed may be longer than its line, which scrolls; numbers, dates and states may not.
TYPED = 24


def seen(window: QWidget) -> list[str]:
    """Everything found on what is now on the screen."""
    return [*cut_words(window), *parts_outside(window), *parts_over_parts(window), *plots(window)]


def cut_words(window: QWidget) -> list[str]:
    """Words that have less room than they need."""
    return [
        f"{_name(part)}: {words!r} is cut: {why}"
        for part in _shown(window)
        for words, why in _cut(part)
    ]


def parts_outside(window: QWidget) -> list[str]:
    """Parts that reach beyond the part they are in, where nothing scrolls to them."""
    found = []
    for part in _shown(window):
        pane = part.parentWidget()
        if pane is None or part.isWindow() or isinstance(part, QScrollBar):
            continue
        if _scrolls(pane) or not _has_words(part):
            continue
        room = pane.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not room.contains(part.geometry()):
            where, there = _rect(part.geometry()), _rect(pane.rect())
            found.append(f"{_name(part)}: reaches out of its pane: {where} in {there}")
    return found


def parts_over_parts(window: QWidget) -> list[str]:
    """Words of one part on top of the words of its neighbour."""
    found = []
    panes = {part.parentWidget() for part in _shown(window) if _has_words(part)}
    for pane in panes:
        if pane is None:
            continue
        parts = [one for one in _children(pane) if _has_words(one)]
        for one, other in combinations(parts, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > SLACK and shared.height() > SLACK:
                found.append(f"{_name(one)} lies over {_name(other)} in {_name(pane)}")
    return found


def plots(window: QWidget) -> list[str]:
    """Words of a plot that lie over each other or reach out of it."""
    return [
        f"{_name(part)}: {said}"
        for part in _shown(window)
        if isinstance(part, Plot)
        for said in _painted(part)
    ]


def _shown(window: QWidget) -> list[QWidget]:
    return [part for part in window.findChildren(QWidget) if part.isVisible() and _has_size(part)]


def _children(pane: QWidget) -> list[QWidget]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = pane.findChildren(QWidget, options=direct)
    return [part for part in found if part.isVisible() and _has_size(part) and not part.isWindow()]


def _has_size(part: QWidget) -> bool:
    return part.width() > 0 and part.height() > 0


def _scrolls(pane: QWidget) -> bool:
    """Whether what is inside is a page that is moved behind a window."""
    outer = pane.parentWidget()
    return isinstance(outer, QAbstractScrollArea) and outer.viewport() is pane


def _has_words(part: QWidget) -> bool:
    match part:
        case QLabel():
            return bool(part.text()) and part.pixmap().isNull()
        case QAbstractButton() | QLineEdit() | QComboBox() | QTextEdit() | QTabBar():
            return True
    return False


def _cut(part: QWidget) -> Iterator[tuple[str, str]]:
    match part:
        case QLabel() if part.text() and part.pixmap().isNull():
            yield from _cut_label(part)
        case Button():
            yield from _smaller_than_hint(part, part.text() or part.accessibleName())
        case QAbstractButton():
            yield from _smaller_than_hint(part, part.text())
        case QLineEdit() if not isinstance(part.parentWidget(), QComboBox):
            yield from _cut_line(part)
        case Drop():
            yield from _smaller_than_words(part, part.currentText(), 0)
        case QTabBar():
            yield from _cut_tabs(part)
        case QTableView():
            yield from _cut_cells(part)
        case QTextEdit():
            yield from _cut_document(part)
        case QMenuBar():
            yield from _cut_menus(part)


def _cut_label(part: QLabel) -> Iterator[tuple[str, str]]:
    room = part.contentsRect()
    if part.wordWrap():
        asked = part.heightForWidth(part.width())
        if asked > part.height() + SLACK:
            yield part.text(), f"{asked} px tall in {part.height()}"
        wide = max((_width(part, word) for word in part.text().split()), default=0)
    else:
        wide = max((_width(part, line) for line in part.text().splitlines()), default=0)
        tall = part.fontMetrics().ascent()
        if tall > room.height() + SLACK:
            yield part.text(), f"{tall} px tall in {room.height()}"
    if not _is_hanzi(part.text()) and wide > room.width() + SLACK:
        yield part.text(), f"{wide} px wide in {room.width()}"


def _is_hanzi(words: str) -> bool:
    """Chinese is broken between any two characters, so it has no longest word."""
    return bool(re.search(r"[\u3400-\u9fff]", words))


def _smaller_than_hint(part: QWidget, words: str) -> Iterator[tuple[str, str]]:
    hint = part.minimumSizeHint().expandedTo(part.minimumSize())
    if hint.width() > part.width() + SLACK or hint.height() > part.height() + SLACK:
        yield words, f"needs {hint.width()} x {hint.height()}, has {part.width()} x {part.height()}"


def _smaller_than_words(part: QWidget, words: str, margin: int) -> Iterator[tuple[str, str]]:
    wide = _width(part, words) + margin
    if wide > part.width() + SLACK:
        yield words, f"{wide} px wide in {part.width()}"


def _cut_line(part: QLineEdit) -> Iterator[tuple[str, str]]:
    words = part.text() or part.placeholderText()
    margins = part.textMargins()
    if len(words) <= TYPED:
        yield from _smaller_than_words(part, words, margins.left() + margins.right())


def _cut_tabs(part: QTabBar) -> Iterator[tuple[str, str]]:
    for at in range(part.count()):
        rect, wide = part.tabRect(at), _width(part, part.tabText(at))
        if wide > rect.width() + SLACK:
            yield part.tabText(at), f"{wide} px wide in {rect.width()}"
        if not part.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect):
            yield part.tabText(at), f"tab at {_rect(rect)} in {_rect(part.rect())}"


def _cut_cells(part: QTableView) -> Iterator[tuple[str, str]]:
    model = part.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            words = str(index.data() or "")
            hint = part.sizeHintForIndex(index)
            room = part.visualRect(index)
            if words and room.height() and hint.height() > room.height() + SLACK:
                yield words, f"{hint.height()} px tall in {room.height()}"


def _cut_document(part: QTextEdit) -> Iterator[tuple[str, str]]:
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    size = part.document().size()
    first = part.toPlainText()[:40]
    if part.horizontalScrollBarPolicy() == never and size.width() > part.viewport().width() + SLACK:
        yield first, f"{size.width():.0f} px wide in {part.viewport().width()}"
    if part.verticalScrollBarPolicy() == never and size.height() > part.viewport().height() + SLACK:
        yield first, f"{size.height():.0f} px tall in {part.viewport().height()}"


def _cut_menus(part: QMenuBar) -> Iterator[tuple[str, str]]:
    for action in part.actions():
        rect = part.actionGeometry(action)
        if not part.rect().contains(rect):
            yield action.text(), f"menu at {_rect(rect)} in {_rect(part.rect())}"


def _painted(plot: Plot) -> Iterator[str]:
    room = QRectF(0, 0, plot.width(), plot.height()).adjusted(-2, -2, 2, 2)
    words = list(_words_of(plot))
    for text, rect in words:
        if not room.contains(rect):
            yield f"{text!r} reaches out of the plot: {_rect(rect)} in {_rect(room)}"
    for (one, a), (other, b) in combinations(words, 2):
        shared = a.intersected(b)
        if shared.width() > 2 and shared.height() > 2:
            yield f"{one!r} lies over {other!r}"


def _words_of(plot: Plot) -> Iterator[tuple[str, QRectF]]:
    """Every piece of text a plot paints, and the ink box of its letters."""
    for node, at in _texts(ElementTree.fromstring(_svg_of(plot)), (0.0, 0.0)):
        words = node.text or ""
        if not words.strip():
            continue
        font = QFont(QApplication.font())
        font.setPixelSize(max(1, round(float(node.get("font-size", "12")))))
        font.setBold(int(node.get("font-weight", "400")) >= 600)
        metrics = QFontMetricsF(font)
        x, y = at[0] + float(node.get("x", 0)), at[1] + float(node.get("y", 0))
        tall = metrics.ascent()
        wide = metrics.horizontalAdvance(words.rstrip())
        yield words, QRectF(x, y - tall * (1 - LEADING), wide, tall * (1 - LEADING))


def _texts(
    node: ElementTree.Element, at: tuple[float, float]
) -> Iterator[tuple[ElementTree.Element, tuple[float, float]]]:
    matrix = re.fullmatch(r"matrix\(([^)]*)\)", node.get("transform", ""))
    if matrix is not None:
        # Plots move what they paint and do not turn or scale it.
        parts = [float(part) for part in matrix[1].split(",")]
        at = (at[0] + parts[4], at[1] + parts[5])
    if node.tag.endswith("}text"):
        yield node, at
    for child in node:
        yield from _texts(child, at)


def _svg_of(plot: Plot) -> bytes:
    raw = QByteArray()
    held = QBuffer(raw)
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(held)
    # One unit a pixel, as on the screen.
    made.setResolution(96)
    made.setSize(plot.size())
    made.setViewBox(QRectF(plot.rect()))
    painter = QPainter(made)
    plot.room = float(plot.width())
    plot.draw(painter)
    painter.end()
    return bytes(raw.data())


def _width(part: QWidget, words: str) -> int:
    return part.fontMetrics().horizontalAdvance(words)


def _rect(rect: object) -> str:
    assert hasattr(rect, "x")
    x, y, wide, tall = rect.x(), rect.y(), rect.width(), rect.height()  # type: ignore[attr-defined]
    return f"{wide:.0f} x {tall:.0f} at {x:.0f}, {y:.0f}"


def _name(part: QWidget) -> str:
    said = part.accessibleName() or (part.text() if isinstance(part, QLabel) else "")
    return f"{type(part).__name__} {said[:40]!r}" if said else type(part).__name__
