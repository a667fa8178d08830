"""Times SMAA-2 on made-up cells, beside plain numpy doing the same work in the same run.

Usage: python benchmarks/bench_smaa.py [rounds]. Prints medians in milliseconds; ratios travel from
machine to machine, milliseconds do not.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from nmosd_cds.decision import draws as draws_module
from nmosd_cds.decision import weights as weights_module
from nmosd_cds.decision.decision import Cell, Decision, draw_decision
from nmosd_cds.decision.distribution import Beta, Gamma, GammaTied, Normal, ProbabilityWithin
from nmosd_cds.decision.smaa import masked, run
from nmosd_cds.decision.table import kept_tables, restore_tables
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import Hierarchical

SEED = 7
DRAWS = 10_000
SIZES = ((5, 8), (12, 8), (24, 8))


def cells(options: int, criteria: int) -> list[Cell]:
    """A third tied hazards, a third betas, a third normals, all invented."""
    made = []
    for option in range(options):
        for criterion in range(criteria):
            kind = (option + criterion) % 3
            if kind == 0:
                known = ProbabilityWithin(GammaTied(option, 10.0 + criterion, 20.0), 2.0, 1.0)
            elif kind == 1:
                known = Beta(1.0 + option, 30.0 + criterion)
            else:
                known = Normal(0.4 + 0.01 * option, 0.1)
            made.append(Cell(f"o{option:02}", f"c{criterion}", known, LinearValue(0.0, 1.0)))
    return made


def sampler(criteria: int) -> Hierarchical:
    """Groups of at most three criteria."""
    names = [f"c{criterion}" for criterion in range(criteria)]
    groups = tuple((f"g{i}", tuple(names[i : i + 3])) for i in range(0, criteria, 3))
    return Hierarchical(groups)


def plain_numpy(options: int, criteria: int) -> None:
    """The usual way: fresh library draws, one matrix product, ranks by sorting."""
    random = np.random.default_rng(SEED)
    values = random.beta(2.0, 5.0, (DRAWS, options, criteria))
    weights = random.dirichlet(np.ones(criteria), DRAWS)
    utilities = (values * weights[:, None, :]).sum(axis=2)
    ranks = (-utilities).argsort(axis=1).argsort(axis=1)
    np.array([(ranks == rank).mean(axis=0) for rank in range(options)])
    (utilities[:, :, None] > utilities[:, None, :]).mean(axis=0)


def forget() -> None:
    """Empty the streams that are kept between cases, so that the next call draws anew."""
    draws_module._stream.cache_clear()
    weights_module._exponentials.cache_clear()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    work()
    return 1000.0 * (time.perf_counter() - start)


def tasks(options: int, criteria: int) -> dict[str, Callable[[], object]]:
    """Everything timed at one size, by name."""
    made, chosen = cells(options, criteria), sampler(criteria)
    tied = Gamma(20.0, 46.9).quantiles(draws_module.uniforms(SEED, ("comparator",), DRAWS))
    decision: Decision = draw_decision(made, seed=SEED, draws=DRAWS, tied=tied)
    smaa = run(decision, chosen.sample(SEED, DRAWS))

    def first_time() -> object:
        forget()
        return run(decision, chosen.sample(SEED, DRAWS))

    def draw() -> object:
        return draw_decision(made, seed=SEED, draws=DRAWS, tied=tied)

    def everything_shown() -> object:
        result = run(decision, chosen.sample(SEED, DRAWS))
        return result.confidence_factor

    return {
        "run and weights, streams drawn anew": first_time,
        "run and weights, streams kept": lambda: run(decision, chosen.sample(SEED, DRAWS)),
        "... and central weights, confidence": everything_shown,
        "draw all cells, tables kept": draw,
        "masked to all but one, 10,000 draws": lambda: masked(smaa, smaa.options[1:]),
        "masked to all but one, 1,000 draws": lambda: masked(smaa, smaa.options[1:], draws=1000),
        "plain numpy, fresh draws": lambda: plain_numpy(options, criteria),
    }


def main() -> None:
    """Run all tasks interleaved and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    start = time.perf_counter()
    draw_decision(
        cells(5, 8), seed=SEED, draws=100, tied=Gamma(20.0, 46.9).quantiles(np.full(100, 0.5))
    )
    print(f"first drawing of 5 x 8 cells with its tables: {time.perf_counter() - start:.3f} s")
    stored = json.dumps(kept_tables())
    print(f"reading its {len(stored) / 1e6:.1f} MB of tables back: ", end="")
    print(f"{timed(lambda: restore_tables(json.loads(stored))):.1f} ms")
    for options, criteria in SIZES:
        todo = tasks(options, criteria)
        times: dict[str, list[float]] = {name: [] for name in todo}
        for _ in range(rounds):
            for name, work in todo.items():
                times[name].append(timed(work))
        print(f"{options} options x {criteria} criteria x {DRAWS:,} draws, {rounds} rounds")
        for name, taken in times.items():
            print(f"  {statistics.median(taken):8.2f} ms  {name}")


if __name__ == "__main__":
    main()
