"""The only reader of the clock in the library: today in Paris, whatever the machine's zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """Return the civil day in Europe/Paris."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()
