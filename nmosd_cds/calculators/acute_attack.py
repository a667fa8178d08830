"""Whether an attack is in progress, and since when the person is stable."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.calculators.answered import is_yes, truth_choices
from nmosd_cds.calculators.attack_history import attack_history
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import days_before, span_of
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import Truth


def acute_attack(known: Known) -> Derived:
    """Whether an attack is in progress.

    TRUE if it was answered, or an onset lies certainly within the last 30 days. FALSE if it was
    answered no, or the list is complete and excludes it: no onset within the last 30 days, and
    none within the provisional time unless the person is recorded as stable, since an older
    attack that is not stable yet is still in progress.

    Source:
        nmosd-cds-project.
    """
    return Derived(truth_choices(acute_truth(known)), ("attack_in_progress", "attacks"))


def acute_truth(known: Known) -> Truth:
    """The same as a truth.

    Source:
        nmosd-cds-project.
    """
    history = attack_history(known)
    recent = days_before(known.on, known.definitions.days("attack_in_progress"))
    answered = is_yes(known.patient.attack_in_progress)
    if answered is Truth.TRUE or history.some_since(recent):
        return Truth.TRUE
    settled_by = recent
    if span_of_stability(known) is None:
        settled_by = days_before(known.on, known.definitions.days("provisional"))
    if answered is Truth.FALSE or history.none_since(settled_by):
        return Truth.FALSE
    return Truth.UNKNOWN


def days_stable(known: Known) -> Derived:
    """Days since the person is neurologically stable.

    Source:
        nmosd-cds-project.
    """
    span = span_of_stability(known)
    if span is None:
        return Derived(Interval(Decimal(0), None), ("stable_since",))
    low, high = span
    return Derived(Interval(low, high), ("stable_since",))


def span_of_stability(known: Known) -> tuple[Decimal, Decimal] | None:
    """The fewest and most days of stability; None if its start is not known.

    Source:
        nmosd-cds-project.
    """
    since = known.patient.stable_since
    span = span_of(since, known.on) if since is not None and since.value is not None else None
    if span is None:
        return None
    return Decimal((known.on - span.last).days), Decimal((known.on - span.first).days)


ACUTE_ATTACK = DerivedFact(
    name="acute_attack",
    kind="yes-no",
    label=N_("Attack in progress"),
    needs=("attack_in_progress", "stable_since", "attacks"),
    compute=acute_attack,
    source="nmosd-cds-project",
)
DAYS_STABLE = DerivedFact(
    name="days_stable",
    kind="number",
    label=N_("Days neurologically stable"),
    unit="days",
    needs=("stable_since",),
    compute=days_stable,
    source="nmosd-cds-project",
)
