"""Whether every rule has a case for true, false and unknown, and one at each threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nmosd_cds.errors import Problem
from nmosd_cds.knowledge.case import RuleCase
from nmosd_cds.knowledge.cases import definition_name, people_of
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.parsed import Parsed, Placed
from nmosd_cds.knowledge.references import unknown
from nmosd_cds.logic.condition import AnyOf, Condition, Within, comparisons_of

TRUTHS = ("true", "false", "unknown")
STATUSES = ("possible", "unconfirmed", "excluded", "no-evidence")


def coverage_problems(parsed: Parsed, knowledge: Knowledge) -> Iterator[Problem]:
    """A problem for every rule that no case holds to its word, and every case that cannot be."""
    cases = list(_cases(parsed))
    conditions: dict[str, Condition] = {one.rule.id: one.condition for one in knowledge.scope}
    conditions.update(_definitions(knowledge))
    for option in knowledge.options.values():
        conditions.update({one.rule.id: one.condition for one in option.rules})
    for option_id, case in cases:
        yield from _case_problems(case, option_id, conditions, knowledge)
    rules: list[Placed[Any]] = [*parsed.scope, *(rule for _folder, rule in parsed.rules)]
    said: dict[str, list[RuleCase]] = {one.value.id: [] for one in rules}
    for _option, case in cases:
        for name in case.value.expect:
            said.setdefault(name, []).append(case.value)
    yield from _uncovered_definitions(parsed, knowledge, said)
    for rule in rules:
        name = rule.value.id
        yield from _truths(rule, name, said[name])
        if name in conditions:
            yield from _thresholds(rule, name, conditions[name], said[name], knowledge)


def _definitions(knowledge: Knowledge) -> dict[str, Condition]:
    # A definition for another disease asks for nothing; naming it in a case is allowed.
    return {
        definition_name(one): one.condition if one.condition is not None else AnyOf(())
        for one in knowledge.published_definitions
    }


def _uncovered_definitions(
    parsed: Parsed, knowledge: Knowledge, said: dict[str, list[RuleCase]]
) -> Iterator[Problem]:
    for number, one in enumerate(knowledge.published_definitions):
        name = definition_name(one)
        cases = said.get(name, [])
        asked = TRUTHS if one.condition is not None else ("false",)
        answered = {case.expect[name] for case in cases}
        missing = [truth for truth in asked if truth not in answered]
        if missing:
            at = ("definitions", number, "id")
            what = f"`{name}` has no case for {', '.join(missing)}."
            hint = "Add one to rules/standard-care/cases.yaml."
            yield parsed.standard_care.problem(what, hint, at=at)
        if one.condition is not None:
            placed = Placed(one.definition, parsed.standard_care.document, ("definitions", number))
            yield from _thresholds(placed, name, one.condition, cases, knowledge)


def _cases(parsed: Parsed) -> Iterator[tuple[str | None, Placed[RuleCase]]]:
    yield from ((None, case) for case in parsed.scope_cases)
    yield from ((None, case) for case in parsed.care_cases)
    yield from ((case.value.option, case) for case in parsed.general_cases)
    for folder, option in parsed.options.items():
        yield from ((folder, case) for case in option.cases)


def _case_problems(
    case: Placed[RuleCase],
    option: str | None,
    conditions: Mapping[str, Condition],
    knowledge: Knowledge,
) -> Iterator[Problem]:
    try:
        date.fromisoformat(case.value.on)
    except ValueError:
        yield case.problem(f"`{case.value.on}` is not a day.", "Write YYYY-MM-DD.", at=("on",))
    for problem in people_of(case.value)[2]:
        yield case.problem(f"{problem.where}: {problem.what}", problem.hint)
    if option is not None:
        yield from unknown(case, option, knowledge.options, "an option", ("option",))
    of_option = {one.rule.id for one in knowledge.scope} | set(_definitions(knowledge))
    if option is not None and option in knowledge.options:
        of_option |= {one.rule.id for one in knowledge.options[option].rules}
    for name, answer in case.value.expect.items():
        at = ("expect", name)
        allowed = STATUSES if name == "status" else TRUTHS
        if answer not in allowed:
            said = f"`{answer}` cannot be the answer of `{name}`."
            yield case.problem(said, f"Use {', '.join(allowed)}.", at=at)
        if name == "status":
            continue
        yield from unknown(case, name, conditions, "a rule", at)
        if name in conditions and name not in of_option:
            asked = f"`{option}`" if option else "no option"
            hint = "Add `option`." if option is None else ""
            yield case.problem(f"`{name}` is not asked of {asked}.", hint, at=at)


def _truths(rule: Placed[Any], name: str, cases: list[RuleCase]) -> Iterator[Problem]:
    answered = {case.expect[name] for case in cases}
    missing = [truth for truth in TRUTHS if truth not in answered]
    if missing:
        yield rule.problem(f"`{name}` has no case for {', '.join(missing)}.", at=("id",))


def _thresholds(
    rule: Placed[Any],
    name: str,
    condition: Condition,
    cases: list[RuleCase],
    knowledge: Knowledge,
) -> Iterator[Problem]:
    # A derived number does not stand in the case, so only plain fields can be looked up.
    settled = [case for case in cases if case.expect[name] != "unknown"]
    for comparison in comparisons_of(condition):
        if not isinstance(comparison, Within):
            continue
        spec = knowledge.fact_specs.get(comparison.fact.partition("@")[0])
        if spec is None or spec.needs not in ((), (spec.name,)):
            continue
        values = [number for case in settled if (number := _value(case, spec.name)) is not None]
        for limit in (comparison.interval.low, comparison.interval.high):
            if limit is None:
                continue
            if limit not in values:
                said = f"`{name}` has no settled case with {spec.name} at {limit}."
                yield rule.problem(said, "Add one on the limit and one beside it.", at=("when",))
            elif not any(_is_beside(value, limit) for value in values):
                said = f"`{name}` has no settled case with {spec.name} just beside {limit}."
                yield rule.problem(said, "Add one.", at=("when",))


def _is_beside(value: Decimal, limit: Decimal) -> bool:
    return 0 < abs(value - limit) <= max(Decimal(1), abs(limit) / 10)


def _value(case: RuleCase, name: str) -> Decimal | None:
    said = case.patient.get(name, (case.setting or {}).get(name))
    if isinstance(said, dict):
        said = said.get("value")
    try:
        return Decimal(str(said).removeprefix("1:"))
    except InvalidOperation:
        return None
