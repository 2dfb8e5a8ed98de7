"""The desk's steps: what each leaves behind. Who may take which: ``tests/rules/test_desk``."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.intake import commands
from ruang.intake.models import Message
from ruang.intake.states import MessageKind, State, Step
from ruang.intake.told import Contact
from ruang.kernel.errors import Refused
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C = State.NEW, State.CLAIMED

STEPS: dict[Step, Callable[[Desk, str], Any]] = {
    Step.CLAIM: lambda desk, who: commands.claim_report(
        actor=desk.who(who), report_id=desk.report.pk, at=make.AT
    ),
    Step.PUT_BACK: lambda desk, who: commands.put_back_report(
        actor=desk.who(who), report_id=desk.report.pk, at=make.AT
    ),
    Step.PASS_ON: lambda desk, who: commands.pass_on_report(
        actor=desk.who(who),
        report_id=desk.report.pk,
        colleague=id_of(desk, "colleague"),
        at=make.AT,
    ),
    Step.REPLY: lambda desk, who: commands.write_to_reporter(
        actor=desk.who(who), report_id=desk.report.pk, text="Kami baca.", at=make.AT
    ),
    Step.TAKE_OVER: lambda desk, who: commands.take_over_contact(
        actor=desk.who(who), report_id=desk.report.pk, message_id=wish(desk), at=make.AT
    ),
}  # fmt: skip


def wish(desk: Desk) -> Any:
    return commands.write_as_reporter(
        actor=desk.who("reporter"),
        report_id=desk.report.pk,
        text=Contact(
            way="phone", reach="0813", safe_from="09:00", safe_until="10:00"
        ).to_text(),
        form_tag=b"1" * 32,
        kind=MessageKind.CONTACT,
        at=make.AT,
    )


def test_who_comes_second_reads_who_was_first() -> None:
    desk = desk_with(C)

    with pytest.raises(Refused, match=f"{desk.users['holder'].name} has taken this report"):
        STEPS[Step.CLAIM](desk, "colleague")
    with pytest.raises(Refused, match="You hold this report already"):
        STEPS[Step.CLAIM](desk, "holder")


def test_what_was_put_back_is_free_again_with_its_clock_running_on() -> None:
    desk = desk_with(C)
    due = desk.report.due_at

    STEPS[Step.PUT_BACK](desk, "holder")

    assert (desk.reload().state, desk.report.holder, desk.report.due_at) == (N, None, due)
    STEPS[Step.CLAIM](desk, "colleague")
    assert desk.reload().holder == id_of(desk, "colleague")


@pytest.mark.parametrize("to", ["head", "outsider", "partner", "holder"])
def test_only_a_colleague_who_works_here_is_handed_a_report(to: str) -> None:
    desk = desk_with(C)

    with pytest.raises(Refused, match="Choose a colleague"):
        commands.pass_on_report(
            actor=desk.who("holder"),
            report_id=desk.report.pk,
            colleague=id_of(desk, to),
            at=make.AT,
        )
    assert desk.reload().holder == id_of(desk, "holder")


def test_the_colleague_works_on_and_the_officer_no_more() -> None:
    desk = desk_with(C)

    STEPS[Step.PASS_ON](desk, "holder")

    STEPS[Step.REPLY](desk, "colleague")
    with pytest.raises(PermissionDenied):
        STEPS[Step.REPLY](desk, "holder")


def test_a_message_sent_twice_is_one() -> None:
    desk = desk_with(C)
    tag = b"t" * 32
    for text in ("Pertama", "Pertama", "Diubah"):
        commands.write_to_reporter(
            actor=desk.who("holder"),
            report_id=desk.report.pk,
            text=text,
            at=make.AT,
            form_tag=tag,
        )

    message = Message.objects.get(report=desk.report)
    assert open_text(desk.who("reporter").keys, message, "text") == "Pertama"


@pytest.mark.parametrize("text", ["", "  \n\x00 ", "x" * 20_001])
def test_nothing_and_too_much_are_not_sent(text: str) -> None:
    desk = desk_with(C)

    with pytest.raises(Refused):
        commands.write_to_reporter(
            actor=desk.who("holder"), report_id=desk.report.pk, text=text, at=make.AT
        )
    assert not Message.objects.exists()


def test_the_new_contact_stands_where_the_old_one_stood() -> None:
    desk = desk_with(C, reach="0811")

    STEPS[Step.TAKE_OVER](desk, "holder")

    report = desk.reload()
    contact = Contact.from_text(open_text(desk.who("colleague").keys, report, "contact"))
    assert (contact.reach, contact.way, report.way) == ("0813", "phone", "phone")
    assert (f"{report.safe_from:%H:%M}", f"{report.safe_until:%H:%M}") == ("09:00", "10:00")
    assert "0811" not in open_text(desk.who("reporter").keys, report, "contact")


def test_any_other_message_is_no_contact() -> None:
    desk = desk_with(C)
    message = STEPS[Step.REPLY](desk, "holder")

    with pytest.raises(Refused, match="no such change of contact"):
        commands.take_over_contact(
            actor=desk.who("holder"),
            report_id=desk.report.pk,
            message_id=message.pk,
            at=make.AT,
        )
