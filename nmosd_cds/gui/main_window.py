"""Places the panes and wires them; menus, shortcuts, closing. It knows nothing of the subject."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from nmosd_cds.gui import style
from nmosd_cds.i18n import _

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent
    from PySide6.QtWidgets import QMessageBox

    from nmosd_cds.gui.consultation import Consultation
    from nmosd_cds.gui.messages import Failure
    from nmosd_cds.gui.theme_menu import ThemeMenu

TITLE = "NMOSD-CDS"
SIZE = QSize(*style.WINDOW)


class MainWindow(QMainWindow):
    """Banner, form, results, status; one case at a time.

    It is on the screen before anything heavy is imported: `first_painted`, then `fill`. Heavy are
    also the names in `Qt`, so they are imported where they are used.
    """

    first_painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box: QMessageBox | None = None
        self.themes: ThemeMenu | None = None
        self._may_close = False
        self._is_painted = False
        self.setWindowTitle(f"{TITLE}[*]")
        self.setCentralWidget(QLabel(_("Opening"), margin=16))
        self.menuBar().setMinimumHeight(28)
        self.resize(SIZE)

    def fill(self, consultation: Consultation) -> None:
        """Make the panes and the menus for a consultation."""
        from nmosd_cds.gui.calculators.opener import Calculators
        from nmosd_cds.gui.case_files import CaseFiles
        from nmosd_cds.gui.habits import Habits
        from nmosd_cds.gui.languages import spoken

        self.consultation = consultation
        self.files = CaseFiles(self, consultation)
        self.calculators = Calculators(self, consultation)
        self.habits = Habits(self)
        self._make_menus()
        self._build()
        self.files.said.connect(self.on_failed)
        self.files.offered.connect(self.on_offered)
        consultation.failed.connect(self.on_failed)
        consultation.case_opened.connect(self.on_case_opened)
        stack = consultation.undo_stack
        stack.cleanChanged.connect(self.on_clean_changed)
        stack.undoTextChanged.connect(self.name_steps)
        stack.redoTextChanged.connect(self.name_steps)
        spoken.changed.connect(self.speak_anew)
        style.look.changed.connect(self.rebuild)

    def _make_menus(self) -> None:
        from PySide6.QtCore import Qt

        from nmosd_cds.gui import menus
        from nmosd_cds.gui.case_files import examples
        from nmosd_cds.gui.controls import label
        from nmosd_cds.gui.languages import LanguageMenu
        from nmosd_cds.gui.results.result_tabs import TITLES
        from nmosd_cds.gui.theme_menu import ThemeMenu

        if self.themes is not None:
            style.look.changed.disconnect(self.themes.refresh)
            from PySide6.QtWidgets import QMenuBar

            self.setMenuBar(QMenuBar())  # the old one goes, with everything in it
            self.menuBar().setMinimumHeight(28)
        self.actions_by_id, submenus = menus.fill(self.menuBar(), menus.run_of(self))
        for path in examples():
            example = partial(self.files.open_example, path)
            action = submenus["examples"].addAction(path.stem)
            action.triggered.connect(lambda _on=False, run=example: run())
        menus.fill_tabs(submenus["tabs"], TITLES, lambda at: self.results.show_tab(at))
        self.themes = ThemeMenu(submenus["theme"], self.actions_by_id["dark"])
        self.language_menu = LanguageMenu(submenus["language"])
        self.saved = label("", size=style.SMALL, token="text2")
        self.saved.setContentsMargins(0, 0, 16, 0)
        self.saved.setFixedSize(240, 28)
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menuBar().setCornerWidget(self.saved)
        self.name_steps()

    def speak_anew(self) -> None:
        """Say everything in the language now in use; the panes follow with the look."""
        if self.box is not None:
            self.box.close()
        self.consultation.speak_anew()
        self._make_menus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.first_painted.emit()

    def _build(self) -> None:
        from nmosd_cds.gui.panes import Panes

        self.panes = Panes(self.consultation)
        self.banner, self.notice, self.form = self.panes.banner, self.panes.notice, self.panes.form
        self.results, self.status = self.panes.results, self.panes.status
        self.form.calculator_wanted.connect(self.calculators.open)
        self.results.report.save_asked.connect(self.export)
        self.results.report.print_asked.connect(self.habits.print)
        self.setCentralWidget(self.panes)
        self.on_case_opened()
        self.panes.begin(self.width())

    def rebuild(self) -> None:
        """Make every pane anew in the theme and zoom in use; the case is not in the panes."""
        section, tab = self.form.section, self.results.tabs.currentIndex()
        focus = self.panes.focus_place()
        source, asked = self.results.evidence.source, self.results.preferences.place
        wide = self.panes.form_width
        self._build()
        self.panes.divide(wide)
        self.form.show_section(section)
        self.results.tabs.setCurrentIndex(tab)
        self.results.preferences.open_set(*asked)
        if source:
            self.results.evidence.show_source(source)
        self.panes.focus_again(focus)

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
            from datetime import datetime

            now = datetime.now().astimezone()
            is_kept = self.consultation.file is not None
            words = _("All changes saved {time}").format(time=f"{now:%H:%M}") if is_kept else ""
        self.saved.setText(words)
        self.menuBar().adjustSize()

    def name_steps(self) -> None:
        """Name what Undo and Redo would do."""
        stack = self.consultation.undo_stack
        steps = {"undo": (_("&Undo"), stack.undoText()), "redo": (_("&Redo"), stack.redoText())}
        for which, (word, step) in steps.items():
            self.actions_by_id[which].setText(f"{word} {step}".strip())
            self.actions_by_id[which].setEnabled(bool(step))

    def toggle_dark(self) -> None:
        style.choose(_application(), dark=not style.look.is_dark)

    def zoom(self, step: int) -> None:
        style.choose(_application(), zoom=style.next_zoom(step))

    def export(self) -> None:
        self.results.report.make(self.files.ask_export)

    def copy_result(self) -> None:
        QApplication.clipboard().setText(self.results.result.plain_text())

    def tell(self, title: str, words: str) -> None:
        """Say something in a box that waits for nobody."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMessageBox

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
