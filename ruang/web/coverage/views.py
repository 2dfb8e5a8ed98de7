"""What prevention reached: the map, the list, a kelurahan, an RW, and what came of it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ruang.prevention.queries import coverage as maps
from ruang.prevention.queries import coverage_list, coverage_place, gains
from ruang.prevention.queries.coverage import CoverageMap, District, Tile
from ruang.prevention.queries.coverage_list import Show
from ruang.prevention.reach import Sieve
from ruang.prevention.states import Unit
from ruang.territory import queries as territory
from ruang.territory.queries import Boundaries
from ruang.web.coverage import forms
from ruang.web.coverage.forms import UNITS, Narrow, asked, filled
from ruang.web.request import Request
from ruang.web.words import Words

EXTRAS = ("legend", "figures", "note")
"""What stands in the free places of the map, in this order."""
PEOPLE: dict[Unit, Words] = {
    Unit.RW: _("People living there"),
    Unit.SCHOOL: _("Pupils"),
    Unit.COMMUNITY: _("Members"),
}
"""Who is counted in each kind of place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the map: a kecamatan, or something said in a free place, or nothing."""

    kind: str
    district: District | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One kelurahan as it is drawn, with what was reached there."""

    tile: Tile
    path: str


@require_safe
def coverage(request: Request) -> HttpResponse:
    """Show the city at one glance: as tiles, as a table, or within its boundaries."""
    sieve = asked(request.GET)
    page = maps.coverage_map(actor=request.actor, sieve=sieve, at=request.at)
    drawn = territory.boundaries()
    look = request.GET.get("tampil", "")
    if look not in {"", "tabel"} and (look != "batas" or drawn is None):
        look = ""
    context = _context(request, page) | {
        "look": look,
        "period": forms.MONTHS[sieve.months],
        "looks": _looks(sieve, look, drawn),
        "cells": _cells(page),
        "drawn": drawn,
        "shapes": _shapes(page, drawn) if drawn and look == "batas" else (),
        "query": _query(sieve),
    }
    return render(request, "coverage/coverage.html", context)


@require_safe
def places(request: Request) -> HttpResponse:
    """Show RW, schools or communities, those first that wait longest."""
    unit = UNITS.get(request.GET.get("jenis", ""), Unit.RW)
    show = forms.SHOWN.get(request.GET.get("keadaan", ""), Show.ALL)
    sieve = asked(request.GET)
    page = coverage_list.coverage_list(
        actor=request.actor, unit=unit, show=show, sieve=sieve, at=request.at,
        after=request.GET.get("setelah", ""),
    )  # fmt: skip
    word = next(word for word, one in UNITS.items() if one is unit)
    kept = {"jenis": word, **filled(sieve, show)}
    here = reverse("coverage:places")
    context = _context(request, page, show) | {
        "unit_word": word,
        "is_rw": unit is Unit.RW,
        "who": PEOPLE[unit],
        "tabs": [
            (label, f"{here}?{_sent({**kept, 'jenis': one, 'program': ''})}", one == word)
            for one, label in (("", _("RW")), ("sekolah", _("Schools")),
                               ("komunitas", _("Communities")))
        ],
        "older_url": f"{here}?{_sent({**kept, 'setelah': page.older})}" if page.older else "",
        "first_url": "" if page.is_first else f"{here}?{_sent(kept)}",
        "is_narrowed": show is not Show.ALL or sieve != Sieve(),
    }  # fmt: skip
    return render(request, "coverage/places.html", context)


@require_safe
def village(request: Request, code: str) -> HttpResponse:
    """Show one kelurahan down to its RW."""
    page = coverage_place.village_reach(
        actor=request.actor, code=code, sieve=asked(request.GET), at=request.at
    )
    groups = [
        (_("RW"), "rw", page.rws, True, PEOPLE[Unit.RW]),
        (_("Schools"), "sekolah", page.schools, False, PEOPLE[Unit.SCHOOL]),
        (_("Communities"), "komunitas", page.communities, False, PEOPLE[Unit.COMMUNITY]),
    ]
    context = {
        "page": page,
        "at": request.at,
        "groups": groups,
        "most": _most(page.months),
        "period": forms.MONTHS[page.sieve.months],
        "is_narrowed": page.sieve != Sieve(village=code),
    }
    return render(request, "coverage/village.html", context)


@require_safe
def rw(request: Request, rw_id: UUID) -> HttpResponse:
    """Show one RW down to its RT."""
    page = coverage_place.rw_reach(actor=request.actor, rw_id=rw_id, at=request.at)
    return render(request, "coverage/rw.html", {"page": page, "at": request.at})


@require_safe
def outcome(request: Request) -> HttpResponse:
    """Show what tests say and who came."""
    page = gains.outcome(actor=request.actor, at=request.at)
    context = {
        "page": page,
        "at": request.at,
    }
    return render(request, "coverage/outcome.html", context)


def _context(request: Request, page: Any, show: Show = Show.ALL) -> dict[str, Any]:
    form = Narrow(
        filled(page.sieve, show),
        programmes=page.programmes,
        districts=territory.city().districts,
    )
    return {"page": page, "form": form, "at": request.at}


def _looks(sieve: Sieve, look: str, drawn: Boundaries | None) -> list[tuple[Words, str, bool]]:
    words: list[tuple[str, Words]] = [("", _("Tiles")), ("tabel", _("Table"))]
    if drawn is not None:
        words.append(("batas", _("Boundaries")))
    kept = filled(sieve)
    here = reverse("coverage:coverage")
    return [
        (label, f"{here}?{_sent({**kept, 'tampil': one})}", one == look) for one, label in words
    ]


def _cells(page: CoverageMap) -> list[Cell]:
    """Put legend, figures and note into free places; what finds none stands in front."""
    extras = list(EXTRAS)
    cells = []
    for district in page.cells:
        if district is not None:
            cells.append(Cell("district", district))
        else:
            cells.append(Cell(extras.pop(0) if extras else "nothing"))
    return [Cell(one) for one in extras] + cells


def _shapes(page: CoverageMap, drawn: Boundaries) -> list[Shape]:
    return [
        Shape(tile, drawn.paths[tile.code]) for tile in page.tiles if tile.code in drawn.paths
    ]


def _query(sieve: Sieve) -> str:
    return _sent(filled(sieve))


def _sent(kept: dict[str, str]) -> str:
    defaults = {"bulan": "12"}
    return urlencode({k: v for k, v in kept.items() if v and defaults.get(k) != v})


def _most(months: tuple[coverage_place.Month, ...]) -> int:
    return max((month.sessions for month in months), default=0)
