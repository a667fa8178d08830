"""What becomes of a drug and of its class, condition by condition."""

from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.class_state import class_state, own_state
from nmosd_cds.calculators.derived import Derived
from nmosd_cds.calculators.drug_state import drug_state
from nmosd_cds.calculators.failed_drugs import (
    failure_unproven,
    one_biologic_failed,
    one_immunosuppressant_over_1_year,
    weak_failures,
)
from nmosd_cds.calculators.standard_care import standard_care, standard_care_details
from nmosd_cds.logic.fact import Choices

ATTACK = {"onset": "2024-10-10", "confirmed": True, "infection_excluded": True}
# Week 12 after the start is 2024-07-18: 84 days.
COURSE = {
    "drug": "rituximab", "start": "2024-04-25", "stop": "2025-01-31", "reason": "attack",
    "adherent": True, "dose_adequate": True, "cd19_depleted": True,
}  # fmt: skip
OPEN = "untried inadequate deferred declined"
REASONS = "contraindicated declined deferred inadequate intolerant"


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: answer for name, answer in row.items() if name not in names}


def case(
    *courses: dict[str, Any],
    attacks: tuple[dict[str, Any], ...] = (ATTACK,),
    attacks_since: str | None = "2020",
    since: str | None = "2019",
    decisions: tuple[dict[str, Any], ...] = (),
    decisions_since: str | None = "2019",
    access: str | dict[str, str] = "available",
    option: str | None = None,
    onset: str | None = "2020-05",
) -> Any:
    drugs = (
        "eculizumab",
        "ravulizumab",
        "inebilizumab",
        "rituximab",
        "satralizumab",
        "tocilizumab",
    )
    facts: dict[str, Any] = {"disease_onset": onset} if onset else {}
    for name, rows, known_from in (
        ("attacks", attacks, attacks_since),
        ("treatments", courses, since),
        ("drug_decisions", decisions, decisions_since),
    ):
        facts[name] = {"rows": list(rows)} | ({"complete_since": known_from} if known_from else {})
    return what_is_known(
        option=option,
        aqp4_igg={"value": "positive", "assay": "cell-based"},
        setting={"access": dict.fromkeys(drugs, access) if isinstance(access, str) else access},
        **facts,
    )


def words(derived: Derived) -> str:
    assert isinstance(derived.possible, Choices)
    return " ".join(sorted(derived.possible.possible))


def rituximab(*courses: dict[str, Any], **more: Any) -> str:
    return words(drug_state(case(*courses, **more), "rituximab"))


def test_a_confirmed_attack_on_an_adequate_trial_is_a_failure() -> None:
    assert rituximab(COURSE) == "failed"


@pytest.mark.parametrize("blank", ["adherent", "dose_adequate", "cd19_depleted"])
def test_a_condition_left_blank_leaves_failure_open(blank: str) -> None:
    assert rituximab(without(COURSE, blank)) == "failed inadequate"
    assert rituximab(COURSE | {blank: False}) == "inadequate"


@pytest.mark.parametrize("blank", ["confirmed", "infection_excluded"])
def test_an_attack_not_confirmed_or_with_infection_is_no_failure(blank: str) -> None:
    assert rituximab(COURSE, attacks=(without(ATTACK, blank),)) == "failed inadequate"
    assert rituximab(COURSE, attacks=(ATTACK | {blank: False},)) == "inadequate"


@pytest.mark.parametrize(
    ("onset", "expected"),
    [
        ("2024-07-18", "failed"),
        ("2024-07-17", "inadequate"),
        ("2024-07", "failed inadequate"),
        ("2025-01-31", "failed"),
        ("2025-02-01", "inadequate"),
        ("2025", "failed inadequate"),
    ],
)
def test_the_attack_must_lie_between_the_adequate_date_and_the_end(
    onset: str, expected: str
) -> None:
    assert rituximab(COURSE, attacks=(ATTACK | {"onset": onset},)) == expected


def test_a_drug_still_taken_ends_today_and_one_that_may_be_leaves_it_open() -> None:
    attack = ATTACK | {"onset": "2026-10-10"}
    ongoing = without(COURSE, "stop") | {"ongoing": True}
    assert rituximab(ongoing, attacks=(attack,)) == "failed"
    assert rituximab(without(COURSE, "stop"), attacks=(attack,)) == "failed inadequate"


