"""The desk: who may do what with a report, in each of its states.

Whoever works reports at the desk may open what came to it and take what is free; one person
holds it and works on it; the head sees codes and frees it, and opens nothing (vault.md; ADR
0034). What became a case is closed to the desk, what was handed over is another desk's alone.
"""

from collections.abc import Callable
from typing import Any

import pytest

from ruang.access.actor import ANYBODY, SYSTEM, Actor
from ruang.access.roles import Role
from ruang.clocks import keep, legal
from ruang.clocks.models import Clock
from ruang.clocks.official import TPKS_POLICE
from ruang.clocks.states import Ended, Pause
from ruang.clocks.states import Step as ClockStep
from ruang.identity.models import Organisation
from ruang.intake import commands
from ruang.intake.commands.rating import lower_report
from ruang.intake.queries import opened_report, report_page
from ruang.intake.states import Checked, MessageKind, Reopened, Risk, Step, TakenWhy
from ruang.intake.told import Contact
from ruang.kernel.codes import Answered, Authority, CaseKind, IsTpks
from ruang.kernel.errors import Refused
from ruang.risk import Answer
from ruang.risk.checklists import ADULT
from ruang.territory.facts import city_facts
from ruang.triage import commands as triage
from ruang.triage.commands import Leads, Over
from ruang.triage.queries.follow import follow_page
from ruang.triage.states import IN_BULK, Ground, Outcome
from tests import make
from tests.intake.desk_people import Desk, desk_with, id_of
from tests.replay import replayed
from tests.rules.grid import Act, later, read

pytestmark = pytest.mark.django_db

FREE, HELD, DECIDED, CASE, HANDED = "free", "held", "decided", "became a case", "handed over"
STATES = (FREE, HELD, DECIDED, CASE, HANDED)
WHO = {
    "holder": ("holder",),
    "desk": ("colleague", "manager", "lead", "deputy"),
    "head": ("head",),
    "there": ("elsewhere",),
    "head_there": ("head elsewhere",),
    "reporter": ("reporter",),
    "another": ("another reporter",),
    "system": ("system",),
    "others": (
        "admin", "auditor", "official", "prevention officer", "facilitator", "cadre",
        "partner at the desk", "outsider", "partner", "anybody",
    ),
}  # fmt: skip
GRID = """
step       holder desk  head  there head_there reporter another system others
see        yyyy.  yyyy. yyyy. ....y ....y      yyyyy    .....   yyyyy  .....
open       yyyk.  yyyk. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
own_page   .....  ..... ..... ..... .....      yyyyy    yyyyy   .....  .....
own_thread .....  ..... ..... ..... .....      yyyyy    yyyyy   .....  .....
claim      ysss.  ysss. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
put_back   nyss.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
pass_on    nyss.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
take_back  snnn.  syys. nnnn. ....s ....n      nnnnn    .....   nnnnn  .....
free       nnnn.  nnnn. syss. ....n ....s      nnnnn    .....   sysss  .....
rate       yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
check      yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
identify   yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
lower      yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
lowered    nnnn.  nnnn. nnnn. ....n ....n      nnnnn    .....   yyssy  .....
unmark     yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
unmarked   nnnn.  nnnn. nnnn. ....n ....n      nnnnn    .....   yyssy  .....
legal      yyy..  yyy.. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
pause      nyss.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
resume     nyss.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
reply      nyys.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
take_over  nyys.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
new_code   nyys.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
tpks       yyss.  ynnn. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
reopen     ssys.  ssys. nnnn. ....s ....n      nnnnn    .....   nnnnn  .....
answered   ssys.  ssys. nnnn. ....s ....n      nnnnn    .....   nnnnn  .....
decide     nyss.  nnnn. nnnn. ....n ....n      nnnnn    .....   nnnnn  .....
many       yyss.  ysss. nnnn. ....y ....n      nnnnn    .....   nnnnn  .....
"""
LAW = read(GRID, STATES, WHO, "see", "open", "own_page")
STEPS: dict[str, Callable[[Desk, Actor], object]] = {
    "see": lambda desk, actor: report_page(
        actor=actor, report_id=desk.report.pk, at=make.AT
    ),
    "open": lambda desk, actor: opened_report(
        actor=actor, report_id=desk.report.pk, at=make.AT
    ),
    "own_page": lambda desk, actor: follow_page(actor=actor, at=make.AT),
    "own_thread": lambda desk, actor: triage.write_as_reporter(
        actor=actor, text="Saya menunggu.", form_tag=b"t" * 32, at=make.AT
    ),
    "claim": lambda desk, actor: commands.claim_report(
        actor=actor, report_id=desk.report.pk, at=make.AT
    ),
    "put_back": lambda desk, actor: commands.put_back_report(
        actor=actor, report_id=desk.report.pk, at=make.AT
    ),
    "pass_on": lambda desk, actor: commands.pass_on_report(
        actor=actor, report_id=desk.report.pk, colleague=id_of(desk, "colleague"), at=make.AT
    ),
    "take_back": lambda desk, actor: commands.take_back_report(
        actor=actor, report_id=desk.report.pk, holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY, at=make.AT,
    ),
    "free": lambda desk, actor: commands.free_report(
        actor=actor, report_id=desk.report.pk, holder=id_of(desk, "holder"),
        why=TakenWhy.AWAY, at=make.AT,
    ),
    "rate": lambda desk, actor: commands.rate_report(
        actor=actor, report_id=desk.report.pk, risk=Risk.HIGH, at=make.AT
    ),
    "check": lambda desk, actor: commands.fill_risk_check(
        actor=actor, report_id=desk.report.pk, checklist=ADULT, at=make.AT,
        answers=dict.fromkeys([item.id for item in ADULT.items], Answer.NO),
    ),
    "identify": lambda desk, actor: commands.identify_report(
        actor=actor, report_id=desk.report.pk, kind=CaseKind.DOMESTIC,
        authority=Authority.OURS, tpks=True, at=make.AT,
    ),
    "lower": lambda desk, actor: commands.ask_lowering(
        actor=actor, report_id=desk.report.pk, risk=Risk.LOW, decider=head_of(desk),
        reason="Pelaku ditahan.", at=make.AT,
    ),
    "lowered": lambda desk, actor: lower_report(
        actor=actor, report_id=desk.report.pk, risk=Risk.LOW, at=make.AT
    ),
    "unmark": lambda desk, actor: commands.ask_unmarking(
        actor=actor, report_id=desk.report.pk, why=Ended.BY_MISTAKE, decider=head_of(desk),
        reason="Salah baca.", at=make.AT,
    ),
    "unmarked": lambda desk, actor: commands.unmark_report(
        actor=actor, report_id=desk.report.pk, why=Ended.BY_MISTAKE, at=make.AT
    ),
    "pause": lambda desk, actor: commands.pause_report_clock(
        actor=actor, report_id=desk.report.pk, why=Pause.SURVIVOR, at=make.AT
    ),
    "resume": lambda desk, actor: commands.resume_report_clock(
        actor=actor, report_id=desk.report.pk, at=make.AT
    ),
    "reply": lambda desk, actor: commands.write_to_reporter(
        actor=actor, report_id=desk.report.pk, text="Kami baca.", at=make.AT
    ),
    "tpks": lambda desk, actor: commands.answer_tpks(
        actor=actor, report_id=desk.report.pk, answer=IsTpks.NO, at=make.AT
    ),
    "reopen": lambda desk, actor: triage.reopen_report(
        actor=actor, report_id=desk.report.pk, why=Reopened.NEWS, at=make.AT
    ),
    "answered": lambda desk, actor: commands.answer_otherwise(
        actor=actor, report_id=desk.report.pk, why=Answered.CALLED, at=make.AT
    ),
    "new_code": lambda desk, actor: commands.issue_new_code(
        actor=actor, report_id=desk.report.pk, checked=Checked.CALLED, at=make.AT
    ),
}  # fmt: skip


