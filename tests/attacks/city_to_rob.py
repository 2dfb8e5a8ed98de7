"""Builds a city with a canary in every sealed column, on disk, then tells what it hid.

Run as a program with ``RUANG_DATA``, ``RUANG_SECRETS`` and ``DJANGO_SETTINGS_MODULE`` set; it
prints one line of JSON. ``seen`` says which canaries a member's own session reads: a test that
finds nothing anywhere would prove nothing.
"""

import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    from ruang.vault import root

    Path(os.environ["RUANG_DATA"]).mkdir(mode=0o700)
    root.install(root.subkeys(root.load(Path(os.environ["RUANG_SECRETS"])), "web"))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(rob()))


def rob() -> dict[str, object]:
    hidden: list[str] = []

    def canary(what: str) -> str:
        word = f"kenari {len(hidden):03} {os.urandom(9).hex()} {what}"
        hidden.append(word)
        return word

    sealed = build(canary)
    return {"hidden": hidden, "seen": sorted(seen(hidden)), "columns": sealed}


def build(canary: object) -> list[str]:
    """Live through two reports, a case and two requests. Return the sealed columns."""
    from ruang.access.roles import Role
    from ruang.cases.commands import write_names, write_note
    from ruang.cases.states import Compartment
    from ruang.identity.models import User
    from ruang.intake.commands import claim_report
    from ruang.intake.commands import write_to_reporter as answer
    from ruang.kernel.codes import Age, MessageKind
    from ruang.territory.facts import forget_city
    from ruang.triage.commands.decide import Leads, decide_report
    from ruang.triage.commands.follow import write_as_reporter
    from ruang.triage.states import Outcome
    from tests import make
    from tests.attacks.ends_to_rob import closed_elsewhere, ended, handed_over
    from tests.attacks.field_to_rob import in_the_field

    at = make.AT
    city = make.city()
    forget_city()
    desk = User.objects.filter(organisation=city.intake_desk).first()
    assert desk is not None
    manager, deputy = (make.user(desk.organisation, Role.CASE_MANAGER) for _ in range(2))
    receipts = [
        make.receipt(
            story=canary("story"), reach=canary("reach"), must_not_read=canary("barred"),
            village="36.73.01.1001", when=canary("when"), by_whom=canary("by whom"),
            age=Age.ADULT, age_said=canary("age"), helper_language=canary("language"),
            files=[stored(canary("file name"), canary("file content"))],
        )
        for _ in range(2)
    ]  # fmt: skip
    officer = make.actor(desk)
    for number, receipt in enumerate(receipts):
        report = make.report_of(receipt)
        reporter = make.reporter(receipt)
        claim_report(actor=officer, report_id=report.pk, at=at)
        for kind in (MessageKind.TEXT, MessageKind.CONTACT):
            write_as_reporter(
                actor=reporter, text=canary("from her"), form_tag=os.urandom(32), kind=kind,
                files=[stored(canary("later name"), canary("later content"))], at=at,
            )  # fmt: skip
        answer(actor=officer, report_id=report.pk, text=canary("answer"), at=at)
        danger_signs(report, officer, manager, canary)
        if number == 0:
            continue  # one report stays a report
        case_id = decide_report(
            actor=officer, report_id=report.pk, outcome=Outcome.CASE, at=at,
            message=canary("told"), leads=Leads(manager.pk, deputy.pk),
        )  # fmt: skip
        assert case_id is not None
        lead = make.actor(manager)
        write_names(actor=lead, case_id=case_id, names=canary("names"), at=at)
        for part in Compartment:
            if part is not Compartment.THREAD:
                write_note(
                    actor=lead,
                    case_id=case_id,
                    compartment=part,
                    text=canary(part.value),
                    at=at,
                )
        write_as_reporter(
            actor=reporter, text=canary("in the case"), form_tag=os.urandom(32), at=at
        )
        records(case_id, canary, lead, at)
        requests(case_id, canary, at)
        give_new_words(lead, case_id)
        ground(case_id, canary)
        plan(case_id, canary)
    written_down(officer, canary)
    handed_over(officer, city, canary)
    ended(officer, canary)
    closed_elsewhere(canary)
    in_the_field(canary)
    return sealed_columns()


