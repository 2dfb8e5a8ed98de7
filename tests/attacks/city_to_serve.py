"""Builds a small city on disk, ready to be served, and tells who can sign in.

Run as a program with ``RUANG_DATA``, ``RUANG_SECRETS`` and ``DJANGO_SETTINGS_MODULE`` set, and
with the number of requests to partners whose time runs out soon, over how many seconds, and
what passwords cost (``demo`` or ``full``). It prints one line of JSON.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import django

MANAGERS = 2


def main(requests: int, seconds: int, cost: str) -> None:
    from ruang.vault import root

    Path(os.environ["RUANG_DATA"]).mkdir(mode=0o700, exist_ok=True)
    root.install(root.subkeys(root.load(Path(os.environ["RUANG_SECRETS"])), "cli"))
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from ruang.vault import pairs
    from ruang.vault.models import Cost

    pairs.set_cost(Cost(cost))
    print(json.dumps(build(requests, seconds)))


def build(requests: int, seconds: int) -> dict[str, object]:
    from ruang.access.roles import Role
    from ruang.identity.models import User
    from ruang.kernel import clock
    from tests import make

    make.AT = clock.now()  # this city is served now
    city = make.city()
    officers = User.objects.filter(organisation=city.intake_desk).order_by("login")
    desk = officers[0].organisation
    managers = [make.user(desk, Role.CASE_MANAGER) for _ in range(MANAGERS)]
    return {
        "password": make.PASSWORD,
        "officers": [person.login for person in officers if person.role == Role.INTAKE_OFFICER],
        "managers": [person.login for person in managers],
        "names": {person.login: person.name for person in User.objects.all()},
        "requests": waiting(managers, requests, seconds),
    }


def waiting(managers: list[object], requests: int, seconds: int) -> list[str]:
    """Requests nobody answers. Their time runs out evenly over the seconds that follow."""
    from ruang.cases.states import Compartment
    from tests import make

    if not requests:
        return []
    case = make.case(manager=managers[0], deputy=managers[1])
    desk = make.partner().organisation
    step = timedelta(seconds=seconds) / requests
    made = [
        make.referral(
            case,
            desk,
            Compartment.NARRATIVE,
            answer_by=make.AT + timedelta(seconds=3) + n * step,
        )
        for n in range(requests)
    ]
    return [str(one.pk) for one in made]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
