"""What a stored set of preferences does to the weights of the real knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from advice_builder import a_changed, advised, the_knowledge
from builders import a_case

from nmosd_cds.advice.arithmetic import Arithmetic, arithmetic_of
from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.patient.case import PreferenceSet

D = Decimal
DAY = date(2026, 11, 15)


@pytest.fixture(scope="module")
def arithmetic() -> Arithmetic:
    return arithmetic_of(the_knowledge())


def a_set(kind: Any, **parts: Any) -> PreferenceSet:
    return PreferenceSet("patient", DAY, kind, True, **parts)


def weights_of(arithmetic: Arithmetic, one: PreferenceSet | None) -> Mapping[str, FloatArray]:
    return arithmetic.smaa(arithmetic.rankable, None, one).drawn.weights


def test_levels_hold_in_every_draw(arithmetic: Arithmetic) -> None:
    order = ("treatment_related_death", "relapse_24m", "late_harm", "burden")
    weights = weights_of(arithmetic, a_set("ordinal", order=order, ties=("late_harm",)))
    assert np.all(weights["treatment_related_death"] >= weights["relapse_24m"])
    assert np.all(weights["treatment_related_death"] >= weights["late_harm"])
    for name in ("relapse_24m", "late_harm"):
        assert np.all(weights[name] >= weights["burden"])
    assert 0.0 < np.mean(weights["late_harm"] > weights["relapse_24m"]) < 1.0


def test_criteria_left_out_of_an_order_keep_their_weight(arithmetic: Arithmetic) -> None:
    none = weights_of(arithmetic, None)
    some = weights_of(arithmetic, a_set("ordinal", order=("burden", "late_harm", "relapse_24m")))
    named = {"burden", "late_harm", "relapse_24m"}
    assert all(np.array_equal(none[name], some[name]) for name in set(none) - named)


def test_an_order_of_one_changes_nothing(arithmetic: Arithmetic) -> None:
    none, one = (weights_of(arithmetic, s) for s in (None, a_set("ordinal", order=("burden",))))
    assert all(np.array_equal(none[name], one[name]) for name in none)


def test_a_range_bounds_the_ratio_and_what_is_not_weighed_stays_open(
    arithmetic: Arithmetic,
) -> None:
    one = a_set("swing", weights=(("relapse_24m", D(80)),), ranges=(("late_harm", D(20), D(60)),))
    weights = weights_of(arithmetic, one)
    ratio = weights["late_harm"] / weights["relapse_24m"]
    assert 0.25 <= ratio.min() < 0.26 and 0.74 < ratio.max() <= 0.75
    assert abs(ratio.mean() - 0.5) < 0.01
    open_ratio = weights["burden"] / weights["relapse_24m"]
    assert open_ratio.min() < 0.01 and 0.99 < open_ratio.max() <= 1.0


def test_exact_parts_weigh_what_they_say_and_the_rest_nothing(arithmetic: Arithmetic) -> None:
    weights = weights_of(
        arithmetic, a_set("exact", weights=(("burden", D(1)), ("late_harm", D(3))))
    )
    assert {name: float(weight[0]) for name, weight in weights.items() if weight[0]} == {
        "burden": 0.25,
        "late_harm": 0.75,
    }


def test_a_criterion_this_knowledge_lacks_is_left_out_and_said() -> None:
    sets = [
        {"owner": "a", "kind": "ordinal", "order": ["gone", ["burden", "gone_too"], "late_harm"]},
        {"owner": "b", "kind": "swing", "weights": {"gone": {"low": 1, "high": 9}, "burden": 100}},
        {"owner": "c", "kind": "exact", "weights": {"gone": 50, "burden": 50}},
    ]
    for one in sets:
        preferences = {
            "active": one["owner"],
            "sets": [one | {"on": "2026-11-15", "harms_seen": True}],
        }
        advice = advised(a_case(as_of="2026-11-22", preferences=preferences), the_knowledge())
        assert any("not a criterion and left out: gone" in said for said in advice.notices)
        assert any("without any weight" in said for said in advice.notices) is (
            one["kind"] == "exact"
        )


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "ordinal", "order": ["relapse_24m", ["late_harm", "burden"]]},
        {"kind": "swing", "weights": {"relapse_24m": 100, "burden": {"low": 40, "high": 70}}},
        {"kind": "exact", "weights": {"relapse_24m": 50, "burden": 50}},
    ],
)
def test_every_kind_is_named_beside_the_result_without_preferences(said: dict[str, Any]) -> None:
    one = {"owner": "board", "on": "2026-11-15", "harms_seen": True} | said
    without = advised(a_changed("b", preferences={"sets": [one]}))
    given = advised(a_changed("b", preferences={"active": "board", "sets": [one]}))
    assert without.robustness.preference == "none"
    assert given.robustness.preference == said["kind"]
    shares = {line.preference: line.shares for line in given.robustness.scenarios[:1]}
    assert shares == {"none": without.robustness.scenarios[0].shares}
    assert "board" in {line.preference for line in given.robustness.scenarios}
