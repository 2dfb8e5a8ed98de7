"""Sealed files that nobody claimed go after eight days; what somebody owns never does."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from ruang.access.actor import ANYBODY, SYSTEM
from ruang.intake.attachments import StoredFile, store_text
from ruang.kernel.filecard import preview_id
from ruang.triage.commands.sweeps import OWNERS, UNCLAIMED_FOR, sweep_unclaimed_files
from ruang.vault.files import folder, write_file
from tests import make

pytestmark = pytest.mark.django_db


def written(file_id: UUID | str, days: float) -> Path:
    """Let a file have been written so many days ago."""
    path, then = folder() / str(file_id), (make.AT - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def kept(days: float) -> StoredFile:
    file = store_text("bukti", "isi")
    written(file.id, days)
    return file


def test_only_what_is_old_and_belongs_to_nobody_goes() -> None:
    make.city()
    claimed, young, old = kept(400), kept(7.9), kept(8.1)
    preview = preview_id(claimed.id)
    write_file(preview, b"kecil")
    written(preview, 400)
    make.receipt(files=[claimed])

    assert sweep_unclaimed_files(actor=SYSTEM, at=make.AT) == 1
    left = {path.name for path in folder().iterdir()}
    assert left == {str(claimed.id), str(preview), str(young.id)}
    assert str(old.id) not in left


def test_what_a_killed_process_left_behind_goes_and_what_is_not_ours_stays() -> None:
    folder().mkdir(parents=True, exist_ok=True)
    for name in (f".{uuid4()}.new", "baca-saya.txt"):
        (folder() / name).write_text("x")
        written(name, 30)
    assert sweep_unclaimed_files(actor=SYSTEM, at=make.AT) == 1
    assert [path.name for path in folder().iterdir()] == ["baca-saya.txt"]


def test_a_form_can_be_sent_for_a_day_less_than_its_files_are_kept() -> None:
    from ruang.web.report.draft import SENDABLE

    assert timedelta(days=1) <= UNCLAIMED_FOR - SENDABLE


def test_every_table_that_owns_files_is_asked() -> None:
    owners = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("ruang.")
        and {"bucket", "meta"} <= {field.name for field in model._meta.get_fields()}
    }
    assert owners == set(OWNERS)


def test_a_photo_of_a_session_is_somebodys() -> None:
    from tests import make_prevention
    from tests.architecture.access_prevention import from_a_phone

    make.city()
    from_a_phone(make_prevention.session(), make.user())
    (path,) = folder().iterdir()
    written(path.name, 400)
    assert sweep_unclaimed_files(actor=SYSTEM, at=make.AT) == 0


def test_nobody_but_the_system_sweeps() -> None:
    with pytest.raises(PermissionDenied):
        sweep_unclaimed_files(actor=ANYBODY, at=make.AT)


def test_no_folder_is_no_fault() -> None:
    assert not folder().exists() or not list(folder().iterdir())
    assert sweep_unclaimed_files(actor=SYSTEM, at=make.AT) == 0
