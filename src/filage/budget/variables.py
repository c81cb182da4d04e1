"""Named numbers: those the calendar gives (`nb_dates`…) and those the dossier names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.budget import Variable
from filage.facts.calendar import Event
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate, names_in
from filage.kernel.finding import Finding
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

COMPUTED = {
    "nb_dates": "représentations au calendrier, hors annulées",
    "nb_series": "séries de représentations au même lieu",
    "nb_lieux": "lieux de représentation",
    "nb_services": "événements de répétition",
    "jours_tournage": "jours de tournage",
}


def variables_of(dossier: Dossier) -> tuple[dict[str, Step], tuple[Finding, ...]]:
    """Return every variable by name, and a finding for each that cannot be computed (circular ones are named)."""
    values = _from_calendar(dossier)
    typed = {variable.name_text: variable for variable in dossier.all(Variable)}
    findings: list[Finding] = []
    for name in typed:
        _resolve(name, typed, values, findings, ())
    return values, tuple(findings)


def _from_calendar(dossier: Dossier) -> dict[str, Step]:
    alive = [event for event in dossier.all(Event) if event.option != "cancelled"]
    dates = sorted((e for e in alive if e.type == "performance"), key=lambda e: (e.day, str(e.start)))
    series = sum(
        1
        for before, event in zip([None, *dates], dates, strict=False)
        if before is None or before.venue != event.venue
    )
    counts = {
        "nb_dates": len(dates),
        "nb_series": series,
        "nb_lieux": len({event.venue for event in dates}),
        "nb_services": sum(event.type == "rehearsal" for event in alive),
        "jours_tournage": len({event.day for event in alive if event.type == "shoot"}),
    }
    return {name: steps.given(name, count, unit="", by=COMPUTED[name]) for name, count in counts.items()}


def _resolve(
    name: str,
    typed: dict[str, Variable],
    values: dict[str, Step],
    findings: list[Finding],
    chain: tuple[str, ...],
) -> None:
    if name in values or name not in typed:
        return
    variable = typed[name]
    if name in chain:
        circle = " → ".join((*chain[chain.index(name) :], name))
        findings.append(
            Finding(
                "budget.circular_variable", "blocking", variable.about, f"Variables en boucle : {circle}."
            )
        )
        values[name] = steps.given(name, 0, unit="")
        return
    try:
        for other in sorted(names_in(variable.value)):
            _resolve(other, typed, values, findings, (*chain, name))
        values.setdefault(
            name, evaluate(variable.value, values, label=variable.label or name, unit=variable.unit or "")
        )
    except ExpressionError as error:
        findings.append(Finding("budget.expression", "blocking", variable.about, sentence(error)))
