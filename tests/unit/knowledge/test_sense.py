"""What a condition can and cannot say, by truth tables worked out by hand."""

from pathlib import Path

import pytest

from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.load import check_knowledge
from nmosd_cds.knowledge.sense import truths_of
from nmosd_cds.logic.condition import read_condition
from nmosd_cds.logic.truth import Truth
from tests.unit.knowledge.small_knowledge import FILES

RULES = "rules/therapies/ahsct/rules.yaml"
LVEF = 'when: {lvef: {below: 45, unit: "%"}}'


def answers(*data):
    found = truths_of([read_condition(one) for one in data], known_fact_specs())
    return {tuple(str(truth) for truth in truths) for truths in found}


def test_a_limit_is_met_below_and_not_met_at_and_above_it():
    assert answers({"lvef": {"below": 45, "unit": "%"}}) == {("true",), ("false",)}


def test_two_limits_that_leave_nothing_between_them_are_never_met():
    nothing = {
        "all": [{"lvef": {"below": 40, "unit": "%"}}, {"lvef": {"at_least": 45, "unit": "%"}}]
    }
    assert answers(nothing) == {("false",)}


def test_two_limits_that_cover_everything_are_always_met():
    everything = {
        "any": [{"lvef": {"below": 45, "unit": "%"}}, {"lvef": {"at_least": 45, "unit": "%"}}]
    }
    assert answers(everything) == {("true",)}


def test_the_limit_itself_counts_as_a_piece():
    """Below 45 or above 45 leaves out 45 alone."""
    both = {"any": [{"lvef": {"below": 45, "unit": "%"}}, {"lvef": {"above": 45, "unit": "%"}}]}
    assert answers(both) == {("true",), ("false",)}


def test_a_number_nobody_can_enter_is_no_piece():
    """LVEF is a percentage; none is below 0."""
    assert answers({"lvef": {"below": 0, "unit": "%"}}) == {("false",)}


def test_every_choice_together_is_always_met():
    assert answers({"pregnant": ["true", "false"]}) == {("true",)}


def test_two_conditions_are_tried_on_the_same_facts():
    pairs = answers({"lvef": {"below": 45, "unit": "%"}}, {"lvef": {"at_least": 50, "unit": "%"}})
    assert pairs == {("true", "false"), ("false", "false"), ("false", "true")}


def test_too_many_combinations_are_left_to_the_cases():
    names = [spec.name for spec in known_fact_specs().values() if spec.kind == "yes-no"][:17]
    many = {"any": [{name: "true"} for name in names]}
    assert truths_of([read_condition(many)], known_fact_specs()) is None


# file, what stands there, what is put there, start of the sentence
SENSELESS = [
    (
        RULES,
        LVEF,
        'when: {all: [{lvef: {below: 40, unit: "%"}}, {lvef: {above: 45, unit: "%"}}]}',
        "rules/therapies/ahsct/rules.yaml:3: `ahsct.lvef` can never be true.",
    ),
    (
        RULES,
        LVEF,
        'when: {any: [{lvef: {below: 45, unit: "%"}}, {lvef: {at_least: 40, unit: "%"}}]}',
        "rules/therapies/ahsct/rules.yaml:3: `ahsct.lvef` can never be false.",
    ),
    (
        "rules/definitions.yaml",
        '{lvef: {below: 45, unit: "%"}}',
        '{lvef: {below: 0, unit: "%"}}',
        "rules/definitions.yaml:4: `low_heart` can never be true.",
    ),
]


def problems(tmp_path, changes):
    for name, text in (FILES | changes).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [problem.sentence for problem in check_knowledge(tmp_path)]


@pytest.mark.parametrize(("file", "old", "new", "said"), SENSELESS)
def test_a_condition_without_effect_is_named_with_its_line(tmp_path: Path, file, old, new, said):
    assert old in FILES[file]
    found = problems(tmp_path, {file: FILES[file].replace(old, new, 1)})
    assert any(one.startswith(said) for one in found), found


def two_rules(tmp_path, effect, when, first=LVEF):
    """The small rules with one more about the same fact."""
    more = f"""\
- id: ahsct.more
  effect: {effect}
  {when}
  because: Another reason.
  cites: [doe-2020]
  basis: published
  {"why: permanent" if effect in ("excludes", "requires") else "about: safety"}
  reviewed: {{by: none, on: none}}
"""
    text = FILES[RULES].replace(LVEF, first, 1) + more
    return problems(tmp_path, {RULES: text})


def test_two_bars_that_leave_no_way_are_named(tmp_path: Path):
    """Excluded below 45 and required to be below 45: nobody passes."""
    found = two_rules(tmp_path, "requires", LVEF)
    assert any("`ahsct.lvef` and `ahsct.more` bar the option together" in one for one in found)


def test_two_bars_with_room_between_them_are_not(tmp_path: Path):
    found = two_rules(tmp_path, "requires", 'when: {lvef: {below: 80, unit: "%"}}')
    assert not any("bar the option together" in one for one in found)


def test_a_rule_said_twice_is_named(tmp_path: Path):
    found = two_rules(tmp_path, "excludes", 'when: {not: {lvef: {at_least: 45, unit: "%"}}}')
    assert any("`ahsct.more` says the same as `ahsct.lvef`" in one for one in found)


def test_a_rule_that_speaks_only_for_the_excluded_is_named(tmp_path: Path):
    found = two_rules(tmp_path, "favours", 'when: {lvef: {below: 30, unit: "%"}}')
    assert any("speaks for the option only where `ahsct.lvef` bars it" in one for one in found)
    fine = two_rules(tmp_path, "favours", 'when: {lvef: {below: 60, unit: "%"}}')
    assert not any("speaks for the option only" in one for one in fine)


def test_a_condition_nobody_uses_is_named(tmp_path: Path):
    found = problems(tmp_path, {})
    assert any("nothing uses `low_heart`" in one for one in found) is (
        "is: low_heart" not in "".join(FILES.values())
    )


def test_a_truth_is_compared_by_name():
    assert str(Truth.TRUE) == "true"
