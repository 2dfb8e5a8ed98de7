"""Officers who write reports down, and the pages they type on."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.intake.drafts import Sheet
from ruang.kernel.ids import uuid7
from ruang.territory.facts import CityFacts
from ruang.vault.suites import new_secret
from tests import make


@dataclass
class Room:
    """A desk where reports are written down, and everybody who might want to read them."""

    city: CityFacts
    users: dict[str, User]

    def who(self, name: str, at: datetime = make.AT) -> Actor:
        return make.actor(self.users[name], at=at)


def room() -> Room:
    city = make.city()
    place = Organisation.objects.get(pk=city.intake_desk)
    other = Organisation.objects.get(pk=city.alternate_desk)
    roles = {
        "writer": (place, Role.INTAKE_OFFICER),
        "colleague": (place, Role.INTAKE_OFFICER),
        "manager": (place, Role.CASE_MANAGER),
        "deputy": (place, Role.CASE_MANAGER),
        "head": (place, Role.HEAD),
        "admin": (place, Role.ADMIN),
        "auditor": (place, Role.AUDITOR),
        "elsewhere": (other, Role.INTAKE_OFFICER),
    }
    users = {name: make.user(desk, role) for name, (desk, role) in roles.items()}
    return Room(city, {**users, "partner": make.partner()})


def sheet(**changed: object) -> Sheet:
    """A page on which something was typed that was never saved."""
    said: dict[str, object] = {
        "draft_id": uuid7(),
        "secret": new_secret(),
        "version": 0,
        "window": uuid4(),
        "fields": {"story": ("Dia bilang",)},
    }
    return Sheet(**{**said, **changed})  # type: ignore[arg-type]


def typed(page: Sheet, story: str, **changed: object) -> Sheet:
    """The same page after more was typed."""
    return replace(page, fields={"story": (story,)}, **changed)  # type: ignore[arg-type]
