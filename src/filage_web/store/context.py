"""What the structure knows outside a production, reduced to what its review needs (D8)."""

from datetime import UTC, date, datetime
from typing import Final

from django.db import connection

from filage.kernel.interval import Interval
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
 WHERE row.id = part.id AND row.kind = 'participation' AND row.starts < span.last AND row.ends > span.first
   AND link.source_id = row.id AND event.id = link.target_id AND event.kind = 'event'
   AND production.id = row.production_id
   AND title.structure_id = %(structure)s AND title.production_id = production.id AND title.kind = 'production'
UNION ALL
SELECT person.ident, '', '', private.body ->> 'born_on', '', NULL, NULL
  FROM person CROSS JOIN filage_web_link link CROSS JOIN filage_web_row private
 WHERE link.target_id = person.id AND link.production_id IS NULL
   AND private.id = link.source_id AND private.kind = 'person_private' AND private.body ->> 'born_on' IS NOT NULL
 ORDER BY 6, 3, 1
"""


def context_of(structure: Structure, production: str) -> Context:
    """Give when its people are busy in the structure's other productions, and their birth days; one query."""
    values: dict[str, int | str] = {"structure": structure.pk, "slug": production}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, values)
        rows = cursor.fetchall()
    born = ((f"person/{row[0]}", date.fromisoformat(row[3])) for row in rows if row[5] is None)
    return Context(tuple(_shift(*row) for row in rows if row[5] is not None), tuple(born))


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


def _instant(value: datetime | str) -> datetime:
    """SQLite gives text, in UTC."""
    return (
        datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)
    )
