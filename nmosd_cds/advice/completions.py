"""The completions of one case: who could be first, and whether the same lead in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nmosd_cds.advice.screen import Screened
from nmosd_cds.advice.space import Bar, Contender, Space
from nmosd_cds.advice.standing import Left
from nmosd_cds.advice.tiers import (
    CLASS_FACTS,
    CLOSED,
    NO_SWITCH,
    TIERS,
    licensed_in,
    place,
    possible_of,
)
from nmosd_cds.knowledge.knowledge import CompiledRule, Knowledge, Option
from nmosd_cds.logic.condition import Condition, IsOneOf, renamed
from nmosd_cds.logic.evaluate import compare
from nmosd_cds.logic.fact import Fact, Facts
from nmosd_cds.logic.truth import FALSE, TRUE, UNKNOWN

SCORED = TIERS[-1]
_FAILED, _NOT_ACCESSIBLE = "failed", "not-accessible"


@dataclass(frozen=True)
class Lead:
    """Who leads in a completion.

    Attributes:
        tier: None if nobody is left.
        leaders: Within the scored tier, who leads it. A tier above it leads as one group, whoever
            of it is left, so none are named.
    """

    tier: str | None
    leaders: frozenset[str] = frozenset()


class Completions:
    """Every completion of a case that nothing stops.

    Attributes:
        reached: Everything that can be left at the top.
        leads: Who may lead.
        can_be_first: Options that lead in some completion.
        candidates: Options that may, as far as can be told; the same where the search was exact.
        cannot_tell: Candidates of which no completion was found in which they lead.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        facts: Facts,
        screened: Mapping[str, Screened],
        leaders: Callable[[Left], tuple[str, ...]],
    ) -> None:
        """Find what the open facts could still change.

        Args:
            leaders: The leading set of those left in the scored tier.
        """
        self._facts = facts
        self._leaders = leaders
        self._afterwards: dict[frozenset[Left], tuple[frozenset[Lead], tuple[str, ...]]] = {}
        self._same = knowledge.said(_same_states, "")
        contenders = _contenders(knowledge, facts, screened, self._same)
        impossible = knowledge.said(_impossible, "")
        seed = int(knowledge.ranking.seed)
        self._space = Space(contenders, facts, impossible, seed=seed)
        self.reached = self._space.reached()
        if not self.reached.possible:
            # What was entered contradicts a declaration; then nothing is taken as impossible.
            self._space = Space(contenders, facts, seed=seed)
            self.reached = self._space.reached()
        self.leads = self._leads(self.reached.possible)
        self.can_be_first = self._first(self.reached.certain)
        self.candidates = self._first(self.reached.possible)
        self.cannot_tell = tuple(o for o in self.candidates if o not in self.can_be_first)

    @property
    def exact(self) -> bool:
        """Whether every completion was looked at, up to answers that nothing tells apart."""
        return self.reached.exact

    def decides_for(self, now: Left) -> bool:
        """Whether every completion has the leaders of the options that are left now."""
        return bool(now.options) and self.leads == {self._lead(now)}

    def after(self, changed: Mapping[str, Fact]) -> tuple[frozenset[Lead], tuple[str, ...]]:
        """The leads that are left once some facts are known more narrowly, and who may be first.

        Returns:
            Nothing and nobody if the answer contradicts what is known.
        """
        known = dict(changed)
        for own, of_class in self._same.items():
            if own in changed and of_class not in changed:
                known[of_class] = changed[own]
        left = self._space.reached(known).possible
        if left not in self._afterwards:
            self._afterwards[left] = self._leads(left), self._first(left)
        return self._afterwards[left]

    def _leads(self, left: frozenset[Left]) -> frozenset[Lead]:
        return frozenset(self._lead(each) for each in left)

    def _lead(self, left: Left) -> Lead:
        if left.tier != SCORED:
            return Lead(left.tier)
        return Lead(SCORED, frozenset(self._leaders(left)))

    def _first(self, left: frozenset[Left]) -> tuple[str, ...]:
        found: set[str] = set()
        for each in left:
            found |= set(self._leaders(each) if each.tier == SCORED else each.options)
        return tuple(name for name in self._space.options if name in found)


def _contenders(
    knowledge: Knowledge,
    facts: Facts,
    screened: Mapping[str, Screened],
    same: Mapping[str, str],
) -> list[Contender]:
    """Options that may still be first: none whose best tier is below one surely held."""
    found = [
        (_contender(knowledge, option, screened[option.id], same), _best(option, facts))
        for option in knowledge.options.values()
        if _may_be_ranked(option, screened[option.id], facts)
    ]
    held = [
        tier
        for contender, _best_tier in found
        if not contender.bars
        and all(compare(each, facts[each.fact]) is not UNKNOWN for each in contender.asks)
        and (tier := contender.place(facts)) is not None
    ]
    lowest = min((TIERS.index(tier) for tier in held), default=len(TIERS))
    return [contender for contender, best in found if TIERS.index(best) <= lowest]


