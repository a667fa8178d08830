"""Tiers before scores: one changed fact at a time, from the example whose three classes failed."""

from __future__ import annotations

from typing import Any

import pytest
from advice_builder import (
    APPROVED,
    PRESENT,
    RANKABLE,
    a_changed,
    a_place,
    advice_on,
    advised,
    an_example,
    places,
    the_case,
    the_knowledge,
    without_lists,
)

from nmosd_cds.advice.model import Advice
from nmosd_cds.logic.truth import Truth


def row_of(advice: Advice, option: str) -> tuple[str, str | None, int | None]:
    found = advice.option(option)
    return found.status, found.tier, found.rank


def without_drug(drug: str) -> dict[str, Any]:
    """The drugs of example b but for one; azathioprine, failed, stands in its time."""
    treatments = an_example("b")["patient"]["treatments"]
    stand_in = {
        "drug": "azathioprine",
        "start": "2024-01-15",
        "ongoing": True,
        "reason": "attack",
        "attacks_on_it": 2,
        "dose_adequate": True,
        "adherent": True,
    }
    rows = [row for row in treatments["rows"] if row["drug"] != drug]
    return treatments | {"rows": [*rows, stand_in] if drug == "eculizumab" else rows}


# Tier 0: keep the present treatment.


def test_a_quiet_disease_keeps_the_present_treatment_alone() -> None:
    advice = advice_on("k")
    assert row_of(advice, PRESENT) == ("possible", "0", 1)
    assert [option.id for option in advice.options if option.rank is not None] == [PRESENT]
    assert advice.outcome == "decided"
    assert advice.option(PRESENT).first_rank_share is None


def test_a_quiet_disease_bars_every_cellular_option_as_not_yet() -> None:
    for option in advice_on("k").options:
        if option.kind == "cellular":
            assert option.status == "excluded"
            assert "not-yet" in {finding.why for finding in option.bars}


def test_a_drug_begun_a_month_ago_is_not_judged_yet() -> None:
    treatments = an_example("b")["patient"]["treatments"]
    eculizumab = treatments["rows"][-1] | {"ongoing": False, "stop": "2026-10-10"}
    fresh = {"drug": "inebilizumab", "start": "2026-10-20", "ongoing": True}
    rows = [*treatments["rows"][:-1], eculizumab, fresh]
    advice = advice_on("b", treatments=treatments | {"rows": rows})
    assert advice.indication.state == "recent-start"
    assert row_of(advice, PRESENT) == ("possible", "0", 1)
    assert advice.option(PRESENT).name == "Continue inebilizumab"
    assert advice.option("ahsct").status == "excluded"
    assert advice.option("ahsct").why == "not-yet"
    assert "do not stop" in advice.sentence
    assert all(advice.option(each).rank is None for each in APPROVED)


# Tier 1: open classes first, whatever cells may do.


def test_an_open_class_stands_before_everything_else() -> None:
    advice = advice_on("b", treatments=without_drug("eculizumab"))
    assert advice.standard_care.state == "not-exhausted"
    assert row_of(advice, "c5-inhibitor") == ("possible", "1", 1)
    assert row_of(advice, "ahsct")[0] == "excluded"
    assert advice.option("ahsct").why == "not-yet"
    assert advice.outcome == "decided"


def test_an_open_class_stands_before_a_valid_trial_place() -> None:
    place = {"trial_places": places(a_place())}
    advice = advice_on("b", treatments=without_drug("eculizumab"), **place)
    assert row_of(advice, "c5-inhibitor") == ("possible", "1", 1)
    assert advice.option("car-t-bcma").tier == "2"
    assert (advice.option("car-t-bcma").rank or 0) > 1


@pytest.mark.parametrize("decision", ["deferred", "declined"])
def test_a_drug_put_off_or_refused_leaves_its_class_open(decision: str) -> None:
    rows = [{"drug": drug, "decision": decision} for drug in ("eculizumab", "ravulizumab")]
    advice = advice_on(
        "b",
        treatments=without_drug("eculizumab"),
        drug_decisions={"complete_since": "2017-01", "rows": rows},
    )
    assert advice.standard_care.state == "not-exhausted"
    assert advice.option("c5-inhibitor").tier == "1"
    assert advice.option("ahsct").status == "excluded"


