"""One field on the form: label, value, state, day of the result, and what is wrong beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QSizePolicy, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import ENTER, Button, Drop, Field, label, tip
from nmosd_cds.gui.draft import KNOWN, NOT_KNOWN, STATES, Entry, state_of, with_text
from nmosd_cds.gui.form.beside import Message, sentence_of
from nmosd_cds.gui.form.context import Context
from nmosd_cds.gui.form.day_field import DayField
from nmosd_cds.gui.form.values import value_editor
from nmosd_cds.gui.reading_order import Ordered, laid_out
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led, run_of
from nmosd_cds.patient.codec import from_text
from nmosd_cds.patient.field import FieldSpec
from nmosd_cds.patient.typed import Beside, Offer, Typed, beside_number, typed_of
from nmosd_cds.patient.wording import shown

LABEL, VALUE, STATE, DATE, GAP = 94, 139, 116, 92, 4
_WIDE_KINDS = ("serology", "several")
# Their answer is a date, or belongs to the person rather than to a day.
_UNDATED_KINDS = ("date", "text")
_SOURCE = "source"


class StateDrop(Drop):
    """Known, not known, not done, unavailable: shape and word."""

    chosen = Signal(str)
    source_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(_("State of {field}").format(field=name))
        for state, words in STATES.items():
            self.addItem(shapes.icon(state, 13), _(words), state)
        self.insertSeparator(self.count())
        self.addItem(shapes.icon("right", 13), _("Source..."), _SOURCE)
        self._state = KNOWN
        tip(self, _("Also by keys: Ctrl+3 not done, Ctrl+4 unavailable, Ctrl+5 not known"))
        self.activated.connect(self.on_activated)

    def put(self, state: str) -> None:
        """Show a state."""
        self._state = state
        self.setCurrentIndex(list(STATES).index(state))

    def on_activated(self, index: int) -> None:
        if self.itemData(index) == _SOURCE:
            self.put(self._state)
            self.source_wanted.emit()
        else:
            self.chosen.emit(self.itemData(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The arrows stay among the states; the source is for whoever opens the list.
        last = self.currentIndex() >= len(STATES) - 1
        if event.key() == Qt.Key.Key_Down and last and not event.modifiers():
            return
        super().keyPressEvent(event)


class StateButton(Button):
    """The same as a shape alone, with the words in its menu; for narrow rows."""

    chosen = Signal(str)
    source_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("", shape=NOT_KNOWN, flat=True)
        self.name = name
        self.setFixedSize(style.px(24), style.px(26))
        self.clicked.connect(self.on_clicked)

    def put(self, state: str) -> None:
        """Show a state."""
        self.shape = state
        words = led(_("State of {field}").format(field=self.name), _(STATES[state]))
        self.setAccessibleName(words)
        tip(self, _(STATES[state]))
        self.update()

    def on_clicked(self) -> None:
        menu = QMenu(self)
        for state, words in STATES.items():
            action = QAction(shapes.icon(state, 13), _(words), menu)
            action.triggered.connect(lambda _on=False, state=state: self.chosen.emit(state))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(_("Source...")).triggered.connect(
            lambda _on=False: self.source_wanted.emit()
        )
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Editor(Ordered):
    """Joins value, state and day into one entry; the layout is its subclasses'."""

    changed = Signal(object)
    left = Signal()
    entered = Signal()

    def __init__(
        self, spec: FieldSpec, name: str, context: Context | None = None, *, small: bool = False
    ) -> None:
        super().__init__()
        self.spec = spec
        self.context = context or Context()
        self.entry = Entry()
        self.value = value_editor(spec, name)
        self.value.go_on_with_enter()
        self.value.typed.connect(self.on_value_typed)
        self.value.left.connect(self.on_left)
        self.value.entered.connect(self.on_entered)
        self.state: StateDrop | StateButton = StateButton(name) if small else StateDrop(name)
        self.state.chosen.connect(self.on_state_chosen)
        self.state.source_wanted.connect(self.ask_source)
        self.date = DayField(self.context.on)
        self.date.setAccessibleName(_("Day of the result of {field}").format(field=name))
        self.date.edited.connect(self.on_date_edited)
        self.date.editingFinished.connect(self.left)
        self.date.returnPressed.connect(self.on_entered)
        self.message = Message()
        self.message.taken.connect(self.take)
        self.source: Field | None = None
        self._name = name
        self._typed = Typed("")
        self._was = ""
        self._stale = ""
        self._decides = False
        self._problems: Sequence[Problem] = ()
        self._notices: Sequence[Problem] = ()
        self._offers: list[tuple[Offer, bool]] = []
        self.setFocusProxy(self.value)
        self.show_entry(Entry())

    @property
    def has_date(self) -> bool:
        """Whether the day of the result is asked."""
        return not self.spec.is_identifier and self.spec.kind not in _UNDATED_KINDS

    @property
    def is_open_question(self) -> bool:
        """Whether something stands here that is not read."""
        unread = self.entry.state == KNOWN and self._typed.text.strip() and not self._typed.is_read
        return bool(unread) or self.date.is_open_question

    def show_entry(self, entry: Entry) -> None:
        """Show an entry; a text that is being typed is left alone."""
        self.entry = entry
        if entry.text != self._typed.text:
            self._was = ""
            self._typed = self._reading(entry.text) if entry.reads_as else _as_it_is(entry.text)
        self.value.put(entry.text)
        self.state.put(state_of(entry))
        self.value.show_state("" if entry.state == KNOWN else _(STATES[entry.state]))
        self.date.put(entry.date, entry.date_reads_as)
        self.date.set_open(entry.state != NOT_KNOWN)
        self.date.setPlaceholderText(_("date") if entry.state == KNOWN else "")
        if self.source is not None and self.source.text() != (entry.source or ""):
            self.source.setText(entry.source or "")
        self._speak()

    def show_problems(self, problems: Sequence[Problem], notices: Sequence[Problem] = ()) -> None:
        """Say beside the field what is wrong, or unusual."""
        if (tuple(problems), tuple(notices)) == (tuple(self._problems), tuple(self._notices)):
            return
        self._problems, self._notices = problems, notices
        self.value.mark_wrong(bool(problems))
        self._speak()

    def show_stale(self, reason: str) -> None:
        """Say why the result does not count as current; empty if it does."""
        if reason != self._stale:
            self._stale = reason
            self.message.note("stale", reason)
            self._tell_reader()

    def show_deciding(self, decides: bool) -> None:
        """Tell a screen reader whether this answer still decides; the page draws the diamond."""
        self._decides = decides
        self._tell_reader()

    def _reading(self, text: str) -> Typed:
        return typed_of(self.spec, text, self.context.on())

    def _speak(self) -> None:
        """Say what was read, what is asked and what is wrong."""
        typed = self._typed if self.entry.state == KNOWN else Typed("")
        asked, self._offers = self._asked(typed)
        self.message.ask(asked, [_capital(offer.shown) for offer, _is_day in self._offers])
        self.message.note("read", self._read_words(typed))
        beside = self._beside()
        said = _("{typed} is {converted}.") if beside.converted else ""
        shown = typed.accepted or self.entry.text
        self.message.note("converted", said.format(typed=shown, converted=beside.converted))
        line = self.source is None and self.entry.source
        said = _("Source: {source}").format(source=self.entry.source) if line else ""
        self.message.note("source", said)
        self._tell_reader()

    def _tell_reader(self) -> None:
        target = self.value.focusProxy() or self.value
        spoken = self.message.spoken()
        if self._decides:
            spoken = f"{_('This answer still decides.')} {spoken}".strip()
        if target.accessibleDescription() != spoken:
            target.setAccessibleDescription(spoken)

    def _asked(self, typed: Typed) -> tuple[str, list[tuple[Offer, bool]]]:
        """The sentence, and what can be taken; true with what is offered for the day."""
        is_unread = bool(typed.text) and not typed.is_read
        words = [typed.said] if typed.said and (is_unread or typed.offers) else []
        offers = [(offer, False) for offer in typed.offers]
        if typed.is_read and typed.offers:
            words = [_("Or is another number meant?")]
        day = self.date.typed
        if day.text and not day.is_read and day.said:
            words.append(day.said)
            offers += [(offer, True) for offer in day.offers]
        if not words and self._problems:
            words = [sentence_of(problem) for problem in self._problems]
        elif not self._problems and self._notices:
            words += [sentence_of(notice) for notice in self._notices]
            offers += [(offer, False) for offer in self._beside().likelier]
        return run_of(words), offers

    def _read_words(self, typed: Typed) -> str:
        parts = []
        if typed.shown:
            parts.append(_("Read as {reading}.").format(reading=_capital(typed.shown)))
        elif self._was and typed.is_read:
            parts.append(_("Read from {typed}.").format(typed=shown(self._was)))
        day = self.date
        if day.typed.shown:
            parts.append(_("Day read as {reading}.").format(reading=day.typed.shown))
        elif day.was:
            parts.append(_("Day read from {typed}.").format(typed=shown(day.was)))
        return run_of(parts)

    def _beside(self) -> Beside:
        if self.spec.kind != "quantity" or self.entry.state != KNOWN or not self.entry.text:
            return Beside()
        answer, problems = from_text(self.spec, self.entry.reads_as or self.entry.text, "")
        return Beside() if problems else beside_number(self.spec, answer)

    def on_value_typed(self, text: str) -> None:
        self._was = ""
        self._typed = self._reading(text)
        state = self.entry.state
        if text:
            state = KNOWN
        elif state == KNOWN:
            state = NOT_KNOWN
        entry = replace(self.entry, text=text, state=state, reads_as=self._typed.reads_as)
        self._offer(self._with_usual(entry))

    def _with_usual(self, entry: Entry) -> Entry:
        """A new result takes the date and the source of the page; without its answer neither."""
        day, source = self.context.usual() if self.has_date else ("", "")
        if state_of(entry) == KNOWN:
            entry = replace(entry, date=day) if day and not entry.date else entry
            return replace(entry, source=source) if source and not entry.source else entry
        if entry.state == NOT_KNOWN:
            entry = replace(entry, date="", date_reads_as="") if entry.date == day else entry
            return replace(entry, source=None) if entry.source == source else entry
        return entry

    def on_state_chosen(self, state: str) -> None:
        if state == KNOWN:
            self._offer(replace(self.entry, state=KNOWN))
            self.value.setFocus()
        else:
            date = "" if state == NOT_KNOWN else self.entry.date
            reads_as = "" if state == NOT_KNOWN else self.entry.date_reads_as
            kept = replace(self.entry, state=state, text="", reads_as="")
            self._offer(replace(kept, date=date, date_reads_as=reads_as))

    def choose(self, answer: str) -> None:
        """Take an answer the codec reads: a choice by id, yes or no, or a state."""
        self._typed = _as_it_is(answer)
        self._offer(self._with_usual(with_text(self.entry, answer)))

    def on_date_edited(self, text: str, reads_as: str) -> None:
        self._offer(replace(self.entry, date=text, date_reads_as=reads_as))

    def on_left(self) -> None:
        self.accept()
        self.left.emit()

    def on_entered(self) -> None:
        """Take what was read and go on; what is not read asks to stay."""
        self.accept()
        self.date.accept()
        if not self.is_open_question:
            self.entered.emit()

    def accept(self) -> None:
        """Put the one reading, which is shown, in the place of what was typed."""
        typed = self._typed
        if self.entry.state != KNOWN or typed.text != self.entry.text or not typed.is_read:
            return
        if typed.accepted:
            self._take_value(typed.accepted)
        self.value.settle(self.entry.text)

    def take(self, at: int) -> None:
        """Take one of the offers."""
        offer, is_day = self._offers[at]
        if is_day:
            self.date.take(offer.text)
            self.date.setFocus()
            return
        self._take_value(offer.text)
        self.value.settle(self.entry.text)
        self.value.setFocus()

    @property
    def offers(self) -> int:
        """How many readings can be taken."""
        return len(self._offers)

    def _take_value(self, text: str) -> None:
        was = self._typed.text
        entry = self._with_usual(with_text(self.entry, text))
        self._typed = _as_it_is(entry.text)
        self._was = was
        self._offer(entry)

    def ask_source(self) -> None:
        """Open the line for the source of this answer, and put the cursor there."""
        if self.source is None:
            self.source = Field()
            self.source.goes_on = True
            self.source.setPlaceholderText(_("source: where it stands in the notes"))
            self.source.setAccessibleName(_("Source of {field}").format(field=self._name))
            self.source.setText(self.entry.source or "")
            self.source.textEdited.connect(self.on_source_edited)
            self.source.editingFinished.connect(self.left)
            self.source.returnPressed.connect(self.on_entered)
            self._place_source(self.source)
            self._speak()
        self.source.show()
        self.source.setFocus()

    def _place_source(self, line: Field) -> None:
        layout = self.message.layout()
        assert layout is not None
        layout.addWidget(line)
        self.message.show()

    def on_source_edited(self, text: str) -> None:
        self._offer(replace(self.entry, source=text or None))

    def _offer(self, entry: Entry) -> None:
        self.show_entry(entry)
        self.changed.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER and not event.modifiers():
            self.on_entered()
            return
        super().keyPressEvent(event)


