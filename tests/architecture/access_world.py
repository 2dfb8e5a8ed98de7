"""One of everything, and one of every kind of person around it."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.utils.timezone import localdate

from ruang.access.roles import Role
from ruang.breaches.commands import record_breach
from ruang.breaches.states import Data, People
from ruang.breaches.states import Kind as BreachKind
from ruang.cases.commands import add_colleague, rate_case
from ruang.cases.states import Compartment
from ruang.clocks.models import Clock
from ruang.clocks.official import PDP_BREACH, TPKS_POLICE
from ruang.dossier.commands import add_record
from ruang.dossier.states import Kind as RecordKind
from ruang.filters.commands import keep_filter
from ruang.filters.states import Page
from ruang.identity.models import Organisation, Session, User
from ruang.identity.states import State
from ruang.intake import commands as intake
from ruang.intake.commands import claim_report, save_draft
from ruang.kernel.codes import Age, CaseKind, Risk
from ruang.notify.commands import Turn, add_shift
from ruang.plans import commands
from ruang.plans.states import Kind
from ruang.territory.facts import forget_city
from ruang.triage.commands import Leads, Over, decide_report, identify_case
from ruang.triage.models import HandOver
from ruang.triage.states import Ground, Outcome
from tests import make
from tests.architecture import access_prevention
from tests.clocks.own import added
from tests.intake.writers import sheet
from tests.replay import replayed

SLUGS = {
    "desk:decide": "konseling", "desk:clock": "selesai", "cases:clock": "selesai",
    "approvals:decide": "tolak", "sessions:sort_pile": "tolak", "breaches:clock": "akhiri",
}  # fmt: skip
"""What is done, at addresses that name it."""


@dataclass(frozen=True)
class World:
    """Who is there, and the ids that addresses ask for."""

    people: dict[str, User]
    ids: dict[str, object]
    case_file: UUID
    prevention_session: UUID

    def about(self, name: str, keys: tuple[str, ...]) -> dict[str, object]:
        """What an address needs: the one thing of each kind that there is."""
        chosen = {key: self.ids[key] for key in keys}
        if name.startswith("files:") and "case_id" in keys:
            chosen["file_id"] = self.case_file
        if name.startswith("settings:") and "slug" in keys:
            chosen["slug"] = "jam"
        if name == "settings:remove_limit":
            chosen["kind"] = self.ids["own_kind"]
        if name.startswith("dossier:"):
            chosen.update({"slug": "rencana-aman"} if "slug" in keys else {})
        if name == "dossier:enter":
            chosen["record_id"] = self.ids["dossier:enter person"]
        if name in SLUGS:
            chosen["slug"] = SLUGS[name]
        if name in {"cases:clock", "breaches:clock"}:
            chosen["clock_id"] = self.ids[f"{name} clock"]
        return chosen | self._of_prevention(name, keys)

    def _of_prevention(self, name: str, keys: tuple[str, ...]) -> dict[str, object]:
        """A session is also what somebody signed in has: those are of ``account``."""
        if name == "sessions:cadre":
            return {"user_id": self.people["cadre"].pk}
        if name == "sessions:new_person":
            return {"user_id": self.ids["free_facilitator"]}
        if name.startswith("register:"):
            of_kind = "sekolah" if name == "register:add" else "rt"
            places = {"kind": of_kind, "code": "36.73.02"}
            named = {"code"} if name == "register:district" else {"kind"}
            return {key: places[key] for key in named & set(keys)}
        is_signed_in = name.startswith("account:")
        wanted = "session_id" in keys and not is_signed_in
        return {"session_id": self.prevention_session} if wanted else {}

    def ids_as_uuids(self) -> list[UUID]:
        """Ids of things, each under the one name that addresses give its kind."""
        return [
            value
            for key, value in self.ids.items()
            if isinstance(value, UUID) and key.endswith("_id")
        ]


@replayed
def build() -> World:
    city = make.city()
    forget_city()
    desk = Organisation.objects.get(pk=city.intake_desk)
    other = Organisation.objects.get(pk=city.alternate_desk)
    people = {
        "officer": make.officer(city),
        "colleague": make.user(desk, Role.CASE_MANAGER),
        "manager": make.user(desk, Role.CASE_MANAGER),
        "deputy": make.user(desk, Role.CASE_MANAGER),
        "teammate": make.user(desk, Role.CASE_MANAGER),
        "elsewhere": make.user(other, Role.CASE_MANAGER),
        "head": make.user(desk, Role.HEAD),
        "auditor": make.user(desk, Role.AUDITOR),
        "admin": make.user(desk, Role.ADMIN),
        "official": make.user(desk, Role.QUORUM_OFFICIAL),
        "waiting": make.user(desk, state=State.WAITING),
        "partner": make.partner(),
        "outsider": make.partner(),
    }
    people["partners_colleague"] = make.user(people["partner"].organisation, Role.PARTNER_DESK)
    report = make.report_of(make.receipt(files=[text_file("lain")]))
    claim_report(actor=make.actor(people["officer"]), report_id=report.pk, at=make.AT)
    case_id = decided(people)
    case = make.Case.objects.get(pk=case_id)
    referral = make.referral(case, people["partner"].organisation, Compartment.NARRATIVE)
    add_colleague(
        actor=make.actor(people["manager"]), case_id=case_id, user_id=people["teammate"].pk,
        compartments=[Compartment.NARRATIVE], at=make.AT,
    )  # fmt: skip
    written = add_record(
        actor=make.actor(people["manager"]),
        case_id=case_id,
        kind=RecordKind.SAFETY_PLAN,
        values={"pack": "Akta"},
        at=make.AT,
    )
    person = add_record(
        actor=make.actor(people["manager"]), case_id=case_id, kind=RecordKind.PERSON,
        values={"role": "beneficiary", "name": "Melati"}, at=make.AT,
    )  # fmt: skip
    member = make.user(desk)
    draft = sheet()
    save_draft(actor=make.actor(people["officer"]), sheet=draft, at=make.AT)
    shift = add_shift(
        actor=make.actor(people["head"]), user=member.pk, at=make.AT,
        turn=Turn(begins_at=time(8), ends_at=time(16), weekday=1),
    )  # fmt: skip
    lead = {"actor": make.actor(people["manager"]), "case_id": case_id, "at": make.AT}
    service = commands.plan_service(
        **lead, wanted=commands.Wanted(None, Kind.HEALTH, need="Periksa kesehatan.")
    )
    task = commands.set_task(
        **lead, owner=people["deputy"].pk, title="Surat tugas.", due_on=localdate(make.AT)
    )
    make.Case.objects.filter(pk=case_id).update(age=Age.CHILD)
    ids: dict[str, object] = {
        "filter_id": keep_filter(
            actor=make.actor(people["officer"]),
            page=Page.DESK,
            name="Anak",
            codes={"umur": "child"},
            at=make.AT,
        ).pk,
        "shift_id": shift.pk,
        "goal_id": commands.add_goal(**lead, text="Anak tetap sekolah.").pk,
        "service_id": service.pk,
        "task_id": task.pk,
        "report_id": report.pk,
        "draft_id": draft.draft_id,
        "case_id": case_id,
        "referral_id": referral.pk,
        "consent_id": referral.consent_id,
        "record_id": written.pk,
        "dossier:enter person": person.pk,
        "user_id": member.pk,
        "organisation_id": desk.pk,
        "session_id": session_of(people["officer"]),
        "file_id": report.attachments.get().pk,
        "status": 404,
        "slug": "identitas",
        "kind": "tpks_police",
        "own_kind": added(),
    }
    ids |= keys_of(report, people) | breach_of(people["head"])
    ids["cases:clock clock"] = clock_of(case_id)
    prevention = access_prevention.build(desk)
    people |= prevention.people
    ids |= prevention.ids
    return World(people, ids, case.files.get().pk, prevention.session)


def decided(people: dict[str, User]) -> UUID:
    """A report that became a case of the manager and the deputy."""
    report = make.report_of(make.receipt(files=[text_file("bukti")], age=Age.ADULT))
    officer = make.actor(people["officer"])
    claim_report(actor=officer, report_id=report.pk, at=make.AT)
    case_id = decide_report(
        actor=officer,
        report_id=report.pk,
        outcome=Outcome.CASE,
        message="Kami mendampingi Anda.",
        leads=Leads(people["manager"].pk, people["deputy"].pk),
        at=make.AT,
    )
    assert case_id is not None
    manager = make.actor(people["manager"])
    identify_case(
        actor=manager, case_id=case_id, kind=None, authority=None, tpks=True, at=make.AT
    )
    rate_case(actor=manager, case_id=case_id, risk=Risk.HIGH, at=make.AT)
    return case_id


def keys_of(report: make.Report, people: dict[str, User]) -> dict[str, object]:
    """A clock of the law, a request to lower the risk, and a hand-over to another desk."""
    officer = make.actor(people["officer"])
    about = {"actor": officer, "at": make.AT}
    intake.identify_report(
        report_id=report.pk, kind=CaseKind.SEXUAL, authority=None, tpks=True, **about
    )
    intake.rate_report(report_id=report.pk, risk=Risk.HIGH, **about)
    asked = intake.ask_lowering(
        report_id=report.pk, risk=Risk.LOW, decider=people["head"].pk, reason="Aman.", **about
    )
    gone = make.report_of(make.receipt())
    claim_report(report_id=gone.pk, **about)
    there = people["elsewhere"].organisation_id
    decide_report(
        report_id=gone.pk, outcome=Outcome.HAND_OVER, message="Kami limpahkan.",
        over=Over(there, Ground.TERRITORY, "Wilayah lain."), **about,
    )  # fmt: skip
    return {
        "clock_id": clock_of(report.pk),
        "approval_id": asked,
        "hand_over_id": HandOver.objects.get().pk,
    }


def breach_of(head: User) -> dict[str, object]:
    """A breach of personal data at the office, and its clock."""
    breach = record_breach(
        actor=make.actor(head), kind=BreachKind.STOLEN, known_on=localdate(make.AT),
        known_time=None, data=[Data.CONTACT], people=People.FEW, at=make.AT,
    )  # fmt: skip
    clock = clock_of(breach.pk, PDP_BREACH)
    return {"breach_id": breach.pk, "breaches:clock clock": clock}


def clock_of(subject: UUID, kind: str = TPKS_POLICE) -> UUID:
    return Clock.objects.live().get(subject=subject, kind=kind).pk


def text_file(name: str) -> make.StoredFile:
    from ruang.intake.attachments import store_text

    return store_text(name, "isi berkas")


def session_of(person: User) -> UUID:
    make.signed_in(person)
    return Session.objects.filter(user=person).latest("started_at").pk
