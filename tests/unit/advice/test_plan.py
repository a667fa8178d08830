"""Plans for one person: ticked from what is known, dated by hand, compared with allergies."""

from datetime import date
from typing import Any

import pytest
from advice_builder import ANTIBODIES, a_changed, the_knowledge

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.advice.model import OptionAdvice
from nmosd_cds.advice.plan_model import PlanAnswer, PlanLine, Washout, WashoutLine
from nmosd_cds.logic.truth import Truth

ON = date(2026, 11, 22)
TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def _option(name: str, option: str, **changes: Any) -> OptionAdvice:
    return advise(a_changed(name, **changes), the_knowledge(), on=ON).option(option)


def _line(option: OptionAdvice, section: str, label: str) -> PlanLine:
    (line,) = [one for one in option.plan if (one.section, one.label) == (section, label)]
    return line


def _washout(option: OptionAdvice) -> Washout:
    assert option.washout is not None
    return option.washout


def _drug(option: OptionAdvice, drug: str) -> WashoutLine:
    (line,) = [one for one in _washout(option).lines if one.drug == drug]
    return line


def _taking(**row: Any) -> dict[str, Any]:
    return {"complete_since": "2019", "rows": [{"start": "2020", **row}]}


# The checklist.


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "done"),
        ({"without": ["anti_hbs"]}, "partly"),
        ({"anti_hbs": {"state": "not-done"}}, "partly"),
        ({"anti_hbs": {"state": "unavailable"}}, "partly"),
        ({"without": ["hbsag", "anti_hbc", "anti_hbs"]}, "not-known"),
        (
            {name: {"state": "not-done"} for name in ("hbsag", "anti_hbc", "anti_hbs")},
            "not-known",
        ),
    ],
)
def test_a_line_is_ticked_only_where_every_field_has_a_value(
    changes: dict[str, Any], state: str
) -> None:
    facts = {"hbsag": "negative", "anti_hbc": "negative", "anti_hbs": "negative", **changes}
    gone = facts.pop("without", [])
    facts = {name: value for name, value in facts.items() if name not in gone}
    line = _line(_option("b", "ahsct", without=gone, **facts), "work-up", "Hepatitis B")
    assert line.state == state
    assert line.is_ticked is (state == "done")
    assert {one.field for one in line.answers} == {"hbsag", "anti_hbc", "anti_hbs"}
    assert (not line.asks) is (state == "done")


def test_a_known_value_stands_with_its_unit_and_date() -> None:
    igg = {"value": 7.1, "unit": "g/L", "date": "2026-10-15"}
    line = _line(_option("b", "car-t-bcma", igg=igg), "work-up", "IgG")
    assert line.answers == (PlanAnswer("igg", "IgG", "known", "7.1 g/L", "15-Oct-2026"),)


@pytest.mark.parametrize(
    ("when", "current", "ticked"),
    [
        ("2026-08-22", TRUE, True),  # three months to the day
        ("2026-08-21", FALSE, False),
        ("2026-08", UNKNOWN, False),
        (None, UNKNOWN, False),
    ],
)
def test_an_old_or_undated_result_is_known_and_not_ticked(
    when: str | None, current: Truth, ticked: bool
) -> None:
    recent = {"date": "2026-11-01"}
    lvef = {"value": 62, "unit": "%"} | ({} if when is None else {"date": when})
    option = _option(
        "b",
        "car-t-bcma",
        lvef=lvef,
        qtc={"value": 410, "unit": "ms", **recent},
        severe_cardiac_disease={"value": False, **recent},
    )
    line = _line(option, "work-up", "Heart")
    assert line.state == "done" and line.limit == "3 months"
    assert line.is_current is current and line.is_ticked is ticked
    assert ("lvef" in line.asks) is not ticked


@pytest.mark.parametrize(
    ("since", "state"),
    [("2024-11-22", "done"), ("2024-11-23", "partly"), ("2026-06", "partly"), (None, "partly")],
)
def test_a_list_of_attacks_counts_for_two_years_only_if_it_is_complete_for_them(
    since: str | None, state: str
) -> None:
    rows = [{"onset": "2026-07-01", "sites": ["spinal-cord"], "confirmed": True}]
    attacks = {"rows": rows} | ({} if since is None else {"complete_since": since})
    option = _option("b", "ahsct", attacks=attacks)
    assert _line(option, "work-up", "Attacks of 24 months").state == state


@pytest.mark.parametrize(
    ("acuities", "state"),
    [
        ([], "not-known"),
        ([{"date": "2026-11-01", "right": {"value": 0, "unit": "logMAR"}}], "partly"),
        (
            [
                {
                    "date": "2026-11-01",
                    "right": {"value": 0, "unit": "logMAR"},
                    "left": {"value": 1, "unit": "logMAR"},
                }
            ],
            "done",
        ),
        # The later row has a gap, whatever the earlier one says.
        (
            [
                {
                    "date": "2026-01-01",
                    "right": {"value": 0, "unit": "logMAR"},
                    "left": {"value": 1, "unit": "logMAR"},
                },
                {"date": "2026-11-01", "right": {"value": 0, "unit": "logMAR"}},
            ],
            "partly",
        ),
    ],
)
def test_one_eye_is_half_a_baseline(acuities: list[dict[str, Any]], state: str) -> None:
    option = _option("b", "car-t-bcma", acuity_series={"rows": acuities})
    assert _line(option, "baseline", "Acuity").state == state


