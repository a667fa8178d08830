"""Every piece of text a plot paints, with the box of its letters, read from the SVG it paints."""

from collections.abc import Iterator
from xml.etree import ElementTree

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.plot import Plot


def painted_words(plot: Plot, size: QSize) -> Iterator[tuple[str, QRectF]]:
    """Each piece of text and its box, in pixels; a line that was broken is several pieces."""
    plot.room = float(size.width())
    root = ElementTree.fromstring(keeping.svg(size, plot.draw, plot.name, ""))
    for at, node in _texts(root, (0.0, 0.0)):
        if node.text and node.text.strip():
            font = QFont(QApplication.font())
            font.setPixelSize(max(1, round(float(node.get("font-size", "12")))))
            font.setBold(int(node.get("font-weight", "400")) >= 600)
            metrics = QFontMetricsF(font)
            x, y = at[0] + float(node.get("x", 0)), at[1] + float(node.get("y", 0))
            wide = metrics.horizontalAdvance(node.text.strip())
            yield node.text, QRectF(x, y - metrics.capHeight(), wide, metrics.capHeight())


def _texts(
    node: ElementTree.Element, at: tuple[float, float]
) -> Iterator[tuple[tuple[float, float], ElementTree.Element]]:
    moved = node.get("transform", "")
    if moved.startswith("matrix("):
        parts = [float(part) for part in moved[7:-1].split(",")]
        at = (at[0] + parts[4], at[1] + parts[5])
    if node.tag.endswith("}text"):
        yield at, node
    for child in node:
        yield from _texts(child, at)
