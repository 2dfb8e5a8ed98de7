"""Sending what waits to be sent, and forgetting what was.

No transaction is open while the mail server is spoken to: on SQLite nobody could report
meanwhile. A worker killed between sending and noting it sends once more; that is all.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from ruang.access.actor import Actor
from ruang.access.require import require
from ruang.identity import directory
from ruang.notify import sending
from ruang.notify.models import Notice, Reach
from ruang.notify.policy import may_deliver

BATCH = 20
"""Mails a turn: the worker has other things to do."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
TRIED_FOR = timedelta(days=1)
KEPT = timedelta(days=30)

log = logging.getLogger("ruang.notify")


def deliver_notices(*, actor: Actor, at: datetime) -> int:
    """Send what is due; return how many went out. What fails is tried again, ever later.

    :raises PermissionDenied: for everybody but the system
    """
    require(may_deliver, actor, None)
    due = Notice.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    waiting = list(due[:BATCH])
    if not waiting:
        return 0
    users = [notice.user for notice in waiting]
    addresses = dict(Reach.objects.filter(user__in=users).values_list("user", "email"))
    languages = directory.languages(users)
    sent = 0
    try:
        with sending.line() as line:
            while waiting:
                notice = waiting[0]
                address = addresses.get(notice.user, "")
                sent += _send(line, notice, address, languages.get(notice.user, "id"), at)
                waiting.pop(0)
    except (OSError, SMTPException) as trouble:
        log.warning("the mail server did not take it: %s", type(trouble).__name__)
        for notice in waiting:
            _later(notice, at)
    return sent


def sweep_notices(*, actor: Actor, at: datetime) -> int:
    """Forget notices after thirty days; return how many.

    :raises PermissionDenied: for everybody but the system
    """
    require(may_deliver, actor, None)
    return Notice.objects.filter(at__lt=at - KEPT).delete()[0]


def _send(
    line: sending.Line, notice: Notice, address: str, language: str, at: datetime
) -> bool:
    """Send one; False if there is nobody it could go to."""
    if not address:
        notice.next_at = None
        notice.save(update_fields=["next_at"])
        return False
    try:
        line.send(address, language)
    except SMTPRecipientsRefused:  # this address alone; the others go out
        log.warning("the mail server refused an address")
        _later(notice, at)
        return False
    notice.sent_at, notice.next_at = at, None
    notice.save(update_fields=["sent_at", "next_at"])
    return True


def _later(notice: Notice, at: datetime) -> None:
    notice.tries += 1
    wait = min(FIRST_WAIT * 2 ** min(notice.tries - 1, 10), LONGEST_WAIT)
    notice.next_at = at + wait if at + wait < notice.at + TRIED_FOR else None
    notice.save(update_fields=["tries", "next_at"])
