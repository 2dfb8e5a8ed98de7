"""Finding a place by what is said on the telephone: "RT 3 RW 5 Unyur", a name, an NPSN."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.kernel.text import tidy
from ruang.register.keeping import MODELS
from ruang.register.models import Rt, Rw
from ruang.register.policy import may_see
from ruang.register.states import Kind
from ruang.register.villages import squeezed
from ruang.territory import queries as territory

MOST = 20
"""Of one kind; more than that is not looked through, but narrowed."""
LONGEST = 100
_BOTH = re.compile(r"(?:^|\s)(\d{1,3})\s*/\s*(\d{1,3})(?=\s|$)")
_NUMBER = {
    "rt": re.compile(r"\brt\b[\s.:]*0*(\d{1,3})\b"),
    "rw": re.compile(r"\brw\b[\s.:]*0*(\d{1,3})\b"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: numbers as on an identity card, and the words that are left."""

    rt: int | None
    rw: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found. ``kind`` is None for a kelurahan, which has a code alone."""

    kind: Kind | None
    id: UUID | None
    code: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found.

    :ivar is_cut: whether there is more than is shown
    """

    text: str
    hits: tuple[Hit, ...]
    is_cut: bool


def search_page(*, actor: Actor, text: str) -> SearchPage:
    """Return the places that match.

    :raises PermissionDenied: if the actor does not see prevention
    """
    require(may_see, actor, None)
    typed = " ".join(tidy(text).split())[:LONGEST]
    asked = _understood(typed)
    city = territory.city()
    names = {one.code: one.name for one in territory.villages(city_code=city.code)}
    districts = {one.code: one.name for one in city.districts}
    able = _villages(asked.words, names, districts)
    if asked.rt is not None or asked.rw is not None:
        found = _numbered(asked, able, names, actor)
    elif asked.words:
        found = [_village(code, names, districts) for code in able] if len(able) < MOST else []
        found += _named(asked.words, names, actor)
    else:
        found = []
    return SearchPage(typed, tuple(found[: 3 * MOST]), len(found) > 3 * MOST)


def _understood(typed: str) -> Asked:
    """Take apart what was typed; 003/005 is RT 3 in RW 5, as identity cards write it."""
    rest = typed.casefold()
    numbers: dict[str, int | None] = {"rt": None, "rw": None}
    if both := _BOTH.search(rest):
        numbers = {"rt": int(both[1]), "rw": int(both[2])}
        rest = _BOTH.sub(" ", rest)
    for name, pattern in _NUMBER.items():
        if found := pattern.search(rest):
            numbers[name] = int(found[1])
            rest = pattern.sub(" ", rest)
    rest = re.sub(r"\b(kel|kelurahan|kec|kecamatan)\b\.?|[,/]", " ", rest)
    return Asked(numbers["rt"], numbers["rw"], " ".join(rest.split()))


def _villages(words: str, names: dict[str, str], districts: dict[str, str]) -> list[str]:
    """Return the kelurahan whose name, or whose kecamatan's, holds all of these words."""
    if not words:
        return list(names)
    wanted = [squeezed(word) for word in words.split()]
    return [
        code
        for code, name in names.items()
        if all(one in squeezed(f"{name} {districts.get(code[:8], '')}") for one in wanted)
        or squeezed(words) in squeezed(name)
    ]


def _numbered(asked: Asked, able: list[str], names: dict[str, str], actor: Actor) -> list[Hit]:
    inside = Q(village__in=able)
    if asked.rt is None:
        rws: Any = Rw.objects.visible_to(actor).standing().filter(inside, number=asked.rw)
        return [
            Hit(Kind.RW, row.pk, "", str(row), names.get(row.village_id, ""))
            for row in rws.order_by("village_id", "number", "id")[: 3 * MOST + 1]
        ]
    rts: Any = Rt.objects.visible_to(actor).standing().filter(inside, number=asked.rt)
    if asked.rw is not None:
        rts = rts.filter(rw__number=asked.rw)
    return [
        _rt(row, names)
        for row in rts.select_related("rw").order_by("village_id", "rw__number", "id")[
            : 3 * MOST + 1
        ]
    ]


def _rt(row: Any, names: dict[str, str]) -> Hit:
    where = f"{row.rw}, {names.get(row.village_id, '')}"
    return Hit(Kind.RT, row.pk, "", str(row), where)


def _village(code: str, names: dict[str, str], districts: dict[str, str]) -> Hit:
    return Hit(None, None, code, names[code], districts.get(code[:8], ""))


def _named(words: str, names: dict[str, str], actor: Actor) -> list[Hit]:
    """Return what bears this name, or this NPSN."""
    found: list[Hit] = []
    for kind in (Kind.SCHOOL, Kind.COMMUNITY, Kind.VENUE):
        like = Q(name__icontains=words)
        if kind is Kind.SCHOOL:
            like |= Q(npsn=words.upper()) & ~Q(npsn="")
        rows = MODELS[kind].objects.visible_to(actor).standing().filter(like)
        found += [
            Hit(kind, row.pk, "", row.name, names.get(row.village_id, ""))
            for row in rows.order_by("village_id", "name", "id")[:MOST]
        ]
    for model in (Rw, Rt):
        some: Any = model.objects.visible_to(actor).standing()
        named = some.exclude(local_name="").filter(local_name__icontains=words)
        if model is Rt:
            named = named.select_related("rw")
        kind = Kind.RT if model is Rt else Kind.RW
        found += [
            _rt(row, names)
            if model is Rt
            else Hit(kind, row.pk, "", str(row), names.get(row.village_id, ""))
            for row in named.order_by("village_id", "number", "id")[:MOST]
        ]
    return found