def test_an_attestation_stands_in_for_a_proof_that_is_not_known() -> None:
    attested = without(COURSE, "cd19_depleted") | {"attested_by": "Dr Example"}
    assert rituximab(attested) == "failed"
    assert rituximab(attested | {"cd19_depleted": False}) == "inadequate"


def test_an_il6_receptor_drug_needs_no_proof_of_exposure() -> None:
    known = case(without(COURSE, "cd19_depleted") | {"drug": "satralizumab"})
    assert words(drug_state(known, "satralizumab")) == "failed"


def test_an_incomplete_attack_list_may_hide_the_relapse() -> None:
    assert rituximab(COURSE, attacks=(), attacks_since="2024-07-18") == "inadequate"
    assert rituximab(COURSE, attacks=(), attacks_since="2024-07-20") == "failed inadequate"
    none_on_it = COURSE | {"attacks_on_it": 0}
    assert rituximab(none_on_it, attacks=(), attacks_since=None) == "inadequate"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("intolerance", "intolerant"),
        ("contraindication", "contraindicated"),
        ("pregnancy", "deferred"),
        ("infection", "deferred"),
        ("low-igg", "deferred"),
        ("choice", "declined"),
        ("access", "inadequate"),
        ("other", "inadequate"),
        (None, REASONS),
    ],
)
def test_the_reason_to_stop_gives_the_state(reason: str | None, expected: str) -> None:
    course = without(COURSE, "reason") | ({"reason": reason} if reason else {})
    assert rituximab(course, attacks=()) == expected
    assert rituximab(course) == "failed"


def test_a_failed_drug_never_reopens() -> None:
    later = COURSE | {"start": "2025-06", "stop": "2025-09", "reason": "choice"}
    assert rituximab(COURSE, later, access="refused") == "failed"


def test_a_drug_not_listed_is_untried_only_with_complete_lists() -> None:
    assert rituximab() == "untried"
    assert rituximab(since="2020-04") == "untried"
    everything = "contraindicated declined deferred failed inadequate intolerant untried"
    assert rituximab(since="2020-05") == everything
    assert rituximab(since=None) == everything
    assert rituximab(onset=None) == everything
    assert rituximab(decisions_since=None) == "contraindicated declined deferred untried"
    assert rituximab({"start": "2022"}) == everything


def test_what_is_missing_of_a_drug_not_listed() -> None:
    known = case(since=None, onset=None)
    assert drug_state(known, "rituximab").missing == ("treatments", "disease_onset")
    known = case(decisions_since=None, access={})
    assert drug_state(known, "rituximab").missing == ("drug_decisions", "access_rituximab")


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        ("available", "untried"),
        ("named-patient-possible", "untried"),
        ("not-licensed", "not-accessible"),
        ("licensed-not-funded", "not-accessible"),
        ("refused", "not-accessible"),
        (None, "not-accessible untried"),
    ],
)
def test_access_of_an_untried_drug(access: str | None, expected: str) -> None:
    assert rituximab(access={"rituximab": access} if access else {}) == expected


@pytest.mark.parametrize(
    ("decision", "reason", "expected"),
    [
        ("contraindicated", "allergy", "contraindicated"),
        ("contraindicated", "permanent-other", "contraindicated"),
        ("contraindicated", "active-hepatitis-b", "deferred"),
        ("contraindicated", "untreated-tuberculosis", "deferred"),
        ("contraindicated", "vaccine-pending", "deferred"),
        ("contraindicated", None, "contraindicated deferred"),
        ("deferred", "allergy", "deferred"),
        ("declined", None, "declined"),
        (None, "allergy", "contraindicated declined deferred"),
    ],
)
def test_a_decision_gives_the_state(
    decision: str | None, reason: str | None, expected: str
) -> None:
    row = {"drug": "rituximab", "decision": decision, "reason": reason}
    given = {name: value for name, value in row.items() if value is not None}
    assert rituximab(decisions=(given,)) == expected


def il6r(*courses: dict[str, Any], **more: Any) -> str:
    return words(class_state(case(*courses, **more), "il6r"))


INTOLERANCE = COURSE | {"drug": "satralizumab", "reason": "intolerance", "adherent": False}


