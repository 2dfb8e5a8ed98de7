"""A small city of people for the tests of accounts, all built through the commands."""

from dataclasses import dataclass
from uuid import UUID

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.identity import commands, queries
from ruang.identity.models import User
from ruang.identity.states import OrganisationKind
from ruang.vault import pairs
from ruang.vault.keyring import Keyring
from ruang.vault.ledger import Ledger
from ruang.vault.models import KeyPair, Kind
from tests import make
from tests.replay import replayed

PASSWORD = "ombak kecil di tepi laut"
FRESH = "empat belas burung pipit terbang"


@dataclass(frozen=True)
class Person:
    """A person with what she has in her head and in her drawer."""

    id: UUID
    login: str
    code: str

    @property
    def user(self) -> User:
        return User.objects.get(pk=self.id)

    @property
    def pair(self) -> KeyPair:
        return KeyPair.objects.get(owner=self.id, kind=Kind.USER, retired_at=None)

    def private(self, password: str = PASSWORD) -> bytes:
        return pairs.open_with_password(self.pair, password)

    def actor(self, password: str = PASSWORD) -> Actor:
        user = self.user
        keys = Keyring({self.pair.pk: self.private(password)}, at=make.AT, ledger=Ledger())
        return Actor(user.pk, user.organisation_id, Role(user.role), keys)


def place(name: str, kind: OrganisationKind = OrganisationKind.CITY_OFFICE) -> UUID:
    make.vault()
    return commands.found_organisation(actor=SYSTEM, name=name, kind=kind, at=make.AT)


def join(organisation: UUID, login: str, role: Role, *, by: Actor = SYSTEM) -> Person:
    """Invite and accept; who needs a colleague's word waits for it."""
    invited = commands.invite_member(
        actor=by,
        organisation_id=organisation,
        name=f"Ibu {login.title()}",
        login=login,
        role=role,
        at=make.AT,
    )
    joined = commands.accept_invitation(
        actor=SYSTEM, code=invited.code, password=PASSWORD, at=make.AT
    )
    return Person(joined.user_id, joined.login, joined.code)


def confirm(who: Person, by: Person) -> None:
    shown = pairs.fingerprint(who.pair)
    commands.confirm_member(actor=by.actor(), user_id=who.id, shown=shown, at=make.AT)


@dataclass(frozen=True)
class House:
    """An office with a desk of two, a head, an administrator; a partner; three officials."""

    office: UUID
    partner: UUID
    officer: Person
    second: Person
    head: Person
    admin: Person
    auditor: Person
    lawyer: Person
    officials: tuple[Person, Person, Person]


def seat() -> tuple[Person, Person, Person]:
    seats = [place(name) for name in ("Sekretariat Daerah", "Universitas", "Pengadilan")]
    codes = commands.seat_officials(
        actor=SYSTEM,
        officials=[
            commands.Official(where, f"Pejabat {n}", f"pejabat{n}", PASSWORD)
            for n, where in enumerate(seats)
        ],
        at=make.AT,
    )
    first, second, third = (
        Person(pk, User.objects.get(pk=pk).login, code) for pk, code in codes.items()
    )
    return first, second, third


@replayed
def build() -> House:
    queries.forget_readiness()
    officials = seat()
    office = place("DP3AKB")
    partner = place("LBH Harapan", OrganisationKind.LEGAL_AID)
    officer = join(office, "sari", Role.INTAKE_OFFICER)
    second = join(office, "rina", Role.CASE_MANAGER)
    confirm(second, officer)
    return House(
        office=office,
        partner=partner,
        officer=officer,
        second=second,
        head=join(office, "kepala", Role.HEAD),
        admin=join(office, "admin", Role.ADMIN),
        auditor=join(office, "auditor", Role.AUDITOR),
        lawyer=join(partner, "budi", Role.PARTNER_DESK),
        officials=officials,
    )
