"""Rows an import refused, kept as a task whose list says each of them: nothing of a file is lost from sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from filage.facts.task import Task
from filage.kernel.changes import Change, add, set_
from filage.kernel.text import fold
from filage.planning.fresh_ids import FreshIds

if TYPE_CHECKING:
    from datetime import date

    from filage.budget.importing.facts import Plan
    from filage.budget.importing.shape import Refusal
    from filage.facts.dossier import Dossier

LISTED: Final = 60
"""Rows listed one by one; the others are counted, the file itself being kept."""
_LONGEST: Final = 200


def refused_task(plan: Plan, dossier: Dossier, due_on: date) -> tuple[Change, ...]:
    """The task that lists the rows refused, to be done by `due_on`; the one of the same file is brought up to date."""
    file = plan.reading.file
    label = f"Reprendre les lignes refusées de {file}"[:_LONGEST]
    known = next(
        (one for one in dossier.all(Task) if fold(one.label) == fold(label) and not one.done_on), None
    )
    if not plan.refusals:
        return ()
    told = [_told(one) for one in plan.refusals[:LISTED]]
    if more := len(plan.refusals) - LISTED:
        told += [f"et {more} autres : le fichier est joint à la production"] if more > 0 else []
    if known is not None:
        done = {one.label for one in known.checklist if one.done}
        checklist = [{"label": one, "done": one in done} for one in told]
        same = [one.label for one in known.checklist] == told
        return () if same else (set_(known.about, checklist=checklist),)
    about = FreshIds(dossier).take("task", label)
    checklist = [{"label": one} for one in told]
    return (add(about, label=label, due_on=due_on.isoformat(), checklist=checklist),)


def _told(one: Refusal) -> str:
    name = f" « {one.label[:80]} »" if one.label else ""
    return f"Ligne {one.row}{name} : {one.reason}"[:_LONGEST]
