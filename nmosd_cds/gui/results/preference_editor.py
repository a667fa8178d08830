"""One set of preferences being asked: what is at stake first, then the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.advice.model import Advice
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, Drop, Field, Flow, label, rule
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.preference_draft import ANSWER, DAY, OWNER, SetDraft, SetReading
from nmosd_cds.gui.results.preference_order import OrderEditor
from nmosd_cds.gui.results.preference_points import PointsEditor
from nmosd_cds.gui.results.preference_shares import LiveShares
from nmosd_cds.gui.results.stakes import criteria_of, range_words, stakes_table
from nmosd_cds.gui.results.word_table import WordTable
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, run_of
from nmosd_cds.report.preferences import OWNERS, owner_word
from nmosd_cds.report.wording import capital

if TYPE_CHECKING:
    from nmosd_cds.knowledge.knowledge import Knowledge

_LIVE, _STACKED = 380, 860


class _Choice(Flow):
    """Buttons of which one is pressed; Tab reaches each, as a group of Qt would not let it."""

    chosen = Signal(str)

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        for key, said in words.items():
            button = Button(said)
            button.setCheckable(True)
            button.setAccessibleName(led(name, said))
            button.clicked.connect(partial(self._choose, key))
            self.buttons[key] = button
            self.add(button)

    def put(self, key: str) -> None:
        """Press one without saying so."""
        for each, button in self.buttons.items():
            button.setChecked(each == key)

    def _choose(self, key: str, _on: bool = False) -> None:
        self.put(key)
        self.chosen.emit(key)


class PreferenceEditor(QWidget):
    """Whose, when and whether the stakes were shown; then the stakes, then the questions."""

    edited = Signal(object, str, str)
    held = Signal()
    rested = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._one = SetDraft("", "")
        self.step = "stakes"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(16), style.px(8), style.px(16), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addWidget(self._head())
        self.head_message = Message()
        layout.addWidget(self.head_message)
        layout.addWidget(rule())
        layout.addWidget(self._stakes())
        layout.addWidget(self._questions())
        layout.addStretch(1)
        self.page = Page(content, _("Preferences being asked"))
        outer.addWidget(self.page)

    def _head(self) -> QWidget:
        head = Flow(gap=14)
        self.back = Button(_("Back to the sets"), shape="left")
        self.back.clicked.connect(self.done)
        self.owner = Drop(editable=True)
        self.owner.setAccessibleName(_("Whose preferences"))
        self.owner.setFixedWidth(style.px(150))
        for name in OWNERS:
            self.owner.addItem(owner_word(name), name)
        field = self.owner.lineEdit()
        assert field is not None
        field.setAccessibleName(_("Whose preferences"))
        field.textEdited.connect(self.on_owner_edited)
        field.editingFinished.connect(self.rested)
        self.owner.activated.connect(lambda _at: self.on_owner_edited(self.owner.currentText()))
        self.day = Field()
        self.day.setAccessibleName(_("Stated on"))
        self.day.setFixedWidth(style.px(110))
        self.day.textEdited.connect(self.on_day_edited)
        self.day.editingFinished.connect(self.rested)
        steps = {"stakes": _("1  What is at stake"), "ask": _("2  What matters most")}
        self.steps = _Choice(_("Step"), steps)
        self.steps.chosen.connect(self.show_step)
        head.add(self.back)
        head.add(_beside(label(_("Whose")), self.owner))
        head.add(_beside(label(_("Stated on")), self.day))
        head.add(_held_together(self.steps))
        return head

    def _stakes(self) -> QWidget:
        self.stakes = QWidget()
        layout = QVBoxLayout(self.stakes)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(8))
        said = _(
            "Show this before asking: for every item its worst and its best, benefits and harms "
            "alike, and what is known of each option. The range of an item is the same for every "
            "person; nobody is expected to reach both ends."
        )
        layout.addWidget(label(said, wraps=True))
        self.stakes_table = WordTable(_("What is at stake"))
        layout.addWidget(self.stakes_table)
        line = Flow(gap=10)
        asked = _("Were benefits and harms shown to the person before asking?")
        line.add(_tall_label(asked))
        self.seen = _Choice(asked, {"yes": _("Yes"), "no": _("No")})
        self.seen.chosen.connect(self.on_seen_chosen)
        line.add(_held_together(self.seen))
        self.on_to_questions = Button(_("On to the questions"), shape="arrow")
        self.on_to_questions.is_main = True
        self.on_to_questions.clicked.connect(self.on_questions_wanted)
        line.add(self.on_to_questions)
        layout.addWidget(line)
        return self.stakes

    def _questions(self) -> QWidget:
        self.questions = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.questions)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(style.px(20))
        asked = QWidget()
        left = QVBoxLayout(asked)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(style.px(8))
        ways = {
            "ordinal": _("Put in order"),
            "swing": _("Weigh by points"),
            "exact": _("Exact parts"),
        }
        self.kind = _Choice(_("How to ask"), ways)
        self.kind.chosen.connect(self.on_kind_chosen)
        left.addWidget(self.kind)
        self.unseen = label(
            _("Benefits and harms were not marked as shown before asking; the report says so."),
            size=style.SMALL,
            token="attention",
            wraps=True,
        )
        left.addWidget(self.unseen)
        self.message = Message()
        left.addWidget(self.message)
        self.order = OrderEditor()
        self.points = PointsEditor()
        for part in (self.order, self.points):
            part.edited.connect(self.edited)
            part.rested.connect(self.rested)
            left.addWidget(part)
        self.points.held.connect(self.held)
        left.addStretch(1)
        self.live = LiveShares()
        self._columns.addWidget(asked, 1)
        self._columns.addWidget(self.live)
        return self.questions

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < style.px(_STACKED)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        # QWIDGETSIZE_MAX: as wide as there is room for.
        self.live.setMinimumWidth(0 if is_narrow else style.px(_LIVE))
        self.live.setMaximumWidth(16_777_215 if is_narrow else style.px(_LIVE))

    @property
    def answers(self) -> QWidget:
        """Where the answer to the questions is given."""
        return self.order.list if self._one.kind == "ordinal" else self.points.first

    def show_step(self, step: str) -> None:
        """Turn to the stakes or to the questions."""
        self.step = step
        self.steps.put(step)
        self.stakes.setVisible(step == "stakes")
        self.questions.setVisible(step == "ask")
        self.page.verticalScrollBar().setValue(0)

    def show_knowledge(self, knowledge: Knowledge, advice: Advice | None) -> None:
        """Show what is at stake."""
        self.stakes_table.fill(*stakes_table(knowledge, advice))

    def show_set(self, one: SetDraft, reading: SetReading, knowledge: Knowledge) -> None:
        """Show a set, and what of it cannot be read."""
        self._one = one
        if _owner_of(self.owner.currentText()) != one.owner:
            self.owner.setEditText(owner_word(one.owner))
        if self.day.text() != one.on:
            self.day.setText(one.on)
        self.owner.mark_wrong(OWNER in reading.problems)
        self.day.mark_wrong(DAY in reading.problems)
        wrong = [*reading.problems.get(OWNER, ()), *reading.problems.get(DAY, ())]
        self.head_message.say(wrong)
        self.seen.put("yes" if one.harms_seen else "no")
        self.unseen.setVisible(not one.harms_seen)
        self.kind.put(one.kind)
        # Exact parts come from a file; they are kept, not offered.
        self.kind.buttons["exact"].setVisible(one.kind == "exact")
        self.kind.arrange()
        labels = {
            each.id: (each.label, capital(range_words(each))) for each in criteria_of(knowledge)
        }
        self.order.setVisible(one.kind == "ordinal")
        self.points.setVisible(one.kind != "ordinal")
        if one.kind == "ordinal":
            self.order.show_set(one, labels)
        else:
            self.points.show_set(one, labels, reading.problems)
        self.message.say(reading.problems.get(ANSWER, ()))
        if not reading.problems.get(ANSWER):
            self.message.words.setText(run_of(reading.notices))
            self.message.setVisible(bool(reading.notices))

    def on_questions_wanted(self) -> None:
        self.show_step("ask")
        self.answers.setFocus()

    def on_owner_edited(self, text: str) -> None:
        says = _("owner of preferences")
        self.edited.emit(replace(self._one, owner=_owner_of(text)), says, OWNER)

    def on_day_edited(self, text: str) -> None:
        self.edited.emit(replace(self._one, on=text), _("date of preferences"), DAY)

    def on_seen_chosen(self, which: str) -> None:
        says = _("whether harms were shown")
        self.edited.emit(replace(self._one, harms_seen=which == "yes"), says, "")

    def on_kind_chosen(self, kind: str) -> None:
        says = _("how preferences are asked")
        self.edited.emit(replace(self._one, kind=kind), says, "")  # type: ignore[arg-type]  # the keys are the kinds


def _owner_of(text: str) -> str:
    """The owner that a text names; its own words where it is none of those offered."""
    return next((name for name in OWNERS if owner_word(name) == text), text)


def _beside(words: QWidget, part: QWidget) -> QWidget:
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(style.px(6))
    line.addWidget(words)
    line.addWidget(part)
    return both


def _tall_label(text: str) -> QWidget:
    made = label(text, bold=True)
    made.setFixedHeight(style.px(26))
    return made


def _held_together(choice: _Choice) -> QWidget:
    """Buttons that stay on one line inside a flow."""
    gap = style.px(6)
    wide = sum(one.sizeHint().width() + gap for one in choice.buttons.values())
    choice.setFixedSize(wide, style.px(26))
    return choice
