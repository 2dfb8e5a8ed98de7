"""Reports as they came in: coded answers in the open, everything told sealed."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.intake.policy import sees_draft, sees_report
from ruang.intake.states import (
    MOVES,
    RANK,
    Age,
    Door,
    FileKind,
    HelperSex,
    MessageKind,
    Risk,
    Safety,
    Side,
    State,
    Step,
    Way,
    Who,
)
from ruang.kernel.classes import FieldClasses
from ruang.kernel.codes import NOT_ALONE, NOT_LOWER, Authority, CaseKind, lowers
from ruang.kernel.errors import Refused
from ruang.kernel.ids import uuid7
from ruang.vault.texts import SealedField


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by who is looking."""

    def visible_to(self, actor: Actor) -> "ReportQuerySet":
        """Keep the reports this actor may know of."""
        return self.filter(sees_report(actor))


class Report(models.Model):
    """One report. What is readable here is the list of vault.md §3, and nothing more.

    :ivar tpks_question: a danger sign says sexual violence, and nobody has said yet whether it
        is TPKS
    :ivar reopened_at: when it was opened again last after it had been decided
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=16, unique=True)
    received_at = models.DateTimeField()
    door = models.CharField(max_length=10, choices=Door)
    language = models.CharField(max_length=2, default="id")
    desk = models.UUIDField(_("desk"))
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    safety = models.CharField(max_length=8, choices=Safety)
    who = models.CharField(max_length=8, choices=Who)
    age = models.CharField(max_length=8, choices=Age, default=Age.UNKNOWN)
    helps = models.JSONField(default=list)
    way = models.CharField(max_length=8, choices=Way)
    safe_from = models.TimeField(null=True, blank=True)
    safe_until = models.TimeField(null=True, blank=True)
    district = models.CharField(max_length=8, blank=True)
    helper_sex = models.CharField(max_length=8, choices=HelperSex, default=HelperSex.EITHER)
    kind = models.CharField(max_length=12, choices=CaseKind, blank=True)
    authority = models.CharField(max_length=12, choices=Authority, blank=True)
    tpks = models.BooleanField(default=False)
    tpks_question = models.BooleanField(default=False)
    recorded_by = models.UUIDField(null=True, blank=True)
    risk = models.CharField(max_length=8, choices=Risk, default=Risk.UNRATED)
    rank = models.PositiveSmallIntegerField(default=RANK[Risk.UNRATED])
    due_at = models.DateTimeField()
    holder = models.UUIDField(null=True, blank=True)
    taken_from = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    waiting = models.BooleanField(default=False)
    file_count = models.PositiveSmallIntegerField(default=0)
    form_tag = models.BinaryField(max_length=32, unique=True)
    contact = SealedField("intake.report.contact")
    story = SealedField("intake.report.story")
    details = SealedField("intake.report.details")
    must_not_read = SealedField("intake.report.must_not_read")
    recorded = SealedField("intake.report.recorded")

    objects = ReportQuerySet.as_manager()

    classes = FieldClasses(
        coded=("id", "number", "received_at", "door", "language", "desk", "state", "safety",
               "who", "age", "helps", "way", "safe_from", "safe_until", "district",
               "helper_sex", "kind", "authority", "tpks", "tpks_question", "recorded_by",
               "risk", "rank", "due_at", "holder", "taken_from", "taken_at", "answered_at",
               "reopened_at", "waiting", "file_count", "form_tag"),
        sealed=("contact", "story", "details", "must_not_read", "recorded"),
        retention="the city's archive schedule (setting)",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(
                fields=["desk", "rank", "due_at", "id", "holder", "state"],
                condition=~Q(state=State.DECIDED),
                name="queue_order",
            ),
            models.Index(
                fields=["desk", "rank", "due_at", "id"],
                condition=Q(waiting=True),
                name="report_waiting",
            ),
            models.Index(fields=["desk", "state", "-received_at"], name="report_archive"),
            models.Index(
                fields=["desk", "-received_at", "-id"],
                condition=Q(state=State.DECIDED, rank=RANK[Risk.HIGH]),
                name="report_high_archive",
            ),
            models.Index(
                fields=["taken_from", "taken_at"],
                condition=Q(taken_from__isnull=False),
                name="report_taken_from",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="claimed_has_holder", condition=~Q(state=State.CLAIMED) | ~Q(holder=None)
            ),
            models.CheckConstraint(
                name="new_has_no_holder", condition=~Q(state=State.NEW) | Q(holder=None)
            ),
            models.CheckConstraint(
                name="taken_from_paired",
                condition=Q(taken_from=None, taken_at=None)
                | Q(taken_from__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="safe_hours_paired",
                condition=Q(safe_from=None, safe_until=None)
                | Q(safe_from__isnull=False, safe_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def take(self, step: Step) -> None:
        """Move along the table of states, or refuse."""
        sources, target = MOVES[step]
        if self.state not in sources:
            raise Refused(NOT_OPEN[State(self.state)])
        self.state = target or self.state

    def hold(self, user: uuid.UUID) -> None:
        """Give it into somebody's hands; what was taken from her before is hers again."""
        self.holder = user
        if self.taken_from == user:
            self.taken_from = self.taken_at = None

    def leave(self, *, to: uuid.UUID | None, at: datetime) -> uuid.UUID | None:
        """Take it out of its holder's hands; return who that was, if anybody."""
        former, self.holder = self.holder, to
        self.taken_from, self.taken_at = former, at if former else None
        return former

    def rate(self, risk: Risk) -> None:
        """Set the risk; the order of the queue follows it.

        Danger now is high whoever judges, and what was judged is not lowered by one person.
        """
        if self.safety == Safety.DANGER and risk is not Risk.HIGH:
            raise Refused(DANGER_IS_HIGH)
        if lowers(Risk(self.risk), risk):
            raise Refused(NOT_ALONE)
        self.risk, self.rank = risk, RANK[risk]

    def lower(self, risk: Risk) -> None:
        """Lower the risk, once a second person has approved."""
        if self.safety == Safety.DANGER:
            raise Refused(DANGER_IS_HIGH)
        if not lowers(Risk(self.risk), risk):
            raise Refused(NOT_LOWER)
        self.risk, self.rank = risk, RANK[risk]


