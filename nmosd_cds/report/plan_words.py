"""A plan in words: days, states, values with date, sources that differ. No Qt, no page."""

from __future__ import annotations

from collections.abc import Mapping

from nmosd_cds.advice.plan_model import (
    PlanAnswer,
    PlanDays,
    PlanLine,
    PlanRange,
    WashoutDate,
    WashoutLine,
)
from nmosd_cds.advice.washout import day_words
from nmosd_cds.i18n import N_, _, ngettext
from nmosd_cds.i18n.joining import clauses, led, listed, parted
from nmosd_cds.logic.truth import Truth
from nmosd_cds.report.wording import flag_word, marked, sentence, sentences, word

SECTION: Mapping[str, str] = {
    "work-up": N_("Work-up"),
    "washout": N_("Washout"),
    "baseline": N_("Baseline"),
    "monitoring": N_("Monitoring"),
    "prophylaxis": N_("Prophylaxis"),
    "vaccination": N_("Vaccination"),
    "surveillance": N_("Surveillance"),
}
_STATES: Mapping[str, str] = {
    "not-known": N_("not known"),
    "not-done": N_("not done"),
    "unavailable": N_("result unavailable"),
}
_DAYS_IN_YEAR = 365.25
_DAYS_IN_MONTH = 30.4375
_MONTHS_FROM = 60
_YEARS_FROM = 730


def day_name(day: int) -> str:
    """`day -4`, `day 14`, `month 6`, `year 2`: weeks are days, years begin at the second."""
    if abs(day) < _MONTHS_FROM:
        return _("day {day}").format(day=day)
    if abs(day) < _YEARS_FROM:
        return _("month {month}").format(month=round(day / _DAYS_IN_MONTH))
    return _("year {year}").format(year=round(day / _DAYS_IN_YEAR))


def days_words(days: PlanDays) -> str:
    """When something is due: `day 0 to day 14, every day in the first week`."""
    if days.last is None:
        said = _("from {first} for life").format(first=day_name(days.first))
    elif days.first == days.last:
        said = day_name(days.first)
    else:
        said = _("{first} to {last}").format(first=day_name(days.first), last=day_name(days.last))
    if days.every:
        return clauses([said, days.every])
    if days.at:
        return led(said, listed(dict.fromkeys(day_name(day) for day in days.at)))
    return said


def answer_words(answer: PlanAnswer) -> str:
    """A field and what is known of it: `LVEF 62 %, 15-Oct-2026, older than 3 months`."""
    if answer.state in _STATES:
        return led(answer.label, word(_STATES, answer.state))
    parts = [led(answer.label, answer.value) if answer.value else answer.label]
    parts += [answer.date] if answer.date else []
    parts += [_("partly known")] if answer.state == "partly" else []
    return clauses(parts)


def age_words(answer: PlanAnswer, limit: str) -> str:
    """Whether a result is too old; empty where it is not or no limit was read."""
    if answer.is_current is None or answer.is_current is Truth.TRUE:
        return ""
    if answer.is_current is Truth.FALSE:
        return _("older than {limit}").format(limit=limit)
    if not answer.date:
        return _("its date is not known; it holds for {limit}").format(limit=limit)
    return _("perhaps older than {limit}").format(limit=limit)


def state_words(line: PlanLine) -> str:
    """`done`, `partly`, `not known`, `done, but too old`; empty where no field answers it."""
    if line.state == "done":
        return _("known") if line.is_ticked else _("known, but old or undated")
    return {"partly": _("partly known"), "not-known": _("not known"), "": _("tick by hand")}[
        line.state
    ]


def range_words(one: PlanRange) -> str:
    """What one source says, with its mark and key."""
    return f"{marked(one.says, one.flag)} [{listed(one.cites)}]"


def line_words(line: PlanLine) -> str:
    """Everything of a line but its label, values and sources, as sentences."""
    said = [line.conflict, line.text, *line.checks]
    if line.applies is Truth.UNKNOWN:
        said.append(_("Whether it is for this person is not known"))
    if line.allergy == "unknown":
        said.append(_("Not compared with allergies: the list is not known to be complete"))
    return sentences(said)


def flag_words(line: PlanLine) -> str:
    """How a line is known, where it was not read: `recalled`, `project`."""
    marks = [flag_word(line.flag)] if line.flag != "seen" else []
    if line.basis == "project":
        marks.append(flag_word("project"))
    return listed(dict.fromkeys(marks))


def date_words(found: WashoutDate) -> str:
    """One interval and the day it is over."""
    if found.first is None:
        return found.says  # why there is no date stands with the last dose
    day = day_words(found)
    if found.is_over is Truth.TRUE:
        said = _("over since {day}")
    elif found.is_over is Truth.FALSE:
        said = _("earliest {day}")
    else:
        said = _("not certain: {day}")
    return led(found.says, said.format(day=day))


def washout_words(line: WashoutLine) -> str:
    """One drug with what is published, each interval with its date."""
    dates = parted(date_words(one) for one in line.dates)
    differ = _("Sources differ") if line.intervals_differ else ""
    return sentences([line.exposure, dates, differ if dates else "", sentence(line.text)])


def ticked_words(lines: list[PlanLine]) -> str:
    """`12 of 20 known; 3 to tick by hand`."""
    asked = [line for line in lines if line.state]
    by_hand = len(lines) - len(asked)
    said = _("{count} of {all} known").format(
        count=sum(line.is_ticked for line in asked), all=len(asked)
    )
    if not by_hand:
        return said
    more = ngettext("{count} to tick by hand", "{count} to tick by hand", by_hand)
    return parted([said, more.format(count=by_hand)])
