"""Writers queue instead of failing: threads of one process, and processes."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from ruang.access.actor import SYSTEM
from ruang.audit.models import Fact
from ruang.audit.verify import verify
from ruang.territory import commands as territory
from tests import make
from tests.patience import STARTING

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has its own queue"
)
ROOT = Path(__file__).resolve().parents[2]
THREADS, WRITES = 8, 12


@pytest.mark.django_db(transaction=True)
def test_eight_threads_write_at_once_and_none_is_turned_away() -> None:
    make.city()
    before = Fact.objects.count()
    faults: list[Exception] = []

    def write() -> None:
        try:
            for number in range(WRITES):
                territory.rename_region(
                    actor=SYSTEM,
                    code="36.73.01.1001",
                    local_name=f"Serang {number}",
                    at=make.AT,
                )
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(STARTING)
    assert faults == []
    assert Fact.objects.count() > before
    assert verify().first_bad is None


WRITER = """
import sqlite3, sys, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django; django.setup()
from django.db import connection, transaction
for _ in range(60):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        n = cursor.fetchone()[0]
        cursor.execute("UPDATE counter SET n = %s", [n + 1])
"""


def test_processes_queue_too(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "counter.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE counter (n INTEGER)")
        database.execute("INSERT INTO counter VALUES (0)")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=STARTING)
        assert writer.returncode == 0, said.decode()[-800:]
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT n FROM counter").fetchone() == (180,)


@pytest.mark.django_db(transaction=True)
def test_what_fails_gives_the_lock_back() -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    with transaction.atomic():
        assert Fact.objects.count() == 0
