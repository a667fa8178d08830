"""What answers say against each other, and numbers that look like another unit.

A problem is certain: partial dates are spans of days, and only what holds for every day is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from pydantic import BaseModel

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _, format_date, format_partial
from nmosd_cds.patient.answer import Answer, Quantity, Rows, Several, When, YesNo
from nmosd_cds.patient.case import Case
from nmosd_cds.patient.dates import PartialDate
from nmosd_cds.patient.field import FieldSpec, field_specs
from nmosd_cds.patient.kinds import in_first_unit
from nmosd_cds.patient.model import Attack, Patient, Treatment
from nmosd_cds.patient.plain import number_text
from nmosd_cds.patient.quantity import spelt
from nmosd_cds.patient.wording import listed

# Symptoms within 30 days belong to one attack (wingerchuk-2015 counts a new one after that).
ONE_ATTACK = timedelta(days=30)
NONE = "none"


# Tuples: the form makes one of each answer and date with every key.
class _Place(NamedTuple):
    """One answer and where it stands."""

    where: str
    spec: FieldSpec
    answer: Answer


class _Dated(NamedTuple):
    """One date and where it stands."""

    where: str
    date: PartialDate
    may_be_future: bool = False


def problems_of(case: Case, on: date) -> list[Problem]:
    """What cannot be true on the day of assessment.

    Args:
        case: A case that was read without a problem.
        on: Day of assessment.

    Returns:
        Every contradiction, sorted by place; empty if there is none.
    """
    patient, answers = case.patient, _answers(case)
    return sorted(
        [
            *_dates_out_of_life(case, answers, on),
            *_none_and_more(answers),
            *_person(patient),
            *_same_attacks(patient),
            *_attack_in_progress(patient, on),
            *_treatments(patient, on),
        ]
    )


def notices_of(case: Case) -> list[Problem]:
    """Legal numbers that are implausible, each with the unit it may have been reported in."""
    return sorted(
        problem for where, group in _groups(case) for problem in _implausible_in(where, group)
    )


def _implausible_in(where: str, group: BaseModel) -> Iterator[Problem]:
    for name, spec in field_specs(type(group)).items():
        answer = getattr(group, name)
        if isinstance(answer, Quantity) and answer.state == "known":
            yield from _implausible(f"{where}.{name}", spec, answer)
        elif isinstance(answer, Rows):
            for number, row in enumerate(answer.rows):
                yield from _implausible_in(f"{where}.{name}.rows[{number}]", row)


def _implausible(where: str, spec: FieldSpec, answer: Quantity) -> Iterator[Problem]:
    if answer.value is None or answer.unit is None or _is_plausible(spec, answer, answer.unit):
        return
    likely = [spelt(unit) for unit in likely_units(spec, answer)]
    what = _("`{number} {unit}` is unusual").format(
        number=number_text(answer.value), unit=answer.unit
    )
    yield Problem(where, what, f"{listed(tuple(likely))}?" if likely else _("Check the number."))


def likely_units(spec: FieldSpec, answer: Quantity) -> tuple[str, ...]:
    """Other units of a field in which an unusual number would be usual; none for a usual one."""
    if answer.value is None or answer.unit is None or _is_plausible(spec, answer, answer.unit):
        return ()
    others = (unit for unit in spec.units if unit != answer.unit)
    return tuple(unit for unit in others if _is_plausible(spec, answer, unit))


def is_plausible(spec: FieldSpec, answer: Quantity) -> bool:
    """Whether a number in its own unit is a usual one; true where nothing is known of that."""
    return answer.unit is None or _is_plausible(spec, answer, answer.unit)


def _is_plausible(spec: FieldSpec, answer: Quantity, unit: str) -> bool:
    if spec.plausible is None or answer.value is None:
        return True
    first = in_first_unit(spec, answer.value, unit)
    return first is not None and spec.plausible[0] <= first <= spec.plausible[1]


def _groups(case: Case) -> Iterator[tuple[str, BaseModel]]:
    yield "patient", case.patient
    yield "setting", case.setting
    yield "setting.access", case.setting.access


def _answers(case: Case) -> list[_Place]:
    found: list[_Place] = []
    for where, group in _groups(case):
        _gather(where, group, found)
    return found


def _gather(where: str, group: BaseModel, found: list[_Place]) -> None:
    for name, spec in field_specs(type(group)).items():
        answer = getattr(group, name)
        if isinstance(answer, Rows):
            for number, row in enumerate(answer.rows):
                _gather(f"{where}.{name}.rows[{number}]", row, found)
        elif answer is not None:
            found.append(_Place(f"{where}.{name}", spec, answer))


def _dates(case: Case, answers: list[_Place]) -> Iterator[_Dated]:
    for place in answers:
        if isinstance(place.answer, When) and place.answer.value is not None:
            yield _Dated(place.where, place.answer.value, place.spec.may_be_future)
        if place.answer.date is not None:
            yield _Dated(place.where, place.answer.date)
    for where, group in _groups(case):
        for name in field_specs(type(group)):
            rows = getattr(group, name)
            if isinstance(rows, Rows) and rows.complete_since is not None:
                yield _Dated(f"{where}.{name}.complete_since", rows.complete_since)
    for number, one in enumerate(case.preferences.sets):
        day = PartialDate(one.on.year, one.on.month, one.on.day)
        yield _Dated(f"preferences.sets[{number}].on", day)


def _dates_out_of_life(case: Case, answers: list[_Place], on: date) -> Iterator[Problem]:
    born = case.patient.birth_date.value if case.patient.birth_date else None
    for dated in _dates(case, answers):
        if dated.date.first > on and not dated.may_be_future:
            what = _("{said} is after the day of assessment, {date}").format(
                said=_quoted(dated.date), date=format_date(on)
            )
            yield Problem(dated.where, what, _("Check the year."))
        of_the_person = not dated.where.startswith("setting")
        if born is not None and of_the_person and dated.date.last < born.first:
            what = _("{said} is before birth, {date}").format(
                said=_quoted(dated.date), date=format_partial(str(born))
            )
            yield Problem(dated.where, what, _("Check both dates."))


def _quoted(day: PartialDate) -> str:
    return f"`{format_partial(str(day))}`"


def _none_and_more(answers: list[_Place]) -> Iterator[Problem]:
    for place in answers:
        chosen = place.answer.value if isinstance(place.answer, Several) else None
        if chosen and NONE in chosen and len(chosen) > 1:
            yield Problem(place.where, _("says none and names some"), _("Keep one of the two."))


def _says(answer: YesNo | None, value: bool) -> bool:
    return answer is not None and answer.value is value


def _person(patient: Patient) -> Iterator[Problem]:
    male = patient.sex is not None and patient.sex.value == "male"
    if male and _says(patient.pregnant, True):
        yield Problem(
            "patient.pregnant", _("says yes of a male person"), _("Check sex and pregnancy.")
        )
    if male and _says(patient.can_become_pregnant, True):
        hint = _("Check sex and this answer.")
        yield Problem("patient.can_become_pregnant", _("says yes of a male person"), hint)
    if _says(patient.can_become_pregnant, False) and _says(patient.pregnant, True):
        what = _("says no of a person who is pregnant")
        yield Problem("patient.can_become_pregnant", what, _("Check both answers."))


def _onsets(patient: Patient) -> list[tuple[int, Attack, PartialDate]]:
    rows = patient.attacks.rows if patient.attacks else ()
    return [
        (number, row, row.onset.value)
        for number, row in enumerate(rows)
        if row.onset is not None and row.onset.value is not None
    ]


def _same_attacks(patient: Patient) -> Iterator[Problem]:
    days = sorted((onset.first, number) for number, _row, onset in _onsets(patient) if onset.is_day)
    for (earlier, _number), (later, number) in pairwise(days):
        if later - earlier <= ONE_ATTACK:
            what = _("is {days} days after the onset of {date}").format(
                days=(later - earlier).days, date=format_date(earlier)
            )
            hint = _("The same attack? Within 30 days it is one; keep one row.")
            yield Problem(f"patient.attacks.rows[{number}].onset", what, hint)


def _attack_in_progress(patient: Patient, on: date) -> Iterator[Problem]:
    if not _says(patient.attack_in_progress, False):
        return
    recent = [
        onset for _number, _row, onset in _onsets(patient) if on - ONE_ATTACK <= onset.first <= on
    ]
    if any(onset.last <= on for onset in recent):
        what = _("says no, and an attack began in the last 30 days")
        yield Problem("patient.attack_in_progress", what, _("Check both answers."))


def _treatments(patient: Patient, on: date) -> Iterator[Problem]:
    rows = patient.treatments.rows if patient.treatments else ()
    for number, row in enumerate(rows):
        yield from _treatment(patient, row, f"patient.treatments.rows[{number}]", on)


def _treatment(patient: Patient, row: Treatment, where: str, on: date) -> Iterator[Problem]:
    start, stop, last_dose = (_day(answer) for answer in (row.start, row.stop, row.last_dose))
    if start and stop and stop.last < start.first:
        what = _("is before the start, {date}").format(date=format_partial(str(start)))
        yield Problem(f"{where}.stop", what, _("Check both dates."))
    if start and last_dose and last_dose.last < start.first:
        what = _("is before the start, {date}").format(date=format_partial(str(start)))
        yield Problem(f"{where}.last_dose", what, _("Check both dates."))
    if stop and _says(row.ongoing, True):
        what = _("says yes, and the drug was stopped in {date}").format(
            date=format_partial(str(stop))
        )
        yield Problem(f"{where}.ongoing", what, _("Keep one of the two."))
    if row.attacks_on_it is not None and row.attacks_on_it.value == 0:
        for attack, confirmed, onset in _onsets(patient):
            if not _says(confirmed.confirmed, False) and _is_inside(onset, row, on):
                what = _("says 0, and attack {count} of the list lies within it").format(
                    count=attack + 1
                )
                yield Problem(f"{where}.attacks_on_it", what, _("Check both answers."))


def _is_inside(onset: PartialDate, row: Treatment, on: date) -> bool:
    start, stop = _day(row.start), _day(row.stop)
    if start is None or onset.first <= start.last:
        return False
    if stop is not None:
        return onset.last < stop.first
    return _says(row.ongoing, True) and onset.last <= on


def _day(answer: When | None) -> PartialDate | None:
    return answer.value if answer is not None else None
