"""A worker with a plan to work out: ``begin`` makes the plan and works; ``go_on`` works on."""

import os
import sys
import threading
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import django

from ruang.territory.hours import is_holiday

RWS = 20
WEEK = timedelta(days=6)


def begins() -> date:
    """A day in a month or more, after which a week has no holiday, whenever this is run."""
    ahead = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of this machine will do
    while any(is_holiday(ahead + timedelta(days=number)) for number in range(WEEK.days + 1)):
        ahead += timedelta(days=1)
    return ahead


def main(how: str) -> None:
    Path(os.environ["RUANG_DATA"]).mkdir(exist_ok=True)
    django.setup()
    from django.core.management import call_command

    from ruang import wiring
    from ruang.audit.models import Due
    from ruang.jobs.worker import Worker
    from ruang.planner.models import Plan

    if how == "begin":
        call_command("migrate", verbosity=0)
        make_a_plan()
    else:
        Due.objects.update(lease_until=None)  # half a minute has passed
    stop = threading.Event()
    worker = Worker(reactions={}, due={}, sweeps={}, long=wiring.LONG)
    at_work = threading.Thread(target=watch, args=(stop,), daemon=True)
    at_work.start()
    worker.run(stop)
    plan = Plan.objects.get()
    print(plan.state, plan.visits.count(), Due.objects.count(), flush=True)


def watch(stop: threading.Event) -> None:
    """Say how many visits the best so far has, once; end when the plan is worked out."""
    from ruang.planner.models import Plan
    from ruang.planner.states import State

    said = False
    while not stop.wait(0.05):
        plan = Plan.objects.get()
        if not said and "found" in plan.best:
            said = True
            print("found", plan.best["found"], flush=True)
        if plan.state != State.SOLVING:
            stop.set()


def make_a_plan() -> None:
    """Twenty RW, one facilitator, one week: not all fit, and the router looks for seconds."""
    from datetime import time

    from ruang.access.actor import SYSTEM, Actor, NoKeys
    from ruang.access.roles import Role
    from ruang.identity.models import Organisation, User
    from ruang.kernel import clock
    from ruang.planner.commands import Draft, draft_plan, start_solving
    from ruang.planner.settings import Settings, Share
    from ruang.prevention.models import Facilitator, Programme, Skill, Working
    from ruang.territory import commands as territory
    from tests import make_prevention

    at = clock.now()
    territory.set_up_city(actor=SYSTEM, code="36.73", unit_name="DP3AKB", at=at)
    for _ in range(RWS):
        make_prevention.rw()
    place = Organisation.objects.create(name="Dinas", kind="city_office", created_at=at)
    programme = Programme.objects.create(
        name="Program", unit="rw", audiences=["parents"], facilitators=1
    )
    user = User.objects.create(
        login="fasilitator", name="Fasilitator", organisation=place,
        role=Role.FACILITATOR, state="active", created_at=at,
    )  # fmt: skip
    person = Facilitator.objects.create(
        user=user, sex="woman", languages=["id"], home_id=make_prevention.VILLAGE
    )
    Skill.objects.create(facilitator=person, programme=programme)
    for weekday in range(1, 7):
        Working.objects.create(
            facilitator=person, weekday=weekday, begins=time(8), ends=time(17)
        )
    officer = Actor(UUID(int=1), place.pk, Role.PREVENTION_OFFICER, NoKeys())
    settings = Settings((Share(programme.pk, RWS),), (person.pk,), seconds=20)
    first = begins()
    draft = Draft(first, first + WEEK, settings)
    plan = draft_plan(actor=officer, draft=draft, at=at)
    start_solving(actor=officer, plan_id=plan, at=at)


if __name__ == "__main__":
    main(sys.argv[1])
