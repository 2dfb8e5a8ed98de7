"""Any two of three officials recover a lost access; one does not; also with ROOT lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.actor import SYSTEM
from ruang.access.sight import NotInSight
from ruang.audit.models import Fact
from ruang.identity import commands, queries, sessions
from ruang.identity.models import User
from ruang.identity.states import State
from ruang.kernel.errors import Refused
from ruang.vault import pairs, quorum, root
from ruang.vault.keyring import CannotOpen, Keyring, give, new_keys, ring
from ruang.vault.ledger import Ledger
from ruang.vault.models import Kind, PrivateBlob, Wrap
from ruang.vault.root import Root
from tests import make
from tests.identity import house

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def recover(who: house.Person, *proofs: object) -> str:
    return commands.recover_access(actor=SYSTEM, user_id=who.id, proofs=proofs, at=make.AT)  # type: ignore[arg-type]


def by_code(official: house.Person) -> commands.ByCode:
    return commands.ByCode(official.id, official.code)


def in_with(who: house.Person, code: str) -> sessions.SignedIn:
    token = commands.begin_with_code(
        actor=SYSTEM, login=who.login, code=code, network="n", at=make.AT
    )
    opened = commands.finish_with_code(
        actor=SYSTEM, token=token, password=house.FRESH, device="", at=make.AT
    )
    found = sessions.signed_in(cookie=opened.cookie, at=make.AT, ledger=Ledger())
    assert found is not None
    return found


@contextmanager
def another_root() -> Iterator[None]:
    before = root._installed
    root.install(root.subkeys(Root({1: b"another root, as after a fire!!!"}), "cli"))
    try:
        yield
    finally:
        root.install(before)


@pytest.mark.parametrize("two", list(combinations(range(3), 2)))
@pytest.mark.parametrize("root_is_lost", [False, True])
def test_any_two_open(people: house.House, two: tuple[int, int], root_is_lost: bool) -> None:
    lost = people.officer
    desk = pairs.pair_in_force(people.office, Kind.DESK)
    officials = quorum.quorum_pair()
    assert desk is not None
    assert officials is not None
    whose = make.stranger()
    report = new_keys(
        whose=whose, names=["story"], holders=[desk, officials], given_by=whose, at=make.AT
    )["story"]
    case = new_keys(
        whose=make.stranger(),
        names=["plan"],
        holders=[lost.pair, officials],
        given_by=whose,
        at=make.AT,
    )["plan"]
    old = lost.pair
    chosen = [by_code(people.officials[n]) for n in two]

    def go() -> None:
        who = in_with(lost, recover(lost, *chosen))
        held = ring(who.actor.keys)
        assert held.material(report.key_id).secret == report.secret
        assert held.material(case.key_id).secret == case.secret

    if root_is_lost:
        with another_root():
            go()
    else:
        go()
    assert not Wrap.objects.filter(holder=old).exists()
    assert not PrivateBlob.objects.filter(pair=old).exists()
    fact = Fact.objects.get(name="identity.access_recovered")
    assert fact.about == lost.id
    assert fact.codes == {"restored": 2, "lost": 0}
    assert {fact.ids["first"], fact.ids["second"]} == {str(people.officials[n].id) for n in two}


def test_one_alone_opens_nothing(people: house.House) -> None:
    one, other, third = people.officials
    before = set(Wrap.objects.values_list("pk", flat=True))
    wrong = commands.ByCode(other.id, one.code)
    for proofs in (
        (by_code(one),),
        (by_code(one), by_code(one)),
        (by_code(one), wrong),
        (by_code(one), commands.ByCode(other.id, "")),
        (by_code(one), by_code(people.officer)),
        (by_code(one), commands.ByPassword(other.id, "a wrong password here")),
        (by_code(one), by_code(other), by_code(third)),
        (),
    ):
        with pytest.raises(Refused):
            recover(people.officer, *proofs)
    assert set(Wrap.objects.values_list("pk", flat=True)) == before
    assert not Fact.objects.filter(name="identity.access_recovered").exists()
    assert people.officer.private()


def test_an_official_may_prove_by_the_own_sign_in(people: house.House) -> None:
    one, other, _ = people.officials
    code = recover(people.officer, by_code(one), commands.ByPassword(other.id, house.PASSWORD))
    assert in_with(people.officer, code)


def test_a_new_printed_code_of_an_official_opens_her_half_and_the_old_one_no_more(
    people: house.House,
) -> None:
    one, other, _ = people.officials
    fresh = commands.print_code(actor=one.actor(), present=house.PASSWORD, at=make.AT)
    with pytest.raises(Refused):
        recover(people.officer, by_code(one), by_code(other))
    assert recover(people.officer, commands.ByCode(one.id, fresh), by_code(other))


def test_what_had_an_end_keeps_it_and_what_the_quorum_lacks_is_counted(
    people: house.House,
) -> None:
    from datetime import timedelta

    lost, until = people.officer, make.AT + timedelta(days=3)
    officials = quorum.quorum_pair()
    assert officials is not None
    whose = make.stranger()
    made = new_keys(
        whose=whose, names=["plan"], holders=[officials], given_by=whose, at=make.AT
    )
    give(made.values(), to=[lost.pair], given_by=whose, at=make.AT, until=until)
    new_keys(
        whose=make.stranger(),
        names=["private_note"],
        holders=[lost.pair],
        given_by=whose,
        at=make.AT,
    )
    recover(lost, *map(by_code, people.officials[:2]))
    fact = Fact.objects.get(name="identity.access_recovered")
    assert fact.codes == {"restored": 2, "lost": 1}
    wrap = Wrap.objects.get(key=made["plan"].key_id, holder=lost.pair)
    assert wrap.until == until


def test_the_lost_access_is_void_at_once(people: house.House) -> None:
    lost = people.officer
    old, private = lost.pair, lost.private()
    cookie, _ = sessions.start(
        user=lost.user, pair=old.pk, private=private, device="", at=make.AT
    )
    recover(lost, *map(by_code, people.officials[1:]))
    assert sessions.signed_in(cookie=cookie, at=make.AT) is None
    with pytest.raises(Refused):
        commands.begin_sign_in(
            actor=SYSTEM, login=lost.login, password=house.PASSWORD, network="n", at=make.AT
        )
    with pytest.raises(Refused):
        in_with(lost, lost.code)
    desk = pairs.pair_in_force(people.office, Kind.DESK)
    assert desk is not None
    with pytest.raises(CannotOpen):
        Keyring({old.pk: private}, at=make.AT).material(desk.pk)


def test_who_cannot_sign_in_is_not_recovered(people: house.House) -> None:
    proofs = tuple(map(by_code, people.officials[:2]))
    User.objects.filter(pk=people.second.id).update(state=State.SUSPENDED)
    with pytest.raises(Refused):
        recover(people.second, *proofs)
    with pytest.raises(NotInSight):
        commands.recover_access(
            actor=SYSTEM, user_id=make.stranger(), proofs=proofs, at=make.AT
        )


@pytest.mark.parametrize("who", ["admin", "head", "officer", "auditor"])
def test_nobody_recovers_from_a_session(people: house.House, who: str) -> None:
    actor = getattr(people, who).actor()
    with pytest.raises(PermissionDenied):
        commands.recover_access(
            actor=actor,
            user_id=people.officer.id,
            proofs=tuple(map(by_code, people.officials[:2])),
            at=make.AT,
        )
    with pytest.raises(PermissionDenied):
        queries.recovery(actor=actor, login="sari")


# --- forming the quorum -------------------------------------------------------------------


def test_a_second_quorum_is_refused(people: house.House) -> None:
    codes = {one.id: one.code for one in people.officials}
    with pytest.raises(Refused, match="already"):
        commands.form_quorum(actor=SYSTEM, codes=codes, at=make.AT)


def test_two_of_one_house_are_no_quorum_and_nothing_is_left_behind(db: None) -> None:
    one, other = house.place("A"), house.place("B")
    officials = [
        commands.Official(where, f"Pejabat {n}", f"pejabat{n}", house.PASSWORD)
        for n, where in enumerate((one, other, other))
    ]
    with pytest.raises(Refused, match="three"):
        commands.seat_officials(actor=SYSTEM, officials=officials, at=make.AT)
    assert not User.objects.exists()
    assert quorum.quorum_pair() is None


# --- readiness ----------------------------------------------------------------------------


def test_the_form_opens_only_when_somebody_can_read_what_comes_in(db: None) -> None:
    from ruang.access.roles import Role
    from ruang.territory import commands as city

    def open_form() -> None:
        queries.forget_readiness()
        commands.open_reporting(actor=SYSTEM, at=make.AT)

    city.set_up_city(actor=SYSTEM, code="36.73", unit_name="DP3AKB", at=make.AT)
    office, other = house.place("DP3AKB"), house.place("UPTD")
    with pytest.raises(Refused, match="officials"):
        open_form()
    house.seat()
    city.set_desks(actor=SYSTEM, intake_desk=office, alternate_desk=other, at=make.AT)
    officer = house.join(office, "sari", Role.INTAKE_OFFICER)
    newcomer = house.join(office, "rina", Role.INTAKE_OFFICER)
    with pytest.raises(Refused, match="two members"):
        open_form()
    assert not queries.readiness_now().is_ready
    house.confirm(newcomer, officer)
    open_form()
    found = queries.readiness_now()
    assert (found.is_ready, found.is_open, found.intake_members) == (True, True, 2)


def test_readiness_costs_no_query_within_five_seconds(
    people: house.House, django_assert_num_queries: object
) -> None:
    queries.forget_readiness()
    queries.readiness()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert queries.readiness().has_quorum
