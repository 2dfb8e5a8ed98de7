"""One RW, a hall, a programme, two facilitators, an officer; and sessions planned with them."""

from datetime import timedelta

from ruang.access.actor import Actor
from ruang.identity.models import User
from ruang.prevention.commands import Counted, Log, Wanted, log_session, plan_session
from ruang.prevention.models import Facilitator, Programme, Session
from ruang.prevention.states import Audience, Language, Unit
from ruang.register.models import Rt, Rw, Venue
from ruang.register.states import Band, Sex
from tests import make, make_prevention

SOON = make.AT + timedelta(days=7)


class World:
    """One RW, one hall, two programmes, two facilitators, an officer."""

    def __init__(self) -> None:
        make.city()
        self.rw: Rw = make_prevention.rw()
        self.venue: Venue = make_prevention.venue()
        self.programme: Programme = make_prevention.programme()
        self.ani: Facilitator = make_prevention.facilitator(self.programme)
        self.budi: Facilitator = make_prevention.facilitator(self.programme)
        self.person: User = make_prevention.officer()
        self.officer: Actor = make.actor(self.person)

    def rts(self, rw: Rw | None = None) -> tuple[Rt, ...]:
        return tuple((rw or self.rw).rts.order_by("number"))

    def wanted(self, **changed: object) -> Wanted:
        said: dict[str, object] = {
            "programme": self.programme.pk,
            "unit": Unit.RW,
            "host": self.rw.pk,
            "rts": [one.pk for one in self.rts()[:2]],
            "venue": self.venue.pk,
            "place": "",
            "audience": Audience.PARENTS,
            "language": Language.INDONESIAN,
            "starts_at": SOON,
            "facilitators": [self.ani.pk],
        }
        return Wanted(**{**said, **changed})  # type: ignore[arg-type]

    def plan(self, **changed: object) -> Session:
        wanted = self.wanted(**changed)
        made = plan_session(actor=self.officer, wanted=wanted, at=make.AT)
        return Session.objects.get(pk=made)

    def log(self, session: Session, **changed: object) -> Session:
        said: dict[str, object] = {
            "rts": [self.rts()[2].pk],
            "counted": (Counted(Sex.FEMALE, Band.ADULT, 12, 5, 1),),
        }
        told = Log(**{**said, **changed})  # type: ignore[arg-type]
        log_session(actor=self.officer, session_id=session.pk, log=told, at=SOON)
        session.refresh_from_db()
        return session
