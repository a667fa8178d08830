"""An advice in one line: an example with facts changed or taken away, or a changed knowledge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.model import Advice
from nmosd_cds.evidence.study import Study
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.knowledge.therapy import EffectSpec
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import Case, read_case_data

NAMES = "abcdefghijkl"
ON = "2026-11-22"
# The ids are a contract (DESIGN.md section 3), so tests may name them.
PRESENT = "no-cellular-therapy"
APPROVED = ("c5-inhibitor", "anti-cd19-antibody", "anti-cd20-antibody", "il6r-inhibitor")
RANKABLE = ("ahsct", "car-t-bcma", "bm-msc")


@cache
def the_knowledge() -> Knowledge:
    return load_knowledge()


@cache
def _example(name: str) -> str:
    return (examples_folder() / f"{name}.json").read_text(encoding="utf-8")


def an_example(name: str) -> dict[str, Any]:
    """The plain data of an example; a new copy each time."""
    data: dict[str, Any] = json.loads(_example(name), parse_float=Decimal)
    return data


def a_changed(
    name: str,
    *,
    setting: Mapping[str, Any] | None = None,
    preferences: Mapping[str, Any] | None = None,
    without: Iterable[str] = (),
    **patient: Any,
) -> Case:
    """An example with fields of the patient set; `without` takes fields away.

    `setting` and `preferences` are merged and replaced; `access` inside `setting` is merged too.
    """
    data = an_example(name)
    data["patient"] |= deepcopy(patient)
    for field in without:
        data["patient"].pop(field, None)
        data.get("setting", {}).pop(field, None)
    if setting is not None:
        merged = data.setdefault("setting", {})
        access = merged.get("access", {}) | setting.get("access", {})
        merged |= {**setting, "access": access}
    if preferences is not None:
        data["preferences"] = preferences
    return the_case(data)


def the_case(data: Mapping[str, Any]) -> Case:
    case, problems = read_case_data(data)
    assert case is not None, "\n".join(problem.sentence for problem in problems)
    return case


def advised(case: Case, knowledge: Knowledge | None = None) -> Advice:
    """The advice on the case's own day."""
    on = case.as_of or date.fromisoformat(ON)
    return advise(case, knowledge or the_knowledge(), on=on)


def advice_on(name: str, **changes: Any) -> Advice:
    """The advice for a changed example; see `a_changed`."""
    return advised(a_changed(name, **changes))


def with_figure(knowledge: Knowledge, reference: str, **changes: Any) -> Knowledge:
    """A knowledge in which one figure says something else; its hash differs, as it would."""
    study, arm, figure = knowledge.figure(reference)
    changed = figure.model_copy(update=changes)
    arms = tuple(
        each.model_copy(
            update={"figures": tuple(changed if f is figure else f for f in each.figures)}
        )
        if each is arm
        else each
        for each in study.arms
    )
    source: Study = study.model_copy(update={"arms": arms})
    name = f"{knowledge.sha256}/{reference}={changes}"
    return _anew(knowledge, name, sources={**knowledge.sources, study.id: source})


def with_effect(knowledge: Knowledge, option: str, criterion: str, effect: EffectSpec) -> Knowledge:
    """A knowledge in which one shared cell of an option is another."""
    found = knowledge.options[option]
    therapy = found.therapy.model_copy(
        update={"effects": {**found.therapy.effects, criterion: effect}}
    )
    options = {**knowledge.options, option: replace(found, therapy=therapy)}
    return _anew(knowledge, f"{knowledge.sha256}/{option}/{criterion}={effect}", options=options)


def with_ranking(knowledge: Knowledge, **changes: Any) -> Knowledge:
    """A knowledge whose ranking.yaml says something else."""
    ranking = knowledge.ranking.model_copy(update=changes)
    return _anew(knowledge, f"{knowledge.sha256}/ranking={changes}", ranking=ranking)


def with_options(knowledge: Knowledge, order: Iterable[str]) -> Knowledge:
    """A knowledge that lists its options in another order."""
    names = list(order)
    options = {each: knowledge.options[each] for each in names}
    return _anew(knowledge, f"{knowledge.sha256}/order={names}", options=options)


def _anew(knowledge: Knowledge, name: str, **changes: Any) -> Knowledge:
    # `replace` makes a new object, so figures found before are looked up again; draws are kept by
    # hash, so the hash must differ as well.
    return replace(knowledge, sha256=name, **changes)
