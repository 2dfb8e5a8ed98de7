"""Cases: coded facts in the open, everything about people in sealed compartments."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.cases.policy import sees_case
from ruang.cases.states import (
    LEADS,
    MOVES,
    Closing,
    Compartment,
    EntryKind,
    Exclusion,
    Part,
    Reminder,
    State,
    Step,
)
from ruang.kernel.classes import FieldClasses
from ruang.kernel.codes import NOT_ALONE, NOT_LOWER, RANK, Authority, CaseKind, Risk, lowers
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault.texts import SealedField


class Dated(NamedTuple):
    """One day of which somebody is reminded."""

    what: Reminder
    on: date


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by who is looking."""

    def visible_to(self, actor: Actor) -> "CaseQuerySet":
        """Keep the cases this actor may know of."""
        return self.filter(sees_case(actor))


class Case(models.Model):
    """One case. Always at least two holders: manager and deputy, when closed too.

    :ivar reported_at: when it was first told to us; the law counts from then
    :ivar tpks_question: something says sexual violence, and nobody has said yet whether it is
        TPKS
    :ivar told_again_at: since when another report of the same waits to be read here
    :ivar next_on: when somebody asks again how she is
    :ivar legal_on: the nearest date of the legal track that nothing done covers yet
    :ivar safety_on: when the safety plan is looked at again
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=16, unique=True)
    desk = models.UUIDField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    risk = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    age = models.CharField(max_length=8)
    who = models.CharField(max_length=8)
    helps = models.JSONField(default=list)
    district = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=12, choices=CaseKind, blank=True)
    authority = models.CharField(max_length=12, choices=Authority, blank=True)
    tpks = models.BooleanField(default=False)
    tpks_question = models.BooleanField(default=False)
    sexual_by_record = models.BooleanField(default=False)
    next_on = models.DateField(null=True, blank=True)
    legal_on = models.DateField(null=True, blank=True)
    safety_on = models.DateField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, default="id")
    reporter_pair = models.UUIDField(null=True, blank=True)
    waiting = models.BooleanField(default=False)
    told_again_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=12, choices=Closing, blank=True)

    objects = CaseQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "number", "desk", "state", "opened_at", "reported_at", "risk", "rank",
               "age", "who", "helps", "district", "kind", "authority", "tpks",
               "tpks_question", "told_again_at", "sexual_by_record", "next_on", "legal_on",
               "safety_on", "reopened", "language", "reporter_pair", "waiting", "changed_at",
               "closed_at", "closing"),
        retention="the city's archive schedule (setting)",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["desk", "state", "rank", "-changed_at"], name="case_order")
        ]
        constraints = [
            models.CheckConstraint(
                name="closed_with_closing",
                condition=Q(state=State.OPEN, closed_at=None, closing="")
                | Q(state=State.CLOSED, closed_at__isnull=False) & ~Q(closing=""),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            if self.state == State.OPEN:
                raise Refused(_("This case is open already."))
            raise Refused(_("This case is closed. Nothing more is written in it."))
        self.state = target or self.state

    def rate(self, risk: Risk) -> None:
        """Set the risk; the order in lists follows it.

        What was judged is not lowered by one person alone (product.md B2).
        """
        if lowers(self.level, risk):
            raise Refused(NOT_ALONE)
        self.risk, self.rank = risk, RANK[risk]

    @property
    def level(self) -> Risk:
        """Return the level that counts: what came in as a danger now is high, rated or not."""
        return Risk.HIGH if self.rank == RANK[Risk.HIGH] else Risk(self.risk)

    def mark_sexual(self) -> None:
        """Make it a case of sexual violence, by what an incident says."""
        self.tpks = self.sexual_by_record = True
        self.tpks_question = False

    def bar_settling(self) -> None:
        """Let nothing be settled: a record says something sexual, nobody has judged it yet."""
        self.tpks_question |= not (self.tpks or self.sexual_by_record)
        self.sexual_by_record = True

    def lift_bar(self, *, denied: bool) -> None:
        """Let a matter that bears no TPKS be settled again, if no record bars it any more.

        :param denied: no record says it any more, and the danger signs say no
        """
        self.sexual_by_record = self.sexual_by_record and not denied

    def must_be_denied(self, *, denied: bool) -> None:
        """Refuse to have TPKS taken off while a record says sexual violence (ADR 0032).

        :param denied: no record says it any more, and the danger signs say no
        """
        if self.sexual_by_record and not denied:
            raise Refused(
                _(
                    "A record of this case says sexual violence: TPKS stays, and nothing is "
                    "settled (UU 12/2022 ps 23). If it turned out not to be so, correct or set "
                    "aside the record, and ask for the danger signs again."
                )
            )

    def unmark_sexual(self) -> None:
        """Take TPKS off, once a second person has approved (ADR 0048)."""
        self.tpks = self.sexual_by_record = False

    @property
    def dates(self) -> tuple["Dated", ...]:
        """Return of what somebody is reminded and when, the nearest first; past ones too."""
        found = (
            (Reminder.FOLLOW_UP, self.next_on), (Reminder.LEGAL, self.legal_on),
            (Reminder.SAFETY, self.safety_on),
        )  # fmt: skip
        listed = [Dated(what, on) for what, on in found if on is not None]
        return tuple(sorted(listed, key=lambda one: one.on))

    def lower(self, risk: Risk) -> None:
        """Lower the risk, once a second person has approved."""
        if not lowers(self.level, risk):
            raise Refused(NOT_LOWER)
        self.risk, self.rank = risk, RANK[risk]


class Member(models.Model):
    """Somebody on the team of a case. What each can read is in the vault's wraps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)
    compartments = models.JSONField(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    classes = FieldClasses(
        coded=("id", "case", "user", "part", "compartments", "since", "until", "ended_at"),
        retention="with the case",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at=None), name="member_once"
            ),
            models.UniqueConstraint(
                fields=["case", "part"],
                condition=Q(ended_at=None, part__in=LEADS),
                name="one_manager_one_deputy",
            ),
        ]


