"""Completions against brute force on generated knowledge: every answer of every open field.

The enumeration shares nothing with the program but who leads among options that are left: it reads
the plain data of the rules and judges each by Python's own truth values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from random import Random
from typing import Any

import pytest
from advice_builder import advised, the_case
from generated_knowledge import (
    GATE_FIELDS,
    PRESENT,
    YES_NO,
    Made,
    a_knowledge,
    a_person,
    values_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.model import Advice
from nmosd_cds.advice.order import leaders_of
from nmosd_cds.knowledge.knowledge import Knowledge

MOST_COMPLETIONS = 700
TIERS = ("0", "1", "1b", "2")
SEEDS = st.integers(min_value=0, max_value=10**9)
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Lead:
    """Who is first in one completion; for tiers without scores all who are there."""

    tier: str | None
    options: frozenset[str]

    @property
    def said(self) -> tuple[str | None, frozenset[str]]:
        """As far as an outcome is `decided` by it: the tier, and in the scored one who."""
        return self.tier, self.options if self.tier == "2" else frozenset()


def holds(condition: Mapping[str, Any], answers: Answers) -> bool:
    """Whether a condition of plain data is true of known answers."""
    ((key, asked),) = condition.items()
    if key == "not":
        return not holds(asked, answers)
    if key == "all":
        return all(holds(part, answers) for part in asked)
    if key == "any":
        return any(holds(part, answers) for part in asked)
    value = answers[key]
    if isinstance(value, bool):
        return value is (asked == "true")
    if isinstance(value, str):
        return bool(value == asked)
    ((comparison, limit),) = ((k, float(v)) for k, v in asked.items() if k != "unit")
    number = float(value["value"])
    return {
        "above": number > limit,
        "below": number < limit,
        "at_least": number >= limit,
        "at_most": number <= limit,
    }[comparison]


def rules_of(made: Made, option: str) -> Iterator[Mapping[str, Any]]:
    sheet = made.files[f"rules/therapies/{option}/therapy.yaml"]
    names = {"all", sheet["kind"], option, *sheet.get("classes", [])}
    for rule in made.files["rules/general/rules.yaml"]:
        if names & set(rule["applies_to"]):
            yield rule
    yield from made.files.get(f"rules/therapies/{option}/rules.yaml", [])


def first_with(made: Made, tiers: Mapping[str, str], answers: Answers) -> Lead:
    """The ladder on known answers: bars, then tiers, then who leads the scored one."""
    held, doubtful = {}, set()
    for option, tier in tiers.items():
        barred = False
        for rule in rules_of(made, option):
            truth = holds(rule["when"], answers)
            barred |= truth if rule["effect"] == "excludes" else False
            barred |= not truth if rule["effect"] == "requires" else False
            if truth and rule["effect"] == "cautions" and rule["about"] == "benefit":
                doubtful.add(option)
        if not barred:
            held[option] = tier
    if not held:
        return Lead(None, frozenset())
    top = min(held.values(), key=TIERS.index)
    left = tuple(option for option in made.options if held.get(option) == top)
    if top != "2":
        return Lead(top, frozenset(left))
    arithmetic = arithmetic_of(made.knowledge)
    return Lead(top, frozenset(leaders_of(arithmetic, left, None, frozenset(doubtful & {*left}))))


def without_rules(knowledge: Knowledge) -> Knowledge:
    """The same options with nothing that could bar them, to read their tiers."""
    options = {name: replace(option, rules=()) for name, option in knowledge.options.items()}
    return replace(knowledge, options=options)


@dataclass(frozen=True)
class Enumerated:
    """A case, its advice, and who is first by the answers of every open field."""

    advice: Advice
    open_fields: tuple[str, ...]
    leads: Mapping[tuple[int, ...], Lead]

    def after(self, field: str, answer: int) -> set[str]:
        """Who could be first once a field is answered by its value of this number."""
        place = self.open_fields.index(field)
        found = (lead for key, lead in self.leads.items() if key[place] == answer)
        return {option for lead in found for option in lead.options}


def enumerated(seed: int) -> Enumerated | None:
    """None if a stop of another kind is in the way or the completions are too many."""
    draw = Random(seed)
    made = a_knowledge(draw, draws=100)
    data = a_person(draw, unknown=draw.choice((0.2, 0.4, 0.6)))
    case = the_case(data)
    free = advised(case, without_rules(made.knowledge))
    if free.outcome != "decided":
        return None
    tiers = {o.id: o.tier for o in free.options if o.tier and not o.unranked_reason}
    known = {n: told["value"] for n, told in data["patient"].items() if n in GATE_FIELDS}
    for name in known:
        if "unit" in data["patient"][name]:
            known[name] = data["patient"][name]
    open_fields = tuple(name for name in GATE_FIELDS if name not in known)
    values = [values_of(name) for name in open_fields]
    if prod(map(len, values)) > MOST_COMPLETIONS:
        return None
    leads = {}
    for numbers in product(*(range(len(each)) for each in values)):
        answers = {
            n: values[i][k] for i, (n, k) in enumerate(zip(open_fields, numbers, strict=True))
        }
        leads[numbers] = first_with(made, tiers, {**known, **answers})
    return Enumerated(advised(case, made.knowledge), open_fields, leads)


def check_candidates_and_outcome(found: Enumerated) -> None:
    advice, leads = found.advice, set(found.leads.values())
    completions = advice.robustness.completions
    assert completions.exact
    assert completions.cannot_tell == ()
    assert set(completions.can_be_first) == {option for lead in leads for option in lead.options}
    said = {lead.said for lead in leads}
    if advice.outcome == "decided":
        assert len(said) == 1
        first = {option.id for option in advice.options if option.rank == 1}
        # An approved class that is still open to question may join the others of its tier.
        assert all(lead.options <= first for lead in leads if lead.tier == "2")
    if advice.outcome == "not-rankable":
        assert {lead.tier for lead in leads} == {None}
    if len(said) > 1:
        assert advice.outcome == "conditional"


def check_shares_of_questions(found: Enumerated) -> None:
    """A yes or no removes the mean of what its two answers remove, of all candidates but one."""
    candidates = set(found.advice.robustness.completions.can_be_first)
    for question in found.advice.questions:
        if question.field in YES_NO and question.field in found.open_fields:
            removed = [len(candidates - found.after(question.field, k)) for k in range(2)]
            others = len(candidates) - 1
            expected = sum(min(each, others) for each in removed) / (2 * others) if others else 0
            assert question.share == pytest.approx(expected)


@settings(max_examples=40)
@given(SEEDS)
def test_completions_are_those_of_brute_force(seed: int) -> None:
    found = enumerated(seed)
    if found is not None:
        check_candidates_and_outcome(found)
        check_shares_of_questions(found)


@pytest.mark.long
@settings(max_examples=3000)
@given(SEEDS)
def test_completions_are_those_of_brute_force_many_times(seed: int) -> None:
    found = enumerated(seed)
    if found is not None:
        check_candidates_and_outcome(found)
        check_shares_of_questions(found)


def test_the_enumeration_meets_every_outcome_and_hundreds_of_completions() -> None:
    found = [each for each in map(enumerated, range(20)) if each is not None]
    assert {each.advice.outcome for each in found} >= {"decided", "conditional"}
    assert sum(len(set(each.leads.values())) > 1 for each in found) >= 4
    assert max(len(each.leads) for each in found) >= 200
    assert any(PRESENT in lead.options for each in found for lead in each.leads.values())
