"""Why a recorded result does not count as current: the laws of the calculators, in words.

Nothing is decided here. Each sentence is the reason why `edss_current`, `better_eye_acuity`,
`plegic` or `pregnancy` leaves its value open although something is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nmosd_cds.calculators.answered import chosen, is_yes
from nmosd_cds.calculators.attack_history import AttackEvent, attack_history
from nmosd_cds.calculators.current_state import is_current
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.pregnancy import is_fresh
from nmosd_cds.calculators.span import days_after, days_before, span_of
from nmosd_cds.i18n import _, format_date, format_partial
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.answer import When


@dataclass(frozen=True)
class Stale:
    """One recorded result that does not count as current.

    Attributes:
        field: The field it stands in.
        reason: Why, as a sentence.
    """

    field: str
    reason: str


def stale_results(known: Known) -> Mapping[str, Stale]:
    """What is recorded and does not count as current, by field.

    Source:
        nmosd-cds-project.
    """
    found = (find(known) for find in (_edss, _acuity, _plegia, _pregnancy))
    return {one.field: one for one in found if one is not None}


def _edss(known: Known) -> Stale | None:
    rows = known.patient.edss_series
    return _series(known, "edss_series", [row.date for row in rows.rows] if rows else [])


def _acuity(known: Known) -> Stale | None:
    rows = known.patient.acuity_series
    return _series(known, "acuity_series", [row.date for row in rows.rows] if rows else [])


def _series(known: Known, field: str, dates: list[When | None]) -> Stale | None:
    spans = [span for one in dates if (span := span_of(one, known.on)) is not None]
    if not spans:
        return None
    newest = max(spans, key=lambda span: (span.last, span.first))
    if newest.first == date.min:
        return Stale(field, _("The newest row has no date, so it does not count as current."))
    return _measured(known, field, newest.first)


def _plegia(known: Known) -> Stale | None:
    answer = known.patient.plegia
    if answer is None or answer.state != "known":
        return None
    if answer.date is None:
        return Stale("plegia", _("Without its date it does not count as current."))
    return _measured(known, "plegia", answer.date.first)


def _measured(known: Known, field: str, measured: date) -> Stale | None:
    if is_current(known, measured):
        return None
    return Stale(field, next(_why(known, measured)))


def _why(known: Known, measured: date) -> Iterator[str]:
    """The first reason of `is_current`, the attack that speaks against it first."""
    history = attack_history(known)
    days = known.definitions.days("provisional")
    against = [
        event
        for event in history.events
        if event.date is not None and event.onset.last >= days_before(measured, days)
    ]
    later = [event for event in against if event.onset.first > measured]
    if later:
        said = _("Not done since the attack of {day}, so it does not count as current.")
        yield said.format(day=_day_of(max(later, key=_onset)))
    if against:
        newest = max(against, key=_onset)
        until = days_after(newest.onset.last, days)
        said = _(
            "Provisional: within {days} days of the attack of {day}. "
            "It counts if it is done again after {until} (project)."
        )
        yield said.format(days=days, day=_day_of(newest), until=format_date(until))
    if history.complete_from is None:
        yield _("An attack after it may be missing: the list of attacks is not called complete.")
    else:
        said = _("An attack near it may be missing: the list is complete only since {day}.")
        yield said.format(day=format_date(history.complete_from))


def _onset(event: AttackEvent) -> date:
    return event.onset.last


def _day_of(event: AttackEvent) -> str:
    return format_partial(str(event.date))


def _pregnancy(known: Known) -> Stale | None:
    patient = known.patient
    test = patient.pregnant
    if is_yes(test) is not Truth.FALSE or is_fresh(known) or test is None:
        return None
    if chosen(patient.sex) == "male" or is_yes(patient.can_become_pregnant) is Truth.FALSE:
        return None
    days = known.definitions.days("pregnancy_test")
    if test.date is None:
        said = _("Without its date it does not count: a negative test counts for {days} days.")
        return Stale("pregnant", said.format(days=days))
    said = _("A negative test counts for {days} days (project); this one is of {day}.")
    return Stale("pregnant", said.format(days=days, day=format_partial(str(test.date))))
