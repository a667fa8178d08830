"""The shapes of the files that frame the rules: version, definitions, scope, standard care."""

from __future__ import annotations

from typing import Any, Literal

from nmosd_cds.knowledge.rule import Reviewed
from nmosd_cds.strict_yaml import FileModel, Flag, Number, Prose, Whole

Flagging = Literal["seen", "memory", "project"]


class Stamp(FileModel):
    """`rules/knowledge.yaml`.

    Attributes:
        validity_days: Days after which a page has to be made anew.
        review_months: Months after which a review has to be done again; None: never.
        option_order: Option ids in the order people see them; others follow, reference options
            first, options without evidence last, then by id.
    """

    version: str
    evidence_cutoff: str
    schema_version: str
    regions: tuple[str, ...]
    validity_days: Number
    review_months: Whole | None = None
    option_order: tuple[str, ...] = ()


class NamedNumber(FileModel):
    """A number calculators use; its unit is the end of its name (`_days`, `_months`, ...)."""

    name: str
    value: Number
    because: Prose
    basis: Literal["published", "project"]
    cites: tuple[str, ...]


class NamedCondition(FileModel):
    """A condition that rules use with `is`."""

    name: str
    when: Any
    because: Prose


class Modifiable(FileModel):
    """A fact that time, treatment or an arrangement can change.

    Attributes:
        fact: With choices; a fact that exists once per option is that of the option in question.
        to: Choices it may have afterwards.
        only_from: Choices it may have before; empty: any other than `to`.
        is_arranged: Whether it may be proposed while nobody knows whether it is so already.
        follows: Fact whose change brings this one up; none if it stands by itself.
        fields: Fields that take the change; empty: all that the fact is computed from.
        words: What would have changed, as it follows `If`; never an order.
    """

    fact: str
    to: tuple[str, ...]
    only_from: tuple[str, ...] = ()
    is_arranged: Flag = False
    follows: str | None = None
    fields: tuple[str, ...] = ()
    words: Prose


class DefinitionsFile(FileModel):
    """`rules/definitions.yaml`.

    Attributes:
        impossible_together: Lists of comparisons that cannot all hold at once.
        modifiable: What may be proposed as a change; everything else never is.
    """

    numbers: tuple[NamedNumber, ...]
    conditions: tuple[NamedCondition, ...] = ()
    impossible_together: tuple[tuple[dict[str, Any], ...], ...] = ()
    modifiable: tuple[Modifiable, ...] = ()


class ScopeRule(FileModel):
    """One entry of `rules/scope/rules.yaml`; read in the order of the file.

    Attributes:
        when: TRUE stops with `outcome`.
        outcome: `out-of-scope`, `not-rankable`, or `prompt` (a message, no stop).
        stops_when_unknown: Whether UNKNOWN also stops, as `not-rankable`.
        asked_last: Whether its question comes after those of the other unknown stops.
        headline: First sentence on every surface when it stops.
        unknown_headline: The sentence when UNKNOWN stops.
        message: What the reader must know.
        asks: Fields to ask first when UNKNOWN, the most useful first.
        cellular: What the stop makes of cellular options: `keep` their status, or `no-evidence`.
        references: What it makes of reference options: `keep`, `unconfirmed` or `no-evidence`.
        references_because: Why a reference option is unconfirmed by the stop.
        hides_standard_care: Whether the state of approved drugs does not apply.
        unsettles_standard_care: Whether the definition of exhausted treatment does not hold for
            these people, so that the state is unknown.
    """

    id: str
    when: Any
    outcome: Literal["out-of-scope", "not-rankable", "prompt"]
    stops_when_unknown: Flag = False
    asked_last: Flag = False
    headline: Prose
    unknown_headline: Prose | None = None
    message: Prose
    asks: tuple[str, ...] = ()
    cellular: Literal["keep", "no-evidence"] = "keep"
    references: Literal["keep", "unconfirmed", "no-evidence"] = "keep"
    references_because: Prose | None = None
    hides_standard_care: Flag = False
    unsettles_standard_care: Flag = False
    cites: tuple[str, ...]
    basis: Literal["published", "project"]
    flag: Flagging = "seen"
    reviewed: Reviewed


class PublishedDefinition(FileModel):
    """One published (or our own) meaning of refractory, failure or high activity, side by side.

    Attributes:
        ambiguous: What the text leaves open and how it is read here; None where it is clear.
        disease: The disease it was written for; one for another disease is never met.
        when: The condition; None for another disease only.
    """

    id: str
    label: Prose
    asks_for: Prose
    ambiguous: Prose | None = None
    disease: Literal["nmosd", "multiple-sclerosis"] = "nmosd"
    when: Any = None
    basis: Literal["published", "project"]
    cites: tuple[str, ...]
    flag: Flagging = "seen"


class PseudoFailureItem(FileModel):
    """One thing to check before a relapse is called failure of the drug.

    Attributes:
        question: What is asked, as a question.
        points_away: Answers, by field, that point to another explanation than failure.
        fields: Fields of a treatment or attack row, or of the patient, that answer it; empty:
            nothing in the case answers it and it is always printed.
        classes: Mechanism classes it concerns; empty: all.
    """

    id: str
    label: Prose
    question: Prose
    fields: tuple[str, ...] = ()
    points_away: dict[str, str] = {}
    classes: tuple[str, ...] = ()
    flag: Flagging


class MechanismClass(FileModel):
    """One mechanism class of approved treatment."""

    id: str
    label: Prose
    drugs: tuple[str, ...]
    exposure_proof: Literal["cd19_depleted", "complement_blocked"] | None = None


class StandardCareFile(FileModel):
    """`rules/standard-care.yaml`.

    Attributes:
        sentences: State of standard care to the sentence that explains it.
    """

    definition: Prose
    classes: tuple[MechanismClass, ...]
    definitions: tuple[PublishedDefinition, ...]
    pseudo_failure: tuple[PseudoFailureItem, ...]
    sentences: dict[str, Prose]
