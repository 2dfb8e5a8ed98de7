"""An RT that was split, and the same RT as a plan knows it: no visit is lost."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from ruang.planner.models import Plan
from ruang.planner.needs import needs
from ruang.planner.reading import spots
from ruang.planner.shares import shares
from ruang.prevention.models import Invited
from ruang.prevention.states import State
from ruang.register.commands import Part, merge_rts, split_rt
from ruang.register.models import Rt
from tests import make, make_prevention
from tests.planner.scene import ENDS, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize("how", ["split", "merged"])
def test_what_an_rt_had_before_it_was_split_or_merged_counts_in_a_plan(how: str) -> None:
    world = World()
    rw, begins = world.rws[0], make.AT - timedelta(days=3)
    first, second = rw.rts.order_by("number")[:2]
    session = make_prevention.session(
        world.parents, rw, starts_at=begins, state=State.HELD, over_at=begins,
        over_by=make.stranger(),
    )  # fmt: skip
    Invited.objects.get_or_create(session=session, rt=first)
    Invited.objects.exclude(rt=first).delete()
    plan = Plan.objects.get(pk=world.draft())

    def weighed() -> dict[Any, int]:
        found = needs(plan, spots())
        return {one.id: one.weight for need in found for one in need.demands}

    def before() -> int:
        return sum(one.before for one in shares(ENDS, (), Counter(), at=make.AT))

    reached = before()
    assert reached > 0
    assert weighed()[first.pk] < weighed()[second.pk]
    when: dict[str, Any] = {"on": make.AT.date(), "at": make.AT}
    if how == "split":
        split_rt(actor=world.officer, rt_id=first.pk, parts=[Part(90), Part(91)], **when)
        came = list(Rt.objects.filter(came_from=first))
        assert before() == reached
    else:
        merge_rts(actor=world.officer, rt_id=first.pk, others=[second.pk], number=90, **when)
        came = list(Rt.objects.filter(rw=rw, number=90))
        assert before() > reached
    assert came
    assert {weighed()[one.pk] for one in came} == {0}
