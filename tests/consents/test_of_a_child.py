"""She agreed herself, and turns out to be a child: nothing new on it, and nothing cut off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ruang.access.actor import SYSTEM, Actor
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.cases.models import Case
from ruang.cases.queries import case_head
from ruang.cases.states import Closing, Compartment, Part
from ruang.cases.states import State as CaseState
from ruang.consents import queries
from ruang.consents.commands import Ground
from ruang.consents.models import Consent
from ruang.consents.states import Basis, ConsentWay, Giver, State
from ruang.dossier import commands as dossier
from ruang.dossier.states import Kind
from ruang.identity.models import User
from ruang.kernel.codes import Age
from ruang.kernel.errors import Refused
from ruang.referrals import commands
from ruang.referrals.states import State as Asked
from ruang.referrals.states import Step
from ruang.vault.ledger import Ledger
from tests import make
from tests.cases.test_case_steps import reporter_of
from tests.reading import parsed
from tests.referrals.scene import SHARED, Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY_WALI = Ground(
    basis=Basis.CONSENT, given_on=make.AT.date(), way=ConsentWay.SPOKEN,
    giver=Giver.SAFE_GUARDIAN, giver_name="Bibi Ratna", explained="Sama seperti dulu.",
    reason="Ayahnya terlapor.",
)  # fmt: skip
BY_LAW = Ground(basis=Basis.PUBLIC, reason="Perpres 55/2024 ps 5.")
GROUNDS = pytest.mark.parametrize("ground", [BY_WALI, BY_LAW], ids=["wali", "public"])


def lead(case: Case) -> dict[str, Any]:
    return {"actor": make.actor(make.lead_of(case)), "at": make.AT}


def turns_out(case: Case, age: str, row: Any = None) -> Any:
    """Write down how old she is, as a manager does."""
    if row is None:
        return dossier.add_record(
            **lead(case), case_id=case.pk, kind=Kind.PERSON,
            values={"role": "beneficiary", "name": "Melati", "about_age": age},
        )  # fmt: skip
    return dossier.save_record(
        **lead(case), record_id=row.pk, base_version=row.version, values={"about_age": age}
    )


def shares(case: Case, consent: Consent) -> None:
    """Ask another time on a consent."""
    ask = make.ask(consent.organisation, *SHARED, consent=consent.pk)
    commands.ask_partner(**lead(case), case_id=case.pk, ask=ask)


def noticed(case: Case, person: User | None = None) -> list[Any]:
    actor = make.actor(person or make.lead_of(case))
    head = case_head(actor=actor, case_id=case.pk, at=make.AT)
    return [one.id for one in queries.asked_anew(actor=actor, head=head, at=make.AT)]


GIVEN: dict[str, dict[str, Any]] = {
    "herself": {},
    "guardian": {"giver": Giver.GUARDIAN},
    "wali": {"giver": Giver.SAFE_GUARDIAN, "reason": "Ayahnya terlapor."},
    "vital": {"basis": Basis.VITAL, "reason": "Nyawanya terancam."},
    "law": {"basis": Basis.LAW, "reason": "UU 12/2022 ps 41."},
    "public": {"basis": Basis.PUBLIC, "reason": "Perpres 55/2024."},
}


@pytest.mark.parametrize("age", list(Age))
@pytest.mark.parametrize("given", list(GIVEN))
def test_what_by_whom_and_of_what_age_carries_something_new(given: str, age: Age) -> None:
    case = make.case()
    Case.objects.filter(pk=case.pk).update(age=Age.ADULT)
    place = make.partner().organisation
    consent = make.consent(case, place, *SHARED, **GIVEN[given])
    Case.objects.filter(pk=case.pk).update(age=age)
    case.refresh_from_db()
    paused = given == "herself" and age is Age.CHILD
    assert noticed(case) == ([consent.pk] if paused else [])
    found = queries.standing(**lead(case), case_id=case.pk, purposes=["legal"])
    assert [one.id for one in found] == ([] if paused else [consent.pk])
    if not paused:
        shares(case, consent)
        with pytest.raises(Refused, match="stands as it is"):
            commands.renew_consent(**lead(case), consent_id=consent.pk, ground=BY_WALI)
        return
    with pytest.raises(Refused, match="she is a child"):
        shares(case, consent)
    assert Consent.objects.get().state == State.GIVEN


WHO = {
    # who            renews  is told
    "manager": (None, True),
    "deputy": (None, True),
    "partner": (PermissionDenied, False),
    "colleague": (NotInSight, False),
    "head": (NotInSight, False),
    "reporter": (PermissionDenied, False),
    "system": (PermissionDenied, False),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", list(WHO))
def test_who_renews_it_in_which_state(who: str, state: State) -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    case, consent = scene.case, scene.referral.consent
    turns_out(case, "15")
    if state is not State.GIVEN:
        Consent.objects.filter(pk=consent.pk).update(
            state=state, over_at=make.AT, over_by=make.lead_of(case).pk
        )
    wrong, is_told = WHO[who]
    if wrong is None and state is not State.GIVEN:
        wrong = Refused
    count = Consent.objects.count()
    by: dict[str, Any] = {
        "actor": somebody(scene, who), "at": make.AT, "consent_id": consent.pk,
    }  # fmt: skip
    if wrong is None:
        new = commands.renew_consent(**by, ground=BY_WALI)
        consent.refresh_from_db()
        assert (consent.state, new.state) == (State.REPLACED, State.GIVEN)
        assert noticed(case) == []
        return
    with pytest.raises(wrong):
        commands.renew_consent(**by, ground=BY_WALI)
    assert Consent.objects.count() == count
    if who == "partner":
        assert noticed(case, scene.taker) == []
    elif is_told:
        assert noticed(case, make.lead_of(case)) == []


def somebody(scene: Scene, who: str) -> Actor:
    home = make.lead_of(scene.case).organisation
    if who == "reporter":
        Case.objects.filter(pk=scene.case.pk).update(who="self")
    actors: dict[str, Callable[[], Actor]] = {
        "manager": lambda: make.actor(make.lead_of(scene.case)),
        "deputy": lambda: make.actor(make.lead_of(scene.case, Part.DEPUTY)),
        "partner": lambda: make.actor(scene.taker),
        "colleague": lambda: make.actor(make.user(home, Role.CASE_MANAGER)),
        "head": lambda: make.actor(make.user(home, Role.HEAD)),
        "reporter": lambda: reporter_of(scene.case),
        "system": lambda: SYSTEM,
    }
    return actors[who]()


class TestHelpGoesOn:
    def test_who_helps_reads_on_and_what_was_asked_can_be_answered(self) -> None:
        scene = Scene()
        before = scene.opens(scene.taker)
        turns_out(scene.case, "15")
        assert scene.opens(scene.taker) == before
        scene.go(Step.TAKE, Step.CONFIRM)
        assert {"narrative", "legal", "plan"} <= scene.opens(scene.taker)

    def test_no_part_more_is_given_on_it(self) -> None:
        scene = Scene()
        scene.go(Step.TAKE, Step.CONFIRM)
        more = make.consent(scene.case, scene.taker.organisation, Compartment.HEALTH)
        turns_out(scene.case, "15")
        with pytest.raises(Refused, match="she is a child"):
            commands.give_more(
                **lead(scene.case), case_id=scene.case.pk, user_id=scene.taker.pk,
                compartments=[Compartment.HEALTH], consent_id=more.pk,
            )  # fmt: skip

    @GROUNDS
    def test_one_act_puts_what_runs_on_the_new_ground_without_a_gap(
        self, ground: Ground
    ) -> None:
        scene = Scene()
        scene.go(Step.TAKE, Step.CONFIRM)
        turns_out(scene.case, "15")
        read, old = scene.opens(scene.taker), scene.referral.consent
        new = commands.renew_consent(**lead(scene.case), consent_id=old.pk, ground=ground)
        scene.referral.refresh_from_db()
        assert scene.opens(scene.taker) == read
        assert (scene.referral.state, scene.referral.consent_id) == (Asked.ACCEPTED, new.pk)
        asked = scene.referral
        told = (asked.basis, asked.consent_on, asked.consent_way)
        assert told == (new.basis, new.given_on, new.way)
        same = ("organisation_id", "purpose", "until", "compartments")
        assert all(getattr(old, name) == getattr(new, name) for name in same)
        shares(scene.case, new)
        commands.withdraw_consent(**lead(scene.case), consent_id=new.pk)
        assert not {"narrative", "legal"} & scene.opens(scene.taker)

    def test_it_is_not_renewed_on_her_own_word_again(self) -> None:
        scene = Scene()
        turns_out(scene.case, "15")
        again = Ground(
            basis=Basis.CONSENT, given_on=make.AT.date(), way=ConsentWay.SPOKEN,
            giver=Giver.SELF, explained="Lagi.",
        )  # fmt: skip
        old = scene.referral.consent
        with pytest.raises(Refused, match="For a child"):
            commands.renew_consent(**lead(scene.case), consent_id=old.pk, ground=again)
        old.refresh_from_db()
        assert old.state == State.GIVEN

    def test_the_same_form_sent_twice_renews_once(self) -> None:
        scene = Scene()
        turns_out(scene.case, "15")
        old = scene.referral.consent_id
        renew = {**lead(scene.case), "consent_id": old, "ground": BY_LAW, "form_tag": b"r" * 32}
        assert commands.renew_consent(**renew).pk == commands.renew_consent(**renew).pk
        assert Consent.objects.count() == 2

    def test_it_can_be_taken_back_and_ends_on_its_day_as_ever(self) -> None:
        scene = Scene()
        scene.go(Step.TAKE, Step.CONFIRM)
        turns_out(scene.case, "15")
        last = make.AT + timedelta(days=90)
        commands.end_consent(actor=SYSTEM, consent_id=scene.referral.consent_id, at=last)
        assert not {"narrative", "legal"} & scene.opens(scene.taker)


def test_a_corrected_age_lifts_it_and_asks_again_by_itself() -> None:
    case = make.case()
    consent = make.consent(case, make.partner().organisation, *SHARED)
    row = turns_out(case, "15")
    assert noticed(case) == [consent.pk]
    row = turns_out(case, "25", row)
    assert noticed(case) == []
    shares(case, consent)
    turns_out(case, "16", row)
    assert noticed(case) == [consent.pk]


def test_it_waits_on_the_desk_of_manager_and_deputy_and_of_nobody_else() -> None:
    case, other = make.case(), make.case()
    make.consent(case, make.partner().organisation, *SHARED)
    make.consent(other, make.partner().organisation, giver=Giver.GUARDIAN)
    row = turns_out(case, "15")
    turns_out(other, "15")
    home = make.lead_of(case).organisation
    waits = {
        make.lead_of(case): [case.pk], make.lead_of(case, Part.DEPUTY): [case.pk],
        make.lead_of(other): [], make.user(home, Role.CASE_MANAGER): [],
        make.user(home, Role.HEAD): [],
    }  # fmt: skip
    for person, expected in waits.items():
        found = queries.cases_to_ask(actor=make.actor(person), at=make.AT)
        assert [one.case_id for one in found] == expected, person.role
    turns_out(case, "30", row)
    actor = make.actor(make.lead_of(case))
    assert queries.cases_to_ask(actor=actor, at=make.AT) == ()


def test_what_a_childs_guardian_agreed_to_later_is_not_looked_into() -> None:
    case = make.case()
    turns_out(case, "15")
    later = make.AT + timedelta(minutes=1)
    make.consent(case, make.partner().organisation, giver=Giver.GUARDIAN)
    Consent.objects.update(recorded_at=later)
    ledger = Ledger()
    actor = make.actor(make.lead_of(case), ledger=ledger)
    assert queries.cases_to_ask(actor=actor, at=later) == ()
    assert ledger.take() == ()


def test_nothing_is_asked_in_a_closed_case() -> None:
    case = make.case()
    consent = make.consent(case, make.partner().organisation, *SHARED)
    turns_out(case, "15")
    Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )
    assert noticed(case) == []
    assert queries.cases_to_ask(**lead(case)) == ()
    with pytest.raises(Refused, match="closed"):
        commands.renew_consent(**lead(case), consent_id=consent.pk, ground=BY_WALI)


class TestPages:
    NOTICE = "Given by a child herself"

    def test_manager_and_deputy_read_it_first_and_renew_it_there(self) -> None:
        scene = Scene()
        scene.go(Step.TAKE, Step.CONFIRM)
        turns_out(scene.case, "15")
        User.objects.update(language="en")
        case = reverse("cases:case", args=[scene.case.pk])
        listed = reverse("consents:consents", args=[scene.case.pk])
        renew = reverse("consents:renew", args=[scene.case.pk, scene.referral.consent_id])
        for part in (Part.MANAGER, Part.DEPUTY):
            browser = make.signed_in(make.lead_of(scene.case, part))
            assert parsed(browser.get("/meja/").content).find("a", href=listed)
            assert self.NOTICE in browser.get(case).content.decode()
            page = parsed(browser.get(listed).content)
            assert page.find("a", href=renew)
        partner = make.signed_in(scene.taker)
        for url in (case, listed):
            answer = partner.get(url)
            assert answer.status_code == 200
            assert self.NOTICE not in answer.content.decode()
        assert partner.get(renew).status_code in {403, 404}
        page = parsed(browser.get(renew).content)
        assert scene.referral.number in page.get_text()
        givers = {one["value"] for one in page.select("input[name=giver]")}
        assert givers == {"guardian", "safe_guardian"}
        sent = {"basis": "public"}
        empty = browser.post(renew, sent)
        assert "reason why it may be shared" in empty.content.decode()
        answer = browser.post(renew, {**sent, "basis_note": "Perpres 55/2024 ps 5."})
        assert answer.status_code == 302
        assert self.NOTICE not in browser.get(case).content.decode()
        assert "Replaced by another ground" in browser.get(listed).content.decode()
        assert browser.get(renew).status_code == 404