def test_a_line_that_no_field_answers_is_never_ticked() -> None:
    line = _line(_option("b", "ahsct"), "work-up", "Teeth")
    assert line.state == "" and not line.is_ticked and not line.answers


@pytest.mark.parametrize(
    ("hbsag", "anti_hbc", "applies"),
    [
        ("positive", None, TRUE),
        (None, "positive", TRUE),
        ("negative", None, UNKNOWN),
        (None, None, UNKNOWN),
        ("negative", "negative", None),
    ],
)
def test_what_is_for_some_people_only_asks_where_that_is_not_known(
    hbsag: str | None, anti_hbc: str | None, applies: Truth | None
) -> None:
    given = {"hbsag": hbsag, "anti_hbc": anti_hbc}
    facts = {name: value for name, value in given.items() if value}
    gone = [name for name, value in given.items() if not value]
    option = _option("b", "car-t-bcma", without=[*gone, "anti_hbs", "hbv_dna"], **facts)
    lines = [one for one in option.plan if one.label == "Hepatitis B"]
    found = [one.applies for one in lines if one.section == "prophylaxis"]
    assert found == ([] if applies is None else [applies])
    if applies is UNKNOWN:
        (line,) = [one for one in lines if one.section == "prophylaxis"]
        assert set(gone) <= set(line.asks)


# Washout.


def test_two_intervals_of_a_b_cell_antibody_stand_side_by_side_with_their_dates() -> None:
    taken = _taking(drug="rituximab", ongoing=True, last_dose="2026-08-31")
    line = _drug(_option("b", "car-t-bcma", treatments=taken), "rituximab")
    week, months = line.dates
    # 31-Aug + 7 days, and + 6 months: February 2027 has 28 days.
    assert (week.first, week.is_over) == (date(2026, 9, 7), TRUE)
    assert (months.first, months.is_over) == (date(2027, 2, 28), FALSE)
    assert week.cites == ("greco-2024-ebmt",) and months.cites == ("nct06561009",)
    assert line.intervals_differ and line.counted_from == "last-dose"


def test_a_month_gives_two_days_and_the_later_one_is_certain() -> None:
    taken = _taking(drug="azathioprine", stop="2026-11")
    line = _drug(_option("b", "car-t-bcma", treatments=taken), "azathioprine")
    (found,) = line.dates
    # Stopped between 1 and 22 November; 14 days later it is 15 November to 6 December.
    assert (found.first, found.last) == (date(2026, 11, 15), date(2026, 12, 6))
    assert found.is_over is UNKNOWN and line.counted_from == "stop"


def test_without_a_last_dose_there_is_no_date_and_a_question() -> None:
    taken = _taking(drug="rituximab", ongoing=True)
    line = _drug(_option("b", "car-t-bcma", treatments=taken), "rituximab")
    assert [(one.first, one.last, one.is_over) for one in line.dates] == [(None, None, UNKNOWN)] * 2
    assert line.asks == ("treatments",) and "no date" in line.exposure


@pytest.mark.parametrize("drug", ["eculizumab", "ravulizumab"])
@pytest.mark.parametrize("option", ["ahsct", "allo-hsct", "car-t-bcma", "bm-msc", "tol-dc"])
def test_a_c5_inhibitor_never_gets_a_number_for_its_washout(drug: str, option: str) -> None:
    taken = _taking(drug=drug, ongoing=True, last_dose="2026-11-12")
    line = _drug(_option("b", option, treatments=taken), drug)
    assert line.dates == () and "No interval" in line.text
    assert not any(sign.isdigit() for sign in line.text.replace("C5", ""))


@pytest.mark.parametrize("option", ["ahsct", "allo-hsct", "car-t-bcma", "bm-msc", "huc-msc"])
def test_a_washout_never_stands_without_the_danger_and_a_bridge(option: str) -> None:
    for drug in ANTIBODIES:
        found = _washout(_option("b", option, treatments=_taking(drug=drug, ongoing=True)))
        assert "14 of 17" in found.danger and "4 of 6" in found.danger
        assert set(found.danger_cites) == {"withdrawal-hazard", "sen-2023"}
        assert "bridge" in found.bridge


def test_a_drug_of_long_ago_is_left_out_unless_an_interval_still_runs() -> None:
    rows = [
        {"drug": "rituximab", "start": "2020", "stop": "2024-06", "last_dose": "2024-01-10"},
        {"drug": "azathioprine", "start": "2019", "stop": "2026-01"},
    ]
    option = _option("b", "car-t-bcma", treatments={"complete_since": "2019", "rows": rows})
    assert "rituximab" not in [one.drug for one in _washout(option).lines]
    assert "azathioprine" in [one.drug for one in _washout(option).lines]


