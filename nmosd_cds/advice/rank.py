"""The order of everything: tiers, then scores within tier 2, and what the unknown could change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nmosd_cds.advice import order, wording
from nmosd_cds.advice.arithmetic import Arithmetic, arithmetic_of
from nmosd_cds.advice.model import Completions, Outcome, Robustness, ScenarioLine
from nmosd_cds.advice.order import Order
from nmosd_cds.advice.scope import ScopeResult
from nmosd_cds.advice.screen import Screened
from nmosd_cds.advice.tiers import NO_SWITCH, TIERS, Placed, members, place, possible_of
from nmosd_cds.advice.wording import Said
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Facts
from nmosd_cds.logic.truth import Truth
from nmosd_cds.patient.case import PreferenceSet


@dataclass(frozen=True)
class Ranked:
    """The order, and how firm it is.

    Attributes:
        leading_tier: Tier that leads now; None if nothing is ranked.
        leaders: Options that lead now.
        can_be_first: Options that lead in some completion.
        unplaced: Fields that could still take the leading tier from every option that leads now.
        named_alone: Whether one option may be named first by its share.
    """

    outcome: Outcome
    tiers: Mapping[str, str | None] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    ties: Mapping[str, int] = field(default_factory=dict)
    unranked: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    acceptability: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    leading_tier: str | None = None
    leaders: tuple[str, ...] = ()
    can_be_first: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    robustness: Robustness = Robustness()
    bar: float = 1.0

    def said(
        self,
        shorts: Mapping[str, str],
        certainty: Mapping[str, str],
        present: str,
        deciding: Sequence[str],
    ) -> Said:
        """The first sentences, for an advice that nothing stops."""
        # Cellular options first, then what the person has now: "AHSCT and continuing eculizumab".
        names = [
            shorts[option] for option in sorted(self.leaders, key=list(shorts).index, reverse=True)
        ]
        decided = self.outcome == "decided"
        if self.leading_tier is None:
            return wording.nothing_rankable()
        if self.leading_tier == "0" and decided:
            return wording.no_indication(present)
        if self.leading_tier in ("1", "1b"):
            held = [shorts[o] for o, tier in self.tiers.items() if tier == self.leading_tier]
            said = wording.approved_first(
                held, once_tried=self.leading_tier == "1b", decided=decided
            )
            return said if decided else Said(wording.conditional(deciding), said.sentence)
        if len(names) == 1 and len(self.shares) > 1 and decided:
            return wording.alone_first(names[0], self.bar, certainty[self.leaders[0]])
        words = dict.fromkeys(
            certainty[option].replace("-", " ") for option in self.leaders if certainty[option]
        )
        return wording.scored(names, _(" and ").join(words), decided=decided, deciding=deciding)


def rank(
    knowledge: Knowledge,
    facts: Facts,
    screened: Mapping[str, Screened],
    scope: ScopeResult,
    preference: PreferenceSet | None,
) -> Ranked:
    """Order the options of one case.

    Args:
        preference: The active set; None: without preferences.
    """
    if scope.stop is not None:
        return _stopped(knowledge, screened, facts, scope)
    return _Ranking(knowledge, facts, screened, preference).ranked()


def _stopped(
    knowledge: Knowledge, screened: Mapping[str, Screened], facts: Facts, scope: ScopeResult
) -> Ranked:
    outcome: Outcome = "out-of-scope" if scope.outcome == "out-of-scope" else "not-rankable"
    reason = scope.headline
    open_options = [o for o, each in screened.items() if each.status in ("possible", "unconfirmed")]
    return Ranked(
        outcome,
        tiers=dict.fromkeys(knowledge.options),
        unranked=dict.fromkeys(open_options, reason),
        declined=_declined(knowledge, facts),
    )


def _declined(knowledge: Knowledge, facts: Facts) -> tuple[str, ...]:
    return tuple(
        option
        for option in knowledge.options
        if possible_of(facts, f"declined@{option}") == {"true"}
    )


class _Ranking:
    """One ranking under way; kept together because every step needs the same things."""

    def __init__(
        self,
        knowledge: Knowledge,
        facts: Facts,
        screened: Mapping[str, Screened],
        preference: PreferenceSet | None,
    ) -> None:
        self.knowledge = knowledge
        self.facts = facts
        self.screened = screened
        self.preference = preference
        self.arithmetic: Arithmetic = arithmetic_of(knowledge)
        self.placed: dict[str, Placed] = {
            option.id: place(option, screened[option.id], facts, knowledge)
            for option in knowledge.options.values()
        }

    def ranked(self) -> Ranked:
        """The ranks, tier by tier, and the outcome."""
        ranks: dict[str, int] = {}
        ties: dict[str, int] = {}
        unranked = {o: where.unranked for o, where in self.placed.items() if where.unranked}
        scored: Order | None = None
        start, group = 1, 1
        for tier in TIERS:
            holding = members(self.placed, tier)
            open_here = self._rankable(holding, "possible")
            if tier == "2" and open_here:
                scored = order.order_of(
                    self.arithmetic,
                    open_here,
                    self.preference,
                    doubtful=self._doubtful(open_here, Truth.TRUE),
                )
                groups = scored.groups
            else:
                groups = (tuple(sorted(open_here)),) if open_here else ()
            found = order.ranks_of(groups, start=start, first_group=group)
            ranks.update({option: place_ for option, (place_, _g) in found.items()})
            ties.update({option: number for option, (_r, number) in found.items()})
            start += len([o for o in holding if not self.placed[o].unranked])
            group += len(groups)
        for option, each in self.screened.items():
            if each.status == "unconfirmed" and option not in unranked:
                unranked[option] = _("Not ranked while its status is open.")
        return self._with_outcome(ranks, ties, unranked, scored)

    def _rankable(self, options: Sequence[str], status: str) -> tuple[str, ...]:
        return tuple(
            option
            for option in options
            if self.screened[option].status == status and not self.placed[option].unranked
        )

    def _doubtful(self, options: Sequence[str], truth: Truth) -> frozenset[str]:
        """Options with a caution about benefit of this truth."""
        return frozenset(
            option
            for option in options
            if any(
                f.effect == "cautions" and f.about == "benefit" and f.truth is truth
                for f in self.screened[option].findings
            )
        )

    def _with_outcome(
        self,
        ranks: Mapping[str, int],
        ties: Mapping[str, int],
        unranked: Mapping[str, str],
        scored: Order | None,
    ) -> Ranked:
        tier = next((t for t in TIERS if self._holding(t)), None)
        leaders, can_be_first, settled = self._first(tier, scored)
        shares: Mapping[str, float] = {}
        acceptability: dict[str, tuple[float, ...]] = {}
        if scored is not None:
            run = scored.smaa
            for option, row in zip(run.options, run.rank_acceptability.tolist(), strict=True):
                acceptability[option] = tuple(float(share) for share in row)
            shares = {option: row[0] for option, row in acceptability.items()}
        outcome: Outcome = "decided" if settled else "conditional"
        if tier is None:
            outcome = "not-rankable"
        return Ranked(
            outcome=outcome,
            tiers={option: where.tier for option, where in self.placed.items()},
            ranks=ranks,
            ties=ties,
            unranked=unranked,
            shares=shares,
            acceptability=acceptability,
            declined=_declined(self.knowledge, self.facts),
            leading_tier=tier,
            leaders=leaders,
            can_be_first=can_be_first,
            unplaced=() if settled else self._unplaced(leaders),
            robustness=self._robustness(tier, scored, can_be_first),
            bar=float(self.knowledge.ranking.named_first.share),
        )

    def _holding(self, tier: str) -> tuple[str, ...]:
        return tuple(o for o in members(self.placed, tier) if not self.placed[o].unranked)

    def _first(
        self, tier: str | None, scored: Order | None
    ) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Leaders now, options that may lead, and whether every completion has the same leaders."""
        if tier is None:
            return (), (), True
        holding = self._holding(tier)
        now = self._rankable(holding, "possible")
        if tier == "2":
            leaders = scored.leaders if scored is not None else ()
            leading = self._leading_sets(now, self._rankable(holding, "unconfirmed"), leaders)
            can = set().union(*leading)
            settled = bool(now) and len(leading) == 1
        else:
            # A tier above the scored one leads as a whole group while an option is certain to
            # hold it; until then a lower tier may.
            leaders, can = now, set(holding)
            settled = any(not self.placed[option].missing for option in now)
            if not settled:
                can.update(*(self._holding(lower) for lower in TIERS[TIERS.index(tier) + 1 :]))
        if not self._indication_settles():
            settled = False
            can |= {o for o in self._holding("2") if self._is_present(o)}
        return leaders, tuple(o for o in self.placed if o in can), settled

    def _leading_sets(
        self, now: tuple[str, ...], waiting: tuple[str, ...], leaders: tuple[str, ...]
    ) -> set[frozenset[str]]:
        """The leaders of every completion: each waiting option in or out, each doubt or none."""
        certain = self._doubtful((*now, *waiting), Truth.TRUE)
        feared = certain | self._doubtful((*now, *waiting), Truth.UNKNOWN)
        leading = {frozenset(leaders)} if now else set()
        for options in order.survivor_sets(now, waiting):
            for doubtful in {certain, feared}:
                if options and (options, doubtful) != (now, certain):
                    found = order.leaders_of(self.arithmetic, options, self.preference, doubtful)
                    leading.add(frozenset(found))
        return leading

    def _unplaced(self, leaders: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for o in leaders for f in self.placed[o].missing))

    def _is_present(self, option: str) -> bool:
        return self.knowledge.options[option].therapy.is_present_treatment

    def _indication_settles(self) -> bool:
        possible = possible_of(self.facts, "indication")
        return not (possible & NO_SWITCH) or possible <= NO_SWITCH

    def _robustness(
        self, tier: str | None, scored: Order | None, can_be_first: tuple[str, ...]
    ) -> Robustness:
        cannot_tell = tuple(o for o, each in self.screened.items() if each.status == "unconfirmed")
        completions = Completions(exact=False, can_be_first=can_be_first, cannot_tell=cannot_tell)
        policies = tuple(self._policies())
        if scored is None or tier != "2" or len(scored.smaa.options) < 2:
            return Robustness(scenarios=policies, completions=completions)
        run = scored.smaa
        return Robustness(
            scenarios=(*scored.scenarios, *policies),
            preference=self.preference.kind if self.preference else "none",
            completions=completions,
            threshold=self._threshold(scored),
            seed=int(self.knowledge.ranking.seed),
            draws=run.draws,
            monte_carlo_error=float(max(run.monte_carlo_error.tolist())),
        )

    def _policies(self) -> Iterator[ScenarioLine]:
        """What a published rule of tiers that is looser than ours would change; no share."""
        for scenario in self.knowledge.ranking.scenarios:
            if not scenario.tier_policy:
                continue
            opened = tuple(
                option.id
                for option in self.knowledge.options.values()
                if place(
                    option,
                    self.screened[option.id],
                    self.facts,
                    self.knowledge,
                    policy=scenario.tier_policy,
                )
                != self.placed[option.id]
            )
            names = [self.knowledge.options[option].therapy.short for option in opened]
            yield ScenarioLine(
                id=scenario.id,
                label=scenario.label,
                preference="none",
                shares={},
                leaders=opened,
                reading=_("{options} beside the approved classes").format(
                    options=wording.joined(names)
                )
                if names
                else _("no option changes its tier"),
            )

    def _threshold(self, scored: Order) -> str:
        """At which hazard without cells the best cellular option would lead."""
        options = scored.smaa.options
        cellular = [o for o in options if self.knowledge.options[o].kind == "cellular"]
        if not cellular or len(cellular) == len(options):
            return ""
        best = max(cellular, key=lambda option: (scored.shares_of(option), option))
        short = self.knowledge.options[best].therapy.short
        hazard = self.arithmetic.threshold(options, best)
        if hazard is None:
            return _(
                "Without preferences {option} leads at no yearly hazard without cells up to 2."
            ).format(option=short)
        return _(
            "{option} is ahead in more than half of the weightings only if the hazard without "
            "cells is above about {hazard} a year."
        ).format(option=short, hazard=f"{hazard:.2f}")
