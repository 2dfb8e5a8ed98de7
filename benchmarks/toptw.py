"""How far the planner's routes are from the best published ones.

    python -m benchmarks.toptw [--data FOLDER]      ten seconds an instance

With a folder: public (T)OPTW instances and ``published.csv`` in it or below it. Without: small
generated ones, proven by HiGHS. Gaps are in percent; positive is worse than published. Every
plan passes the independent checker, or the run fails.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

from benchmarks import proofs
from benchmarks.public import Outing, outings
from ruang.solvers import check, instances, orienteering

SECONDS = 9.5  # of ten: starting and stopping are counted too


def measure(given: Outing) -> tuple[float, bool]:
    """Print a line; return the gap in percent, and whether the plan is valid."""
    began = time.perf_counter()
    found = orienteering.solve(given.routing, seconds=SECONDS, seed=1)
    took = time.perf_counter() - began
    gap = 100 * (1 - found.prize / given.best) if given.best else 0.0
    faults = check.routed(given.routing, found)
    said = faults[0].words if faults else "valid"
    sys.stdout.write(
        f"{given.name:8} m={given.vehicles} {found.prize:8.0f} published {given.best:8.0f}"
        f" gap {gap:+6.2f} % {found.iterations:7} rounds {took:5.1f} s {said}\n"
    )
    sys.stdout.flush()
    return gap, not faults


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a line an instance, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.toptw", description=__doc__)
    parser.add_argument("--data", type=Path)
    data = parser.parse_args(arguments).data
    orienteering.solve(instances.outing(3, 1, 1), iterations=10)  # compiles
    measured = [measure(given) for given in (outings(data) if data else proofs.outings(6))]
    if not measured:
        sys.stdout.write(f"No instances with published values below {data}.\n")
        return 1
    gaps = [gap for gap, _ in measured]
    figures = {
        "mean_gap": round(statistics.mean(gaps), 3),
        "worst_gap": round(max(gaps), 3),
        "instances": len(gaps),
        "at_least_published": sum(gap <= 1e-9 for gap in gaps),
        "valid": sum(valid for _, valid in measured),
    }
    sys.stdout.write(json.dumps({"bench": "toptw", "figures": figures}) + "\n")
    return 0 if figures["valid"] == len(gaps) else 1


if __name__ == "__main__":
    sys.exit(main())
