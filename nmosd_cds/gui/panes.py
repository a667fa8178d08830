"""What fills the window: banner, notice, form beside results, status; and their turns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import paint_ground, rule
from nmosd_cds.gui.draft import all_specs
from nmosd_cds.gui.form.patient_form import PatientForm
from nmosd_cds.gui.notice_panel import NoticePanel
from nmosd_cds.gui.patient_banner import PatientBanner
from nmosd_cds.gui.progress_line import ProgressLine
from nmosd_cds.gui.reading_order import focus_first, step_focus
from nmosd_cds.gui.results.result_tabs import ResultTabs
from nmosd_cds.gui.status_line import StatusLine

LEFT = style.RAIL + style.FORM
# The least a result can be read in.
RIGHT = 500
# What a window keeps beside the form on the smallest screen.
MARGIN = 20
# The narrowest window that is made sure of at every zoom.
SMALLEST = 1280


class Panes(QWidget):
    """Made anew whenever theme, zoom or language change; nothing of the case is kept here.

    Where the window is too narrow for both, form and results take turns.

    Attributes:
        form_width: To which the person drew the form, at 100 %; 0 if it was not drawn.
    """

    pane_changed = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self.banner = PatientBanner(consultation)
        self.notice = NoticePanel()
        self.form = PatientForm(consultation)
        self.results = ResultTabs(consultation)
        self.status = StatusLine()
        self.results.result.asked_for.connect(self.show_field)
        # Where they take turns, whoever chose a tab sees it.
        self.results.form_wanted.connect(lambda on: self.show_form(on and not self.is_narrow))
        self.results.form_toggled.connect(self.toggle_form)
        self.form.result_wanted.connect(self.toggle_form)
        consultation.advice_changed.connect(self.status.show_advice)
        consultation.advice_cleared.connect(self.status.clear)
        self.split = QSplitter()
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.form)
        self.split.addWidget(self.results)
        self.split.setStretchFactor(1, 1)
        self.split.splitterMoved.connect(self.on_split_moved)
        self.form_width = 0
        self._strip: QWidget | None = None
        self._is_divided = False
        paint_ground(self, "surface")
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (rule(), self.banner, rule("edge"), self.notice):
            layout.addWidget(part)
        layout.addWidget(self.split, 1)
        layout.addWidget(rule())
        layout.addWidget(self.status)
        self.progress = ProgressLine(self)

    def begin(self, usual: int) -> None:
        """Divide the room, `usual` pixels wide where it is not on the screen yet, and fill it."""
        left = style.px(LEFT)
        self.split.setSizes([left, style.px(usual) - left])
        self.form.setMinimumWidth(min(left, usual - MARGIN, SMALLEST - MARGIN))
        self.show_form(not self.is_narrow)
        advice: Advice | None = self._consultation.advice
        if advice is not None:
            self.form.on_advice_changed(advice)
            self.status.show_advice(advice)

    def put_strip(self, strip: QWidget) -> None:
        """Put a strip over the whole width, right above form and results."""
        self._strip = strip
        self._rows.insertWidget(self._rows.indexOf(self.split), strip)
        strip.show()

    def drop_strip(self) -> None:
        """Take it away again."""
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None

    def divide(self, form_width: int) -> None:
        """Give the form a width, in pixels at 100 %; 0: what it begins with."""
        self.form_width = form_width
        left = style.px(max(form_width, LEFT))
        self.split.setSizes([left, max(self.split.width() - left, style.px(RIGHT))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.form_width and not self._is_divided:
            # Panes just made had no width to divide.
            self._is_divided = True
            self.divide(self.form_width)

    def on_split_moved(self) -> None:
        """Keep the width of the form: another theme or zoom makes the panes anew."""
        if not self.form.isHidden() and not self.results.isHidden():
            self.form_width = round(self.split.sizes()[0] / style.look.zoom)

    def show_field(self, name: str) -> None:
        """Turn to a field and put the cursor into it."""
        self.show_form(True)
        self.form.show_field(name)

    def next_question(self) -> None:
        """Turn to the next field that matters."""
        self.show_form(True)
        self.form.next_question()

    def next_empty(self) -> None:
        """Turn to the next field without an answer."""
        self.show_form(True)
        self.form.next_empty()

    def turn(self, step: int) -> None:
        """Turn to another page of the form."""
        self.show_form(True)
        self.form.turn(step)

    def paste(self) -> None:
        """Show what the clipboard holds, beside the result."""
        self.show_form(True)
        self.form.paste()

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
        return self.window().width() < style.px(LEFT + RIGHT)

    def toggle_form(self) -> None:
        """Hide the form, or bring it back."""
        self.show_form(self.form.isHidden())

    def focus_place(self) -> str:
        """Where the focus is, in words that outlive these panes; empty if it is elsewhere."""
        now = QApplication.focusWidget()
        for name, pane in self._named():
            if now is not None and (pane is now or pane.isAncestorOf(now)):
                field: QWidget | None = now
                while name == "page" and field is not None and field is not pane:
                    if field.objectName() in all_specs():
                        return f"field/{field.objectName()}"
                    field = field.parentWidget()
                return name
        return ""

    def focus_again(self, place: str) -> None:
        """Put the focus where `focus_place` said it was, in panes made anew."""
        kind, _slash, field = place.partition("/")
        panes = dict(self._named())
        if kind == "field":
            self.show_field(field)
        elif kind in ("rail", "tabs"):
            panes[kind].setFocus()  # also while they are not on the screen yet
        elif kind in panes:
            focus_first(panes[kind])

    def _named(self) -> list[tuple[str, QWidget]]:
        """The panes in the order they are read."""
        shown = self.results.pages.currentWidget()
        assert shown is not None
        page = self.form.current_page
        strip: list[tuple[str, QWidget]] = []
        if self._strip is not None:
            strip = [("strip", self._strip)]
        return [
            ("notice", self.notice),
            *strip,
            ("rail", self.form.rail),
            ("page", page),
            ("tabs", self.results.tabs),
            ("view", shown),
        ]

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward)

    def next_pane(self, step: int = 1) -> None:
        """Notice, rail, page, tabs, results: one after the other, or back; what is hidden not."""
        panes = [one for _name, one in self._named() if one.isVisible()]
        now = QApplication.focusWidget()
        at = [n for n, one in enumerate(panes) if now and (one is now or one.isAncestorOf(now))]
        to = (at[0] + step) % len(panes) if at else 0
        focus_first(panes[to])
        self.pane_changed.emit()
