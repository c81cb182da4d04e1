"""Everything that reads facts: a dossier in one query, lists, history, uses, search."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from filage.facts.base import Fact, label_of
from filage.facts.dossier import Dossier
from filage.facts.kinds import BY_KIND, PRIVATE, RANK
from filage.facts.production import Production as ProductionFact
from filage.kernel.finding import Finding
from filage.kernel.text import fold
from filage_web import clock
from filage_web.accounts.models import Structure
from filage_web.store import models
from filage_web.store.bodies import fact_of_text, readable
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import ChangeSet, Production, Row
from filage_web.store.rows import split

PAGE: Final = 50


# --- one production -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loaded:
    """A production as it is stored: its dossier, its revision, those of its facts, what cannot be read."""

    dossier: Dossier
    revision: int
    revisions: Mapping[str, int]
    """The revision of each row, by reference: what a form sends back as `seen`."""
    findings: tuple[Finding, ...]


_DOSSIER: Final = """
WITH RECURSIVE anchor AS (
    SELECT id, revision FROM filage_web_production WHERE structure_id = %(structure)s AND slug = %(slug)s
), known(id) AS (
    SELECT link.target_id FROM filage_web_link link JOIN anchor ON link.production_id = anchor.id
     WHERE link.structure_id = %(structure)s AND link.shared
    UNION SELECT link.target_id FROM filage_web_link link JOIN known ON link.source_id = known.id
), wanted AS (
    SELECT row.id FROM filage_web_row row JOIN anchor ON row.production_id = anchor.id
     WHERE row.structure_id = %(structure)s
    UNION ALL SELECT id FROM known
    UNION ALL SELECT row.id FROM filage_web_row row
     WHERE row.structure_id = %(structure)s AND row.production_id IS NULL AND row.kind IN ('employer', 'scheme')
    UNION ALL SELECT link.source_id FROM filage_web_link link JOIN known ON link.target_id = known.id
      JOIN filage_web_row source ON source.id = link.source_id
     WHERE %(private)s = 1 AND source.kind = 'person_private'
)
SELECT row.kind, row.ident, row.revision, row.schema, row.body, anchor.revision
  FROM filage_web_row row, anchor WHERE row.id IN (SELECT id FROM wanted) ORDER BY row.id
"""


def load_production(structure: Structure, production: str, *, with_private: bool = False) -> Loaded:
    """Read a production in one query; UnknownProduction (a 404) when the structure has none of that id."""
    values: dict[str, int | str]
    values = {"structure": structure.pk, "slug": production, "private": int(with_private)}
    with connection.cursor() as cursor:
        cursor.execute(_DOSSIER, values)
        rows = cursor.fetchall()
    if not any(kind == "production" for kind, *_ in rows):
        raise UnknownProduction(production)
    return _loaded(rows)


def dossier_of(structure: Structure, production: str, *, with_private: bool = False) -> Dossier:
    """Read a production's dossier in one query, its shared facts and employer included."""
    return load_production(structure, production, with_private=with_private).dossier


def _loaded(rows: list[tuple[Any, ...]]) -> Loaded:
    by_kind: dict[str, dict[str, Fact]] = {}
    revisions: dict[str, int] = {}
    findings: list[Finding] = []
    revision = 0
    for kind, ident, written, schema, text, revision in rows:  # noqa: B007  the last one is every one
        about = f"{kind}/{ident}"
        revisions[about] = written
        fact = fact_of_text(kind, schema, text) or _older(kind, schema, text)
        if fact is None:
            findings.append(_unreadable(about))
        else:
            by_kind.setdefault(kind, {})[ident] = fact
    ordered = {kind: by_kind[kind] for kind in sorted(by_kind, key=RANK.__getitem__)}
    return Loaded(Dossier(ordered), revision, MappingProxyType(revisions), tuple(findings))


def _older(kind: str, schema: int, text: str) -> Fact | None:
    return readable(kind, schema, json.loads(text))


def _unreadable(about: str) -> Finding:
    kind = split(about)[0]
    name = BY_KIND[kind].title.lower() if kind in BY_KIND else "fait"
    message = f"Cette fiche ({name}) ne se lit plus : corrigez-la ; le reste du dossier n’est pas touché."
    return Finding("store.unreadable_fact", "warning", about, message)


