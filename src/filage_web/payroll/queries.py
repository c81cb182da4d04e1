"""What pay reads: a production, or every production of the structure in the same number of queries however many."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import OuterRef, Subquery

from filage import __version__
from filage.facts.base import Fact
from filage.facts.dossier import Dossier
from filage.facts.kinds import RANK, SHARED
from filage.facts.people import PersonPrivate
from filage.facts.team import Engagement
from filage.law import load_law
from filage.payroll.preparation import Paid, Preparation, months_of, preparation
from filage.review import review
from filage.review.pay_contents import paid_of as paid_of_outcome
from filage_web import clock
from filage_web.accounts.models import ProductionRole, Structure
from filage_web.accounts.roles import SEE, may
from filage_web.store.bodies import fact_of_text, readable
from filage_web.store.cache import Recent
from filage_web.store.models import ChangeSet, Production, Row
from filage_web.store.outcomes import Opened

KEPT: Final = 4
_PAID: Final[Recent[tuple[Paid, ...]]] = Recent(KEPT)

_ROWS: Final = """
SELECT row.production_id, row.kind, row.ident, row.schema, row.body FROM filage_web_row row
 WHERE row.structure_id = %(structure)s AND row.kind <> 'person_private'
   AND (row.production_id IS NULL OR row.production_id IN (
        SELECT engaged.production_id FROM filage_web_row engaged
         WHERE engaged.structure_id = %(structure)s AND engaged.kind = 'engagement'))
 ORDER BY row.id
"""


@dataclass(frozen=True, slots=True)
class Pay:
    """What a page of pay shows: the month, the months with somebody engaged, the preparation."""

    month: str
    months: tuple[str, ...]
    paid: tuple[Paid, ...]
    prepared: Preparation | None
    """None when nobody is engaged anywhere."""


def pay_of_production(opened: Opened, structure: Structure, month: str, *, with_private: bool = True) -> Pay:
    """Prepare the month of one production, from the outcome its page opened."""
    paid = (paid_of_outcome(opened.outcome, load_law()),)
    return _pay(paid, structure, month, with_private=with_private)


def pay_of_structure(structure: Structure, user: Any, month: str, *, with_private: bool = True) -> Pay:
    """Prepare the month of a structure's productions: four queries, however many.

    A production where the user has another role, without the right to its people's data, is left out.
    """
    own = ProductionRole.objects.filter(structure=structure, user=user).values_list("production", "role")
    closed = {production for production, role in own if not may(role, SEE, "person_private")}
    paid = tuple(one for one in paid_of(structure) if one.dossier.production.id not in closed)
    return _pay(paid, structure, month, with_private=with_private)


def _pay(paid: tuple[Paid, ...], structure: Structure, month: str, *, with_private: bool) -> Pay:
    months = months_of(paid)
    month = month or usual_month(months, clock.today())
    if not months:
        return Pay(month, (), paid, None)
    private = private_of(structure) if with_private else None
    return Pay(month, months, paid, preparation(paid, month, private))


def usual_month(months: tuple[str, ...], today: date) -> str:
    """The month to show first: this one, else the last one before, else the first to come."""
    now = f"{today:%Y-%m}"
    before = [month for month in months if month <= now]
    return before[-1] if before else months[0] if months else now


def private_of(structure: Structure) -> dict[str, PersonPrivate]:
    """Read the private data of the structure's people, by person: for whoever may see them, one query."""
    rows = Row.objects.filter(structure=structure, production=None, kind="person_private")
    facts = [readable("person_private", schema, body) for schema, body in rows.values_list("schema", "body")]
    return {fact.person: fact for fact in facts if isinstance(fact, PersonPrivate)}


def paid_of(structure: Structure) -> tuple[Paid, ...]:
    """Review the pay of every production where somebody is engaged; kept while none of them moves."""
    written = ChangeSet.objects.filter(pk=OuterRef("revision")).values("at")
    found = Production.objects.filter(structure=structure).annotate(at=Subquery(written)).order_by("pk")
    stamps = tuple(found.values_list("pk", "revision", "at"))
    day = clock.today()
    key = (structure.pk, stamps, load_law().digest, day, __version__)
    return _PAID.get(key, lambda: tuple(_paid(dossier, day) for dossier in dossiers_of(structure)))


def _paid(dossier: Dossier, day: date) -> Paid:
    return paid_of_outcome(review(dossier, load_law(), day), load_law())


def dossiers_of(structure: Structure) -> list[Dossier]:
    """Read every production with an engagement, all shared facts beside each, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"structure": structure.pk})
        rows = cursor.fetchall()
    shared: dict[str, dict[str, Fact]] = defaultdict(dict)
    own: dict[int, dict[str, dict[str, Fact]]] = defaultdict(lambda: defaultdict(dict))
    for production, kind, ident, schema, text in rows:
        fact = fact_of_text(kind, schema, text) or readable(kind, schema, json.loads(text))
        if fact is not None:
            (shared if kind in SHARED else own[production])[kind][ident] = fact
    dossiers = [_dossier({**shared, **kinds}) for kinds in own.values() if "production" in kinds]
    return [dossier for dossier in dossiers if dossier.all(Engagement)]


def _dossier(kinds: dict[str, Any]) -> Dossier:
    return Dossier({kind: kinds[kind] for kind in sorted(kinds, key=RANK.__getitem__)})
