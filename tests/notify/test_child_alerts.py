"""That a case turns out to be a child's is told where something is shared on agreement."""

from datetime import timedelta
from typing import Any

import pytest

from ruang.access.roles import Role
from ruang.cases.models import Case
from ruang.cases.states import Part
from ruang.consents.states import Basis
from ruang.dossier.commands import add_record, save_record
from ruang.dossier.states import Kind
from ruang.identity.models import User
from ruang.identity.states import State
from tests import make
from tests.notify.sink import Sink
from tests.notify.test_alerts import reached, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def told(case: Case, part: Part) -> str:
    person = make.lead_of(case, part)
    boss = make.user(person.organisation, Role.HEAD)
    return reached(person, boss, on_duty=False)


def says(case: Case, age: str, row: Any = None, at: Any = make.AT) -> Any:
    by = {"actor": make.actor(make.lead_of(case)), "at": at}
    if row is None:
        values = {"role": "beneficiary", "about_age": age}
        return add_record(**by, case_id=case.pk, kind=Kind.PERSON, values=values)
    return save_record(
        **by, record_id=row.pk, base_version=row.version, values={"about_age": age}
    )


def shared(case: Case, **ground: Any) -> None:
    make.consent(case, make.partner().organisation, **ground)


def test_the_other_of_manager_and_deputy_is_told_each_time_it_turns_out(post: Sink) -> None:
    case = make.case()
    told(case, Part.MANAGER)
    deputy = told(case, Part.DEPUTY)
    shared(case)
    row = says(case, "15")
    work()
    assert post.to() == [deputy]
    later = make.AT + timedelta(hours=1)
    row = says(case, "30", row, later)
    work(later)
    assert post.to() == [deputy], "that she is grown up asks nothing of anybody"
    says(case, "15", row, later)
    work(later)
    assert post.to() == [deputy, deputy]


@pytest.mark.parametrize("ground", [None, {"basis": Basis.LAW, "reason": "UU 12/2022 ps 41."}])
def test_where_nothing_rests_on_agreement_nobody_is_told(
    post: Sink, ground: dict[str, Any] | None
) -> None:
    case = make.case()
    told(case, Part.DEPUTY)
    if ground is not None:
        shared(case, **ground)
    says(case, "15")
    work()
    assert post.to() == []


def test_who_may_not_sign_in_is_told_nothing(post: Sink) -> None:
    case = make.case()
    told(case, Part.DEPUTY)
    shared(case)
    User.objects.filter(pk=make.lead_of(case, Part.DEPUTY).pk).update(state=State.SUSPENDED)
    says(case, "15")
    work()
    assert post.to() == []
