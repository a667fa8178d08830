"""Advice, as frozen values: what every surface shows and every file stores. No arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from nmosd_cds.advice.plan_model import PlanLine as PlanLine
from nmosd_cds.advice.plan_model import Washout
from nmosd_cds.advice.trial_line import TrialLine
from nmosd_cds.i18n import _
from nmosd_cds.logic.truth import Truth

Outcome = Literal["decided", "conditional", "not-rankable", "out-of-scope"]
Status = Literal["possible", "unconfirmed", "excluded", "no-evidence"]


@dataclass(frozen=True)
class FigureLine:
    """One published figure as people read it.

    Attributes:
        study: Citation key, the way to the study sheet; empty for a sum.
        figure: Id of the figure in the study; empty for a sum.
        label: What it is.
        shown: `11 of 16`, `80 %, n 12`, `0.43 a year`; never a bare percentage.
        interval: `41–89 %`, or empty when none was printed or can be computed.
        share: Point as a fraction of patients, for plots; None if it is not one.
        low: Lower end as a fraction; None without interval.
        high: Upper end as a fraction; None without interval.
        n: Patients behind it; None if not printed.
        follow_up: Time behind it in words, or empty.
        follow_up_months: The same as a number; None if not known.
        flag: `seen`, `derived`, `memory` or `project`.
        confirmed: How independently it was seen again.
        regimen: What was done to the arm, or empty.
    """

    study: str
    figure: str
    label: str
    shown: str
    interval: str = ""
    share: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    follow_up: str = ""
    follow_up_months: float | None = None
    flag: str = "seen"
    confirmed: str = "none"
    regimen: str = ""


@dataclass(frozen=True)
class Finding:
    """What one rule said about one option.

    Attributes:
        truth: Of the rule's condition.
        blocks: TRUE bars the option, UNKNOWN leaves it unconfirmed, FALSE lets it pass.
        text: The reason, as a sentence.
        facts: Label of each fact read, and the value read.
        missing: Fields whose answer would settle it.
        why: Kind of bar, for a rule that can bar.
        until: What would have to change; empty if nothing would.
    """

    rule: str
    effect: str
    truth: Truth
    blocks: Truth
    text: str
    facts: Mapping[str, str]
    missing: tuple[str, ...]
    cites: tuple[str, ...]
    basis: str
    flag: str
    about: str = "safety"
    why: str | None = None
    until: str = ""
    population: str = ""
    alert: bool = False
    open_facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArgumentLine:
    """One argument for or against, with the figures behind it."""

    side: str
    text: str
    figures: tuple[FigureLine, ...] = ()
    total: FigureLine | None = None
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class EffectLine:
    """One cell of the effects table.

    Attributes:
        estimate: Centre of the distribution; None where nothing was reported.
        low: 5th percentile; None where nothing was reported.
        high: 95th percentile; None where nothing was reported.
        how: How it was derived, in words.
        kind: `derived`, `judgement`, `absent`, `not-reported` or `not-applicable`.
        n: Patients behind it; None if there are none.
    """

    criterion: str
    label: str
    estimate: float | None
    low: float | None
    high: float | None
    unit: str
    studies: tuple[str, ...]
    n: int | None
    how: str
    kind: str
    certainty: str = "none"


@dataclass(frozen=True)
class FitLine:
    """One feature of this person against the patients studied.

    Attributes:
        alike: TRUE inside, FALSE outside, UNKNOWN if either side is not known.
        like: Patients of studies whose printed range holds this person, or counted with the same
            feature; None if the person's side or every study's is not known.
        of: Patients of all studies compared; None if no number was printed.
        means: What the difference, or not knowing it, could mean; empty where they are alike.
    """

    feature: str
    person: str
    studied: str
    alike: Truth
    like: int | None = None
    of: int | None = None
    means: str = ""

    @property
    def counted(self) -> str:
        """`28 of 32`; empty where nobody can be counted."""
        if self.like is None or self.of is None:
            return ""
        return _("{like} of {of}").format(like=self.like, of=self.of)


@dataclass(frozen=True)
class EvidenceFit:
    """How the patients studied resemble this one.

    Attributes:
        n: Patients with an outcome of their own; None if none.
        n_like: Patients alike on serostatus; None if no text counts them.
    """

    n: int | None
    n_like: int | None
    lines: tuple[FitLine, ...] = ()

    @property
    def shown(self) -> str:
        """`3 of 5` features known to be alike."""
        alike = sum(line.alike is Truth.TRUE for line in self.lines)
        if not self.lines:
            return ""
        return _("{count} of {of}").format(count=alike, of=len(self.lines))


@dataclass(frozen=True)
class ChangeLine:
    """One smallest change that would better the status of an option; a condition, no order.

    Attributes:
        words: What would have changed, from `If` on.
        fields: Fields that would take the change.
        becomes: Status of the option then.
    """

    words: str
    fields: tuple[str, ...]
    becomes: Status


@dataclass(frozen=True)
class OptionAdvice:
    """One option for this person.

    Attributes:
        why: Kind of bar of an excluded option.
        bar: The finding that bars it first; None if not excluded.
        tier: `0`, `1`, `1b` or `2`; None for what holds no tier.
        rank: From 1 over everything ranked; None if not ranked.
        tie_group: Number of the tie group; options with the same number are a tie.
        needs: Fields still missing for a decision on its status.
        declined: Whether the person declines it.
        is_present: Whether it is to keep what the person has now.
        plan: Lines to discuss; empty for an option without evidence.
        washout: Drugs of the person before the step; None where nothing is stopped.
        changes: What would have to change; empty for what is first, or where nothing can.
    """

    id: str
    kind: str
    name: str
    short: str
    status: Status
    tier: str | None
    certainty: str
    certainty_because: str
    fit: EvidenceFit
    findings: tuple[Finding, ...]
    is_present: bool = False
    why: str | None = None
    bar: Finding | None = None
    rank: int | None = None
    tie_group: int | None = None
    unranked_reason: str | None = None
    first_rank_share: float | None = None
    rank_acceptability: tuple[float, ...] | None = None
    effects: tuple[EffectLine, ...] = ()
    arguments: tuple[ArgumentLine, ...] = ()
    deaths_all_causes: tuple[FigureLine, ...] = ()
    deaths_related: tuple[FigureLine, ...] = ()
    deaths_all_total: FigureLine | None = None
    deaths_related_total: FigureLine | None = None
    deaths_note: str = ""
    no_evidence: str = ""
    notes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    declined: bool = False
    plan: tuple[PlanLine, ...] = ()
    washout: Washout | None = None
    changes: tuple[ChangeLine, ...] = ()

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """Cautions that hold."""
        return tuple(f for f in self.findings if f.effect == "cautions" and f.truth is Truth.TRUE)

    @property
    def bars(self) -> tuple[Finding, ...]:
        """Everything that bars it."""
        return tuple(finding for finding in self.findings if finding.blocks is Truth.TRUE)

    @property
    def open_gates(self) -> tuple[Finding, ...]:
        """Gates that cannot be answered yet."""
        return tuple(finding for finding in self.findings if finding.blocks is Truth.UNKNOWN)


@dataclass(frozen=True)
class Settles:
    """What one answer to a question would do, in words."""

    answer: str
    then: str


@dataclass(frozen=True)
class Question:
    """A missing fact worth asking.

    Attributes:
        field: Field that takes the answer; the way back to the form.
        label: What people see.
        state: `not known`, `not done` or `unavailable`.
        settles: Options whose status the answer could settle.
        share: Mean fraction of the other candidates for first place its answers remove.
        answers: What each answer would settle.
        decides: Whether an answer can change who may lead.
    """

    field: str
    label: str
    state: str
    settles: tuple[str, ...]
    share: float
    answers: tuple[Settles, ...] = ()
    decides: bool = False


@dataclass(frozen=True)
class ClassState:
    """State of one mechanism class of approved treatment."""

    id: str
    label: str
    state: str
    drug: str | None
    date: str | None
    detail: str = ""
    drugs: tuple[str, ...] = ()


@dataclass(frozen=True)
class DefinitionLine:
    """One meaning of refractory, and whether this person meets it.

    Attributes:
        ambiguous: What its text leaves open and how it is read; empty where it is clear.
    """

    id: str
    label: str
    asks_for: str
    met: Truth
    basis: str
    cites: tuple[str, ...]
    missing: tuple[str, ...] = ()
    ambiguous: str = ""
    flag: str = "seen"


@dataclass(frozen=True)
class StandardCare:
    """State of approved treatment; `state` is `unknown` when several are possible.

    Attributes:
        unchecked: Questions of the pseudo-failure list that nothing entered answers.
        points_away: Those whose answer speaks for another explanation than failure.
    """

    state: str
    definition: str
    sentence: str
    classes: tuple[ClassState, ...]
    definitions: tuple[DefinitionLine, ...]
    unchecked: tuple[str, ...] = ()
    points_away: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indication:
    """Whether there is one; `state` is `unknown` when several are possible."""

    state: str
    sentence: str
    last_attack: str | None
    on_drug: str | None
    high_activity: Truth
    attacks_12_months: str = ""
    rate: str = ""
    present_drugs: tuple[str, ...] = ()
    present_sentence: str = ""


@dataclass(frozen=True)
class Scope:
    """Diagnosis and serostatus, and the messages of the scope rules."""

    diagnosis: str
    serostatus: str
    messages: tuple[str, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScenarioLine:
    """One scenario: shares of first rank by option, and how it reads."""

    id: str
    label: str
    preference: str
    shares: Mapping[str, float]
    leaders: tuple[str, ...]
    reading: str


@dataclass(frozen=True)
class Completions:
    """What the unknown facts could still change.

    Attributes:
        exact: Whether every completion was looked at; else two bounds stand for them.
        can_be_first: Options that lead in some completion.
        cannot_tell: Options for which the bounds differ; empty where the search was exact.
        depends_on: Fields whose answer can change who may lead.
    """

    exact: bool
    can_be_first: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class CentralLine:
    """Which weighting speaks for one option: the mean of those it is first in.

    Attributes:
        first_rank_share: Share of simulated weightings in which it is first.
        weights: Criterion id to its share of the whole weight; None for one that is never first.
        confidence: Its share of first ranks if exactly these weights held; None as above.
    """

    option: str
    first_rank_share: float
    weights: Mapping[str, float] | None
    confidence: float | None


@dataclass(frozen=True)
class TornadoLine:
    """How far one uncertainty moves the share of first ranks of one option.

    Attributes:
        id: `weight/<criterion>`, `outcome/<option>/<criterion>` or `scenario/<id>`.
        kind: `weight` how much a criterion matters, `outcome` how it really turns out, `scenario`
            another set of assumptions.
        label: What varies, in words.
        low: Share of first ranks at its low end: in the tenth of draws in which the weight or the
            outcome was smallest; for a scenario the share in that scenario.
        high: The same at its high end; equal to `low` for a scenario.
        low_means: What the low end is, in words.
        high_means: What the high end is, in words; empty for a scenario.
    """

    id: str
    kind: Literal["weight", "outcome", "scenario"]
    label: str
    low: float
    high: float
    low_means: str
    high_means: str = ""

    @property
    def width(self) -> float:
        """Distance between its ends."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Tornado:
    """What moves the order, the largest first.

    Attributes:
        option: The option whose share is read: the first by rank that is a cellular one, else the
            first.
        share: Its share of first ranks under the usual assumptions.
    """

    option: str
    share: float
    lines: tuple[TornadoLine, ...]


