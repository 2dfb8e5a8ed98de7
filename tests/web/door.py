"""What tests of signing in do at the door."""

from typing import Any

from django.test import Client

from ruang.access.roles import Role
from tests import make
from tests.web.parts import soup

OURS = {"Origin": "http://testserver"}


def person(role: Role = Role.HEAD, **changed: Any) -> Any:
    return make.user(make.organisation(), role, **changed)


def typed(who: Any, **more: str) -> dict[str, str]:
    return {"login": who.login, "password": make.PASSWORD, "b": "en", **more}


def enter(browser: Client, who: Any, **more: str) -> Any:
    return browser.post("/masuk/", typed(who, **more))


def printed_of(answer: Any) -> str:
    return "-".join(span.text for span in soup(answer).select("#kode-pemulihan span"))


FRESH = {"password": "empat belas burung pipit", "again": "empat belas burung pipit"}
