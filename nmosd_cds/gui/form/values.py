"""One value editor for each kind of answer: what is typed goes out as text, and back in.

None of them judges the text; the codec of the patient floor does, for files and form alike.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.check_box import Check
from nmosd_cds.gui.controls import ENTER, Button, Drop, Field, Flow, label, tip
from nmosd_cds.gui.suggestions import Suggestions
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import led
from nmosd_cds.patient.codec import number_text
from nmosd_cds.patient.field import FieldSpec, Option
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.typed_words import NO, YES
from nmosd_cds.patient.wording import COMPLETE, choice_named, unit_named

_NUMBER = re.compile(r"\s*((?:<=|>=|<|>|≤|≥)?\s*[-+\d.,]+)\s*(.*)")
# A unit that needs more room than this takes it from the field.
_LONG_UNIT = 50
# Of number and unit together.
_WHOLE_ROOM = 139
_TITRE = re.compile(r"\d\s*[:/]\s*\d")


class Value(QWidget):
    """Edits the value of one field."""

    typed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__()
        self.spec = spec
        self.name = name
        self._lines: list[Field | Drop] = []

    def go_on_with_enter(self) -> None:
        """From now on Enter is used up by the lines of this editor, which say `entered`."""
        for line in self._lines:
            line.goes_on = True

    def text(self) -> str:
        """What stands here, as the codec reads it."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Show a text; what already says the same is left alone."""
        raise NotImplementedError

    def settle(self, text: str) -> None:
        """Show a text in the parts of the editor, such as number and unit, once typing is over."""
        self.put(text)

    def mark_wrong(self, wrong: bool) -> None:
        """Show whether it can be read."""

    def show_state(self, words: str) -> None:
        """Say what stands here in place of a value; empty for a value."""

    def _row(self, *parts: QWidget, gap: int = 4) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(gap))
        for part in parts:
            layout.addWidget(part)
        self.setFocusProxy(parts[0])

    def _take_line(self, line: Field | Drop) -> None:
        """Listen to a line that can be typed in."""
        inner = line if isinstance(line, Field) else line.lineEdit()
        assert inner is not None
        self._lines.append(line)
        inner.textEdited.connect(self._say)
        inner.editingFinished.connect(self.left)
        inner.returnPressed.connect(self.entered)
        if isinstance(line, Drop):
            line.activated.connect(self._say)

    def _say(self) -> None:
        self.typed.emit(self.text())


class LineValue(Value):
    """A number, titre, date or text on one line, with its unit beside it."""

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__(spec, name)
        self.line = Field()
        self.line.setAccessibleName(name)
        self.line.textEdited.connect(self.on_line_edited)
        self._take_line(self.line)
        self.unit: Drop | None = None
        self._hint = ""
        parts: list[QWidget] = [self.line]
        if len(spec.units) > 1:
            self.unit = Drop()
            self.unit.setAccessibleName(_("Unit of {field}").format(field=name))
            self.unit.setPlaceholderText(_("unit"))
            for unit in spec.units:
                self.unit.addItem(spelt(unit), unit)
            self.unit.setCurrentIndex(-1)
            self.unit.activated.connect(self._say)
            self.unit.setFont(style.font(style.SMALL))
            widest = max(style.width_of(spelt(unit), style.SMALL) for unit in spec.units)
            self.unit.setFixedWidth(widest + style.px(22))
            parts.append(self.unit)
        elif self._beside():
            words = self._beside()
            is_long = style.width_of(words, style.SMALL) > style.px(_LONG_UNIT)
            parts.append(label(words, token="text2", size=style.SMALL, wraps=is_long))
        self._row(*parts)
        self._widest = self.line.maximumWidth()
        if spec.kind in ("whole", "score", "quantity"):
            wide = style.width_of(self._beside(), style.SMALL)
            least = 40 if self.unit else 52 if wide > style.px(_LONG_UNIT) else 84
            self.line.setMinimumWidth(style.px(least))
            self._widest = style.px(max(least, 60))
            self.line.setMaximumWidth(self._widest)
            layout = self.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.addStretch(1)
        if spec.legal:
            self.line.stepped.connect(self.on_line_stepped)

    def _beside(self) -> str:
        if self.spec.units:
            return spelt(self.spec.units[0])
        if self.spec.kind == "whole" and self.spec.maximum is not None and self.spec.maximum <= 10:
            return f"{self.spec.minimum} {_('to')} {self.spec.maximum}"
        if self.spec.legal:
            return f"{number_text(self.spec.legal[0])} {_('to')} {number_text(self.spec.legal[-1])}"
        return ""

    def text(self) -> str:
        written = self.line.text().strip()
        if self.unit is None or self.unit.currentIndex() < 0 or not written[-1:].isdigit():
            return written
        return f"{written} {self.unit.currentData()}"

    def on_line_edited(self, text: str) -> None:
        # What names its own unit, or a state in words, takes the room of the drop-down meanwhile.
        if self.unit is not None:
            needs_room = bool(text.strip()) and not text.strip()[-1].isdigit()
            self.unit.setHidden(needs_room)
            self.line.setMaximumWidth(style.px(_WHOLE_ROOM) if needs_room else self._widest)

    def settle(self, text: str) -> None:
        if self.unit is not None:
            self.unit.show()
            self.line.setMaximumWidth(self._widest)
        self._show(text)

    def put(self, text: str) -> None:
        if text.strip() != self.text():
            self._show(text)

    def _show(self, text: str) -> None:
        found = _NUMBER.fullmatch(text) if self.spec.units else None
        unit = unit_named(self.spec, found[2]) if found and found[2] else None
        if self.unit is not None:
            self.unit.setCurrentIndex(self.spec.units.index(unit) if unit else -1)
        self.line.setText(found[1] if found and unit else text)

    def mark_wrong(self, wrong: bool) -> None:
        self.line.mark_wrong(wrong)

    def show_state(self, words: str) -> None:
        # Beside a drop-down for the unit there is no room for words; the state stands at the right.
        fits = self.line.minimumWidth() >= style.px(84) or self.spec.kind in ("date", "text")
        self.line.setPlaceholderText(words if fits else "")

    def on_line_stepped(self, step: int) -> None:
        legal = self.spec.legal
        try:
            now = Decimal(self.line.text() or "0")
        except InvalidOperation:
            return
        at = min(range(len(legal)), key=lambda index: abs(legal[index] - now))
        here = self.line.text() and legal[at] == now
        at = max(0, min(at + (step if here else 0), len(legal) - 1))
        self.line.setText(number_text(legal[at]))
        self._say()


