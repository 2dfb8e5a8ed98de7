"""What a request carries besides Django's: who acts, what was opened, who is signed in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ruang.access.actor import Actor
from ruang.identity.sessions import SignedIn
from ruang.vault.ledger import Ledger

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request as views see it. The middleware fills it in.

    :ivar actor: who acts. Set on staff pages; a public view that opened seven words sets it
        itself, so that what she opened is on record
    :ivar signed_in: the person's session; None on public pages
    :ivar at: when the request came in
    :ivar ledger: what was opened; hand it to every keyring made for this request
    :ivar automatic: the page asked by itself: no "seen", and no longer session
    :ivar htmx: a part of the page is asked for, not the whole
    """

    actor: Actor
    signed_in: SignedIn | None
    at: datetime
    ledger: Ledger
    automatic: bool
    htmx: bool
    refused: str
    view: Callable[..., Any] | None
