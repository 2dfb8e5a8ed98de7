"""The steps of a plan: what each needs and leaves. Who may: ``tests/rules/test_plan``."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ruang.access.actor import Actor
from ruang.cases.commands import identify_case
from ruang.cases.models import Case
from ruang.cases.queries import case_head
from ruang.cases.states import Compartment, Part, Reminder
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind as RecordKind
from ruang.kernel.codes import CaseKind
from ruang.kernel.errors import Refused
from ruang.plans import commands, queries
from ruang.plans.commands import Ending, Wanted
from ruang.plans.models import Agreement, FollowUp, Goal, Service, Task
from ruang.plans.states import (
    Agreed,
    Contacted,
    Dropped,
    Function,
    Kind,
    Outcome,
    Payer,
    Reached,
    ServiceState,
    ServiceStep,
    TaskState,
    TaskStep,
)
from tests import make
from tests.cases.team import SHARED, partner_on
from tests.migrating import forward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TODAY = make.AT.date()
DAY = timedelta(days=1)
BEFORE = "0008_told_again_and_tpks_asked"
HEALTH = Wanted(None, Kind.HEALTH, need="Periksa luka di lengan.", payer=Payer.CITY)


def about(case: Case, actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "case_id": case.pk, "at": make.AT}


def lead(case: Case) -> dict[str, Any]:
    return about(case, make.actor(make.lead_of(case)))


def a_goal(case: Case) -> Goal:
    return commands.add_goal(**lead(case), text="Anak tetap sekolah.")


def a_service(case: Case) -> Service:
    return commands.plan_service(**lead(case), wanted=HEALTH)


def a_task(case: Case, due_on: date = TODAY, **changed: Any) -> Task:
    owner = changed.pop("owner", make.lead_of(case, Part.DEPUTY).pk)
    return commands.set_task(
        **lead(case), owner=owner, title="Surat tugas.", due_on=due_on, **changed
    )


STEPS: dict[str, Callable[[Case, Actor], Any]] = {
    "agreement": lambda case, actor: commands.record_agreement(
        **about(case, actor), answer=Agreed.YES, why="", on=TODAY,
        explained_by=make.lead_of(case).pk,
    ),
    "give service": lambda case, actor: commands.give_service(
        **about(case, actor), wanted=Wanted(None, Kind.LAW), on=TODAY, note="Lapor polisi."
    ),
    "follow up": lambda case, actor: commands.write_follow_up(
        **about(case, actor), on=TODAY, way=Contacted.PHONE, text="Baik.", next_on=TODAY + DAY
    ),
}  # fmt: skip


def test_everybody_on_the_team_reads_the_plan_in_words() -> None:
    """But of a service of health only who holds that part reads more than its codes."""
    case = make.case()
    person = partner_on(case, *SHARED, Compartment.HEALTH)
    a_goal(case), a_service(case)
    STEPS["agreement"](case, make.actor(make.lead_of(case)))

    page = queries.plan_page(actor=make.actor(person), case_id=case.pk, at=make.AT)

    assert [one.text for one in page.goals] == ["Anak tetap sekolah."]
    assert [(one.need, str(one.payer)) for one in page.open_services] == [
        ("Periksa luka di lengan.", "Free for her: the city's budget (APBD)")
    ]
    assert page.agreement is not None
    assert page.agreement.answer == "She agreed"
    assert page.agreement.explained_by == make.lead_of(case).name


class TestServices:
    def test_bpjs_is_refused_with_the_reason(self) -> None:
        case = make.case()
        wanted = Wanted(None, Kind.HEALTH, need="Visum.", payer=Payer.BPJS)
        with pytest.raises(Refused, match="Perpres 82/2018"):
            commands.plan_service(**lead(case), wanted=wanted)
        assert not Service.objects.exists()

    @pytest.mark.parametrize(
        ("wanted", "says"),
        [
            (Wanted(None, None, need="Apa saja."), "two lists"),
            (Wanted(None, Kind.HEALTH), "Write a few words"),
            (Wanted(None, Kind.HEALTH, need="X", provider=make.stranger()), "organisation"),
        ],
    )
    def test_what_is_missing_is_said(self, wanted: Wanted, says: str) -> None:
        with pytest.raises(Refused, match=says):
            commands.plan_service(**lead(make.case()), wanted=wanted)

    def test_a_service_that_was_not_given_says_why_and_has_no_day(self) -> None:
        case = make.case()
        row = a_service(case)
        end = {"service_id": row.pk, "step": ServiceStep.END}
        with pytest.raises(Refused, match="why it was not given"):
            commands.move_service(
                **lead(case), **end, ending=Ending(Outcome.NOT_TO_BE_HAD, TODAY)
            )
        ending = Ending(Outcome.NOT_TO_BE_HAD, TODAY, "Dokter cuti.")
        row = commands.move_service(**lead(case), **end, ending=ending)
        assert (row.state, row.given_on) == (ServiceState.ENDED, None)
        line = queries.plan_page(**lead(case)).ended_services[0]
        assert (line.need, line.note) == ("Periksa luka di lengan.", "Dokter cuti.")

    def test_nothing_is_given_tomorrow(self) -> None:
        with pytest.raises(Refused, match="ahead"):
            commands.give_service(
                **lead(make.case()), wanted=HEALTH, on=TODAY + DAY, note="Besok."
            )

    def test_one_line_is_on_the_timeline_of_everybody(self) -> None:
        case = make.case()
        person = partner_on(case)
        STEPS["give service"](case, make.actor(person))
        manager = make.actor(make.lead_of(case))
        head = case_head(actor=manager, case_id=case.pk, at=make.AT)
        seen = queries.plan_moments(actor=manager, head=head)
        assert [(str(one.title), one.text, one.by) for one in seen] == [
            ("Service: Law enforcement", "Lapor polisi.", person.pk)
        ]


class TestGoals:
    @pytest.mark.parametrize("reached", [Reached.PARTLY, Reached.NO])
    def test_what_was_not_reached_has_a_reason(self, reached: Reached) -> None:
        case = make.case()
        goal = a_goal(case)
        with pytest.raises(Refused, match="why it was not reached"):
            commands.end_goal(**lead(case), goal_id=goal.pk, reached=reached, why=" ")
        commands.end_goal(**lead(case), goal_id=goal.pk, reached=reached, why="Pindah.")
        line = queries.plan_page(**lead(case)).goals[0]
        assert (line.reached, line.why) == (reached.label, "Pindah.")
        with pytest.raises(Refused, match="meanwhile"):
            commands.end_goal(**lead(case), goal_id=goal.pk, reached=Reached.YES, why="")

    @pytest.mark.parametrize("answer", [Agreed.PARTLY, Agreed.NO])
    def test_what_she_did_not_agree_to_is_written_down(self, answer: Agreed) -> None:
        case = make.case()
        said = {"answer": answer, "on": TODAY, "explained_by": make.lead_of(case).pk}
        with pytest.raises(Refused, match="did not agree"):
            commands.record_agreement(**lead(case), **said, why="")
        row = commands.record_agreement(**lead(case), **said, why="Belum siap melapor.")
        assert row.on == TODAY

    def test_only_the_team_explains_and_never_tomorrow(self) -> None:
        case = make.case()
        said = {"answer": Agreed.YES, "why": ""}
        with pytest.raises(Refused, match="team"):
            commands.record_agreement(
                **lead(case), **said, on=TODAY, explained_by=make.user().pk
            )
        with pytest.raises(Refused, match="ahead"):
            commands.record_agreement(
                **lead(case), **said, on=TODAY + DAY, explained_by=make.lead_of(case).pk
            )


class TestTasks:
    def test_a_partner_sees_and_ends_her_own_and_nobody_elses(self) -> None:
        case = make.case()
        person = partner_on(case)
        own, other = a_task(case, owner=person.pk), a_task(case)
        partner = make.actor(person)
        assert [one.id for one in queries.my_tasks(actor=partner, at=make.AT)] == [own.pk]
        move = {**about(case, partner), "step": TaskStep.FINISH}
        with pytest.raises(PermissionDenied):
            commands.move_task(**move, task_id=other.pk)
        assert commands.move_task(**move, task_id=own.pk).state == TaskState.DONE
        assert queries.my_tasks(actor=partner, at=make.AT) == ()

    def test_whose_part_ended_has_no_tasks_any_more(self) -> None:
        from tests.cases.test_team import is_removed

        case = make.case()
        person = partner_on(case)
        a_task(case, owner=person.pk)
        is_removed(case, person)
        assert queries.my_tasks(actor=make.actor(person), at=make.AT) == ()

    def test_it_is_cancelled_with_a_reason_and_over_once(self) -> None:
        case = make.case()
        row = a_task(case)
        move = {**lead(case), "task_id": row.pk}
        with pytest.raises(Refused, match="why it is cancelled"):
            commands.move_task(**move, step=TaskStep.CANCEL)
        commands.move_task(**move, step=TaskStep.CANCEL, reason=Dropped.HER_WISH)
        for step in TaskStep:
            with pytest.raises(Refused, match="meanwhile"):
                commands.move_task(**move, step=step, reason=Dropped.MISTAKE)
        row.refresh_from_db()
        assert (row.state, row.dropped) == (TaskState.CANCELLED, Dropped.HER_WISH)

    def test_who_cannot_read_the_part_gets_no_task_there(self) -> None:
        case = make.case()
        person = partner_on(case)
        with pytest.raises(Refused, match="cannot read"):
            a_task(case, owner=person.pk, compartment=Compartment.HEALTH)
        with pytest.raises(Refused, match="thread"):
            a_task(case, compartment=Compartment.THREAD)
        with pytest.raises(Refused, match="team"):
            a_task(case, owner=make.user().pk)
        a_task(case, compartment=Compartment.HEALTH)
        seen = queries.tasks_page(**about(case, make.actor(person)))
        assert [one.title for one in seen.open] == [None]

    def test_late_is_said_from_the_day_after(self) -> None:
        case = make.case()
        a_task(case)
        deputy = make.actor(make.lead_of(case, Part.DEPUTY))
        for at, is_late in ((make.AT, False), (make.AT + DAY, True)):
            assert queries.my_tasks(actor=deputy, at=at)[0].is_late is is_late
        with pytest.raises(Refused, match="over"):
            a_task(case, due_on=TODAY - DAY)


def test_a_follow_up_reminds_manager_and_deputy_on_its_day_and_nobody_else() -> None:
    case = make.case()
    person = partner_on(case)
    STEPS["follow up"](case, make.actor(make.lead_of(case)))
    case.refresh_from_db()
    assert case.next_on == TODAY + DAY
    for who, expected in (
        (make.lead_of(case), 1), (make.lead_of(case, Part.DEPUTY), 1), (person, 0),
        (make.user(make.lead_of(case).organisation), 0),
    ):  # fmt: skip
        actor = make.actor(who)
        assert queries.due_dates(actor=actor, at=make.AT) == ()
        assert len(queries.due_dates(actor=actor, at=make.AT + DAY)) == expected


def test_a_hearing_and_a_follow_up_are_told_apart_and_neither_erases_the_other() -> None:
    case = make.case()
    ahead = {"on": TODAY, "way": Contacted.PHONE, "text": "Baik."}
    hearing = {"step": "hearing", "next_on": (TODAY + 2 * DAY).isoformat()}
    add_record(**lead(case), kind=RecordKind.LEGAL_STEP, values=hearing)
    again = {"go": "Bu Ani", "again_on": (TODAY + 3 * DAY).isoformat()}
    add_record(**lead(case), kind=RecordKind.SAFETY_PLAN, values=again)
    commands.write_follow_up(**lead(case), **ahead, next_on=TODAY + DAY)
    late = make.AT + 5 * DAY
    actor = make.actor(make.lead_of(case))

    def due() -> list[tuple[Reminder, int]]:
        found = queries.due_dates(actor=actor, at=late)
        return [(one.what, (one.on - TODAY).days) for one in found]

    every = [(Reminder.FOLLOW_UP, 1), (Reminder.LEGAL, 2), (Reminder.SAFETY, 3)]
    assert due() == every
    not_reached = ahead | {"way": Contacted.NOT_REACHED}
    commands.write_follow_up(**lead(case), **not_reached, next_on=None)
    assert due() == every, "nobody spoke with her"
    commands.write_follow_up(**lead(case), **ahead, next_on=None)
    assert due() == every[1:]
    far = {"step": "hearing", "next_on": (TODAY + 30 * DAY).isoformat()}
    add_record(**lead(case) | {"at": late}, kind=RecordKind.LEGAL_STEP, values=far)
    assert due() == every[1:]


@pytest.mark.django_db(transaction=True)
def test_the_dates_of_today_are_kept_where_one_column_held_them() -> None:
    cases = {name: make.case() for name in ("follow up", "hearing", "hidden", "none")}
    days = {"follow up": DAY, "hearing": 2 * DAY, "hidden": 3 * DAY}
    for name, ahead in (("follow up", DAY), ("hidden", 9 * DAY)):
        commands.write_follow_up(
            **lead(cases[name]), on=TODAY, way=Contacted.PHONE, text="Baik.",
            next_on=TODAY + ahead,
        )  # fmt: skip
    try:
        executor = MigrationExecutor(connection)
        executor.migrate([("plans", "0001_first_tables"), ("cases", BEFORE)])
        old = executor.loader.project_state([("cases", BEFORE)]).apps.get_model("cases", "Case")
        for name, ahead in days.items():
            old.objects.filter(pk=cases[name].pk).update(next_on=TODAY + ahead)
    finally:
        forward()
    found = {}
    for name, case in cases.items():
        case.refresh_from_db()
        found[name] = (case.next_on, case.legal_on)
    assert found == {
        "follow up": (TODAY + DAY, None), "hearing": (None, TODAY + 2 * DAY),
        "hidden": (TODAY + 9 * DAY, TODAY + 3 * DAY), "none": (None, None),
    }  # fmt: skip


def test_the_same_form_sent_twice_is_one() -> None:
    case = make.case()
    for _again in range(2):
        commands.add_goal(**lead(case), text="Aman.", form_tag=b"g" * 32)
        commands.plan_service(**lead(case), wanted=HEALTH, form_tag=b"s" * 32)
        commands.give_service(
            **lead(case), wanted=HEALTH, on=TODAY, note="", form_tag=b"v" * 32
        )
        a_task(case, form_tag=b"t" * 32)
        commands.record_agreement(
            **lead(case), answer=Agreed.YES, why="", on=TODAY,
            explained_by=make.lead_of(case).pk, form_tag=b"a" * 32,
        )  # fmt: skip
        commands.write_follow_up(
            **lead(case), on=TODAY, way=Contacted.VISIT, text="Baik.", next_on=None,
            form_tag=b"f" * 32,
        )  # fmt: skip
    counts = [model.objects.count() for model in (Goal, Service, Task, FollowUp, Agreement)]
    assert counts == [1, 2, 1, 1, 1]


def test_mediation_as_a_service_is_no_way_round() -> None:
    case = make.case()
    wanted = Wanted(Function.MEDIATION, None, need="Nafkah anak.")
    with pytest.raises(Refused, match="civil"):
        commands.plan_service(**lead(case), wanted=wanted)
    identify_case(**lead(case), kind=CaseKind.CIVIL, authority=None, tpks=False)
    with pytest.raises(Refused, match="assessments"):
        commands.give_service(**lead(case), wanted=wanted, on=TODAY, note="Damai.")
    row = commands.plan_service(**lead(case), wanted=wanted)
    for ending in (None, *(Ending(one, TODAY) for one in (Outcome.GIVEN, Outcome.PARTLY))):
        step = ServiceStep.END if ending else ServiceStep.BEGIN
        with pytest.raises(Refused, match="assessments"):
            commands.move_service(**lead(case), service_id=row.pk, step=step, ending=ending)
    assert [one.state for one in Service.objects.all()] == [ServiceState.PLANNED]
