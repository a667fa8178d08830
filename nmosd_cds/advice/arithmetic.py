"""SMAA within tier 2: shares of simulated weightings, over scenarios and survivor sets.

The drawn values depend on the knowledge and a scenario only, never on the person, so they are kept
for the life of the knowledge; a person only says which options are still there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from nmosd_cds.advice.cells import (
    Assumptions,
    assumptions_of,
    comparator_exposure,
    distribution_of,
    effect_line,
)
from nmosd_cds.advice.model import EffectLine, WeightRange
from nmosd_cds.decision.decision import Decision
from nmosd_cds.decision.distribution import Gamma
from nmosd_cds.decision.draws import FloatArray, uniforms
from nmosd_cds.decision.smaa import Smaa, masked, run
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import (
    ExactWeights,
    Flat,
    Hierarchical,
    Ordinal,
    PartialOrdinal,
    Swing,
    WeightSampler,
)
from nmosd_cds.i18n import language
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.ranking import Criterion, Scenario
from nmosd_cds.patient.case import PreferenceSet

_PERCENTILES = (0.05, 0.5, 0.95)
# Yearly hazards at which the threshold is looked for.
_HAZARDS = tuple(step / 20 for step in range(1, 41))
_HALF = 0.5
_MOST_PERSONAL = 32
# Sets of options that are left, over all scenarios and preferences.
_KEPT_LEFT = 64


@dataclass(eq=False)
class Arithmetic:
    """The draws of one knowledge, kept because they are the same for every case.

    Attributes:
        knowledge: Whose figures and assumptions they are.
    """

    knowledge: Knowledge
    _values: dict[tuple[str, str, Assumptions, str], FloatArray] = field(default_factory=dict)
    _decisions: dict[tuple[Assumptions, str], Decision] = field(default_factory=dict)
    _runs: dict[tuple[str, PreferenceSet | None], Smaa] = field(default_factory=dict)
    _lines: dict[tuple[str, str], tuple[EffectLine, ...]] = field(default_factory=dict)
    _previewed: Decision | None = None
    _in_words: dict[str, Arithmetic] = field(default_factory=dict)
    _thresholds: dict[tuple[tuple[str, ...], str], float | None] = field(default_factory=dict)

    def in_words_of(self, knowledge: Knowledge) -> Arithmetic:
        """The same draws beside the same knowledge in another language."""
        if knowledge.language == self.knowledge.language:
            return self
        if knowledge.language not in self._in_words:
            # The dictionaries are shared: what was drawn for one language is there for all.
            self._in_words[knowledge.language] = replace(self, knowledge=knowledge)
        return self._in_words[knowledge.language]

    @property
    def rankable(self) -> tuple[str, ...]:
        """Options that may be ranked by score, in the order of the knowledge."""
        return tuple(
            option.id
            for option in self.knowledge.options.values()
            if option.therapy.rank_in_tier_2 or option.therapy.is_present_treatment
        )

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, in the order of its group."""
        groups = self.knowledge.ranking.criteria
        return tuple(member for group in groups for member in group.members)

    @property
    def scenarios(self) -> tuple[Scenario | None, ...]:
        """The usual assumptions first, then every scenario that changes the arithmetic."""
        changing = (each for each in self.knowledge.ranking.scenarios if not each.tier_policy)
        return (None, *changing)

    def smaa(
        self, options: tuple[str, ...], scenario: Scenario | None, preference: PreferenceSet | None
    ) -> Smaa:
        """The run over some of the rankable options.

        Args:
            options: At least one, all rankable.
            scenario: None: the usual assumptions.
            preference: None: without preferences.
        """
        return _left(self._run(scenario, preference), options)

    def preview(
        self, options: tuple[str, ...], preference: PreferenceSet | None
    ) -> Mapping[str, float]:
        """First-rank shares under the usual assumptions.

        The same numbers as `smaa`, but no run is kept, so that it can be asked at every step of a
        weight that is dragged, beside an advice under way.

        Args:
            options: At least one, all rankable.
            preference: None: without preferences.
        """
        if self._previewed is None or self._previewed.options != options:
            whole = self._decision(None)
            rows = [whole.options.index(option) for option in options]
            self._previewed = Decision(options, whole.criteria, whole.values[rows])
        weights = self._sampler(None, preference).sample(self._seed, self._draws)
        return shares_of(run(self._previewed, weights))

    def weights_of(self, preference: PreferenceSet | None) -> tuple[WeightRange, ...]:
        """How much each criterion counts under the usual assumptions.

        Args:
            preference: None: without preferences.
        """
        weights = self._sampler(None, preference).sample(self._seed, self._draws)
        return tuple(_weight_range(each.id, weights[each.id]) for each in self.criteria)

    def screening(
        self, options: tuple[str, ...], scenario: Scenario | None, preference: PreferenceSet | None
    ) -> Smaa:
        """The same on few draws, for survivor sets."""
        draws = int(self.knowledge.ranking.screening_draws)
        return masked(self._run(scenario, preference), options, draws=draws)

    def brief(
        self, options: tuple[str, ...], scenario: Scenario | None, preference: PreferenceSet | None
    ) -> Smaa:
        """The same as `screening`, drawn for this once and not kept; for sets not in use."""
        draws = int(self.knowledge.ranking.screening_draws)
        assumptions = assumptions_of(scenario)
        comparator = (scenario.comparator if scenario else None) or self._default_comparator
        values = np.stack(
            [
                np.stack(
                    [self._value(option, c, assumptions, comparator)[:draws] for c in self.criteria]
                )
                for option in options
            ]
        )
        decision = Decision(options, tuple(c.id for c in self.criteria), values)
        return run(decision, self._sampler(scenario, preference).sample(self._seed, draws))

    def share_against(self, hazard: float, options: tuple[str, ...], of: str) -> float:
        """First-rank share of an option if the hazard without cells were exactly this, a year."""
        tied = np.full(int(self.knowledge.ranking.screening_draws), hazard)
        values = np.stack(
            [
                np.stack([self._drawn(option, each, Assumptions(), tied) for each in self.criteria])
                for option in options
            ]
        )
        decision = Decision(options, tuple(each.id for each in self.criteria), values)
        weights = self._sampler(None, None).sample(self._seed, decision.draws)
        return float(run(decision, weights).first_rank_share[options.index(of)])

    def threshold(self, options: tuple[str, ...], option: str) -> float | None:
        """The lowest yearly hazard without cells at which an option leads half of the weightings.

        None if it does so at none of the hazards tried, 0.05 to 2 a year.
        """
        key = (options, option)
        if key not in self._thresholds:
            low, high = 0, len(_HAZARDS)
            while low < high:
                middle = (low + high) // 2
                if self.share_against(_HAZARDS[middle], options, option) > _HALF:
                    high = middle
                else:
                    low = middle + 1
            self._thresholds[key] = _HAZARDS[low] if low < len(_HAZARDS) else None
        return self._thresholds[key]

    def effect_lines(self, option: str) -> tuple[EffectLine, ...]:
        """The effects table of one option, under the usual assumptions."""
        key = (option, language())
        if key not in self._lines:
            self._lines[key] = tuple(self._line(option, each) for each in self.criteria)
        return self._lines[key]

    @property
    def _seed(self) -> int:
        return int(self.knowledge.ranking.seed)

    @property
    def _draws(self) -> int:
        return int(self.knowledge.ranking.draws)

    def _run(self, scenario: Scenario | None, preference: PreferenceSet | None) -> Smaa:
        key = (scenario.id if scenario else "", preference)
        if key not in self._runs:
            self._forget_preferences()
            weights = self._sampler(scenario, preference).sample(self._seed, self._draws)
            self._runs[key] = run(self._decision(scenario), weights)
        return self._runs[key]

    def _decision(self, scenario: Scenario | None) -> Decision:
        """The drawn values of every rankable option."""
        assumptions = assumptions_of(scenario)
        comparator = (scenario.comparator if scenario else None) or self._default_comparator
        # Scenarios that only weigh otherwise, or move a criterion, share what was drawn.
        if (assumptions, comparator) not in self._decisions:
            self._decisions[assumptions, comparator] = self._stacked(assumptions, comparator)
        return self._decisions[assumptions, comparator]

    def _stacked(self, assumptions: Assumptions, comparator: str) -> Decision:
        values = np.empty((len(self.rankable), len(self.criteria), self._draws))
        for row, option in enumerate(self.rankable):
            for column, criterion in enumerate(self.criteria):
                values[row, column] = self._value(option, criterion, assumptions, comparator)
                # Kept once: as a part of the decision, which is kept too.
                self._values[option, criterion.id, assumptions, comparator] = values[row, column]
        return Decision(self.rankable, tuple(c.id for c in self.criteria), values)

    def _forget_preferences(self) -> None:
        """Runs with preferences belong to a person; only those of the last few are kept."""
        personal = [key for key in self._runs if key[1] is not None]
        for key in personal[: max(0, len(personal) - _MOST_PERSONAL)]:
            del self._runs[key]

    @property
    def _default_comparator(self) -> str:
        comparators = self.knowledge.ranking.comparators
        return next((each.id for each in comparators if each.default), comparators[0].id)

    def _value(
        self, option: str, criterion: Criterion, assumptions: Assumptions, comparator: str
    ) -> FloatArray:
        key = (option, criterion.id, assumptions, comparator)
        if key not in self._values:
            tied = self._hazard(comparator)
            self._values[key] = self._drawn(option, criterion, assumptions, tied)
        return self._values[key]

    def _drawn(
        self, option: str, criterion: Criterion, assumptions: Assumptions, tied: FloatArray
    ) -> FloatArray:
        value = LinearValue(float(criterion.best), float(criterion.worst))
        return value.of(self._natural(option, criterion, assumptions, tied))

    def _natural(
        self, option: str, criterion: Criterion, assumptions: Assumptions, tied: FloatArray
    ) -> FloatArray:
        found = self.knowledge.options[option]
        distribution = distribution_of(self.knowledge, found, criterion, assumptions)
        u = uniforms(self._seed, ("cell", option, criterion.id), len(tied))
        return distribution.quantiles(u, tied)

    def _hazard(self, comparator: str) -> FloatArray:
        comparators = self.knowledge.ranking.comparators
        found = next(each for each in comparators if each.id == comparator)
        exposure = comparator_exposure(self.knowledge, found)
        u = uniforms(self._seed, ("comparator", "hazard"), self._draws)
        return Gamma(exposure.events, exposure.person_years).quantiles(u)

    def _line(self, option: str, criterion: Criterion) -> EffectLine:
        tied = self._hazard(self._default_comparator)
        drawn = np.sort(self._natural(option, criterion, Assumptions(), tied))
        low, middle, high = (float(drawn[int(p * (len(drawn) - 1))]) for p in _PERCENTILES)
        return effect_line(
            self.knowledge,
            self.knowledge.options[option],
            criterion,
            Assumptions(),
            (low, middle, high),
        )

    def _sampler(
        self, scenario: Scenario | None, preference: PreferenceSet | None
    ) -> WeightSampler:
        base = self._base(scenario)
        if preference is None:
            return base
        criteria = tuple(each.id for each in self.criteria)
        if preference.kind == "ordinal":
            return _ordered(preference, criteria, base)
        # A criterion that this knowledge does not have is left out; the notices say so.
        ranges = {each: (float(w), float(w)) for each, w in preference.weights}
        ranges |= {each: (float(low), float(high)) for each, low, high in preference.ranges}
        ranges = {each: span for each, span in ranges.items() if each in criteria}
        most = max((high for _low, high in ranges.values()), default=0.0)
        if most == 0.0:
            return base
        if preference.kind == "exact":
            return ExactWeights(tuple((each, ranges.get(each, (0.0,))[0]) for each in criteria))
        if len(ranges) == len(criteria) and not preference.ranges:
            return ExactWeights(tuple((each, low) for each, (low, _high) in ranges.items()))
        # What was not weighed may be worth anything up to what matters most.
        reference = min((each for each in ranges if ranges[each] == (most, most)), default=None)
        ratios = (
            (each, low / most, high / most)
            for each, (low, high) in ranges.items()
            if each != reference
        )
        return Swing(criteria, reference, tuple(ratios))

    def _base(self, scenario: Scenario | None) -> Flat | Hierarchical:
        if scenario is not None and scenario.weights == "flat":
            return Flat(tuple(each.id for each in self.criteria))
        moved = scenario.move if scenario else {}
        groups: dict[str, list[str]] = {}
        for group in self.knowledge.ranking.criteria:
            for member in group.members:
                groups.setdefault(moved.get(member.id, group.group), []).append(member.id)
        return Hierarchical(tuple((name, tuple(ids)) for name, ids in groups.items()))


