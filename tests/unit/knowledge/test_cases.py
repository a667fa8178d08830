"""A case says where the rules answer otherwise; the status comes from the floor above."""

from pathlib import Path

import pytest
from small_knowledge import write_small

from nmosd_cds.knowledge.case import RuleCase
from nmosd_cds.knowledge.cases import people_of, run_case
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.patient.known import patient_facts


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    monkeypatch.setenv("NMOSD_CDS_CACHE", str(tmp_path / "cache"))
    return load_knowledge(write_small(tmp_path / "pack"))


def mismatches(knowledge: Knowledge, option: str | None, **expect: str) -> list[str]:
    names = {name.replace("__", "."): answer for name, answer in expect.items()}
    case = RuleCase.model_validate(
        {"name": "Weak.", "on": "2026-11-22", "patient": {"lvef": "44"}, "expect": names}
    )
    patient, setting, problems = people_of(case)
    assert not problems
    facts = patient_facts(patient, setting)
    return run_case(knowledge, option, case, facts, "excluded" if option else None)


def test_a_case_that_holds_has_no_mismatch(knowledge: Knowledge) -> None:
    assert mismatches(knowledge, "ahsct", ahsct__lvef="true", status="excluded") == []
    assert mismatches(knowledge, None, scope__pregnancy="unknown") == []


def test_a_mismatch_is_a_sentence(knowledge: Knowledge) -> None:
    assert mismatches(knowledge, "ahsct", ahsct__lvef="false", status="possible") == [
        "Weak. `ahsct.lvef` is true, not false.",
        "Weak. The status is excluded, not possible.",
    ]


def test_an_open_fact_is_named(knowledge: Knowledge) -> None:
    assert mismatches(knowledge, None, scope__pregnancy="true") == [
        "Weak. `scope.pregnancy` is unknown, not true; open: pregnant."
    ]


def test_a_rule_of_another_option_is_not_asked(knowledge: Knowledge) -> None:
    assert mismatches(knowledge, None, ahsct__lvef="true") == [
        "Weak. `ahsct.lvef` is not asked of this option."
    ]


def test_a_setting_is_read_too() -> None:
    case = RuleCase.model_validate(
        {"name": "A.", "on": "2026-11-22", "setting": {"accredited_centre": "true"}, "expect": {}}
    )
    assert people_of(case)[1].accredited_centre is not None
