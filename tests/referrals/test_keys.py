"""What each person can really open while a request goes its way, with every key they have.

Not what pages show: what the keys in the database give to whoever tries everything.
"""

from datetime import timedelta

import pytest

from ruang.access.actor import SYSTEM, NoKeys
from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.cases.models import Case, Excluded
from ruang.cases.states import Compartment, EntryKind, Exclusion, Part
from ruang.identity.models import User
from ruang.kernel.errors import Refused
from ruang.referrals.commands import bar_person, hand_case_on, move_referral, remove_person
from ruang.referrals.models import Referral
from ruang.referrals.states import State, Step
from ruang.vault import quorum, release, root
from ruang.vault.keyring import CannotOpen, Keyring, all_keys, ring
from ruang.vault.ledger import Ledger
from ruang.vault.models import (
    DataKey,
    KeyPair,
    Kind,
    Package,
    PrivateBlob,
    Release,
    Share,
    Wrap,
)
from ruang.vault.suites import Tampered, unseal, unwrap
from ruang.vault.texts import open_text
from tests import make
from tests.referrals.scene import (
    ASK,
    EVERYTHING,
    GIVEN,
    NAMES,
    SHARED,
    UNTIL,
    Scene,
    opens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def scene() -> Scene:
    return Scene()


# --- step by step -------------------------------------------------------------------------


def test_before_anybody_takes_it_the_asked_desk_reads_what_is_asked_and_nothing_of_who(
    scene: Scene,
) -> None:
    assert scene.opens(scene.taker) == ASK
    assert scene.opens(scene.colleague) == ASK
    assert scene.opens(scene.manager) == EVERYTHING
    assert scene.opens(make.lead_of(scene.case, Part.DEPUTY)) == EVERYTHING
    assert scene.opens(make.partner()) == set()
    assert scene.opens(make.user(scene.manager.organisation)) == set()


def test_who_took_it_reads_the_names_and_nothing_more(scene: Scene) -> None:
    scene.go(Step.TAKE)
    assert scene.opens(scene.taker) == NAMES
    assert scene.opens(scene.colleague) == ASK


def test_who_confirmed_reads_exactly_what_was_chosen_and_nobody_else_does(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    assert scene.opens(scene.taker) == GIVEN
    assert scene.opens(scene.colleague) == set()
    assert scene.opens(scene.manager) == EVERYTHING
    member = scene.case.team.get(user=scene.taker)
    assert (member.compartments, member.until) == (["narrative", "legal", "plan"], UNTIL)
    assert not Package.objects.exists()
    assert not Release.objects.exists()


def declines(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.DECLINE)


def runs_out(scene: Scene) -> None:
    scene.go(Step.TAKE)
    make.moved(scene.referral, SYSTEM, Step.EXPIRE, at=make.AT + timedelta(hours=6))


def is_withdrawn_unanswered(scene: Scene) -> None:
    scene.go(Step.WITHDRAW, by=scene.manager)


def is_withdrawn_while_checking(scene: Scene) -> None:
    scene.go(Step.TAKE)
    scene.go(Step.WITHDRAW, by=scene.manager)


def is_withdrawn(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    scene.go(Step.WITHDRAW, by=make.lead_of(scene.case, Part.DEPUTY))


def lapses(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    make.moved(scene.referral, SYSTEM, Step.LAPSE, at=UNTIL)


def finishes(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM, Step.FINISH)


def is_taken_off(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    remove_person(
        actor=make.actor(scene.manager), case_id=scene.case.pk, user_id=scene.taker.pk,
        at=make.AT,
    )  # fmt: skip


def is_barred_later(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    bar(scene, scene.taker)


def bar(scene: Scene, person: User) -> None:
    bar_person(
        actor=make.actor(scene.manager), case_id=scene.case.pk, user_id=person.pk,
        why=Exclusion.MANAGER, at=make.AT,
    )  # fmt: skip


ENDS = [
    declines, runs_out, is_withdrawn_unanswered, is_withdrawn_while_checking, is_withdrawn,
    lapses, finishes, is_taken_off, is_barred_later,
]  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_after_every_end_the_asked_desk_opens_nothing(scene: Scene, end: object) -> None:
    end(scene)  # type: ignore[operator]
    for person in (scene.taker, scene.colleague):
        assert scene.opens(person) == set()
        assert not Case.objects.visible_to(make.actor(person)).exists()
        assert not opens(make.actor(person).keys, scene.write(), "text")
    assert scene.opens(scene.manager) >= EVERYTHING
    assert not Package.objects.exists()
    assert not Release.objects.exists()
    assert not scene.case.team.filter(user=scene.taker, ended_at=None).exists()


@pytest.mark.parametrize("end", [e for e in ENDS if e is not finishes])
def test_after_every_end_but_an_outcome_the_request_does_not_exist_for_the_asked_desk(
    scene: Scene, end: object
) -> None:
    end(scene)  # type: ignore[operator]
    for person in (scene.taker, scene.colleague):
        with pytest.raises(NotInSight):
            scene.go(Step.TAKE, by=person)


def test_a_wrap_ends_by_itself_even_when_no_clock_runs(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    assert scene.opens(scene.taker, at=UNTIL - timedelta(seconds=1)) == GIVEN
    assert scene.opens(scene.taker, at=UNTIL) == set()


# --- neither side alone -------------------------------------------------------------------


def test_neither_the_desk_nor_the_server_alone_opens_a_package(scene: Scene) -> None:
    manager = ring(make.actor(scene.manager).keys)
    secrets = {
        manager.material(key.pk).secret: key.name
        for key in DataKey.objects.filter(whose__in=[scene.case.pk, scene.referral.pk])
    }
    desk = KeyPair.objects.get(owner=scene.taker.organisation_id, kind=Kind.DESK)
    kept = Release.objects.get(request=scene.referral.pk)
    server = unseal(root.key("release", 1), bytes(kept.blob), f"release|{scene.referral.pk}")
    packages = list(Package.objects.select_related("key"))
    assert {p.key.name for p in packages} == {"names", "narrative", "legal", "plan"}
    for package in packages:
        bound = release._context(package)
        with pytest.raises(Tampered):  # the desk, with everything in the database but ROOT
            unwrap(make.private_of(desk), bytes(package.blob), bound)
        inner = unwrap(server, bytes(package.blob), bound)  # the server, with ROOT
        with pytest.raises(Tampered):
            unwrap(server, inner, bound)
        assert inner not in secrets
        both = unwrap(make.private_of(desk), inner, bound)
        assert secrets[both] == package.key.name
    readable = [
        bytes(blob)
        for model in (Wrap, Package, Release, PrivateBlob, Share)
        for blob in model.objects.values_list("blob", flat=True)
    ] + [bytes(kept.public), server]
    assert not [s for s in secrets for blob in readable if s in blob]


def test_the_server_cannot_accept_by_itself(scene: Scene) -> None:
    pair = KeyPair.objects.get(owner=scene.taker.pk, kind=Kind.USER)
    for keys in (NoKeys(), make.actor(make.partner()).keys):
        with pytest.raises(CannotOpen):
            release.take(
                keys=keys, request=scene.referral.pk, names=["names"], to=pair,
                given_by=scene.manager.pk, at=make.AT,
            )  # fmt: skip
    assert scene.opens(scene.taker) == ASK


def test_without_root_the_desk_cannot_accept(scene: Scene) -> None:
    before = root._installed
    try:
        root.install(None)
        with pytest.raises(root.NoRoot):
            scene.go(Step.TAKE)
    finally:
        root.install(before)
    assert scene.opens(scene.taker) == ASK


def test_the_quorum_opens_what_was_asked_and_the_names(scene: Scene) -> None:
    people = User.objects.filter(role=Role.QUORUM_OFFICIAL).order_by("login")[:2]
    pair = quorum.quorum_pair()
    assert pair is not None
    one, other = people
    halves = [
        quorum.half_by_code(pair, a.pk, b.pk, make.printed_codes[a.pk])
        for a, b in ((one, other), (other, one))
    ]
    private = quorum.join_halves(*halves)
    keys = Keyring({pair.pk: private}, at=make.AT, ledger=Ledger())
    assert open_text(keys, scene.referral, "names") == "Melati Kusuma\nBayu Kusuma"
    assert "advokat" in open_text(keys, scene.referral, "ask")


# --- handing back -------------------------------------------------------------------------


def test_who_knows_one_of_them_is_barred_for_ever_and_a_colleague_takes_it(
    scene: Scene,
) -> None:
    scene.go(Step.TAKE, Step.HAND_BACK)
    assert scene.referral.state == State.SENT
    assert scene.opens(scene.taker) == ASK  # the desk's own key; pages do not show it
    barred = Excluded.objects.get(case=scene.case)
    assert (barred.user_id, barred.why) == (scene.taker.pk, Exclusion.KNOWS)
    with pytest.raises(NotInSight):
        scene.go(Step.TAKE)
    scene.go(Step.TAKE, Step.CONFIRM, by=scene.colleague)
    assert scene.opens(scene.colleague) == GIVEN
    assert scene.opens(scene.taker) == set()
    again = make.referral(scene.case, scene.taker.organisation)
    with pytest.raises(NotInSight):
        move_referral(
            actor=make.actor(scene.taker), referral_id=again.pk, step=Step.TAKE, at=make.AT
        )


def test_who_finds_only_in_a_second_request_that_she_knows_somebody_loses_the_first_too(
    scene: Scene,
) -> None:
    second = make.referral(scene.case, scene.taker.organisation)
    scene.go(Step.TAKE)
    make.moved(second, make.actor(scene.taker), Step.TAKE)
    scene.go(Step.CONFIRM)
    assert scene.opens(scene.taker) == GIVEN
    make.moved(second, make.actor(scene.taker), Step.HAND_BACK)
    scene.referral.refresh_from_db()
    assert scene.referral.state == State.WITHDRAWN
    assert not scene.opens(scene.taker) & {code.value for code in Compartment}
    assert not scene.case.team.filter(user=scene.taker, ended_at=None).exists()


def test_put_back_bars_nobody(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.PUT_BACK)
    assert scene.opens(scene.taker) == ASK
    assert not Excluded.objects.exists()
    scene.go(Step.TAKE)
    assert scene.opens(scene.taker) == NAMES


def test_who_is_barred_while_checking_loses_the_names_and_a_colleague_may_take_it(
    scene: Scene,
) -> None:
    scene.go(Step.TAKE)
    bar(scene, scene.taker)
    assert scene.opens(scene.taker) == ASK
    with pytest.raises(NotInSight):
        scene.go(Step.CONFIRM)
    scene.go(Step.TAKE, Step.CONFIRM, by=scene.colleague)
    assert scene.opens(scene.colleague) == GIVEN


# --- epochs -------------------------------------------------------------------------------


def test_who_accepts_late_reads_what_was_written_after_somebody_else_left(
    scene: Scene,
) -> None:
    first = make.partner()
    earlier = make.referral(scene.case, first.organisation, *SHARED)
    make.moved(earlier, make.actor(first), Step.TAKE, Step.CONFIRM)
    make.moved(earlier, make.actor(scene.manager), Step.WITHDRAW)
    later = scene.write(Compartment.LEGAL)
    assert len(all_keys(scene.case.pk, ["legal"])) == 2
    scene.go(Step.TAKE, Step.CONFIRM)
    keys = make.actor(scene.taker).keys
    assert opens(keys, later, "text")
    assert scene.opens(scene.taker) == GIVEN
    assert not opens(make.actor(first).keys, later, "text")


def test_with_yesterdays_database_rows_what_is_written_afterwards_stays_closed(
    scene: Scene,
) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    stolen = list(Wrap.objects.filter(holder__owner=scene.taker.pk, key__whose=scene.case.pk))
    scene.go(Step.WITHDRAW, by=scene.manager)
    later = [scene.write(code) for code in (*SHARED, Compartment.PLAN)]
    Wrap.objects.bulk_create(stolen)
    assert scene.opens(scene.taker) == GIVEN - ASK
    assert not [row for row in later if opens(make.actor(scene.taker).keys, row, "text")]


# --- the managers -------------------------------------------------------------------------


def test_a_new_manager_reads_what_was_asked_and_the_old_one_no_more(scene: Scene) -> None:
    new = make.user(scene.manager.organisation, Role.CASE_MANAGER)
    hand_case_on(
        actor=make.actor(scene.manager), case_id=scene.case.pk, part=Part.MANAGER,
        user_id=new.pk, at=make.AT,
    )  # fmt: skip
    assert scene.opens(new) == EVERYTHING
    assert scene.opens(scene.manager) == set()
    assert scene.opens(scene.taker) == ASK
    move_referral(
        actor=make.actor(scene.taker), referral_id=scene.referral.pk, step=Step.DECLINE,
        at=make.AT, code="too_far", text="Terlalu jauh dari kantor kami.",
    )  # fmt: skip
    assert "decline_note" in scene.opens(new)
    assert scene.opens(scene.manager) == set()


def test_the_reason_for_declining_is_read_by_the_managers_alone(scene: Scene) -> None:
    move_referral(
        actor=make.actor(scene.taker), referral_id=scene.referral.pk, step=Step.DECLINE,
        at=make.AT, code="no_capacity", text="Dua advokat kami cuti.",
    )  # fmt: skip
    assert scene.opens(scene.manager) == EVERYTHING | {"decline_note"}
    assert scene.opens(scene.taker) == set()
    row = Referral.objects.get(pk=scene.referral.pk)
    assert open_text(make.actor(scene.manager).keys, row, "decline_note").startswith("Dua")


def test_the_outcome_stands_in_the_plan_for_the_team(scene: Scene) -> None:
    scene.go(Step.TAKE, Step.CONFIRM)
    move_referral(
        actor=make.actor(scene.taker), referral_id=scene.referral.pk, step=Step.FINISH,
        at=make.AT, code="given", text="Laporan polisi dibuat, pendampingan berjalan.",
    )  # fmt: skip
    row = scene.case.entries.get(kind=EntryKind.OUTCOME)
    assert (row.compartment, row.author) == (Compartment.PLAN, scene.taker.pk)
    assert open_text(make.actor(scene.manager).keys, row, "text").startswith("Laporan")
    with pytest.raises(CannotOpen):
        open_text(make.actor(scene.taker).keys, row, "text")


# --- accounts -----------------------------------------------------------------------------


def test_who_does_not_hold_the_desks_key_yet_cannot_take_it(scene: Scene) -> None:
    waiting = make.user(scene.taker.organisation, Role.PARTNER_DESK, state=make.State.WAITING)
    assert scene.opens(waiting) == set()
    with pytest.raises(Refused, match="confirm your account"):
        scene.go(Step.TAKE, by=waiting)
    with pytest.raises(Refused, match="confirm your account"):
        move_referral(
            actor=make.actor(waiting), referral_id=scene.referral.pk, step=Step.DECLINE,
            at=make.AT, code="other", text="Belum bisa membaca.",
        )  # fmt: skip
    assert Referral.objects.get(pk=scene.referral.pk).state == State.SENT
