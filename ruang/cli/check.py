"""``ruang check``: whether settings, code and wiring fit together. Touches no data."""

import argparse
from collections.abc import Sequence

from ruang.cli.keyring import start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options: none."""


def run(given: argparse.Namespace) -> int:
    """Check."""
    start_django()
    from django.core.checks import CheckMessage, run_checks

    from config import env
    from config.jobs import make_worker

    env.refuse_unknown()
    found: Sequence[CheckMessage] = run_checks(include_deployment_checks=True)
    serious = [message for message in found if not message.is_silenced()]
    for message in serious:
        print(message)
    make_worker()  # raises if two things that happen by themselves have one name
    print("check: ok" if not serious else f"check: {len(serious)} to mend")
    return 1 if serious else 0
