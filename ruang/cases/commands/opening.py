"""Opening a case: its team, the keys of its compartments, and what was told put into them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require
from ruang.audit.record import record
from ruang.cases.events import CaseOpened
from ruang.cases.models import Case, Member, ThreadMessage
from ruang.cases.policy import may_open
from ruang.cases.states import Compartment, Part
from ruang.cases.writing import Brought, Told, put_files, put_told
from ruang.identity import directory
from ruang.kernel.codes import MessageKind, Risk, Side
from ruang.kernel.errors import Refused
from ruang.vault.keyring import Material, give, new_keys
from ruang.vault.models import KeyPair, Kind
from ruang.vault.pairs import pairs_in_force
from ruang.vault.quorum import quorum_pair
from ruang.vault.texts import seal_text


@dataclass(frozen=True, slots=True)
class Start:
    """The coded facts a case begins with.

    :ivar reported_at: when it was told to us, which may be days before it was written down
    """

    number: str
    risk: Risk
    rank: int
    age: str
    who: str
    helps: tuple[str, ...]
    district: str
    language: str
    reporter: KeyPair | None
    reported_at: datetime
    kind: str = ""
    authority: str = ""
    tpks: bool = False
    sexual_by_record: bool = False
    tpks_question: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """A message written before there was a case; it keeps its id, and with it its place."""

    id: UUID
    at: datetime
    side: Side
    kind: MessageKind
    author: UUID | None
    text: str


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    start: Start,
    manager: UUID,
    deputy: UUID,
    told: Iterable[Told],
    said: Iterable[Said],
    brought: Iterable[Brought],
    at: datetime,
) -> Case:
    """Open a case at the actor's desk and seal into it what was told.

    Who opens it holds nothing of it afterwards, unless she is manager or deputy.

    :raises PermissionDenied: if the actor may not open cases
    :raises Refused: if manager and deputy are not two active members who may manage cases
    """
    case = Case(
        number=start.number, desk=actor.organisation_id, opened_at=at,
        reported_at=start.reported_at, changed_at=at,
        risk=start.risk, rank=start.rank, age=start.age, who=start.who,
        helps=list(start.helps), district=start.district, language=start.language,
        kind=start.kind, authority=start.authority, tpks=start.tpks,
        sexual_by_record=start.sexual_by_record, tpks_question=start.tpks_question,
        reporter_pair=start.reporter.pk if start.reporter else None,
    )  # fmt: skip
    require(may_open, actor, case)
    leads = _leads(case.desk, manager, deputy)
    case.save(force_insert=True)
    _seat(case, manager, deputy, at)
    keys = _keys(case, leads, start.reporter, actor, at)
    put_told(case, keys, told, at)
    _carry_over(case, keys, said, brought)
    event = CaseOpened(case.pk, case.desk, manager, deputy)
    record(event, actor=actor, at=at)
    return case


def _seat(case: Case, manager: UUID, deputy: UUID, at: datetime) -> None:
    everything = [code.value for code in Compartment]
    case.team.bulk_create(
        Member(case=case, user_id=user, part=part, since=at, compartments=everything)
        for user, part in ((manager, Part.MANAGER), (deputy, Part.DEPUTY))
    )


def _leads(desk: UUID, manager: UUID, deputy: UUID) -> list[KeyPair]:
    if manager == deputy:
        raise Refused(_("Choose two different people as manager and deputy."))
    able = {person.id for person in directory.working(desk, Permission.CASE_MANAGE)}
    pairs = pairs_in_force([manager, deputy], Kind.USER)
    if not {manager, deputy} <= able & pairs.keys():
        raise Refused(
            _("Manager and deputy must be active members of this desk. Choose again.")
        )
    return [pairs[manager], pairs[deputy]]


def _keys(
    case: Case, leads: list[KeyPair], reporter: KeyPair | None, actor: Actor, at: datetime
) -> Mapping[str, Material]:
    quorum = quorum_pair()
    if quorum is None:
        raise Refused(_("The officials of the city have no key yet. Set-up must be finished."))
    made = new_keys(
        whose=case.pk,
        names=[code.value for code in Compartment],
        holders=[*leads, quorum],
        given_by=actor.user_id,
        at=at,
    )
    if reporter is not None:
        thread = made[Compartment.THREAD.value]
        give([thread], to=[reporter], given_by=actor.user_id, at=at)
    return made


def _carry_over(
    case: Case,
    keys: Mapping[str, Material],
    said: Iterable[Said],
    brought: Iterable[Brought],
) -> None:
    thread, evidence = keys[Compartment.THREAD.value], keys[Compartment.EVIDENCE.value]
    messages = []
    for one in said:
        message = ThreadMessage(
            pk=one.id, case=case, at=one.at, side=one.side, kind=one.kind, author=one.author
        )
        message.text = seal_text(thread, ThreadMessage, "text", one.id, one.text)
        messages.append(message)
    case.thread.bulk_create(messages)
    put_files(case, Compartment.EVIDENCE, brought, evidence)
