"""A page that scrolls, and its slim scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.controls import paint_ground
from nmosd_cds.gui.focus_ring import FocusRing


class SlimBar(QScrollBar):
    """A scroll bar without arrows, as wide as it needs to be seen and caught."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setFixedWidth(style.gap(_BAR) + 4)

    def sizeHint(self) -> QSize:
        # The page around it makes room for this, not for its fixed width.
        return QSize(style.gap(_BAR) + 4, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), style.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        span = self.maximum() - self.minimum() + self.pageStep()
        if self.maximum() == self.minimum():
            return
        tall = max(self.height() * self.pageStep() / span, style.px(28))
        reach = max(self.maximum() - self.minimum(), 1)
        top = (self.height() - tall) * (self.value() - self.minimum()) / reach
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("edge"))
        wide = self.width() - 4
        painter.drawRoundedRect(QRectF(2, top + 1, wide, tall - 2), wide / 2, wide / 2)


# Room kept above and below what is brought into view.
_AROUND = 24
_BAR = 8


def bring_into_view(part: QWidget, box: QRect | None = None) -> None:
    """Scroll the pages around a part so that it can be seen, or a box of it.

    Of what is taller than its page the upper end is shown.
    """
    box = box or part.rect()
    holder: QWidget | None = part
    while holder is not None:
        holder = holder.parentWidget()
        inner = holder.widget() if isinstance(holder, QScrollArea) else None
        if not isinstance(holder, QScrollArea) or inner is None:
            continue
        room = max(min(style.px(_AROUND), (holder.viewport().height() - box.height()) // 2), 0)
        wanted = QRect(part.mapTo(inner, box.topLeft()), box.size()).adjusted(0, -room, 0, room)
        bar, tall = holder.verticalScrollBar(), holder.viewport().height()
        if wanted.bottom() > bar.value() + tall:
            bar.setValue(wanted.bottom() - tall)
        if wanted.top() < bar.value():
            bar.setValue(wanted.top())


class Page(QScrollArea):
    """A page that scrolls up and down only, on the surface colour.

    Tab goes to its parts and scrolls them into view; the page itself takes the focus only where it
    has no part that does, or by F6.
    """

    def __init__(self, content: QWidget, name: str, *, token: str = "surface") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ring = FocusRing(self)
        self.setVerticalScrollBar(SlimBar())
        # Always there: words are laid out once, not again when the bar comes or goes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        paint_ground(content, token)
        paint_ground(self.viewport(), token)
        self.setWidget(content)
        self._content = content

    def hold(self) -> None:
        """Stay as high as now while nothing stands here, so that it is not scrolled to its top."""
        self._content.setMinimumHeight(self._content.height())

    def let_go(self) -> None:
        """Be as high again as what stands here."""
        self._content.setMinimumHeight(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Qt would bring the whole of a part into view, and so its end, where only an item is meant.
        return QWidget.focusNextPrevChild(self, forward)
