"""The page of summary says what the preferences in use do, after the order without them."""

from __future__ import annotations

from typing import Any

from nmosd_cds.report.content import make_content
from nmosd_cds.report.text import make_text
from tests.advice_builder import a_changed, advised, places, the_knowledge

BURDEN = {"owner": "patient", "on": "2026-11-15", "kind": "swing", "harms_seen": True}


def page(preferences: dict[str, Any] | None) -> str:
    case = a_changed("b", trial_places=places(), preferences=preferences)
    content = make_content(case, advised(case), the_knowledge())
    return " ".join(make_text(content, detail=False).split())


def a_set(**weights: int) -> dict[str, Any]:
    return {"active": "patient", "sets": [BURDEN | {"weights": weights}]}


def test_without_preferences_no_word_of_any() -> None:
    assert "With the preferences" not in page(None)


def test_a_set_in_use_has_its_shares_after_those_without() -> None:
    """With everything on the burden AHSCT, 3 of 4, never comes before continuing, 1 of 4."""
    criteria = (one.id for group in the_knowledge().ranking.criteria for one in group.members)
    weights = dict.fromkeys(criteria, 0) | {"burden": 100}
    said = page(a_set(**weights))
    wanted = "With the preferences of patient (15-Nov-2026): "
    assert wanted in said
    after = said[said.index(wanted) + len(wanted) :]
    assert after.startswith(("AHSCT first 0 of 100", "Continue eculizumab first 100 of 100"))
    assert said.index("How firm is the order?") < said.index(wanted)


def test_a_set_that_is_not_in_use_does_not_speak_on_the_first_page() -> None:
    stored = {"sets": a_set(burden=100)["sets"]}
    assert "With the preferences" not in page(stored)


def test_scenarios_are_counted_without_preferences() -> None:
    arithmetic = [one for one in the_knowledge().ranking.scenarios if not one.tier_policy]
    count = len(arithmetic) + 1
    assert f"{count} scenarios" in page(None)
    assert f"{count} scenarios" in page(a_set(burden=100))
