"""The head of a page: its title, what still decides on it, and what its new results share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Button, Field, Flow, label, rule, tip
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.form.day_field import DayField
from nmosd_cds.gui.form.deciding import Asked
from nmosd_cds.i18n import _, ngettext

DATE_WIDE = 92
_MOST_CHIPS = 3


class PageHead(QWidget):
    """Title with count, questions of the page as links, and date and source of its new results."""

    field_wanted = Signal(str)
    entered = Signal()

    def __init__(self, section: str, title: str, consultation: Consultation, *, dated: bool):
        super().__init__()
        self._section, self._consultation = section, consultation
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(4))
        top = QHBoxLayout()
        top.addWidget(label(title, size=style.TITLE, bold=True))
        top.addStretch(1)
        self.count = label("", token="text2")
        top.addWidget(self.count)
        layout.addLayout(top)
        layout.addWidget(rule())
        layout.addWidget(self._questions_line())
        self.usual = QWidget()
        if dated:
            layout.addWidget(self._usual_line())
        self.message = Message()
        self.message.taken.connect(self.take)
        layout.addWidget(self.message)

    def _questions_line(self) -> QWidget:
        self.questions = Flow(gap=6)
        self.questions.hide()
        return self.questions

    def _usual_line(self) -> QWidget:
        line = QHBoxLayout(self.usual)
        line.setContentsMargins(0, style.px(2), 0, 0)
        line.setSpacing(style.px(4))
        words = label(_("New results on this page"), size=style.SMALL, token="text2", wraps=True)
        line.addWidget(words, 1)
        self.source = Field()
        self.source.goes_on = True
        self.source.setPlaceholderText(_("source"))
        self.source.setAccessibleName(_("Source of the new results on this page"))
        self.source.setFixedWidth(style.px(116))
        self.source.textEdited.connect(self._keep)
        self.source.returnPressed.connect(self.entered)
        self.day = DayField(lambda: self._consultation.on)
        self.day.setPlaceholderText(_("date"))
        self.day.setAccessibleName(_("Date of the new results on this page"))
        self.day.setFixedWidth(style.px(DATE_WIDE))
        self.day.edited.connect(self.on_day_edited)
        self.day.returnPressed.connect(self.on_day_entered)
        line.addWidget(self.day)
        # The date stands first for the keys: it is what every page needs.
        line.insertWidget(1, self.source)
        date, source = self._consultation.usual.get(self._section, ("", ""))
        self.day.put(date, "")
        self.source.setText(source)
        return self.usual

    @property
    def has_usual(self) -> bool:
        """Whether the results of this page share a date."""
        return hasattr(self, "day")

    def forget_usual(self) -> None:
        """Another case: nothing is shared any more."""
        if self.has_usual:
            self.day.put("", "")
            self.source.clear()
            self._speak()

    def usual_now(self) -> tuple[str, str]:
        """Date and source that a new result takes, as text."""
        return self._consultation.usual.get(self._section, ("", ""))

    def on_day_edited(self, text: str, reads_as: str) -> None:
        self._keep()
        self._speak()

    def on_day_entered(self) -> None:
        self.day.accept()
        if not self.day.is_open_question:
            self.entered.emit()

    def take(self, at: int) -> None:
        """Take one of the readings of the date, or the date of another page."""
        offers = self.day.typed.offers
        self.day.take(offers[at].text if offers else self._elsewhere())
        self.day.setFocus()

    @property
    def offers(self) -> int:
        """How many readings can be taken; where nothing stands, the date of another page is one."""
        if not self.has_usual:
            return 0
        return len(self.day.typed.offers) or int(not self.day.text() and bool(self._elsewhere()))

    def _elsewhere(self) -> str:
        """The date last given to another page."""
        dates = [date for date, _source in self._consultation.usual.values() if date]
        return dates[-1] if dates else ""

    def show_elsewhere(self) -> None:
        """Name the date of another page in the empty field, to be taken with one key."""
        if self.has_usual:
            date = self._elsewhere()
            said = _("{date}?").format(date=date) if date else _("date")
            self.day.setPlaceholderText(said)
            words = _("Alt+Enter takes {date}, the date of another page.").format(date=date)
            tip(self.day, words if date else "")
            self.day.setAccessibleDescription(words if date else "")

    def _keep(self) -> None:
        typed = self.day.typed
        text = (typed.accepted or typed.text).strip() if typed.is_read else ""
        self._consultation.usual.pop(self._section, None)  # the last one given stands last
        self._consultation.usual[self._section] = (text, self.source.text())

    def _speak(self) -> None:
        typed = self.day.typed
        words = typed.said
        if not words and self.day.is_open_question:
            words = _("This is no date. Write, for example, Mar 2024 or 1 Mar 2024.")
        self.day.mark_wrong(self.day.is_open_question)
        self.message.ask(words, [offer.shown for offer in typed.offers])
        said = _("Read as {reading}.").format(reading=typed.shown) if typed.shown else ""
        self.message.note("read", said)

    def show_count(self, words: str) -> None:
        """Say how much of the page is known."""
        self.count.setText(words)

    def show_questions(self, questions: Mapping[str, Asked], *, is_waiting: bool) -> None:
        """Show which fields of the page still decide, each with what it settles.

        Args:
            questions: By field name, the one that settles most first.
            is_waiting: Whether the answer is being worked out; the line keeps its place.
        """
        tall = self.questions.height() if self.questions.isVisible() else 0
        self.questions.clear()
        self.questions.setMinimumHeight(tall if is_waiting else 0)
        if is_waiting:
            self.questions.setVisible(bool(tall))
            self.questions.add(_heading(_("Working out what still decides here")))
            return
        self.questions.setVisible(bool(questions))
        if questions:
            self.questions.add(_heading(_("Still decides here:")))
        for name, asked in list(questions.items())[:_MOST_CHIPS]:
            chip = Button(asked.settles, shape="arrow", round_=True, size=style.SMALL)
            chip.bold_part = asked.field
            said = _("Still decides here: {field}, {why}")
            chip.setAccessibleName(said.format(field=asked.field, why=asked.settles))
            chip.clicked.connect(partial(self.field_wanted.emit, name))
            self.questions.add(chip)
        more = len(questions) - _MOST_CHIPS
        if more > 0:
            words = ngettext("and {n} more with F7", "and {n} more with F7", more)
            self.questions.add(_heading(words.format(n=more)))


def _heading(words: str) -> QLabel:
    made = label(words, size=style.SMALL, token="text2")
    made.setFixedHeight(style.px(26))
    return made
