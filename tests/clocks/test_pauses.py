"""A pause has a reason and an end, and none is begun or goes on while the risk is high."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from ruang import wiring
from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.cases import commands as cases
from ruang.cases.models import Case
from ruang.clocks import keep
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.events import PauseEnded
from ruang.clocks.legal import legal_clocks
from ruang.clocks.models import Clock
from ruang.clocks.official import ANSWER
from ruang.clocks.states import Area, Moment, Pause, State
from ruang.clocks.states import Step as ClockStep
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind
from ruang.intake import commands as intake
from ruang.intake.queries import report_page
from ruang.intake.reactions import run_after_pause
from ruang.intake.states import Risk, Safety, Step
from ruang.intake.states import State as Standing
from ruang.jobs.worker import Worker
from ruang.kernel.errors import Refused
from ruang.notify.models import Notice, Reach
from ruang.territory import commands as territory
from tests import make
from tests.clocks.own import added
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = timedelta(days=1)
TODAY = make.AT.date()


def admin() -> Actor:
    return make.actor(make.user(role=Role.ADMIN))


def by(desk: Desk, at: datetime = make.AT) -> dict[str, Any]:
    return {"actor": desk.who("holder"), "report_id": desk.report.pk, "at": at}


def answer_clock(desk: Desk) -> Clock:
    return Clock.objects.live().get(subject=desk.report.pk, kind=ANSWER)


def work(at: datetime) -> None:
    reactions = {PauseEnded.name: wiring.REACTIONS[PauseEnded.name]}
    worker = Worker(reactions=reactions, due={}, sweeps={})
    while worker.turn(at):
        pass


class TestHigh:
    @pytest.mark.parametrize("safety", [Safety.SAFE, Safety.DANGER])
    def test_nothing_pauses_while_it_is_high_or_danger_now(self, safety: Safety) -> None:
        desk = desk_with(Standing.CLAIMED, safety=safety)
        if safety is Safety.SAFE:
            intake.rate_report(**by(desk), risk=Risk.HIGH)
        with pytest.raises(Refused, match="no clock pauses"):
            intake.pause_report_clock(**by(desk), why=Pause.SURVIVOR)
        page = report_page(actor=desk.who("holder"), report_id=desk.report.pk, at=make.AT)
        assert Step.PAUSE not in page.steps

    def test_raising_it_ends_a_pause(self) -> None:
        desk = desk_with(Standing.CLAIMED)
        intake.rate_report(**by(desk), risk=Risk.LOW)
        intake.pause_report_clock(**by(desk), why=Pause.SURVIVOR)
        intake.rate_report(**by(desk), risk=Risk.MEDIUM)
        assert answer_clock(desk).state == State.RUNNING
        assert desk.reload().due_at == answer_clock(desk).due_at

    def test_setting_the_same_level_again_ends_none(self) -> None:
        desk = desk_with(Standing.CLAIMED)
        intake.rate_report(**by(desk), risk=Risk.MEDIUM)
        intake.pause_report_clock(**by(desk), why=Pause.SURVIVOR)
        intake.rate_report(**by(desk), risk=Risk.MEDIUM)
        assert answer_clock(desk).state == State.PAUSED

    def test_of_a_case_neither(self) -> None:
        case, kind = a_case()
        clock = Clock.objects.get(subject=case.pk, kind=kind)
        about = {"actor": make.actor(make.lead_of(case)), "case_id": case.pk, "at": make.AT}
        pausing = {"clock_id": clock.pk, "step": ClockStep.PAUSE, "code": "survivor"}
        cases.move_case_clock(**about, **pausing)
        add_record(**about, kind=Kind.RISK_ADULT, values={"weapon": "yes"})
        clock.refresh_from_db()
        assert (clock.state, clock.paused_until) == (State.RUNNING, None)
        with pytest.raises(Refused, match="no clock pauses"):
            cases.move_case_clock(**about, **pausing)
        (shown,) = legal_clocks(subject=case.pk, at=make.AT, is_high=True)
        assert ClockStep.PAUSE not in shown.steps


def a_case() -> tuple[Case, str]:
    """A case in which a clock of the city's own runs that may pause."""
    kind, case = added(starts=Moment.CASE_OPENED, meets=Moment.ASSESSED), make.case()
    keep.start(
        kind=kind, area=Area.CASE, subject=case.pk, desk=case.desk, actor=SYSTEM,
        since=make.AT, due_at=make.AT + timedelta(hours=48), at=make.AT,
    )  # fmt: skip
    return case, kind


class TestEnd:
    @pytest.mark.parametrize(
        ("days", "ok"), [(-1, False), (0, True), (7, True), (8, False), (400, False)]
    )
    def test_a_pause_has_its_last_day_within_what_the_city_allows(
        self, days: int, *, ok: bool
    ) -> None:
        desk = desk_with(Standing.CLAIMED)
        pause = {"why": Pause.SURVIVOR, "until": TODAY + days * DAY}
        if not ok:
            with pytest.raises(Refused, match="7 days at most"):
                intake.pause_report_clock(**by(desk), **pause)
            return
        intake.pause_report_clock(**by(desk), **pause)
        until = answer_clock(desk).paused_until
        assert until is not None
        assert localtime(until).date() == TODAY + (days + 1) * DAY

    def test_the_city_says_how_long(self) -> None:
        desk = desk_with(Standing.CLAIMED)
        territory.set_pause(actor=admin(), days=2, at=make.AT)
        with pytest.raises(Refused, match="2 days at most"):
            intake.pause_report_clock(**by(desk), why=Pause.SURVIVOR, until=TODAY + 3 * DAY)
        for days in (None, 0, 61):
            with pytest.raises(Refused, match="from 1 to 60"):
                territory.set_pause(actor=admin(), days=days, at=make.AT)

    def test_at_its_end_the_clock_runs_on_with_what_was_left_and_tells(
        self, settings: Any
    ) -> None:
        settings.SMTP = {**settings.SMTP, "host": "mail.example", "sender": "ruang@example.org"}
        desk = desk_with(Standing.CLAIMED)
        holder = id_of(desk, "holder")
        Reach.objects.create(user=holder, desk=desk.report.desk, email="h@example.org")
        intake.rate_report(**by(desk), risk=Risk.LOW)
        left = answer_clock(desk).due_at - make.AT
        intake.pause_report_clock(**by(desk), why=Pause.SURVIVOR, until=TODAY + DAY)
        until = answer_clock(desk).paused_until
        assert until is not None
        sweep_clocks(actor=SYSTEM, at=until - timedelta(seconds=1))
        assert answer_clock(desk).state == State.PAUSED
        late = until + timedelta(minutes=3)
        sweep_clocks(actor=SYSTEM, at=late)
        clock = answer_clock(desk)
        assert (clock.state, clock.due_at) == (State.RUNNING, until + left)
        assert run_after_pause in wiring.REACTIONS[PauseEnded.name]
        work(late)
        assert desk.reload().due_at == clock.due_at
        assert Notice.objects.filter(user=holder, about=clock.pk).exists()

    def test_a_pause_of_four_hundred_days_is_missed_like_any_other(self) -> None:
        desk = desk_with(Standing.CLAIMED)
        intake.pause_report_clock(**by(desk), why=Pause.NOT_SAFE)
        sweep_clocks(actor=SYSTEM, at=make.AT + 400 * DAY)
        clock = answer_clock(desk)
        assert (clock.state, clock.missed_at) == (State.RUNNING, clock.due_at)
