"""The Result tab: the answer, what to ask next, every option with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice, Question
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.announcing import announce
from nmosd_cds.gui.background import soon
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Flow, label, tip
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.results.citation import with_keys
from nmosd_cds.gui.results.looked_at import LookedAt
from nmosd_cds.gui.results.option_text import foldable
from nmosd_cds.gui.results.parted_page import GUTTER, PartedPage
from nmosd_cds.gui.results.result_text import page_parts, place_key
from nmosd_cds.gui.results.since_text import since_plain
from nmosd_cds.gui.roles import give_role
from nmosd_cds.i18n import _, ngettext
from nmosd_cds.i18n.joining import led, run_of, sentences
from nmosd_cds.report.firmness import firm_lines
from nmosd_cds.report.summary import headline_of

# The questions that settle most; the others are one click away.
_CHIPS, _LINES = 3, 2
_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LETTERS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


def _more_words(n: int) -> str:
    return ngettext("and {n} more", "and {n} more", n).format(n=n)


class ResultView(LookedAt):
    """The advice, or that there is none at the moment."""

    asked_for = Signal(str)
    study_followed = Signal(str)

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self._opened: set[str] = set()
        self._announced = ""
        self._advice: Advice | None = None
        self._scroll_to = 0
        self._content = content = QWidget()
        layout = QVBoxLayout(content)
        # The parts have room for a bar at their left; what stands above begins where they do.
        left = style.px(16 - GUTTER)
        layout.setContentsMargins(left, style.px(10), style.px(16), style.px(16))
        layout.setSpacing(style.px(6))
        above = QVBoxLayout()
        above.setContentsMargins(style.px(GUTTER), 0, 0, 0)
        above.setSpacing(style.px(6))
        layout.addLayout(above)
        above.addLayout(self._top())
        self.unread = label("", token="attention", wraps=True)
        above.addWidget(self.unread)
        self.chips = Flow(gap=6)
        self._ask = QWidget()
        ask = QHBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(style.px(12))
        ask_label = label(_("Ask next"), bold=True)
        ask_label.setFixedHeight(style.px(26))
        ask.addWidget(ask_label, 0, Qt.AlignmentFlag.AlignTop)
        ask.addWidget(self.chips, 1)
        above.addWidget(self._ask)
        self.words = PartedPage(_("Result in detail"))
        give_role(self.words, QAccessible.Role.List)
        self.words.followed.connect(self.on_words_followed)
        self.words.link_chosen.connect(self.on_link_chosen)
        self.words.filled.connect(self.on_filled)
        layout.addWidget(self.words)
        layout.addStretch(1)
        self.page = Page(content, _("Result"))
        self.page.installEventFilter(self)
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
        give_role(self.headline, QAccessible.Role.Heading)
        self.sentence = label("", wraps=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.firm = label("", size=style.SMALL, bold=True, wraps=True)
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
        self.call_off()
        self.shape.show_shape("stale")
        self.headline.setText(_("Working out the answer"))
        self.sentence.setText(_("Nothing is shown until it belongs to what stands in the form."))
        self._say_firm("")
        self._ask.hide()
        self.words.clear()

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
        """Show the advice once somebody looks, and say at once what it comes to."""
        self._advice = advice
        self._announce(advice)
        self.put_off()

    def fill(self) -> None:
        """Put the advice on the page."""
        advice = self._advice
        assert advice is not None
        self.shape.show_shape(shapes.OUTCOME_SHAPES[advice.outcome])
        self.headline.setText(headline_of(advice))
        self.sentence.setText(advice.sentence)
        self._say_firm("\n".join(firm_lines(advice)))
        self._show_questions(advice)
        self._show_words()

    def _announce(self, advice: Advice) -> None:
        """Say the outcome, and what turned, to a screen reader; nothing where both are the same."""
        turned = since_plain(self._consultation.before.advice, advice)
        words = sentences((headline_of(advice), advice.sentence, turned))
        self.headline.setAccessibleName(words)
        if words != self._announced:
            self._announced = words
            announce(self.headline, words)

    def on_filled(self) -> None:
        soon(self, self.on_laid_out)

    def on_laid_out(self) -> None:
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
        """As many chips as fit into two lines; the others on demand, here."""
        shorts = tuple(one.short for one in advice.options)
        said = (advice.questions, shorts, "questions" in self._opened, self.chips.width())
        self._ask.setVisible(bool(advice.questions))
        self.chips.refill(said, lambda: self._chips(advice))

    def _chips(self, advice: Advice) -> Iterator[Button]:
        n, is_open = len(advice.questions), "questions" in self._opened
        made = advice.questions if is_open else advice.questions[: _CHIPS + 1]
        chips = [self._chip(advice, one, is_main=at == 0) for at, one in enumerate(made)]
        fit = self._chips_that_fit(chips, n)
        shown = n if is_open else fit
        yield from chips[:shown]
        for chip in chips[shown:]:
            chip.deleteLater()
        if 1 < n and fit < n:
            yield self._more_button(n - shown)

    def _chips_that_fit(self, chips: Sequence[Button], n: int) -> int:
        """How many of `n` questions stand open, by the chips of the first ones."""
        more = style.width_of(_more_words(n), style.SMALL) + style.px(40)
        lines, x = 1, 0
        for at, chip in enumerate(chips):
            wide = min(chip.sizeHint().width(), self.chips.width())
            if x and x + wide > self.chips.width():
                lines, x = lines + 1, 0
            x += wide + style.px(6)
            is_last = at == n - 1
            full = lines == _LINES and not is_last and x + more > self.chips.width()
            if lines > _LINES or full or at >= _CHIPS:
                return max(at, 1)
        return len(chips)

    def _more_button(self, left: int) -> Button:
        words = _more_words(left) if left else _("Fewer")
        button = Button(words, shape="down" if left else "", flat=True, size=style.SMALL)
        button.setAccessibleName(_("All questions") if left else _("Fewer questions"))
        button.clicked.connect(self.on_more_clicked)
        return button

    def on_more_clicked(self) -> None:
        self._opened = self._opened ^ {"questions"}
        if self._advice is not None:
            self._show_questions(self._advice)
            self.chips.parts[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._advice is not None and event.size().width() != event.oldSize().width():
            soon(self, self.on_widened)

    def on_widened(self) -> None:
        if self._advice is not None:
            self._show_questions(self._advice)

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
        tip(chip, run_of(led(one.answer, one.then) for one in question.answers))
        chip.clicked.connect(partial(self.asked_for.emit, question.field))
        return chip

    def _show_words(self) -> None:
        assert self._advice is not None
        sources = self._consultation.engine.sources
        opened = frozenset(self._opened)
        parts = page_parts(self._advice, self._consultation.before.advice, opened)
        self.words.show_parts(parts, partial(with_keys, sources=sources))

    def on_words_followed(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "study":
            self.study_followed.emit(rest)
        elif kind == "toggle" and self._advice is not None:
            self._turn(self._advice, rest)
            has_focus = self.words.focused() is not None
            self._show_words()
            self.words.finish()
            if has_focus:
                self.words.focus_link(target)

    def _turn(self, advice: Advice, key: str) -> None:
        """Open what is folded and the other way round; remembered while the case is open."""
        if key != "fold-all":
            self._opened ^= {key}
            return
        cards = {f"folded:{one.id}" for one in foldable(advice)}
        self._opened = self._opened - cards if cards <= self._opened else self._opened | cards

    def on_link_chosen(self) -> None:
        place = self.words.link_place()
        at = self.words.mapTo(self._content, place.center())
        self.page.ensureVisible(at.x(), at.y(), 0, style.px(40))

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
        _kind, _colon, option = key.partition(":")
        wanted = {key, f"why:{option}"} if option else {key}
        self._opened = (self._opened | wanted) - {f"folded:{option}"}
        self._show_words()
        if key:
            self.words.focus_link(f"toggle:{key}")
        elif self.words.blocks:
            self.words.blocks[0].setFocus(Qt.FocusReason.OtherFocusReason)
        at = self.words.mapTo(self._content, self.words.link_place().center())
        self.page.ensureVisible(at.x(), at.y(), 0, style.px(160))

    def to_card(self, step: int) -> None:
        """Put the cursor on the next card, or on the one before."""
        top = self.page.verticalScrollBar().value() - self.words.y()
        card = self.words.card(step, top)
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
            at = card.mapTo(self._content, QPoint(0, 0)).y()
            self.page.verticalScrollBar().setValue(at - style.px(8))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Before the page scrolls by the same keys.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            step = (_ARROWS if has_alt else _LETTERS).get(Qt.Key(event.key()), 0)
            if step:
                self.to_card(step)
                return True
        return super().eventFilter(watched, event)

    def plain_text(self) -> str:
        """The whole answer, as text for the clipboard."""
        self.catch_up()
        labels = (self.headline, self.sentence, self.firm, self.unread)
        above = (one.text() for one in labels)
        parts = (*above, self.words.toPlainText())
        return "\n".join(part.strip() for part in parts if part.strip())
