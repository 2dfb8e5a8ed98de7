"""PostgreSQL's own programs, with the password in a file that only we can read."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruang.cli import Stop

VARIABLES = {"NAME": "PGDATABASE", "USER": "PGUSER", "HOST": "PGHOST", "PORT": "PGPORT"}
OPTIONS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
MISSING = "{} is missing. Please install as root: apt-get install postgresql-client"


def run(program: str, database: Mapping[str, Any], *arguments: str) -> None:
    """Run a program on a database.

    :raises Stop: if there is none, or it fails
    """
    if shutil.which(program) is None:
        raise Stop(MISSING.format(program))
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environ |= {var: str(database[key]) for key, var in VARIABLES.items() if database.get(key)}
    options = database.get("OPTIONS", {})
    environ |= {var: str(options[key]) for key, var in OPTIONS.items() if options.get(key)}
    with tempfile.TemporaryDirectory(prefix="ruang-pg-") as folder:
        if database.get("PASSWORD"):
            environ["PGPASSFILE"] = str(_pass_file(Path(folder), str(database["PASSWORD"])))
        command = [program, "--no-password", *arguments]
        done = subprocess.run(  # noqa: S603 - PostgreSQL's programs, with our own arguments
            command, env=environ, capture_output=True, check=False
        )
    if done.returncode != 0:
        raise Stop(f"{program} failed: {done.stderr.decode(errors='replace').strip()[:500]}")


def _pass_file(folder: Path, password: str) -> Path:
    path = folder / "pass"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    escaped = password.replace("\\", "\\\\").replace(":", "\\:")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"*:*:*:*:{escaped}\n")
    return path
