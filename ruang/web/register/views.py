"""Looking at the register: regions, one place, lists, what is searched for, a download."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ruang.register import queries
from ruang.register.queries import Hit, ListPage, RegionPage
from ruang.register.states import LISTS
from ruang.web.register import forms
from ruang.web.register.slugs import MANY, NUMBERS, SLUG_OF, kind_of
from ruang.web.request import Request
from ruang.web.tables import answer

_LONGEST = 120


@require_safe
def city(request: Request) -> HttpResponse:
    """Show the city with its kecamatan."""
    return _region(request, queries.city_page(actor=request.actor))


@require_safe
def district(request: Request, code: str) -> HttpResponse:
    """Show a kecamatan with its kelurahan."""
    return _region(request, queries.district_page(actor=request.actor, code=code))


def _region(request: Request, page: RegionPage) -> HttpResponse:
    to = "register:village" if page.code else "register:district"
    context = {
        "page": page,
        "lines": [(line, reverse(to, args=[line.code])) for line in page.lines],
        "others": [(MANY[kind], SLUG_OF[kind], number) for kind, number in page.others],
    }
    return render(request, "register/region.html", context)


@require_safe
def village(request: Request, code: str) -> HttpResponse:
    """Show a kelurahan: its RW with their RT, schools, communities, venues."""
    page = queries.village_page(actor=request.actor, code=code)
    others = [
        (MANY[kind], SLUG_OF[kind], NUMBERS[kind], lines, number)
        for kind, lines, number in page.others
    ]
    return render(request, "register/village.html", {"page": page, "others": others})


@require_safe
def place(request: Request, kind: str, place_id: UUID) -> HttpResponse:
    """Show one RW, RT, school, community or venue."""
    chosen = kind_of(kind)
    page = queries.place_page(actor=request.actor, kind=chosen, place_id=place_id)
    context = {"page": page, "slug": kind, "at": request.at}
    return render(request, "register/place.html", context)


@require_safe
def listed(request: Request, kind: str) -> HttpResponse:
    """Show a list, page by page."""
    said = request.GET
    sieve = queries.Sieve(
        region=said.get("di", "")[:13],
        what=said.get("jenis", "")[:20],
        after=said.get("sesudah", "")[:36],
    )
    chosen = kind_of(kind, *LISTS)
    page = queries.list_page(actor=request.actor, kind=chosen, sieve=sieve)
    narrowed = {"di": sieve.region, "jenis": sieve.what}
    query = {name: value for name, value in narrowed.items() if value}
    context = {
        "page": page,
        "slug": kind,
        "title": MANY[chosen],
        "number": NUMBERS.get(chosen, ""),
        "form": forms.Narrow(said, regions=_regions(page), kinds=page.choices),
        "tabs": [
            (MANY[one], reverse("register:list", args=[SLUG_OF[one]]), one is chosen)
            for one in LISTS
        ],
        "older": f"?{urlencode({**query, 'sesudah': page.older})}" if page.older else "",
        "first": f"?{urlencode(query)}" if sieve.after else "",
        "query": urlencode(query),
    }
    return render(request, "register/list.html", context)


@require_safe
def search(request: Request) -> HttpResponseBase:
    """Find a place; what is the only one is shown at once."""
    text = request.GET.get("q", "")[:_LONGEST]
    page = queries.search_page(actor=request.actor, text=text)
    if len(page.hits) == 1:
        return redirect(_address(page.hits[0]))
    hits = [(hit, _address(hit)) for hit in page.hits]
    return render(request, "register/search.html", {"page": page, "hits": hits})


@require_safe
def download(request: Request, kind: str) -> HttpResponseBase:
    """Give a list as a file."""
    chosen = kind_of(kind, *LISTS)
    region = request.GET.get("di", "")[:13]
    table = queries.table(actor=request.actor, kind=chosen, region=region)
    name = "-".join(part for part in ("daftar", kind, table.region) if part)
    return answer(table, name=name, as_workbook=request.GET.get("bentuk") == "xlsx")


def _regions(page: ListPage) -> list[tuple[str, str]]:
    """Return kecamatan and kelurahan to choose from, each kelurahan below its kecamatan."""
    found = []
    for one in page.districts:
        found.append((one.code, one.name))
        inside = [v for v in page.villages if v.code.startswith(f"{one.code}.")]
        found += [(v.code, f"– {v.name}") for v in inside]
    return found


def _address(hit: Hit) -> str:
    if hit.kind is None:
        return reverse("register:village", args=[hit.code])
    return reverse("register:place", args=[SLUG_OF[hit.kind], hit.id])
