"""Writing under a scenario: a change made while one is chosen is kept in it; adopting it makes its changes real."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponseBase

from filage.facts.changing import apply_changes
from filage.facts.kinds import SHARED
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.models import User
from filage_web.preview.answers import nothing_changed, saved
from filage_web.scenarios.chosen import Chosen
from filage_web.store.changes import Seen, apply
from filage_web.store.models import ChangeSet

EMPTY: dict[str, int] = {}


def write(
    found: Chosen,
    changes: Iterable[Change],
    *,
    actor: User,
    label: str = "",
    seen: Seen = EMPTY,
) -> ChangeSet | None:
    """Write changes where the page stands: in the production, or in the chosen scenario.

    BadInput lists every change that does not apply; Conflict holds both versions. None when nothing changes.
    """
    changes = tuple(changes)
    structure, production = found.structure, found.production
    if found.scenario is None:
        return apply(structure, production, changes, actor=actor, label=label, seen=seen)
    refuse_shared(changes)
    apply_changes(found.dossier, changes)
    kept = fold((*found.scenario.changes, *changes))
    about = found.scenario.about
    values = [file_values(change) for change in kept]
    mine = {about: seen[about]} if about in seen else EMPTY
    name = f"{found.scenario.label} : {label}" if label else ""
    return apply(structure, production, [set_(about, changes=values)], actor=actor, label=name, seen=mine)


def refuse_shared(changes: Iterable[Change]) -> None:
    """A scenario belongs to one production: people, venues and the structure are edited outside it."""
    problems = [
        Problem(
            "cette fiche appartient à la structure entière",
            change.about,
            suggestion="revenez à la référence pour la modifier",
        )
        for change in changes
        if change.kind in SHARED
    ]
    if problems:
        raise BadInput(problems)


def fold(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Keep one change per fact: what was written last wins, what was added then removed is forgotten."""
    kept: dict[str, Change] = {}
    for change in changes:
        before = kept.pop(change.about, None)
        if before is None:
            kept[change.about] = change
        elif change.op == "remove":
            if before.op != "add":
                kept[change.about] = change
        elif before.op == "remove":
            kept[change.about] = change
        else:
            kept[change.about] = _merged(before, change)
    return tuple(kept.values())


def _merged(before: Change, change: Change) -> Change:
    values = {key: value for key, value in before.values.items() if key not in change.clear}
    clear = tuple(dict.fromkeys([*(c for c in before.clear if c not in change.values), *change.clear]))
    return Change(
        op=before.op,
        about=before.about,
        values={**values, **change.values},
        clear=() if before.op == "add" else clear,
    )


def file_values(change: Change) -> dict[str, object]:
    """Write a change as a file holds it."""
    return change.model_dump(mode="json", exclude_defaults=True)


def done(request: MemberRequest, written: ChangeSet | None, back: str) -> HttpResponseBase:
    """Go back after a write, with a toast that offers to undo it."""
    return saved(request, written, back) if written else nothing_changed(request, back)
