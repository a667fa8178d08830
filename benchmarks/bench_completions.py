"""Times whole advice, completions and questions included, on cases with random fields missing.

Usage: python benchmarks/bench_completions.py [cases]. Prints medians and worst in milliseconds,
and how many searches were exact. Every case is another one, so nothing is kept from the last but
what belongs to the knowledge: its draws, and the leaders of sets that were met before. Processor
time stands beside the wall clock, because other work on the machine delays only the second.
"""

import json
import random
import statistics
import sys
import time
from collections import Counter
from decimal import Decimal
from typing import Any

from nmosd_cds.advice.advise import advise
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import Case, read_case_data

SEED = 20261122
NAMES = "abcdefghijkl"
# Kept in two cases of three: without them the scope stops most cases at once.
SCOPE = ("aqp4_igg", "core_characteristics", "birth_date", "alternatives_excluded")


def a_case(draw: random.Random) -> Case:
    """An example with a random share of its fields gone, some lists no longer complete."""
    path = examples_folder() / f"{draw.choice(NAMES)}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    share = draw.random() * 0.8
    keeps_scope = draw.random() < 2 / 3
    for part in (data["patient"], data.setdefault("setting", {})):
        for name in list(part):
            if draw.random() < share and not (keeps_scope and name in SCOPE):
                del part[name]
            elif isinstance(part[name], dict) and draw.random() < share / 2:
                part[name].pop("complete_since", None)
    case, problems = read_case_data(data)
    assert case is not None, problems
    return case


def timed(case: Case) -> tuple[float, float, Any]:
    """Milliseconds of one advice by the wall clock and of the processor, and the advice."""
    wall, processor = time.perf_counter(), time.process_time()
    assert case.as_of is not None
    advice = advise(case, load_once(), on=case.as_of)
    taken = (time.perf_counter() - wall, time.process_time() - processor)
    return 1000.0 * taken[0], 1000.0 * taken[1], advice


def summary(taken: list[float]) -> str:
    """Median, 95th of 100 and worst."""
    taken = sorted(taken)
    late = taken[int(0.95 * len(taken))]
    return f"median {statistics.median(taken):.1f}, 95 of 100 {late:.1f}, worst {taken[-1]:.1f} ms"


def load_once() -> Any:
    """The knowledge, loaded at the first call."""
    if not _LOADED:
        _LOADED.append(load_knowledge())
    return _LOADED[0]


_LOADED: list[Any] = []


def main() -> None:
    """Time the cases, then example b."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    draw = random.Random(SEED)  # noqa: S311
    load_once()
    first = timed(read_case(examples_folder() / "b.json"))[0]
    print(f"first advice of a process, its draws included: {first:.0f} ms")
    outcomes: Counter[str] = Counter()
    exact = 0
    walls, processors = [], []
    for _number in range(count):
        wall, processor, advice = timed(a_case(draw))
        walls.append(wall)
        processors.append(processor)
        outcomes[advice.outcome] += 1
        exact += advice.robustness.completions.exact
    print(f"{count} cases: {dict(outcomes)}; {exact} searched exactly")
    print(f"  wall:      {summary(walls)}")
    print(f"  processor: {summary(processors)}")
    example = [timed(read_case(examples_folder() / "b.json")) for _time in range(31)]
    print(f"example b, wall:      {summary([each[0] for each in example])}")
    print(f"example b, processor: {summary([each[1] for each in example])}")


if __name__ == "__main__":
    main()
