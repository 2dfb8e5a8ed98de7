"""What planning a quarter gains, in a generated city with the numbers of Kota Serang.

    python -m benchmarks.coverage                    about half a minute

First *where*: which sessions, proven by HiGHS, with a floor for each kecamatan; of those that
count as much, the most even, proven level by level. Then *when and who*: teams on days, so that
what is counted can really be held. Against it stands what offices do: what was promised, then
requests in the order of arrival, then the list of RW in the order of their names, until the
session-hours are spent. All of those are counted as held.
"""

import argparse
import json
import sys

from ruang.solvers import check, covering, covering_program, instances, orienteering
from ruang.solvers.covering import Covering
from ruang.solvers.instances import City


def by_request(city: City) -> list[int]:
    """What is held when the list is worked off from the top."""
    problem, held, spent = city.covering, [], 0.0
    names = range(len(problem.covers))
    for candidate in dict.fromkeys((*problem.fixed, *city.requests, *names)):
        if spent + problem.costs[candidate] <= problem.budget:
            held.append(candidate)
            spent += problem.costs[candidate]
    return held


def an_hour(problem: Covering, held: list[int]) -> float:
    """Weighted people reached, each once, a session-hour."""
    hours = sum(problem.costs[candidate] for candidate in held)
    return problem.worth(problem.reached(tuple(held))) / hours if hours else 0.0


def least(problem: Covering, held: tuple[int, ...]) -> float:
    """The lowest kecamatan's share as part of the city's."""
    mean = problem.worth(problem.reached(held)) / sum(problem.weights)
    lowest = min(covering_program.shares_of(problem, held).values(), default=0.0)
    return round(lowest / mean, 3) if mean else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Measure, print what was found, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.coverage", description=__doc__)
    parser.parse_args(arguments)
    city = instances.serang()
    problem = city.covering
    found = covering.solve(problem, seconds=30)
    sys.stdout.write(
        f"{found.solver}: {found.status}, {found.value:.0f} of at most {found.bound:.0f}"
        f" in {found.seconds:.1f} s; without floors {found.free_value:.0f}\n"
    )
    routing = instances.quarter(city, found.chosen, promised=len(problem.fixed))
    plan = orienteering.solve(routing, seconds=9.5)
    held = [found.chosen[stop.visit] for route in plan.routes for stop in route.stops]
    faults = [*check.covered(problem, found), *check.routed(routing, plan)]
    listed = by_request(city)
    ours, theirs = an_hour(problem, held), an_hour(problem, listed)
    timed = covering_program.shares_of(problem, tuple(held))
    for kecamatan, share in found.shares.items():
        told = f"{100 * share:5.1f} % chosen, {100 * timed[kecamatan]:5.1f} % have an hour"
        sys.stdout.write(f"  {kecamatan:14} {told}\n")
    for number, level in enumerate(found.levels, start=1):
        said = "proven" if level.is_proven else f"not proven, at most {level.bound:.4f}"
        sys.stdout.write(f"the {number} lowest: {level.total:.4f} together, {said}\n")
    sys.stdout.write(
        f"planned: {len(held)} of {len(found.chosen)} sessions have a team and an hour,"
        f" {ours:.0f} weighted people an hour\n"
        f"by request, then by name: {len(listed)} sessions, {theirs:.0f} an hour\n"
    )
    sys.stdout.writelines(f"broken: {fault.words}\n" for fault in faults)
    figures = {
        "proven_optimal": found.status == "optimal" and found.gap < 1e-9,
        "proven_even": found.is_even,
        "seconds": round(found.seconds, 2),
        "min_share": least(problem, found.chosen),
        "min_share_in_time": least(problem, tuple(held)),
        "price_of_fairness": round(found.price_of_fairness, 1),
        "gain_over_requests": round(100 * (ours / theirs - 1), 1) if theirs else 0.0,
        "sessions_held": len(held),
        "valid": not faults,
    }
    sys.stdout.write(json.dumps({"bench": "coverage", "figures": figures}) + "\n")
    return 0 if figures["valid"] else 1


if __name__ == "__main__":
    sys.exit(main())
