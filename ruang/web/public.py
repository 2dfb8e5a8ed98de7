"""Public forms: no cookie and no session, so forged posts are told by what browsers say."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from ruang.web.errors import views as errors
from ruang.web.request import Request

Given = ParamSpec("Given")
_FOREIGN = frozenset({"cross-site", "same-site"})


def public_form(
    view: Callable[Concatenate[Request, Given], HttpResponseBase],
) -> Callable[Concatenate[Request, Given], HttpResponseBase]:
    """Let a view take posts without a CSRF cookie, but not from another site's page.

    An ``Origin`` that is not our own (``null`` too) is refused, so is a ``Sec-Fetch-Site`` of
    cross-site or same-site. Old phones send neither: they are let in (vault.md §4).
    """

    @wraps(view)
    def checked(
        request: Request, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        if request.method == "POST" and is_foreign(request):
            return forged(request)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def is_foreign(request: HttpRequest) -> bool:
    """Say whether the browser names another site as the sender."""
    if request.headers.get("Sec-Fetch-Site", "") in _FOREIGN:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"


def forged(request: HttpRequest) -> HttpResponse:
    """Answer a post that another site made this browser send. Nothing of it is read."""
    return errors.show(request, errors.FORBIDDEN)
