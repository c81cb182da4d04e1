"""Rows read for writing, and written: the only module that inserts, updates or deletes rows and links."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from filage.facts.base import Fact, references
from filage.facts.calendar import Event, Participation
from filage.facts.kinds import BY_KIND, PRIVATE, SHARED
from filage.facts.venue import Venue
from filage.kernel.errors import BadInput, Problem
from filage_web.accounts.models import Structure
from filage_web.store.bodies import CURRENT, Body, body_of, readable
from filage_web.store.models import Link, Production, Row
from filage_web.store.projection import Place, columns_of, zone_of

MANY: Final = 500
"""Beyond so many ids a query names none and reads the whole production."""
LISTED: Final = SHARED - PRIVATE - {"employer"}
"""The shared kinds a production lists; private data follows its person, the employer belongs to all."""
WRITTEN: Final = ("revision", "schema", "label", "sort", "day", "starts", "ends", "search", "body")


@dataclass(frozen=True, slots=True)
class Current:
    """A row as it stands before a write; `fact` is None when it can no longer be read."""

    pk: int
    revision: int
    schema: int
    body: Body
    fact: Fact | None


def split(about: str) -> tuple[str, str]:
    """Cut `kind/id`."""
    kind, _, ident = about.partition("/")
    return kind, ident


def within(structure: Structure, production: Production | None) -> Q:
    """Select what a production can see: its own rows and the structure's shared ones."""
    return Q(structure=structure) & (
        Q(production=None) | Q(production=production) if production else Q(production=None)
    )


def _named(abouts: Collection[str]) -> Q:
    pairs = [split(about) for about in abouts]
    named = Q(kind__in={kind for kind, _ in pairs})
    return named & Q(ident__in={ident for _, ident in pairs}) if len(pairs) <= MANY else named


def current_rows(
    structure: Structure, production: Production | None, abouts: Collection[str]
) -> dict[str, Current]:
    """Read the rows of these facts, by reference, in one query."""
    found = Row.objects.filter(within(structure, production), _named(abouts))
    rows = found.values_list("pk", "kind", "ident", "revision", "schema", "body")
    wanted = set(abouts)
    return {
        about: Current(pk, revision, schema, body, readable(kind, schema, body))
        for pk, kind, ident, revision, schema, body in rows
        if (about := f"{kind}/{ident}") in wanted
    }


def keys_of(structure: Structure, production: Production | None, abouts: Collection[str]) -> dict[str, int]:
    """Read the primary keys of these facts, by reference, in one query."""
    if not abouts:
        return {}
    rows = Row.objects.filter(within(structure, production), _named(abouts)).values_list(
        "pk", "kind", "ident"
    )
    wanted = set(abouts)
    return {about: pk for pk, kind, ident in rows if (about := f"{kind}/{ident}") in wanted}


# --- places: when an event or a participation happens -------------------------------------------------------


def places_of(
    structure: Structure, production: Production | None, facts: Mapping[str, Fact]
) -> dict[str, Place]:
    """Give the place of each event and participation among these facts, reading what they name."""
    known = dict(facts)
    parts = [fact for fact in facts.values() if isinstance(fact, Participation)]
    _read_into(known, structure, production, {part.event for part in parts})
    events = {about: fact for about, fact in known.items() if isinstance(fact, Event)}
    venues = {event.venue for event in events.values() if event.venue and not event.zone}
    _read_into(known, structure, production, venues)
    places = {about: Place(event, zone_of(event, _venue(known, event))) for about, event in events.items()}
    own = {part.about: places[part.event] for part in parts if part.event in places}
    return {about: place for about, place in (places | own).items() if about in facts}


def _venue(known: Mapping[str, Fact], event: Event) -> Venue | None:
    found = known.get(event.venue or "")
    return found if isinstance(found, Venue) else None


def _read_into(
    known: dict[str, Fact], structure: Structure, production: Production | None, abouts: Iterable[str]
) -> None:
    missing = [about for about in abouts if about not in known]
    if missing:
        rows = current_rows(structure, production, missing)
        known.update({about: row.fact for about, row in rows.items() if row.fact is not None})


# --- writing ------------------------------------------------------------------------------------------------


def write_rows(
    structure: Structure,
    production: Production | None,
    facts: Mapping[str, Fact],
    current: Mapping[str, Current],
    revision: int,
) -> dict[str, int]:
    """Insert or update the rows of these facts and give their keys; BadInput lists impossible times."""
    places = places_of(structure, production, facts)
    rows: list[Row] = []
    problems: list[Problem] = []
    for about, fact in facts.items():
        try:
            rows.append(_row(structure, production, fact, places.get(about), current.get(about), revision))
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return {row.about: row.pk for row in _upsert(rows, WRITTEN)}


def _upsert(rows: list[Row], fields: Collection[str]) -> list[Row]:
    return Row.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
    )


def _row(
    structure: Structure,
    production: Production | None,
    fact: Fact,
    place: Place | None,
    current: Current | None,
    revision: int,
) -> Row:
    columns = columns_of(fact, place)
    return Row(
        pk=current.pk if current else None,
        structure=structure,
        production=None if fact.kind in SHARED else production,
        kind=fact.kind,
        ident=fact.id,
        revision=revision,
        schema=CURRENT,
        body=body_of(fact),
        label=columns.label,
        sort=columns.sort,
        search=columns.search,
        day=columns.day,
        starts=columns.starts,
        ends=columns.ends,
    )


