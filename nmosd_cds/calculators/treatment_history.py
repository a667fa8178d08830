"""The drug list as courses: what was taken from when to when, and what is taken now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nmosd_cds.calculators.answered import chosen, complete_from, is_yes
from nmosd_cds.calculators.derived import DrugDefinition, Known
from nmosd_cds.calculators.span import Span, days_after, span_of
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.model import Treatment

DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Course:
    """One drug, from start to end.

    Attributes:
        row: The row as entered.
        drug: Drug id; None if it was not entered.
        definition: What the drug files say; None if the drug is not known or has no file.
        start: Days on which it can have begun.
        end: Days on which it can have ended; the day of assessment while it is taken.
        ongoing: Whether it is taken now.
    """

    row: Treatment
    drug: str | None
    definition: DrugDefinition | None
    start: Span
    end: Span
    ongoing: Truth

    @property
    def adequate_from(self) -> Span | None:
        """Days from which the trial is adequate; None for a drug that has no adequate trial."""
        if self.definition is None or self.definition.minimum_weeks is None:
            return None
        days = self.definition.minimum_weeks * DAYS_IN_WEEK
        return Span(days_after(self.start.first, days), days_after(self.start.last, days))


@dataclass(frozen=True)
class TreatmentHistory:
    """What is known of a person's preventive drugs.

    Attributes:
        courses: Listed courses, in the order of the list.
        complete_from: No drug taken on or after this day is missing; None: any may be.
        covers_disease: Whether no drug is missing since the first symptom.
    """

    courses: tuple[Course, ...]
    complete_from: date | None
    covers_disease: bool

    @property
    def lists_present_drugs(self) -> bool:
        """Whether every drug taken now is listed."""
        return self.complete_from is not None

    @property
    def has_unnamed(self) -> bool:
        """Whether a row does not say which drug it is about."""
        return any(course.drug is None for course in self.courses)


class PresentTreatment(NamedTuple):
    """A drug the person takes now.

    Attributes:
        drug: Drug id.
        since: Start as entered; None if it was not.
        is_certain: False where the list does not say whether it is still taken.
    """

    drug: str
    since: PartialDate | None
    is_certain: bool


def treatment_history(known: Known) -> TreatmentHistory:
    """The courses of a case.

    Source:
        nmosd-cds-project.
    """
    return known.once(_history)


def present_treatment(known: Known) -> list[PresentTreatment]:
    """The drugs taken now, and those that may still be, in the order of the list.

    Source:
        nmosd-cds-project.
    """
    return [
        PresentTreatment(
            course.drug,
            course.row.start.value if course.row.start else None,
            course.ongoing is TRUE,
        )
        for course in treatment_history(known).courses
        if course.drug is not None and course.ongoing is not FALSE
    ]


def _history(known: Known) -> TreatmentHistory:
    rows = known.patient.treatments
    listed_from = complete_from(rows, known.on)
    onset = known.patient.disease_onset
    covers = (
        listed_from is not None
        and onset is not None
        and onset.value is not None
        and listed_from <= onset.value.first
    )
    return TreatmentHistory(tuple(_courses(known)), listed_from, covers)


def _courses(known: Known) -> Iterator[Course]:
    rows = known.patient.treatments
    for row in rows.rows if rows else ():
        start = span_of(row.start, known.on)
        if start is None:
            continue
        drug = chosen(row.drug)
        ongoing = _ongoing(row, known.on)
        yield Course(
            row=row,
            drug=drug,
            definition=known.definitions.drugs.get(drug) if drug else None,
            start=start,
            end=_end(row, start, ongoing, known.on),
            ongoing=ongoing,
        )


def _ongoing(row: Treatment, on: date) -> Truth:
    if row.ongoing is not None and row.ongoing.value is not None:
        return is_yes(row.ongoing)
    if row.stop is None or row.stop.value is None:
        return UNKNOWN
    return TRUE if row.stop.value.first > on else FALSE


def _end(row: Treatment, start: Span, ongoing: Truth, on: date) -> Span:
    if ongoing is TRUE:
        return Span(on, on)
    stop = Span(date.min, on)
    if row.stop is not None and row.stop.value is not None:
        stop = span_of(row.stop, on) or Span(on, on)
    # A drug lasted at least to its last dose, however coarse the date of its end.
    last_dose = span_of(row.last_dose, on) or start
    return Span(min(max(stop.first, start.first, last_dose.first), stop.last), stop.last)
