"""``ruang audit verify``: the tree over every fact, computed anew and compared."""

import argparse

from ruang.cli import Stop
from ruang.cli.keyring import start_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked."""
    sub = parser.add_subparsers(dest="what", required=True)
    verify = sub.add_parser("verify", help="prove the trail, or name the first bad row")
    verify.add_argument(
        "--kept",
        action="append",
        default=[],
        metavar="SIZE:ROOT",
        help="a checkpoint that somebody else kept; may be given more than once",
    )
    sub.add_parser("checkpoint", help="print the newest checkpoint, for somebody else to keep")


def run(given: argparse.Namespace) -> int:
    """Verify, or print a checkpoint."""
    start_django()
    from ruang.audit import verify
    from ruang.kernel import clock

    if given.what == "checkpoint":
        row = verify.checkpoint(at=clock.now())
        print(f"{row.size}:{bytes(row.root).hex()}")
        return 0
    verdict = verify.verify(kept=[_kept(text) for text in given.kept])
    if verdict.first_bad is not None:
        print(f"audit: BAD at row {verdict.first_bad}: {verdict.why}")
        return 1
    print(f"audit: ok, {verdict.facts} facts, root {verdict.root}")
    return 0


def _kept(text: str) -> tuple[int, str]:
    size, _, top = text.partition(":")
    if not size.isdigit() or len(top) != 64:
        raise Stop(f"{text!r} is no checkpoint; it reads SIZE:ROOT.")
    return int(size), top
