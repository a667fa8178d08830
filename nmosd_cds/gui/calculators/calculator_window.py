"""The calculators: a list, the inputs of one, and its result with every step; opened from fields.

A window of its own that waits for nobody: the case stays editable beside it.
"""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QMenu, QVBoxLayout, QWidget

from nmosd_cds.calculators.scores import SCORES, Score, Worked
from nmosd_cds.calculators.scores.score import INDETERMINATE
from nmosd_cds.calculators.scores.taken import taken
from nmosd_cds.calculators.scores.told import result_words, value_words
from nmosd_cds.errors import CdsError
from nmosd_cds.gui import style
from nmosd_cds.gui.calculators.inputs import InputRows
from nmosd_cds.gui.calculators.typed import Typed, read_typed, text_of, text_of_number
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import (
    Button,
    Drop,
    Flow,
    draw_focus,
    draw_frame,
    label,
    paint_ground,
    rule,
)
from nmosd_cds.gui.draft import KNOWN, Entry, RowsEntry, all_specs
from nmosd_cds.gui.focus_ring import FocusRing
from nmosd_cds.gui.page import Page
from nmosd_cds.gui.plots import keeping
from nmosd_cds.gui.reading_order import step_focus
from nmosd_cds.i18n import _, format_date
from nmosd_cds.i18n.joining import capital, led, listed, run_of
from nmosd_cds.patient.quantity import spelt

SIZE = QSize(900, 640)
_LIST = 262
_INPUTS = 560
# Room for the frame of the window.
_EDGE = 48
# `core[2].mri_met: is missing` names the place as the file of inputs does.
_PLACE = re.compile(r"\w+(?:\[\d+\])?(?:\.\w+)?")


