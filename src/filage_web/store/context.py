"""What the structure knows outside a production, reduced to what its review needs (D8)."""

from datetime import UTC, datetime
from typing import Final

from django.db import connection

from filage.kernel.interval import Interval
from filage.planning.conflicts import Shift
from filage.review import Context
from filage_web.accounts.models import Structure

_BUSY: Final = """
WITH anchor AS (
    SELECT id FROM filage_web_production WHERE structure_id = %(structure)s AND slug = %(slug)s
), span AS (
    SELECT MIN(row.starts) AS first, MAX(row.ends) AS last
      FROM filage_web_row row JOIN anchor ON row.production_id = anchor.id
     WHERE row.structure_id = %(structure)s AND row.kind = 'participation'
), person AS (
    SELECT DISTINCT row.id, row.ident FROM filage_web_link link JOIN anchor ON link.production_id = anchor.id
      JOIN filage_web_row row ON row.id = link.target_id
     WHERE link.structure_id = %(structure)s AND link.shared AND row.kind = 'person'
), part(id, ident) AS (
    SELECT link.source_id, person.ident FROM person JOIN filage_web_link link ON link.target_id = person.id
     WHERE link.production_id NOT IN (SELECT id FROM anchor)
    UNION
    SELECT second.source_id, person.ident FROM person
      JOIN filage_web_link first ON first.target_id = person.id
      JOIN filage_web_row engagement ON engagement.id = first.source_id AND engagement.kind = 'engagement'
      JOIN filage_web_link second ON second.target_id = engagement.id
     WHERE first.production_id NOT IN (SELECT id FROM anchor)
)
SELECT part.ident, production.slug, event.ident, event.label, title.label, row.starts, row.ends
  FROM part JOIN filage_web_row row ON row.id = part.id AND row.kind = 'participation'
  JOIN span ON row.starts < span.last AND row.ends > span.first
  JOIN filage_web_link link ON link.source_id = row.id
  JOIN filage_web_row event ON event.id = link.target_id AND event.kind = 'event'
  JOIN filage_web_production production ON production.id = row.production_id
  JOIN filage_web_row title ON title.production_id = production.id AND title.kind = 'production'
 ORDER BY row.starts, row.id, part.ident
"""


def context_of(structure: Structure, production: str) -> Context:
    """Give the hours, during this production, when its people are busy in the structure's others; one query."""
    values: dict[str, int | str] = {"structure": structure.pk, "slug": production}
    with connection.cursor() as cursor:
        cursor.execute(_BUSY, values)
        return Context(tuple(_shift(*row) for row in cursor.fetchall()))


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
