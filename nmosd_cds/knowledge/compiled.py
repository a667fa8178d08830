"""Models to `Knowledge`: conditions read, general rules spread over options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nmosd_cds.calculators.derived import (
    Definitions,
    DrugDefinition,
    OptionDefinition,
    TrialDefinition,
)
from nmosd_cds.errors import Problem
from nmosd_cds.evidence.study import Drug, Modelled, Trial, TrialCriterion
from nmosd_cds.knowledge.conditions import ConditionReader
from nmosd_cds.knowledge.knowledge import (
    CompiledCriterion,
    CompiledDefinition,
    CompiledPlanItem,
    CompiledReading,
    CompiledRule,
    CompiledScopeRule,
    CompiledTrial,
    Knowledge,
    Option,
)
from nmosd_cds.knowledge.parsed import Parsed, ParsedOption, Placed
from nmosd_cds.knowledge.plan import PlanItem
from nmosd_cds.knowledge.rule import Rule
from nmosd_cds.knowledge.therapy import Therapy
from nmosd_cds.logic.condition import Condition, comparisons_of, renamed
from nmosd_cds.logic.fact import FactSpec

NMOSD = "nmosd"
# A drug no text speaks of is not thereby safe.
_SAID = {"true": True, "false": False, "unknown": None}


def compile_knowledge(
    parsed: Parsed, specs: Mapping[str, FactSpec], sha256: str
) -> tuple[Knowledge, list[Problem]]:
    """Put the files together.

    Args:
        parsed: The files, each right in itself.
        specs: Every fact a rule may ask for, by plain name.
        sha256: Hash of what the files say.

    Returns:
        The knowledge, and every condition that cannot be answered; with one of them the knowledge
        is good for further checks only.
    """
    compiler = _Compiler(parsed, specs)
    conditions = compiler.named_conditions()
    knowledge = Knowledge(
        stamp=parsed.stamp.value,
        sha256=sha256,
        ranking=parsed.ranking.value,
        definitions=definitions_of(parsed),
        definitions_file=parsed.definitions.value,
        conditions=conditions,
        impossible_together=compiler.impossible_together(),
        scope=tuple(
            CompiledScopeRule(one.value, condition)
            for one in parsed.scope
            if (condition := compiler.condition(one, one.value.when, ("when",)))
        ),
        standard_care=parsed.standard_care.value,
        published_definitions=tuple(compiler.definitions()),
        trials=compiler.trials(),
        options=compiler.options(),
        sources={name: one.value for name, one in sorted(parsed.sources.items())},
        reading=tuple(one.value for one in parsed.reading),
        fact_specs=specs,
    )
    return knowledge, compiler.problems


def definitions_of(parsed: Parsed) -> Definitions:
    """Every number and list the calculators need."""
    care = parsed.standard_care.value
    classes = {drug: one for one in care.classes for drug in one.drugs}
    drugs = {}
    trials = {}
    for name, source in parsed.sources.items():
        if isinstance(source.value, Drug):
            drug = source.value
            of_class = classes.get(name)
            drugs[name] = DrugDefinition(
                id=name,
                mechanism_class=of_class.id if of_class else drug.mechanism_class,
                minimum_weeks=drug.adequate_trial.minimum_weeks,
                exposure_proof=of_class.exposure_proof if of_class else None,
                approved_in=frozenset(
                    region for region, one in drug.approvals.items() if one.status == "approved"
                ),
                # The international name of every antibody ends so (WHO, stem `-mab`).
                is_antibody=name.endswith("mab"),
                masks_inflammation=drug.masks_fever_and_crp == "true",
                is_teratogenic=_SAID[drug.teratogenic],
                harms_in_nmosd=drug.harms_in_nmosd == "true",
            )
        elif isinstance(source.value, Trial) and source.value.registry:
            trial = source.value
            assert trial.registry is not None
            number = trial.registry.upper()
            trials[number] = TrialDefinition(
                registry=number,
                option=trial.option,
                minimum_age=trial.minimum_age_years,
                maximum_age=trial.maximum_age_years,
                is_nmosd=trial.disease == NMOSD,
            )
    return Definitions(
        numbers={one.name: one.value for one in parsed.definitions.value.numbers},
        drugs=drugs,
        trials=trials,
        options={
            name: OptionDefinition(
                id=name,
                kind=one.value.kind,
                drugs=one.value.drugs,
                maximum_age=(
                    None if one.value.maximum_age is None else Decimal(one.value.maximum_age)
                ),
            )
            for name, one in parsed.therapies.items()
        },
    )


def applies(rule: Rule, therapy: Therapy) -> bool:
    """Whether a general rule holds for an option."""
    return not set(groups_of(therapy)).isdisjoint(rule.applies_to)


def groups_of(therapy: Therapy) -> tuple[str, ...]:
    """What general rules and class plans call an option, the widest group first."""
    return "all", therapy.kind, *therapy.classes, therapy.id


class _Compiler:
    """Reads conditions and remembers what was wrong with them."""

    def __init__(self, parsed: Parsed, specs: Mapping[str, FactSpec]) -> None:
        self.parsed = parsed
        self.named: dict[str, Condition] = {}
        self.reader = ConditionReader(specs, self.named)
        self.problems: list[Problem] = []
        self.per_option = {name for name, spec in specs.items() if spec.per_option}

    def condition(
        self, placed: Placed[Any], data: Any, at: tuple[str | int, ...], *, for_option: bool = False
    ) -> Condition | None:
        """A condition, None if it is wrong."""
        condition, problems = self.reader.read(placed, data, at, for_option=for_option)
        self.problems += problems
        return condition

    def named_conditions(self) -> Mapping[str, Condition]:
        """Named conditions in the order of the file; each may use those above it."""
        placed = self.parsed.definitions
        for number, one in enumerate(placed.value.conditions):
            at = ("conditions", number)
            if one.name in self.named:
                said = f"`{one.name}` is defined twice."
                self.problems.append(placed.problem(said, "Keep one.", at=(*at, "name")))
            condition = self.condition(placed, one.when, (*at, "when"), for_option=True)
            if condition is not None:
                self.named[one.name] = condition
        return self.named

    def definitions(self) -> Iterator[CompiledDefinition]:
        """Published definitions; one for another disease has no condition."""
        placed = self.parsed.standard_care
        for number, one in enumerate(placed.value.definitions):
            at = ("definitions", number, "when")
            if one.disease != "nmosd":
                if one.when is not None:
                    said = f"`{one.id}` is for another disease and is never met."
                    self.problems.append(placed.problem(said, "Leave out `when`.", at=at))
                yield CompiledDefinition(one, None)
                continue
            condition = self.condition(placed, one.when, at)
            if condition is not None:
                yield CompiledDefinition(one, condition)

    def impossible_together(self) -> tuple[tuple[Condition, ...], ...]:
        """Every list of comparisons that cannot all hold."""
        placed = self.parsed.definitions
        return tuple(
            tuple(
                condition
                for place, part in enumerate(parts)
                if (
                    condition := self.condition(
                        placed, part, ("impossible_together", number, place)
                    )
                )
            )
            for number, parts in enumerate(placed.value.impossible_together)
        )

    def trials(self) -> dict[str, CompiledTrial]:
        """Every trial with the conditions of its list."""
        found = {}
        for name, placed in sorted(self.parsed.sources.items()):
            if isinstance(placed.value, Trial):
                trial = placed.value
                criteria = (
                    CompiledCriterion(one, tuple(self._readings(placed, one, ("criteria", number))))
                    for number, one in enumerate(trial.criteria)
                )
                is_ours = trial.disease == NMOSD
                found[name] = CompiledTrial(trial, tuple(criteria) if is_ours else ())
        return found

    def _readings(
        self, placed: Placed[Any], criterion: TrialCriterion, at: tuple[str | int, ...]
    ) -> Iterator[CompiledReading]:
        asked: list[tuple[tuple[str | int, ...], Modelled]] = [(at, criterion)]
        if criterion.readings:
            asked = [
                ((*at, "readings", number), one) for number, one in enumerate(criterion.readings)
            ]
        for place, one in asked:
            data = one.when
            condition = None
            if data is not None:
                condition = self.condition(placed, data, (*place, "when"))
            yield CompiledReading(one, condition)

    def options(self) -> dict[str, Option]:
        """Every option with its rules, in the order people see them."""
        general = [
            CompiledRule(one.value, condition, is_general=True)
            for one in self.parsed.general
            if (condition := self.condition(one, one.value.when, ("when",), for_option=True))
        ]
        of_classes = {
            name: [self._plan_item(one) for one in lines]
            for name, lines in self.parsed.class_plans.items()
        }
        found = {}
        for folder, option in self.parsed.options.items():
            assert option.therapy is not None
            therapy = option.therapy.value
            shared = [one for name in groups_of(therapy) for one in of_classes.get(name, ())]
            own = [self._plan_item(one) for one in option.plan]
            plan = tuple(self._plan_for(one, therapy.id) for one in (*shared, *own))
            found[folder] = self._option(option, therapy, general, plan)
        return dict(sorted(found.items(), key=lambda pair: self._place(pair[1].therapy)))

    def _place(self, therapy: Therapy) -> tuple[int, bool, bool, str]:
        order = self.parsed.stamp.value.option_order
        place = order.index(therapy.id) if therapy.id in order else len(order)
        is_cellular = therapy.kind == "cellular"
        return place, is_cellular, therapy.no_evidence is not None, therapy.id

    def _plan_item(self, placed: Placed[PlanItem]) -> CompiledPlanItem:
        item = placed.value
        asked = (
            self.condition(placed, one.when, ("checks", number, "when"), for_option=True)
            for number, one in enumerate(item.checks)
        )
        checks = tuple(one for one in asked if one is not None)
        if item.applies is None:
            return CompiledPlanItem(item, None, checks)
        found = self.condition(placed, item.applies, ("applies",), for_option=True)
        return CompiledPlanItem(item, found, checks)

    def _plan_for(self, one: CompiledPlanItem, option: str) -> CompiledPlanItem:
        conditions = (one.applies, *one.checks)
        facts = {part.fact for each in conditions if each for part in comparisons_of(each)}
        if not facts & self.per_option:
            return one  # the same for every option of a class, so it is answered once
        applies_here = None if one.applies is None else self._for(one.applies, option)
        return CompiledPlanItem(
            one.item, applies_here, tuple(self._for(each, option) for each in one.checks)
        )

    def _option(
        self,
        option: ParsedOption,
        therapy: Therapy,
        general: list[CompiledRule],
        plan: tuple[CompiledPlanItem, ...],
    ) -> Option:
        rules = [self._rule_for(one, therapy.id) for one in general if applies(one.rule, therapy)]
        for one in option.rules:
            condition = self.condition(one, one.value.when, ("when",), for_option=True)
            if condition is not None:
                rules.append(CompiledRule(one.value, self._for(condition, therapy.id)))
        return Option(therapy, tuple(rules), plan)

    def _rule_for(self, one: CompiledRule, option: str) -> CompiledRule:
        condition = self._for(one.condition, option)
        if condition is one.condition:
            return one  # the same for every option, so it is answered once
        return CompiledRule(one.rule, condition, is_general=True)

    def _for(self, condition: Condition, option: str) -> Condition:
        asked = {one.fact for one in comparisons_of(condition)} & self.per_option
        names = {name: f"{name}@{option}" for name in asked}
        return renamed(condition, names) if names else condition
