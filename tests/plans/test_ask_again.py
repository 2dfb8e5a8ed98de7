"""Danger signs are asked for again at each contact: in a case and at the desk, on the page."""

from datetime import timedelta

import pytest
from django.test import Client

from ruang.access.actor import Actor
from ruang.cases.commands import write_from_reporter
from ruang.cases.models import Case
from ruang.cases.queries import case_head
from ruang.dossier import commands as dossier
from ruang.dossier.states import Kind, Reason
from ruang.identity.models import User
from ruang.intake import commands as intake
from ruang.intake import queries
from ruang.intake.states import Checked, State
from ruang.kernel.codes import MessageKind
from ruang.plans import commands
from ruang.plans.queries import ask_again
from ruang.plans.states import Contacted
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from tests import closings, make
from tests.cases.test_case_steps import reporter_of
from tests.intake.desk_people import desk_with
from tests.web.parts import links, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SIGN = ADULT.items[0].id


@pytest.fixture
def case() -> Case:
    return make.case()


def lead(case: Case) -> Actor:
    return make.actor(make.lead_of(case))


def asks(case: Case) -> bool:
    head = case_head(actor=lead(case), case_id=case.pk, at=make.AT)
    return ask_again(actor=lead(case), head=head)


def asked(case: Case, hours: int) -> object:
    return dossier.add_record(
        actor=lead(case), case_id=case.pk, kind=Kind.RISK_ADULT, values={SIGN: "no"},
        at=make.AT + hours * HOUR,
    ).pk  # fmt: skip


def followed(case: Case, hours: int, way: Contacted = Contacted.PHONE) -> None:
    commands.write_follow_up(
        actor=lead(case), case_id=case.pk, on=make.AT.date(), way=way, text="Baik.",
        next_on=None, at=make.AT + hours * HOUR,
    )  # fmt: skip


def she_writes(case: Case, hours: int) -> None:
    write_from_reporter(
        actor=reporter_of(case), case_id=case.pk, text="Halo.", form_tag=b"x" * 32,
        kind=MessageKind.TEXT, at=make.AT + hours * HOUR,
    )  # fmt: skip


def test_nothing_is_asked_before_there_was_contact(case: Case) -> None:
    assert not asks(case)
    asked(case, 1)
    assert not asks(case)


@pytest.mark.parametrize("contact", [followed, she_writes])
def test_every_contact_asks_until_it_was_done(case: Case, contact: object) -> None:
    asked(case, 1)
    contact(case, 2)  # type: ignore[operator]
    assert asks(case)
    asked(case, 3)
    assert not asks(case)


@pytest.mark.parametrize("contact", [followed, she_writes])
def test_it_is_asked_where_nobody_asked_in_the_case_yet(case: Case, contact: object) -> None:
    contact(case, 2)  # type: ignore[operator]
    assert asks(case)


def test_who_was_not_reached_was_not_asked(case: Case) -> None:
    asked(case, 1)
    followed(case, 2, Contacted.NOT_REACHED)
    assert not asks(case)


def test_what_was_set_aside_was_not_asked(case: Case) -> None:
    followed(case, 1)
    wrong = asked(case, 2)
    dossier.retire_record(
        actor=lead(case), record_id=wrong, why=Reason.MISTAKE, at=make.AT + 3 * HOUR
    )
    assert asks(case)


def test_a_closed_case_asks_nothing(case: Case) -> None:
    followed(case, 1)
    closings.closed(case)
    case.refresh_from_db()
    assert not asks(case)


@pytest.mark.parametrize(
    ("language", "today", "list_says"),
    [
        ("en", "There was contact: ask for danger signs again", "last asked for: ask again"),
        ("id", "Ada kontak: tanyakan lagi tanda bahaya", "tanyakan lagi"),
    ],
)
def test_the_case_says_so_in_both_places(
    case: Case, language: str, today: str, list_says: str
) -> None:
    User.objects.update(language=language)
    manager: Client = make.signed_in(make.lead_of(case))
    page, signs = f"/kasus/{case.pk}/", f"/kasus/{case.pk}/tanda-bahaya/"
    assert today not in words(manager.get(page))
    followed(case, 2)

    overview = manager.get(page)

    assert today in words(overview)
    assert signs in links(overview)
    assert list_says in words(manager.get(signs))


def test_a_call_back_for_new_words_is_a_contact_at_the_desk() -> None:
    desk = desk_with(State.CLAIMED)
    holder = {"actor": desk.who("holder"), "report_id": desk.report.pk}
    intake.fill_risk_check(**holder, checklist=ADULT, at=make.AT, answers={SIGN: Answer.NO})
    assert not queries.opened_report(**holder, at=make.AT).ask_again

    intake.issue_new_code(**holder, checked=Checked.CALLED, at=make.AT + HOUR)

    assert queries.opened_report(**holder, at=make.AT + HOUR).ask_again
