"""A plot or a table taken along: to the clipboard, or into a file the person named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMimeData,
    QRectF,
    QSize,
    SignalInstance,
)
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from nmosd_cds.errors import CdsError
from nmosd_cds.gui import style
from nmosd_cds.gui.colours import LIGHT
from nmosd_cds.gui.messages import failure_of
from nmosd_cds.i18n import _
from nmosd_cds.report.saving import save_report
from nmosd_cds.report.spreadsheet import Rows as Rows

Draw = Callable[[QPainter], None]
# Three times as fine as a screen, for paper; a tall picture less, so that other programs open it.
_SHARP, _MOST_PIXELS = 3.0, 24_000_000


class Copied(Protocol):
    """Whatever can be copied."""

    def as_text(self) -> str: ...
    def as_table(self) -> str: ...


def fill_menu(menu: QMenu, source: Copied) -> None:
    """Copy as text and as a table."""
    menu.addAction(_("Copy as &text"), lambda: copy(source.as_text()))
    menu.addAction(_("Copy as ta&ble"), lambda: copy(source.as_table()))


def took_copy(event: QKeyEvent, source: Copied) -> bool:
    """Copy the whole of something with Ctrl+C: as a table, which is text with tabs elsewhere."""
    if not event.matches(QKeySequence.StandardKey.Copy):
        return False
    copy_table(source)
    event.accept()
    return True


def copy_table(source: Copied) -> None:
    """Put a table on the clipboard, for spreadsheets, for letters and for plain text."""
    words = source.as_table()
    rows = [line.split("\t") for line in words.split("\n")]
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    mime = QMimeData()
    mime.setText(words)
    mime.setHtml(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
    QGuiApplication.clipboard().setMimeData(mime)


def copy(words: str) -> None:
    """Put words on the clipboard."""
    QGuiApplication.clipboard().setText(words)


def tabbed(heads: Sequence[str], rows: Rows) -> str:
    """A table for the clipboard: one row a line, cells apart by tabs."""
    lines = (heads, *rows)
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def ask(
    parent: QWidget, kind: str, make: Callable[[], bytes], failed: SignalInstance
) -> QFileDialog:
    """Ask where to save; the dialog says that the file is not encrypted.

    Args:
        parent: The widget that asks.
        kind: Ending of the file.
        make: Gives its content once a place was chosen.
        failed: Takes the failure if it cannot be written.
    """
    title = _("Save (the file is NOT encrypted)")
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    dialog.setNameFilter(f"*.{kind}")
    dialog.fileSelected.connect(lambda name: keep(Path(name), make(), failed))
    dialog.open()
    return dialog


def keep(path: Path, content: bytes, failed: SignalInstance) -> None:
    """Write a file whole, or say in a sentence why not."""
    try:
        save_report(path, content)
    except CdsError as error:
        failed.emit(failure_of(error, _("The file was not saved"), file=path.name))


@contextmanager
def on_paper() -> Iterator[None]:
    """Draw in the light theme at 100 %; nothing on the screen changes."""
    look = style.look
    before = look.tokens, look.zoom
    look.tokens, look.zoom = LIGHT, 1.0
    try:
        yield
    finally:
        look.tokens, look.zoom = before


def svg(size: QSize, draw: Draw, title: str, said: str) -> bytes:
    """A drawing as SVG, with its words as title and description."""
    # Imported here: only who saves needs it.
    from PySide6.QtSvg import QSvgGenerator

    raw = QByteArray()
    held = QBuffer(raw)
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(held)
    made.setSize(size)
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(title)
    made.setDescription(said)
    painter = QPainter(made)
    draw(painter)
    painter.end()
    return bytes(raw.data())


def png(size: QSize, draw: Draw) -> bytes:
    """A drawing as PNG, as sharp as its size allows."""
    sharp = min(_SHARP, math.sqrt(_MOST_PIXELS / (size.width() * size.height())))
    drawn = QImage(size * sharp, QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    painter.scale(sharp, sharp)
    draw(painter)
    painter.end()
    raw = QByteArray()
    held = QBuffer(raw)
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, QByteArray(b"png")).write(drawn)
    return bytes(raw.data())
