"""Private data erased: from its row, from the history, from what is cached; never from what was issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from filage.facts.kinds import PRIVATE
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.store import models
from filage_web.store.bodies import CURRENT
from filage_web.store.changes import productions_using
from filage_web.store.models import ChangeSet, Erasure, Link, Outcome, PrivateChange, Production, Row


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure to be done again after a restore: the structure's address, the person, when."""

    structure: str
    kind: str
    ident: str
    at: datetime


@transaction.atomic
def erase_private(
    structure: Structure, person: str, *, actor: User | None, at: datetime | None = None
) -> int:
    """Erase the private data of `person/ID` everywhere but in issued documents; cannot be undone.

    Returns how many private facts the person had. `at` is given when an erasure is done again.
    """
    kind, _, ident = person.partition("/")
    Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    rows = Row.objects.filter(structure=structure, kind__in=PRIVATE, links_out__target__kind=kind)
    rows = rows.filter(links_out__target__ident=ident)
    held = dict(rows.values_list("pk", "ident"))
    bumped = productions_using(structure, [f"person_private/{name}" for name in held.values()])
    past = _past(structure, person, set(held.values()))
    now = at or clock.now()
    written = ChangeSet.objects.create(
        structure=structure, actor=actor, at=now, label=f"Effacement des données privées : {person}"[:200]
    )
    _note(structure, held, written)
    Link.objects.filter(source__in=held).delete()
    Row.objects.filter(pk__in=held).delete()
    past.update(before=None, after=None, erased_at=now)
    Erasure.objects.create(structure=structure, kind=kind, ident=ident, actor=actor, at=now)
    Outcome.objects.filter(production__in=bumped).delete()
    Production.objects.filter(pk__in=bumped).update(revision=written.pk)
    return len(held)


def _past(structure: Structure, person: str, idents: set[str]) -> QuerySet[PrivateChange]:
    """Every private change that ever spoke of the person, whatever the id of the private fact."""
    kept = PrivateChange.objects.filter(structure=structure, change__kind__in=PRIVATE)
    speaking = [
        pk
        for pk, ident, before, after in kept.values_list("pk", "change__ident", "before", "after")
        if ident in idents or person in {(before or {}).get("person"), (after or {}).get("person")}
    ]
    return PrivateChange.objects.filter(pk__in=speaking)


def _note(structure: Structure, held: dict[int, str], written: ChangeSet) -> None:
    """Say in the history that it was erased, and nothing of what it said."""
    for ident in held.values():
        change = models.Change.objects.create(
            structure=structure,
            change_set=written,
            op="remove",
            kind="person_private",
            ident=ident,
            label="Données privées",
            schema=CURRENT,
        )
        PrivateChange.objects.create(structure=structure, change=change, erased_at=written.at)


def erasures() -> list[Erased]:
    """List every erasure made in this office, to be done again after a restore."""
    found = Erasure.objects.order_by("pk").values_list("structure__slug", "kind", "ident", "at")
    return [Erased(*values) for values in found]


def erase_again(done: Iterable[Erased]) -> int:
    """Do again, in a restored database, the erasures made since its backup; returns how many were missing."""
    known = set(erasures())
    missing = [one for one in dict.fromkeys(done) if one not in known]
    structures = {
        one.slug: one for one in Structure.objects.filter(slug__in={one.structure for one in missing})
    }
    for one in missing:
        if one.structure in structures:
            erase_private(structures[one.structure], f"{one.kind}/{one.ident}", actor=None, at=one.at)
    return len(missing)
