"""Calendars to subscribe to, behind a secret address: a person's own, a production's; nobody's private data."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from filage.facts.calendar import Event
from filage.kernel.errors import BadInput
from filage.planning.calendar_feed import CalendarFeed, FeedEvent, calendar_feed, person_feed
from filage.planning.sheets import from_json
from filage_web import clock
from filage_web.accounts.addresses import open_feed_link
from filage_web.accounts.decorators import LinkRequest, link_view, public_view
from filage_web.participants.own_sheets import delivery_of
from filage_web.store.models import ChangeSet
from filage_web.store.queries import Loaded, load_production

HIDDEN = ("draft",)
"""Options that nobody outside is told of."""


@link_view
@require_safe
def own_calendar(request: LinkRequest) -> HttpResponse:
    """Hand over one person's dates, to follow in a calendar application."""
    loaded = load_production(request.structure, request.production_id)
    return _answer(request, _own(loaded, request.link.person), loaded)


@link_view
@require_safe
def own_sheet_calendar(request: LinkRequest, delivery: int) -> HttpResponse:
    """Hand over the dates of one sheet, to add to a calendar."""
    issued = delivery_of(request.link, delivery).issued
    loaded = load_production(request.structure, request.production_id)
    feed = _own(loaded, request.link.person)
    first = from_json(issued.content).day
    if first and issued.day:
        kept = tuple(one for one in feed.events if first <= _day(one) <= issued.day)
        feed = replace(feed, events=kept)
    return _answer(request, feed, loaded)


@public_view
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Hand over a production's dates to whoever holds the secret address: what, when, where; nobody's name."""
    link = open_feed_link(token)
    if link is None:
        raise Http404
    loaded = load_production(link.structure, link.production)
    return _answer(request, _all(loaded), loaded)


def _own(loaded: Loaded, person: str) -> CalendarFeed:
    """One person's events and journeys, each from their own call; empty for who is no longer in the production."""
    try:
        return person_feed(loaded.dossier, f"person/{person}", clock.today(), loaded.revisions)
    except BadInput:
        return CalendarFeed(loaded.dossier.production.label, clock.today(), ())


def _all(loaded: Loaded) -> CalendarFeed:
    feed = calendar_feed(loaded.dossier, clock.today(), loaded.revisions)
    hidden = {event.id for event in loaded.dossier.all(Event) if event.option in HIDDEN}
    return replace(feed, events=tuple(one for one in feed.events if _event_of(one) not in hidden))


def _event_of(event: FeedEvent) -> str:
    return event.uid.partition(".")[0]


def _day(event: FeedEvent) -> date:
    return event.starts.date() if isinstance(event.starts, datetime) else event.starts


def _answer(request: HttpRequest, feed: CalendarFeed, loaded: Loaded) -> HttpResponse:
    """Send a calendar, or nothing when whoever asks has it already."""
    from filage.documents.ics import ics_bytes

    data = ics_bytes(feed)
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    written = ChangeSet.objects.filter(pk=loaded.revision).values_list("at", flat=True).first()
    seconds = int(written.timestamp()) if written else None
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="filage.ics"'
    answer.headers["ETag"] = etag
    if seconds:
        answer.headers["Last-Modified"] = http_date(seconds)
    found = get_conditional_response(request, etag=etag, last_modified=seconds, response=answer)
    return found or answer
