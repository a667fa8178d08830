"""Why a recorded result does not count, said where and only where a calculator leaves it open."""

from datetime import date
from typing import Any

import pytest
from definitions_builder import what_is_known

from nmosd_cds.calculators.current_state import edss_current, plegic
from nmosd_cds.calculators.pregnancy import pregnancy
from nmosd_cds.calculators.staleness import stale_results


def attacks(*onsets: str, since: str | None = "2000") -> dict[str, Any]:
    rows = [{"onset": onset} for onset in onsets]
    return {"rows": rows} | ({"complete_since": since} if since else {})


def edss(day: str | None) -> dict[str, Any]:
    return {"rows": [{"value": 5.5} | ({"date": day} if day else {})]}


@pytest.mark.parametrize(
    ("day", "listed", "said"),
    [
        ("2026-11-02", attacks("2025-06-14"), None),
        (
            "2026-02-11",
            attacks("2025-06-14", "2026-09-02"),
            "Not done since the attack of 02-Sep-2026",
        ),
        ("2026-08-30", attacks("2026-09"), "Not done since the attack of Sep-2026"),
        # 90 days from 02-Sep-2026 end on 01-Dec-2026.
        ("2026-11-20", attacks("2026-09-02"), "within 90 days of the attack of 02-Sep-2026"),
        ("2026-11-20", attacks("2026-09-02"), "after 01-Dec-2026"),
        ("2026-11-02", attacks(since=None), "the list of attacks is not called complete"),
        ("2026-11-02", attacks(since="2026-10-01"), "complete only since 01-Oct-2026"),
        (None, attacks(), "has no date"),
    ],
)
def test_edss(day: str | None, listed: dict[str, Any], said: str | None) -> None:
    known = what_is_known(edss_series=edss(day), attacks=listed)
    stale = stale_results(known).get("edss_series")
    assert (stale is None) == edss_current(known).possible.is_settled
    assert stale is None if said is None else stale is not None and said in stale.reason


def test_the_newest_row_is_the_one_that_counts() -> None:
    rows = {"rows": [{"date": "2026-01-01", "value": 4}, {"date": "2026-11-02", "value": 5.5}]}
    known = what_is_known(edss_series=rows, attacks=attacks("2026-03-01"))
    assert "edss_series" not in stale_results(known)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"value": "none", "date": "2026-11-02"}, None),
        ({"value": "none", "date": "2026-05-02"}, "Not done since the attack of 14-Jun-2026"),
        ("none", "Without its date"),
        ({"state": "not-done"}, None),
    ],
)
def test_plegia(answer: Any, said: str | None) -> None:
    known = what_is_known(plegia=answer, attacks=attacks("2026-06-14"))
    stale = stale_results(known).get("plegia")
    assert stale is None if said is None else stale is not None and said in stale.reason
    if stale is not None:
        assert not plegic(known).possible.is_settled


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"pregnant": {"value": False, "date": "2026-11-08"}}, None),
        ({"pregnant": {"value": False, "date": "2026-11-07"}}, "this one is of 07-Nov-2026"),
        ({"pregnant": False}, "Without its date"),
        ({"pregnant": {"value": True, "date": "2026-01-01"}}, None),
        ({"pregnant": {"value": False, "date": "2026-01-01"}, "sex": "male"}, None),
        (
            {"pregnant": {"value": False, "date": "2026-01-01"}, "can_become_pregnant": False},
            None,
        ),
        ({}, None),
    ],
)
def test_a_negative_pregnancy_test(facts: dict[str, Any], said: str | None) -> None:
    known = what_is_known(**facts)
    stale = stale_results(known).get("pregnant")
    assert stale is None if said is None else stale is not None and said in stale.reason
    if stale is not None:
        assert not pregnancy(known).possible.is_settled


def test_nothing_recorded_is_not_stale() -> None:
    assert stale_results(what_is_known(on=date(2026, 11, 22))) == {}
