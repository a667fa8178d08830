"""The Result tab: the answer, what to ask next, every option with its reasons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, Question
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label, tip
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.markup import Markup
from nmosd_cds.gui.results.result_text import (
    facts_html,
    lanes_html,
    place_key,
    robustness_html,
)
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.report.firmness import firm_lines
from nmosd_cds.report.summary import headline_of

# The questions that settle most; the report lists them all.
_CHIPS = 3


class ResultView(QWidget):
    """The advice, or that there is none at the moment."""

    asked_for = Signal(str)
    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._opened: set[str] = set()
        self._advice: Advice | None = None
        self._scroll_to = 0
        self._content = content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addLayout(self._top())
        self.unread = label("", token="attention", wraps=True)
        layout.addWidget(self.unread)
        self.chips = Flow(gap=6)
        self._ask = QWidget()
        ask = QHBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(style.px(12))
        ask_label = label(_("Ask next"), bold=True)
        ask_label.setFixedHeight(style.px(26))
        ask.addWidget(ask_label, 0, Qt.AlignmentFlag.AlignTop)
        ask.addWidget(self.chips, 1)
        layout.addWidget(self._ask)
        self.words = Markup(_("Result in detail"))
        self.words.followed.connect(self.on_words_followed)
        layout.addWidget(self.words)
        layout.addStretch(1)
        self.page = Page(content, _("Result"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        consultation.advice_cleared.connect(self.clear)
        consultation.advice_changed.connect(self.show_advice)
        consultation.problems_changed.connect(self.show_unread)
        consultation.case_opened.connect(self.on_case_opened)
        self.clear()
        self.show_unread()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(style.px(10))
        self.shape = shapes.Shape("stale", 24)
        top.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(style.px(2))
        self.headline = label("", size=style.HEADLINE, bold=True, wraps=True)
        self.sentence = label("", wraps=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.firm = label("", bold=True, wraps=True)
        self.firm.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (self.headline, self.sentence, self.firm):
            words.addWidget(part)
        top.addLayout(words, 1)
        return top

    def clear(self) -> None:
        """Take everything that was advised off the screen."""
        if self._advice is not None:
            self._scroll_to = self.page.verticalScrollBar().value()
        self._advice = None
        self.shape.show_shape("stale")
        self.headline.setText(_("Working out the answer"))
        self.sentence.setText(_("Nothing is shown until it belongs to what stands in the form."))
        self._say_firm("")
        self.chips.clear()
        self._ask.hide()
        # Not hidden: it keeps its width, so that the next answer is laid out once.
        self.words.show_html("")

    def _say_firm(self, words: str) -> None:
        """Too close to call, and what changes who leads, beside the outcome."""
        self.firm.setText(words)
        self.firm.setVisible(bool(words))

    def show_failure(self) -> None:
        """Say that there is no answer."""
        self.headline.setText(_("No advice"))
        self.sentence.setText(_("It could not be worked out; the panel above says why."))

    def on_case_opened(self) -> None:
        self._opened = set()
        self._scroll_to = 0

    def show_advice(self, advice: Advice) -> None:
        """Show the advice."""
        self._advice = advice
        self.shape.show_shape(shapes.OUTCOME_SHAPES[advice.outcome])
        self.headline.setText(headline_of(advice))
        self.sentence.setText(advice.sentence)
        self._say_firm("\n".join(firm_lines(advice)))
        self._show_questions(advice)
        self._show_words()
        QTimer.singleShot(0, self.on_shown)
        event = QAccessibleEvent(self.headline, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)

    def on_shown(self) -> None:
        if self._scroll_to:
            self.page.verticalScrollBar().setValue(self._scroll_to)
            self._scroll_to = 0

    def show_unread(self) -> None:
        """Say how many answers are left out because they cannot be read."""
        n = len(self._consultation.problems)
        said = ngettext(
            "{n} answer cannot be read or contradicts another; it counts as not known here.",
            "{n} answers cannot be read or contradict others; they count as not known here.",
            n,
        )
        self.unread.setText(said.format(n=n) if n else "")
        self.unread.setVisible(bool(n))

    def _show_questions(self, advice: Advice) -> None:
        self.chips.clear()
        for at, question in enumerate(advice.questions[:_CHIPS]):
            self.chips.add(self._chip(advice, question, is_main=at == 0))
        more = len(advice.questions) - _CHIPS
        if more > 0:
            words = ngettext("and {n} more in the report", "and {n} more in the report", more)
            self.chips.add(label(words.format(n=more)))
        self._ask.setVisible(bool(advice.questions))

    def _chip(self, advice: Advice, question: Question, *, is_main: bool) -> Button:
        names = [advice.option(name).short for name in question.settles]
        words = _("settles {option}").format(option=names[0]) if len(names) == 1 else ""
        if len(names) > 1:
            words = _("settles {n} options").format(n=len(names))
        chip = Button(words, shape="arrow", round_=True, size=style.SMALL)
        chip.bold_part = question.label
        chip.is_main = is_main
        chip.setAccessibleName(
            _("Ask next: {field}, {why}").format(field=question.label, why=words)
        )
        tip(chip, " ".join(f"{one.answer}: {one.then}" for one in question.answers))
        chip.clicked.connect(partial(self.asked_for.emit, question.field))
        return chip

    def _show_words(self) -> None:
        assert self._advice is not None
        parts = (
            facts_html(self._advice, self._opened),
            lanes_html(self._advice, self._opened),
            robustness_html(self._advice),
        )
        self.words.show_html(with_keys("".join(parts), self._consultation.engine.sources))

    def on_words_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.study_followed.emit(rest)
        elif kind == "toggle" and self._advice is not None:
            self._opened ^= {rest}
            self._show_words()

    def open_place(self, place: str, owner: str, part: str) -> None:
        """Open the part of the page that an evidence sheet leads to, and put the cursor there.

        Args:
            place: Kind of place, as a mention of a source names it.
            owner: Option id, or the id of a definition.
            part: Rule id where the place is a rule.
        """
        if self._advice is None:
            return
        key = place_key(self._advice, place, owner, part)
        if key not in self._opened:
            self._opened.add(key)
            self._show_words()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        if key:
            self.words.focus_link(f"toggle:{key}")
        at = self.words.mapTo(self._content, self.words.link_place().center())
        self.page.ensureVisible(at.x(), at.y(), 0, style.px(160))

    def plain_text(self) -> str:
        """Everything shown, as text for the clipboard."""
        labels = (self.headline, self.sentence, self.firm, self.unread)
        above = (one.text() for one in labels)
        parts = (*above, self.words.toPlainText())
        return "\n".join(part.strip() for part in parts if part.strip())
