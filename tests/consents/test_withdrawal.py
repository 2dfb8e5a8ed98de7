"""S-06: once consent is taken back, the partner's next request finds nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.cases.models import Case
from ruang.cases.states import Compartment
from ruang.consents.models import Consent
from ruang.consents.queries import agreed
from ruang.consents.states import Basis
from ruang.consents.states import State as ConsentState
from ruang.identity.models import User
from ruang.identity.states import OrganisationKind
from ruang.kernel.codes import Who
from ruang.kernel.errors import Refused
from ruang.referrals import commands
from ruang.referrals.models import Referral
from ruang.referrals.states import State, Step
from ruang.vault import release
from ruang.vault.keyring import readers
from tests import make
from tests.cases.test_case_steps import reporter_of
from tests.reading import parsed
from tests.referrals.scene import GIVEN, UNTIL, Scene, let_time_pass

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(make.AT, tick=False):
        yield


def withdraw(scene: Scene, consent: Consent | None = None) -> None:
    commands.withdraw_consent(
        actor=make.actor(scene.manager), at=make.AT,
        consent_id=consent.pk if consent else scene.referral.consent_id,
    )  # fmt: skip


def reads(case: Case, person: User) -> set[str]:
    return set(readers(case.pk, make.AT).get(person.pk, frozenset()))


def test_over_http_the_next_request_finds_nothing() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    partner, manager = make.signed_in(scene.taker), make.signed_in(scene.manager)
    mine = [
        reverse("cases:case", args=[scene.case.pk]),
        reverse("cases:part", args=[scene.case.pk, "cerita"]),
        reverse("consents:consents", args=[scene.case.pk]),
        reverse("referrals:referral", args=[scene.referral.pk]),
    ]
    assert [partner.get(url).status_code for url in mine] == [200] * 4
    url = reverse("consents:withdraw", args=[scene.case.pk, scene.referral.consent_id])
    soup = parsed(manager.get(url).content).find("main")
    assert scene.referral.number in soup.get_text()
    assert scene.taker.name in soup.get_text()
    answer = manager.post(url)
    assert "hasil=izin-tarik" in answer.headers["Location"]
    assert [partner.get(url).status_code for url in mine] == [404] * 4
    note = reverse("referrals:note", args=[scene.referral.pk])
    assert partner.post(note, {"text": "x", "part": "plan"}).status_code == 404
    shown = manager.get(answer.headers["Location"]).content.decode()
    assert "Ditarik" in shown
    assert manager.get(url).status_code == 404


def test_she_takes_it_back_under_her_words_and_the_next_request_finds_nothing() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    partner, consent = make.signed_in(scene.taker), scene.referral.consent
    mine = reverse("cases:case", args=[scene.case.pk])
    assert partner.get(mine).status_code == 200
    by = {"actor": reporter_of(scene.case), "consent_id": consent.pk, "at": make.AT}
    seen = agreed(actor=reporter_of(scene.case), at=make.AT)
    assert [(one.id, one.organisation) for one in seen] == [
        (consent.pk, scene.taker.organisation.name)
    ]

    commands.withdraw_own_consent(**by, text="Saya menarik izin saya.", form_tag=b"x" * 32)

    assert partner.get(mine).status_code == 404
    assert reads(scene.case, scene.taker) == set()
    scene.referral.refresh_from_db()
    scene.case.refresh_from_db()
    assert (scene.referral.state, scene.case.waiting) == (State.WITHDRAWN, True)
    assert scene.case.thread.count() == 1
    assert agreed(actor=reporter_of(scene.case), at=make.AT) == ()
    fact = Fact.objects.get(name="consents.consent_moved")
    assert (fact.role, fact.codes["step"]) == (Role.REPORTER, "withdraw")
    with pytest.raises(Refused, match="berakhir"):
        commands.withdraw_own_consent(**by, text="Lagi.", form_tag=b"y" * 32)
    assert scene.case.thread.count() == 1


@pytest.mark.parametrize(
    ("who", "basis", "whose"),
    [
        (Who.CHILD, Basis.CONSENT, "hers"), (Who.KNOWN, Basis.CONSENT, "hers"),
        (Who.SELF, Basis.LAW, "hers"), (Who.SELF, Basis.VITAL, "hers"),
        (Who.SELF, Basis.CONSENT, "another"),
    ],
)  # fmt: skip
def test_only_who_reported_herself_and_only_what_she_agreed_to(
    who: Who, basis: Basis, whose: str
) -> None:
    case, other = make.case(), make.case()
    Case.objects.filter(pk=case.pk).update(who=who)
    more = {} if basis is Basis.CONSENT else {"reason": "Nyawanya terancam."}
    row = make.consent(case, make.partner().organisation, basis=basis, **more)
    actor = reporter_of(case if whose == "hers" else other)
    assert agreed(actor=actor, at=make.AT) == ()
    with pytest.raises(NotInSight):
        commands.withdraw_own_consent(
            actor=actor, consent_id=row.pk, text="Saya.", form_tag=b"x" * 32, at=make.AT
        )
    row.refresh_from_db()
    assert row.state == ConsentState.GIVEN


def test_a_safe_house_is_not_named_on_her_page() -> None:
    case = make.case()
    place = make.partner(OrganisationKind.SHELTER, "Rumah Kenanga").organisation
    make.consent(case, place)
    assert [one.organisation for one in agreed(actor=reporter_of(case), at=make.AT)] == [""]


def test_keys_go_and_what_comes_has_a_new_one() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    assert scene.opens(scene.taker) == GIVEN
    withdraw(scene)
    later = scene.write()
    assert scene.opens(scene.taker) == set()
    assert not reads(scene.case, scene.taker)
    assert make.actor(scene.manager).keys is not None
    assert later.text
    assert Referral.objects.get().state == State.WITHDRAWN
    assert Consent.objects.get().state == ConsentState.WITHDRAWN


@pytest.mark.parametrize("steps", [(), (Step.TAKE,)])
def test_what_waits_for_an_answer_ends_too(steps: tuple[Step, ...]) -> None:
    scene = Scene()
    scene.go(*steps)
    withdraw(scene)
    assert Referral.objects.get().state == State.WITHDRAWN
    assert not release.offered(scene.referral.pk)
    assert scene.opens(scene.taker) == set()
    with pytest.raises(NotInSight):
        scene.go(Step.TAKE)


def test_only_what_rests_on_it_ends() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    other = make.partner()
    beside = make.referral(scene.case, other.organisation, Compartment.NARRATIVE)
    make.moved(beside, make.actor(other), Step.TAKE, Step.CONFIRM)
    more = make.consent(
        scene.case, scene.taker.organisation, Compartment.HEALTH, Compartment.NARRATIVE
    )
    commands.give_more(
        actor=make.actor(scene.manager), case_id=scene.case.pk, user_id=scene.taker.pk,
        compartments=[Compartment.HEALTH], consent_id=more.pk, at=make.AT,
    )  # fmt: skip
    assert reads(scene.case, scene.taker) == {"narrative", "legal", "health", "plan"}
    withdraw(scene, more)
    assert reads(scene.case, scene.taker) == {"narrative", "legal", "plan"}
    scene.referral.refresh_from_db()
    assert scene.referral.state == State.ACCEPTED
    withdraw(scene)
    assert not reads(scene.case, scene.taker)
    beside.refresh_from_db()
    assert beside.state == State.ACCEPTED
    assert reads(scene.case, other) == {"narrative", "plan"}


def test_two_consents_for_one_part_keep_it_open_until_both_end() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    first, second = (
        make.consent(scene.case, scene.taker.organisation, Compartment.HEALTH) for _ in range(2)
    )
    commands.give_more(
        actor=make.actor(scene.manager), case_id=scene.case.pk, user_id=scene.taker.pk,
        compartments=[Compartment.HEALTH], consent_id=first.pk, at=make.AT,
    )  # fmt: skip
    withdraw(scene, first)
    assert "health" in reads(scene.case, scene.taker)
    withdraw(scene, second)
    assert "health" not in reads(scene.case, scene.taker)


def test_its_last_day_ends_it_by_the_clock() -> None:
    scene = Scene()
    scene.go(Step.TAKE, Step.CONFIRM)
    short = make.consent(
        scene.case, scene.taker.organisation, Compartment.HEALTH,
        until=make.AT + timedelta(days=3),
    )  # fmt: skip
    commands.give_more(
        actor=make.actor(scene.manager), case_id=scene.case.pk, user_id=scene.taker.pk,
        compartments=[Compartment.HEALTH], consent_id=short.pk, at=make.AT,
    )  # fmt: skip
    let_time_pass(make.AT + timedelta(days=3))
    assert reads(scene.case, scene.taker) == {"narrative", "legal", "plan"}
    let_time_pass(UNTIL)
    scene.referral.refresh_from_db()
    assert scene.referral.state == State.LAPSED
    assert set(Consent.objects.values_list("state", flat=True)) == {ConsentState.ENDED}
    assert not readers(scene.case.pk, UNTIL).get(scene.taker.pk)


def ask_on(case: Case, consent: Consent, place: object, **changed: object) -> Referral:
    asked = make.ask(place, *changed.pop("shared", ()), **changed)  # type: ignore[arg-type]
    return commands.ask_partner(
        actor=make.actor(make.lead_of(case)), case_id=case.pk, at=make.AT,
        ask=replace(asked, consent=consent.pk),
    )  # fmt: skip


@pytest.mark.usefixtures("in_english")
def test_a_request_rests_on_a_consent_that_covers_it() -> None:
    case = make.case()
    place, other = make.partner().organisation, make.partner().organisation
    consent = make.consent(case, place, Compartment.HEALTH)
    made = ask_on(case, consent, place, shared=(Compartment.HEALTH,))
    assert made.consent_id == consent.pk
    assert (made.basis, made.consent_on) == (consent.basis, consent.given_on)
    assert Consent.objects.count() == 1
    with pytest.raises(Refused, match="another organisation"):
        ask_on(case, consent, other)
    with pytest.raises(Refused, match="does not cover"):
        ask_on(case, consent, place, shared=(Compartment.LEGAL,))
    with pytest.raises(Refused, match="ends before"):
        ask_on(case, consent, place, share_until=UNTIL + timedelta(days=1))
    elsewhere = make.consent(make.case(), place)
    with pytest.raises(NotInSight):
        ask_on(case, elsewhere, place)
    commands.withdraw_consent(
        actor=make.actor(make.lead_of(case)), consent_id=consent.pk, at=make.AT
    )
    with pytest.raises(Refused, match="is over"):
        ask_on(case, consent, place)


def test_a_request_without_one_writes_its_own_down() -> None:
    case = make.case()
    made = make.referral(case, None, Compartment.LEGAL)
    consent = Consent.objects.get()
    assert made.consent_id == consent.pk
    assert consent.organisation_id == made.receiver_id
    assert consent.purpose == made.need
    assert consent.compartments == made.compartments
    assert consent.until == made.share_until
