"""The versions of the facts that changes were drawn up from: what moves meanwhile is a conflict, never overwritten."""

from collections.abc import Iterable

from filage.kernel.changes import Change
from filage_web.store.outcomes import Opened


def seen_by(opened: Opened, changes: Iterable[Change]) -> dict[str, int]:
    """Give the revision of every fact that changes set or remove."""
    revisions = opened.loaded.revisions
    return {change.about: revisions[change.about] for change in changes if change.about in revisions}
