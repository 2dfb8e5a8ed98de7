"""What every staff page is given: who is signed in, the areas in the bar, what was done."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from ruang.web.bar import Me, areas
from ruang.web.chrome import LANGUAGES
from ruang.web.results import RESULTS


def bar(request: HttpRequest) -> dict[str, object]:
    """Give templates ``me``, ``nav`` and ``results``; public pages need none of them."""
    who = getattr(request, "signed_in", None)
    if who is None:
        return {"me": None, "nav": (), "results": ()}
    account = reverse("account:account")
    me = Me(
        name=who.user_name,
        role=who.role.label,
        organisation=who.organisation_name,
        sessions_url=reverse("account:sessions"),
        sign_out_url=reverse("sign_in:sign_out"),
        other_language=tuple(
            (code, name, f"{account}#bahasa")
            for code, name in LANGUAGES.items()
            if code != who.language
        ),
    )
    nav = areas(actor=who.actor, path=request.path) if who.is_confirmed else ()
    return {"me": me, "nav": nav, "results": _results(request)}


def _results(request: HttpRequest) -> tuple[tuple[str, str | Promise], ...]:
    words = RESULTS.get(request.GET.get("hasil", "")) if request.method == "GET" else None
    return (("success", words),) if words else ()
