"""The right side: tabs, the outcome beside them, and the views under them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, OptionAdvice
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Tabs, label, paint_ground, rule
from nmosd_cds.gui.results.compare_view import CompareView
from nmosd_cds.gui.results.evidence_view import EvidenceView
from nmosd_cds.gui.results.kept_place import KeptPlace
from nmosd_cds.gui.results.plan_view import PlanView, planned
from nmosd_cds.gui.results.preferences_view import PreferencesView
from nmosd_cds.gui.results.report_view import ReportView
from nmosd_cds.gui.results.result_view import ResultView
from nmosd_cds.gui.results.robustness_view import RobustnessView
from nmosd_cds.gui.results.timeline_view import TimelineView
from nmosd_cds.gui.results.trials_view import TrialsView
from nmosd_cds.i18n import N_, _
from nmosd_cds.report.effects import compared
from nmosd_cds.report.summary import headline_of

RESULT, COMPARE, EVIDENCE, TRIALS, ROBUSTNESS, PREFERENCES, TIMELINE, PLAN, REPORT = range(9)
TITLES = (
    N_("Result"),
    N_("Compare"),
    N_("Evidence"),
    N_("Trials"),
    N_("Robustness"),
    N_("Preferences"),
    N_("Timeline"),
    N_("Plan"),
    N_("Report"),
)
# Tables and plots need the whole width.
_WIDE = (COMPARE, EVIDENCE, TRIALS, ROBUSTNESS, PREFERENCES, TIMELINE, PLAN)


def is_wide(tab: int) -> bool:
    """Whether a tab takes the whole width and lets the form go."""
    return tab in _WIDE


class _ResultBar(Tabs):
    """Tabs close together, and on a second line where the form leaves too little room for one.

    Qt itself would hide those that do not fit behind arrows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._room = 10_000
        self.setUsesScrollButtons(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_room(self, room: int) -> None:
        """Break lines at another width, into two at most: the pane is narrow while it is made."""
        wide = [self.tabSizeHint(index).width() for index in range(self.count())]
        self._room = max(room, sum(wide) // 2 + max(wide, default=0))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        wide = style.width_of(self.tabText(index), bold=True) + style.px(14)
        return QSize(wide, super().tabSizeHint(index).height())

    def _rects(self) -> list[QRect]:
        """Where each tab stands; lines are closer where there are two."""
        hints = [self.tabSizeHint(index) for index in range(self.count())]
        is_one = sum(hint.width() for hint in hints) <= self._room
        rects: list[QRect] = []
        x = y = 0
        for hint in hints:
            tall = hint.height() if is_one else style.px(28)
            if x and x + hint.width() > self._room:
                x, y = 0, y + tall
            rects.append(QRect(x, y, hint.width(), tall))
            x += hint.width()
        return rects

    def tabRect(self, index: int) -> QRect:
        return self._rects()[index]

    def sizeHint(self) -> QSize:
        rects = self._rects()
        return QSize(
            max((rect.right() + 1 for rect in rects), default=0),
            max((rect.bottom() + 1 for rect in rects), default=0),
        )

    def minimumSizeHint(self) -> QSize:
        widest = max((rect.width() for rect in self._rects()), default=0)
        return QSize(widest, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for index, rect in enumerate(self._rects()):
            if rect.contains(point) and event.button() == Qt.MouseButton.LeftButton:
                self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()


def _id(option: OptionAdvice) -> str:
    return option.id


class ResultTabs(QWidget):
    """One tab a view; those that need the whole width ask the form to go."""

    form_wanted = Signal(bool)
    form_toggled = Signal()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self.pages = QStackedWidget()
        kept_place = KeptPlace(consultation, self.pages)
        self.result = ResultView(consultation)
        self.compare = CompareView(consultation)
        self.evidence = EvidenceView(consultation)
        self.trials = TrialsView(consultation)
        self.robustness = RobustnessView(consultation)
        self.preferences = PreferencesView(consultation)
        self.timeline = TimelineView(consultation)
        self.plan = PlanView(consultation)
        self.report = ReportView(consultation)
        views = (self.result, self.compare, self.evidence, self.trials, self.robustness)
        for page in (*views, self.preferences, self.timeline, self.plan, self.report):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(rule())
        layout.addWidget(self.pages, 1)
        self.evidence.place_followed.connect(self.show_place)
        self.result.study_followed.connect(self.show_source)
        self.compare.study_followed.connect(self.show_source)
        self.trials.study_followed.connect(self.show_source)
        self.trials.asked_for.connect(self.result.asked_for)
        self.robustness.asked_for.connect(self.result.asked_for)
        self.timeline.study_followed.connect(self.show_source)
        self.plan.study_followed.connect(self.show_source)
        self.plan.asked_for.connect(self.result.asked_for)
        consultation.advice_changed.connect(self.on_advice_changed)
        consultation.advice_cleared.connect(self.on_advice_cleared)
        self.tabs.currentChanged.connect(self.on_tab_changed)
        kept_place.wait_at(self.tabs, self.result)
        self.on_advice_cleared()
        if consultation.advice is not None:
            self.result.show_advice(consultation.advice)
            self.compare.show_advice(consultation.advice)
            self.evidence.show_advice(consultation.advice)
            self.trials.show_advice(consultation.advice)
            self.robustness.show_advice(consultation.advice)
            self.plan.show_advice(consultation.advice)
            self.on_advice_changed(consultation.advice)

    def _bar(self) -> QWidget:
        bar = QWidget()
        paint_ground(bar, "window")
        line = QHBoxLayout(bar)
        line.setContentsMargins(style.px(4), 0, style.px(16), 0)
        self.form_button = Button("", shape="left", flat=True)
        self.form_button.clicked.connect(self.form_toggled)
        line.addWidget(self.form_button)
        self.tabs = _ResultBar()
        self.tabs.setAccessibleName(_("Results"))
        for title in TITLES:
            self.tabs.addTab(_(title))
        line.addWidget(self.tabs)
        line.addStretch(1)
        self.outcome_shape = shapes.Shape("stale", 14)
        self.outcome = label("", bold=True, token="text2")
        line.addWidget(self.outcome_shape)
        line.addWidget(self.outcome)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_tabs()
        self._show_outcome()

    def say_form(self, is_shown: bool) -> None:
        """The button that hides the form or brings it back says which."""
        words = _("Hide form") if is_shown else _("Show form")
        self.form_button.shape = "left" if is_shown else "right"
        self.form_button.setText("" if is_shown else words)
        self.form_button.setAccessibleName(words)
        self.form_button.updateGeometry()
        self.form_button.update()
        self._break_tabs()

    def _break_tabs(self) -> None:
        taken = self.form_button.sizeHint().width() + style.px(40)
        self.tabs.set_room(self.width() - taken)

    def show_source(self, target: str) -> None:
        """Open the sheet of a source."""
        if self.evidence.show_source(target):
            self.tabs.setCurrentIndex(EVIDENCE)
            self.evidence.sheet.setFocus()

    def show_place(self, target: str) -> None:
        """Lead from a source back to where it is used: `place/owner/part`."""
        place, _slash, rest = target.partition("/")
        owner, _slash, part = rest.partition("/")
        advice = self._consultation.advice
        is_planned = advice is not None and owner in [one.id for one in planned(advice)]
        if place == "plan" and is_planned:
            self.tabs.setCurrentIndex(PLAN)
            self.plan.choose(owner)
            self.plan.jump(part)
        elif place == "effect" and advice is not None and owner in map(_id, compared(advice)):
            self.tabs.setCurrentIndex(COMPARE)
        else:
            self.tabs.setCurrentIndex(RESULT)
            self.result.open_place(place, owner, part)

    def next_tab(self, step: int = 1) -> None:
        """The tab to the right or to the left, and round again."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def show_tab(self, at: int) -> None:
        """The tab at a place from 0 on; what is no tab does nothing."""
        if at < self.tabs.count():
            self.tabs.setCurrentIndex(at)

    def to_card(self, step: int) -> None:
        """Put the cursor on the next card of the result, or on the one before."""
        self.tabs.setCurrentIndex(RESULT)
        self.result.to_card(step)

    def on_tab_changed(self, index: int) -> None:
        # The form comes or goes first, while no page is seen, so that each is laid out once.
        self.pages.hide()
        self.form_wanted.emit(index not in _WIDE)
        self.pages.setCurrentIndex(index)
        self._show_outcome()
        self.pages.show()

    def on_advice_changed(self, advice: Advice) -> None:
        self.outcome.setText(headline_of(advice))
        self.outcome_shape.show_shape(shapes.OUTCOME_SHAPES[advice.outcome])
        self._show_outcome()

    def on_advice_cleared(self) -> None:
        self.outcome.setText("")
        self._show_outcome()

    def _show_outcome(self) -> None:
        taken = self.form_button.sizeHint().width() + self.tabs.sizeHint().width() + style.px(60)
        has_room = taken + self.outcome.sizeHint().width() <= self.width()
        is_shown = self.tabs.currentIndex() in _WIDE and bool(self.outcome.text()) and has_room
        self.outcome.setVisible(is_shown)
        self.outcome_shape.setVisible(is_shown)
        # At once, for the tabs would stay squeezed until the next turn of the loop.
        bar = self.outcome.parentWidget()
        layout = bar.layout() if bar is not None else None
        if layout is not None:
            layout.activate()
