"""The one service that writes facts: `apply` a list of changes, `undo` a ChangeSet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from filage.facts.base import Fact
from filage.facts.changing import changed_fact, inverse
from filage.facts.kinds import BY_KIND, PRIVATE, SHARED
from filage.facts.reading import fact_of_values
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput, Problem
from filage_web import clock
from filage_web.accounts.models import Structure, User
from filage_web.store import models
from filage_web.store.bodies import CURRENT, Body, body_of, readable
from filage_web.store.errors import Conflict, Moved, UnknownProduction
from filage_web.store.fitness import unfit
from filage_web.store.models import ChangeSet, PrivateChange, Production, Row
from filage_web.store.projection import label_of
from filage_web.store.rows import (
    Current,
    current_rows,
    follow_moves,
    list_shared,
    remove_rows,
    rewrite_links,
    split,
    unlisted,
    within,
    write_rows,
)

Seen = Mapping[str, int]
"""The revision of each row as a form showed it: `about` → revision."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One fact before and after a write."""

    about: str
    current: Current | None
    after: Fact | None

    @property
    def before(self) -> Fact | None:
        """The fact before, when it could be read."""
        return self.current.fact if self.current else None

    @property
    def op(self) -> str:
        """What happens to it: add, set or remove."""
        return "add" if self.current is None else "remove" if self.after is None else "set"

    @property
    def nothing(self) -> bool:
        """Whether it ends as it began."""
        return self.after == self.before and (self.after is not None or self.current is None)


@transaction.atomic
def apply(  # noqa: PLR0913  a write is exactly these
    structure: Structure,
    production: str | None,
    changes: Iterable[Change],
    *,
    actor: User | None,
    label: str = "",
    seen: Seen | None = None,
    undoes: ChangeSet | None = None,
    lists: Collection[str] = (),
    signature: str = "",
) -> ChangeSet | None:
    """Write changes of one production (None: of shared facts only) as one ChangeSet; None if nothing changes.

    `seen` holds the revisions of the rows that were shown: Conflict when one moved since. BadInput lists
    every change that does not apply. Adding `production/ID` with `production="ID"` opens the production. A production
    lists the shared facts it adds, and those of `lists`: they are in its dossier even if nothing refers to them.
    `signature` names who writes without an account.
    """
    changes = tuple(changes)
    anchor = _lock(structure, production, changes)
    current = current_rows(structure, anchor, {change.about for change in changes})
    _refuse_moved(structure, production, changes, current, seen or {})
    edits = _edited(structure, production, changes, current)
    missing = unlisted(structure, anchor, lists) if anchor else {}
    if not edits and not missing:
        return None
    change_set = _set_of(structure, anchor, actor, label or _label(edits), undoes, signature)
    _write(structure, anchor, edits, change_set)
    if anchor:
        added = [edit.about for edit in edits if edit.op == "add"]
        list_shared(structure, anchor, {**missing, **unlisted(structure, anchor, added)}.values())
    return change_set


def undo(change_set: ChangeSet, *, actor: User | None) -> ChangeSet | None:
    """Write the inverse of a ChangeSet as a new one; Conflict, with both versions, when a row moved since.

    A row that reads as the write left it did not move, whatever happened in between: writes are undone one after the
    other, and an undo is undone.
    """
    changes = inverse_of(change_set)
    slug = change_set.production.slug if change_set.production else None
    label = f"Annulation : {change_set.label}"[:200]
    return apply(
        change_set.structure,
        slug,
        changes,
        actor=actor,
        label=label,
        seen=_left_by(change_set),
        undoes=change_set,
    )


def _left_by(change_set: ChangeSet) -> dict[str, int]:
    """The revision at which each row it wrote may be undone: today's where it still reads as it was left."""
    left = {row.about: versions_of(row)[1] for row in change_set.changes.select_related("private")}
    current = current_rows(change_set.structure, change_set.production, left)
    same = {about: row.revision for about, row in current.items() if row.fact == left[about]}
    return dict.fromkeys(left, change_set.pk) | same


