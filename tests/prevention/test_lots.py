"""Sheets and photos that come too late wait like a log: none lost, none seen by anybody."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.kernel.errors import Refused
from ruang.prevention.commands import cancel_session, lots, move_session
from ruang.prevention.commands.following import follow_session
from ruang.prevention.commands.photos import confirm_photo
from ruang.prevention.commands.planning import Moved
from ruang.prevention.entered import pair_of, sheet_of
from ruang.prevention.models import Photo, Question, Sent, Session, Sheet
from ruang.prevention.queries.field import field_list, field_page
from ruang.prevention.queries.field_waiting import waiting_lot, waiting_lots
from ruang.prevention.states import Anyway, Cancelled, SentState, Waits
from ruang.previews.kinds import Kind
from ruang.previews.previewer import Busy, Preview
from ruang.register.commands import move_rt
from ruang.register.models import CadreArea
from ruang.vault.files import folder
from ruang.vault.phones import open_sent
from tests import make, make_prevention
from tests.field_phone import sealed
from tests.prevention.scene import SOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()


class Maker:
    """Makes previews without a process."""

    busy = False

    def preview(self, data: bytes, kind: Kind, *, wait_s: float = 1.0) -> Any:
        return Busy() if self.busy else Preview(jpeg(), Kind.JPEG)


class Hall(World):
    """A session with a question; a cadre of its RW, and one of another."""

    def __init__(self) -> None:
        super().__init__()
        self.maker = Maker()
        self.asked = Question.objects.create(
            programme=self.programme, topic="Batas", text="Milik siapa?", choices=["a", "b"],
            right=1,
        )  # fmt: skip
        self.rt = self.rts()[0]
        self.session = self.plan(rts=[self.rt.pk])
        self.cadre, self.stranger = (make.user(role=Role.CADRE) for _one in range(2))
        CadreArea.objects.create(user=self.cadre, rw=self.rw)
        CadreArea.objects.create(user=self.stranger, rw=make_prevention.rw(rts=0))

    def sheet(self, code: str, phase: str = "before", **more: object) -> bytes:
        said = {
            "kind": "sheet", "session": str(self.session.pk), "phase": phase,
            "pair": pair_of(self.session.pk, code), "answers": [[str(self.asked.pk), 1]],
        }  # fmt: skip
        return sealed({**said, **more}, entry=uuid4())

    def photo(self, data: bytes = b"") -> bytes:
        said = {"kind": "photo", "session": str(self.session.pk)}
        return sealed(said, data or jpeg(), entry=uuid4())

    def send(self, actor: Actor, blob: bytes, at: datetime = SOON) -> SentState:
        entry = open_sent(blob)
        if entry.said["kind"] == "sheet":
            sent = sheet_of(entry)
            return lots.take_sent_sheet(actor=actor, sent=sent, blob=blob, at=at)
        return lots.take_sent_photo(
            actor=actor, session_id=self.session.pk, entry=entry, blob=blob,
            previewer=self.maker, at=at,  # type: ignore[arg-type]
        )  # fmt: skip

    def goes_elsewhere(self) -> None:
        """The office puts the RT into another RW, and the session goes with it."""
        elsewhere = make_prevention.rw(rts=0)
        move_rt(
            actor=self.officer, rt_id=self.rt.pk, rw_id=elsewhere.pk, number=7,
            on=make.AT.date(), at=make.AT,
        )  # fmt: skip
        follow_session(actor=SYSTEM, session_id=self.session.pk, at=make.AT)

    def given_to_budi(self) -> None:
        to = Moved(SOON, self.venue.pk, "", [self.budi.pk], Anyway.HOSTS)
        move_session(actor=self.officer, session_id=self.session.pk, to=to, at=make.AT)

    def settle(self, blob: bytes, session: Session | None = None) -> int:
        return lots.settle_lot(
            actor=self.officer, entry_id=open_sent(blob).id,
            session_id=(session or self.session).pk, previewer=self.maker, at=SOON,  # type: ignore[arg-type]
        )  # fmt: skip


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_of_a_cadre_whose_session_went_to_another_rw_they_wait_and_are_taken_over(
    hall: Hall,
) -> None:
    cadre = make.actor(hall.cadre)
    hall.goes_elsewhere()
    sheets = [hall.sheet("ikan 1"), hall.sheet("ikan 2"), hall.sheet("ikan 1", "after")]
    photo = hall.photo()
    for blob in (*sheets, photo, *sheets, photo):  # everything is sent twice
        assert hall.send(cadre, blob) is SentState.WAITING
    with pytest.raises(NotInSight):
        field_page(actor=cadre, session_id=hall.session.pk)
    for blob in (hall.sheet("ikan 3"), hall.photo()):
        with pytest.raises(NotInSight):
            hall.send(make.actor(hall.stranger), blob)
    assert (Sheet.objects.count(), Photo.objects.count(), len(list(folder().iterdir()))) == (
        0, 0, 0,
    )  # fmt: skip
    found = {one.kind.value: one for one in waiting_lots(actor=hall.officer)}
    assert {kind: (one.count, one.waits) for kind, one in found.items()} == {
        "sheet": (3, Waits.NOT_YOURS), "photo": (1, Waits.NOT_YOURS),
    }  # fmt: skip
    assert field_list(actor=hall.officer, at=SOON).waiting == 2

    assert hall.settle(sheets[1]) == 0
    assert hall.settle(photo) == 0
    assert not Sent.objects.exists(), "of a sheet no time and no sender is left"
    assert set(Sheet.objects.values_list("pk", flat=True)) == {
        open_sent(blob).id for blob in sheets
    }
    row = Photo.objects.get()
    assert (row.by, row.state) == (hall.cadre.pk, "waiting")
    confirm_photo(actor=hall.officer, photo_id=row.pk, at=SOON)
    for blob in (*sheets, photo):
        assert hall.send(cadre, blob) is SentState.DONE, "the answer was lost on the way"
    assert (Sheet.objects.count(), Photo.objects.count()) == (3, 1)


def test_of_a_facilitator_who_was_replaced_they_wait_too(hall: Hall) -> None:
    ani, budi = make.actor(hall.ani.user), make.actor(hall.budi.user)
    before = hall.sheet("ikan 1")
    assert hall.send(ani, before) is SentState.DONE
    hall.given_to_budi()
    assert hall.send(ani, before) is SentState.DONE
    after, photo = hall.sheet("ikan 1", "after"), hall.photo()
    for blob in (after, photo):
        assert hall.send(ani, blob) is SentState.WAITING
        with pytest.raises(NotInSight):
            hall.send(budi, blob)
    assert hall.send(budi, hall.sheet("ikan 2")) is SentState.DONE
    assert not field_page(actor=budi, session_id=hall.session.pk).photos
    assert [one.by for one in waiting_lots(actor=hall.officer)] == [hall.ani.user.name] * 2
    assert (hall.settle(after), hall.settle(photo)) == (0, 0)
    assert Sheet.objects.count() == 3


def test_what_does_not_fit_waits_on_and_can_be_set_aside(hall: Hall) -> None:
    ani = make.actor(hall.ani.user)
    hall.send(ani, hall.sheet("ikan 1"))
    hall.given_to_budi()
    twice, other = hall.sheet("ikan 1"), hall.sheet("ikan 2")
    foreign = hall.sheet("ikan 3", answers=[[str(uuid4()), 1]])
    for blob in (twice, other, foreign):
        assert hall.send(ani, blob) is SentState.WAITING
    assert hall.settle(other) == 2
    lot = waiting_lot(actor=hall.officer, entry_id=open_sent(twice).id)
    assert (lot.count, lot.left) == (2, 2)
    lots.drop_lot(actor=hall.officer, entry_id=open_sent(twice).id, at=SOON)
    assert set(Sent.objects.values_list("state", "blob")) == {("dropped", None)}
    assert hall.send(ani, twice) is SentState.DROPPED, "it does not come back"
    assert Sheet.objects.count() == 2


def test_of_a_cancelled_session_they_go_where_its_log_went(hall: Hall) -> None:
    ani = make.actor(hall.ani.user)
    cancel_session(
        actor=hall.officer, session_id=hall.session.pk, reason=Cancelled.VENUE, at=make.AT
    )
    sheet = hall.sheet("ikan 1")
    assert hall.send(ani, sheet) is SentState.WAITING
    assert Sent.objects.get().waits == Waits.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        hall.settle(sheet)
    held = hall.plan(starts_at=SOON - timedelta(days=2))
    hall.log(held)
    lot = waiting_lot(actor=hall.officer, entry_id=open_sent(sheet).id)
    assert held.pk in {one.id for one in lot.instead}
    assert hall.settle(sheet, held) == 0
    assert Sheet.objects.get().session_id == held.pk
    assert hall.send(ani, sheet) is SentState.DONE


def test_photos_that_cannot_be_made_now_wait_on(hall: Hall) -> None:
    hall.given_to_budi()
    ani = make.actor(hall.ani.user)
    photo, none = hall.photo(), hall.photo(b"%PDF-1.7")
    for blob in (photo, none):
        assert hall.send(ani, blob) is SentState.WAITING
    hall.maker.busy = True
    with pytest.raises(Refused, match="right now"):
        hall.settle(photo)
    assert Sent.objects.filter(state="waiting").count() == 2
    hall.maker.busy = False
    assert hall.settle(photo) == 1
    assert Sent.objects.get().waits == Waits.MISFIT


def test_there_is_room_for_so_many(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.given_to_budi()
    monkeypatch.setattr(lots, "ROOM", {"sheet": 2, "photo": 1})
    ani = make.actor(hall.ani.user)
    hall.send(ani, hall.photo())
    with pytest.raises(Refused, match="12 photos"):
        hall.send(ani, hall.photo())


def test_who_may_send_see_and_decide(hall: Hall) -> None:
    hall.given_to_budi()
    ani, head = make.actor(hall.ani.user), make.actor(make.user(role=Role.HEAD))
    blob = hall.sheet("ikan 1")
    assert hall.send(ani, blob) is SentState.WAITING
    entry: UUID = open_sent(blob).id
    for nobody in (head, make.actor(make.user())):
        with pytest.raises(PermissionDenied):
            hall.send(nobody, hall.sheet("ikan 2"))
    for nobody in (ani, make.actor(hall.budi.user), head, make.actor(hall.cadre)):
        with pytest.raises(PermissionDenied):
            waiting_lots(actor=nobody)
        with pytest.raises(PermissionDenied):
            waiting_lot(actor=nobody, entry_id=entry)
        with pytest.raises((NotInSight, PermissionDenied)):
            lots.drop_lot(actor=nobody, entry_id=entry, at=SOON)
    assert Sent.objects.get().state == "waiting"


def test_no_fact_names_a_sheet(hall: Hall) -> None:
    hall.given_to_budi()
    blob = hall.sheet("ikan 1")
    hall.send(make.actor(hall.ani.user), blob)
    hall.settle(blob)
    facts = str(list(Fact.objects.values_list("about", "ids", "codes")))
    assert str(open_sent(blob).id) not in facts
    names = list(Fact.objects.order_by("-number").values_list("name", flat=True)[:3])
    assert names == ["prevention.lot_moved", "prevention.sheet_taken", "prevention.lot_moved"]
