"""How long the sweep takes over 100,000 open clocks.

    python -m benchmarks.clocks            about two minutes, most of it making the clocks

Two turns: one in which nothing has come due, as most are, and one in which a thousand clocks
are to be warned of, with a fact for each. No server: the sweep is the worker's.
"""

import argparse
import json
import sys

from benchmarks.installation import installed

OPEN, DUE = 100_000, 1_000


def main(arguments: list[str] | None = None) -> int:
    """Measure, print two lines, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.clocks", description=__doc__)
    parser.parse_args(arguments)
    with installed() as installation:
        printed = installation.run("benchmarks.clocks_fill", str(OPEN), str(DUE))
    figures = json.loads(printed.splitlines()[-1])
    for name, took in figures.items():
        sys.stdout.write(f"{name:24} {took:8.3f}\n")
    sys.stdout.write(json.dumps({"bench": "clocks", "figures": figures}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
