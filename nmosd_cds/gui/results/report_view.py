"""The Report tab: the PDF itself, page by page; what is seen is what is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.background import in_background
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Page, label, paint_ground, rule
from nmosd_cds.gui.messages import failure_of
from nmosd_cds.i18n import _

# A page is drawn anew once the window has stopped changing its size.
SETTLE_MS = 200


def pages_of(pdf: bytes, width: int) -> list[QImage]:
    """The pages of a PDF as images, at a width in pixels."""
    import pypdfium2

    images = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            raw = bytes(bitmap.buffer)
            form = (
                QImage.Format.Format_RGBX8888
                if bitmap.n_channels == 4
                else QImage.Format.Format_RGB888
            )
            made = QImage(raw, bitmap.width, bitmap.height, bitmap.stride, form)
            images.append(made.copy())
            page.close()
    finally:
        document.close()
    return images


class ReportView(QWidget):
    """Made when it is looked at, and only from advice that is on the screen."""

    save_asked = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._ticket = 0
        self.pdf: bytes | None = None
        self._is_making = False
        self._waiting: list[Callable[[bytes], None]] = []
        self._drawn_at = 0
        self.pages: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top())
        layout.addWidget(rule())
        paper = QWidget()
        self._paper = QVBoxLayout(paper)
        self._paper.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(16))
        self._paper.setSpacing(style.px(12))
        self._page = Page(paper, _("Report pages"), token="window")
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout.addWidget(self._page, 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.on_settled)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.on_advice_changed)
        self.clear()

    def _top(self) -> QWidget:
        top = QWidget()
        paint_ground(top, "surface")
        line = QHBoxLayout(top)
        line.setContentsMargins(style.px(16), style.px(8), style.px(16), style.px(8))
        self.state = label("", token="text2", wraps=True)
        line.addWidget(self.state, 1)
        self.save = Button(_("Save PDF..."))
        self.save.clicked.connect(self.save_asked)
        line.addWidget(self.save)
        return top

    def clear(self) -> None:
        """Take the report away; it belonged to an older answer."""
        self._ticket += 1
        self.pdf = None
        self._is_making = False
        self._waiting = []
        self._show_pages([])
        self.save.setEnabled(False)
        self.state.setText(_("There is no report until there is an answer."))

    def on_advice_changed(self) -> None:
        if self.isVisible():
            self.make()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.pdf is None and self._consultation.advice is not None:
            self.make()

    def make(self, then: Callable[[bytes], None] | None = None) -> None:
        """Make the report; `then` gets its bytes."""
        advice = self._consultation.advice
        if self.pdf is not None and then is not None:
            then(self.pdf)
            return
        if advice is None:
            return
        if then is not None:
            self._waiting.append(then)
        if self._is_making:
            return
        self._is_making = True
        self.state.setText(_("Making the report"))
        case, engine = self._consultation.case, self._consultation.engine
        width = self._pixels()

        def work() -> tuple[bytes, list[QImage]]:
            pdf = engine.make_pdf(case, advice)
            return pdf, pages_of(pdf, width)

        in_background(
            self, work, partial(self.on_made, self._ticket), partial(self.on_failed, self._ticket)
        )

    def on_made(self, ticket: int, made: tuple[bytes, list[QImage]]) -> None:
        if ticket != self._ticket:
            return
        self._is_making = False
        self.pdf, images = made
        self.save.setEnabled(True)
        said = _("{n} pages. The case is inside the file; the file is not encrypted.")
        self.state.setText(said.format(n=len(images)))
        self._show_pages(images)
        self._settle.start()  # the pane may have changed its size while the report was made
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(self.pdf)

    def on_failed(self, ticket: int, error: BaseException) -> None:
        if ticket == self._ticket:
            self._is_making = False
            self.state.setText(_("The report could not be made."))
            self._consultation.failed.emit(failure_of(error, _("The report could not be made")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.pdf is not None:
            self._settle.start()

    def on_settled(self) -> None:
        if self.pdf is None or self._drawn_at == self._pixels():
            return
        work = partial(pages_of, self.pdf, self._pixels())
        in_background(
            self,
            work,
            partial(self.on_redrawn, self._ticket),
            partial(self.on_failed, self._ticket),
        )

    def on_redrawn(self, ticket: int, images: list[QImage]) -> None:
        if ticket == self._ticket:
            self._show_pages(images)

    def _pixels(self) -> int:
        return round(self._wide() * self.devicePixelRatioF())

    def _wide(self) -> int:
        return max(min(self.width() - style.px(48), style.px(900)), style.px(300))

    def _show_pages(self, images: Sequence[QImage]) -> None:
        """The images are not kept: the labels hold a copy of their own."""
        self._drawn_at = images[0].width() if images else 0
        while len(self.pages) > len(images):
            gone = self.pages.pop()
            self._paper.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, image in enumerate(images):
            if at == len(self.pages):
                self.pages.append(QLabel())
                self._paper.addWidget(self.pages[at], 0, Qt.AlignmentFlag.AlignHCenter)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.pages[at].setPixmap(pixmap)
            name = _("Page {n} of {all}").format(n=at + 1, all=len(images))
            self.pages[at].setAccessibleName(name)
