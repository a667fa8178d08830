"""Places the panes and wires them; menus, shortcuts, closing. It knows nothing of the subject."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from nmosd_cds.gui import style
from nmosd_cds.i18n import _

if TYPE_CHECKING:
    from nmosd_cds.advice.model import Advice
    from nmosd_cds.gui.consultation import Consultation
    from nmosd_cds.gui.messages import Failure

TITLE = "NMOSD-CDS"
SIZE = QSize(1366, 768)
LEFT = style.RAIL + style.FORM


class MainWindow(QMainWindow):
    """Banner, form, results, status; one case at a time.

    It is on the screen before anything heavy is imported: `first_painted`, then `fill`.
    """

    first_painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box: QMessageBox | None = None
        self._may_close = False
        self._is_painted = False
        self.setWindowTitle(f"{TITLE}[*]")
        self.setCentralWidget(QLabel(_("Opening"), alignment=Qt.AlignmentFlag.AlignCenter))
        self.menuBar().setMinimumHeight(28)
        self.resize(SIZE)

    def fill(self, consultation: Consultation) -> None:
        """Make the panes and the menus for a consultation."""
        from nmosd_cds.gui import menus
        from nmosd_cds.gui.calculators.opener import Calculators
        from nmosd_cds.gui.case_files import CaseFiles, examples
        from nmosd_cds.gui.controls import label

        self.consultation = consultation
        self.files = CaseFiles(self, consultation)
        self.calculators = Calculators(self, consultation)
        self.actions_by_id, submenu = menus.fill(self.menuBar(), menus.run_of(self))
        for path in examples():
            example = partial(self.files.open_example, path)
            submenu.addAction(path.stem).triggered.connect(lambda _on=False, run=example: run())
        self.saved = label("", size=style.SMALL, token="text2")
        self.saved.setContentsMargins(0, 0, 16, 0)
        self.saved.setFixedSize(240, 28)
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menuBar().setCornerWidget(self.saved)
        self._build()
        self.files.said.connect(self.on_failed)
        self.files.offered.connect(self.on_offered)
        consultation.failed.connect(self.on_failed)
        consultation.advice_changed.connect(self.on_advice_changed)
        consultation.advice_cleared.connect(self.on_advice_cleared)
        consultation.case_opened.connect(self.on_case_opened)
        stack = consultation.undo_stack
        stack.cleanChanged.connect(self.on_clean_changed)
        stack.undoTextChanged.connect(partial(self._name_step, "undo", _("&Undo")))
        stack.redoTextChanged.connect(partial(self._name_step, "redo", _("&Redo")))
        style.look.changed.connect(self.rebuild)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.first_painted.emit()

    def _build(self) -> None:
        from nmosd_cds.gui.controls import paint_ground, rule
        from nmosd_cds.gui.form.patient_form import PatientForm
        from nmosd_cds.gui.notice_panel import NoticePanel
        from nmosd_cds.gui.patient_banner import PatientBanner
        from nmosd_cds.gui.results.result_tabs import ResultTabs
        from nmosd_cds.gui.status_line import StatusLine

        self.banner = PatientBanner(self.consultation)
        self.notice = NoticePanel()
        self.form = PatientForm(self.consultation)
        self.results = ResultTabs(self.consultation)
        self.status = StatusLine()
        self.results.result.asked_for.connect(self.show_field)
        self.form.calculator_wanted.connect(self.calculators.open)
        self.results.report.save_asked.connect(self.export)
        # Where they take turns, whoever chose a tab sees it.
        self.results.form_wanted.connect(lambda on: self.show_form(on and not self.is_narrow))
        self.results.form_toggled.connect(self.toggle_form)
        self.form.result_wanted.connect(self.toggle_form)
        self.split = QSplitter()
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.form)
        self.split.addWidget(self.results)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([style.px(LEFT), style.px(SIZE.width() - LEFT)])
        self.form.setMinimumWidth(min(style.px(LEFT), SIZE.width() - 20))
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
        self.show_form(not self.is_narrow)
        if self.consultation.advice is not None:
            self.form.on_advice_changed(self.consultation.advice)
            self.status.show_advice(self.consultation.advice)

    def rebuild(self) -> None:
        """Make every pane anew in the theme and zoom in use; the case is not in the panes."""
        section, tab = self.form.section, self.results.tabs.currentIndex()
        source, asked = self.results.evidence.source, self.results.preferences.place
        self._build()
        self.form.show_section(section)
        self.results.tabs.setCurrentIndex(tab)
        self.results.preferences.open_set(*asked)
        if source:
            self.results.evidence.show_source(source)

    def show_field(self, name: str) -> None:
        """Turn to a field and put the cursor into it."""
        self.show_form(True)
        self.form.show_field(name)

    def show_form(self, is_shown: bool) -> None:
        """Show the form, or give its room to the results."""
        if not is_shown and self.form.isAncestorOf(QApplication.focusWidget() or self):
            self.results.tabs.setFocus()
        self.form.setVisible(is_shown)
        self.form.back.setVisible(self.is_narrow)
        self.results.setVisible(not (is_shown and self.is_narrow))
        self.results.say_form(is_shown)

    @property
    def is_narrow(self) -> bool:
        """Whether form and results have to take turns."""
        return self.width() < style.px(LEFT + 340)

    def toggle_form(self) -> None:
        """Hide the form, or bring it back."""
        self.show_form(self.form.isHidden())

    def next_pane(self) -> None:
        """Rail, page, tabs, results: one after the other."""
        from nmosd_cds.gui.controls import focus_first

        shown = self.results.pages.currentWidget()
        assert shown is not None
        panes = [self.form.rail, self.form.current_page, self.results.tabs, shown]
        now = QApplication.focusWidget()
        at = [n for n, one in enumerate(panes) if now and (one is now or one.isAncestorOf(now))]
        focus_first(panes[(at[0] + 1) % len(panes) if at else 0])

    def on_advice_changed(self, advice: Advice) -> None:
        self.status.show_advice(advice)

    def on_advice_cleared(self) -> None:
        self.status.clear()

    def on_failed(self, failure: Failure) -> None:
        self.notice.say(failure)
        if self.consultation.advice is None:
            self.results.result.show_failure()

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
        self.menuBar().adjustSize()

    def _name_step(self, which: str, word: str, step: str) -> None:
        self.actions_by_id[which].setText(f"{word} {step}".strip())
        self.actions_by_id[which].setEnabled(bool(step))

    def toggle_dark(self) -> None:
        style.choose(_application(), dark=not style.look.is_dark)
        self.actions_by_id["dark"].setChecked(style.look.is_dark)

    def zoom(self, step: int) -> None:
        style.choose(_application(), zoom=style.next_zoom(step))

    def export(self) -> None:
        self.results.report.make(self.files.ask_export)

    def copy_result(self) -> None:
        QGuiApplication.clipboard().setText(self.results.result.plain_text())

    def tell(self, title: str, words: str) -> None:
        """Say something in a box that waits for nobody."""
        self.box = QMessageBox(self)
        self.box.setWindowTitle(title)
        self.box.setTextFormat(Qt.TextFormat.PlainText)
        self.box.setText(words)
        self.box.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close or not self.consultation.has_changes:
            # The stack clears itself while the window goes, and would name a menu that is gone.
            self.consultation.undo_stack.blockSignals(True)
            event.accept()
            return
        event.ignore()
        self.files.when_safe(self._close_for_good)

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