def _weight_range(criterion: str, weight: FloatArray) -> WeightRange:
    low, high = (round(p * (len(weight) - 1)) for p in (_PERCENTILES[0], _PERCENTILES[-1]))
    placed = np.partition(weight, (low, high))
    return WeightRange(criterion, float(weight.mean()), float(placed[low]), float(placed[high]))


def _ordered(
    preference: PreferenceSet, criteria: tuple[str, ...], base: Flat | Hierarchical
) -> WeightSampler:
    """The sampler of an order; criteria it leaves out keep the weights of the base."""
    known = (tuple(each for each in level if each in criteria) for level in preference.levels)
    levels = tuple(level for level in known if level)
    if not levels:
        return base
    if all(len(level) == 1 for level in levels):
        return Ordinal(tuple(level[0] for level in levels), base)
    return PartialOrdinal(levels, base)


@dataclass(frozen=True)
class _Key:
    """Hashes by the content of the knowledge, so that equal knowledge shares its draws."""

    sha256: str
    knowledge: Knowledge = field(compare=False)


@lru_cache(maxsize=_KEPT_LEFT)
def _left(run: Smaa, options: tuple[str, ...]) -> Smaa:
    """Kept, because most cases leave the same options, and what is read from them is kept too."""
    return masked(run, options)


@lru_cache(maxsize=2)
def _arithmetic(key: _Key) -> Arithmetic:
    return Arithmetic(key.knowledge)


def arithmetic_of(knowledge: Knowledge) -> Arithmetic:
    """The draws of a knowledge; two are kept, for comparing one with the next."""
    return _arithmetic(_Key(knowledge.sha256, knowledge)).in_words_of(knowledge)


def shares_of(smaa: Smaa) -> Mapping[str, float]:
    """First-rank share by option."""
    return {
        option: float(share)
        for option, share in zip(smaa.options, smaa.first_rank_share.tolist(), strict=True)
    }
