"""Headers that Django and django-csp do not send by themselves."""

from collections.abc import Callable, MutableMapping

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
        "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
EVERYWHERE = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-DNS-Prefetch-Control": "off",
}
PAGES = {**EVERYWHERE, "Cache-Control": "no-store"}


class SecurityHeaders:
    """Adds what is missing; a view that set a header itself keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in PAGES.items():
            response.headers.setdefault(name, value)
        return response


class ContentPolicy(CSPMiddleware):
    """The same policy for every page, made once; django-csp would build it for each anew.

    Where a view asked for another policy or a nonce, django-csp does its work as usual.
    """

    _kept: str | None = None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the policy."""
        if HEADER in response.headers:  # a file's own, stricter than that of pages
            return response
        if "_csp_nonce" in vars(request) or any(
            name.startswith("_csp") for name in vars(response)
        ):
            return super().process_response(request, response)
        if self._kept is None:
            answer = super().process_response(request, response)
            self._kept = answer.headers.get(HEADER)
            return answer
        response.headers[HEADER] = self._kept
        return response


def for_static(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Add to a static file what is the same for everything; whitenoise sets its caching."""
    for name, value in EVERYWHERE.items():
        headers[name] = value
    headers["X-Content-Type-Options"] = "nosniff"
