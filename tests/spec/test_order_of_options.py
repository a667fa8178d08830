"""What the order of options may depend on, and what it may not; over every scenario."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from advice_builder import (
    APPROVED,
    NAMES,
    PRESENT,
    RANKABLE,
    a_changed,
    a_place,
    a_varied_example,
    advice_on,
    advised,
    an_example,
    places,
    the_case,
    the_knowledge,
    with_effect,
    with_figure,
    with_options,
    with_ranking,
    without_lists,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from nmosd_cds.advice.arithmetic import Arithmetic, arithmetic_of, shares_of
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.therapy import EffectSpec
from nmosd_cds.patient.case import PreferenceSet

EVERYTHING = (*RANKABLE, PRESENT)
SCENARIOS = (None, *the_knowledge().ranking.scenarios)


def first_shares(knowledge: Knowledge, option: str) -> list[float]:
    """First-rank share of an option among all that can be ranked, in every scenario."""
    arithmetic = arithmetic_of(knowledge)
    return [
        shares_of(arithmetic.smaa(EVERYTHING, scenario, None))[option]
        for scenario in arithmetic.scenarios
    ]


def utilities(knowledge: Knowledge, option: str) -> list[np.ndarray]:
    """Utility of an option in every draw, in every scenario."""
    arithmetic = arithmetic_of(knowledge)
    runs = [arithmetic.smaa(EVERYTHING, scenario, None) for scenario in arithmetic.scenarios]
    return [run.drawn.utilities[run.drawn.decision.options.index(option)] for run in runs]


# One more harm or relapse never helps the same option.

WORSE = [
    ("ahsct", "burt-2019/treatment_related_death", "count", (0, 1, 2, 6, 13)),
    ("ahsct", "burton-2021-calgary/treatment_related_death", "count", (0, 1, 3)),
    ("ahsct", "greco-2015-ebmt/treatment_related_death", "count", (0, 1, 16)),
    ("ahsct", "burt-2019/secondary_autoimmunity", "count", (0, 1, 3, 13)),
    ("ahsct", "burt-2019/death_all_causes", "count", (1, 2, 5)),
    ("ahsct", "burt-2019/relapse_free", "value", (95, 80, 60, 5)),
    ("ahsct", "greco-2015-ebmt/relapse_free_3y", "value", (60, 31, 10)),
    ("car-t-bcma", "qin-2023/first_relapse", "count", (0, 1, 2, 12)),
    ("bm-msc", "fu-2016/relapse_events_12m", "value", (1, 4.5, 5, 20)),
]


@pytest.mark.parametrize(("option", "figure", "field", "numbers"), WORSE)
def test_a_worse_count_never_helps_its_option_in_any_draw_of_any_scenario(
    option: str, figure: str, field: str, numbers: tuple[float, ...]
) -> None:
    states = [
        with_figure(the_knowledge(), figure, **{field: n if field == "count" else Decimal(str(n))})
        for n in numbers
    ]
    for better, worse in zip(states, states[1:], strict=False):
        pairs = zip(utilities(better, option), utilities(worse, option), strict=True)
        assert all(np.all(after <= before) for before, after in pairs)
        shares = zip(first_shares(better, option), first_shares(worse, option), strict=True)
        assert all(after <= before for before, after in shares)
    assert first_shares(states[-1], option) != first_shares(states[0], option)


def test_more_people_off_drugs_never_harms_the_option() -> None:
    fewer = with_figure(the_knowledge(), "burt-2019/off_drugs_itt", count=2)
    more = with_figure(the_knowledge(), "burt-2019/off_drugs_itt", count=13)
    pairs = zip(first_shares(fewer, "ahsct"), first_shares(more, "ahsct"), strict=True)
    assert all(after >= before for before, after in pairs)


def test_relapses_without_cells_never_help_continuing_in_any_draw() -> None:
    reference = "pittock-2023-champion/prevent-placebo/relapse_events"
    _study, _arm, figure = the_knowledge().figure(reference)
    field = "count" if figure.count is not None else "value"
    states = [with_figure(the_knowledge(), reference, **{field: n}) for n in (10, 20, 40)]
    for better, worse in zip(states, states[1:], strict=False):
        pairs = zip(utilities(better, PRESENT), utilities(worse, PRESENT), strict=True)
        assert all(np.all(after <= before) for before, after in pairs)


# Harmless and uncontrolled is not enough.


@pytest.mark.parametrize("options", [("bm-msc", PRESENT), ("ahsct", "bm-msc", PRESENT), EVERYTHING])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.id if each else "usual")
def test_stromal_cells_stay_within_the_tie_margin_of_continuing(
    options: tuple[str, ...], scenario: Any
) -> None:
    shares = shares_of(arithmetic_of(the_knowledge()).smaa(options, scenario, None))
    margin = float(the_knowledge().ranking.tie.minimum_difference)
    assert shares["bm-msc"] <= shares[PRESENT] + margin


def test_a_cell_nobody_reported_reads_neither_as_good_nor_as_bad() -> None:
    knowledge = the_knowledge()
    absent = with_effect(knowledge, "bm-msc", "severe_early_harm", EffectSpec(kind="absent"))
    best = with_effect(knowledge, "bm-msc", "severe_early_harm", EffectSpec(kind="exact", value=0))
    worst = with_effect(
        knowledge, "bm-msc", "severe_early_harm", EffectSpec(kind="exact", value=Decimal("0.4"))
    )
    triples = zip(*(first_shares(each, "bm-msc") for each in (worst, absent, best)), strict=True)
    assert all(low <= middle <= high for low, middle, high in triples)


# Shares.


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_shares_lie_within_tier_2_and_sum_to_one(seed: int) -> None:
    advice = advised(the_case(a_varied_example(Random(seed))))
    shares = {o.id: o.first_rank_share for o in advice.options if o.first_rank_share is not None}
    assert {advice.option(each).tier for each in shares} <= {"2"}
    assert {advice.option(each).status for each in shares} <= {"possible"}
    assert not shares or sum(shares.values()) == pytest.approx(1.0, abs=1e-9)
    for each in shares:
        found = advice.option(each).rank_acceptability
        assert found is not None
        assert len(found) == len(shares)
        assert sum(found) == pytest.approx(1.0, abs=1e-9)
        assert found[0] == shares[each]
    for column in range(len(shares)):
        parts = [(advice.option(each).rank_acceptability or ())[column] for each in shares]
        assert sum(parts) == pytest.approx(1.0, abs=1e-9)
    for line in advice.robustness.scenarios:
        assert not line.shares or sum(line.shares.values()) == pytest.approx(1.0, abs=1e-9)


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_ranks_start_after_everything_that_holds_a_higher_tier(seed: int) -> None:
    advice = advised(the_case(a_varied_example(Random(seed))))
    order = ["0", "1", "1b", "2"]
    ranked = [option for option in advice.options if option.rank is not None]
    for option in ranked:
        assert option.status == "possible"
        assert option.tier in order
        waits = "Not ranked while its status is open."
        above = [
            other
            for other in advice.options
            if other.tier in order[: order.index(option.tier)]
            and (other.rank is not None or other.unranked_reason == waits)
        ]
        ahead = [o for o in ranked if o.tier == option.tier and (o.tie_group or 0) < group(option)]
        assert option.rank == 1 + len(above) + len(ahead)


def group(option: Any) -> int:
    return int(option.tie_group)


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_only_what_is_possible_and_in_a_tie_group_has_a_rank(seed: int) -> None:
    advice = advised(the_case(a_varied_example(Random(seed))))
    for option in advice.options:
        assert (option.rank is None) == (option.tie_group is None)
        if option.status in ("excluded", "no-evidence"):
            assert option.tier is None
        if option.rank is None and option.status in ("possible", "unconfirmed"):
            assert option.unranked_reason
        if option.status != "possible":
            assert option.first_rank_share is None
            assert option.rank_acceptability is None


@pytest.mark.parametrize("name", NAMES)
def test_approved_drugs_are_never_ordered_against_each_other(name: str) -> None:
    clear = {"hbsag": "negative", "anti_hbc": "negative", "tuberculosis": "negative"}
    for advice in (advice_on(name), advice_on(name, **clear)):
        drugs = [advice.option(each) for each in APPROVED]
        for tier in ("1", "1b"):
            here = [option for option in drugs if option.tier == tier and option.rank is not None]
            assert len({option.tie_group for option in here}) <= 1
            assert len({option.rank for option in here}) <= 1
        assert all(option.first_rank_share is None for option in drugs)
        assert all(option.effects == () for option in drugs)


# What may not matter.


@settings(max_examples=12)
@given(st.permutations(tuple(the_knowledge().options)), st.sampled_from("abijk"))
def test_the_order_of_options_in_the_knowledge_changes_nothing(order: list[str], name: str) -> None:
    case = the_case(an_example(name))
    usual, other = advised(case), advised(case, with_options(the_knowledge(), order))
    for option in usual.options:
        same = other.option(option.id)
        for part in ("status", "tier", "rank", "tie_group", "first_rank_share", "findings"):
            assert getattr(same, part) == getattr(option, part), (option.id, part)
        assert same.rank_acceptability == option.rank_acceptability
    assert other.outcome == usual.outcome
    assert set(other.robustness.completions.can_be_first) == set(
        usual.robustness.completions.can_be_first
    )
    assert {q.field: q.share for q in other.questions} == {
        q.field: q.share for q in usual.questions
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_same_case_twice_is_the_same_advice(name: str) -> None:
    case = the_case(an_example(name))
    first = advised(case)
    assert advised(the_case(an_example(name))) == first
    fresh = with_ranking(the_knowledge())  # the same content under another hash: drawn anew
    assert _without_stamp(advice_to_json(advised(case, fresh))) == _without_stamp(
        advice_to_json(first)
    )


def _without_stamp(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "knowledge"}


# Preferences stand beside the result without them.

ORDINAL = {
    "active": "patient",
    "sets": [
        {
            "owner": "patient",
            "on": "2026-11-15",
            "kind": "ordinal",
            "harms_seen": True,
            "order": ["relapse_24m", "treatment_related_death"],
        }
    ],
}
SWING = {
    "active": "patient",
    "sets": [
        {
            "owner": "patient",
            "on": "2026-11-15",
            "kind": "swing",
            "harms_seen": True,
            "weights": {"relapse_24m": 100, "treatment_related_death": 40},
        }
    ],
}


@pytest.mark.parametrize("preferences", [ORDINAL, SWING], ids=["ordinal", "swing"])
def test_the_result_without_preferences_stands_first_and_does_not_move(
    preferences: dict[str, Any],
) -> None:
    without, given_ = advice_on("b"), advice_on("b", preferences=preferences)
    number = len(without.robustness.scenarios)
    assert given_.robustness.preference == preferences["sets"][0]["kind"]
    firsts = [line for line in given_.robustness.scenarios if line.preference == "none"]
    assert [line.shares for line in firsts] == [
        line.shares for line in without.robustness.scenarios if line.preference == "none"
    ]
    owners = [line.preference for line in given_.robustness.scenarios if line.shares]
    assert owners == sorted(owners, key=["none", "patient"].index)
    assert len(given_.robustness.scenarios) > number
    for each in ("ahsct", PRESENT):
        assert given_.option(each).first_rank_share == without.option(each).first_rank_share


def a_set(kind: str, **parts: Any) -> PreferenceSet:
    return PreferenceSet("patient", date(2026, 11, 15), kind, True, **parts)  # type: ignore[arg-type]


def shares_with(preference: PreferenceSet | None) -> dict[str, float]:
    arithmetic = arithmetic_of(the_knowledge())
    return dict(shares_of(arithmetic.smaa(("ahsct", PRESENT), None, preference)))


def test_all_weight_on_relapses_compares_relapses_alone() -> None:
    criteria = [each.id for each in arithmetic_of(the_knowledge()).criteria]
    weights = tuple((each, Decimal(100 * (each == "relapse_24m"))) for each in criteria)
    arithmetic = arithmetic_of(the_knowledge())
    run = arithmetic.smaa(("ahsct", PRESENT), None, a_set("swing", weights=weights))
    column = run.drawn.decision.criteria.index("relapse_24m")
    values = {o: run.drawn.decision.values[i, column] for i, o in enumerate(arithmetic.rankable)}
    wins = float(np.mean(values["ahsct"] > values[PRESENT]))
    assert shares_of(run)["ahsct"] == pytest.approx(wins)


def test_a_swing_set_that_weighs_some_criteria_leaves_the_others_open() -> None:
    criteria = [each.id for each in arithmetic_of(the_knowledge()).criteria]
    some = shares_with(a_set("swing", weights=(("relapse_24m", Decimal(100)),)))
    zeros = tuple((each, Decimal(100 * (each == "relapse_24m"))) for each in criteria)
    assert sum(some.values()) == pytest.approx(1.0)
    assert some != shares_with(a_set("swing", weights=zeros))


def test_points_count_in_proportion_to_each_other() -> None:
    criteria = [each.id for each in arithmetic_of(the_knowledge()).criteria]
    ten, hundred = (tuple((each, Decimal(n)) for each in criteria) for n in (10, 100))
    assert shares_with(a_set("swing", weights=ten)) == shares_with(a_set("swing", weights=hundred))


@pytest.mark.parametrize(
    "preference",
    [
        a_set("ordinal", order=("no_such_criterion",)),
        a_set("swing", weights=(("no_such_criterion", Decimal(100)),)),
        a_set("swing", weights=(("no_such_criterion", Decimal(1)), ("burden", Decimal(0)))),
    ],
    ids=["ordinal", "swing", "swing without weight"],
)
def test_a_preference_about_nothing_this_knowledge_weighs_changes_nothing(
    preference: PreferenceSet,
) -> None:
    assert shares_with(preference) == shares_with(None)


# One option is named first only with the bar held in every scenario.


def test_one_option_is_named_first_only_where_every_scenario_bears_it() -> None:
    none = places()
    for share, alone in ((Decimal("0.75"), False), (Decimal("0.55"), True)):
        named = the_knowledge().ranking.named_first.model_copy(update={"share": share})
        knowledge = with_ranking(the_knowledge(), named_first=named)
        advice = advised(a_changed("b", trial_places=none), knowledge)
        arithmetic = arithmetic_of(knowledge)
        runs = [shares_of(arithmetic.smaa(("ahsct", PRESENT), s, None)) for s in SCENARIOS]
        assert all(run[PRESENT] >= float(share) for run in runs) is alone
        assert ("is ahead in every scenario" in advice.headline) is alone


def test_a_doubt_about_benefit_takes_the_next_option_into_the_group_and_the_headline() -> None:
    # Cells made certain to be ahead; one attack fewer, a caution about benefit, makes it a tie.
    cells = with_effect(
        without_lists(the_knowledge()),
        "bm-msc",
        "relapse_24m",
        EffectSpec(kind="exact", value=Decimal(0)),
    )
    for criterion in ("treatment_related_death", "severe_early_harm", "late_harm"):
        cells = with_effect(cells, "bm-msc", criterion, EffectSpec(kind="exact", value=Decimal(0)))
    for criterion, value in (("disability_change", -2), ("drug_free_remission", 1)):
        best = EffectSpec(kind="exact", value=Decimal(value))
        cells = with_effect(cells, "bm-msc", criterion, best)
    place = a_place(therapy="bm-msc", registry_number="NCT02249676")
    changes: dict[str, Any] = {"trial_places": places(place)}
    mild = advised(a_changed("b", **changes), cells)
    assert mild.option("bm-msc").status == "possible"
    assert mild.option("bm-msc").tie_group != mild.option(PRESENT).tie_group
    assert "is ahead in every scenario" in mild.headline
    attacks = an_example("b")["patient"]["attacks"]
    calm = {**attacks, "rows": attacks["rows"][:-1]}
    severe = advised(a_changed("b", attacks=calm, **changes), cells)
    doubts = [f for f in severe.option("bm-msc").cautions if f.about == "benefit"]
    assert doubts
    group_ = severe.option("bm-msc").tie_group
    assert [o.id for o in severe.options if o.tie_group == group_ and o.id != "bm-msc"]
    assert "is ahead in every scenario" not in severe.headline
    assert severe.option("bm-msc").first_rank_share == mild.option("bm-msc").first_rank_share


def test_the_threshold_names_a_hazard_at_which_the_share_passes_one_half() -> None:
    base = the_knowledge()
    arithmetic: Arithmetic = arithmetic_of(base)
    options = ("ahsct", PRESENT)
    found = arithmetic.threshold(options, "ahsct")
    hazards = [step / 20 for step in range(1, 41)]
    leads = [arithmetic.share_against(hazard, options, "ahsct") > 0.5 for hazard in hazards]
    assert found == next((h for h, wins in zip(hazards, leads, strict=True) if wins), None)
    said = advice_on("b", trial_places=places()).robustness.threshold
    assert ("no yearly hazard" in said) if found is None else (f"{found:.2f}" in said)
