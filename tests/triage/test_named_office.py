"""A report that names an office is not handed to it: neither offered, nor done."""

import pytest

from ruang.access.actor import Actor
from ruang.identity.models import Organisation, User
from ruang.intake import commands as intake
from ruang.intake.models import Report
from ruang.intake.states import State
from ruang.kernel.errors import Refused
from ruang.territory.facts import city_facts
from ruang.triage.commands import Over, decide_report
from ruang.triage.queries import decide_page
from ruang.triage.states import Ground, Outcome
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def claimed(**told: object) -> tuple[Report, Actor]:
    report = make.report_of(make.receipt(**told))
    officer = make.actor(User.objects.filter(organisation=report.desk).order_by("login")[0])
    intake.claim_report(actor=officer, report_id=report.pk, at=make.AT)
    return report, officer


def offered(report: Report, officer: Actor) -> set[object]:
    page = decide_page(actor=officer, report_id=report.pk, outcome=Outcome.HAND_OVER)
    assert page is not None
    return {one.id for one in page.desks}


def hand(report: Report, officer: Actor, to: object) -> None:
    decide_report(
        actor=officer, report_id=report.pk, outcome=Outcome.HAND_OVER, message="Baik.",
        over=Over(to, Ground.AUTHORITY, "Berita acara."), at=make.AT,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_office_that_is_named_is_neither_offered_nor_given_it() -> None:
    city = make.city()
    third = make.user().organisation
    report, officer = claimed(office_named=True)
    assert report.desk == city.alternate_desk
    assert offered(report, officer) == {third.pk}
    with pytest.raises(Refused, match="names this office"):
        hand(report, officer, city.intake_desk)
    report.refresh_from_db()
    assert (report.desk, report.state) == (city.alternate_desk, State.CLAIMED)
    hand(report, officer, third.pk)


def test_an_institution_that_is_named_in_words_is_one_too() -> None:
    city = make.city()
    other = Organisation.objects.get(pk=city_facts().alternate_desk)
    report, officer = claimed(
        must_not_read=f"Paman saya bekerja di {other.name.upper()} Serang."
    )
    assert report.desk == city.intake_desk
    assert other.pk not in offered(report, officer)
    with pytest.raises(Refused, match="names this office"):
        hand(report, officer, other.pk)


def test_where_nobody_is_named_every_other_desk_is_offered() -> None:
    city = make.city()
    report, officer = claimed()
    assert offered(report, officer) == {city.alternate_desk}
    hand(report, officer, city.alternate_desk)
