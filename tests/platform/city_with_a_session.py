"""Builds a city on disk with somebody signed in, or lets one report come in; prints JSON."""

import json
import os
import sys
from pathlib import Path

import django


def main(act: str) -> None:
    from ruang.vault import root

    Path(os.environ["RUANG_DATA"]).mkdir(mode=0o700, exist_ok=True)
    root.install(root.subkeys(root.load(Path(os.environ["RUANG_SECRETS"])), "cli"))
    django.setup()
    from django.core.management import call_command

    from ruang.identity.sessions import COOKIE
    from ruang.kernel import clock
    from tests import make

    make.AT = clock.now()
    if act == "report":
        make.receipt(at=make.AT)
        return
    call_command("migrate", verbosity=0)
    city = make.city()
    browser = make.signed_in(make.officer(city), at=make.AT)
    said = {
        "desk": str(city.intake_desk),
        "other_desk": str(city.alternate_desk),
        "cookie": browser.cookies[COOKIE].value,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["city"])))
