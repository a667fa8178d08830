"""Tiers before scores: which options compete with which. No share, no weight, no drug order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nmosd_cds.advice.screen import Screened
from nmosd_cds.i18n import _
from nmosd_cds.knowledge.knowledge import Knowledge, Option
from nmosd_cds.logic.fact import Choices, Facts

TIERS = ("0", "1", "1b", "2")
CLASS_FACTS = {"c5": "c5_state", "b-cell": "b_cell_state", "il6r": "il6r_state"}
CLOSED = frozenset({"failed", "intolerant", "contraindicated", "not-accessible"})
NO_SWITCH = frozenset({"quiescent", "recent-start"})


@dataclass(frozen=True)
class Placed:
    """Where an option stands.

    Attributes:
        tier: None: it holds no tier.
        unranked: Why it has no rank although nothing bars it; empty if it may have one.
        missing: Fields whose answer could still take it out of its tier; empty if it holds it for
            certain.
    """

    tier: str | None
    unranked: str = ""
    missing: tuple[str, ...] = ()


def possible_of(facts: Facts, name: str) -> frozenset[str]:
    """The choices of a fact that are still possible."""
    possible = facts[name].possible
    assert isinstance(possible, Choices)  # declared as a choice
    return possible.possible


def place(
    option: Option, screened: Screened, facts: Facts, knowledge: Knowledge, *, policy: str = ""
) -> Placed:
    """The tier of one option under a tier policy; the default policy is ours.

    Args:
        policy: Id of a published policy; empty for the default.
    """
    if screened.status not in ("possible", "unconfirmed"):
        return Placed(None)
    holds = possible_of(facts, "indication") <= NO_SWITCH
    therapy = option.therapy
    if possible_of(facts, f"declined@{option.id}") == {"true"}:
        return Placed(None, _("The person declines it."))
    if therapy.is_present_treatment:
        return Placed("0" if holds else "2")
    if therapy.kind == "reference":
        return _reference(option, facts, knowledge, holds=holds)
    if not therapy.rank_in_tier_2:
        return Placed("2", therapy.unranked_because or "")
    return Placed("1" if _opened(option, facts, knowledge, policy) else "2")


def _reference(option: Option, facts: Facts, knowledge: Knowledge, *, holds: bool) -> Placed:
    if holds:
        return Placed(None, _("No switch is offered: the present treatment appears to hold."))
    if possible_of(facts, "standard_care") == {"not-applicable"}:
        return Placed(None, _("Not approved for this serostatus."))
    class_fact = CLASS_FACTS[option.therapy.mechanism_class or ""]
    class_states = possible_of(facts, class_fact)
    if not class_states <= CLOSED:
        return Placed("1", missing=facts[class_fact].missing if class_states & CLOSED else ())
    own_fact = f"own_state@{option.id}"
    if "untried" not in possible_of(facts, own_fact):
        return Placed(None, _("Its class is closed."))
    licensed = licensed_in(option, knowledge)
    regions = possible_of(facts, "region")
    if not licensed & regions:
        return Placed(None, _("Its class is closed, and it is not licensed here."))
    where = () if regions <= licensed else facts["region"].missing
    return Placed("1b", missing=(*facts[own_fact].missing, *where))


def licensed_in(option: Option, knowledge: Knowledge) -> frozenset[str]:
    """Regions where a drug of the option is approved."""
    drugs = (knowledge.definitions.drugs[drug] for drug in option.therapy.drugs)
    return frozenset().union(*(drug.approved_in for drug in drugs))


def _opened(option: Option, facts: Facts, knowledge: Knowledge, policy: str) -> bool:
    rule = next((each for each in knowledge.ranking.tier_policies if each.id == policy), None)
    if rule is None or option.id not in rule.one_biologic_failed_opens:
        return False
    biologic = possible_of(facts, "one_biologic_failed") == {"true"}
    return biologic and possible_of(facts, f"authorised_setting@{option.id}") == {"true"}


def members(placed: Mapping[str, Placed], tier: str) -> tuple[str, ...]:
    """Options that hold a tier, ranked or not."""
    return tuple(option for option, where in placed.items() if where.tier == tier)
