"""How long the pages of reach take with a city's 2,382 RT, and with the nation's beside them.

    python -m benchmarks.reach                    some minutes, most of it filling
    RUANG_BENCH_RTS=100000 python -m benchmarks.reach

The same pages of the same city, signed in, over the loopback: alone in the register, then with
1.2 million RT of every other kelurahan and desa of the official list around it, and their
sessions. What grows with the nation shows as a ratio; one is the goal. The ratio is that of the
processor time of the server's processes, which other work on the machine does not change.
"""

import argparse
import json
import os
import statistics
import sys

from benchmarks.desk import WARM, Officer
from benchmarks.installation import Served, installed, served

NATION = int(os.environ.get("RUANG_BENCH_RTS", "1200000"))
PAGES = {
    "map": "/pencegahan/",
    "table": "/pencegahan/?tampil=tabel",
    "list": "/pencegahan/jangkauan/",
    "overdue": "/pencegahan/jangkauan/?keadaan=lewat",
    "kelurahan": "/pencegahan/jangkauan/kelurahan/36.73.02.1001/",
    "download": "/pencegahan/jangkauan/unduh/?bentuk=csv",
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table, and end with one line of JSON."""
    argparse.ArgumentParser(prog="benchmarks.reach", description=__doc__).parse_args(arguments)
    figures: dict[str, float] = {}
    with installed() as installation:
        installation.run("benchmarks.reach_fill", "city")
        with served(installation) as server:
            alone = _measured(server)
        installation.run("benchmarks.reach_fill", "nation", str(NATION))
        with served(installation) as server:
            among = _measured(server)
    for name in PAGES:
        (here, work), (there, more) = alone[name], among[name]
        figures |= {
            f"{name}_p50_ms": round(here, 1),
            f"{name}_nation_p50_ms": round(there, 1),
            f"{name}_ratio": round(more / work, 2),
        }
        line = f"{name:12} p50 {here:7.1f} ms   among {NATION:,} RT {there:7.1f} ms"
        sys.stdout.write(f"{line}   processor {work:5.1f} and {more:5.1f} ms\n")
    sys.stdout.write(json.dumps({"bench": "reach", "figures": figures}) + "\n")
    return 0


def _measured(server: Served) -> dict[str, tuple[float, float]]:
    """Return by page the median of the time it took, and the processor time a page, in ms."""
    officer = Officer(server.port)
    officer.sign_in("pencegahan-0")
    found = {}
    for name, path in PAGES.items():
        before = server.seconds()
        took, _page = officer.times(path)
        work = 1000 * (server.seconds() - before) / (len(took) + WARM)
        found[name] = statistics.median(took), work
    return found


if __name__ == "__main__":
    sys.exit(main())
