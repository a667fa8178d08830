"""How firm the order is: every number again by another way, every sentence against its number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.advice.firmness import EVENTS
from nmosd_cds.advice.model import Robustness
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.therapy import EffectSpec
from tests.advice_builder import (
    PRESENT,
    a_changed,
    advice_on,
    advised,
    places,
    the_knowledge,
    with_effect,
    with_ranking,
)

PAIR = ("ahsct", PRESENT)
ALL_ON_ATTACKS = {"relapse_24m": 100}
ALL_ON_BURDEN = {"burden": 100}


def swing(owner: str, weights: dict[str, int], **changes: Any) -> dict[str, Any]:
    criteria = (each.id for each in arithmetic_of(the_knowledge()).criteria)
    points = dict.fromkeys(criteria, 0) | weights
    said = {"owner": owner, "on": "2026-11-15", "kind": "swing", "harms_seen": True}
    return said | {"weights": points} | changes


def firm(**preferences: Any) -> Robustness:
    return advice_on("b", trial_places=places(), **preferences).robustness


def drawn() -> tuple[list[dict[str, float]], dict[str, list[dict[str, float]]]]:
    """Weights and values of every draw, as plain numbers."""
    run = arithmetic_of(the_knowledge()).smaa(PAIR, None, None)
    decision, weights = run.drawn.decision, run.drawn.weights
    columns = {c: i for i, c in enumerate(decision.criteria)}
    of_weights = [{c: float(weights[c][d]) for c in columns} for d in range(decision.draws)]
    values = {
        option: [{c: float(rows[i, d]) for c, i in columns.items()} for d in range(decision.draws)]
        for option, rows in zip(decision.options, decision.values, strict=True)
    }
    return of_weights, values


def leads(weights: dict[str, float], values: dict[str, list[dict[str, float]]], draw: int) -> float:
    mine, other = (
        sum(weights[c] * values[option][draw][c] for c in sorted(weights)) for option in PAIR
    )
    return 0.5 if mine == other else float(mine > other)


def test_the_ends_of_every_weight_are_those_of_the_draws_counted_one_by_one() -> None:
    weights, values = drawn()
    first = [leads(each, values, d) for d, each in enumerate(weights)]
    tornado = firm().tornado
    assert tornado is not None and tornado.option == "ahsct"
    assert tornado.share == pytest.approx(sum(first) / len(first), abs=1e-12)
    lines = {line.id: line for line in tornado.lines}
    for criterion in weights[0]:
        ranked = sorted(range(len(first)), key=lambda d: weights[d][criterion])
        tenth = len(ranked) // 10
        low = sum(first[d] for d in ranked[:tenth]) / tenth
        high = sum(first[d] for d in ranked[-tenth:]) / tenth
        line = lines[f"weight/{criterion}"]
        assert (line.low, line.high) == pytest.approx((low, high), abs=1e-9), criterion


def test_a_tornado_lists_the_widest_first_and_every_scenario_by_its_share() -> None:
    robustness = firm()
    assert robustness.tornado is not None
    share = robustness.tornado.share
    reach = [
        max(abs(line.high - line.low), abs(line.low - share), abs(line.high - share))
        for line in robustness.tornado.lines
    ]
    assert reach == sorted(reach, reverse=True)
    scenarios = {line.id: line for line in robustness.tornado.lines if line.kind == "scenario"}
    varied = [line for line in robustness.scenarios if line.shares and line.id != "usual"]
    assert set(scenarios) == {f"scenario/{line.id}" for line in varied}
    for line in varied:
        assert scenarios[f"scenario/{line.id}"].low == line.shares["ahsct"]


def test_what_is_certain_is_not_in_the_tornado() -> None:
    """Burden is one judgement for each option and so the same in every draw."""
    tornado = firm().tornado
    assert tornado is not None
    assert f"outcome/{PRESENT}/burden" not in {line.id for line in tornado.lines}


def test_a_trade_off_is_the_least_number_of_events_at_which_the_option_leads_half() -> None:
    """Two weights are split so that one event of one weighs so many events of the other."""
    weights, values = drawn()
    spans = {c.id: abs(float(c.best - c.worst)) for c in arithmetic_of(the_knowledge()).criteria}

    def share(of: str, against: str, events: float) -> float:
        scale = events * spans[of] / spans[against]
        total = 0.0
        for d, each in enumerate(weights):
            both = each[of] + each[against]
            split = {of: both * scale / (1 + scale), against: both / (1 + scale)}
            total += leads(each | split, values, d)
        return total / len(weights)

    found = firm().trade_offs
    assert [(each.of, each.against) for each in found] == [
        (one.of, one.against) for one in the_knowledge().ranking.trade_offs
    ]
    for each in found:
        if each.ratio is None:
            assert share(each.of, each.against, EVENTS[-1]) < 0.5
            assert "even if" in each.words and str(EVENTS[-1]) in each.words
            continue
        assert share(each.of, each.against, each.ratio) >= 0.5
        before = EVENTS[EVENTS.index(each.ratio) - 1]
        assert share(each.of, each.against, before) < 0.5
        assert f"at least {each.ratio:g} times" in each.words


def test_the_sentence_on_the_first_page_names_a_hazard_and_a_trade_off() -> None:
    robustness = firm()
    dividing = next(each for each in robustness.trade_offs if each.ratio)
    assert dividing.words in robustness.threshold
    assert "hazard without cells" in robustness.threshold


def test_central_weights_and_confidence_are_those_of_the_run() -> None:
    weights, values = drawn()
    first = [leads(each, values, d) for d, each in enumerate(weights)]
    line = next(each for each in firm().central if each.option == "ahsct")
    assert line.weights is not None
    for criterion in weights[0]:
        mean = sum(w[criterion] * f for w, f in zip(weights, first, strict=True)) / sum(first)
        assert line.weights[criterion] == pytest.approx(mean, abs=1e-9)
    central = dict(line.weights)
    held = [leads(central, values, d) for d in range(len(weights))]
    assert line.confidence == pytest.approx(sum(held) / len(held), abs=2e-3)


def test_an_option_that_is_never_first_has_no_central_weights() -> None:
    knowledge = the_knowledge()
    for criterion in arithmetic_of(knowledge).criteria:
        worst = EffectSpec(kind="exact", value=criterion.worst)
        knowledge = with_effect(knowledge, "ahsct", criterion.id, worst)
    knowledge = _without_sets(knowledge)
    robustness = advised(a_changed("b", trial_places=places()), knowledge).robustness
    line = next(each for each in robustness.central if each.option == "ahsct")
    assert (line.weights, line.confidence) == (None, None)


def _without_sets(knowledge: Knowledge) -> Knowledge:
    found = knowledge.options["ahsct"]
    therapy = found.therapy.model_copy(update={"evidence_sets": ()})
    options = {**knowledge.options, "ahsct": replace(found, therapy=therapy)}
    kept = [s for s in knowledge.ranking.scenarios if not s.evidence and not s.replace]
    ranking = knowledge.ranking.model_copy(update={"scenarios": tuple(kept)})
    return replace(knowledge, sha256="no sets", options=options, ranking=ranking)


def test_pairs_won_and_lost_make_up_every_draw() -> None:
    pairwise = firm().pairwise
    assert set(pairwise) == set(PAIR)
    for one, row in pairwise.items():
        for other, share in row.items():
            assert share + pairwise[other][one] == pytest.approx(1.0)


def test_without_preferences_comes_first_and_says_that_nobody_stated_any() -> None:
    (only,) = firm().preferences
    assert (only.owner, only.kind, only.on, only.harms_seen) == ("", "none", None, None)
    assert only.active


def test_every_stored_set_stands_beside_the_one_in_use() -> None:
    sets = [swing("patient", ALL_ON_ATTACKS), swing("board", ALL_ON_BURDEN, harms_seen=False)]
    robustness = firm(preferences={"active": "board", "sets": sets})
    none, patient, board = robustness.preferences
    assert [each.owner for each in robustness.preferences] == ["", "patient", "board"]
    assert [each.active for each in robustness.preferences] == [False, False, True]
    assert none.shares == firm().preferences[0].shares
    assert (patient.harms_seen, board.harms_seen) == (True, False)
    # On attacks alone cells lead wherever their hazard is drawn lower; on burden alone never.
    assert patient.shares["ahsct"] > 0.9
    assert patient.leaders == ("ahsct",)
    assert board.shares["ahsct"] == 0.0
    assert board.leaders == (PRESENT,)
    assert {w.criterion: w.mean for w in patient.weights}["relapse_24m"] == 1.0
    assert {w.criterion: w.high for w in board.weights}["relapse_24m"] == 0.0


def test_what_changes_who_is_ahead_is_named_and_what_does_not_is_not() -> None:
    sets = [swing("patient", ALL_ON_ATTACKS), swing("board", ALL_ON_BURDEN)]
    said = firm(preferences={"sets": sets}).changes_with
    assert any("Preferences of patient: AHSCT has more first ranks" in each for each in said)
    assert not any("board" in each for each in said)
    usual = firm()
    fronts = {
        line.label: max(line.shares, key=lambda o: line.shares[o])
        for line in usual.scenarios
        if line.shares
    }
    first = fronts["Usual assumptions"]
    changed = {label for label, front in fronts.items() if front != first}
    assert {each.split(":")[0] for each in usual.changes_with} == changed


def test_a_scenario_that_turns_the_order_is_named() -> None:
    """All the weight on freedom from drugs puts cells ahead; moved elsewhere they fall back."""
    knowledge = with_effect(
        the_knowledge(), PRESENT, "burden", EffectSpec(kind="exact", value=Decimal(4))
    )
    robustness = advised(a_changed("b", trial_places=places()), knowledge).robustness
    shares = {line.id: line.shares["ahsct"] for line in robustness.scenarios if line.shares}
    turned = {name for name, share in shares.items() if (share > 0.5) != (shares["usual"] > 0.5)}
    assert turned, "the knowledge of this test must turn at least one scenario"
    labels = {line.label for line in robustness.scenarios if line.id in turned}
    assert {each.split(":")[0] for each in robustness.changes_with} == labels
    assert "Who is ahead depends on the scenario." in robustness.too_close


def test_too_close_says_by_which_rule() -> None:
    robustness = firm()
    assert robustness.too_close.startswith("Too close to call: AHSCT and continuing eculizumab.")
    assert "Neither holds 75 of 100 first ranks in every scenario" in robustness.too_close


def test_one_that_is_ahead_in_every_scenario_is_not_too_close() -> None:
    named = the_knowledge().ranking.named_first.model_copy(update={"share": Decimal("0.5")})
    knowledge = with_ranking(the_knowledge(), named_first=named)
    robustness = advised(a_changed("b", trial_places=places()), knowledge).robustness
    assert robustness.too_close == ""


@pytest.mark.parametrize("name", ["a", "e", "g", "h"])
def test_where_nothing_is_scored_nothing_is_said(name: str) -> None:
    robustness = advice_on(name).robustness
    scored = any(line.shares for line in robustness.scenarios)
    assert bool(robustness.tornado) is scored
    assert bool(robustness.preferences) is scored
    assert bool(robustness.central) is scored


def test_the_json_says_all_of_it() -> None:
    sets = [swing("patient", ALL_ON_ATTACKS)]
    advice = advice_on("b", trial_places=places(), preferences={"sets": sets})
    written = advice_to_json(advice)["robustness"]
    assert [each["owner"] for each in written["preferences"]] == ["", "patient"]
    assert written["preferences"][1]["on"] == "2026-11-15"
    assert written["tornado"]["lines"][0]["id"] == advice.robustness.tornado.lines[0].id
    assert written["trade_offs"][0]["ratio"] == advice.robustness.trade_offs[0].ratio
    assert written["central"][0]["confidence"] == advice.robustness.central[0].confidence
    assert written["pairwise"] == advice.robustness.pairwise
    assert written["too_close"] == advice.robustness.too_close
