"""What one web process serves: pages through Django in threads, live events natively."""

import os
from typing import cast

from config.bridge import Bridge, Line, Scope, WSGIApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

django = get_wsgi_application()

from config import env  # noqa: E402
from ruang import wiring  # noqa: E402
from ruang.live.endpoint import PATH, Live  # noqa: E402
from ruang.vault import root  # noqa: E402

if not root.versions():
    raise root.NoRoot("pages are served by `ruang serve`, which hands down the sub-keys")

pages = Bridge(cast("WSGIApp", django), threads=env.number("THREADS", 2, least=1, most=64))
live = Live(authorise=wiring.authorise_live)


async def app(scope: Scope, line: Line) -> None:
    """Answer a request from the part that is made for it."""
    if scope.path == PATH:
        await live(scope, line)
    else:
        await pages(scope, line)


def end_streams() -> None:
    """End the live streams: the browsers come back to the process that follows."""
    live.close()


def finish() -> None:
    """Wait for the pages that threads are making."""
    pages.close()
