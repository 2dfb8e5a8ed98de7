"""What pages that correct the register have in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from ruang.kernel.errors import Refused
from ruang.register import queries
from ruang.register.queries import PlacePage
from ruang.register.states import Kind
from ruang.web.register.slugs import SLUG_OF
from ruang.web.request import Request


def attempt(form: Any, act: Callable[[], Any]) -> Any:
    """Return what an act returns; None if it was refused, which the form then says."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def kept(request: Request, kind: Kind, place_id: UUID) -> PlacePage:
    """Return a place for somebody who is about to correct it."""
    return queries.place_to_keep(actor=request.actor, kind=kind, place_id=place_id)


def today(request: Request) -> dict[str, Any]:
    """Return the day as a form begins with it."""
    return {"on": localdate(request.at).isoformat()}


def address(page: PlacePage) -> str:
    """Return where the page of a place is."""
    return reverse("register:place", args=[SLUG_OF[page.kind], page.id])


def title(page: PlacePage) -> str:
    """Say which place it is, with what it lies in."""
    rw = f", {page.rw.name}" if page.rw and page.kind is Kind.RT else ""
    return f"{page.name}{rw}, {page.where.village}"
