"""The case: who may do what with it while it is open, while its end is asked for, and closed.

Whoever is not on the case cannot read it, not even of its existence: no officer, no head, no
administrator (product.md, principle 3). Manager and deputy hold everything and manage; a
partner reads what was shared and writes there; she acts in her thread; two people close it, or
nobody does.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ruang.access.actor import SYSTEM, Actor
from ruang.approvals.models import Approval
from ruang.approvals.states import Kind
from ruang.cases import commands
from ruang.cases.commands import Brought
from ruang.cases.models import Case
from ruang.cases.parting import Parting
from ruang.cases.queries import case_head
from ruang.cases.queries.head import case_in_sight
from ruang.cases.states import Closing, Exclusion, State, Step
from ruang.clocks import keep
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_BREACH, PDP_RESTRICTION
from ruang.clocks.states import Area, Ended
from ruang.clocks.states import Step as ClockStep
from ruang.intake.attachments import store_text
from ruang.intake.states import Checked
from ruang.kernel.codes import Answered, Authority, CaseKind, IsTpks, MessageKind, Risk
from ruang.kernel.told import Contact
from ruang.plans.commands import withdraw_closing
from ruang.referrals.commands import ask_to_close
from ruang.triage.commands import (
    answer_case_tpks,
    ask_unmarking,
    identify_case,
    issue_case_code,
    withdraw_asked,
)
from ruang.vault.texts import open_text
from tests import closings, make
from tests.rules.case_people import HELD, NOT_HELD, WHO, Scene, scene
from tests.rules.grid import Act, later, read

pytestmark = pytest.mark.django_db

OPEN, ASKED, CLOSED = STATES = ("open", "closing asked", "closed")
GRID = """
step           manager deputy team    partner reporter system second others
see            yyy     yyy    yyy     yyy     yyy      yyy    ...    ...
read           yyy     yyy    yyy     yyy     kkk      kkk    ...    ...
read_more      yyy     yyy    kkk     kkk     kkk      kkk    ...    ...
read_thread    yyy     yyy    kkk     kkk     yyy      kkk    ...    ...
own_thread     nnn     nnn    nnn     nnn     yyy      nnn    ...    ...
write          yys     yys    yys     yys     nnn      nnn    ...    ...
write_more     yys     yys    sss     sss     nnn      nnn    ...    ...
files          yys     yys    yys     yys     nnn      nnn    ...    ...
names          yys     yys    nnn     nnn     nnn      nnn    ...    ...
contact        yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
reply          yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
new_code       yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
rate           yys     yys    nnn     nnn     nnn      nnn    ...    ...
identify       yys     yys    nnn     nnn     nnn      nnn    ...    ...
lower          yys     yys    nnn     nnn     nnn      nnn    ...    ...
lowered        nnn     nnn    nnn     nnn     nnn      yys    ...    ...
unmark         yys     yys    nnn     nnn     nnn      nnn    ...    ...
unmarked       nnn     nnn    nnn     nnn     nnn      yys    ...    ...
legal          yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
start_clock    yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
change_manager yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
change_deputy  yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
renew_keys     nnn     nnn    nnn     nnn     nnn      yyy    ...    ...
remove         yyy     yyy    nnn     nnn     nnn      yyy    ...    ...
leave          nnn     nnn    nnn     yyy     nnn      nnn    ...    ...
join           yys     yys    nnn     nnn     nnn      nnn    ...    ...
give_own       yys     yys    nnn     nnn     nnn      nnn    ...    ...
remove_own     yyy     yyy    nnn     nnn     nnn      yyy    ...    ...
bar            yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
give           yys     yys    nnn     nnn     nnn      nnn    ...    ...
take           yyy     yyy    nnn     nnn     nnn      yyy    ...    ...
ask_end        yss     yss    nnn     nnn     nnn      nnn    ...    ...
take_back_end  sys     sys    nnn     nnn     nnn      nnn    ...    ...
withdraw_asked .ys     .ys    .nn     .nn     .nn      .nn    ...    ...
close          sss     sss    sss     nnn     nnn      sss    sss    nnn
reopen         ssy     ssy    nnn     nnn     nnn      nnn    ...    ...
answered       yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
tpks           yys     yys    nnn     nnn     nnn      nnn    ...    ...
read_again     yyy     yyy    nnn     nnn     nnn      nnn    ...    ...
"""
LEADS = {"manager": ("manager",), "deputy": ("deputy",)}
OTHERS = {name: people for name, people in WHO.items() if name != "leads"}
LAW = read(GRID, STATES, LEADS | OTHERS, "see", "read", "read_more", "read_thread")
STEPS: dict[str, Callable[[Scene, Actor], object]] = {
    "see": lambda one, actor: case_in_sight(actor=actor, case_id=one.case.pk),
    "read": lambda one, actor: opens(one, actor, one.case.entries.filter(compartment=HELD)),
    "read_more": lambda one, actor: opens(
        one, actor, one.case.entries.filter(compartment=NOT_HELD)
    ),
    "read_thread": lambda one, actor: opens(one, actor, one.case.thread.all()),
    "own_thread": lambda one, actor: commands.write_from_reporter(
        **one.about(actor), text="Saya menunggu."
    ),
    "write": lambda one, actor: commands.write_note(
        **one.about(actor), compartment=HELD, text="Sudah ditemui."
    ),
    "write_more": lambda one, actor: commands.write_note(
        **one.about(actor), compartment=NOT_HELD, text="Visum."
    ),
    "names": lambda one, actor: commands.write_names(**one.about(actor), names="Sari\nBudi"),
    "reply": lambda one, actor: commands.write_to_reporter(**one.about(actor), text="Besok."),
    "new_code": lambda one, actor: issue_case_code(**one.about(actor), checked=Checked.CALLED),
    "rate": lambda one, actor: commands.rate_case(**one.about(actor), risk=Risk.HIGH),
    "identify": lambda one, actor: identify_case(
        **one.about(actor), kind=CaseKind.DOMESTIC, authority=Authority.OURS, tpks=True
    ),
    "lower": lambda one, actor: commands.ask_lowering(
        **one.about(actor), risk=Risk.LOW, decider=one.id_of("head"), reason="Sudah pindah."
    ),
    "lowered": lambda one, actor: commands.lower_case(**one.about(actor), risk=Risk.LOW),
    "unmark": lambda one, actor: ask_unmarking(
        **one.about(actor), why=Ended.BY_MISTAKE, decider=one.id_of("head"), reason="Salah."
    ),
    "unmarked": lambda one, actor: commands.unmark_case(
        **one.about(actor), why=Ended.BY_MISTAKE
    ),
    "legal": lambda one, actor: commands.move_case_clock(
        **one.about(actor), clock_id=law_of(one).pk, step=ClockStep.MEET, code=""
    ),
    "start_clock": lambda one, actor: commands.start_case_clock(
        **one.about(actor), kind=PDP_BREACH, on=make.AT.date(), source="Surat 12/XI"
    ),
    "change_manager": lambda one, actor: commands.change_manager(
        **one.about(actor), user_id=one.id_of("colleague")
    ),
    "change_deputy": lambda one, actor: commands.change_deputy(
        **one.about(actor), user_id=one.id_of("colleague")
    ),
    "renew_keys": lambda one, actor: commands.renew_keys(
        **one.about(actor), user_id=one.id_of("deputy")
    ),
    "remove": lambda one, actor: commands.remove_member(
        **one.about(actor), user_id=one.id_of("partner")
    ),
    "join": lambda one, actor: commands.add_colleague(
        **one.about(actor), user_id=one.id_of("colleague"), compartments=[HELD]
    ),
    "give_own": lambda one, actor: commands.give_colleague(
        **one.about(actor), user_id=one.id_of("teammate"), compartments=[NOT_HELD]
    ),
    "remove_own": lambda one, actor: commands.remove_member(
        **one.about(actor), user_id=one.id_of("teammate")
    ),
    "leave": lambda one, actor: commands.leave_team(**one.about(actor)),
    "bar": lambda one, actor: commands.exclude_user(
        **one.about(actor), user_id=one.id_of("outsider"), why=Exclusion.SURVIVOR
    ),
    "give": lambda one, actor: commands.give_compartments(
        **one.about(actor), user_id=one.id_of("partner"), compartments=[NOT_HELD],
        basis="consent",
    ),
    "take": lambda one, actor: commands.withdraw_compartments(
        **one.about(actor), user_id=one.id_of("partner"), compartments=[HELD]
    ),
    "ask_end": lambda one, actor: ask_to_close(
        **one.about(actor), proposal=closings.proposal(), decider=one.id_of("head")
    ),
    "take_back_end": lambda one, actor: withdraw_closing(**one.about(actor)),
    "withdraw_asked": lambda one, actor: withdraw_asked(
        actor=actor, approval_id=asked_of(one), at=make.AT
    ),
    "close": lambda one, actor: commands.close_case(
        **one.about(actor), closing=Closing.HELPED, approval_id=make.stranger(),
        parting=Parting(make.stranger(), actor.user_id, b"", None),
    ),
    "tpks": lambda one, actor: answer_case_tpks(**one.about(actor), answer=IsTpks.NO),
    "read_again": lambda one, actor: commands.read_again(**one.about(actor)),
    "answered": lambda one, actor: commands.answer_otherwise(
        **one.about(actor), why=Answered.CALLED
    ),
    "reopen": lambda one, actor: commands.reopen_case(
        **one.about(actor), reason="Dia diancam lagi.", message="Kita lanjutkan bersama."
    ),
}  # fmt: skip


def asked_of(one: Scene) -> UUID:
    """The closing that was asked for; before that there is none."""
    asked = Approval.objects.filter(subject=one.case.pk, kind=Kind.CLOSE_CASE).first()
    return asked.pk if asked else make.stranger()


def opens(one: Scene, actor: Actor, rows: Any) -> None:
    """What a page of the case does: it is in sight, and what stands there opens, or not."""
    case_in_sight(actor=actor, case_id=one.case.pk)
    open_text(actor.keys, rows.latest("at"), "text")


def law_of(one: Scene) -> Clock:
    return Clock.objects.live().get(subject=one.case.pk, kind=PDP_RESTRICTION)


def prepared(one: Scene, step: str) -> Act:
    """Make ready what a step needs: files that were brought, a change of contact."""
    if step == "answered":
        STEPS["own_thread"](one, one.acting("reporter"))
    if step == "tpks":
        type(one.case).objects.filter(pk=one.case.pk).update(tpks_question=True)
    if step == "read_again":
        type(one.case).objects.filter(pk=one.case.pk).update(told_again_at=make.AT)
    if step == "contact":
        return taking_over(one)
    if step == "files":
        return bringing(one)
    if step in {"unmark", "unmarked"} and Case.objects.get().state == State.OPEN:
        identify_case(**one.by(), kind=CaseKind.CIVIL, authority=None, tpks=True)
    if step == "ask_end":
        commands.move_case_clock(
            **one.by(), clock_id=law_of(one).pk, step=ClockStep.MEET, code=""
        )
    return lambda actor: STEPS[step](one, actor)


def taking_over(one: Scene) -> Act:
    wish = Contact(way="phone", reach="0815", safe_from="19:00", safe_until="20:00")
    message = commands.write_from_reporter(
        **one.by("reporter"), text=wish.to_text(), kind=MessageKind.CONTACT
    )
    return lambda actor: commands.take_over_contact(**one.about(actor), message_id=message.pk)


def bringing(one: Scene) -> Act:
    file = store_text("visum", "isi berkas")
    brought = Brought(file.id, make.AT, file.family, file.bucket, file.card.to_text())
    return lambda actor: commands.add_files(
        **one.about(actor), compartment=HELD, text="Dari puskesmas.", files=[brought]
    )


def brought_to(one: Scene, state: str) -> None:
    """Take the case where it is to stand, by the commands; a clock of the law runs in it."""
    make.entry(one.case, "Memar di lengan.", NOT_HELD)
    commands.rate_case(**one.by(), risk=Risk.HIGH)
    if state != OPEN:
        STEPS["ask_end"](one, one.acting("manager"))
    if state == CLOSED:
        closings.granted(Approval.objects.get())
    keep.start(
        kind=PDP_RESTRICTION, area=Area.CASE, subject=one.case.pk, desk=one.case.desk,
        actor=SYSTEM, since=make.AT, due_at=make.AT + timedelta(hours=72), at=make.AT,
    )  # fmt: skip


@pytest.mark.parametrize("state", later(STATES, *STATES[1:]))
def test_who_may_do_what(state: str) -> None:
    one = scene()
    brought_to(one, state)
    wrong = LAW.wrong(state, lambda step: prepared(one, step), one.acting)
    assert not wrong, "\n".join(wrong)


def test_every_step_of_a_case_is_in_the_table() -> None:
    told_apart = {"change_team", "enter"}
    assert {step.value for step in Step} - told_apart <= LAW.steps


@pytest.mark.parametrize("state", STATES)
def test_the_page_draws_a_button_for_each_step_that_is_open_and_for_no_other(
    state: str,
) -> None:
    """Team and closing have pages of their own, which ask again."""
    one = scene()
    brought_to(one, state)
    place, steps = STATES.index(state), LAW.steps & {step.value for step in Step} - {"close"}
    for who in ("manager", "deputy", "team", "partner"):
        done = {step for step in steps if LAW.cells[step, who][place] == "y"}
        person = "teammate" if who == "team" else who
        head = case_head(actor=one.acting(person), case_id=one.case.pk, at=make.AT)
        assert set(head.steps) - {"change_team", "close", "enter"} == done, who
