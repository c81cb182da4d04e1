"""A production read again after a write: only what the writes since touched, on the facts already read."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from filage.facts.base import Fact, references
from filage.facts.dossier import Dossier
from filage.facts.kinds import RANK, SHARED
from filage_web.accounts.models import Structure
from filage_web.store import models
from filage_web.store.bodies import readable
from filage_web.store.models import Row
from filage_web.store.queries import Loaded

MOST: Final = 200
"""Beyond so many facts touched, the whole production is read again."""


def reloaded(structure: Structure, production: int, known: Loaded, revision: int) -> Loaded | None:
    """Bring a production read at `known.revision` to `revision`, in two light queries.

    None when that cannot be told from the writes alone (a shared fact moved or is newly cited, something was not
    readable, too much moved): the production is then read whole. `production` is its key.
    """
    since = models.Change.objects.filter(structure=structure, change_set_id__gt=known.revision)
    touched = list(
        since.order_by("pk").values_list("change_set__production", "kind", "ident", "op")[: MOST + 1]
    )
    own = [(kind, ident, op) for key, kind, ident, op in touched if key == production]
    if len(touched) > MOST or known.findings or any(kind in SHARED for _, kind, _, _ in touched):
        return None
    return _merged(structure, production, known, own, revision)


def _merged(
    structure: Structure, production: int, known: Loaded, touched: list[tuple[str, str, str]], revision: int
) -> Loaded | None:
    names = {(kind, ident) for kind, ident, _ in touched}
    rows = Row.objects.filter(structure=structure, production=production, ident__in={i for _, i in names})
    found = rows.order_by("pk").values_list("kind", "ident", "revision", "schema", "body")
    by_kind: dict[str, dict[str, Fact]] = {
        kind: dict(known.dossier.by_kind.get(kind, {})) for kind in {kind for kind, _ in names}
    }
    revisions = dict(known.revisions)
    for kind, ident, op in touched:
        if op != "set":  # what was added or removed meanwhile takes its new place
            by_kind[kind].pop(ident, None)
            revisions.pop(f"{kind}/{ident}", None)
    for kind, ident, written, schema, body in found:
        if (kind, ident) not in names:
            continue
        fact = readable(kind, schema, body)
        if fact is None or written > revision:
            return None
        by_kind[kind][ident] = fact
        revisions[fact.about] = written
    whole = {**known.dossier.by_kind, **by_kind}
    ordered = {kind: whole[kind] for kind in sorted(whole, key=RANK.__getitem__) if whole[kind]}
    dossier = Dossier(ordered)
    if _cited(known.dossier, names) != _cited(dossier, names):
        return None
    return replace(known, dossier=dossier, revision=revision, revisions=MappingProxyType(revisions))


def _cited(dossier: Dossier, names: set[tuple[str, str]]) -> set[str]:
    """The shared facts that these facts refer to."""
    facts = [fact for kind, ident in names if (fact := dossier.get(f"{kind}/{ident}"))]
    targets = {target for fact in facts for _, target in references(fact)}
    return {target for target in targets if target.partition("/")[0] in SHARED}
