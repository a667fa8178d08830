"""The tuple of scores is complete, and cites what exists."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from nmosd_cds.calculators import scores
from nmosd_cds.calculators.scores import SCORES, Score
from nmosd_cds.errors import CdsError

ROOT = Path(__file__).parents[4]
HELPERS = ("asked", "given", "score", "told")
MODULES = [module.name for module in pkgutil.iter_modules(scores.__path__)]


def test_every_score_of_a_file_is_in_the_tuple() -> None:
    named = [
        each
        for name in MODULES
        for each in vars(importlib.import_module(f"{scores.__name__}.{name}")).values()
        if isinstance(each, Score)
    ]
    assert named and all(score in SCORES for score in named)


def test_a_score_has_the_name_of_its_file() -> None:
    names = [score.name for score in SCORES]
    assert {*names, *HELPERS, "taken"} == set(MODULES) and len(names) == len(set(names))


@pytest.mark.parametrize("module", MODULES)
def test_every_citation_exists(module: str) -> None:
    file = ROOT / "nmosd_cds" / "calculators" / "scores" / f"{module}.py"
    cited = re.findall(r"Source:\n +(.+)\.\n", file.read_text(encoding="utf-8"))
    keys = {key.strip() for line in cited for key in re.sub(r"\([^)]*\)", "", line).split(",")}
    stems = {path.stem for path in (ROOT / "resources" / "evidence").rglob("*.yaml")}
    assert keys <= stems and (keys or module in HELPERS)


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
def test_nothing_given_is_listed_as_missing(score: Score) -> None:
    worked = score.compute({})
    assert worked.missing and set(worked.missing) <= set(score.needs)
    assert worked == score.compute(dict.fromkeys(score.needs))


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
@pytest.mark.parametrize("raw", [None, [], "text", 3])
def test_what_is_no_object_is_a_problem(score: Score, raw: object) -> None:
    with pytest.raises(CdsError, match="is not an object"):
        score.compute(raw)


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
def test_an_input_of_a_wrong_kind_is_a_problem(score: Score) -> None:
    with pytest.raises(CdsError) as caught:
        score.compute(dict.fromkeys(score.needs, {"what": 1}))
    assert {problem.where for problem in caught.value.problems} >= set(score.needs)


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.name)
def test_an_unknown_input_names_the_nearest(score: Score) -> None:
    with pytest.raises(CdsError, match=f"Did you mean {score.needs[0]}"):
        score.compute({score.needs[0] + "x": 1})