def production_exists(structure: Structure, production: str) -> bool:
    """Say whether the structure has a production of that id."""
    return Production.objects.filter(structure=structure, slug=production).exists()


# --- lists --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProductionLine:
    """A production in a list, and the figures of its last review when there is one."""

    id: str
    title: str
    subtitle: str
    form: str
    """The genre, in French: « Théâtre »."""
    season: str
    revision: int
    next_on: date | None
    next_label: str
    balance: str | None
    """Euros, two decimals; None before the first review."""
    severity: str
    """The worst finding: blocking, warning, info; empty when there is none or no review yet."""
    findings: int
    """How many findings have that severity."""
    fresh: bool
    """Whether the figures are those of this revision."""


def productions_of(structure: Structure) -> list[ProductionLine]:
    """List the productions of a structure, by title, in three queries however many they are."""
    rows = Row.objects.filter(structure=structure, kind="production").order_by("sort", "pk")
    found = rows.values_list("production_id", "production__revision", "ident", "label", "schema", "body")
    next_events = _next_events(structure)
    outcomes = {
        outcome.production_id: outcome for outcome in models.Outcome.objects.filter(structure=structure)
    }
    return [
        _line(
            revision,
            ident,
            label,
            readable("production", schema, body),
            next_events.get(key),
            outcomes.get(key),
        )
        for key, revision, ident, label, schema, body in found
    ]


def _next_events(structure: Structure) -> dict[int, tuple[date, str]]:
    """The next event of each production: its day and name."""
    coming = Row.objects.filter(structure=structure, kind="event", ends__gte=clock.now()).order_by("-starts")
    found = coming.values_list("production_id", "day", "label")
    return {key: (day, label) for key, day, label in found if key and day}


def _line(
    revision: int,
    ident: str,
    label: str,
    fact: Fact | None,
    coming: tuple[date, str] | None,
    outcome: models.Outcome | None,
) -> ProductionLine:
    production = fact if isinstance(fact, ProductionFact) else None
    summary = outcome.summary if outcome else {}
    return ProductionLine(
        id=ident,
        title=label,
        subtitle=(production.subtitle or "") if production else "",
        form=label_of(production, "form") if production else "",
        season=(production.season or "") if production else "",
        revision=revision,
        next_on=coming[0] if coming else None,
        next_label=coming[1] if coming else "",
        balance=summary.get("balance"),
        severity=summary.get("severity", ""),
        findings=summary.get("findings", 0),
        fresh=bool(outcome and outcome.revision == revision),
    )


# --- uses and search ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A fact found: where it is and how it is called."""

    about: str
    label: str
    title: str
    """Its kind, in French."""
    production: str | None
    """The id of its production; None for a shared fact."""
    day: date | None


def used_where(structure: Structure, about: str, production: str | None = None) -> list[Found]:
    """List the facts that refer to a fact, everywhere; a fact of a production needs its `production`."""
    kind, ident = split(about)
    target = Q(links_out__target__kind=kind, links_out__target__ident=ident)
    target &= Q(links_out__target__production=None) | Q(links_out__target__production__slug=production)
    rows = Row.objects.filter(target, structure=structure, links_out__listed=False).exclude(kind__in=PRIVATE)
    return list(_found(rows.order_by("production__slug", "kind", "sort", "pk")))


def search(structure: Structure, text: str, *, production: str | None = None, limit: int = 20) -> list[Found]:
    """Find facts whose words contain every word of `text`, whatever their case and accents; never private.

    Participations have no name of their own: their event and their person are found instead.
    """
    words = fold(text).split()
    if not words:
        return []
    rows = Row.objects.filter(structure=structure).exclude(kind__in={*PRIVATE, "participation"})
    if production:
        rows = rows.filter(Q(production__slug=production) | Q(production=None))
    for word in words:
        rows = rows.filter(search__contains=word)
    return list(_found(rows.order_by("sort", "pk")[:limit]))


