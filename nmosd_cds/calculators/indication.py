"""Whether there is a reason to change the preventive treatment now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nmosd_cds.calculators.acute_attack import acute_truth
from nmosd_cds.calculators.attack_history import AttackEvent, AttackHistory, attack_history
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import Span, months_before
from nmosd_cds.calculators.treatment_history import TreatmentHistory, treatment_history
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Choices
from nmosd_cds.logic.truth import Truth

IN_PROGRESS, ACTIVE, RECENT_START, QUIESCENT = INDICATIONS = (
    "attack-in-progress",
    "active",
    "recent-start",
    "quiescent",
)


@dataclass(frozen=True)
class _Judged:
    """The attacks of the window and the days from which the present drug is judged."""

    history: AttackHistory
    window: date
    judged_from: Span

    def active_is_certain(self) -> bool:
        """A confirmed attack certainly on or after the latest possible adequate-trial date."""
        return self.judged_from.last <= self.history.on and any(
            event.confirmed is Truth.TRUE
            and event.onset.first >= max(self.window, self.judged_from.last)
            for event in self.history.events
        )

    def may_be_active(self) -> bool:
        """An attack possibly confirmed, possibly on or after the earliest such date."""
        start = max(self.window, self.judged_from.first)
        return start <= self.history.on and self._may_lie(start, self.history.on)

    def may_be_recent_start(self) -> bool:
        """The date may be to come, or an attack may lie in the window but before it."""
        if self.judged_from.last > self.history.on:
            return True
        before = self.judged_from.last - timedelta(
            days=min(1, self.judged_from.last.toordinal() - 1)
        )
        return not self.active_is_certain() and self._may_lie(self.window, before)

    def may_be_quiescent(self) -> bool:
        """The drug may have been judged, with no confirmed attack in the window."""
        return self.judged_from.first <= self.history.on and not any(
            event.confirmed is Truth.TRUE and event.onset.first >= self.window
            for event in self.history.events
        )

    def _may_lie(self, start: date, end: date) -> bool:
        if start > end:
            return False
        return self.history.unlisted_until >= start or any(
            _may_be_attack(event) and event.onset.may_be_within(start, end)
            for event in self.history.events
        )


def indication(known: Known) -> Derived:
    """The state of the disease under the present treatment.

    `active`: a confirmed attack in the last 24 months, on or after the adequate-trial date of the
    present drug; without a present drug any such attack. `recent-start`: the present drug has not
    reached that date; or it has, without an attack since, but an attack before it still lies
    within the 24 months: the drug has not yet been judged over 24 months. `quiescent`: none in
    24 months. Of several present drugs the latest adequate-trial date counts; a drug without an
    adequate-trial time counts as none. An attack whose confirmation is not known is uncertain.

    Source:
        nmosd-cds-project.
    """
    acute = acute_truth(known)
    if acute is Truth.TRUE:
        return Derived(Choices(frozenset({IN_PROGRESS}), INDICATIONS))
    judged = _Judged(
        attack_history(known),
        months_before(known.on, known.definitions.months("indication")),
        _judged_from(known, treatment_history(known)),
    )
    possible = set()
    if acute is Truth.UNKNOWN:
        possible.add(IN_PROGRESS)
    if judged.may_be_active():
        possible.add(ACTIVE)
    if judged.may_be_recent_start():
        possible.add(RECENT_START)
    if judged.may_be_quiescent():
        possible.add(QUIESCENT)
    return Derived(Choices(frozenset(possible), INDICATIONS), _missing(known, acute))


def _may_be_attack(event: AttackEvent) -> bool:
    return event.confirmed is not Truth.FALSE


def _judged_from(known: Known, history: TreatmentHistory) -> Span:
    """From when the present drugs are judged; the beginning of time where there is none."""
    first = last = date.min
    if not history.lists_present_drugs:
        last = date.max
    for course in history.courses:
        if course.ongoing is Truth.FALSE:
            continue
        if course.drug is None:
            last = date.max
        adequate = course.adequate_from
        if adequate is None:
            continue
        last = max(last, adequate.last)
        if course.ongoing is Truth.TRUE:
            first = max(first, adequate.first)
    return Span(first, last)


def _missing(known: Known, acute: Truth) -> tuple[str, ...]:
    asked = ("attack_in_progress",) if acute is Truth.UNKNOWN else ()
    window = months_before(known.on, known.definitions.months("indication"))
    history = attack_history(known)
    unclear = any(event.confirmed is Truth.UNKNOWN for event in history.events)
    first, second = "treatments", "attacks"
    if not history.covers(window) or unclear:
        first, second = second, first
    return (*asked, first, second)


INDICATION = DerivedFact(
    name="indication",
    kind="choice",
    label=N_("Indication"),
    choices=INDICATIONS,
    needs=("attack_in_progress", "stable_since", "attacks", "treatments"),
    compute=indication,
    source="nmosd-cds-project",
)
