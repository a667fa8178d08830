"""docs/gates.md cannot lie: each rule it names is there, and each stop and caution is named."""

import re
from pathlib import Path

import pytest

from nmosd_cds import paths
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.logic.condition import Within, comparisons_of

PAGE = Path(__file__).parents[2] / "docs" / "gates.md"
RULE_ID = re.compile(r"`([a-z0-9-]+\.[a-z0-9-]+)`")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


def named() -> set[str]:
    found = set(RULE_ID.findall(PAGE.read_text(encoding="utf-8")))
    return {name for name in found if not name.endswith((".yaml", ".txt", ".md"))}


def test_every_rule_the_page_names_is_there(knowledge: Knowledge) -> None:
    there = {one.rule.id for one in knowledge.scope}
    there |= {one.rule.id for option in knowledge.options.values() for one in option.rules}
    assert sorted(named() - there) == []


def test_every_stop_and_every_caution_stands_on_the_page(knowledge: Knowledge) -> None:
    wanted = {one.rule.id for one in knowledge.scope} | {
        one.rule.id
        for option in knowledge.options.values()
        for one in option.rules
        if one.rule.effect != "favours"
    }
    assert len(wanted) > 150
    assert sorted(wanted - named()) == []


def test_a_limit_from_memory_or_of_our_own_bars_only_by_a_decision_of_the_design(
    knowledge: Knowledge,
) -> None:
    barring = [
        one.rule
        for option in knowledge.options.values()
        for one in option.rules
        if one.rule.effect in ("excludes", "requires")
        and any(isinstance(part, Within) for part in comparisons_of(one.condition))
    ]
    assert len(barring) > 10
    loose = [
        rule.id
        for rule in barring
        if rule.flag == "memory" or (rule.basis == "project" and not rule.panel_decision)
    ]
    assert loose == []


def test_every_line_says_where_the_gate_stands_or_why_it_is_no_rule() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| gate ")
    ]
    assert len(rows) > 80
    for row in rows:
        assert len(row) == 4 and all(row), row
        assert RULE_ID.search(row[3]) or row[3].startswith(("none: ", "said in each")), row
        assert set(row[2].split(", ")) <= {"seen", "memory", "project"}, row
