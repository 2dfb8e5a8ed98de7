"""A clock goes on elsewhere as it is: one clock, one row, one miss."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ruang.access.actor import SYSTEM
from ruang.audit.models import Fact
from ruang.clocks import keep, legal
from ruang.clocks.commands import sweep_clocks
from ruang.clocks.events import ClockMoved
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended, Missed, Pause, State
from tests import make
from tests.clocks import own

pytestmark = pytest.mark.django_db
AT = make.AT


def test_what_goes_on_elsewhere_keeps_its_pause_and_its_explained_miss() -> None:
    make.city()
    here, there = own.holder(), replace(own.holder(), subject=make.stranger())
    kind = own.added()
    paused = legal.begin(here, kind=kind, since=AT, actor=SYSTEM, at=AT)
    missed = legal.begin(here, kind=TPKS_POLICE, since=AT, actor=SYSTEM, at=AT)
    assert paused is not None
    assert missed is not None
    keep.pause(paused, why=Pause.SURVIVOR, actor=SYSTEM, at=AT)
    late = AT + timedelta(days=4)
    keep.explain(missed, why=Missed.HER_WISH, actor=SYSTEM, at=late)
    legal.carry(here.subject, there, why=Ended.REPLACED, actor=SYSTEM, at=late)
    assert not Clock.objects.filter(subject=here.subject).exists()
    now = {one.kind: one for one in Clock.objects.filter(subject=there.subject)}
    assert now.keys() == {kind, TPKS_POLICE}
    assert (now[kind].state, now[kind].paused_why) == (State.PAUSED, Pause.SURVIVOR)
    assert not now[kind].is_late(late)
    assert now[TPKS_POLICE].missed_why == Missed.HER_WISH
    sweep_clocks(actor=SYSTEM, at=late)
    assert Clock.objects.filter(missed_at__isnull=False).count() == 1
    steps = Fact.objects.filter(name=ClockMoved.name).order_by("number")
    mine = [one for one in steps if one.ids["clock"] == str(paused.pk)]
    said = [(one.about, one.codes["step"]) for one in mine]
    assert said[-2:] == [(here.subject, "end"), (there.subject, "start")]
