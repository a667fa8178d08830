"""Who this is about: fixed above everything, the same labels as on paper, never a blank."""

from __future__ import annotations

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
        self._facts = Flow(gap=24)
        self._layout.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        self._right: QWidget | None = None
        self._shown: object = None
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
        self._facts.clear()
        if self._right is not None:
            self._layout.removeWidget(self._right)
            self._right.hide()
            self._right.deleteLater()
            self._right = None
        if style.look.zoom >= _LARGE:
            # In two-line columns it would take half of a small screen.
            self._facts.add(label(name_of(case), size=style.TITLE, bold=True))
            for pair in pairs:
                for one in pair:
                    self._facts.add(_labelled(one))
            for words in assessed:
                self._facts.add(label(words, token="text2"))
        else:
            name = label(name_of(case), size=style.HEADLINE, bold=True, wraps=True)
            name.setMinimumWidth(style.px(190))
            name.setMinimumHeight(style.px(40))
            self._facts.add(name)
            for pair in pairs:
                self._facts.add(_column(pair))
            self._right = _lines([label(words, token="text2") for words in assessed], right=True)
            self._layout.addWidget(self._right)
        self.setAccessibleName(_("Patient banner"))
        said = clauses(beside(one.label, one.value) for pair in pairs for one in pair)
        self.setAccessibleDescription(clauses([name_of(case), said]))

    def _assessed(self, case: Case) -> list[str]:
        on = _("Advice as of {day}").format(day=format_date(self._consultation.on))
        return [_("Fictional patient"), on] if case.fictional else [on]


def _column(pair: tuple[Labelled, ...]) -> QWidget:
    return _lines([_labelled(one) for one in pair])


def _lines(widgets: list[QWidget], *, right: bool = False) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.px(1))
    layout.addStretch(1)
    for widget in widgets:
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag(0))
    layout.addStretch(1)
    return made


def _labelled(one: Labelled) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(style.px(6))
    if one.label:
        layout.addWidget(label(one.label, token="text2"))
    if one.value:
        layout.addWidget(label(one.value, bold=True))
    layout.addStretch(1)
    return made


def _more(case: Case, name: str) -> Labelled:
    spec = field_specs(Patient)[name]
    said = shown_answer(spec, getattr(case.patient, name))
    return Labelled(_(spec.label), said[:1].upper() + said[1:])