NOT_OPEN = {
    State.NEW: _("Nobody has taken this report yet. Take it first."),
    State.CLAIMED: _("Somebody has taken this report already. Reload the page."),
    State.DECIDED: _("This report has been decided. Reload the page."),
}
"""Why a step is not open, by where the report stands."""
DANGER_IS_HIGH = _("She answered that there is danger now. So the risk is high.")


class Message(models.Model):
    """One message between the reporter and the desk, sealed under the report's story key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    side = models.CharField(max_length=8, choices=Side)
    kind = models.CharField(max_length=8, choices=MessageKind, default=MessageKind.TEXT)
    author = models.UUIDField(null=True, blank=True)
    form_tag = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    text = SealedField("intake.message.text")

    classes = FieldClasses(
        coded=("id", "report", "at", "side", "kind", "author", "form_tag"),
        sealed=("text",),
        retention="with the report",
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="staff_message_has_author",
                condition=Q(side=Side.STAFF, author__isnull=False)
                | Q(side=Side.REPORTER, author=None),
            )
        ]


class RiskCheck(models.Model):
    """One filling-in of the risk checklist; answers, red flags and wording are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="risk_checks")
    at = models.DateTimeField()
    by = models.UUIDField()
    suggested = models.CharField(max_length=8, choices=Risk)
    answers = SealedField("intake.risk_check.answers")

    classes = FieldClasses(
        coded=("id", "report", "at", "by", "suggested"),
        sealed=("answers",),
        retention="with the report",
    )


class Attachment(models.Model):
    """A file that came with a report or later; its key, name and true size are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=FileKind)
    bucket = models.PositiveIntegerField()
    meta = SealedField("intake.attachment.meta")

    classes = FieldClasses(
        coded=("id", "report", "message", "at", "kind", "bucket"),
        sealed=("meta",),
        retention="with the report",
    )


class ReceiptCopy(models.Model):
    """The receipt under the form's own secret: for who lost the answer, two hours at most."""

    form_tag = models.BinaryField(max_length=32, primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)
    blob = models.BinaryField()

    classes = FieldClasses(
        coded=("form_tag", "report", "until"), sealed=("blob",), retention="two hours"
    )


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, by who is looking."""

    def visible_to(self, actor: Actor) -> "DraftQuerySet":
        """Keep the drafts this actor may know of."""
        return self.filter(sees_draft(actor))


class Draft(models.Model):
    """A report that an officer is still writing down, saved as it is typed (ADR 0021).

    :ivar by: who writes; ``window`` is the page that saved last
    :ivar danger: there is danger now: the desk sees it before it is finished
    :ivar files: ids of sealed files that wait for the report, so that nobody sweeps them away
    """

    id = models.UUIDField(primary_key=True, editable=False)
    desk = models.UUIDField(db_index=True)
    by = models.UUIDField(db_index=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    window = models.UUIDField()
    danger = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    text = SealedField("intake.draft.text")

    objects = DraftQuerySet.as_manager()

    classes = FieldClasses(
        coded=(
            "id",
            "desk",
            "by",
            "started_at",
            "changed_at",
            "version",
            "window",
            "danger",
            "files",
        ),
        sealed=("text",),
        retention="until it is finished or discarded",
    )


class UsedNonce(models.Model):
    """An entry form that was used: reloading the page later opens nothing."""

    tag = models.BinaryField(max_length=32, primary_key=True)
    used_at = models.DateTimeField(db_index=True)

    classes = FieldClasses(coded=("tag", "used_at"), retention="one day")


class Series(models.Model):
    """The last number given in a series, such as reports of a year."""

    name = models.CharField(max_length=16, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    classes = FieldClasses(coded=("name", "last"), retention="the installation")
