"""Runs every `cases.yaml` of the knowledge: one test a case, named by its sentence."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from nmosd_cds import paths
from nmosd_cds.advice.facts import facts_of
from nmosd_cds.advice.screen import screen
from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.case import RuleCase
from nmosd_cds.knowledge.cases import people_of, run_case
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge, parse_knowledge
from nmosd_cds.knowledge.parsed import Placed


def every_case() -> Iterator[Any]:
    """Cases with the option they are read for; one that fails if the files cannot be read."""
    try:
        parsed = parse_knowledge(paths.knowledge_root())
    except KnowledgeError as error:
        yield pytest.param(None, None, str(error), id="the knowledge cannot be read")
        return
    found: list[tuple[str | None, Placed[RuleCase]]] = [(None, c) for c in parsed.scope_cases]
    found += [(case.value.option, case) for case in parsed.general_cases]
    for name, option in parsed.options.items():
        found += [(name, case) for case in option.cases]
    for name, case in found:
        where = case.document.where(case.place)
        yield pytest.param(name, case.value, where, id=f"{where} {case.value.name}")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


@pytest.mark.parametrize(("option", "case", "where"), list(every_case()))
def test_the_rules_answer_as_the_case_expects(
    knowledge: Knowledge, option: str | None, case: RuleCase | None, where: str
) -> None:
    assert case is not None, where
    patient, setting, problems = people_of(case)
    assert not problems, [problem.sentence for problem in problems]
    facts = facts_of(patient, knowledge, on=date.fromisoformat(case.on), setting=setting)
    status = None
    if option is not None and "status" in case.expect:
        status = screen(knowledge.options[option], facts, knowledge).status
    assert run_case(knowledge, option, case, facts, status) == [], where
