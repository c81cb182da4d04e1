"""Constraints imposed from outside, checked when they have a checkable form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.people import Company, Person
from filage.facts.production import (
    Constraint,
    CreditCheck,
    DateCheck,
    ExclusivityCheck,
    LocalHiringCheck,
    PlaceCheck,
)
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.finding import Finding, NotChecked
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from filage.facts.dossier import Dossier


def check_constraints(dossier: Dossier) -> tuple[list[Finding], list[NotChecked]]:
    """Return a finding for each way a constraint is broken; those without a checkable form are said not checked."""
    findings: list[Finding] = []
    unchecked: list[NotChecked] = []
    for constraint in dossier.all(Constraint):
        if constraint.check is None:
            unchecked.append(
                NotChecked(
                    constraint.about, "une forme vérifiable (date, lieu, exclusivité, mention, emploi local)"
                )
            )
            continue
        check = _CHECKS[constraint.check.form]
        company = dossier.find(constraint.who, Company)
        imposed = company.label if company else label_of(constraint, "imposed_by")
        findings.extend(
            Finding(
                "constraint.broken",
                "blocking",
                constraint.about,
                f"{broken} Imposé par {imposed} : « {constraint.text} ».",
            )
            for broken in check(constraint.check, dossier)
        )
    return findings, unchecked


def _events(dossier: Dossier, kinds: tuple[str, ...]) -> Iterator[Event]:
    return (e for e in dossier.all(Event) if e.option != "cancelled" and (not kinds or e.type in kinds))


def _name(event: Event) -> str:
    return f"{event.label or label_of(event, 'type')} du {french.day(event.day)}"


def _city(event: Event, dossier: Dossier) -> str:
    venue = dossier.find(event.venue, Venue)
    return (venue.city or "") if venue else ""


def _dates(check: DateCheck, dossier: Dossier) -> Iterator[str]:
    for event in _events(dossier, check.kinds):
        if check.not_before and event.day < check.not_before:
            yield f"{_name(event)} : pas avant le {french.day(check.not_before)}."
        if check.not_after and event.day > check.not_after:
            yield f"{_name(event)} : pas après le {french.day(check.not_after)}."


def _places(check: PlaceCheck, dossier: Dossier) -> Iterator[str]:
    allowed = {fold(city) for city in check.cities}
    for event in _events(dossier, check.kinds):
        if fold(_city(event, dossier)) not in allowed:
            yield f"{_name(event)} est hors de {', '.join(check.cities)}."


def _exclusivity(check: ExclusivityCheck, dossier: Dossier) -> Iterator[str]:
    reserved = {fold(city) for city in check.cities}
    for event in _events(dossier, ("performance",)):
        inside = check.not_before <= event.day <= check.not_after and event.venue != check.venue
        if inside and fold(_city(event, dossier)) in reserved:
            yield f"{_name(event)} à {_city(event, dossier)} rompt l’exclusivité."


def _credits(check: CreditCheck, dossier: Dossier) -> Iterator[str]:
    if fold(check.wording) not in fold(dossier.production.credits or ""):
        yield f"Les mentions ne portent pas « {check.wording} »."


def _local_hiring(check: LocalHiringCheck, dossier: Dossier) -> Iterator[str]:
    cities = {fold(city) for city in check.cities}
    engaged = {engagement.person for engagement in dossier.all(Engagement)}
    local = sum(
        1 for person in dossier.all(Person) if person.about in engaged and fold(person.city or "") in cities
    )
    if local < check.people:
        yield f"{local} personne(s) de {', '.join(check.cities)} engagée(s), {check.people} au moins."


_CHECKS: dict[str, Callable[[Any, Dossier], Iterator[str]]] = {
    "date": _dates,
    "place": _places,
    "exclusivity": _exclusivity,
    "credit": _credits,
    "local_hiring": _local_hiring,
}
