"""Places the panes and wires them; menus, shortcuts, closing. No word of the subject stands here."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds import __version__
from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import menus, shapes, style
from nmosd_cds.gui.case_files import CaseFiles, examples
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Tabs, label, paint_ground, rule
from nmosd_cds.gui.form.patient_form import FORM, RAIL, PatientForm
from nmosd_cds.gui.messages import Failure
from nmosd_cds.gui.notice_panel import NoticePanel
from nmosd_cds.gui.patient_banner import PatientBanner
from nmosd_cds.gui.results.evidence_view import EvidenceView
from nmosd_cds.gui.results.report_view import ReportView
from nmosd_cds.gui.results.result_view import ResultView
from nmosd_cds.gui.status_line import StatusLine
from nmosd_cds.i18n import N_, _
from nmosd_cds.report.summary import headline_of

TITLE = "NMOSD-CDS"
SIZE = QSize(1366, 768)
RESULT, EVIDENCE, REPORT = range(3)
TABS = (N_("Result"), N_("Evidence"), N_("Report"))


class MainWindow(QMainWindow):
    """Banner, form, results, status; one case at a time."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self.consultation = consultation
        self.files = CaseFiles(self, consultation)
        self.box: QMessageBox | None = None
        self._may_close = False
        self.setWindowTitle(f"{TITLE}[*]")
        self._fill_menus()
        self._build()
        self.resize(SIZE)
        self.files.said.connect(self.on_failed)
        self.files.offered.connect(self.on_offered)
        consultation.failed.connect(self.on_failed)
        consultation.advice_changed.connect(self.on_advice_changed)
        consultation.advice_cleared.connect(self.on_advice_cleared)
        consultation.case_opened.connect(self.on_case_opened)
        consultation.undo_stack.cleanChanged.connect(self.on_clean_changed)
        consultation.undo_stack.undoTextChanged.connect(partial(self._name_step, "undo", _("&Undo")))
        consultation.undo_stack.redoTextChanged.connect(partial(self._name_step, "redo", _("&Redo")))
        style.look.changed.connect(self.rebuild)

    def _fill_menus(self) -> None:
        stack = self.consultation.undo_stack
        self.actions_by_id, submenu = menus.fill(
            self.menuBar(),
            {
                "new": self.files.new,
                "open": self.files.ask_open,
                "save": lambda: self.files.save(),
                "save-as": lambda: self.files.ask_save_as(),
                "export": self.export,
                "quit": self.close,
                "undo": stack.undo,
                "redo": stack.redo,
                "copy": self.copy_result,
                "dark": self.toggle_dark,
                "zoom-in": partial(self.zoom, 1),
                "zoom-out": partial(self.zoom, -1),
                "zoom-reset": partial(self.zoom, 0),
                "form": self.toggle_form,
                "next-pane": self.next_pane,
                "next-tab": self.next_tab,
                "shortcuts": partial(self.tell, _("Shortcuts"), menus.shortcuts_text()),
                "about": partial(self.tell, _("Intended use and version"), about_text()),
            },
        )
        for path in examples():
            submenu.addAction(path.stem).triggered.connect(partial(self._open_example, path))
        self.saved = label("", size=style.SMALL, token="text2")
        self.saved.setContentsMargins(0, 0, 16, 0)
        self.menuBar().setCornerWidget(self.saved)

    def _open_example(self, path: object, _on: bool = False) -> None:
        self.files.open_example(path)  # type: ignore[arg-type]  # a Path, bound above

    def _build(self) -> None:
        self.banner = PatientBanner(self.consultation)
        self.notice = NoticePanel()
        self.form = PatientForm(self.consultation)
        self.result = ResultView(self.consultation)
        self.evidence = EvidenceView(self.consultation)
        self.report = ReportView(self.consultation)
        self.status = StatusLine()
        self.result.asked_for.connect(self.show_field)
        self.result.study_followed.connect(self.show_source)
        self.report.save_asked.connect(self.export)
        self.split = QSplitter()
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.form)
        self.split.addWidget(self._results())
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([style.px(RAIL + FORM), style.px(SIZE.width() - RAIL - FORM)])
        self.form.setMinimumWidth(style.px(RAIL + FORM))
        centre = QWidget()
        paint_ground(centre, "surface")
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (rule(), self.banner, rule("edge"), self.notice):
            layout.addWidget(part)
        layout.addWidget(self.split, 1)
        layout.addWidget(rule())
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        self.on_case_opened()
        if self.consultation.advice is not None:
            for view in (self.form.on_advice_changed, self.result.show_advice, self.evidence.show_advice):
                view(self.consultation.advice)
            self.on_advice_changed(self.consultation.advice)

    def _results(self) -> QWidget:
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QWidget()
        paint_ground(bar, "window")
        line = QHBoxLayout(bar)
        line.setContentsMargins(style.px(4), 0, style.px(16), 0)
        self.form_button = Button("", shape="left", flat=True)
        self.form_button.clicked.connect(self.toggle_form)
        line.addWidget(self.form_button)
        self.tabs = Tabs()
        self.tabs.setAccessibleName(_("Results"))
        for title in TABS:
            self.tabs.addTab(_(title))
        line.addWidget(self.tabs)
        line.addStretch(1)
        self.outcome_shape = shapes.Shape("stale", 14)
        self.outcome = label("", bold=True, token="text2")
        line.addWidget(self.outcome_shape)
        line.addWidget(self.outcome)
        layout.addWidget(bar)
        layout.addWidget(rule())
        self.pages = QStackedWidget()
        for page in (self.result, self.evidence, self.report):
            self.pages.addWidget(page)
        layout.addWidget(self.pages, 1)
        self.tabs.currentChanged.connect(self.on_tab_changed)
        self.on_tab_changed(RESULT)
        return side

    def rebuild(self) -> None:
        """Make every pane anew in the theme and zoom in use; the case is not in the panes."""
        section, tab = self.form.section, self.tabs.currentIndex()
        source = self.evidence.source
        self._build()
        self.form.show_section(section)
        self.tabs.setCurrentIndex(tab)
        if source:
            self.evidence.show_source(source)

    def show_field(self, name: str) -> None:
        """Turn to a field and put the cursor into it."""
        self.show_form(True)
        self.form.show_field(name)

    def show_source(self, target: str) -> None:
        """Open the sheet of a source."""
        if self.evidence.show_source(target):
            self.tabs.setCurrentIndex(EVIDENCE)

    def show_form(self, is_shown: bool) -> None:
        """Show the form, or give its room to the results."""
        self.form.setVisible(is_shown)
        self.form_button.shape = "left" if is_shown else "right"
        self.form_button.setText("" if is_shown else _("Show form"))
        self.form_button.setAccessibleName(_("Hide form") if is_shown else _("Show form"))
        self.form_button.updateGeometry()
        self.form_button.update()

    def toggle_form(self) -> None:
        self.show_form(self.form.isHidden())

    def next_pane(self) -> None:
        """Rail, form, tabs, results: one after the other."""
        panes = [self.form.rail, self.form.current_page, self.tabs, self.pages.currentWidget()]
        now = QApplication.focusWidget()
        at = next((n for n, one in enumerate(panes) if one is now or one.isAncestorOf(now)), -1) if now else -1
        target = panes[(at + 1) % len(panes)]
        target.setFocus() if target in (self.form.rail, self.tabs) else _first(target)

    def next_tab(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def on_tab_changed(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        self.show_form(index != EVIDENCE)
        for part in (self.outcome, self.outcome_shape):
            part.setVisible(index == EVIDENCE and bool(self.outcome.text()))

    def on_advice_changed(self, advice: Advice) -> None:
        self.outcome.setText(headline_of(advice))
        self.outcome_shape.show_shape(shapes.OUTCOME_SHAPES[advice.outcome])
        self.status.show_advice(advice)
        self.on_tab_changed_words()

    def on_tab_changed_words(self) -> None:
        shown = self.tabs.currentIndex() == EVIDENCE and bool(self.outcome.text())
        self.outcome.setVisible(shown)
        self.outcome_shape.setVisible(shown)

    def on_advice_cleared(self) -> None:
        self.outcome.setText("")
        self.on_tab_changed_words()
        self.status.clear()

    def on_failed(self, failure: Failure) -> None:
        self.notice.say(failure)
        if self.consultation.advice is None:
            self.result.show_failure()

    def on_offered(self, failure: Failure, offer: str, then: object) -> None:
        self.notice.say(failure, offer, then)  # type: ignore[arg-type]  # a signal carries objects

    def on_case_opened(self) -> None:
        self.notice.hide()
        self.on_clean_changed(not self.consultation.has_changes)

    def on_clean_changed(self, is_clean: bool) -> None:
        self.setWindowModified(not is_clean)
        words = _("Changes not saved")
        if is_clean:
            now = datetime.now().astimezone()
            is_kept = self.consultation.file is not None
            words = _("All changes saved {time}").format(time=f"{now:%H:%M}") if is_kept else ""
        self.saved.setText(words)
        self.saved.adjustSize()
        self.menuBar().setCornerWidget(self.saved)

    def _name_step(self, which: str, word: str, step: str) -> None:
        self.actions_by_id[which].setText(f"{word} {step}".strip())
        self.actions_by_id[which].setEnabled(bool(step))

    def toggle_dark(self) -> None:
        style.choose(_application(), dark=not style.look.is_dark)
        self.actions_by_id["dark"].setChecked(style.look.is_dark)

    def zoom(self, step: int) -> None:
        style.choose(_application(), zoom=style.next_zoom(step))

    def export(self) -> None:
        self.report.make(self.files.ask_export)

    def copy_result(self) -> None:
        QGuiApplication.clipboard().setText(self.result.plain_text())

    def tell(self, title: str, words: str) -> None:
        """Say something in a box that waits for nobody."""
        self.box = QMessageBox(self)
        self.box.setWindowTitle(title)
        self.box.setTextFormat(Qt.TextFormat.PlainText)
        self.box.setText(words)
        self.box.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close or not self.consultation.has_changes:
            event.accept()
            return
        event.ignore()
        self.files.when_safe(self._close_for_good)

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()


def about_text() -> str:
    """What this is for, what it is not, and which version it is."""
    said = _(
        "For a specialist and a board who discuss an adult. Decision support, not a prescription. "
        "Prototype, not a medical device. Not for use by patients alone. It opens no connection and "
        "writes a case only where you save it; a saved case is not encrypted."
    )
    return f"{TITLE} {__version__}\n\n{said}"


def _first(pane: QWidget) -> None:
    for part in pane.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
