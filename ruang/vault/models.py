"""Rows of the vault. Holders and owners are UUIDs: it knows no person, desk or case."""

import uuid

from django.db import models
from django.db.models import Q

from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7


class Kind(models.TextChoices):
    """Whose key pair it is."""

    USER = "user"
    DESK = "desk"
    REPORTER = "reporter"
    QUORUM = "quorum"


class Way(models.TextChoices):
    """What opens a private key that is kept as a blob."""

    PASSWORD = "password"  # noqa: S105 - a code
    RECOVERY = "recovery"
    SESSION = "session"
    RECEIPT = "receipt"


class Cost(models.TextChoices):
    """How dear a password guess is made."""

    FULL = "full"
    DEMO = "demo"


class Vault(models.Model):
    """The one row that says whether this is a demo vault. It cannot change once keys exist."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    cost = models.CharField(max_length=4, choices=Cost, default=Cost.FULL)

    classes = FieldClasses(coded=("id", "cost"), retention="the installation")

    class Meta:
        constraints = [models.CheckConstraint(name="vault_is_one", condition=Q(id=1))]


class KeyPair(models.Model):
    """A public key, and whose it is. The private part is in blobs, wraps or shares."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    epoch = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "owner", "kind", "epoch", "public", "created_at", "retired_at"),
        retention="as long as anything is wrapped to it",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "epoch"], name="pair_once_an_epoch"
            ),
            models.UniqueConstraint(
                fields=["owner", "kind"],
                condition=Q(retired_at=None) & ~Q(kind=Kind.REPORTER),
                name="pair_one_in_force",
            ),
        ]


class PrivateBlob(models.Model):
    """A private key under something that its owner has or knows; any one opens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="blobs")
    way = models.CharField(max_length=8, choices=Way)
    lookup = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    root_version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "pair", "way", "lookup", "root_version", "created_at"),
        sealed=("blob",),
        retention="until the way is withdrawn",
    )


class DataKey(models.Model):
    """A secret that seals things: a compartment of somebody's record in one epoch.

    The private part of a desk's or the quorum's pair is one too, with the pair's own id.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    whose = models.UUIDField()
    name = models.CharField(max_length=16)
    epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    classes = FieldClasses(
        coded=("id", "whose", "name", "epoch", "created_at"), retention="with what it seals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["whose", "name", "epoch"], name="key_once_an_epoch")
        ]


class Wrap(models.Model):
    """One key, sealed to one holder's public key. No wrap, no opening."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(DataKey, on_delete=models.CASCADE, related_name="wraps")
    holder = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="wraps")
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, db_index=True)
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "key", "holder", "given_by", "given_at", "until"),
        sealed=("blob",),
        retention="until taken away",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "holder"], name="wrap_once_a_holder")
        ]


class Release(models.Model):
    """The pair of an open request: its private part under ROOT, until it is taken or ends."""

    request = models.UUIDField(primary_key=True)
    root_version = models.PositiveSmallIntegerField()
    public = models.BinaryField()
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("request", "root_version", "public"),
        sealed=("blob",),
        retention="while the request is open",
    )


class Package(models.Model):
    """A key offered with a request: to the asked desk, and under the release key as well."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="packages")
    key = models.ForeignKey(DataKey, on_delete=models.CASCADE, related_name="+")
    holder = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "release", "key", "holder", "until"),
        sealed=("blob",),
        retention="while the request is open",
    )


class Share(models.Model):
    """One official's half of the quorum's private key, for one of the three pairs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="shares")
    official = models.UUIDField()
    partner = models.UUIDField()
    way = models.CharField(max_length=8, choices=Way)
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "pair", "official", "partner", "way"),
        sealed=("blob",),
        retention="the quorum's epoch",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "official", "partner", "way"], name="share_once_a_way"
            )
        ]