def test_access_not_known_leaves_the_class_in_tier_1() -> None:
    data = an_example("b")
    for drug in ("eculizumab", "ravulizumab"):
        del data["setting"]["access"][drug]
    data["patient"]["treatments"] = without_drug("eculizumab")
    advice = advised(the_case(data))
    assert advice.option("c5-inhibitor").tier == "1"
    assert advice.option("c5-inhibitor").status == "unconfirmed"
    assert advice.outcome == "conditional"
    assert "No missing fact" not in advice.sentence


# Access closes a class, never clinically.


def no_c5() -> dict[str, Any]:
    return {
        "treatments": without_drug("eculizumab"),
        "setting": {"access": {"eculizumab": "refused", "ravulizumab": "not-licensed"}},
    }


def test_a_class_nobody_can_have_is_limited_access_and_not_exhaustion() -> None:
    advice = advice_on("b", **no_c5())
    assert advice.standard_care.state == "access-limited"
    assert advice.option("c5-inhibitor").why == "not-accessible"


def test_limited_access_leaves_transplant_unconfirmed() -> None:
    for asked in ({}, {"trial_places": places()}):
        assert advice_on("b", **no_c5(), **asked).option("ahsct").status == "unconfirmed"


# Tier 1b: an antibody of a closed class that was never tried.


def test_inebilizumab_never_tried_stands_between_open_classes_and_cells() -> None:
    advice = advice_on("b", setting={"access": {"inebilizumab": "available"}})
    assert row_of(advice, "anti-cd19-antibody") == ("possible", "1b", 1)
    assert row_of(advice, "ahsct") == ("possible", "2", 2)
    assert advice.outcome == "decided"
    assert advice.option("anti-cd19-antibody").first_rank_share is None


def test_a_region_not_known_leaves_it_open_whether_the_antibody_is_licensed() -> None:
    available = {"access": {"inebilizumab": "available"}}
    advice = advice_on("b", setting=available, without=("region",))
    assert advice.outcome == "conditional"
    assert {PRESENT, "ahsct"} <= set(advice.robustness.completions.can_be_first)
    assert advice.questions[0].field == "region"
    elsewhere = advice_on("b", setting=available | {"region": "other"})
    assert elsewhere.option("anti-cd19-antibody").tier is None
    assert elsewhere.option(PRESENT).rank == 1


def test_an_antibody_of_a_class_that_may_be_closed_does_not_decide() -> None:
    # Rituximab untried; inebilizumab taken, and whether it failed is not known.
    treatments = without_drug("rituximab")
    ine = {"drug": "inebilizumab", "start": "2019-01-10", "stop": "2021-11-01", "reason": "attack"}
    rows = [*treatments["rows"], ine]
    advice = advice_on("b", treatments=treatments | {"rows": rows})
    assert advice.option("anti-cd20-antibody").tier == "1"
    assert advice.outcome == "conditional"
    assert "No missing fact" not in advice.sentence


# Tier 2.


def test_a_valid_trial_place_makes_car_t_possible_and_ranked() -> None:
    advice = advice_on("b", trial_places=places(a_place()))
    found = advice.option("car-t-bcma")
    assert (found.status, found.tier) == ("possible", "2")
    assert found.rank is not None
    assert found.first_rank_share is not None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"who_pays": "patient"}, "excluded"),
        ({"criterion_fails": True}, "excluded"),
        ({"registry_number": "NCT00000000"}, "excluded"),
        ({"registry_number": "NCT02249676"}, "excluded"),  # a trial of stromal cells
        ({"who_pays": "insurer"}, "possible"),
    ],
)
def test_a_place_is_judged_by_every_condition_of_an_authorised_setting(
    change: dict[str, Any], status: str
) -> None:
    advice = advice_on("b", trial_places=places(a_place(**change)))
    assert advice.option("car-t-bcma").status == status


@pytest.mark.parametrize(
    "part", ["registry_number", "ethics_number", "who_pays", "criterion_fails"]
)
def test_a_place_with_a_condition_not_known_leaves_car_t_unconfirmed(part: str) -> None:
    place = a_place()
    del place[part]
    advice = advice_on("b", trial_places=places(place))
    assert advice.option("car-t-bcma").status == "unconfirmed"
    assert advice.option("car-t-bcma").rank is None


