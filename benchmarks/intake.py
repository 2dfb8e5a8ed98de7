"""How many whole reports a second: from the start page to the code, with a photo, durably.

    python -m benchmarks.intake            about a minute and a half
    python -m benchmarks.intake --quick    a look in 20 seconds

The unit of work is a new connection and the whole path without JavaScript: the start page,
every step, a JPEG of 32 KiB, 12 answers (2.2 kB of text), the last POST. The server is the one
that ships, with previews on. Client and server share this machine.
"""

import argparse
import json
import statistics
import sys

from benchmarks.installation import Served, installed, served
from benchmarks.reporting import REQUESTS, Reporter, Tally, last_posts_alone, photo, together

ENOUGH = 2_000
"""Reports before the memory is read."""
SAMPLE = 25
"""Codes that are tried at the end: what was acknowledged must open."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.intake", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter, and less steady")
    parser.add_argument("--data", help="public instances: there are none for this one")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args(arguments)
    with installed() as installation:
        options = {"processes": given.processes, "threads": given.threads}
        with served(installation, **options) as server:
            figures = _measure(server, quick=given.quick)
        floor = float(installation.run("benchmarks.floor"))
    figures["floor_ratio"] = round(figures["last_post_per_s"] / floor, 2)
    figures["floor_per_s"] = round(floor, 1)
    _say("floor", f"{floor:.0f}/s, last POST alone {figures['last_post_per_s']}/s")
    sys.stdout.write(json.dumps({"bench": "intake", "figures": figures}) + "\n")
    return 1 if figures["refused"] or figures["not_opened"] else 0


def _measure(server: Served, *, quick: bool) -> dict[str, float]:
    reporter = Reporter(server.port, photo())
    together(reporter, 4, 2.0)
    spans = {1: 4.0, 8: 6.0, 32: 6.0} if quick else {1: 12.0, 8: 20.0, 32: 20.0}
    cpu, previews = server.seconds(), server.preview_seconds()
    runs = {people: together(reporter, people, span) for people, span in spans.items()}
    stored = sum(len(run.words) for run in runs.values())
    cpu, previews = server.seconds() - cpu, server.preview_seconds() - previews
    for people, run in runs.items():
        _say_run(people, run)
    while not quick and stored < ENOUGH:
        stored += len(together(reporter, 8, 5.0).words)
    alone = last_posts_alone(reporter, server.port, 8, 200 if quick else 600)
    sample = [words for run in runs.values() for words in run.words[-SAMPLE:]]
    measured = sum(len(run.words) for run in runs.values())
    return {
        "requests": REQUESTS,
        "per_s_c1": round(runs[1].per_second, 1),
        "per_s_c8": round(runs[8].per_second, 1),
        "per_s_c32": round(runs[32].per_second, 1),
        "refused": sum(run.refused for run in runs.values()),
        "cpu_ms": round(1000 * cpu / measured, 1),
        "cpu_ms_per_request": round(1000 * cpu / measured / REQUESTS, 2),
        "preview_cpu_ms": round(1000 * previews / measured, 1),
        "final_p95_ms_c8": _percentile(runs[8].last_posts, 95),
        "last_post_per_s": round(alone.per_second, 1),
        "rss_mb": round(server.memory(), 1),
        "start_s": round(server.started_in, 2),
        "not_opened": sum(not reporter.opens(words) for words in sample),
    }


def _percentile(seconds: list[float], share: int) -> float:
    return round(1000 * statistics.quantiles(seconds, n=100)[share - 1], 1)


def _say_run(people: int, run: Tally) -> None:
    times = ", ".join(
        f"{name} p50 {_percentile(spent, 50)} p95 {_percentile(spent, 95)} ms"
        for name, spent in (
            ("step", run.steps),
            ("upload", run.uploads),
            ("last", run.last_posts),
        )
    )
    _say(f"{people:>2} at once", f"{run.per_second:.1f}/s, refused {run.refused}; {times}")


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what}: {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