def inverse_of(change_set: ChangeSet) -> tuple[Change, ...]:
    """Give the changes that undo a ChangeSet; BadInput if some was erased or opened the production."""
    changes, problems = [], []
    for row in change_set.changes.select_related("private").order_by("-pk"):
        if row.kind == "production" and row.op == "add":
            problems.append(Problem("ouvrir une production ne s’annule pas", row.about))
        elif row.kind in PRIVATE and row.private.erased_at:
            problems.append(Problem("données effacées : ce changement ne peut plus être annulé", row.about))
        else:
            changes.append(inverse(*versions_of(row)))
    if problems:
        raise BadInput(problems)
    # additions first, so that references hold
    return tuple(sorted(changes, key=lambda change: ("add", "set", "remove").index(change.op)))


def versions_of(change: models.Change) -> tuple[Fact | None, Fact | None]:
    """Read a fact before and after a change; None for absent, erased or no longer readable."""
    kept = change.private if change.kind in PRIVATE else change
    return (_version(change, kept.before), _version(change, kept.after))


def _version(change: models.Change, body: Body | None) -> Fact | None:
    return None if body is None else readable(change.kind, change.schema, body)


# --- locks --------------------------------------------------------------------------------------------------


def _lock(structure: Structure, slug: str | None, changes: Collection[Change]) -> Production | None:
    """Take the structure when shared facts are touched or newly cited, then the productions by id (D10)."""
    shared = [change.about for change in changes if change.kind in SHARED]
    if shared or any(_mentions_shared(change.values) for change in changes):
        Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
    bumped = productions_using(structure, shared)
    if slug is None:
        list(Production.objects.filter(pk__in=bumped).order_by("pk").select_for_update(no_key=True))
        return None
    anchor = Production.objects.filter(structure=structure, slug=slug).first()
    if anchor is None:
        if not any(change.op == "add" and change.about == f"production/{slug}" for change in changes):
            raise UnknownProduction(slug)
        Structure.objects.select_for_update(no_key=True).get(pk=structure.pk)
        anchor, _ = Production.objects.get_or_create(
            structure=structure, slug=slug, defaults={"created_at": clock.now()}
        )
    wanted = bumped | {anchor.pk}
    list(Production.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True))
    return anchor


def _mentions_shared(value: Any) -> bool:
    if isinstance(value, str):
        return value.partition("/")[0] in SHARED
    if isinstance(value, Mapping):
        return any(_mentions_shared(inner) for inner in value.values())
    return isinstance(value, (list, tuple)) and any(_mentions_shared(inner) for inner in value)


_USING = """
WITH RECURSIVE edited(id, kind) AS (
    SELECT id, kind FROM filage_web_row WHERE structure_id = %s AND production_id IS NULL AND id IN ({ids})
), up(id) AS (
    SELECT id FROM edited
    UNION SELECT target_id FROM filage_web_link
          WHERE source_id IN (SELECT id FROM edited WHERE kind = 'person_private')
    UNION SELECT link.source_id FROM filage_web_link link JOIN up ON link.target_id = up.id
          WHERE link.production_id IS NULL
)
SELECT DISTINCT link.production_id FROM filage_web_link link JOIN up ON link.target_id = up.id
WHERE link.production_id IS NOT NULL
"""


def productions_using(structure: Structure, abouts: Collection[str]) -> set[int]:
    """Give the keys of the productions that link to these shared facts, through other shared facts too.

    The employer and the structure's own schemes belong to every production; private data to those that know its person.
    """
    if not abouts:
        return set()
    if any(split(about)[0] in ("employer", "scheme") for about in abouts):
        return set(Production.objects.filter(structure=structure).values_list("pk", flat=True))
    keys = [row.pk for row in current_rows(structure, None, abouts).values()]
    if not keys:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_USING.format(ids=", ".join(["%s"] * len(keys))), [structure.pk, *keys])
        return {production for (production,) in cursor.fetchall()}


# --- what is asked, checked ---------------------------------------------------------------------------------


def _refuse_moved(
    structure: Structure,
    production: str | None,
    changes: Collection[Change],
    current: Mapping[str, Current],
    seen: Seen,
) -> None:
    moved = []
    for change in changes:
        row = current.get(change.about)
        shown = seen.get(change.about)
        gone = row is None and change.op != "add"
        if shown is not None and (gone or (row is not None and row.revision != shown)):
            moved.append(_moved(structure, production, change, row, shown))
    if moved:
        raise Conflict(moved)


