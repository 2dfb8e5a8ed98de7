"""What phones sent from sessions: logs, notes, photos. Sealed to the office's log key."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from ruang.access.actor import Actor
from ruang.kernel.classes import FieldClasses
from ruang.kernel.ids import uuid7
from ruang.prevention.models.sessions import Session
from ruang.prevention.policy import sees_photo, sees_sent
from ruang.prevention.states import PhotoState, SentKind, SentState, Waits


class SentQuerySet(models.QuerySet["Sent"]):
    """Logs from phones, by who is looking."""

    def visible_to(self, actor: Actor) -> "SentQuerySet":
        """Keep those this actor may know of."""
        return self.filter(sees_sent(actor))


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos, by who is looking."""

    def visible_to(self, actor: Actor) -> "PhotoQuerySet":
        """Keep those this actor may look at."""
        return self.filter(sees_photo(actor)).distinct()


class Sent(models.Model):
    """A log that a phone sent. Its id was made there, so that sending twice is once.

    While it waits for a person it stays as the phone sealed it; afterwards nothing of it does.
    A sheet or a photo stands here only while it waits, or once it was set aside: taken over it
    is a row of its own, and of a sheet no time is left.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sent")
    kind = models.CharField(max_length=5, choices=SentKind, default=SentKind.LOG)
    by = models.UUIDField()
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=SentState)
    waits = models.CharField(max_length=9, choices=Waits, blank=True)
    blob = models.BinaryField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    over_by = models.UUIDField(null=True, blank=True)

    objects = SentQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "session", "kind", "by", "at", "state", "waits", "over_at", "over_by"),
        sealed=("blob",),
        retention="the installation; what was in it until somebody decides",
    )

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="sent_order")]
        constraints = [
            models.CheckConstraint(
                name="sent_waits_with_reason",
                condition=Q(state=SentState.WAITING, blob__isnull=False, over_at=None)
                & ~Q(waits="")
                | ~Q(state=SentState.WAITING) & Q(blob=None, over_at__isnull=False),
            )
        ]


class Note(models.Model):
    """What whoever held a session wrote about it, for those who prepare the next one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    by = models.UUIDField()
    at = models.DateTimeField()
    root_version = models.PositiveSmallIntegerField()
    text = models.BinaryField()

    classes = FieldClasses(
        coded=("id", "session", "by", "at", "root_version"),
        sealed=("text",),
        retention="two years after the session",
    )


class Photo(models.Model):
    """A photo of a session, covered on the phone, made anew by us; the file lies sealed."""

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="photos")
    by = models.UUIDField()
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=PhotoState, default=PhotoState.WAITING)
    file = models.UUIDField(default=uuid4, unique=True)
    root_version = models.PositiveSmallIntegerField()
    card = models.BinaryField()
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True)

    objects = PhotoQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "session", "by", "at", "state", "file", "root_version", "checked_at",
               "checked_by"),
        sealed=("card",),
        retention="two years after the session",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["state", "at", "id"], name="photo_order")]
        constraints = [
            models.CheckConstraint(
                name="photo_is_checked_by_a_second_person",
                condition=Q(state=PhotoState.WAITING, checked_at=None, checked_by=None)
                | Q(state=PhotoState.SHOWN, checked_at__isnull=False, checked_by__isnull=False)
                & ~Q(checked_by=F("by")),
            )
        ]
