"""The report of two examples, without annex: warm, in one process. Limit for b: 100 ms.

Processor time stands beside the wall clock, which other work on the machine delays.
Run: python benchmarks/bench_report.py [ROUNDS]
"""

import statistics
import sys
import time

import pypdfium2

from nmosd_cds.advice.advise import advise
from nmosd_cds.exchange.patient_file import read_case
from nmosd_cds.knowledge.load import load_knowledge
from nmosd_cds.paths import examples_folder
from nmosd_cds.report.content import make_content
from nmosd_cds.report.pdf import make_pdf

LIMIT_MS = 100.0


def main(rounds: int) -> None:
    """Print median and best of the wall time, and of the processor's."""
    knowledge = load_knowledge()
    for name in "be":  # the longest kind of report, and a short one
        case = read_case(examples_folder() / f"{name}.json")
        assert case.as_of is not None
        advice = advise(case, knowledge, on=case.as_of)
        pdf = make_pdf(case, advice, knowledge)
        pages = len(pypdfium2.PdfDocument(pdf))
        walls, cpus, said = [], [], []
        for _round in range(rounds):
            wall, cpu = time.perf_counter(), time.process_time()
            make_pdf(case, advice, knowledge)
            walls.append(1000 * (time.perf_counter() - wall))
            cpus.append(1000 * (time.process_time() - cpu))
            wall = time.perf_counter()
            make_content(case, advice, knowledge)
            said.append(1000 * (time.perf_counter() - wall))
        verdict = "kept" if statistics.median(walls) <= LIMIT_MS else "MISSED"
        print(
            f"example {name}: {pages} pages, {len(pdf) / 1000:.0f} kB; "
            f"PDF median {statistics.median(walls):.0f} ms, best {min(walls):.0f} ms "
            f"(processor median {statistics.median(cpus):.0f}, best {min(cpus):.0f} ms); "
            f"content alone {statistics.median(said):.1f} ms  "
            f"(limit {LIMIT_MS:.0f}: {verdict})"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
