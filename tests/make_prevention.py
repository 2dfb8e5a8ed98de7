"""Builders of the prevention world: places with people counted, programmes, sessions."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from ruang.access.actor import SYSTEM
from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.prevention.models import Facilitator, Invited, Part, Programme, Session, Skill
from ruang.prevention.states import Audience, Sex, Unit
from ruang.register.models import COUNTS, Community, Rt, Rw, School, Venue
from ruang.register.states import CommunityKind, SchoolLevel, VenueKind
from ruang.territory.commands import read_boundaries
from tests import make

_numbers = count(1)
VILLAGE = "36.73.06.1001"
"""A kelurahan of Kecamatan Kasemen, in every city that ``make.city`` builds."""
SINCE = make.AT.date() - timedelta(days=900)


def _three_digits() -> int:
    """Return a number of an RW: of one width, and below those that tests choose."""
    return 100 + next(_numbers) % 800


def rw(village: str = VILLAGE, *, rts: int = 3, people: int = 120, number: int = 0) -> Rw:
    """An RW with so many RT, and so many people in each."""
    made = Rw.objects.create(village_id=village, number=number or _three_digits(), since=SINCE)
    each, rest = divmod(people, len(COUNTS))
    counts = {name: each + (place < rest) for place, name in enumerate(COUNTS)}
    for each_rt in range(1, rts + 1):
        Rt.objects.create(
            rw=made,
            village_id=village,
            number=each_rt,
            households=people // 4,
            people=people,
            since=SINCE,
            **counts,
        )
    return made


def school(village: str = VILLAGE, *, level: SchoolLevel = SchoolLevel.JUNIOR) -> School:
    """A school with 300 pupils."""
    return School.objects.create(
        village_id=village,
        name=f"Sekolah {next(_numbers):05}",
        level=level,
        pupils_female=150,
        pupils_male=150,
        since=SINCE,
    )


def community(village: str = VILLAGE, *, members: int = 40) -> Community:
    """A women's group."""
    return Community.objects.create(
        village_id=village,
        name=f"PKK {next(_numbers):05}",
        kind=CommunityKind.PKK,
        members=members,
        since=SINCE,
    )


def venue(village: str = VILLAGE, *, capacity: int = 60) -> Venue:
    """A hall."""
    return Venue.objects.create(
        village_id=village,
        name=f"Balai {next(_numbers):05}",
        kind=VenueKind.HALL,
        capacity=capacity,
        since=SINCE,
    )


def programme(unit: Unit = Unit.RW, **changed: object) -> Programme:
    """A programme for parents, which each RW needs once a year."""
    fields: dict[str, object] = {
        "name": f"Program {next(_numbers):05}",
        "unit": unit,
        "audiences": [Audience.PARENTS.value],
        "every_months": 12,
        **changed,
    }
    return Programme.objects.create(**fields)


def officer(place: Organisation | None = None) -> User:
    """A prevention officer of the office."""
    return make.user(place, Role.PREVENTION_OFFICER)


def facilitator(*can: Programme, place: Organisation | None = None) -> Facilitator:
    """A facilitator with an account who can hold these programmes."""
    made = Facilitator.objects.create(
        user=make.user(place, Role.FACILITATOR),
        sex=Sex.WOMAN,
        languages=["id"],
        home_id=VILLAGE,
    )
    for one in can:
        Skill.objects.create(facilitator=made, programme=one)
    return made


def session(
    of: Programme | None = None,
    at: Rw | None = None,
    *,
    by: Sequence[Facilitator] = (),
    starts_at: datetime | None = None,
    **changed: object,
) -> Session:
    """A session planned for an RW and all its RT."""
    host = at or rw()
    begins = starts_at or make.AT + timedelta(days=7)
    fields: dict[str, object] = {
        "programme": of or programme(),
        "village_id": host.village_id,
        "rw": host,
        "audience": Audience.PARENTS,
        "starts_at": begins,
        "ends_at": begins + timedelta(minutes=90),
        "at": make.AT,
        "by": UUID(int=1),
        **changed,
    }
    made = Session.objects.create(**fields)
    Part.objects.bulk_create(Part(session=made, facilitator=one) for one in by)
    Invited.objects.bulk_create(Invited(session=made, rt=one) for one in host.rts.all())
    return made


def geojson(*codes: str, **properties: str) -> bytes:
    """A file with a square for each of these kelurahan, one east of the other."""
    features = []
    for number, code in enumerate(codes):
        west = 106.1 + number / 100
        ring = [[west, -6.1], [west + 0.01, -6.1], [west + 0.01, -6.09], [west, -6.09]]
        area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        about = {"kode": code, **properties}
        features.append({"type": "Feature", "properties": about, "geometry": area})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def boundaries(*codes: str) -> UUID:
    """Boundaries that were read and wait to be looked at. Needs the city."""
    return read_boundaries(
        actor=SYSTEM, content=geojson(*(codes or (VILLAGE,))), source="Peta contoh",
        is_official=False, at=make.AT,
    )  # fmt: skip
