"""The laws of the ranking through the whole of `advise`, on generated knowledge and the real one.

A generated knowledge has other options, rules, effects and criteria each time, so a law that holds
only for the therapies of today would be found out here.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from advice_builder import (
    RANKABLE,
    a_varied_example,
    advised,
    less_known,
    the_case,
    the_knowledge,
    with_effect,
    with_options,
    with_ranking,
)
from generated_knowledge import (
    GATE_FIELDS,
    STUDY,
    Made,
    a_condition,
    a_knowledge,
    a_person,
    a_rule,
    an_effect,
    changed,
    criterion,
    read,
    values_of,
    with_answers,
    worse,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_advice_is_monotone import turned_findings, turned_states, unsound_outcomes, wrong_moves

from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.model import Advice
from nmosd_cds.knowledge.ranking import Criterion, CriterionGroup
from nmosd_cds.knowledge.therapy import EffectSpec
from nmosd_cds.logic.truth import Truth

SEEDS = st.integers(min_value=0, max_value=10**9)
# The better, the further to the left.
STATUSES = ("possible", "unconfirmed", "no-evidence", "excluded")
few = settings(max_examples=20)


def assert_no_better(option: str, before: Advice, after: Advice) -> None:
    """Nothing that is said of an option is better than before, and it passes nobody."""
    was, now = before.option(option), after.option(option)
    assert STATUSES.index(now.status) >= STATUSES.index(was.status)
    if was.rank is None:
        assert now.rank is None
        return
    earlier = {line.id: line.shares for line in before.robustness.scenarios}
    for line in after.robustness.scenarios:  # none where only one option is left
        if option in line.shares:
            assert line.shares[option] <= earlier[line.id][option] + 1e-12
    if now.rank is None:
        return
    for other in before.options:
        rank = after.option(other.id).rank
        if other.rank is not None and other.rank < was.rank and rank is not None:
            assert rank <= now.rank, f"{option} passed {other.id}"


def assert_the_same(before: Advice, after: Advice) -> None:
    """Two advices say the same of every option, in whatever order they stand."""
    assert after.outcome == before.outcome
    assert {o.id for o in after.options} == {o.id for o in before.options}
    for was in before.options:
        now = after.option(was.id)
        for name in ("status", "tier", "rank", "tie_group", "unranked_reason", "first_rank_share"):
            assert getattr(now, name) == getattr(was, name), f"{was.id} {name}"
        assert now.rank_acceptability == was.rank_acceptability
        assert {f.rule: f.truth for f in now.findings} == {f.rule: f.truth for f in was.findings}
        assert set(now.needs) == set(was.needs)
    assert {q.field: q.share for q in after.questions} == pytest.approx(
        {q.field: q.share for q in before.questions}
    )
    found, again = before.robustness.completions, after.robustness.completions
    for name in ("can_be_first", "cannot_tell", "depends_on"):
        assert set(getattr(again, name)) == set(getattr(found, name))
    for earlier, later in zip(before.robustness.scenarios, after.robustness.scenarios, strict=True):
        assert later.shares == earlier.shares
        assert set(later.leaders) == set(earlier.leaders)


def both(seed: int, unknown: float = 0.2) -> tuple[Random, Made, Any]:
    """Where randomness comes from, a knowledge and the data of a person."""
    draw = Random(seed)
    return draw, a_knowledge(draw), a_person(draw, unknown=unknown)


def test_what_is_generated_passes_every_check_and_reaches_every_answer() -> None:
    outcomes, statuses, tiers = Counter[str](), Counter[str](), set()
    for seed in range(24):
        _draw, made, data = both(seed)
        if seed < 4:
            read(made.files, checked=True)
        advice = advised(the_case(data), made.knowledge)
        outcomes[advice.outcome] += 1
        statuses.update(option.status for option in advice.options)
        tiers |= {option.tier for option in advice.options if option.rank}
    assert min(outcomes["decided"], outcomes["conditional"]) >= 4
    assert min(statuses[each] for each in STATUSES) >= 5
    assert {"1", "2"} <= tiers


# Against an option


@few
@given(SEEDS)
def test_a_worse_outcome_improves_nothing_of_its_option(seed: int) -> None:
    draw, made, data = both(seed)
    option = draw.choice(made.cellular)
    file = f"rules/therapies/{option}/therapy.yaml"
    effects = made.files[file]["effects"]
    name = draw.choice(sorted(effects))
    effect = worse(draw, effects[name])
    if effect is None:
        return
    after = changed(made, file, lambda sheet: sheet["effects"].update({name: effect}))
    case = the_case(data)
    assert_no_better(option, advised(case, made.knowledge), advised(case, after.knowledge))


@few
@given(SEEDS)
def test_one_more_exclusion_improves_nothing_of_its_option(seed: int) -> None:
    draw, made, data = both(seed)
    option = draw.choice(made.cellular)
    effect = draw.choice(("excludes", "requires", "cautions"))
    rule = a_rule(f"{option}.added", effect, a_condition(draw))
    file = f"rules/therapies/{option}/rules.yaml"
    after = changed(made, file, lambda rules: rules.append(rule))
    case = the_case(data)
    before, now = advised(case, made.knowledge), advised(case, after.knowledge)
    assert_no_better(option, before, now)
    found = next(f for f in now.option(option).findings if f.rule == rule["id"])
    if found.blocks is Truth.TRUE:
        assert now.option(option).status == "excluded"
    if found.blocks is Truth.FALSE:
        assert now.option(option).rank == before.option(option).rank


@pytest.mark.parametrize("option", RANKABLE)
def test_a_worse_score_of_a_real_option_improves_nothing(option: str) -> None:
    """Raised counts of the real knowledge are in test_never_happens.py."""
    knowledge = with_ranking(the_knowledge(), draws=500, screening_draws=500)
    case = the_case(a_varied_example(Random(option)))
    for name, effect in knowledge.options[option].therapy.effects.items():
        if effect.kind == "judgement" and effect.score is not None and int(effect.score) < 4:
            more = effect.model_copy(update={"score": int(effect.score) + 1})
            after = with_effect(knowledge, option, name, more)
            assert_no_better(option, advised(case, knowledge), advised(case, after))


# What changes nothing


@few
@given(SEEDS)
def test_a_criterion_that_is_the_same_for_all_changes_no_ranking(seed: int) -> None:
    """In a group of its own: within a group it would take weight from the others there."""
    draw, made, data = both(seed)
    score = draw.randrange(5)
    same = {"kind": "judgement", "score": str(score), "because": "Invented."}
    files = deepcopy(made.files)
    group = {"group": "same", "label": "Same", "members": [criterion("same", "judgement")]}
    files["rules/ranking.yaml"]["criteria"].append(group)
    for name, data_of in files.items():
        if name.endswith("/therapy.yaml"):
            data_of.setdefault("effects", {})["same"] = same
    case = the_case(data)
    assert_the_same(advised(case, made.knowledge), advised(case, read(files).knowledge))


def test_a_criterion_that_is_the_same_for_all_changes_no_ranking_of_the_real_options() -> None:
    knowledge = the_knowledge()
    effect = EffectSpec(kind="judgement", score=2, because="Invented.")
    same = Criterion.model_validate(
        {
            "id": "same",
            "label": "Same",
            "unit": "0 to 4",
            "better": "lower",
            "best": 0,
            "worst": 4,
            "distribution": "judgement",
            "because": "Invented.",
        }
    )
    group = CriterionGroup(group="same", label="Same", members=(same,))
    after = with_ranking(knowledge, criteria=(*knowledge.ranking.criteria, group))
    for option in knowledge.options:
        after = with_effect(after, option, "same", effect)
    for seed in range(3):
        case = the_case(a_varied_example(Random(seed)))
        assert_the_same(advised(case), advised(case, after))


@few
@given(SEEDS)
def test_the_order_of_options_rules_studies_and_fields_changes_nothing(seed: int) -> None:
    draw, made, data = both(seed)
    files = {
        name: deepcopy(made.files[name]) for name in draw.sample([*made.files], len(made.files))
    }
    files["rules/knowledge.yaml"]["option_order"].reverse()
    for name, content in files.items():
        if name.endswith("rules.yaml"):
            draw.shuffle(content)
    figures = files[f"resources/evidence/studies/{STUDY}.yaml"]["arms"][0]["figures"]
    draw.shuffle(figures)
    ranking = files["rules/ranking.yaml"]
    for shuffled in (ranking["criteria"], ranking["comparators"]):
        draw.shuffle(shuffled)
    patient = data["patient"]
    reordered = {**data, "patient": {n: patient[n] for n in draw.sample([*patient], len(patient))}}
    before = advised(the_case(data), made.knowledge)
    assert_the_same(before, advised(the_case(reordered), read(files).knowledge))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_real_options_and_fields_changes_nothing(seed: int) -> None:
    draw = Random(seed)
    knowledge = the_knowledge()
    data = less_known(a_varied_example(draw), draw, share=0.02)
    patient = data["patient"]
    reordered = {**data, "patient": {n: patient[n] for n in draw.sample([*patient], len(patient))}}
    turned = with_options(knowledge, draw.sample([*knowledge.options], len(knowledge.options)))
    assert_the_same(advised(the_case(data)), advised(the_case(reordered), turned))


# Who is in the arithmetic


@few
@given(SEEDS)
def test_what_is_excluded_or_without_evidence_is_never_in_the_arithmetic(seed: int) -> None:
    draw, made, data = both(seed)
    case = the_case(data)
    before = advised(case, made.knowledge)
    outside = []
    for option in before.options:
        if option.status != "possible":
            assert (option.rank, option.tie_group, option.first_rank_share) == (None, None, None)
            assert option.rank_acceptability is None
            assert all(option.id not in line.shares for line in before.robustness.scenarios)
        if option.status in ("excluded", "no-evidence") and option.kind == "cellular":
            outside.append(option.id)
    if not outside:
        return
    option = draw.choice(outside)
    file = f"rules/therapies/{option}/therapy.yaml"
    kinds = {e["id"]: e for g in made.files["rules/ranking.yaml"]["criteria"] for e in g["members"]}
    kind = {"gamma": "hazard", "beta": "count", "judgement": "judgement"}
    other = {name: an_effect(draw, kind[one["distribution"]]) for name, one in kinds.items()}
    after = changed(made, file, lambda sheet: sheet.update(effects=other))
    assert_the_same(before, advised(case, after.knowledge))


# Knowing more


@settings(max_examples=40)
@given(SEEDS)
def test_a_fact_that_becomes_known_turns_nothing_that_was_settled(seed: int) -> None:
    draw, made, data = both(seed, unknown=0.6)
    wide = the_case(data)
    unknown = [name for name in GATE_FIELDS if name not in data["patient"]]
    if not unknown:
        return
    told = draw.sample(unknown, draw.randrange(1, len(unknown) + 1))
    narrow = with_answers(data, {name: draw.choice(values_of(name)) for name in told})
    before, now = advised(wide, made.knowledge), advised(narrow, made.knowledge)
    assert list(turned_findings(before, now)) == []
    assert list(turned_states(before, now)) == []
    assert list(wrong_moves(before, now)) == []
    assert list(unsound_outcomes(before, now)) == []


# The ends of what can be ranked


def only_the_present_treatment() -> dict[str, Any]:
    """The files of a knowledge with one option."""
    made = a_knowledge(Random(3))
    others = ("/therapies/cell-", "/therapies/class-")
    kept = {n: d for n, d in made.files.items() if not any(each in n for each in others)}
    files = deepcopy(kept)
    files["rules/knowledge.yaml"]["option_order"] = []
    files["rules/ranking.yaml"]["scenarios"] = []
    return files


def test_one_option_alone_is_first_in_every_weighting() -> None:
    files = only_the_present_treatment()
    alone = advised(the_case(a_person(Random(1))), read(files).knowledge)
    ranked = [option for option in alone.options if option.first_rank_share is not None]
    assert [(o.id, o.rank, o.first_rank_share) for o in ranked] == [("present", 1, 1.0)]
    assert alone.outcome == "decided"


def test_nothing_that_may_be_ranked_is_an_outcome_and_no_failure() -> None:
    files = only_the_present_treatment()
    sheet = files["rules/therapies/present/therapy.yaml"]
    sheet |= {"kind": "cellular", "is_present_treatment": "false", "outcomes_in": []}
    files |= {f"rules/therapies/present/{name}.yaml": [] for name in ("rules", "plan")}
    nobody = advised(the_case(a_person(Random(1))), read(files).knowledge)
    assert nobody.outcome == "not-rankable"
    assert all(option.rank is None for option in nobody.options)


def test_a_criterion_without_data_anywhere_is_its_whole_range_and_says_so() -> None:
    made = a_knowledge(Random(3))
    files = deepcopy(made.files)
    group = {"group": "dark", "label": "Dark", "members": [criterion("dark", "count")]}
    files["rules/ranking.yaml"]["criteria"].append(group)
    for name, sheet in files.items():
        if name.endswith("/therapy.yaml"):
            sheet.setdefault("effects", {})["dark"] = {"kind": "absent"}
    dark = read(files, checked=True)
    advice = advised(the_case(a_person(Random(1))), dark.knowledge)
    decision = arithmetic_of(dark.knowledge).smaa(dark.cellular, None, None).drawn.decision
    column = decision.values[:, decision.criteria.index("dark")]
    # Uniform over the whole value scale, each option by draws of its own.
    assert column.mean(axis=1) == pytest.approx(0.5, abs=4 * (1 / 12 / 200) ** 0.5)
    for option in advice.options:
        for line in option.effects:
            if line.criterion == "dark":
                assert (line.kind, line.estimate, line.n) == ("absent", None, None)
                assert line.how == "Not reported; the whole range."


LAWS = (
    test_a_worse_outcome_improves_nothing_of_its_option,
    test_one_more_exclusion_improves_nothing_of_its_option,
    test_a_criterion_that_is_the_same_for_all_changes_no_ranking,
    test_the_order_of_options_rules_studies_and_fields_changes_nothing,
    test_what_is_excluded_or_without_evidence_is_never_in_the_arithmetic,
    test_a_fact_that_becomes_known_turns_nothing_that_was_settled,
)


@pytest.mark.long
@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=1500)
@given(SEEDS)
def test_every_law_many_times(law: Any, seed: int) -> None:
    law.hypothesis.inner_test(seed)