class _Result(QWidget):
    """The box with the result: values, steps, what is missing, what to know."""

    def __init__(self, source: keeping.Copied) -> None:
        super().__init__()
        self._source = source
        self.menu: QMenu | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Result with its steps"))
        paint_ground(self, "sunk")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(10), style.px(14), style.px(12))
        layout.setSpacing(style.px(6))
        self.values = label("", size=style.TITLE, bold=True, wraps=True)
        self.steps = label("", wraps=True)
        self.missing = label("", wraps=True, token="attention")
        self.notes = label("", wraps=True, token="text2")
        for part in (self.values, self.steps, self.missing, self.notes):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(part)

    def show_result(self, values: str, steps: str, missing: str, notes: str) -> None:
        """Show the parts; an empty one takes no room."""
        said = (values, steps, missing, notes)
        for part, text in zip(
            (self.values, self.steps, self.missing, self.notes), said, strict=True
        ):
            part.setText(text)
            part.setVisible(bool(text))
        self.setAccessibleDescription("\n".join(filter(None, said)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keeping.took_copy(event, self._source):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu = QMenu(self)
        keeping.fill_menu(self.menu, self._source)
        self.menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            draw_focus(QPainter(self), self.rect())
        else:
            draw_frame(QPainter(self), self.rect(), edge="line")


class CalculatorWindow(QWidget):
    """Fourteen calculators; the result follows every keystroke."""

    def __init__(self, consultation: Consultation, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._consultation = consultation
        self.typed: dict[str, Typed] = {}
        self.score = SCORES[0]
        self.worked: Worked | None = None
        self.setWindowTitle(_("Calculators"))
        self._fit()
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._centre: QWidget | None = None
        self._build()
        style.look.changed.connect(self.rebuild)
        consultation.case_opened.connect(self.on_case_opened)

    def rebuild(self) -> None:
        """Make everything anew in the theme and zoom in use; what was typed stays."""
        self._fit()
        self._build()

    def _fit(self) -> None:
        """As large as the zoom asks for and the screen allows."""
        room = self.screen().availableSize()
        wide, tall = style.px(SIZE.width()), style.px(SIZE.height())
        self.resize(min(wide, room.width() - _EDGE), min(tall, room.height() - _EDGE))

    @property
    def is_narrow(self) -> bool:
        """Whether the list has to give its room to the inputs."""
        return self.width() < style.px(_LIST + _INPUTS)

    def open_score(self, score: Score) -> None:
        """Show one calculator, with what the case knows where nothing was typed."""
        self.list.setCurrentRow(SCORES.index(score))
        self._take_if_untouched()
        self.show()
        self.raise_()
        self.activateWindow()
        self.inputs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        if self._centre is not None:
            self._outer.removeWidget(self._centre)
            self._centre.hide()
            self._centre.deleteLater()
        self._centre = QWidget()
        paint_ground(self._centre, "surface")
        line = QHBoxLayout(self._centre)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Calculators"))
        FocusRing(self.list)
        self.list.setFixedWidth(style.px(_LIST))
        self.list.setWordWrap(True)
        self.list.setFont(style.font())
        self.list.setSpacing(style.px(2))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paint_ground(self.list, "window")
        for one in SCORES:
            self.list.addItem(_(one.label))
        self.list.setVisible(not self.is_narrow)
        line.addWidget(self.list)
        line.addWidget(rule(upright=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        self.drop = self._drop()
        right.addWidget(self.drop)
        self._right = QVBoxLayout()
        right.addLayout(self._right, 1)
        line.addLayout(right, 1)
        self._page: QWidget | None = None
        self._outer.addWidget(self._centre)
        self.list.setCurrentRow(SCORES.index(self.score))
        self.drop.setCurrentIndex(SCORES.index(self.score))
        self.list.currentRowChanged.connect(self.on_row_changed)
        self.drop.activated.connect(self.list.setCurrentRow)
        self._show_score()

    def _drop(self) -> Drop:
        made = Drop()
        made.setAccessibleName(_("Calculators"))
        for one in SCORES:
            made.addItem(_(one.label))
        made.setVisible(self.is_narrow)
        return made

    def _show_score(self) -> None:
        if self._page is not None:
            self._right.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(style.px(18), style.px(14), style.px(14), style.px(16))
        layout.setSpacing(style.px(8))
        layout.addWidget(label(_(self.score.label), size=style.TITLE, bold=True, wraps=True))
        self.taken_words = label("", size=style.SMALL, token="text2", wraps=True)
        layout.addWidget(self.taken_words)
        self.inputs = InputRows(self.score.inputs, stacked=self.width() < style.px(_INPUTS))
        self.inputs.put(self.typed.get(self.score.name, {}))
        self.inputs.changed.connect(self.on_inputs_changed)
        layout.addWidget(self.inputs)
        layout.addWidget(self._buttons())
        self.result = _Result(self)
        layout.addWidget(self.result)
        layout.addStretch(1)
        self._page = Page(content, _(self.score.label))
        self._right.addWidget(self._page)
        self.work()

    def _buttons(self) -> QWidget:
        self._row = row = Flow(gap=8)
        self.take_button = Button(_("Take what the case knows"))
        self.take_button.clicked.connect(self.take)
        self.clear_button = Button(_("Clear all"))
        self.clear_button.clicked.connect(self.clear)
        self.copy_button = Button(_("Copy"))
        self.copy_button.clicked.connect(self.copy)
        self.fill_button = Button("", shape="arrow")
        self.fill_button.clicked.connect(self.fill)
        for button in (self.take_button, self.clear_button, self.copy_button, self.fill_button):
            row.add(button)
        return row

    def on_row_changed(self, row: int) -> None:
        self.score = SCORES[max(row, 0)]
        self.drop.setCurrentIndex(max(row, 0))
        self._show_score()
        self._take_if_untouched()

    def on_case_opened(self) -> None:
        """Another person: nothing of the last one may stay."""
        self.typed = {}
        self._show_score()

    def on_inputs_changed(self) -> None:
        self.typed[self.score.name] = self.inputs.typed()
        self.work()

    def take(self) -> None:
        """Put what the case knows exactly into the inputs; what was typed there gives way."""
        found = taken(self.score, self._consultation.case.patient, on=self._consultation.on)
        typed: dict[str, Any] = dict(self.typed.get(self.score.name, {}))
        typed |= {one.name: text_of(one, found[one.name]) for one in self._asked(found)}
        self.typed[self.score.name] = typed
        self.inputs.put(typed)
        names = listed(_(one.label) for one in self._asked(found))
        said = _("Taken from the case: {names}.").format(names=names)
        self.taken_words.setText(said if names else _("The case answers none of these exactly."))
        self.work()

    def _take_if_untouched(self) -> None:
        if not any(self.typed.get(self.score.name, {}).values()):
            self.take()

    def _asked(self, found: dict[str, object]) -> list[Any]:
        return [one for one in self.score.inputs if one.name in found]

    def clear(self) -> None:
        """Everything back to not known."""
        self.typed[self.score.name] = {}
        self.inputs.put({})
        self.taken_words.setText("")
        self.work()

    def work(self) -> None:
        """Work the calculator on what can be read, or say what cannot."""
        raw, wrong = read_typed(self.score.inputs, self.inputs.typed())
        self.worked = None
        if not wrong:
            try:
                self.worked = self.score.compute(raw)
            except CdsError as error:
                for problem in error.problems:
                    found = _PLACE.match(problem.where)
                    words = run_of(part for part in (problem.what, problem.hint) if part)
                    wrong[found[0] if found else ""] = capital(words)
        self.inputs.say(wrong)
        self._show_result()

    def _show_result(self) -> None:
        worked = self.worked
        if worked is None:
            waits = _("No result while an input cannot be read.")
            self.result.show_result(waits, "", "", "")
        else:
            labels = {one.name: _(one.label) for one in self.score.inputs}
            missing = listed(labels.get(name, name) for name in worked.missing)
            self.result.show_result(
                "\n".join(
                    led(result_words(key), value_words(value))
                    for key, value in worked.result.items()
                ),
                "\n".join(worked.steps),
                _("Not known: {names}.").format(names=missing) if missing else "",
                "\n".join(worked.warnings),
            )
        self.fill_button.setVisible(self.score.fills is not None)
        self.fill_button.setEnabled(self._answer() is not None)
        self.fill_button.setText(self._fill_words())
        self.fill_button.setAccessibleName(self.fill_button.text())
        self._row.arrange()

    def _answer(self) -> str | None:
        """The result as a field takes it; None while it is no whole result."""
        if self.worked is None or self.score.fills is None:
            return None
        value = self.worked.result.get(self.score.fills[0])
        is_open = value is None or value == INDETERMINATE
        if is_open or self.worked.result.get("is_lower_bound") is True:
            return None
        return text_of_number(value)

    def _fill_words(self) -> str:
        if self.score.fills is None:
            return ""
        field = _(all_specs()[self.score.fills[1]].label)
        answer = self._answer()
        if answer is None:
            return _("No whole result yet for {field}").format(field=field)
        return _("Put {value} into {field}").format(value=answer, field=field)

    def fill(self) -> None:
        """Put the result into the case, dated today; can be undone there."""
        answer = self._answer()
        if answer is None or self.score.fills is None:
            return
        name = self.score.fills[1]
        day = format_date(self._consultation.on)
        says = _("{field} from its calculator").format(field=_(all_specs()[name].label))
        before = self._consultation.entry(name)
        if isinstance(before, RowsEntry):
            row = {"date": Entry(KNOWN, day), "value": Entry(KNOWN, answer)}
            made = RowsEntry(before.complete_since, (*before.rows, row))
            self._consultation.edit(name, made, says)
        else:
            spec = all_specs()[name]
            text = f"{answer} {spec.units[0]}" if len(spec.units) > 1 else answer
            self._consultation.edit(name, Entry(KNOWN, text, day), says)
        self._consultation.end_burst()

    def plain_text(self) -> str:
        """Inputs, result, steps and notes as text."""
        box = self.result
        typed = self.inputs.typed()
        given = [
            led(_(one.label), f"{typed[one.name]} {spelt(one.unit)}".rstrip())
            for one in self.score.inputs
            if typed[one.name]
        ]
        parts = [part.text() for part in (box.values, box.steps, box.missing, box.notes)]
        return "\n".join([_(self.score.label), *given, *(part for part in parts if part)])

    def as_text(self) -> str:
        """The same, for the menu of the result."""
        return self.plain_text()

    def as_table(self) -> str:
        """Inputs, result, steps and notes, each with what it is."""
        typed = self.inputs.typed()
        rows = [
            (_("Input"), _(one.label), f"{typed[one.name]} {one.unit}".rstrip())
            for one in self.score.inputs
            if typed[one.name]
        ]
        worked = self.worked
        if worked is not None:
            rows += [
                (_("Result"), result_words(key), value_words(value))
                for key, value in worked.result.items()
            ]
            rows += [(_("Step"), str(at), step) for at, step in enumerate(worked.steps, start=1)]
            rows += [(_("Note"), "", note) for note in worked.warnings]
        return keeping.tabbed((_("Part"), _("What"), _(self.score.label)), rows)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.plain_text())

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
