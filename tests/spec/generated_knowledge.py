"""Small valid knowledge made at random, and people for it. Every name and number is invented.

Definitions, classes of approved drugs and the drugs are the real ones, because the calculators
need them; options, rules, effects, criteria, studies and scenarios are made here. What is made
goes through the same models and checks as the files do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from advice_builder import an_example, the_case

from nmosd_cds import paths
from nmosd_cds.knowledge.compiled import compile_knowledge
from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.files import source_bytes
from nmosd_cds.knowledge.integrity import stopping_problems
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import knowledge_sha256
from nmosd_cds.knowledge.parsed import parse_documents
from nmosd_cds.patient.case import Case
from nmosd_cds.strict_yaml import Document, read_yaml_text

# Fields that no calculator reads, so that a rule on one of them depends on nothing else.
YES_NO = ("active_infection", "seizure_disorder", "marrow_disease", "organ_failure", "carer")
CHOICES = {
    "hiv": ("positive", "negative"),
    "malignancy": ("none", "over-5-years", "within-5-years", "active"),
    "previous_thrombosis": ("none", "deep-vein", "pulmonary-embolism", "arterial"),
}
NUMBERS = {"lvef": ("%", (30, 45, 60)), "spo2": ("%", (88, 92, 96))}
GATE_FIELDS = (*YES_NO, *CHOICES, *NUMBERS)

PRESENT = "present"
CLASSES = {"c5": ("eculizumab", "ravulizumab"), "il6r": ("satralizumab", "tocilizumab")}
STUDY = "doe-2020"
SIZES = (5, 20)
EVENTS = range(13)
_KEPT = ("rules/definitions.yaml", "rules/standard-care.yaml")
_CITING = ("cites", "studies")
_UNREVIEWED = {"by": "none", "on": "none"}

Files = dict[str, Any]


@dataclass(frozen=True)
class Made:
    """A generated knowledge as plain data and as the program reads it.

    Attributes:
        files: Plain data by file name; scalars are text, as in strict YAML.
    """

    files: Files
    knowledge: Knowledge

    @property
    def options(self) -> tuple[str, ...]:
        """Ids in the order of the knowledge."""
        return tuple(self.knowledge.options)

    @property
    def cellular(self) -> tuple[str, ...]:
        """Ids of cellular options that may be ranked."""
        found = self.knowledge.options.values()
        return tuple(o.id for o in found if o.kind == "cellular" and o.therapy.rank_in_tier_2)


@cache
def _base() -> Mapping[str, Any]:
    """The real files that are kept, their citations turned to the one invented study."""
    sources = source_bytes(paths.knowledge_root())
    kept = [
        name for name in sources if name in _KEPT or name.startswith("resources/evidence/drugs/")
    ]
    return {name: _cited(read_yaml_text(sources[name], name).data) for name in kept}


def _cited(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: [STUDY] if k in _CITING else _cited(value) for k, value in data.items()}
    return [_cited(each) for each in data] if isinstance(data, list) else data


def read(files: Files, *, checked: bool = False) -> Made:
    """Read plain data as the program reads its files; what does not fit its shape fails here.

    Args:
        checked: Also run the checks across files, which take longer than all the rest.
    """
    documents = {name: Document(name, data) for name, data in files.items()}
    parsed = parse_documents(documents)
    knowledge, problems = compile_knowledge(parsed, known_fact_specs(), knowledge_sha256(files))
    problems += stopping_problems(parsed, knowledge) if checked else []
    assert problems == [], "\n".join(problem.sentence for problem in problems)
    return Made(files, knowledge)


def changed(made: Made, file: str, change: Any) -> Made:
    """The same knowledge with one file changed in place by a function."""
    files = deepcopy(made.files)
    change(files[file])
    return read(files)


def a_knowledge(draw: Random, *, draws: int = 200) -> Made:
    """A knowledge of three to seven options with at most three rules each."""
    names = [f"cell-{letter}" for letter in "abcdef"[: draw.randrange(2, 5)]]
    criteria = _criteria(draw)
    files: Files = dict(_base())
    files |= {
        "rules/knowledge.yaml": {
            "version": "1",
            "evidence_cutoff": "2026-11-01",
            "schema_version": "1",
            "regions": ["eu", "us", "jp", "cn", "other"],
            "validity_days": "30",
            "option_order": draw.sample(names, len(names)),
        },
        "rules/ranking.yaml": _ranking(draw, criteria, names, draws),
        "rules/general/rules.yaml": [
            _rule(draw, "general", number, applies_to=draw.choice(("cellular", "all", "class-x")))
            for number in range(draw.randrange(3))
        ],
        "rules/scope/rules.yaml": [],
        f"resources/evidence/studies/{STUDY}.yaml": _study(),
    }
    for option in names:
        # The first one stays in every group that a general rule may apply to.
        _add_option(files, draw, option, criteria, plain=option == names[0])
    for name, drugs in CLASSES.items():
        if draw.random() < 0.5:
            _add_reference(files, draw, f"class-{name}", name, drugs)
    files[f"rules/therapies/{PRESENT}/therapy.yaml"] = {
        **_sheet(PRESENT, "reference"),
        "is_present_treatment": "true",
        "effects": {c: _present_effect(draw, c, kind) for c, kind in criteria.items()},
    }
    return read(files)


def _criteria(draw: Random) -> dict[str, str]:
    """Ids and the kind of their cells; relapse is always there."""
    more = {"harm-1": "count", "harm-2": "count", "score-1": "judgement", "score-2": "judgement"}
    chosen = draw.sample(sorted(more), draw.randrange(1, 4))
    return {"relapse_24m": "hazard"} | {name: more[name] for name in sorted(chosen)}


def criterion(name: str, kind: str) -> dict[str, Any]:
    """One criterion of ranking.yaml; the less the better."""
    worst = {"hazard": "1", "count": "0.8", "judgement": "4"}[kind]
    distribution = {"hazard": "gamma", "count": "beta", "judgement": "judgement"}[kind]
    found = {"id": name, "label": name, "unit": "share", "better": "lower", "best": "0"}
    found |= {"worst": worst, "distribution": distribution, "because": "Invented."}
    return found | ({"horizon_years": "2"} if kind == "hazard" else {})


def _ranking(draw: Random, criteria: Mapping[str, str], names: list[str], draws: int) -> Any:
    groups: dict[str, list[Any]] = {"benefit": [], "harm": [], "burden": []}
    for name, kind in criteria.items():
        group = "benefit" if kind == "hazard" else draw.choice(("harm", "burden"))
        groups[group].append(criterion(name, kind))
    scenarios = [
        {"id": "prior-5", "prior_person_years": "5"},
        {"id": "prior-neutral", "prior_person_years": "0"},
        {"id": "flat", "weights": "flat"},
        {"id": "other", "comparator": "other"},
        {"id": "worse", "replace": {names[0]: {"relapse_24m": hazard(9, 20)}}},
    ]
    ours = {"basis": "project", "because": "Invented."}
    return {
        "seed": str(draw.randrange(1000)),
        "draws": str(draws),
        "screening_draws": str(draws),
        "tie": {"monte_carlo_errors": "2", "minimum_difference": "0.05"} | ours,
        "named_first": {"share": "0.75", "in_every_scenario": "true"} | ours,
        "criteria": [
            {"group": group, "label": group, "members": members}
            for group, members in groups.items()
            if members
        ],
        "comparators": [
            _comparator("usual", 12, default="true"),
            _comparator("other", 5, default="false"),
        ],
        "prior": {"person_years": {"none": "20", "very-low": "20", "low": "10"}} | ours,
        "tier_policies": [
            {"id": "strict", "label": "Strict", "default": "true", "cites": [STUDY]} | ours
        ],
        "scenarios": [
            {"label": one["id"], **one} for one in scenarios[: draw.randrange(len(scenarios) + 1)]
        ],
    }


def _comparator(name: str, events: int, default: str) -> dict[str, Any]:
    return {
        "id": name,
        "label": name,
        "default": default,
        "events": f"{STUDY}/events-{events}",
        "person_years": f"{STUDY}/years-40",
        "cites": [STUDY],
    }


def _study() -> dict[str, Any]:
    """One study with every figure that effects may name; none of them overlap."""
    figures = [
        {"id": f"events-{count}", "kind": "events", "label": "Events", "value": str(count)}
        for count in EVENTS
    ]
    figures += [
        {"id": f"years-{years}", "kind": "person-time", "label": "Time", "value": str(years)}
        for years in (10, 20, 40)
    ]
    figures += [
        {
            "id": f"count-{count}-of-{of}",
            "kind": "count",
            "label": "Count",
            "count": str(count),
            "of": str(of),
        }
        for of in SIZES
        for count in range(of + 1)
    ]
    arm = {"id": "all", "option": "cell-a", "n": "20"}
    return {
        "id": STUDY,
        "kind": "study",
        "citation": {"authors": "Doe J", "year": "2020", "title": "Invented", "journal": "None"},
        "design": "single-arm-trial",
        "summary": "Invented.",
        "arms": [arm | {"figures": [figure | {"flag": "seen"} for figure in figures]}],
    }


def hazard(events: int, years: int) -> dict[str, Any]:
    """A cell from events in person-time."""
    return {
        "kind": "hazard",
        "from": [f"{STUDY}/events-{events}"],
        "person_time": f"{STUDY}/years-{years}",
        "certainty": "low",
    }


def count(number: int, of: int) -> dict[str, Any]:
    """A cell from a count."""
    return {"kind": "count", "from": [f"{STUDY}/count-{number}-of-{of}"], "certainty": "low"}


def an_effect(draw: Random, kind: str) -> dict[str, Any]:
    """A cell of the kind of its criterion, or without data."""
    if draw.random() < 0.15:
        return {"kind": draw.choice(("absent", "not-reported")), "because": "Invented."}
    if kind == "hazard":
        return hazard(draw.randrange(9), draw.choice((10, 20, 40)))
    if kind == "count":
        of = draw.choice(SIZES)
        return count(draw.randrange(of // 2), of)
    return {"kind": "judgement", "score": str(draw.randrange(5)), "because": "Invented."}


def worse(draw: Random, effect: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same cell with one more event of as many, or a worse score; None if it has no data."""
    match effect["kind"]:
        case "hazard":
            events = int(effect["from"][0].rpartition("-")[2]) + draw.randrange(1, 5)
            return hazard(min(events, EVENTS[-1]), int(effect["person_time"].rpartition("-")[2]))
        case "count":
            number, of = (int(part) for part in effect["from"][0].split("count-")[1].split("-of-"))
            return count(draw.randrange(number + 1, of + 1), of)
        case "judgement" if int(effect["score"]) < 4:
            score = draw.randrange(int(effect["score"]) + 1, 5)
            return {"kind": "judgement", "score": str(score), "because": "Invented."}
    return None


