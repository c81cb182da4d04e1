"""Changes applied to a dossier: a new dossier, or every reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.base import references
from filage.facts.reading import fact_of_values
from filage.facts.writing import values_of
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.base import Fact
    from filage.facts.dossier import Dossier


def apply_changes(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """Return the dossier after the changes.

    BadInput lists every change that does not apply and every reference left without its fact.
    """
    problems: list[Problem] = []
    first = dossier
    before = {problem.path for problem in dossier.dangling()}
    for change in changes:
        try:
            dossier = apply_change(dossier, change)
        except BadInput as error:
            problems.extend(error.problems)
    problems.extend(
        _still_cited(first, dossier, problem) for problem in dossier.dangling() if problem.path not in before
    )
    if problems:
        raise BadInput(problems)
    return dossier


def _still_cited(before: Dossier, after: Dossier, problem: Problem) -> Problem:
    """What a reference without its fact says to whoever removed that fact: who still cites it, and the way out."""
    about, _, path = problem.path.partition(".")
    source = after.get(about)
    target = next((to for name, to in references(source) if name == path), "") if source else ""
    gone = before.get(target)
    if source is None or gone is None:
        return problem
    return Problem(
        f"« {gone.name()} » est encore cité par « {source.name()} » ({source.title.lower()})",
        suggestion=f"retirez d’abord « {source.name()} », ou changez ce qu’il cite",
    )


def apply_change(dossier: Dossier, change: Change) -> Dossier:
    """Return the dossier after one change; references are not checked here."""
    current = dossier.get(change.about)
    if change.op == "add":
        if current is not None:
            raise BadInput(Problem("ce fait existe déjà", path=change.about))
        return dossier.with_facts([changed_fact(None, change)])
    if current is None:
        raise BadInput(Problem("ce fait n’existe pas (ou plus)", path=change.about))
    if change.op == "set":
        return dossier.with_facts([changed_fact(current, change)])
    rest = {ident: fact for ident, fact in dossier.by_kind[change.kind].items() if ident != change.id}
    return type(dossier)({**dossier.by_kind, change.kind: rest})


def changed_fact(current: Fact | None, change: Change) -> Fact:
    """Return the fact after an `add` or a `set`; BadInput locates what is wrong by field."""
    if change.values.get("id", change.id) != change.id:
        raise BadInput(Problem("un identifiant ne change plus une fois donné", path=f"{change.about}.id"))
    values = values_of(current) if current is not None else {}
    values |= dict(change.values) | {"id": change.id}
    for field in change.clear:
        values.pop(field, None)
    try:
        return fact_of_values(change.kind, values)
    except BadInput as error:
        located = (
            Problem(p.message, f"{change.about}.{p.path}", p.file, p.line, p.expected, p.suggestion)
            for p in error.problems
        )
        raise BadInput(located) from None


def difference(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """Return the changes that turn one dossier into the other: removals last, so that references hold."""
    added: list[Change] = []
    removed: list[Change] = []
    for fact in after:
        old = before.get(fact.about)
        if old is None:
            added.append(Change(op="add", about=fact.about, values=_without_id(fact)))
        elif old != fact:
            added.append(_set(old, fact))
    removed.extend(Change(op="remove", about=fact.about) for fact in before if after.get(fact.about) is None)
    return (*added, *removed)


def inverse(before: Fact | None, after: Fact | None) -> Change:
    """Return the change that undoes the passage from `before` to `after` (one of them may be absent)."""
    if before is None and after is not None:
        return Change(op="remove", about=after.about)
    if after is None and before is not None:
        return Change(op="add", about=before.about, values=_without_id(before))
    if before is None or after is None:
        message = "rien à défaire"
        raise BadInput(message)
    return _set(after, before)


def referring(dossier: Dossier, about: str) -> tuple[str, ...]:
    """Return the facts that refer to `about`."""
    return tuple(fact.about for fact in dossier if any(target == about for _, target in references(fact)))


def _without_id(fact: Fact) -> dict[str, object]:
    values = values_of(fact)
    del values["id"]
    return values


def _set(old: Fact, new: Fact) -> Change:
    """The `set` from one version to the other: fields gone back to their default are cleared."""
    was, now = values_of(old), values_of(new)
    changed = {field: value for field, value in now.items() if was.get(field) != value}
    return Change(
        op="set", about=new.about, values=changed, clear=tuple(field for field in was if field not in now)
    )
