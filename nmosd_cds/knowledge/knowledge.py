"""All that is believed, frozen: the only shape in which anyone above meets the knowledge files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar

from nmosd_cds.calculators.derived import Definitions
from nmosd_cds.evidence.read import ReadEntry
from nmosd_cds.evidence.study import Arm, Figure, Modelled, Source, Study, Trial, TrialCriterion
from nmosd_cds.i18n import language
from nmosd_cds.knowledge.frame import (
    DefinitionsFile,
    PublishedDefinition,
    ScopeRule,
    Stamp,
    StandardCareFile,
)
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.ranking import Ranking
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.knowledge.therapy import Therapy
from nmosd_cds.logic.condition import Condition, comparisons_of
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Facts, FactSpec
from nmosd_cds.logic.truth import Truth

Said = TypeVar("Said")


@dataclass(frozen=True)
class CompiledRule:
    """One rule as it holds for one option, or for several that it asks the same of.

    Attributes:
        rule: As it stands in the file; a general rule is shared by its options.
        condition: Facts that exist once per option are named `fact@option-id`.
        is_general: Whether it stands in general/rules.yaml.
    """

    rule: Rule
    condition: Condition
    is_general: bool = False

    @cached_property
    def reads(self) -> frozenset[str]:
        """The facts that its condition compares."""
        return frozenset(part.fact for part in comparisons_of(self.condition))


@dataclass(frozen=True)
class CompiledScopeRule:
    """One rule on scope with its condition."""

    rule: ScopeRule
    condition: Condition


@dataclass(frozen=True)
class CompiledDefinition:
    """One published meaning of refractory with its condition, None for another disease."""

    definition: PublishedDefinition
    condition: Condition | None

    def verdict(self, facts: Facts) -> Verdict:
        """Whether a person meets it; what was written for another disease is never met."""
        if self.condition is None:
            return Verdict(Truth.FALSE)
        return evaluate(self.condition, facts)


@dataclass(frozen=True)
class CompiledReading:
    """What fields can say of a line of a trial's list, or of one way to read it.

    Attributes:
        condition: None if no field says anything.
    """

    modelled: Modelled
    condition: Condition | None


@dataclass(frozen=True)
class CompiledCriterion:
    """One line of a trial's list.

    Attributes:
        readings: The ways to read it; one unless it is ambiguous.
    """

    criterion: TrialCriterion
    readings: tuple[CompiledReading, ...]


@dataclass(frozen=True)
class CompiledTrial:
    """One trial with the conditions of its list; those of another disease have none."""

    trial: Trial
    criteria: tuple[CompiledCriterion, ...]


@dataclass(frozen=True)
class CompiledPlanItem:
    """One line of a plan with its conditions.

    Attributes:
        applies: For whom the line is; None: for everyone.
        checks: Conditions of the item's checks, in their order.
    """

    item: PlanItem
    applies: Condition | None = None
    checks: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Option:
    """One option: its sheet, the rules that hold for it, its plan.

    Attributes:
        rules: The general ones first, both in the order of their file.
        plan: The lines of its classes first, both in the order of their file.
    """

    therapy: Therapy
    rules: tuple[CompiledRule, ...]
    plan: tuple[CompiledPlanItem, ...] = ()

    @property
    def id(self) -> str:
        """The option id."""
        return self.therapy.id

    @property
    def kind(self) -> Literal["cellular", "reference"]:
        """`cellular` or `reference`."""
        return self.therapy.kind


FigureFound = tuple[Study, Arm, Figure]


@dataclass(frozen=True)
class Knowledge:
    """Everything read from `rules/` and `resources/evidence/`.

    Attributes:
        sha256: Of the RFC 8785 JSON of what the files say; comments and order of keys are not in
            it, nor are the cases, which change no advice.
        signature: `unsigned` for folders.
        definitions: Numbers and lists for the calculators.
        definitions_file: The same numbers with their reasons, for people.
        conditions: Named conditions, by name.
        impossible_together: Comparisons that cannot all hold at once.
        scope: In the order of the file, which is the order in which they are asked.
        published_definitions: Of standard-care.yaml, in its order.
        trials: By id, in the order of their names.
        options: By id, in the order people see them.
        sources: By citation key.
        reading: Everything that was read, with its file or why it was left out.
        fact_specs: What rules may ask, by plain name (`own_state`, never `own_state@ahsct`).
        language: Of its texts; the hash is that of the English files in every language.
    """

    stamp: Stamp
    sha256: str
    ranking: Ranking
    definitions: Definitions
    definitions_file: DefinitionsFile
    conditions: Mapping[str, Condition]
    impossible_together: tuple[tuple[Condition, ...], ...]
    scope: tuple[CompiledScopeRule, ...]
    standard_care: StandardCareFile
    published_definitions: tuple[CompiledDefinition, ...]
    trials: Mapping[str, CompiledTrial]
    options: Mapping[str, Option]
    sources: Mapping[str, Source]
    reading: tuple[ReadEntry, ...]
    fact_specs: Mapping[str, FactSpec]
    signature: Literal["unsigned", "valid", "invalid"] = "unsigned"
    language: str = "en"

    @cached_property
    def figures(self) -> Mapping[str, FigureFound]:
        """Every figure by `study/figure`, and by `study/arm/figure`.

        The short form stands for the figure of the first arm that has it.
        """
        return figures_of(self.sources)

    def said(self, say: Callable[[Knowledge, str], Said], name: str) -> Said:
        """What the knowledge alone says under a name, put into words once for each language.

        Args:
            say: Looks at nothing but the knowledge, the name and the language in use.
            name: Id of an option or a trial, or a reference to a figure; empty for all it says.
        """
        key = (say, name, language())
        if key not in self._said:
            self._said[key] = say(self, name)
        found: Said = self._said[key]
        return found

    @cached_property
    def _said(self) -> dict[Any, Any]:
        return {}

    def figure(self, reference: str) -> FigureFound:
        """The figure a reference names, with its study and arm.

        Raises:
            KeyError: there is no such figure; integrity checks prevent it.
        """
        return self.figures[reference]

    def fact_spec(self, name: str) -> FactSpec:
        """The spec of a fact, also of one named for an option.

        Raises:
            KeyError: no such fact.
        """
        return self.fact_specs[name.partition("@")[0]]


def figures_of(sources: Mapping[str, Source]) -> dict[str, FigureFound]:
    """Every figure of the studies, by `study/figure` and `study/arm/figure`."""
    found: dict[str, FigureFound] = {}
    for source in sources.values():
        if not isinstance(source, Study):
            continue
        for arm in source.arms:
            for figure in arm.figures:
                found.setdefault(f"{source.id}/{figure.id}", (source, arm, figure))
                found[f"{source.id}/{arm.id}/{figure.id}"] = (source, arm, figure)
    return found
