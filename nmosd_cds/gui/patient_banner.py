"""Who this is about: fixed above everything, the same labels as on paper, never a blank."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nmosd_cds.gui import style
from nmosd_cds.gui.consultation import Consultation
from nmosd_cds.gui.controls import Flow, label, paint_ground
from nmosd_cds.i18n import _, format_date
from nmosd_cds.i18n.joining import beside, clauses
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import shown_answer
from nmosd_cds.patient.model import Patient
from nmosd_cds.report.banner import banner_of, name_of
from nmosd_cds.report.model import Labelled

_MORE = ("weight", "pregnant")
# From this zoom on everything stands in lines, not in columns.
_LARGE = 1.5


class PatientBanner(QWidget):
    """Name, birth, sex, number, allergies, antibodies, weight, pregnancy."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__()
        self._consultation = consultation
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(style.px(56 if style.look.zoom < _LARGE else 28))
        paint_ground(self, "surface")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(style.px(16), style.px(6), style.px(16), style.px(6))
        self._layout.setSpacing(style.px(24))
        self._is_large = style.look.zoom >= _LARGE
        self._facts = Flow(gap=24)
        self._layout.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        size = style.TITLE if self._is_large else style.HEADLINE
        self._name = label("", size=size, bold=True, wraps=not self._is_large)
        if not self._is_large:
            self._name.setMinimumWidth(style.px(190))
            self._name.setMinimumHeight(style.px(40))
        self._facts.add(self._name)
        self._pairs: list[tuple[_Labelled, ...]] = []
        self._right = [label("", token="text2") for _line in range(2)]
        if not self._is_large:
            self._layout.addWidget(_lines(self._right, right=True))
        self._shown: object = None
        self.setAccessibleName(_("Patient banner"))
        consultation.patient_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show whoever the case is about now; most answers change nothing here."""
        case, on = self._consultation.case, self._consultation.on
        upper, lower = banner_of(case, on).rows
        more = [_more(case, each) for each in _MORE]
        pairs = [*zip(upper, lower, strict=True), (more[0], more[1])]
        assessed = self._assessed(case)
        shown = (name_of(case), tuple(pairs), tuple(assessed))
        if shown == self._shown:
            return
        self._shown = shown
        if not self._pairs:
            self._make_room(pairs)
        self._name.setText(name_of(case))
        for parts, pair in zip(self._pairs, pairs, strict=True):
            for part, one in zip(parts, pair, strict=True):
                part.say(one)
        for line, words in zip(self._right, [*assessed, ""], strict=False):
            line.setText(words)
            line.setVisible(bool(words))
        self._facts.arrange()
        said = clauses(beside(one.label, one.value) for pair in pairs for one in pair)
        self.setAccessibleDescription(clauses([name_of(case), said]))

    def _make_room(self, pairs: Sequence[tuple[Labelled, ...]]) -> None:
        """A place for each fact; the same facts stand there whoever it is about."""
        self._pairs = [tuple(_Labelled() for _one in pair) for pair in pairs]
        for parts in self._pairs:
            # In two-line columns it would take half of a small screen.
            for part in parts if self._is_large else (_lines(parts),):
                self._facts.add(part)
        for line in self._right if self._is_large else ():
            self._facts.add(line)

    def _assessed(self, case: Case) -> list[str]:
        on = _("Advice as of {day}").format(day=format_date(self._consultation.on))
        return [_("Fictional patient"), on] if case.fictional else [on]


class _Labelled(QWidget):
    """One fact: its label, if it needs one, and its value."""

    def __init__(self) -> None:
        super().__init__()
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.px(6))
        self._label, self._value = label("", token="text2"), label("", bold=True)
        line.addWidget(self._label)
        line.addWidget(self._value)
        line.addStretch(1)

    def say(self, one: Labelled) -> None:
        """Say another fact."""
        for part, words in ((self._label, one.label), (self._value, one.value)):
            part.setText(words)
            part.setVisible(bool(words))
        # At once, or the column around it would keep the room of the words before.
        self._line.invalidate()
        self.updateGeometry()


def _lines(widgets: Sequence[QWidget], *, right: bool = False) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.px(1))
    layout.addStretch(1)
    for widget in widgets:
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag(0))
    layout.addStretch(1)
    return made


def _more(case: Case, name: str) -> Labelled:
    spec = field_specs(Patient)[name]
    said = shown_answer(spec, getattr(case.patient, name))
    return Labelled(_(spec.label), said[:1].upper() + said[1:])
