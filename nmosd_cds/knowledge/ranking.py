"""The shape of `ranking.yaml`: criteria, weights, prior, comparators, tiers and scenarios."""

from __future__ import annotations

from typing import Any, Literal

from nmosd_cds.strict_yaml import FileModel, Flag, Number, Prose, Whole


class Criterion(FileModel):
    """One criterion; its range is fixed here and never per case.

    Attributes:
        event: One event of it as a sentence names it, for a trade-off; None if it counts none.
    """

    id: str
    label: Prose
    unit: Prose
    better: Literal["lower", "higher"]
    best: Number
    worst: Number
    distribution: Literal["gamma", "beta", "normal", "judgement"]
    procedure_only: Flag = False
    horizon_years: Number | None = None
    depends_on: tuple[str, ...] = ()
    event: Prose | None = None
    basis: Literal["published", "project"] = "project"
    because: Prose


class CriterionGroup(FileModel):
    """Criteria that share a weight, so that splitting one tips nothing."""

    group: str
    label: Prose
    members: tuple[Criterion, ...]


class Tie(FileModel):
    """When two options are a tie."""

    monte_carlo_errors: Number
    minimum_difference: Number
    basis: Literal["project"]
    because: Prose


class NamedFirst(FileModel):
    """When one option alone may be named first."""

    share: Number
    in_every_scenario: Flag
    basis: Literal["project"]
    because: Prose


class Comparator(FileModel):
    """What happens without a cellular therapy, from a published control arm; never one number.

    Attributes:
        events: Figure with the number of relapses.
        person_years: Figure with the patient-years.
    """

    id: str
    label: Prose
    default: Flag = False
    events: str
    person_years: str
    cites: tuple[str, ...]


class Prior(FileModel):
    """The sceptical prior, worth this many patient-years at each certainty."""

    person_years: dict[Literal["none", "very-low", "low", "moderate", "high"], Number]
    basis: Literal["project"]
    because: Prose


class Scenario(FileModel):
    """One way to vary the assumptions.

    Attributes:
        evidence: Option id to the evidence set used.
        prior_person_years: Replaces the prior's worth in every cell.
        comparator: Replaces the default comparator.
        weights: `flat` draws weights over criteria, not groups.
        move: Criterion to the group it is counted in.
        replace: Option id to criterion to effect, for one changed cell.
        tier_policy: Another published rule of tiers.
    """

    id: str
    label: Prose
    evidence: dict[str, str] = {}
    prior_person_years: Number | None = None
    comparator: str | None = None
    weights: Literal["by-group", "flat"] = "by-group"
    move: dict[str, str] = {}
    replace: dict[str, dict[str, Any]] = {}
    tier_policy: str | None = None


class TradeOffSpec(FileModel):
    """Two criteria that count events, set against each other in words.

    Attributes:
        of: Criterion whose event speaks for a cellular option.
        against: Criterion whose event speaks against it.
    """

    of: str
    against: str
    basis: Literal["project"]
    because: Prose


class TierPolicy(FileModel):
    """How tiers are assigned; `strict` is ours, the others are published."""

    id: str
    label: Prose
    default: Flag = False
    basis: Literal["published", "project"]
    cites: tuple[str, ...]
    because: Prose
    one_biologic_failed_opens: tuple[str, ...] = ()


FitFeature = Literal["serostatus", "age", "edss", "activity", "earlier_drugs", "follow_up"]


class FitMeans(FileModel):
    """What it could mean that the patients studied differ from this one, or may differ."""

    unlike: Prose
    unknown: Prose


class FitSpec(FileModel):
    """How people studied are held against a person; words are ours.

    Attributes:
        follow_up_months: Median follow-up from which a study speaks to the horizon of the page.
    """

    follow_up_months: Number
    basis: Literal["project"]
    because: Prose
    means: dict[FitFeature, FitMeans]


class Ranking(FileModel):
    """The whole of `ranking.yaml`; every number has a reason."""

    seed: Whole
    draws: Whole
    screening_draws: Whole
    tie: Tie
    named_first: NamedFirst
    criteria: tuple[CriterionGroup, ...]
    comparators: tuple[Comparator, ...]
    prior: Prior
    tier_policies: tuple[TierPolicy, ...]
    scenarios: tuple[Scenario, ...]
    trade_offs: tuple[TradeOffSpec, ...] = ()
    fit: FitSpec | None = None
