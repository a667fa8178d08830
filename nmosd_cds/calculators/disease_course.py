"""The disease since its first symptom: how long, how many attacks, and how severe they were."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nmosd_cds.calculators.answered import is_yes, truth_choices
from nmosd_cds.calculators.attack_history import AttackEvent, attack_history
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import months_before, span_of, whole_months
from nmosd_cds.i18n import N_
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, truth_of
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.known import fact_of
from nmosd_cds.patient.model import Attack

# 20/200; the trial asked for worse than that.
LEGAL_BLINDNESS = Decimal("1.0")
NEEDS = ("attacks", "disease_onset")


def disease_months(known: Known) -> Derived:
    """Completed months since the first symptom of the disease.

    Source:
        siriraj-pilot.
    """
    answer = known.patient.disease_onset
    onset = span_of(answer, known.on) if answer is not None and answer.value is not None else None
    if onset is None:
        return Derived(Interval(Decimal(0), None), ("disease_onset",))
    low, high = whole_months(onset.last, known.on), whole_months(onset.first, known.on)
    return Derived(Interval(Decimal(low), Decimal(high)), ("disease_onset",))


def attacks_ever(known: Known) -> Derived:
    """Attacks since the first symptom; a list that does not go back so far is a lower limit.

    Source:
        nct00787722.
    """
    listed = Decimal(len(attack_history(known).events))
    return Derived(Interval(listed, listed if _lists_all(known) else None), NEEDS)


def severe_attack_ever(known: Known) -> Derived:
    """Whether an attack left strength below MRC grade 3, or vision worse than 20/200 in an eye.

    Source:
        siriraj-pilot.
    """
    truths = [truth for event in attack_history(known).events for truth in _severe(event)]
    unlisted = truth_of(False) if _lists_all(known) else UNKNOWN
    return Derived(truth_choices(any_of((*truths, unlisted))), NEEDS)


def moderate_attack_18_months(known: Known) -> Derived:
    """Whether an attack of the last 18 months was moderate or severe.

    Source:
        nct02249676.
    """
    start = months_before(known.on, known.definitions.months("recent_inflammation"))
    history = attack_history(known)
    truths = []
    for event in history.events:
        inside = UNKNOWN if event.onset.may_be_within(start, known.on) else truth_of(False)
        if event.onset.surely_within(start, known.on):
            inside = truth_of(True)
        truths.append(all_of((inside, ~event.mild)))
    unlisted = truth_of(False) if history.covers(start) else UNKNOWN
    return Derived(truth_choices(any_of((*truths, unlisted))), ("attacks",))


def _lists_all(known: Known) -> bool:
    onset = known.patient.disease_onset
    return (
        onset is not None
        and onset.value is not None
        and attack_history(known).covers(onset.value.first)
    )


def _severe(event: AttackEvent) -> Iterator[Truth]:
    yield is_yes(event.row.strength_below_mrc_3)
    yield _blind(event.row, "right")
    yield _blind(event.row, "left")


def _blind(row: Attack, side: str) -> Truth:
    # Poor sight of an eye that the attack did not reach is not its work.
    return all_of((_reached(row, f"optic-nerve-{side}"), _worse_than_20_200(row, side)))


def _reached(row: Attack, site: str) -> Truth:
    sites = row.sites
    if sites is None or sites.value is None:
        return UNKNOWN
    if site in sites.value:
        return TRUE
    return FALSE if sites.complete else UNKNOWN


def _worse_than_20_200(row: Attack, side: str) -> Truth:
    fact = fact_of(field_specs(Attack)[f"acuity_{side}"], getattr(row, f"acuity_{side}"))
    assert fact is not None and isinstance(fact.possible, Interval)
    acuity = fact.possible
    if acuity.low is not None and (
        acuity.low > LEGAL_BLINDNESS or (acuity.low == LEGAL_BLINDNESS and acuity.low_open)
    ):
        return TRUE
    is_better = acuity.high is not None and acuity.high <= LEGAL_BLINDNESS
    return FALSE if is_better else UNKNOWN


DISEASE_COURSE = (
    DerivedFact(
        name="disease_months",
        kind="number",
        label=N_("Months of disease"),
        unit="months",
        needs=("disease_onset",),
        compute=disease_months,
        source="siriraj-pilot",
    ),
    DerivedFact(
        name="attacks_ever",
        kind="number",
        label=N_("Attacks since the first symptom"),
        needs=NEEDS,
        compute=attacks_ever,
        source="nct00787722",
    ),
    DerivedFact(
        name="severe_attack_ever",
        kind="yes-no",
        label=N_("An attack with strength below MRC 3 or vision worse than 20/200"),
        needs=NEEDS,
        compute=severe_attack_ever,
        source="siriraj-pilot",
    ),
    DerivedFact(
        name="moderate_attack_18_months",
        kind="yes-no",
        label=N_("A moderate or severe attack in the last 18 months"),
        needs=("attacks",),
        compute=moderate_attack_18_months,
        source="nct02249676",
    ),
)
