"""What every answer carries beyond Django's own headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from filage_web.logs import SECRET_PATHS

Answer = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def private_pages(get_response: Answer) -> Answer:
    """Keep pages out of shared caches and other tabs' histories, and secret addresses out of referrers."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if request.path.strip("/").split("/")[0] in SECRET_PATHS:
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
