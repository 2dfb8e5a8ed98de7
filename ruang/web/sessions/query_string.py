"""How a list of sessions goes on."""

from django.http import HttpRequest
from django.utils.http import urlencode


def with_query(request: HttpRequest, **changed: str) -> str:
    """Return the address of this list with something changed in it; empty takes it out."""
    said = {name: str(value) for name, value in request.GET.items() if name != "hasil"}
    said |= changed
    return "?" + urlencode({name: value for name, value in said.items() if value})
