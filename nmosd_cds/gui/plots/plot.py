"""What every plot can do: a chosen item, its words, and copies as text, table, SVG and PNG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import draw_focus
from nmosd_cds.gui.page import bring_into_view
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.plots.keeping import Rows
from nmosd_cds.gui.plots.spoken import be_spoken, say_changed, say_chosen
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import parted
from nmosd_cds.report.spreadsheet import csv_bytes

# A saved picture looks the same whatever stands on the screen: this wide, light, at 100 %.
_WIDE, _MARGIN, _LINE = 960, 24, 20


class Plot(QWidget):
    """A drawing with items; arrow keys choose one, which is then read out and framed.

    To a screen reader it is a chart, and each item a child with its words and its place.

    A plot says what it draws three ways: `texts` (an item in words), `heads` and `rows` (a table),
    and `draw`, which paints on any device.

    Attributes:
        caption: Stands under a saved picture, so that it is not read as something else.
    """

    failed = Signal(object)  # a Failure, when a file could not be saved

    def __init__(self, name: str, caption: str = "") -> None:
        super().__init__()
        be_spoken(self)
        self.name, self.caption = name, caption
        self.at = -1
        self.room = 0.0
        self.menu: QMenu | None = None
        self.dialog: QFileDialog | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def texts(self) -> Sequence[str]:
        """Each item in words."""
        raise NotImplementedError

    def heads(self) -> Sequence[str]:
        """Heads of the table that says the same."""
        raise NotImplementedError

    def rows(self) -> Rows:
        """Rows of the table that says the same."""
        raise NotImplementedError

    def tall_at(self, room: float) -> int:
        """Height it needs at a width; asked before anything is drawn at that width."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw at the width `room`."""
        raise NotImplementedError

    def box_of(self, at: int) -> QRectF:
        """Where an item stands at the width `room`."""
        raise NotImplementedError

    def can_choose(self, at: int) -> bool:
        """Whether an item is more than a heading."""
        return 0 <= at < len(self.texts())

    def renew(self) -> None:
        """Say and draw what changed; nothing is chosen any more."""
        self.at = -1
        self.setAccessibleDescription(parted(self.texts()))
        self.fit()
        self.update()
        say_changed(self)

    def fit(self) -> None:
        """Take the height the width asks for."""
        self.room = float(self.width())
        tall = self.tall_at(self.room)
        if self.height() != tall:
            self.setFixedHeight(tall)

    def step_of(self, key: Qt.Key) -> int:
        """How far a key moves; 0 for any other key."""
        return {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)

    def choose(self, at: int) -> None:
        """Choose an item and read it out."""
        if self.can_choose(at):
            self.at = at
            self.setAccessibleDescription(self.texts()[at])
            if self.hasFocus():
                bring_into_view(self, self.box_of(at).toAlignedRect())
            self.update()
            say_chosen(self, at)

    def move_by(self, step: int) -> None:
        """Choose the next item that is one."""
        at = self.at + step
        while 0 <= at < len(self.texts()) and not self.can_choose(at):
            at += 1 if step > 0 else -1
        self.choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.step_of(Qt.Key(event.key()))
        if step:
            self.move_by(step)
        elif not keeping.took_copy(event, self):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.at < 0:
            self.move_by(1)
        elif self.can_choose(self.at):
            bring_into_view(self, self.box_of(self.at).toAlignedRect())
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.room = float(self.width())
        for at in range(len(self.texts())):
            if self.can_choose(at) and self.box_of(at).contains(event.position()):
                self.choose(at)
        super().mousePressEvent(event)

    def resizeEvent(self, event: object) -> None:
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(style.px(560), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        self.room = float(self.width())
        self.draw(painter)
        if self.hasFocus() and self.can_choose(self.at):
            draw_focus(painter, self.box_of(self.at).toRect())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        keeping.fill_menu(self.menu, self)
        self.menu.addSeparator()
        kinds = {
            "svg": _("Save as &SVG..."),
            "png": _("Save as &PNG..."),
            "csv": _("Save as &CSV..."),
        }
        for kind, words in kinds.items():
            self.menu.addAction(words, partial(self.ask_save, kind))
        self.menu.popup(event.globalPos())

    def as_text(self) -> str:
        """Everything it draws, one item a line, under its name and over its caption."""
        return "\n".join(part for part in (self.name, *self.texts(), self.caption) if part)

    def as_table(self) -> str:
        """The table, cells apart by tabs, as spreadsheets take it."""
        return keeping.tabbed(self.heads(), self.rows())

    def ask_save(self, kind: str) -> None:
        """Ask where to save the picture as `svg` or `png`, or the table as `csv`."""
        self.dialog = keeping.ask(self, kind, partial(self.picture, kind), self.failed)

    def picture(self, kind: str) -> bytes:
        """The plot as `svg` or `png`: light, at 100 %, with its name and caption; or as `csv`."""
        if kind == "csv":
            return csv_bytes(self.heads(), self.rows())
        with keeping.on_paper():
            self.room = float(_WIDE)
            tall = self.tall_at(self.room)
            size = QSize(_WIDE + 2 * _MARGIN, tall + 2 * _MARGIN + 2 * _LINE)
            draw = partial(self.draw_picture, size=size)
            said = "\n".join((*self.texts(), self.caption))
            raw = (
                keeping.svg(size, draw, self.name, said)
                if kind == "svg"
                else keeping.png(size, draw)
            )
        self.room = float(self.width())
        self.tall_at(self.room)
        return raw

    def draw_picture(self, painter: QPainter, size: QSize) -> None:
        """Name, plot and caption on a white ground."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, 0, size.width(), size.height(), style.colour("surface"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(style.font(bold=True))
        painter.setPen(style.colour("text"))
        painter.drawText(QRectF(_MARGIN, _MARGIN - 6, _WIDE, _LINE), middle, self.name)
        painter.setFont(style.font(style.SMALL))
        painter.setPen(style.colour("text2"))
        foot = QRectF(_MARGIN, size.height() - _MARGIN - _LINE + 6, _WIDE, _LINE)
        painter.drawText(foot, middle, self.caption)
        painter.translate(_MARGIN, _MARGIN + _LINE)
        at, self.at = self.at, -1
        self.draw(painter)
        self.at = at
