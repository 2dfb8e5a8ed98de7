"""One breach of personal data that the office lived through: a letter to the wrong address."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from ruang.access.roles import Role
from ruang.breaches.commands import give_notice, record_breach
from ruang.breaches.states import BOTH, Data, Kind, People, Said
from ruang.demo.content.organisations import OFFICE
from ruang.demo.content.people import logins
from ruang.demo.world import Act, World

HEAD = logins(OFFICE, Role.HEAD)[0]
KNOWN = timedelta(days=40)
HOUR = timedelta(hours=1)


def breaches(world: World, now: datetime) -> Iterator[Act]:
    """Return how it became known and was told to those concerned, in time."""
    made: list[UUID] = []

    def known(at: datetime) -> None:
        with world.stage.staff(HEAD, at) as head:
            since = localtime(at - 2 * HOUR)
            row = record_breach(
                actor=head, kind=Kind.MISSENT, known_on=since.date(), known_time=since.time(),
                data=[Data.CONTACT, Data.HEALTH], people=People.FEW, at=at,
            )  # fmt: skip
            made.append(row.pk)

    def told(at: datetime) -> None:
        with world.stage.staff(HEAD, at) as head:
            on = localtime(at)
            give_notice(
                actor=head, breach_id=made[0], on=on.date(), on_time=on.time(), told=BOTH,
                said=Said, at=at,
            )  # fmt: skip

    yield Act(now - KNOWN, known)
    yield Act(now - KNOWN + 30 * HOUR, told)
