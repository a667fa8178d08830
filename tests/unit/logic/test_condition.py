"""Conditions read from plain data, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest

from nmosd_cds.logic.condition import (
    AllOf,
    AnyOf,
    ConditionError,
    IsOneOf,
    Named,
    NotThis,
    Within,
    comparisons_of,
    read_condition,
    renamed,
)
from nmosd_cds.logic.fact import Interval

D = Decimal
PREGNANT = IsOneOf("pregnant", ("true",))
LOW_IGG = Within("igg", Interval(high=D(4), high_open=True), "g/L")


def test_a_choice_a_list_of_choices_and_bounds() -> None:
    assert read_condition({"pregnant": "true"}) == PREGNANT
    assert read_condition({"sex": ["female", "male"]}) == IsOneOf("sex", ("female", "male"))
    assert read_condition({"igg": {"below": "4", "unit": "g/L"}}) == LOW_IGG


@pytest.mark.parametrize(
    ("bounds", "interval"),
    [
        ({"above": "1"}, Interval(low=D(1), low_open=True)),
        ({"at_least": "1"}, Interval(low=D(1))),
        ({"below": "1"}, Interval(high=D(1), high_open=True)),
        ({"at_most": "1"}, Interval(high=D(1))),
        ({"above": "1", "at_most": "2"}, Interval(D(1), D(2), low_open=True)),
        ({"at_least": 1, "below": 2}, Interval(D(1), D(2), high_open=True)),
    ],
)
def test_every_bound(bounds: dict[str, Any], interval: Interval) -> None:
    assert read_condition({"igg": bounds}) == Within("igg", interval, None)


def test_connectives_and_definitions() -> None:
    data = {"all": [{"any": [{"pregnant": "true"}]}, {"not": {"is": "low_igg"}}]}
    read = read_condition(data, {"low_igg": LOW_IGG})
    assert read == AllOf((AnyOf((PREGNANT,)), NotThis(Named("low_igg", LOW_IGG))))
    assert list(comparisons_of(read)) == [PREGNANT, LOW_IGG]


def test_renaming_reaches_every_comparison() -> None:
    whole = AllOf((AnyOf((PREGNANT,)), NotThis(Named("low_igg", LOW_IGG))))
    changed = renamed(whole, {"pregnant": "p", "igg": "g"})
    assert [one.fact for one in comparisons_of(changed)] == ["p", "g"]
    assert renamed(changed, {"p": "pregnant", "g": "igg"}) == whole


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        ([], (), "exactly one key"),
        ({}, (), "exactly one key"),
        ({"a": "true", "b": "true"}, (), "exactly one key"),
        ({"any": []}, ("any",), "at least one condition"),
        ({"all": "x"}, ("all",), "at least one condition"),
        ({"is": "nothing"}, ("is",), "not a definition"),
        ({"is": ["nothing"]}, ("is",), "not a definition"),
        ({"pregnant": None}, ("pregnant",), "needs `true`"),
        ({"pregnant": []}, ("pregnant",), "needs `true`"),
        ({"igg": {}}, ("igg",), "needs a bound"),
        ({"igg": {"under": "4"}}, ("igg",), "`under` is not a bound"),
        ({"igg": {"above": "4", "at_least": "4"}}, ("igg",), "two bounds on one side"),
        ({"igg": {"below": "4", "at_most": "4"}}, ("igg",), "two bounds on one side"),
        ({"igg": {"above": "4", "below": "3"}}, ("igg",), "is empty"),
        ({"igg": {"above": "four"}}, ("igg", "above"), "not a number"),
        ({"igg": {"above": "NaN"}}, ("igg", "above"), "finite"),
        ({"any": [{"igg": {"above": "x"}}]}, ("any", 0, "igg", "above"), "not a number"),
    ],
)
def test_what_is_not_a_condition(data: Any, place: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ConditionError, match=words) as raised:
        read_condition(data)
    assert raised.value.place == place


def test_four_connectives_are_too_deep() -> None:
    leaf: Any = {"pregnant": "true"}
    three = {"any": [{"all": [{"any": [leaf]}]}]}
    read_condition(three)
    with pytest.raises(ConditionError, match="nested more than 3 deep"):
        read_condition({"all": [three]})