def prepared(desk: Desk, state: str, step: str) -> Act:
    """Make ready what a step needs: a paused clock, a wish, a clock of the law."""
    step, _colon, kind = step.partition(":")
    if step == "resume" and state == HELD:
        STEPS["pause"](desk, acting(desk, "holder"))
    if step == "answered" and state != HANDED:
        STEPS["own_thread"](desk, acting(desk, "reporter"))
    if step == "tpks":
        make.Report.objects.filter(pk=desk.report.pk).update(tpks_question=True)
    if step == "take_over":
        return taking_over(desk)
    if step == "legal":
        return keeping_the_law(desk)
    if step in {"decide", "many"}:
        return deciding(desk, Outcome(kind), together=step == "many")
    return lambda actor: STEPS[step](desk, actor)


def taking_over(desk: Desk) -> Act:
    wish = Contact(way="phone", reach="0813", safe_from="09:00", safe_until="10:00")
    triage.write_as_reporter(
        actor=acting(desk, "reporter"), text=wish.to_text(), form_tag=b"w" * 32,
        kind=MessageKind.CONTACT, at=make.AT,
    )  # fmt: skip
    message = desk.report.messages.last()
    wanted = message.pk if message else make.stranger()
    return lambda actor: commands.take_over_contact(
        actor=actor, report_id=desk.report.pk, message_id=wanted, at=make.AT
    )


def keeping_the_law(desk: Desk) -> Act:
    """The report to the police; it has gone along into what became a case."""
    clock = Clock.objects.live().get(kind=TPKS_POLICE)
    return lambda actor: commands.move_report_clock(
        actor=actor, report_id=desk.report.pk, clock_id=clock.pk, step=ClockStep.MEET,
        code="", at=make.AT,
    )  # fmt: skip


