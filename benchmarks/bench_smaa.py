"""Times SMAA-2 on made-up cells, beside plain numpy doing the same work in the same run.

Usage: python benchmarks/bench_smaa.py [rounds]. Prints the least and the median in milliseconds;
ratios travel from machine to machine, milliseconds do not. Limits, for 24 options: ranks in 0.15
times plain numpy, all outputs in 15 ms, 100 MB.
"""

import json
import resource
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from nmosd_cds.decision import draws as draws_module
from nmosd_cds.decision import weights as weights_module
from nmosd_cds.decision.decision import Cell, Decision, draw_decision
from nmosd_cds.decision.distribution import Beta, Gamma, GammaTied, Normal, ProbabilityWithin
from nmosd_cds.decision.draws import FloatArray
from nmosd_cds.decision.smaa import masked, run
from nmosd_cds.decision.table import kept_tables, restore_tables
from nmosd_cds.decision.value import LinearValue
from nmosd_cds.decision.weights import Hierarchical, Swing

SEED = 7
DRAWS = 10_000
RATIO, ALL_MS = 0.15, 15.0
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


def plain_numpy(options: int, criteria: int) -> object:
    """The usual way, rank acceptabilities alone: library draws, one product, ranks by sorting."""
    random = np.random.default_rng(SEED)
    values = np.empty((DRAWS, options, criteria))
    kinds = np.add.outer(np.arange(options), np.arange(criteria)) % 3
    hazards, proportions, scores = (np.count_nonzero(kinds == kind) for kind in range(3))
    values[:, kinds == 0] = 1.0 - np.exp(-2.0 * random.gamma(9.0, 1 / 30.0, (DRAWS, hazards)))
    values[:, kinds == 1] = random.beta(2.0, 30.0, (DRAWS, proportions))
    values[:, kinds == 2] = random.normal(0.5, 0.1, (DRAWS, scores))
    return plain_ranks(values, random.dirichlet(np.ones(criteria), DRAWS))


def plain_ranks(values: FloatArray, weights: FloatArray) -> object:
    """The same once everything is drawn: shapes (draws, options, criteria), (draws, criteria)."""
    utilities = (values * weights[:, None, :]).sum(axis=2)
    ranks = (-utilities).argsort(axis=1).argsort(axis=1)
    return np.array([(ranks == rank).mean(axis=0) for rank in range(values.shape[1])])


def forget() -> None:
    """Empty the streams that are kept between cases, so that the next call draws anew."""
    draws_module._stream.cache_clear()
    weights_module._exponentials.cache_clear()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    work()
    return 1000.0 * (time.perf_counter() - start)


OURS = "rank acceptability and pairwise winning"
ALL = "all outputs and their errors"
PLAIN = "plain numpy, rank acceptability alone"
PLAIN_DRAWN = "... with everything drawn before"


def tasks(options: int, criteria: int) -> dict[str, Callable[[], object]]:
    """Everything timed at one size, by name."""
    made, chosen = cells(options, criteria), sampler(criteria)
    tied = Gamma(20.0, 46.9).quantiles(draws_module.uniforms(SEED, ("comparator",), DRAWS))
    decision: Decision = draw_decision(made, seed=SEED, draws=DRAWS, tied=tied)
    kept = chosen.sample(SEED, DRAWS)
    smaa = run(decision, kept)
    values = np.ascontiguousarray(decision.values.transpose(2, 0, 1))
    weights = np.ascontiguousarray(np.array([kept[c] for c in decision.criteria]).T)

    def first_time() -> object:
        forget()
        return run(decision, chosen.sample(SEED, DRAWS))

    def draw() -> object:
        return draw_decision(made, seed=SEED, draws=DRAWS, tied=tied)

    def everything() -> object:
        found = run(decision, kept)
        errors = found.rank_error, found.pairwise_error, found.expected_rank_error
        return errors, found.central_weight_error, found.confidence_error

    def dragged() -> object:
        swing = Swing(decision.criteria, "c0", (("c1", 0.4, 0.4), ("c2", 0.1, 0.6)))
        return run(decision, swing.sample(SEED, DRAWS))

    return {
        OURS: lambda: run(decision, kept),
        ALL: everything,
        PLAIN: lambda: plain_numpy(options, criteria),
        PLAIN_DRAWN: lambda: plain_ranks(values, weights),
        "a weight dragged: weights and ranks": dragged,
        "ranks, all weights drawn anew": first_time,
        "draw all cells, tables kept": draw,
        "masked to all but one": lambda: masked(smaa, smaa.options[1:]),
        "masked to all but one, 1,000 draws": lambda: masked(smaa, smaa.options[1:], draws=1000),
    }


def resident_mb() -> float:
    """The largest resident memory so far (Linux and macOS give kilobytes and bytes)."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / (2**20 if sys.platform == "darwin" else 2**10)


def memory(options: int, criteria: int) -> None:
    """Print what drawing and all outputs add to a process that has imported everything."""
    before = resident_mb()
    tracemalloc.start()
    tied = Gamma(20.0, 46.9).quantiles(draws_module.uniforms(SEED, ("comparator",), DRAWS))
    decision = draw_decision(cells(options, criteria), seed=SEED, draws=DRAWS, tied=tied)
    found = run(decision, sampler(criteria).sample(SEED, DRAWS))
    assert found.central_weight_error and found.confidence_error
    held, peak = (each / 2**20 for each in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    print(
        f"memory, {options} x {criteria}, from nothing to all outputs: {held:.0f} MB held, ", end=""
    )
    print(f"{peak:.0f} MB at most; resident {before:.0f} -> {resident_mb():.0f} MB")


def main() -> None:
    """Run all tasks interleaved and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    memory(24, 8)
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
            print(f"  {min(taken):8.2f} ms least {statistics.median(taken):8.2f} median  {name}")
        if options == SIZES[-1][0]:
            least, median = min(times[ALL]), statistics.median(times[ALL])
            print(f"  {least:.2f} ms least, {median:.2f} median: {ALL}  {kept(least, ALL_MS)}")
        for name in (PLAIN, PLAIN_DRAWN):
            pairs = zip(times[OURS], times[name], strict=True)
            ratio = statistics.median(ours / plain for ours, plain in pairs)
            least = min(times[OURS]) / min(times[name])
            print(f"  {least:.3f} times (least), {ratio:.3f} (median of rounds): {OURS} / {name}")
            if name == PLAIN and options == SIZES[-1][0]:
                print(f"  {kept(ratio, RATIO)}")


def kept(found: float, limit: float) -> str:
    """The limit, and whether it is kept."""
    return f"(limit {limit:g}: {'kept' if found <= limit else 'MISSED'})"


if __name__ == "__main__":
    main()