def danger_signs(report: object, officer: object, decider: object, canary: object) -> None:
    """A checklist with a word of our own in it, and a second person who is not convinced."""
    from ruang.approvals.states import Step
    from ruang.intake.commands import ask_lowering, fill_risk_check, rate_report
    from ruang.kernel.codes import Risk
    from ruang.risk import Answer, Checklist, Item
    from ruang.triage.commands import decide_approval
    from tests import make

    asked = Checklist("adult", "1", "Tanda", (Item("one", canary("danger sign")),))
    about = {"actor": officer, "report_id": report.pk, "at": make.AT}
    fill_risk_check(checklist=asked, answers={"one": Answer.YES}, **about)
    rate_report(risk=Risk.HIGH, **about)
    row = ask_lowering(risk=Risk.LOW, decider=decider.pk, reason=canary("calmer"), **about)
    decide_approval(
        actor=make.actor(decider), approval_id=row, step=Step.REFUSE, at=make.AT,
        answer=canary("not convinced"),
    )  # fmt: skip


def written_down(officer: object, canary: object) -> None:
    """An officer writes two reports down; one of them is not finished."""
    from ruang.intake.commands import Wishes, issue_new_code, record_report, save_draft
    from ruang.intake.models import Report
    from ruang.intake.states import Checked, Door
    from ruang.intake.told import Recorded
    from tests import make
    from tests.intake.writers import sheet

    page = sheet(fields={"story": (canary("draft"),), "names": (canary("draft names"),)})
    save_draft(actor=officer, sheet=page, at=make.AT)
    said = Recorded(
        names=canary("recorded names"), sender=canary("sender"), why_late=canary("late"),
        reference=canary("reference"), note=canary("desk note"),
    )  # fmt: skip
    receipt = record_report(
        actor=officer, sheet=sheet(), wishes=Wishes(), at=make.AT,
        told=make.told(door=Door.LETTER, story=canary("told by phone"), recorded=said),
    )  # fmt: skip
    report = Report.objects.get(number=receipt.number)
    issue_new_code(actor=officer, report_id=report.pk, checked=Checked.CALLED, at=make.AT)


def give_new_words(lead: object, case_id: object) -> None:
    """The team gives who reported new words: her contact is sealed anew."""
    from ruang.intake.states import Checked
    from ruang.triage.commands import issue_case_code
    from tests import make

    issue_case_code(actor=lead, case_id=case_id, checked=Checked.IN_PERSON, at=make.AT)


def requests(case_id: object, canary: object, at: object) -> None:
    from ruang.cases.models import Case
    from ruang.cases.states import Compartment
    from ruang.consents.states import Basis
    from ruang.referrals.commands import move_referral
    from ruang.referrals.states import Step
    from tests import make

    case = Case.objects.get(pk=case_id)
    for refuse in (True, False):
        worker = make.partner()
        referral = make.referral(
            case, worker.organisation, Compartment.NARRATIVE, text=canary("ask"),
            names=canary("known"), basis=Basis.VITAL, basis_note=canary("why"),
            consent_on=None, consent_way=None,
        )  # fmt: skip
        actor = make.actor(worker)
        if refuse:
            move_referral(
                actor=actor, referral_id=referral.pk, step=Step.DECLINE, at=at,
                code="no_capacity", text=canary("declined"),
            )  # fmt: skip
            continue
        make.moved(referral, actor, Step.TAKE, Step.CONFIRM)
        move_referral(
            actor=actor, referral_id=referral.pk, step=Step.FINISH, at=at, code="given",
            text=canary("outcome"),
        )  # fmt: skip


def ground(case_id: object, canary: object) -> None:
    from ruang.cases.models import Case
    from ruang.cases.states import Compartment
    from ruang.consents.states import Giver
    from tests import make

    make.consent(
        Case.objects.get(pk=case_id), make.organisation(), Compartment.HEALTH,
        giver=Giver.SAFE_GUARDIAN, giver_name=canary("who agreed"),
        explained=canary("explained"), reason=canary("why not the parent"),
    )  # fmt: skip


