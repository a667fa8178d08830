"""The answers a panel would defend for the twelve fictional patients.

Written from the panel's text before the code; nothing here is copied from the program's output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

Json = dict[str, Any]
JsonOf = Callable[[str], Json]

ALL = "abcdefghijkl"
CELLULAR = ("ahsct", "allo-hsct", "car-t-bcma", "bm-msc", "huc-msc", "tol-dc")
APPROVED = ("c5-inhibitor", "anti-cd19-antibody", "anti-cd20-antibody", "il6r-inhibitor")
NO_EVIDENCE = (
    "car-t-cd19 car-t-cd19-bcma car-t-cd19-cd20 car-t-baffr car-t-allogeneic car-t-in-vivo "
    "mrna-car-t car-nk caar-t treg ad-msc placenta-msc msc-np msc-exosome bm-mnc oec"
).split()
TRIAL_ONLY = ("car-t-bcma", "bm-msc", "huc-msc", "tol-dc", "allo-hsct")


def option(answer: Json, identifier: str) -> Json:
    return next(each for each in answer["options"] if each["id"] == identifier)


def statuses(answer: Json, *identifiers: str) -> set[str]:
    return {option(answer, each)["status"] for each in identifiers}


def asked(answer: Json) -> list[str]:
    return [question["field"] for question in answer["next_questions"]]


def true_findings(answer: Json, identifier: str) -> str:
    findings = option(answer, identifier)["findings"]
    return " ".join(f["text"] for f in findings if f["truth"] == "true")


def everything_said(answer: Json) -> str:
    return json.dumps(answer, ensure_ascii=False)


# Common to all


@pytest.mark.parametrize("name", ALL)
def test_no_option_without_evidence_is_possible(name: str, json_of: JsonOf) -> None:
    assert statuses(json_of(name), *NO_EVIDENCE) <= {"no-evidence", "excluded"}


@pytest.mark.parametrize("name", ALL)
def test_no_cell_product_is_possible_outside_an_authorised_setting(
    name: str, json_of: JsonOf
) -> None:
    assert "possible" not in statuses(json_of(name), *TRIAL_ONLY)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("never", ["allo-hsct", "tol-dc", "huc-msc"])
def test_options_without_a_relapse_rate_are_never_ranked(
    name: str, never: str, json_of: JsonOf
) -> None:
    assert option(json_of(name), never)["rank"] is None


@pytest.mark.parametrize("name", ALL)
def test_nothing_orders(name: str, json_of: JsonOf) -> None:
    answer = json_of(name)
    said = [answer["headline"], answer["sentence"], *answer["alerts"]]
    for each in answer["options"]:
        said += [finding["text"] for finding in each["findings"]]
        said += [argument["text"] for argument in each["arguments"]]
        said += [line["text"] for line in each["plan"]]
    assert not [text for text in said if re.search(r"\b([Gg]ive|[Ss]tart|[Rr]ecommended)\b", text)]


@pytest.mark.parametrize("name", ALL)
def test_what_is_not_possible_has_no_rank_and_no_share(name: str, json_of: JsonOf) -> None:
    for each in json_of(name)["options"]:
        if each["status"] != "possible":
            ranked = (
                each["rank"],
                each["tie_group"],
                each["first_rank_share"],
                each["rank_acceptability"],
            )
            assert ranked == (None, None, None, None), each["id"]


@pytest.mark.parametrize("name", ALL)
def test_an_excluded_option_says_why(name: str, json_of: JsonOf) -> None:
    for each in json_of(name)["options"]:
        if each["status"] == "excluded":
            assert each["why"] is not None, each["id"]
            assert any(finding["blocks"] == "true" for finding in each["findings"]), each["id"]


@pytest.mark.parametrize("name", "abci")
def test_the_chinese_rule_stands_beside_ours(name: str, json_of: JsonOf) -> None:
    cited = {
        cite for line in json_of(name)["standard_care"]["definitions"] for cite in line["cites"]
    }
    assert "cn-cart-nad-consensus-2025" in cited


# a. Two attacks this year on azathioprine, no approved antibody tried


def test_a_is_not_exhausted_and_every_class_is_untried(json_of: JsonOf) -> None:
    care = json_of("a")["standard_care"]
    assert care["state"] == "not-exhausted"
    assert {state["state"] for state in care["classes"].values()} == {"untried"}


def test_a_is_decided(json_of: JsonOf) -> None:
    assert json_of("a")["outcome"] == "decided"


def test_a_puts_the_approved_classes_first_as_one_tie_group(json_of: JsonOf) -> None:
    answer = json_of("a")
    assert {option(answer, each)["tier"] for each in APPROVED} == {"1"}
    assert option(answer, "c5-inhibitor")["status"] == "possible"
    assert option(answer, "c5-inhibitor")["rank"] == 1
    assert statuses(answer, *APPROVED[1:]) == {"unconfirmed"}


def test_a_keeps_the_places_of_unconfirmed_approved_classes(json_of: JsonOf) -> None:
    present = option(json_of("a"), "no-cellular-therapy")
    assert (present["status"], present["tier"], present["rank"]) == ("possible", "2", 5)


def test_a_bars_transplants_as_not_yet(json_of: JsonOf) -> None:
    answer = json_of("a")
    for each in ("ahsct", "allo-hsct"):
        assert (option(answer, each)["status"], option(answer, each)["why"]) == (
            "excluded",
            "not-yet",
        )


def test_a_leaves_trial_products_unconfirmed(json_of: JsonOf) -> None:
    answer = json_of("a")
    assert statuses(answer, "car-t-bcma", "bm-msc", "huc-msc", "tol-dc") == {"unconfirmed"}
    assert statuses(answer, *NO_EVIDENCE) == {"no-evidence"}


def test_a_meets_the_entry_rule_of_the_trials_but_not_the_chinese_rule(json_of: JsonOf) -> None:
    met = json_of("a")["standard_care"]["definitions_met"]
    definitions = json_of("a")["standard_care"]["definitions"]
    chinese = next(d for d in definitions if "cn-cart-nad-consensus-2025" in d["cites"])
    assert chinese["met"] == "false"
    trials = next(
        d for d in definitions if "nct05828212" in d["cites"] or "nct06561009" in d["cites"]
    )
    assert trials["id"] in met


def test_a_never_puts_a_cellular_option_above_a_reference(json_of: JsonOf) -> None:
    assert all(option(json_of("a"), each)["rank"] is None for each in CELLULAR)


def test_a_asks_for_hepatitis_and_tuberculosis_first(json_of: JsonOf) -> None:
    fields = asked(json_of("a"))
    assert set(fields[:3]) == {"hbsag", "anti_hbc", "tuberculosis"}
    assert {"meningococcal_vaccine", "igg"} <= set(fields)
    assert {"pregnant", "fertility_wish"} & set(fields)


def test_a_orders_no_antibody_above_another(json_of: JsonOf) -> None:
    answer = json_of("a")
    assert all(option(answer, each)["first_rank_share"] is None for each in APPROVED)


# b. Three classes failed


def test_b_is_exhausted_by_three_failures(json_of: JsonOf) -> None:
    care = json_of("b")["standard_care"]
    assert care["state"] == "exhausted"
    assert {state["state"] for state in care["classes"].values()} == {"failed"}


def test_b_statuses(json_of: JsonOf) -> None:
    answer = json_of("b")
    assert statuses(answer, "ahsct", "no-cellular-therapy") == {"possible"}
    assert statuses(answer, *TRIAL_ONLY) == {"unconfirmed"}
    assert statuses(answer, *NO_EVIDENCE) == {"no-evidence"}
    for each in ("c5-inhibitor", "anti-cd20-antibody", "il6r-inhibitor"):
        assert (option(answer, each)["status"], option(answer, each)["why"]) == (
            "excluded",
            "failed",
        )
    assert option(answer, "anti-cd19-antibody")["why"] == "not-accessible"


def test_b_is_conditional_on_the_trial_place(json_of: JsonOf) -> None:
    answer = json_of("b")
    assert answer["outcome"] == "conditional"
    assert asked(answer)[0] == "trial_places"
    assert {"fertility_wish", "c5_variant"} <= set(asked(answer))


def test_b_ties_ahsct_with_continuing(json_of: JsonOf) -> None:
    answer = json_of("b")
    ahsct, present = option(answer, "ahsct"), option(answer, "no-cellular-therapy")
    assert ahsct["tie_group"] == present["tie_group"]
    assert present["name"] == "Continue eculizumab"


def test_b_says_that_certainty_is_very_low_and_names_a_set(json_of: JsonOf) -> None:
    answer = json_of("b")
    assert "very low" in answer["sentence"]
    assert "AHSCT" in answer["sentence"]
    assert "eculizumab" in answer["sentence"]
    assert "%" not in answer["headline"] + answer["sentence"]


def test_b_shows_both_evidence_sets_and_the_deaths(json_of: JsonOf) -> None:
    ahsct = option(json_of("b"), "ahsct")
    said = json.dumps(ahsct["arguments"])
    assert "11 of 16" in said
    assert "3 of 16" in said
    assert ahsct["deaths"]["all_causes"] == "3 of 32"
    assert ahsct["deaths"]["treatment_related"] == "0 of 32"
    assert "vorasoot-2024" in said


def test_b_cautions_for_g_csf_and_a_recent_biologic(json_of: JsonOf) -> None:
    cautions = true_findings(json_of("b"), "ahsct")
    assert "G-CSF" in cautions
    assert "6 months" in cautions


def test_b_asks_for_a_bridge_and_revaccination(json_of: JsonOf) -> None:
    plan = json.dumps(option(json_of("b"), "ahsct")["plan"])
    assert "4 of 6" in plan
    assert "14 of 17" in plan
    assert "accin" in plan


# c. As b with active lupus


def test_c_bars_ahsct_and_cites_the_death(json_of: JsonOf) -> None:
    answer = json_of("c")
    ahsct = option(answer, "ahsct")
    assert ahsct["status"] == "excluded"
    barring = [f for f in ahsct["findings"] if f["blocks"] == "true"]
    assert any("burt-2019" in f["cites"] and "1 of 13" in f["text"] for f in barring)
    assert any("complication of active lupus" in f["text"] for f in barring)


def test_c_bars_allogeneic_transplant_too(json_of: JsonOf) -> None:
    allo = option(json_of("c"), "allo-hsct")
    assert allo["status"] == "excluded"
    assert any(f["basis"] == "project" for f in allo["findings"] if f["blocks"] == "true")


def test_c_leaves_the_trial_products_open_and_continuing_alone(json_of: JsonOf) -> None:
    answer = json_of("c")
    assert answer["standard_care"]["state"] == "exhausted"
    assert statuses(answer, "car-t-bcma", "bm-msc", "huc-msc", "tol-dc") == {"unconfirmed"}
    assert option(answer, "no-cellular-therapy")["rank"] == 1
    assert answer["outcome"] == "conditional"


def test_c_keeps_ahsct_out_of_every_completion(json_of: JsonOf) -> None:
    completions = json_of("c")["robustness"]["completions"]
    assert "ahsct" not in completions["can_be_first"] + completions["cannot_tell"]


def test_c_says_what_would_have_to_change(json_of: JsonOf) -> None:
    assert "inactive" in option(json_of("c"), "ahsct")["until"]


def test_c_asks_for_antiphospholipid_antibodies(json_of: JsonOf) -> None:
    assert {"trial_places", "antiphospholipid"} <= set(asked(json_of("c")))


# d. Double seronegative


def test_d_is_not_rankable_and_standard_care_does_not_apply(json_of: JsonOf) -> None:
    answer = json_of("d")
    assert answer["outcome"] == "not-rankable"
    assert answer["standard_care"]["state"] == "not-applicable"
    assert answer["scope"]["serostatus"] == "aqp4-negative"
    assert answer["scope"]["diagnosis"] == "met"


def test_d_has_no_evidence_for_any_cellular_option(json_of: JsonOf) -> None:
    assert statuses(json_of("d"), *CELLULAR, *NO_EVIDENCE) == {"no-evidence"}


def test_d_shows_that_approved_drugs_are_not_approved_here(json_of: JsonOf) -> None:
    answer = json_of("d")
    assert option(answer, "c5-inhibitor")["status"] == "excluded"
    assert statuses(answer, "anti-cd19-antibody", "il6r-inhibitor") == {"unconfirmed"}
    assert option(answer, "anti-cd20-antibody")["why"] == "failed"
    satralizumab = json.dumps(option(answer, "il6r-inhibitor"))
    assert "0.66" in satralizumab
    assert "1.19" in satralizumab
    assert all(each["rank"] is None for each in answer["options"])


def test_d_asks_for_the_tests_that_could_change_the_diagnosis(json_of: JsonOf) -> None:
    said = everything_said(json_of("d"))
    assert "live" in said
    assert "sarcoid" in said


# e. MOG-IgG 1:320


def test_e_is_out_of_scope_and_nothing_is_listed_otherwise(json_of: JsonOf) -> None:
    answer = json_of("e")
    assert answer["outcome"] == "out-of-scope"
    assert answer["standard_care"]["state"] == "not-applicable"
    assert {each["status"] for each in answer["options"]} == {"no-evidence"}
    assert any(">= 1:100" in message or "1:100" in message for message in answer["alerts"])


# f. Pregnant


def test_f_bars_every_cell_product_until_delivery(json_of: JsonOf) -> None:
    answer = json_of("f")
    assert answer["outcome"] == "out-of-scope"
    for each in (*CELLULAR, *NO_EVIDENCE):
        assert option(answer, each)["status"] == "excluded", each
        assert option(answer, each)["why"] == "until", each
        assert "delivery" in option(answer, each)["until"].lower(), each


def test_f_leaves_approved_drugs_unranked(json_of: JsonOf) -> None:
    answer = json_of("f")
    assert statuses(answer, *APPROVED) == {"unconfirmed"}
    assert option(answer, "no-cellular-therapy")["status"] == "possible"
    assert all(each["rank"] is None for each in answer["options"])


def test_f_warns_of_teratogens_and_does_not_stop_prevention(json_of: JsonOf) -> None:
    answer = json_of("f")
    alerts = " ".join(answer["alerts"])
    assert "Do not stop prevention because of this page" in alerts
    assert "mycophenolate" in alerts.lower() or "unborn" in alerts
    assert "contraception" not in asked(answer)


# g. Optic neuritis twice, AQP4 not tested


def test_g_asks_for_aqp4_first(json_of: JsonOf) -> None:
    answer = json_of("g")
    assert answer["outcome"] == "not-rankable"
    fields = asked(answer)
    assert fields[:2] == ["aqp4_igg", "mog_igg"]
    assert any(field.startswith("mri_") for field in fields)
    assert "attacks" in fields
    assert "hbv_dna" not in fields


def test_g_leaves_everything_open(json_of: JsonOf) -> None:
    answer = json_of("g")
    assert answer["standard_care"]["state"] == "unknown"
    assert statuses(answer, *CELLULAR, *APPROVED) == {"unconfirmed"}
    assert statuses(answer, *NO_EVIDENCE) == {"no-evidence"}
    assert all(each["rank"] is None for each in answer["options"])


# h. 15 years old


def test_h_is_out_of_scope_with_the_paediatric_sentence(json_of: JsonOf) -> None:
    answer = json_of("h")
    assert answer["outcome"] == "out-of-scope"
    assert "paediatric" in answer["headline"].lower()
    assert statuses(answer, *CELLULAR) == {"excluded"}
    assert answer["standard_care"]["state"] == "unknown"
    assert "mog_igg" in asked(answer)


def test_h_notes_who_may_have_satralizumab(json_of: JsonOf) -> None:
    said = everything_said(json_of("h"))
    assert "12 years" in said
    assert all(each["rank"] is None for each in json_of("h")["options"])


# i. Plegic and blind, exhausted


def test_i_bars_ahsct_and_shows_the_contrary_reports(json_of: JsonOf) -> None:
    answer = json_of("i")
    assert answer["standard_care"]["state"] == "exhausted"
    barring = [f for f in option(answer, "ahsct")["findings"] if f["blocks"] == "true"]
    cited = {cite for finding in barring for cite in finding["cites"]}
    assert {"nct03829566", "nct00787722"} <= cited
    assert {"carlisle-2020", "bronina-2024-paediatric"} & cited
    assert option(answer, "allo-hsct")["status"] == "excluded"


def test_i_leaves_car_t_open_with_its_cautions(json_of: JsonOf) -> None:
    answer = json_of("i")
    assert statuses(answer, "car-t-bcma", "bm-msc", "huc-msc", "tol-dc") == {"unconfirmed"}
    cautions = true_findings(answer, "car-t-bcma")
    assert "ICANS" in cautions
    assert "clearance" in cautions
    assert option(answer, "no-cellular-therapy")["status"] == "possible"
    assert answer["outcome"] == "conditional"


def test_i_says_that_fixed_deficits_are_not_expected_to_recover(json_of: JsonOf) -> None:
    assert "not expected to recover" in everything_said(json_of("i"))


def test_i_asks_for_what_decides(json_of: JsonOf) -> None:
    fields = asked(json_of("i"))
    assert {"trial_places", "hbsag", "lvef", "respiratory_function"} <= set(fields)


# j. Anti-HBc positive, DNA not done


def test_j_cannot_call_transplant_or_car_t_possible(json_of: JsonOf) -> None:
    answer = json_of("j")
    assert answer["outcome"] == "conditional"
    assert answer["standard_care"]["state"] == "exhausted"
    assert statuses(answer, "ahsct", "car-t-bcma", "allo-hsct", "bm-msc", "huc-msc") == {
        "unconfirmed"
    }
    assert option(answer, "no-cellular-therapy")["status"] == "possible"


def test_j_asks_for_hbv_dna_alone_first_then_the_trial_place(json_of: JsonOf) -> None:
    fields = asked(json_of("j"))
    assert fields[0] == "hbv_dna"
    assert fields[1] == "trial_places"


def test_j_settles_ahsct_by_hbv_dna(json_of: JsonOf) -> None:
    answer = json_of("j")
    assert option(answer, "ahsct")["needs"] == ["hbv_dna"]
    question = answer["next_questions"][0]
    then = {each["answer"]: each["then"] for each in question["answers"]}
    assert "AHSCT" in then["detectable"]
    assert "excluded" in then["detectable"]
    assert "AHSCT possible" in then["undetectable"]


def test_j_stops_for_neither_clearance_nor_igg_nor_thrombosis(json_of: JsonOf) -> None:
    answer = json_of("j")
    for each in ("ahsct", "car-t-bcma", "bm-msc", "huc-msc"):
        assert not [f for f in option(answer, each)["findings"] if f["blocks"] == "true"], each
    assert "fludarabine" in true_findings(answer, "car-t-bcma").lower()
    assert "IgG" in true_findings(answer, "car-t-bcma")
    assert "clot" in true_findings(answer, "huc-msc").lower()


# k. Quiescent for four years on rituximab


def test_k_has_no_indication_and_offers_nothing(json_of: JsonOf) -> None:
    answer = json_of("k")
    assert answer["outcome"] == "decided"
    assert answer["indication"]["state"] == "quiescent"
    assert statuses(answer, *CELLULAR) == {"excluded"}
    assert {option(answer, each)["why"] for each in CELLULAR} == {"not-yet"}
    assert all(option(answer, each)["rank"] is None for each in APPROVED)
    present = option(answer, "no-cellular-therapy")
    assert (present["tier"], present["rank"], present["name"]) == ("0", 1, "Continue rituximab")
    assert "do not stop it" in answer["sentence"]


# l. Attack six days ago


def test_l_puts_acute_care_first_and_ranks_nothing(json_of: JsonOf) -> None:
    answer = json_of("l")
    assert answer["outcome"] == "out-of-scope"
    assert answer["indication"]["state"] == "attack-in-progress"
    assert answer["headline"].startswith("Acute treatment")
    assert "urgent" in answer["headline"]
    assert all(each["rank"] is None for each in answer["options"])
    assert "possible" not in statuses(answer, *CELLULAR, *NO_EVIDENCE)