def choice_drop(options: tuple[Option, ...], name: str) -> Drop:
    """A drop-down one can also type in; what is typed may be wrong, and stays."""
    drop = Drop(editable=True)
    drop.setAccessibleName(name)
    for option in options:
        drop.addItem(_(option.label), option.id)
    drop.setCurrentIndex(-1)
    line = drop.lineEdit()
    assert line is not None
    line.setAccessibleName(name)
    drop.setCompleter(Suggestions(drop))
    return drop


def chosen_text(drop: Drop, options: tuple[Option, ...]) -> str:
    """The id of what stands in a drop-down, or the text where it is none of its choices."""
    written = drop.currentText().strip()
    for option in options:
        if written in (option.label, _(option.label)):
            return option.id
    return written


def show_choice(drop: Drop, options: tuple[Option, ...], text: str) -> None:
    """Show a choice by id, or a text that is none."""
    if chosen_text(drop, options) == text.strip():
        return
    ids = [option.id for option in options]
    if text in ids:
        drop.setCurrentIndex(ids.index(text))
    else:
        drop.setCurrentIndex(-1)
        drop.setEditText(text)


class ChoiceValue(Value):
    """One of a closed list."""

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__(spec, name)
        self.drop = choice_drop(spec.choices, name)
        self._row(self.drop)
        self._take_line(self.drop)

    def text(self) -> str:
        return chosen_text(self.drop, self.spec.choices)

    def put(self, text: str) -> None:
        show_choice(self.drop, self.spec.choices, text)

    def mark_wrong(self, wrong: bool) -> None:
        self.drop.mark_wrong(wrong)

    def show_state(self, words: str) -> None:
        line = self.drop.lineEdit()
        assert line is not None
        line.setPlaceholderText(words)


class SerologyValue(Value):
    """Result, titre and assay of an antibody."""

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__(spec, name)
        self.result = choice_drop(spec.choices, name)
        self.result.setFixedWidth(style.px(112))
        self.titre = Field()
        self.titre.setFixedWidth(style.px(86))
        self.titre.setPlaceholderText(_("titre 1:320"))
        self.titre.setAccessibleName(_("Titre of {field}").format(field=name))
        self.assay = choice_drop(spec.assays, _("Assay of {field}").format(field=name))
        line = self.assay.lineEdit()
        assert line is not None
        line.setPlaceholderText(_("assay not known"))
        self._row(self.result, self.titre, self.assay)
        for part in (self.result, self.titre, self.assay):
            self._take_line(part)

    def text(self) -> str:
        parts = (
            chosen_text(self.result, self.spec.choices),
            self.titre.text().strip(),
            chosen_text(self.assay, self.spec.assays),
        )
        return ", ".join(part for part in parts if part)

    def put(self, text: str) -> None:
        if text == self.text():
            return
        result, titre, assay = "", "", ""
        for part in (part.strip() for part in text.split(",")):
            if _TITRE.search(part):
                titre = part
            elif not result:
                result = part
            else:
                assay = part
        show_choice(self.result, self.spec.choices, result)
        self.titre.setText(titre)
        show_choice(self.assay, self.spec.assays, assay)

    def mark_wrong(self, wrong: bool) -> None:
        said = chosen_text(self.result, self.spec.choices)
        is_result = choice_named(self.spec.choices, said) is None
        self.result.mark_wrong(wrong and is_result)
        self.titre.mark_wrong(wrong and not is_result)

    def show_state(self, words: str) -> None:
        line = self.result.lineEdit()
        assert line is not None
        line.setPlaceholderText(words)


