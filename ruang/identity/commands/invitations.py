"""Inviting somebody, and accepting the invitation."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ruang.access import sight
from ruang.access.actor import Actor, NoKeys
from ruang.access.require import require
from ruang.access.roles import Role
from ruang.audit.record import record
from ruang.identity import desks
from ruang.identity.credentials import new_access
from ruang.identity.events import MemberInvited, MemberJoined
from ruang.identity.models import Organisation, User
from ruang.identity.policy import RULES, holds_desk_key, may_give
from ruang.identity.states import State, Step
from ruang.kernel.errors import Refused
from ruang.kernel.text import tidy
from ruang.vault import carry, pairs
from ruang.vault.models import Kind

GOOD_FOR = timedelta(days=7)
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """An invitation. Its code is shown once and kept nowhere."""

    user_id: UUID
    code: str
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Joined:
    """Who accepted, and the printed code, which is shown once.

    :ivar waits: whether a colleague has to give the desk's keys first
    """

    user_id: UUID
    login: str
    code: str
    waits: bool

    @property
    def groups(self) -> list[str]:
        """Return the code in the groups it is shown in."""
        return self.code.split("-")


@transaction.atomic
def invite_member(
    *, actor: Actor, organisation_id: UUID, name: str, login: str, role: Role, at: datetime
) -> Invitation:
    """Invite somebody into an organisation, in one role.

    :raises NotInSight: if there is no such organisation
    :raises PermissionDenied: if the actor invites nobody there, or nobody into this role
    :raises Refused: if the user name is taken or cannot be one
    """
    place = sight.one(Organisation.objects.visible_to(actor), organisation_id)
    require(may_give, actor, (place, role))
    wanted = unicodedata.normalize("NFKC", login).strip().lower()
    if not LOGIN.fullmatch(wanted):
        raise Refused(_("A user name has 3 to 40 letters, digits, dots or hyphens."))
    if User.objects.filter(login__iexact=wanted).exists():
        raise Refused(_("This user name is taken. Choose another."))
    called = " ".join(tidy(name).split())[:120]
    if not called:
        raise Refused(_("Say the person's name."))
    user = User(
        login=wanted,
        name=called,
        organisation=place,
        role=role,
        created_at=at,
        invited_by=actor.user_id,
    )
    code = _put_invitation(user, at)
    user.save(force_insert=True)
    record(MemberInvited(user.pk, place.pk, role=role, again=False), actor=actor, at=at)
    return Invitation(user.pk, code, at + GOOD_FOR)


@transaction.atomic
def invite_again(*, actor: Actor, user_id: UUID, at: datetime) -> Invitation:
    """Give somebody who has not accepted yet a new invitation; the old one is void.

    :raises NotInSight: if for this actor there is no such person
    :raises PermissionDenied: if the actor may not
    :raises Refused: if it was accepted meanwhile
    """
    rows = User.objects.visible_to(actor).select_for_update(of=("self",))
    user = sight.one(rows.select_related("organisation"), user_id)
    require(may_give, actor, (user.organisation, Role(user.role)))
    if user.state != State.INVITED:
        raise Refused(_("This invitation has been accepted already."))
    code = _put_invitation(user, at)
    user.save(update_fields=["invitation_tag", "invitation_until"])
    event = MemberInvited(user.pk, user.organisation_id, role=user.role, again=True)
    record(event, actor=actor, at=at)
    return Invitation(user.pk, code, at + GOOD_FOR)


@transaction.atomic
def accept_invitation(*, actor: Actor, code: str, password: str, at: datetime) -> Joined:
    """Accept an invitation: an own password, an own key pair, a printed code.

    The first at a desk founds it; who comes later waits for a colleague to give its keys.

    :raises Refused: if the invitation is not good any more, or the password is weak
    """
    rows = User.objects.visible_to(actor).select_for_update(of=("self",))
    user = (
        rows.select_related("organisation")
        .filter(invitation_tag=_tag(code), invitation_until__gt=at, state=State.INVITED)
        .first()
    )
    if user is None:
        raise Refused(_("This invitation is not good any more. Ask for a new one."))
    require(RULES[Step.JOIN], actor, user)
    user.take(Step.JOIN)
    user.invitation_tag = user.invitation_until = None
    pair, private = pairs.create_pair(owner=user.pk, kind=Kind.USER, at=at)
    printed = new_access(user, pair, private, password, at)
    founds = holds_desk_key(user.role) and _lock_and_see_if_first(user.organisation_id)
    if founds or not holds_desk_key(user.role):
        user.take(Step.CONFIRM)
    user.save(update_fields=["state", "invitation_tag", "invitation_until"])
    if founds:
        desks.new_epoch(
            organisation=user.organisation_id, members=[user.pk], given_by=user.pk, at=at
        )
    person = Actor(user.pk, user.organisation_id, Role(user.role), NoKeys())
    event = MemberJoined(user.pk, user.organisation_id, state=user.state, founded_desk=founds)
    record(event, actor=person, at=at)
    return Joined(user.pk, user.login, printed, waits=user.state == State.WAITING)


def _lock_and_see_if_first(organisation: UUID) -> bool:
    Organisation.objects.select_for_update().get(pk=organisation)
    return desks.needs_founder(organisation)


def _put_invitation(user: User, at: datetime) -> str:
    code = pairs.new_code()
    user.invitation_tag, user.invitation_until = _tag(code), at + GOOD_FOR
    return code


def _tag(code: str) -> bytes:
    return carry.tag(pairs.code_key(code), "invitation")
