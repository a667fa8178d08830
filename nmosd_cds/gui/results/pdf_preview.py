"""Pages of a PDF under each other: drawn as they come into sight, at a width, a page or a zoom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.background import in_background, soon
from nmosd_cds.gui.controls import paint_ground
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.pdf_pages import POINTS, page_image
from nmosd_cds.i18n import _

# Pages are drawn once window and scroll bar have come to rest.
SETTLE_MS = 60
WIDTH, PAGE = "width", "page"
# Of the size on paper, at 96 pixels an inch.
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_DPI = 96
# Pictures of pages further away are given back.
_NEAR = 2
_STEPS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Home: -10_000,
    Qt.Key.Key_End: 10_000,
}
_ZOOMS: dict[Qt.Key, str | int] = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_W: WIDTH,
    Qt.Key.Key_P: PAGE,
}
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class PdfPreview(Page):
    """Keys go from page to page and change the zoom.

    Attributes:
        pages: One label a page; only those near the visible ones hold a picture.
        fit: `width`, `page`, or a zoom.
    """

    moved = Signal()
    failed = Signal(object)

    def __init__(self, name: str) -> None:
        paper = QWidget()
        self._paper = QVBoxLayout(paper)
        self._paper.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(16))
        self._paper.setSpacing(style.px(12))
        super().__init__(paper, name, token="window")
        self._holder = paper
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.fit: str | float = WIDTH
        self.pages: list[QLabel] = []
        self._pdf = b""
        self._sizes: Sequence[tuple[float, float]] = ()
        self._ticket = 0
        self._place = 0
        self._is_drawing = False
        self._drawn: dict[int, int] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.draw)
        self.verticalScrollBar().valueChanged.connect(self.on_scrolled)

    def show_pdf(self, pdf: bytes, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another document at the place of the last one; without pages, nothing."""
        self._ticket += 1
        self._is_drawing = False
        if self.pages:
            self._place = self.verticalScrollBar().value()
        self._pdf, self._sizes = pdf, sizes
        self._lay_out()
        # The bar learns in the next turn of the loop how far it goes.
        soon(self, self.on_laid_out)

    def on_laid_out(self) -> None:
        if self.pages:
            self.verticalScrollBar().setValue(self._place)
            self.draw()

    def hold(self) -> None:
        """Its pages have their own way, for they come later than the answer."""

    def forget_place(self) -> None:
        """Begin the next document at its top."""
        self._place = 0

    @property
    def current(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        for at, page in enumerate(self.pages):
            if middle <= page.geometry().bottom() + self._paper.spacing():
                return at
        return max(len(self.pages) - 1, 0)

    def step(self, by: int) -> None:
        """Go to the top of a page further on or back."""
        if self.pages:
            self._go_to(max(0, min(self.current + by, len(self.pages) - 1)))

    def _go_to(self, at: int) -> None:
        self.verticalScrollBar().setValue(self.pages[at].y() - self._paper.spacing())

    def zoom(self, to: object) -> None:
        """Fit the `width` or the `page`, or take the next zoom up (1) or down (-1)."""
        if not self.pages:
            return
        at = self.current
        if to in (WIDTH, PAGE):
            self.fit = str(to)
        else:
            now = self._wide(at) * POINTS / _DPI / self._sizes[at][0]
            more = [one for one in ZOOMS if one > now * 1.02] or [ZOOMS[-1]]
            less = [one for one in ZOOMS if one < now * 0.98] or [ZOOMS[0]]
            self.fit = more[0] if to == 1 else less[-1]
        self._lay_out()
        self._go_to(at)
        self.draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_plain = event.modifiers() in _PLAIN
        if is_plain and key in _STEPS:
            self.step(_STEPS[key])
        elif is_plain and key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize() and self.pages:
            at = self.current
            self._lay_out()
            self._go_to(at)
        self._settle.start()

    def on_scrolled(self) -> None:
        self.moved.emit()
        self._settle.start()

    def _wide(self, at: int) -> int:
        """Pixels a page takes from edge to edge on the screen."""
        wide, tall = self._sizes[at]
        room = self.viewport().size()
        across = max(room.width() - 2 * style.px(16), style.px(240))
        if self.fit == WIDTH:
            return across
        if self.fit == PAGE:
            down = max(room.height() - 2 * self._paper.spacing(), style.px(200))
            return min(across, round(down * wide / tall))
        return round(float(self.fit) * wide * _DPI / POINTS)

    def _lay_out(self) -> None:
        """A label for every page, as large as its picture will be."""
        self._drawn = {}
        while len(self.pages) > len(self._sizes):
            gone = self.pages.pop()
            self._paper.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, (wide, tall) in enumerate(self._sizes):
            if at == len(self.pages):
                page = QLabel()
                page.setScaledContents(True)  # the old picture stands in until the new is drawn
                paint_ground(page, "surface")
                self.pages.append(page)
                self._paper.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            across = self._wide(at)
            self.pages[at].setFixedSize(across, round(across * tall / wide))
            name = _("Page {n} of {all}").format(n=at + 1, all=len(self._sizes))
            self.pages[at].setAccessibleName(name)
        self._paper.activate()
        self._holder.adjustSize()
        self.moved.emit()

    def _wanted(self) -> list[int]:
        """Pages in sight and their neighbours that have no picture of their size."""
        sight = QRect(0, self.verticalScrollBar().value(), 10_000, self.viewport().height())
        seen = [at for at, page in enumerate(self.pages) if _lines(page).intersects(sight)]
        if not seen:
            return []
        for at in list(self._drawn):
            if not seen[0] - _NEAR <= at <= seen[-1] + _NEAR:
                self.pages[at].clear()
                del self._drawn[at]
        near = range(max(seen[0] - 1, 0), min(seen[-1] + 2, len(self.pages)))
        order = sorted(near, key=lambda at: at not in seen)
        return [at for at in order if self._drawn.get(at) != self._pixels(at)]

    def _pixels(self, at: int) -> int:
        return round(self._wide(at) * self.devicePixelRatioF())

    def draw(self) -> None:
        """Draw the pages in sight, one after the other, in a worker."""
        wanted = self._wanted() if self.isVisible() and not self._is_drawing else []
        if not wanted:
            return
        self._is_drawing = True
        at, width = wanted[0], self._pixels(wanted[0])
        in_background(
            self,
            partial(page_image, self._pdf, at, width),
            partial(self.on_drawn, self._ticket, at, width),
            partial(self.on_failed, self._ticket),
        )

    def on_drawn(self, ticket: int, at: int, width: int, image: QImage) -> None:
        if ticket != self._ticket:
            return
        self._is_drawing = False
        self.pages[at].setPixmap(QPixmap.fromImage(image))
        self._drawn[at] = width
        self.draw()

    def on_failed(self, ticket: int, error: BaseException) -> None:
        if ticket == self._ticket:
            self._is_drawing = False
            self.failed.emit(error)


def _lines(page: QWidget) -> QRect:
    """The lines of pixels a page takes, whatever its width."""
    return QRect(0, page.y(), 10_000, page.height())
