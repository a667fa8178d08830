"""Contradictions that are certain, and numbers that look like another unit."""

from datetime import date
from typing import Any

import pytest
from builders import a_case

from nmosd_cds.patient.checks import notices_of, problems_of

ON = date(2026, 11, 22)


def problems(**facts: Any) -> list[str]:
    return [problem.sentence for problem in problems_of(a_case(**facts), ON)]


def attacks(*onsets: str, **more: Any) -> dict[str, Any]:
    return {"rows": [{"onset": onset, **more} for onset in onsets]}


def a_treatment(**row: Any) -> dict[str, Any]:
    return {"rows": [{"drug": "rituximab", **row}]}


def test_an_empty_case_and_an_ordinary_one_have_no_problem() -> None:
    assert problems() == []
    assert (
        problems(
            birth_date="1984-03",
            sex="female",
            pregnant={"value": False, "date": "2026-11-20"},
            attacks={"complete_since": "2024-11", **attacks("2025-12", "2026-06-14")},
            treatments=a_treatment(start="2019-05", stop="2022-02", attacks_on_it=2),
            attack_in_progress=False,
            prior_cell_therapy=["none"],
        )
        == []
    )


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"stable_since": "2031-01-01"}, "patient.stable_since"),
        ({"stable_since": "2026-11-23"}, "patient.stable_since"),
        ({"stable_since": "2026-12"}, "patient.stable_since"),
        ({"stable_since": "2027"}, "patient.stable_since"),
        ({"ecog": {"value": 1, "date": "2031"}}, "patient.ecog"),
        ({"attacks": attacks("2025", "2031-01")}, "patient.attacks.rows[1].onset"),
        ({"attacks": {"complete_since": "2031"}}, "patient.attacks.complete_since"),
        ({"birth_date": "2031"}, "patient.birth_date"),
        ({"setting": {"region": {"value": "eu", "date": "2031"}}}, "setting.region"),
        (
            {"setting": {"access": {"rituximab": {"value": "refused", "date": "2031"}}}},
            "setting.access.rituximab",
        ),
    ],
)
def test_a_date_after_the_assessment(facts: dict[str, Any], where: str) -> None:
    found = [one for one in problems(**facts) if "after the day of assessment" in one]
    assert len(found) == 1 and found[0].startswith(f"{where}: ")
    assert "22-Nov-2026" in found[0]


@pytest.mark.parametrize("day", ["2026", "2026-11", "2026-11-22"])
def test_a_date_that_may_be_today_is_no_problem(day: str) -> None:
    assert problems(stable_since=day) == []


def test_preferences_are_not_from_the_future() -> None:
    one = {"owner": "patient", "on": "2031-01-01", "kind": "ordinal", "harms_seen": True}
    found = problems(preferences={"sets": [{**one, "order": ["burden"]}]})
    assert found[0].startswith("preferences.sets[0].on: ")


@pytest.mark.parametrize(
    ("onset", "is_problem"),
    [("1983", True), ("1984-02", True), ("1984-02-29", True), ("1984", False), ("1984-03", False)],
)
def test_an_attack_before_birth(onset: str, is_problem: bool) -> None:
    found = problems(birth_date="1984-03", attacks=attacks(onset))
    assert [one for one in found if "before birth, Mar-1984" in one] == found
    assert bool(found) is is_problem


def test_the_hospital_may_be_older_than_the_person() -> None:
    setting = {"accredited_centre": {"value": True, "date": "1990"}}
    assert problems(birth_date="2000", setting=setting) == []


@pytest.mark.parametrize(
    ("start", "stop", "is_problem"),
    [
        ("2022-03", "2022-02", True),
        ("2022-03", "2021", True),
        ("2022-03", "2022", False),
        ("2022-03", "2022-03", False),
        ("2022-03-10", "2022-03-09", True),
    ],
)
def test_a_drug_stopped_before_it_started(start: str, stop: str, is_problem: bool) -> None:
    found = problems(treatments=a_treatment(start=start, stop=stop))
    expected = ["patient.treatments.rows[0].stop"] if is_problem else []
    assert [one.split(":")[0] for one in found] == expected


def test_a_last_dose_before_the_start() -> None:
    found = problems(treatments=a_treatment(start="2022-03", last_dose="2022-02"))
    assert found == [
        "patient.treatments.rows[0].last_dose: is before the start, Mar-2022. Check both dates."
    ]


def test_a_drug_still_taken_and_stopped() -> None:
    found = problems(treatments=a_treatment(stop="2022-02", ongoing=True))
    assert found == [
        "patient.treatments.rows[0].ongoing: says yes, and the drug was stopped in Feb-2022. "
        "Keep one of the two."
    ]
    assert problems(treatments=a_treatment(stop="2022-02", ongoing=False)) == []


@pytest.mark.parametrize(
    ("second", "is_problem"),
    [("2026-01-31", True), ("2026-02-01", False), ("2026-01-01", True), ("2026-01", False)],
)
def test_two_onsets_within_30_days(second: str, is_problem: bool) -> None:
    found = problems(attacks=attacks("2026-01-01", second))
    assert bool(found) is is_problem
    assert all(one.startswith("patient.attacks.rows[1].onset: ") for one in found)
    assert all("The same attack?" in one for one in found)


