"""Times one answer: example b again and again, every example once, and b in a new process.

Usage: python benchmarks/bench_advise.py [rounds]. Prints medians in milliseconds. The limit for one
answer after warm-up is 50 ms. The new process shows what the very first answer pays for imports,
the knowledge and the draws.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from nmosd_cds.advice.advise import advise
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
from nmosd_cds.patient.case import Case

LIMIT_MS = 50.0

COLD = """
import time; start = time.perf_counter()
from nmosd_cds.advice.advise import advise
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
case = read_case(examples_folder() / "b.json"); imported = time.perf_counter()
knowledge = load_knowledge(); loaded = time.perf_counter()
advise(case, knowledge, on=case.as_of); first = time.perf_counter()
advise(case, knowledge, on=case.as_of); second = time.perf_counter()
print(*(1000 * t for t in (imported - start, loaded - imported, first - loaded, second - first)))
"""


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Median time of some work, after one round that does not count."""
    work()
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    knowledge = load_knowledge()

    def answer(case: Case) -> object:
        assert case.as_of is not None  # every example has a day
        return advise(case, knowledge, on=case.as_of)

    for file in sorted(examples_folder().glob("*.json")):
        case = read_case(file)
        found = median_ms(lambda case=case: answer(case), rounds)
        is_kept = "kept" if found <= LIMIT_MS else "MISSED"
        note = f"   (limit {LIMIT_MS:.0f}: {is_kept})" if file.stem == "b" else ""
        print(f"{file.stem:30s} {found:8.1f}{note}")
    measure_cold()


def measure_cold() -> None:
    """The first answer of a new process, part by part."""
    rows = []
    for _round in range(5):
        child = subprocess.run(  # noqa: S603  # this interpreter, our own code
            [sys.executable, "-c", COLD], capture_output=True, text=True, check=True
        )
        rows.append([float(part) for part in child.stdout.split()])
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    for name, found in zip(("imports", "knowledge", "first", "second"), medians, strict=True):
        print(f"new process: {name:17s} {found:8.1f}")


if __name__ == "__main__":
    main()
