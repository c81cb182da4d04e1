"""The dates of a repeated event (RRULE), up to a day and to a number."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from itertools import islice

MAX_REPEATS = 366
_USUAL_SPAN = timedelta(days=2 * 366)
_RULE = re.compile(r"[A-Z0-9=;,+\-]{1,500}")
_NO_STEP = re.compile(r"INTERVAL=0*(;|$)")


class Unreadable(ValueError):
    """A rule of repetition nobody can follow."""


def repeats(
    rule: str, first: date, at: time | None, until: date | None, excluded: set[date]
) -> tuple[list[date], bool]:
    """Return the days of a rule from the first, and whether some were left because there are too many.

    Without `until`, two years. Unreadable when the rule is not one, or repeats more often than daily.
    """
    written = rule.strip().upper()
    if not _RULE.fullmatch(written) or _NO_STEP.search(written):
        raise Unreadable("récurrence illisible")
    if not re.search(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)", written):
        raise Unreadable("récurrence illisible, ou plus fréquente que chaque jour")
    last = until or (first + _USUAL_SPAN if first.year < date.max.year - 2 else date.max)
    try:
        listed = _days(written, datetime.combine(first, (at or time()).replace(tzinfo=None)), last)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise Unreadable("récurrence illisible") from error
    return [day for day in listed[:MAX_REPEATS] if day not in excluded], len(listed) > MAX_REPEATS


def _days(rule: str, first: datetime, last: date) -> list[date]:
    """The days of a rule, one more than the limit at most; its own end and number kept."""
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    ends = [last]
    if given := parts.pop("UNTIL", ""):
        ends.append(datetime.strptime(given[:8], "%Y%m%d").date())  # noqa: DTZ007 - a day
    count = int(parts.pop("COUNT", MAX_REPEATS + 1))
    bounded = rrulestr(";".join(f"{key}={value}" for key, value in parts.items()), dtstart=first)
    bounded = bounded.replace(until=datetime.combine(min(ends), time.max))
    return [moment.date() for moment in islice(bounded, min(count, MAX_REPEATS + 1))]