def test_an_intolerance_closes_the_class_only_if_it_holds_for_it() -> None:
    assert il6r(INTOLERANCE | {"holds_for_class": True}) == "intolerant"
    assert il6r(INTOLERANCE | {"holds_for_class": False}) == "untried"
    assert il6r(INTOLERANCE) == "intolerant untried"


def test_an_intolerance_closes_the_class_if_no_other_member_can_be_had() -> None:
    course = INTOLERANCE | {"holds_for_class": False}
    access = {"satralizumab": "available", "tocilizumab": "refused"}
    assert il6r(course, access=access) == "intolerant"
    assert il6r(access="not-licensed") == "not-accessible"
    assert il6r(access={"tocilizumab": "available"}) == "untried"


def test_an_open_class_shows_its_most_advanced_open_member() -> None:
    declined = {"drug": "tocilizumab", "decision": "declined"}
    deferred = {"drug": "satralizumab", "decision": "deferred"}
    assert il6r(decisions=(declined,)) == "declined"
    assert il6r(decisions=(declined, deferred)) == "deferred"
    inadequate = COURSE | {"drug": "tocilizumab", "adherent": False}
    assert il6r(inadequate, decisions=(deferred,)) == "inadequate"


def test_the_state_of_an_option_is_that_of_its_own_drugs() -> None:
    anti_cd19 = case(COURSE, access={"inebilizumab": "refused"}, option="anti-cd19-antibody")
    assert words(own_state(anti_cd19)) == "not-accessible"
    assert words(own_state(case(COURSE, option="anti-cd20-antibody"))) == "failed"
    assert words(own_state(case(COURSE, option="anti-cd19-antibody"))) == "untried"
    class_wide = COURSE | {"reason": "contraindication", "holds_for_class": True, "adherent": False}
    assert words(own_state(case(class_wide, option="anti-cd19-antibody"))) == "contraindicated"


def test_one_available_drug_of_an_open_class_settles_not_exhausted() -> None:
    failed = [
        COURSE | {"drug": drug, "complement_blocked": True} for drug in ("rituximab", "eculizumab")
    ]
    assert words(standard_care(case(*failed, access={}))) == "access-limited not-exhausted"
    assert (
        words(standard_care(case(*failed, access={"tocilizumab": "available"}))) == "not-exhausted"
    )
    refused = {"satralizumab": "refused", "tocilizumab": "refused"}
    assert words(standard_care(case(*failed, access=refused))) == "access-limited"


def test_details_name_the_drug_the_date_and_the_doubt() -> None:
    attested = without(COURSE, "cd19_depleted") | {"attested_by": "Dr Example"}
    c5, b_cell, _ = standard_care_details(case(attested))
    assert (b_cell.id, b_cell.state, b_cell.drug) == ("b-cell", "failed", "rituximab")
    assert str(b_cell.date) == "2024-10-10"
    assert b_cell.unproven
    assert (c5.state, c5.drug, c5.date) == ("untried", "eculizumab", None)
    course = b_cell.drugs[1].courses[0]
    assert (str(course.start), course.reason, course.by) == ("2024-04-25", "attack", "Dr Example")
    unknown = standard_care_details(case(since=None))[0]
    assert (unknown.state, unknown.drug) == ("unknown", None)


@pytest.mark.parametrize(
    ("course", "attack", "expected"),
    [
        ({}, {"severity": "mild"}, "true"),
        ({}, {"severity": "severe"}, "false"),
        ({}, {}, "false true"),
        (
            {"start": "2020-06", "stop": "2022"},
            {"onset": "2021-11-21", "severity": "severe"},
            "true",
        ),
        (
            {"start": "2020-06", "stop": "2022"},
            {"onset": "2021-11-22", "severity": "severe"},
            "false",
        ),
        ({"adherent": False}, {"severity": "mild"}, "false"),
    ],
)
def test_weak_failures(course: dict[str, Any], attack: dict[str, Any], expected: str) -> None:
    assert words(weak_failures(case(COURSE | course, attacks=(ATTACK | attack,)))) == expected


def test_an_incomplete_drug_list_may_hide_a_strong_failure() -> None:
    mild = ATTACK | {"severity": "mild"}
    assert words(weak_failures(case(COURSE, attacks=(mild,), since=None))) == "false true"
    severe = ATTACK | {"severity": "severe"}
    assert words(weak_failures(case(COURSE, attacks=(severe,), since=None))) == "false"


