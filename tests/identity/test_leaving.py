"""Leaving a desk, closing an organisation, and what stays locked."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import ASSIGNABLE, Role
from ruang.identity import commands, objections, sessions
from ruang.identity.models import Session, User
from ruang.identity.states import MOVES, SIGNS_IN, State, Step
from ruang.kernel.errors import Refused
from ruang.vault import pairs, quorum
from ruang.vault.keyring import CannotOpen, Keyring, new_keys, ring
from ruang.vault.ledger import Ledger
from ruang.vault.models import DataKey, Kind, Wrap
from tests import make
from tests.identity import house
from tests.identity.desks import COMMANDS, WHO, desk_pair, opens, report_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize("step", [Step.SUSPEND, Step.REMOVE])
def test_leaving_ends_sessions_and_wraps_and_begins_an_epoch(
    people: house.House, step: Step
) -> None:
    old_key = report_at(people.office)
    leaver, stays = people.second, people.officer
    held = leaver.private()
    _, session = sessions.start(
        user=leaver.user, pair=leaver.pair.pk, private=held, device="", at=make.AT
    )
    case = make.stranger()
    new_keys(
        whose=case, names=["plan"], holders=[leaver.pair, stays.pair], given_by=case, at=make.AT
    )
    epoch = desk_pair(people.office).epoch
    keys = Keyring({leaver.pair.pk: held}, at=make.AT, ledger=Ledger())

    COMMANDS[step](actor=people.head.actor(), user_id=leaver.id, at=make.AT)

    assert not Wrap.objects.filter(holder__owner=leaver.id).exists()
    session.refresh_from_db()
    assert session.ends_at == make.AT
    assert not session.private
    fresh = report_at(people.office)
    assert desk_pair(people.office).epoch == epoch + 1
    for key in (old_key, fresh):
        assert opens(stays, key)
        with pytest.raises(CannotOpen):
            ring(keys).material(key.key_id)
    officials = quorum.quorum_pair()
    assert officials is not None
    assert Wrap.objects.filter(key=desk_pair(people.office).pk, holder=officials).exists()
    assert Wrap.objects.filter(key__whose=case, holder=stays.pair).exists()


def test_a_desk_that_holds_something_keeps_its_last_member(people: house.House) -> None:
    commands.remove_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    report_at(people.office)
    for step in (Step.SUSPEND, Step.REMOVE):
        with pytest.raises(Refused, match="Nobody else"):
            COMMANDS[step](actor=people.head.actor(), user_id=people.officer.id, at=make.AT)
    assert people.officer.user.state == State.ACTIVE


def test_an_empty_desk_may_lose_its_last_member_and_is_founded_anew(
    people: house.House,
) -> None:
    first = desk_pair(people.partner)
    commands.remove_member(actor=people.admin.actor(), user_id=people.lawyer.id, at=make.AT)
    assert pairs.pair_in_force(people.partner, Kind.DESK) is None
    anew = house.join(people.partner, "wati", Role.PARTNER_DESK)
    assert anew.user.state == State.ACTIVE
    assert desk_pair(people.partner).epoch > first.epoch
    assert opens(anew, report_at(people.partner))


def test_somebody_returns_without_keys_and_is_confirmed_again(people: house.House) -> None:
    key = report_at(people.office)
    commands.suspend_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    commands.return_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    assert people.second.user.state == State.WAITING
    assert not opens(people.second, key)
    house.confirm(people.second, people.officer)
    assert opens(people.second, key)


def test_who_was_removed_never_comes_back(people: house.House) -> None:
    commands.remove_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    for step in (Step.RETURN, Step.SUSPEND, Step.REMOVE):
        with pytest.raises(Refused):
            COMMANDS[step](actor=people.head.actor(), user_id=people.second.id, at=make.AT)


def test_an_objection_keeps_somebody_until_it_is_met(
    people: house.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = {people.second.id}
    monkeypatch.setattr(objections, "_asked", [])
    objections.ask_before_leaving(
        lambda user: "Name another manager." if user in leads else None
    )
    with pytest.raises(Refused, match="another manager"):
        commands.suspend_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)
    assert Wrap.objects.filter(holder__owner=people.second.id).exists()
    leads.clear()
    commands.suspend_member(actor=people.head.actor(), user_id=people.second.id, at=make.AT)


def test_an_official_of_the_quorum_is_not_removed(people: house.House) -> None:
    with pytest.raises(Refused, match="recovery key"):
        commands.remove_member(
            actor=people.admin.actor(), user_id=people.officials[0].id, at=make.AT
        )


def test_every_state_and_role_is_walked(people: house.House) -> None:
    """The table of moves is the workflow: each step ends where it says, from there alone."""
    assert {state for sources, _ in MOVES.values() for state in sources} <= set(State)
    assert {State.WAITING, State.ACTIVE} == SIGNS_IN
    for role in ASSIGNABLE:
        user = User(login="x", role=role, state=State.REMOVED)
        for step in Step:
            with pytest.raises(Refused):
                user.take(step)


# --- organisations ------------------------------------------------------------------------


@pytest.mark.parametrize("who", WHO)
def test_who_may_found_and_close_an_organisation(people: house.House, who: str) -> None:
    actor = getattr(people, who).actor()

    def found() -> UUID:
        return commands.found_organisation(
            actor=actor, name="Rumah Baru", kind="shelter", at=make.AT
        )

    if who == "admin":
        made = found()
        commands.close_organisation(actor=actor, organisation_id=made, at=make.AT)
        commands.reopen_organisation(actor=actor, organisation_id=made, at=make.AT)
        for again in (found, found):
            with pytest.raises(Refused):
                again()
        with pytest.raises(Refused, match="own organisation"):
            commands.close_organisation(actor=actor, organisation_id=people.office, at=make.AT)
        return
    with pytest.raises(PermissionDenied):
        found()
    with pytest.raises(PermissionDenied):
        commands.close_organisation(actor=actor, organisation_id=people.partner, at=make.AT)


def test_closing_ends_every_session_there_and_returning_brings_the_keys_back(
    people: house.House,
) -> None:
    key = report_at(people.partner)
    lawyer = people.lawyer
    cookie, _ = sessions.start(
        user=lawyer.user, pair=lawyer.pair.pk, private=lawyer.private(), device="", at=make.AT
    )
    admin = people.admin.actor()
    commands.close_organisation(actor=admin, organisation_id=people.partner, at=make.AT)
    assert sessions.signed_in(cookie=cookie, at=make.AT) is None
    assert not Session.objects.filter(user=lawyer.id, ends_at__gt=make.AT).exists()
    commands.reopen_organisation(actor=admin, organisation_id=people.partner, at=make.AT)
    assert opens(lawyer, key)


def test_nobodys_private_key_lies_in_the_open(people: house.House) -> None:
    """Each private key is only under a password, a code, a session, or wrapped to somebody."""
    desk = DataKey.objects.get(pk=desk_pair(people.office).pk)
    holders = set(Wrap.objects.filter(key=desk).values_list("holder__owner", flat=True))
    assert holders == {people.officer.id, people.second.id, quorum.OWNER}
