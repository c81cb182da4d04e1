"""Scenarios resolved into plain dossiers: the rest of Filage knows nothing of them (D11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.changing import apply_change
from filage.facts.kinds import SHARED
from filage.facts.scenario import Scenario
from filage.kernel.changes import Change, set_
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from filage.facts.dossier import Dossier


def resolve(dossier: Dossier, scenario_id: str | None) -> tuple[Dossier, tuple[Finding, ...]]:
    """Return the dossier as the scenario makes it, and a finding for each change that no longer applies.

    BadInput when the scenario does not exist or scenarios stand on each other in a circle.
    """
    findings: list[Finding] = []
    for scenario in _chain(dossier, scenario_id):
        for change in scenario.changes:
            try:
                dossier = apply_change(dossier, change)
            except BadInput as error:
                reasons = " ; ".join(problem.message for problem in error.problems)
                message = f"La différence « {change.op} {change.about} » ne s’applique plus : {reasons}."
                findings.append(Finding("scenario.change_lost", "warning", scenario.about, message))
    return dossier, tuple(findings)


def changes_of(dossier: Dossier, scenario_id: str) -> tuple[Change, ...]:
    """Return the changes of a scenario after those of the scenarios it starts from; BadInput as `resolve`."""
    return tuple(change for scenario in _chain(dossier, scenario_id) for change in scenario.changes)


def _chain(dossier: Dossier, scenario_id: str | None) -> list[Scenario]:
    """Return the scenarios to apply, base first."""
    chain: list[Scenario] = []
    about = f"scenario/{scenario_id}" if scenario_id else None
    while about is not None:
        scenario = dossier.find(about, Scenario)
        if scenario is None:
            known = [s.id for s in dossier.all(Scenario)]
            near = closest(about.partition("/")[2], known)
            hint = f"vouliez-vous {near} ?" if near else f"scénarios connus : {', '.join(known) or 'aucun'}"
            raise BadInput(Problem(f"{about} n’existe pas", suggestion=hint))
        if scenario in chain:
            raise BadInput(Problem("ces scénarios partent les uns des autres", path=about))
        chain.insert(0, scenario)
        about = scenario.base
    return chain


def kept_in(scenario: Scenario, changes: Iterable[Change]) -> Change:
    """The change of a scenario that keeps more changes in it; BadInput when one is of a fact of the whole structure."""
    changes = tuple(changes)
    refuse_shared(changes)
    kept = fold((*scenario.changes, *changes))
    if not kept:
        return set_(scenario.about, ("changes",))
    return set_(scenario.about, changes=[file_values(change) for change in kept])


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