def test_an_attested_failure_is_asked_about_and_a_proven_one_is_not() -> None:
    attested = without(COURSE, "cd19_depleted") | {"attested_by": "Dr Example"}
    assert words(failure_unproven(case(attested))) == "false true"
    assert words(failure_unproven(case(COURSE))) == "false"


def test_one_biologic_failed() -> None:
    assert words(one_biologic_failed(case(COURSE, since=None))) == "true"
    assert words(one_biologic_failed(case(COURSE | {"drug": "azathioprine"}))) == "false"
    assert words(one_biologic_failed(case(since=None))) == "false true"
    assert words(one_biologic_failed(case(without(COURSE, "adherent")))) == "false true"


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ({"start": "2023-10-10", "stop": "2024-10-11"}, "true"),
        ({"start": "2023-10-11", "stop": "2024-10-11"}, "false"),
        ({"start": "2023-10", "stop": "2024-10-11"}, "false true"),
        ({"start": "2021", "stop": "2024-10-09"}, "false"),
        ({"start": "2020", "stop": "2024-10-09", "attacks_on_it": 1}, "true"),
        ({"drug": "prednisolone", "start": "2020", "stop": "2025"}, "false"),
        ({"drug": "natalizumab", "start": "2020", "stop": "2025"}, "false"),
        ({"drug": "interferon-beta", "start": "2020", "stop": "2025"}, "false"),
    ],
)
def test_an_immunosuppressant_over_a_year(course: dict[str, Any], expected: str) -> None:
    known = case(COURSE | {"drug": "azathioprine"} | course)
    assert words(one_immunosuppressant_over_1_year(known)) == expected


# The worked examples of the gate; a reason that passes and a wish close nothing.


def failing(*drugs: str) -> list[dict[str, Any]]:
    return [COURSE | {"drug": drug, "complement_blocked": True} for drug in drugs]


@pytest.mark.parametrize(
    ("courses", "more", "expected"),
    [
        (failing("azathioprine", "mycophenolate"), {}, "not-exhausted"),
        (failing("rituximab"), {}, "not-exhausted"),
        (
            [
                *failing("rituximab", "eculizumab"),
                COURSE | {"drug": "satralizumab", "reason": "intolerance", "holds_for_class": True,
                          "adherent": False},
            ],
            {},
            "exhausted",
        ),
        (
            failing("inebilizumab", "satralizumab"),
            {"access": {"eculizumab": "refused", "ravulizumab": "not-licensed"}},
            "access-limited",
        ),
        (
            [
                *failing("satralizumab", "eculizumab"),
                COURSE | {"start": "2024-10-01", "reason": "other"},
            ],
            {},
            "not-exhausted",
        ),
    ],
)  # fmt: skip
def test_the_worked_examples_of_the_gate(
    courses: list[dict[str, Any]], more: dict[str, Any], expected: str
) -> None:
    assert words(standard_care(case(*courses, **more))) == expected


@pytest.mark.parametrize(
    "reason",
    ["active-hepatitis-b", "untreated-tuberculosis", "vaccine-pending", "infection", "pregnancy",
     "low-igg"],
)  # fmt: skip
def test_a_reason_that_passes_leaves_the_class_open(reason: str) -> None:
    decision = {"drug": "eculizumab", "decision": "contraindicated", "reason": reason,
                "holds_for_class": True}  # fmt: skip
    known = case(*failing("rituximab", "satralizumab"), decisions=(decision,))
    assert words(class_state(known, "c5")) == "deferred"
    assert words(standard_care(known)) == "not-exhausted"


def test_what_the_person_declines_stays_open() -> None:
    declined = tuple(
        {"drug": drug, "decision": "declined"} for drug in ("eculizumab", "ravulizumab")
    )
    known = case(*failing("rituximab", "satralizumab"), decisions=declined)
    assert words(standard_care(known)) == "not-exhausted"


def test_an_off_label_drug_that_can_be_had_keeps_its_class_open() -> None:
    access = {"satralizumab": "not-licensed", "tocilizumab": "available"}
    known = case(*failing("rituximab", "eculizumab"), access=access)
    assert words(standard_care(known)) == "not-exhausted"


def test_a_drug_list_that_may_miss_a_drug_leaves_the_state_open() -> None:
    known = case(*failing("rituximab"), since="2024-01")
    assert words(standard_care(known)) == "exhausted not-exhausted"
