"""A production started from another: chosen facts copied, without anybody's private data, dates dropped or shifted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from filage.facts.base import references
from filage.facts.budget import LineDetail
from filage.facts.kinds import PRIVATE, SHARED
from filage.facts.reading import fact_of_values
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add
from filage.kernel.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "positions": ("position",),
    "lines": ("variable", "budget_post", "budget_group", "budget_line", "line_detail"),
    "needs": ("need",),
    "fundings": ("funding",),
    "tasks": ("task",),
}
"""What may be copied, part by part: team to fill, budget, needs, financing to ask again, tasks."""
_LEFT: Final[Mapping[str, tuple[str, ...]]] = {
    "budget_line": ("committed", "proposed_by"),
    "line_detail": ("files", "due", "to_complete", "variance", "owner", "events"),
    "funding": ("state", "probability", "asked", "asked_on", "gathered", "instalments"),
    "task": ("owner", "started_on", "done_on"),
    "need": ("state", "owner"),
}
"""What belongs to the former production alone: what was committed, answered, done, by whom."""


def copied(dossier: Dossier, parts: Iterable[str], *, shift: timedelta | None) -> tuple[Change, ...]:
    """Return the additions that copy these parts; dates are moved by `shift`, or dropped without one.

    A reference to a fact that is not copied is left out, and so is a fact that cannot do without what is left out.
    """
    kinds = [kind for part in parts for kind in PARTS[part] if kind not in PRIVATE]
    facts = [fact for kind in kinds for fact in dossier.by_kind.get(kind, {}).values() if _kept(fact)]
    known = {fact.about for fact in facts}
    changes: list[Change] = []
    for fact in facts:
        values = _values(fact, known, shift)
        try:
            fact_of_values(fact.kind, {"id": fact.id, **values})
        except BadInput:
            continue
        changes.append(add(fact.about, **values))
    return tuple(changes)


def copied_phases(dossier: Dossier, shift: timedelta | None) -> list[dict[str, Any]]:
    """Return the phases of a production, moved; none without a shift, since a phase is its dates."""
    if shift is None:
        return []
    phases = dossier.production.phases
    return [_moved(one, one.model_dump(mode="json", exclude_none=True), shift) for one in phases]


def _kept(fact: Fact) -> bool:
    """Details of typed lines alone: the computed ones follow from people and dates."""
    return not isinstance(fact, LineDetail) or fact.line.startswith(("line/", "funding/"))


def _values(fact: Fact, known: set[str], shift: timedelta | None) -> dict[str, Any]:
    gone = {
        path.partition(".")[0].partition("[")[0]: target
        for path, target in references(fact)
        if target not in known and target.partition("/")[0] not in SHARED
    }
    values: dict[str, Any] = _moved(fact, values_of(fact), shift)
    for name in ("id", *_LEFT.get(fact.kind, ()), *(("phase",) if fact.kind == "task" and not shift else ())):
        values.pop(name, None)
    for name in gone:
        held = values.pop(name, None)
        if isinstance(held, list):
            values[name] = [one for one in held if one in known or str(one).partition("/")[0] in SHARED]
    for check in values.get("checklist", ()):
        check.pop("done", None)
    return values


def _moved(value: Any, written: Any, shift: timedelta | None) -> Any:
    """What is written, with its days moved, or left out: `value` tells which texts are days."""
    if isinstance(written, dict):
        held = {name: getattr(value, name, None) for name in written}
        return {
            name: _moved(held[name], one, shift)
            for name, one in written.items()
            if not (shift is None and type(held[name]) is date)
        }
    if isinstance(written, list):
        pairs = zip(value, written, strict=True)
        return [_moved(one, text, shift) for one, text in pairs if not (shift is None and type(one) is date)]
    return (value + shift).isoformat() if type(value) is date and shift is not None else written
