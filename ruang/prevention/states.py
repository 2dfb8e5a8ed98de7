"""States of sessions and requests, and the closed lists of prevention."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What has become of a session."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Step(models.TextChoices):
    """What is done with a session."""

    MOVE = "move", _("Move")
    HOLD = "hold", _("Log as held")
    CORRECT = "correct", _("Correct the log")
    CANCEL = "cancel", _("Cancel the session")


MOVES: dict[Step, tuple[frozenset[State], State]] = {
    # step       from                            to
    Step.MOVE: (frozenset({State.PLANNED}), State.PLANNED),
    Step.HOLD: (frozenset({State.PLANNED}), State.HELD),
    Step.CORRECT: (frozenset({State.HELD}), State.HELD),
    Step.CANCEL: (frozenset({State.PLANNED}), State.CANCELLED),
}


class Show(models.TextChoices):
    """Which sessions a list shows; the codes stand in its address."""

    AHEAD = "mendatang", _("Ahead")
    PAST = "lalu", _("Past")
    UNLOGGED = "belum-dicatat", _("Not logged yet")


class RequestState(models.TextChoices):
    """What has become of a request for a session."""

    WAITING = "waiting", _("Waiting for an answer")
    SCHEDULED = "scheduled", _("Scheduled")
    DECLINED = "declined", _("Declined")


class RequestStep(models.TextChoices):
    """How a request is answered."""

    SCHEDULE = "schedule", _("Schedule")
    DECLINE = "decline", _("Say no")
    WAIT = "wait", _("Let it wait again")
    AGAIN = "again", _("Ask for it still")


REQUEST_MOVES: dict[RequestStep, tuple[frozenset[RequestState], RequestState]] = {
    # step                  from                                   to
    RequestStep.SCHEDULE: (frozenset({RequestState.WAITING}), RequestState.SCHEDULED),
    RequestStep.DECLINE: (frozenset({RequestState.WAITING}), RequestState.DECLINED),
    RequestStep.WAIT: (frozenset({RequestState.SCHEDULED}), RequestState.WAITING),
    # only what was refused together with a flood
    RequestStep.AGAIN: (frozenset({RequestState.DECLINED}), RequestState.WAITING),
}


class Unit(models.TextChoices):
    """What a programme goes to, and its frequency rule counts."""

    RW = "rw", _("RW")
    SCHOOL = "school", _("School")
    COMMUNITY = "community", _("Community")


class Audience(models.TextChoices):
    """For whom a session is."""

    CHILDREN = "children", _("Children")
    TEENS = "teens", _("Teenagers")
    PARENTS = "parents", _("Parents")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    TEACHERS = "teachers", _("Teachers")
    CADRES = "cadres", _("Cadres")
    EVERYBODY = "everybody", _("Everybody")


class Language(models.TextChoices):
    """Languages spoken at sessions in Banten."""

    INDONESIAN = "id", _("Indonesian")
    SUNDANESE = "su", _("Sundanese")
    JAVANESE = "jv", _("Javanese of Banten")
    SIGN = "bisindo", _("Indonesian sign language")


class Sex(models.TextChoices):
    """A facilitator's sex, where a session asks for it."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")


class Cancelled(models.TextChoices):
    """Why a session was not held."""

    NOBODY_CAME = "nobody_came", _("Nobody came")
    FACILITATOR = "facilitator", _("No facilitator could come")
    VENUE = "venue", _("The place was not available")
    WEATHER = "weather", _("Weather or flood")
    HOST = "host", _("The hosts asked for it")
    OTHER = "other", _("Another reason")


class Corrected(models.TextChoices):
    """Why what was logged is corrected: a closed list, for words would name people."""

    TYPED = "typed", _("It was mistyped")
    RECOUNTED = "recounted", _("The paper list was counted again")
    MIXED = "mixed", _("It was the list of another session")
    OTHER = "other", _("Another reason")


class Anyway(models.TextChoices):
    """Why a session is held at a time, or by people, that a person was warned of."""

    HOSTS = "hosts", _("The hosts want it so")
    AGREED = "agreed", _("Those concerned were asked, and it works")
    ONLY = "only", _("There is no other time, place or person")
    OTHER = "other", _("Another reason")


class Declined(models.TextChoices):
    """Why a request was declined, in words for whoever asked."""

    REACHED = "reached", _("We have been there recently")
    NO_FACILITATOR = "no_facilitator", _("No facilitator is free in that time")
    OUTSIDE = "outside", _("It is outside the city")
    NOT_OURS = "not_ours", _("Another office does this")
    TWICE = "twice", _("The same request came twice")
    FLOOD = "flood", _("Very many requests came at once, and yours was among them")


class Phase(models.TextChoices):
    """When a sheet of questions was filled in."""

    BEFORE = "before", _("Before the session")
    AFTER = "after", _("After the session")


class SentKind(models.TextChoices):
    """What a phone sent."""

    LOG = "log", _("Log")
    SHEET = "sheet", _("Sheets")
    PHOTO = "photo", _("Photos")


class SentState(models.TextChoices):
    """What became of what a phone sent."""

    DONE = "done", _("Taken over")
    WAITING = "waiting", _("Waits for a person")
    DROPPED = "dropped", _("Not used")


class Waits(models.TextChoices):
    """Why what a phone sent waits for a person."""

    CANCELLED = "cancelled", _("The session was cancelled meanwhile")
    LOGGED = "logged", _("Somebody had logged the session already")
    MOVED = "moved", _("The session was moved meanwhile")
    UNSURE = "unsure", _("By the clock of the phone it was written on another day")
    NOT_YOURS = "not_yours", _("Whoever wrote it does not hold the session any more")
    NOBODY = "nobody", _("No head is counted in it, and nobody came by QR code")
    MISFIT = "misfit", _("Something in it does not fit")


class PhotoState(models.TextChoices):
    """Whether a second person has looked at a photo."""

    WAITING = "waiting", _("Waits for a second person")
    SHOWN = "shown", _("Confirmed")


class FieldStep(models.TextChoices):
    """What is done with what a phone sent; a rejected photo is deleted."""

    TAKE = "take", _("Taken over at once")
    WAIT = "wait", _("Waits for a person")
    APPLY = "apply", _("Taken over by a person")
    DROP = "drop", _("Set aside by a person")
    NOTE = "note", _("A note was written")
    ADD = "add", _("Sent")
    CONFIRM = "confirm", _("Confirmed")
    REJECT = "reject", _("Rejected and deleted")
