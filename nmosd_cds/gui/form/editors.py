"""One field on the form: label, value, state, day of the result, and what is wrong beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import shapes, style
from nmosd_cds.gui.controls import Button, Drop, Field, label, tip
from nmosd_cds.gui.draft import KNOWN, NOT_KNOWN, STATES, Entry
from nmosd_cds.gui.form.values import value_editor
from nmosd_cds.i18n import _
from nmosd_cds.patient.field import FieldSpec

LABEL, VALUE, STATE, DATE, GAP = 94, 139, 116, 92, 4
_WIDE_KINDS = ("serology", "several")
# Their answer is a date, or belongs to the person rather than to a day.
_UNDATED_KINDS = ("date", "text")


class StateDrop(Drop):
    """Known, not known, not done, unavailable: shape and word."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(_("State of {field}").format(field=name))
        for state, words in STATES.items():
            self.addItem(shapes.icon(state, 13), _(words), state)
        self.activated.connect(self.on_activated)

    def put(self, state: str) -> None:
        """Show a state."""
        self.setCurrentIndex(list(STATES).index(state))

    def on_activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))


class StateButton(Button):
    """The same as a shape alone, with the words in its menu; for narrow rows."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__("", shape=NOT_KNOWN, flat=True)
        self.name = name
        self.setFixedSize(style.px(24), style.px(26))
        self.clicked.connect(self.on_clicked)

    def put(self, state: str) -> None:
        """Show a state."""
        self.shape = state
        words = f"{_('State of {field}').format(field=self.name)}: {_(STATES[state])}"
        self.setAccessibleName(words)
        tip(self, _(STATES[state]))
        self.update()

    def on_clicked(self) -> None:
        menu = QMenu(self)
        for state, words in STATES.items():
            action = QAction(shapes.icon(state, 13), _(words), menu)
            action.triggered.connect(lambda _on=False, state=state: self.chosen.emit(state))
            menu.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Message(QWidget):
    """What is wrong with an answer or unusual about it, under the field; hidden without words."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.px(2))
        layout.setSpacing(style.px(5))
        layout.addWidget(shapes.Shape("stale", 13), 0, Qt.AlignmentFlag.AlignTop)
        self.words = label("", size=style.SMALL, token="attention", wraps=True)
        layout.addWidget(self.words, 1)
        self.hide()

    def say(self, problems: Sequence[Problem]) -> None:
        """Show sentences, or nothing."""
        text = " ".join(_sentence(problem) for problem in problems)
        self.words.setText(text)
        self.setVisible(bool(text))


def _sentence(problem: Problem) -> str:
    said = problem.sentence
    return said[:1].upper() + said[1:]


class Editor(QWidget):
    """Joins value, state and day into one entry; the layout is its subclasses'."""

    changed = Signal(object)
    left = Signal()

    def __init__(self, spec: FieldSpec, name: str, *, small: bool = False) -> None:
        super().__init__()
        self.spec = spec
        self.entry = Entry()
        self.value = value_editor(spec, name)
        self.value.typed.connect(self.on_value_typed)
        self.value.left.connect(self.left)
        self.state: StateDrop | StateButton = StateButton(name) if small else StateDrop(name)
        self.state.chosen.connect(self.on_state_chosen)
        self.date = Field()
        self.date.setAccessibleName(_("Day of the result of {field}").format(field=name))
        self.date.textEdited.connect(self.on_date_edited)
        self.date.editingFinished.connect(self.left)
        self.message = Message()
        self.setFocusProxy(self.value)
        self.show_entry(Entry())

    @property
    def has_date(self) -> bool:
        """Whether the day of the result is asked."""
        return not self.spec.is_identifier and self.spec.kind not in _UNDATED_KINDS

    def show_entry(self, entry: Entry) -> None:
        """Show an entry; a text that is being typed is left alone."""
        self.entry = entry
        self.value.put(entry.text)
        shown = KNOWN if entry.state == KNOWN else entry.state
        self.state.put(shown)
        self.value.show_state("" if entry.state == KNOWN else _(STATES[entry.state]))
        if self.date.text() != entry.date:
            self.date.setText(entry.date)
        self.date.set_open(entry.state != NOT_KNOWN)
        self.date.setPlaceholderText(_("date") if entry.state == KNOWN else "")

    def show_problems(self, problems: Sequence[Problem], notices: Sequence[Problem] = ()) -> None:
        """Say beside the field what is wrong, or unusual."""
        self.value.mark_wrong(bool(problems))
        self.message.say(problems or notices)

    def on_value_typed(self, text: str) -> None:
        state = self.entry.state
        if text:
            state = KNOWN
        elif state == KNOWN:
            state = NOT_KNOWN
        self._offer(replace(self.entry, text=text, state=state))

    def on_state_chosen(self, state: str) -> None:
        if state == KNOWN:
            self._offer(replace(self.entry, state=KNOWN))
            self.value.setFocus()
        else:
            date = "" if state == NOT_KNOWN else self.entry.date
            self._offer(replace(self.entry, state=state, text="", date=date))

    def on_date_edited(self, text: str) -> None:
        self._offer(replace(self.entry, date=text))

    def _offer(self, entry: Entry) -> None:
        self.show_entry(entry)
        self.changed.emit(entry)


class FieldRow(Editor):
    """A field as a row of a page; long labels and wide values take a line of their own."""

    def __init__(self, spec: FieldSpec, name: str, *, dated: bool = True) -> None:
        super().__init__(spec, name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.px(GAP))
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
        elif len(spec.units) > 1 and self.value.minimumSizeHint().width() > style.px(VALUE):
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
