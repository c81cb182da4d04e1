"""Writing under a scenario: a change made while one is chosen is kept in it; adopting it makes its changes real."""

from collections.abc import Iterable

from django.http import HttpResponseBase

from filage.facts.changing import apply_changes
from filage.facts.scenarios import file_values, fold, kept_in, refuse_shared
from filage.kernel.changes import Change
from filage_web.accounts.decorators import MemberRequest
from filage_web.accounts.models import User
from filage_web.preview.answers import nothing_changed, saved
from filage_web.scenarios.chosen import Chosen
from filage_web.store.changes import Seen, apply
from filage_web.store.models import ChangeSet

EMPTY: dict[str, int] = {}

__all__ = ["done", "file_values", "fold", "write"]


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
    about = found.scenario.about
    mine = {about: seen[about]} if about in seen else EMPTY
    name = f"{found.scenario.label} : {label}" if label else ""
    return apply(
        structure, production, [kept_in(found.scenario, changes)], actor=actor, label=name, seen=mine
    )


def done(request: MemberRequest, written: ChangeSet | None, back: str) -> HttpResponseBase:
    """Go back after a write, with a toast that offers to undo it."""
    return saved(request, written, back) if written else nothing_changed(request, back)
