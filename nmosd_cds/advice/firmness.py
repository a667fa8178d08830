"""How firm the order is: what speaks for each option, what moves it, and what divides the leaders.

Numbers depend on the knowledge, the options left and the preferences alone, and are kept with the
draws; the words are made anew, because they depend on the language and on what the person takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nmosd_cds.advice import wording
from nmosd_cds.advice.arithmetic import Arithmetic, shares_of
from nmosd_cds.advice.model import (
    CentralLine,
    PreferenceLine,
    Robustness,
    ScenarioLine,
    Tornado,
    TornadoLine,
    TradeOff,
    WeightRange,
)
from nmosd_cds.advice.order import Order, leaders_under
from nmosd_cds.decision.sensitivity import ends, least_ratio, weight_ranges
from nmosd_cds.decision.smaa import Smaa
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import and_list, run_of
from nmosd_cds.knowledge.ranking import Criterion
from nmosd_cds.patient.case import Preferences, PreferenceSet

# How many events of one kind one event of the other may weigh; beyond 100 nobody can say.
EVENTS = (0, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100)


@dataclass(frozen=True)
class Scored:
    """What was scored, for whom.

    Attributes:
        order: The order without and with the active preferences.
        doubtful: Options with a caution about benefit that holds.
        preferences: Every stored set; None if there is none.
        shorts: Short name of every option.
        inside: The same within a sentence: `continuing eculizumab`.
    """

    arithmetic: Arithmetic
    order: Order
    doubtful: frozenset[str]
    preferences: Preferences | None
    shorts: Mapping[str, str]
    inside: Mapping[str, str]


def firmness_of(scored: Scored, robustness: Robustness) -> Robustness:
    """Fill a robustness statement with everything that says how firm the order is.

    Args:
        scored: At least two options; with fewer there is nothing to be firm about.
        robustness: As far as it was made with the ranks.
    """
    run = scored.order.smaa
    best = _best_cellular(scored)
    lines = tuple(_preferences(scored))
    trade_offs = tuple(_trade_offs(scored, best)) if best else ()
    return replace(
        robustness,
        pairwise=_pairwise(run),
        central=tuple(_central(run)),
        tornado=_tornado(scored, best or run.options[0]),
        trade_offs=trade_offs,
        preferences=lines,
        changes_with=tuple(_changes(scored, lines)),
        too_close=run_of(_too_close(scored)),
        threshold=run_of([_hazard(scored, best) if best else "", _divides(trade_offs)]),
    )


def _best_cellular(scored: Scored) -> str | None:
    """The cellular option with the most first ranks; None if everything scored is one kind."""
    options = scored.order.smaa.options
    kinds = {o: scored.arithmetic.knowledge.options[o].kind for o in options}
    cellular = [option for option in options if kinds[option] == "cellular"]
    if not cellular or len(cellular) == len(options):
        return None
    return max(cellular, key=lambda option: (scored.order.shares_of(option), option))


def _pairwise(run: Smaa) -> dict[str, dict[str, float]]:
    return {
        option: {
            other: float(share)
            for other, share in zip(run.options, row, strict=True)
            if other != option
        }
        for option, row in zip(run.options, run.pairwise_winning.tolist(), strict=True)
    }


def _central(run: Smaa) -> Iterator[CentralLine]:
    shares = shares_of(run)
    for option in run.options:
        yield CentralLine(
            option,
            shares[option],
            run.central_weights[option],
            run.confidence_factor[option],
        )


def _tornado(scored: Scored, option: str) -> Tornado:
    run = scored.order.smaa
    criteria = {each.id: each for each in scored.arithmetic.criteria}
    lines = [
        *(_moved(each, option, scored.shorts) for each in scored.order.scenarios if _varies(each)),
        *(
            _weight_line(criteria[each.criterion], each.low, each.high)
            if each.option is None
            else _outcome_line(
                each.option,
                scored.shorts[each.option],
                criteria[each.criterion],
                each.low,
                each.high,
            )
            for each in ends(run, option)
        ),
    ]
    share = shares_of(run)[option]
    widest = sorted(lines, key=lambda line: (-_reach(line, share), line.id))
    return Tornado(option, share, tuple(widest))


def _reach(line: TornadoLine, share: float) -> float:
    return max(line.width, abs(line.low - share), abs(line.high - share))


def _varies(line: ScenarioLine) -> bool:
    return line.preference == "none" and line.id != "usual"


def _moved(line: ScenarioLine, option: str, shorts: Mapping[str, str]) -> TornadoLine:
    share = line.shares[option]
    means = _("{option} first in this scenario").format(option=shorts[option])
    return TornadoLine(f"scenario/{line.id}", "scenario", line.label, share, share, means)


def _weight_line(criterion: Criterion, low: float, high: float) -> TornadoLine:
    return TornadoLine(
        f"weight/{criterion.id}",
        "weight",
        _("How much counts: {criterion}").format(criterion=criterion.label),
        low,
        high,
        _("counts least (lowest tenth of weightings)"),
        _("counts most (highest tenth of weightings)"),
    )


def _outcome_line(
    option: str, short: str, criterion: Criterion, low: float, high: float
) -> TornadoLine:
    return TornadoLine(
        f"outcome/{option}/{criterion.id}",
        "outcome",
        _("{option}: {criterion}").format(option=short, criterion=criterion.label),
        low,
        high,
        _("turns out worst (worst tenth of draws)"),
        _("turns out best (best tenth of draws)"),
    )


def _trade_offs(scored: Scored, option: str) -> Iterator[TradeOff]:
    criteria = {each.id: each for each in scored.arithmetic.criteria}
    for each in scored.arithmetic.knowledge.ranking.trade_offs:
        of, against = criteria[each.of], criteria[each.against]
        assert of.event and against.event  # else the knowledge had not been accepted
        # Weights are for whole ranges: the weight of one event is that divided by the range.
        scale = _range(of) / _range(against)
        ratios = tuple(events * scale for events in EVENTS)
        found = least_ratio(scored.order.smaa, option, of.id, against.id, ratios)
        events = None if found is None else EVENTS[ratios.index(found)]
        words = _traded(scored.shorts[option], of.event, against.event, events)
        yield TradeOff(option, of.id, against.id, events, words)


def _range(criterion: Criterion) -> float:
    return abs(float(criterion.best) - float(criterion.worst))


def _traded(option: str, of: str, against: str, events: float | None) -> str:
    if events is None:
        return _(
            "{option} does not lead half of the weightings even if {of} weighs {most} times as "
            "much as {against}."
        ).format(option=option, of=of, against=against, most=EVENTS[-1])
    if events == 0:
        return _("{option} leads half of the weightings however little {of} weighs.").format(
            option=option, of=of
        )
    return _(
        "{option} is ahead only if {of} weighs at least {times} times as much as {against}."
    ).format(option=option, of=of, against=against, times=f"{events:g}")


def _divides(trade_offs: Sequence[TradeOff]) -> str:
    """The first pair of events that divides the leaders; the others stand in the details."""
    dividing = [each for each in trade_offs if each.ratio]
    return next((each.words for each in (*dividing, *trade_offs)), "")


def _hazard(scored: Scored, best: str) -> str:
    short = scored.shorts[best]
    hazard = scored.arithmetic.threshold(scored.order.smaa.options, best)
    if hazard is None:
        return _(
            "Without preferences {option} leads at no yearly hazard without cells up to 2."
        ).format(option=short)
    return _(
        "{option} is ahead in more than half of the weightings only if the hazard without "
        "cells is above about {hazard} a year."
    ).format(option=short, hazard=f"{hazard:.2f}")


def _preferences(scored: Scored) -> Iterator[PreferenceLine]:
    stored = scored.preferences
    active = stored.active_set if stored else None
    run = scored.order.smaa
    usual = _front(shares_of(run))
    leaders = leaders_under(scored.arithmetic, run.options, None, scored.doubtful)
    yield PreferenceLine(
        owner="",
        on=None,
        kind="none",
        harms_seen=None,
        active=active is None,
        shares=shares_of(run),
        leaders=leaders,
        weights=_weights(run),
        reading=wording.reading([scored.shorts[each] for each in leaders]),
    )
    for one in stored.sets if stored else ():
        yield _preference(scored, one, one is active, usual)


def _preference(scored: Scored, one: PreferenceSet, active: bool, usual: str) -> PreferenceLine:
    options = scored.order.smaa.options
    run = scored.arithmetic.smaa(options, None, one)
    shares = shares_of(run)
    leaders = leaders_under(scored.arithmetic, options, one, scored.doubtful)
    reading = wording.reading([scored.shorts[each] for each in leaders])
    front = _front(shares)
    if front != usual:
        reading = _(
            "{reading}; other than without preferences, {option} has more first ranks"
        ).format(reading=reading, option=scored.shorts[front])
    return PreferenceLine(
        owner=one.owner,
        on=one.on,
        kind=one.kind,
        harms_seen=one.harms_seen,
        active=active,
        shares=shares,
        leaders=leaders,
        weights=_weights(run),
        reading=reading,
    )


def _weights(run: Smaa) -> tuple[WeightRange, ...]:
    return tuple(WeightRange(name, *found) for name, found in weight_ranges(run).items())


def _front(shares: Mapping[str, float]) -> str:
    """The option with the most first ranks; the first by id where several have as many."""
    return min(shares, key=lambda option: (-shares[option], option))


def _changes(scored: Scored, lines: Sequence[PreferenceLine]) -> Iterator[str]:
    usual = _front(shares_of(scored.order.smaa))
    said = _("{what}: {option} has more first ranks ({share} of 100)")
    for line in scored.order.scenarios:
        front = _front(line.shares)
        if line.preference == "none" and front != usual:
            share = round(100 * line.shares[front])
            yield said.format(what=line.label, option=scored.shorts[front], share=share)
    for each in lines:
        front = _front(each.shares)
        if each.owner and front != usual:
            share = round(100 * each.shares[front])
            what = _("Preferences of {owner}").format(owner=each.owner)
            yield said.format(what=what, option=scored.shorts[front], share=share)


def _too_close(scored: Scored) -> Iterator[str]:
    """Why the options of the first tie group are one group, each reason once."""
    first = scored.order.groups[0]
    if len(first) < 2:
        return
    names = and_list([scored.inside[option] for option in first])
    yield _("Too close to call: {options}.").format(options=names)
    tie = scored.arithmetic.knowledge.ranking.tie
    reasons = {reason for pair, reason in scored.order.joined if set(pair) <= set(first)}
    if "tie" in reasons:
        yield _(
            "Within {difference} of 100 of evens, or {errors} errors of the simulation, counts as "
            "no difference (project)."
        ).format(
            difference=f"{100 * float(tie.minimum_difference):g}",
            errors=f"{float(tie.monte_carlo_errors):g}",
        )
    if "scenario" in reasons:
        yield _("Who is ahead depends on the scenario.")
    if "set" in reasons:
        said = _("Neither holds {bar} of 100 first ranks in every scenario (project).")
        if len(first) > 2:
            said = _("None of them holds {bar} of 100 first ranks in every scenario (project).")
        bar = scored.arithmetic.knowledge.ranking.named_first.share
        yield said.format(bar=f"{100 * float(bar):g}")
    if "doubt" in reasons:
        yield _("A caution about benefit in this person keeps an option from standing ahead.")
