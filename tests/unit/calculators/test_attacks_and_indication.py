"""Counts in windows, an attack in progress, and whether there is an indication."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from definitions_builder import ON, what_is_known

from nmosd_cds.calculators.acute_attack import acute_attack, days_stable
from nmosd_cds.calculators.attack_counts import (
    annualised_relapse_rate,
    attacks_12_months,
    attacks_24_months,
    days_since_last_attack,
    high_activity,
)
from nmosd_cds.calculators.indication import indication
from nmosd_cds.calculators.treatment_history import present_treatment
from nmosd_cds.logic.fact import Choices, Interval, yes_no

YES, NO, EITHER = yes_no([True]), yes_no([False]), yes_no([True, False])


def attacks(*onsets: str | None, since: str | None = "2000", **more: Any) -> dict[str, Any]:
    rows = [({"onset": onset} if onset else {}) | more for onset in onsets]
    return {"rows": rows} | ({"complete_since": since} if since else {})


def drugs(*rows: dict[str, Any], since: str | None = "2000") -> dict[str, Any]:
    return {"rows": list(rows)} | ({"complete_since": since} if since else {})


def span(low: str, high: str | None) -> Interval:
    return Interval(Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (attacks("2025-12-24", "2026-06-14"), span("2", "2")),
        (attacks("2025-11-22"), span("1", "1")),
        (attacks("2025-11-21"), span("0", "0")),
        (attacks("2025-11"), span("0", "1")),
        (attacks("2026", "2026-06"), span("2", "2")),
        (attacks(None), span("0", "1")),
        (attacks("2026-06-14", since=None), span("1", None)),
        (attacks("2026-06-14", since="2025-11-22"), span("1", "1")),
        (attacks("2026-06-14", since="2025-11"), span("1", None)),
        (attacks("2026-06-14", since="2025"), span("1", None)),
        (attacks(), span("0", "0")),
    ],
)
def test_attacks_in_12_months(listed: dict[str, Any], expected: Interval) -> None:
    assert attacks_12_months(what_is_known(attacks=listed)).possible == expected


def test_a_count_without_a_list_is_any_number() -> None:
    found = attacks_24_months(what_is_known())
    assert found.possible == span("0", None)
    assert found.missing == ("attacks",)


def test_a_count_says_since_when_the_list_is_complete() -> None:
    found = attacks_24_months(
        what_is_known(attacks=attacks("2025-12", "2026-06-14", since="2024-10"))
    )
    assert found.shown == "2 (complete since Oct-2024)"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (attacks("2026-06-14"), span("161", "161")),
        (attacks("2026-06"), span("145", "174")),
        (attacks("2026-06-14", since=None), span("0", "161")),
        (attacks("2026-06-14", since="2026-09-01"), span("83", "161")),
        (attacks("2026-06-14", since="2026-06-14"), span("161", "161")),
        (attacks(since="2026-09-01"), span("83", None)),
        (attacks("2026-11-22"), span("0", "0")),
    ],
)
def test_days_since_the_last_attack(listed: dict[str, Any], expected: Interval) -> None:
    assert days_since_last_attack(what_is_known(attacks=listed)).possible == expected


@pytest.mark.parametrize(
    ("onsets", "expected"),
    [
        # relapse_activity v1 to v6, months before the reference as days of the month 22
        (("2026-09-22", "2026-02-22"), YES),
        (("2026-08-22", "2025-09-22", "2025-03-22"), YES),
        (("2026-08-22", "2025-09-22"), NO),
        (("2025-10-22", "2025-07-22", "2025-01-22"), NO),
        ((), NO),
        (("2026-10-22",), NO),
    ],
)
def test_worked_examples_of_relapse_activity(onsets: tuple[str, ...], expected: Choices) -> None:
    assert high_activity(what_is_known(attacks=attacks(*onsets))).possible == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (attacks("2025-11-22", "2026-06-14", since=None), YES),
        (attacks("2025-11-21", "2026-06-14"), NO),
        (attacks("2025-11", "2026-06-14"), EITHER),
        (attacks("2026-06-14", "2024-11-22", "2025-03-01", since=None), YES),
        (attacks("2026-06-14", "2024-11-21", "2025-03-01"), NO),
        (attacks("2026-06-14", since="2025-11-22"), EITHER),
        (attacks(since="2025-11-22"), NO),
        (attacks(since=None), EITHER),
    ],
)
def test_high_activity_on_both_sides(listed: dict[str, Any], expected: Choices) -> None:
    assert high_activity(what_is_known(attacks=listed)).possible == expected


def test_the_rate_counts_two_years() -> None:
    # arr-v1: four relapses from 2023-01-01 to 2025-01-01.
    onsets = attacks("2023-02-10", "2023-09-01", "2024-03-15", "2024-11-20")
    known = what_is_known(on=date(2025, 1, 1), attacks=onsets)
    assert annualised_relapse_rate(known).possible == span("2", "2")


def test_onsets_31_days_apart_are_two_attacks_and_nearer_ones_are_not_merged() -> None:
    # arr-v4; v2 and v3 are a question at entry, calculators never merge.
    apart = what_is_known(on=date(2025, 1, 1), attacks=attacks("2024-03-01", "2024-04-01"))
    near = what_is_known(on=date(2025, 1, 1), attacks=attacks("2024-03-01", "2024-03-21"))
    assert annualised_relapse_rate(apart).possible == span("1", "1")
    assert annualised_relapse_rate(near).possible == span("1", "1")


def test_the_rate_of_an_incomplete_list_has_no_upper_end() -> None:
    known = what_is_known(attacks=attacks("2026-06-14", since="2025-11"))
    assert annualised_relapse_rate(known).possible == span("0.5", None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"attack_in_progress": True}, YES),
        ({"attack_in_progress": False}, NO),
        ({}, EITHER),
        ({"attacks": attacks("2026-10-23")}, YES),
        ({"attacks": attacks("2026-10-23", since=None)}, YES),
        ({"attacks": attacks("2026-10-22")}, EITHER),
        ({"attacks": attacks("2026-10-22"), "stable_since": "2026-11"}, NO),
        ({"attacks": attacks("2026-10"), "stable_since": "2026-11"}, EITHER),
        ({"attacks": attacks("2026-08-24")}, EITHER),
        ({"attacks": attacks("2026-08-23")}, NO),
        ({"attacks": attacks("2026-08-23", since=None)}, EITHER),
        ({"attacks": attacks(since="2026-08-24")}, NO),
        ({"attacks": attacks(since="2026-08-25")}, EITHER),
    ],
)
def test_an_attack_in_progress(facts: dict[str, Any], expected: Choices) -> None:
    assert acute_attack(what_is_known(**facts)).possible == expected


def test_an_onset_in_the_last_30_days_outweighs_a_contradicting_no() -> None:
    known = what_is_known(attack_in_progress=False, attacks=attacks("2026-11-10"))
    assert acute_attack(known).possible == YES


def test_days_stable_are_an_interval_of_a_partial_date() -> None:
    assert days_stable(what_is_known(stable_since="2026-11-02")).possible == span("20", "20")
    assert days_stable(what_is_known(stable_since="2026-10")).possible == span("22", "52")
    assert days_stable(what_is_known()).possible == span("0", None)


CALM = {"attack_in_progress": False}
SURE = {"confirmed": True}
RECENT = attacks("2026-06-14", **SURE)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"attack_in_progress": True}, "attack-in-progress"),
        (CALM | {"attacks": RECENT, "treatments": drugs()}, "active"),
        (CALM | {"attacks": attacks("2024-11-22", **SURE), "treatments": drugs()}, "active"),
        (CALM | {"attacks": attacks("2024-11-21", **SURE), "treatments": drugs()}, "quiescent"),
        (CALM | {"attacks": attacks(), "treatments": drugs()}, "quiescent"),
        (
            CALM | {"attacks": attacks("2026-06-14", confirmed=False), "treatments": drugs()},
            "quiescent",
        ),
        (CALM | {"attacks": attacks("2026-06-14"), "treatments": drugs()}, "active quiescent"),
        (CALM | {"attacks": attacks(since="2025"), "treatments": drugs()}, "active quiescent"),
        (CALM | {"attacks": RECENT}, "active recent-start"),
        (CALM | {"treatments": drugs()}, "active quiescent"),
        ({}, "attack-in-progress active recent-start quiescent"),
    ],
)
def test_indication_without_a_drug(facts: dict[str, Any], expected: str) -> None:
    assert possible_indications(facts) == set(expected.split())


@pytest.mark.parametrize(
    ("drug", "start", "expected"),
    [
        # Satralizumab is judged from week 12: 84 days after the start; the attack is 2026-06-14.
        ("satralizumab", "2026-03-22", "active"),
        ("satralizumab", "2026-03-23", "recent-start"),
        ("satralizumab", "2026-03", "active recent-start"),
        ("satralizumab", "2026-09-01", "recent-start"),
        ("prednisolone", "2026-11-01", "active"),
        ("natalizumab", "2026-11-01", "active"),
    ],
)
def test_indication_on_a_drug(drug: str, start: str, expected: str) -> None:
    taken = drugs({"drug": drug, "start": start, "ongoing": True})
    facts = CALM | {"attacks": RECENT, "treatments": taken}
    assert possible_indications(facts) == set(expected.split())


def test_a_drug_that_is_not_judged_yet_is_a_recent_start_without_any_attack() -> None:
    taken = drugs({"drug": "satralizumab", "start": "2026-10-01", "ongoing": True})
    assert possible_indications(CALM | {"attacks": attacks(), "treatments": taken}) == {
        "recent-start"
    }


def test_of_several_present_drugs_the_latest_adequate_date_counts() -> None:
    taken = drugs(
        {"drug": "azathioprine", "start": "2020-01-01", "ongoing": True},
        {"drug": "satralizumab", "start": "2026-09-20", "ongoing": True},
    )
    assert possible_indications(CALM | {"attacks": RECENT, "treatments": taken}) == {"recent-start"}


def test_a_stopped_drug_does_not_count_and_one_that_may_be_taken_may() -> None:
    stopped = drugs({"drug": "satralizumab", "start": "2026-09-01", "stop": "2026-10-01"})
    unsure = drugs({"drug": "satralizumab", "start": "2026-09-01"})
    assert possible_indications(CALM | {"attacks": RECENT, "treatments": stopped}) == {"active"}
    assert possible_indications(CALM | {"attacks": RECENT, "treatments": unsure}) == {
        "active", "recent-start"
    }  # fmt: skip


def test_present_treatment_names_drug_start_and_doubt() -> None:
    known = what_is_known(
        treatments=drugs(
            {"drug": "ravulizumab", "start": "2024-05", "ongoing": True},
            {"drug": "azathioprine", "start": "2020"},
            {"drug": "rituximab", "start": "2018", "stop": "2019"},
        )
    )
    found = [(each.drug, str(each.since), each.is_certain) for each in present_treatment(known)]
    assert found == [("ravulizumab", "2024-05", True), ("azathioprine", "2020", False)]


def possible_indications(facts: dict[str, Any]) -> set[str]:
    possible = indication(what_is_known(on=ON, **facts)).possible
    assert isinstance(possible, Choices)
    return set(possible.possible)