def _moved(
    structure: Structure, production: str | None, change: Change, row: Current | None, shown: int
) -> Moved:
    history = models.Change.objects.filter(
        structure=structure, kind=change.kind, ident=change.id
    ).select_related("private", "change_set__actor")
    if change.kind not in SHARED:
        history = history.filter(change_set__production__slug=production)
    base = history.filter(change_set_id=shown).first()
    last = history.order_by("-change_set_id").first()
    written = last.change_set if last else None
    return Moved(
        about=change.about,
        mine=_mine(change, versions_of(base)[1] if base else None, row),
        theirs=row.fact if row else None,
        who=written.who if written else "",
        at=written.at if written else None,
        label=written.label if written else "",
        revision=row.revision if row else None,
    )


def _mine(change: Change, shown: Fact | None, row: Current | None) -> Fact | None:
    """The version that was about to be saved: the change on what was shown."""
    if change.op == "remove":
        return None
    try:
        return changed_fact(shown or (row.fact if row else None), change)
    except BadInput:
        return shown


def _edited(
    structure: Structure, slug: str | None, changes: Collection[Change], current: Mapping[str, Current]
) -> list[Edit]:
    """Fold the changes into one edit per fact, in order; BadInput lists all that is wrong."""
    edits = {about: Edit(about, row, row.fact) for about, row in current.items()}
    alive = set(current)
    problems: list[Problem] = []
    for change in changes:
        try:
            _check_scope(slug, change)
            edits[change.about] = _edit(edits.get(change.about), change, alive=change.about in alive)
            (alive.discard if change.op == "remove" else alive.add)(change.about)
        except BadInput as error:
            problems.extend(error.problems)
    problems.extend(_house_rules(structure, edits))
    if problems:
        raise BadInput(problems)
    return [edit for edit in edits.values() if not edit.nothing]


def _check_scope(slug: str | None, change: Change) -> None:
    """One ChangeSet concerns one production, and its own production fact."""
    if change.kind not in BY_KIND:
        raise BadInput(Problem(f"« {change.kind} » n’est pas une sorte de fait", change.about))
    if slug is None and change.kind not in SHARED:
        raise BadInput(Problem("ce fait appartient à une production : dites laquelle", change.about))
    if change.kind == "production" and change.id != slug:
        raise BadInput(Problem(f"ce dossier est celui de production/{slug}", change.about))
    if change.kind == "production" and change.op == "remove":
        raise BadInput(Problem("une production ne se retire pas de son propre dossier", change.about))


def _edit(edit: Edit | None, change: Change, *, alive: bool) -> Edit:
    current = edit.current if edit else None
    if change.op == "add":
        if alive:
            raise BadInput(
                Problem("ce fait existe déjà", change.about, suggestion="choisissez un autre identifiant")
            )
        return Edit(change.about, current, changed_fact(None, change))
    if edit is None or not alive:
        raise BadInput(Problem("ce fait n’existe pas (ou plus)", change.about))
    if change.op == "remove":
        return replace(edit, after=None)
    if edit.after is None and current is not None:
        return replace(edit, after=_repaired(current, change))
    return replace(edit, after=changed_fact(edit.after, change))


def _repaired(current: Current, change: Change) -> Fact:
    """A fact that could no longer be read, with the fields given put right."""
    values = {**current.body, **change.values}
    return fact_of_values(
        change.kind, {key: value for key, value in values.items() if key not in change.clear}
    )


def _house_rules(structure: Structure, edits: Mapping[str, Edit]) -> list[Problem]:
    """What a fact alone cannot know: how it fits the structure."""
    problems = [problem for edit in edits.values() if edit.after for problem in unfit(edit.after)]
    added = [edit.about for edit in edits.values() if edit.op == "add" and split(edit.about)[0] == "employer"]
    if added:
        gone = [split(about)[1] for about, edit in edits.items() if edit.op == "remove"]
        kept = Row.objects.filter(within(structure, None), kind="employer").exclude(ident__in=gone)
        if kept.exists() or len(added) > 1:
            problems.append(
                Problem("la structure a déjà une fiche employeur", added[-1], suggestion="modifiez-la")
            )
    return problems


