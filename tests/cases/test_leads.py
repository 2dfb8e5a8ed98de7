"""Manager and deputy: always two, the new one first; and what follows when an account ends."""

import pytest
from django.core.exceptions import PermissionDenied

from ruang.access.roles import Role
from ruang.access.sight import NotInSight
from ruang.cases import commands, leaving
from ruang.cases.models import Case
from ruang.cases.states import LEADS, Compartment, Part
from ruang.identity.commands import remove_member, suspend_member
from ruang.identity.models import User
from ruang.identity.states import State as Account
from ruang.kernel.errors import Refused
from ruang.vault.keyring import (
    CannotOpen,
    Keyring,
    current_keys,
    new_keys,
    readers,
    ring,
    take_away,
)
from ruang.vault.ledger import Ledger
from ruang.vault.models import KeyPair, Kind, Wrap
from ruang.vault.texts import open_text
from tests import make
from tests.cases.team import (
    SHARED,
    UNTIL,
    check_rows_and_keys_agree,
    close,
    hand_keys,
    is_barred,
    partner_on,
    reads,
)
from tests.referrals.scene import let_time_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def hand_on(case: Case, part: Part, to: User, by: User | None = None) -> None:
    change = {Part.MANAGER: commands.change_manager, Part.DEPUTY: commands.change_deputy}[part]
    change(
        actor=make.actor(by or make.lead_of(case)), case_id=case.pk, user_id=to.pk, at=make.AT
    )


def colleague_of(case: Case, role: Role = Role.CASE_MANAGER, **more: Account) -> User:
    return make.user(make.lead_of(case).organisation, role, **more)


@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
@pytest.mark.parametrize("closed", [False, True])
def test_the_new_one_reads_everything_and_the_old_one_nothing_more(
    part: Part, closed: bool
) -> None:
    case = make.case()
    texts = [make.entry(case, code.value, code) for code in Compartment]
    partner = partner_on(case)
    old, new = make.lead_of(case, part), colleague_of(case)
    if closed:
        close(case)
    hand_on(case, part, new)
    assert make.lead_of(case, part) == new
    for text in texts:
        assert reads(new, text)
        assert not reads(old, text)
    later = make.entry(case, "sesudah")
    assert reads(new, later)
    assert reads(partner, later)
    assert not reads(old, later)
    assert not Case.objects.visible_to(make.actor(old)).exists()
    check_rows_and_keys_agree(case)


def test_the_reporter_still_holds_the_thread_after_a_change() -> None:
    case = make.case()
    hand_on(case, Part.MANAGER, colleague_of(case))
    reporter = KeyPair.objects.get(pk=case.reporter_pair)
    held = Keyring({reporter.pk: make.private_of(reporter)}, at=make.AT, ledger=Ledger())
    assert open_text(held, make.entry(case, "halo", Compartment.THREAD), "text") == "halo"
    with pytest.raises(CannotOpen):
        open_text(held, make.entry(case, "rencana"), "text")


def test_manager_and_deputy_change_places_without_a_new_key() -> None:
    case = make.case()
    manager, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    keys = current_keys(case.pk)
    hand_on(case, Part.MANAGER, deputy)
    assert (make.lead_of(case), make.lead_of(case, Part.DEPUTY)) == (deputy, manager)
    assert current_keys(case.pk) == keys
    check_rows_and_keys_agree(case)
    hand_on(case, Part.DEPUTY, deputy, by=manager)
    assert (make.lead_of(case), make.lead_of(case, Part.DEPUTY)) == (manager, deputy)


def test_who_cannot_manage_is_refused() -> None:
    case = make.case()
    barred = colleague_of(case)
    is_barred(case, barred)
    wrong = [
        make.lead_of(case),
        make.user(role=Role.CASE_MANAGER),
        colleague_of(case, Role.HEAD),
        colleague_of(case, state=Account.SUSPENDED),
        barred,
        partner_on(case),
    ]
    for person in wrong:
        with pytest.raises(Refused):
            hand_on(case, Part.MANAGER, person)
    check_rows_and_keys_agree(case)


def test_a_partner_of_the_own_desk_is_not_made_manager() -> None:
    case = make.case()
    person = colleague_of(case)
    hand_keys(case, person, *SHARED)
    commands.join_team(
        actor=make.actor(person), case_id=case.pk, compartments=SHARED, until=UNTIL, at=make.AT
    )
    with pytest.raises(Refused, match="as a partner"):
        hand_on(case, Part.DEPUTY, person)