def rewrite_links(
    structure: Structure, production: Production | None, facts: Mapping[str, Fact], keys: Mapping[str, int]
) -> None:
    """Make the links of these facts those of their references; BadInput lists each reference to nothing."""
    wanted = {about: sorted({target for _, target in references(fact)}) for about, fact in facts.items()}
    outside = {target for targets in wanted.values() for target in targets} - keys.keys()
    known = {**keys_of(structure, production, outside), **keys}
    _refuse_dangling(facts, known)
    for batch in _batches([keys[about] for about in facts]):
        Link.objects.filter(source_id__in=batch, listed=False)._raw_delete(Link.objects.db)  # noqa: SLF001  no cascade to collect
    # a production links once to what it lists, whether or not it also refers to it
    Link.objects.bulk_create(
        (
            Link(
                structure=structure,
                production=None if facts[about].kind in SHARED else production,
                source_id=keys[about],
                target_id=known[target],
                shared=split(target)[0] in SHARED,
            )
            for about, targets in wanted.items()
            for target in targets
        ),
        ignore_conflicts=True,
    )


def unlisted(structure: Structure, production: Production, abouts: Collection[str]) -> dict[str, int]:
    """Give the keys of those of these shared facts that the production does not list."""
    keys = keys_of(structure, None, [about for about in abouts if split(about)[0] in LISTED])
    listed = Link.objects.filter(structure=structure, production=production, listed=True)
    known = set(listed.values_list("target_id", flat=True))
    return {about: key for about, key in keys.items() if key not in known}


def list_shared(structure: Structure, production: Production, keys: Collection[int]) -> None:
    """Make a production list shared facts: they are part of its dossier even before anything refers to them."""
    own = Row.objects.get(structure=structure, production=production, kind="production")
    Link.objects.filter(source=own, target_id__in=keys).update(listed=True)
    Link.objects.bulk_create(
        (
            Link(
                structure=structure,
                production=production,
                source=own,
                target_id=key,
                shared=True,
                listed=True,
            )
            for key in keys
        ),
        ignore_conflicts=True,
    )


def _refuse_dangling(facts: Mapping[str, Fact], known: Mapping[str, int]) -> None:
    problems = [
        Problem(
            f"{target} n’existe pas",
            f"{about}.{path}",
            suggestion="choisissez un fait existant ou ajoutez-le d’abord",
        )
        for about, fact in facts.items()
        for path, target in references(fact)
        if target not in known
    ]
    if problems:
        raise BadInput(problems)


def remove_rows(removed: Mapping[str, int]) -> None:
    """Delete rows; BadInput names each fact that still refers to one of them."""
    about_of = {pk: about for about, pk in removed.items()}
    for batch in _batches(about_of):
        Link.objects.filter(Q(source_id__in=batch) | Q(target_id__in=batch, listed=True)).delete()
    problems = []
    for batch in _batches(about_of):
        still = Link.objects.filter(target_id__in=batch).values_list(
            "target_id", "source__kind", "source__ident", "source__label", "source__production__slug"
        )
        problems += [
            Problem(
                f"encore cité par « {label or ident} » ({BY_KIND[kind].title.lower()})"
                + (f", production {slug}" if slug else ""),
                about_of[target],
                suggestion="changez d’abord ce qui le cite",
            )
            for target, kind, ident, label, slug in still
        ]
    if problems:
        raise BadInput(problems)
    for batch in _batches(about_of):
        Row.objects.filter(pk__in=batch)._raw_delete(Row.objects.db)  # noqa: SLF001


def _batches(keys: Iterable[int]) -> Iterable[list[int]]:
    ordered = list(keys)
    return (ordered[start : start + MANY] for start in range(0, len(ordered), MANY))


def follow_moves(structure: Structure, before: Mapping[str, Fact | None], after: Mapping[str, Fact]) -> None:
    """Project again what happens with what moved: events of a venue whose zone changed, parts of an event."""
    venues = [
        about
        for about, fact in after.items()
        if isinstance(fact, Venue) and _zone_moved(before.get(about), fact)
    ]
    events = [about for about, fact in after.items() if isinstance(fact, Event) and before.get(about)]
    if not venues and not events:
        return
    at_venues = _sources(structure, venues, "event")
    moved = [
        *at_venues,
        *Row.objects.filter(structure=structure, kind="event", ident__in=[split(e)[1] for e in events]),
    ]
    parts = Row.objects.filter(
        kind="participation", links_out__target__in=[row.pk for row in moved]
    ).select_related("production")
    _project_again(structure, [*at_venues, *parts], set(after))


def _zone_moved(before: Fact | None, after: Venue) -> bool:
    return isinstance(before, Venue) and before.zone != after.zone


def _sources(structure: Structure, abouts: Collection[str], kind: str) -> list[Row]:
    if not abouts:
        return []
    targets = Row.objects.filter(within(structure, None), _named(abouts))
    return list(Row.objects.filter(kind=kind, links_out__target__in=targets).select_related("production"))


def _project_again(structure: Structure, rows: Iterable[Row], written: Collection[str]) -> None:
    by_production: dict[Production | None, dict[str, tuple[Row, Fact]]] = {}
    for row in rows:
        fact = readable(row.kind, row.schema, row.body)
        if fact is not None and row.about not in written:
            by_production.setdefault(row.production, {})[row.about] = (row, fact)
    again: list[Row] = []
    for production, known in by_production.items():
        places = places_of(structure, production, {about: fact for about, (_, fact) in known.items()})
        for about, (row, fact) in known.items():
            columns = columns_of(fact, places.get(about))
            row.day, row.starts, row.ends = columns.day, columns.starts, columns.ends
            again.append(row)
    if again:
        _upsert(again, ("day", "starts", "ends"))