class AnswerButton(Button):
    """Chosen with the space bar; Enter is left to the form, which goes on to the next field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER:
            event.ignore()
            return
        super().keyPressEvent(event)


class YesNoValue(Value):
    """Yes or no, as two buttons of which none need be chosen; also by their letters."""

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__(spec, name)
        self.buttons = {"yes": AnswerButton(_("Yes")), "no": AnswerButton(_("No"))}
        self._group = QButtonGroup(self)
        for key, button in self.buttons.items():
            button.setCheckable(True)
            button.setAccessibleName(led(name, button.text()))
            button.setFixedSize(style.px(48), style.px(28))
            self._group.addButton(button)
            button.clicked.connect(self._say)
            button.setObjectName(key)
        self._row(*self.buttons.values(), gap=4)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        word = event.text().casefold()
        clears = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        answer = "yes" if word and word in YES else "no" if word and word in NO else ""
        if not (answer or clears) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.put(answer)
        if answer:
            self.buttons[answer].setFocus()
        self._say()

    def text(self) -> str:
        return next((key for key, one in self.buttons.items() if one.isChecked()), "")

    def put(self, text: str) -> None:
        self._group.setExclusive(False)
        for key, button in self.buttons.items():
            button.setChecked(key == text)
        self._group.setExclusive(True)
        for key, button in self.buttons.items():
            # Tab stops once, at the answer; the arrows go to the other.
            is_stop = key == text or (text not in self.buttons and key == "yes")
            stop = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)


class SeveralValue(Value):
    """Several of a closed list as chips, and whether the list is complete."""

    def __init__(self, spec: FieldSpec, name: str) -> None:
        super().__init__(spec, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(4))
        chips = Flow(gap=4)
        self.chips: dict[str, Button] = {}
        for option in spec.choices:
            chip = AnswerButton(_(option.label), round_=True, size=style.SMALL)
            chip.setCheckable(True)
            chip.setAccessibleName(led(name, _(option.label)))
            chip.clicked.connect(self._say)
            chips.add(chip)
            self.chips[option.id] = chip
        layout.addWidget(chips)
        self.free = Field()
        self.free.setAccessibleName(name)
        self.free.setPlaceholderText(_("one; another"))
        self._take_line(self.free)
        layout.addWidget(self.free)
        # Only now: without a parent it would come up as a window of its own for a moment.
        self.free.setVisible(not spec.choices)
        self.complete = Check(_("the list is complete: nothing else applies"), size=style.SMALL)
        self.complete.setAccessibleName(_("{field}: the list is complete").format(field=name))
        self.complete.clicked.connect(self._say)
        layout.addWidget(self.complete)
        self.setFocusProxy(next(iter(self.chips.values()), self.free))

    def text(self) -> str:
        chosen = [key for key, chip in self.chips.items() if chip.isChecked()]
        chosen += [part.strip() for part in self.free.text().split(";") if part.strip()]
        return "; ".join([*chosen, COMPLETE] if self.complete.isChecked() else chosen)

    def put(self, text: str) -> None:
        if text == self.text():
            return
        parts = [part.strip() for part in text.split(";") if part.strip()]
        self.complete.setChecked(parts[-1:] == [COMPLETE])
        for key, chip in self.chips.items():
            chip.setChecked(key in parts)
        free = [part for part in parts if part not in self.chips and part != COMPLETE]
        self.free.setText("; ".join(free))
        self.free.setVisible(not self.chips or bool(free))

    def mark_wrong(self, wrong: bool) -> None:
        self.free.mark_wrong(wrong)


EDITORS: dict[str, type[Value]] = {
    "yes_no": YesNoValue,
    "choice": ChoiceValue,
    "serology": SerologyValue,
    "several": SeveralValue,
    "whole": LineValue,
    "score": LineValue,
    "quantity": LineValue,
    "titre": LineValue,
    "date": LineValue,
    "text": LineValue,
}


def value_editor(spec: FieldSpec, name: str) -> Value:
    """The editor of a field's kind, named for a screen reader."""
    made = EDITORS[spec.kind](spec, name)
    tip(made, _(spec.help) if spec.help else "")
    return made