@dataclass(frozen=True)
class TradeOff:
    """How much more one event must weigh than another for an option to lead.

    Attributes:
        option: The option that would lead.
        of: Criterion whose event speaks for it.
        against: Criterion whose event speaks against it.
        ratio: The least number of events of `against` that one event of `of` must weigh for the
            option to lead half of the weightings; 0 if it leads at any; None if it leads at none
            tried.
        words: The same as a sentence.
    """

    option: str
    of: str
    against: str
    ratio: float | None
    words: str


@dataclass(frozen=True)
class WeightRange:
    """How much one criterion counts in a set of weightings, as shares of the whole weight.

    Attributes:
        mean: Mean over the draws.
        low: 5th percentile.
        high: 95th percentile.
    """

    criterion: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class PreferenceLine:
    """The order under one set of preferences, the set of nobody included.

    Attributes:
        owner: Who stated it; empty for the order without preferences.
        on: Day it was stated; None without preferences.
        kind: `none`, `ordinal` or `swing`.
        harms_seen: Whether the harms were shown before; None without preferences.
        active: Whether this set is in use; without preferences, whether none is.
        shares: Share of first ranks by option under the usual assumptions.
        leaders: Smallest set of options with the bar of first ranks in every scenario.
        weights: How much each criterion then counts.
        reading: One sentence: who leads, and whether that differs from no preferences.
    """

    owner: str
    on: date | None
    kind: str
    harms_seen: bool | None
    active: bool
    shares: Mapping[str, float]
    leaders: tuple[str, ...]
    weights: tuple[WeightRange, ...]
    reading: str