def _present_effect(draw: Random, name: str, kind: str) -> dict[str, Any]:
    if kind == "hazard":
        return {"kind": "absent", "because": "The comparator itself."}
    if kind == "count" and draw.random() < 0.7:
        return {"kind": "exact", "value": "0", "because": "No procedure."}
    return an_effect(draw, kind)


def _sheet(option: str, kind: str) -> dict[str, Any]:
    return {
        "id": option,
        "kind": kind,
        "name": option,
        "short": option,
        "certainty": {"level": "very-low", "because": "Invented."},
        "reviewed": _UNREVIEWED,
    }


def _add_option(
    files: Files, draw: Random, option: str, criteria: Mapping[str, str], *, plain: bool
) -> None:
    ranked = plain or draw.random() < 0.85
    reported = plain or draw.random() < 0.85
    files[f"rules/therapies/{option}/therapy.yaml"] = {
        **_sheet(option, "cellular"),
        "classes": ["class-x"] if plain or draw.random() < 0.5 else [],
        "evidence": [{"study": STUDY, "directness": "nmosd"}],
        "outcomes_in": ["aqp4-positive"] if reported else [],
        "rank_in_tier_2": "true" if ranked else "false",
        "effects": {name: an_effect(draw, kind) for name, kind in criteria.items()},
    } | ({} if ranked else {"unranked_because": "Invented."})
    rules = [_rule(draw, option, number) for number in range(draw.randrange(4))]
    files[f"rules/therapies/{option}/rules.yaml"] = rules
    files[f"rules/therapies/{option}/plan.yaml"] = []