def test_a_list_that_may_be_incomplete_says_so() -> None:
    taken = {"rows": [{"drug": "rituximab", "start": "2020", "ongoing": True}]}
    assert "may be missing" in _washout(_option("b", "ahsct", treatments=taken)).note
    assert _washout(_option("b", "ahsct", treatments=_taking(drug="rituximab"))).note == ""


# Allergies and what else is known.


@pytest.mark.parametrize(
    ("allergies", "state", "conflict"),
    [
        ({"complete_since": "2000", "rows": []}, "clear", ""),
        (None, "unknown", ""),
        ({"rows": []}, "unknown", ""),
        ({"rows": [{"substance": "Sulfonamides"}]}, "conflict", "sulfonamide"),
        ({"rows": [{"substance": "co-trimoxazole"}]}, "conflict", "co-trimoxazole"),
        ({"rows": [{"substance": "penicillin"}]}, "unknown", ""),
        ({"complete_since": "2000", "rows": [{"substance": "penicillin"}]}, "clear", ""),
    ],
)
def test_no_allergy_is_only_said_of_a_list_that_is_complete(
    allergies: dict[str, Any] | None, state: str, conflict: str
) -> None:
    changes: dict[str, Any] = (
        {"without": ["allergies"]} if allergies is None else {"allergies": allergies}
    )
    line = _line(_option("b", "car-t-bcma", **changes), "prophylaxis", "Pneumocystis")
    assert line.allergy == state
    assert conflict in line.conflict and bool(line.conflict) is bool(conflict)
    assert ("allergies" in line.asks) is (state == "unknown")


@pytest.mark.parametrize(
    ("g6pd", "says", "asks"), [("deficient", 1, False), ("normal", 0, False), (None, 0, True)]
)
def test_g6pd_is_asked_until_it_is_known(g6pd: str | None, says: int, asks: bool) -> None:
    changes: dict[str, Any] = {} if g6pd is None else {"g6pd": g6pd}
    line = _line(_option("b", "ahsct", **changes), "prophylaxis", "Pneumocystis")
    assert len(line.checks) == says and ("g6pd" in line.asks) is asks


# What the person has now.


@pytest.mark.parametrize(
    ("drug", "labels"),
    [
        ("eculizumab", {"C5 inhibitor, fever", "C5 inhibitor, at a relapse"}),
        ("satralizumab", {"IL-6 receptor drug"}),
        ("rituximab", {"B-cell antibody"}),
        ("azathioprine", {"Azathioprine or mycophenolate"}),
    ],
)
def test_the_present_drug_picks_its_own_monitoring(drug: str, labels: set[str]) -> None:
    option = _option("b", "no-cellular-therapy", treatments=_taking(drug=drug, ongoing=True))
    found = {one.label for one in option.plan if one.section == "monitoring"}
    assert found == labels | {"At every visit"}
    vaccinated = {one.label for one in option.plan if one.section == "vaccination"}
    assert ("Meningococcal, with a C5 inhibitor" in vaccinated) is (drug == "eculizumab")
    assert option.washout is None


def test_an_unknown_present_drug_leaves_every_monitoring_open() -> None:
    option = _option("b", "no-cellular-therapy", without=["treatments"])
    lines = [one for one in option.plan if one.section == "monitoring"]
    assert len(lines) == 6
    open_ones = [one for one in lines if one.applies is UNKNOWN]
    assert len(open_ones) == 5 and all("treatments" in one.asks for one in open_ones)


# Days, words, files.


@pytest.mark.parametrize("option", ["ahsct", "allo-hsct", "car-t-bcma", "bm-msc", "huc-msc"])
def test_every_day_of_a_calendar_runs_forward_and_conflicts_stand_by_their_source(
    option: str,
) -> None:
    plan = _option("b", option).plan
    dated = [line for line in plan if line.days]
    assert dated
    for line in dated:
        assert line.days is not None
        assert line.days.last is None or line.days.first <= line.days.last
    for line in plan:
        assert line.cites
        for each in line.ranges:
            assert each.cites and each.says


@pytest.mark.parametrize("option", ["ahsct", "car-t-bcma"])
def test_live_vaccines_are_never_called_safe(option: str) -> None:
    live = [line for line in _option("b", option).plan if line.is_live]
    assert live
    for line in live:
        said = " ".join([line.text, *(one.says for one in line.ranges)])
        assert "safe" not in said.lower() and line.days is not None
        assert line.days.first >= 365


def test_the_json_keeps_its_old_keys_and_adds_the_plan_in_parts() -> None:
    taken = _taking(drug="rituximab", ongoing=True, last_dose="2026-08-31")
    advice = advise(a_changed("b", treatments=taken), the_knowledge(), on=ON)
    (option,) = [one for one in advice_to_json(advice)["options"] if one["id"] == "car-t-bcma"]
    for line in option["plan"]:
        assert {"when", "text", "cites", "flag", "conflict", "section", "state"} <= set(line)
    (drug,) = [one for one in option["washout"]["drugs"] if one["drug"] == "rituximab"]
    assert [one["earliest"] for one in drug["intervals"]] == ["2026-09-07", "2027-02-28"]
    assert [one["over"] for one in drug["intervals"]] == ["true", "false"]
