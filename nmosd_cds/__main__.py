"""The `nmosd-cds` command and `python -m nmosd_cds`; it starts the command line and no more."""

import multiprocessing
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A frozen app that starts workers would otherwise open itself again in each of them.
    multiprocessing.freeze_support()
    from nmosd_cds.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
