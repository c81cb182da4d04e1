"""Scenarios resolved into plain dossiers: the rest of Filage knows nothing of them (D11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.changing import apply_change
from filage.facts.scenario import Scenario
from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding
from filage.kernel.text import closest

if TYPE_CHECKING:
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
