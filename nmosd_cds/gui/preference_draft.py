"""What stands in the editors of preferences: text as it was typed, readable or not; no Qt.

A set that cannot be read stays on the screen with a sentence beside it; it is no part of the case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from nmosd_cds.errors import Problem
from nmosd_cds.i18n import _, format_date
from nmosd_cds.patient.answer import When
from nmosd_cds.patient.case import Case, Preferences, PreferenceSet
from nmosd_cds.patient.checks import problems_of
from nmosd_cds.patient.dates import PartialDate, read_date
from nmosd_cds.patient.model import Patient
from nmosd_cds.patient.plain import clean_date, clean_text, number_text
from nmosd_cds.patient.preferences import MAXIMUM_SETS, MAXIMUM_WEIGHT, SetKind, levels_of
from nmosd_cds.patient.wording import shown

OWNER, DAY, ANSWER = "owner", "on", "answer"
_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,6})?"
_ONE = re.compile(rf"({_NUMBER})\s*%?")
_SPAN = re.compile(rf"({_NUMBER})\s*(?:-|–|—|to|\.\.|至|到)\s*({_NUMBER})\s*%?", re.IGNORECASE)


@dataclass(frozen=True)
class Points:
    """What stands in the boxes of one criterion.

    Attributes:
        text: The number, or its lower end; empty: not weighed.
        upper: The upper end; None: one number.
    """

    text: str = ""
    upper: str | None = None


@dataclass(frozen=True)
class SetDraft:
    """One set as it stands in the editors; an order and points may both stand, `kind` counts.

    Attributes:
        owner: As typed.
        on: Day, as typed.
        harms_seen: Whether benefits and harms were shown before.
        order: Criterion ids, most important first.
        ties: Those level with the one before them.
        points: By criterion id.
    """

    owner: str
    on: str
    kind: SetKind = "ordinal"
    harms_seen: bool = False
    order: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    points: Mapping[str, Points] = field(default_factory=dict)


@dataclass(frozen=True)
class PreferencesDraft:
    """Every set; `active` is the place of the set in use, None: without preferences."""

    active: int | None = None
    sets: tuple[SetDraft, ...] = ()

    def with_set(self, at: int, one: SetDraft) -> PreferencesDraft:
        """The same with another set at a place."""
        return replace(self, sets=(*self.sets[:at], one, *self.sets[at + 1 :]))

    def without(self, at: int) -> PreferencesDraft:
        """The same without the set at a place; one in use leaves none in use."""
        active = self.active
        if active is not None and active >= at:
            active = None if active == at else active - 1
        return PreferencesDraft(active, (*self.sets[:at], *self.sets[at + 1 :]))


Problems = Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True)
class SetReading:
    """What one set says.

    Attributes:
        read: None if it cannot be read.
        problems: By place: `owner`, `on`, `answer` for the whole of it, or a criterion id.
        notices: What is legal and says little, as sentences.
    """

    read: PreferenceSet | None
    problems: Problems = field(default_factory=dict)
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class PreferencesReading:
    """What the draft says; `preferences` holds every set that could be read."""

    preferences: Preferences = field(default_factory=Preferences)
    sets: tuple[SetReading, ...] = ()

    def left_out(self, draft: PreferencesDraft) -> list[str]:
        """A sentence for each thing that keeps a set out of the case."""
        found = []
        for at, (one, reading) in enumerate(zip(draft.sets, self.sets, strict=True)):
            owner = one.owner.strip() or str(at + 1)
            where = _("Preferences of {owner}").format(owner=owner)
            for problems in reading.problems.values():
                found += [Problem(where, each.what, each.hint).sentence for each in problems]
        return found


def draft_of(preferences: Preferences) -> PreferencesDraft:
    """The draft of stored preferences."""
    owners = [one.owner for one in preferences.sets]
    active = owners.index(preferences.active) if preferences.active in owners else None
    return PreferencesDraft(active, tuple(_set_draft(one) for one in preferences.sets))


def _set_draft(one: PreferenceSet) -> SetDraft:
    points = {name: Points(number_text(number)) for name, number in one.weights}
    points |= {name: Points(number_text(low), number_text(high)) for name, low, high in one.ranges}
    return SetDraft(
        one.owner, format_date(one.on), one.kind, one.harms_seen, one.order, one.ties, points
    )


def placed(one: SetDraft, name: str, at: int | None) -> SetDraft:
    """A set with a criterion at another place of its order; None: out of the order.

    A criterion that is moved stands level with none, and two stay level only where they stood level
    before and still follow each other.
    """
    level_of = {each: level for level in levels_of(one.order, one.ties) for each in level}
    rest = [each for each in one.order if each != name]
    order = rest if at is None else [*rest[:at], name, *rest[at:]]
    ties = tuple(
        each
        for before, each in pairwise(order)
        if name not in (before, each) and before in level_of.get(each, ())
    )
    return replace(one, order=tuple(order), ties=ties)


def levelled(one: SetDraft, name: str, is_level: bool) -> SetDraft:
    """A set with a criterion level with the one before it, or below it."""
    ties = {*one.ties, name} if is_level else {*one.ties} - {name}
    return replace(one, ties=tuple(each for each in one.order[1:] if each in ties))


def read_preferences_draft(draft: PreferencesDraft, case: Case, on: date) -> PreferencesReading:
    """What a draft says, and what of it cannot be read.

    Args:
        case: Gives the date of birth, which no set can precede.
        on: Day of assessment, which no set can follow.
    """
    readings: list[SetReading] = []
    owners: set[str] = set()
    for one in draft.sets:
        reading = _read_set(one, owners, case, on)
        readings.append(reading)
        if reading.read is not None:
            owners.add(reading.read.owner.casefold())
    found = tuple(reading.read for reading in readings if reading.read is not None)
    active = readings[draft.active].read if draft.active is not None else None
    owner = active.owner if active is not None else None
    return PreferencesReading(Preferences(owner, found), tuple(readings))


def _read_set(one: SetDraft, taken: set[str], case: Case, on: date) -> SetReading:
    problems: dict[str, tuple[Problem, ...]] = {}
    owner = _read_owner(one.owner, taken, problems)
    day = _read_day(one.on, problems)
    made = PreferenceSet(owner, day or on, one.kind, one.harms_seen)
    if one.kind == "ordinal":
        made, notices = _read_order(one, made, problems)
    else:
        made, notices = _read_points(one, made, problems)
    birth = case.patient.birth_date
    if day is not None and (found := _wrong_days(day, birth.value if birth else None, on)):
        problems[DAY] = found
    return SetReading(None if problems else made, problems, notices)


def _read_owner(text: str, taken: set[str], problems: dict[str, tuple[Problem, ...]]) -> str:
    if not text.strip():
        what = _("Say whose preferences these are")
        problems[OWNER] = (Problem("", what, _("For example patient or board.")),)
        return ""
    owner, found = clean_text(text, "", is_identifier=True)
    if owner is not None and owner.casefold() in taken:
        what = _("{owner} has a set already").format(owner=shown(owner))
        found = [Problem("", what, _("Change that one, or name another owner."))]
    if found:
        problems[OWNER] = tuple(found)
    return owner or ""


def _read_day(text: str, problems: dict[str, tuple[Problem, ...]]) -> date | None:
    hint = _("Write, for example, 15 Nov 2026.")
    try:
        found = read_date(text)
    except ValueError:
        what = _("{text} is not a day").format(text=shown(text)) if text.strip() else ""
        problems[DAY] = (Problem("", what or _("Say on which day they were stated"), hint),)
        return None
    if not found.is_day:
        problems[DAY] = (Problem("", _("The day is needed too"), hint),)
        return None
    _same, wrong = clean_date(str(found), "")
    if wrong:
        problems[DAY] = tuple(wrong)
        return None
    return found.first


@lru_cache(maxsize=64)
def _wrong_days(day: date, born: PartialDate | None, on: date) -> tuple[Problem, ...]:
    """What is wrong with a day beside the day of assessment and of birth; kept while one drags."""
    alone = Case(
        patient=Patient(birth_date=When(value=born) if born else None),
        preferences=Preferences(None, (PreferenceSet("", day, "ordinal", False),)),
    )
    found = (each for each in problems_of(alone, on) if each.where.startswith("preferences"))
    return tuple(Problem("", each.what, each.hint) for each in found)


def _read_order(
    one: SetDraft, made: PreferenceSet, problems: dict[str, tuple[Problem, ...]]
) -> tuple[PreferenceSet, tuple[str, ...]]:
    if not one.order:
        what = _("Nothing is in order yet")
        hint = _("Move what matters most above the line.")
        problems[ANSWER] = (Problem("", what, hint),)
        return made, ()
    notices = []
    levels = levels_of(one.order, one.ties)
    if len(one.order) == 1:
        notices.append(_("One criterion alone is no order: it changes nothing."))
    elif len(levels) == 1:
        notices.append(_("All of these stand level: the order changes nothing."))
    first_of_level = {level[0] for level in levels}
    ties = tuple(name for name in one.order if name not in first_of_level)
    return replace(made, order=one.order, ties=ties), tuple(notices)


def _read_points(
    one: SetDraft, made: PreferenceSet, problems: dict[str, tuple[Problem, ...]]
) -> tuple[PreferenceSet, tuple[str, ...]]:
    exact: list[tuple[str, Decimal]] = []
    ranges: list[tuple[str, Decimal, Decimal]] = []
    for name, points in sorted(one.points.items()):
        found = read_points(points)
        if isinstance(found, Problem):
            problems[name] = (found,)
        elif found is not None and points_are_range(points) and one.kind == "exact":
            what = _("Exact parts have no range")
            problems[name] = (Problem("", what, _("Write one number.")),)
        elif found is not None and points_are_range(points):
            ranges.append((name, *found))
        elif found is not None:
            exact.append((name, found[0]))
    highest = max(
        (*(number for _n, number in exact), *(high for *_n, high in ranges)), default=None
    )
    if highest is None and not problems.keys() - {OWNER, DAY}:
        what = _("Nothing is weighed yet")
        hint = _("Choose the item you would improve first.")
        problems[ANSWER] = (Problem("", what, hint),)
    elif highest == 0 and not problems.keys() - {OWNER, DAY}:
        what = _("All are 0, so nothing would count")
        hint = _("Give the item you would improve first 100.")
        problems[ANSWER] = (Problem("", what, hint),)
    made = replace(made, weights=tuple(exact), ranges=tuple(ranges))
    return made, tuple(_points_notices(made, highest))


def _points_notices(made: PreferenceSet, highest: Decimal | None) -> list[str]:
    notices: list[str] = []
    if not highest or made.kind != "swing":
        return notices
    if highest < MAXIMUM_WEIGHT:
        said = _("The highest is {points}; it counts as {most}, and the others in proportion.")
        notices.append(said.format(points=number_text(highest), most=MAXIMUM_WEIGHT))
    if len(made.criteria) == 1:
        notices.append(
            _("Only one item is weighed: each of the others may be worth anything up to it.")
        )
    return notices


def points_are_range(points: Points) -> bool:
    """Whether two ends stand there, in two boxes or in one."""
    return points.upper is not None or _SPAN.fullmatch(_plain(points.text)) is not None


def read_points(points: Points) -> tuple[Decimal, Decimal] | Problem | None:
    """Lowest and highest points, the same for one number; None: not weighed."""
    text = _plain(points.text)
    together = _SPAN.fullmatch(text)
    if together is not None and points.upper is None:
        ends: list[Decimal | Problem] = [_number(together[1]), _number(together[2])]
    elif points.upper is None:
        if not text:
            return None
        ends = [_number(text)] * 2
    elif not text and not _plain(points.upper):
        return None
    else:
        ends = [_number(text), _number(_plain(points.upper))]
    for end in ends:
        if isinstance(end, Problem):
            return end
    low, high = (end for end in ends if isinstance(end, Decimal))
    if low > high:
        what = _("{low} is above {high}").format(low=number_text(low), high=number_text(high))
        return Problem("", what, _("Exchange them."))
    return low, high


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(text: str) -> Decimal | Problem:
    allowed = _("Write 0 to {most}.").format(most=MAXIMUM_WEIGHT)
    if not text:
        return Problem("", _("One end of the range is missing"), allowed)
    found = _ONE.fullmatch(text)
    if found is None:
        return Problem("", _("{text} is not a number").format(text=shown(text)), allowed)
    number = Decimal(found[1].replace(",", "."))
    if number > MAXIMUM_WEIGHT:
        return Problem("", _("{text} is too much").format(text=shown(text)), allowed)
    return number


def has_room(draft: PreferencesDraft) -> bool:
    """Whether another set may be added."""
    return len(draft.sets) < MAXIMUM_SETS
