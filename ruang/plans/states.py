"""The lives of goals, services, tasks and mediations, and the closed lists around them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Function(models.TextChoices):
    """The six services of the standard (Permen PPPA 2/2022; domain.md §1.1)."""

    COMPLAINT = "complaint", pgettext_lazy("standard", "Public complaints")
    OUTREACH = "outreach", pgettext_lazy("standard", "Reaching out to survivors")
    CASE_WORK = "case_work", pgettext_lazy("standard", "Case management")
    SHELTER = "shelter", pgettext_lazy("standard", "Temporary shelter")
    MEDIATION = "mediation", pgettext_lazy("standard", "Mediation")
    COMPANION = "companion", pgettext_lazy("standard", "Accompanying survivors")


class Kind(models.TextChoices):
    """The eight kinds of service of SIMFONI-PPA (domain.md §2.1)."""

    COMPLAINT = "complaint", pgettext_lazy("SIMFONI", "Complaint")
    HEALTH = "health", pgettext_lazy("SIMFONI", "Health")
    LEGAL_AID = "legal_aid", pgettext_lazy("SIMFONI", "Legal aid")
    LAW = "law", pgettext_lazy("SIMFONI", "Law enforcement")
    REHABILITATION = "rehabilitate", pgettext_lazy("SIMFONI", "Social rehabilitation")
    REINTEGRATION = "reintegrate", pgettext_lazy("SIMFONI", "Social reintegration")
    RETURN = "return", pgettext_lazy("SIMFONI", "Return home")
    RELIGIOUS = "religious", pgettext_lazy("SIMFONI", "Support by a religious leader")


class Detail(models.TextChoices):
    """What of health a service was, as SIMFONI-PPA asks (domain.md §2.2)."""

    VISUM = "visum", pgettext_lazy("SIMFONI", "Visum")
    MEDICAL = "medical", pgettext_lazy("SIMFONI", "Medical")
    PSYCHOLOGICAL = "psych", pgettext_lazy("SIMFONI", "Psychological")


class Payer(models.TextChoices):
    """Who pays. One of them never does, and is here so that it can be said why."""

    CITY = "city", _("Free for her: the city's budget (APBD)")
    LPSK = "lpsk", _("LPSK")
    FAMILY = "family", _("She or her family")
    BPJS = "bpjs", _("BPJS")
    OTHER = "other", _("Somebody else")


class ServiceState(models.TextChoices):
    """Where a service stands."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    ENDED = "ended", _("Ended")


class ServiceStep(models.TextChoices):
    """What can be done with a service."""

    BEGIN = "begin", _("It has begun")
    END = "end", _("End it with an outcome")


class Outcome(models.TextChoices):
    """How a service ended."""

    GIVEN = "given", _("Given")
    PARTLY = "partly", _("Given in part")
    NOT_WANTED = "not_wanted", _("She did not want it")
    NOT_TO_BE_HAD = "not_had", _("It could not be had")
    NOT_NEEDED = "not_needed", _("Not needed any more")


RECEIVED = (Outcome.GIVEN, Outcome.PARTLY)
SERVICE_MOVES: dict[ServiceStep, tuple[frozenset[ServiceState], ServiceState]] = {
    # step             from                                     to
    ServiceStep.BEGIN: (frozenset({ServiceState.PLANNED}), ServiceState.UNDER_WAY),
    ServiceStep.END: (
        frozenset({ServiceState.PLANNED, ServiceState.UNDER_WAY}),
        ServiceState.ENDED,
    ),
}


class Reached(models.TextChoices):
    """What became of a goal."""

    YES = "yes", _("Reached")
    PARTLY = "partly", _("Reached in part")
    NO = "no", _("Not reached")


class Agreed(models.TextChoices):
    """What she said to the plan."""

    YES = "yes", _("She agreed")
    PARTLY = "partly", _("She agreed in part")
    NO = "no", _("She did not agree")


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class TaskStep(models.TextChoices):
    """What can be done with a task."""

    FINISH = "finish", _("Done")
    CANCEL = "cancel", _("Cancel the task")


TASK_MOVES: dict[TaskStep, tuple[frozenset[TaskState], TaskState]] = {
    # step           from                        to
    TaskStep.FINISH: (frozenset({TaskState.OPEN}), TaskState.DONE),
    TaskStep.CANCEL: (frozenset({TaskState.OPEN}), TaskState.CANCELLED),
}


