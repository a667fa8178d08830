"""The twelve fictional patients, advised once for the whole folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from nmosd_cds.advice.advise import advise
from nmosd_cds.advice.as_json import advice_to_json
from nmosd_cds.advice.model import Advice
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.knowledge import Knowledge
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder


@cache
def _knowledge() -> Knowledge:
    return load_knowledge()


@cache
def _advice(name: str) -> Advice:
    case = read_case(examples_folder() / f"{name}.json")
    assert case.as_of is not None
    return advise(case, _knowledge(), on=case.as_of)


@pytest.fixture(scope="session")
def advice_of() -> Callable[[str], Advice]:
    """The advice for an example."""
    return _advice


@pytest.fixture(scope="session")
def json_of() -> Callable[[str], dict[str, Any]]:
    """The same as the JSON of the contract."""
    return lambda name: advice_to_json(_advice(name))
