"""A-15: adding or removing any single case or report changes no visit of a plan."""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ruang.cases.models import Case
from ruang.intake.models import Report
from ruang.planner import commands, queries
from ruang.planner.models import Plan
from ruang.planner.needs import Need, needs
from ruang.planner.queries import Narrowed
from ruang.planner.reading import spots
from ruang.planner.settings import Share
from ruang.planner.solving.run import solve
from tests import make
from tests.planner.scene import VILLAGES, World

pytestmark = pytest.mark.django_db
TOLD = ("intake", "cases", "dossier", "triage", "plans", "consents", "referrals", "outbox",
        "clocks", "approvals")  # fmt: skip
"""Rooms whose tables say something of a report or a case."""
TABLES = re.compile(
    "|".join(
        rf'"{model._meta.db_table}"'
        for app in TOLD
        for model in apps.get_app_config(app).get_models()
    )
)


@pytest.fixture
def world() -> World:
    return World()


def every_kind(world: World) -> tuple[Share, ...]:
    """Sessions for RW, for schools and for communities."""
    return (
        Share(world.parents.pk, 6), Share(world.pupils.pk, 1), Share(world.circles.pk, 2),
    )  # fmt: skip


def needed(plan: Plan) -> list[Need]:
    """The instance that is solved: who is due, what each counts, where one can go."""
    return needs(plan, spots())


def test_nothing_that_makes_or_shows_a_plan_reads_a_report_or_a_case(world: World) -> None:
    with CaptureQueriesContext(connection) as found:
        plan_id = world.solving(shares=every_kind(world))
        solve(plan_id)(make.AT)
        plan = Plan.objects.get(pk=plan_id)
        seen = {"actor": world.officer, "plan_id": plan_id, "at": make.AT}
        queries.plan_page(**seen)
        queries.visits_page(**seen, narrowed=Narrowed())
        commands.publish_plan(**seen, version=plan.version)
    assert len(found) > 50
    assert [one["sql"] for one in found if TABLES.search(one["sql"])] == []


def test_no_case_and_no_report_changes_what_is_solved(world: World) -> None:
    """Cases of every kecamatan come and go, one at a time; the instance stays the same."""
    plan = Plan.objects.get(pk=world.draft(shares=every_kind(world)))
    before = needed(plan)
    assert [need.unit for need in before] == ["rw", "school", "community"]
    assert all(any(one.weight for one in need.demands) for need in before)
    for village in VILLAGES:
        for risk in ("high", "low"):
            Case.objects.filter(pk=make.case(risk=risk).pk).update(district=village[:8])
            assert needed(plan) == before
    make.report_of(make.receipt())
    assert needed(plan) == before
    for model in (Case, Report):
        for pk in list(model.objects.values_list("pk", flat=True)):
            with transaction.atomic():
                gone = model.objects.filter(pk=pk)
                gone.update(district="")
                assert needed(plan) == before
                gone._raw_delete(gone.db)  # without asking what hangs on it
                assert needed(plan) == before
                transaction.set_rollback(True)
