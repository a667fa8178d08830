"""On paper: whose preferences, when, how, whether harms were seen, what was said, what is used."""

from __future__ import annotations

from typing import Any

import pytest
from advice_builder import a_changed, advised, the_knowledge

from nmosd_cds.report.content import make_content
from nmosd_cds.report.text import make_text

ORDER = {
    "owner": "patient",
    "on": "2026-11-15",
    "kind": "ordinal",
    "harms_seen": True,
    "order": ["relapse_24m", ["burden", "late_harm"], "gone"],
}
POINTS = {
    "owner": "board",
    "on": "2026-11-20",
    "kind": "swing",
    "harms_seen": False,
    "weights": {"relapse_24m": 100, "treatment_related_death": {"low": 40, "high": 70}},
}
EXACT = {
    "owner": "family",
    "on": "2026-11-21",
    "kind": "exact",
    "harms_seen": True,
    "weights": {"relapse_24m": 75, "burden": 25},
}


def printed(name: str, preferences: dict[str, Any] | None) -> str:
    case = a_changed(name, preferences=preferences) if preferences else a_changed(name)
    advice = advised(case, the_knowledge())
    text = make_text(make_content(case, advice, the_knowledge()))
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["b", "e", "g"])
def test_no_preferences_are_said_on_every_report(name: str) -> None:
    said = "Preferences. None stated. The order is the one without preferences."
    assert said in printed(name, None)


def test_every_set_names_owner_day_kind_and_whether_harms_were_seen() -> None:
    text = printed("b", {"active": "board", "sets": [ORDER, POINTS, EXACT]})
    board = (
        "Preferences of board, in use. 20-Nov-2026, points of 100, "
        "benefits and harms were not shown before. "
        "100 First relapse within 24 months; 40 to 70 Death from the treatment within 12 months. "
        "Not weighed, so worth anything up to the most important: Change of EDSS"
    )
    patient = (
        "Preferences of patient, not in use. 15-Nov-2026, order of importance, "
        "benefits and harms were shown before. "
        "1 First relapse within 24 months; 2= Burden of the treatment; 2= New autoimmune disease"
    )
    family = (
        "Preferences of family, not in use. 21-Nov-2026, exact parts of the whole weight, "
        "benefits and harms were shown before. "
        "75 First relapse within 24 months; 25 Burden of the treatment. Without any weight:"
    )
    assert text.index(board) < text.index(patient) < text.index(family)
    assert "4 gone (not a criterion of this knowledge: kept, not counted)" in text
    assert "Not put in order, so weighed as without preferences: Change of EDSS" in text


def test_stored_sets_of_which_none_is_in_use_leave_the_order_without_preferences() -> None:
    text = printed("b", {"sets": [ORDER]})
    assert "Preferences of patient, not in use." in text
    assert "The order is the one without preferences." in text


def test_where_nothing_is_ranked_the_sets_are_printed_all_the_same() -> None:
    text = printed("e", {"active": "patient", "sets": [ORDER]})
    assert "Preferences of patient, in use. 15-Nov-2026" in text
    assert "1 First relapse within 24 months" in text


def test_an_order_of_all_criteria_leaves_nothing_to_be_said_of_the_rest() -> None:
    groups = the_knowledge().ranking.criteria
    order = [each.id for group in groups for each in group.members]
    text = printed("b", {"active": "patient", "sets": [ORDER | {"order": order}]})
    assert f"{len(order)} Free of relapse and of preventive drugs at last visit." in text
    assert "Not put in order" not in text
