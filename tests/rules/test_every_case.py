"""Runs every `cases.yaml` of the knowledge: one test a case, named by its sentence."""

from collections.abc import Iterator
from typing import Any

import pytest

from nmosd_cds import paths
from nmosd_cds.advice.check import answers_otherwise, every_case
from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.case import RuleCase
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge, parse_knowledge


def every_one() -> Iterator[Any]:
    """Cases with the option they are read for; one that fails if the files cannot be read."""
    try:
        parsed = parse_knowledge(paths.knowledge_root())
    except KnowledgeError as error:
        yield pytest.param(None, None, str(error), id="the knowledge cannot be read")
        return
    for name, case in every_case(parsed):
        where = case.document.where(case.place)
        yield pytest.param(name, case.value, where, id=f"{where} {case.value.name}")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(paths.knowledge_root())


@pytest.mark.parametrize(("option", "case", "where"), list(every_one()))
def test_the_rules_answer_as_the_case_expects(
    knowledge: Knowledge, option: str | None, case: RuleCase | None, where: str
) -> None:
    assert case is not None, where
    assert answers_otherwise(knowledge, option, case) == [], where
