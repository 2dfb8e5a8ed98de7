"""Somebody in the hall is counted by code: one more in a cell, and nothing about who it was."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.access.sight import NotInSight
from ruang.kernel.errors import Refused
from ruang.prevention.arrivals import behind, is_open, most, pace
from ruang.prevention.models import Arrivals, Arrived, Session
from ruang.prevention.policy import may_arrive, sees_door
from ruang.register.states import Band, Sex

WORD = 8
"""Bytes of a form's word that are kept until the session is logged."""
FULL = _("As many came by this code as the hall holds. Let the facilitator count you.")
CROWD = _("Very many are coming in just now. Wait a minute, then press once more.")


@dataclass(frozen=True, slots=True)
class Arriver:
    """What somebody said who came in; without sex or age she is counted, and no more."""

    sex: Sex | None = None
    band: Band | None = None
    is_first: bool = False
    has_disability: bool = False


@transaction.atomic
def check_in(*, actor: Actor, code: str, arriver: Arriver, once: str, at: datetime) -> bool:
    """Count somebody who came by code; return False if this form was counted before.

    No fact is recorded: one a person, each with its time, would be a list of who came when.

    :param once: the word of the form; it can count one person
    :raises PermissionDenied: if the actor is somebody of ours, or a reporter in her thread
    :raises NotInSight: if no session is open behind the code
    :raises Refused: if the hall is full, or too many come at once
    """
    require(may_arrive, actor, None)
    session = _locked(actor, code, at)
    arrivals, _is_new = Arrivals.objects.get_or_create(session=session)
    words, word = _words(arrivals), _word(session, once)
    if word in words:
        return False
    if len(words) >= most(session):
        raise Refused(FULL)
    if not pace.admits(session.pk, at):
        raise Refused(CROWD)
    arrivals.forms = b"".join(sorted({*words, word}))
    if arriver.sex is None or arriver.band is None:
        arrivals.unsaid += 1
    else:
        _count(arrivals, arriver)
    arrivals.save(update_fields=["unsaid", "forms"])
    return True


def _locked(actor: Actor, code: str, at: datetime) -> Session:
    """Return the open session behind a code, locked: logging it waits, or this does."""
    session = behind(code, Session.objects.filter(sees_door(actor, at)))
    if session is not None:
        rows = Session.objects.filter(sees_door(actor, at)).select_for_update(of=("self",))
        session = rows.select_related("venue").filter(pk=session.pk).first()
    if session is None or not is_open(session, at):
        raise NotInSight("Session")
    return session


def _count(arrivals: Arrivals, arriver: Arriver) -> None:
    cell, _is_new = Arrived.objects.get_or_create(
        arrivals=arrivals, sex=arriver.sex, band=arriver.band
    )
    Arrived.objects.filter(pk=cell.pk).update(
        people=F("people") + 1,
        first_time=F("first_time") + int(arriver.is_first),
        with_disability=F("with_disability") + int(arriver.has_disability),
    )


def _words(arrivals: Arrivals) -> set[bytes]:
    whole = bytes(arrivals.forms)
    return {whole[at : at + WORD] for at in range(0, len(whole), WORD)}


def _word(session: Session, once: str) -> bytes:
    return sha256(f"arrival|{session.pk}|{once}".encode()).digest()[:WORD]
