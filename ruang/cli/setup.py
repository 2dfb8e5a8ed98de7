"""``ruang setup``: what a real installation is told once, with three officials in the room.

It can be broken off at any point and run again: it goes on where it stopped. What needs nobody
in the room follows in the browser (/pasang/).
"""

import argparse

from ruang.cli import Stop
from ruang.cli.keyring import folders, start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument(
        "--envelopes", action="store_true", help="only print ROOT again, for two envelopes"
    )


def run(given: argparse.Namespace) -> int:
    """Set up, or go on setting up."""
    start_django(with_keys=True)
    from django.core.management import call_command
    from django.utils import translation

    from ruang.cli.founding import Founding
    from ruang.cli.talk import Talk
    from ruang.territory.queries import city

    call_command("migrate", interactive=False, verbosity=0)
    if city().is_demo:
        raise Stop("This is a demo database. Set RUANG_DATA and RUANG_SECRETS to new folders.")
    with translation.override(given.language):
        founding = Founding(Talk(), secrets=folders()[1])
        try:
            founding.print_envelopes() if given.envelopes else founding.run()
        except EOFError:
            raise Stop("Nobody answers. Run `ruang setup` at a terminal.") from None
    return 0
