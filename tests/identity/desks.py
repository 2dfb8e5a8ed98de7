"""What tests of accounts ask of a desk and its keys."""

from collections.abc import Callable
from uuid import UUID

from ruang.audit.models import Fact
from ruang.identity import commands
from ruang.identity.states import Step
from ruang.vault import pairs, quorum
from ruang.vault.keyring import CannotOpen, Material, new_keys, ring
from ruang.vault.models import KeyPair, Kind
from tests import make
from tests.identity import house

WHO = ("officer", "second", "head", "admin", "auditor", "lawyer")


def desk_pair(desk: UUID) -> KeyPair:
    pair = pairs.pair_in_force(desk, Kind.DESK)
    assert pair is not None
    return pair


def report_at(desk: UUID) -> Material:
    """Something that came to the desk."""
    holders = [desk_pair(desk), quorum.quorum_pair()]
    whose = make.stranger()
    return new_keys(whose=whose, names=["story"], holders=holders, given_by=whose, at=make.AT)[
        "story"
    ]


def opens(who: house.Person, key: Material) -> bool:
    try:
        return ring(who.actor().keys).material(key.key_id).secret == key.secret
    except CannotOpen:
        return False


def facts() -> int:
    return Fact.objects.count()


COMMANDS: dict[Step, Callable[..., None]] = {
    Step.SUSPEND: commands.suspend_member,
    Step.REMOVE: commands.remove_member,
    Step.RETURN: commands.return_member,
}
