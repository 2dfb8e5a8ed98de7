"""What the tests of teams do again and again: partners, and comparing rows with keys."""

from datetime import timedelta

from ruang.access.roles import Role
from ruang.cases import commands
from ruang.cases.models import Case, Entry
from ruang.cases.states import Closing, Compartment, Exclusion, Part, State
from ruang.identity.models import User
from ruang.vault import quorum
from ruang.vault.keyring import CannotOpen, all_keys, give, readers, ring
from ruang.vault.models import KeyPair, Kind
from ruang.vault.texts import open_text
from tests import make
from tests.replay import replayed

UNTIL = make.AT + timedelta(days=90)
SHARED = (Compartment.PLAN, Compartment.NARRATIVE)


def hand_keys(case: Case, person: User, *names: Compartment) -> None:
    """What a request does before somebody joins: the keys, until a day."""
    manager = make.actor(make.lead_of(case))
    keys = [ring(manager.keys).material(key) for key in all_keys(case.pk, names)]
    pair = KeyPair.objects.get(owner=person.pk, kind=Kind.USER, retired_at=None)
    give(keys, to=[pair], given_by=manager.user_id, at=make.AT, until=UNTIL)


@replayed
def partner_on(case: Case, *names: Compartment) -> User:
    person = make.user(role=Role.PARTNER_DESK)
    chosen = names or SHARED
    hand_keys(case, person, *chosen)
    commands.join_team(
        actor=make.actor(person), case_id=case.pk, compartments=chosen, until=UNTIL, at=make.AT
    )
    return person


def reads(person: User, entry: Entry) -> bool:
    try:
        return bool(open_text(make.actor(person).keys, entry, "text"))
    except CannotOpen:
        return False


def check_rows_and_keys_agree(case: Case) -> None:
    """Exactly the members, the quorum and, for the thread, the reporter hold what rows say."""
    expected = {
        member.user_id: frozenset(member.compartments)
        for member in case.team.filter(ended_at=None)
    }
    held = readers(case.pk, make.AT)
    assert {who: held[who] for who in expected} == expected
    others = {who: names for who, names in held.items() if who not in expected}
    reporter = KeyPair.objects.get(pk=case.reporter_pair).owner
    assert others == {
        quorum.OWNER: frozenset(code.value for code in Compartment),
        reporter: frozenset({"thread"}),
    }


def close(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(
        state=State.CLOSED, closed_at=make.AT, closing=Closing.HELPED
    )


def is_barred(case: Case, person: User) -> None:
    commands.exclude_user(
        actor=make.actor(make.lead_of(case, Part.DEPUTY)), case_id=case.pk, user_id=person.pk,
        why=Exclusion.MANAGER, at=make.AT,
    )  # fmt: skip
