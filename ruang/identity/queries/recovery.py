"""Who can be recovered, and by whom: what the command line asks before it asks for codes."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.identity.models import User
from ruang.identity.states import SIGNS_IN
from ruang.kernel.errors import Refused
from ruang.vault import quorum


@dataclass(frozen=True, slots=True)
class Somebody:
    """An account as the command line names it."""

    id: UUID
    name: str
    login: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Who lost everything, and the officials any two of whom can help."""

    user: Somebody
    officials: tuple[Somebody, ...]


def recovery(*, actor: Actor, login: str) -> Recovery:
    """Return who is to be recovered.

    :raises PermissionDenied: unless the command line acts
    :raises Refused: if nobody of that name can sign in, or there is no quorum
    """
    require_permission(Permission.SYSTEM, actor)
    people = User.objects.visible_to(actor).select_related("organisation")
    user = people.filter(login__iexact=login.strip(), state__in=SIGNS_IN).first()
    if user is None:
        raise Refused(_("Nobody of this user name can sign in. Look at the spelling."))
    pair = quorum.quorum_pair()
    if pair is None:
        raise Refused(_("There is no quorum yet."))
    officials = people.filter(pk__in=quorum.seats(pair)).order_by("name", "pk")
    return Recovery(_somebody(user), tuple(_somebody(one) for one in officials))


def _somebody(user: User) -> Somebody:
    return Somebody(user.pk, user.name, user.login, user.organisation.name)