def test_a_place_the_patient_pays_for_raises_an_alert_although_it_has_a_number() -> None:
    advice = advice_on("b", trial_places=places(a_place(who_pays="patient")))
    assert any("asked to pay" in alert for alert in advice.alerts)


def test_no_place_after_asking_bars_every_trial_product() -> None:
    advice = advice_on("b", trial_places=places())
    for each in ("car-t-bcma", "bm-msc", "huc-msc", "tol-dc", "allo-hsct"):
        assert advice.option(each).status == "excluded"
        assert advice.option(each).why == "until"
    assert advice.option("ahsct").status == "possible"
    assert advice.outcome == "decided"


def test_an_open_trial_is_not_a_place() -> None:
    advice = advice_on("b", setting={"open_trials": ["NCT04561557"]})
    assert advice.option("car-t-bcma").status == "unconfirmed"


def test_a_declined_therapy_is_shown_and_not_ranked() -> None:
    declined = {"rows": [{"therapy": "ahsct", "date": "2026-11-01"}]}
    advice = advice_on("b", declined_therapies=declined)
    found = advice.option("ahsct")
    assert (found.status, found.declined, found.rank, found.tier) == ("possible", True, None, None)
    assert found.unranked_reason
    assert found.first_rank_share is None
    assert "ahsct" not in advice.robustness.completions.can_be_first
    assert advice.option(PRESENT).rank == 1


def test_unconfirmed_options_have_no_rank_and_no_share() -> None:
    advice = advice_on("b")
    for each in ("car-t-bcma", "bm-msc"):
        found = advice.option(each)
        assert (found.status, found.tier, found.rank) == ("unconfirmed", "2", None)
        assert found.first_rank_share is None


def test_activity_below_the_trials_rule_is_a_caution_on_every_cellular_option() -> None:
    attacks = an_example("b")["patient"]["attacks"]
    fewer = attacks | {"rows": attacks["rows"][:-1]}
    advice = advice_on("b", attacks=fewer, trial_places=places(a_place()))
    assert advice.indication.high_activity is Truth.FALSE
    for each in ("ahsct", "car-t-bcma"):
        assert any(f.rule == "general.not-high-activity" for f in advice.option(each).cautions)


def test_a_caution_about_benefit_merges_after_the_arithmetic() -> None:
    attacks = an_example("b")["patient"]["attacks"]
    fewer = attacks | {"rows": attacks["rows"][:-1]}
    place = {"trial_places": places(a_place())}
    # With an attack fewer the list of the trial fails, which is not the question here.
    knowledge = without_lists(the_knowledge())
    usual = advised(a_changed("b", **place), knowledge)
    doubted = advised(a_changed("b", attacks=fewer, **place), knowledge)
    for each in (*RANKABLE[:2], PRESENT):
        assert doubted.option(each).first_rank_share == usual.option(each).first_rank_share
    # AHSCT is followed by CAR-T in the order; its doubt takes CAR-T into its group.
    assert doubted.option("ahsct").tie_group == doubted.option("car-t-bcma").tie_group
    assert usual.option("ahsct").tie_group != usual.option("car-t-bcma").tie_group


def test_the_threshold_is_always_told_where_cells_compete() -> None:
    for extra in ({}, {"trial_places": places()}, {"trial_places": places(a_place())}):
        assert "hazard without cells" in advice_on("b", **extra).robustness.threshold
    assert advice_on("k").robustness.threshold == ""


# What a scope rule says of standard care holds whichever rule stops the ladder.


def test_exhausted_treatment_is_not_settled_in_a_child_with_an_attack() -> None:
    attack = {"attack_in_progress": {"value": True, "date": "2026-11-10"}}
    child = {"birth_date": "2010-06-01"}
    adult = advice_on("b", **attack)
    assert adult.standard_care.state == "exhausted"
    young = advice_on("b", **attack, **child)
    assert "scope.attack-in-progress" in young.scope.rules
    assert "scope.under-18" in young.scope.rules
    assert young.standard_care.state == "unknown"