def deciding(desk: Desk, outcome: Outcome, *, together: bool) -> Act:
    """Of one report with words for her, or of many: what was left was refused."""
    for clock in legal.running(desk.report.pk) if outcome in IN_BULK else ():
        keep.end(clock, why=Ended.NOT_APPLICABLE, actor=SYSTEM, at=make.AT)
    about = {"outcome": outcome, "at": make.AT, "same_as": desk.another.number}
    if together:
        return lambda actor: all_of(desk, actor, about)
    return lambda actor: triage.decide_report(
        actor=actor, report_id=desk.report.pk, message="Kami tulis di sini.",
        leads=Leads(id_of(desk, "lead"), id_of(desk, "deputy")),
        over=Over(desk.users["elsewhere"].organisation_id, Ground.TERRITORY, "BA."), **about,
    )  # fmt: skip


def all_of(desk: Desk, actor: Actor, about: dict[str, Any]) -> None:
    """Decide a flood of one: what was left of it was refused."""
    words = {"id": "Terima kasih.", "en": "Thank you."}
    left = triage.decide_many(actor=actor, report_ids=[desk.report.pk], messages=words, **about)
    if left:
        raise Refused(left[0].why)


def head_of(desk: Desk) -> Any:
    there = desk.reload().desk == desk.users["elsewhere"].organisation_id
    return id_of(desk, "head elsewhere" if there else "head")


def acting(desk: Desk, who: str) -> Actor:
    """The person in a new request of her own: nothing is remembered of an earlier one."""
    if who in {"system", "anybody"}:
        return SYSTEM if who == "system" else ANYBODY
    if who == "reporter":
        return make.reporter(desk.receipt)
    if who == "another reporter":
        return make.reporter(desk.another)
    return make.actor(desk.users[who])


@replayed
def scene() -> tuple[Desk, make.Receipt]:
    """A free report that speaks of sexual violence, another one, and everybody there is."""
    desk = desk_with()
    here = desk.users["head"].organisation
    there = Organisation.objects.get(pk=city_facts().alternate_desk)
    desk.users |= {
        "lead": make.user(here, Role.CASE_MANAGER),
        "deputy": make.user(here, Role.CASE_MANAGER),
        "elsewhere": make.user(there, Role.INTAKE_OFFICER),
        "head elsewhere": make.user(there, Role.HEAD),
        "official": make.user(here, Role.QUORUM_OFFICIAL),
        "prevention officer": make.user(here, Role.PREVENTION_OFFICER),
        "facilitator": make.user(here, Role.FACILITATOR),
        "cadre": make.user(here, Role.CADRE),
        "partner at the desk": make.user(here, Role.PARTNER_DESK),
    }
    commands.identify_report(
        actor=make.actor(desk.users["holder"]), report_id=desk.report.pk,
        kind=CaseKind.DOMESTIC, authority=None, tpks=True, at=make.AT,
    )  # fmt: skip
    commands.rate_report(
        actor=make.actor(desk.users["holder"]), report_id=desk.report.pk, risk=Risk.MEDIUM,
        at=make.AT,
    )  # fmt: skip
    return desk, make.receipt()


def brought_to(desk: Desk, state: str) -> None:
    """Take the report where it is to stand, by the commands."""
    holder = {"actor": acting(desk, "holder"), "at": make.AT}
    if state != FREE:
        commands.claim_report(report_id=desk.report.pk, **holder)
    outcome = {
        DECIDED: Outcome.COUNSELLING, CASE: Outcome.CASE, HANDED: Outcome.HAND_OVER,
    }.get(state)  # fmt: skip
    if outcome:
        deciding(desk, outcome, together=False)(holder["actor"])
    if state == HANDED:
        there = desk.users["elsewhere"].organisation_id
        make.Report.objects.filter(number=desk.another.number).update(desk=there)


@pytest.mark.parametrize("state", later(STATES, FREE, DECIDED, CASE, HANDED))
def test_who_may_do_what(state: str) -> None:
    desk, desk.another = scene()
    brought_to(desk, state)
    steps = [step for step in LAW.steps if step not in {"decide", "many"}]
    steps += [f"decide:{one.value}" for one in Outcome]
    steps += [f"many:{one.value}" for one in IN_BULK]
    wrong = LAW.wrong(
        state, lambda step: prepared(desk, state, step), lambda who: acting(desk, who), steps
    )
    assert not wrong, "\n".join(wrong)


def test_every_step_of_the_desk_is_in_the_table() -> None:
    assert {step.value for step in Step} <= LAW.steps


@pytest.mark.parametrize("state", [FREE, HELD, DECIDED])
def test_the_page_draws_a_button_for_each_step_that_is_open_and_for_no_other(
    state: str,
) -> None:
    desk, desk.another = scene()
    brought_to(desk, state)
    place, steps = STATES.index(state), {step.value for step in Step}
    for group in ("holder", "desk", "head"):
        for who in WHO[group]:
            done = {step for step in steps if LAW.cells[step, group][place] == "y"}
            page = report_page(actor=acting(desk, who), report_id=desk.report.pk, at=make.AT)
            assert set(page.steps) == done - {"resume"}, who
