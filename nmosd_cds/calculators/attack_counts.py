"""Attacks counted in windows that end on the day of assessment, and the days since the last."""

from __future__ import annotations

from decimal import Decimal

from nmosd_cds.calculators.answered import truth_choices
from nmosd_cds.calculators.attack_history import AttackHistory, attack_history
from nmosd_cds.calculators.derived import Derived, DerivedFact, Known
from nmosd_cds.calculators.span import months_before
from nmosd_cds.i18n import N_, _, format_partial
from nmosd_cds.logic.fact import Interval
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of

SHORT_WINDOW_MONTHS = 12  # the windows are part of the names of the two facts
LONG_WINDOW_MONTHS = 24
MONTHS_IN_YEAR = 12
MISSING = ("attacks",)


def attacks_12_months(known: Known) -> Derived:
    """Attacks in the last 12 months, both ends included.

    Source:
        pittock-2019-prevent, nmosd-cds-project (ends of the window).
    """
    return _count(known, SHORT_WINDOW_MONTHS)


def attacks_24_months(known: Known) -> Derived:
    """Attacks in the last 24 months, both ends included.

    Source:
        pittock-2019-prevent, nmosd-cds-project (ends of the window).
    """
    return _count(known, LONG_WINDOW_MONTHS)


def annualised_relapse_rate(known: Known) -> Derived:
    """Attacks per year over the last 24 months.

    A window chosen because of an attack inflates the rate; the rate is printed, never ranked.

    Source:
        yamamura-2019-sakurasky.
    """
    years = Decimal(LONG_WINDOW_MONTHS) / MONTHS_IN_YEAR
    attacks = _count(known, LONG_WINDOW_MONTHS).possible
    assert isinstance(attacks, Interval) and attacks.low is not None
    high = None if attacks.high is None else attacks.high / years
    rate = Interval(attacks.low / years, high)
    return Derived(rate, MISSING)


def days_since_last_attack(known: Known) -> Derived:
    """Days since the latest onset.

    An incomplete list says only that it is at most the days since the latest row. An attack that
    is not listed, before the list is complete, can be the latest if no listed one is later.

    Source:
        nmosd-cds-project.
    """
    history = attack_history(known)
    latest_first = max((event.onset.first for event in history.events), default=None)
    latest_last = max((*(event.onset.last for event in history.events), history.unlisted_until))
    high = None if latest_first is None else Decimal((known.on - latest_first).days)
    return Derived(Interval(Decimal((known.on - latest_last).days), high), MISSING)


def high_activity(known: Known) -> Derived:
    """Whether the entry rule of the trials is met: 2 in 12 months, or 3 in 24 with 1 in 12.

    Source:
        pittock-2019-prevent, zhang-2020-tango.
    """
    numbers = known.definitions.numbers
    history = attack_history(known)
    short = history.count_since(
        months_before(known.on, known.definitions.months("high_activity_short"))
    )
    long = history.count_since(
        months_before(known.on, known.definitions.months("high_activity_long"))
    )
    truth = any_of(
        (
            _at_least(short, numbers["high_activity_short_attacks"]),
            all_of(
                (
                    _at_least(long, numbers["high_activity_long_attacks"]),
                    _at_least(short, numbers["high_activity_recent_attacks"]),
                )
            ),
        )
    )
    return Derived(truth_choices(truth), MISSING)


def _count(known: Known, months: int) -> Derived:
    history = attack_history(known)
    possible = history.count_since(months_before(known.on, months))
    return Derived(possible, MISSING, shown=_shown(possible, history))


def _at_least(count: Interval, number: Decimal) -> Truth:
    assert count.low is not None
    if count.low >= number:
        return TRUE
    return FALSE if count.high is not None and count.high < number else UNKNOWN


def _shown(count: Interval, history: AttackHistory) -> str:
    if history.complete_from is None:
        return _("{n} or more (list not complete)").format(n=count.low)
    since = format_partial(f"{history.complete_from:%Y-%m}")
    if count.high is None:
        return _("{n} or more (complete only since {date})").format(n=count.low, date=since)
    number = count.low if count.is_settled else f"{count.low}-{count.high}"
    return _("{n} (complete since {date})").format(n=number, date=since)


ATTACKS_12_MONTHS = DerivedFact(
    name="attacks_12_months",
    kind="number",
    label=N_("Attacks in the last 12 months"),
    needs=MISSING,
    compute=attacks_12_months,
    source="pittock-2019-prevent",
)
ATTACKS_24_MONTHS = DerivedFact(
    name="attacks_24_months",
    kind="number",
    label=N_("Attacks in the last 24 months"),
    needs=MISSING,
    compute=attacks_24_months,
    source="pittock-2019-prevent",
)
DAYS_SINCE_LAST_ATTACK = DerivedFact(
    name="days_since_last_attack",
    kind="number",
    label=N_("Days since the last attack"),
    unit="days",
    needs=MISSING,
    compute=days_since_last_attack,
    source="nmosd-cds-project",
)
ANNUALISED_RELAPSE_RATE = DerivedFact(
    name="annualised_relapse_rate",
    kind="number",
    label=N_("Attacks per year over the last 24 months"),
    unit="per year",
    needs=MISSING,
    compute=annualised_relapse_rate,
    source="yamamura-2019-sakurasky",
)
HIGH_ACTIVITY = DerivedFact(
    name="high_activity",
    kind="yes-no",
    label=N_("High activity (entry rule of the trials)"),
    needs=MISSING,
    compute=high_activity,
    source="pittock-2019-prevent",
)
