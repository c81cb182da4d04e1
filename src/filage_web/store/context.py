"""What the structure knows outside a production, reduced to what its review needs (D8)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from filage.kernel.interval import Interval
from filage.kernel.money import ZERO
from filage.payroll.engagement import PayCost
from filage.payroll.person_month import PaidPeriod, paid_periods
from filage.payroll.structure_charges import YearElsewhere, years_paid
from filage.planning.conflicts import Shift
from filage.review import Context
from filage_web.accounts.models import Structure

# CROSS JOIN, because SQLite then keeps this order: from the few people to their few parts elsewhere
_KNOWN: Final = """
WITH anchor(id) AS (
    SELECT id FROM filage_web_production WHERE structure_id = %(structure)s AND slug = %(slug)s
), person AS (
    SELECT DISTINCT row.id, row.ident FROM filage_web_link link CROSS JOIN filage_web_row row
     WHERE link.structure_id = %(structure)s AND link.production_id = (SELECT id FROM anchor) AND link.shared
       AND row.id = link.target_id AND row.kind = 'person'
), span AS (
    SELECT MIN(starts) AS first, MAX(ends) AS last FROM filage_web_row
     WHERE structure_id = %(structure)s AND production_id = (SELECT id FROM anchor) AND kind = 'participation'
), part(id, ident) AS (
    SELECT link.source_id, person.ident FROM person CROSS JOIN filage_web_link link
     WHERE link.target_id = person.id AND link.production_id <> (SELECT id FROM anchor)
    UNION
    SELECT second.source_id, person.ident
      FROM person CROSS JOIN filage_web_link first CROSS JOIN filage_web_row engagement
     CROSS JOIN filage_web_link second
     WHERE first.target_id = person.id AND first.production_id <> (SELECT id FROM anchor)
       AND engagement.id = first.source_id AND engagement.kind = 'engagement'
       AND second.target_id = engagement.id
)
SELECT part.ident, production.slug, event.ident, event.label, title.label, row.starts, row.ends
  FROM part CROSS JOIN span CROSS JOIN filage_web_row row CROSS JOIN filage_web_link link
 CROSS JOIN filage_web_row event CROSS JOIN filage_web_production production CROSS JOIN filage_web_row title
 WHERE row.id = part.id AND row.kind = 'participation'
   AND (row.starts < span.last AND row.ends > span.first OR row.starts < %(last)s AND row.ends > %(first)s)
   AND link.source_id = row.id AND event.id = link.target_id AND event.kind = 'event'
   AND production.id = row.production_id
   AND title.structure_id = %(structure)s AND title.production_id = production.id AND title.kind = 'production'
UNION ALL
SELECT person.ident, '', '', private.body ->> 'born_on', '', NULL, NULL
  FROM person CROSS JOIN filage_web_link link CROSS JOIN filage_web_row private
 WHERE link.target_id = person.id AND link.production_id IS NULL
   AND private.id = link.source_id AND private.kind = 'person_private' AND private.body ->> 'born_on' IS NOT NULL
UNION ALL
SELECT '', '', '', outcome.summary ->> 'pay', '', NULL, NULL
  FROM filage_web_outcome outcome
 WHERE outcome.structure_id = %(structure)s AND outcome.production_id <> (SELECT id FROM anchor)
 ORDER BY 6, 3, 1, 4
"""


def context_of(structure: Structure, production: str, over: Interval | None = None) -> Context:
    """Give what its people do and earn in the structure's other productions, and their birth days; one query.

    What they do is told over the days of this production's calendar, and `over` this span too.
    """
    first, last = (_stored(over.start), _stored(over.end)) if over else (None, None)
    values = {"structure": structure.pk, "slug": production, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        rows = cursor.fetchall()
    told = [row for row in rows if row[5] is None]
    paid, years = _paid_elsewhere([json.loads(row[3]) for row in told if not row[0] and row[3]])
    return Context(
        busy=tuple(_shift(*row) for row in rows if row[5] is not None),
        born=tuple((f"person/{row[0]}", date.fromisoformat(row[3])) for row in told if row[0]),
        paid=paid,
        years=years,
    )


def pay_told(costs: Sequence[PayCost]) -> dict[str, Any]:
    """What a production pays, as its summary keeps it for the structure's others."""
    return {
        "paid": [
            [p.person, p.month, p.status, p.cadre, str(p.gross), p.first_day.isoformat(), p.last_day.isoformat(),
             _text(p.cachets), _text(p.hours), p.isolated]
            for p in paid_periods(costs)
        ],
        "years": [[year.year, str(year.gross), str(year.salary_tax)] for year in years_paid(costs)],
    }  # fmt: skip


def _paid_elsewhere(
    told: Iterable[Mapping[str, Any]],
) -> tuple[tuple[PaidPeriod, ...], tuple[YearElsewhere, ...]]:
    """Read back what the other productions told."""
    periods: list[PaidPeriod] = []
    years: dict[int, YearElsewhere] = {}
    for one in told:
        for person, month, status, cadre, gross, first, last, cachets, hours, isolated in one["paid"]:
            days = date.fromisoformat(first), date.fromisoformat(last)
            counted = _number(cachets), _number(hours)
            periods.append(
                PaidPeriod(person, month, status, cadre, Decimal(gross), *days, *counted, isolated)
            )
        for year, gross, tax in one["years"]:
            before = years.get(year, YearElsewhere(year, ZERO))
            total = before.gross + Decimal(gross), before.salary_tax + Decimal(tax)
            years[year] = YearElsewhere(year, *total)
    return tuple(periods), tuple(years.values())


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _shift(
    person: str,
    production: str,
    event: str,
    label: str,
    title: str,
    starts: datetime | str,
    ends: datetime | str,
) -> Shift:
    # the event of another production may have the id of one of ours
    about = f"{production}:event/{event}"
    return Shift(f"person/{person}", about, Interval(_instant(starts), _instant(ends)), f"{label}, {title}")


def _stored(instant: datetime) -> Any:
    """An instant as the database compares it."""
    return connection.ops.adapt_datetimefield_value(instant)


def _instant(value: datetime | str) -> datetime:
    """An instant of the database: SQLite’s are in UTC and do not say so, as text or not."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
