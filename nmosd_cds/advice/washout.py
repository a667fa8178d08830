"""Every present or recent drug of the person before a step, with dates and the danger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from nmosd_cds.advice.plan_model import Washout, WashoutDate, WashoutLine
from nmosd_cds.calculators.derived import Known
from nmosd_cds.calculators.span import months_before
from nmosd_cds.calculators.treatment_history import Course, treatment_history
from nmosd_cds.calculators.washout import LastDose, earliest_after, is_reached, last_dose
from nmosd_cds.i18n import _, format_date, format_partial
from nmosd_cds.knowledge.knowledge import Option
from nmosd_cds.knowledge.plan import ALL_DRUGS, PlanItem
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Treatment

# Ours: a drug that ended longer ago is shown only while an interval after it still runs.
RECENT_MONTHS = 12
_C5 = "c5"
_STEROID = "prednisolone"
_ASKS = ("treatments",)


def washout_of(option: Option, known: Known) -> Washout | None:
    """The washout table of an option; None for one before which nothing is stopped.

    Args:
        option: With the lines of its plan.
        known: The case.
    """
    items = [one.item for one in option.plan]
    about = [item for item in items if item.drugs]
    if not about:
        return None
    danger = next(item for item in items if item.warning)
    bridge = next((item.text for item in items if _is_bridge(item)), "")
    history = treatment_history(known)
    lines = [*_lines(about, known), *_steroid(about, known)]
    note = ""
    if not history.lists_present_drugs:
        note = _("The list of drugs is not known to be complete; a drug may be missing here.")
    return Washout(
        before=next((item.before for item in about if item.before), "") or "",
        lines=tuple(lines),
        danger=danger.text,
        danger_cites=danger.cites,
        bridge=bridge,
        note=note,
    )


def _is_bridge(item: PlanItem) -> bool:
    return item.section == "washout" and not item.drugs and not item.warning


def _lines(about: list[PlanItem], known: Known) -> Iterator[WashoutLine]:
    for exposed in known.once(_exposures):
        line = _line(about, exposed, known.on)
        if line is not None:
            yield line


class _Exposed(NamedTuple):
    """One course of the person, and the last dose of it; the same before every option."""

    course: Course
    dose: LastDose | None
    said: str


def _exposures(known: Known) -> tuple[_Exposed, ...]:
    courses = treatment_history(known).courses
    doses = [last_dose(course, known.on) for course in courses]
    return tuple(
        _Exposed(course, dose, _exposure(course, dose))
        for course, dose in zip(courses, doses, strict=True)
    )


def _line(about: list[PlanItem], exposed: _Exposed, on: date) -> WashoutLine | None:
    course, dose = exposed.course, exposed.dose
    item = _item_of(about, course.drug)
    is_c5 = course.definition is not None and course.definition.mechanism_class == _C5
    dates = () if item is None or is_c5 else tuple(_dates(item, dose, on))
    if not _matters(course, dose, dates, on):
        return None
    return WashoutLine(
        drug=course.drug or "",
        label=_label(course.drug),
        taken=course.ongoing,
        exposure=exposed.said,
        counted_from=dose.counted_from if dose else "",
        dates=dates,
        text=item.text if item else _("Nothing was read about this drug."),
        cites=item.cites if item else (),
        flag=item.flag if item else "project",
        asks=_ASKS if course.drug is None or (dates and dose is None) else (),
    )


def _item_of(about: list[PlanItem], drug: str | None) -> PlanItem | None:
    named = [item for item in about if drug in item.drugs]
    return next(iter([*named, *(item for item in about if ALL_DRUGS in item.drugs)]), None)


def _dates(item: PlanItem, dose: LastDose | None, on: date) -> Iterator[WashoutDate]:
    for one in item.intervals:
        if dose is None:
            yield WashoutDate(one.says, None, None, Truth.UNKNOWN, one.cites, one.flag)
            continue
        day = earliest_after(dose.days, days=one.days, months=one.months)
        reached = is_reached(day, on)
        yield WashoutDate(one.says, day.first, day.last, reached, one.cites, one.flag)


def _matters(
    course: Course, dose: LastDose | None, dates: tuple[WashoutDate, ...], on: date
) -> bool:
    if course.ongoing is not Truth.FALSE:
        return True
    last = dose.days.last if dose else course.end.last
    if last >= months_before(on, RECENT_MONTHS):
        return True
    return any(one.last is not None and one.is_over is not Truth.TRUE for one in dates)


def _label(drug: str | None) -> str:
    if drug is None:
        return _("Drug not named")
    return _(field_specs(Treatment)["drug"].label_of(drug))


def _exposure(course: Course, dose: LastDose | None) -> str:
    row = course.row
    if dose is not None and dose.counted_from == "last-dose":
        assert row.last_dose is not None  # it is what was counted from
        day = format_partial(str(row.last_dose.value))
        if course.ongoing is Truth.TRUE:
            return _("Taken now. Last dose entered: {day}; counted as if none followed.").format(
                day=day
            )
        if course.ongoing is Truth.FALSE:
            return _("Stopped. Last dose: {day}.").format(day=day)
        return _("Whether it is still taken is not known. Last dose entered: {day}.").format(
            day=day
        )
    if dose is not None:
        assert row.stop is not None  # it is what was counted from
        return _("Stopped {day}. The last dose was not entered, so the stop counts.").format(
            day=format_partial(str(row.stop.value))
        )
    if course.ongoing is Truth.TRUE:
        return _("Taken now. The day of the last dose is not known, so no date can be counted.")
    if course.ongoing is Truth.FALSE:
        return _("Stopped. Neither the last dose nor the day it was stopped is known.")
    return _("Neither the last dose nor whether it is still taken is known.")


def _steroid(about: list[PlanItem], known: Known) -> Iterator[WashoutLine]:
    """The steroid taken now, where it stands in its own field and not in the list."""
    dose = known.patient.prednisolone_dose
    if dose is None or dose.value is None or (dose.value == Decimal(0) and not dose.comparator):
        return
    if any(course.drug == _STEROID for course in treatment_history(known).courses):
        return
    item = _item_of(about, _STEROID)
    said = _("Taken now, {dose} mg a day. No date can be counted from a dose that goes on.")
    comparator = dose.comparator or ""
    yield WashoutLine(
        drug=_STEROID,
        label=_label(_STEROID),
        taken=Truth.TRUE,
        exposure=said.format(dose=f"{comparator}{dose.value:f}"),
        counted_from="",
        dates=tuple(_dates(item, None, known.on)) if item else (),
        text=item.text if item else "",
        cites=item.cites if item else (),
        flag=item.flag if item else "project",
    )


def day_words(found: WashoutDate) -> str:
    """The first day after an interval, in words; a coarse date gives two."""
    if found.first is None or found.last is None:
        return _("no date")
    if found.first == found.last:
        return format_date(found.last)
    return _("{last} at the latest, {first} at the earliest").format(
        last=format_date(found.last), first=format_date(found.first)
    )
