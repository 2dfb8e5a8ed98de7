"""Settings of the tests: a fixed ROOT, folders of their own, and the database they name."""

import tempfile
from pathlib import Path

from ruang.vault import root

root.install(root.subkeys(root.Root({1: bytes(range(32))}), "web"))

from config.settings import *  # noqa: E402, F403 - ROOT is given before anything is read
from config.settings import DATABASES, SQLITE, TEMPLATES  # noqa: E402

_FOLDER = Path(tempfile.mkdtemp(prefix="ruang-test-"))
DATA_FOLDER = _FOLDER / "data"
FILES_FOLDER = DATA_FOLDER / "files"
if DATABASES["default"] is SQLITE:
    SQLITE["NAME"] = DATA_FOLDER / "ruang.sqlite3"
    # a file, so that threads meet the locks that they meet in service
    SQLITE["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"  # for speed
    SQLITE["OPTIONS"]["timeout"] = 120  # a machine that does much else is no fault
    SQLITE["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}
STRICT = True  # a GET that writes fails its test
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED<%s>"
# Otherwise each test client would list every static file at its first request.
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
