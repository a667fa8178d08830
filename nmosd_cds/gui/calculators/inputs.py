"""Editors of a calculator: a row an input, and rows of rows; what they hold is plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nmosd_cds.calculators.scores.asked import Asked
from nmosd_cds.gui import style
from nmosd_cds.gui.calculators.typed import Typed, spec_of
from nmosd_cds.gui.controls import Button, label, tip
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.form.values import SeveralValue, value_editor
from nmosd_cds.i18n import _

_LABEL = 250
_WIDE = ("choices", "rows", "days", "numbers", "text")


class InputRow(QWidget):
    """One input: words, editor, a way back to not known, and what is wrong."""

    changed = Signal()

    def __init__(self, one: Asked, *, stacked: bool = False) -> None:
        super().__init__()
        self.one = one
        name = _(one.label)
        self.value = value_editor(spec_of(one), name)
        self.value.typed.connect(lambda _text: self.changed.emit())
        if isinstance(self.value, SeveralValue):
            # A calculator reads what is named; whether more applies it asks nowhere.
            self.value.complete.hide()
        self.clear = Button("", shape="cross", flat=True)
        self.clear.setAccessibleName(_("{field}: back to not known").format(field=name))
        tip(self.clear, _("Back to not known"))
        self.clear.clicked.connect(self.on_clear_clicked)
        self.message = Message()
        words = label(name, wraps=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, style.px(2), 0, style.px(2))
        grid.setHorizontalSpacing(style.px(8))
        grid.setColumnStretch(1, 1)
        if stacked or one.kind in _WIDE:
            grid.setColumnStretch(0, 1)
            grid.addWidget(words, 0, 0, 1, 2)
            grid.addWidget(self.value, 1, 0, 1, 2)
            grid.addWidget(self.clear, 1, 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.message, 2, 0, 1, 2)
        else:
            words.setFixedWidth(style.px(_LABEL))
            grid.addWidget(words, 0, 0)
            grid.addWidget(self.value, 0, 1)
            grid.addWidget(self.clear, 0, 2)
            grid.addWidget(self.message, 1, 1)
        self.setFocusProxy(self.value)

    def typed(self) -> str:
        """What stands here."""
        return self.value.text()

    def put(self, text: str) -> None:
        """Show a text."""
        self.value.put(text)

    def say(self, problems: Mapping[str, str], where: str) -> None:
        """Show what is wrong here, if anything is."""
        said = problems.get(where, "")
        self.value.mark_wrong(bool(said))
        self.message.words.setText(said)
        self.message.setVisible(bool(said))

    def on_clear_clicked(self) -> None:
        self.put("")
        self.changed.emit()


class RowsInput(QWidget):
    """A list of rows, each with some inputs."""

    changed = Signal()

    def __init__(self, one: Asked, *, stacked: bool = False) -> None:
        super().__init__()
        self.one = one
        self._stacked = stacked
        self.rows: list[InputRows] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.px(4), 0, style.px(4))
        layout.setSpacing(style.px(4))
        layout.addWidget(label(_(one.label), bold=True))
        self._list = QVBoxLayout()
        layout.addLayout(self._list)
        self.add = Button(_("Add a row"), shape="plus")
        self.add.setAccessibleName(_("{list}: add a row").format(list=_(one.label)))
        self.add.clicked.connect(self.on_add_clicked)
        layout.addWidget(self.add)
        self.message = Message()
        layout.addWidget(self.message)
        self.setFocusProxy(self.add)

    def typed(self) -> list[dict[str, Any]]:
        """What stands in each row."""
        return [row.typed() for row in self.rows]

    def put(self, rows: Sequence[Typed] | str) -> None:
        """Show rows; no rows for a text."""
        while self.rows:
            self._take(self.rows[-1])
        for row in rows if not isinstance(rows, str) else ():
            self._append().put(row)

    def say(self, problems: Mapping[str, str], where: str) -> None:
        """Show what is wrong in each row, and with the list."""
        for number, row in enumerate(self.rows, start=1):
            row.say(problems, f"{where}[{number}].")
        said = problems.get(where, "")
        self.message.words.setText(said)
        self.message.setVisible(bool(said))

    def on_add_clicked(self) -> None:
        self._append().setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _append(self) -> InputRows:
        made = InputRows(self.one.row, stacked=self._stacked)
        away = Button("", shape="minus", flat=True)
        away.setAccessibleName(_("Take this row away"))
        tip(away, _("Take this row away"))
        away.clicked.connect(partial(self.on_away_clicked, made))
        made.beside(away)
        made.changed.connect(self.changed)
        self.rows.append(made)
        self._list.addWidget(made)
        return made

    def on_away_clicked(self, row: InputRows) -> None:
        self._take(row)
        self.add.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _take(self, row: InputRows) -> None:
        self.rows.remove(row)
        row.hide()
        self._list.removeWidget(row)
        row.deleteLater()


class InputRows(QWidget):
    """Some inputs under each other: all of a calculator, or those of one row.

    `stacked` puts each editor under its words, for a window with little room.
    """

    changed = Signal()

    def __init__(self, inputs: Sequence[Asked], *, stacked: bool = False) -> None:
        super().__init__()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout()
        layout.setSpacing(0)
        outer.addLayout(layout, 1)
        self.parts: dict[str, InputRow | RowsInput] = {}
        for one in inputs:
            part: InputRow | RowsInput
            made = RowsInput if one.kind == "rows" else InputRow
            part = made(one, stacked=stacked)
            part.changed.connect(self.changed)
            part.setObjectName(one.name)
            self.parts[one.name] = part
            layout.addWidget(part)
        first = next(iter(self.parts.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def beside(self, part: QWidget) -> None:
        """Put something to the right of the inputs."""
        outer = self.layout()
        assert isinstance(outer, QHBoxLayout)
        outer.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)

    def typed(self) -> dict[str, Any]:
        """What stands in each input."""
        return {name: part.typed() for name, part in self.parts.items()}

    def put(self, typed: Typed) -> None:
        """Show texts; an input without one is not known."""
        for name, part in self.parts.items():
            part.put(typed.get(name, ""))

    def say(self, problems: Mapping[str, str], where: str = "") -> None:
        """Show what is wrong beside each input."""
        for name, part in self.parts.items():
            part.say(problems, f"{where}{name}")
