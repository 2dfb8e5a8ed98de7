"""How far the venues chosen are from the optimum (p-median).

    python -m benchmarks.pmed [--data FOLDER]       at most ten seconds an instance

With a folder: OR-Library's ``pmedN.txt`` and ``pmedopt.txt`` in it or below it. Without:
generated networks, proven by HiGHS. Gaps are in percent of the optimum; ``proven`` counts the
instances whose bound met the answer.
"""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks import proofs
from benchmarks.public import Network, networks
from ruang.solvers import check, instances, median

SECONDS = 9.0  # of ten: starting and stopping are counted too


def measure(given: Network) -> tuple[float, bool, bool]:
    """Print a line; return the gap in percent, and whether it is proven and valid."""
    began = time.perf_counter()
    weights = np.ones(len(given.costs))
    found = median.solve(given.costs, weights, given.p, seconds=SECONDS, seed=1)
    took = time.perf_counter() - began
    gap = 100 * (found.value / given.best - 1)
    faults = check.answered(given.costs.tolist(), weights.tolist(), given.p, found)
    said = faults[0].words if faults else "proven" if found.proven else "valid"
    sys.stdout.write(
        f"{given.name:8} n={len(given.costs):4} p={given.p:3} {found.value:8.0f}"
        f" optimum {given.best:8.0f} gap {gap:+7.3f} % bound {found.bound:8.0f}"
        f" {took:5.1f} s {said}\n"
    )
    sys.stdout.flush()
    return gap, found.proven, not faults


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a line an instance, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.pmed", description=__doc__)
    parser.add_argument("--data", type=Path)
    data = parser.parse_args(arguments).data
    median.solve(instances.town(9, 1), np.ones(9), 3, seconds=1.0)  # compiles
    measured = [measure(given) for given in (networks(data) if data else proofs.networks(6))]
    if not measured:
        sys.stdout.write(f"No instances with optimal values below {data}.\n")
        return 1
    gaps = [gap for gap, _, _ in measured]
    figures = {
        "mean_gap": round(statistics.mean(gaps), 4),
        "worst_gap": round(max(gaps), 4),
        "instances": len(gaps),
        "optimal": sum(gap <= 1e-9 for gap in gaps),
        "proven": sum(proven for _, proven, _ in measured),
    }
    sys.stdout.write(json.dumps({"bench": "pmed", "figures": figures}) + "\n")
    return 0 if all(valid for _, _, valid in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
