"""What goes by itself when its time is over, two years after the session.

Notes and photos; and who was counted by code at a session that nobody ever logged.
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from ruang.access.actor import Actor
from ruang.access.permissions import Permission
from ruang.access.require import require_permission
from ruang.prevention.models import Arrivals, Note, Photo, Sent
from ruang.prevention.shares import months_before
from ruang.prevention.states import SentKind, SentState
from ruang.vault.files import remove_file

KEPT_MONTHS = 24
"""After the session was to end."""


@transaction.atomic
def sweep_notes_and_photos(*, actor: Actor, at: datetime) -> int:
    """Delete what was written and shown of sessions two years ago, and the files; say how many.

    Counters of a session that was never logged go too, and photos that nobody decided on.

    :raises PermissionDenied: for everybody but the system
    """
    require_permission(Permission.SYSTEM, actor)
    long_ago = months_before(at, KEPT_MONTHS)
    photos = Photo.objects.filter(session__ends_at__lt=long_ago)
    for file_id in list(photos.values_list("file", flat=True)):
        transaction.on_commit(partial(remove_file, file_id))
    notes = Note.objects.filter(session__ends_at__lt=long_ago)
    Arrivals.objects.filter(session__ends_at__lt=long_ago).delete()
    late = Sent.objects.filter(kind=SentKind.PHOTO, state=SentState.WAITING)
    late.filter(session__ends_at__lt=long_ago).update(
        state=SentState.DROPPED, waits="", blob=None, over_at=at, over_by=actor.user_id
    )
    return photos.delete()[0] + notes.delete()[0]