@dataclass(frozen=True)
class Robustness:
    """How the order holds; empty where nothing is ranked by score.

    Attributes:
        pairwise: Option to option: share of draws in which the first is better, ties half.
        central: Which weighting speaks for each option.
        tornado: What moves the order; None where fewer than two options are scored.
        trade_offs: What divides the leading options, in events against events.
        preferences: The order without preferences first, then every stored set.
        changes_with: Which scenarios and preferences change who leads, in one sentence each.
        too_close: Options that the arithmetic cannot tell apart, in words; empty if it can.
    """

    scenarios: tuple[ScenarioLine, ...] = ()
    preference: str = "none"
    completions: Completions = Completions(exact=True, can_be_first=(), cannot_tell=())
    threshold: str = ""
    seed: int = 0
    draws: int = 0
    monte_carlo_error: float = 0.0
    pairwise: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    central: tuple[CentralLine, ...] = ()
    tornado: Tornado | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    preferences: tuple[PreferenceLine, ...] = ()
    changes_with: tuple[str, ...] = ()
    too_close: str = ""


@dataclass(frozen=True)
class InputLine:
    """One answer as it was entered."""

    field: str
    section: str
    label: str
    value: str
    date: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnowledgeStamp:
    """Which knowledge gave the answer."""

    version: str
    sha256: str
    evidence_cutoff: str
    signature: str
    validity_days: int = 30


@dataclass(frozen=True)
class Advice:
    """The whole answer to one case on one day."""

    outcome: Outcome
    headline: str
    sentence: str
    alerts: tuple[str, ...]
    as_of: date
    app_version: str
    case_id: str
    case_sha256: str
    fictional: bool
    knowledge: KnowledgeStamp
    scope: Scope
    indication: Indication
    standard_care: StandardCare
    options: tuple[OptionAdvice, ...]
    questions: tuple[Question, ...]
    robustness: Robustness
    inputs: tuple[InputLine, ...] = ()
    notices: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    unmet: tuple[str, ...] = field(default=())
    trials: tuple[TrialLine, ...] = ()

    def option(self, identifier: str) -> OptionAdvice:
        """The option with this id.

        Raises:
            KeyError: there is none.
        """
        for option in self.options:
            if option.id == identifier:
                return option
        raise KeyError(identifier)

    def with_status(self, status: str) -> tuple[OptionAdvice, ...]:
        """Options with this status, in the order of the knowledge."""
        return tuple(option for option in self.options if option.status == status)