def test_only_manager_and_deputy_hand_on_and_only_with_every_key() -> None:
    case = make.case()
    new, partner = colleague_of(case), partner_on(case)
    with pytest.raises(PermissionDenied):
        hand_on(case, Part.MANAGER, new, by=partner)
    with pytest.raises(NotInSight):
        hand_on(case, Part.MANAGER, new, by=new)
    deputy = make.lead_of(case, Part.DEPUTY)
    take_away(owner=deputy.pk, whose=case.pk, names=["health"])
    with pytest.raises(Refused, match="every key"):
        hand_on(case, Part.MANAGER, new, by=deputy)
    hand_on(case, Part.MANAGER, new)
    assert make.lead_of(case) == new


def test_records_that_go_along_with_the_case_are_handed_on_too() -> None:
    case = make.case()
    old, new = make.lead_of(case), colleague_of(case)
    pairs = KeyPair.objects.filter(
        owner__in=[old.pk, make.lead_of(case, Part.DEPUTY).pk], kind=Kind.USER
    )
    request = make.stranger()
    keys = new_keys(
        whose=request, names=["request", "names"], holders=pairs, given_by=old.pk, at=make.AT
    )
    commands.change_manager(
        actor=make.actor(old), case_id=case.pk, user_id=new.pk, at=make.AT, also=[request]
    )
    for key in keys.values():
        assert make.actor(new).keys.holds(key.key_id)
        assert not make.actor(old).keys.holds(key.key_id)
    assert set(readers(request, make.AT)) == {new.pk, make.lead_of(case, Part.DEPUTY).pk}
    assert not set(current_keys(request).values()) & {key.key_id for key in keys.values()}


# --- when an account ends -----------------------------------------------------------------


def account_ends(person: User, *, for_good: bool = False) -> None:
    head = make.actor(make.user(person.organisation, Role.HEAD))
    end = remove_member if for_good else suspend_member
    end(actor=head, user_id=person.pk, at=make.AT)


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("part", [Part.MANAGER, Part.DEPUTY])
def test_an_account_ends_at_once_and_what_comes_has_new_keys(
    part: Part, *, for_good: bool
) -> None:
    case = make.case()
    other = make.lead_of(case, Part.DEPUTY if part is Part.MANAGER else Part.MANAGER)
    leaver = make.lead_of(case, part)
    before = make.entry(case, "sebelum")
    stolen = list(Wrap.objects.filter(holder__owner=leaver.pk, key__whose=case.pk))
    keys = current_keys(case.pk)
    account_ends(leaver, for_good=for_good)
    assert not reads(leaver, before)
    let_time_pass(make.AT)
    assert not set(current_keys(case.pk).values()) & set(keys.values())
    text = ring(make.actor(other).keys).material(current_keys(case.pk)["plan"])
    assert text.epoch == 2
    Wrap.objects.bulk_create(stolen)
    assert not make.actor(leaver).keys.holds(text.key_id)
    assert make.actor(leaver).keys.holds(keys["plan"])


def test_who_came_back_is_given_the_keys_again_by_the_other() -> None:
    case = make.case()
    manager, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    entry = make.entry(case, "rencana")
    take_away(owner=manager.pk, whose=case.pk)
    assert not reads(manager, entry)
    hand_on(case, Part.MANAGER, manager, by=deputy)
    assert reads(manager, entry)
    assert make.lead_of(case) == manager
    check_rows_and_keys_agree(case)
    with pytest.raises(Refused, match="already"):
        hand_on(case, Part.MANAGER, manager, by=deputy)


def test_nobody_hands_on_to_an_account_that_ended() -> None:
    case = make.case()
    deputy = make.lead_of(case, Part.DEPUTY)
    account_ends(deputy)
    for part in LEADS:
        with pytest.raises(Refused, match="cannot manage"):
            hand_on(case, part, deputy)


def test_who_alone_opens_a_case_cannot_leave_before_another_is_named() -> None:
    case = make.case()
    manager, deputy = make.lead_of(case), make.lead_of(case, Part.DEPUTY)
    spare = colleague_of(case)
    assert leaving.objection(spare.pk) is None
    assert leaving.objection(manager.pk) is None
    account_ends(deputy)
    assert leaving.objection(manager.pk) is not None
    with pytest.raises(Refused, match="alone opens a case"):
        account_ends(manager)
    hand_on(case, Part.DEPUTY, spare)
    account_ends(manager)
    assert leaving.objection(spare.pk) is not None
