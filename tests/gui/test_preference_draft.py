"""What is typed about preferences, read or answered with a sentence; nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from builders import a_case

from nmosd_cds.errors import Problem
from nmosd_cds.gui.preference_draft import (
    ANSWER,
    DAY,
    OWNER,
    Points,
    PreferencesDraft,
    SetDraft,
    draft_of,
    levelled,
    placed,
    read_points,
    read_preferences_draft,
)
from nmosd_cds.patient.case import Case

TODAY = date(2026, 11, 22)
D = Decimal
ONE = SetDraft("patient", "15-Nov-2026", "ordinal", True, ("a", "b", "c", "d"))


def read(*sets: SetDraft, active: int | None = None, case: Case | None = None):
    return read_preferences_draft(PreferencesDraft(active, sets), case or Case(), TODAY)


def said(one: SetDraft) -> list[str]:
    found = read(one).sets[0].problems.values()
    return [problem.sentence for problems in found for problem in problems]


@pytest.mark.parametrize(
    ("text", "upper", "ends"),
    [
        ("60", None, (60, 60)),
        (" 60 % ", None, (60, 60)),
        ("12,5", None, ("12.5", "12.5")),
        ("６０", None, (60, 60)),  # full-width digits, as a Chinese keyboard writes them
        ("40-70", None, (40, 70)),
        ("40 to 70", None, (40, 70)),
        ("40–70", None, (40, 70)),
        ("40", "70", (40, 70)),
        ("0", None, (0, 0)),
    ],
)
def test_points_as_people_write_them(text: str, upper: str | None, ends: tuple) -> None:
    low, high = ends
    assert read_points(Points(text, upper)) == (D(low), D(high))


@pytest.mark.parametrize(
    ("text", "upper", "words"),
    [
        ("abc", None, "`abc` is not a number. Write 0 to 100."),
        ("101", None, "`101` is too much. Write 0 to 100."),
        ("-5", None, "`-5` is not a number"),
        ("1e3", None, "`1e3` is not a number"),
        ("nan", None, "is not a number"),
        ("70", "40", "70 is above 40. Exchange them."),
        ("70-40", None, "70 is above 40. Exchange them."),
        ("70", "", "One end of the range is missing. Write 0 to 100."),
        ("", "40", "One end of the range is missing"),
        ("10\n20", None, "is not a number"),
        ("9" * 400, None, "is not a number"),
    ],
)
def test_points_that_cannot_be_read(text: str, upper: str | None, words: str) -> None:
    found = read_points(Points(text, upper))
    assert isinstance(found, Problem) and words in found.sentence


@pytest.mark.parametrize("points", [Points(), Points("  "), Points("", "")])
def test_empty_boxes_are_not_weighed_rather_than_nought(points: Points) -> None:
    assert read_points(points) is None


def test_a_set_is_read_whole_or_not_at_all() -> None:
    good = replace(ONE, kind="swing", points={"a": Points("100"), "b": Points("40", "70")})
    bad = replace(good, owner="board", points={**good.points, "c": Points("x")})
    found = read(good, bad, active=1)
    assert [one.owner for one in found.preferences.sets] == ["patient"]
    assert found.preferences.sets[0].weights == (("a", D(100)),)
    assert found.preferences.sets[0].ranges == (("b", D(40), D(70)),)
    assert found.preferences.active is None
    assert found.left_out(PreferencesDraft(1, (good, bad))) == [
        "Preferences of board: `x` is not a number. Write 0 to 100."
    ]


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"owner": "  "}, OWNER, "Say whose preferences these are. For example patient or board."),
        ({"owner": "a\nb"}, OWNER, "cannot be seen"),
        ({"owner": "x" * 2001}, OWNER, "is too long"),
        ({"on": ""}, DAY, "Say on which day they were stated. Write, for example, 15 Nov 2026."),
        ({"on": "yesterday"}, DAY, "`yesterday` is not a day"),
        ({"on": "Nov 2026"}, DAY, "The day is needed too"),
        ({"on": "30 Feb 2026"}, DAY, "is not a day"),
        ({"on": "23 Nov 2026"}, DAY, "`23-Nov-2026` is after the day of assessment, 22-Nov-2026"),
        ({"on": "1 Jan 0850"}, DAY, "is not a year of a life"),
        ({"order": ()}, ANSWER, "Nothing is in order yet. Move what matters most above the line."),
        ({"kind": "swing"}, ANSWER, "Nothing is weighed yet. Choose the item you would improve"),
        (
            {"kind": "swing", "points": {"a": Points("0"), "b": Points("0", "0")}},
            ANSWER,
            "All are 0, so nothing would count. Give the item you would improve first 100.",
        ),
        (
            {"kind": "exact", "points": {"a": Points("10-20")}},
            "a",
            "Exact parts have no range. Write one number.",
        ),
    ],
)
def test_each_thing_that_cannot_hold_is_a_sentence_at_its_place(
    change: dict, place: str, words: str
) -> None:
    reading = read(replace(ONE, **change)).sets[0]
    assert reading.read is None and set(reading.problems) == {place}
    assert words in " ".join(problem.sentence for problem in reading.problems[place])


def test_a_set_before_birth_cannot_be() -> None:
    case = a_case(birth_date="1984-03")
    found = read(replace(ONE, on="1 Feb 1984"), case=case).sets[0]
    assert "is before birth" in found.problems[DAY][0].sentence


def test_every_problem_is_told_at_once() -> None:
    wrong = SetDraft("", "x", "swing", points={"a": Points("x"), "b": Points("101")})
    assert len(said(wrong)) == 4


def test_two_sets_of_one_owner_are_told_apart() -> None:
    for owner in ("patient", " Patient "):
        found = read(ONE, replace(ONE, owner=owner))
        assert found.sets[0].read is not None
        assert found.sets[1].problems[OWNER][0].sentence == (
            f"`{owner.strip()}` has a set already. Change that one, or name another owner."
        )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"order": ("a",)}, "One criterion alone is no order: it changes nothing."),
        ({"ties": ("b", "c", "d")}, "All of these stand level: the order changes nothing."),
        (
            {"kind": "swing", "points": {"a": Points("80"), "b": Points("40")}},
            "The highest is 80; it counts as 100, and the others in proportion.",
        ),
        ({"kind": "swing", "points": {"a": Points("100")}}, "Only one item is weighed"),
    ],
)
def test_what_is_legal_and_says_little_is_said(change: dict, words: str) -> None:
    reading = read(replace(ONE, **change)).sets[0]
    assert reading.read is not None and words in " ".join(reading.notices)


def test_an_order_and_points_are_both_kept_whatever_is_asked() -> None:
    both = replace(ONE, points={"a": Points("100")})
    assert read(both).sets[0].read.weights == ()
    assert read(replace(both, kind="swing")).sets[0].read.order == ()


def test_what_is_stored_comes_back() -> None:
    case = a_case(
        preferences={
            "active": "board",
            "sets": [
                {
                    "owner": "patient",
                    "on": "2026-11-15",
                    "kind": "ordinal",
                    "harms_seen": True,
                    "order": ["a", ["b", "older"], "c"],
                },
                {
                    "owner": "board",
                    "on": "2026-11-16",
                    "kind": "swing",
                    "harms_seen": False,
                    "weights": {"a": 100, "b": {"low": 12.5, "high": 40}},
                },
                {
                    "owner": "file",
                    "on": "2026-11-16",
                    "kind": "exact",
                    "harms_seen": False,
                    "weights": {"a": 3, "b": 1},
                },
            ],
        }
    )
    draft = draft_of(case.preferences)
    assert draft.active == 1
    assert read_preferences_draft(draft, case, TODAY).preferences == case.preferences


def order_of(one: SetDraft) -> str:
    """`a b=c d`: levels as they stand."""
    words = []
    for name in one.order:
        words.append(("=" if name in one.ties else " ") + name)
    return "".join(words).strip()


@pytest.mark.parametrize(
    ("ties", "name", "at", "after"),
    [
        ("", "c", 0, "c a b d"),
        ("", "a", 3, "b c d a"),
        ("", "b", None, "a c d"),
        ("", "new", 1, "a new b c d"),
        ("b", "c", 0, "c a=b d"),  # a level moves as it is
        ("b", "a", 2, "b c a d"),  # who leaves a level stands alone
        ("c", "b", 0, "b a c d"),  # who stays behind is level with nobody new
        ("bcd", "b", 0, "b a=c=d"),
        ("bc", "b", None, "a=c d"),
        ("d", "b", 2, "a c b d"),  # nothing may come between two that stand level
    ],
)
def test_moving_a_criterion(ties: str, name: str, at: int | None, after: str) -> None:
    assert order_of(placed(replace(ONE, ties=tuple(ties)), name, at)) == after


def test_standing_level_and_not() -> None:
    level = levelled(ONE, "c", True)
    assert order_of(level) == "a b=c d"
    assert order_of(levelled(level, "c", False)) == "a b c d"
    assert order_of(levelled(ONE, "a", True)) == "a b c d"


def test_removing_a_set_keeps_the_one_in_use() -> None:
    sets = tuple(replace(ONE, owner=name) for name in "abc")
    assert PreferencesDraft(2, sets).without(0).active == 1
    assert PreferencesDraft(0, sets).without(2).active == 0
    assert PreferencesDraft(1, sets).without(1).active is None
