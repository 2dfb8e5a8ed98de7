"""The desk's steps: who may take which, from which state, and what is then on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.clocks.states import Pause
from ruang.intake import commands
from ruang.intake.models import Message
from ruang.intake.states import MessageKind, Risk, State, Step, TakenWhy
from ruang.intake.told import Contact
from ruang.kernel.codes import Authority, CaseKind
from ruang.kernel.errors import Refused
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from ruang.vault.texts import open_text
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
N, C, D = State.NEW, State.CLAIMED, State.DECIDED
ALL_NO = dict.fromkeys([item.id for item in ADULT.items], Answer.NO)

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
    Step.TAKE_BACK: lambda desk, who: commands.take_back_report(
        actor=desk.who(who), report_id=desk.report.pk, holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY, at=make.AT,
    ),
    Step.FREE: lambda desk, who: commands.free_report(
        actor=desk.who(who), report_id=desk.report.pk, holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY, at=make.AT,
    ),
    Step.RATE: lambda desk, who: commands.rate_report(
        actor=desk.who(who), report_id=desk.report.pk, risk=Risk.HIGH, at=make.AT
    ),
    Step.REPLY: lambda desk, who: commands.write_to_reporter(
        actor=desk.who(who), report_id=desk.report.pk, text="Kami baca.", at=make.AT
    ),
    Step.TAKE_OVER: lambda desk, who: commands.take_over_contact(
        actor=desk.who(who), report_id=desk.report.pk, message_id=wish(desk), at=make.AT
    ),
    Step.PAUSE: lambda desk, who: commands.pause_report_clock(
        actor=desk.who(who), report_id=desk.report.pk, why=Pause.SURVIVOR, at=make.AT
    ),
    Step.RESUME: lambda desk, who: commands.resume_report_clock(
        actor=desk.who(who), report_id=desk.report.pk, at=make.AT
    ),
    Step.CHECK: lambda desk, who: commands.fill_risk_check(
        actor=desk.who(who), report_id=desk.report.pk, checklist=ADULT,
        answers=ALL_NO, at=make.AT,
    ),
    Step.IDENTIFY: lambda desk, who: commands.identify_report(
        actor=desk.who(who), report_id=desk.report.pk, kind=CaseKind.DOMESTIC,
        authority=Authority.OURS, tpks=False, at=make.AT,
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


@pytest.mark.parametrize(
    ("who", "state", "step", "outcome"),
    [
        ("holder", N, Step.CLAIM, None),
        ("manager", N, Step.CLAIM, None),
        ("head", N, Step.CLAIM, PermissionDenied),
        ("admin", N, Step.CLAIM, NotInSight),
        ("auditor", N, Step.CLAIM, NotInSight),
        ("outsider", N, Step.CLAIM, NotInSight),
        ("partner", N, Step.CLAIM, NotInSight),
        ("reporter", N, Step.CLAIM, PermissionDenied),
        ("system", N, Step.CLAIM, PermissionDenied),
        ("colleague", C, Step.CLAIM, Refused),
        ("holder", C, Step.CLAIM, Refused),
        ("holder", D, Step.CLAIM, Refused),
        ("holder", C, Step.PUT_BACK, None),
        ("colleague", C, Step.PUT_BACK, PermissionDenied),
        ("manager", C, Step.PUT_BACK, PermissionDenied),
        ("head", C, Step.PUT_BACK, PermissionDenied),
        ("outsider", C, Step.PUT_BACK, NotInSight),
        ("holder", D, Step.PUT_BACK, Refused),
        ("holder", C, Step.PASS_ON, None),
        ("manager", C, Step.PASS_ON, PermissionDenied),
        ("partner", C, Step.PASS_ON, NotInSight),
        ("holder", D, Step.PASS_ON, Refused),
        ("colleague", C, Step.TAKE_BACK, None),
        ("manager", C, Step.TAKE_BACK, None),
        ("colleague", D, Step.TAKE_BACK, None),
        ("holder", C, Step.TAKE_BACK, PermissionDenied),
        ("colleague", N, Step.TAKE_BACK, Refused),
        ("head", C, Step.TAKE_BACK, PermissionDenied),
        ("system", C, Step.TAKE_BACK, PermissionDenied),
        ("reporter", C, Step.TAKE_BACK, PermissionDenied),
        ("admin", C, Step.TAKE_BACK, NotInSight),
        ("outsider", C, Step.TAKE_BACK, NotInSight),
        ("partner", C, Step.TAKE_BACK, NotInSight),
        ("head", C, Step.FREE, None),
        ("system", C, Step.FREE, None),
        ("head", N, Step.FREE, Refused),
        ("head", D, Step.FREE, Refused),
        ("holder", C, Step.FREE, PermissionDenied),
        ("colleague", C, Step.FREE, PermissionDenied),
        ("manager", C, Step.FREE, PermissionDenied),
        ("reporter", C, Step.FREE, PermissionDenied),
        ("admin", C, Step.FREE, NotInSight),
        ("auditor", C, Step.FREE, NotInSight),
        ("outsider", C, Step.FREE, NotInSight),
        ("holder", N, Step.RATE, None),
        ("colleague", N, Step.RATE, None),
        ("head", N, Step.RATE, PermissionDenied),
        ("holder", C, Step.RATE, None),
        ("colleague", C, Step.RATE, PermissionDenied),
        ("outsider", C, Step.RATE, NotInSight),
        ("holder", D, Step.RATE, Refused),
        ("holder", C, Step.REPLY, None),
        ("holder", D, Step.REPLY, None),
        ("holder", N, Step.REPLY, PermissionDenied),
        ("colleague", C, Step.REPLY, PermissionDenied),
        ("head", C, Step.REPLY, PermissionDenied),
        ("reporter", C, Step.REPLY, PermissionDenied),
        ("outsider", C, Step.REPLY, NotInSight),
        ("holder", C, Step.TAKE_OVER, None),
        ("holder", D, Step.TAKE_OVER, None),
        ("colleague", C, Step.TAKE_OVER, PermissionDenied),
        ("outsider", C, Step.TAKE_OVER, NotInSight),
        ("holder", C, Step.PAUSE, None),
        ("holder", N, Step.PAUSE, PermissionDenied),
        ("holder", D, Step.PAUSE, Refused),
        ("colleague", C, Step.PAUSE, PermissionDenied),
        ("head", C, Step.PAUSE, PermissionDenied),
        ("reporter", C, Step.PAUSE, PermissionDenied),
        ("system", C, Step.PAUSE, PermissionDenied),
        ("outsider", C, Step.PAUSE, NotInSight),
        ("holder", C, Step.RESUME, None),
        ("holder", D, Step.RESUME, Refused),
        ("colleague", C, Step.RESUME, PermissionDenied),
        ("head", C, Step.RESUME, PermissionDenied),
        ("outsider", C, Step.RESUME, NotInSight),
        *(
            case
            for step in (Step.CHECK, Step.IDENTIFY)
            for case in (
                ("holder", N, step, None),
                ("colleague", N, step, None),
                ("head", N, step, PermissionDenied),
                ("holder", C, step, None),
                ("colleague", C, step, PermissionDenied),
                ("reporter", C, step, PermissionDenied),
                ("outsider", C, step, NotInSight),
                ("partner", C, step, NotInSight),
                ("holder", D, step, Refused),
            )
        ),
    ],
)
def test_who_may_take_which_step(
    who: str, state: State, step: Step, outcome: type[Exception] | None
) -> None:
    desk = desk_with(state)
    if step is Step.TAKE_OVER:
        wish(desk)
    if step is Step.RESUME and state is C:
        STEPS[Step.PAUSE](desk, "holder")
    before = Fact.objects.count()
    stood = (desk.reload().state, desk.report.holder, desk.report.risk)

    if outcome is None:
        STEPS[step](desk, who)
        assert Fact.objects.count() == before + 1
        fact = Fact.objects.latest("number")
        assert (fact.by, fact.about) == (desk.who(who).user_id, desk.report.pk)
    else:
        with pytest.raises(outcome):
            STEPS[step](desk, who)
        assert Fact.objects.count() == before
        assert (desk.reload().state, desk.report.holder, desk.report.risk) == stood


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
