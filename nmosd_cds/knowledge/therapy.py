"""The shape of an option's folder: what it is, its evidence, effects, arguments and plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from nmosd_cds.knowledge.rule import Reviewed
from nmosd_cds.strict_yaml import SAY_NONE, FileModel, Flag, Number, Prose, Whole, Words

Certainty = Annotated[Literal["none", "very-low", "low", "moderate", "high"], SAY_NONE]
Serostatus = Literal["aqp4-positive", "aqp4-negative", "mogad"]


class EvidenceLink(FileModel):
    """A study this option rests on."""

    study: str
    directness: Literal["nmosd", "indirect"]


class EffectSpec(FileModel):
    """How one cell of the ranking gets its distribution.

    Attributes:
        kind: `hazard` (relapse hazard from a count and person-time or a survival value), `count`
            (beta from counts), `exact` (a stated constant), `judgement` (ordinal, marked),
            `absent` (no data), `not-reported` (reported, but not by the criterion's definition).
        from_: Figures the cell rests on, as `<study>/<figure>`.
        person_time: Figure with the patient-years of a hazard.
        follow_up: Figure with the median follow-up; beyond it the hazard comes from the prior.
        approximated: Whether person-time is n x median follow-up; the width is then doubled.
        discount: Share of a patient that counts if the figure is of another disease (power prior);
            figures of NMOSD count in full. None: nothing is indirect.
        score: Ordinal judgement, 0 to 4.
        see: Figures shown beside a cell that has none by the criterion's definition.
    """

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal["hazard", "count", "exact", "judgement", "absent", "not-reported"]
    from_: Words = Field(default=(), alias="from")
    person_time: str | None = None
    follow_up: str | None = None
    approximated: Flag = False
    discount: Number | None = None
    value: Number | None = None
    score: Whole | None = None
    see: Words = ()
    because: Prose | None = None
    certainty: Certainty = "very-low"


class EvidenceSet(FileModel):
    """One evidence set for all criteria of an option; its effects override the shared ones."""

    id: str
    label: Prose
    studies: tuple[str, ...]
    effects: dict[str, EffectSpec] = {}


class Argument(FileModel):
    """A figure or a fact that speaks for or against the option.

    Attributes:
        text: Words, without the numbers; they come from the figures.
        figures: `<study>/<figure>` each, shown as n of n with interval, flag and study key.
        summed: Whether the counts of the figures are also shown as one sum.
    """

    side: Literal["for", "against"]
    text: Prose
    figures: tuple[str, ...] = ()
    summed: Flag = False
    cites: tuple[str, ...] = ()


class Deaths(FileModel):
    """Deaths reported under the option; None where no count was reported."""

    all_causes: tuple[str, ...] = ()
    treatment_related: tuple[str, ...] = ()
    note: Prose | None = None


class Judged(FileModel):
    """Certainty of the evidence in GRADE words, and why."""

    level: Certainty
    because: Prose


class Therapy(FileModel):
    """One option. No Python names an option: all that is special about it stands here.

    Attributes:
        name: Long name; `short` is what cards and tables print.
        classes: Groups that general rules may apply to, such as `hsct`, `car-t`, `msc`.
        drugs: Drug ids of an approved class, for reference options.
        outcomes_in: Serostatuses with a human NMOSD outcome of their own.
        rank_in_tier_2: Whether it meets the rule on who may be ranked; else `unranked_because`.
        no_evidence: Why it is listed without evidence; set for options with no outcome at all.
        evidence_sets: First is the default; the others are scenarios shown side by side.
    """

    id: str
    kind: Literal["cellular", "reference"]
    classes: tuple[str, ...] = ()
    name: Prose
    short: Prose
    product: Prose | None = None
    mechanism: Prose | None = None
    drugs: tuple[str, ...] = ()
    mechanism_class: str | None = None
    is_present_treatment: Flag = False
    evidence: tuple[EvidenceLink, ...] = ()
    outcomes_in: tuple[Serostatus, ...] = ()
    certainty: Judged
    rank_in_tier_2: Flag = False
    unranked_because: Prose | None = None
    no_evidence: Prose | None = None
    maximum_age: Whole | None = None
    effects: dict[str, EffectSpec] = {}
    evidence_sets: tuple[EvidenceSet, ...] = ()
    arguments: tuple[Argument, ...] = ()
    deaths: Deaths = Deaths()
    notes: tuple[Prose, ...] = ()
    reviewed: Reviewed