# --- what is written ----------------------------------------------------------------------------------------


def _label(edits: Collection[Edit]) -> str:
    """Say what a ChangeSet does when its author did not."""
    first = next(iter(edits), None)
    if first is None:
        return "Ajout de fiches de la structure"
    fact = first.after or first.before
    verb = {"add": "Ajout", "set": "Modification", "remove": "Retrait"}[first.op]
    name = f"{verb} : {fact.title.lower()} {label_of(fact)}" if fact else f"{verb} : {first.about}"
    more = len(edits) - 1
    return (name if not more else f"{name} et {more} autre{'s' if more > 1 else ''}")[:200]


def _set_of(
    structure: Structure,
    anchor: Production | None,
    actor: User | None,
    label: str,
    undoes: ChangeSet | None,
    signature: str,
) -> ChangeSet:
    return ChangeSet.objects.create(
        structure=structure, production=anchor, actor=actor, at=clock.now(), label=label[:200], undoes=undoes,
        signature=signature[:160],
    )  # fmt: skip


def _write(structure: Structure, anchor: Production | None, edits: list[Edit], change_set: ChangeSet) -> None:
    edits += _first_employer(structure, anchor, edits)
    kept = {edit.about: edit.after for edit in edits if edit.after is not None}
    current = {edit.about: edit.current for edit in edits if edit.current is not None}
    removed = {edit.about: edit.current.pk for edit in edits if edit.current and edit.after is None}
    shared = [edit.about for edit in edits if split(edit.about)[0] in SHARED]
    bumped = productions_using(structure, shared)
    keys = write_rows(structure, anchor, kept, current, change_set.pk)
    rewrite_links(structure, anchor, kept, keys)
    remove_rows(removed)
    follow_moves(structure, {edit.about: edit.before for edit in edits}, kept)
    _keep_history(structure, edits, change_set)
    bumped |= productions_using(structure, [about for about in shared if about in kept])
    Production.objects.filter(pk__in=bumped | ({anchor.pk} if anchor else set())).update(
        revision=change_set.pk
    )


def _first_employer(structure: Structure, anchor: Production | None, edits: Collection[Edit]) -> list[Edit]:
    """A production needs its employer: the structure's first one is made from its name."""
    opened = any(edit.op == "add" and split(edit.about)[0] == "production" for edit in edits)
    given = any(edit.after is not None and split(edit.about)[0] == "employer" for edit in edits)
    if anchor is None or not opened or given:
        return []
    if Row.objects.filter(within(structure, None), kind="employer").exists():
        return []
    about = f"employer/{structure.slug.lower().replace('_', '-').strip('-') or 'structure'}"
    return [Edit(about, None, changed_fact(None, add(about, label=structure.name)))]


def _keep_history(structure: Structure, edits: Collection[Edit], change_set: ChangeSet) -> None:
    rows = models.Change.objects.bulk_create(_history(structure, edit, change_set) for edit in edits)
    PrivateChange.objects.bulk_create(
        PrivateChange(structure=structure, change=row, before=_before(edit), after=_after(edit))
        for row, edit in zip(rows, edits, strict=True)
        if row.kind in PRIVATE
    )


def _history(structure: Structure, edit: Edit, change_set: ChangeSet) -> models.Change:
    kind, ident = split(edit.about)
    fact = edit.after or edit.before
    return models.Change(
        structure=structure,
        change_set=change_set,
        op=edit.op,
        kind=kind,
        ident=ident,
        label=label_of(fact) if fact else ident,
        was_revision=edit.current.revision if edit.current else None,
        schema=CURRENT,
        before=None if kind in PRIVATE else _before(edit),
        after=None if kind in PRIVATE else _after(edit),
    )


def _before(edit: Edit) -> Body | None:
    """What the row held, in today's schema where it can be read."""
    if edit.current is None:
        return None
    return body_of(edit.before) if edit.before else edit.current.body


def _after(edit: Edit) -> Body | None:
    return body_of(edit.after) if edit.after else None


def revision_of(structure: Structure, production: str) -> int:
    """Give the revision of a production, 0 when it does not exist: what a preview's form carries."""
    found = Production.objects.filter(structure=structure, slug=production).aggregate(
        revision=Max("revision")
    )
    return found["revision"] or 0
