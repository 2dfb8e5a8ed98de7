"""What came from phones in the demo: a few notes, and drawn photos with covered faces."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied

from ruang.access.actor import Actor
from ruang.demo.sessions import OFFICER, TEAM
from ruang.demo.world import Act, World
from ruang.kernel.errors import Refused
from ruang.prevention.commands.field import write_note
from ruang.prevention.commands.photos import confirm_photo, take_photo
from ruang.prevention.queries import Sieve, sessions_between
from ruang.prevention.states import State
from ruang.previews.previewer import Previewer
from ruang.vault.phones import Entry

DAYS = timedelta(days=45)
NOTES = (
    "Kursi kurang sepuluh; ibu-ibu membawa tikar. Pengeras suara dipinjam dari musala.",
    "Pertanyaan tentang media sosial banyak. Lain kali bawa contoh setelan HP.",
    "Hujan sejak siang, mulai terlambat setengah jam. Semua tetap tinggal sampai selesai.",
)
SIZE = (960, 640)


def field_acts(world: World, now: datetime, previewer: Previewer) -> Iterator[Act]:
    """Return what the team sent in the last weeks, and what the officer confirmed."""
    yield Act(now - timedelta(days=2), partial(_send, world, previewer))


def _send(world: World, previewer: Previewer, at: datetime) -> None:
    made: list[UUID] = []
    for n, login in enumerate(TEAM[: len(NOTES)]):
        with world.stage.staff(login, at) as person:
            held = _held(person, at)
            noted = next((one for one in held if _noted(person, one, NOTES[n], at)), None)
            if noted is None:
                continue
            entry = Entry(uuid4(), {}, drawn(n))
            with suppress(Refused):  # where no preview can be made there is no photo
                take_photo(
                    actor=person, session_id=noted, entry=entry, previewer=previewer, at=at
                )
                made.append(entry.id)
    with world.stage.staff(OFFICER, at) as officer:
        for photo in made[1:]:
            confirm_photo(actor=officer, photo_id=photo, at=at)


def _held(person: Actor, at: datetime) -> list[UUID]:
    rows = sessions_between(
        actor=person, since=(at - DAYS).date(), until=at.date(), at=at,
        sieve=Sieve(state=State.HELD),
    )  # fmt: skip
    return [row.id for row in rows]


def _noted(person: Actor, session: UUID, text: str, at: datetime) -> bool:
    """Write the note, if the person held that session."""
    try:
        write_note(actor=person, session_id=session, text=text, at=at)
    except PermissionDenied:
        return False
    return True


def drawn(number: int) -> bytes:
    """Draw a hall with people in rows, each face under a black cover."""
    from PIL import Image, ImageDraw

    rng = Random(number)  # noqa: S311 - a drawing
    picture = Image.new("RGB", SIZE, (228, 214, 188))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, *SIZE), fill=(176, 148, 110))
    pen.rectangle((300, 60, 660, 260), fill=(250, 250, 246), outline=(90, 80, 70), width=6)
    for row in range(3):
        for place in range(7):
            x, y = 70 + place * 130 + rng.randrange(-18, 18), 330 + row * 95
            shirt = (rng.randrange(40, 200), rng.randrange(60, 160), rng.randrange(60, 190))
            pen.ellipse((x - 48, y + 20, x + 48, y + 150), fill=shirt)
            pen.rectangle((x - 32, y - 42, x + 32, y + 30), fill=(0, 0, 0))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
