"""Notes and photos of a session go two years after it, and the files with the photos."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ruang import wiring
from ruang.access.actor import SYSTEM
from ruang.kernel.filecard import FileCard
from ruang.prevention.commands import sweep_notes_and_photos
from ruang.prevention.log_key import seal_card, seal_note
from ruang.prevention.models import Arrivals, Arrived, Note, Photo, Sent, Session
from ruang.prevention.states import PhotoState, SentKind, SentState, Waits
from ruang.register.states import Band, Sex
from ruang.vault.files import folder, write_file
from tests import make, make_prevention

pytestmark = pytest.mark.django_db


def kept_of(session: Session, **changed: object) -> Photo:
    """A note and a photo, with its file."""
    note = Note(session=session, by=uuid4(), at=session.ends_at)
    note.root_version, note.text = seal_note(note.pk, "Kursi kurang.")
    note.save(force_insert=True)
    photo = Photo(pk=uuid4(), session=session, by=uuid4(), at=session.ends_at, **changed)
    card = FileCard(write_file(photo.file, b"foto"), "foto.jpg", "JPEG", 4)
    photo.root_version, photo.card = seal_card(photo.pk, card)
    photo.save(force_insert=True)
    return photo


def test_they_go_two_years_after_the_session_with_the_files(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make.city()
    held = [make_prevention.session(starts_at=make.AT + timedelta(days=n)) for n in (0, 30)]
    confirmed = {"state": PhotoState.SHOWN, "checked_at": make.AT, "checked_by": uuid4()}
    old, _other, young = kept_of(held[0]), kept_of(held[0], **confirmed), kept_of(held[1])
    assert old.file != young.file
    for days, left in ((729, 3), (732, 1), (800, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            gone = sweep_notes_and_photos(actor=SYSTEM, at=make.AT + timedelta(days=days))
        assert (Photo.objects.count(), Note.objects.count()) == (left, left)
        assert len(list(folder().iterdir())) == left
        assert gone == {3: 0, 1: 4, 0: 2}[left]
    assert Session.objects.count() == 2


def test_counters_of_a_session_that_nobody_logged_do_not_stay_for_ever() -> None:
    make.city()
    session = make_prevention.session(starts_at=make.AT)
    Arrived.objects.create(
        arrivals=Arrivals.objects.create(session=session), sex=Sex.FEMALE, band=Band.ADULT
    )
    for days, left in ((729, 1), (732, 0)):
        sweep_notes_and_photos(actor=SYSTEM, at=make.AT + timedelta(days=days))
        assert (Arrivals.objects.count(), Arrived.objects.count()) == (left, left)


def test_a_photo_that_nobody_decided_on_is_emptied_like_the_others() -> None:
    make.city()
    session = make_prevention.session(starts_at=make.AT)
    for kind in SentKind:
        Sent.objects.create(
            pk=uuid4(), session=session, kind=kind, by=uuid4(), at=make.AT,
            state=SentState.WAITING, waits=Waits.NOT_YOURS, blob=b"x",
        )  # fmt: skip
    for days, states in ((729, {"waiting"}), (732, {"waiting", "dropped"})):
        sweep_notes_and_photos(actor=SYSTEM, at=make.AT + timedelta(days=days))
        assert set(Sent.objects.values_list("state", flat=True)) == states
    assert [one.kind for one in Sent.objects.filter(blob=None)] == ["photo"]


def test_the_system_alone_does_it_again_and_again() -> None:
    with pytest.raises(PermissionDenied):
        sweep_notes_and_photos(actor=make.actor(make_prevention.officer()), at=make.AT)
    sweep = wiring.SWEEPS["prevention.old_notes_and_photos"]
    assert sweep.every <= timedelta(days=1)
    sweep.act(make.AT)
