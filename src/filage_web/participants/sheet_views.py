"""One person's sheets behind their private link: read, confirmed, on paper, in a calendar, kept for offline."""

from functools import cache

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from filage_web.accounts.decorators import LinkRequest, link_view
from filage_web.participants.own_sheets import delivery_of, page_of
from filage_web.sheets.words import Words
from filage_web.store.issued import bytes_of, note_opened, note_read
from filage_web.store.sheets import FRENCH


def token_in(request: LinkRequest) -> str:
    """The token in the address: only the address ever holds it."""
    return str(request.resolver_match.kwargs["token"])  # type: ignore[union-attr]


@link_view
@require_GET
def own_sheet(request: LinkRequest, delivery: int) -> HttpResponse:
    """Show one sheet to its reader: what changed for them first, then their day, then one button."""
    found = delivery_of(request.link, delivery)
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):  # a browser guessing ahead has not opened it
        note_opened(found)
    page = page_of(request.link, found)
    return render(
        request,
        "participants/own_sheet.html",
        {"page": page, "words": page.words, "token": token_in(request)},
    )


# No cookie opens it: the secret in the address does, which another site cannot know (see own_week).
@csrf_exempt
@link_view
@require_POST
def own_sheet_read(request: LinkRequest, delivery: int) -> HttpResponse:
    """Write that this person has read this version; saying so twice changes nothing."""
    found = delivery_of(request.link, delivery)
    note_read(found)
    words = Words(found.issued.content.get("language", FRENCH))
    messages.success(request, words("thanks", version=found.issued.version))
    return redirect("own_sheet", token_in(request), delivery)


@link_view
@require_GET
def own_sheet_pdf(request: LinkRequest, delivery: int) -> HttpResponse:
    """Hand over the paper of this person's copy, as it was issued."""
    found = delivery_of(request.link, delivery)
    answer = HttpResponse(bytes_of(found.issued), content_type=found.issued.media_type)
    name = f"{request.link.production}-{found.issued.number}-v{found.issued.version}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@link_view
@require_GET
def own_worker(request: LinkRequest) -> HttpResponse:
    """Serve the worker that keeps this link's sheets readable offline; its scope is this link's pages."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = reverse("sheet", args=[token_in(request)])
    return answer


def _worker() -> str:
    return _read_worker.__wrapped__() if settings.DEBUG else _read_worker()


@cache
def _read_worker() -> str:
    found = finders.find("filage/sheets-worker.js")
    with open(str(found), encoding="utf-8") as opened:  # noqa: PTH123  a static file's own path
        return opened.read()
