"""Shares of first ranks as bars, quick enough to follow a hand; the words beside say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import draw_focus
from nmosd_cds.gui.plots import keeping
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import parted
from nmosd_cds.report.wording import of_100

ROW, NAME, FIGURE = 24, 150, 30
_BAR, _GAP = 14, 8


@dataclass(frozen=True)
class ShareLine:
    """One option and how often it stands first."""

    name: str
    share: float

    @property
    def spoken(self) -> str:
        """`AHSCT: first 40 of 100`."""
        return _("{option}: first {share}").format(option=self.name, share=of_100(self.share))


class Shares(QWidget):
    """One bar an option; `quiet` draws them hollow, for what they are compared with."""

    def __init__(self, name: str, *, quiet: bool = False) -> None:
        super().__init__()
        self.lines: Sequence[ShareLine] = ()
        self._quiet = quiet
        self.menu: QMenu | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def quiet(self) -> bool:
        """Whether the bars are hollow."""
        return self._quiet

    @quiet.setter
    def quiet(self, quiet: bool) -> None:
        if quiet != self._quiet:
            self._quiet = quiet
            self.update()

    def show_lines(self, lines: Sequence[ShareLine]) -> None:
        """Draw other shares."""
        if list(lines) == list(self.lines):
            return
        if len(lines) != len(self.lines):
            self.setFixedHeight(style.px(ROW) * max(len(lines), 1))
        self.lines = lines
        self.setAccessibleDescription(parted(line.spoken for line in lines))
        self.update()

    def as_text(self) -> str:
        """One option a line, under the name."""
        return "\n".join((self.accessibleName(), *(line.spoken for line in self.lines)))

    def as_table(self) -> str:
        """Options and their shares of 100."""
        rows = [(line.name, of_100(line.share)) for line in self.lines]
        return keeping.tabbed((_("Option"), _("First of 100")), rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keeping.took_copy(event, self):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        keeping.fill_menu(self.menu, self)
        self.menu.popup(event.globalPos())

    def sizeHint(self) -> QSize:
        return QSize(style.px(280), style.px(ROW) * max(len(self.lines), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(style.font(style.SMALL))
        tall = style.px(ROW)
        for at, line in enumerate(self.lines):
            self._draw_line(painter, QRectF(0, at * tall, self.width(), tall), line)
        if self.hasFocus():
            draw_focus(painter, self.rect())

    def _draw_line(self, painter: QPainter, row: QRectF, line: ShareLine) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        gap, name = style.px(_GAP), min(style.px(NAME), self.width() // 2)
        painter.setPen(style.colour("text"))
        flags = middle | Qt.TextFlag.TextWordWrap
        painter.drawText(row.adjusted(gap / 2, 0, name - row.width(), 0), flags, line.name)
        wide = row.width() - name - style.px(FIGURE) - gap
        bar = QRectF(name, row.center().y() - style.px(_BAR) / 2, wide, style.px(_BAR))
        painter.setPen(QPen(style.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        part = QRectF(bar)
        part.setWidth(bar.width() * line.share)
        painter.setPen(QPen(style.colour("edge" if self._quiet else "accent"), 1))
        painter.setBrush(style.colour("line" if self._quiet else "accent"))
        painter.drawRect(part)
        figure = row.adjusted(name + wide + gap / 2, 0, 0, 0)
        painter.setPen(style.colour("text"))
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(
            figure.adjusted(0, 0, -gap / 2, 0), middle | right, f"{100 * line.share:.0f}"
        )
