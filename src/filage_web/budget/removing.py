"""Lines taken out of the budget: typed ones leave with what was said of them; computed ones follow their facts."""

from collections.abc import Iterable

from filage.facts.budget import LineDetail, LineOverride
from filage.kernel.changes import Change, remove
from filage_web.budget.cells import CellError
from filage_web.budget.grid import Line
from filage_web.scenarios.chosen import Chosen


def removal_of(lines: Iterable[Line], found: Chosen) -> tuple[Change, ...]:
    """The changes that take lines out; CellError names the first that cannot be."""
    details = {detail.line: detail for detail in found.dossier.all(LineDetail)}
    overrides = {override.line: override for override in found.dossier.all(LineOverride)}
    changes: list[Change] = []
    for line in lines:
        if not line.is_typed:
            message = (
                f"{line.row.label} se calcule : elle part avec ce qui la fait. "
                "Pour ne plus la compter, mettez-la dans un groupe et écartez-le."
            )
            raise CellError(message)
        kept = (details.get(line.row.id), overrides.get(line.row.id))
        changes += [remove(fact.about) for fact in kept if fact is not None]
        changes.append(remove(line.row.about))
    return tuple(changes)