def test_onsets_are_compared_in_time_and_not_in_the_order_of_the_rows() -> None:
    found = problems(attacks=attacks("2026-01-20", "2025-01-01", "2026-01-10"))
    assert [one.split(":")[0] for one in found] == ["patient.attacks.rows[0].onset"]
    assert "is 10 days after the onset of 10-Jan-2026" in found[0]


@pytest.mark.parametrize(
    ("onset", "is_problem"),
    [
        ("2026-11-16", True),
        ("2026-10-23", True),
        ("2026-10-22", False),
        ("2026-11", False),
        ("2026-10", False),
        ("2026", False),
    ],
)
def test_no_attack_in_progress_and_an_onset_in_the_last_30_days(
    onset: str, is_problem: bool
) -> None:
    found = problems(attack_in_progress=False, attacks=attacks(onset))
    assert [one.split(":")[0] for one in found] == ["patient.attack_in_progress"] * is_problem
    assert problems(attack_in_progress=True, attacks=attacks(onset)) == []
    assert problems(attacks=attacks(onset)) == []


@pytest.mark.parametrize(
    ("row", "onset", "is_problem"),
    [
        ({"start": "2022-03", "stop": "2024-01"}, "2023-05", True),
        ({"start": "2022-03", "stop": "2024-01"}, "2023", True),
        ({"start": "2022-03", "stop": "2024-01"}, "2022-03", False),
        ({"start": "2022-03", "stop": "2024-01"}, "2024-01", False),
        ({"start": "2022-03", "stop": "2024-01"}, "2024", False),
        ({"start": "2022-03"}, "2023-05", False),
        ({"start": "2022-03", "ongoing": True}, "2023-05", True),
        ({"start": "2022-03", "ongoing": True}, "2021-05", False),
        ({"stop": "2024-01"}, "2023-05", False),
    ],
)
def test_no_attacks_on_a_drug_and_an_attack_within_it(
    row: dict[str, Any], onset: str, is_problem: bool
) -> None:
    found = problems(treatments=a_treatment(attacks_on_it=0, **row), attacks=attacks(onset))
    expected = ["patient.treatments.rows[0].attacks_on_it"] * is_problem
    assert [one.split(":")[0] for one in found] == expected
    assert problems(treatments=a_treatment(attacks_on_it=1, **row), attacks=attacks(onset)) == []


def test_an_attack_that_was_not_confirmed_is_none() -> None:
    treatment = a_treatment(start="2022", stop="2024", attacks_on_it=0)
    assert problems(treatments=treatment, attacks=attacks("2023", confirmed=False)) == []


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"sex": "male", "pregnant": True}, "patient.pregnant"),
        ({"sex": "male", "can_become_pregnant": True}, "patient.can_become_pregnant"),
        ({"can_become_pregnant": False, "pregnant": True}, "patient.can_become_pregnant"),
        ({"prior_cell_therapy": ["none", "car-t"]}, "patient.prior_cell_therapy"),
    ],
)
def test_answers_that_exclude_each_other(facts: dict[str, Any], where: str) -> None:
    assert [one.split(":")[0] for one in problems(**facts)] == [where]


@pytest.mark.parametrize(
    "facts",
    [
        {"sex": "female", "pregnant": True},
        {"sex": "male", "pregnant": False},
        {"sex": "male", "pregnant": {"state": "not-done"}},
        {"hbv_dna": "detectable", "hbsag": "negative", "anti_hbc": "negative"},
    ],
)
def test_answers_that_go_together(facts: dict[str, Any]) -> None:
    assert problems(**facts) == []


@pytest.mark.parametrize(
    ("field", "raw", "words"),
    [
        ("creatinine", {"value": 10, "unit": "umol/L"}, ["`10 umol/L` is unusual. mg/dL?"]),
        ("creatinine", {"value": 30, "unit": "mg/dL"}, ["`30 mg/dL` is unusual. micromol/L?"]),
        ("haemoglobin", {"value": 12, "unit": "g/L"}, ["`12 g/L` is unusual. g/dL?"]),
        ("igg", {"value": 100, "unit": "g/L"}, ["`100 g/L` is unusual. mg/dL?"]),
        ("weight", 250, ["`250 kg` is unusual. Check the number."]),
        ("igg", {"value": 9, "unit": "g/L"}, []),
        ("igg", {"value": 900, "unit": "mg/dL"}, []),
        ("igg", {"state": "not-done"}, []),
    ],
)
def test_an_unusual_number_asks_for_its_unit(field: str, raw: Any, words: list[str]) -> None:
    found = notices_of(a_case(**{field: raw}))
    assert [one.sentence for one in found] == [f"patient.{field}: {one}" for one in words]


def test_an_acuity_has_no_unusual_value() -> None:
    row = {"acuity_right": {"value": 1, "unit": "decimal"}}
    assert notices_of(a_case(attacks={"rows": [row]})) == []
