"""A breach of personal data: who keeps it, its clock, the notice that meets it."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import ASSIGNABLE, Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.breaches import commands, queries
from ruang.breaches.models import Breach
from ruang.breaches.states import BOTH, MOVES, Data, Kind, People, Said, State, Step, Told
from ruang.clocks import queries as clocks
from ruang.clocks.commands import acknowledge_clock, correct_rule, sweep_clocks
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_BREACH
from ruang.clocks.states import Area, Ended, Missed, Unit
from ruang.clocks.states import State as ClockState
from ruang.clocks.states import Step as ClockStep
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT = make.AT
TODAY = localdate(AT)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def recorded(actor: Actor, **changed: Any) -> Breach:
    said = {
        "kind": Kind.STOLEN, "known_on": TODAY, "known_time": time(8), "people": People.TENS,
        "data": [Data.HEALTH, Data.CHILDREN], "at": AT,
    }  # fmt: skip
    return commands.record_breach(actor=actor, **{**said, **changed})


def told(actor: Actor, breach: Breach, **changed: Any) -> Breach:
    said = {
        "breach_id": breach.pk, "on": TODAY, "on_time": None, "told": BOTH, "said": Said,
        "at": AT + HOUR,
    }  # fmt: skip
    return commands.give_notice(actor=actor, **{**said, **changed})


def moved(actor: Actor, breach: Breach, step: ClockStep, code: str, at: datetime = AT) -> None:
    clock = Clock.objects.get(subject=breach.pk)
    commands.move_breach_clock(
        actor=actor, breach_id=breach.pk, clock_id=clock.pk, step=step, code=code, at=at
    )


@pytest.fixture
def head() -> User:
    return make.user(role=Role.HEAD)


@pytest.fixture
def keeper(head: User) -> Actor:
    return make.actor(head)


class TestWho:
    @pytest.mark.parametrize("role", ASSIGNABLE)
    def test_head_and_administrator_record_one(self, role: Role) -> None:
        actor = make.actor(make.user(role=role))
        if role in {Role.HEAD, Role.ADMIN}:
            assert recorded(actor).desk == actor.organisation_id
            return
        with pytest.raises(PermissionDenied):
            recorded(actor)
        with pytest.raises(PermissionDenied):
            queries.breaches(actor=actor)

    @pytest.mark.parametrize("role", ASSIGNABLE)
    @pytest.mark.parametrize("is_own", [True, False])
    def test_of_another_office_the_administrator_alone(
        self, role: Role, is_own: bool, head: User, keeper: Actor
    ) -> None:
        breach = recorded(keeper)
        place = head.organisation if is_own else make.organisation()
        actor = make.actor(make.user(place, role))
        if role is Role.ADMIN or (role is Role.HEAD and is_own):
            assert told(actor, breach).state == State.TOLD
            return
        with pytest.raises(NotInSight):
            told(actor, breach)

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("step", Step)
    def test_every_step_in_every_state(self, step: Step, state: State, keeper: Actor) -> None:
        breach = recorded(keeper)
        if state is State.TOLD:
            told(keeper, breach, on=TODAY + 4 * DAY, at=AT + 4 * DAY)
        elif state is State.ENDED:
            moved(keeper, breach, ClockStep.END, Ended.BY_MISTAKE, AT + 4 * DAY)
        else:
            sweep_clocks(actor=SYSTEM, at=AT + 4 * DAY)
        late = AT + 5 * DAY
        acts = {
            Step.TELL: lambda: told(keeper, breach, on=TODAY + 5 * DAY, at=late),
            Step.END: lambda: moved(keeper, breach, ClockStep.END, Ended.NOT_APPLICABLE, late),
            Step.CLOCK: lambda: moved(
                keeper, breach, ClockStep.EXPLAIN, Missed.OVERSIGHT, late
            ),
        }
        was_missed = state is not State.ENDED
        if state in MOVES[step][0] and (step is not Step.CLOCK or was_missed):
            acts[step]()
            return
        facts = Fact.objects.count()
        with pytest.raises(Refused):
            acts[step]()
        assert Fact.objects.count() == facts


class TestClock:
    def test_it_counts_from_when_it_was_known_and_names_the_law(self, keeper: Actor) -> None:
        breach = recorded(keeper, known_on=TODAY - DAY, known_time=None)
        clock = Clock.objects.get()
        assert (clock.kind, clock.area, clock.subject) == (PDP_BREACH, Area.OFFICE, breach.pk)
        assert clock.started_at == datetime.fromisoformat("2026-11-22T00:00:00+07:00")
        assert clock.due_at - clock.started_at == 72 * HOUR
        assert (clock.desk, clock.owner) == (breach.desk, keeper.user_id)

    def test_it_is_listed_with_the_late_ones_and_cared_for(self, head: User) -> None:
        admin = make.actor(make.user(head.organisation, Role.ADMIN))
        breach, late = recorded(admin), AT + 80 * HOUR
        sweep_clocks(actor=SYSTEM, at=late)
        for actor in (admin, make.actor(head)):
            (line,) = clocks.late_clocks(actor=actor, at=late)
            assert (line.subject, line.area) == (breach.pk, Area.OFFICE)
        acknowledge_clock(actor=admin, clock_id=line.id, at=late)
        officer = make.user(head.organisation, Role.INTAKE_OFFICER)
        for person in (officer, make.user(role=Role.HEAD)):
            assert not clocks.late_clocks(actor=make.actor(person), at=late)
            with pytest.raises(NotInSight):
                acknowledge_clock(actor=make.actor(person), clock_id=line.id, at=late)

    def test_notice_meets_it_as_of_when_it_was_given(self, keeper: Actor) -> None:
        breach = recorded(keeper)
        told(keeper, breach, on=TODAY + DAY, on_time=time(9), at=AT + 10 * DAY)
        clock = Clock.objects.get()
        assert (clock.state, clock.missed_at) == (ClockState.MET, None)
        assert clock.over_at == datetime.fromisoformat("2026-11-24T09:00:00+07:00")
        breach.refresh_from_db()
        assert breach.told == [Told.CONCERNED, Told.AUTHORITY]

    def test_a_notice_that_came_late_stays_missed_and_wants_a_reason(
        self, keeper: Actor
    ) -> None:
        breach = recorded(keeper)
        told(keeper, breach, on=TODAY + 4 * DAY, at=AT + 5 * DAY)
        assert Clock.objects.get().missed_at is not None
        moved(keeper, breach, ClockStep.EXPLAIN, Missed.NOBODY_FREE, AT + 5 * DAY)
        assert Clock.objects.get().missed_why == Missed.NOBODY_FREE

    def test_it_is_met_by_the_notice_alone(self, keeper: Actor) -> None:
        breach = recorded(keeper)
        page = queries.breach_page(actor=keeper, breach_id=breach.pk, at=AT)
        assert ClockStep.MEET not in page.clocks[0].steps
        with pytest.raises(Refused, match="Record the notice"):
            moved(keeper, breach, ClockStep.MEET, "")

    def test_switched_off_none_runs_and_notice_is_recorded_all_the_same(
        self, keeper: Actor
    ) -> None:
        correct_rule(
            actor=SYSTEM, kind=PDP_BREACH, amount=72, unit=Unit.HOURS, source="UU 27/2022",
            source_on=TODAY, is_active=False, at=AT,
        )  # fmt: skip
        breach = recorded(keeper)
        assert not Clock.objects.exists()
        assert told(keeper, breach).state == State.TOLD

    def test_one_that_runs_when_its_rule_is_switched_off_goes_on(self, keeper: Actor) -> None:
        breach = recorded(keeper)
        correct_rule(
            actor=SYSTEM, kind=PDP_BREACH, amount=72, unit=Unit.HOURS, source="UU 27/2022",
            source_on=TODAY, is_active=False, at=AT,
        )  # fmt: skip
        told(keeper, breach)
        assert Clock.objects.get().state == ClockState.MET


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"data": []}, "kind of data"),
        ({"known_on": TODAY + DAY}, "still to come"),
        ({"known_time": time(23, 59)}, "still to come"),
    ],
)
def test_what_is_to_come_or_concerns_no_data_is_refused(
    wrong: dict[str, Any], why: str, keeper: Actor
) -> None:
    with pytest.raises(Refused, match=why):
        recorded(keeper, **wrong)
    assert not Breach.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"told": [Told.CONCERNED]}, "authority"),
        ({"told": [Told.AUTHORITY, Told.PUBLIC]}, "authority"),
        ({"said": [Said.DATA, Said.DONE]}, "all three"),
        ({"on": TODAY + DAY}, "still to come"),
        ({"on_time": time(23, 59)}, "still to come"),
        ({"on": TODAY - DAY}, "before"),
        ({"on_time": time(7, 59)}, "before"),
    ],
)
def test_a_notice_that_says_too_little_or_is_of_a_wrong_time_is_refused(
    wrong: dict[str, Any], why: str, keeper: Actor
) -> None:
    breach = recorded(keeper)
    with pytest.raises(Refused, match=why):
        told(keeper, breach, **wrong)
    assert Clock.objects.get().state == ClockState.RUNNING


def test_the_same_form_twice_is_one_breach(keeper: Actor) -> None:
    assert recorded(keeper, form_tag=b"x" * 32) == recorded(keeper, form_tag=b"x" * 32)
    assert Clock.objects.count() == 1


def test_the_trail_says_what_by_codes(keeper: Actor) -> None:
    breach = recorded(keeper)
    told(keeper, breach)
    facts = Fact.objects.filter(name__startswith="breaches.").order_by("pk")
    assert [(fact.name, fact.by) for fact in facts] == [
        ("breaches.breach_recorded", keeper.user_id),
        ("breaches.breach_moved", keeper.user_id),
    ]
    assert facts[0].codes == {"kind": "stolen", "people": "tens"}
