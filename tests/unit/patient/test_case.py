"""A case from plain data and back; its canonical bytes."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import a_case, a_patient

from nmosd_cds.patient import case as cases
from nmosd_cds.patient.case import (
    Case,
    Preferences,
    PreferenceSet,
    canonical_bytes,
    case_sha256,
    case_text,
    case_to_json,
    read_case_data,
)

D = Decimal
ORDINAL = {
    "owner": "patient",
    "on": "2026-11-15",
    "kind": "ordinal",
    "harms_seen": True,
    "order": ["relapse_24m", "burden"],
}
SWING = {
    "owner": "family",
    "on": "2026-11-16",
    "kind": "swing",
    "harms_seen": False,
    "weights": {"relapse_24m": 100, "burden": D("12.5")},
}


def said(data: Any) -> list[str]:
    case, problems = read_case_data(data)
    assert case is None
    return [problem.sentence for problem in problems]


def with_preferences(*sets: Any, **more: Any) -> dict[str, Any]:
    return {"schema_version": 1, "patient": {}, "preferences": {"sets": list(sets), **more}}


def test_the_smallest_case() -> None:
    case, problems = read_case_data({"schema_version": 1, "patient": {}})
    assert (case, problems) == (Case(), [])
    assert case_to_json(Case()) == {"schema_version": 1, "patient": {}}


def test_a_full_case() -> None:
    data = {
        "schema_version": 1,
        "id": "example",
        "fictional": True,
        "as_of": "2026-11-22",
        "patient": {"sex": "female", "igg": {"value": D("3.10"), "unit": "g/L"}},
        "setting": {
            "region": "eu",
            "open_trials": ["NCT04561557"],
            "access": {"inebilizumab": "not-licensed"},
        },
        "preferences": {"active": "family", "sets": [ORDINAL, SWING]},
    }
    case, problems = read_case_data(data)
    assert problems == [] and case is not None
    assert (case.id, case.fictional, case.as_of) == ("example", True, date(2026, 11, 22))
    assert case.setting.access.inebilizumab is not None
    assert case.setting.access.inebilizumab.value == "not-licensed"
    assert case.preferences.active_set == PreferenceSet(
        "family",
        date(2026, 11, 16),
        "swing",
        False,
        weights=(("burden", D("12.5")), ("relapse_24m", D(100))),
    )
    assert case_to_json(case) == data


def test_without_preferences_no_set_is_in_use() -> None:
    assert Preferences().active_set is None


def test_unknown_answers_are_not_written() -> None:
    case = a_case(sex="unknown", setting={"access": {}})
    assert case_to_json(case) == {"schema_version": 1, "fictional": True, "patient": {}}


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        ([], ['is not a case. A case is {"schema_version": 1, ...}.']),
        ({"patient": {}}, ['schema_version: is missing. Write "schema_version": 1.']),
        (
            {"schema_version": 2, "patient": {}},
            [
                "schema_version: `2` is not a version this program reads. "
                "It reads version 1; a newer program may read it."
            ],
        ),
        (
            {"schema_version": True},
            [
                "schema_version: `True` is not a version this program reads. "
                "It reads version 1; a newer program may read it."
            ],
        ),
        ({"schema_version": 1}, ['patient: is missing. Write "patient": {...}.']),
        ({"schema_version": 1, "patient": []}, ["patient: is not a group of fields. Write {...}."]),
        (
            {"schema_version": 1, "pateint": {}, "patient": {}},
            ["pateint: `pateint` is not a field here. Did you mean `patient`?"],
        ),
        (
            {"schema_version": 1, "patient": {"hbsagg": "positive"}},
            ["patient.hbsagg: `hbsagg` is not a field here. Did you mean `hbsag`?"],
        ),
        (
            {"schema_version": 1, "patient": {"attacks": {"rows": [{"onsett": "2024"}]}}},
            ["patient.attacks.rows[0].onsett: `onsett` is not a field here. Did you mean `onset`?"],
        ),
        (
            {"schema_version": 1, "patient": {}, "setting": {"regoin": "eu"}},
            ["setting.regoin: `regoin` is not a field here. Did you mean `region`?"],
        ),
        (
            {"schema_version": 1, "patient": {}, "setting": {"access": {"rituximap": "refused"}}},
            [
                "setting.access.rituximap: `rituximap` is not a field here. "
                "Did you mean `rituximab`?"
            ],
        ),
        (
            {"schema_version": 1, "patient": {}, "setting": {"access": {"rituximab": "refusd"}}},
            [
                "setting.access.rituximab: `refusd` is not a choice. Did you mean `refused`? "
                "Use available, not-licensed, licensed-not-funded, refused or "
                "named-patient-possible."
            ],
        ),
        (
            {"schema_version": 1, "patient": {}, "setting": 5},
            ["setting: is not a group of fields. Write {...}."],
        ),
        (
            {"schema_version": 1, "patient": {}, "id": 5, "fictional": "yes", "as_of": "2026-11"},
            [
                'id: `5` is not text. Write "...".',
                "fictional: `yes` is neither true nor false.",
                "as_of: needs the day too. Write, for example, 2024-03-01.",
            ],
        ),
        (
            {"schema_version": 1, "patient": {}, "as_of": "soon"},
            ["as_of: `soon` is not a date. Write 2024, 2024-03 or 2024-03-01."],
        ),
    ],
)
def test_every_problem_has_its_place(data: Any, sentences: list[str]) -> None:
    assert said(data) == sentences


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"owner": None}, "preferences.sets[0].owner: is missing"),
        ({"on": "2026"}, "preferences.sets[0].on: needs the day too"),
        ({"kind": "ordinary"}, "preferences.sets[0].kind: `ordinary` is not a kind"),
        ({"kind": None}, "preferences.sets[0].kind: is missing"),
        ({"harms_seen": "yes"}, "preferences.sets[0].harms_seen: `yes` is neither"),
        ({"order": []}, "preferences.sets[0].order: is not a list of criteria"),
        ({"order": ["a", "a"]}, "preferences.sets[0].order: `a` stands twice"),
        ({"order": [5]}, "preferences.sets[0].order[0]: `5` is not text"),
        ({"weights": {}}, "preferences.sets[0].weights: belongs to `swing`"),
        ({"ordr": []}, "Did you mean `order`?"),
        ({"kind": "swing"}, "preferences.sets[0].order: belongs to `ordinal`"),
    ],
)
def test_a_set_of_preferences_that_cannot_be_read(change: dict[str, Any], words: str) -> None:
    assert words in "\n".join(said(with_preferences(ORDINAL | change)))


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({}, "preferences.sets[0].weights: is not a group of criteria"),
        ({"a": 101}, "preferences.sets[0].weights.a: `101` is outside 0 to 100"),
        ({"a": -1}, "is outside 0 to 100"),
        ({"a": "x"}, "preferences.sets[0].weights.a: `x` is not a number"),
        ({"a": 0, "b": 0}, "gives no criterion any weight"),
    ],
)
def test_weights_that_cannot_be_read(weights: dict[str, Any], words: str) -> None:
    assert words in "\n".join(said(with_preferences(SWING | {"weights": weights})))


@pytest.mark.parametrize(
    ("preferences", "words"),
    [
        (5, "preferences: is not a group of fields"),
        ({"sets": 5}, "preferences.sets: is not a list"),
        ({"sets": [5]}, "preferences.sets[0]: is not a group of fields"),
        ({"sets": [ORDINAL, ORDINAL]}, "preferences.sets[1]: `patient` has two sets"),
        ({"sets": [ORDINAL], "active": "doctor"}, "`doctor` has no set. Use patient."),
        ({"active": "doctor"}, "preferences.active: `doctor` has no set. Leave it out."),
        ({"activ": "doctor"}, "Did you mean `active`?"),
    ],
)
def test_preferences_that_cannot_be_read(preferences: Any, words: str) -> None:
    data = {"schema_version": 1, "patient": {}, "preferences": preferences}
    assert words in "\n".join(said(data))


def test_a_set_without_an_active_one_is_kept() -> None:
    case, problems = read_case_data(with_preferences(ORDINAL))
    assert problems == [] and case is not None
    assert case.preferences.active_set is None
    assert case_to_json(case)["preferences"] == {"sets": [ORDINAL]}


def test_the_text_of_a_case_keeps_digits_and_fits_on_lines() -> None:
    case = a_case(
        sex="female", igg={"value": D("3.10"), "unit": "g/L"}, attacks={"rows": [{"onset": "2024"}]}
    )
    assert case_text(case) == (
        '{\n  "schema_version": 1,\n  "fictional": true,\n  "patient": {\n'
        '    "sex": "female",\n'
        '    "attacks": {\n      "rows": [\n        {"onset": "2024"}\n      ]\n    },\n'
        '    "igg": {"value": 3.10, "unit": "g/L"}\n  }\n}\n'
    )
    note = a_case(goals_of_care={"value": "x" * 120, "source": "é"})
    assert '"goals_of_care": {\n      "value": "xxx' in case_text(note)
    assert json.loads(case_text(note))["patient"]["goals_of_care"]["source"] == "é"


def test_canonical_bytes_are_sorted_and_short() -> None:
    case = a_case(sex="female", igg={"value": D("3.10"), "unit": "g/L"})
    assert canonical_bytes(case) == (
        b'{"fictional":true,"patient":{"igg":{"unit":"g/L","value":3.1},"sex":"female"},'
        b'"schema_version":1}'
    )
    assert case_sha256(case) == hashlib.sha256(canonical_bytes(case)).hexdigest()


def test_canonical_bytes_do_not_depend_on_the_order_of_keys_or_the_way_it_is_said() -> None:
    first, _none = read_case_data(
        {
            "schema_version": 1,
            "patient": {"sex": "female", "ecog": 2, "pregnant": None},
            "setting": {"open_trials": ["A"]},
        }
    )
    second, _none = read_case_data(
        {
            "setting": {"access": {}, "open_trials": {"complete": False, "value": ["A"]}},
            "patient": {"ecog": {"state": "known", "value": D("2.0")}, "sex": {"value": "female"}},
            "schema_version": 1,
        }
    )
    assert first is not None and second is not None
    assert canonical_bytes(first) == canonical_bytes(second)


def test_yaml_text_becomes_a_patient() -> None:
    raw = {"pregnant": "true", "igg": {"value": "3.1", "unit": "g/L"}, "ecog": "2"}
    patient, problems = cases.read_patient(cases.typed_patient(raw))
    assert problems == []
    assert patient == a_patient(pregnant=True, igg={"value": D("3.1"), "unit": "g/L"}, ecog=2)
    setting, problems = cases.read_setting(
        cases.typed_setting({"accredited_centre": "true", "access": {"rituximab": "refused"}})
    )
    assert problems == [] and setting.accredited_centre is not None
    assert cases.read_patient(cases.typed_patient("x"))[1][0].where == "patient"


def test_an_edss_is_one_row() -> None:
    patient = a_patient(edss=D("6.5"))
    assert patient.edss_series is not None
    assert [row.value.value for row in patient.edss_series.rows if row.value] == [D("6.5")]


def test_very_long_preferences_are_refused_before_they_are_compared() -> None:
    assert said(with_preferences(*[ORDINAL] * 51)) == ["preferences.sets: has more than 50 sets."]
    long = ORDINAL | {"order": [f"c{number}" for number in range(201)]}
    assert said(with_preferences(long)) == [
        "preferences.sets[0].order: has more than 200 criteria."
    ]


LEVELS = ORDINAL | {"order": ["relapse_24m", ["burden", "late_harm"], "disability_change"]}
RANGES = SWING | {"weights": {"burden": {"low": 40, "high": 70}, "relapse_24m": 100}}
EXACT = SWING | {"kind": "exact", "weights": {"burden": 25, "relapse_24m": 75}}


def test_criteria_of_one_level_stand_level() -> None:
    case, problems = read_case_data(with_preferences(LEVELS))
    assert problems == [] and case is not None
    one = case.preferences.sets[0]
    assert one.order == ("relapse_24m", "burden", "late_harm", "disability_change")
    assert one.levels == (("relapse_24m",), ("burden", "late_harm"), ("disability_change",))
    assert one.criteria == one.order


def test_points_may_be_a_range() -> None:
    case, problems = read_case_data(with_preferences(RANGES))
    assert problems == [] and case is not None
    one = case.preferences.sets[0]
    assert one.weights == (("relapse_24m", D(100)),)
    assert one.ranges == (("burden", D(40), D(70)),)
    assert one.criteria == ("burden", "relapse_24m")


@pytest.mark.parametrize("one", [ORDINAL, SWING, LEVELS, RANGES, EXACT])
def test_a_set_comes_back_as_it_was_written(one: dict[str, Any]) -> None:
    case, problems = read_case_data(with_preferences(one, active=one["owner"]))
    assert problems == [] and case is not None
    again, problems = read_case_data(json.loads(case_text(case), parse_float=D))
    assert (again, problems) == (case, [])
    assert case_to_json(case)["preferences"]["sets"] == [one]


def test_a_level_of_one_is_the_criterion_itself() -> None:
    case, problems = read_case_data(with_preferences(ORDINAL | {"order": [["a"], "b"]}))
    assert problems == [] and case is not None
    assert case_to_json(case)["preferences"]["sets"][0]["order"] == ["a", "b"]


def test_old_sets_keep_their_hash_and_other_points_change_it() -> None:
    def sha(one: dict[str, Any]) -> str:
        case, _problems = read_case_data(with_preferences(one))
        assert case is not None
        return case_sha256(case)

    assert sha(SWING) == sha(SWING | {"weights": {"burden": D("12.50"), "relapse_24m": 100}})
    assert len({sha(one) for one in (SWING, RANGES, EXACT, ORDINAL, LEVELS)}) == 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": ["a", ["b", "a"]]}, "order: `a` stands twice in the list. A criterion has one"),
        ({"order": ["a", []]}, "preferences.sets[0].order[1]: is an empty level. Leave it out."),
        ({"order": ["a", [["b"]]]}, "preferences.sets[0].order[1]: "),
        ({"order": ["a", [5]]}, "preferences.sets[0].order[1]: `5` is not text"),
        ({"kind": "exact"}, "preferences.sets[0].order: belongs to `ordinal`"),
    ],
)
def test_an_order_with_levels_that_cannot_be_read(change: dict[str, Any], words: str) -> None:
    assert words in "\n".join(said(with_preferences(ORDINAL | change)))


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (
            {"a": {"low": 70, "high": 40}},
            "preferences.sets[0].weights.a: low `70` is above high `40`. Exchange them.",
        ),
        ({"a": {"low": 70}}, "preferences.sets[0].weights.a.high: is missing"),
        ({"a": {"low": 0, "hihg": 5}}, "Did you mean `high`?"),
        ({"a": {"low": -1, "high": 5}}, "weights.a.low: `-1` is outside 0 to 100"),
        ({"a": {"low": "x", "high": 5}}, "weights.a.low: `x` is not a number"),
        ({"a": {"low": 0, "high": 0}, "b": 0}, "gives no criterion any weight"),
    ],
)
def test_ranges_that_cannot_be_read(weights: dict[str, Any], words: str) -> None:
    assert words in "\n".join(said(with_preferences(SWING | {"weights": weights})))


def test_exact_parts_have_no_ranges() -> None:
    weights = {"a": {"low": 1, "high": 2}}
    assert "a range belongs to `swing`" in "\n".join(
        said(with_preferences(EXACT | {"weights": weights}))
    )


def test_every_problem_of_a_set_is_told_at_once() -> None:
    wrong = RANGES | {"on": "2026", "weights": {"a": {"low": 9, "high": 1}, "b": 101}}
    assert len(said(with_preferences(wrong))) == 3


def test_a_criterion_of_an_older_knowledge_is_kept() -> None:
    case, problems = read_case_data(with_preferences(ORDINAL | {"order": ["no_longer", "burden"]}))
    assert problems == [] and case is not None
    assert case_to_json(case)["preferences"]["sets"][0]["order"] == ["no_longer", "burden"]
