"""Times whole advice, completions and questions included, on cases with random fields missing.

Usage: python benchmarks/bench_completions.py [cases]. Prints medians and worst in milliseconds,
and how many searches were exact. Every case is another one, so nothing is kept from the last but
what belongs to the knowledge: its draws, and the leaders of sets that were met before.
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


def timed(case: Case, repeat: int = 1) -> tuple[float, Any]:
    """Milliseconds of one advice, and the advice."""
    start = time.perf_counter()
    assert case.as_of is not None
    for _time in range(repeat):
        advice = advise(case, load_once(), on=case.as_of)
    return 1000.0 * (time.perf_counter() - start) / repeat, advice


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
    first, _advice = timed(read_case(examples_folder() / "b.json"))
    print(f"first advice of a process, its draws included: {first:.0f} ms")
    outcomes: Counter[str] = Counter()
    exact = 0
    taken = []
    for _number in range(count):
        spent, advice = timed(a_case(draw))
        taken.append(spent)
        outcomes[advice.outcome] += 1
        exact += advice.robustness.completions.exact
    taken.sort()
    print(f"{count} cases: {dict(outcomes)}; {exact} searched exactly")
    print(
        f"  median {statistics.median(taken):.1f} ms, 95 of 100 within"
        f" {taken[int(0.95 * len(taken))]:.1f} ms, worst {taken[-1]:.1f} ms"
    )
    example = [timed(read_case(examples_folder() / "b.json"))[0] for _time in range(31)]
    print(f"example b: median {statistics.median(example):.1f} ms, worst {max(example):.1f} ms")


if __name__ == "__main__":
    main()
