"""One of everything in prevention, and the persons who work there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from ruang.access.roles import Role
from ruang.identity.models import Organisation, User
from ruang.kernel import clock
from ruang.kernel.filecard import FileCard
from ruang.planner.models import Plan, Visit, VisitPart
from ruang.planner.settings import Settings, Share
from ruang.planner.states import State
from ruang.prevention.arrivals import arrival_code
from ruang.prevention.commands import add_material
from ruang.prevention.log_key import seal_card
from ruang.prevention.models import (
    Away,
    Facilitator,
    MaterialVersion,
    Photo,
    Programme,
    Question,
    Request,
    Sent,
    Session,
)
from ruang.prevention.states import Audience, SentKind, SentState, Unit, Waits
from ruang.register.commands import stage_list
from ruang.register.models import CadreArea, Community, Rw
from ruang.register.states import CommunityKind, Kind
from ruang.vault.files import write_file
from tests import make, make_prevention
from tests.field_phone import sealed


@dataclass(frozen=True)
class Prevention:
    """Who works in prevention, the ids addresses ask for, and the one session."""

    people: dict[str, User]
    ids: dict[str, object]
    session: UUID


def build(desk: Organisation) -> Prevention:
    """An RW of a cadre, for which a facilitator is to hold a session."""
    rw = make_prevention.rw()
    programme = make_prevention.programme()
    question = Question.objects.create(
        programme=programme, topic="Batas tubuh", text="Tubuhku milikku?",
        choices=["Ya", "Tidak"], right=0,
    )  # fmt: skip
    facilitator = make_prevention.facilitator(programme, place=desk)
    cadre = make.user(desk, Role.CADRE)
    CadreArea.objects.create(user=cadre, rw=rw)
    session = make_prevention.session(programme, rw, by=[facilitator])
    request = Request.objects.create(
        tag=bytes(32), unit=Unit.RW, village_id=rw.village_id, rw=rw,
        audience=Audience.PARENTS, name="Bu Contoh", phone="0800-0000-0001",
        received_at=make.AT,
    )  # fmt: skip
    away = Away.objects.create(
        facilitator=facilitator, begins_on=make.AT.date(), ends_on=make.AT.date()
    )
    community = Community.objects.create(
        village_id=rw.village_id, name="PKK Contoh", kind=CommunityKind.PKK,
        since=make_prevention.SINCE,
    )  # fmt: skip
    officer = make_prevention.officer(desk)
    material = add_material(
        actor=make.actor(officer), programme_id=programme.pk, title="Lembar balik",
        name="lembar.txt", data=b"Tubuhku milikku.", at=make.AT,
    )  # fmt: skip
    plan, visit = plan_with_a_visit(rw, programme, facilitator)
    people = {
        "prevention_officer": officer,
        "facilitator": facilitator.user,
        "cadre": cadre,
    }
    listed = b"kode_kelurahan;rw;rt\n36.73.06.1001;900;1\n"
    officer = make.actor(people["prevention_officer"])
    ids: dict[str, object] = {
        "place_id": rw.rts.first().pk,  # type: ignore[union-attr]
        "code": rw.village_id,
        "list_id": stage_list(actor=officer, kind=Kind.RT, content=listed, at=clock.now()),
        "rw_id": rw.pk,
        "rt_id": rw.rts.first().pk,  # type: ignore[union-attr]
        "school_id": make_prevention.school().pk,
        "venue_id": make_prevention.venue().pk,
        "programme_id": programme.pk,
        "question_id": question.pk,
        "facilitator_id": facilitator.pk,
        "request_id": request.pk,
        "community_id": community.pk,
        "material_id": material,
        "version_id": MaterialVersion.objects.get().pk,
        "away_id": away.pk,
        "plan_id": plan,
        "visit_id": visit,
        "district": "36-73-06",
        "secret": "x" * 43,
        "free_facilitator": make.user(desk, Role.FACILITATOR).pk,
        "boundaries_id": make_prevention.boundaries(),
    }
    ids |= from_a_phone(session, facilitator.user)
    return Prevention(people, ids, session.pk)


def from_a_phone(session: Session, by: User) -> dict[str, object]:
    """A log and a sheet that wait, and a photo that nobody has confirmed."""
    said = {"kind": "log", "session": str(session.pk), "counted": [], "note": ""}
    entry, photo = uuid4(), Photo(pk=uuid4(), session=session, by=by.pk, at=make.AT)
    Sent.objects.create(
        pk=entry, session=session, by=by.pk, at=make.AT, state=SentState.WAITING,
        waits=Waits.MISFIT, blob=sealed(said, entry=entry),
    )  # fmt: skip
    lot = Sent.objects.create(
        pk=uuid4(), session=session, by=by.pk, at=make.AT, state=SentState.WAITING,
        kind=SentKind.SHEET, waits=Waits.NOT_YOURS, blob=sealed({"kind": "sheet"}),
    )  # fmt: skip
    card = FileCard(write_file(photo.file, b"foto"), "foto.jpg", "JPEG", 4)
    photo.root_version, photo.card = seal_card(photo.pk, card)
    photo.save(force_insert=True)
    return {
        "meeting_id": session.pk,
        "entry_id": entry,
        "lot_id": lot.pk,
        "photo_id": photo.pk,
        "phase": "sebelum",
        "sign": arrival_code(session.pk),
    }


def plan_with_a_visit(
    rw: Rw, programme: Programme, facilitator: Facilitator
) -> tuple[UUID, UUID]:
    """A proposed plan with one visit."""
    share = Share(programme.pk, 1)
    plan = Plan.objects.create(
        state=State.PROPOSED, begins_on=date(2027, 1, 4), ends_on=date(2027, 3, 26),
        settings=Settings((share,), (facilitator.pk,)).to_json(), at=make.AT, by=UUID(int=1),
    )  # fmt: skip
    begins = datetime(2027, 1, 11, 2, tzinfo=UTC)
    visit = Visit.objects.create(
        plan=plan, programme=programme, rw=rw, village_id=rw.village_id,
        audience=Audience.PARENTS, starts_at=begins, ends_at=begins + timedelta(minutes=90),
    )  # fmt: skip
    VisitPart.objects.create(visit=visit, facilitator=facilitator)
    return plan.pk, visit.pk