class Dropped(models.TextChoices):
    """Why a task was cancelled."""

    NOT_NEEDED = "not_needed", _("Not needed any more")
    HER_WISH = "her_wish", _("At her wish")
    ANOTHER_WAY = "another_way", _("Done another way, or by somebody else")
    MISTAKE = "mistake", _("Set by mistake")
    CLOSED = "closed", _("The case was closed")


class MediationState(models.TextChoices):
    """Where a mediation stands."""

    ASSESSED = "assessed", _("Being assessed")
    REQUESTED = "requested", _("Requested by her")
    MEETING = "meeting", _("Sessions are held")
    AGREED = "agreed", _("Agreement, being supervised")
    NOT_AGREED = "not_agreed", _("Ended without agreement")
    KEPT = "kept", _("Agreement kept")
    STOPPED = "stopped", _("Stopped")


class MediationStep(models.TextChoices):
    """What can be done with a mediation; each leaves a sealed record."""

    ASSESS = "assess", _("Record an assessment")
    REQUEST = "request", _("Record that she asks for mediation")
    MEET = "meet", _("Record a session (berita acara)")
    AGREE = "agree", _("Record the signed agreement")
    FAIL = "fail", _("End it without agreement")
    SUPERVISE = "supervise", _("Record how the agreement is kept")
    KEEP = "keep", _("End it: the agreement was kept")
    STOP = "stop", _("Stop the mediation")


_M = MediationState
RUNNING = frozenset({_M.ASSESSED, _M.REQUESTED, _M.MEETING, _M.AGREED})
HELD = frozenset({_M.MEETING, _M.AGREED, _M.NOT_AGREED, _M.KEPT})
"""There was a session: both assessments and her request came before it."""
MEDIATION_MOVES: dict[
    MediationStep, tuple[frozenset[MediationState], MediationState | None]
] = {
    # step                   from                                    to (None: stays)
    MediationStep.ASSESS: (frozenset({_M.ASSESSED}), None),
    MediationStep.REQUEST: (frozenset({_M.ASSESSED}), _M.REQUESTED),
    MediationStep.MEET: (frozenset({_M.REQUESTED, _M.MEETING}), _M.MEETING),
    MediationStep.AGREE: (frozenset({_M.MEETING}), _M.AGREED),
    MediationStep.FAIL: (frozenset({_M.MEETING}), _M.NOT_AGREED),
    MediationStep.SUPERVISE: (frozenset({_M.AGREED}), None),
    MediationStep.KEEP: (frozenset({_M.AGREED}), _M.KEPT),
    MediationStep.STOP: (RUNNING, _M.STOPPED),
}


class Assessor(models.TextChoices):
    """Whose word is needed before she asks for mediation (domain.md §1.2, mediation)."""

    PSYCHOLOGIST = "psychologist", _("Psychologist")
    COMPANION = "companion", _("Companion (pendamping)")


class Contacted(models.TextChoices):
    """How a follow-up was made."""

    VISIT = "visit", _("Visit")
    OFFICE = "office", _("She came to us")
    PHONE = "phone", _("Telephone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    PAGE = "page", _("Messages under her code")
    TRUSTED = "trusted", _("Through somebody she trusts")
    NOT_REACHED = "not_reached", _("Tried, not reached")


class Check(models.TextChoices):
    """What is settled, or explained, before a closing is asked for."""

    SAFETY = "safety", _("Her safety was assessed again")
    PARTNERS = "partners", _("What was asked of partners is finished or withdrawn")
    SIMFONI = "simfoni", _("The case is entered in SIMFONI-PPA")
    LEGAL = "legal", _("No hearing or other date of the legal track is still to come")
    TOLD = "told", _("She knows that the case is to be closed, and agrees")
    FEEDBACK = "feedback", _("She was asked how the help was")


BY_RECORD = frozenset({Check.PARTNERS, Check.SIMFONI, Check.LEGAL})
"""What the record alone answers: where it says no, a person explains and does not tick."""


class Blocker(models.TextChoices):
    """What the record itself says still stands in the way of closing."""

    GOALS = "goals", _("Goals are still open: say of each whether it was reached, or why not")
    SERVICES = "services", _("Services have not ended yet: end each with an outcome")
    MEDIATION = "mediation", _("A mediation is still running: end it first")
    CLOCKS = "clocks", _("Time limits still run: meet each, or end it with a reason")
