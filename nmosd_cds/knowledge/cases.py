"""Runs a case of a `cases.yaml`: what the rules answer beside what the case expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.case import RuleCase, TrialCase
from nmosd_cds.knowledge.knowledge import CompiledDefinition, Knowledge
from nmosd_cds.logic.condition import Condition
from nmosd_cds.logic.evaluate import Verdict, evaluate
from nmosd_cds.logic.fact import Facts
from nmosd_cds.patient.case import read_patient, read_setting, typed_patient, typed_setting
from nmosd_cds.patient.model import Patient, Setting


def people_of(case: RuleCase | TrialCase) -> tuple[Patient, Setting, list[Problem]]:
    """The patient and the setting a case describes, and every problem in them."""
    patient, problems = read_patient(typed_patient(case.patient))
    setting, found = read_setting(typed_setting(case.setting or {}))
    return patient, setting, [*problems, *found]


def verdicts_of(knowledge: Knowledge, option: str | None, facts: Facts) -> dict[str, Verdict]:
    """The answer of every rule by id: scope, published definitions, and those of an option.

    Args:
        knowledge: The rules.
        option: Whose rules are asked; None: the scope rules only.
        facts: Of the case, those of each option named `fact@option`.
    """
    conditions: dict[str, Condition] = {one.rule.id: one.condition for one in knowledge.scope}
    if option is not None:
        conditions.update({o.rule.id: o.condition for o in knowledge.options[option].rules})
    verdicts = {name: evaluate(condition, facts) for name, condition in conditions.items()}
    for one in knowledge.published_definitions:
        verdicts[definition_name(one)] = one.verdict(facts)
    return verdicts


def definition_name(one: CompiledDefinition) -> str:
    """How a case names a published definition."""
    return f"standard-care.{one.definition.id}"


def run_case(
    knowledge: Knowledge,
    option: str | None,
    case: RuleCase,
    facts: Facts,
    status: str | None = None,
) -> list[str]:
    """Where the rules answer otherwise than a case expects.

    Args:
        knowledge: The rules.
        option: Option the case is read for; None: scope rules only.
        case: What is expected.
        facts: The facts of the case's patient.
        status: The option's status, worked out by the floor above.

    Returns:
        A sentence for each mismatch; empty if the case holds.
    """
    verdicts = verdicts_of(knowledge, option, facts)
    return [*_mismatches(case, verdicts, status)]


def _mismatches(
    case: RuleCase, verdicts: Mapping[str, Verdict], status: str | None
) -> Iterable[str]:
    for name, expected in case.expect.items():
        if name == "status":
            if status != expected:
                yield f"{case.name} The status is {status}, not {expected}."
        elif name not in verdicts:
            yield f"{case.name} `{name}` is not asked of this option."
        elif str(verdicts[name].truth) != expected:
            found = verdicts[name]
            open_facts = f"; open: {', '.join(found.open_facts)}" if found.open_facts else ""
            yield f"{case.name} `{name}` is {found.truth}, not {expected}{open_facts}."
