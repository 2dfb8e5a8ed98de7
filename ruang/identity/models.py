"""Organisations, the people in them, and their sessions."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.roles import Role
from ruang.identity.policy import sees_member, sees_organisation, sees_session
from ruang.identity.states import MOVES, OrganisationKind, State, Step
from ruang.kernel.classes import FieldClasses
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, by who is looking."""

    def visible_to(self, actor: Actor) -> "OrganisationQuerySet":
        """Keep the organisations this actor may know of."""
        return self.filter(sees_organisation(actor))


class UserQuerySet(models.QuerySet["User"]):
    """Members, by who is looking."""

    def visible_to(self, actor: Actor) -> "UserQuerySet":
        """Keep the members this actor may know of."""
        return self.filter(sees_member(actor))


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, by who is looking."""

    def visible_to(self, actor: Actor) -> "SessionQuerySet":
        """Keep the actor's own sessions."""
        return self.filter(sees_session(actor))


class Organisation(models.Model):
    """An organisation, and with it a desk: its id is the desk's id in the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    classes = FieldClasses(
        public=("id", "name", "kind", "phone", "is_active"),
        coded=("created_at",),
        retention="the installation",
    )

    def __str__(self) -> str:
        return self.name


class User(models.Model):
    """A person at one organisation, in one role. Nobody holds a copy of the person's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(_("user name"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="members"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    language = models.CharField(max_length=2, default="id")
    invited_by = models.UUIDField(null=True, blank=True)
    invitation_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    invitation_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField(null=True, blank=True)

    objects = UserQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "organisation", "role", "state", "language", "invited_by",
               "invitation_tag", "invitation_until", "created_at", "signed_in_at"),
        personal=("login", "name"),
        retention="one year after removal; the trail keeps the id",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("login"), name="login_once"),
            models.CheckConstraint(
                name="invitation_paired",
                condition=Q(invitation_tag=None, invitation_until=None)
                | Q(invitation_tag__isnull=False, invitation_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(_("This account has changed meanwhile. Look at the list again."))
        self.state = target


class Session(models.Model):
    """One sign-in on one device. The row alone opens nothing: the key is in the cookie."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    tag = models.BinaryField(max_length=32, unique=True)
    pair = models.UUIDField()
    private = models.BinaryField()
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    objects = SessionQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "user", "tag", "pair", "started_at", "seen_at", "ends_at"),
        personal=("device",),
        sealed=("private",),
        retention="eight hours",
    )


class Throttle(models.Model):
    """Failed sign-ins of one login from one place; neither can be read from the row."""

    tag = models.BinaryField(max_length=32, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(db_index=True)

    classes = FieldClasses(
        coded=("tag", "failures", "wait_until", "changed_at"), retention="one day"
    )
