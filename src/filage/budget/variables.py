"""Named numbers: those the calendar gives (`nb_dates`…) and those the dossier names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from filage.facts.budget import Variable
from filage.facts.calendar import Event
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.expression import ExpressionError, evaluate, names_in
from filage.kernel.finding import Finding
from filage.kernel.text import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from filage.facts.dossier import Dossier
    from filage.kernel.step import Step

COMPUTED = {
    "nb_dates": "représentations au calendrier, hors annulées",
    "nb_series": "séries de représentations au même lieu",
    "nb_lieux": "lieux de représentation",
    "nb_services": "événements de répétition",
    "jours_repet": "jours de répétition",
    "jours_residence": "jours de résidence",
    "jours_montage": "jours de montage",
    "jours_tournage": "jours de tournage",
    "jours_enregistrement": "jours d’enregistrement",
}
UNITS = {
    "nb_dates": "dates", "nb_series": "séries", "nb_lieux": "lieux", "nb_services": "services",
    "jours_repet": "jours", "jours_residence": "jours", "jours_montage": "jours", "jours_tournage": "jours",
    "jours_enregistrement": "jours",
}  # fmt: skip
_DAYS = {
    "jours_repet": "rehearsal", "jours_residence": "residency", "jours_montage": "setup", "jours_tournage": "shoot",
    "jours_enregistrement": "recording",
}  # fmt: skip


def variables_of(dossier: Dossier) -> tuple[dict[str, Step], tuple[Finding, ...]]:
    """Return every variable by name, and a finding for each that cannot be computed (circular ones are named).

    A typed variable that bears the name of one of the calendar's replaces it; both values are told when they differ.
    """
    counted = _from_calendar(dossier)
    typed, findings = _by_name(dossier.all(Variable))
    values = {name: step for name, step in counted.items() if name not in typed}
    for name in typed:
        _resolve(name, typed, values, findings, ())
    findings += [
        _replaced(typed[n], counted[n], values[n]) for n in counted if _differs(n, typed, counted, values)
    ]
    ordered = {name: values[name] for name in (*counted, *typed) if name in values}
    return ordered, tuple(findings)


def _by_name(variables: Iterable[Variable]) -> tuple[dict[str, Variable], list[Finding]]:
    """The variable of each name; the first counts when there are two, and the second is said."""
    kept: dict[str, Variable] = {}
    findings: list[Finding] = []
    for variable in variables:
        first = kept.setdefault(variable.name_text, variable)
        if first is not variable:
            message = (
                f"Deux variables s’appellent {variable.name_text} : {first.about} compte, renommez celle-ci."
            )
            findings.append(Finding("budget.variable_twice", "warning", variable.about, message))
    return kept, findings


def _differs(
    name: str, typed: dict[str, Variable], counted: dict[str, Step], values: dict[str, Step]
) -> bool:
    return name in typed and name in values and values[name].value != counted[name].value


def _replaced(variable: Variable, counted: Step, used: Step) -> Finding:
    message = (
        f"{variable.name_text} vaut {french.number(used.value)}, saisi, "
        f"et {french.number(counted.value)} au calendrier : la valeur saisie compte."
    )
    return Finding("budget.variable_replaced", "info", variable.about, message, subject=variable.name_text)


def series_lengths(dossier: Dossier) -> tuple[int, ...]:
    """How many dates each series counts, in order: performances that follow one another at the same venue."""
    dates = sorted(
        (e for e in dossier.all(Event) if e.type == "performance" and e.option != "cancelled"),
        key=lambda e: (e.day, str(e.start)),
    )
    return tuple(len(list(run)) for _, run in groupby(dates, key=lambda e: e.venue))


def _from_calendar(dossier: Dossier) -> dict[str, Step]:
    alive = [event for event in dossier.all(Event) if event.option != "cancelled"]
    dates = [event for event in alive if event.type == "performance"]
    days = {(event.type, event.day) for event in alive}
    kinds = [kind for kind, _ in days]
    counts = {
        "nb_dates": len(dates),
        "nb_series": len(series_lengths(dossier)),
        "nb_lieux": len({event.venue for event in dates}),
        "nb_services": sum(event.type == "rehearsal" for event in alive),
        **{name: kinds.count(kind) for name, kind in _DAYS.items()},
    }
    return {name: steps.given(name, counts[name], unit=UNITS[name], by=COMPUTED[name]) for name in COMPUTED}


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
        findings.append(
            Finding("budget.expression", "blocking", variable.about, sentence(f"{name} : {error}"))
        )
