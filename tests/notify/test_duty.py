"""The duty list: who plans it, who sees it, and who is on duty at a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.notify.commands import Turn, add_shift, remove_shift, set_reach
from ruang.notify.duty import is_on
from ruang.notify.models import Reach, Shift
from ruang.notify.queries import duty_page
from tests import make

AT = make.AT
JAKARTA = ZoneInfo("Asia/Jakarta")
NIGHT = Turn(begins_at=time(22), ends_at=time(6), weekday=1)


@dataclass(frozen=True)
class Plan:
    begins_at: time
    ends_at: time
    weekday: int | None = None
    on: date | None = None


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("2026-11-23T21:59", False),
        ("2026-11-23T22:00", True),
        ("2026-11-24T05:59", True),
        ("2026-11-24T06:00", False),
        ("2026-11-24T23:00", False),  # a Tuesday
        ("2026-11-23T03:00", False),  # the night from Sunday on
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(at: str, answer: bool) -> None:
    assert is_on(Plan(time(22), time(6), weekday=1), local(at), JAKARTA) is answer
    assert is_on(Plan(time(22), time(6), on=date(2026, 11, 23)), local(at), JAKARTA) is answer


@given(
    begins=st.times(), ends=st.times(),
    at=st.timedeltas(timedelta(0), timedelta(days=900)).map(
        lambda after: datetime(2026, 1, 1, tzinfo=UTC) + after
    ),
)  # fmt: skip
def test_shifts_that_follow_each_other_leave_no_gap_and_no_overlap(
    begins: time, ends: time, at: datetime
) -> None:
    if begins == ends:
        return
    week = [Plan(begins, ends, weekday=day) for day in range(1, 8)]
    week += [Plan(ends, begins, weekday=day) for day in range(1, 8)]
    assert sum(is_on(plan, at, JAKARTA) for plan in week) == 1


@pytest.fixture
def people(db: None) -> dict[str, User]:
    place = make.city().intake_desk
    here = User.objects.filter(organisation=place)[0].organisation
    return {
        "officer": make.user(here),
        "colleague": make.user(here),
        "head": make.user(here, Role.HEAD),
        "admin": make.user(here, Role.ADMIN),
        "auditor": make.user(here, Role.AUDITOR),
        "outsider": make.user(role=Role.HEAD),
        "partner": make.partner(),
    }


def add(who: Actor, user: User) -> Shift:
    return add_shift(actor=who, user=user.pk, turn=NIGHT, at=AT)


def reach(who: Actor, user: User) -> Reach:
    return set_reach(actor=who, user=user.pk, phone="0812 0000 0000", email="", at=AT)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("who", "act", "answer"),
    [
        ("head", add, None),
        ("admin", add, None),
        ("officer", add, PermissionDenied),
        ("auditor", add, PermissionDenied),
        ("partner", add, PermissionDenied),
        ("outsider", add, Refused),
        ("head", reach, None),
        ("admin", reach, None),
        ("colleague", reach, None),
        ("officer", reach, PermissionDenied),
        ("auditor", reach, PermissionDenied),
        ("outsider", reach, NotInSight),
        ("partner", reach, NotInSight),
    ],
)
def test_who_plans_duty_and_who_says_how_somebody_is_reached(
    people: dict[str, User],
    who: str,
    act: Callable[[Actor, User], object],
    answer: type[Exception] | None,
) -> None:
    facts = Fact.objects.count()
    if answer is None:
        act(make.actor(people[who]), people["colleague"])
        assert Fact.objects.count() == facts + 1
    else:
        with pytest.raises(answer):
            act(make.actor(people[who]), people["colleague"])
        assert (Shift.objects.count(), Reach.objects.count()) == (0, 0)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("who", "answer"),
    [("head", None), ("officer", PermissionDenied), ("outsider", NotInSight)],
)
def test_who_takes_a_shift_off(
    people: dict[str, User], who: str, answer: type[Exception] | None
) -> None:
    shift = add(make.actor(people["head"]), people["officer"])
    if answer is None:
        remove_shift(actor=make.actor(people[who]), shift_id=shift.pk, at=AT)
        assert not Shift.objects.exists()
    else:
        with pytest.raises(answer):
            remove_shift(actor=make.actor(people[who]), shift_id=shift.pk, at=AT)
        assert Shift.objects.exists()


@pytest.mark.usefixtures("in_english")
def test_what_is_no_shift_is_refused(people: dict[str, User]) -> None:
    head = make.actor(people["head"])
    add(head, people["officer"])
    wrong = [
        Turn(time(8), time(16)),
        Turn(time(8), time(16), weekday=1, on=date(2026, 11, 24)),
        NIGHT,
    ]
    for turn in wrong:
        with pytest.raises(Refused):
            add_shift(actor=head, user=people["officer"].pk, turn=turn, at=AT)
    assert Shift.objects.count() == 1


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("phone", "email"),
    [("rumah", ""), ("12", ""), ("", "bukan alamat"), ("", "a@b.example\nBcc: c@d.example")],
)
def test_what_is_no_number_and_no_address_is_refused(
    people: dict[str, User], phone: str, email: str
) -> None:
    with pytest.raises(Refused):
        set_reach(
            actor=make.actor(people["head"]), user=people["head"].pk, phone=phone, email=email,
            at=AT,
        )  # fmt: skip


def test_the_page_shows_who_is_on_duty_now_and_whom_to_ring_first(
    people: dict[str, User],
) -> None:
    head = make.actor(people["head"])
    for place, name in ((2, "officer"), (1, "colleague")):
        turn = Turn(time(8), time(16), weekday=1, place=place)
        add_shift(actor=head, user=people[name].pk, turn=turn, at=AT)
        reach(head, people[name])
    add(head, people["officer"])

    page = duty_page(actor=make.actor(people["officer"]), at=AT)
    assert [line.name for line in page.now] == [
        people["colleague"].name, people["officer"].name
    ]  # fmt: skip
    assert page.now[0].phone == "0812 0000 0000"
    assert len(page.shifts) == 3
    assert not page.may_plan
    assert duty_page(actor=make.actor(people["outsider"]), at=AT).shifts == ()
    with pytest.raises(PermissionDenied):
        duty_page(actor=make.actor(people["auditor"]), at=AT)
