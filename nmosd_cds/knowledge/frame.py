"""The shapes of the files that frame the rules: version, definitions, scope, standard care."""

from __future__ import annotations

from typing import Any, Literal

from nmosd_cds.knowledge.rule import Reviewed
from nmosd_cds.strict_yaml import FileModel, Flag, Number, Prose

Flagging = Literal["seen", "memory", "project"]


class Stamp(FileModel):
    """`rules/knowledge.yaml`.

    Attributes:
        validity_days: Days after which a page has to be made anew.
        option_order: Option ids in the order people see them; others follow, reference options
            first, options without evidence last, then by id.
    """

    version: str
    evidence_cutoff: str
    schema_version: str
    regions: tuple[str, ...]
    validity_days: Number
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


class DefinitionsFile(FileModel):
    """`rules/definitions.yaml`.

    Attributes:
        impossible_together: Lists of comparisons that cannot all hold at once.
    """

    numbers: tuple[NamedNumber, ...]
    conditions: tuple[NamedCondition, ...] = ()
    impossible_together: tuple[tuple[dict[str, Any], ...], ...] = ()


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
    cites: tuple[str, ...]
    basis: Literal["published", "project"]
    flag: Flagging = "seen"
    reviewed: Reviewed


class PublishedDefinition(FileModel):
    """One published (or our own) meaning of refractory, shown side by side."""

    id: str
    label: Prose
    asks_for: Prose
    when: Any
    basis: Literal["published", "project"]
    cites: tuple[str, ...]
    flag: Flagging = "seen"


class PseudoFailureItem(FileModel):
    """One thing to check before a relapse is called failure of the drug.

    Attributes:
        fields: Fields of a treatment or attack row, or of the patient, that answer it; empty:
            nothing in the case answers it and it is always printed.
        classes: Mechanism classes it concerns; empty: all.
    """

    id: str
    label: Prose
    fields: tuple[str, ...] = ()
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
