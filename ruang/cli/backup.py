"""``ruang backup --to FOLDER``: a consistent copy of the installation while it works."""

import argparse
from pathlib import Path

from ruang.cli.keyring import start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder."""
    parser.add_argument("--to", type=Path, required=True, help="a new or an empty folder")


def run(given: argparse.Namespace) -> int:
    """Write a backup and read it back."""
    start_django()
    from ruang.cli import snapshot
    from ruang.kernel import clock

    manifest = snapshot.take(given.to, clock.now())
    print(f"backup: ok, {len(manifest.files) - 1} files, {manifest.size} facts, read back")
    print("ROOT is not in it: keep that apart. For somebody else to keep, so that a changed")
    print(f"trail is noticed: {manifest.size}:{manifest.root}")
    return 0
