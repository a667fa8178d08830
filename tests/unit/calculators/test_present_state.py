"""Current disability, present drugs, coexisting disease and trial places."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.autoimmune_disease import (
    active_autoimmune_disease,
    active_lupus,
    coexisting_autoimmune,
    lupus,
)
from nmosd_cds.calculators.current_state import better_eye_acuity, edss_current, plegic
from nmosd_cds.calculators.derived import ListFails
from nmosd_cds.calculators.present_drugs import (
    masks_inflammation,
    months_since_any_drug,
    months_since_b_cell_drug,
    months_since_last_biologic,
    on_teratogenic_drug,
)
from nmosd_cds.calculators.trial_place import (
    above_trial_age,
    authorised_setting,
    declined,
    into_the_eye,
    named_trial,
    paid_by_patient,
)
from nmosd_cds.logic.fact import Choices, Interval, yes_no
from nmosd_cds.logic.truth import Truth

YES, NO, EITHER = yes_no([True]), yes_no([False]), yes_no([True, False])


def attacks(*onsets: str, since: str | None = "2000") -> dict[str, Any]:
    rows = [{"onset": onset} for onset in onsets]
    return {"rows": rows} | ({"complete_since": since} if since else {})


def edss(*rows: tuple[str | None, float]) -> dict[str, Any]:
    return {"rows": [{"value": v} | ({"date": d} if d else {}) for d, v in rows]}


@pytest.mark.parametrize(
    ("series", "listed", "expected"),
    [
        (edss(("2026-11-02", 5.5)), attacks("2026-08-03"), Interval.point("5.5")),
        (edss(("2026-11-02", 5.5)), attacks("2026-08-04"), Interval()),
        (edss(("2026-11-02", 5.5)), attacks("2026-08"), Interval()),
        (edss(("2026-05-01", 5.5)), attacks("2026-06-14"), Interval()),
        (edss(("2026-11-02", 5.5)), attacks(since="2026-08-04"), Interval.point("5.5")),
        (edss(("2026-11-02", 5.5)), attacks(since="2026-08-05"), Interval()),
        (edss(("2026-11-02", 5.5)), attacks(since=None), Interval()),
        (edss((None, 5.5)), attacks(), Interval()),
        (edss(("2026-03-01", 4), ("2026-11-02", 5.5)), attacks(), Interval.point("5.5")),
        (
            edss(("2026-11", 4), ("2026-11-02", 5.5)),
            attacks(),
            Interval(Decimal(4), Decimal("5.5")),
        ),
        ({"rows": []}, attacks(), Interval()),
    ],
)
def test_edss_is_current_only_after_the_last_attack(
    series: dict[str, Any], listed: dict[str, Any], expected: Interval
) -> None:
    assert edss_current(what_is_known(edss_series=series, attacks=listed)).possible == expected


def eye(value: float, unit: str = "logMAR", **more: str) -> dict[str, Any]:
    return {"value": value, "unit": unit} | more


@pytest.mark.parametrize(
    ("eyes", "expected"),
    [
        ({"right": eye(1.0), "left": eye(0.3)}, Interval.point("0.3")),
        ({"right": eye(0.1, "decimal"), "left": eye(1.6)}, Interval.point(1)),
        ({"right": eye(1.0)}, Interval(None, Decimal(1))),
        ({}, Interval()),
    ],
)
def test_the_better_eye(eyes: dict[str, Any], expected: Interval) -> None:
    series = {"rows": [{"date": "2026-11-02"} | eyes]}
    known = what_is_known(acuity_series=series, attacks=attacks())
    assert better_eye_acuity(known).possible == expected


@pytest.mark.parametrize(
    ("plegia", "listed", "expected"),
    [
        ({"value": "paraplegia", "date": "2026-11-02"}, attacks("2026-08-03"), YES),
        ({"value": "quadriplegia", "date": "2026-11-02"}, attacks("2026-08-03"), YES),
        ({"value": "none", "date": "2026-11-02"}, attacks("2026-08-03"), NO),
        ({"value": "paraplegia", "date": "2026-11-02"}, attacks("2026-08-04"), EITHER),
        ({"value": "paraplegia"}, attacks("2026-01-01"), EITHER),
        ({"state": "unavailable"}, attacks(), EITHER),
    ],
)
def test_plegia(plegia: dict[str, Any], listed: dict[str, Any], expected: Choices) -> None:
    assert plegic(what_is_known(plegia=plegia, attacks=listed)).possible == expected


def drugs(*rows: dict[str, Any], since: str | None = "2000") -> dict[str, Any]:
    listed: dict[str, Any] = {"rows": [{"start": "2020-01-01"} | row for row in rows]}
    return {"treatments": listed | ({"complete_since": since} if since else {})}


NO_STEROID = {"prednisolone_dose": {"value": 0, "unit": "mg/day"}}
SATRALIZUMAB = {"drug": "satralizumab", "ongoing": True}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (drugs(SATRALIZUMAB), YES),
        (drugs(SATRALIZUMAB | {"ongoing": False}) | NO_STEROID, NO),
        (drugs({"drug": "satralizumab"}) | NO_STEROID, EITHER),
        (drugs(), EITHER),
        (drugs(since=None) | NO_STEROID, EITHER),
        ({"prednisolone_dose": {"value": 5, "unit": "mg/day"}}, YES),
        ({"prednisolone_dose": {"value": 5, "unit": "mg/day", "comparator": "<"}}, EITHER),
        (drugs({"drug": "prednisolone", "ongoing": True}), YES),
    ],
)
def test_a_drug_that_hides_inflammation(facts: dict[str, Any], expected: Choices) -> None:
    assert masks_inflammation(what_is_known(**facts)).possible == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (drugs({"drug": "mycophenolate", "ongoing": True}), YES),
        (drugs({"drug": "mycophenolate", "stop": "2024"}), NO),
        (drugs({"drug": "mycophenolate"}), EITHER),
        (drugs({"ongoing": True}), EITHER),
        (drugs(since=None), EITHER),
        (drugs(), NO),
    ],
)
def test_a_teratogenic_drug(facts: dict[str, Any], expected: Choices) -> None:
    assert on_teratogenic_drug(what_is_known(**facts)).possible == expected


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        (drugs(SATRALIZUMAB), 0, 0),
        (drugs({"drug": "rituximab", "stop": "2026-08-01", "last_dose": "2026-05-22"}), 6, 6),
        (drugs({"drug": "rituximab", "stop": "2026-08-01", "last_dose": "2026-05-23"}), 5, 5),
        (drugs({"drug": "rituximab", "stop": "2026-08-01"}), 3, 82),
        (drugs({"drug": "rituximab", "last_dose": "2026-05-22"}), 0, 6),
        (
            drugs({"drug": "rituximab", "ongoing": False, "last_dose": "2025-05-22"}, since=None),
            0,
            18,
        ),
        (drugs({"drug": "azathioprine", "ongoing": True}, since="2020-11-22"), 72, None),
        (drugs({"ongoing": True}), 0, None),
        ({}, 0, None),
    ],
)
def test_months_since_the_last_biologic(facts: dict[str, Any], low: int, high: int | None) -> None:
    expected = Interval(Decimal(low), None if high is None else Decimal(high))
    assert months_since_last_biologic(what_is_known(**facts)).possible == expected


LUPUS = {"disease": "systemic-lupus"}


@pytest.mark.parametrize(
    ("rows", "since", "expected"),
    [
        # any, any active, lupus, active lupus
        ([], "2026-11-01", (NO, NO, NO, NO)),
        ([], None, (EITHER, EITHER, EITHER, EITHER)),
        ([LUPUS | {"activity": "active"}], None, (YES, YES, YES, YES)),
        ([LUPUS | {"activity": "inactive"}], "2026", (YES, NO, YES, NO)),
        ([LUPUS], "2026", (YES, EITHER, YES, EITHER)),
        ([{"disease": "sjogren", "activity": "active"}], "2026", (YES, YES, NO, NO)),
        ([{"activity": "active"}], "2026", (YES, YES, EITHER, EITHER)),
    ],
)
def test_autoimmune_disease(
    rows: list[dict[str, Any]], since: str | None, expected: tuple[Choices, ...]
) -> None:
    listed = {"rows": rows} | ({"complete_since": since} if since else {})
    known = what_is_known(autoimmune_diseases=listed)
    calculators = (coexisting_autoimmune, active_autoimmune_disease, lupus, active_lupus)
    assert tuple(compute(known).possible for compute in calculators) == expected


PLACE = {
    "therapy": "car-t-bcma", "registry_number": "nct04561557", "ethics_number": "2026-17",
    "who_pays": "sponsor", "criterion_fails": False,
}  # fmt: skip


def places(
    *rows: dict[str, Any], complete: bool = True, option: str = "car-t-bcma", **more: Any
) -> Any:
    listed = {"rows": list(rows)} | ({"complete_since": "2026-11-01"} if complete else {})
    return what_is_known(trial_places=listed, option=option, **more)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (places(PLACE, complete=False), YES),
        (places(PLACE | {"who_pays": "insurer"}), YES),
        (places(PLACE | {"who_pays": "patient"}), NO),
        (places(PLACE | {"who_pays": "patient"}, complete=False), EITHER),
        (places(PLACE | {"criterion_fails": True}), NO),
        (places(PLACE | {"registry_number": "NCT00000001"}), NO),
        (places(PLACE | {"registry_number": "NCT99999999"}), NO),
        (places(PLACE, option="bm-msc"), NO),
        (places({k: v for k, v in PLACE.items() if k != "ethics_number"}), EITHER),
        (places({k: v for k, v in PLACE.items() if k != "criterion_fails"}), EITHER),
        (places({k: v for k, v in PLACE.items() if k != "registry_number"}), EITHER),
        (places({k: v for k, v in PLACE.items() if k != "therapy"}), EITHER),
        (places(), NO),
        (places(complete=False), EITHER),
        (places(option="c5-inhibitor"), YES),
    ],
)
def test_authorised_setting(known: Any, expected: Choices) -> None:
    assert authorised_setting(known).possible == expected


def test_a_place_that_is_named_and_one_that_is_paid() -> None:
    paid = PLACE | {"who_pays": "patient"}
    assert named_trial(places(paid)).possible == YES
    assert paid_by_patient(places(paid, complete=False)).possible == YES
    assert paid_by_patient(places(PLACE)).possible == NO
    assert paid_by_patient(places(PLACE, complete=False)).possible == EITHER
    assert into_the_eye(places(PLACE | {"into_the_eye": True}, complete=False)).possible == YES
    assert into_the_eye(places(PLACE | {"into_the_eye": False})).possible == NO
    assert into_the_eye(places(PLACE)).possible == EITHER
    assert named_trial(places()).possible == NO
    assert named_trial(places(complete=False)).missing == ("trial_places",)


@pytest.mark.parametrize(
    ("fails", "expected", "missing"),
    [
        (Truth.FALSE, YES, ()),
        (Truth.UNKNOWN, EITHER, ("edss_series",)),
        (Truth.TRUE, NO, ()),
    ],
)
def test_the_list_of_the_named_trial_counts(
    fails: Truth, expected: Choices, missing: tuple[str, ...]
) -> None:
    asked = missing if fails is Truth.UNKNOWN else ()
    lists = {"NCT04561557": ListFails(fails, asked, "Age 18 to 65.")}
    known = replace(places(PLACE), lists=lists)
    for compute in (authorised_setting, named_trial):
        found = compute(known)
        assert (found.possible, found.missing) == (expected, missing)
        is_said = found.shown == "no, a listed criterion of NCT04561557 fails: Age 18 to 65"
        assert is_said is (fails is Truth.TRUE)


def test_a_list_that_fails_settles_a_place_of_which_little_is_known() -> None:
    lists = {"NCT04561557": ListFails(Truth.TRUE, (), "Age 18 to 65.")}
    row = {"therapy": "car-t-bcma", "registry_number": "NCT04561557"}
    assert authorised_setting(replace(places(row), lists=lists)).possible == NO
    # Another place may be named later.
    open_ = authorised_setting(replace(places(row, complete=False), lists=lists))
    assert (open_.possible, open_.missing) == (EITHER, ("trial_places",))


@pytest.mark.parametrize(
    ("age", "rows", "complete", "expected"),
    [
        (65, [PLACE], True, NO),
        (66, [PLACE], True, YES),
        (66, [PLACE], False, EITHER),  # another place may allow 70
        (71, [PLACE], False, YES),
        (75, [], True, NO),
        (76, [], True, YES),
        (65, [], False, NO),
        (66, [], False, EITHER),
        (76, [], False, YES),
        (70, [PLACE, PLACE | {"registry_number": "NCT00000070"}], True, NO),
    ],
)
def test_above_the_age_of_the_trial(
    age: int, rows: list[dict[str, Any]], complete: bool, expected: Choices
) -> None:
    known = places(*rows, complete=complete, stated_age=age)
    assert above_trial_age(known).possible == expected


def test_an_option_without_a_limit_has_nobody_above_it() -> None:
    assert above_trial_age(places(option="ahsct", stated_age=90)).possible == NO
    assert above_trial_age(places()).possible == EITHER


def test_a_therapy_that_is_declined() -> None:
    refused = {"rows": [{"therapy": "ahsct"}]}
    assert declined(what_is_known(declined_therapies=refused, option="ahsct")).possible == YES
    assert declined(what_is_known(declined_therapies=refused, option="bm-msc")).possible == EITHER
    complete = refused | {"complete_since": "2026"}
    assert declined(what_is_known(declined_therapies=complete, option="bm-msc")).possible == NO


STOPPED = {
    "drug": "rituximab",
    "start": "2024-01-01",
    "stop": "2026-01-22",
    "last_dose": "2026-01-22",
}


@pytest.mark.parametrize(
    ("rows", "since", "b_cell", "any_drug"),
    [
        # From 22 January to 22 November are ten months.
        ([STOPPED], "2020", Interval.point(10), Interval.point(10)),
        ([STOPPED | {"drug": "satralizumab"}], "2020-01-01", Interval(Decimal(82), None),
         Interval.point(10)),
        ([STOPPED, {"drug": "azathioprine", "start": "2026-02-01", "ongoing": True}], "2020",
         Interval.point(10), Interval.point(0)),
        # A drug without a file may be a B-cell antibody.
        ([STOPPED | {"drug": "other"}], "2020-01-01", Interval(Decimal(10), None),
         Interval.point(10)),
        ([STOPPED], None, Interval(Decimal(0), Decimal(10)), Interval(Decimal(0), Decimal(10))),
        ([], None, Interval(Decimal(0), None), Interval(Decimal(0), None)),
    ],
)  # fmt: skip
def test_months_since_a_b_cell_antibody_and_since_any_drug(
    rows: list[dict[str, Any]], since: str | None, b_cell: Interval, any_drug: Interval
) -> None:
    listed = {"rows": rows} | ({"complete_since": since} if since else {})
    known = what_is_known(treatments=listed)
    assert months_since_b_cell_drug(known).possible == b_cell
    assert months_since_any_drug(known).possible == any_drug
