"""The command line: one program, ``ruang``, with a subcommand for each thing one does.

A subcommand is a module with ``arguments(parser)`` and ``run(given)``; only the one that is
asked for is imported, so that the program answers at once.
"""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "serve": "serve pages and do the work that falls due, until Ctrl-C",
    "setup": "set up a real installation",
    "recover": "let two officials give somebody a new access",
    "demo": "load the demo city, or list its logins",
    "check": "say whether settings and code fit together",
    "doctor": "say what of this machine and installation is not as it should be",
    "audit": "prove that the trail was not changed",
    "backup": "write a consistent backup while running",
    "restore": "restore a backup into empty folders",
    "where": "print the code behind a page",
    "bench": "measure",
}


class Stop(Exception):  # noqa: N818 - its message is the answer
    """Ends the program with a sentence for whoever called it."""


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand and return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="ruang",
        description="Ruang Kolaborasi, from the command line.",
        epilog="`ruang COMMAND --help` says more about one command.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, sentence in COMMANDS.items():
        sub = commands.add_parser(name, help=sentence, description=f"{sentence.capitalize()}.")
        if given[:1] == [name]:
            module = import_module(f"ruang.cli.{name}")
            module.arguments(sub)
            sub.set_defaults(run=module.run)
    chosen = parser.parse_args(given)
    try:
        code: int = chosen.run(chosen)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if isinstance(error, Stop) or type(error).__name__ in {"Misconfigured", "NoRoot"}:
            print(f"ruang: {error}", file=sys.stderr)
            return 1
        raise
    return code
