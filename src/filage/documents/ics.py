"""A calendar feed rendered to iCalendar (RFC 5545): zones described, lines folded, ends of line as the text asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filage.planning.calendar_feed import CalendarFeed, FeedEvent


def ics_bytes(feed: CalendarFeed) -> bytes:
    """Render a feed; the same feed gives the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Filage//Calendrier de production//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.title)
    for event in feed.events:
        calendar.add_component(_event(event, feed.on))
    days = [event.starts for event in feed.events]
    if days:
        first, last = min(day.year for day in days), max(day.year for day in days)
        calendar.add_missing_timezones(date(first, 1, 1), date(last + 2, 1, 1))
    content: bytes = calendar.to_ical()
    return content


def _event(event: FeedEvent, on: date) -> object:
    from icalendar import Event

    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    made.add("dtstart", _moment(event.starts))
    if event.ends is not None:
        made.add("dtend", _moment(event.ends))
    made.add("summary", event.summary)
    made.add("status", event.status)
    made.add("sequence", event.sequence)
    made.add("transp", "TRANSPARENT" if event.status == "CANCELLED" else "OPAQUE")
    if event.location:
        made.add("location", event.location)
    made.add("description", event.description)
    return made


def _moment(moment: datetime | date) -> datetime | date:
    """A local time, except in the hour that summer time repeats: its second passage can only be told in UTC."""
    if isinstance(moment, datetime) and moment.fold:
        return moment.astimezone(UTC)
    return moment
