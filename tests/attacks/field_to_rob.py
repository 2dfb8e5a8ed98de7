"""What phones sent from sessions of the city that is robbed: a note, a waiting log, a photo."""

from uuid import uuid4


def in_the_field(canary: object) -> None:
    """A session with a note and a photo, and a log of a session that was cancelled since."""
    from ruang.kernel.filecard import FileCard
    from ruang.prevention.commands.field import take_log
    from ruang.prevention.entered import log_of
    from ruang.prevention.log_key import seal_card
    from ruang.prevention.models import Photo
    from ruang.prevention.states import State
    from ruang.vault.files import write_file
    from ruang.vault.phones import open_sent
    from tests import make, make_prevention
    from tests.field_phone import sealed

    officer = make_prevention.officer()
    gone = {"state": State.CANCELLED, "cancelled": "venue", "over_at": make.AT}
    for changed in ({}, {**gone, "over_by": officer.pk}):
        held = make_prevention.session(starts_at=make.AT, **changed)
        blob = sealed({
            "kind": "log", "session": str(held.pk), "counted": [["male", "6_12", 3, 0, 0]],
            "note": canary("note of a session"),  # type: ignore[operator]
        })  # fmt: skip
        sent = log_of(open_sent(blob))
        take_log(actor=make.actor(officer), sent=sent, blob=blob, at=make.AT)
    photo = Photo(pk=uuid4(), session=held, by=officer.pk, at=make.AT)
    content = canary("photo of a session").encode()  # type: ignore[operator]
    card = FileCard(write_file(photo.file, content), "foto.jpg", "JPEG", len(content))
    photo.root_version, photo.card = seal_card(photo.pk, card)
    photo.save(force_insert=True)


def field_opened_by(actor: object) -> list[str]:
    """What a prevention officer's session reads of it."""
    from ruang.access.permissions import Permission
    from ruang.prevention.models import Photo, Session
    from ruang.prevention.queries.field import field_page
    from ruang.prevention.queries.field_waiting import photo_file, waiting_log, waiting_logs

    if not actor.may(Permission.PREVENTION_PLAN):  # type: ignore[attr-defined]
        return []
    pages = [field_page(actor=actor, session_id=one.pk) for one in Session.objects.all()]  # type: ignore[arg-type]
    found = [note.text for page in pages for note in page.notes]
    waiting = waiting_logs(actor=actor)  # type: ignore[arg-type]
    found += [waiting_log(actor=actor, entry_id=one.id).note for one in waiting]  # type: ignore[arg-type]
    for row in Photo.objects.all():
        _size, chunks = photo_file(actor=actor, photo_id=row.pk)  # type: ignore[arg-type]
        found.append(b"".join(chunks).decode())
    return found
