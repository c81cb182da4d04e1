"""Undo, several times in a row: a write is undone while what it wrote still reads as it left it."""

from filage_web.accounts.models import User
from filage_web.scenarios.chosen import Chosen
from filage_web.store.changes import apply, inverse_of, undo, versions_of
from filage_web.store.models import ChangeSet


def undo_write(found: Chosen, written: ChangeSet, *, actor: User) -> ChangeSet | None:
    """Write the inverse of a ChangeSet; Conflict when a fact it wrote reads otherwise now.

    A second undo meets rows that the first one rewrote with the very values this write had left: it is not a move.
    """
    left = {row.about: versions_of(row)[1] for row in written.changes.select_related("private")}
    stored, revisions = found.loaded.dossier, found.loaded.revisions
    if any(stored.get(about) != after for about, after in left.items()):
        return undo(written, actor=actor)
    seen = {about: revisions[about] for about in left if about in revisions}
    label = f"Annulation : {written.label}"[:200]
    changes = inverse_of(written)
    return apply(
        found.structure, found.production, changes, actor=actor, label=label, seen=seen, undoes=written
    )