def _add_reference(
    files: Files, draw: Random, option: str, name: str, drugs: tuple[str, ...]
) -> None:
    files[f"rules/therapies/{option}/therapy.yaml"] = {
        **_sheet(option, "reference"),
        "drugs": list(drugs),
        "mechanism_class": name,
    }
    files[f"rules/therapies/{option}/rules.yaml"] = [_rule(draw, option, 0)]
    files[f"rules/therapies/{option}/plan.yaml"] = []


def _rule(draw: Random, folder: str, number: int, *, applies_to: str = "") -> dict[str, Any]:
    effect = draw.choice(("excludes", "excludes", "requires", "cautions", "cautions", "favours"))
    return a_rule(
        f"{folder}.rule-{number}",
        effect,
        a_condition(draw),
        about="benefit" if effect == "cautions" and draw.random() < 0.4 else "safety",
        applies_to=applies_to,
    )


def a_rule(
    name: str, effect: str, when: Any, *, about: str = "safety", applies_to: str = ""
) -> dict[str, Any]:
    """One rule as it stands in a file."""
    rule: dict[str, Any] = {"id": name, "effect": effect, "when": when, "because": "Invented."}
    rule |= {"cites": [STUDY], "basis": "published", "about": about, "reviewed": _UNREVIEWED}
    if effect in ("excludes", "requires"):
        rule |= {"why": "until", "until": "Invented."}
    return rule | ({"applies_to": [applies_to]} if applies_to else {})


