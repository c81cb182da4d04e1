"""What every answer carries beyond Django's own headers."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from filage_web.logs import SECRET_PATHS

Answer = Callable[[HttpRequest], HttpResponse]
WITH_A_FORM = frozenset({"invitation"})
"""Secret addresses whose page has a form that a cookie protects: they tell their site, never their path."""
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def private_pages(get_response: Answer) -> Answer:
    """Keep pages out of shared caches and other tabs' histories, and secret addresses out of referrers."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        first = request.path.strip("/").split("/")[0]
        if first in SECRET_PATHS:
            # with no referrer at all, a browser sends a form without its origin, and Django refuses it
            asks = first in WITH_A_FORM and response.status_code != HTTPStatus.NOT_FOUND
            response.headers["Referrer-Policy"] = "strict-origin" if asks else "no-referrer"
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
