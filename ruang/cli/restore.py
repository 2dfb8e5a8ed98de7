"""``ruang restore --from FOLDER``: a backup into an empty installation.

Everything is compared with the manifest before anything is written, and the database comes
last, so that an interrupted restore is seen as none. ROOT is not in a backup: put it back into
RUANG_SECRETS from where it was kept.
"""

import argparse
from pathlib import Path

from ruang.cli import Stop
from ruang.cli.keyring import folders, start_django
from ruang.vault.root import FILE as ROOT_FILE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder."""
    parser.add_argument(
        "--from", dest="folder", type=Path, required=True, help="a folder that `backup` wrote"
    )


def run(given: argparse.Namespace) -> int:
    """Check, copy, prove."""
    start_django()
    from django.core.management import call_command

    from ruang.audit import verify
    from ruang.cli import snapshot

    data, secrets = folders()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    manifest = snapshot.put_back(given.folder.absolute())
    call_command("migrate", interactive=False, verbosity=0)
    verdict = verify.verify(kept=[(manifest.size, manifest.root)])
    if verdict.first_bad is not None:
        raise Stop(f"Restored, but the trail is bad at row {verdict.first_bad}: {verdict.why}")
    count = len(manifest.files) - 1
    print(f"restore: ok, {count} files, {verdict.facts} facts, the trail is verified")
    if not (secrets / ROOT_FILE).exists():
        print(f"Now put ROOT back: {secrets / ROOT_FILE} (mode 0600) is missing.")
    return 0
