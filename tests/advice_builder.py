"""An advice in one line: an example with facts changed or taken away, or a changed knowledge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
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
ANTIBODIES = (
    "eculizumab",
    "ravulizumab",
    "inebilizumab",
    "rituximab",
    "satralizumab",
    "tocilizumab",
)


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


def without_lists(knowledge: Knowledge) -> Knowledge:
    """A knowledge in which no trial lists a criterion, for tests of what follows from a place."""
    trials = {name: replace(one, criteria=()) for name, one in knowledge.trials.items()}
    return _anew(knowledge, f"{knowledge.sha256}/without lists", trials=trials)


def _anew(knowledge: Knowledge, name: str, **changes: Any) -> Knowledge:
    # `replace` makes a new object, so figures found before are looked up again; draws are kept by
    # hash, so the hash must differ as well.
    return replace(knowledge, sha256=name, **changes)


def less_known(data: Mapping[str, Any], draw: Random, *, share: float) -> dict[str, Any]:
    """The same case, known less narrowly; about `share` of what is known is lost.

    A list declared complete keeps its rows; a list that is not may lose some. Series of EDSS and
    acuity keep theirs: an older value would then stand for the present one.
    """
    blur = _Blur(draw, share)
    setting = dict(data.get("setting", {}))
    access = setting.pop("access", {})
    blurred = {key: value for key, value in data.items() if key != "setting"}
    blurred["patient"] = blur.fields(data["patient"])
    blurred["setting"] = {**blur.fields(setting), "access": blur.fields(access)}
    return blurred


class _Blur:
    def __init__(self, draw: Random, share: float) -> None:
        self._draw = draw
        self._share = share

    def loses(self) -> bool:
        return self._draw.random() < self._share

    def fields(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self._answer(name, answer) for name, answer in answers.items() if not self.loses()
        }

    def _answer(self, name: str, answer: Any) -> Any:
        if isinstance(answer, dict) and "rows" in answer:
            return self._listed(name, answer)
        if isinstance(answer, dict) and answer.get("state") is None:
            return self._told(answer)
        return answer

    def _listed(self, name: str, listed: dict[str, Any]) -> dict[str, Any]:
        found = dict(listed)
        if "complete_since" in found and self.loses():
            del found["complete_since"]
        rows = listed["rows"]
        if "complete_since" not in found and not name.endswith("_series"):
            rows = [row for row in rows if not self.loses()]
        found["rows"] = [
            {key: cell for key, cell in row.items() if not self.loses()} for row in rows
        ]
        return found

    def _told(self, answer: dict[str, Any]) -> dict[str, Any]:
        found = dict(answer)
        for part in ("assay", "titre", "complete", "date"):
            if part in found and self.loses():
                del found[part]
        if "unit" in found and "comparator" not in found and found["value"] > 0 and self.loses():
            found |= {"value": found["value"] * Decimal("0.5"), "comparator": ">"}
        return found


def a_varied_example(draw: Random) -> dict[str, Any]:
    """An example with another hospital, another course of drugs, or a trial place."""
    data = an_example(draw.choice("aabbcdhiijjk"))
    patient, setting = data["patient"], data.setdefault("setting", {})
    if draw.random() < 0.5:
        setting["region"] = draw.choice(("eu", "us", "jp", "cn", "other"))
        setting["access"] = {drug: draw.choice(_ACCESS) for drug in ANTIBODIES}
    if draw.random() < 0.5:
        patient["trial_places"] = {"complete_since": "2026-11-20", "rows": [_a_place(draw)]}
    if draw.random() < 0.3:
        patient["plegia"] = {"value": draw.choice(("none", "paraplegia")), "date": ON}
    if "treatments" in patient and draw.random() < 0.7:
        rows = patient["treatments"]["rows"]
        row = draw.choice(rows)
        match draw.choice(("drop", "swap", "reason")):
            case "drop":
                rows.remove(row)
            case "swap":
                row["drug"] = draw.choice((*ANTIBODIES, "azathioprine"))
            case _:
                row["reason"] = draw.choice(_REASONS)
    return data


_ACCESS = ("available", "available", "refused", "not-licensed", "named-patient-possible")
_REASONS = ("intolerance", "contraindication", "low-igg", "choice", "access")


def _a_place(draw: Random) -> dict[str, Any]:
    return a_place(
        therapy=draw.choice(("car-t-bcma", "bm-msc", "huc-msc")),
        registry_number=draw.choice(("NCT04561557", "NCT02249676", "NCT00000000")),
        who_pays=draw.choice(("sponsor", "patient")),
        criterion_fails=draw.random() < 0.3,
    )


def a_place(**changes: Any) -> dict[str, Any]:
    """A row of trial places; as it stands, a valid place for BCMA CAR-T cells."""
    return {
        "therapy": "car-t-bcma",
        "registry_number": "NCT04561557",
        "ethics_number": "EC-2026-11",
        "who_pays": "sponsor",
        "criterion_fails": False,
        "into_the_eye": False,
    } | changes


def places(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """A complete list of trial places."""
    return {"complete_since": "2026-11-20", "rows": list(rows)}


def all_texts(advice: Advice) -> Iterator[str]:
    """Every sentence an advice shows, whoever wrote it."""
    yield from (advice.headline, advice.sentence, *advice.alerts)
    yield from (advice.indication.sentence, advice.standard_care.sentence)
    yield advice.robustness.threshold
    yield from (line.reading for line in advice.robustness.scenarios)
    for question in advice.questions:
        yield from (answer.then for answer in question.answers)
    for option in advice.options:
        yield from (option.no_evidence, option.unranked_reason or "", option.deaths_note)
        yield from (option.certainty_because, *option.notes)
        yield from (text for f in option.findings for text in (f.text, f.until))
        yield from (argument.text for argument in option.arguments)
        yield from (line.text for line in option.plan)
        yield from (effect.how for effect in option.effects)
