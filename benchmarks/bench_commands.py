"""Whole commands in fresh processes: `--help`, and `rank` with everything it imports.

Run: `PYTHONPATH=. python benchmarks/bench_commands.py [rounds]`. The first round, which may have to
write caches, is not counted. Limits: 0.4 s for `--help`, 1.2 s for `rank`. Processor time stands
beside the wall clock, which other work on the machine delays.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

# With the limit in milliseconds.
COMMANDS = {
    "--help": (["--help"], 400),
    "rank, text": (["rank", "resources/examples/b.json"], 1200),
    "rank, JSON": (["rank", "resources/examples/b.json", "--json"], 1200),
}


def seconds(arguments: list[str]) -> tuple[float, float]:
    """Wall and processor time of one command."""
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "nmosd_cds", *arguments]
    subprocess.run(command, capture_output=True, check=True, timeout=60)  # noqa: S603 - our own
    after = os.times()
    return time.perf_counter() - start, sum(after[2:4]) - sum(before[2:4])


def main() -> None:
    """Print the median and the best of each command in milliseconds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, (arguments, limit) in COMMANDS.items():
        seconds(arguments)
        found = [seconds(arguments) for _ in range(rounds)]
        walls, processors = zip(*found, strict=True)
        median, best = statistics.median(walls) * 1000, min(walls) * 1000
        processor = statistics.median(processors) * 1000
        print(f"{name:12} median {median:6.0f} ms   best {best:6.0f} ms", end="   ")
        print(f"processor {processor:6.0f} ms", end="  ")
        print(f"(limit {limit}: {'kept' if median <= limit else 'MISSED'})")


if __name__ == "__main__":
    main()
