"""``ruang recover USER``: two officials give somebody who lost everything a new access."""

import argparse

from ruang.cli import Stop
from ruang.cli.keyring import folders, start_django
from ruang.vault import root

NOT_LOST = "ROOT is there. Leave out --root-is-lost."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("user", help="user name of who lost password and recovery code")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument(
        "--root-is-lost",
        action="store_true",
        help="ROOT and both envelopes are gone: make a new one first. Passwords and the "
        "reporters' codes open nothing any more; printed codes do",
    )


def run(given: argparse.Namespace) -> int:
    """Ask the two officials for their codes, and give the new one."""
    if given.root_is_lost:
        make_new_root()
    start_django(with_keys=True)
    from django.utils import translation

    from ruang.cli.recovering import recover
    from ruang.cli.talk import Talk
    from ruang.kernel.errors import Refused

    with translation.override(given.language):
        try:
            recover(Talk(), given.user)
        except Refused as refusal:
            raise Stop(str(refusal)) from None
        except EOFError:
            raise Stop("Nobody answers. Run `ruang recover` at a terminal.") from None
    return 0


def make_new_root() -> None:
    """Make a ROOT where both the file and the envelopes are gone.

    :raises Stop: if there is one
    """
    secrets = folders()[1]
    if (secrets / root.FILE).exists():
        raise Stop(NOT_LOST)
    root.load(secrets)
