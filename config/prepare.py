"""Before serving: the database up to date, and on request the demo city in an empty one."""

import argparse
import os
import sys

from ruang.cli import Stop
from ruang.cli.processes import be_born


def main(arguments: list[str]) -> int:
    """Migrate, load, list the logins; refuse what must not be served."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--demo", action="store_true")
    given = parser.parse_args(arguments)
    be_born().close()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from config import env

    env.refuse_unknown()
    call_command("migrate", interactive=False, verbosity=0)
    from ruang.cli import demo  # ruang.cli names its modules by string

    try:
        if given.demo:
            demo.load_if_empty(host=given.host)
        demo.refuse_wrong_place(given.host)
        if given.demo:
            demo.print_accounts()
    except Stop as reason:
        print(f"ruang: {reason}", file=sys.stderr)  # noqa: T201 - the answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
