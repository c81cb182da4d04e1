"""The office's only reader of the clock: today is the day in Paris, whatever the server's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """Give the present instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Give the present day in Paris."""
    return now().astimezone(PARIS).date()