def _as_it_is(text: str) -> Typed:
    """A text that nobody just typed."""
    return Typed(text, is_read=True)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class FieldRow(Editor):
    """A field as a row of a page; long labels and wide values take a line of their own."""

    def __init__(
        self, spec: FieldSpec, name: str, context: Context | None = None, *, dated: bool = True
    ) -> None:
        super().__init__(spec, name, context)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.gap(GAP))
        grid.setVerticalSpacing(style.px(2))
        grid.setColumnMinimumWidth(0, style.px(LABEL))
        grid.setColumnStretch(1, 1)
        if dated:
            grid.setColumnMinimumWidth(3, style.px(DATE))
        self.label = self._label()
        shows_date = dated and self.has_date
        is_wide = spec.kind in _WIDE_KINDS or self._value_is_wide()
        line = 1 if is_wide or self._label_is_long() else 0
        if is_wide:
            grid.addWidget(self.label, 0, 0, 1, 2)
            grid.addWidget(self.value, 1, 0, 1, 4)
        elif len(spec.units) > 1 and self.value.minimumSizeHint().width() > style.px(VALUE - 6):
            line = 1
            grid.addWidget(self.label, 0, 0, 1, 2)
            grid.addWidget(self.value, 1, 1, 1, 3)
        else:
            grid.addWidget(self.label, 0, 0, 1, 4 if line else 1)
            grid.addWidget(self.value, line, 1)
            if not line:
                self.label.setFixedWidth(style.px(LABEL))
                self.label.setMinimumHeight(style.px(28))
        self.state.setFixedWidth(style.px(STATE))
        self.date.setFixedWidth(style.px(DATE))
        is_below = is_wide or grid.itemAtPosition(line, 3) is not None
        state_line = 0 if is_below else line
        grid.addWidget(self.state, state_line, 2)
        if shows_date:
            grid.addWidget(self.date, state_line, 3)
        grid.addWidget(self.message, line + 1, 0 if is_wide else 1, 1, 4 if is_wide else 3)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def reading_parts(self) -> list[QWidget]:
        """The value first, wherever there was room for it; then its state and day."""
        return [self.value, *(one for one in laid_out(self) if one is not self.value)]

    def _label(self) -> QLabel:
        made = label(_(self.spec.label), wraps=True)
        made.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        tip(made, _(self.spec.help) if self.spec.help else "")
        return made

    def _label_is_long(self) -> bool:
        words = _(self.spec.label).split()
        widest = max(style.width_of(word) for word in words)
        whole = style.width_of(_(self.spec.label))
        return whole > style.px(LABEL) * 1.9 or widest > style.px(LABEL)

    def _value_is_wide(self) -> bool:
        if self.spec.kind == "text" and not self.spec.is_identifier:
            return True
        if self.spec.kind != "choice":
            return False
        widest = max((style.width_of(_(one.label)) for one in self.spec.choices), default=999)
        return widest > style.px(VALUE - 36)