def plan(case_id: object, canary: object) -> None:
    """Everything that can be written in a plan, and a closing that was approved."""
    from ruang.cases.commands import reopen_case
    from ruang.cases.models import Case
    from ruang.cases.states import Part
    from ruang.kernel.codes import CaseKind
    from ruang.plans import commands
    from ruang.plans.states import (
        Agreed,
        Assessor,
        Check,
        Contacted,
        Detail,
        Kind,
        MediationStep,
        Outcome,
        Payer,
        Reached,
    )  # fmt: skip
    from ruang.plans.states import ServiceStep as Step
    from tests import closings, make

    Case.objects.filter(pk=case_id).update(kind=CaseKind.CIVIL)
    case = Case.objects.get(pk=case_id)
    lead = make.actor(make.lead_of(case))
    deputy = make.lead_of(case, Part.DEPUTY).pk
    about = {"actor": lead, "case_id": case_id, "at": make.AT}
    today = make.AT.date()
    goal = commands.add_goal(**about, text=canary("goal"))
    commands.end_goal(**about, goal_id=goal.pk, reached=Reached.NO, why=canary("why not"))
    commands.record_agreement(
        **about, answer=Agreed.PARTLY, why=canary("agreed in part"), on=today,
        explained_by=lead.user_id,
    )  # fmt: skip
    wanted = commands.Wanted(
        None, Kind.HEALTH, need=canary("need"), provider_name=canary("outsider"),
        payer=Payer.LPSK, detail=Detail.VISUM,
    )  # fmt: skip
    service = commands.plan_service(**about, wanted=wanted)
    ending = commands.Ending(Outcome.GIVEN, today, canary("how it ended"))
    commands.move_service(**about, service_id=service.pk, step=Step.END, ending=ending)
    commands.give_service(
        **about, wanted=commands.Wanted(None, Kind.LAW), on=today, note=canary("given")
    )
    commands.set_task(
        **about,
        owner=deputy,
        title=canary("task"),
        notes=canary("notes"),
        due_on=today,
    )
    for one in Assessor:
        commands.assess_mediation(**about, assessor=one, free=True, text=canary("assessed"))
    for step in (MediationStep.REQUEST, MediationStep.STOP):
        commands.move_mediation(**about, step=step, text=canary("mediation"))
    commands.write_follow_up(
        **about, on=today, way=Contacted.VISIT, text=canary("how she is"), next_on=None
    )
    for _again in range(2):
        closings.closed(
            case, note=canary("closing"), message=canary("goodbye"), reason=canary("reason"),
            yes=frozenset(), why_not=dict.fromkeys(Check, canary("unchecked")),
        )  # fmt: skip
        reopen_case(**about, reason=canary("reopened"), message=canary("back again"))


def records(case_id: object, canary: object, lead: object, at: object) -> None:
    """One record of every kind, each with an answer in words, and an earlier version."""
    from ruang.dossier.commands import add_record, save_record
    from ruang.dossier.kinds import SCHEMAS
    from ruang.dossier.schema import Shape

    for kind, schema in SCHEMAS.items():
        words = [one.name for one in schema.fields if one.shape in {Shape.TEXT, Shape.LONG}]
        row = add_record(
            actor=lead, case_id=case_id, kind=kind, at=at,
            values={name: canary(f"{kind.value} {name}") for name in words},
        )  # fmt: skip
        save_record(
            actor=lead, record_id=row.pk, base_version=1, at=at,
            values={words[0]: canary(f"{kind.value} later")},
        )  # fmt: skip


def stored(name: str, content: str) -> object:
    from ruang.intake.attachments import store_text

    return store_text(name, content * 40)


def sealed_columns() -> list[str]:
    """Every sealed column that holds something now."""
    from django.apps import apps

    from ruang.vault.texts import SealedField

    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
        and model.objects.exclude(**{field.name: None}).exists()
    )


def seen(hidden: list[str]) -> set[str]:
    """Which canaries somebody's real session opens."""
    from tests.attacks.field_to_rob import field_opened_by

    texts = []
    for actor in sessions():
        texts += everything_opened_by(actor) + field_opened_by(actor)
    whole = "\n".join(texts)
    return {word for word in hidden if word in whole}


def sessions() -> list[object]:
    from ruang.access.actor import SYSTEM
    from ruang.identity import sessions as identity
    from ruang.identity.commands import begin_sign_in, finish_sign_in
    from ruang.identity.models import User
    from ruang.vault.ledger import Ledger
    from tests import make

    actors = []
    for user in User.objects.all():
        token = begin_sign_in(
            actor=SYSTEM, login=user.login, password=make.PASSWORD, network="127.0.0.1",
            at=make.AT,
        )  # fmt: skip
        opened = finish_sign_in(actor=SYSTEM, token=token, device="Peramban", at=make.AT)
        who = identity.signed_in(cookie=opened.cookie, at=make.AT, ledger=Ledger())
        assert who is not None
        actors.append(who.actor)
    return actors


def everything_opened_by(actor: object) -> list[str]:
    from django.apps import apps

    from ruang.kernel.filecard import FileCard
    from ruang.vault.files import read_file
    from ruang.vault.texts import SealedField, open_texts

    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, SealedField):
                continue
            rows = list(model.objects.exclude(**{field.name: None}))
            opened = open_texts(actor.keys, rows, field.name)  # type: ignore[attr-defined]
            found += [text for text in opened if text]
            if field.name == "meta":
                for row, text in zip(rows, opened, strict=True):
                    if text:
                        card = FileCard.from_text(text)
                        found.append(b"".join(read_file(row.pk, card.key, card.size)).decode())
    return found


if __name__ == "__main__":
    sys.exit(main())
