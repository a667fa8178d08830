"""Times a start of the knowledge: from the derived form, from the files, and each part of it.

Usage: python benchmarks/bench_knowledge.py [rounds] [root]. Prints medians in milliseconds. The
limit is 100 ms from the derived form, the goal 60, and 20 s for the check with every case. The
child process shows what a start pays beside it for imports.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nmosd_cds import paths
from nmosd_cds.knowledge import load
from nmosd_cds.knowledge.compiled import compile_knowledge
from nmosd_cds.knowledge.facts import known_fact_specs
from nmosd_cds.knowledge.files import source_bytes, sources_sha256
from nmosd_cds.knowledge.parsed import parse_documents
from nmosd_cds.strict_yaml import Document

READY_MS, CHECK_S = 100.0, 20.0


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
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    root = Path(sys.argv[2]) if len(sys.argv) > 2 else paths.knowledge_root()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NMOSD_CDS_CACHE"] = folder
        start = time.perf_counter()
        load.load_knowledge(root)
        print(f"first start, from the files  {1000 * (time.perf_counter() - start):8.1f}")
        again = median_ms(lambda: load.load_knowledge(root), rounds)
        print(f"start from the derived form  {again:8.1f}  {kept(again, READY_MS)}, goal 60")
        measure_parts(root, Path(folder), rounds)
        measure_child(root)
    measure_check()


def measure_parts(root: Path, cache: Path, rounds: int) -> None:
    """The parts of a start from the derived form."""
    sources = source_bytes(root)
    body = (cache / load.derived_name(sources)).read_bytes().partition(b"\n")[2]
    files = json.loads(body)["content"]["files"]
    documents = {name: Document(name, data) for name, data in files.items()}
    parsed = parse_documents(documents)
    specs = known_fact_specs()
    parts: dict[str, Callable[[], object]] = {
        f"read {len(sources)} files": lambda: source_bytes(root),
        "hash them": lambda: sources_sha256(sources),
        "read JSON": lambda: json.loads(body),
        "read models": lambda: parse_documents(documents),
        "compile": lambda: compile_knowledge(parsed, specs, ""),
        "(at a build) hash of the knowledge": lambda: load.knowledge_sha256(files),
    }
    for name, work in parts.items():
        print(f"  {name:44s} {median_ms(work, rounds):8.1f}")


def measure_check() -> None:
    """The check of the knowledge that comes with the app, with every case, in a new process."""
    before, wall = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "nmosd_cds", "knowledge", "check"]
    subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own
    taken, after = time.perf_counter() - wall, os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    print(f"check with every case: {taken:.1f} s, processor {processor:.1f} s", end="  ")
    print(kept(taken, CHECK_S))


def kept(found: float, limit: float) -> str:
    """The limit, and whether it is kept."""
    return f"(limit {limit:g}: {'kept' if found <= limit else 'MISSED'})"


def measure_child(root: Path) -> None:
    """A new process: the imports, and then the first load."""
    code = (
        "import time; a = time.perf_counter(); from pathlib import Path;"
        "from nmosd_cds.knowledge.load import load_knowledge; b = time.perf_counter();"
        f"load_knowledge(Path({str(root)!r})); c = time.perf_counter();"
        "print(1000 * (b - a), 1000 * (c - b))"
    )
    times = []
    for _round in range(5):
        child = subprocess.run(  # noqa: S603  # this interpreter, our own code
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        times.append([float(part) for part in child.stdout.split()])
    imports, first = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"new process: imports         {imports:8.1f}")
    print(f"new process: first load      {first:8.1f}")


if __name__ == "__main__":
    main()
