"""Times whole advice, completions and questions included, on cases with random fields missing.

Usage: python benchmarks/bench_completions.py [cases]. Prints medians and worst in milliseconds,
and how many searches were exact. Limits: 100 ms median and 300 ms worst over 1,000 cases; 50 ms
median for example b. Every case is another one, so nothing is kept from the last but what belongs
to the knowledge: its draws, and the leaders of sets that were met before. Asked as the window asks.
Processor time stands beside the wall clock, because other work on the machine delays only the
second.
"""

import json
import random
import statistics
import sys
import time
from collections import Counter
from decimal import Decimal
from typing import Any

from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.gui.engine import Engine
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import Case, read_case_data

MEDIAN_MS, WORST_MS, EXAMPLE_MS = 100.0, 300.0, 50.0
SEED = 20261122
NAMES = "abcdefghijkl"
ENGINE = Engine()
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
    advice = ENGINE.advise(case, case.as_of)
    taken = (time.perf_counter() - wall, time.process_time() - processor)
    return 1000.0 * taken[0], 1000.0 * taken[1], advice


def summary(taken: list[float]) -> str:
    """Median, 95th of 100 and worst."""
    taken = sorted(taken)
    late = taken[int(0.95 * len(taken))]
    return f"median {statistics.median(taken):.1f}, 95 of 100 {late:.1f}, worst {taken[-1]:.1f} ms"


def verdict(taken: list[float], median: float, worst: float | None = None) -> str:
    """The limits, and whether they are kept."""
    kept = statistics.median(taken) <= median and (worst is None or max(taken) <= worst)
    limits = f"median {median:.0f}" + (f", worst {worst:.0f}" if worst is not None else "")
    return f"(limit {limits}: {'kept' if kept else 'MISSED'})"


def main() -> None:
    """Time the cases, then example b."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    draw = random.Random(SEED)  # noqa: S311
    ENGINE.knowledge()
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
    for clock, taken in (("wall:     ", walls), ("processor:", processors)):
        print(f"  {clock} {summary(taken)}  {verdict(taken, MEDIAN_MS, WORST_MS)}")
    example = [timed(read_case(examples_folder() / "b.json")) for _time in range(31)]
    for place, clock in enumerate(("wall:     ", "processor:")):
        taken = [each[place] for each in example]
        print(f"example b, {clock} {summary(taken)}  {verdict(taken, EXAMPLE_MS)}")


if __name__ == "__main__":
    main()
