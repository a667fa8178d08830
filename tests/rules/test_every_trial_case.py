"""Runs `rules/trials/cases.yaml`: what the lists of trials answer for fictional people."""

from collections.abc import Iterator
from typing import Any

import pytest
from advice_builder import the_knowledge

from nmosd_cds import paths
from nmosd_cds.advice.trials import run_trial_case
from nmosd_cds.errors import KnowledgeError
from nmosd_cds.knowledge.case import TrialCase
from nmosd_cds.knowledge.load import parse_knowledge


def every_case() -> Iterator[Any]:
    """Every case; one that fails if the files cannot be read."""
    try:
        parsed = parse_knowledge(paths.knowledge_root())
    except KnowledgeError as error:
        yield pytest.param(None, str(error), id="the knowledge cannot be read")
        return
    for case in parsed.trial_cases:
        where = case.document.where(case.place)
        yield pytest.param(case.value, where, id=f"{where} {case.value.name}")


@pytest.mark.parametrize(("case", "where"), list(every_case()))
def test_the_lists_answer_as_the_case_expects(case: TrialCase | None, where: str) -> None:
    assert case is not None, where
    assert run_trial_case(the_knowledge(), case) == [], where
