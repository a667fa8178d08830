"""Whole commands in fresh processes: `--help`, and `rank` with everything it imports.

Run: `PYTHONPATH=. python benchmarks/bench_commands.py [rounds]`. The first round, which may have to
write caches, is not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "--help": ["--help"],
    "rank, text": ["rank", "resources/examples/b.json"],
    "rank, JSON": ["rank", "resources/examples/b.json", "--json"],
}


def seconds(arguments: list[str]) -> float:
    """Wall time of one command."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "nmosd_cds", *arguments]
    subprocess.run(command, capture_output=True, check=True, timeout=60)  # noqa: S603 - our own
    return time.perf_counter() - start


def main() -> None:
    """Print the median and the best of each command in milliseconds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, arguments in COMMANDS.items():
        seconds(arguments)
        found = [seconds(arguments) for _ in range(rounds)]
        median, best = statistics.median(found) * 1000, min(found) * 1000
        print(f"{name:12} median {median:6.0f} ms   best {best:6.0f} ms")


if __name__ == "__main__":
    main()
