"""Who the page is about: never a blank, "Not known" is said in words."""

from __future__ import annotations

from datetime import date

from nmosd_cds.i18n import _, format_partial
from nmosd_cds.i18n.joining import clauses, listed
from nmosd_cds.patient.answer import Choice, Serology, Text
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient
from nmosd_cds.report.model import Banner, Labelled


def banner_of(case: Case, on: date) -> Banner:
    """The banner of every page.

    Args:
        case: The case, as it was entered.
        on: Day of the advice, for the age.
    """
    patient = case.patient
    return Banner(
        name=name_of(case),
        rows=(
            (
                _born(patient, on),
                Labelled(_("Sex"), _chosen(patient, "sex")),
                Labelled(_("Hospital No."), text_of(patient.hospital_number)),
            ),
            (
                _allergies(patient),
                Labelled(_("AQP4-IgG"), _serology(patient, "aqp4_igg")),
                Labelled(_("MOG-IgG"), _serology(patient, "mog_igg")),
            ),
        ),
    )


def name_of(case: Case) -> str:
    """The name as entered, or that it is not known."""
    answer = case.patient.name
    return answer.value if answer and answer.value else _("Name not known")


def text_of(answer: Text | None) -> str:
    """A text, or why there is none."""
    if answer is None:
        return _("Not known")
    return answer.value or _without(answer.state)


def _born(patient: Patient, on: date) -> Labelled:
    answer = patient.birth_date
    if answer is not None and answer.value is not None:
        born = answer.value
        # A birthday that may already have been this year leaves two ages possible.
        ages = sorted({_age(born.last, on), _age(born.first, on)})
        age = "–".join(str(years) for years in ages)
        said = _("{date} ({age}y)").format(date=format_partial(str(born)), age=age)
        return Labelled(_("Born"), said)
    stated = patient.stated_age
    if stated is not None and stated.value is not None:
        return Labelled(_("Born"), _("Not known (stated age {age}y)").format(age=stated.value))
    return Labelled(_("Born"), _without(answer.state) if answer else _("Not known"))


def _age(born: date, on: date) -> int:
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _without(state: str) -> str:
    if state == "not-done":
        return _("Not tested")
    return _("Result unavailable") if state == "unavailable" else _("Not known")


def _chosen(patient: Patient, name: str) -> str:
    answer: Choice | None = getattr(patient, name)
    if answer is None:
        return _("Not known")
    if answer.value is None:
        return _without(answer.state)
    return _(field_specs(Patient)[name].label_of(answer.value))


def _serology(patient: Patient, name: str) -> str:
    answer: Serology | None = getattr(patient, name)
    parts = [_chosen(patient, name)]
    if answer is not None and answer.value is not None:
        if answer.titre:
            parts.append(f"{answer.titre_comparator or ''}{answer.titre}")
        if answer.assay and answer.assay != "cell-based":
            parts.append(_(field_specs(Patient)[name].label_of(answer.assay)))
    return clauses(parts)


def _allergies(patient: Patient) -> Labelled:
    rows = patient.allergies
    if rows is None or (not rows.rows and rows.complete_since is None):
        return Labelled(_("Allergies not recorded"), "")
    if not rows.rows:
        return Labelled("", _("No known allergies"))
    known = [row for row in rows.rows if row.substance is not None and row.substance.value]
    if not known:
        return Labelled(_("Allergies unavailable"), "")
    names = []
    for row in known:
        assert row.substance is not None  # known above
        severe = row.anaphylaxis is not None and row.anaphylaxis.value is True
        name = row.substance.value or ""
        names.append(_("{substance} (anaphylaxis)").format(substance=name) if severe else name)
    return Labelled(_("Known allergies"), listed(names))
