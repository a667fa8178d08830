"""The order of everything: tiers, then scores within tier 2, and what the unknown could change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nmosd_cds.advice import order, wording
from nmosd_cds.advice.arithmetic import Arithmetic, arithmetic_of
from nmosd_cds.advice.completions import SCORED, Completions
from nmosd_cds.advice.model import Completions as CompletionsLine
from nmosd_cds.advice.model import Outcome, Robustness, ScenarioLine
from nmosd_cds.advice.order import Order
from nmosd_cds.advice.scope import ScopeResult
from nmosd_cds.advice.screen import Screened
from nmosd_cds.advice.standing import Left
from nmosd_cds.advice.tiers import TIERS, Placed, members, place, possible_of
from nmosd_cds.advice.wording import Said
from nmosd_cds.calculators.shown import id_words
from nmosd_cds.i18n import _
from nmosd_cds.i18n.joining import and_list
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.logic.fact import Facts
from nmosd_cds.logic.truth import TRUE, Truth
from nmosd_cds.patient.case import PreferenceSet


@dataclass(frozen=True)
class Ranked:
    """The order, and how firm it is.

    Attributes:
        leading_tier: Tier that leads now; None if nothing is ranked.
        leaders: Options that lead now.
        completions: What the open facts could still change; None where a rule stops the ladder.
        unplaced: Fields that could still take the leading tier from every option that leads now.
        scored: The order by score, where at least two options of the leading tier have one.
        doubtful: Options with a caution about benefit that holds.
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
    completions: Completions | None = None
    unplaced: tuple[str, ...] = ()
    robustness: Robustness = Robustness()
    bar: float = 1.0
    scored: Order | None = None
    doubtful: frozenset[str] = frozenset()

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
            id_words(certainty[option]) for option in self.leaders if certainty[option]
        )
        return wording.scored(names, and_list(words), decided=decided, deciding=deciding)


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
                    doubtful=self._doubtful(open_here, TRUE),
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
        now = self._now(tier)
        leaders = scored.leaders if scored is not None and tier == SCORED else now.options
        completions = self._completions(now, scored)
        settled = tier is None or completions.decides_for(now)
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
            completions=completions,
            unplaced=() if settled else self._unplaced(leaders),
            robustness=self._robustness(tier, scored, completions),
            scored=scored if scored is not None and self._is_compared(tier, scored) else None,
            doubtful=now.doubtful,
            bar=float(self.knowledge.ranking.named_first.share),
        )

    def _holding(self, tier: str) -> tuple[str, ...]:
        return tuple(o for o in members(self.placed, tier) if not self.placed[o].unranked)

    def _now(self, tier: str | None) -> Left:
        """Who leads the tier that somebody holds now, as far as they are possible."""
        if tier is None:
            return Left(None)
        options = self._rankable(self._holding(tier), "possible")
        return Left(tier, options, self._doubtful(options, TRUE))

    def _completions(self, now: Left, scored: Order | None) -> Completions:
        def leaders(left: Left) -> tuple[str, ...]:
            if scored is not None and left == now:
                return scored.leaders
            return order.leaders_of(self.arithmetic, left.options, self.preference, left.doubtful)

        return Completions(self.knowledge, self.facts, self.screened, leaders)

    def _unplaced(self, leaders: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for o in leaders for f in self.placed[o].missing))

    def _robustness(self, tier: str | None, scored: Order | None, found: Completions) -> Robustness:
        completions = CompletionsLine(found.exact, found.can_be_first, found.cannot_tell)
        policies = tuple(self._policies())
        if scored is None or not self._is_compared(tier, scored):
            return Robustness(scenarios=policies, completions=completions)
        run = scored.smaa
        return Robustness(
            scenarios=(*scored.scenarios, *policies),
            preference=self.preference.kind if self.preference else "none",
            completions=completions,
            seed=int(self.knowledge.ranking.seed),
            draws=run.draws,
            monte_carlo_error=float(max(run.monte_carlo_error.tolist())),
        )

    @staticmethod
    def _is_compared(tier: str | None, scored: Order) -> bool:
        return tier == SCORED and len(scored.smaa.options) > 1

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
                reading=_("{options} beside the approved classes").format(options=and_list(names))
                if names
                else _("no option changes its tier"),
            )
