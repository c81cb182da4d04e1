"""Looking after the rows: bodies brought to today's schema, rows that no longer read found before a deployment."""

from django.db import transaction

from filage.kernel.errors import BadInput, Problem
from filage_web.store.bodies import CURRENT, body_of, fact_of_body
from filage_web.store.models import Row

BATCH = 500


def migrate_bodies() -> int:
    """Rewrite the bodies of older schemas in today's; values, hence revisions, stay the same. Returns how many."""
    done = 0
    while rows := list(Row.objects.filter(schema__lt=CURRENT).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                row.body = body_of(fact_of_body(row.kind, row.schema, row.body))
                row.schema = CURRENT
            Row.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["id"], update_fields=["body", "schema"]
            )
        done += len(rows)
    return done


def unreadable_rows() -> list[Problem]:
    """Read every row of every structure, and tell what no longer reads, without its values."""
    problems = []
    rows = Row.objects.order_by("structure", "pk").values_list(
        "structure__slug", "production__slug", "kind", "ident", "schema", "body"
    )
    for structure, production, kind, ident, schema, body in rows.iterator():
        try:
            fact_of_body(kind, schema, body)
        except BadInput as error:
            place = f"{'/'.join(part for part in (structure, production) if part)} {kind}/{ident}"
            # never the message: it may quote the value
            problems += [
                Problem("ne se lit plus", f"{place}.{one.path}", expected=one.expected)
                for one in error.problems
            ]
        except KeyError:
            problems.append(Problem("schéma inconnu de ce Filage", f"{structure} {kind}/{ident}"))
    return problems
