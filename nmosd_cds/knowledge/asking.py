"""Why a field is asked: every rule, trial, definition, plan and calculator that reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nmosd_cds.calculators.scores import SCORES
from nmosd_cds.knowledge.knowledge import (
    CompiledPlanItem,
    CompiledTrial,
    Knowledge,
)
from nmosd_cds.logic.condition import Condition, comparisons_of
from nmosd_cds.logic.fact import FactSpec
from nmosd_cds.patient.field import field_specs
from nmosd_cds.patient.model import Patient

# What is checked before a failure is called one may stand in a row of these.
_HISTORIES = ("treatments", "attacks")
Reader = Literal["scope", "rule", "definition", "failure", "trial", "plan", "calculator"]


@dataclass(frozen=True)
class Asking:
    """One thing that reads a field.

    Attributes:
        reader: What it is.
        id: Id of the rule, definition or trial line; for a plan its section,
            for a calculator its name.
        effect: `excludes` and the like for a rule, the outcome for scope, `inclusion` or
            `exclusion` for a trial; empty for the others.
        text: The sentence a clinician reads.
        cites: Citation keys.
        options: Ids of the options it is about, in the order people see them; none: the person.
        through: Labels of the derived facts by which it reads the field; none: it reads it itself.
        flag: How it is known.
    """

    reader: Reader
    id: str
    effect: str
    text: str
    cites: tuple[str, ...]
    options: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    flag: str = "seen"


def rules_asking(knowledge: Knowledge, field: str) -> tuple[Asking, ...]:
    """Whatever reads a field, itself or by a derived fact: what bars first, plans last.

    Args:
        field: Name of a patient or setting field, `access_<drug>` for the access to a drug.

    Returns:
        Empty if nothing in the knowledge reads it, or there is no such field.
    """
    reads = _Reads(knowledge.fact_specs, field)
    return (
        *_scope(knowledge, reads),
        *_rules(knowledge, reads),
        *_definitions(knowledge, reads),
        *_failures(knowledge, reads),
        *_trials(knowledge, reads),
        *_plans(knowledge, reads),
        *_calculators(field),
    )


class _Reads:
    """Whether a condition reads the field, and by which derived facts."""

    def __init__(self, specs: Mapping[str, FactSpec], field: str) -> None:
        self.field = field
        self.names = {field, *_row_names(field)}
        self._labels = {
            name: spec.label for name, spec in specs.items() if name == field or field in spec.needs
        }

    def through(self, conditions: Iterable[Condition | None]) -> tuple[str, ...] | None:
        """Labels of the derived facts; empty if it is read itself, None if it is not read."""
        facts = {
            one.fact.partition("@")[0]
            for condition in conditions
            if condition is not None
            for one in comparisons_of(condition)
        }
        found = [name for name in self._labels if name in facts]
        if not found:
            return None
        return tuple(self._labels[name] for name in found if name != self.field)


def _row_names(field: str) -> tuple[str, ...]:
    """Names of the fields of one row, for a list of attacks or drugs."""
    spec = field_specs(Patient).get(field)
    if field not in _HISTORIES or spec is None or spec.row is None:
        return ()
    return tuple(field_specs(spec.row))


def _scope(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    for one in knowledge.scope:
        through = reads.through([one.condition])
        if through is not None:
            rule = one.rule
            yield Asking(
                "scope", rule.id, rule.outcome, rule.headline, rule.cites, (), through, rule.flag
            )


_ORDER = ("excludes", "requires", "cautions", "favours")


def _rules(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    found: dict[str, Asking] = {}
    for option in knowledge.options.values():
        for one in option.rules:
            through = reads.through([one.condition])
            if through is None:
                continue
            rule = one.rule
            before = found[rule.id].options if rule.id in found else ()
            options = (*before, option.id)
            found[rule.id] = Asking(
                "rule", rule.id, rule.effect, rule.because, rule.cites, options, through, rule.flag
            )
    yield from sorted(found.values(), key=lambda one: _ORDER.index(one.effect))


def _definitions(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    for one in knowledge.published_definitions:
        through = reads.through([one.condition])
        if through is not None:
            said = one.definition
            yield Asking("definition", said.id, "", said.label, said.cites, (), through, said.flag)


def _failures(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    for one in knowledge.standard_care.pseudo_failure:
        if not reads.names.isdisjoint((*one.fields, *one.points_away)):
            yield Asking("failure", one.id, "", one.question, (), flag=one.flag)


def _trials(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    for trial in knowledge.trials.values():
        yield from _lines(trial, reads)


def _lines(trial: CompiledTrial, reads: _Reads) -> Iterator[Asking]:
    for one in trial.criteria:
        through = reads.through(reading.condition for reading in one.readings)
        if through is not None:
            line = one.criterion
            yield Asking(
                "trial",
                f"{trial.trial.id}.{line.id}",
                line.kind,
                line.text,
                (trial.trial.id,),
                (trial.trial.option,),
                through,
                line.flag,
            )


def _plans(knowledge: Knowledge, reads: _Reads) -> Iterator[Asking]:
    found: dict[str, Asking] = {}
    for option in knowledge.options.values():
        for one in option.plan:
            through = _plan_reads(one, reads)
            if through is None:
                continue
            item = one.item
            text = item.label or item.text
            before = found[text].options if text in found else ()
            options = tuple(dict.fromkeys((*before, option.id)))
            found[text] = Asking(
                "plan", item.section, "", text, item.cites, options, through, item.flag
            )
    yield from found.values()


def _calculators(field: str) -> Iterator[Asking]:
    for one in SCORES:
        if any(asked.field == field for asked in one.inputs):
            yield Asking("calculator", one.name, "", one.label, ())


def _plan_reads(one: CompiledPlanItem, reads: _Reads) -> tuple[str, ...] | None:
    if reads.field in one.item.fields:
        return ()
    if one.item.taking and reads.field == "treatments":
        return ()
    return reads.through((one.applies, *one.checks))


def unread_fields(knowledge: Knowledge, fields: Iterable[str]) -> tuple[str, ...]:
    """The fields that nothing in the knowledge reads, in their order."""
    return tuple(name for name in fields if not rules_asking(knowledge, name))


def short_names(knowledge: Knowledge, options: Iterable[str]) -> tuple[str, ...]:
    """Names of options as people see them."""
    return tuple(knowledge.options[one].therapy.short for one in options)