def _found(rows: Any) -> Iterator[Found]:
    for kind, ident, label, slug, day in rows.values_list(
        "kind", "ident", "label", "production__slug", "day"
    ):
        title = BY_KIND[kind].title if kind in BY_KIND else kind
        yield Found(f"{kind}/{ident}", label, title, slug, day)


# --- history ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as text of the file; empty for absent."""

    field: str
    title: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one fact in a write; `fields` is empty for private facts."""

    kind: str
    ident: str
    op: str
    label: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def about(self) -> str:
        """The reference to the fact."""
        return f"{self.kind}/{self.ident}"

    @property
    def title(self) -> str:
        """What kind of fact it is, in French."""
        model = BY_KIND.get(self.kind)
        return model.title if model else self.kind

    @property
    def private(self) -> bool:
        """Whether its fields are nobody's to read here."""
        return self.kind in PRIVATE

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that changed, in the order of the fact."""
        return () if self.private else tuple(_fields(self))


@dataclass(frozen=True, slots=True)
class Moment:
    """One write as the history shows it: who, when, what for, and what it did."""

    id: int
    at: datetime
    who: str
    label: str
    undoes: int | None
    undone: bool
    changes: tuple[Entry, ...]


def history_of(
    structure: Structure,
    production: str | None = None,
    *,
    about: str | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Moment]:
    """List what was done, latest first, in a constant number of queries.

    `production=None` lists the shared facts' own writes; `about` keeps one fact's; `before` is the id of the
    last moment of the page before (keyset).
    """
    sets = ChangeSet.objects.filter(structure=structure)
    if about is None or split(about)[0] not in _SHARED:
        sets = sets.filter(production__slug=production) if production else sets.filter(production=None)
    if about:
        kind, ident = split(about)
        sets = sets.filter(changes__kind=kind, changes__ident=ident)
    if before is not None:
        sets = sets.filter(pk__lt=before)
    page = sets.select_related("actor").prefetch_related("undone_by").order_by("-pk")[:limit]
    entries = _entries([change_set.pk for change_set in page], about)
    return [_moment(change_set, entries.get(change_set.pk, ())) for change_set in page]


def latest_writes(structure: Structure, production: str, *, limit: int) -> list[Moment]:
    """List a production's last writes, latest first, without what they did: who, when and what for."""
    sets = ChangeSet.objects.filter(structure=structure, production__slug=production)
    page = sets.select_related("actor").prefetch_related("undone_by").order_by("-pk")[:limit]
    return [_moment(change_set, ()) for change_set in page]


_SHARED: Final = frozenset(kind for kind, model in BY_KIND.items() if model.shared)


def moment_of(structure: Structure, number: int) -> Moment | None:
    """Give one write of the structure with all it did; None when there is none of that id."""
    found = ChangeSet.objects.filter(structure=structure, pk=number).select_related("actor").first()
    return _moment(found, _entries([found.pk], None).get(found.pk, ())) if found else None


def _moment(change_set: ChangeSet, entries: tuple[Entry, ...]) -> Moment:
    return Moment(
        id=change_set.pk,
        at=change_set.at,
        who=change_set.who,
        label=change_set.label,
        undoes=change_set.undoes_id,
        undone=bool(change_set.undone_by.all()),
        changes=entries,
    )


def _entries(sets: list[int], about: str | None) -> dict[int, tuple[Entry, ...]]:
    changes = models.Change.objects.filter(change_set__in=sets).order_by("pk")
    if about:
        kind, ident = split(about)
        changes = changes.filter(kind=kind, ident=ident)
    by_set: dict[int, list[Entry]] = defaultdict(list)
    rows = changes.values_list("change_set_id", "kind", "ident", "op", "label", "before", "after")
    for change_set, kind, ident, op, label, before, after in rows:
        by_set[change_set].append(Entry(kind, ident, op, label, before or {}, after or {}))
    return {change_set: tuple(found) for change_set, found in by_set.items()}


def _fields(entry: Entry) -> Iterator[FieldChange]:
    before, after = entry.before, entry.after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    model = BY_KIND.get(entry.kind)
    known = model.model_fields if model else {}
    if all(name in known for name in names):
        names = [name for name in known if name in names]
    for name in names:
        info = known.get(name)
        yield FieldChange(name, (info.title if info else None) or name, before.get(name), after.get(name))
