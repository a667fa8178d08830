"""What `rank --json` prints against a second SMAA: slow, separate, in plain Python floats.

It shares with the program only the drawn values and weights. Ranks are found by sorting each draw,
means by adding draws one after the other.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from advice_builder import a_place, an_example, places, the_knowledge
from typer.testing import CliRunner

from nmosd_cds.advice.arithmetic import arithmetic_of
from nmosd_cds.cli import app
from nmosd_cds.knowledge.ranking import Scenario
from nmosd_cds.paths import examples_folder

Utilities = list[dict[str, float]]


def a_case_file(name: str, folder: Path) -> Path:
    """An example; `b+` is b with a place in a trial of CAR-T cells, so that three are scored."""
    if name != "b+":
        return examples_folder() / f"{name}.json"
    data = an_example("b")
    data["patient"]["trial_places"] = places(a_place())
    path = folder / "three.json"
    path.write_text(json.dumps(data, default=float), encoding="utf-8")
    return path


def printed(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["rank", str(path), "--json"])
    assert result.exit_code == 0, result.output
    advice: dict[str, Any] = json.loads(result.output)
    return advice


def drawn(
    options: tuple[str, ...], scenario: Scenario | None = None
) -> tuple[dict[str, dict[str, list[float]]], list[dict[str, float]]]:
    """Values by option and criterion, and the weights of every draw."""
    found = arithmetic_of(the_knowledge()).smaa(options, scenario, None).drawn
    decision = found.decision
    values = {
        option: {
            criterion: decision.values[decision.options.index(option), column].tolist()
            for column, criterion in enumerate(decision.criteria)
        }
        for option in options
    }
    names = [*found.weights]
    columns = (found.weights[name].tolist() for name in names)
    weights = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return values, weights


def utilities_of(
    values: dict[str, dict[str, list[float]]], weights: list[dict[str, float]]
) -> Utilities:
    return [
        {
            option: math.fsum(weight * by_criterion[c][draw] for c, weight in of_draw.items())
            for option, by_criterion in values.items()
        }
        for draw, of_draw in enumerate(weights)
    ]


def ranked(utilities: Utilities) -> list[list[str]]:
    return [sorted(draw, key=lambda option: -draw[option]) for draw in utilities]


def share(hits: int, draws: int) -> Any:
    """A share of draws; two draws may differ where two options are equal but for rounding."""
    return pytest.approx(hits / draws, abs=2 / draws)


@pytest.mark.parametrize(("name", "number"), [("b", 2), ("h", 0), ("j", 1), ("b+", 3)])
def test_a_slow_smaa_finds_what_is_printed(name: str, number: int, tmp_path: Path) -> None:
    advice = printed(a_case_file(name, tmp_path))
    scored = {o["id"]: o for o in advice["options"] if o["first_rank_share"] is not None}
    assert len(scored) == number
    robustness = advice["robustness"]
    if len(scored) < 2:
        # Nobody to compare with: the only one left is always first, or nothing is scored.
        assert all(option["rank_acceptability"] == [1.0] for option in scored.values())
        assert robustness["central"] == []
        return
    options = tuple(scored)
    values, weights = drawn(options)
    utilities = utilities_of(values, weights)
    orders = ranked(utilities)
    draws = len(orders)
    assert draws == robustness["draws"] == 10_000
    for option, said in scored.items():
        for rank, acceptability in enumerate(said["rank_acceptability"]):
            assert acceptability == share(sum(o[rank] == option for o in orders), draws)
        assert said["first_rank_share"] == said["rank_acceptability"][0]
        for other in options:
            if other != option:
                wins = sum(u[option] > u[other] for u in utilities)
                assert robustness["pairwise"][option][other] == share(wins, draws)
    check_central_weights(robustness["central"], values, weights, orders)


def check_central_weights(
    lines: list[dict[str, Any]],
    values: dict[str, dict[str, list[float]]],
    weights: list[dict[str, float]],
    orders: list[list[str]],
) -> None:
    for line in lines:
        option = line["option"]
        led = [weights[draw] for draw, order in enumerate(orders) if order[0] == option]
        means = {c: math.fsum(row[c] for row in led) / len(led) for c in weights[0]}
        assert line["weights"] == pytest.approx(means, abs=1e-3)
        judged = ranked(utilities_of(values, [line["weights"]] * len(weights)))
        firsts = sum(order[0] == option for order in judged)
        assert line["confidence"] == share(firsts, len(judged))


@pytest.mark.parametrize("name", ["b", "b+"])
def test_a_slow_smaa_finds_the_shares_of_every_scenario(name: str, tmp_path: Path) -> None:
    advice = printed(a_case_file(name, tmp_path))
    scenarios = {each.id: each for each in the_knowledge().ranking.scenarios}
    for line in advice["robustness"]["scenarios"]:
        if line["preference"] == "none" and line["shares"]:
            values, weights = drawn(tuple(line["shares"]), scenarios.get(line["id"]))
            firsts = [order[0] for order in ranked(utilities_of(values, weights))]
            for option, said in line["shares"].items():
                assert said == share(firsts.count(option), len(firsts)), line["id"]