def _may_be_ranked(option: Option, screened: Screened, facts: Facts) -> bool:
    if screened.status not in ("possible", "unconfirmed"):
        return False
    therapy = option.therapy
    if therapy.is_present_treatment:
        return True
    # What a person declines is a choice and no fact: not entered, it is not supposed.
    if possible_of(facts, f"declined@{option.id}") == {"true"}:
        return False
    return option.kind == "reference" or bool(therapy.rank_in_tier_2)


def _best(option: Option, facts: Facts) -> str:
    indication = possible_of(facts, "indication")
    if option.therapy.is_present_treatment:
        return "0" if indication & NO_SWITCH else SCORED
    if option.kind == "cellular":
        return SCORED
    return "1b" if possible_of(facts, _class_fact(option)) <= CLOSED else "1"


def _class_fact(option: Option) -> str:
    return CLASS_FACTS[option.therapy.mechanism_class or ""]


def _contender(
    knowledge: Knowledge, option: Option, screened: Screened, same: Mapping[str, str]
) -> Contender:
    own = f"own_state@{option.id}"

    def placed(facts: Facts) -> str | None:
        if own in same:
            facts = {**facts, own: facts[same[own]]}
        where = place(option, screened, facts, knowledge)
        return None if where.unranked else where.tier

    judged = list(zip(option.rules, screened.findings, strict=True))
    return Contender(
        option=option.id,
        place=placed,
        asks=tuple(_asks(knowledge, option, same)),
        bars=tuple(
            Bar(_condition(rule, same), TRUE if finding.effect == "excludes" else FALSE)
            for rule, finding in judged
            if finding.blocks is UNKNOWN
        ),
        doubts=tuple(
            _condition(rule, same)
            for rule, finding in judged
            if finding.effect == "cautions"
            and finding.about == "benefit"
            and finding.truth is not FALSE
        )
        if option.kind == "cellular" or option.therapy.is_present_treatment
        else (),
    )


def _condition(rule: CompiledRule, same: Mapping[str, str]) -> Condition:
    return rule.condition if rule.reads.isdisjoint(same) else renamed(rule.condition, same)


def _asks(knowledge: Knowledge, option: Option, same: Mapping[str, str]) -> Iterator[IsOneOf]:
    """The comparisons behind `tiers.place`."""
    if option.kind == "cellular":
        return
    yield IsOneOf("indication", tuple(sorted(NO_SWITCH)))
    if option.therapy.is_present_treatment:
        return
    own = f"own_state@{option.id}"
    yield IsOneOf("standard_care", ("not-applicable",))
    yield IsOneOf(_class_fact(option), tuple(sorted(CLOSED)))
    yield IsOneOf(same.get(own, own), ("untried",))
    yield IsOneOf("region", tuple(sorted(licensed_in(option, knowledge))))


def _same_states(knowledge: Knowledge, _name: str) -> Mapping[str, str]:
    """Options that hold every drug of their class: their own state is the state of the class."""
    members = knowledge.definitions.drugs_by_class
    same = {}
    for option in knowledge.options.values():
        of_class = option.therapy.mechanism_class
        if of_class in CLASS_FACTS and set(option.therapy.drugs) == set(members.get(of_class, ())):
            same[f"own_state@{option.id}"] = CLASS_FACTS[of_class]
    return same


def _impossible(knowledge: Knowledge, name: str) -> tuple[tuple[Condition, ...], ...]:
    """What cannot all hold at once, as declared and as it follows from the classes."""
    same = _same_states(knowledge, name)
    return (*knowledge.impossible_together, *_nested_states(knowledge, same))


def _nested_states(
    knowledge: Knowledge, same: Mapping[str, str]
) -> Iterator[tuple[Condition, ...]]:
    """What the state of some drugs of a class says of the class, and the other way round."""
    for option in knowledge.options.values():
        own = f"own_state@{option.id}"
        if option.therapy.mechanism_class in CLASS_FACTS and own not in same:
            states = knowledge.fact_spec(own).choices
            of_class = _class_fact(option)
            yield IsOneOf(own, (_FAILED,)), _other_than(of_class, _FAILED, states)
            yield IsOneOf(of_class, (_NOT_ACCESSIBLE,)), _other_than(own, _NOT_ACCESSIBLE, states)


def _other_than(fact: str, state: str, states: tuple[str, ...]) -> IsOneOf:
    return IsOneOf(fact, tuple(each for each in states if each != state))
