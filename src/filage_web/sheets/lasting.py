"""How long the link of a sheet opens."""

from datetime import date, datetime, time, timedelta
from typing import Final

from filage_web import clock

OPEN_FOR: Final = timedelta(days=7)
"""How long a private link outlives the day of its sheet."""


def open_until(day: date | None, today: date) -> datetime:
    """Until when the link of a sheet opens: seven days after the sheet's, never less than seven from today."""
    last = max(day or today, today) + OPEN_FOR
    return datetime.combine(last + timedelta(days=1), time(), clock.PARIS)


def closes_on(ends: datetime) -> date:
    """The last day on which a link that ends at this instant opens."""
    return (ends - timedelta(seconds=1)).astimezone(clock.PARIS).date()
