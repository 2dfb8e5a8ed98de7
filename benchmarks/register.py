"""How long the register takes with a city of 2,382 RT, and with a country of 1.2 million.

    python -m benchmarks.register            about six minutes, most of it making the country

Two installations, served as a city serves them. In both is the same city, by the demo's lists;
in the second the rest of Indonesia too, as rows that were made outside the doors. Measured are
the page of a kelurahan, the list of RW and RT, one far on in it, the city's page, and the
search, in turn on both. A ratio of 1 says that the country costs the city nothing.
"""

import argparse
import json
import statistics
import sys
import time

from benchmarks.desk import NEXT, Officer
from benchmarks.installation import installed, served

VILLAGE = "36.73.01.1007"
RTS = 1_200_000
TURNS, WARM = 40, 6
WORDS = ("city_ms", "country_ms", "ratio")
PAGES = {
    "kelurahan": f"/pencegahan/wilayah/kelurahan/{VILLAGE}/",
    "list": "/pencegahan/wilayah/daftar/rt/",
    "list_of_kelurahan": f"/pencegahan/wilayah/daftar/rt/?di={VILLAGE}",
    "city": "/pencegahan/wilayah/",
    "search": "/pencegahan/wilayah/cari/?q=rt+3+unyur",
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table, and end with one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.register", description=__doc__)
    parser.add_argument("--rts", type=int, default=RTS, help="how many RT the country has")
    given = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    with installed() as city, installed() as country:
        for name, one, rts in (("city", city, 0), ("country", country, given.rts)):
            filled = one.run("benchmarks.register_fill", str(rts))
            figures[f"{name}_rts"] = int(filled.splitlines()[-1])
        with served(city, processes=1) as here, served(country, processes=1) as there:
            _compare([_officer(here.port), _officer(there.port)], figures)
    sys.stdout.write(json.dumps({"bench": "register", "figures": figures}) + "\n")
    return 0


def _officer(port: int) -> Officer:
    officer = Officer(port)
    officer.sign_in("pencegahan-0")
    return officer


def _compare(officers: list[Officer], figures: dict[str, float]) -> None:
    """Ask both for each page in turn, so that both have the same weather."""
    sys.stdout.write(f"{'p50':20}{'city':>10}{'country':>10}{'ratio':>8}\n")
    pages = {**PAGES, "list_far_on": _far_on(officers[0])}
    for name, path in pages.items():
        ways = (path, _far_on(officers[1]) if name == "list_far_on" else path)
        took: list[list[float]] = [[], []]
        for turn in range(TURNS):
            for n in ((0, 1), (1, 0))[turn % 2]:
                begun = time.perf_counter()
                page = officers[n].get(ways[n])
                took[n].append(1000 * (time.perf_counter() - begun))
                assert b"/pencegahan/wilayah/" in page, path
        p50 = [round(statistics.median(one[WARM:]), 1) for one in took]
        ratio = round(p50[1] / p50[0], 2)
        sys.stdout.write(f"{name:20}{p50[0]:8.1f}ms{p50[1]:8.1f}ms{ratio:8.2f}\n")
        sys.stdout.flush()
        figures |= dict(zip((f"{name}_{where}" for where in WORDS), (*p50, ratio), strict=True))


def _far_on(officer: Officer) -> str:
    path = PAGES["list"]
    for _page in range(15):
        following = NEXT.search(officer.get(path))
        assert following is not None
        path = PAGES["list"] + following[1].decode().replace("&amp;", "&")
    return path


if __name__ == "__main__":
    sys.exit(main())
