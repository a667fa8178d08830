"""Swing weights in plain questions: a slider and a box for each criterion, or a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from nmosd_cds.errors import Problem
from nmosd_cds.gui import style
from nmosd_cds.gui.controls import Button, Drop, Field, draw_focus, label, rule, tip
from nmosd_cds.gui.form.beside import Message
from nmosd_cds.gui.preference_draft import Points, Problems, SetDraft, points_are_range, read_points
from nmosd_cds.i18n import _
from nmosd_cds.patient.plain import number_text
from nmosd_cds.patient.preferences import MAXIMUM_WEIGHT

_BOX, _KNOB = 58, 16


class WeightSlider(QSlider):
    """0 to 100; a line with a knob, hollow while nothing is weighed; the wheel moves the page."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, MAXIMUM_WEIGHT)
        self.setPageStep(10)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(style.px(26))
        self.setMinimumWidth(style.px(120))
        self.is_blank = True
        self.setAccessibleDescription(_("not weighed"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def put(self, number: Decimal | None) -> None:
        """Show a number without saying that it changed; None: not weighed."""
        place = round(number) if number is not None else 0
        if (place, number is None) == (self.value(), self.is_blank):
            return
        self.is_blank = number is None
        self.blockSignals(True)
        self.setValue(place)
        self.blockSignals(False)
        self.setAccessibleDescription(_("not weighed") if number is None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = style.px(_KNOB), self.height() / 2
        reach = self.width() - side
        x = side / 2 + reach * self.value() / MAXIMUM_WEIGHT
        painter.setPen(QPen(style.colour("edge"), style.px(2)))
        painter.drawLine(side // 2, round(middle), self.width() - side // 2, round(middle))
        if not self.is_blank:
            painter.setPen(QPen(style.colour("accent"), style.px(4)))
            painter.drawLine(side // 2, round(middle), round(x), round(middle))
        painter.setPen(QPen(style.colour("accent" if not self.is_blank else "edge"), 1.6))
        painter.setBrush(style.colour("surface" if self.is_blank else "accent"))
        painter.drawEllipse(
            round(x - side / 2) + 1, round(middle - side / 2) + 1, side - 2, side - 2
        )
        if self.hasFocus():
            draw_focus(painter, self.rect())


class PointsRow(QWidget):
    """One question; text goes out as typed, a slider as its number."""

    changed = Signal(object)
    held = Signal()
    rested = Signal()

    def __init__(self, name: str, about: str) -> None:
        super().__init__()
        self._points = Points()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.px(3), 0, style.px(3))
        layout.setSpacing(style.px(2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.px(10))
        grid.setVerticalSpacing(style.px(2))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, bold=True, wraps=True))
        words.addWidget(label(about, size=style.SMALL, token="text2", wraps=True))
        words.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(style.px(16))
        line.addLayout(words, 5)
        line.addLayout(grid, 4)
        self.slider = WeightSlider(_("Worth of improving {criterion}").format(criterion=name))
        self.upper_slider = WeightSlider(_("Upper end for {criterion}").format(criterion=name))
        self.box = self._field(_("Points for {criterion}, number").format(criterion=name))
        self.upper_box = self._field(_("Upper end for {criterion}, number").format(criterion=name))
        for row, (slider, box) in enumerate(self._pairs):
            grid.addWidget(slider, row, 0)
            grid.addWidget(box, row, 1)
            box.textEdited.connect(self.on_typed)
            box.editingFinished.connect(self.rested)
            slider.valueChanged.connect(partial(self.on_slid, box))
            slider.sliderPressed.connect(self.held)
            slider.sliderReleased.connect(self.rested)
        self.range = Button(_("Range"))
        self.range.setCheckable(True)
        self.range.setAccessibleName(_("Range for {criterion}").format(criterion=name))
        tip(self.range, _("Two numbers, where one would say more than is known"))
        self.range.clicked.connect(self.on_range_clicked)
        grid.addWidget(self.range, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        layout.addLayout(line)
        self.message = Message()
        layout.addWidget(self.message)
        layout.addWidget(rule())

    @property
    def _pairs(self) -> tuple[tuple[WeightSlider, Field], ...]:
        return ((self.slider, self.box), (self.upper_slider, self.upper_box))

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the focus, in order."""
        return (self.slider, self.box, self.upper_slider, self.upper_box, self.range)

    def _field(self, name: str) -> Field:
        field = Field()
        field.setAccessibleName(name)
        field.setFixedWidth(style.px(_BOX))
        field.setPlaceholderText("0–100")
        return field

    def show_points(
        self, points: Points, problems: tuple[Problem, ...], *, may_range: bool
    ) -> None:
        """Show what stands here, and what is wrong with it."""
        self._points = points
        has_range = points.upper is not None
        for field, text in ((self.box, points.text), (self.upper_box, points.upper or "")):
            if field.text() != text:
                field.setText(text)
            field.mark_wrong(bool(problems))
        found = read_points(points)
        ends = found if isinstance(found, tuple) else (None, None)
        for slider, end in zip((self.slider, self.upper_slider), ends, strict=True):
            slider.put(end)
        for part in self._pairs[1]:
            part.setVisible(has_range)
        self.range.setVisible(may_range or has_range)
        self.range.setChecked(has_range)
        self.message.say(problems)

    def on_typed(self) -> None:
        upper = self.upper_box.text() if self._points.upper is not None else None
        self.changed.emit(Points(self.box.text(), upper))

    def on_slid(self, box: Field, value: int) -> None:
        box.setText(str(value))
        self.on_typed()

    def on_range_clicked(self, is_range: bool) -> None:
        points = self._points
        found = read_points(points)
        low, high = points.text, points.text
        if points_are_range(points) and isinstance(found, tuple):
            low, high = (number_text(end) for end in found)
        self.changed.emit(Points(low, high) if is_range else Points(points.text))
        self.rested.emit()


class PointsEditor(QWidget):
    """The first question, then one for each criterion."""

    edited = Signal(object, str, str)
    held = Signal()
    rested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._one = SetDraft("", "")
        self._chosen = ""
        self.rows: dict[str, PointsRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        said = _("Imagine every item at its worst. Which one would you improve first?")
        self.asked = label(said, bold=True, wraps=True)
        layout.addWidget(self.asked)
        line = QHBoxLayout()
        self.first = Drop()
        self.first.setAccessibleName(said)
        self.first.setPlaceholderText(_("choose"))
        self.first.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.first.activated.connect(self.on_first_chosen)
        line.addWidget(self.first, 3)
        self.hundred = label(_("That is 100."), bold=True)
        line.addWidget(self.hundred, 1)
        layout.addLayout(line)
        self.compared = label(
            _(
                "Compared with it, how much is improving each of these from its worst to its best "
                "worth? 0 is nothing, 100 just as much. Leave empty what you cannot say; it may "
                "then be worth anything up to 100."
            ),
            wraps=True,
        )
        layout.addWidget(self.compared)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout.addLayout(self._list)

    def show_set(
        self, one: SetDraft, labels: Mapping[str, tuple[str, str]], problems: Problems
    ) -> None:
        """Show a set.

        Args:
            labels: Label and range of each criterion of the knowledge, by id.
        """
        self._one = one
        unknown = _("Not a criterion of this knowledge: kept, not counted")
        asked = dict(labels) | {name: (name, unknown) for name in one.points if name not in labels}
        if list(asked) != list(self.rows):
            self._rebuild(asked, labels)
        for part in (self.asked, self.first, self.hundred):
            part.setVisible(one.kind == "swing")
        is_swing = one.kind == "swing"
        self.compared.setVisible(is_swing)
        self.first.setCurrentIndex(self.first.findData(self._highest(labels)))
        for name, row in self.rows.items():
            points = one.points.get(name, Points())
            row.show_points(points, problems.get(name, ()), may_range=is_swing)

    def _rebuild(
        self, asked: Mapping[str, tuple[str, str]], known: Mapping[str, tuple[str, str]]
    ) -> None:
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        self.first.clear()
        for name, (words, about) in asked.items():
            row = PointsRow(words, about)
            row.changed.connect(partial(self.on_row_changed, name, words))
            row.held.connect(self.held)
            row.rested.connect(self.rested)
            self._list.addWidget(row)
            self.rows[name] = row
            if name in known:
                self.first.addItem(words, name)

    def _highest(self, known: Mapping[str, tuple[str, str]]) -> str:
        """The criterion that stands at 100, the one chosen last before others; empty: none."""
        for name in (self._chosen, *known):
            found = read_points(self._one.points.get(name, Points()))
            if isinstance(found, tuple) and found[0] == MAXIMUM_WEIGHT:
                return name
        return ""

    def on_first_chosen(self, at: int) -> None:
        self._chosen = self.first.itemData(at)
        says = _("what is improved first")
        self._say(self._chosen, Points(str(MAXIMUM_WEIGHT)), says, "")
        self.rested.emit()

    def on_row_changed(self, name: str, words: str, points: Points) -> None:
        says = _("points for {criterion}").format(criterion=words)
        self._say(name, points, says, name)

    def _say(self, name: str, points: Points, says: str, part: str) -> None:
        told = {each: found for each, found in self._one.points.items() if each != name}
        if points != Points():
            told[name] = points
        self.edited.emit(replace(self._one, points=told), says, part)
