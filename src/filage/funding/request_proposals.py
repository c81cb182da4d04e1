"""What the dossier already says under a heading of a request: proposed with its origin, never invented."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from filage.facts.base import choices, label_of
from filage.facts.budget import BudgetLine, LineDetail
from filage.facts.calendar import Event, Vehicle
from filage.facts.deal import Ticketing
from filage.facts.funding import Funding
from filage.facts.intent import Answer, Writing
from filage.facts.people import Person
from filage.facts.team import Engagement, Position
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.text import sentence
from filage.planning.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from filage.facts.dossier import Dossier


class Proposal(NamedTuple):
    """A text the facts give, and where it comes from in words."""

    text: str
    origin: str


NOTHING: Final = Proposal("", "")
STRUCTURE, CALENDAR, TEAM = "la structure", "le calendrier", "l’équipe"


def proposed(name: str, dossier: Dossier, on: date) -> Proposal:
    """Return what a named proposal finds in a dossier on a day; nothing when the facts do not say."""
    found = PROPOSALS[name](dossier, on) if name else NOTHING
    return found if found.text else NOTHING


# --- the structure ----------------------------------------------------------------------------------------------------


def _name(dossier: Dossier, _on: date) -> Proposal:
    return Proposal(dossier.employer.label, STRUCTURE)


def _legal_form(dossier: Dossier, _on: date) -> Proposal:
    return Proposal(label_of(dossier.employer, "legal_form"), STRUCTURE)


def _siret(dossier: Dossier, _on: date) -> Proposal:
    return Proposal(dossier.employer.siret or "", STRUCTURE)


def _address(dossier: Dossier, _on: date) -> Proposal:
    return Proposal(dossier.employer.address or dossier.employer.city or "", STRUCTURE)


def _in_charge(dossier: Dossier, _on: date) -> Proposal:
    """The contact of the production or of the office, as printed on sheets: a professional number."""
    for role in ("administration", "production"):
        for contact in dossier.production.contacts:
            if contact.role == role:
                person = dossier.find(contact.person, Person)
                told = [person.name() if person else contact.label or "", contact.phone or ""]
                return Proposal(", ".join(part for part in told if part), "les contacts des feuilles")
    return NOTHING


def _licences(dossier: Dossier, on: date) -> Proposal:
    said = []
    for licence in dossier.employer.licences:
        until = ""
        if licence.expires_on:
            word = "expirée le" if licence.expires_on < on else "jusqu’au"
            until = f", {word} {french.day(licence.expires_on)}"
        said.append(f"{licence.number} (catégorie {licence.category}{until})")
    return Proposal("\n".join(said), STRUCTURE)


def _convention(dossier: Dossier, _on: date) -> Proposal:
    idcc = dossier.employer.idcc
    return Proposal(f"IDCC {idcc}" if idcc else "", STRUCTURE)


def _taxes(dossier: Dossier, _on: date) -> Proposal:
    employer = dossier.employer
    company = "soumise" if employer.corporate_tax else "non soumise"
    vat = label_of(employer, "vat_regime")
    return Proposal(f"{vat} ; {company} à l’impôt sur les sociétés", STRUCTURE)


def _headcount(dossier: Dossier, _on: date) -> Proposal:
    return Proposal(str(dossier.employer.headcount), STRUCTURE)


# --- the project ------------------------------------------------------------------------------------------------------


def _project_title(dossier: Dossier, _on: date) -> Proposal:
    production = dossier.production
    kind = label_of(production, "form").lower()
    parts = [production.label, production.subtitle or "", production.season or "", kind]
    return Proposal(", ".join(part for part in parts if part), "la production")


def _answered(dossier: Dossier, *topics: str) -> Proposal:
    for topic in topics:
        for answer in dossier.all(Answer):
            if answer.topic == topic:
                return Proposal(answer.text.strip(), "l’entretien avec l’artiste")
    return NOTHING


def _aims(dossier: Dossier, _on: date) -> Proposal:
    return _answered(dossier, "common-desir")


def _description(dossier: Dossier, _on: date) -> Proposal:
    for kind in ("synopsis", "pitch"):
        for writing in dossier.all(Writing):
            if writing.type == kind:
                return Proposal(writing.text.strip(), f"l’écrit « {writing.label} »")
    return Proposal((dossier.production.concept or "").strip(), "la note d’intention")


def _audience(dossier: Dossier, _on: date) -> Proposal:
    said, seats = _answered(dossier, "common-public"), _seats(dossier)
    if not seats:
        return said
    house = f"Jauge offerte : {_whole(seats)} places sur l’ensemble des dates."
    return Proposal(
        "\n".join(part for part in (said.text, house) if part), said.origin or "les jauges des lieux"
    )


def _seats(dossier: Dossier) -> int:
    venues = [dossier.find(event.venue, Venue) for event in _shows(dossier)]
    seats = [venue.capacity for venue in venues if venue and venue.capacity]
    return sum(seats) if len(seats) == len(venues) else 0


def _territory(dossier: Dossier, _on: date) -> Proposal:
    counted: Counter[str] = Counter()
    for event in _shows(dossier) or _alive(dossier):
        venue = dossier.find(event.venue, Venue)
        if venue and venue.city:
            counted[venue.city] += 1
    word = "date" if _shows(dossier) else "jour"
    said = ", ".join(f"{city} ({_count(number, word)})" for city, number in counted.items())
    return Proposal(said, CALENDAR)


def _material(dossier: Dossier, _on: date) -> Proposal:
    parts, origins = [], []
    if dossier.production.specification:
        parts.append(dossier.production.specification.strip())
        origins.append("le cahier des charges")
    used = {about for event in _alive(dossier) for about in event.vehicles}
    vehicles = [one.label for one in dossier.all(Vehicle) if one.about in used]
    if vehicles:
        parts.append(f"Véhicules : {', '.join(vehicles)}.")
        origins.append(CALENDAR)
    return Proposal("\n".join(parts), " et ".join(origins))


def _people(dossier: Dossier, _on: date) -> Proposal:
    """How many people, by department and job: neither names nor pay."""
    lines = []
    for department, label in choices(Position, "department").items():
        jobs: dict[str, int] = {}
        for position in dossier.all(Position):
            if position.department == department:
                jobs[position.label] = jobs.get(position.label, 0) + position.people
        if jobs:
            said = ", ".join(f"{job} ({number})" if number > 1 else job for job, number in jobs.items())
            lines.append(f"{label} : {said}.")
    engaged = len({one.person for one in dossier.all(Engagement)})
    if engaged:
        lines.append(f"{_count(engaged, 'personne engagée')} à ce jour.")
    return Proposal("\n".join(lines), TEAM)


def _period(dossier: Dossier, _on: date) -> Proposal:
    days = sorted(event.day for event in _alive(dossier))
    lines = [
        f"{phase.label} : du {french.day(phase.starts_on)} au {french.day(phase.ends_on)}."
        for phase in dossier.production.phases
    ]
    if days:
        lines.append(
            f"Du {french.day(days[0])} au {french.day(days[-1])} : {_counted(_alive(dossier), dossier)}."
        )
    return Proposal("\n".join(lines), "les phases et le calendrier")


def _counted(events: Iterable[Event], dossier: Dossier) -> str:
    kind = kind_of(dossier.production.form)
    counted = Counter(event.type for event in events if event.type not in ("travel", "meeting", "other"))
    return ", ".join(_count(number, kind.event_word(name).lower()) for name, number in counted.most_common())


def _indicators(dossier: Dossier, _on: date) -> Proposal:
    """What the dossier will be able to count: measures, not results."""
    shows, seats = _shows(dossier), _seats(dossier)
    lines = []
    if shows:
        places = len({event.venue for event in shows if event.venue})
        given = _count(len(shows), "représentation prévue")
        lines.append(f"Représentations données : {given} dans {_count(places, 'lieu', 'lieux')}")
    shoots = len({event.day for event in _of(dossier, "shoot")})
    if shoots:
        lines.append(f"Tournage : {_count(shoots, 'jour prévu')}")
    if seats:
        lines.append(f"Spectateurs accueillis : {_whole(seats)} places offertes")
    people = len({one.person for one in dossier.all(Engagement)})
    if people:
        lines.append(f"Emploi : {_count(people, 'personne engagée')} à ce jour")
    mediations = len(_of(dossier, "mediation"))
    if mediations:
        lines.append(f"Actions culturelles menées : {_count(mediations, 'action prévue')}")
    return Proposal(" ;\n".join(lines) + ("." if lines else ""), "ce que le dossier saura compter")


# --- the report -------------------------------------------------------------------------------------------------------


def _happened(dossier: Dossier, on: date) -> Proposal:
    """The dates gone by, by place; without performances, the days of shooting or recording."""
    past = [event for event in _shows(dossier) or _of(dossier, "shoot", "recording") if event.day <= on]
    lines = []
    for about in dict.fromkeys(event.venue for event in past):
        venue = dossier.find(about, Venue)
        days = ", ".join(french.day(event.day) for event in past if event.venue == about)
        name = ", ".join(part for part in (venue.label, venue.city) if part) if venue else "Lieu à préciser"
        lines.append(f"{name} : {days}.")
    return Proposal("\n".join(lines), CALENDAR)


def _attendance(dossier: Dossier, _on: date) -> Proposal:
    sold = [one for one in dossier.all(Ticketing) if one.sold is not None]
    if not sold:
        return NOTHING
    total = sum(one.sold or 0 for one in sold)
    seats = sum(one.capacity for one in sold)
    said = f"{_whole(total)} billets vendus sur {_whole(seats)} places ({_count(len(sold), 'billetterie')})."
    return Proposal(said, "les billetteries")


def _variances(dossier: Dossier, _on: date) -> Proposal:
    """The reasons already written beside the lines of the budget."""
    lines = {line.about.replace("budget_line/", "line/"): line.label for line in dossier.all(BudgetLine)}
    said = [
        f"{lines.get(one.line, '')} : {one.variance}".removeprefix(" : ")
        for one in dossier.all(LineDetail)
        if one.variance
    ]
    return Proposal("\n".join(sentence(one) for one in said), "les raisons d’écart du suivi")


def _in_kind(dossier: Dossier, _on: date) -> Proposal:
    given = [f"{one.label} : {french.euro(one.amount)}" for one in dossier.all(Funding)
             if one.nature == "in_kind" and one.state != "refused"]  # fmt: skip
    return Proposal("\n".join(given), "le plan de financement")


# --- what they share --------------------------------------------------------------------------------------------------


def _alive(dossier: Dossier) -> list[Event]:
    return sorted((one for one in dossier.all(Event) if one.option != "cancelled"), key=lambda one: one.day)


def _shows(dossier: Dossier) -> list[Event]:
    return _of(dossier, "performance")


def _of(dossier: Dossier, *kinds: str) -> list[Event]:
    return [event for event in _alive(dossier) if event.type in kinds]


def _whole(number: int) -> str:
    return french.number(Decimal(number))


def _count(number: int, one: str, many: str = "") -> str:
    if number < 2:  # noqa: PLR2004 - French plural begins at two
        return f"{number} {one}"
    head, link, tail = one.partition(" de ")
    return f"{number} {many or ' '.join(_plural(word) for word in head.split(' ')) + link + tail}"


def _plural(word: str) -> str:
    return word if word == "ou" or word.endswith(("s", "x", "z", ".")) else f"{word}s"


PROPOSALS: Final[Mapping[str, Callable[[Dossier, date], Proposal]]] = {
    "name": _name, "legal_form": _legal_form, "siret": _siret, "address": _address, "in_charge": _in_charge,
    "licences": _licences, "convention": _convention, "taxes": _taxes, "headcount": _headcount,
    "project_title": _project_title, "aims": _aims, "description": _description, "audience": _audience,
    "territory": _territory, "material": _material, "people": _people, "period": _period,
    "indicators": _indicators, "happened": _happened, "attendance": _attendance, "variances": _variances,
    "in_kind": _in_kind,
}  # fmt: skip
"""Every proposal a heading may name."""