class Excluded(models.Model):
    """Somebody who may never see a case, whoever asks them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="excluded")
    user = models.ForeignKey("identity.User", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Exclusion)
    by = models.UUIDField()
    at = models.DateTimeField()

    classes = FieldClasses(
        coded=("id", "case", "user", "why", "by", "at"), retention="with the case"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="excluded_once")]


class Entry(models.Model):
    """A sealed text in one compartment: what was told, a note, an outcome."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    compartment = models.CharField(max_length=10, choices=Compartment)
    kind = models.CharField(max_length=14, choices=EntryKind)
    at = models.DateTimeField()
    author = models.UUIDField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("cases.entry.text")

    classes = FieldClasses(
        coded=("id", "case", "compartment", "kind", "at", "author", "form_tag"),
        sealed=("text",),
        retention="with the case",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="entry_order")]


class ThreadMessage(models.Model):
    """One message between the reporter and the case's manager or deputy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="thread")
    at = models.DateTimeField()
    side = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    author = models.UUIDField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("cases.thread_message.text")

    classes = FieldClasses(
        coded=("id", "case", "at", "side", "kind", "author", "form_tag"),
        sealed=("text",),
        retention="with the case",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="thread_order")]


class CaseFile(models.Model):
    """A file of the case; the sealed file keeps the id it had when it came in."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    compartment = models.CharField(max_length=10, choices=Compartment)
    message = models.ForeignKey(
        ThreadMessage, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    bucket = models.PositiveIntegerField()
    meta = SealedField("cases.file.meta")

    classes = FieldClasses(
        coded=("id", "case", "compartment", "message", "at", "kind", "bucket"),
        sealed=("meta",),
        retention="with the case",
    )
