"""The Report tab: the PDF itself, page by page; what is seen is what is saved and printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nmosd_cds import i18n
from nmosd_cds.gui import languages, style
from nmosd_cds.gui.background import Job, in_background
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Drop, Flow, label, paint_ground, rule
from nmosd_cds.gui.messages import failure_of
from nmosd_cds.gui.pdf_pages import sizes_of
from nmosd_cds.gui.results.pdf_preview import PAGE, WIDTH, PdfPreview
from nmosd_cds.i18n import _

Made = tuple[bytes, list[tuple[float, float]]]
# While somebody types nobody reads the report, and making it would hold the keys up; a slow typist
# presses two a second.
REST_MS = 700


class ReportView(QWidget):
    """Made when it is looked at, and only from advice that is on the screen.

    Attributes:
        pdf: The bytes that are saved and printed; None while there are none.
    """

    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._ticket = 0
        self.pdf: bytes | None = None
        self._is_making = False
        self._waiting: list[Callable[[bytes], None]] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.on_rested)
        self.preview = PdfPreview(_("Report pages"))
        self.preview.moved.connect(self.on_moved)
        self.preview.failed.connect(self._say_failure)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top())
        layout.addWidget(rule())
        layout.addWidget(self.preview, 1)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.on_advice_changed)
        consultation.case_opened.connect(self.preview.forget_place)
        self.clear()

    def _top(self) -> QWidget:
        top = QWidget()
        paint_ground(top, "surface")
        lines = QVBoxLayout(top)
        lines.setContentsMargins(style.px(16), style.px(8), style.px(16), style.px(8))
        lines.setSpacing(style.px(6))
        self.state = label("", token="text2", wraps=True)
        lines.addWidget(self.state)
        self.tools = Flow(gap=6)
        self.place = label("", bold=True)
        self.place.setFixedHeight(style.px(26))
        self.to_width = Button(_("Fit width"))
        self.to_page = Button(_("Fit page"))
        self.smaller = Button("", shape="minus")
        self.smaller.setAccessibleName(_("Smaller pages"))
        self.larger = Button("", shape="plus")
        self.larger.setAccessibleName(_("Larger pages"))
        self.fits = (self.to_width, self.to_page, self.smaller, self.larger)
        for button, to in zip(self.fits, (WIDTH, PAGE, -1, 1), strict=True):
            button.clicked.connect(partial(self._zoom, to))
        self.to_width.setCheckable(True)
        self.to_page.setCheckable(True)
        self.print = Button(_("Print..."))
        self.print.clicked.connect(self.print_asked)
        self.save = Button(_("Save PDF..."))
        self.save.clicked.connect(self.save_asked)
        self.language = self._language_choice()
        for part in (self.place, *self.fits, self.language, self.print, self.save):
            self.tools.add(part)
        lines.addWidget(self.tools)
        return top

    def _language_choice(self) -> Drop:
        choice = Drop()
        choice.setAccessibleName(_("Language of the report"))
        choice.setToolTip(_("Language of the report"))
        for code in i18n.languages():
            choice.addItem(i18n.name_of(code), code)
        choice.setCurrentIndex(choice.findData(languages.paper_language()))
        choice.setSizeAdjustPolicy(Drop.SizeAdjustPolicy.AdjustToContents)
        choice.activated.connect(self.on_language_chosen)
        if choice.count() < 2:
            choice.hide()  # showing what has no place yet would make it a window
        return choice

    def on_language_chosen(self, at: int) -> None:
        """Make the report again in another language; the window keeps its own."""
        code = self.language.itemData(at)
        if code == languages.paper_language():
            return
        languages.spoken.paper = "" if code == i18n.language() else code
        self.clear()
        if self._consultation.advice is not None:
            self.make()

    @property
    def pages(self) -> list[QWidget]:
        """One widget a page."""
        return list(self.preview.pages)

    def clear(self) -> None:
        """Take the report away; it belonged to an older answer."""
        self._ticket += 1
        self._rest.stop()
        self.pdf = None
        self._is_making = False
        self._waiting = []
        self.preview.show_pdf(b"", ())
        self._say(_("There is no report until there is an answer."))

    def _say(self, words: str) -> None:
        self.state.setText(words)
        for button in (self.print, self.save):
            button.setEnabled(self.pdf is not None)
        self.on_moved()

    def on_moved(self) -> None:
        """Say which page is in sight, and how it fits."""
        n = len(self.preview.pages)
        words = _("Page {n} of {all}").format(n=self.preview.current + 1, all=n)
        self.place.setText(words if n else "")
        for part in (self.place, *self.fits):
            part.setVisible(bool(n))
        self.to_width.setChecked(self.preview.fit == WIDTH)
        self.to_page.setChecked(self.preview.fit == PAGE)
        self.tools.arrange()

    def _zoom(self, to: object) -> None:
        self.preview.zoom(to)
        self.on_moved()

    def on_advice_changed(self) -> None:
        if self.isVisible():
            self.state.setText(_("Making the report"))
            self._rest.start()

    def on_rested(self) -> None:
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
        code = languages.paper_language()

        def work() -> Made:
            pdf = engine.make_pdf(case, advice, code)
            return pdf, sizes_of(pdf)

        in_background(
            self,
            work,
            partial(self.on_made, self._ticket),
            partial(self.on_failed, self._ticket),
            job=Job(_("Making the report")),
            stopped=partial(self.on_stopped, self._ticket),
        )

    def on_made(self, ticket: int, made: Made) -> None:
        if ticket != self._ticket:
            return
        self._is_making = False
        self.pdf = made[0]
        self.preview.show_pdf(*made)
        self._say(_("The case is inside the file; the file is not encrypted."))
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(self.pdf)

    def on_failed(self, ticket: int, error: BaseException) -> None:
        if ticket == self._ticket:
            self._is_making = False
            self._waiting = []
            self._say(_("The report could not be made."))
            self._say_failure(error)

    def _say_failure(self, error: BaseException) -> None:
        self._consultation.failed.emit(failure_of(error, _("The report could not be made")))

    def on_stopped(self, ticket: int) -> None:
        if ticket == self._ticket:
            self._is_making = False
            self._waiting = []
            self._say(_("The report was not made. Come back to this tab to make it."))