def a_condition(draw: Random, depth: int = 2) -> Any:
    """A condition on the gate fields, of a few comparisons."""
    if depth and draw.random() < 0.45:
        match draw.choice(("any", "all", "not")):
            case "not":
                return {"not": a_condition(draw, depth - 1)}
            case joined:
                return {joined: [a_condition(draw, depth - 1) for _ in range(2)]}
    name = draw.choice(GATE_FIELDS)
    if name in YES_NO:
        return {name: draw.choice(("true", "false"))}
    if name in CHOICES:
        return {name: draw.choice(CHOICES[name])}
    unit, limits = NUMBERS[name]
    comparison = draw.choice(("above", "below", "at_least", "at_most"))
    return {name: {comparison: str(draw.choice(limits)), "unit": unit}}


def fields_of(condition: Any) -> Iterator[str]:
    """The fields a condition of plain data asks for."""
    for key, value in condition.items():
        if key == "not":
            yield from fields_of(value)
        elif key in ("any", "all"):
            for part in value:
                yield from fields_of(part)
        else:
            yield key


# People


def values_of(name: str) -> list[Any]:
    """Every answer of a gate field, numbers on, between and beyond the limits."""
    if name in YES_NO:
        return [True, False]
    if name in CHOICES:
        return list(CHOICES[name])
    unit, limits = NUMBERS[name]
    ends = sorted({end for limit in limits for end in (limit - 1, limit, limit + 1)})
    return [{"value": end, "unit": unit} for end in ends]


def a_person(draw: Random, *, unknown: float = 0.3) -> dict[str, Any]:
    """An example whose gate fields are answered at random or left open."""
    data = an_example(draw.choice("aabbbdj"))
    for name in GATE_FIELDS:
        data["patient"].pop(name, None)
        if draw.random() >= unknown:
            data["patient"][name] = answered(name, draw.choice(values_of(name)))
    # The examples prefer criteria that are not among those made here.
    data.pop("preferences", None)
    return data


def answered(name: str, value: Any) -> Any:
    """An answer as it stands in a case file."""
    if isinstance(value, dict):
        return {**value, "value": Decimal(value["value"]), "date": "2026-11-20"}
    return {"value": value, "date": "2026-11-20"}


def with_answers(data: Mapping[str, Any], answers: Mapping[str, Any]) -> Case:
    """The case with more gate fields known."""
    told = {name: answered(name, value) for name, value in answers.items()}
    return the_case({**data, "patient": {**data["patient"], **told}})
